//! The published test vectors, made with fixed test keys.

use ed25519_dalek::Signer as _;
use k256::ecdsa::signature::hazmat::PrehashSigner as _;
use serde::Serialize;
use vrs_attestation::{
    leaf, merkle, Batch, Envelope, Kind, Leaf, Measured, Price, Reading, Receipt, Scheme, Seed, Unsigned,
};

const CHAIN_ID: &str = "vrs-test-1";
const CONTRACT: &str = "wasm123s9lvnhyeyffr43ptjx2le2f7zn9r9u367v2738rgnzq3664pws0ugckd";
/// Never to be used but here: everyone knows them.
const ED25519_TEST_KEY: &[u8; 32] = b"TEST KEY ed25519, not for use!!!";
const SECP256K1_TEST_KEY: &[u8; 32] = b"TEST KEY secp256k1, not for use!";

#[derive(Serialize)]
struct Vectors {
    about: &'static str,
    chain_id: &'static str,
    contract: &'static str,
    test_keys: Vec<TestKey>,
    batches: Vec<Vector>,
}

#[derive(Serialize)]
struct TestKey {
    scheme: &'static str,
    warning: &'static str,
    private: String,
    public: String,
}

#[derive(Serialize)]
struct Vector {
    name: String,
    scheme: &'static str,
    kind: u8,
    device: u32,
    day: u32,
    sequence: u32,
    seed: String,
    leaves: Vec<LeafVector>,
    count: u32,
    root: String,
    unsigned: String,
    signing_bytes: String,
    signing_sha256: String,
    signature: String,
    envelope: String,
    proofs: Vec<ProofVector>,
}

#[derive(Serialize)]
struct LeafVector {
    fields: Fields,
    bytes: String,
    salt: String,
    hash: String,
}

/// Integers of 64 bits and more as text, so that no JSON reader rounds them.
#[derive(Serialize)]
#[serde(untagged)]
enum Fields {
    Receipt {
        customer: u32,
        number: String,
        amount: String,
        time: u32,
        channel: u8,
    },
    Reading {
        method: u8,
        account: u32,
        unit: String,
        quantities: [String; 5],
    },
    Price {
        symbol: u32,
        price: String,
        time: u32,
    },
}

#[derive(Serialize)]
struct ProofVector {
    index: u32,
    salt: String,
    leaf: String,
    path: Vec<String>,
}

/// The whole file.
pub fn vectors() -> String {
    let mut batches = Vec::new();
    for (scheme, device) in [(Scheme::Ed25519, 7), (Scheme::Secp256k1, 8)] {
        for (sequence, count) in [(1, 1), (2, 2), (3, 3), (4, 5)] {
            batches.push(vector(scheme, terminal(device, sequence, count)));
        }
    }
    batches.push(vector(Scheme::Ed25519, meter()));
    batches.push(vector(Scheme::Secp256k1, price()));

    let vectors = Vectors {
        about: "Test vectors of docs/attestation.md. Bytes are hex; integers of 64 bits and more are text. \
                The keys are for tests alone.",
        chain_id: CHAIN_ID,
        contract: CONTRACT,
        test_keys: test_keys(),
        batches,
    };
    let mut text = serde_json::to_string_pretty(&vectors).expect("plain data serialises");
    text.push('\n');
    text
}

fn ed25519_key() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(ED25519_TEST_KEY)
}

fn secp256k1_key() -> k256::ecdsa::SigningKey {
    k256::ecdsa::SigningKey::from_slice(SECP256K1_TEST_KEY).expect("below the order")
}

fn test_keys() -> Vec<TestKey> {
    let warning = "test key, known to everyone: never register it";
    let secp_public = secp256k1_key().verifying_key().to_encoded_point(true);
    vec![
        TestKey {
            scheme: name(Scheme::Ed25519),
            warning,
            private: hex::encode(ED25519_TEST_KEY),
            public: hex::encode(ed25519_key().verifying_key().to_bytes()),
        },
        TestKey {
            scheme: name(Scheme::Secp256k1),
            warning,
            private: hex::encode(SECP256K1_TEST_KEY),
            public: hex::encode(secp_public.as_bytes()),
        },
    ]
}

fn name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Ed25519 => "ed25519",
        Scheme::Secp256k1 => "secp256k1",
    }
}

/// A seed that is as good as random, and the same each time.
fn seed(device: u32, sequence: u32) -> Seed {
    let text = format!("seed of device {device}, sequence {sequence}, of the test vectors");
    let digest = merkle::sha256(text.as_bytes());
    *digest.first_chunk().expect("16 of 32 bytes")
}

fn terminal(device: u32, sequence: u32, count: u64) -> Batch {
    let mut batch = Batch::new(Kind::Terminal, device, 3, sequence, seed(device, sequence));
    for i in 0..count {
        let small = i as u32;
        let receipt = Receipt {
            customer: 900 + 31 * small,
            number: 31_198_570_044 + 1_000 * u64::from(sequence) + i,
            amount: 1_995 + 250 * i,
            time: 42_806 + 911 * small,
            channel: if i == 2 {
                leaf::channel::EXTERNAL
            } else {
                leaf::channel::STORE
            },
        };
        batch.push(&receipt).expect("a receipt fits a terminal");
    }
    batch
}

