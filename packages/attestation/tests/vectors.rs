//! The published vectors: they do not drift, and they hold when checked by other means than those
//! that made them.

#[path = "../examples/vectors/generate.rs"]
mod generate;

use ed25519_dalek::Verifier as _;
use k256::ecdsa::signature::hazmat::PrehashVerifier as _;
use serde_json::Value;
use sha2::{Digest, Sha256};
use vrs_attestation::{is_low_s, Envelope, Proof, PublicKey};

const COMMITTED: &str = include_str!("../vectors.json");

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    bytes(value).try_into().unwrap()
}

fn sha(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

fn naive_root(hashes: &[[u8; 32]]) -> [u8; 32] {
    if let [only] = hashes {
        return *only;
    }
    let mut k = 1;
    while k * 2 < hashes.len() {
        k *= 2;
    }
    sha(&[&[1], &naive_root(&hashes[..k]), &naive_root(&hashes[k..])])
}

fn file() -> Value {
    serde_json::from_str(COMMITTED).unwrap()
}

fn batches(file: &Value) -> &Vec<Value> {
    file["batches"].as_array().unwrap()
}

#[test]
fn no_drift() {
    assert_eq!(
        COMMITTED,
        generate::vectors(),
        "cargo run -p vrs-attestation --example vectors"
    );
}

#[test]
fn both_schemes_and_counts_are_there() {
    let file = file();
    let found: Vec<(&str, u64, u64)> = batches(&file)
        .iter()
        .map(|b| {
            (
                b["scheme"].as_str().unwrap(),
                b["kind"].as_u64().unwrap(),
                b["count"].as_u64().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("ed25519", 1, 1),
        ("ed25519", 1, 2),
        ("ed25519", 1, 3),
        ("ed25519", 1, 5),
        ("secp256k1", 1, 1),
        ("secp256k1", 1, 2),
        ("secp256k1", 1, 3),
        ("secp256k1", 1, 5),
        ("ed25519", 2, 6),
        ("secp256k1", 5, 2),
    ];
    assert_eq!(found, expected);
}

#[test]
fn roots_and_signing_bytes_by_hand() {
    let file = file();
    let chain_id = file["chain_id"].as_str().unwrap().as_bytes();
    let contract = file["contract"].as_str().unwrap().as_bytes();
    for batch in batches(&file) {
        let seed = bytes(&batch["seed"]);
        let leaves = batch["leaves"].as_array().unwrap();
        let mut hashes = Vec::new();
        for (index, leaf) in (0u32..).zip(leaves) {
            let salt = sha(&[b"vrs/salt/1", &seed, &index.to_be_bytes()]);
            assert_eq!(bytes(&leaf["salt"]), salt[..16]);
            let hash = sha(&[&[0], &salt[..16], &bytes(&leaf["bytes"])]);
            assert_eq!(array::<32>(&leaf["hash"]), hash);
            hashes.push(hash);
        }
        let root = naive_root(&hashes);
        assert_eq!(array::<32>(&batch["root"]), root, "{}", batch["name"]);

        let number = |name: &str| u32::try_from(batch[name].as_u64().unwrap()).unwrap().to_be_bytes();
        let message = [
            b"vrs/batch/1",
            &[chain_id.len() as u8][..],
            chain_id,
            &[contract.len() as u8],
            contract,
            &number("device"),
            &number("kind")[3..],
            &number("day"),
            &number("sequence"),
            &number("count"),
            &root,
        ]
        .concat();
        assert_eq!(bytes(&batch["signing_bytes"]), message, "{}", batch["name"]);
        assert_eq!(array::<32>(&batch["signing_sha256"]), sha(&[&message]));
    }
}

#[test]
fn envelopes_parse_and_their_signatures_verify() {
    let file = file();
    let keys = file["test_keys"].as_array().unwrap();
    for batch in batches(&file) {
        let name = batch["name"].as_str().unwrap();
        let sealed = bytes(&batch["envelope"]);
        let envelope = Envelope::parse_frame(&sealed).unwrap();
        let message = envelope
            .signing_bytes(file["chain_id"].as_str().unwrap(), file["contract"].as_str().unwrap())
            .unwrap();
        assert_eq!(bytes(&batch["signing_bytes"]), message, "{name}");
        assert_eq!(envelope.signature(), &array::<64>(&batch["signature"]), "{name}");

        let key = keys.iter().find(|key| key["scheme"] == batch["scheme"]).unwrap();
        let key = PublicKey::from_bytes(&bytes(&key["public"])).unwrap();
        match key {
            PublicKey::Ed25519(public) => ed25519_dalek::VerifyingKey::from_bytes(&public)
                .unwrap()
                .verify(&message, &ed25519_dalek::Signature::from_bytes(envelope.signature()))
                .unwrap(),
            PublicKey::Secp256k1(public) => {
                assert!(is_low_s(envelope.signature()), "{name}");
                let signature = k256::ecdsa::Signature::from_slice(envelope.signature()).unwrap();
                k256::ecdsa::VerifyingKey::from_sec1_bytes(&public)
                    .unwrap()
                    .verify_prehash(&sha(&[&message]), &signature)
                    .unwrap();
            }
        }
    }
}

#[test]
fn proofs_verify() {
    let file = file();
    for batch in batches(&file) {
        let sealed = bytes(&batch["envelope"]);
        let statement = Envelope::parse_frame(&sealed).unwrap().statement();
        let proofs = batch["proofs"].as_array().unwrap();
        assert_eq!(proofs.len(), statement.count as usize);
        for proof in proofs {
            let path = proof["path"].as_array().unwrap();
            let shown = Proof {
                index: u32::try_from(proof["index"].as_u64().unwrap()).unwrap(),
                salt: array(&proof["salt"]),
                path: path.iter().map(array).collect(),
            };
            let leaf = bytes(&proof["leaf"]);
            assert_eq!(shown.verify(&statement, &leaf), Ok(()), "{}", batch["name"]);
        }
    }
}
