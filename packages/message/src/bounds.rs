//! Bounds of what a message holds, each an error that names field, expected and actual value.

use cosmwasm_std::Uint128;
use thiserror::Error;

/// A value that a message may not hold.
#[derive(Error, Debug, Clone, PartialEq, Eq)]
pub enum BoundError {
    /// A figure or the length of a list or text outside its bounds.
    #[error("{field} is {actual}, allowed {min} to {max}")]
    OutOfBounds {
        /// Which.
        field: &'static str,
        /// Smallest allowed.
        min: u64,
        /// Largest allowed.
        max: u64,
        /// Given.
        actual: u64,
    },
    /// An amount that is too large.
    #[error("{field} is {actual}, at most {max}")]
    TooLarge {
        /// Which.
        field: &'static str,
        /// Largest allowed.
        max: Uint128,
        /// Given.
        actual: Uint128,
    },
    /// An amount of 0.
    #[error("{field} is 0, at least 1 is needed")]
    Zero {
        /// Which.
        field: &'static str,
    },
    /// A list that holds the same number twice.
    #[error("{field} {number} stands twice")]
    Duplicate {
        /// What it numbers.
        field: &'static str,
        /// Which.
        number: u32,
    },
    /// A text with blanks at its ends, which a chain's events would not keep.
    #[error("{field} is {actual:?}: blanks at its ends are not allowed")]
    Blanks {
        /// Which.
        field: &'static str,
        /// As given.
        actual: String,
    },
}

/// Refuses a figure outside `min..=max`.
pub fn within(field: &'static str, actual: u64, min: u64, max: u64) -> Result<(), BoundError> {
    if (min..=max).contains(&actual) {
        return Ok(());
    }
    Err(BoundError::OutOfBounds {
        field,
        min,
        max,
        actual,
    })
}

/// Refuses a list or text whose length is outside `min..=max`.
pub fn length(field: &'static str, actual: usize, min: usize, max: usize) -> Result<(), BoundError> {
    let wide = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    within(field, wide(actual), wide(min), wide(max))
}

/// Refuses an amount above `max`.
pub fn at_most(field: &'static str, actual: Uint128, max: Uint128) -> Result<(), BoundError> {
    if actual > max {
        return Err(BoundError::TooLarge { field, max, actual });
    }
    Ok(())
}

/// Refuses an amount of 0; answers its base units.
pub fn positive(field: &'static str, amount: Uint128) -> Result<u128, BoundError> {
    if amount.is_zero() {
        return Err(BoundError::Zero { field });
    }
    Ok(amount.u128())
}

/// Refuses a list that holds the same number twice.
pub fn distinct(field: &'static str, numbers: impl IntoIterator<Item = u32>) -> Result<(), BoundError> {
    let mut seen: Vec<u32> = numbers.into_iter().collect();
    seen.sort_unstable();
    match seen.windows(2).find(|pair| pair.first() == pair.last()) {
        Some([number, _]) => Err(BoundError::Duplicate { field, number: *number }),
        _ => Ok(()),
    }
}

/// Refuses a text whose length in bytes is outside `min..=max`, or with blanks at its ends: a chain trims the
/// values of events, so that state and event would differ.
pub fn text(field: &'static str, actual: &str, min: usize, max: usize) -> Result<(), BoundError> {
    length(field, actual.len(), min, max)?;
    if actual.trim().len() != actual.len() {
        return Err(BoundError::Blanks {
            field,
            actual: actual.to_owned(),
        });
    }
    Ok(())
}
