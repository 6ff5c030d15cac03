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
