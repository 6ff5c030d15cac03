//! A caller may reserve for several days in one message: it asks for the room of each first and
//! reserves them afterwards, days in order. What it works out from the answers is never refused,
//! whatever happened to the figures of its limit, so that such a caller can never be stuck.

use super::world::{limit, World};
use proptest::prelude::*;
use vrs_interface::points::IssuerResponse;

#[derive(Clone, Debug)]
enum Step {
    Set(u32, u128, u128),
    Lower(u32, u128, u128),
    /// Days pass, then some of those that wait are closed, each wanting so much.
    Close {
        pass: u32,
        days: u32,
        want: u128,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let figures = || (1..12u32, 0..60u128, 0..400u128);
    prop_oneof![
        2 => figures().prop_map(|(_, window, total)| Step::Set(5, window, total)),
        1 => figures().prop_map(|(_, window, total)| Step::Lower(5, window, total)),
        5 => (0..15u32, 0..20u32, 0..70u128).prop_map(|(pass, days, want)| Step::Close { pass, days, want }),
    ]
}

/// The room of a day as a caller works it out, given what it will reserve for days before it.
fn room(told: &IssuerResponse, day: u32, planned: &[(u32, u128)]) -> u128 {
    let length = told.limit.window_days;
    let same = |other: u32| (other - 1) / length == (day - 1) / length;
    let in_window: u128 = planned
        .iter()
        .filter(|(other, _)| same(*other))
        .map(|(_, amount)| amount)
        .sum();
    let in_all: u128 = planned.iter().map(|(_, amount)| amount).sum();
    let window = told
        .limit
        .per_window
        .u128()
        .saturating_sub(told.used_in_window.u128() + in_window);
    let total = told
        .limit
        .total
        .u128()
        .saturating_sub(told.used_in_total.u128() + in_all);
    if told.available.is_zero() {
        0
    } else {
        told.available.u128().min(window).min(total)
    }
}

proptest! {
    #[test]
    fn what_callers_work_out_for_days_in_order_is_never_refused(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new();
        world.set_issuer("mining", limit(5, 40, 300)).unwrap();
        let mut closed = 0;
        for step in steps {
            match step {
                Step::Set(days, window, total) => {
                    world.set_issuer("mining", limit(days, window, total)).unwrap();
                }
                Step::Lower(days, window, total) => {
                    let told = world.issuer("mining", world.today()).limit;
                    let lower = limit(
                        days.max(told.window_days),
                        window.min(told.per_window.u128()),
                        total.min(told.total.u128()),
                    );
                    world.lower_issuer("mining", lower).unwrap();
                }
                Step::Close { pass, days, want } => {
                    world.go_to(world.today() + pass);
                    let mut planned: Vec<(u32, u128)> = vec![];
                    for day in closed + 1..world.today().min(closed + 1 + days) {
                        let told = world.issuer("mining", day);
                        let amount = want.min(room(&told, day, &planned));
                        planned.push((day, amount));
                        closed = day;
                    }
                    for (day, amount) in planned.into_iter().filter(|(_, amount)| *amount > 0) {
                        let outcome = world.reserve("mining", day, amount);
                        prop_assert!(outcome.is_ok(), "day {}: {:?}", day, outcome);
                    }
                }
            }
        }
    }
}
