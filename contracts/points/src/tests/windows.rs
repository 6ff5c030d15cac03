//! What a thief of a key tries with the length of windows.

use super::world::{limit, World};
use crate::ContractError;

/// Reserves all that is available today, answers how much that was.
fn take(world: &mut World) -> u128 {
    let today = world.today();
    let available = world.issuer("mining", today).available.u128();
    if available > 0 {
        world.reserve("mining", today, available).unwrap();
    }
    available
}

#[test]
fn a_guardian_who_lengthens_windows_each_day_gives_nothing_anew() {
    let mut world = World::new();
    world.set_issuer("mining", limit(1, 100, 100_000)).unwrap();
    world.go_to(30);
    assert_eq!(take(&mut world), 100);
    let mut taken = 0;
    for day in 31..59 {
        world.go_to(day);
        world.lower_issuer("mining", limit(day - 29, 100, 100_000)).unwrap();
        taken += take(&mut world);
    }
    assert_eq!(taken, 0, "28 windows' worth in 28 days");
    world.go_to(59);
    assert_eq!(take(&mut world), 100);
}

#[test]
fn what_a_window_has_used_counts_to_its_end_where_windows_become_shorter() {
    let mut world = World::new();
    world.set_issuer("mining", limit(30, 100, 100_000)).unwrap();
    world.go_to(31);
    assert_eq!(take(&mut world), 100);
    world.set_issuer("mining", limit(1, 100, 100_000)).unwrap();
    for day in [38, 39, 60] {
        world.go_to(day);
        assert_eq!(world.issuer("mining", day).limit.window_days, 1);
        assert_eq!(take(&mut world), 0, "day {day}");
        let above = ContractError::AboveWindow {
            first: 31,
            last: 60,
            available: 0u128.into(),
            amount: 1u128.into(),
        };
        assert_eq!(world.reserve("mining", day, 1).unwrap_err(), above);
    }
    world.go_to(61);
    assert_eq!(take(&mut world), 100);
}
