use cosmwasm_std::{Addr, StdError, Uint128};
use thiserror::Error;
use vrs_access::AccessError;
use vrs_days::{Clock, ClockError, Day};
use vrs_interface::identity::MemberId;
use vrs_scoring::ScoreError;
use vrs_settlement::SettlementError;

/// Why a message or query was refused.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, serialisation, queries.
    #[error("{0}")]
    Std(#[from] StdError),
    /// Permission, native coins, pause, address form.
    #[error("{0}")]
    Access(#[from] AccessError),
    /// Days, shares, pools.
    #[error("{0}")]
    Settlement(#[from] SettlementError),
    /// The clock given at instantiation.
    #[error("{0}")]
    Clock(#[from] ClockError),
    /// BizPower could not be computed.
    #[error("{0}")]
    Score(#[from] ScoreError),

    /// A contract of the suite that counts days otherwise.
    #[error("the clock of {contract} is {actual:?}, expected {expected:?}")]
    OtherClock {
        /// Which contract.
        contract: &'static str,
        /// The clock given at instantiation.
        expected: Box<Clock>,
        /// Its clock.
        actual: Box<Clock>,
    },
    /// The message is for one registered contract.
    #[error("sent by {actual}, only {expected} may")]
    WrongSender {
        /// The registered contract.
        expected: Addr,
        /// Who sent it.
        actual: Addr,
    },
    /// A figure outside its bounds.
    #[error("{field} is {actual}, allowed {min} to {max}")]
    OutOfBounds {
        /// Which.
        field: &'static str,
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
        /// As given.
        actual: u64,
    },
    /// The bounds of the levels do not rise.
    #[error("level bound {actual} is not above {previous}")]
    BoundsNotRising {
        /// The bound before it; 0 before the first.
        previous: u128,
        /// As given.
        actual: u128,
    },
    /// A cut may not raise a figure, nor shorten the window.
    #[error("{field} is {actual}, today's is {today}: a cut may not change it so")]
    NotACut {
        /// Which figure.
        field: &'static str,
        /// In force today.
        today: u128,
        /// As given.
        actual: u128,
    },
    /// The same number twice in one list.
    #[error("{what} {id} stands twice in the list")]
    Twice {
        /// What it numbers.
        what: &'static str,
        /// Which.
        id: u32,
    },
    /// An amount of nothing.
    #[error("the amount is 0")]
    NoAmount {},
    /// The address belongs to no member.
    #[error("{account} belongs to no member")]
    NotAMember {
        /// Who asked.
        account: Addr,
    },
    /// Identity knows no payout address of a member who is owed.
    #[error("member {member} is owed {amount}, but identity does not know them")]
    NoPayout {
        /// Who.
        member: MemberId,
        /// Base units.
        amount: Uint128,
    },
    /// The customer bought nothing there that day.
    #[error("customer {customer} bought nothing at merchant {merchant} on day {day}")]
    NoVisit {
        /// The merchant.
        merchant: MemberId,
        /// The customer.
        customer: MemberId,
        /// The day.
        day: Day,
    },
    /// Leaves that are no whole number of receipts.
    #[error("delivery {delivery}: {actual} bytes are no whole number of receipts of {width}")]
    BrokenLeaves {
        /// Position of the delivery.
        delivery: u32,
        /// Bytes of one receipt.
        width: usize,
        /// Bytes given.
        actual: usize,
    },
    /// Another contract answered for fewer or more than it was asked.
    #[error("{asked} asked of {contract}, {actual} answered")]
    WrongAnswer {
        /// Whom.
        contract: &'static str,
        /// How many were asked.
        asked: usize,
        /// How many were answered.
        actual: usize,
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
