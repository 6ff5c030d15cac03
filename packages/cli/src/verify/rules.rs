//! Rules by day. Queries answer today's and the next ones; what was before stands in the transactions
//! that changed them.

use vrs_days::Day;
use vrs_interface::merchant::{Budget, Params, Side};

/// A value that changes with days.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline<T> {
    first: T,
    /// First day and value, ascending.
    changes: Vec<(Day, T)>,
}

impl<T: Clone> Timeline<T> {
    /// One value for all days.
    pub fn new(first: T) -> Self {
        Timeline { first, changes: vec![] }
    }

    /// The value of a day.
    pub fn at(&self, day: Day) -> &T {
        let change = self.changes.iter().rev().find(|(from, _)| *from <= day);
        change.map_or(&self.first, |(_, value)| value)
    }

    /// Whether the value ever changes.
    pub fn changes(&self) -> bool {
        !self.changes.is_empty()
    }

    /// How often the value is set, its beginning not counted.
    pub fn turns(&self) -> usize {
        self.changes.len()
    }

    /// The first change behind a day, if one waits.
    pub fn next_after(&self, day: Day) -> Option<&(Day, T)> {
        self.changes.iter().find(|(from, _)| *from > day)
    }

    /// Another value from a day on; what was planned for that day or later is dropped.
    pub fn set(&mut self, from: Day, value: T) {
        self.changes.retain(|(first, _)| *first < from);
        self.changes.push((from, value));
    }

    /// Drops what is planned for days behind `day`.
    pub fn forget_after(&mut self, day: Day) {
        self.changes.retain(|(first, _)| *first <= day);
    }

    /// Changes the value of every day from `from` on.
    pub fn map_from(&mut self, from: Day, change: impl Fn(&T) -> T) {
        let now = change(self.at(from));
        let later: Vec<(Day, T)> = self
            .changes
            .iter()
            .filter(|(first, _)| *first > from)
            .cloned()
            .collect();
        self.set(from, now);
        self.changes
            .extend(later.into_iter().map(|(first, value)| (first, change(&value))));
    }
}

/// A side's budget by the rules of a day.
pub fn budget(params: &Params, side: Side) -> &Budget {
    match side {
        Side::Merchants => &params.merchants,
        Side::Customers => &params.customers,
    }
}

/// The same, to be changed.
pub fn budget_mut(params: &mut Params, side: Side) -> &mut Budget {
    match side {
        Side::Merchants => &mut params.merchants,
        Side::Customers => &mut params.customers,
    }
}
