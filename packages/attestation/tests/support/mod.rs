//! What several tests need: sample batches and test keys.
#![allow(dead_code)]

use ed25519_dalek::Signer as _;
use vrs_attestation::{Batch, Kind, Leaf, Price, Reading, Receipt, Seed};

pub const CHAIN_ID: &str = "vrs-test-1";
pub const CONTRACT: &str = "wasm123s9lvnhyeyffr43ptjx2le2f7zn9r9u367v2738rgnzq3664pws0ugckd";
pub const SEED: Seed = *b"a test's seed 16";

/// The `i`th sample leaf of a kind; no two are equal.
pub fn leaf(kind: Kind, i: u64) -> Vec<u8> {
    let small = u32::try_from(i).unwrap();
    match kind {
        Kind::Terminal => Receipt {
            customer: 900 + small,
            number: 31_198_570_044 + i,
            amount: 1_995 + i,
            time: 42_806 + small,
            channel: 1 + u8::try_from(i % 2).unwrap(),
        }
        .encode(),
        Kind::Meter => Reading {
            method: 1 + u8::try_from(i % 6).unwrap(),
            account: 17 + small,
            unit: 1 << 40 | i,
            quantities: [200_000 + i, 1, 10_800, 1_000_000_000, 0],
        }
        .encode(),
        Kind::Price => Price {
            symbol: 1 + small,
            price: 1_250_000_000_000_000_000 + u128::from(i),
            time: 600 + small,
        }
        .encode(),
        other => panic!("kind {other} has no leaf"),
    }
}

/// A terminal's batch of `n` receipts.
pub fn batch(n: usize) -> Batch {
    batch_of(Kind::Terminal, n)
}

/// A batch of `n` sample leaves.
pub fn batch_of(kind: Kind, n: usize) -> Batch {
    Batch {
        kind,
        device: 7,
        day: 3,
        sequence: 12,
        seed: SEED,
        leaves: (0..n as u64).map(|i| leaf(kind, i)).collect(),
    }
}

/// A sealed envelope of `n` receipts, signed with the ed25519 test key.
pub fn sealed(n: usize) -> Vec<u8> {
    let unsigned = batch(n).unsigned().unwrap();
    let message = unsigned.signing_bytes(CHAIN_ID, CONTRACT).unwrap();
    let signature = ed25519_key().sign(&message).to_bytes();
    unsigned.seal(&signature)
}

/// A key for tests alone.
pub fn ed25519_key() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(b"TEST KEY ed25519, not for use!!!")
}

/// A key for tests alone.
pub fn secp256k1_key() -> k256::ecdsa::SigningKey {
    k256::ecdsa::SigningKey::from_slice(b"TEST KEY secp256k1, not for use!").unwrap()
}
