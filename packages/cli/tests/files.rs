//! The same receipts in another form give the same results.

mod support;

use flate2::write::GzEncoder;
use flate2::Compression;
use std::io::Write as _;
use support::{Place, SMALL};

/// The tables of a run of some bytes.
fn tables(bytes: impl AsRef<[u8]>, more: &[&str]) -> std::collections::BTreeMap<String, String> {
    let place = Place::new();
    place.write("r.csv", bytes);
    let mut words = vec!["run", "r.csv"];
    words.extend(more);
    place.ok(&words);
    place.tables("out")
}

#[test]
fn line_endings_compression_quotes_and_a_mark_before_the_text() {
    let plain = tables(SMALL, &[]);
    assert_eq!(tables(SMALL.replace('\n', "\r\n"), &[]), plain);
    assert_eq!(tables(SMALL.trim_end(), &[]), plain);
    assert_eq!(tables(format!("\u{feff}{SMALL}"), &[]), plain);
    assert_eq!(tables(SMALL.replace(",1000,", ",\"1000\","), &[]), plain);
    let mut gzip = GzEncoder::new(vec![], Compression::default());
    gzip.write_all(SMALL.as_bytes()).unwrap();
    assert_eq!(tables(gzip.finish().unwrap(), &[]), plain);
}

#[test]
fn a_line_break_within_quotes_is_part_of_its_field() {
    let plain = tables(SMALL, &[]);
    for note in [
        "Please ring\ntwice",
        "Please ring\r\n\r\ntwice, \"\"please\"\"",
        // A row of its own in the eyes of whoever cuts at line breaks first.
        "Please ring\n2017-01-01T10:05:00Z,1,11,999,500000,store,twice",
    ] {
        let mut noted = String::new();
        for (at, line) in SMALL.lines().enumerate() {
            let note = ["note".to_owned(), format!("\"{note}\""), String::new()][at.min(2)].clone();
            noted += &format!("{line},{note}\n");
        }
        assert_eq!(tables(&noted, &[]), plain, "{note}");
        // The next row's place counts all lines of the file.
        let place = Place::new();
        place.write("r.csv", noted.replacen(",12,101,", ",12,x,", 1));
        let said = place.vrs(&["run", "r.csv"]).err;
        let line = 3 + note.matches('\n').count();
        assert!(said.starts_with(&format!("r.csv:{line}:4: receipt: ")), "{said}");
    }
    // A till's receipts, and names of columns.
    assert_eq!(tables(SMALL.replacen("timestamp", "\"timestamp\"", 1), &[]), plain);
    let marked = format!("\u{feff}{}", SMALL.replacen("timestamp", "\"timestamp\"", 1));
    assert_eq!(tables(marked, &[]), plain);
}

#[test]
fn columns_in_any_order_and_others_between_them() {
    let mut other = String::new();
    for line in SMALL.lines() {
        let f: Vec<&str> = line.split(',').collect();
        other += &format!("{},{},till 3,{},{},{},{}\n", f[5], f[4], f[3], f[2], f[1], f[0]);
    }
    assert_eq!(tables(other.replacen("till 3", "till", 1), &[]), tables(SMALL, &[]));
}

#[test]
fn rows_in_any_order() {
    let (header, rows) = SMALL.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let reversed = format!("{header}\n{}\n", rows.join("\n"));
    assert_eq!(tables(reversed, &[]), tables(SMALL, &[]));
}

#[test]
fn moments_in_other_zones() {
    let shifted = SMALL.replace("2017-01-03T00:00:00Z", "2017-01-03T09:00:00+09:00");
    assert_eq!(tables(shifted, &[]), tables(SMALL, &[]));
}

#[test]
fn nothing_depends_on_how_much_a_batch_holds() {
    let place = Place::new();
    place.ok(&[
        "generate",
        "receipts",
        "--seed",
        "3",
        "--days",
        "8",
        "--per-day",
        "80",
        "--merchants",
        "7",
        "--customers",
        "60",
        "--external",
        "200",
        "--zeros",
        "20",
        "--duplicates",
        "40",
        "--to",
        "r.csv",
    ]);
    place.ok(&[
        "generate",
        "meters",
        "--seed",
        "3",
        "--accounts",
        "12",
        "--days",
        "8",
        "--to",
        "m.csv",
    ]);
    let run = |minutes: &str| {
        let out = format!("out-{minutes}");
        place.ok(&[
            "run",
            "r.csv",
            "--meters",
            "m.csv",
            "--batch-minutes",
            minutes,
            "--out",
            &out,
        ]);
        let mut summary = place.summary(&out);
        let summary = summary.as_object_mut().unwrap();
        assert!(summary.remove("seconds").is_some());
        let transactions = summary.remove("transactions").unwrap().as_u64().unwrap();
        (place.tables(&out), summary.clone(), transactions)
    };
    let (tables, summary, hourly) = run("60");
    assert_eq!(tables.len(), 6);
    for minutes in ["1", "7", "61", "720", "1000", "1440"] {
        let (others, other_summary, transactions) = run(minutes);
        assert_eq!(others, tables, "{minutes} minutes");
        assert_eq!(other_summary, summary, "{minutes} minutes");
        match minutes {
            "1" => assert!(transactions > hourly),
            "1440" => assert!(transactions < hourly),
            _ => {}
        }
    }
}

