use super::{rows, sha256};
use crate::failure::UsageError;
use crate::generate::{write_receipts, ReceiptPlan, Summary};
use crate::input;
use std::collections::{BTreeMap, BTreeSet};

fn plan() -> ReceiptPlan {
    ReceiptPlan {
        seed: 7,
        merchants: 40,
        customers: 300,
        days: 28,
        receipts_per_day: 250,
        first_day: jiff::civil::date(2017, 1, 1),
        external_per_mille: 0,
        zero_per_mille: 0,
        duplicate_per_mille: 0,
        refund_per_mille: 0,
        open: 7,
        close: 22,
    }
}

fn file(plan: &ReceiptPlan) -> (Vec<u8>, Summary) {
    let mut out = vec![];
    let summary = write_receipts(plan, &mut out).expect("a plan that holds");
    (out, summary)
}

#[test]
fn the_same_plan_gives_the_same_bytes_for_ever() {
    let (out, _) = file(&plan());
    assert_eq!(
        sha256(&out),
        "84622f58cceb9f990e01ac20011d5f4001eaa9be43dad16684641fc7c50764a2"
    );
    assert_ne!(out, file(&ReceiptPlan { seed: 8, ..plan() }).0);
}

#[test]
fn rows_shops_customers_and_days_are_as_asked() {
    let (out, summary) = file(&plan());
    let expected = Summary {
        rows: 7_000,
        days: 28,
        sellers: 40,
        buyers: 300,
        faults: [0; 3],
    };
    assert_eq!(summary, expected);
    let rows = rows(&out);
    let distinct = |column: usize| rows.iter().map(|row| &row[column]).collect::<BTreeSet<_>>().len();
    assert_eq!((rows.len(), distinct(1), distinct(2)), (7_000, 40, 300));
    assert_eq!(rows.iter().map(|row| &row[0][..10]).collect::<BTreeSet<_>>().len(), 28);
}

#[test]
fn everyone_comes_even_in_the_shortest_file() {
    let crowd = ReceiptPlan {
        merchants: 900,
        customers: 1_000,
        days: 1,
        receipts_per_day: 1_000,
        ..plan()
    };
    let (_, summary) = file(&crowd);
    assert_eq!((summary.rows, summary.sellers, summary.buyers), (1_000, 900, 1_000));
}

#[test]
fn numbers_are_unique_and_not_in_order() {
    let rows = rows(&file(&plan()).0);
    let numbers: Vec<u64> = rows.iter().map(|row| row[3].parse().expect("a number")).collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    assert!(numbers.windows(2).any(|pair| pair[0] > pair[1]));
}

#[test]
fn days_follow_each_other_and_each_is_in_order_within_opening_hours() {
    let rows = rows(&file(&plan()).0);
    assert!(rows.windows(2).all(|pair| pair[0][0] <= pair[1][0]));
    for row in &rows {
        let time = &row[0][11..19];
        assert!(("07:00:00".."22:00:00").contains(&time), "{time}");
    }
}

#[test]
fn a_few_shops_sell_much_and_customers_have_habits() {
    let rows = rows(&file(&plan()).0);
    let mut shops: BTreeMap<&str, u32> = BTreeMap::new();
    let mut visits: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for row in &rows {
        *shops.entry(&row[1]).or_default() += 1;
        *visits.entry(&row[2]).or_default().entry(&row[1]).or_default() += 1;
    }
    let mut sizes: Vec<u32> = shops.into_values().collect();
    sizes.sort_unstable();
    assert!(
        sizes[39] > 4 * sizes[20],
        "largest {} and middle {}",
        sizes[39],
        sizes[20]
    );
    let favourite: u32 = visits.values().filter_map(|shops| shops.values().max()).sum();
    assert!(
        favourite > 7_000 / 2,
        "{favourite} of 7000 receipts in the customer's first shop"
    );
}

#[test]
fn amounts_are_skewed() {
    let rows = rows(&file(&plan()).0);
    let mut amounts: Vec<u64> = rows.iter().map(|row| row[4].parse().expect("an amount")).collect();
    amounts.sort_unstable();
    let mean = amounts.iter().sum::<u64>() / 7_000;
    assert!((1_000..2_500).contains(&amounts[3_500]), "middle {}", amounts[3_500]);
    assert!(
        mean * 10 > amounts[3_500] * 13,
        "mean {mean}, middle {}",
        amounts[3_500]
    );
    assert!(amounts[0] >= 1 && amounts[0] < 100, "least {}", amounts[0]);
}

#[test]
fn faults_and_deliveries_come_as_often_as_asked() {
    let faulty = ReceiptPlan {
        external_per_mille: 200,
        zero_per_mille: 20,
        duplicate_per_mille: 30,
        refund_per_mille: 10,
        ..plan()
    };
    let (out, summary) = file(&faulty);
    let rows = rows(&out);
    let external = rows.iter().filter(|row| row[5] == "external").count();
    assert!((1_200..1_600).contains(&external), "{external} external");
    let [zeros, duplicates, refunds] = summary.faults;
    for (name, got, expected) in [
        ("zeros", zeros, 140),
        ("duplicates", duplicates, 210),
        ("refunds", refunds, 70),
    ] {
        assert!(
            (expected / 2..expected * 2).contains(&got),
            "{got} {name}, about {expected} expected"
        );
    }
    assert_eq!(rows.iter().filter(|row| row[4] == "0").count() as u64, zeros);
    assert_eq!(
        rows.iter().filter(|row| row[4].starts_with('-')).count() as u64,
        refunds
    );
    let numbers: BTreeSet<(&String, &String)> = rows.iter().map(|row| (&row[1], &row[3])).collect();
    assert_eq!(7_000 - numbers.len() as u64, duplicates);
}

#[test]
fn the_reader_takes_all_of_it() {
    let faulty = ReceiptPlan {
        zero_per_mille: 9,
        refund_per_mille: 9,
        external_per_mille: 9,
        ..plan()
    };
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("r.csv");
    std::fs::write(&path, file(&faulty).0).expect("written");
    assert_eq!(input::receipts::read(&path).expect("readable").len(), 7_000);
}

#[test]
fn a_plan_that_cannot_hold_is_refused_with_what_was_expected() {
    let refused = |plan: ReceiptPlan| plan.check().expect_err("refused");
    let error = |text: &str| UsageError(text.to_owned());
    assert_eq!(
        refused(ReceiptPlan { merchants: 0, ..plan() }),
        error("merchants: expected 1 to 10000000, got 0")
    );
    assert_eq!(
        refused(ReceiptPlan { close: 7, ..plan() }),
        error("closing hour: expected 8 to 24, got 7")
    );
    let late = ReceiptPlan {
        first_day: jiff::civil::date(2499, 12, 31),
        days: 2,
        ..plan()
    };
    let text = "expected days from 1971 to 2499, got 2499-12-31 to 2500-01-01";
    assert_eq!(refused(late), error(text));
}
