//! Members, days and moments in words that people know.

use crate::calendar::Calendar;
use crate::chain::db::Meta;
use crate::chain::AddressBook;
use crate::failure::UsageError;
use anyhow::Result;
use jiff::Timestamp;
use vrs_days::{Clock, Day, PARTS};

/// Turns numbers into names and back.
#[derive(Clone, Debug)]
pub struct Names {
    book: AddressBook,
    clock: Clock,
    calendar: Calendar,
}

impl Names {
    /// Names of a chain's file.
    pub fn of(meta: &Meta) -> Result<Self> {
        Ok(Self::new(meta.book.clone(), meta.clock.clone(), Calendar::of(meta)?))
    }

    /// Names by a book, a clock and a calendar.
    pub fn new(book: AddressBook, clock: Clock, calendar: Calendar) -> Self {
        Names { book, clock, calendar }
    }

    /// Who is who.
    pub fn book(&self) -> &AddressBook {
        &self.book
    }

    /// When days begin and end.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// `merchant 330 (member #12)`, or `member #12` where the book does not know him.
    pub fn member(&self, member: u32) -> String {
        match self.book.member(member) {
            Some(entry) => entry.to_string(),
            None => format!("member #{member}"),
        }
    }

    /// `terminal of merchant 330 (device #3)`.
    pub fn device(&self, device: u32) -> String {
        match self.book.device(device) {
            Some(entry) if entry.is_terminal => format!("terminal of merchant {} (device #{device})", entry.id),
            Some(entry) => format!("meter {} (device #{device})", entry.id),
            None => format!("device #{device}"),
        }
    }

    /// The calendar date of a day, `2017-01-03`; none where a day of the programme is no day of the calendar.
    pub fn date(&self, day: Day) -> Option<String> {
        (self.clock.day_seconds == PARTS).then(|| self.calendar.date(day))
    }

    /// `2017-01-03 (day 3)`, or `day 3` where days are no calendar days.
    pub fn day(&self, day: Day) -> String {
        match self.date(day) {
            Some(date) => format!("{date} (day {day})"),
            None => format!("day {day}"),
        }
    }

    /// A day as people write it: `2017-01-03` or `3`.
    ///
    /// Errors: [`UsageError`] where it is neither, or lies before day 1.
    pub fn parse_day(&self, text: &str) -> Result<Day, UsageError> {
        self.calendar.day(text)
    }

    /// A moment in UTC: `2017-01-05 06:00:00 UTC`.
    pub fn moment(seconds: u64) -> String {
        let moment = i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok());
        match moment {
            Some(moment) => moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            None => format!("second {seconds}"),
        }
    }
}
