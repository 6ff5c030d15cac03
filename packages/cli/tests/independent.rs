//! Every figure that the command writes, against a second program that shares no code with it.

mod naive;
mod support;

use naive::{days_of, expected, mining, Expected, Figures};
use support::{example, Place, SMALL};

/// Compares a finished run, line by line.
fn compare(place: &Place, out: &str, expected: &Expected) {
    let tables = place.tables(out);
    for (name, wanted) in [
        ("days.csv", &expected.days),
        ("merchants.csv", &expected.merchants),
        ("customers.csv", &expected.customers),
        ("dropped.csv", &expected.dropped),
    ] {
        let actual = &tables[name];
        for (at, (wanted, actual)) in (1..).zip(wanted.lines().zip(actual.lines())) {
            assert_eq!(actual, wanted, "{name}, line {at}");
        }
        assert_eq!(actual.lines().count(), wanted.lines().count(), "lines of {name}");
    }
    let summary = place.summary(out);
    assert_eq!(summary["receipts"], expected.receipts);
    assert_eq!(summary["accepted"], expected.accepted);
    for (name, figures) in &expected.pools {
        for (field, figure) in ["funded", "paid", "claimable", "remaining"].iter().zip(figures) {
            assert_eq!(&summary["pools"][name][field], figure, "{name}: {field}");
        }
    }
}

#[test]
fn a_month_of_real_receipts() {
    let place = Place::new();
    let csv = std::fs::read_to_string(example()).unwrap();
    place.ok(&["run", example().to_str().unwrap()]);
    compare(&place, "out", &expected(&csv, &Figures::default()));
}

#[test]
fn a_few_receipts() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    compare(&place, "out", &expected(SMALL, &Figures::default()));
}

#[test]
fn everything_that_can_fall() {
    for seed in ["1", "2", "3"] {
        let place = Place::new();
        let words = "generate receipts --days 9 --per-day 60 --merchants 6 --customers 40 --external 250 --zeros 30 \
                     --duplicates 60 --refunds 30 --to r.csv --seed";
        let mut words: Vec<&str> = words.split_whitespace().collect();
        words.push(seed);
        place.ok(&words);
        place.ok(&["run", "r.csv"]);
        let expected = expected(&place.read("r.csv"), &Figures::default());
        assert!(["zero_amount", "duplicate_receipt", "refund_unsupported"]
            .iter()
            .all(|reason| expected.dropped.contains(reason)));
        compare(&place, "out", &expected);
    }
}

#[test]
fn months_in_which_holdings_count() {
    let place = Place::new();
    place.ok(&[
        "generate",
        "receipts",
        "--seed",
        "5",
        "--days",
        "95",
        "--per-day",
        "25",
        "--merchants",
        "5",
        "--customers",
        "30",
        "--external",
        "200",
        "--to",
        "r.csv",
    ]);
    place.ok(&["run", "r.csv", "--batch-minutes", "1440"]);
    compare(&place, "out", &expected(&place.read("r.csv"), &Figures::default()));
}

#[test]
fn many_shops_so_that_the_cap_bites() {
    let place = Place::new();
    place.ok(&[
        "generate",
        "receipts",
        "--seed",
        "8",
        "--days",
        "3",
        "--per-day",
        "300",
        "--merchants",
        "90",
        "--customers",
        "200",
        "--to",
        "r.csv",
    ]);
    place.write("e.toml", "[rewards]\nshare_cap = 2\n[orders]\nmin_order = 0\n");
    place.ok(&["run", "r.csv", "--economy", "e.toml"]);
    let figures = Figures {
        share_cap: 2,
        min_order: 0,
        ..Figures::default()
    };
    compare(&place, "out", &expected(&place.read("r.csv"), &figures));
}

#[test]
fn pools_that_run_dry_and_profiles() {
    let place = Place::new();
    place.ok(&[
        "generate",
        "receipts",
        "--seed",
        "9",
        "--days",
        "40",
        "--per-day",
        "20",
        "--merchants",
        "4",
        "--customers",
        "15",
        "--to",
        "r.csv",
    ]);
    place.write(
        "e.toml",
        "[rewards]\nshare_cap = 0\n[rewards.merchants]\npool = 5001\n[rewards.customers]\npool = 1203\n",
    );
    place.write(
        "p.csv",
        "merchant,area,rent,staff,wage\n2,1000,333,7,12345\n3,1,1,1,1\n999,5,5,5,5\n",
    );
    place.ok(&[
        "run",
        "r.csv",
        "--economy",
        "e.toml",
        "--profiles",
        "p.csv",
        "--days",
        "38",
    ]);
    let figures = Figures {
        profiles: [(2, (1_000, 333, 7, 12_345)), (3, (1, 1, 1, 1))].into(),
        bzky_pool: 5_001,
        time_pool: 1_203,
        days: Some(38),
        share_cap: 0,
        ..Figures::default()
    };
    compare(&place, "out", &expected(&place.read("r.csv"), &figures));
}

#[test]
fn mining_by_the_papers_tables() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&[
        "generate",
        "meters",
        "--seed",
        "4",
        "--accounts",
        "23",
        "--days",
        "6",
        "--to",
        "m.csv",
    ]);
    place.ok(&["run", "r.csv", "--meters", "m.csv"]);
    let (wanted, hp, vrs) = mining::expected(&place.read("m.csv"), days_of(2017, 1, 1));
    let actual = place.read("out/mining.csv");
    for (wanted, actual) in wanted.lines().zip(actual.lines()) {
        assert_eq!(actual, wanted);
    }
    assert_eq!(actual.lines().count(), wanted.lines().count());
    let summary = place.summary("out");
    for (name, paid) in [("hp_mining", hp), ("vrs_mining", vrs)] {
        let funded = naive::number::coins(1_000_000_000);
        assert_eq!(summary["pools"][name]["funded"], funded.to_string());
        assert_eq!(summary["pools"][name]["paid"], paid.to_string());
        assert_eq!(summary["pools"][name]["claimable"], "0");
        assert_eq!(summary["pools"][name]["remaining"], (funded - paid).to_string());
    }
    // The receipts' tables do not change by it.
    compare(&place, "out", &expected(SMALL, &Figures::default()));
}
