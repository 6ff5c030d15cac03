//! What the multi-contract suites share.

pub mod model;
pub mod setup;
pub mod suite;
