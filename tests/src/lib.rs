//! What the multi-contract suites share.

pub mod model;
pub mod suite;
