//! Signatures: one bad among many, every other context, both schemes, second forms.

use super::suite::{accepted, refused, sales, Signer, Suite};
use crate::ContractError;
use cosmwasm_std::Binary;
use k256::elliptic_curve::ops::Neg as _;
use vrs_attestation::{Batch, Kind};
use vrs_interface::oracle::*;

const BAD: Outcome = Outcome::Refused {
    reason: RefuseReason::BadSignature,
};

/// Ten terminals, ed25519 and secp256k1 by turns, and a batch of each.
fn mixed() -> (Suite, Vec<Signer>, Vec<Binary>) {
    let mut suite = Suite::new();
    let signers: Vec<Signer> = (1..=10)
        .map(|seed| {
            if seed % 2 == 0 {
                Signer::Secp(seed)
            } else {
                Signer::Ed(seed)
            }
        })
        .collect();
    for signer in &signers {
        suite.register(DeviceKind::Terminal, *signer);
    }
    let batches = (1..)
        .zip(&signers)
        .map(|(device, signer)| suite.seal(&sales(device, 1, 1, &[device.into()]), *signer))
        .collect();
    (suite, signers, batches)
}

#[test]
fn both_schemes_in_one_message() {
    let (mut suite, _, batches) = mixed();
    assert_eq!(suite.submit(batches), vec![accepted(1); 10]);
}

#[test]
fn one_bad_signature_falls_alone() {
    for bad in 0..10usize {
        let (mut suite, _, mut batches) = mixed();
        let mut bytes = batches[bad].to_vec();
        let last = bytes.len() - 40;
        bytes[last] ^= 1;
        batches[bad] = bytes.into();
        let outcomes = suite.submit(batches);
        for (at, outcome) in outcomes.into_iter().enumerate() {
            assert_eq!(outcome, if at == bad { BAD } else { accepted(1) }, "{at}");
        }
    }
}

#[test]
fn all_bad() {
    let (mut suite, _, batches) = mixed();
    // Every batch with its neighbour's signature.
    let swapped: Vec<Binary> = batches
        .iter()
        .zip(batches.iter().cycle().skip(2))
        .map(|(own, other)| {
            let (body, _) = own.split_at(own.len() - 64);
            let (_, signature) = other.split_at(other.len() - 64);
            Binary::from([body, signature].concat())
        })
        .collect();
    assert_eq!(suite.submit(swapped), vec![BAD; 10]);
    assert_eq!(suite.calls(&suite.merchant).len(), 0);
}

#[test]
fn every_flipped_bit_of_a_signature() {
    let mut suite = Suite::new();
    for (device, signer) in [(1, Signer::Ed(1)), (2, Signer::Secp(2))] {
        suite.register(DeviceKind::Terminal, signer);
        let batch = suite.seal(&sales(device, 1, 1, &[1]), signer);
        let flipped: Vec<Binary> = (0..512)
            .map(|bit| {
                let mut bytes = batch.to_vec();
                let from = bytes.len() - 64;
                bytes[from + bit / 8] ^= 1 << (bit % 8);
                bytes.into()
            })
            .collect();
        for part in flipped.chunks(256) {
            assert_eq!(suite.submit(part.to_vec()), vec![BAD; 256]);
        }
        assert_eq!(suite.submit(vec![batch]), [accepted(1)]);
    }
}

#[test]
fn a_high_s_is_refused_though_the_host_takes_it() {
    let mut suite = Suite::new();
    suite.register(DeviceKind::Terminal, Signer::Secp(1));
    let low = suite.seal(&sales(1, 1, 1, &[1]), Signer::Secp(1));
    let (body, signature) = low.split_at(low.len() - 64);
    let (r, s) = k256::ecdsa::Signature::from_slice(signature).unwrap().split_scalars();
    let high = k256::ecdsa::Signature::from_scalars(r.to_bytes(), s.neg().to_bytes()).unwrap();
    let high = Binary::from([body, &high.to_bytes()].concat());
    assert_eq!(suite.submit(vec![high.clone()]), [BAD]);
    assert_eq!(suite.submit(vec![low]), [accepted(1)]);
    assert_eq!(suite.submit(vec![high]), [BAD]);
}

#[test]
fn a_signature_for_another_chain_or_contract() {
    let mut suite = Suite::with_terminals(1);
    let unsigned = sales(1, 1, 1, &[1]).unsigned().unwrap();
    let chain_id = suite.app.block_info().chain_id;
    let elsewhere = [
        ("other-chain".to_string(), suite.oracle.to_string()),
        (chain_id.clone(), suite.merchant.to_string()),
        (chain_id.clone(), suite.oracle.to_string().to_uppercase()),
        (
            format!("{chain_id}{}", &suite.oracle.as_str()[..1]),
            suite.oracle.as_str()[1..].to_string(),
        ),
    ];
    for (chain_id, contract) in elsewhere {
        let message = unsigned.signing_bytes(&chain_id, &contract).unwrap();
        let sealed = unsigned.clone().seal(&Signer::Ed(1).sign(&message));
        assert_eq!(suite.submit(vec![sealed.into()]), [BAD], "{chain_id} {contract}");
    }
}

#[test]
fn a_signature_for_another_device_day_number_or_leaf() {
    let mut suite = Suite::new();
    // One key in two devices: even then nothing fits the other.
    for _ in 0..2 {
        suite.register(DeviceKind::Terminal, Signer::Ed(1));
    }
    let honest = sales(1, 1, 1, &[1]);
    let sealed = suite.seal(&honest, Signer::Ed(1));
    let signature: [u8; 64] = sealed[sealed.len() - 64..].try_into().unwrap();
    let mut seed = honest.clone();
    seed.seed[0] ^= 1;
    let mut leaf = honest.clone();
    leaf.leaves[0][11] ^= 1;
    let others = [
        Batch {
            device: 2,
            ..honest.clone()
        },
        Batch {
            sequence: 2,
            ..honest.clone()
        },
        Batch {
            day: 0,
            ..honest.clone()
        },
        seed,
        leaf,
    ];
    for other in others {
        let bytes = other.unsigned().unwrap().seal(&signature);
        assert_eq!(suite.submit(vec![bytes.into()]), [BAD]);
    }
}

#[test]
fn a_terminals_batch_does_not_pass_for_a_meters() {
    let mut suite = Suite::new();
    suite.register(DeviceKind::Meter, Signer::Ed(1));
    let batch = Batch {
        kind: Kind::Terminal,
        ..sales(1, 1, 1, &[1])
    };
    let sealed = suite.seal(&batch, Signer::Ed(1));
    assert_eq!(suite.submit(vec![sealed]), [refused(RefuseReason::WrongKind)]);
}

#[test]
fn one_to_256_batches() {
    let mut suite = Suite::with_terminals(1);
    let bounds = |actual| ContractError::OutOfBounds {
        field: "batches",
        min: 1,
        max: 256,
        actual,
    };
    assert_eq!(suite.try_submit(vec![]), Err(bounds(0)));
    let batches: Vec<Binary> = (1..=257).map(|n| suite.sales(1, 1, n, &[1])).collect();
    assert_eq!(suite.try_submit(batches.clone()), Err(bounds(257)));
    assert_eq!(suite.submit(batches[..256].to_vec()), vec![accepted(1); 256]);
}
