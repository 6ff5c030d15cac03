//! Rules by day. Queries answer today's and the next ones; what was before stands in the transactions
//! that changed them.

use cosmwasm_std::Uint128;
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

    /// The first change behind a day, if one waits.
    pub fn next_after(&self, day: Day) -> Option<&(Day, T)> {
        self.changes.iter().find(|(from, _)| *from > day)
    }

    /// Another value from a day on; what was planned for that day or later is dropped.
    pub fn set(&mut self, from: Day, value: T) {
        self.changes.retain(|(first, _)| *first < from);
        self.changes.push((from, value));
    }

    /// Changes the value of every day from `from` on.
    pub fn map_from(&mut self, from: Day, change: impl Fn(&T) -> T) {
        let now = change(self.at(from));
        let later: Vec<(Day, T)> = self.changes.iter().filter(|(first, _)| *first > from).cloned().collect();
        self.set(from, now);
        self.changes.extend(later.into_iter().map(|(first, value)| (first, change(&value))));
    }
}

/// A side's budget by the rules of a day.
pub fn budget(params: &Params, side: Side) -> &Budget {
    match side {
        Side::Merchants => &params.merchants,
        Side::Customers => &params.customers,
    }
}

/// The rules with no figure of a side's budget above `cut`.
pub fn cut(params: &Params, side: Side, cut: &Budget) -> Params {
    let mut params = params.clone();
    let budget = match side {
        Side::Merchants => &mut params.merchants,
        Side::Customers => &mut params.customers,
    };
    lower(&mut budget.per_head, cut.per_head);
    lower(&mut budget.max, cut.max);
    lower(&mut budget.per_window, cut.per_window);
    params
}

/// At most `bound`.
pub fn lower(value: &mut Uint128, bound: Uint128) {
    *value = (*value).min(bound);
}
