//! Every outcome, what it changes, and what the device does next.

use super::suite::{accepted, readings, refused, repeat, sales, Signer, Suite, DAY, START};
use cosmwasm_std::Binary;
use vrs_attestation::Envelope;
use vrs_interface::oracle::*;

fn root(batch: &Binary) -> Binary {
    Binary::from(Envelope::parse_frame(batch).unwrap().root())
}

#[test]
fn accepted_then_repeat() {
    let mut suite = Suite::with_terminals(1);
    let batch = suite.sales(1, 1, 1, &[100, 200]);
    assert_eq!(suite.submit(vec![batch.clone()]), [accepted(2)]);
    assert_eq!(suite.next(1), 2);
    for _ in 0..3 {
        assert_eq!(suite.submit(vec![batch.clone()]), [repeat(2)]);
    }
    assert_eq!(suite.next(1), 2);
    assert_eq!(suite.calls(&suite.merchant).len(), 1);
}

#[test]
fn a_gap_names_the_number_expected() {
    let mut suite = Suite::with_terminals(1);
    let (first, third) = (suite.sales(1, 1, 1, &[1]), suite.sales(1, 1, 3, &[3]));
    assert_eq!(suite.submit(vec![third.clone()]), [Outcome::Gap { expected: 1 }]);
    assert_eq!(
        suite.submit(vec![first, third.clone()]),
        [accepted(1), Outcome::Gap { expected: 2 }]
    );
    let second = suite.sales(1, 1, 2, &[2]);
    assert_eq!(suite.submit(vec![second, third]), [accepted(1), accepted(1)]);
}

#[test]
fn the_order_submitted_decides() {
    let mut suite = Suite::with_terminals(1);
    let batches: Vec<Binary> = (1..=3).map(|n| suite.sales(1, 1, n, &[n.into()])).collect();
    let mut reversed = batches.clone();
    reversed.reverse();
    assert_eq!(
        suite.submit(reversed),
        [Outcome::Gap { expected: 1 }, Outcome::Gap { expected: 1 }, accepted(1)]
    );
    assert_eq!(suite.submit(batches), [repeat(1), accepted(1), accepted(1)]);
}

#[test]
fn another_batch_under_a_used_number_is_a_conflict() {
    let mut suite = Suite::with_terminals(1);
    let taken = suite.sales(1, 1, 1, &[100]);
    suite.submit(vec![taken.clone()]);
    let conflict = || Outcome::Conflict { taken: root(&taken) };
    let other = suite.sales(1, 1, 1, &[101]);
    assert_eq!(suite.submit(vec![other]), [conflict()]);
    // The same leaves for another day are another batch as well, though the root is the same.
    suite.go_to_day(2);
    let other_day = suite.sales(1, 2, 1, &[100]);
    assert_eq!(root(&other_day), root(&taken));
    assert_eq!(suite.submit(vec![other_day]), [conflict()]);
    assert_eq!(suite.calls(&suite.merchant).len(), 1);
}

#[test]
fn a_conflict_needs_the_devices_signature() {
    let mut suite = Suite::with_terminals(1);
    let taken = suite.sales(1, 1, 1, &[100]);
    suite.submit(vec![taken]);
    let forged = suite.seal(&sales(1, 1, 1, &[101]), Signer::Ed(2));
    assert_eq!(suite.submit(vec![forged]), [refused(RefuseReason::BadSignature)]);
}

#[test]
fn repeats_and_conflicts_within_one_message() {
    let mut suite = Suite::with_terminals(2);
    let (first, second) = (suite.sales(1, 1, 1, &[1]), suite.sales(1, 1, 2, &[2]));
    let other = suite.sales(1, 1, 1, &[9]);
    let neighbour = suite.sales(2, 1, 1, &[5]);
    let outcomes = suite.submit(vec![
        first.clone(),
        neighbour.clone(),
        first.clone(),
        other,
        second,
        neighbour,
    ]);
    assert_eq!(
        outcomes,
        [
            accepted(1),
            accepted(1),
            repeat(1),
            Outcome::Conflict { taken: root(&first) },
            accepted(1),
            repeat(1),
        ]
    );
    let delivered: Vec<(u32, u32)> = suite.calls(&suite.merchant)[0]
        .iter()
        .map(|delivery| (delivery.device, delivery.sequence))
        .collect();
    assert_eq!(delivered, [(1, 1), (2, 1), (1, 2)]);
}

