//! Budgets, shares and pools on hand-made figures.

use crate::verify::division::{worth, Flow, Inflow, Limit, Payout, Till, Track, E18};
use crate::verify::pools::{check, Care, Owed};
use crate::verify::rules::Timeline;
use crate::verify::tally::Tally;
use cosmwasm_std::{Addr, Uint128};
use vrs_days::Clock;
use vrs_interface::settlement::Pool;

const THREE_DAYS: Limit = Limit {
    window_days: 3,
    per_window: 100,
};

fn till(funded: u128) -> Till {
    let inflow = Inflow {
        funded: Flow::at_once(funded),
        refilled: Flow::default(),
    };
    Till::new(inflow, 0)
}

#[test]
fn a_window_begins_anew_and_a_pool_runs_dry() {
    let mut till = till(150);
    assert_eq!(till.available(1, 1, THREE_DAYS), 100);
    till.assign(1, 60, THREE_DAYS);
    assert_eq!(till.available(3, 1, THREE_DAYS), 40);
    assert_eq!(till.available(4, 1, THREE_DAYS), 90);
    till.assign(4, 90, THREE_DAYS);
    assert_eq!(till.available(7, 1, THREE_DAYS), 0);
}

#[test]
fn what_comes_after_a_day_closed_is_not_in_its_budget() {
    let inflow = Inflow {
        funded: Flow(vec![(10, 50), (20, 30)]),
        refilled: Flow(vec![(25, 5)]),
    };
    let till = Till::new(inflow, 0);
    assert_eq!(till.available(1, 10, THREE_DAYS), 0);
    assert_eq!(till.available(1, 20, THREE_DAYS), 50);
    assert_eq!(till.available(1, 26, THREE_DAYS), 85);
}

#[test]
fn a_share_is_cut_by_its_cap_and_by_what_was_taken_back() {
    let tranche = Track {
        name: "spending",
        share_bps: 10_000,
        total: 300,
        cap: Some(30),
    }
    .tranche("pool", 100);
    let whole = |paid, taken, capped, dust| Payout {
        paid,
        taken,
        capped,
        dust,
    };
    assert_eq!(worth(&tranche, 50, 50), Ok(whole(16, 0, 0, 666_666_666_666_666_666)));
    assert_eq!(worth(&tranche, 150, 150), Ok(whole(30, 0, 20, 0)));
    // Half of it taken back is 25, below the cap.
    assert_eq!(worth(&tranche, 150, 75), Ok(whole(25, 5, 20, 0)));
    assert_eq!(worth(&tranche, 150, 0), Ok(whole(0, 30, 20, 0)));
}

fn pool(figures: [u128; 5]) -> Pool {
    let [funded, paid, claimable, remaining, recovered] = figures.map(Uint128::new);
    Pool {
        name: "p".into(),
        asset: Addr::unchecked("a"),
        funded,
        paid,
        claimable,
        remaining,
        recovered,
    }
}

fn owed() -> Owed {
    let share = |paid, dust| Payout {
        paid,
        dust,
        ..Payout::default()
    };
    let mut owed = Owed::default();
    owed.begin(1, 100);
    owed.enter(share(33, E18 / 3), true);
    owed.enter(share(33, E18 / 3), true);
    owed
}

fn fault(pool: &Pool, owed: &Owed, refilled: u128) -> Option<String> {
    let care = Care {
        funded: Some(1_000),
        refilled,
        pruned: false,
    };
    let clock = Clock::daily(0);
    check(pool, owed, &care, &clock, &mut Tally::default())
        .err()
        .map(|difference| difference.to_string())
}

#[test]
fn a_pool_holds_what_its_days_say() {
    let mut two = owed();
    two.enter(
        Payout {
            paid: 33,
            ..Payout::default()
        },
        false,
    );
    assert_eq!(fault(&pool([1_000, 66, 34, 900, 0]), &two, 0), None);
    // One unit was recovered early.
    let early = pool([1_000, 66, 32, 902, 2]);
    assert_eq!(
        fault(&early, &two, 0).as_deref(),
        Some("recovered of pool p: expected 0, the chain says 2")
    );
    let lost = pool([1_000, 66, 33, 900, 0]);
    assert_eq!(
        fault(&lost, &two, 0).as_deref(),
        Some("paid + claimable + remaining of pool p: expected 1000, the chain says 999")
    );
    let paid = pool([1_000, 67, 33, 900, 0]);
    assert_eq!(
        fault(&paid, &two, 0).as_deref(),
        Some("paid of pool p: expected 66, the chain says 67")
    );
    let left = pool([1_000, 66, 33, 901, 0]);
    assert_eq!(
        fault(&left, &two, 0).as_deref(),
        Some("left for days to come of pool p: expected 900, the chain says 901")
    );
}

#[test]
fn rounding_is_settled_between_days_only_where_there_was_time() {
    let days = |next| {
        let mut owed = owed();
        owed.begin(next, 50);
        owed.enter(Payout::default(), false);
        owed
    };
    // 1/3 + 1/3 of a unit of day 1, and its share of 33 that nobody has: 34 where day 1 was settled whole.
    let not_yet = pool([1_000, 66, 84, 850, 0]);
    let settled = pool([1_000, 66, 50, 884, 34]);
    // Day 2 closes before day 1 is final, day 4 does not.
    assert_eq!(fault(&not_yet, &days(2), 0), None);
    assert_eq!(
        fault(&settled, &days(2), 0).as_deref(),
        Some("recovered of pool p: expected 0, the chain says 34")
    );
    assert_eq!(fault(&not_yet, &days(4), 0), None);
    assert_eq!(fault(&settled, &days(4), 0), None);
    let between = pool([1_000, 66, 51, 883, 33]);
    assert_eq!(
        fault(&between, &days(4), 0).as_deref(),
        Some("recovered of pool p: expected 0 or 34, the chain says 33")
    );
}

#[test]
fn all_that_rounding_left_is_recovered_when_all_is_claimed() {
    let mut all = owed();
    all.enter(
        Payout {
            paid: 33,
            dust: E18 / 3,
            ..Payout::default()
        },
        true,
    );
    assert_eq!(fault(&pool([1_000, 99, 0, 901, 1]), &all, 0), None);
    assert_eq!(
        fault(&pool([1_000, 99, 1, 900, 0]), &all, 0).as_deref(),
        Some("recovered of pool p: expected 1, the chain says 0")
    );
    // Put in again, it is left for days to come.
    assert_eq!(fault(&pool([1_000, 99, 0, 901, 0]), &all, 1), None);
}

#[test]
fn rules_change_with_days() {
    let mut rules = Timeline::new(10);
    rules.set(5, 20);
    rules.set(9, 30);
    assert_eq!([4, 5, 8, 9].map(|day| *rules.at(day)), [10, 20, 20, 30]);
    rules.map_from(7, |rule| (*rule).min(15));
    assert_eq!([4, 5, 6, 7, 8, 9].map(|day| *rules.at(day)), [10, 20, 20, 15, 15, 15]);
    rules.set(8, 40);
    assert_eq!([7, 8, 9].map(|day| *rules.at(day)), [15, 40, 40]);
    assert_eq!(rules.next_after(7), Some(&(8, 40)));
    rules.forget_after(7);
    assert_eq!(rules.next_after(7), None);
}
