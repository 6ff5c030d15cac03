//! What was compared, and what could not be.

use crate::failure::Difference;
use std::fmt::Display;

/// Counts comparisons by topic, in the order in which the topics came up, and what was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Topic and how many of it were compared.
    pub checked: Vec<(String, u64)>,
    /// What could not be compared.
    pub skipped: Vec<Skipped>,
    /// What a reader should know about how something was compared.
    pub notes: Vec<String>,
}

/// Something that could not be compared.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    /// Why.
    pub reason: String,
    /// How often.
    pub count: u64,
    /// The first one.
    pub first: String,
}

impl Tally {
    /// So many more of a topic agree.
    pub fn count(&mut self, topic: &str, more: u64) {
        match self.checked.iter_mut().find(|(known, _)| known == topic) {
            Some((_, count)) => *count += more,
            None => self.checked.push((topic.to_owned(), more)),
        }
    }

    /// How many of a topic were compared.
    pub fn of(&self, topic: &str) -> u64 {
        let found = self.checked.iter().find(|(known, _)| known == topic);
        found.map_or(0, |(_, count)| *count)
    }

    /// One thing that could not be compared.
    pub fn skip(&mut self, reason: &str, which: impl FnOnce() -> String) {
        match self.skipped.iter_mut().find(|known| known.reason == reason) {
            Some(known) => known.count += 1,
            None => self.skipped.push(Skipped {
                reason: reason.to_owned(),
                count: 1,
                first: which(),
            }),
        }
    }

    /// Tells the reader something once.
    pub fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }
}

/// Refuses a figure that differs; `what` names the figure, the day and whom it is about.
pub fn same<T: PartialEq + Display>(what: impl FnOnce() -> String, expected: T, actual: T) -> Result<(), Difference> {
    if expected == actual {
        return Ok(());
    }
    Err(Difference {
        what: what(),
        expected: expected.to_string(),
        actual: actual.to_string(),
    })
}

/// Refuses what does not hold; `expected` and `actual` are words.
pub fn holds(
    what: impl FnOnce() -> String,
    truth: bool,
    expected: impl Display,
    actual: impl Display,
) -> Result<(), Difference> {
    if truth {
        return Ok(());
    }
    Err(Difference {
        what: what(),
        expected: expected.to_string(),
        actual: actual.to_string(),
    })
}
