//! From a finished run to the page's figures.

use super::data::{DayData, DroppedData, LeaderData, LeaderDay, MethodData, PoolData, ReportData, Totals};
use super::reasons::plain;
use crate::chain::AddressBook;
use crate::decimal::COIN_DECIMALS;
use crate::readback::Results;
use crate::run::{Drop, Drops, Plan, Summary};
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::merchant::{MerchantDay, POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::mining::{Method, POOL_HP, POOL_VRS};
use vrs_interface::settlement::Pool;

/// Merchants that have a card.
const LEADERS: usize = 12;
/// Rows shown of what was dropped for one reason.
const EXAMPLES: usize = 3;

/// The page's figures: what the contracts answered, and the rows of the files that fell.
pub fn gather(plan: &Plan, book: &AddressBook, results: &Results, drops: &Drops, summary: &Summary) -> ReportData {
    let last = results.days.last().map_or(plan.calendar.first_day, |day| day.day);
    let merchants: BTreeSet<u32> = results.merchants.iter().map(|day| day.merchant).collect();
    let customers: BTreeSet<u32> = results.customers.iter().map(|day| day.customer).collect();
    let dropped: u64 = summary.dropped.values().sum();
    let readings = summary
        .mining
        .as_ref()
        .map(|mining| (mining.readings as u64, mining.accepted as u64));
    ReportData {
        source: None,
        first_day: plan.date(plan.calendar.first_day),
        last_day: plan.date(last),
        totals: Totals {
            receipts: summary.receipts as u64,
            accepted: summary.accepted,
            dropped,
            merchants: merchants.len() as u64,
            customers: customers.len() as u64,
            spending: results.days.iter().map(|day| day.spending.u128()).sum(),
            readings,
            transactions: summary.transactions,
            milliseconds: (summary.seconds * 1_000.0) as u64,
        },
        pools: results.pools.iter().map(|pool| pool_data(pool, results)).collect(),
        days: days(plan, results),
        level_bounds: plan
            .economy
            .economy
            .bizpower
            .level_bounds
            .iter()
            .map(|bound| bound.0)
            .collect(),
        levels: levels(results),
        leaders: leaders(plan, book, results),
        dropped: dropped_data(plan, drops),
        mining: mining(results),
    }
}

fn pool_data(pool: &Pool, results: &Results) -> PoolData {
    let scores = || results.scores.iter().flat_map(|day| &day.methods);
    let merchants = || results.merchants.iter().map(|day| day.reward.u128()).sum();
    let customers = || results.customers.iter().map(|day| day.reward.u128()).sum();
    let hp = || scores().map(|method| method.reward_hp.u128()).sum();
    let vrs = || scores().map(|method| method.reward_vrs.u128()).sum();
    let (purpose, symbol, assigned): (&str, &str, Option<u128>) = match pool.name.as_str() {
        POOL_MERCHANTS => ("Rewards of shops", "Bzky", Some(merchants())),
        POOL_CUSTOMERS => ("Rewards of customers", "Time", Some(customers())),
        POOL_HP => ("Mining", "HP", Some(hp())),
        POOL_VRS => ("Mining", "VRS", Some(vrs())),
        other => (other, "", None),
    };
    PoolData {
        name: pool.name.clone(),
        purpose: purpose.to_owned(),
        symbol: symbol.to_owned(),
        decimals: COIN_DECIMALS,
        funded: pool.funded.u128(),
        paid: pool.paid.u128(),
        claimable: pool.claimable.u128(),
        remaining: pool.remaining.u128(),
        recovered: pool.recovered.u128(),
        assigned,
    }
}

fn days(plan: &Plan, results: &Results) -> Vec<DayData> {
    let mut paid: BTreeMap<Day, (u128, u128)> = BTreeMap::new();
    for day in &results.merchants {
        paid.entry(day.day).or_default().0 += day.reward.u128();
    }
    for day in &results.customers {
        paid.entry(day.day).or_default().1 += day.reward.u128();
    }
    let day = |day: &vrs_interface::merchant::TradeDayResponse| {
        let (paid_bzky, paid_time) = paid.get(&day.day).copied().unwrap_or_default();
        DayData {
            day: plan.date(day.day),
            merchants: day.merchants.into(),
            customers: day.customers.into(),
            orders: day.orders,
            spending: day.spending.u128(),
            bizpower: day.bizpower.u128(),
            budget_bzky: day.budget_merchants.u128(),
            paid_bzky,
            budget_time: day.budget_customers.u128(),
            paid_time,
        }
    };
    results.days.iter().map(day).collect()
}

/// How many days of a shop ended on each level.
fn levels(results: &Results) -> Vec<u64> {
    let mut counts = vec![];
    for day in &results.merchants {
        let level = usize::from(day.level);
        if counts.len() <= level {
            counts.resize(level + 1, 0);
        }
        if let Some(count) = counts.get_mut(level) {
            *count += 1;
        }
    }
    counts
}

/// Those who earned most; at equal rewards the one who sold more, then the one who came first.
fn leaders(plan: &Plan, book: &AddressBook, results: &Results) -> Vec<LeaderData> {
    let mut merchants: BTreeMap<u32, Vec<&MerchantDay>> = BTreeMap::new();
    for day in &results.merchants {
        merchants.entry(day.merchant).or_default().push(day);
    }
    let sum =
        |days: &[&MerchantDay], figure: fn(&MerchantDay) -> u128| days.iter().map(|day| figure(day)).sum::<u128>();
    let mut order: Vec<_> = merchants
        .iter()
        .map(|(merchant, days)| {
            let reward = sum(days, |day| day.reward.u128());
            let revenue = sum(days, |day| day.revenue.u64().into());
            (std::cmp::Reverse((reward, revenue)), *merchant)
        })
        .collect();
    order.sort();
    let leader = |(std::cmp::Reverse((reward, revenue)), merchant): (std::cmp::Reverse<(u128, u128)>, u32)| {
        let days = merchants.get(&merchant).map(Vec::as_slice).unwrap_or_default();
        LeaderData {
            merchant: book.id(merchant),
            orders: days.iter().map(|day| u64::from(day.orders)).sum(),
            revenue,
            reward,
            days: days.iter().map(|day| leader_day(plan, day)).collect(),
        }
    };
    order.into_iter().take(LEADERS).map(leader).collect()
}

fn leader_day(plan: &Plan, day: &MerchantDay) -> LeaderDay {
    LeaderDay {
        day: plan.date(day.day),
        open: day.open.u128(),
        high: day.high.u128(),
        low: day.low.u128(),
        close: day.close.u128(),
        level: day.level,
        reward: day.reward.u128(),
        orders: day.orders.into(),
        revenue: day.revenue.u64().into(),
    }
}

/// Receipts before readings, within them by reason.
fn dropped_data(plan: &Plan, drops: &Drops) -> Vec<DroppedData> {
    let receipt = |row: usize| {
        let row = plan.receipts.get(row)?;
        Some((
            row.time,
            format!("{}, shop {}, receipt {}", row.timestamp, row.merchant, row.receipt),
        ))
    };
    let reading = |row: usize| {
        let row = plan.meters.as_ref()?.get(row)?;
        let method = row.method.name();
        Some((
            row.time,
            format!(
                "{}, account {}, {method}, unit {}",
                row.timestamp, row.account, row.unit
            ),
        ))
    };
    let mut all = by_reason(&drops.receipts, "dropped.csv", receipt);
    all.extend(by_reason(&drops.readings, "dropped-readings.csv", reading));
    all
}

fn by_reason(
    drops: &[Drop],
    file: &str,
    example: impl Fn(usize) -> Option<(jiff::Timestamp, String)>,
) -> Vec<DroppedData> {
    let mut reasons: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for drop in drops {
        reasons.entry(drop.reason).or_default().push(drop.row);
    }
    let data = |(reason, rows): (&str, Vec<usize>)| {
        let mut examples: Vec<_> = rows.iter().filter_map(|row| Some((example(*row)?, *row))).collect();
        examples.sort_by_key(|((time, _), row)| (*time, *row));
        DroppedData {
            reason: reason.to_owned(),
            file: file.to_owned(),
            explanation: plain(reason).to_owned(),
            count: rows.len() as u64,
            examples: examples.into_iter().take(EXAMPLES).map(|((_, text), _)| text).collect(),
        }
    };
    reasons.into_iter().map(data).collect()
}

/// By method, those that scored; in the order of their numbers.
fn mining(results: &Results) -> Vec<MethodData> {
    let mut methods: BTreeMap<Method, (BTreeSet<u32>, MethodData)> = BTreeMap::new();
    for day in &results.scores {
        for score in &day.methods {
            let (accounts, sum) = methods.entry(score.method).or_default();
            accounts.insert(day.account);
            sum.account_days += 1;
            sum.hp += score.reward_hp.u128();
            sum.vrs += score.reward_vrs.u128();
        }
    }
    let named = |(method, (accounts, sum)): (Method, (BTreeSet<u32>, MethodData))| MethodData {
        method: method.name().to_owned(),
        accounts: accounts.len() as u64,
        ..sum
    };
    methods.into_iter().map(named).collect()
}
