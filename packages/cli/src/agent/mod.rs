//! The device agent: what stands between a till or meter and the chain.
//!
//! It numbers batches, refuses to sign a receipt number twice, never signs two batches under one
//! number, and writes each sealed batch to a durable log before it leaves the device. `vrs sign`
//! runs it over files, `vrs run` with a log in memory and test keys.

mod device;
mod key;
mod log;
mod spans;
mod terminal;

pub use device::{Device, DeviceError, Identity, Seeds};
pub use key::{DeviceKey, KeyFileError};
pub use log::{Log, LogError};
pub use spans::{Moment, Spans};
pub use terminal::{sign_readings, sign_receipts, Outbox, Refusal, Refused, Sale, SignedBatch, Signing};
