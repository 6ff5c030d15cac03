//! How long a day is on the chain, and on which one a run begins, changes no table.

mod support;

use support::{Place, SMALL};

/// Months of two days, so that holdings count, and with them on which day a claim is paid.
const MONTHS: &str = "[rewards]\nmonth_days = 2\n";

fn files() -> Place {
    let place = Place::new();
    let receipts = [
        "generate",
        "receipts",
        "--seed",
        "8",
        "--days",
        "8",
        "--per-day",
        "60",
        "--merchants",
        "6",
        "--customers",
        "40",
        "--external",
        "150",
        "--zeros",
        "20",
        "--duplicates",
        "20",
        "--refunds",
        "20",
        "--to",
        "r.csv",
    ];
    place.ok(&receipts);
    place.ok(&[
        "generate",
        "meters",
        "--seed",
        "8",
        "--accounts",
        "12",
        "--days",
        "8",
        "--to",
        "m.csv",
    ]);
    place
}

#[test]
fn short_days_give_the_same_rows() {
    let place = files();
    place.write("long.toml", MONTHS);
    let meters = ["--meters", "m.csv"];
    for meters in [&meters[..], &[]] {
        let run = |economy: &str, out: &str| {
            let mut words = vec!["run", "r.csv", "--economy", economy, "--out", out];
            words.extend(meters);
            place.ok(&words);
            place.tables(out)
        };
        let long = run("long.toml", "long");
        assert_eq!(long.len(), if meters.is_empty() { 4 } else { 6 });
        assert!(long["days.csv"].lines().count() > 8, "{}", long["days.csv"]);
        for seconds in [60, 10, 3_601] {
            place.write("short.toml", format!("{MONTHS}[calendar]\nday_seconds = {seconds}\n"));
            assert_eq!(run("short.toml", "short"), long, "days of {seconds} seconds");
            let said = place.ok(&["verify", "short"]);
            assert!(said.contains("Nothing was skipped."), "{said}");
        }
    }
}

#[test]
fn a_run_that_begins_later_gives_the_same_rows() {
    let place = files();
    place.write("short.toml", "[calendar]\nday_seconds = 60\n");
    place.ok(&["run", "r.csv", "--meters", "m.csv", "--out", "first"]);
    for (economy, out) in [(&[][..], "fourth"), (&["--economy", "short.toml"][..], "short")] {
        let mut words = vec!["run", "r.csv", "--meters", "m.csv", "--first-day", "4", "--out", out];
        words.extend(economy);
        place.ok(&words);
        assert_eq!(place.tables(out), place.tables("first"), "{out}");
        let said = place.ok(&["verify", out]);
        assert!(
            said.contains("from 2017-01-01 (day 4) to 2017-01-08 (day 11)"),
            "{said}"
        );
        assert!(said.contains("Nothing was skipped."), "{said}");
    }
    // A date is the files'; a number the programme's.
    let query = r#"{"merchant_day":{"merchant":"@merchant:1","day":"@2017-01-02"}}"#;
    let row: serde_json::Value = serde_json::from_str(&place.ok(&["query", "short", "merchant", query])).unwrap();
    assert_eq!(row["day"], 5);
    assert_eq!(
        place.ok(&["trace", "short", "merchant:1", "2017-01-02"]),
        place.ok(&["trace", "short", "merchant:1", "5"])
    );
    let early = place.vrs(&["trace", "short", "merchant:1", "2016-12-31"]);
    assert_eq!(early.code, 2);
    assert!(
        early.err.contains("expected a date from 2017-01-01 on"),
        "{}",
        early.err
    );
}

#[test]
fn what_a_till_signed_is_told_in_its_own_time() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.write("short.toml", "[calendar]\nday_seconds = 60\n");
    place.ok(&["run", "r.csv", "--economy", "short.toml", "--first-day", "3"]);
    let said = place.ok(&["trace", "out", "merchant:1", "2017-01-02"]);
    for moment in ["2017-01-02 09:00:00 UTC", "2017-01-02 23:59:59 UTC"] {
        assert!(said.contains(moment), "{moment}: {said}");
    }
}

#[test]
fn a_day_that_is_too_short_is_refused() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    for (seconds, said) in [(9, "got 9"), (86_401, "got 86401")] {
        place.write("e.toml", format!("[calendar]\nday_seconds = {seconds}\n"));
        let refused = place.vrs(&["run", "r.csv", "--economy", "e.toml"]);
        assert_eq!(refused.code, 2, "{}", refused.err);
        let expected = format!("e.toml:2:1: calendar.day_seconds: expected 10 to 86400, {said}\n");
        assert!(refused.err.ends_with(&expected), "{}", refused.err);
    }
}
