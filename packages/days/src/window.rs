use crate::Day;
use serde::{Deserialize, Serialize};

/// Days that share one budget, both included, and what of it is used.
///
/// The one rule of windows. A window is opened by the first day charged behind the one before, at a
/// whole number of lengths behind its end, so that equal lengths give days 1 to n, n+1 to 2n, ... Once
/// something was charged it lasts to its end, whatever the length becomes; while windows are longer it
/// lasts longer. Windows never overlap, and none is shorter than the length in force when it was charged.
///
/// Worked example: 250 for 30 days, used up on day 31: no change of length gives anything before day 61.
/// With 40 days from day 50 on, nothing before day 71; back to 30 on day 55, before anything more
/// was charged, nothing before day 61.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// Charged to its days, base units.
    pub used: u128,
}

impl Window {
    /// The window of `day` where windows have `length` days (0 counts as 1): this one, or an unused one behind it.
    /// A day before this window counts as its own.
    pub fn at(self, day: Day, length: u32) -> Window {
        let last = self.end(length);
        if day <= last {
            return Window { last, ..self };
        }
        Window::behind(self.last, day, length)
    }

    /// Charges `amount` to `day`. Nothing charged opens no window.
    pub fn charge(&mut self, day: Day, length: u32, amount: u128) {
        if amount == 0 {
            return;
        }
        let window = self.at(day, length);
        *self = Window {
            used: window.used.saturating_add(amount),
            ..window
        };
    }

    /// Its last day where windows have `length` days.
    fn end(self, length: u32) -> Day {
        if self.used == 0 {
            return self.last;
        }
        self.last.max(self.first.saturating_add(length.saturating_sub(1)))
    }

    /// The unused window in which `day` lies, counted from behind the day `end`.
    fn behind(end: Day, day: Day, length: u32) -> Window {
        let length = length.max(1);
        let past = day.saturating_sub(end).saturating_sub(1);
        let first = day.saturating_sub(past.checked_rem(length).unwrap_or(0));
        Window {
            first,
            last: first.saturating_add(length.saturating_sub(1)),
            used: 0,
        }
    }
}

/// The two latest windows in which something was charged, for callers that charge past days too.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// Last day of any window that is no longer kept; 0 before that.
    forgotten: Day,
    /// Ascending.
    kept: Vec<Window>,
}

impl Windows {
    /// Windows kept.
    pub const KEPT: usize = 2;

    /// The window of `day` where windows have `length` days. A day of a gap that is too short for a window of its own
    /// counts to the window behind it.
    ///
    /// Errors: the first day that is kept, where `day` is older.
    pub fn at(&self, day: Day, length: u32) -> Result<Window, Day> {
        self.find(day, length).map(|(_, window)| window)
    }

    /// Charges `amount` to `day`.
    ///
    /// Errors: as [`Windows::at`]; then nothing was charged.
    pub fn charge(&mut self, day: Day, length: u32, amount: u128) -> Result<(), Day> {
        let (place, mut window) = self.find(day, length)?;
        if amount == 0 {
            return Ok(());
        }
        window.used = window.used.saturating_add(amount);
        if let Some(kept) = place.and_then(|place| self.kept.get_mut(place)) {
            *kept = window;
            return Ok(());
        }
        if self.kept.len() >= Self::KEPT {
            self.forgotten = self.kept.remove(0).last;
        }
        self.kept.push(window);
        self.kept.sort_by_key(|window| window.first);
        Ok(())
    }

    /// The window of `day`, and where it is kept; nowhere: it is unused.
    fn find(&self, day: Day, length: u32) -> Result<(Option<usize>, Window), Day> {
        let from = match self.kept.first() {
            Some(oldest) if self.kept.len() >= Self::KEPT => oldest.first,
            _ => self.forgotten.saturating_add(1),
        };
        if day < from {
            return Err(from);
        }
        let mut end = self.forgotten;
        for (place, kept) in self.kept.iter().enumerate() {
            if day < kept.first {
                let unused = Window::behind(end, day, length);
                return Ok(if unused.last < kept.first {
                    (None, unused)
                } else {
                    let first = unused.first;
                    (Some(place), Window { first, ..*kept })
                });
            }
            let next = self.kept.get(place.saturating_add(1));
            let most = next.map_or(Day::MAX, |next| next.first.saturating_sub(1));
            let last = kept.end(length).min(most);
            if day <= last {
                return Ok((Some(place), Window { last, ..*kept }));
            }
            end = kept.last;
        }
        Ok((None, Window::behind(end, day, length)))
    }
}
