use cosmwasm_std::{StdError, Uint128};
use cw20::Expiration;
use thiserror::Error;
use vrs_access::AccessError;
use vrs_days::{ClockError, Day};
use vrs_message::BoundError;

/// Why a message or a query was refused.
#[derive(Error, Debug, PartialEq)]
pub enum ContractError {
    /// Storage, JSON, overflow.
    #[error("{0}")]
    Std(#[from] StdError),
    /// Native coins sent along, or an address that is not in the chain's own lower-case form.
    #[error("{0}")]
    Access(#[from] AccessError),
    /// A clock outside its bounds.
    #[error("{0}")]
    Clock(#[from] ClockError),
    /// A text outside its bounds, or with blanks at its ends.
    #[error("{0}")]
    Bound(#[from] BoundError),

    /// An amount of 0 moves nothing.
    #[error("amount is 0, at least 1 is needed")]
    ZeroAmount {},
    /// An account holds less than it should give.
    #[error("insufficient funds: {balance} held, {amount} asked")]
    InsufficientFunds {
        /// What it holds.
        balance: Uint128,
        /// What it should give.
        amount: Uint128,
    },
    /// An allowance is smaller than what its spender wants to use.
    #[error("insufficient allowance: {allowance} allowed, {amount} asked")]
    InsufficientAllowance {
        /// What is left of it.
        allowance: Uint128,
        /// What should be used.
        amount: Uint128,
    },
    /// The owner never allowed this spender anything.
    #[error("no allowance for this account")]
    NoAllowance {},
    /// The allowance has ended.
    #[error("allowance has ended ({expires}); it is block {height}, {nanos} ns")]
    Expired {
        /// When it ended.
        expires: Expiration,
        /// Height of this block.
        height: u64,
        /// Time of this block.
        nanos: u64,
    },
    /// An allowance cannot begin after its end.
    #[error("an allowance cannot end in the past ({expires}); it is block {height}, {nanos} ns")]
    InvalidExpiration {
        /// The end asked for.
        expires: Expiration,
        /// Height of this block.
        height: u64,
        /// Time of this block.
        nanos: u64,
    },
    /// An account needs no allowance for its own tokens.
    #[error("cannot set an allowance to the own account")]
    OwnAccount {},

    /// Only the marketing account changes the marketing information.
    #[error("unauthorized: only the marketing account may do this")]
    Unauthorized {},
    /// An embedded logo is too large.
    #[error("logo has {actual} bytes, at most {max}")]
    LogoTooBig {
        /// Bytes allowed.
        max: usize,
        /// Bytes given.
        actual: usize,
    },
    /// An SVG logo does not begin with an XML preamble.
    #[error("an SVG logo begins with `<?xml ` and closes that tag with `?>`")]
    InvalidXmlPreamble {},
    /// A PNG logo does not begin as a PNG file does.
    #[error("a PNG logo begins with 89504e470d0a1a0a")]
    InvalidPngHeader {},
    /// A marketing text is too long.
    #[error("{field} has {actual} bytes, at most {max}")]
    TextTooLong {
        /// Which text.
        field: &'static str,
        /// Bytes allowed.
        max: usize,
        /// Bytes given.
        actual: usize,
    },

    /// The symbol is not 3 to 12 letters, digits or `-`.
    #[error("symbol is {actual:?}, allowed are 3 to 12 letters, digits or `-`")]
    InvalidSymbol {
        /// As given.
        actual: String,
    },
    /// More than 18 decimals.
    #[error("decimals are {actual}, at most {max}")]
    InvalidDecimals {
        /// Allowed.
        max: u8,
        /// Given.
        actual: u8,
    },
    /// The period that history is kept for is outside its bounds.
    #[error("history_days is {actual}, allowed {min} to {max}")]
    InvalidHistoryDays {
        /// Shortest.
        min: u32,
        /// Longest.
        max: u32,
        /// Given.
        actual: u32,
    },
    /// No allocation, or too many.
    #[error("{actual} allocations, allowed 1 to {max}")]
    AllocationCount {
        /// Allowed.
        max: usize,
        /// Given.
        actual: usize,
    },
    /// The allocation table names the same account twice.
    #[error("{account} stands twice in the allocations")]
    DuplicateAllocation {
        /// Which.
        account: String,
    },
    /// The allocations do not sum to the supply.
    #[error("allocations sum to {allotted}, the supply is {supply}")]
    SupplyMismatch {
        /// The supply.
        supply: Uint128,
        /// The sum of the allocations.
        allotted: Uint128,
    },

    /// The lowest balance of a day is known when the day is over.
    #[error("day {day} is not over, it is day {today}")]
    DayNotOver {
        /// The day asked for.
        day: Day,
        /// The day that runs.
        today: Day,
    },
    /// The day has not begun.
    #[error("day {day} has not begun, it is day {today}")]
    DayAhead {
        /// The day asked for.
        day: Day,
        /// The day that runs.
        today: Day,
    },
    /// What the answer needs may have been pruned.
    #[error("history of day {day} is pruned, the earliest day kept is {earliest}")]
    HistoryPruned {
        /// The day asked for.
        day: Day,
        /// The first day for which every query is answered.
        earliest: Day,
    },
    /// Too many questions in one query.
    #[error("{actual} entries asked, at most {max}")]
    TooMany {
        /// Allowed.
        max: usize,
        /// Asked.
        actual: usize,
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
