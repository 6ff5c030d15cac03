//! What every contract of the suite does alike, so that none has a copy of its own.
//!
//! | module | what |
//! | --- | --- |
//! | [`gate`] | lets a message in: coins, permission, pause, in one place before the handler |
//! | [`Error`] | the refusals that all contracts share; [`errors!`] hands them to a contract's own enum |
//! | [`Effects`] | what a message did: events, messages to other contracts, response data |
//! | [`event`] | events of type `vrs_<contract>`, derived from an enum |
//! | [`Contract`] | name and version in the state, and migration that checks both |
//! | [`suite`] | questions to other contracts of the suite: the same clock, answers for all that was asked |
//!
//! Bounds stand with the messages ([`vrs_message::bounds`]), pages with the tables ([`vrs_table::page`]).
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

mod effects;
mod error;
pub mod event;
pub mod gate;
mod migration;
pub mod suite;

pub use effects::Effects;
pub use error::Error;
pub use migration::Contract;
pub use vrs_derive::Event;

use cosmwasm_std::{to_json_binary, Binary};
use serde::Serialize;

/// A query's answer as JSON.
pub fn json(answer: impl Serialize) -> Result<Binary, Error> {
    Ok(to_json_binary(&answer)?)
}
