//! A signature of one context is worth nothing in another: every field is bound.

mod support;

use ed25519_dalek::{Signature, Signer as _, Verifier as _};
use k256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use support::{batch, ed25519_key, sealed, secp256k1_key, CHAIN_ID, CONTRACT};
use vrs_attestation::{
    is_low_s, merkle, Batch, Envelope, Kind, Scheme, Statement, StatementError, HEADER_WIDTH, SIGNATURE_WIDTH,
};

const OTHER_CONTRACT: &str = "wasm1hf0hqhysk7nem49y35g8uxfscxdzk0kjylnzmz87gxcduaxm5arq3eqvdc";

/// A statement with where it is to be used, differing from the first in one thing each.
fn contexts() -> Vec<(&'static str, String, String, Statement)> {
    let first = *batch(3).unsigned().unwrap().statement();
    let text = str::to_owned;
    let same = |name, statement| (name, text(CHAIN_ID), text(CONTRACT), statement);
    let mut other_root = first;
    other_root.root[31] ^= 1;
    vec![
        same("itself", first),
        ("chain id", text("vrs-test-2"), text(CONTRACT), first),
        ("contract", text(CHAIN_ID), text(OTHER_CONTRACT), first),
        (
            "a letter moved from the chain id to the contract",
            text("vrs-test-"),
            format!("1{CONTRACT}"),
            first,
        ),
        same("device", Statement { device: 8, ..first }),
        same(
            "kind",
            Statement {
                kind: Kind::Meter,
                ..first
            },
        ),
        same("day", Statement { day: 4, ..first }),
        same("sequence", Statement { sequence: 13, ..first }),
        same("count", Statement { count: 4, ..first }),
        same("root", other_root),
        same(
            "device and day swapped",
            Statement {
                device: first.day,
                day: first.device,
                ..first
            },
        ),
        same(
            "day and sequence swapped",
            Statement {
                day: first.sequence,
                sequence: first.day,
                ..first
            },
        ),
    ]
}

#[test]
fn a_signature_of_one_context_tried_in_every_other() {
    let (ed, secp) = (ed25519_key(), secp256k1_key());
    let messages: Vec<(&str, Vec<u8>)> = contexts()
        .iter()
        .map(|(name, chain, contract, statement)| (*name, statement.signing_bytes(chain, contract).unwrap()))
        .collect();
    for (signed_as, message) in &messages {
        let by_ed: Signature = ed.sign(message);
        let digest = Scheme::Secp256k1.payload(message.clone());
        let by_secp: k256::ecdsa::Signature = secp.sign_prehash(&digest).unwrap();
        assert!(is_low_s(&by_secp.to_bytes().into()));
        for (used_as, other) in &messages {
            let digest = Scheme::Secp256k1.payload(other.clone());
            let fits = signed_as == used_as;
            let names = format!("{signed_as} used as {used_as}");
            assert_eq!(ed.verifying_key().verify(other, &by_ed).is_ok(), fits, "{names}");
            let verified = secp.verifying_key().verify_prehash(&digest, &by_secp);
            assert_eq!(verified.is_ok(), fits, "{names}");
        }
    }
}

#[test]
fn every_bit_of_an_envelope_is_bound() {
    let honest = sealed(3);
    let frame = Envelope::parse_frame(&honest).unwrap();
    let message = frame.signing_bytes(CHAIN_ID, CONTRACT).unwrap();
    let end = honest.len() - SIGNATURE_WIDTH;
    for bit in 0..honest.len() * 8 {
        let mut bytes = honest.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(other) = Envelope::parse_frame(&bytes) else {
            assert!(bit / 8 < 2, "only version and kind decide whether it parses");
            continue;
        };
        let other_message = other.signing_bytes(CHAIN_ID, CONTRACT).unwrap();
        let in_seed_or_leaves = (HEADER_WIDTH - 16..end).contains(&(bit / 8));
        assert_eq!(other.root() != frame.root(), in_seed_or_leaves, "bit {bit}");
        assert_eq!(other_message != message, bit / 8 < end, "bit {bit}");
    }
}

#[test]
fn order_and_number_of_leaves_are_bound() {
    let root = |batch: &Batch| batch.unsigned().unwrap().root();
    let honest = batch(4);
    let mut swapped = honest.clone();
    swapped.leaves.swap(1, 2);
    let mut shorter = honest.clone();
    shorter.leaves.pop();
    let mut doubled = honest.clone();
    doubled.leaves.push(honest.leaves[3].clone());
    for other in [swapped, shorter, doubled] {
        assert_ne!(root(&honest), root(&other));
    }
}

#[test]
fn layout_of_the_signed_message() {
    let statement = Statement {
        kind: Kind::Price,
        device: 0x0102_0304,
        day: 0x1112_1314,
        sequence: 0x2122_2324,
        count: 0x3132_3334,
        root: [0xaa; 32],
    };
    let expected = [
        &b"vrs/batch/1"[..],
        b"\x01c",
        b"\x03con",
        &[1, 2, 3, 4, 5],
        &[0x11, 0x12, 0x13, 0x14],
        &[0x21, 0x22, 0x23, 0x24],
        &[0x31, 0x32, 0x33, 0x34],
        &[0xaa; 32],
    ]
    .concat();
    assert_eq!(statement.signing_bytes("c", "con"), Ok(expected));
}

#[test]
fn texts_have_1_to_255_bytes() {
    let statement = *batch(1).unsigned().unwrap().statement();
    for actual in [0, 256, 1000] {
        let text = "x".repeat(actual);
        assert_eq!(
            statement.signing_bytes(&text, CONTRACT),
            Err(StatementError::ChainId { actual })
        );
        assert_eq!(
            statement.signing_bytes(CHAIN_ID, &text),
            Err(StatementError::Contract { actual })
        );
    }
    for length in [1, 255] {
        let text = "x".repeat(length);
        let message = statement.signing_bytes(&text, &text).unwrap();
        assert_eq!(message.len(), 11 + 1 + length + 1 + length + 49);
    }
}

#[test]
fn payloads_by_scheme() {
    let message = b"message".to_vec();
    assert_eq!(Scheme::Ed25519.payload(message.clone()), message);
    assert_eq!(Scheme::Secp256k1.payload(message.clone()), merkle::sha256(&message));
}
