//! What a device may attest a day: a stolen key costs one day's cap at most.

use super::suite::{accepted, caps, readings, refused, Signer, Suite, DAY, START};
use vrs_interface::oracle::*;

fn set(suite: &mut Suite, items: u32, amount: u64) {
    let registrar = suite.registrar.clone();
    let caps = caps(items, amount);
    suite
        .execute(&registrar, ExecuteMsg::SetCaps { device: 1, caps })
        .unwrap();
}

const ITEMS: Outcome = Outcome::Refused {
    reason: RefuseReason::ItemCap,
};
const AMOUNT: Outcome = Outcome::Refused {
    reason: RefuseReason::AmountCap,
};

fn with_caps(items: u32, amount: u64) -> Suite {
    let mut suite = Suite::new();
    let device = NewDevice {
        caps: caps(items, amount),
        ..suite.new_device(DeviceKind::Terminal, Signer::Ed(1))
    };
    suite.register_as(device).unwrap();
    suite
}

#[test]
fn caps_count_over_the_batches_of_a_day() {
    let mut suite = with_caps(4, 1_000);
    let batch = |suite: &Suite, n, amounts: &[u64]| suite.sales(1, 1, n, amounts);
    let first = batch(&suite, 1, &[300, 300]);
    assert_eq!(suite.submit(vec![first]), [accepted(2)]);
    let batches = vec![
        batch(&suite, 2, &[401]),
        batch(&suite, 3, &[100, 100, 100]),
        batch(&suite, 4, &[400, 0]),
        batch(&suite, 5, &[0]),
    ];
    assert_eq!(suite.submit(batches), [AMOUNT, ITEMS, accepted(2), ITEMS]);
}

#[test]
fn each_day_begins_anew() {
    let mut suite = with_caps(1, 100);
    for day in 1..=4 {
        suite.go_to_day(day);
        let sequence = 2 * day - 1;
        let batches = vec![
            suite.sales(1, day, sequence, &[100]),
            suite.sales(1, day, sequence + 1, &[0]),
        ];
        assert_eq!(suite.submit(batches), [accepted(1), ITEMS]);
    }
}

#[test]
fn going_back_and_forth_between_two_days_gains_nothing() {
    let mut suite = with_caps(2, 100);
    suite.go_to(START + DAY + 60);
    let batches = vec![
        suite.sales(1, 1, 1, &[100]),
        suite.sales(1, 2, 2, &[100]),
        suite.sales(1, 1, 3, &[0]),
        suite.sales(1, 2, 4, &[1]),
        suite.sales(1, 2, 5, &[0]),
    ];
    assert_eq!(
        suite.submit(batches),
        [
            accepted(1),
            accepted(1),
            refused(RefuseReason::DayBackwards),
            AMOUNT,
            accepted(1)
        ]
    );
}

#[test]
fn lower_holds_at_once_also_for_yesterday() {
    let mut suite = with_caps(10, 1_000);
    suite.go_to(START + DAY + 60);
    set(&mut suite, 10, 50);
    assert_eq!(suite.device(1).caps, caps(10, 50));
    let batches = vec![suite.sales(1, 1, 1, &[51]), suite.sales(1, 1, 2, &[50])];
    assert_eq!(suite.submit(batches), [AMOUNT, accepted(1)]);
}

#[test]
fn higher_holds_from_tomorrow_on() {
    let mut suite = with_caps(10, 100);
    set(&mut suite, 10, 500);
    assert_eq!(suite.device(1).caps, caps(10, 100));
    suite.go_to(START + DAY + 60);
    assert_eq!(suite.device(1).caps, caps(10, 500));
    let batches = vec![
        suite.sales(1, 1, 1, &[101]),
        suite.sales(1, 1, 2, &[100]),
        suite.sales(1, 2, 3, &[501]),
        suite.sales(1, 2, 4, &[500]),
    ];
    assert_eq!(suite.submit(batches), [AMOUNT, accepted(1), AMOUNT, accepted(1)]);
}

#[test]
fn one_lower_and_one_higher() {
    let mut suite = with_caps(10, 900);
    suite.go_to_day(5);
    set(&mut suite, 20, 500);
    assert_eq!(suite.device(1).caps, caps(10, 500));
    suite.go_to_day(6);
    assert_eq!(suite.device(1).caps, caps(20, 500));
}

#[test]
fn a_raise_is_called_off_by_a_cut() {
    let mut suite = with_caps(10, 900);
    set(&mut suite, 10, 5_000);
    set(&mut suite, 10, 100);
    for day in 1..=4 {
        suite.go_to_day(day);
        assert_eq!(suite.device(1).caps, caps(10, 100), "day {day}");
    }
}

#[test]
fn a_cut_the_day_after_a_raise_does_not_raise_yesterday() {
    let mut suite = with_caps(10, 100);
    set(&mut suite, 10, 1_000);
    suite.go_to(START + DAY + 60);
    set(&mut suite, 10, 500);
    let batches = vec![
        suite.sales(1, 1, 1, &[101]),
        suite.sales(1, 1, 2, &[100]),
        suite.sales(1, 2, 3, &[501]),
        suite.sales(1, 2, 4, &[500]),
    ];
    assert_eq!(suite.submit(batches), [AMOUNT, accepted(1), AMOUNT, accepted(1)]);
}

#[test]
fn raises_day_after_day() {
    let mut suite = with_caps(10, 100);
    for day in 1..=20u32 {
        suite.go_to_day(day);
        set(&mut suite, 10, 100 + u64::from(day));
        assert_eq!(suite.device(1).caps, caps(10, 99 + u64::from(day)));
    }
}

#[test]
fn amounts_at_the_edge_of_their_type() {
    let mut suite = with_caps(u32::MAX, u64::MAX);
    let batches = vec![
        suite.sales(1, 1, 1, &[u64::MAX, 1]),
        suite.sales(1, 1, 2, &[u64::MAX]),
        suite.sales(1, 1, 3, &[1]),
        suite.sales(1, 1, 4, &[0]),
    ];
    assert_eq!(suite.submit(batches), [AMOUNT, accepted(1), AMOUNT, accepted(1)]);
}

#[test]
fn readings_have_no_amount_but_are_counted() {
    let mut suite = Suite::new();
    let device = NewDevice {
        caps: caps(3, 0),
        ..suite.new_device(DeviceKind::Meter, Signer::Ed(1))
    };
    suite.register_as(device).unwrap();
    let batches = vec![
        suite.seal(&readings(1, 1, 1, 3), Signer::Ed(1)),
        suite.seal(&readings(1, 1, 2, 1), Signer::Ed(1)),
    ];
    assert_eq!(suite.submit(batches), [accepted(3), ITEMS]);
}
