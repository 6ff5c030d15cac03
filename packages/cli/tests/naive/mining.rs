//! Mining again, straight from the paper's tables.

use super::number::{coins, decimals, int, Ratio};
use super::{date_of, second_of};
use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a method pays a day: HP, VRS.
fn budget(method: &str) -> (u128, u128) {
    let (hp, vrs) = match method {
        "platform" => (50_000, 0),
        "server" | "node" => (0, 50_000),
        "upload" | "content" => (50_000, 25_000),
        "streaming" => (0, 50_000),
        other => panic!("{other}"),
    };
    (coins(hp), coins(vrs))
}

/// `mining.csv`, and what was paid in all: HP, VRS.
pub fn expected(csv: &str, first_day: i64) -> (String, u128, u128) {
    let mut lines = csv.lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut seen = BTreeSet::new();
    // day, method -> account -> score
    let mut scores: BTreeMap<(i64, String), BTreeMap<u64, BigUint>> = BTreeMap::new();
    let mut rows: Vec<(i64, BTreeMap<&str, &str>)> = vec![];
    for line in lines {
        let row: BTreeMap<&str, &str> = columns.iter().copied().zip(line.split(',')).collect();
        rows.push((second_of(row["timestamp"]), row));
    }
    rows.sort_by_key(|(time, _)| *time);
    for (time, row) in &rows {
        let day = time.div_euclid(86_400) - first_day + 1;
        let unit = if row["unit"].is_empty() {
            row["device"]
        } else {
            row["unit"]
        };
        if !seen.insert((row["account"], day, row["method"], unit)) {
            continue;
        }
        let account: u64 = row["account"].parse().unwrap();
        let by_account = scores.entry((day, row["method"].to_owned())).or_default();
        *by_account.entry(account).or_default() += score(row).floor_e18();
    }
    let mut out = vec![];
    let (mut hp_paid, mut vrs_paid) = (0u128, 0u128);
    for ((day, method), by_account) in &scores {
        let sum: BigUint = by_account.values().sum();
        let (hp, vrs) = budget(method);
        for (account, score) in by_account {
            let part = |budget: u128| -> u128 {
                if sum == int(0) {
                    return 0;
                }
                (int(budget) * score / &sum).to_string().parse().unwrap()
            };
            hp_paid += part(hp);
            vrs_paid += part(vrs);
            let line = format!(
                "{},{account},{method},{},{},{}",
                date_of(first_day + day - 1),
                decimals(score),
                part(hp),
                part(vrs)
            );
            out.push((*day, account.to_string(), method.clone(), line));
        }
    }
    out.sort();
    let mut text = "day,account,method,score,reward_hp,reward_vrs\n".to_owned();
    for (_, _, _, line) in out {
        writeln!(text, "{line}").unwrap();
    }
    (text, hp_paid, vrs_paid)
}

/// A decimal number.
fn number(text: &str) -> Ratio {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: u64 = format!("{whole}{fraction}").parse().unwrap();
    Ratio::new(digits, 10u64.pow(fraction.len() as u32))
}

/// A quantity in thousandths, to compare it with bounds.
fn milli(text: &str) -> u64 {
    number(text)
        .times(Ratio::new(1_000, 1))
        .floor_e18()
        .to_string()
        .parse::<u128>()
        .map(|n| (n / 10u128.pow(18)) as u64)
        .unwrap()
}

fn whole(text: &str) -> u64 {
    if text.is_empty() {
        0
    } else {
        text.parse().unwrap()
    }
}

fn hours(row: &BTreeMap<&str, &str>) -> Ratio {
    match milli(row["hours"]) {
        online if online < 1_000 => Ratio::new(0, 1),
        _ => number(row["hours"]).over(Ratio::new(24, 1)),
    }
}

fn score(row: &BTreeMap<&str, &str>) -> Ratio {
    let times = |n: u64, factor: u64| Ratio::new(n * factor, 1);
    match row["method"] {
        "platform" | "server" => {
            let percent = match milli(row["traffic_gb"]) {
                0..50_000 => 0,
                50_000..100_000 => 5,
                100_000..500_000 => 3,
                500_000..1_000_000 => 2,
                _ => 1,
            };
            let nodes = whole(row["nodes"]);
            let factor = match nodes {
                0 => 0,
                1 => 1,
                2..=5 => 2,
                _ => 3,
            };
            let points = number(row["traffic_gb"])
                .times(Ratio::new(percent, 100))
                .plus(times(nodes, factor));
            let score = points.times(hours(row)).times(number(row["server_share"]));
            score.times(Ratio::new(if row["method"] == "server" { 1_000 } else { 1 }, 1))
        }
        "node" => {
            let hardware = if row["hardware"] == "pc" { 2 } else { 1 };
            let bandwidth = (1..=whole(row["bandwidth_mbps"])).map(|n| match n {
                1..=8 => 10,
                9..=20 => 5,
                _ => 1,
            });
            let storage = match milli(row["storage_gb"]) {
                0..200_000 => 0,
                200_000..=1_000_000 => 1,
                1_000_001..2_000_000 => 2,
                2_000_000..4_000_000 => 3,
                4_000_000..8_000_000 => 4,
                _ => 5,
            };
            Ratio::new(hardware + bandwidth.sum::<u64>() + storage * 5, 1).times(hours(row))
        }
        "upload" => times(downloads(row), 1).plus(times(file(row, true), 1)),
        "content" => {
            let liked = whole(row["recommendations"]).saturating_sub(whole(row["dislikes"]));
            let audience = Ratio::new(liked * 5 + downloads(row), 1).times(Ratio::new(8, 10));
            audience.plus(Ratio::new(file(row, false), 1).times(Ratio::new(2, 10)))
        }
        "streaming" => number(row["streamed_gb"]),
        other => panic!("{other}"),
    }
}

fn downloads(row: &BTreeMap<&str, &str>) -> u64 {
    let downloads = whole(row["downloads"]);
    downloads
        * match downloads {
            0..=10 => 5,
            11..=49 => 3,
            50..=99 => 2,
            _ => 1,
        }
}

/// Size and views; only an upload has a third step of size.
fn file(row: &BTreeMap<&str, &str>, upload: bool) -> u64 {
    let size = match milli(row["size_gb"]) {
        0..10_000 => 0,
        10_000..=50_000 => 1,
        50_001..100_000 => 2,
        _ if upload => 3,
        _ => 2,
    };
    let bounds = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];
    let views = 1 + bounds.iter().filter(|bound| whole(row["views"]) >= **bound).count() as u64;
    size * 3 + views * 5
}
