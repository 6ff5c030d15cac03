//! The suite on a real chain, by its chain file.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`place`] | a chain file with all that goes with it: economy, deployment record, members' book |
//! | [`backend`] | the chain as everything else takes it |
//! | [`history`] | its past transactions, for `verify` and `trace` |
//! | [`deploy`], [`migrate`] | put the suite there; move it to new code |
//! | [`exec`], [`keys`], [`fees`] | one message; keys of accounts; who pays fees for whom |
//! | [`relay`] | batches of a spool folder to the oracle |

pub mod backend;
pub mod deploy;
pub mod exec;
pub mod fees;
pub mod history;
pub mod keys;
pub mod migrate;
pub mod place;
pub mod relay;

pub use backend::Remote;
pub use place::Place;
