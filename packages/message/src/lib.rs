//! Strict messages: what is read from outside is bounded, complete and known to the last field.
//!
//! [`macro@message`] stands on every type that a message or query is read into: unknown fields are refused by
//! name, numbers in texts are plain digits, and an option whose absence would be the drastic choice must be
//! written. [`macro@Permissions`] says who may send each variant ([`access`]); [`bounds`] are the checks that
//! messages share. Answers are no messages: they stay open to new fields, with plain `cw_serde`.
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

pub mod access;
pub mod bounds;
mod strict;

pub use bounds::BoundError;
pub use strict::{explicit, nullable, plain, Plain};
pub use vrs_derive::{message, Permissions};
