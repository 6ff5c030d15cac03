use cosmwasm_std::StdError;
use thiserror::Error;
use vrs_days::{Day, Stage};

/// Why a settlement step was refused.
#[derive(Error, Debug, PartialEq)]
pub enum SettlementError {
    /// A report for a day that takes none any more (or not yet).
    #[error("day {day} takes no reports: it is {stage:?}")]
    NotReporting {
        /// The day.
        day: Day,
        /// Where it stands.
        stage: Stage,
    },
    /// Rewards are taken back only while a day is provisional.
    #[error("day {day} is {stage:?}; rewards are taken back only while it is provisional")]
    NotProvisional {
        /// The day.
        day: Day,
        /// Where it stands.
        stage: Stage,
    },
    /// A share is paid, taken back or pruned only after its day was closed in storage; the caller
    /// forgot [`close_due`](crate::Programme::close_due).
    #[error("day {day} is not closed in storage yet")]
    NotClosed {
        /// The day.
        day: Day,
    },
    /// Taking back must leave the counted weight as it is and earn no more than before.
    #[error("account {account}, day {day}, track {track}: counted {counted_before}, now {counted}; earned {earning_before}, now {earning}")]
    NotLess {
        /// The account.
        account: u32,
        /// The day.
        day: Day,
        /// The track.
        track: u8,
        /// Counted weight of the stored share.
        counted_before: u128,
        /// Counted weight of the share to replace it; must be the same.
        counted: u128,
        /// Earning weight of the stored share.
        earning_before: u128,
        /// Earning weight of the share to replace it; must not be more.
        earning: u128,
    },
    /// The account has no share of that day.
    #[error("account {account} has no share of day {day}")]
    NoShare {
        /// The account.
        account: u32,
        /// The day.
        day: Day,
    },
    /// More than the pool holds for it.
    #[error("pool {pool}: {wanted} wanted, {available} available")]
    PoolExceeded {
        /// The pool's number.
        pool: u8,
        /// What was wanted.
        wanted: u128,
        /// What there is.
        available: u128,
    },
    /// A sum that no lawful input reaches.
    #[error("arithmetic overflow in {0}")]
    Overflow(&'static str),
    /// Storage.
    #[error("{0}")]
    Std(#[from] StdError),
}
