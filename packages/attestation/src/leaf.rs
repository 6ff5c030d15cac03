//! The items of a batch, each of fixed width.
//!
//! Decoding only takes fields apart. Whether a value makes sense (a channel that exists, a time
//! within the day, an amount above 0) is for the contract that consumes it, which drops a bad item
//! alone and keeps the rest of the batch.

mod price;
mod reading;
mod receipt;

pub use price::Price;
pub use reading::{method, Hosting, Measured, NodeWork, Popularity, Reading, ReadingError};
pub use reading::{Streamed, Uploaded};
pub use receipt::{channel, Receipt};

use thiserror::Error;

use crate::Kind;

/// Bytes that are no leaf of the kind asked for.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum LeafError {
    /// The width is fixed per kind.
    #[error("a leaf of kind {kind} has {expected} bytes, got {actual}")]
    Width {
        /// The kind asked for.
        kind: Kind,
        /// Bytes of a leaf of that kind.
        expected: usize,
        /// Bytes given.
        actual: usize,
    },
    /// The kind has no leaf yet.
    #[error("kind {kind} has no leaf")]
    KindWithoutLeaf {
        /// The kind asked for.
        kind: Kind,
    },
}

/// One item of a batch.
pub trait Leaf: Sized {
    /// The kind of batch that carries it.
    const KIND: Kind;
    /// Its bytes.
    const WIDTH: usize;

    /// The canonical bytes, [`Leaf::WIDTH`] of them.
    fn encode(&self) -> Vec<u8>;

    /// Takes the fields apart; any content of the right width decodes.
    ///
    /// Errors: [`LeafError::Width`].
    fn decode(bytes: &[u8]) -> Result<Self, LeafError>;

    /// What counts against the device's daily cap, in minor units; 0 where the leaf moves no money.
    fn amount(&self) -> u64 {
        0
    }
}

/// What an encoded leaf counts against the device's daily cap, in minor units.
///
/// Errors: [`LeafError`] if `bytes` is no leaf of `kind`.
pub fn amount(kind: Kind, bytes: &[u8]) -> Result<u64, LeafError> {
    match kind {
        Kind::Terminal => Receipt::decode(bytes).map(|leaf| leaf.amount()),
        Kind::Meter => Reading::decode(bytes).map(|leaf| leaf.amount()),
        Kind::Price => Price::decode(bytes).map(|leaf| leaf.amount()),
        Kind::Company | Kind::Bank | Kind::Health => Err(LeafError::KindWithoutLeaf { kind }),
    }
}

/// The error for bytes of a wrong width.
fn width_error<L: Leaf>(bytes: &[u8]) -> LeafError {
    LeafError::Width {
        kind: L::KIND,
        expected: L::WIDTH,
        actual: bytes.len(),
    }
}

/// Runs `fields` over `bytes` if they have exactly the width of `L`.
fn decode_exact<L: Leaf>(bytes: &[u8], fields: impl FnOnce(&mut &[u8]) -> Option<L>) -> Result<L, LeafError> {
    let mut rest = bytes;
    let leaf = fields(&mut rest).ok_or_else(|| width_error::<L>(bytes))?;
    if rest.is_empty() {
        Ok(leaf)
    } else {
        Err(width_error::<L>(bytes))
    }
}
