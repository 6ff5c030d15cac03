//! A signature of one context in every other: what the relayer changes around a batch, and where he
//! brings it, decides nothing but the outcome's name.

use crate::consumers::second_oracle;
use cosmwasm_std::Binary;
use ed25519_dalek::Signer;
use vrs_attestation::{Batch, Kind};
use vrs_interface::oracle::{ExecuteMsg, FirstOutcome, Outcome, RefuseReason, SubmitBatchesResponse};
use vrs_interface::{identity, merchant, oracle};
use vrs_tests::suite::{sale, Device, Suite};

/// Places in the envelope: version, kind, device, day, sequence, seed, leaves, signature.
const KIND: usize = 1;
const DEVICE: usize = 2;
const DAY: usize = 6;
const SEQUENCE: usize = 10;
const SEED: usize = 14;
const LEAVES: usize = 30;

fn refused(reason: RefuseReason) -> Outcome {
    Outcome::Refused { reason }
}

fn patched(batch: &Binary, at: usize, bytes: &[u8]) -> Binary {
    let mut patched = batch.to_vec();
    patched[at..at + bytes.len()].copy_from_slice(bytes);
    patched.into()
}

/// 53 receipts: as many bytes as 25 readings, so that a batch of them has the frame of both kinds.
fn batch(device: &Device, customer: u32) -> Batch {
    let mut batch = Batch::new(device.kind, device.id, 1, 1, [3; 16]);
    for number in 1..=53 {
        batch.push(&sale(customer, number, 1_000, false)).unwrap();
    }
    batch
}

fn signed(batch: &Batch, device: &Device, chain: &str, contract: &str) -> Binary {
    let unsigned = batch.unsigned().unwrap();
    let bytes = unsigned.signing_bytes(chain, contract).unwrap();
    unsigned.seal(&device.key.sign(&bytes).to_bytes()).into()
}

#[test]
fn a_signature_counts_in_its_own_context_alone() {
    let mut suite = Suite::new();
    let shops = suite.shops(2);
    let customer = suite.members(identity::Kind::Individual, 1)[0].0;
    let till = suite.device(Kind::Terminal, Some(shops[0].0));
    let other_till = suite.device(Kind::Terminal, Some(shops[1].0));
    let meter = suite.device(Kind::Meter, None);
    let feed = suite.device(Kind::Price, None);
    // Day 2 at 01:00: days 1 and 2 both take reports, and device 1 has signed nothing yet.
    suite.at(2, 3_600);
    let oracle = suite.at.oracle.to_string();
    let chain = suite.chain.block_info().chain_id;
    let batch = batch(&till, customer);
    let good = signed(&batch, &till, &chain, &oracle);
    let merchant = suite.at.merchant.to_string();
    let id = |device: &Device| device.id.to_be_bytes();
    let bad = || refused(RefuseReason::BadSignature);
    for (name, forged, outcome) in [
        ("another chain", signed(&batch, &till, "vrs-test-2", &oracle), bad()),
        (
            "a longer chain id",
            signed(&batch, &till, "vrs-test-11", &oracle),
            bad(),
        ),
        ("another contract", signed(&batch, &till, &chain, &merchant), bad()),
        ("another key", signed(&batch, &other_till, &chain, &oracle), bad()),
        ("another device", patched(&good, DEVICE, &id(&other_till)), bad()),
        (
            "no device",
            patched(&good, DEVICE, &[0; 4]),
            refused(RefuseReason::UnknownDevice),
        ),
        (
            "another kind",
            patched(&good, KIND, &[2]),
            refused(RefuseReason::WrongKind),
        ),
        (
            "a meter's",
            patched(&patched(&good, KIND, &[2]), DEVICE, &id(&meter)),
            bad(),
        ),
        (
            "a terminal's that is a meter",
            patched(&good, DEVICE, &id(&meter)),
            refused(RefuseReason::WrongKind),
        ),
        (
            "a terminal's that is a price feed",
            patched(&good, DEVICE, &id(&feed)),
            refused(RefuseReason::WrongKind),
        ),
        ("no kind", patched(&good, KIND, &[7]), refused(RefuseReason::Malformed)),
        (
            "another version",
            patched(&good, 0, &[2]),
            refused(RefuseReason::Malformed),
        ),
        ("the next day", patched(&good, DAY, &2u32.to_be_bytes()), bad()),
        ("a day to come", patched(&good, DAY, &9u32.to_be_bytes()), bad()),
        ("the next number", patched(&good, SEQUENCE, &2u32.to_be_bytes()), bad()),
        ("number 0", patched(&good, SEQUENCE, &[0; 4]), bad()),
        ("another salt", patched(&good, SEED, &[4]), bad()),
        ("another customer", patched(&good, LEAVES + 3, &[9]), bad()),
        ("one receipt less", without_a_leaf(&good), bad()),
    ] {
        assert_eq!(suite.submit(vec![forged]), [outcome], "{name}");
    }
    // Nothing of that used the number up.
    let accepted = Outcome::Accepted {
        items: 53,
        dropped: vec![],
    };
    assert_eq!(suite.submit(vec![good.clone()]), [accepted]);
    let first = FirstOutcome::Accepted {
        items: 53,
        dropped: vec![],
    };
    assert_eq!(suite.submit(vec![good.clone()]), [Outcome::Repeat { first }]);
    // Under the number that it has used up it is a forgery still, not a conflict.
    let forged = patched(&good, SEED, &[4]);
    assert_eq!(suite.submit(vec![forged]), [bad()]);
    let day: Option<merchant::MerchantDay> = suite.ask(
        &suite.at.merchant,
        &merchant::QueryMsg::MerchantDay {
            merchant: shops[0].0,
            day: 1,
        },
    );
    assert_eq!(day.unwrap().orders, 53);
}

