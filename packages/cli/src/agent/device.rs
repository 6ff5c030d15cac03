//! A device that seals batches: key, log, and who it is to the oracle.

use super::{DeviceKey, Log, LogError};
use rand::rngs::OsRng;
use rand::RngCore as _;
use sha2::{Digest, Sha256};
use vrs_attestation::{Batch, BatchError, Kind, Leaf, Seed, StatementError};

/// Who the device is and what its signatures are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its number in the oracle's registry.
    pub device: u32,
    /// What it reports.
    pub kind: Kind,
    /// The chain, as the oracle's `config` query gives it.
    pub chain_id: String,
    /// The oracle's address.
    pub oracle: String,
}

/// Where the 16 bytes come from that blind a batch's leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeds {
    /// From the system, fresh for each batch.
    Random,
    /// From a number, so that a run can be repeated. FOR TESTS.
    Derived(u64),
}

/// A batch that was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The log belongs to another device.
    #[error("the log is of {actual_kind} {actual}, expected {kind} {expected}")]
    AnotherLog {
        /// What the device is.
        kind: Kind,
        /// Its number.
        expected: u32,
        /// What the log's device is.
        actual_kind: Kind,
        /// The number in the log.
        actual: u32,
    },
    /// Days never go backwards.
    #[error("a batch of day {actual} behind one of day {last}")]
    DayBackwards {
        /// Day of the last batch.
        last: u32,
        /// Day asked for.
        actual: u32,
    },
    /// Leaves that make no batch.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// Chain id or oracle that have no place in a signed message.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// The log can't be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The batch is sealed and logged, but can't be handed on.
    #[error("{path}: {source}")]
    Spool {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The key can't sign.
    #[error("signature: {0}")]
    Signature(String),
}

/// A device.
pub struct Device {
    identity: Identity,
    key: DeviceKey,
    log: Log,
    seeds: Seeds,
}

impl Device {
    /// A device with its log.
    ///
    /// Errors: [`DeviceError::AnotherLog`].
    pub fn new(identity: Identity, key: DeviceKey, log: Log, seeds: Seeds) -> Result<Self, DeviceError> {
        if let Some((kind, number)) = log.device() {
            if (kind, number) != (identity.kind, identity.device) {
                return Err(DeviceError::AnotherLog {
                    kind: identity.kind,
                    expected: identity.device,
                    actual_kind: kind,
                    actual: number,
                });
            }
        }
        Ok(Device {
            identity,
            key,
            log,
            seeds,
        })
    }

    /// What it signed.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Seals leaves of one day under the next number; the batch is in the log when this returns.
    ///
    /// Errors: [`DeviceError`]; nothing was signed then that could leave the device.
    pub fn seal<L: Leaf>(&mut self, day: u32, leaves: &[L]) -> Result<Vec<u8>, DeviceError> {
        if day < self.log.day() {
            return Err(DeviceError::DayBackwards {
                last: self.log.day(),
                actual: day,
            });
        }
        let Identity { device, kind, .. } = self.identity;
        let sequence = self.log.next();
        let mut batch = Batch::new(kind, device, day, sequence, self.seed(sequence));
        for leaf in leaves {
            batch.push(leaf)?;
        }
        let unsigned = batch.unsigned()?;
        let message = unsigned.signing_bytes(&self.identity.chain_id, &self.identity.oracle)?;
        let signature = self.key.sign(&message).map_err(DeviceError::Signature)?;
        let envelope = unsigned.seal(&signature);
        self.log.append(&envelope)?;
        Ok(envelope)
    }

    fn seed(&self, sequence: u32) -> Seed {
        let mut seed = Seed::default();
        match self.seeds {
            Seeds::Random => OsRng.fill_bytes(&mut seed),
            Seeds::Derived(from) => {
                let digest: [u8; 32] = Sha256::new()
                    .chain_update(b"vrs/test-batch/1")
                    .chain_update(from.to_be_bytes())
                    .chain_update(self.identity.device.to_be_bytes())
                    .chain_update(sequence.to_be_bytes())
                    .finalize()
                    .into();
                seed.iter_mut().zip(digest).for_each(|(to, byte)| *to = byte);
            }
        }
        seed
    }
}
