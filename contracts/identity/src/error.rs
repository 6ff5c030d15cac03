use cosmwasm_std::{Addr, StdError};
use thiserror::Error;
use vrs_access::AccessError;
use vrs_days::{ClockError, Day};
use vrs_interface::identity::{AppealState, MemberId, Topic};
use vrs_message::BoundError;

/// Why a message or a query was refused.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, JSON.
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
    /// A claim given at registration must be of topic `identity`.
    #[error("the claim given at registration is of topic {actual:?}, expected {expected:?}")]
    WrongTopic {
        /// Expected.
        expected: Topic,
        /// Given.
        actual: Topic,
    },

    /// No member has this number.
    #[error("no member {member}")]
    UnknownMember {
        /// The number.
        member: MemberId,
    },
    /// The sender is no member.
    #[error("{address} belongs to no member")]
    NotAMember {
        /// The sender.
        address: Addr,
    },
    /// The sender's address belongs to a member, but is not the account that acts for them.
    #[error("{actual} does not act for member {member}, {expected} does")]
    NotTheAccount {
        /// The member.
        member: MemberId,
        /// The account that acts.
        expected: Addr,
        /// The sender.
        actual: Addr,
    },
    /// The address belongs to a member already, for good.
    #[error("{address} belongs to member {member} for good")]
    AddressTaken {
        /// The address.
        address: Addr,
        /// Its member.
        member: MemberId,
    },
    /// All numbers are given away.
    #[error("{members} members are registered, no number is left")]
    NoNumberLeft {
        /// How many there are.
        members: u32,
    },

    /// The member proposed no address.
    #[error("member {member} proposed no address")]
    NothingProposed {
        /// The member.
        member: MemberId,
    },
    /// Another address than the sender's was proposed.
    #[error("member {member} proposed {expected}, not {actual}")]
    NotProposed {
        /// The member.
        member: MemberId,
        /// The address proposed.
        expected: Addr,
        /// The sender.
        actual: Addr,
    },
    /// The proposal is too old.
    #[error("the proposal of member {member} ended with day {until}, it is day {today}")]
    ProposalEnded {
        /// The member.
        member: MemberId,
        /// Its last day.
        until: Day,
        /// The day that runs.
        today: Day,
    },

    /// The member has no claim of this topic.
    #[error("member {member} has no claim of topic {topic:?}")]
    UnknownClaim {
        /// The member.
        member: MemberId,
        /// The topic.
        topic: Topic,
    },
    /// Another verifier made the claim.
    #[error("the claim was made by {expected}; {actual} cannot revoke it")]
    NotTheVerifier {
        /// Who made it.
        expected: Addr,
        /// The sender.
        actual: Addr,
    },

    /// The member has no mark of this number.
    #[error("member {member} has no mark {mark}")]
    UnknownMark {
        /// The member.
        member: MemberId,
        /// The number.
        mark: u32,
    },
    /// As many marks last as may.
    #[error("{actual} marks last on member {member}, at most {max} may")]
    TooManyMarks {
        /// The member.
        member: MemberId,
        /// Allowed at once.
        max: usize,
        /// Lasting.
        actual: usize,
    },
    /// The mark has ended or was lifted.
    #[error("mark {mark} of member {member} ended at second {until}, it is {now}")]
    MarkEnded {
        /// The member.
        member: MemberId,
        /// The number.
        mark: u32,
        /// Its end.
        until: u64,
        /// Second of this block.
        now: u64,
    },
    /// The appeal is not in the state that the message needs.
    #[error("the appeal against mark {mark} of member {member} is {actual:?}, expected {expected:?}")]
    WrongAppeal {
        /// The member.
        member: MemberId,
        /// The mark's number.
        mark: u32,
        /// State needed.
        expected: AppealState,
        /// State found.
        actual: AppealState,
    },
    /// Who marked cannot decide the appeal.
    #[error("{arbiter} made mark {mark} and cannot decide the appeal against it")]
    OwnMark {
        /// The sender.
        arbiter: Addr,
        /// The mark's number.
        mark: u32,
    },
    /// An arbiter cannot decide about themselves.
    #[error("{arbiter} is member {member} and cannot decide their own case")]
    OwnCase {
        /// The sender.
        arbiter: Addr,
        /// The member.
        member: MemberId,
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
