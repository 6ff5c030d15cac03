//! Signatures: all ed25519 ones in one host call, one by one only where that fails.

use super::{Framed, Read};
use cosmwasm_std::Api;
use vrs_attestation::Scheme;
use vrs_interface::oracle::RefuseReason;

/// Turns every batch whose signature is not its device's into a refused one.
pub fn signatures(api: &dyn Api, read: &mut [Read]) {
    let ed25519: Vec<&Framed> = read
        .iter()
        .filter_map(|batch| match batch {
            Read::Framed(framed) if framed.key.scheme() == Scheme::Ed25519 => Some(&**framed),
            _ => None,
        })
        .collect();
    let all_good = together(api, &ed25519);
    for batch in read {
        if let Read::Framed(framed) = batch {
            let good = match framed.key.scheme() {
                Scheme::Ed25519 => all_good || alone(api, framed),
                Scheme::Secp256k1 => alone(api, framed),
            };
            if !good {
                *batch = Read::Refused {
                    claim: Some(framed.claim),
                    reason: RefuseReason::BadSignature,
                };
            }
        }
    }
}

/// Whether all are good at once. The host calls an empty batch good and a single signature is
/// cheaper alone, so fewer than two are never asked together.
fn together(api: &dyn Api, framed: &[&Framed]) -> bool {
    if framed.len() < 2 {
        return false;
    }
    let messages: Vec<&[u8]> = framed.iter().map(|f| f.message.as_slice()).collect();
    let signatures: Vec<&[u8]> = framed.iter().map(|f| f.envelope.signature().as_slice()).collect();
    let keys: Vec<&[u8]> = framed.iter().map(|f| f.key.as_bytes()).collect();
    api.ed25519_batch_verify(&messages, &signatures, &keys).unwrap_or(false)
}

/// Whether one is good. A signature or key that the host can't read is not.
fn alone(api: &dyn Api, framed: &Framed) -> bool {
    let (message, signature, key) = (&framed.message, framed.envelope.signature(), framed.key.as_bytes());
    match framed.key.scheme() {
        Scheme::Ed25519 => api.ed25519_verify(message, signature, key).unwrap_or(false),
        Scheme::Secp256k1 => api.secp256k1_verify(message, signature, key).unwrap_or(false),
    }
}
