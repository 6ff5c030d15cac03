//! What of a window is used. Only the two latest windows are kept.

use crate::ContractError;
use serde::{Deserialize, Serialize};
use vrs_days::Day;

/// Days of a window, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// Days for which budget was reserved, both included, and how much in all.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Earliest day that reserved.
    pub first: Day,
    /// Latest day that reserved.
    pub last: Day,
    /// Base units.
    pub used: u128,
}

impl Span {
    fn holds(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    fn lies_in(&self, window: Window) -> bool {
        self.first >= window.first && self.last <= window.last
    }

    fn touches(&self, window: Window) -> bool {
        self.first <= window.last && self.last >= window.first
    }
}

/// The two latest spans, one a window, ascending.
///
/// A span tells the days that really reserved, not its window, so that it keeps its meaning when the
/// length of windows changes. Worked example: windows of 10 days; 40 reserved for day 31, 30 for day 37:
/// one span, 31 to 37, 70 used. Then windows are of 7 days at once: day 36 lies in 36 to 42, which the span
/// touches: all 70 count as used, though only 30 need to. Day 43 lies in 43 to 49: nothing is used.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Default)]
pub struct Spans {
    /// The latest day of any span that is no longer kept; 0 before that.
    forgotten: Day,
    /// Ascending by first day.
    kept: Vec<Span>,
}

/// Where a day's reservation is written down.
enum Place {
    /// In this span.
    In(usize),
    /// In one of its own.
    New,
}

impl Spans {
    /// Spans kept.
    pub const KEPT: usize = 2;

    /// What is used of a window; never less than was reserved for its days since the oldest span kept.
    pub fn used(&self, window: Window) -> u128 {
        let touching = self.kept.iter().filter(|span| span.touches(window));
        touching.fold(0, |sum, span| sum.saturating_add(span.used))
    }

    /// Refuses a day of a window that is no longer kept.
    pub fn check(&self, day: Day, window: Window) -> Result<(), ContractError> {
        self.place(day, window).map(|_| ())
    }

    /// Writes down that `amount` was reserved for `day`.
    pub fn charge(&mut self, day: Day, window: Window, amount: u128) -> Result<(), ContractError> {
        if let Place::In(index) = self.place(day, window)? {
            if let Some(span) = self.kept.get_mut(index) {
                span.first = span.first.min(day);
                span.last = span.last.max(day);
                span.used = span.used.saturating_add(amount);
            }
            return Ok(());
        }
        if self.kept.len() >= Self::KEPT {
            let oldest = self.kept.remove(0);
            self.forgotten = self.forgotten.max(oldest.last);
        }
        self.kept.push(Span {
            first: day,
            last: day,
            used: amount,
        });
        self.kept.sort_by_key(|span| span.first);
        Ok(())
    }

    /// The span that holds the day, else the latest of the same window that begins before it, else
    /// the first of the same window, else a new one.
    fn place(&self, day: Day, window: Window) -> Result<Place, ContractError> {
        let past = |kept_from| ContractError::WindowPast { day, kept_from };
        if day <= self.forgotten {
            return Err(past(self.forgotten.saturating_add(1)));
        }
        let find = |fits: &dyn Fn(&Span) -> bool| self.kept.iter().rposition(fits);
        let found = find(&|span| span.holds(day))
            .or_else(|| find(&|span| span.lies_in(window) && span.first <= day))
            .or_else(|| self.kept.iter().position(|span| span.lies_in(window)));
        if let Some(index) = found {
            return Ok(Place::In(index));
        }
        match self.kept.first() {
            Some(oldest) if self.kept.len() >= Self::KEPT && day < oldest.first => Err(past(oldest.first)),
            _ => Ok(Place::New),
        }
    }
}
