//! Invented meter readings.

use super::random::Random;
use crate::cli::MetersArgs;
use crate::decimal::fixed;
use anyhow::Result;
use jiff::civil::Date;
use std::fmt::Write as _;
use vrs_interface::mining::Method;

/// Columns of the file, behind `timestamp,account,device,method`.
const COLUMNS: [&str; 15] = crate::input::meters::OPTIONAL;

/// One machine or file and who runs it.
struct Unit {
    account: u64,
    meter: u64,
    unit: u64,
    method: Method,
    /// How large it is, 1 to 100.
    size: u64,
    mobile: bool,
}

/// A whole file: each account's units report at the end of each day, most days.
pub fn text(args: &MetersArgs, first: Date) -> Result<String> {
    let mut random = Random::new(args.seed);
    let units = units(&mut random, args.accounts);
    let mut text = format!("timestamp,account,device,method,{}\n", COLUMNS.join(","));
    for day in 0..args.days {
        let date = first.checked_add(jiff::Span::new().days(i64::from(day)))?;
        for unit in &units {
            if random.of_thousand(120) {
                continue;
            }
            let second = 82_800 + random.between(0, 3_599);
            let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
            let (account, meter, method) = (unit.account, unit.meter, unit.method.name());
            write!(
                text,
                "{date}T{hour:02}:{minute:02}:{second:02}Z,{account},{meter},{method}"
            )?;
            let values = values(&mut random, unit);
            for column in COLUMNS {
                let value = values.iter().find(|(name, _)| *name == column);
                write!(text, ",{}", value.map_or("", |(_, value)| value))?;
            }
            text.push('\n');
        }
    }
    Ok(text)
}

fn units(random: &mut Random, accounts: u32) -> Vec<Unit> {
    let mut units = vec![];
    for account in 1..=u64::from(accounts) {
        let method = Method::ALL
            .get((account as usize - 1) % Method::ALL.len())
            .copied()
            .unwrap_or(Method::Node);
        for number in 1..=random.between(1, 3) {
            units.push(Unit {
                account,
                // One meter for each account, but a shared one for every tenth.
                meter: if account % 10 == 0 { 9_000 } else { 1_000 + account },
                unit: account * 100 + number,
                method,
                size: random.between(1, 100),
                mobile: random.of_thousand(400),
            });
        }
    }
    units
}

/// The quantities that a unit reports today.
fn values(random: &mut Random, unit: &Unit) -> Vec<(&'static str, String)> {
    let size = unit.size;
    let mut values = vec![("unit", unit.unit.to_string())];
    let hours = |random: &mut Random| fixed(u128::from(random.between(2, 96)) * 25, 2);
    let gigabytes = |random: &mut Random, most: u64| fixed(u128::from(random.between(most / 4, most)), 3);
    match unit.method {
        Method::Platform | Method::Server => {
            values.push(("traffic_gb", gigabytes(random, size * 15_000)));
            values.push(("nodes", (1 + size / 15).to_string()));
            values.push(("hours", hours(random)));
            values.push(("server_share", fixed(u128::from(random.between(1, 250)), 3)));
        }
        Method::Node => {
            values.push(("hardware", if unit.mobile { "mobile" } else { "pc" }.to_owned()));
            values.push(("bandwidth_mbps", random.between(1, size).to_string()));
            values.push(("storage_gb", (size * 40).to_string()));
            values.push(("hours", hours(random)));
        }
        Method::Upload => {
            values.push(("downloads", random.between(0, size * 2).to_string()));
            values.push(("size_gb", gigabytes(random, size * 1_200)));
            values.push(("views", random.between(0, size * size).to_string()));
        }
        Method::Content => {
            values.push(("recommendations", random.between(0, size).to_string()));
            values.push(("dislikes", random.between(0, size / 8).to_string()));
            values.push(("downloads", random.between(0, size * 2).to_string()));
            values.push(("size_gb", gigabytes(random, size * 1_200)));
            values.push(("views", random.between(0, size * size * 5).to_string()));
        }
        Method::Streaming => {
            values.push(("streamed_gb", gigabytes(random, size * 2_000)));
            values.push(("product", (1 + size % 3).to_string()));
        }
    }
    values
}
