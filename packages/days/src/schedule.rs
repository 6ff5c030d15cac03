use crate::Day;
use cosmwasm_schema::cw_serde;

/// A value that changes at the beginning of a day, and what it was on the days whose reports may
/// still arrive. Keeps at most [`Schedule::KEPT`] versions: enough for "yesterday, today, from
/// tomorrow on" and one delayed change.
///
/// Worked example: a rent of 200 from day 1, changed on day 5: `set(5, 6, 250)`; a late report of
/// day 5 still sees 200, day 6 sees 250.
#[cw_serde]
pub struct Schedule<T> {
    /// `(first day, value)`, ascending by day, never empty.
    versions: Vec<(Day, T)>,
}

impl<T: Clone + PartialEq> Schedule<T> {
    /// Versions kept at the most.
    pub const KEPT: usize = 4;

    /// One value for all days.
    pub fn new(value: T) -> Self {
        Schedule {
            versions: vec![(0, value)],
        }
    }

    /// A value from `day` on; nothing before it.
    pub fn starting(day: Day, value: T) -> Self {
        Schedule {
            versions: vec![(day, value)],
        }
    }

    /// The value in force on `day`.
    pub fn at(&self, day: Day) -> Option<&T> {
        self.versions
            .iter()
            .rev()
            .find(|(from, _)| *from <= day)
            .map(|(_, value)| value)
    }

    /// The value in force on `day`, or the oldest kept where the day is older than all of them.
    pub fn at_or_first(&self, day: Day) -> Option<&T> {
        self.at(day).or_else(|| self.versions.first().map(|(_, value)| value))
    }

    /// All versions, `(first day, value)`.
    pub fn versions(&self) -> &[(Day, T)] {
        &self.versions
    }

    /// Sets the value from `from` on, dropping what was planned for `from` or later. `today` decides
    /// what may be forgotten: of the versions that began before yesterday only the newest is kept.
    pub fn set(&mut self, today: Day, from: Day, value: T) {
        self.versions.retain(|(first, _)| *first < from);
        self.versions.push((from, value));
        let yesterday = today.saturating_sub(1);
        // The last version that began on or before yesterday is still in force then; older ones are history.
        let needed = self
            .versions
            .iter()
            .rposition(|(first, _)| *first <= yesterday)
            .unwrap_or(0);
        self.versions.drain(..needed);
        // The first three may be in force yesterday, today or tomorrow; what is planned later makes room.
        while self.versions.len() > Self::KEPT {
            let planned = self.versions.len().saturating_sub(2);
            self.versions.remove(planned);
        }
    }
}
