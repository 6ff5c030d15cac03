use crate::{Clock, ClockError, Schedule, Stage};
use cosmwasm_std::Timestamp;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

#[test]
fn a_day_moves_through_its_stages_by_time_alone() {
    let clock = Clock::daily(1_000_000);
    let end = 1_000_000 + 86_400;
    for (now, stage) in [
        (999_999, Stage::Ahead),
        (1_000_000, Stage::Open),
        (end - 1, Stage::Open),
        (end, Stage::Closing),
        (end + 6 * 3600 - 1, Stage::Closing),
        (end + 6 * 3600, Stage::Provisional),
        (end + 54 * 3600 - 1, Stage::Provisional),
        (end + 54 * 3600, Stage::Final),
    ] {
        assert_eq!(clock.stage(1, at(now)), stage, "at {now}");
    }
}

#[test]
fn last_closed_and_last_final_agree_with_the_stages() {
    for day_seconds in [10, 60, 86_399, 86_400] {
        let clock = Clock {
            start: 500,
            day_seconds,
            close_after: 21_600,
            final_after: 194_400,
        };
        for step in 0..2_000u64 {
            let now = at(500 + step * u64::from(day_seconds) / 97);
            let closed = clock.last_closed(now);
            let done = clock.last_final(now);
            assert!(closed == 0 || clock.stage(closed, now) >= Stage::Provisional);
            assert!(clock.stage(closed + 1, now) < Stage::Provisional);
            assert!(done == 0 || clock.stage(done, now) == Stage::Final);
            assert!(clock.stage(done + 1, now) < Stage::Final);
            assert!(clock.part(now) < 86_400);
        }
    }
}

#[test]
fn before_the_programme_it_is_day_zero() {
    let clock = Clock::daily(1_000);
    assert_eq!(clock.day(at(999)), 0);
    assert_eq!(clock.day(at(1_000)), 1);
    assert_eq!(clock.last_closed(at(10)), 0);
}

#[test]
fn a_clock_outside_its_bounds_is_refused() {
    let mut clock = Clock::daily(0);
    clock.day_seconds = 9;
    assert_eq!(
        clock.check(),
        Err(ClockError::OutOfBounds {
            field: "day_seconds",
            min: 10,
            max: 86_400,
            actual: 9
        })
    );
    let mut clock = Clock::daily(0);
    clock.final_after = clock.close_after;
    assert_eq!(
        clock.check(),
        Err(ClockError::OutOfBounds {
            field: "final_after",
            min: 21_601,
            max: 2_592_000,
            actual: 21_600
        })
    );
}

#[test]
fn a_schedule_still_knows_yesterday() {
    let mut rent = Schedule::new(200);
    rent.set(5, 6, 250);
    rent.set(6, 7, 300);
    rent.set(7, 8, 350);
    assert_eq!(rent.at(6), Some(&250));
    assert_eq!(rent.at(7), Some(&300));
    assert_eq!(rent.at(8), Some(&350));
    assert!(rent.versions().len() <= Schedule::<i32>::KEPT);
}

#[test]
fn a_later_plan_replaces_an_earlier_one() {
    let mut limit = Schedule::new(10);
    limit.set(1, 9, 50);
    limit.set(2, 3, 5);
    assert_eq!(limit.at(9), Some(&5));
    assert_eq!(limit.at(2), Some(&10));
    assert_eq!(Schedule::starting(4, 1).at(3), None);
}

/// A raise that waits seven days, planned anew every day, never drops what is in force.
#[test]
fn plans_upon_plans_leave_today_alone() {
    let mut limit = Schedule::new(10);
    for today in 1..30 {
        limit.set(today, today + 7, 10 + today);
        for day in [today.saturating_sub(1), today, today + 1] {
            let value = limit.at(day).copied().unwrap();
            assert!(
                value <= 10 + day.saturating_sub(7),
                "day {day}: {value}, raised too early"
            );
        }
        assert!(limit.versions().len() <= Schedule::<u32>::KEPT);
    }
}
