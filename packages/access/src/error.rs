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
    /// A pause that would end too early or too late.
    #[error("until is {actual}, allowed {min} to {max}: after now and after a pause that runs, 7 days ahead at most")]
    PauseUntil {
        /// As given, unix seconds.
        actual: u64,
        /// Earliest end, unix seconds.
        min: u64,
        /// Latest end, unix seconds.
        max: u64,
    },
    /// A brief guardian rests after a pause, whoever of them gave it.
    #[error(
        "brief_guardian: the last brief pause ends at {ended}, expected now to be {earliest} or later, actual {now}"
    )]
    BriefPause {
        /// When the last one ended or will end, unix seconds.
        ended: u64,
        /// When the next one may begin, unix seconds.
        earliest: u64,
        /// The time, unix seconds.
        now: u64,
    },
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
