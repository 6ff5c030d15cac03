//! Carries signed batches from a spool folder to the oracle: many in a transaction, several transactions in flight, from
//! several accounts; each batch exactly once, through crashes of both sides. docs/relay.md is for those who run it.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`options`], [`run`] | what it is told; its threads |
//! | [`name`], [`spool`], [`log`] | the folder: names, what came, what goes, and why |
//! | [`chain`], [`wasm`] | what is asked of a chain; the real one |
//! | [`board`] | blocks are read once, for all senders |
//! | [`device`] | a device's batches, and which is due |
//! | [`gas`], [`pack`] | batches into transactions up to a limit |
//! | [`verdict`] | what the oracle's answer means for a file |
//! | [`lane`] | a sender with its devices: everything that happens |
//! | [`metrics`], [`serve`], [`telemetry`] | what it tells of itself |

pub mod board;
pub mod chain;
pub mod device;
pub mod gas;
pub mod lane;
pub mod log;
pub mod metrics;
pub mod name;
pub mod options;
pub mod pack;
pub mod run;
pub mod serve;
pub mod spool;
pub mod telemetry;
pub mod verdict;
pub mod wasm;

pub use options::Options;
pub use run::{relay, RelayError, Report};