#[test]
fn number_0_and_the_highest_are_never_given() {
    let mut suite = Suite::with_terminals(1);
    let zero = suite.sales(1, 1, 0, &[1]);
    let highest = suite.sales(1, 1, u32::MAX, &[1]);
    assert_eq!(
        suite.submit(vec![zero, highest]),
        [Outcome::Stale { expected: 1 }, refused(RefuseReason::Malformed)]
    );
}

/// Submits one batch, expects the reason, and tells whether the number was used up.
fn refuses(suite: &mut Suite, batch: Binary, reason: RefuseReason) -> bool {
    let before = suite.next(1);
    assert_eq!(suite.submit(vec![batch.clone()]), [refused(reason)], "{reason:?}");
    let used = suite.next(1) > before;
    assert_eq!(used, reason.uses_number(), "{reason:?}");
    let again = if used {
        let first = FirstOutcome::Refused { reason };
        Outcome::Repeat { first }
    } else {
        refused(reason)
    };
    assert_eq!(suite.submit(vec![batch]), [again], "{reason:?}");
    used
}

#[test]
fn refusals_that_leave_the_number_free() {
    use RefuseReason::*;
    let mut suite = Suite::with_terminals(1);
    let honest = suite.sales(1, 1, 1, &[100]);
    for broken in [
        Binary::default(),
        Binary::from(&honest[..honest.len() - 1]),
        Binary::from([&honest[..], &[0]].concat()),
        Binary::from([&[2], &honest[1..]].concat()),
        Binary::from([&[1, 3], &honest[2..]].concat()),
    ] {
        assert!(!refuses(&mut suite, broken, Malformed));
    }
    let unknown = suite.seal(&sales(9, 1, 1, &[1]), Signer::Ed(1));
    assert!(!refuses(&mut suite, unknown, UnknownDevice));
    let meter = suite.seal(&readings(1, 1, 1, 1), Signer::Ed(1));
    assert!(!refuses(&mut suite, meter, WrongKind));
    let forged = suite.seal(&sales(1, 1, 1, &[1]), Signer::Ed(2));
    assert!(!refuses(&mut suite, forged, BadSignature));
    for day in [2, 3, u32::MAX] {
        let ahead = suite.sales(1, day, 1, &[1]);
        assert!(!refuses(&mut suite, ahead, DayAhead));
    }
    suite.own(ExecuteMsg::SetConsumer {
        kind: DeviceKind::Terminal,
        contract: None,
    });
    assert!(!refuses(&mut suite, honest.clone(), NoConsumer));
    let contract = Some(suite.merchant.to_string());
    suite.own(ExecuteMsg::SetConsumer {
        kind: DeviceKind::Terminal,
        contract,
    });
    assert_eq!(suite.submit(vec![honest.clone()]), [accepted(1)]);

    let agent = suite.agent.clone();
    suite.execute(&agent, ExecuteMsg::RevokeDevice { device: 1 }).unwrap();
    let late = suite.sales(1, 1, 2, &[100]);
    assert!(!refuses(&mut suite, late, Revoked));
    let gap = suite.sales(1, 1, 7, &[100]);
    assert!(!refuses(&mut suite, gap, Revoked));
    assert_eq!(suite.submit(vec![honest]), [repeat(1)]);
}

