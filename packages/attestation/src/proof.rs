//! One leaf shown alone, against a signed statement.

use thiserror::Error;

use crate::envelope::{Envelope, MAX_LEAVES};
use crate::merkle::{self, Hash, Salt};
use crate::statement::Statement;
use crate::Kind;

/// What it takes, beside the leaf and the statement, to show that the leaf was signed. It holds
/// the leaf's own salt, never the seed: with the seed the neighbours' salts would be known, and
/// their few unknown digits could be guessed from the hashes on the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The leaf's place in the batch, from 0.
    pub index: u32,
    /// The leaf's salt.
    pub salt: Salt,
    /// Sibling hashes from the leaf up, 10 at most.
    pub path: Vec<Hash>,
}

/// A proof that shows nothing.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ProofError {
    /// The statement's number of leaves is impossible.
    #[error("a batch has 1 to {max} leaves, got {actual}")]
    Count {
        /// [`MAX_LEAVES`].
        max: usize,
        /// The statement's count.
        actual: u32,
    },
    /// The statement's kind has no leaf.
    #[error("kind {kind} has no leaf")]
    KindWithoutLeaf {
        /// The statement's kind.
        kind: Kind,
    },
    /// The leaf is not of the statement's kind.
    #[error("a leaf has {expected} bytes, got {actual}")]
    LeafWidth {
        /// Bytes of a leaf of the statement's kind.
        expected: usize,
        /// Bytes given.
        actual: usize,
    },
    /// No such leaf in the batch.
    #[error("leaf {index} of {count} does not exist")]
    Index {
        /// The proof's index, from 0.
        index: u32,
        /// The statement's count.
        count: u32,
    },
    /// The path's length follows from index and count.
    #[error("the path has {actual} hashes, expected {expected}")]
    Depth {
        /// Hashes on the path of that leaf.
        expected: usize,
        /// Hashes given.
        actual: usize,
    },
    /// The path leads elsewhere.
    #[error("the path leads to another root: expected {expected:02x?}, got {actual:02x?}")]
    Root {
        /// The statement's root.
        expected: Hash,
        /// Where the path leads.
        actual: Hash,
    },
}

impl Proof {
    /// Shows that `leaf` is leaf `index` of the batch that `statement` stands for. Whoever relies
    /// on it must have the statement from a checked signature or from the oracle.
    ///
    /// Errors: [`ProofError`].
    pub fn verify(&self, statement: &Statement, leaf: &[u8]) -> Result<(), ProofError> {
        let (index, count) = self.place(statement)?;
        let kind = statement.kind;
        let width = kind.leaf_width().ok_or(ProofError::KindWithoutLeaf { kind })?;
        if leaf.len() != width {
            return Err(ProofError::LeafWidth {
                expected: width,
                actual: leaf.len(),
            });
        }
        let no_leaf = ProofError::Index {
            index: self.index,
            count: statement.count,
        };
        let expected = merkle::depth(index, count).ok_or(no_leaf)?;
        let wrong_depth = ProofError::Depth {
            expected,
            actual: self.path.len(),
        };
        let hash = merkle::leaf_hash(&self.salt, leaf);
        let actual = merkle::climb(hash, index, count, &self.path).ok_or(wrong_depth)?;
        if actual == statement.root {
            Ok(())
        } else {
            Err(ProofError::Root {
                expected: statement.root,
                actual,
            })
        }
    }

    /// Index and count, the count bounded.
    fn place(&self, statement: &Statement) -> Result<(usize, usize), ProofError> {
        let wrong_count = ProofError::Count {
            max: MAX_LEAVES,
            actual: statement.count,
        };
        let count = usize::try_from(statement.count)
            .ok()
            .filter(|count| (1..=MAX_LEAVES).contains(count))
            .ok_or(wrong_count)?;
        let index = usize::try_from(self.index).map_err(|_| ProofError::Index {
            index: self.index,
            count: statement.count,
        })?;
        Ok((index, count))
    }
}

impl Envelope<'_> {
    /// Salt and path that show leaf `index` (from 0) alone; `None` if there is no such leaf.
    pub fn proof(&self, index: u32) -> Option<Proof> {
        let hashes: Vec<Hash> = merkle::leaf_hashes(self.seed(), self.leaves()).collect();
        let path = merkle::path(&hashes, usize::try_from(index).ok()?)?;
        Some(Proof {
            index,
            salt: merkle::salt(self.seed(), index),
            path,
        })
    }
}