fn without_a_leaf(batch: &Binary) -> Binary {
    let mut bytes = batch.to_vec();
    bytes.drain(LEAVES..LEAVES + 25);
    bytes.into()
}

/// The same device number and key at two oracles of one chain.
#[test]
fn a_batch_for_one_oracle_says_nothing_at_another() {
    let mut suite = Suite::new();
    let shop = suite.shops(1)[0].0;
    let customer = suite.members(identity::Kind::Individual, 1)[0].0;
    let till = suite.device(Kind::Terminal, Some(shop));
    let second = second_oracle(&mut suite);
    let thief = suite.address("thief");
    let device = oracle::NewDevice {
        kind: oracle::DeviceKind::Terminal,
        subject: Some(shop),
        owner: thief.to_string(),
        key: oracle::DeviceKey::Ed25519(till.key.verifying_key().to_bytes().into()),
        valid_from: 1,
        valid_until: None,
        caps: oracle::DeviceCaps {
            items: 100,
            amount: 1 << 60,
        },
    };
    let registers = ExecuteMsg::RegisterDevices { devices: vec![device] };
    suite.send(&thief, &second, &registers).unwrap();
    let chain = suite.chain.block_info().chain_id;
    let batch = batch(&till, customer);
    let (first_oracle, bad) = (suite.at.oracle.clone(), refused(RefuseReason::BadSignature));
    let for_first = signed(&batch, &till, &chain, first_oracle.as_str());
    let for_second = signed(&batch, &till, &chain, second.as_str());
    assert_eq!(suite.submit(vec![for_second]), std::slice::from_ref(&bad));
    let response = suite
        .send(
            &thief,
            &second,
            &ExecuteMsg::SubmitBatches {
                batches: vec![for_first],
            },
        )
        .unwrap();
    let answer: SubmitBatchesResponse = cosmwasm_std::from_json(response.data.unwrap()).unwrap();
    assert_eq!(answer.outcomes, [bad]);
}
