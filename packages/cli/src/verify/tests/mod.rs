//! `vrs verify` against real chains, honest, unusual and tampered with, and its sums on hand-made answers.

pub(crate) mod agrees;
mod changes;
mod money;
mod pruned;
mod sales;
mod swapped;
mod sweep;
pub(crate) mod tamper;
mod tampered;
pub(crate) mod world;
