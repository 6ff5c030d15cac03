//! Which programme day and which batch a moment belongs to.

use crate::calendar::Calendar;
use jiff::Timestamp;
use vrs_days::{Clock, Day, PARTS};

/// Parts of a day that a minute has: minutes here are 1/1440 of a day, however long it is.
const MINUTE: u32 = PARTS / 1_440;

/// The programme's days cut into spans of some minutes; a terminal signs one batch a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spans {
    /// Unix second at which `first_day` begins.
    pub start: i64,
    /// The first programme day that moments may lie in.
    pub first_day: Day,
    /// Seconds that a day has in the moments: 86,400 in files, the chain's where a till tells real time.
    pub day_seconds: u32,
    /// Minutes of a span, each 1/1440 of a day: 1 to 1440; the last one of a day ends with the day.
    pub minutes: u32,
}

/// Where a moment lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Programme day.
    pub day: Day,
    /// The day's span, from 0.
    pub span: u32,
    /// Parts of the day that have passed, each 1/86400 of it.
    pub time: u32,
}

impl Spans {
    /// The spans of files with days of 86,400 seconds.
    pub fn of_files(calendar: &Calendar, minutes: u32) -> Self {
        Spans {
            start: calendar.start,
            first_day: calendar.first_day,
            day_seconds: PARTS,
            minutes,
        }
    }

    /// The spans of a chain's own days, for moments of real time.
    pub fn of_chain(clock: &Clock, minutes: u32) -> Self {
        Spans {
            start: i64::try_from(clock.start).unwrap_or(i64::MAX),
            first_day: 1,
            day_seconds: clock.day_seconds,
            minutes,
        }
    }

    /// Where a moment lies; none before the first day.
    pub fn locate(&self, moment: Timestamp) -> Option<Moment> {
        // Parts are rounded down, before 1970 too.
        let since = moment.as_nanosecond() - i128::from(self.start) * 1_000_000_000;
        let length = i128::from(self.day_seconds) * 1_000_000_000;
        let parts = u64::try_from((since * i128::from(PARTS)).div_euclid(length)).ok()?;
        let days = u32::try_from(parts / u64::from(PARTS)).ok()?;
        let time = (parts % u64::from(PARTS)) as u32;
        Some(Moment {
            day: self.first_day.checked_add(days)?,
            span: time / (self.minutes * MINUTE),
            time,
        })
    }

    /// Parts of its day at which the moment's span has ended, at most all of them.
    pub fn ends(&self, moment: Moment) -> u32 {
        ((moment.span + 1) * self.minutes * MINUTE).min(PARTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_span_never_crosses_the_end_of_a_day() {
        let calendar = Calendar::from_midnight(at("2017-01-01T11:00:00Z"), 1, 0);
        let spans = Spans::of_files(&calendar, 1_000);
        let late = spans.locate(at("2017-01-01T23:59:59.9Z")).expect("day 1");
        assert_eq!((late.day, late.span, late.time), (1, 1, 86_399));
        assert_eq!(spans.ends(late), PARTS);
        let early = spans.locate(at("2017-01-01T00:00:00Z")).expect("day 1");
        assert_eq!((early.span, spans.ends(early)), (0, 60_000));
        assert_eq!(spans.locate(at("2016-12-31T23:59:59.9Z")), None);
    }

    #[test]
    fn a_short_day_has_as_many_parts() {
        let clock = Clock {
            day_seconds: 60,
            ..Clock::daily(1_000)
        };
        let spans = Spans::of_chain(&clock, 60);
        let moment = |millis| spans.locate(Timestamp::from_millisecond(millis).expect("a moment"));
        // 2.5 seconds are an hour of such a day.
        let second_hour = moment(1_000_000 + 120_000 + 2_500).expect("day 3");
        assert_eq!((second_hour.day, second_hour.span, second_hour.time), (3, 1, 3_600));
        assert_eq!(spans.ends(second_hour), 7_200);
        assert_eq!(moment(999_999), None);
    }
}
