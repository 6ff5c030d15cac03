//! What a device signs: canonical bytes, salted leaves, Merkle roots, domain separation.
//!
//! The contract that checks a batch and the agent that signs it run this same code, so there is
//! one definition of every byte. `docs/attestation.md` says the same for people who write C.
//!
//! A device fills a [`Batch`], signs [`Unsigned::signing_bytes`] and calls [`Unsigned::seal`]; the
//! sealed bytes travel as they are. The contract calls [`Envelope::parse_frame`], checks the
//! signature over [`Envelope::signing_bytes`], and only then decodes leaves. A [`Proof`] shows one
//! leaf alone against the signed root.
//!
//! All integers are big-endian and of fixed width. Private keys never enter this package.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::unwrap_used
    )
)]

mod batch;
mod bytes;
mod envelope;
pub mod key;
mod kind;
pub mod leaf;
pub mod merkle;
mod proof;
mod statement;

pub use batch::{Batch, BatchError, Unsigned};
pub use envelope::{Envelope, FrameError, HEADER_WIDTH, MAX_LEAVES, SIGNATURE_WIDTH, VERSION};
pub use key::{is_low_s, KeyError, PublicKey, Scheme};
pub use kind::{Kind, UnknownKind};
pub use leaf::{Leaf, LeafError, Measured, Price, Reading, ReadingError, Receipt};
pub use merkle::{Hash, Salt, Seed};
pub use proof::{Proof, ProofError};
pub use statement::{Statement, StatementError, DOMAIN_TAG};
