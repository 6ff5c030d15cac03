//! Why a score or a share can't be computed.

use thiserror::Error;

/// Everything that can be wrong with a figure handed to this crate.
#[derive(Error, Debug, Clone, PartialEq, Eq)]
pub enum ScoreError {
    /// A result has more digits than its type holds.
    #[error("{what}: expected a result of at most {bits} bits, got a larger one")]
    Overflow {
        /// The quantity that was computed.
        what: &'static str,
        /// The width that was available.
        bits: u32,
    },
    /// A fraction or share with nothing to divide by.
    #[error("{what}: expected a divisor of at least 1, got 0")]
    ZeroDivisor {
        /// The divisor.
        what: &'static str,
    },
    /// More time online than a day has.
    #[error("online time: expected at most {expected} seconds a day, got {actual}")]
    OnlineTime {
        /// The seconds of a day.
        expected: u32,
        /// The seconds reported.
        actual: u32,
    },
    /// A server group with more than all the servers.
    #[error("server share: expected at most {expected} billionths, got {actual}")]
    ServerShare {
        /// The whole in billionths.
        expected: u32,
        /// The share reported.
        actual: u32,
    },
    /// View points outside their range.
    #[error("view points: expected {min} to {max}, got {actual}")]
    ViewPoints {
        /// The fewest.
        min: u8,
        /// The most.
        max: u8,
        /// The points given.
        actual: u8,
    },
    /// A table without a step.
    #[error("table: expected at least 1 step, got 0")]
    EmptyTable,
    /// A table with more steps than a contract should walk.
    #[error("table: expected at most {expected} steps, got {actual}")]
    TableTooLong {
        /// The most steps.
        expected: usize,
        /// The steps given.
        actual: usize,
    },
    /// A table whose bounds do not rise from step to step.
    #[error("table: expected bound {index} to be above {previous}, got {actual}")]
    NotAscending {
        /// The place of the step, counted from 0.
        index: usize,
        /// The bound of the step before.
        previous: u64,
        /// The bound of the step.
        actual: u64,
    },
    /// A share of more than the whole budget.
    #[error("share of the budget: expected at most {expected} basis points, got {actual}")]
    ShareBps {
        /// The most.
        expected: u32,
        /// The share, or the sum of the shares.
        actual: u32,
    },
    /// Parts of a budget that leave some of it over or take too much.
    #[error("parts of the budget: expected {expected} basis points in all, got {actual}")]
    PartsSum {
        /// The whole.
        expected: u32,
        /// The sum of the parts.
        actual: u32,
    },
    /// One participant with more than all together.
    #[error("weight: expected at most the total {total}, got {actual}")]
    WeightAboveTotal {
        /// The sum of all weights.
        total: u128,
        /// The weight of the one.
        actual: u128,
    },
    /// Programme days count from 1.
    #[error("programme day: expected at least 1, got 0")]
    DayZero,
    /// Programme months count from 1.
    #[error("programme month: expected at least 1, got 0")]
    MonthZero,
}
