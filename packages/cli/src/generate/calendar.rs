//! Dates and times of day as they stand in the files.

use crate::failure::UsageError;
use jiff::civil::Date;
use jiff::ToSpan;
use std::fmt;

/// Years that the readers of these files take.
const YEARS: std::ops::RangeInclusive<i16> = 1971..=2499;

/// A date as people write it in arguments: `2017-01-31`.
pub(super) fn first_day(text: &str) -> Result<Date, UsageError> {
    text.parse()
        .map_err(|_| UsageError(format!("--from: expected a date like 2017-01-01, got {text:?}")))
}

/// Whether so many days from the first on lie within the years that are taken.
pub(super) fn check(first: Date, days: u32) -> Result<(), UsageError> {
    let last = date(first, days.saturating_sub(1))?;
    if YEARS.contains(&first.year()) && YEARS.contains(&last.year()) {
        return Ok(());
    }
    let (low, high) = (YEARS.start(), YEARS.end());
    Err(UsageError(format!(
        "expected days from {low} to {high}, got {first} to {last}"
    )))
}

/// The date so many days after the first; it prints as `2017-01-31`.
pub(super) fn date(first: Date, after: u32) -> Result<Date, UsageError> {
    first.checked_add(i64::from(after).days()).map_err(|_| {
        UsageError(format!(
            "expected a day before the year 10000, got {first} and {after} days more"
        ))
    })
}

/// 0 for Monday to 6 for Sunday.
pub(super) fn weekday(first: Date, after: u32) -> usize {
    (first.weekday().to_monday_zero_offset() as u32 + after % 7) as usize % 7
}

/// A second of the day; it prints as `11:53:26`.
pub(super) struct Time(pub(super) u64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.0 / 3_600, self.0 / 60 % 60, self.0 % 60)
    }
}
