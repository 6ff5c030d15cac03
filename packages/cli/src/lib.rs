//! Library of the `vrs` command.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`cli`], [`failure`] | arguments, errors and exit codes |
//! | [`input`], [`economy`] | reads receipts, profiles, readings and the economy, each fault with its place |
//! | [`chain`] | the embedded chain, its file, its meter |
//! | [`deploy`] | puts a whole economy on a chain |
//! | [`agent`], [`sign`] | a till or meter: keys, durable log, signed batches |
//! | [`run`], [`readback`], [`report`] | receipts through the suite, and what the contracts then answer |
//! | [`target`], [`verify`], [`trace`], [`query`] | what can be done with a finished run, or on a real chain |
//! | [`remote`] | the suite on a real chain: deploy, migrate, exec, keys |
//! | [`schema`] | messages held against their contract's schema before they are sent |
//! | [`contradictions`] | rows under a signed receipt number that tell another sale |
//! | [`generate`], [`score`] | invented files, single scores |

pub mod agent;
pub mod calendar;
pub mod chain;
pub mod cli;
pub mod contradictions;
pub mod costs;
pub mod decimal;
pub mod deploy;
pub mod economy;
pub mod failure;
pub mod generate;
pub mod input;
pub mod query;
pub mod readback;
pub mod remote;
pub mod report;
pub mod run;
pub mod schema;
pub mod score;
pub mod sign;
pub mod target;
pub mod trace;
pub mod verify;
