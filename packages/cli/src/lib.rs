//! Library of the `vrs` command.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`agent`] | a till or meter: keys, durable log, signed batches |
//! | [`chain`] | the embedded chain, its file, its meter |
//! | [`input`], [`economy`] | reads receipts, profiles, readings and the economy, each fault with its place |

pub mod agent;
pub mod chain;
pub mod decimal;
pub mod economy;
pub mod failure;
pub mod input;
