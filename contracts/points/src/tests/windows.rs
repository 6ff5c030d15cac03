//! What of a window is used, without the contract.

use crate::limit::Limits;
use crate::windows::{Spans, Window};
use crate::ContractError;

fn window(days: u32, day: u32) -> Window {
    Limits::none(days).window(day)
}

/// Charges days with windows of some length.
fn charged(spans: &mut Spans, days: u32, amounts: &[(u32, u128)]) {
    for (day, amount) in amounts {
        spans.charge(*day, window(days, *day), *amount).unwrap();
    }
}

fn past(day: u32, kept_from: u32) -> Result<(), ContractError> {
    Err(ContractError::WindowPast { day, kept_from })
}

#[test]
fn the_two_latest_windows_are_kept() {
    let mut spans = Spans::default();
    charged(&mut spans, 10, &[(1, 5), (10, 6), (11, 7), (4, 1)]);
    let used = |spans: &Spans, day| spans.used(window(10, day));
    assert_eq!([used(&spans, 2), used(&spans, 20), used(&spans, 21)], [12, 7, 0]);
    charged(&mut spans, 10, &[(30, 8)]);
    assert_eq!([used(&spans, 12), used(&spans, 25)], [7, 8]);
    assert_eq!(spans.check(10, window(10, 10)), past(10, 11));
    charged(&mut spans, 10, &[(12, 1), (11, 1)]);
    assert_eq!(used(&spans, 15), 9);
}

#[test]
fn a_late_day_of_a_window_that_reserved_nothing_takes_the_place_of_the_older() {
    let mut spans = Spans::default();
    charged(&mut spans, 1, &[(5, 1), (9, 1)]);
    charged(&mut spans, 1, &[(7, 1)]);
    assert_eq!(spans.check(5, window(1, 5)), past(5, 6));
    assert_eq!(spans.check(6, window(1, 6)), past(6, 7));
    assert_eq!((spans.used(window(1, 7)), spans.used(window(1, 9))), (1, 1));
    let mut spans = Spans::default();
    charged(&mut spans, 1, &[(9, 1), (5, 1)]);
    assert_eq!(spans.check(4, window(1, 4)), past(4, 5));
}

#[test]
fn shorter_windows_count_only_what_their_days_may_have_used() {
    let mut spans = Spans::default();
    charged(&mut spans, 30, &[(31, 40), (45, 30)]);
    assert_eq!(spans.used(window(10, 46)), 70);
    assert_eq!(spans.used(window(10, 51)), 0);
    assert_eq!(spans.used(window(1, 46)), 0);
    // A late day of the old span is charged to it, though the span does not lie in the new window.
    charged(&mut spans, 10, &[(38, 5)]);
    assert_eq!(spans.used(window(30, 31)), 75);
}

#[test]
fn longer_windows_count_all_that_is_kept() {
    let mut spans = Spans::default();
    charged(&mut spans, 1, &[(41, 1), (42, 2), (43, 4)]);
    assert_eq!(spans.used(window(30, 44)), 6);
    charged(&mut spans, 30, &[(44, 8)]);
    assert_eq!(spans.used(window(30, 44)), 14);
    assert_eq!(spans.check(41, window(30, 41)), past(41, 42));
}
