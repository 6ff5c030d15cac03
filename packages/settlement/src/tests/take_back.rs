//! Taking rewards back while a day is provisional.

use super::*;
use cosmwasm_std::testing::MockStorage;

const CAPPED: [Tranche; 2] = [
    Tranche {
        track: 0,
        pool: 0,
        budget: 100,
        share_bps: 10_000,
        cap: Some(40),
    },
    Tranche {
        track: 1,
        pool: 1,
        budget: 50,
        share_bps: 10_000,
        cap: None,
    },
];

/// Day 1: account 1 has 80 of 100 on track 0 and 1 of 3 on track 1; account 2 the rest.
fn day_one() -> MockStorage {
    let mut storage = MockStorage::new();
    for pool in [0, 1] {
        POOLS.fund(&mut storage, pool, 1_000).unwrap();
    }
    let now = when(1, Stage::Open);
    report(&mut storage, now, 1, 1, [80, 1, 0]).unwrap();
    report(&mut storage, now, 2, 1, [20, 2, 0]).unwrap();
    close(&mut storage, when(1, Stage::Provisional), &CAPPED, &[]).unwrap();
    storage
}

fn less(counted: [u128; 3], taken: [u128; 3]) -> Three {
    Three { counted, taken }
}

fn take(storage: &mut MockStorage, now: Timestamp, share: &Three) -> Result<Vec<(u8, u128)>, SettlementError> {
    PROGRAMME.take_back(storage, &POOLS, &clock(), now, (1, 1), share)
}

#[test]
fn the_difference_returns_at_once_and_the_others_get_no_more() {
    let mut storage = day_one();
    let now = when(1, Stage::Provisional);
    // 80 of 100, capped at 40; a quarter of it earns: 20. The third of 50 stays.
    assert_eq!(
        take(&mut storage, now, &less([80, 1, 0], [60, 0, 0])),
        Ok(vec![(0, 20), (1, 0)])
    );
    assert_eq!(balanced(&storage, 0), (0, 80, 920, 20));
    assert_eq!(
        take(&mut storage, now, &less([80, 1, 0], [80, 1, 0])),
        Ok(vec![(0, 20), (1, 16)])
    );
    assert_eq!(balanced(&storage, 0), (0, 60, 940, 40));
    assert_eq!(balanced(&storage, 1), (0, 34, 966, 16));
    let now = when(1, Stage::Final);
    let mut claim = |account| PROGRAMME.claim(&mut storage, &POOLS, &clock(), now, account).unwrap();
    assert_eq!(claim(1).amounts, []);
    assert_eq!(claim(2).amounts, [(0, 20), (1, 33)]);
    // 40 cut off by the cap, 40 taken back; 16 taken back and one of rounding.
    assert_eq!(balanced(&storage, 0), (20, 0, 980, 80));
    assert_eq!(balanced(&storage, 1), (33, 0, 967, 17));
}

#[test]
fn where_the_cap_still_binds_nothing_returns() {
    let mut storage = day_one();
    let now = when(1, Stage::Provisional);
    assert_eq!(
        take(&mut storage, now, &less([80, 1, 0], [30, 0, 0])),
        Ok(vec![(0, 0), (1, 0)])
    );
    assert_eq!(balanced(&storage, 0), (0, 100, 900, 0));
}

#[test]
fn only_a_provisional_day_can_be_taken_back() {
    let mut storage = day_one();
    let share = less([80, 1, 0], [80, 1, 0]);
    for stage in [Stage::Ahead, Stage::Open, Stage::Closing, Stage::Final] {
        assert_eq!(
            take(&mut storage, when(1, stage), &share),
            Err(SettlementError::NotProvisional { day: 1, stage })
        );
    }
}

#[test]
fn the_counted_weight_stays_and_nothing_is_given() {
    let mut storage = day_one();
    let now = when(1, Stage::Provisional);
    let refused = |counted, earning_before, earning| {
        Err(SettlementError::NotLess {
            account: 1,
            day: 1,
            track: 0,
            counted_before: 80,
            counted,
            earning_before,
            earning,
        })
    };
    assert_eq!(
        take(&mut storage, now, &less([79, 1, 0], [0, 0, 0])),
        refused(79, 80, 79)
    );
    assert_eq!(
        take(&mut storage, now, &less([90, 1, 0], [80, 0, 0])),
        refused(90, 80, 10)
    );
    take(&mut storage, now, &less([80, 1, 0], [50, 0, 0])).unwrap();
    assert_eq!(
        take(&mut storage, now, &less([80, 1, 0], [40, 0, 0])),
        refused(80, 30, 40)
    );
}

#[test]
fn who_has_no_share_and_what_nobody_closed_are_named() {
    let mut storage = day_one();
    let now = when(1, Stage::Provisional);
    assert_eq!(
        PROGRAMME.take_back(&mut storage, &POOLS, &clock(), now, (7, 1), &Three::default()),
        Err(SettlementError::NoShare { account: 7, day: 1 })
    );
    let mut open = MockStorage::new();
    report(&mut open, when(1, Stage::Open), 1, 1, [1, 0, 0]).unwrap();
    assert_eq!(
        take(&mut open, now, &less([1, 0, 0], [1, 0, 0])),
        Err(SettlementError::NotClosed { day: 1 })
    );
}
