//! Closed-loop points: minted by registered issuers within their limits, spent like a cw20.
//!
//! One code, three instances (HP, Time, MVP). Wallets see a cw20 without allowances; points go from
//! members to members and to registered acceptors only. An issuer reserves budget when a day closes,
//! within its limit for that day, and mints out of what it has reserved; see `docs/points.md`.
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

mod balances;
mod birth;
mod budget;
pub mod contract;
mod error;
mod events;
mod issuers;
mod limit;
mod migrate;
mod query;
mod spend;
mod state;
#[cfg(test)]
mod tests;

pub use error::ContractError;
