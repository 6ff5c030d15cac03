use cosmwasm_std::{Addr, StdError};
use thiserror::Error;
use vrs_access::AccessError;
use vrs_attestation::{KeyError, StatementError};
use vrs_days::{ClockError, Day};
use vrs_interface::oracle::{DeviceId, DeviceKind};

/// Why a message or a query was refused.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, JSON, overflow.
    #[error("{0}")]
    Std(#[from] StdError),
    /// Missing permission, a pause, native coins, or an address that is not in the chain's own form.
    #[error("{0}")]
    Access(#[from] AccessError),
    /// A clock outside its bounds.
    #[error("{0}")]
    Clock(#[from] ClockError),
    /// A key under which a signature proves nothing.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// Chain id or contract address have no place in a signed message.
    #[error("{0}")]
    Statement(#[from] StatementError),

    /// A setting outside its bounds.
    #[error("{field} is {actual}, allowed {min} to {max}")]
    OutOfBounds {
        /// Which field.
        field: &'static str,
        /// Smallest value allowed.
        min: u64,
        /// Largest value allowed.
        max: u64,
        /// The value given.
        actual: u64,
    },
    /// A key of another scheme than its variant says.
    #[error("a key of {scheme} has {expected} bytes, got {actual}")]
    KeyLength {
        /// The scheme.
        scheme: &'static str,
        /// Bytes of its keys.
        expected: usize,
        /// Bytes given.
        actual: usize,
    },
    /// No such device.
    #[error("device {device} is not registered, the highest number is {highest}")]
    UnknownDevice {
        /// The number given.
        device: DeviceId,
        /// Devices registered so far.
        highest: DeviceId,
    },
    /// 0 is no member, and a terminal needs one.
    #[error("subject is missing or member 0: numbers begin with 1, and a terminal attests for its shop alone")]
    InvalidSubject {},
    /// A device would be valid on no day.
    #[error("valid from day {from} until day {until}: the first must be at least 1 and not after the last")]
    InvalidValidity {
        /// First day.
        from: Day,
        /// Last day.
        until: Day,
    },
    /// Only the device's owner may do this.
    #[error("device {device} belongs to {owner}, not to {sender}")]
    NotDeviceOwner {
        /// The device.
        device: DeviceId,
        /// Its owner.
        owner: Addr,
        /// Who tried.
        sender: Addr,
    },
    /// The device has ended for good.
    #[error("device {device} is revoked")]
    DeviceRevoked {
        /// The device.
        device: DeviceId,
    },
    /// A key can only be changed for days that have not begun.
    #[error("a key changes after today: today is day {today}, asked for day {from}")]
    KeyNotAhead {
        /// The day asked for.
        from: Day,
        /// The day that runs.
        today: Day,
    },
    /// The device is of another kind.
    #[error("device {device} is of kind {actual:?}, expected {expected:?}")]
    DeviceKind {
        /// The device.
        device: DeviceId,
        /// The kind it takes.
        expected: DeviceKind,
        /// What the device is.
        actual: DeviceKind,
    },
    /// Prices are kept by the oracle itself.
    #[error("batches of prices are consumed by the oracle itself")]
    PricesStayHere {},
    /// No such symbol.
    #[error("symbol {symbol} is not registered")]
    UnknownSymbol {
        /// The number given.
        symbol: u32,
    },
    /// Too many devices feed a symbol.
    #[error("symbol {symbol} has {max} sources, no more are allowed")]
    TooManySources {
        /// The symbol.
        symbol: u32,
        /// Sources allowed.
        max: usize,
    },
    /// Not enough fresh prices for a median.
    #[error("symbol {symbol} has {fresh} fresh prices, {needed} are needed")]
    NoPrice {
        /// The symbol.
        symbol: u32,
        /// Fresh prices there are.
        fresh: usize,
        /// Fresh prices it takes.
        needed: u8,
    },
    /// No such batch record: never taken, or pruned.
    #[error("no record of batch {sequence} of device {device}; it expects {expected} next")]
    UnknownBatch {
        /// The device.
        device: DeviceId,
        /// The sequence number asked for.
        sequence: u32,
        /// The device's next sequence number.
        expected: u32,
    },
    /// A consumer answered with something else than dropped items of what it was given.
    #[error("the consumer's answer is wrong: {reason}")]
    ConsumerAnswer {
        /// What is wrong.
        reason: String,
    },
    /// A reply that the contract did not ask for.
    #[error("unknown reply {actual}, expected {expected}")]
    UnknownReply {
        /// The one there is.
        expected: u64,
        /// The one that came.
        actual: u64,
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

/// Refuses a value outside `min..=max`.
pub fn within(field: &'static str, actual: u64, min: u64, max: u64) -> Result<(), ContractError> {
    if (min..=max).contains(&actual) {
        return Ok(());
    }
    Err(ContractError::OutOfBounds {
        field,
        min,
        max,
        actual,
    })
}

/// A length for [`within`].
pub fn length(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
