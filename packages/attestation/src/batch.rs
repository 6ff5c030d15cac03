//! Filling and sealing a batch: the device's side.

use thiserror::Error;

use crate::envelope::{MAX_LEAVES, SIGNATURE_WIDTH, VERSION};
use crate::leaf::{Leaf, LeafError};
use crate::merkle::{self, Hash, Seed};
use crate::proof::Proof;
use crate::statement::{Statement, StatementError};
use crate::Kind;

/// A batch in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// What the leaves are.
    pub kind: Kind,
    /// The device's number in the oracle's registry.
    pub device: u32,
    /// Programme day of every leaf; a batch never spans two.
    pub day: u32,
    /// The device's running number of the batch.
    pub sequence: u32,
    /// 16 random bytes, fresh for each batch.
    pub seed: Seed,
    /// Encoded leaves in the order of their sale.
    pub leaves: Vec<Vec<u8>>,
}

/// A batch that can't be signed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum BatchError {
    /// No leaf, or too many.
    #[error("a batch has 1 to {max} leaves, got {actual}")]
    LeafCount {
        /// [`MAX_LEAVES`].
        max: usize,
        /// Leaves given.
        actual: usize,
    },
    /// A leaf of another kind than the batch.
    #[error("the batch holds leaves of kind {expected}, got one of kind {actual}")]
    Kind {
        /// The batch's kind.
        expected: Kind,
        /// The leaf's kind.
        actual: Kind,
    },
    /// Bytes that are no leaf of the batch's kind.
    #[error(transparent)]
    Leaf(#[from] LeafError),
}

impl Batch {
    /// An empty batch.
    pub const fn new(kind: Kind, device: u32, day: u32, sequence: u32, seed: Seed) -> Self {
        Batch {
            kind,
            device,
            day,
            sequence,
            seed,
            leaves: Vec::new(),
        }
    }

    /// Appends a leaf.
    ///
    /// Errors: [`BatchError::Kind`] if the leaf is not of the batch's kind.
    pub fn push<L: Leaf>(&mut self, leaf: &L) -> Result<(), BatchError> {
        if L::KIND != self.kind {
            return Err(BatchError::Kind {
                expected: self.kind,
                actual: L::KIND,
            });
        }
        self.leaves.push(leaf.encode());
        Ok(())
    }

    /// Checks number and width of the leaves and lays out everything but the signature.
    ///
    /// Errors: [`BatchError::Leaf`], [`BatchError::LeafCount`].
    pub fn unsigned(&self) -> Result<Unsigned, BatchError> {
        let kind = self.kind;
        let expected = kind.leaf_width().ok_or(LeafError::KindWithoutLeaf { kind })?;
        let actual = self.leaves.len();
        let wrong_count = BatchError::LeafCount {
            max: MAX_LEAVES,
            actual,
        };
        if actual == 0 || actual > MAX_LEAVES {
            return Err(wrong_count);
        }
        if let Some(leaf) = self.leaves.iter().find(|leaf| leaf.len() != expected) {
            return Err(LeafError::Width {
                kind,
                expected,
                actual: leaf.len(),
            }
            .into());
        }
        let hashes: Vec<Hash> = merkle::leaf_hashes(&self.seed, self.leaves.iter().map(Vec::as_slice)).collect();
        let statement = Statement {
            kind,
            device: self.device,
            day: self.day,
            sequence: self.sequence,
            count: u32::try_from(actual).map_err(|_| wrong_count)?,
            root: merkle::root(hashes.iter().copied()),
        };
        Ok(Unsigned {
            bytes: self.lay_out(),
            seed: self.seed,
            statement,
            hashes,
        })
    }

    /// The envelope up to the signature.
    fn lay_out(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION, self.kind.number()];
        bytes.extend_from_slice(&self.device.to_be_bytes());
        bytes.extend_from_slice(&self.day.to_be_bytes());
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes.extend_from_slice(&self.seed);
        for leaf in &self.leaves {
            bytes.extend_from_slice(leaf);
        }
        bytes
    }
}

/// A checked batch that lacks only its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    bytes: Vec<u8>,
    seed: Seed,
    statement: Statement,
    hashes: Vec<Hash>,
}

impl Unsigned {
    /// The envelope up to the signature.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is signed, apart from chain and contract.
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The Merkle root over the salted leaves.
    pub const fn root(&self) -> Hash {
        self.statement.root
    }

    /// The bytes to sign for `contract` on `chain_id`.
    ///
    /// Errors: [`StatementError`].
    pub fn signing_bytes(&self, chain_id: &str, contract: &str) -> Result<Vec<u8>, StatementError> {
        self.statement.signing_bytes(chain_id, contract)
    }

    /// Salt and path that show leaf `index` (from 0) alone; `None` if there is no such leaf.
    pub fn proof(&self, index: u32) -> Option<Proof> {
        let path = merkle::path(&self.hashes, usize::try_from(index).ok()?)?;
        Some(Proof {
            index,
            salt: merkle::salt(&self.seed, index),
            path,
        })
    }

    /// The finished envelope.
    pub fn seal(mut self, signature: &[u8; SIGNATURE_WIDTH]) -> Vec<u8> {
        self.bytes.extend_from_slice(signature);
        self.bytes
    }
}
