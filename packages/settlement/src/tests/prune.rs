//! Pruning: a year after a day is final; what nobody claimed returns.

use super::*;
use crate::Pruned;
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::Order;

const EXPIRY: u32 = 10;
const WHOLE: [Tranche; 1] = [Tranche {
    track: 0,
    pool: 0,
    budget: 10,
    share_bps: 10_000,
    cap: Some(6),
}];

/// Days 1 to 3 with three accounts (weights 1, 2, 7), days 4 and 5 with account 1 alone; account 2 has claimed.
fn programme() -> MockStorage {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    for day in 1..=5 {
        let now = when(day, Stage::Open);
        close(&mut storage, now, &WHOLE, &[]).unwrap();
        report(&mut storage, now, 1, day, [1, 0, 0]).unwrap();
        if day <= 3 {
            report(&mut storage, now, 2, day, [2, 0, 0]).unwrap();
            report(&mut storage, now, 3, day, [7, 0, 0]).unwrap();
        }
    }
    let now = when(5, Stage::Final);
    close(&mut storage, now, &WHOLE, &[]).unwrap();
    let paid = PROGRAMME.claim(&mut storage, &POOLS, &clock(), now, 2).unwrap();
    assert_eq!(paid.amounts, [(0, 6)]);
    storage
}

fn prune(storage: &mut MockStorage, last_final: Day, start_after: Option<(u32, Day)>, limit: u32) -> Pruned {
    let horizon = last_final.saturating_sub(EXPIRY);
    PROGRAMME.prune(storage, &POOLS, horizon, start_after, limit).unwrap()
}

fn keys(storage: &MockStorage) -> Vec<(u32, Day)> {
    let entries = PROGRAMME.shares.range(storage, None, None, Order::Ascending);
    entries.map(|entry| entry.unwrap().0).collect()
}

#[test]
fn nothing_goes_before_its_time() {
    let mut storage = programme();
    let before = keys(&storage);
    assert_eq!(prune(&mut storage, EXPIRY, None, 200), Pruned::default());
    assert_eq!(keys(&storage), before);
}

#[test]
fn what_nobody_claimed_returns_and_what_was_paid_is_just_removed() {
    let mut storage = programme();
    // Days 1 and 2: accounts 1 and 3 have 1 and min(7, 6) coming for each.
    assert_eq!(balanced(&storage, 0), (6, 44, 950, 0));
    let done = prune(&mut storage, EXPIRY + 2, None, 200);
    assert_eq!((done.removed, done.unclaimed, done.next), (6, 4, None));
    assert_eq!(balanced(&storage, 0), (6, 28, 966, 16));
    assert_eq!(keys(&storage), [(1, 3), (1, 4), (1, 5), (2, 3), (3, 3)]);
    for day in [1, 2] {
        assert_eq!(PROGRAMME.days.may_load(&storage, &day).unwrap(), None);
    }
    // Whoever comes late is paid what is left of his days, not what was pruned.
    let now = when(EXPIRY + 2, Stage::Final);
    let late = PROGRAMME.claim(&mut storage, &POOLS, &clock(), now, 1).unwrap();
    assert_eq!((late.days, late.amounts), (3, vec![(0, 1 + 6 + 6)]));
    let late = PROGRAMME.claim(&mut storage, &POOLS, &clock(), now, 3).unwrap();
    assert_eq!(late.amounts, [(0, 6)]);
    assert_eq!(balanced(&storage, 0).1, 0);
}

#[test]
fn steps_of_any_size_end_where_one_step_does() {
    let mut whole = programme();
    prune(&mut whole, EXPIRY + 4, None, 200);
    for limit in 1..=7 {
        let mut storage = programme();
        let mut next = None;
        let mut steps = 0;
        loop {
            let done = prune(&mut storage, EXPIRY + 4, next, limit);
            assert!(done.removed <= limit);
            balanced(&storage, 0);
            steps += 1;
            next = done.next;
            if next.is_none() {
                break;
            }
        }
        assert!(steps <= 16, "{steps} steps of {limit}");
        assert_eq!(keys(&storage), keys(&whole), "steps of {limit}");
        assert_eq!(balanced(&storage, 0), balanced(&whole, 0), "steps of {limit}");
    }
}

#[test]
fn young_accounts_cost_one_look_each() {
    let mut storage = programme();
    let done = prune(&mut storage, EXPIRY, None, 2);
    assert_eq!((done.removed, done.next), (0, Some((2, Day::MAX))));
    let done = prune(&mut storage, EXPIRY, done.next, 2);
    assert_eq!((done.removed, done.next), (0, None));
}

#[test]
fn a_limit_of_nothing_is_one() {
    let mut storage = programme();
    let done = prune(&mut storage, 99, Some((1, 2)), 0);
    assert_eq!((done.removed, done.next), (1, Some((1, 3))));
}

#[test]
fn behind_the_last_account_of_all_is_the_end() {
    let mut storage = programme();
    let done = prune(&mut storage, 99, Some((u32::MAX, Day::MAX)), 5);
    assert_eq!((done.removed, done.next), (0, None));
}

#[test]
fn what_was_taken_back_does_not_return_twice() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 100).unwrap();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 0, 0]).unwrap();
    report(&mut storage, when(1, Stage::Open), 2, 1, [5, 0, 0]).unwrap();
    let now = when(1, Stage::Provisional);
    close(&mut storage, now, &WHOLE, &[]).unwrap();
    let less = Three {
        counted: [5, 0, 0],
        taken: [4, 0, 0],
    };
    let back = PROGRAMME.take_back(&mut storage, &POOLS, &clock(), now, (1, 1), &less);
    assert_eq!(back, Ok(vec![(0, 4)]));
    prune(&mut storage, EXPIRY + 1, None, 1);
    // 4 taken back and 1 not claimed; account 2's five are still owed.
    assert_eq!(balanced(&storage, 0), (0, 5, 95, 5));
    prune(&mut storage, EXPIRY + 1, None, 1);
    assert_eq!(balanced(&storage, 0), (0, 0, 100, 10));
}

#[test]
fn days_nobody_closed_are_not_pruned() {
    let mut storage = MockStorage::new();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 0, 0]).unwrap();
    assert_eq!(
        PROGRAMME.prune(&mut storage, &POOLS, 1, None, 5),
        Err(SettlementError::NotClosed { day: 1 })
    );
}
