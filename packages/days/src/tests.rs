use crate::{Clock, ClockError, Schedule, Stage, Window, Windows};
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

/// Charges all that `most` leaves of the day's window; answers how much.
fn take(window: &mut Window, day: u32, length: u32, most: u128) -> u128 {
    let left = most.saturating_sub(window.at(day, length).used);
    window.charge(day, length, left);
    left
}

#[test]
fn windows_of_one_length_are_days_1_to_n_and_so_on() {
    let mut window = Window::default();
    for (day, first, last) in [(1, 1, 30), (30, 1, 30), (31, 31, 60), (365, 361, 390)] {
        assert_eq!((window.at(day, 30).first, window.at(day, 30).last), (first, last));
        window.charge(day, 30, 1);
    }
    assert_eq!(window.used, 1);
    assert_eq!(Window::default().at(u32::MAX, 366).last, u32::MAX);
    assert_eq!(
        Window::default().at(7, 0),
        Window {
            first: 7,
            last: 7,
            used: 0
        }
    );
}

#[test]
fn a_longer_window_begins_no_new_one() {
    let mut window = Window::default();
    let mut taken = 0;
    // 250 a window of 30 days; from day 31 on each day a length at which a window would begin on that day.
    for day in 31..=60 {
        taken += take(&mut window, day, if day % 2 == 1 { 30 } else { day - 1 }, 250);
    }
    assert_eq!(taken, 250, "1,500 in 15 days of a 250 per 30 breaker");
}

#[test]
fn a_longer_window_lasts_only_while_it_is_in_force_or_was_charged() {
    let mut window = Window::default();
    assert_eq!(take(&mut window, 31, 30, 250), 250);
    assert_eq!(window.at(65, 40).used, 250);
    assert_eq!(window.at(65, 30).used, 0);
    window.charge(50, 40, 10);
    assert_eq!(
        (window.at(65, 30).used, window.at(70, 1).used, window.at(71, 1).used),
        (260, 260, 0)
    );
}

#[test]
fn nothing_charged_opens_no_window() {
    let mut window = Window::default();
    window.charge(5, 3, 0);
    assert_eq!(window, Window::default());
    let mut windows = Windows::default();
    windows.charge(5, 3, 0).unwrap();
    assert_eq!(windows, Windows::default());
}

#[test]
fn the_two_latest_windows_are_kept_and_older_days_refused() {
    let mut windows = Windows::default();
    for (day, amount) in [(1, 5), (10, 6), (11, 7), (4, 1)] {
        windows.charge(day, 10, amount).unwrap();
    }
    let used = |windows: &Windows, day| windows.at(day, 10).map(|window| window.used);
    assert_eq!([2, 20, 21].map(|day| used(&windows, day)), [Ok(12), Ok(7), Ok(0)]);
    windows.charge(30, 10, 8).unwrap();
    assert_eq!([12, 25, 10].map(|day| used(&windows, day)), [Ok(7), Ok(8), Err(11)]);
    assert_eq!(windows.charge(10, 10, 1), Err(11));
}

#[test]
fn a_late_day_gets_a_window_of_its_own_only_where_a_whole_one_fits() {
    let mut windows = Windows::default();
    windows.charge(10, 10, 1).unwrap();
    windows.charge(25, 10, 2).unwrap();
    // Between 10 and 21 fit ten days, not eleven: then day 15 counts to the window behind.
    assert_eq!(
        windows.at(15, 10),
        Ok(Window {
            first: 11,
            last: 20,
            used: 0
        })
    );
    assert_eq!(
        windows.at(15, 11),
        Ok(Window {
            first: 11,
            last: 30,
            used: 2
        })
    );
    windows.charge(15, 10, 4).unwrap();
    assert_eq!(
        (windows.at(10, 10), windows.at(15, 10).map(|w| w.used)),
        (Err(11), Ok(4))
    );
}

/// The naive ledger of the property: the windows that days were charged in, as day -> number.
#[derive(Default)]
struct Days(std::collections::BTreeMap<u32, usize>, Vec<(u128, u128)>);

impl Days {
    /// Takes what `most` leaves; days in order, so that only the latest window matters.
    fn take(&mut self, day: u32, length: u32, most: u128) -> u128 {
        let latest = self.0.values().max().copied();
        let first = latest.and_then(|n| self.0.iter().find(|(_, m)| **m == n).map(|(day, _)| *day));
        let goes_on = self.0.contains_key(&day) || first.is_some_and(|first| day < first + length);
        let number = if goes_on { latest.unwrap() } else { self.1.len() };
        let used = self.1.get(number).map_or(0, |(used, _)| *used);
        let left = most.saturating_sub(used);
        if left == 0 {
            return 0;
        }
        let start = if goes_on {
            first.unwrap()
        } else {
            let mut start = self.0.keys().max().map_or(1, |last| last + 1);
            while start + length <= day {
                start += length;
            }
            assert!((start..start + length).all(|day| !self.0.contains_key(&day)), "overlap");
            self.1.push((0, 0));
            start
        };
        self.0.extend((start..start + length).map(|day| (day, number)));
        let (used, highest) = &mut self.1[number];
        (*used, *highest) = (*used + left, (*highest).max(most));
        left
    }
}

proptest::proptest! {
    /// Any lengthening, shortening, cutting and raising: what is taken equals the naive ledger's, and
    /// no window gives more than the highest limit that was in force when it was charged.
    #[test]
    fn no_sequence_of_changes_takes_more_of_a_window_than_its_highest_limit(
        steps in proptest::collection::vec((0..12u32, 1..12u32, 0..50u128), 1..200)
    ) {
        let (mut window, mut days, mut day) = (Window::default(), Days::default(), 1);
        for (pass, length, most) in steps {
            day += pass;
            proptest::prop_assert_eq!(take(&mut window, day, length, most), days.take(day, length, most), "day {}", day);
        }
        for (used, highest) in days.1 {
            proptest::prop_assert!(used <= highest);
        }
    }
}
