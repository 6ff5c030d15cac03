//! Pruning: what may go, what stays, and what a pruned batch is answered.

use super::suite::{accepted, repeat, Suite};
use cosmwasm_std::Binary;
use vrs_interface::oracle::*;

/// A device with `n` batches on day 1.
fn suite(n: u32) -> (Suite, Vec<Binary>) {
    let mut suite = Suite::with_terminals(2);
    let batches: Vec<Binary> = (1..=n).map(|i| suite.sales(1, 1, i, &[i.into()])).collect();
    assert_eq!(suite.submit(batches.clone()), vec![accepted(1); n as usize]);
    (suite, batches)
}

fn records(suite: &Suite, device: DeviceId) -> Vec<u32> {
    let msg = QueryMsg::Batches {
        device,
        start_after: None,
        limit: Some(200),
    };
    let answer: BatchesResponse = suite.query(&msg).unwrap();
    answer.batches.iter().map(|batch| batch.sequence).collect()
}

/// Prunes one page; answers (looked, removed, next).
fn prune(
    suite: &mut Suite,
    start_after: Option<(DeviceId, u32)>,
    limit: Option<u32>,
) -> (String, String, Option<String>) {
    let relay = suite.relay.clone();
    let response = suite.execute(&relay, ExecuteMsg::Prune { start_after, limit }).unwrap();
    let event = response.events.iter().find(|e| e.ty == "wasm-vrs_oracle").unwrap();
    let value = |key: &str| event.attributes.iter().find(|a| a.key == key).map(|a| a.value.clone());
    (value("looked").unwrap(), value("removed").unwrap(), value("next"))
}

fn told(looked: &str, removed: &str, next: Option<&str>) -> (String, String, Option<String>) {
    (looked.into(), removed.into(), next.map(Into::into))
}

#[test]
fn records_stay_for_the_days_promised() {
    let (mut suite, _) = suite(70);
    suite.go_to_day(181);
    assert_eq!(prune(&mut suite, None, None), told("50", "0", Some("1/50")));
    suite.go_to_day(182);
    assert_eq!(prune(&mut suite, None, None), told("50", "6", Some("1/50")));
    assert_eq!(records(&suite, 1), (7..=70).collect::<Vec<_>>());
}

#[test]
fn the_last_64_of_a_device_stay_for_good() {
    let (mut suite, batches) = suite(64);
    suite.go_to_day(2_000);
    assert_eq!(prune(&mut suite, None, Some(500)), told("64", "0", None));
    assert_eq!(suite.next(1), 65);
    assert_eq!(suite.submit(vec![batches[0].clone()]), [repeat(1)]);
    let next = suite.sales(1, 2_000, 65, &[1]);
    assert_eq!(suite.submit(vec![next]), [accepted(1)]);
    assert_eq!(prune(&mut suite, None, Some(500)), told("65", "1", None));
    assert_eq!(
        suite.submit(vec![batches[0].clone()]),
        [Outcome::Stale { expected: 66 }]
    );
    assert_eq!(suite.submit(vec![batches[1].clone()]), [repeat(1)]);
}

#[test]
fn a_pruned_batch_is_never_taken_again() {
    let (mut suite, batches) = suite(200);
    suite.go_to_day(400);
    assert_eq!(prune(&mut suite, None, Some(200)), told("200", "136", None));
    let stale = Outcome::Stale { expected: 201 };
    assert_eq!(suite.submit(batches[..136].to_vec()), vec![stale; 136]);
    assert_eq!(suite.submit(batches[136..].to_vec()), vec![repeat(1); 64]);
    assert_eq!(suite.calls(&suite.merchant).len(), 1);
}

#[test]
fn pages_walk_over_all_devices() {
    let (mut suite, _) = suite(80);
    let others: Vec<Binary> = (1..=70).map(|i| suite.sales(2, 1, i, &[1])).collect();
    suite.submit(others);
    suite.go_to_day(500);
    assert_eq!(prune(&mut suite, None, Some(10)), told("10", "10", Some("1/10")));
    assert_eq!(prune(&mut suite, Some((1, 10)), Some(72)), told("72", "8", Some("2/2")));
    assert_eq!(prune(&mut suite, Some((2, 2)), Some(200)), told("68", "4", None));
    assert_eq!(records(&suite, 1), (17..=80).collect::<Vec<_>>());
    assert_eq!(records(&suite, 2), (7..=70).collect::<Vec<_>>());
    assert_eq!(prune(&mut suite, Some((9, 9)), None), told("0", "0", None));
}
