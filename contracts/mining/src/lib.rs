//! Six contribution rewards, metered, scored and settled every day in HP and VRS.
//!
//! The oracle hands over verified readings of devices and files. Each is scored with
//! [`vrs_scoring`]; an account's scores of a day add up by method, and each method's daily budget is
//! divided by them ([`vrs_settlement`]). `docs/mining.md` has formulas, invariants and costs.
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

mod claim;
mod close;
pub mod contract;
mod error;
mod events;
mod fund;
mod intake;
mod migrate;
mod products;
mod prune;
mod quantities;
mod query;
mod rulebook;
mod rules;
mod settings;
mod share;
mod state;
mod take_back;
#[cfg(test)]
mod tests;

pub use error::ContractError;
