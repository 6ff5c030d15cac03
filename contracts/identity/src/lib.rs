//! Members by number: kind, verified claims, marks, penalties, where they are paid.
//!
//! All other contracts and all signed bodies know a member by their number (u32, from 1). What they
//! read with every receipt, the [`Standing`](vrs_interface::identity::Standing), rests on one short
//! record; see `docs/identity.md`.
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

pub mod contract;
mod error;
mod events;
mod execute;
mod migrate;
mod query;
mod standing;
mod state;
#[cfg(test)]
mod tests;

pub use error::ContractError;
