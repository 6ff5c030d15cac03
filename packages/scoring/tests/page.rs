//! What the project's page on scoring shows is what the functions return.
#![allow(missing_docs)]

use vrs_scoring::bands::MAX_VIEW_POINTS;
use vrs_scoring::mining::{node, platform, upload};
use vrs_scoring::{Hardware, MiningTables, ScoreInput, ViewBounds};

const PAGE: &str = include_str!("../../../docs/scoring.md");

#[test]
fn the_calls_print_what_stands_below_them() {
    let mut lines = PAGE.lines();
    let mut calls = 0;
    while let Some(line) = lines.next() {
        let Some(call) = line.strip_prefix("vrs score ") else {
            continue;
        };
        let (method, json) = call.split_once(' ').unwrap();
        let input = ScoreInput::from_json(method, json.trim_matches('\'')).unwrap();
        let score = input.score(&MiningTables::default()).unwrap();
        assert_eq!(lines.next(), Some(score.to_string().as_str()), "{call}");
        calls += 1;
    }
    assert_eq!(calls, 3);
}

#[test]
fn whole_and_step_by_step() {
    let whole = MiningTables::default();
    let steps = MiningTables {
        marginal: true,
        ..MiningTables::default()
    };
    let traffic = |tables: &MiningTables, gb: u64| platform(tables, gb * 1_000, 0, 86_400, 1_000_000_000).unwrap();
    let nodes = |tables: &MiningTables, nodes| platform(tables, 0, nodes, 86_400, 1_000_000_000).unwrap();
    // Every file has at least a view point: the first five are not the downloads'.
    let downloads =
        |tables: &MiningTables, count| upload(tables, count, 0, 1).unwrap().floor_e18().unwrap() / 10u128.pow(18) - 5;
    for (name, of_whole, of_steps) in [
        (
            "499 GB of traffic",
            traffic(&whole, 499).to_string(),
            traffic(&steps, 499).to_string(),
        ),
        (
            "500 GB of traffic",
            traffic(&whole, 500).to_string(),
            traffic(&steps, 500).to_string(),
        ),
        (
            "10 downloads",
            downloads(&whole, 10).to_string(),
            downloads(&steps, 10).to_string(),
        ),
        (
            "11 downloads",
            downloads(&whole, 11).to_string(),
            downloads(&steps, 11).to_string(),
        ),
        ("6 nodes", nodes(&whole, 6).to_string(), nodes(&steps, 6).to_string()),
    ] {
        let row = PAGE
            .lines()
            .find(|line| line.starts_with(&format!("| {name} |")))
            .unwrap();
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        assert_eq!(cells[2], of_whole, "{name}");
        assert_eq!(cells[3].rsplit_once("= ").unwrap().1, of_steps, "{name}");
    }
}

#[test]
fn the_examples_of_the_methods() {
    let node = node(&MiningTables::default(), Hardware::Pc, 9, 300_000, 36_000).unwrap();
    assert!(PAGE.contains(&format!("`(2 + 85 + 5) * 10/24` = {node}")));
    let bounds = ViewBounds::default();
    assert_eq!(bounds.bounds().len() + 1, usize::from(MAX_VIEW_POINTS));
    let listed: Vec<_> = bounds.bounds().iter().map(|&bound| grouped(bound)).collect();
    assert!(PAGE.contains(&format!("ours are {}.", listed.join(", "))));
}

/// 10000 as "10,000"; the bounds have at most one comma.
fn grouped(number: u64) -> String {
    match number {
        0..=999 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}
