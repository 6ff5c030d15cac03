//! The CSV files of a run. Rows by day, then id as text.

use super::folder::Folder;
use super::relay::{Drop, Drops};
use super::Plan;
use crate::agent::Spans;
use crate::chain::AddressBook;
use crate::decimal::{fixed, SCORE_DECIMALS};
use crate::readback::Results;
use anyhow::Result;
use std::collections::BTreeMap;
use vrs_days::Day;

/// Writes all tables.
pub fn write(folder: &Folder, plan: &Plan, book: &AddressBook, results: &Results, drops: &Drops) -> Result<()> {
    folder.write("days.csv", &days(plan, results)?)?;
    folder.write("merchants.csv", &merchants(plan, book, results)?)?;
    folder.write("customers.csv", &customers(plan, book, results)?)?;
    folder.write("dropped.csv", &dropped(plan, &drops.receipts)?)?;
    if plan.meters.is_some() {
        folder.write("mining.csv", &mining(plan, book, results)?)?;
        folder.write("dropped-readings.csv", &dropped_readings(plan, &drops.readings)?)?;
    }
    Ok(())
}

fn score(value: impl Into<u128>) -> String {
    fixed(value.into(), SCORE_DECIMALS)
}

/// A table from its header and rows.
fn csv<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(vec![]);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(writer.into_inner()?)
}

fn days(plan: &Plan, results: &Results) -> Result<Vec<u8>> {
    let mut paid: BTreeMap<Day, (u128, u128)> = BTreeMap::new();
    for day in &results.merchants {
        paid.entry(day.day).or_default().0 += day.reward.u128();
    }
    for day in &results.customers {
        paid.entry(day.day).or_default().1 += day.reward.u128();
    }
    let header = [
        "day",
        "merchants",
        "customers",
        "orders",
        "spending",
        "bizpower",
        "budget_bzky",
        "paid_bzky",
        "budget_time",
        "paid_time",
    ];
    let row = |day: &vrs_interface::merchant::TradeDayResponse| {
        let (bzky, time) = paid.get(&day.day).copied().unwrap_or_default();
        [
            plan.date(day.day),
            day.merchants.to_string(),
            day.customers.to_string(),
            day.orders.to_string(),
            day.spending.to_string(),
            score(day.bizpower),
            day.budget_merchants.to_string(),
            bzky.to_string(),
            day.budget_customers.to_string(),
            time.to_string(),
        ]
    };
    csv(header, results.days.iter().map(row))
}

fn merchants(plan: &Plan, book: &AddressBook, results: &Results) -> Result<Vec<u8>> {
    let mut rows: Vec<_> = results
        .merchants
        .iter()
        .map(|day| (day.day, book.id(day.merchant), day))
        .collect();
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let header = [
        "day",
        "merchant",
        "orders",
        "revenue",
        "first",
        "repeat",
        "external",
        "bizpower",
        "open",
        "high",
        "low",
        "close",
        "level",
        "holding",
        "reward_bzky",
    ];
    let row = |(number, id, day): (Day, String, &vrs_interface::merchant::MerchantDay)| {
        [
            plan.date(number),
            id,
            day.orders.to_string(),
            day.revenue.to_string(),
            day.first.to_string(),
            day.repeat.to_string(),
            day.external.to_string(),
            score(day.bizpower),
            score(day.open),
            score(day.high),
            score(day.low),
            score(day.close),
            day.level.to_string(),
            day.holding.to_string(),
            day.reward.to_string(),
        ]
    };
    csv(header, rows.into_iter().map(row))
}

fn customers(plan: &Plan, book: &AddressBook, results: &Results) -> Result<Vec<u8>> {
    let mut rows: Vec<_> = results
        .customers
        .iter()
        .map(|day| (day.day, book.id(day.customer), day))
        .collect();
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let row = |(number, id, day): (Day, String, &vrs_interface::merchant::CustomerDay)| {
        [plan.date(number), id, day.spending.to_string(), day.reward.to_string()]
    };
    csv(
        ["day", "customer", "spending", "reward_time"],
        rows.into_iter().map(row),
    )
}

fn mining(plan: &Plan, book: &AddressBook, results: &Results) -> Result<Vec<u8>> {
    let mut rows = vec![];
    for day in &results.scores {
        for method in &day.methods {
            rows.push((day.day, book.id(day.account), method.method.name(), method));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    let row = |(day, id, name, method): (Day, String, &str, &vrs_interface::mining::MethodScore)| {
        [
            plan.date(day),
            id,
            name.to_owned(),
            score(method.score),
            method.reward_hp.to_string(),
            method.reward_vrs.to_string(),
        ]
    };
    let header = ["day", "account", "method", "score", "reward_hp", "reward_vrs"];
    csv(header, rows.into_iter().map(row))
}

fn whole_days(plan: &Plan) -> Spans {
    Spans::of_files(&plan.calendar, 1_440)
}

fn dropped(plan: &Plan, drops: &[Drop]) -> Result<Vec<u8>> {
    let spans = whole_days(plan);
    let mut rows = vec![];
    for drop in drops {
        if let Some(row) = plan.receipts.get(drop.row) {
            let day = spans.locate(row.time).map(|moment| moment.day);
            rows.push((day, row.merchant.to_string(), row.time, drop.row, row, drop.reason));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1, a.2, a.3).cmp(&(b.0, &b.1, b.2, b.3)));
    let rows = rows.into_iter().map(|(_, merchant, _, _, row, reason)| {
        [
            row.timestamp.clone(),
            merchant,
            row.receipt.to_string(),
            reason.to_owned(),
        ]
    });
    csv(["timestamp", "merchant", "receipt", "reason"], rows)
}

fn dropped_readings(plan: &Plan, drops: &[Drop]) -> Result<Vec<u8>> {
    let spans = whole_days(plan);
    let readings = plan.meters.as_deref().unwrap_or_default();
    let mut rows = vec![];
    for drop in drops {
        if let Some(row) = readings.get(drop.row) {
            let day = spans.locate(row.time).map(|moment| moment.day);
            rows.push((day, row.account.to_string(), row.time, drop.row, row, drop.reason));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1, a.2, a.3).cmp(&(b.0, &b.1, b.2, b.3)));
    let rows = rows.into_iter().map(|(_, account, _, _, row, reason)| {
        [
            row.timestamp.clone(),
            account,
            row.device.to_string(),
            row.method.name().to_owned(),
            row.unit.to_string(),
            reason.to_owned(),
        ]
    });
    csv(["timestamp", "account", "device", "method", "unit", "reason"], rows)
}
