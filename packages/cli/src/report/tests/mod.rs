//! What the page promises.

mod charts;
mod page;
mod sums;

use super::data::{DayData, DroppedData, LeaderData, LeaderDay, MethodData, PoolData, ReportData, Totals};

/// One millionth of BizPower.
const MILLIONTH: u128 = 1_000_000_000_000;

/// So many days of two shops that grow a little every day.
fn sample(days: u32) -> ReportData {
    let first = jiff::civil::date(2017, 1, 1);
    let dates: Vec<String> = (0..days)
        .map(|n| (first + jiff::Span::new().days(n)).to_string())
        .collect();
    let day = |(n, day): (u64, &String)| DayData {
        day: day.clone(),
        merchants: 2,
        customers: 10 + n % 7,
        orders: 12 + n % 9,
        spending: 30_000 + 1_000 * u128::from(n % 5),
        bizpower: 90 * MILLIONTH,
        budget_bzky: 200_000_000,
        paid_bzky: 199_999_998,
        budget_time: 100_000_000,
        paid_time: 99_999_999,
    };
    let days: Vec<DayData> = (0u64..).zip(&dates).map(day).collect();
    let paid: u128 = days.iter().map(|day| day.paid_bzky).sum();
    let orders: u64 = days.iter().map(|day| day.orders).sum();
    ReportData {
        source: Some("january.csv".to_owned()),
        first_day: dates.first().cloned().unwrap_or_default(),
        last_day: dates.last().cloned().unwrap_or_default(),
        totals: Totals {
            receipts: orders + 2,
            accepted: orders,
            dropped: 2,
            merchants: 2,
            customers: 20,
            spending: days.iter().map(|day| day.spending).sum(),
            readings: Some((5, 4)),
            transactions: 99,
            milliseconds: 1_234,
        },
        pools: vec![pool(paid)],
        level_bounds: [10, 20, 50, 100, 200].map(|bound| bound * MILLIONTH).to_vec(),
        levels: vec![1, 0, 3, 5],
        leaders: vec![leader("345", &dates, 80), leader("330", &dates, 8)],
        dropped: vec![DroppedData {
            reason: "zero_amount".to_owned(),
            file: "dropped.csv".to_owned(),
            explanation: super::plain("zero_amount").to_owned(),
            count: 2,
            examples: vec!["2017-01-01T10:00:00Z, shop 345, receipt 7".to_owned()],
        }],
        mining: vec![MethodData {
            method: "node".to_owned(),
            accounts: 3,
            account_days: 4,
            hp: 0,
            vrs: 5_000_000,
        }],
        days,
    }
}

fn pool(paid: u128) -> PoolData {
    PoolData {
        name: "bzky_merchants".to_owned(),
        purpose: "Rewards of shops".to_owned(),
        symbol: "Bzky".to_owned(),
        decimals: 6,
        funded: 3_000_000_000_000_000,
        paid,
        claimable: 0,
        remaining: 3_000_000_000_000_000 - paid,
        recovered: 62,
        assigned: Some(paid),
    }
}

fn leader(merchant: &str, dates: &[String], millionths: u128) -> LeaderData {
    let day = |(n, day): (u128, &String)| {
        let middle = (millionths + n % 11) * MILLIONTH;
        LeaderDay {
            day: day.clone(),
            open: middle,
            high: middle + 5 * MILLIONTH,
            low: middle - 5 * MILLIONTH,
            close: middle + 2 * MILLIONTH - n % 3 * 2 * MILLIONTH,
            level: 3,
            reward: 99_000_000,
            orders: 6,
            revenue: 15_000,
        }
    };
    let days: Vec<LeaderDay> = (0u128..).zip(dates).map(day).collect();
    LeaderData {
        merchant: merchant.to_owned(),
        orders: days.iter().map(|day| day.orders).sum(),
        revenue: days.iter().map(|day| day.revenue).sum(),
        reward: days.iter().map(|day| day.reward).sum(),
        days,
    }
}
