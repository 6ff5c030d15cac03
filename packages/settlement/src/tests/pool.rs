//! Pools: funding, refilling, windowed limits.

use super::{balanced, tranche, POOLS};
use crate::{share::Payout, Limit, SettlementError};
use cosmwasm_std::testing::MockStorage;

fn limit(window_days: u32, per_window: u128) -> Option<Limit> {
    Some(Limit {
        window_days,
        per_window,
    })
}

#[test]
fn an_unknown_pool_is_empty() {
    let storage = MockStorage::new();
    assert_eq!(balanced(&storage, 0), (0, 0, 0, 0));
    assert_eq!(POOLS.available(&storage, 0, 1, None).unwrap(), 0);
}

#[test]
fn funding_adds_up_and_never_wraps() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 5).unwrap();
    POOLS.fund(&mut storage, 0, 7).unwrap();
    assert_eq!(balanced(&storage, 0), (0, 0, 12, 0));
    assert_eq!(
        POOLS.fund(&mut storage, 0, u128::MAX),
        Err(SettlementError::Overflow("funded"))
    );
}

#[test]
fn only_what_was_recovered_is_refilled() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 100).unwrap();
    POOLS.assign(&mut storage, 0, 1, 60, 1, None).unwrap();
    let mut state = POOLS.load(&storage, 0).unwrap();
    state.take_back(25).unwrap();
    POOLS.save(&mut storage, 0, &state).unwrap();
    assert_eq!(balanced(&storage, 0), (0, 35, 65, 25));
    assert_eq!(
        POOLS.refill(&mut storage, 0, 26),
        Err(SettlementError::PoolExceeded {
            pool: 0,
            wanted: 26,
            available: 25
        })
    );
    assert_eq!(POOLS.available(&storage, 0, 1, None).unwrap(), 40);
    POOLS.refill(&mut storage, 0, 20).unwrap();
    assert_eq!(balanced(&storage, 0), (0, 35, 65, 5));
    assert_eq!(POOLS.available(&storage, 0, 1, None).unwrap(), 60);
}

#[test]
fn more_than_is_left_is_not_assigned() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 3, 10).unwrap();
    let exceeded = |wanted, available| {
        Err(SettlementError::PoolExceeded {
            pool: 3,
            wanted,
            available,
        })
    };
    assert_eq!(POOLS.assign(&mut storage, 3, 1, 11, 1, None), exceeded(11, 10));
    assert_eq!(POOLS.assign(&mut storage, 3, 1, 6, 1, limit(1, 5)), exceeded(6, 5));
    assert_eq!(POOLS.assign(&mut storage, 3, 1, 10, 1, None), Ok(()));
}

#[test]
fn a_window_is_charged_by_the_days_own_window() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    let week = limit(7, 50);
    let available = |storage: &MockStorage, day| POOLS.available(storage, 0, day, week).unwrap();
    POOLS.assign(&mut storage, 0, 1, 30, 1, week).unwrap();
    assert_eq!(available(&storage, 7), 20);
    POOLS.assign(&mut storage, 0, 7, 20, 1, week).unwrap();
    assert_eq!((available(&storage, 7), available(&storage, 8)), (0, 50));
    POOLS.assign(&mut storage, 0, 8, 1, 1, week).unwrap();
    // A window that has passed gets nothing anew.
    assert_eq!((available(&storage, 7), available(&storage, 14)), (49, 49));
    assert_eq!(available(&storage, 15), 50);
}

#[test]
fn a_window_of_another_length_forgets_nothing_that_was_used() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    POOLS.assign(&mut storage, 0, 100, 40, 1, limit(30, 50)).unwrap();
    // Days 91 to 120 are one window of 30, whatever length comes after.
    let available = |storage: &MockStorage, day, days| POOLS.available(storage, 0, day, limit(days, 50)).unwrap();
    for days in [1, 7, 29, 30, 31, 100, 366] {
        assert_eq!(available(&storage, 101, days), 10, "windows of {days} days");
        assert_eq!(available(&storage, 120, days), 10, "windows of {days} days");
    }
    assert_eq!((available(&storage, 121, 30), available(&storage, 121, 31)), (50, 10));
    POOLS.assign(&mut storage, 0, 101, 10, 1, limit(100, 50)).unwrap();
    assert_eq!(
        [(121, 1), (190, 1), (191, 1)].map(|(day, days)| available(&storage, day, days)),
        [0, 0, 50]
    );
}

/// An owner's key that is stolen gives what a window's limit gives, not more: 1,500 in 15 days of a
/// breaker of 250 for 30 were had by a longer window each third day.
#[test]
fn longer_windows_again_and_again_pay_no_more_than_one() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 10_000).unwrap();
    let mut paid = 0;
    for day in 31..=45 {
        let limit = limit(day - 1, 250);
        let left = POOLS.available(&storage, 0, day, limit).unwrap();
        POOLS.assign(&mut storage, 0, day, left, 1, limit).unwrap();
        paid += left;
    }
    assert_eq!(paid, 250);
}

#[test]
fn nothing_assigned_charges_no_window() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    POOLS.assign(&mut storage, 0, 4, 30, 1, limit(3, 40)).unwrap();
    POOLS.assign(&mut storage, 0, 7, 0, 1, limit(30, 40)).unwrap();
    assert_eq!(POOLS.available(&storage, 0, 7, limit(3, 40)).unwrap(), 40);
}

#[test]
fn what_is_assigned_without_a_limit_charges_no_window() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    POOLS.assign(&mut storage, 0, 1, 30, 1, limit(7, 50)).unwrap();
    POOLS.assign(&mut storage, 0, 2, 500, 1, None).unwrap();
    assert_eq!(POOLS.available(&storage, 0, 3, limit(7, 50)).unwrap(), 20);
}

#[test]
fn the_last_share_turns_what_is_left_into_recovered() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 10).unwrap();
    POOLS.assign(&mut storage, 0, 1, 10, 3, None).unwrap();
    let third = crate::share::payout(&tranche(0, 0, 10, 10_000, None), 1, 1, 3).unwrap();
    let mut state = POOLS.load(&storage, 0).unwrap();
    for _ in 0..2 {
        state.settle(third, true).unwrap();
    }
    POOLS.save(&mut storage, 0, &state).unwrap();
    // Two thirds of a unit of dust are not a unit yet.
    assert_eq!(balanced(&storage, 0), (6, 4, 0, 0));
    state.settle(third, true).unwrap();
    POOLS.save(&mut storage, 0, &state).unwrap();
    assert_eq!(balanced(&storage, 0), (9, 0, 1, 1));
    assert_eq!(
        state.settle(Payout::default(), true),
        Err(SettlementError::Overflow("pool"))
    );
}

#[test]
fn dust_of_many_tranches_does_not_overflow() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 100).unwrap();
    POOLS.assign(&mut storage, 0, 1, 100, 2, None).unwrap();
    let mut state = POOLS.load(&storage, 0).unwrap();
    let dust = Payout {
        dust: 40 * (crate::share::E18 - 1),
        ..Payout::default()
    };
    state.settle(dust, true).unwrap();
    assert_eq!(state.recovered, 39);
}
