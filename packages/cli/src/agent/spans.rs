//! Which programme day and which batch a moment belongs to.

use jiff::Timestamp;
use vrs_days::{Clock, Day, PARTS};

/// A day in seconds: what a file's timestamps are cut into.
const DAY: i64 = PARTS as i64;

/// The programme's days cut into spans of some minutes; a terminal signs one batch a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spans {
    /// Unix second at which day 1 begins.
    pub start: i64,
    /// Minutes of a span, 1 to 1440; the last one of a day ends with the day.
    pub minutes: u32,
}

/// Where a moment lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Programme day, from 1.
    pub day: Day,
    /// The day's span, from 0.
    pub span: u32,
    /// Seconds since the day began.
    pub time: u32,
}

impl Spans {
    /// The spans of a programme's clock with days of 86,400 seconds.
    pub fn new(clock: &Clock, minutes: u32) -> Self {
        Spans {
            start: clock.start as i64,
            minutes,
        }
    }

    /// Where a moment lies; none before day 1.
    pub fn locate(&self, moment: Timestamp) -> Option<Moment> {
        // RFC 3339 rounds fractions of a second down, before 1970 too.
        let since = moment.as_nanosecond().div_euclid(1_000_000_000) - i128::from(self.start);
        let since = u64::try_from(since).ok()?;
        let day = u32::try_from(since / DAY as u64).ok()?.checked_add(1)?;
        let time = (since % DAY as u64) as u32;
        Some(Moment {
            day,
            span: time / (self.minutes * 60),
            time,
        })
    }

    /// Unix second at which the moment's span has ended.
    pub fn ends(&self, moment: Moment) -> u64 {
        let into = (i64::from(moment.span) + 1) * i64::from(self.minutes) * 60;
        let end = self.start + i64::from(moment.day - 1) * DAY + into.min(DAY);
        end as u64
    }

    /// Unix second at which the day begins that a moment lies in, with an offset in minutes from UTC.
    pub fn day_start(moment: Timestamp, offset_minutes: i64) -> i64 {
        let offset = offset_minutes * 60;
        (moment.as_second() + offset).div_euclid(DAY) * DAY - offset
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
        let start = Spans::day_start(at("2017-01-01T11:00:00Z"), 0);
        let spans = Spans { start, minutes: 1_000 };
        let late = spans.locate(at("2017-01-01T23:59:59.9Z")).expect("day 1");
        assert_eq!((late.day, late.span, late.time), (1, 1, 86_399));
        assert_eq!(spans.ends(late), at("2017-01-02T00:00:00Z").as_second() as u64);
        assert_eq!(spans.locate(at("2016-12-31T23:59:59Z")), None);
    }

    #[test]
    fn the_offset_moves_midnight() {
        // 16:00 UTC is 01:00 of the next day in Korea, which began at 15:00 UTC.
        let start = Spans::day_start(at("2017-01-01T16:00:00Z"), 540);
        assert_eq!(start, at("2017-01-01T15:00:00Z").as_second());
    }
}
