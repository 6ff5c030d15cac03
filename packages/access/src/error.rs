use cosmwasm_std::{Addr, StdError, Timestamp};
use thiserror::Error;
use vrs_interface::access::Permission;

/// Why a message was not let in.
#[derive(Error, Debug, PartialEq)]
pub enum AccessError {
    /// The sender lacks the permission that the message declares.
    #[error("unauthorized: {sender} lacks the permission {needed}")]
    Unauthorized {
        /// Who sent it.
        sender: Addr,
        /// What it takes.
        needed: Permission,
    },
    /// Native coins were sent along; no contract of the suite takes any.
    #[error("native coins are not accepted: {sent}")]
    NativeCoins {
        /// What was sent.
        sent: String,
    },
    /// The contract is paused: payouts and new promises wait.
    #[error("paused: payouts and new promises wait until the owner unpauses")]
    Paused {},
    /// An offer of ownership that would never end, or has ended already.
    #[error("expiry is {actual}, expected a moment after now: height {height}, time {now}")]
    OfferExpiry {
        /// As given.
        actual: cw_utils::Expiration,
        /// Height of this block.
        height: u64,
        /// Time of this block.
        now: Timestamp,
    },
    /// An address that is not in the chain's own lower-case form.
    #[error("invalid address {address}: {reason}")]
    InvalidAddress {
        /// As given.
        address: String,
        /// Why.
        reason: String,
    },
    /// Ownership handover.
    #[error("{0}")]
    Ownership(#[from] cw_ownable::OwnershipError),
    /// Storage.
    #[error("{0}")]
    Std(#[from] StdError),
}