fn meter() -> Batch {
    let hosting = leaf::Hosting {
        traffic_mb: 200_000,
        nodes: 1,
        seconds: 10_800,
        share_e9: 1_000_000_000,
    };
    let measured = [
        Measured::Platform(hosting),
        Measured::Server(hosting),
        Measured::Node(leaf::NodeWork {
            hardware: 1,
            mbps: 25,
            storage_mb: 1_500_000,
            seconds: 86_400,
        }),
        Measured::Upload(leaf::Uploaded {
            downloads: 12,
            size_mb: 60_000,
            views: 340,
        }),
        Measured::Content(leaf::Popularity {
            recommendations: 9,
            dislikes: 2,
            downloads: 40,
            size_mb: 700,
            views: 12_000,
        }),
        Measured::Streaming(leaf::Streamed {
            streamed_mb: 81_250,
            product: 4,
        }),
    ];
    let mut batch = Batch::new(Kind::Meter, 21, 3, 1, seed(21, 1));
    for (unit, measured) in (1u64 << 32..).zip(measured) {
        batch
            .push(&Reading::new(17, unit, measured))
            .expect("a reading fits a meter");
    }
    batch
}

fn price() -> Batch {
    let mut batch = Batch::new(Kind::Price, 30, 3, 9, seed(30, 9));
    for (symbol, price) in [(1, 12_340_000_000_000_000_000), (2, 25_000_000_000_000_000)] {
        let leaf = Price {
            symbol,
            price,
            time: 600,
        };
        batch.push(&leaf).expect("a price fits a feed");
    }
    batch
}

fn sign(scheme: Scheme, message: &[u8]) -> [u8; 64] {
    match scheme {
        Scheme::Ed25519 => ed25519_key().sign(message).to_bytes(),
        Scheme::Secp256k1 => {
            let digest = merkle::sha256(message);
            let signature: k256::ecdsa::Signature =
                secp256k1_key().sign_prehash(&digest).expect("a 32-byte digest signs");
            signature.to_bytes().into()
        }
    }
}

fn vector(scheme: Scheme, batch: Batch) -> Vector {
    let unsigned = batch.unsigned().expect("a sample is well formed");
    let message = unsigned.signing_bytes(CHAIN_ID, CONTRACT).expect("short texts");
    let signature = sign(scheme, &message);
    let count = unsigned.statement().count;
    let sealed = unsigned.clone().seal(&signature);
    assert!(Envelope::parse_frame(&sealed).is_ok_and(|envelope| envelope.root() == unsigned.root()));
    Vector {
        name: format!("{} {} of {count}", name(scheme), batch.kind),
        scheme: name(scheme),
        kind: batch.kind.number(),
        device: batch.device,
        day: batch.day,
        sequence: batch.sequence,
        seed: hex::encode(batch.seed),
        leaves: leaf_vectors(&batch),
        count,
        root: hex::encode(unsigned.root()),
        unsigned: hex::encode(unsigned.bytes()),
        signing_bytes: hex::encode(&message),
        signing_sha256: hex::encode(merkle::sha256(&message)),
        signature: hex::encode(signature),
        envelope: hex::encode(sealed),
        proofs: (0..count).map(|index| proof_vector(&batch, &unsigned, index)).collect(),
    }
}

fn leaf_vectors(batch: &Batch) -> Vec<LeafVector> {
    (0u32..)
        .zip(&batch.leaves)
        .map(|(index, bytes)| {
            let salt = merkle::salt(&batch.seed, index);
            LeafVector {
                fields: fields(batch.kind, bytes),
                bytes: hex::encode(bytes),
                salt: hex::encode(salt),
                hash: hex::encode(merkle::leaf_hash(&salt, bytes)),
            }
        })
        .collect()
}

fn fields(kind: Kind, bytes: &[u8]) -> Fields {
    match kind {
        Kind::Meter => {
            let leaf = Reading::decode(bytes).expect("a reading");
            Fields::Reading {
                method: leaf.method,
                account: leaf.account,
                unit: leaf.unit.to_string(),
                quantities: leaf.quantities.map(|quantity| quantity.to_string()),
            }
        }
        Kind::Price => {
            let leaf = Price::decode(bytes).expect("a price");
            Fields::Price {
                symbol: leaf.symbol,
                price: leaf.price.to_string(),
                time: leaf.time,
            }
        }
        _ => {
            let leaf = Receipt::decode(bytes).expect("a receipt");
            Fields::Receipt {
                customer: leaf.customer,
                number: leaf.number.to_string(),
                amount: leaf.amount.to_string(),
                time: leaf.time,
                channel: leaf.channel,
            }
        }
    }
}

fn proof_vector(batch: &Batch, unsigned: &Unsigned, index: u32) -> ProofVector {
    let proof = unsigned.proof(index).expect("an index below the count");
    ProofVector {
        index,
        salt: hex::encode(proof.salt),
        leaf: hex::encode(&batch.leaves[index as usize]),
        path: proof.path.iter().map(hex::encode).collect(),
    }
}
