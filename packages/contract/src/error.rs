use cosmwasm_std::{Addr, StdError};
use thiserror::Error;
use vrs_access::AccessError;
use vrs_days::{Clock, ClockError};
use vrs_message::BoundError;

/// What any contract may refuse for. A contract's own enum holds it as `Shared` ([`crate::errors!`]).
#[derive(Error, Debug, PartialEq)]
pub enum Error {
    /// Storage, JSON, a contract that was asked.
    #[error("{0}")]
    Std(#[from] StdError),
    /// A permission that is lacking, native coins, a pause, an address that is not this chain's.
    #[error("{0}")]
    Access(#[from] AccessError),
    /// A figure, a length, a text outside its bounds.
    #[error("{0}")]
    Bound(#[from] BoundError),
    /// A clock that cannot be used.
    #[error("{0}")]
    Clock(#[from] ClockError),

    /// Only one contract may send this message.
    #[error("only {peer} {expected} may send this, not {actual}")]
    NotThePeer {
        /// What it is to this contract.
        peer: &'static str,
        /// Who may.
        expected: Addr,
        /// Who did.
        actual: Addr,
    },
    /// A message is for a contract that this one does not know.
    #[error("no contract is configured as {peer}")]
    NoPeer {
        /// What it would be to this contract.
        peer: &'static str,
    },
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
    /// Another contract answered for fewer or more than it was asked for.
    #[error("{contract} answered for {actual} of {expected}")]
    WrongAnswer {
        /// Which.
        contract: &'static str,
        /// How many were asked for.
        expected: usize,
        /// How many were answered.
        actual: usize,
    },
    /// The state belongs to another contract.
    #[error("cannot migrate from {actual}, expected {expected}")]
    WrongContract {
        /// This contract.
        expected: &'static str,
        /// The contract that wrote the state.
        actual: String,
    },
    /// The state was written by a newer version, or its version cannot be read.
    #[error("cannot migrate from version {actual} to {expected}: {reason}")]
    WrongVersion {
        /// This version.
        expected: &'static str,
        /// The version that wrote the state.
        actual: String,
        /// Why not.
        reason: String,
    },
}

/// Lets `?` turn whatever the shared code answers into a contract's own error, which holds it as `Shared`.
///
/// ```ignore
/// #[derive(Error, Debug, PartialEq)]
/// pub enum ContractError {
///     #[error("{0}")]
///     Shared(vrs_contract::Error),
///     // its own
/// }
/// vrs_contract::errors!(ContractError);
/// ```
#[macro_export]
macro_rules! errors {
    ($error:ty) => {
        $crate::errors!(@from $error, $crate::Error, ::cosmwasm_std::StdError, ::vrs_access::AccessError,
            ::vrs_message::BoundError, ::vrs_days::ClockError);
    };
    (@from $error:ty, $($from:ty),*) => {$(
        impl From<$from> for $error {
            fn from(error: $from) -> Self {
                <$error>::Shared(error.into())
            }
        }
    )*};
}