#[test]
fn a_run_repeats_to_the_byte() {
    let first = Place::new();
    first.write("r.csv", SMALL);
    first.ok(&["run", "r.csv", "--out", "a"]);
    first.ok(&["run", "r.csv", "--out", "b"]);
    assert_eq!(first.tables("a"), first.tables("b"));
}

#[test]
fn the_first_days_alone() {
    let two: String = SMALL
        .lines()
        .filter(|line| !line.starts_with("2017-01-03"))
        .map(|l| format!("{l}\n"))
        .collect();
    assert_eq!(tables(SMALL, &["--days", "2"]), tables(two, &[]));
}

#[test]
fn of_two_rows_with_one_number_the_earlier_counts() {
    let rows = "\
timestamp,merchant,customer,receipt,amount,channel
2017-01-02T10:00:00Z,1,12,5,900,store
2017-01-01T10:00:00Z,1,11,5,100,store
2017-01-01T11:00:00Z,1,11,6,0,store
2017-01-01T12:00:00Z,1,11,6,300,store
2017-01-01T12:00:00Z,1,11,7,-300,store
2017-01-01T13:00:00Z,1,11,7,400,store
2017-01-01T13:00:00Z,1,12,7,500,store
2017-01-01T10:00:00Z,2,11,5,100,store
";
    let tables = tables(rows, &[]);
    assert_eq!(
        tables["dropped.csv"],
        "timestamp,merchant,receipt,reason\n\
         2017-01-01T11:00:00Z,1,6,zero_amount\n\
         2017-01-01T12:00:00Z,1,6,duplicate_receipt\n\
         2017-01-01T12:00:00Z,1,7,refund_unsupported\n\
         2017-01-01T13:00:00Z,1,7,duplicate_receipt\n\
         2017-01-02T10:00:00Z,1,5,duplicate_receipt\n"
    );
    let customers: Vec<&str> = tables["customers.csv"].lines().skip(1).collect();
    assert_eq!(customers.len(), 1);
    assert!(customers[0].starts_with("2017-01-01,11,600,"), "{}", customers[0]);
}

#[test]
fn a_file_without_an_order_is_a_run_without_rows() {
    let rows = "timestamp,merchant,customer,receipt,amount,channel\n2017-01-01T10:00:00Z,1,11,5,0,store\n";
    let tables = tables(rows, &[]);
    for name in ["days.csv", "merchants.csv", "customers.csv"] {
        assert_eq!(tables[name].lines().count(), 1, "{name}");
    }
    assert_eq!(tables["dropped.csv"].lines().count(), 2);
}

#[test]
fn ids_as_large_as_they_come() {
    let max = u64::MAX;
    let rows = format!(
        "timestamp,merchant,customer,receipt,amount,channel\n2017-01-01T10:00:00Z,{max},{max},{max},5000,store\n"
    );
    let tables = tables(rows, &[]);
    assert!(tables["merchants.csv"].contains(&format!("2017-01-01,{max},1,5000,1,0,0,")));
    assert!(tables["customers.csv"].contains(&format!("2017-01-01,{max},5000,10000000\n")));
}

#[test]
fn another_sale_under_a_signed_number_is_told_with_line_and_money() {
    let place = Place::new();
    // Two registers that count alike, and a plain repeat. The later row of the file is the earlier sale.
    let more = "\
        2017-01-01T10:00:00Z,1,11,100,1000,store\n\
        2017-01-01T10:06:00Z,1,13,101,700,store\n\
        2017-01-01T10:59:00Z,2,11,200,2400,external\n";
    place.write("r.csv", format!("{SMALL}{more}"));
    let said = place.vrs(&["run", "r.csv"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let another = "is another sale under a number that was signed:";
    let expected = [
        format!("r.csv:4:4: receipt 200 of merchant 2 {another} amount 2500 where 2400 was signed; dropped, 2500 minor units"),
        format!(
            "r.csv:11:4: receipt 101 of merchant 1 {another} amount 700 where 99 was signed, customer 13 where 12 was \
             signed; dropped, 700 minor units"
        ),
    ];
    let told: Vec<&str> = said.err.lines().filter(|line| line.starts_with("r.csv:")).collect();
    assert_eq!(told, expected);
    assert!(
        said.out
            .contains("  contradicted  2 rows are other sales under a number that was signed: 3,200 minor units\n"),
        "{}",
        said.out
    );
    let summary = place.summary("out");
    assert_eq!(summary["dropped"]["duplicate_receipt"], 3);
    assert_eq!(
        summary["contradictions"],
        serde_json::json!({"receipts": 2, "amount": "3200"})
    );
    let tables = place.tables("out");
    let strict = place.vrs(&["run", "r.csv", "--strict"]);
    assert_eq!(strict.code, 1);
    assert_eq!(place.tables("out"), tables, "the results stand");
    // Repeats alone are nothing to be told.
    let repeat = "2017-01-01T10:00:00Z,1,11,100,1000,store\n";
    place.write("r.csv", format!("{SMALL}{repeat}"));
    let said = place.vrs(&["run", "r.csv", "--strict"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.err.contains("r.csv:"), "{}", said.err);
    assert!(place.summary("out").get("contradictions").is_none());
}
