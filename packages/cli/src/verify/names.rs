//! Members, days and moments in words that people know.

use crate::calendar::Calendar;
use crate::chain::db::Meta;
use crate::chain::AddressBook;
use crate::failure::UsageError;
use jiff::Timestamp;
use vrs_days::{Clock, Day, PARTS};

/// Turns numbers into names and back.
#[derive(Clone, Debug)]
pub struct Names {
    book: AddressBook,
    clock: Clock,
    calendar: Option<Calendar>,
}

impl Names {
    /// Names of a chain's file.
    pub fn of(meta: &Meta) -> Self {
        Self::new(meta.book.clone(), meta.clock.clone(), meta.calendar)
    }

    /// Names by a book, a clock and a calendar, where days have dates.
    pub fn new(book: AddressBook, clock: Clock, calendar: Option<Calendar>) -> Self {
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

    /// The date of a day in the run's files, `2017-01-03`; none without a run.
    pub fn date(&self, day: Day) -> Option<String> {
        self.calendar.map(|calendar| calendar.date(day))
    }

    /// `2017-01-03 (day 3)`, or `day 3` where days have no dates.
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
        match (&self.calendar, text.parse::<Day>()) {
            (Some(calendar), _) => calendar.day(text),
            (None, Ok(day)) if day > 0 => Ok(day),
            (None, _) => Err(UsageError(format!("day: expected a number from 1, got {text:?}"))),
        }
    }

    /// When a device says that something happened, in UTC: the files' time, or the chain's where there was
    /// no run. `parts` of that day have passed then.
    pub fn signed_moment(&self, day: Day, parts: u32) -> String {
        let opens = || self.clock.opens(day);
        let into = || u64::from(parts) * u64::from(self.clock.day_seconds) / u64::from(PARTS);
        let told = self.calendar.map(|calendar| calendar.moment(day, parts));
        Self::moment(match told {
            Some(second) => u64::try_from(second).unwrap_or_default(),
            None => opens().saturating_add(into()),
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
