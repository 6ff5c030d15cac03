use cosmwasm_std::{Addr, StdError, Uint128};
use thiserror::Error;
use vrs_access::AccessError;
use vrs_days::{Clock, ClockError, Day};
use vrs_interface::identity::MemberId;
use vrs_interface::mining::Method;
use vrs_scoring::ScoreError;
use vrs_settlement::SettlementError;

/// Why a message or a query was refused.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, JSON, a contract that was asked.
    #[error("{0}")]
    Std(#[from] StdError),
    /// A permission that is lacking, native coins, a pause, an address that is not this chain's.
    #[error("{0}")]
    Access(#[from] AccessError),
    /// A clock that cannot be used.
    #[error("{0}")]
    Clock(#[from] ClockError),
    /// A contract that counts days otherwise; all of a deployment hold one clock.
    #[error("{contract} {address} has the clock {actual:?}, expected {expected:?}")]
    OtherClock {
        /// What it is to this contract.
        contract: &'static str,
        /// Its address.
        address: Addr,
        /// The clock given at instantiation.
        expected: Box<Clock>,
        /// Its own.
        actual: Box<Clock>,
    },
    /// A day that is not in the right stage, a pool that does not hold enough.
    #[error("{0}")]
    Settlement(#[from] SettlementError),
    /// Steps of views that do not rise or are too many.
    #[error("view_steps: {0}")]
    ViewSteps(ScoreError),

    /// A number or the length of a list outside its bounds.
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
    /// An amount of 0.
    #[error("amount is 0, expected at least 1")]
    NoAmount {},
    /// Only one contract may send this message.
    #[error("sent by {actual}, expected {expected}")]
    WrongSender {
        /// Who may.
        expected: Addr,
        /// Who did.
        actual: Addr,
    },
    /// A list that holds the same number twice.
    #[error("{field} {number} stands twice")]
    Duplicate {
        /// What.
        field: &'static str,
        /// Its number.
        number: u32,
    },
    /// A cut that lowers nothing: a figure is above what is in force today.
    #[error("{field} of {method:?} is {actual}, today's is {today}: a cut cannot raise it")]
    NotACut {
        /// `hp` or `vrs`.
        field: &'static str,
        /// The method.
        method: Method,
        /// In force.
        today: Uint128,
        /// Given.
        actual: Uint128,
    },
    /// The sender is no member's account or payout address.
    #[error("{account} belongs to no member")]
    NotAMember {
        /// The sender.
        account: Addr,
    },
    /// Something is owed to a number that identity does not know.
    #[error("identity knows no address for member {member}")]
    NoPayout {
        /// The number.
        member: MemberId,
    },
    /// A contract answered for more or fewer than it was asked.
    #[error("{contract} answered for {actual} of {expected} asked")]
    WrongAnswer {
        /// Which.
        contract: &'static str,
        /// Asked.
        expected: usize,
        /// Answered.
        actual: usize,
    },
    /// Leaves that are no readings.
    #[error("delivery {delivery}: {actual} bytes, expected a multiple of {expected}")]
    Leaves {
        /// Position of the batch in the message.
        delivery: usize,
        /// Bytes of a reading.
        expected: usize,
        /// Bytes given.
        actual: usize,
    },
    /// The account has no reading of that method and day.
    #[error("account {account} has no reading of {method:?} on day {day}")]
    NoReading {
        /// The account.
        account: MemberId,
        /// The day.
        day: Day,
        /// The method.
        method: Method,
    },
    /// All that was named was taken back before.
    #[error("account {account}, day {day}: what was named was taken back before")]
    TakenBefore {
        /// The account.
        account: MemberId,
        /// The day.
        day: Day,
    },
    /// A sum that no lawful input reaches.
    #[error("arithmetic overflow in {0}")]
    Overflow(&'static str),

    /// The state belongs to another contract.
    #[error("cannot migrate from {actual}, expected {expected}")]
    WrongContract {
        /// This contract.
        expected: String,
        /// The contract that wrote the state.
        actual: String,
    },
    /// The state was written by a newer version, or its version cannot be read.
    #[error("cannot migrate from version {actual} to {expected}: {reason}")]
    WrongVersion {
        /// This version.
        expected: String,
        /// The version that wrote the state.
        actual: String,
        /// Why not.
        reason: String,
    },
}

/// Refuses a number outside its bounds.
pub fn within(field: &'static str, actual: u64, min: u64, max: u64) -> Result<(), ContractError> {
    if actual < min || actual > max {
        return Err(ContractError::OutOfBounds {
            field,
            min,
            max,
            actual,
        });
    }
    Ok(())
}

/// The length of a list as a number.
pub fn count<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

/// Refuses a list that holds the same number twice.
pub fn distinct(field: &'static str, numbers: impl Iterator<Item = u32>) -> Result<(), ContractError> {
    let mut seen = std::collections::BTreeSet::new();
    for number in numbers {
        if !seen.insert(number) {
            return Err(ContractError::Duplicate { field, number });
        }
    }
    Ok(())
}
