//! A cw20 of fixed supply that knows every account's opening and lowest balance of any past day.
//!
//! One code, three instances (VRS, MVC, Bzky). Wallets see a plain cw20; reward contracts ask
//! [`QueryMsg::LowestOn`](vrs_interface::token::QueryMsg::LowestOn) for what an account held through
//! the whole of a day, so that tokens passed around at midnight count nothing.
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

mod account;
mod allowances;
mod birth;
pub mod contract;
mod error;
mod events;
mod history;
mod marketing;
mod migrate;
mod prune;
mod query;
mod state;
#[cfg(test)]
mod tests;
mod transfer;

pub use error::ContractError;
