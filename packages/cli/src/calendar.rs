//! Programme days and calendar dates.

use crate::chain::db::Meta;
use crate::economy;
use crate::failure::UsageError;
use anyhow::Result;
use jiff::civil::Date;
use jiff::Timestamp;
use std::path::Path;
use vrs_days::{Day, PARTS};

/// Which date a programme day has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Unix second at which day 1 begins.
    pub start: u64,
    /// Minutes that the programme's day is ahead of UTC.
    pub offset_minutes: i64,
}

impl Calendar {
    /// The calendar of a stored chain.
    pub fn of(meta: &Meta) -> Result<Self> {
        let economy = economy::parse(Path::new("economy"), &meta.economy)?;
        Ok(Calendar {
            start: meta.clock.start,
            offset_minutes: economy.calendar.offset_minutes,
        })
    }

    /// The date of a programme day: `2017-01-31`.
    pub fn date(&self, day: Day) -> String {
        self.civil(day).to_string()
    }

    /// The date of a programme day.
    pub fn civil(&self, day: Day) -> Date {
        let days = i64::from(day) - 1;
        let local = self.start as i64 + days * i64::from(PARTS) + self.offset_minutes * 60;
        let moment = Timestamp::from_second(local).unwrap_or(Timestamp::UNIX_EPOCH);
        moment.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// The programme day of a date such as `2017-01-31`, or of a number such as `31`.
    ///
    /// Errors: [`UsageError`] where the text is neither, or lies before day 1.
    pub fn day(&self, text: &str) -> Result<Day, UsageError> {
        let bad = || {
            let first = self.date(1);
            UsageError(format!(
                "day: expected a date from {first} on or a number from 1, got {text:?}"
            ))
        };
        if let Ok(day) = text.parse::<Day>() {
            return if day > 0 { Ok(day) } else { Err(bad()) };
        }
        let date: Date = text.parse().map_err(|_| bad())?;
        let first = self.civil(1);
        let since = first.until(date).map_err(|_| bad())?.get_days();
        u32::try_from(since).map(|since| since + 1).map_err(|_| bad())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_agree() {
        let utc = Calendar {
            start: 1_483_228_800,
            offset_minutes: 0,
        };
        let korea = Calendar {
            start: 1_483_228_800 - 9 * 3_600,
            offset_minutes: 540,
        };
        for calendar in [utc, korea] {
            assert_eq!(calendar.date(1), "2017-01-01");
            assert_eq!(calendar.date(366), "2018-01-01");
            assert_eq!(calendar.day("2018-01-01"), Ok(366));
            assert_eq!(calendar.day("7"), Ok(7));
        }
        let before = "day: expected a date from 2017-01-01 on or a number from 1, got \"2016-12-31\"";
        assert_eq!(utc.day("2016-12-31"), Err(UsageError(before.into())));
    }
}
