//! Why a command ends without success, and with which exit code.

use std::fmt::{self, Display};
use std::path::Path;

/// A file that can't be read as described: one line `file:line:column: reason`, exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {reason}")]
pub struct InputError {
    /// The file as it was named.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Field of a table, character of any other text; from 1.
    pub column: u64,
    /// What was expected and what was found.
    pub reason: String,
}

impl InputError {
    /// An error at a place of a file. Line breaks within `reason` are made visible.
    pub fn at(file: &Path, line: u64, column: u64, reason: impl Display) -> Self {
        InputError {
            file: file.display().to_string(),
            line,
            column,
            reason: one_line(&reason.to_string()),
        }
    }
}

/// A call that is well formed for the argument parser but asks for what does not exist; exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub String);

/// A recomputed figure that differs from the chain's; exit code 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which figure.
    pub what: String,
    /// What the recomputation gives.
    pub expected: String,
    /// What the chain answers.
    pub actual: String,
}

impl Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { what, expected, actual } = self;
        write!(f, "{what}: expected {expected}, the chain says {actual}")
    }
}

impl std::error::Error for Difference {}

/// The exit code that goes with an error: 2 for bad input or usage, 1 for all others.
pub fn exit_code(error: &anyhow::Error) -> u8 {
    if error.is::<InputError>() || error.is::<UsageError>() {
        2
    } else {
        1
    }
}

/// The text on one line, control characters made visible.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim_end().chars() {
        match c {
            '\n' => out.push(' '),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_stays_on_one_line() {
        let error = InputError::at(Path::new("a.csv"), 3, 2, "got \"x\r\ny\"");
        assert_eq!(error.to_string(), "a.csv:3:2: got \"x\\r y\"");
    }

    #[test]
    fn bad_input_exits_with_2_and_a_difference_with_1() {
        assert_eq!(exit_code(&InputError::at(Path::new("a"), 1, 1, "x").into()), 2);
        assert_eq!(exit_code(&UsageError("x".into()).into()), 2);
        assert_eq!(exit_code(&anyhow::anyhow!("x")), 1);
    }
}
