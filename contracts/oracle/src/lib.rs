//! The one door for the outside world: devices, signed batches, prices.
//!
//! Anyone relays signed batches; the oracle believes only the device's key. It checks frame, key,
//! signature, sequence, day and caps, stores each batch's root, and hands all batches of a kind to
//! the contract that consumes them in one message. Prices it keeps itself. `docs/oracle.md` has the
//! invariants, `docs/attestation.md` what a device signs.
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
mod devices;
mod error;
mod events;
mod feeds;
mod keys;
mod migrate;
mod prices;
mod prune;
mod query;
mod settings;
mod state;
mod submit;
#[cfg(test)]
mod tests;

pub use error::ContractError;
