//! Closing: by time, in order, once.

use super::*;
use crate::ClosedDay;
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::StdError;

fn whole(budget: u128) -> Vec<Tranche> {
    vec![tranche(0, 0, budget, 10_000, None)]
}

fn closed(day: Day, amount: u128) -> ClosedDay {
    ClosedDay {
        day,
        reserved: vec![(0, amount)],
    }
}

#[test]
fn a_day_takes_reports_while_it_is_open_or_closing() {
    let mut storage = MockStorage::new();
    for (day, stage) in [(2, Stage::Ahead), (2, Stage::Provisional), (2, Stage::Final)] {
        assert_eq!(
            report(&mut storage, when(day, stage), 1, day, [1, 0, 0]),
            Err(SettlementError::NotReporting { day, stage })
        );
    }
    assert_eq!(report(&mut storage, when(2, Stage::Open), 1, 2, [1, 0, 0]), Ok(()));
    assert_eq!(report(&mut storage, when(2, Stage::Closing), 1, 2, [1, 0, 0]), Ok(()));
    // Day 0 is all time before the programme.
    assert_eq!(
        report(&mut storage, at(5), 1, 0, [1, 0, 0]),
        Err(SettlementError::NotReporting {
            day: 0,
            stage: Stage::Open
        })
    );
}

#[test]
fn days_close_in_order_once_and_gaps_are_skipped() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 100).unwrap();
    report(&mut storage, when(2, Stage::Open), 1, 2, [5, 0, 0]).unwrap();
    report(&mut storage, when(3, Stage::Open), 1, 3, [5, 0, 0]).unwrap();
    assert_eq!(
        close(&mut storage, when(2, Stage::Closing), &whole(10), &[]),
        Ok(vec![])
    );
    let later = when(9, Stage::Provisional);
    assert_eq!(
        close(&mut storage, later, &whole(10), &[]),
        Ok(vec![closed(2, 10), closed(3, 10)])
    );
    assert_eq!(close(&mut storage, later, &whole(10), &[]), Ok(vec![]));
    assert_eq!(PROGRAMME.closed_through(&storage).unwrap(), 9);
    assert_eq!(balanced(&storage, 0), (0, 20, 80, 0));
}

#[test]
fn an_earlier_day_draws_first_and_the_plan_sees_what_it_left() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 15).unwrap();
    for day in [1, 2] {
        report(&mut storage, when(day, Stage::Open), 1, day, [5, 0, 0]).unwrap();
    }
    let plan = |storage: &dyn Storage, day: Day, _: &Totals| {
        let budget = POOLS.available(storage, 0, day, None)?.min(10);
        Ok(Plan {
            tranches: whole(budget),
            limits: vec![],
        })
    };
    let now = when(2, Stage::Provisional);
    let got = PROGRAMME.close_due(&mut storage, &POOLS, &clock(), now, &plan).unwrap();
    assert_eq!(got, vec![closed(1, 10), closed(2, 5)]);
}

#[test]
fn a_part_without_a_sum_stays_in_the_pool_and_the_rest_rounds_up() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 0, 0]).unwrap();
    let split = [tranche(0, 0, 101, 9_000, None), tranche(1, 0, 101, 1_000, None)];
    let got = close(&mut storage, when(1, Stage::Provisional), &split, &[]).unwrap();
    assert_eq!(got, vec![closed(1, 91)]);
    assert_eq!(PROGRAMME.days.load(&storage, &1).unwrap().tranches, split[..1].to_vec());
    let now = when(1, Stage::Final);
    let paid = PROGRAMME.claim(&mut storage, &POOLS, &clock(), now, 1).unwrap();
    assert_eq!(paid.amounts, [(0, 90)]);
    assert_eq!(balanced(&storage, 0), (90, 0, 910, 1));
}

#[test]
fn tranches_of_one_pool_are_set_aside_together() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 1_000).unwrap();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 5, 0]).unwrap();
    // 90.9 + 10.1 are 101, not 91 + 11.
    let split = [tranche(0, 0, 101, 9_000, None), tranche(1, 0, 101, 1_000, None)];
    let got = close(&mut storage, when(1, Stage::Provisional), &split, &[]).unwrap();
    assert_eq!(got, vec![closed(1, 101)]);
}

#[test]
fn a_plan_beyond_its_pool_or_window_is_refused() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 100).unwrap();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 0, 0]).unwrap();
    let now = when(1, Stage::Provisional);
    let exceeded = |wanted, available| {
        Err(SettlementError::PoolExceeded {
            pool: 0,
            wanted,
            available,
        })
    };
    assert_eq!(close(&mut storage, now, &whole(101), &[]), exceeded(101, 100));
    let limit = Limit {
        window_days: 7,
        per_window: 60,
    };
    assert_eq!(close(&mut storage, now, &whole(61), &[(0, limit)]), exceeded(61, 60));
    assert_eq!(
        close(&mut storage, now, &whole(60), &[(0, limit)]),
        Ok(vec![closed(1, 60)])
    );
}

#[test]
fn an_error_of_the_plan_is_passed_on() {
    let mut storage = MockStorage::new();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 0, 0]).unwrap();
    let plan = |_: &dyn Storage, _: Day, _: &Totals| Err(StdError::generic_err("no answer").into());
    let now = when(1, Stage::Provisional);
    assert_eq!(
        PROGRAMME.close_due(&mut storage, &POOLS, &clock(), now, &plan),
        Err(SettlementError::Std(StdError::generic_err("no answer")))
    );
}

#[test]
fn a_running_day_can_be_closed_on_an_overlay() {
    let mut storage = MockStorage::new();
    POOLS.fund(&mut storage, 0, 100).unwrap();
    report(&mut storage, when(1, Stage::Open), 1, 1, [5, 0, 0]).unwrap();
    let mut overlay = crate::Overlay::new(&storage);
    let got = PROGRAMME.close_through(&mut overlay, &POOLS, 1, &|_, _, _: &Totals| {
        Ok(Plan {
            tranches: whole(10),
            limits: vec![],
        })
    });
    assert_eq!(got, Ok(vec![closed(1, 10)]));
    assert!(PROGRAMME.days.load(&overlay, &1).unwrap().closed);
    assert!(!PROGRAMME.days.load(&storage, &1).unwrap().closed);
}
