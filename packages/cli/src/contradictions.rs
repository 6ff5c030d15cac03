//! Rows under a receipt number that was signed before, with another amount, customer or day.
//!
//! Two tills that count alike, a counter that begins anew, or rows that are items of one receipt look so. Such a row is
//! dropped as a plain repeat is; but its money is lost, so that it is told.

use crate::decimal::thousands;
use crate::failure::InputError;
use std::fmt::Write as _;
use std::path::Path;
use vrs_days::Day;

/// What two rows of one receipt number must have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Minor units.
    pub amount: u64,
    /// The customer.
    pub customer: u64,
    /// The programme day.
    pub day: Day,
}

/// A row that was dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The merchant's id.
    pub merchant: u64,
    /// The receipt's number.
    pub receipt: u64,
    /// What was signed under the number.
    pub signed: Entry,
    /// What the row says.
    pub row: Entry,
}

/// All of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contradictions {
    /// In the order of the file.
    pub rows: Vec<Contradiction>,
    file: String,
}

impl Contradictions {
    /// Those of a file's rows.
    pub fn new(file: &Path, mut rows: Vec<Contradiction>) -> Self {
        rows.retain(|row| row.signed != row.row);
        rows.sort_by_key(|row| row.line);
        Contradictions {
            rows,
            file: file.display().to_string(),
        }
    }

    /// Their money, in minor units.
    pub fn amount(&self) -> u128 {
        self.rows.iter().map(|row| u128::from(row.row.amount)).sum()
    }

    /// A line for each, for stderr.
    pub fn lines(&self) -> String {
        let mut text = String::new();
        for found in &self.rows {
            let (row, signed) = (found.row, found.signed);
            let pairs = [
                ("amount", row.amount, signed.amount),
                ("customer", row.customer, signed.customer),
                ("day", u64::from(row.day), u64::from(signed.day)),
            ];
            let differ = pairs.iter().filter(|(_, row, signed)| row != signed);
            let differ: Vec<String> = differ
                .map(|(name, row, signed)| format!("{name} {row} where {signed} was signed"))
                .collect();
            let reason = format!(
                "receipt {} of merchant {} is another sale under a number that was signed: {}; dropped, {} minor units",
                found.receipt,
                found.merchant,
                differ.join(", "),
                row.amount
            );
            let at = InputError::at(Path::new(&self.file), found.line, 4, reason);
            let _ = writeln!(text, "{at}");
        }
        text
    }

    /// For the summary: how many, and their money; none where there are none.
    pub fn summary(&self) -> Option<String> {
        let (rows, amount) = (self.rows.len(), self.amount());
        (rows > 0).then(|| {
            let (rows, amount) = (thousands(&rows.to_string()), thousands(&amount.to_string()));
            format!("{rows} rows are other sales under a number that was signed: {amount} minor units")
        })
    }
}
