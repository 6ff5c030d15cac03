//! What agreed, for people.

use super::tally::Tally;
use crate::decimal::thousands;
use std::fmt;

/// A chain on which everything that could be compared agrees.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Verified {
    /// The folder.
    pub place: String,
    /// Height of the last block.
    pub height: u64,
    /// Its time, as text.
    pub time: String,
    /// First and last day with an order or reading, as text; none: there is none.
    pub days: Option<(String, String)>,
    /// By contract queries and `packages/scoring` alone.
    pub queries: Tally,
    /// By the transaction history.
    pub history: Tally,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: everything agrees, at height {} ({})",
            self.place, self.height, self.time
        )?;
        if let Some((first, last)) = &self.days {
            writeln!(f, "from {first} to {last}")?;
        }
        section(f, "Recomputed from contract queries alone", &self.queries)?;
        section(
            f,
            "Then compared with the signed batches in the transactions",
            &self.history,
        )?;
        let skipped: Vec<_> = self.queries.skipped.iter().chain(&self.history.skipped).collect();
        if skipped.is_empty() {
            return writeln!(f, "\nNothing was skipped.");
        }
        writeln!(f, "\nNot compared:")?;
        for skipped in skipped {
            let count = thousands(&skipped.count.to_string());
            writeln!(f, "  {count:>9}  {} (first: {})", skipped.reason, skipped.first)?;
        }
        Ok(())
    }
}

fn section(f: &mut fmt::Formatter<'_>, title: &str, tally: &Tally) -> fmt::Result {
    writeln!(f, "\n{title}:")?;
    for (topic, count) in &tally.checked {
        writeln!(f, "  {:>9}  {topic}", thousands(&count.to_string()))?;
    }
    for note in &tally.notes {
        writeln!(f, "             ({note})")?;
    }
    Ok(())
}
