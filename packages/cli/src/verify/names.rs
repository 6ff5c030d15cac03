//! Members, days and moments in words that people know.

use crate::chain::db::Meta;
use crate::chain::AddressBook;
use crate::economy;
use crate::failure::UsageError;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use std::path::Path;
use vrs_days::{Clock, Day, PARTS};

/// Turns numbers into names and back.
#[derive(Clone, Debug)]
pub struct Names {
    book: AddressBook,
    clock: Clock,
    /// Calendar date of day 1; none where a day of the programme is no day of the calendar.
    first: Option<Date>,
}

impl Names {
    /// Names of a chain's file.
    pub fn of(meta: &Meta) -> Self {
        let offset = economy::parse(Path::new("economy"), &meta.economy).map_or(0, |e| e.calendar.offset_minutes);
        Self::new(meta.book.clone(), meta.clock.clone(), offset)
    }

    /// Names by a book, a clock and the calendar's minutes ahead of UTC.
    pub fn new(book: AddressBook, clock: Clock, offset_minutes: i64) -> Self {
        let whole = clock.day_seconds == PARTS;
        let local = i64::try_from(clock.start).ok().map(|start| start + offset_minutes * 60);
        let first = local.and_then(|local| Timestamp::from_second(local).ok());
        let first = first.map(|first| first.to_zoned(jiff::tz::TimeZone::UTC).date());
        Names {
            book,
            clock,
            first: first.filter(|_| whole),
        }
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

    /// `terminal 330 (device #3)`.
    pub fn device(&self, device: u32) -> String {
        match self.book.device(device) {
            Some(entry) if entry.is_terminal => format!("terminal of merchant {} (device #{device})", entry.id),
            Some(entry) => format!("meter {} (device #{device})", entry.id),
            None => format!("device #{device}"),
        }
    }

    /// The calendar date of a day: `2017-01-03`.
    pub fn date(&self, day: Day) -> Option<String> {
        let before = i64::from(day) - 1;
        let date = self.first?.checked_add(before.days()).ok()?;
        Some(date.to_string())
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
        let number = text.parse::<Day>().ok().filter(|day| *day > 0);
        let dated = || {
            let since = text.parse::<Date>().ok()?.since(self.first?).ok()?;
            Day::try_from(i64::from(since.get_days()) + 1).ok().filter(|day| *day > 0)
        };
        number.or_else(dated).ok_or_else(|| {
            let example = self.date(1).map_or(String::new(), |date| format!(" or a date from {date} on"));
            UsageError(format!("day {text:?}: expected a day of the programme such as 1{example}"))
        })
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
