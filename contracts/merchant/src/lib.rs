//! BizPower, candles, levels, the daily Bzky of merchants and Time of customers.
//!
//! The oracle hands over verified receipts; every merchant's and customer's day is one short record,
//! a day's sums are another, and what a closed day pays follows from those alone
//! ([`vrs_settlement`]). `docs/merchant.md` has formulas, invariants and costs.
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

mod buffer;
mod claim;
mod close;
pub mod contract;
mod costs;
mod error;
mod events;
mod fund;
mod intake;
mod migrate;
mod outside;
mod prune;
mod query;
mod records;
mod rules;
mod settings;
mod side;
mod state;
mod takeback;
#[cfg(test)]
mod tests;
mod weights;

pub use error::ContractError;
