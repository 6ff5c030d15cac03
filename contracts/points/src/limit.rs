//! Limits by day: lower at once, higher later.

use crate::error::{at_most, within};
use crate::ContractError;
use serde::{Deserialize, Serialize};
use vrs_days::Day;
use vrs_interface::points::{IssuerLimit, MAX_FIGURE};

/// What an issuer may reserve, as stored.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// 1 to 366.
    pub window_days: u32,
    /// Base units for the days of one window.
    pub per_window: u128,
    /// Base units in all.
    pub total: u128,
}

impl Limit {
    /// A limit as given, its bounds checked.
    pub fn parse(given: &IssuerLimit) -> Result<Self, ContractError> {
        within("window_days", given.window_days.into(), 1, 366)?;
        at_most("per_window", given.per_window, MAX_FIGURE)?;
        at_most("total", given.total, MAX_FIGURE)?;
        Ok(Limit {
            window_days: given.window_days,
            per_window: given.per_window.u128(),
            total: given.total.u128(),
        })
    }

    /// As it stands in messages.
    pub fn told(self) -> IssuerLimit {
        IssuerLimit {
            window_days: self.window_days,
            per_window: self.per_window.into(),
            total: self.total.into(),
        }
    }

    /// The lower of each component. Lower is a smaller figure, and a longer window: with the same
    /// figure for more days less can be reserved a day.
    pub fn lower_of(self, other: Limit) -> Limit {
        Limit {
            window_days: self.window_days.max(other.window_days),
            per_window: self.per_window.min(other.per_window),
            total: self.total.min(other.total),
        }
    }
}

/// An issuer's limits: `(first day, limit)`, ascending, the first from day 0 on, at most
/// [`Limits::KEPT`] and one that waits.
///
/// Worked example, delay 7: registered on day 20 with 100 a day: `[(0, 0 a day), (27, 100 a day)]`.
/// On day 30, 300 a day are set: `(37, 300 a day)` is added; a late reservation for day 36, made on
/// day 38, still sees 100. On day 40, 50 are set: all become 50, also for days past.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Limits(Vec<(Day, Limit)>);

impl Limits {
    /// Versions kept besides one that waits.
    pub const KEPT: usize = 4;

    /// An issuer's that could reserve nothing so far.
    pub fn none(window_days: u32) -> Self {
        Limits(vec![(
            0,
            Limit {
                window_days,
                per_window: 0,
                total: 0,
            },
        )])
    }

    /// The limit in force on `day`.
    pub fn at(&self, day: Day) -> Limit {
        let found = self.0.iter().rev().find(|(from, _)| *from <= day);
        found.map_or(
            Limit {
                window_days: 1,
                per_window: 0,
                total: 0,
            },
            |(_, limit)| *limit,
        )
    }

    /// The limit that waits on `today`, and its first day.
    pub fn planned(&self, today: Day) -> Option<(Day, Limit)> {
        self.0.last().copied().filter(|(from, _)| *from > today)
    }

    /// Sets a limit: what is lower counts for all days, the rest from day `from` on; what waited is dropped.
    pub fn set(&mut self, today: Day, from: Day, limit: Limit) {
        self.lower(today, limit);
        if from <= today {
            self.0 = vec![(0, limit)];
        } else if self.at(today) != limit {
            self.0.push((from, limit));
        }
    }

    /// Lowers all limits to `limit` where they are higher and drops what waited.
    pub fn lower(&mut self, today: Day, limit: Limit) {
        self.0.retain(|(from, _)| *from <= today);
        for (_, version) in &mut self.0 {
            *version = version.lower_of(limit);
        }
        self.0.dedup_by_key(|(_, limit)| *limit);
        // Of too many the oldest two become one, the lower of both: days so long past are rarely asked
        // for, and never see more than was in force on them.
        while self.0.len() > Self::KEPT {
            let (_, oldest) = self.0.remove(0);
            if let Some(first) = self.0.first_mut() {
                *first = (0, first.1.lower_of(oldest));
            }
        }
    }
}