#[test]
fn refusals_that_use_the_number_up_so_that_the_device_can_go_on() {
    use RefuseReason::*;
    let mut suite = Suite::new();
    let device = NewDevice {
        valid_from: 2,
        valid_until: Some(4),
        caps: super::suite::caps(3, 1_000),
        ..suite.new_device(DeviceKind::Terminal, Signer::Ed(1))
    };
    suite.register_as(device).unwrap();
    let early = suite.sales(1, 1, 1, &[1]);
    assert!(refuses(&mut suite, early, NotValidOnDay));
    suite.go_to_day(3);
    let closed = suite.sales(1, 1, 2, &[1]);
    assert!(refuses(&mut suite, closed, DayClosed));
    let items = suite.sales(1, 3, 3, &[1, 1, 1, 1]);
    assert!(refuses(&mut suite, items, ItemCap));
    let amount = suite.sales(1, 3, 4, &[1_001]);
    assert!(refuses(&mut suite, amount, AmountCap));
    let good = suite.sales(1, 3, 5, &[1_000]);
    assert_eq!(suite.submit(vec![good]), [accepted(1)]);
    // In the night of day 4 day 3 still takes reports.
    suite.go_to(START + 3 * DAY + 100);
    let today = suite.sales(1, 4, 6, &[1]);
    assert_eq!(suite.submit(vec![today]), [accepted(1)]);
    let yesterday = suite.sales(1, 3, 7, &[1]);
    assert!(refuses(&mut suite, yesterday, DayBackwards));
    suite.go_to_day(5);
    let ended = suite.sales(1, 5, 8, &[1]);
    assert!(refuses(&mut suite, ended, NotValidOnDay));
    assert_eq!(suite.next(1), 9);
}

#[test]
fn a_refused_batch_does_not_move_the_last_day_or_the_caps() {
    let mut suite = Suite::with_terminals(1);
    let small = super::suite::caps(2, 1_000);
    let registrar = suite.registrar.clone();
    suite
        .execute(&registrar, ExecuteMsg::SetCaps { device: 1, caps: small })
        .unwrap();
    let first = suite.sales(1, 1, 1, &[400]);
    suite.submit(vec![first]);
    // The night of day 2: a batch of day 2 is refused, so day 1 still goes on where it was.
    suite.go_to(START + DAY + 60);
    let too_much = suite.sales(1, 2, 2, &[1_001]);
    let more = suite.sales(1, 1, 3, &[601]);
    let rest = suite.sales(1, 1, 4, &[600]);
    assert_eq!(
        suite.submit(vec![too_much, more, rest]),
        [
            refused(RefuseReason::AmountCap),
            refused(RefuseReason::AmountCap),
            accepted(1)
        ]
    );
}

#[test]
fn day_0_is_no_day_of_the_programme() {
    let mut suite = Suite::with_terminals(1);
    suite.go_to(START + 60);
    let batch = suite.sales(1, 0, 1, &[1]);
    assert_eq!(suite.submit(vec![batch]), [refused(RefuseReason::NotValidOnDay)]);
    suite.go_to_day(1);
    let batch = suite.sales(1, 0, 2, &[1]);
    assert_eq!(suite.submit(vec![batch]), [refused(RefuseReason::DayClosed)]);
}

#[test]
fn a_day_takes_reports_until_it_closes() {
    let mut suite = Suite::with_terminals(1);
    let closes = START + DAY + DAY / 4;
    suite.go_to(closes - 1);
    let (in_time, late) = (suite.sales(1, 1, 1, &[1]), suite.sales(1, 1, 2, &[1]));
    assert_eq!(suite.submit(vec![in_time]), [accepted(1)]);
    suite.go_to(closes);
    assert_eq!(suite.submit(vec![late]), [refused(RefuseReason::DayClosed)]);
}

/// The last 64 of a device are answered with what they did, those before them are stale although
/// their records still stand.
#[test]
fn only_the_last_64_are_answered_with_what_they_did() {
    let mut suite = Suite::with_terminals(1);
    let batches: Vec<Binary> = (1..=66).map(|n| suite.sales(1, 1, n, &[n.into()])).collect();
    suite.submit(batches.clone());
    assert_eq!(
        suite.submit(batches[..2].to_vec()),
        vec![Outcome::Stale { expected: 67 }; 2]
    );
    assert_eq!(suite.submit(vec![batches[2].clone()]), [repeat(1)]);
}
