//! `vrs verify`: recomputes every day of a chain's file from contract queries alone, with
//! `packages/scoring` and none of the contracts' code, and compares every payment.
//!
//! | module | what it compares |
//! | --- | --- |
//! | [`visits`] | visits with each other: who was known, which orders were small |
//! | [`shops`] | merchants' days with visits, weights with earlier days, costs and holdings with the other contracts, BizPower and level with the formula |
//! | [`trade`], [`division`] | days' sums, budgets by what the pool has left, parts, caps, reserves, every payment |
//! | [`mined`] | readings, scores, the methods' budgets, every payment |
//! | [`pools`], [`claims`] | conservation of each pool, claimed flags, what a claim would pay |
//! | [`assets`] | tokens and points: balances, supplies, what backs the pools |
//! | [`audit`] | every account's balance, every member, claim, mark and device, what each day set aside and each member was paid, with the contracts' events; one audit per contract |
//! | [`past`], [`births`] | what queries no longer tell: rules, fundings, refills and costs of earlier days |
//! | [`batches`], [`envelopes`], [`orders`] | last, against the transactions: roots, signatures, and that visits, candles and readings are what the signed items add up to |
//!
//! What can't be compared is counted and printed, never passed over.

pub mod answers;
pub mod assets;
pub mod audit;
pub mod batches;
pub mod births;
pub mod claims;
pub mod division;
pub mod envelopes;
pub mod mined;
pub mod names;
pub mod orders;
pub mod past;
pub mod pools;
pub mod rules;
pub mod shops;
pub mod source;
pub mod tally;
#[cfg(test)]
pub(crate) mod tests;
pub mod trade;
pub mod visits;

mod progress;
mod steps;
mod verified;

pub use source::Source;
pub use verified::Verified;

use crate::chain::db::Reader;
use anyhow::Result;
use std::path::Path;

/// Verifies the chain in a folder. Progress on stderr.
///
/// Errors: the first [`crate::failure::Difference`]; a file that can't be read.
pub fn verify(dir: &Path) -> Result<Verified> {
    verify_source(&Reader::open(dir)?, &dir.display().to_string())
}

/// Verifies a chain that is read from anywhere; `place` names it.
///
/// Errors: as [`verify`].
pub fn verify_source(source: &dyn Source, place: &str) -> Result<Verified> {
    steps::run(source, place)
}
