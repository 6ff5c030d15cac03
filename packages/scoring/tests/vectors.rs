//! The worked examples that the three papers print, every one exactly.
#![allow(missing_docs)]

use serde_json::{Map, Value};
use vrs_scoring::{
    capped_part, daily_budget, holder_reward, sales_per_area, Fraction, MiningTables, MonthSplit, ScoreInput,
};

const VECTORS: &str = include_str!("vectors.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

fn rows(name: &str) -> Vec<Map<String, Value>> {
    let rows = vectors()[name].as_array().unwrap().clone();
    rows.iter().map(|row| row.as_object().unwrap().clone()).collect()
}

/// "11/24" or "141.6" as an exact fraction.
fn exact(text: &str) -> Fraction {
    if let Some((num, den)) = text.split_once('/') {
        return Fraction::new(num.parse::<u128>().unwrap(), den.parse::<u128>().unwrap()).unwrap();
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let num: u128 = format!("{whole}{decimals}").parse().unwrap();
    Fraction::new(num, 10u128.pow(decimals.len() as u32)).unwrap()
}

fn number(row: &Map<String, Value>, field: &str) -> u128 {
    match &row[field] {
        Value::String(text) => text.parse().unwrap(),
        value => value.as_u64().unwrap().into(),
    }
}

fn scores_of(method: &str) {
    let rows = rows(method);
    assert_eq!(rows.len(), 4);
    for mut row in rows {
        let expected = exact(row.remove("score").unwrap().as_str().unwrap());
        let printed = row.remove("printed");
        let json = Value::Object(row).to_string();
        let score = ScoreInput::from_json(method, &json)
            .unwrap()
            .score(&MiningTables::default())
            .unwrap();
        assert_eq!(score, expected, "{method} {json}");

        // The paper's own rounding to three decimals; it rounds 11/24 to 0.5.
        if let Some(printed) = printed.as_ref().and_then(Value::as_str) {
            let places = printed.split_once('.').map_or(0, |(_, d)| d.len() as u32);
            let unit = 10u128.pow(18 - places);
            let rounded = (score.floor_e18().unwrap() + unit / 2) / unit * unit;
            assert_eq!(rounded, exact(printed).floor_e18().unwrap(), "{json}");
        }
    }
}

#[test]
fn platform() {
    scores_of("platform");
}

#[test]
fn server() {
    scores_of("server");
}

#[test]
fn node() {
    scores_of("node");
}

#[test]
fn upload() {
    scores_of("upload");
}

#[test]
fn content() {
    scores_of("content");
}

/// Base units of one token with 6 decimals.
const UNIT: u128 = 1_000_000;

#[test]
fn merchant_reward() {
    let rows = rows("merchant_reward");
    assert_eq!(rows.len(), 2);
    for row in rows {
        let merchants = number(&row, "merchants") as u32;
        for unit in [1, UNIT] {
            let budget = daily_budget(100 * unit, merchants, 3_000_000 * unit, u128::MAX);
            let (power, holding) = MonthSplit::default().month_split(number(&row, "month") as u32).unwrap();
            let share = |bps, weight, total| {
                let (weight, total) = (number(&row, weight), number(&row, total));
                capped_part(budget, bps, weight, total, 20, merchants).unwrap()
            };
            let reward = share(power, "bizpower", "bizpower_total") + share(holding, "holding", "holding_total");
            assert_eq!(reward, number(&row, "bzky") * unit);
        }
    }
}

#[test]
fn daily_budgets() {
    for (name, heads, per_head, max) in [
        ("daily_budget_bzky", "merchants", 100, 3_000_000),
        ("daily_budget_time", "customers", 10, 1_000_000),
    ] {
        let rows = rows(name);
        assert!(rows.len() >= 2);
        for row in rows {
            let count = number(&row, heads) as u32;
            let budget = daily_budget(per_head * UNIT, count, max * UNIT, u128::MAX);
            assert_eq!(budget, number(&row, "budget") * UNIT);
        }
    }
}

#[test]
fn holder_reward_of_a_quarter() {
    let row = vectors()["holder_reward_mvc"].as_object().unwrap().clone();
    let rate = exact(row["rate"].as_str().unwrap());
    let bps = rate.checked_mul(Fraction::new(10_000u32, 1u32).unwrap()).unwrap();
    assert_eq!(bps, Fraction::new(50u32, 1u32).unwrap());
    let reward = holder_reward(number(&row, "sale") * UNIT, 50).unwrap();
    assert_eq!(reward, number(&row, "per_quarter") * UNIT);
}

#[test]
fn sales_by_area() {
    let rows = rows("sales_per_area");
    assert_eq!(rows.len(), 2);
    for row in rows {
        let revenue_minor = number(&row, "revenue") as u64 * 100;
        let value = sales_per_area(revenue_minor, number(&row, "area") as u32).unwrap();
        assert_eq!(value, exact(row["value"].as_str().unwrap()));
    }
}

/// A new list in the file must get a test here.
#[test]
fn nothing_in_the_file_is_left_out() {
    let mut names: Vec<_> = vectors().as_object().unwrap().keys().cloned().collect();
    names.sort();
    let tested = [
        "about",
        "content",
        "daily_budget_bzky",
        "daily_budget_time",
        "holder_reward_mvc",
        "merchant_reward",
        "node",
        "platform",
        "sales_per_area",
        "server",
        "upload",
    ];
    assert_eq!(names, tested);
}
