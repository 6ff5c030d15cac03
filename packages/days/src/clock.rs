use crate::{Day, PARTS};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::Timestamp;
use thiserror::Error;

/// The programme's clock. All contracts of one deployment hold the same one; it never changes.
#[cw_serde]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Unix second at which day 1 begins (UTC midnight less the economy's offset).
    pub start: u64,
    /// Length of a day in seconds: 86,400, less on a test network. At least 10.
    pub day_seconds: u32,
    /// Parts of a day between a day's end and its close; late reports count until then. At most one day.
    pub close_after: u32,
    /// Parts of a day between a day's end and the moment it is final. More than `close_after`, at most 30 days.
    pub final_after: u32,
}

/// Where a day stands.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It has not begun.
    Ahead,
    /// It runs.
    Open,
    /// It has ended, late reports still count.
    Closing,
    /// Its totals stand and its budget is reserved; it can be disputed.
    Provisional,
    /// It can be claimed.
    Final,
}

/// A clock that cannot be used.
#[derive(Error, Debug, PartialEq, Eq)]
pub enum ClockError {
    /// A field outside its bounds.
    #[error("clock: {field} is {actual}, allowed {min} to {max}")]
    OutOfBounds {
        /// Which field.
        field: &'static str,
        /// Smallest value allowed.
        min: u64,
        /// Largest value allowed.
        max: u64,
        /// The value given.
        actual: u64,
    },
}

impl Clock {
    /// Days of 86,400 seconds from `start`, closed 6 hours after their end, final 48 hours later.
    pub fn daily(start: u64) -> Self {
        Clock {
            start,
            day_seconds: PARTS,
            close_after: PARTS / 4,
            final_after: PARTS / 4 * 9,
        }
    }

    /// Refuses what is outside the bounds the fields name.
    pub fn check(&self) -> Result<(), ClockError> {
        let within = |field, actual: u64, min: u64, max: u64| {
            if actual < min || actual > max {
                return Err(ClockError::OutOfBounds {
                    field,
                    min,
                    max,
                    actual,
                });
            }
            Ok(())
        };
        within("start", self.start, 0, 1 << 40)?;
        within("day_seconds", self.day_seconds.into(), 10, PARTS.into())?;
        within("close_after", self.close_after.into(), 0, PARTS.into())?;
        let earliest = u64::from(self.close_after).saturating_add(1);
        within(
            "final_after",
            self.final_after.into(),
            earliest,
            u64::from(PARTS).saturating_mul(30),
        )
    }

    /// Seconds that `parts` of a day last, rounded up.
    pub fn seconds(&self, parts: u32) -> u64 {
        u64::from(parts)
            .saturating_mul(self.day_seconds.into())
            .div_ceil(PARTS.into())
    }

    /// The day that runs at `now`; 0 before the programme starts.
    pub fn day(&self, now: Timestamp) -> Day {
        match now.seconds().checked_sub(self.start) {
            None => 0,
            Some(since) => self.days_in(since).saturating_add(1),
        }
    }

    /// Second at which `day` begins. Day 0 begins where time does.
    pub fn opens(&self, day: Day) -> u64 {
        match day.checked_sub(1) {
            None => 0,
            Some(before) => self
                .start
                .saturating_add(u64::from(before).saturating_mul(self.day_seconds.into())),
        }
    }

    /// Second at which `day` has ended: the first of the next day.
    pub fn ends(&self, day: Day) -> u64 {
        self.opens(day.saturating_add(1))
    }

    /// Second from which `day` takes no more reports.
    pub fn closes(&self, day: Day) -> u64 {
        self.ends(day).saturating_add(self.seconds(self.close_after))
    }

    /// Second from which `day` is final.
    pub fn finals(&self, day: Day) -> u64 {
        self.ends(day).saturating_add(self.seconds(self.final_after))
    }

    /// Where `day` stands at `now`.
    pub fn stage(&self, day: Day, now: Timestamp) -> Stage {
        let now = now.seconds();
        if now < self.opens(day) {
            Stage::Ahead
        } else if now < self.ends(day) {
            Stage::Open
        } else if now < self.closes(day) {
            Stage::Closing
        } else if now < self.finals(day) {
            Stage::Provisional
        } else {
            Stage::Final
        }
    }

    /// The last day that is closed at `now`; 0 where none is.
    pub fn last_closed(&self, now: Timestamp) -> Day {
        self.last_past(now, self.close_after)
    }

    /// The last day that is final at `now`; 0 where none is.
    pub fn last_final(&self, now: Timestamp) -> Day {
        self.last_past(now, self.final_after)
    }

    /// Parts of the running day that have passed at `now`, rounded down.
    pub fn part(&self, now: Timestamp) -> u32 {
        let into = now.seconds().saturating_sub(self.opens(self.day(now)));
        let parts = into
            .saturating_mul(PARTS.into())
            .checked_div(self.day_seconds.into())
            .unwrap_or(0);
        u32::try_from(parts).unwrap_or(PARTS)
    }

    fn last_past(&self, now: Timestamp, parts: u32) -> Day {
        let since = now.seconds().saturating_sub(self.start);
        match since.checked_sub(self.seconds(parts)) {
            None => 0,
            Some(since) => self.days_in(since),
        }
    }

    fn days_in(&self, seconds: u64) -> u32 {
        let days = seconds.checked_div(self.day_seconds.into()).unwrap_or(0);
        u32::try_from(days).unwrap_or(u32::MAX)
    }
}
