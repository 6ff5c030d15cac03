//! Daily pro-rata settlement: budgets escrowed at close, claims flat in the number of participants.
//!
//! A [`Programme`] collects each account's [`Share`] of a day and keeps the day's sums up to date, so
//! that closing a day costs the same whether ten or ten million take part. When a day closes by time,
//! its budget is taken from the [`Pool`]s once and for all; when it is final, each share is worth
//!
//! ```text
//! part(i)   = floor(budget * share_bps * weight(i) / (10_000 * sum of weights))
//! payout(i) = min(part(i), cap)                                   summed over the day's tranches
//! ```
//!
//! and a claim walks the account's shares and the days side by side. For every pool
//!
//! ```text
//! funded = paid + claimable + remaining        claimable = assigned - paid - recovered
//!                                              remaining = funded - assigned + recovered
//! ```
//!
//! Rounding, what a cap cuts off, what is taken back and what nobody claims gather in `recovered`.
//!
//! | stored | key | bytes | when removed |
//! | --- | --- | --- | --- |
//! | share | account, day | the contract's | pruned a year after the day is final |
//! | day | day | 15 to 250 | with its last share |
//! | cursor | account | 1 to 3 | never (one an account) |
//! | head | | 1 to 3 | never |
//! | pool | pool | 20 to 50 | never |
//!
//! A contract calls [`Programme::close_due`] first in every message that reports, claims, takes back,
//! prunes or changes what its plan reads, and on an [`Overlay`] in every query.
#![cfg_attr(
    not(test),
    deny(
        missing_docs,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

mod book;
mod claim;
mod close;
mod error;
mod overlay;
mod pool;
mod programme;
mod prune;
mod share;
mod take_back;
#[cfg(test)]
mod tests;

pub use claim::{Claimed, MAX_CLAIM_DAYS};
pub use close::{ClosedDay, Plan, Planner};
pub use error::SettlementError;
pub use overlay::Overlay;
pub use pool::{Limit, Pool, Pools};
pub use programme::Programme;
pub use prune::Pruned;
pub use share::{payout, Payout, Share, Totals, Tranche};
