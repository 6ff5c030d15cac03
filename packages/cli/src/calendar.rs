//! Programme days and calendar dates.
//!
//! A run's files tell real days of 86,400 seconds. Their first one is programme day
//! [`Calendar::first_day`] of a chain whose days may be shorter, so a date belongs to the files, and
//! what the chain does on that day happens at another time.

use crate::failure::UsageError;
use jiff::civil::Date;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vrs_days::{Day, PARTS};

/// Which date a programme day has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Unix second at which the files' first day begins.
    pub start: i64,
    /// Programme day that it is.
    pub first_day: Day,
    /// Minutes that the files' day is ahead of UTC.
    pub offset_minutes: i64,
}

impl Calendar {
    /// The calendar of files whose earliest moment is `earliest`.
    pub fn from_midnight(earliest: Timestamp, first_day: Day, offset_minutes: i64) -> Self {
        let (day, offset) = (i64::from(PARTS), offset_minutes * 60);
        Calendar {
            start: (earliest.as_second() + offset).div_euclid(day) * day - offset,
            first_day,
            offset_minutes,
        }
    }

    /// The date of a programme day: `2017-01-31`.
    pub fn date(&self, day: Day) -> String {
        self.civil(day).to_string()
    }

    /// The date of a programme day.
    pub fn civil(&self, day: Day) -> Date {
        let local = self.moment(day, 0) + self.offset_minutes * 60;
        let moment = Timestamp::from_second(local).unwrap_or(Timestamp::UNIX_EPOCH);
        moment.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// Unix second of the files' time at which so many parts of a programme day have passed.
    pub fn moment(&self, day: Day, parts: u32) -> i64 {
        let days = i64::from(day) - i64::from(self.first_day);
        self.start + days * i64::from(PARTS) + i64::from(parts)
    }

    /// The programme day of a date such as `2017-01-31`, or of a number such as `31`.
    ///
    /// Errors: [`UsageError`] where the text is neither, or lies before the files' first day.
    pub fn day(&self, text: &str) -> Result<Day, UsageError> {
        let bad = || {
            let first = self.date(self.first_day);
            UsageError(format!(
                "day: expected a date from {first} on or a number from 1, got {text:?}"
            ))
        };
        if let Ok(day) = text.parse::<Day>() {
            return if day > 0 { Ok(day) } else { Err(bad()) };
        }
        let date: Date = text.parse().map_err(|_| bad())?;
        let first = self.civil(self.first_day);
        let since = first.until(date).map_err(|_| bad())?.get_days();
        let day = u32::try_from(since)
            .ok()
            .and_then(|since| since.checked_add(self.first_day));
        day.ok_or_else(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_agree() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let utc = Calendar::from_midnight(at("2017-01-01T11:00:00Z"), 1, 0);
        // 16:00 UTC is 01:00 of the next day in Korea, which began at 15:00 UTC.
        let korea = Calendar::from_midnight(at("2016-12-31T16:00:00Z"), 1, 540);
        assert_eq!(utc.start, at("2017-01-01T00:00:00Z").as_second());
        assert_eq!(korea.start, at("2016-12-31T15:00:00Z").as_second());
        for calendar in [utc, korea] {
            assert_eq!(calendar.date(1), "2017-01-01");
            assert_eq!(calendar.date(366), "2018-01-01");
            assert_eq!(calendar.day("2018-01-01"), Ok(366));
            assert_eq!(calendar.day("7"), Ok(7));
        }
        let before = "day: expected a date from 2017-01-01 on or a number from 1, got \"2016-12-31\"";
        assert_eq!(utc.day("2016-12-31"), Err(UsageError(before.into())));
    }

    #[test]
    fn a_run_may_begin_on_a_later_day() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let calendar = Calendar::from_midnight(at("2017-01-01T11:00:00Z"), 57, 0);
        assert_eq!(
            (calendar.date(57), calendar.date(58)),
            ("2017-01-01".into(), "2017-01-02".into())
        );
        assert_eq!(calendar.date(56), "2016-12-31");
        assert_eq!(calendar.day("2017-01-03"), Ok(59));
        assert_eq!(calendar.moment(58, 60), at("2017-01-02T00:01:00Z").as_second());
    }
}
