use cosmwasm_std::{Addr, StdError, Uint128};
use thiserror::Error;
use vrs_access::AccessError;
use vrs_days::{ClockError, Day};
use vrs_interface::points::IssuerLimit;
use vrs_message::BoundError;

/// Why a message or a query was refused.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, JSON, overflow, an answer of identity that cannot be read.
    #[error("{0}")]
    Std(#[from] StdError),
    /// A permission that is lacking, native coins, a pause, an address that is not this chain's.
    #[error("{0}")]
    Access(#[from] AccessError),
    /// A clock outside its bounds.
    #[error("{0}")]
    Clock(#[from] ClockError),
    /// A text outside its bounds, or with blanks at its ends.
    #[error("{0}")]
    Bound(#[from] BoundError),

    /// A figure or a length outside its bounds.
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
    /// An amount of 0 where at least 1 is needed.
    #[error("{field} is 0, at least 1 is needed")]
    ZeroAmount {
        /// Which.
        field: &'static str,
    },
    /// The symbol has a character other than letters, digits and `-`.
    #[error("symbol is {actual:?}, allowed are letters, digits and `-`")]
    InvalidSymbol {
        /// As given.
        actual: String,
    },

    /// An account holds less than it should give.
    #[error("insufficient funds: {balance} held, {amount} asked")]
    InsufficientBalance {
        /// What it holds.
        balance: Uint128,
        /// What it should give.
        amount: Uint128,
    },
    /// Acceptors are told what they receive: `transfer` would not tell them.
    #[error("{acceptor} is an acceptor: use `send`, not `transfer`")]
    UseSend {
        /// The recipient.
        acceptor: Addr,
    },
    /// Points go to members only.
    #[error("{recipient} is no member's address: points go to members, or by `send` to acceptors")]
    NotAMember {
        /// The recipient.
        recipient: Addr,
    },
    /// The member is removed from the network.
    #[error("{recipient} is a member who is removed from the network")]
    Removed {
        /// The recipient.
        recipient: Addr,
    },
    /// These points go to verified members only.
    #[error("{recipient} is a member who is not verified, which these points ask for")]
    NotVerified {
        /// The recipient.
        recipient: Addr,
    },
    /// The address is not registered for `send`.
    #[error("{address} is not a registered acceptor")]
    NotAnAcceptor {
        /// The address.
        address: Addr,
    },

    /// The address is not registered as an issuer.
    #[error("{address} is not a registered issuer")]
    NotAnIssuer {
        /// The address.
        address: Addr,
    },
    /// As many issuers are registered as may be.
    #[error("{actual} issuers are registered, at most {max} may be")]
    TooManyIssuers {
        /// Allowed.
        max: usize,
        /// Registered.
        actual: usize,
    },
    /// A lowered limit that is higher in some component than today's.
    #[error(
        "not lower than today's limit: {}/{}/{} given, {}/{}/{} in force (window days, per window, total)",
        given.window_days, given.per_window, given.total,
        current.window_days, current.per_window, current.total
    )]
    NotLower {
        /// In force today.
        current: IssuerLimit,
        /// Given.
        given: IssuerLimit,
    },
    /// The day lies in a window whose use is no longer kept.
    #[error("day {day} lies in a window that is no longer kept; days from {kept_from} on are")]
    WindowPast {
        /// The day.
        day: Day,
        /// First day that can still be charged.
        kept_from: Day,
    },
    /// More than is left of the day's window.
    #[error("{available} left of the window of days {first} to {last}, {amount} asked")]
    AboveWindow {
        /// First day of the window.
        first: Day,
        /// Last day of the window.
        last: Day,
        /// Left.
        available: Uint128,
        /// Asked.
        amount: Uint128,
    },
    /// More than is left of the issuer's total.
    #[error("{available} left of the issuer's total, {amount} asked")]
    AboveTotal {
        /// Left.
        available: Uint128,
        /// Asked.
        amount: Uint128,
    },
    /// More than is left of the supply.
    #[error("{available} left of the supply, {amount} asked")]
    AboveSupply {
        /// Left.
        available: Uint128,
        /// Asked.
        amount: Uint128,
    },
    /// More than the issuer has reserved.
    #[error("{reserved} reserved, {amount} asked")]
    AboveReserve {
        /// Reserved.
        reserved: Uint128,
        /// Asked.
        amount: Uint128,
    },

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

/// Refuses a figure outside its bounds.
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

/// Refuses a list or text whose length is outside its bounds.
pub fn length_within(field: &'static str, actual: usize, min: usize, max: usize) -> Result<(), ContractError> {
    let wide = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    within(field, wide(actual), wide(min), wide(max))
}

/// Refuses an amount that is too large.
pub fn at_most(field: &'static str, actual: Uint128, max: Uint128) -> Result<(), ContractError> {
    if actual > max {
        return Err(ContractError::TooLarge { field, max, actual });
    }
    Ok(())
}
