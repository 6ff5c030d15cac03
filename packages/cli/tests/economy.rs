//! `vrs economy`, and a run with other figures.

mod support;

use support::{Place, SMALL};

#[test]
fn the_printed_economy_is_the_default() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    let printed = place.ok(&["economy"]);
    place.write("e.toml", &printed);
    place.ok(&["run", "r.csv", "--out", "a"]);
    place.ok(&["run", "r.csv", "--out", "b", "--economy", "e.toml"]);
    assert_eq!(place.tables("a"), place.tables("b"));
}

#[test]
fn midnight_moves_with_the_offset() {
    let place = Place::new();
    let rows = "timestamp,merchant,customer,receipt,amount,channel\n\
                2017-01-01T14:59:59Z,1,1,1,500,store\n2017-01-01T15:00:00Z,1,1,2,500,store\n";
    place.write("r.csv", rows);
    place.write("korea.toml", "[calendar]\noffset_minutes = 540\n");
    let days = |economy: &[&str]| {
        let mut words = vec!["run", "r.csv"];
        words.extend(economy);
        place.ok(&words);
        let days = place.read("out/days.csv");
        days.lines()
            .skip(1)
            .map(|line| line[..10].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(days(&[]), ["2017-01-01"]);
    assert_eq!(days(&["--economy", "korea.toml"]), ["2017-01-01", "2017-01-02"]);
}

#[test]
fn an_order_above_the_largest_falls_alone() {
    let place = Place::new();
    let max = i64::MAX;
    let rows = format!(
        "timestamp,merchant,customer,receipt,amount,channel\n2017-01-01T10:00:00Z,1,1,1,500,store\n\
         2017-01-01T10:00:01Z,1,1,2,{max},store\n2017-01-01T10:00:02Z,1,1,3,1000000000000000,store\n"
    );
    place.write("r.csv", rows);
    place.ok(&["run", "r.csv"]);
    assert_eq!(
        place.read("out/dropped.csv"),
        "timestamp,merchant,receipt,reason\n2017-01-01T10:00:01Z,1,2,amount_too_large\n"
    );
    assert_eq!(place.summary("out")["accepted"], 2);
}

#[test]
fn a_device_beyond_its_cap_loses_the_batch() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.write("e.toml", "[devices]\nitems = 1\n");
    place.ok(&["run", "r.csv", "--economy", "e.toml", "--batch-minutes", "1"]);
    let dropped = place.read("out/dropped.csv");
    assert!(dropped.contains("2017-01-01T10:05:00Z,1,101,item_cap\n"), "{dropped}");
}

#[test]
fn a_window_stops_what_is_beyond_it() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.write(
        "e.toml",
        "[rewards.merchants]\nper_window = 250\n[mining]\nhp_per_window = 1\n",
    );
    place.ok(&["run", "r.csv", "--economy", "e.toml"]);
    let days = place.read("out/days.csv");
    let budgets: Vec<&str> = days
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(6).unwrap())
        .collect();
    assert_eq!(budgets, ["200000000", "50000000", "0"]);
}
