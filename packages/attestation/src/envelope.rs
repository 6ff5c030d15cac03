//! A sealed batch as it lies in a spool file and travels in a transaction.

use thiserror::Error;

use crate::bytes::{take, take_u32, take_u8};
use crate::leaf;
use crate::merkle::{self, Hash, Seed};
use crate::statement::{Statement, StatementError};
use crate::{Kind, UnknownKind};

/// The only version there is.
pub const VERSION: u8 = 1;
/// Bytes before the leaves: version, kind, device, day, sequence, seed.
pub const HEADER_WIDTH: usize = 30;
/// Bytes of a signature of either scheme.
pub const SIGNATURE_WIDTH: usize = 64;
/// Leaves of the largest batch.
pub const MAX_LEAVES: usize = 1024;

/// Bytes that are no envelope.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum FrameError {
    /// Not even room for header and signature.
    #[error("an envelope has at least {expected} bytes, got {actual}")]
    TooShort {
        /// Header and signature.
        expected: usize,
        /// Bytes given.
        actual: usize,
    },
    /// Another version.
    #[error("envelope version: expected {expected}, got {actual}")]
    Version {
        /// [`VERSION`].
        expected: u8,
        /// The byte found.
        actual: u8,
    },
    /// No such kind.
    #[error(transparent)]
    UnknownKind(#[from] UnknownKind),
    /// The kind has no leaf yet.
    #[error("kind {kind} has no leaf")]
    KindWithoutLeaf {
        /// The kind found.
        kind: Kind,
    },
    /// The bytes between header and signature are no whole number of leaves.
    #[error("leaves of kind {kind} have {width} bytes each, got {actual} bytes in all")]
    PartialLeaf {
        /// The kind found.
        kind: Kind,
        /// Bytes of one leaf.
        width: usize,
        /// Bytes of all leaves.
        actual: usize,
    },
    /// No leaf, or too many.
    #[error("a batch has 1 to {max} leaves, got {actual}")]
    LeafCount {
        /// [`MAX_LEAVES`].
        max: usize,
        /// Leaves found.
        actual: usize,
    },
}

/// A parsed envelope. Only its framing is known to be right: the signature is not checked here,
/// and the leaves are raw bytes until it is.
///
/// `version u8 = 1 | kind u8 | device u32 | day u32 | sequence u32 | seed [16] | leaves | signature [64]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    kind: Kind,
    device: u32,
    day: u32,
    sequence: u32,
    seed: &'a Seed,
    width: usize,
    count: u32,
    leaves: &'a [u8],
    signature: &'a [u8; SIGNATURE_WIDTH],
}

impl<'a> Envelope<'a> {
    /// Takes an envelope apart: version, known kind with a leaf, 1 to 1,024 whole leaves. The
    /// number of leaves follows from the length; nothing is left over.
    ///
    /// Errors: [`FrameError`].
    pub fn parse_frame(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let too_short = FrameError::TooShort {
            expected: HEADER_WIDTH + SIGNATURE_WIDTH,
            actual: bytes.len(),
        };
        let (mut rest, signature) = bytes.split_last_chunk::<SIGNATURE_WIDTH>().ok_or(too_short)?;
        let version = take_u8(&mut rest).ok_or(too_short)?;
        if version != VERSION {
            return Err(FrameError::Version {
                expected: VERSION,
                actual: version,
            });
        }
        let kind = Kind::try_from(take_u8(&mut rest).ok_or(too_short)?)?;
        let device = take_u32(&mut rest).ok_or(too_short)?;
        let day = take_u32(&mut rest).ok_or(too_short)?;
        let sequence = take_u32(&mut rest).ok_or(too_short)?;
        let seed = take::<16>(&mut rest).ok_or(too_short)?;
        let (width, count) = count_leaves(kind, rest.len())?;
        Ok(Envelope {
            kind,
            device,
            day,
            sequence,
            seed,
            width,
            count,
            leaves: rest,
            signature,
        })
    }

    /// What the leaves are.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The device's number, as it claims.
    pub const fn device(&self) -> u32 {
        self.device
    }

    /// Programme day of every leaf.
    pub const fn day(&self) -> u32 {
        self.day
    }

    /// The device's running number of the batch.
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// What the salts follow from.
    pub const fn seed(&self) -> &'a Seed {
        self.seed
    }

    /// Number of leaves, 1 to 1,024.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The signature, not checked.
    pub const fn signature(&self) -> &'a [u8; SIGNATURE_WIDTH] {
        self.signature
    }

    /// The leaves in their order, each of the kind's width.
    pub fn leaves(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + 'a {
        self.leaves.chunks_exact(self.width)
    }

    /// All leaves as one run of bytes, for passing on.
    pub const fn leaf_bytes(&self) -> &'a [u8] {
        self.leaves
    }

    /// What the batch counts against the device's daily cap, in minor units.
    pub fn amount(&self) -> u128 {
        // 1,024 amounts of 64 bits need 74 bits: the sum can't reach the bound.
        self.leaves()
            .map(|leaf| u128::from(leaf::amount(self.kind, leaf).unwrap_or_default()))
            .fold(0, u128::saturating_add)
    }

    /// The Merkle root over the salted leaves.
    pub fn root(&self) -> Hash {
        merkle::root(merkle::leaf_hashes(self.seed, self.leaves()))
    }

    /// What is signed, apart from chain and contract.
    pub fn statement(&self) -> Statement {
        Statement {
            kind: self.kind,
            device: self.device,
            day: self.day,
            sequence: self.sequence,
            count: self.count,
            root: self.root(),
        }
    }

    /// The bytes that the signature must stand under on `chain_id` for `contract`.
    ///
    /// Errors: [`StatementError`].
    pub fn signing_bytes(&self, chain_id: &str, contract: &str) -> Result<Vec<u8>, StatementError> {
        self.statement().signing_bytes(chain_id, contract)
    }
}

/// Width and number of the leaves that fill `length` bytes.
fn count_leaves(kind: Kind, length: usize) -> Result<(usize, u32), FrameError> {
    let width = kind.leaf_width().ok_or(FrameError::KindWithoutLeaf { kind })?;
    let partial = FrameError::PartialLeaf {
        kind,
        width,
        actual: length,
    };
    if length.checked_rem(width).ok_or(partial)? != 0 {
        return Err(partial);
    }
    let actual = length.checked_div(width).ok_or(partial)?;
    let wrong_count = FrameError::LeafCount {
        max: MAX_LEAVES,
        actual,
    };
    if actual == 0 || actual > MAX_LEAVES {
        return Err(wrong_count);
    }
    let count = u32::try_from(actual).map_err(|_| wrong_count)?;
    Ok((width, count))
}
