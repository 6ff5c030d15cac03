//! Traces of a small chain: what they show, and that a broken link is named.

use super::model::{LeafFields, Score, Trace};
use super::{find, trace, trace_json};
use crate::chain::db::Reader;
use crate::chain::{Name, Party};
use crate::failure::exit_code;
use crate::verify::tests::agrees::two_days;
use crate::verify::tests::tamper::{key, Parts};
use crate::verify::tests::world::{World, HOUR};
use std::path::Path;
use tempfile::TempDir;
use vrs_attestation::leaf::{Hosting, NodeWork};
use vrs_attestation::{merkle, Measured, Reading, Receipt};
use vrs_interface::merchant::Side;
use vrs_interface::oracle::Outcome;

fn read(dir: &TempDir) -> Reader {
    Reader::open(dir.path()).expect("file")
}

fn one(dir: &Path, member: &str, day: &str) -> Trace {
    let mut traces = find(&Reader::open(dir).expect("file"), member, day).expect("trace");
    assert_eq!(traces.len(), 1, "{member}");
    traces.remove(0)
}

fn error(dir: &Path, member: &str, day: &str) -> (u8, String) {
    let error = find(&Reader::open(dir).expect("file"), member, day).expect_err("no trace");
    (exit_code(&error), format!("{error:#}"))
}

/// Two days, the first one claimed by shops.
fn claimed() -> TempDir {
    let mut world = two_days();
    world.at(4, 7);
    let shops: Vec<u32> = world
        .book
        .members()
        .filter(|m| m.party == Party::Merchant)
        .map(|m| m.member)
        .collect();
    world.claim(Side::Merchants, &shops);
    world.save()
}

#[test]
fn a_merchants_day() {
    let dir = claimed();
    let trace = one(dir.path(), "merchant:1", "2017-01-01");
    assert_eq!(
        (trace.name.as_str(), trace.day, trace.stage.as_str()),
        ("merchant 1 (member #1)", 1, "final")
    );
    let [part] = trace.parts.as_slice() else {
        panic!("one part")
    };
    let [payment] = part.payments.as_slice() else {
        panic!("one payment")
    };
    let claim = payment.claim.as_ref().expect("claimed");
    assert_eq!((claim.through, claim.time.as_str()), (1, "2017-01-04 07:00:00 UTC"));
    let [power] = payment.division.as_slice() else {
        panic!("one track")
    };
    assert_eq!((power.budget.u128(), power.amount), (200_000_000, payment.amount));
    let Score::Merchant(score) = &part.score else {
        panic!("a merchant's")
    };
    assert_eq!((score.orders, score.store_orders, score.customers), (3, 2, (2, 0, 0)));
    assert_eq!(score.window_days, None);
    let shown: Vec<(&str, Option<&str>)> = part
        .items
        .iter()
        .map(|item| match &item.leaf {
            LeafFields::Receipt { buyer, .. } => (item.outcome.as_str(), buyer.as_deref()),
            LeafFields::Reading { .. } => panic!("a reading"),
        })
        .collect();
    assert_eq!(
        shown,
        [("counted", Some("first")), ("counted", Some("first")), ("small", None)]
    );
    let [batch] = part.batches.as_slice() else {
        panic!("one batch")
    };
    assert_eq!(batch.root_on_chain.as_ref(), Some(&batch.root_recomputed));
}

#[test]
fn every_item_leads_to_its_root() {
    let dir = claimed();
    let part = one(dir.path(), "merchant:1", "1").parts.remove(0);
    for item in &part.items {
        let batch = &part.batches[item.batch];
        let bytes = |hex: &str| hex::decode(hex).expect("hex");
        let salt: merkle::Salt = bytes(&item.salt).try_into().expect("salt");
        let path: Vec<merkle::Hash> = item
            .path
            .iter()
            .map(|hash| bytes(hash).try_into().expect("hash"))
            .collect();
        let leaf = merkle::leaf_hash(&salt, &bytes(&item.bytes));
        let root = merkle::climb(leaf, item.position as usize, batch.leaves as usize, &path);
        assert_eq!(root.map(hex::encode).as_ref(), Some(&batch.root_recomputed));
    }
}

#[test]
fn a_customers_day_at_two_shops_not_claimed_yet() {
    let dir = claimed();
    let trace = one(dir.path(), "customer:1", "1");
    let [part] = trace.parts.as_slice() else {
        panic!("one part")
    };
    let payment = &part.payments[0];
    assert_eq!(
        (payment.claimed, payment.claimable_from.as_str()),
        (false, "2017-01-04 06:00:00 UTC")
    );
    let Score::Customer(spending) = &part.score else {
        panic!("a customer's")
    };
    assert_eq!(spending.spending.u64(), 1_700);
    let shops: Vec<(u32, u64)> = spending.visits.iter().map(|v| (v.merchant, v.spending.u64())).collect();
    assert_eq!(shops, [(1, 1_000), (2, 700)]);
    assert_eq!(part.batches.len(), 2);
}

#[test]
fn what_was_taken_back() {
    let mut world = two_days();
    world.at(3, 8);
    let msg = vrs_interface::merchant::ExecuteMsg::TakeBack {
        merchant: 1,
        day: 2,
        customers: vec![3],
    };
    world.operate(Name::Merchant, &msg);
    let dir = world.save();
    let shop = one(dir.path(), "merchant:1", "2");
    assert_eq!(shop.parts[0].payments[0].amount.u128(), 0);
    let customer = trace(&read(&dir), "customer:1", "2").expect("trace");
    assert!(customer.contains("(taken back: 15.00 of 23.00)"), "{customer}");
}

#[test]
fn a_miners_day() {
    let mut world = World::new("");
    let (miner, meter) = world.miner(7);
    let host = Hosting {
        traffic_mb: 200_000,
        nodes: 1,
        seconds: 3 * HOUR,
        share_e9: 1_000_000_000,
    };
    let node = NodeWork {
        hardware: 1,
        mbps: 20,
        storage_mb: 500_000,
        seconds: 24 * HOUR,
    };
    world.at(1, 20);
    let reading = |unit, measured| Reading::new(miner, unit, measured);
    let readings = [
        reading(1, Measured::Platform(host)),
        reading(2, Measured::Node(node)),
        reading(1, Measured::Platform(host)),
    ];
    world.meter(meter, 1, &readings);
    world.at(4, 7);
    world.claim_mined(&[miner]);
    let dir = world.save();
    let text = trace(&read(&dir), "account:7", "1").expect("trace");
    for part in [
        "PAID    50,000 HP from pool hp_mining, claimed in block",
        "PAID    50,000 VRS from pool vrs_mining, claimed in block",
        "platform                    0.875",
        "node                        147",
        "dropped: duplicate_reading",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn dropped_and_refused_orders_are_shown() {
    let mut world = World::new("");
    let (_, till) = world.shop(1);
    let customer = world.customer(1);
    world.at(1, 10);
    world.sell(till, 1, &[(customer, 500, false), (customer, 0, false)]);
    world.at(2, 7);
    let late = Receipt {
        customer,
        number: 99,
        amount: 700,
        time: 1,
        channel: 1,
    };
    let batch = world.seal(till, 1, &[late]);
    assert!(matches!(world.relay(batch), Outcome::Refused { .. }));
    let dir = world.save();
    let part = one(dir.path(), "merchant:1", "1").parts.remove(0);
    let outcomes: Vec<&str> = part.items.iter().map(|item| item.outcome.as_str()).collect();
    assert_eq!(outcomes, ["counted", "dropped: zero_amount", "refused: day_closed"]);
}

#[test]
fn names_that_mean_several_nobody_or_nothing() {
    let dir = claimed();
    let both = find(&read(&dir), "1", "1").expect("traces");
    let names: Vec<&str> = both.iter().map(|trace| trace.name.as_str()).collect();
    assert_eq!(names, ["merchant 1 (member #1)", "customer 1 (member #3)"]);
    assert_eq!(one(dir.path(), "#3", "2").name, "customer 1 (member #3)");
    let (code, told) = error(dir.path(), "merchant:9", "1");
    assert_eq!(code, 2);
    assert!(
        told.ends_with("this chain knows merchant:1, merchant:2, customer:1, ..."),
        "{told}"
    );
    let (code, told) = error(dir.path(), "customer:1", "2017-01-09");
    assert_eq!(code, 2);
    assert_eq!(
        told,
        "customer:1 has nothing on 2017-01-09 (day 9); try 2017-01-01, 2017-01-02"
    );
    assert_eq!(error(dir.path(), "customer:1", "yesterday").0, 2);
}

#[test]
fn json_says_the_same() {
    let dir = claimed();
    let json = trace_json(&read(&dir), "customer:2", "2").expect("json");
    let value: serde_json::Value = serde_json::from_str(&json).expect("json");
    let part = &value[0]["parts"][0];
    assert_eq!(part["score"]["as"], "customer");
    assert_eq!(part["score"]["spending"], "2100");
    assert_eq!(part["items"][0]["leaf"]["kind"], "receipt");
    assert_eq!(part["payments"][0]["asset"], "Time");
}

#[test]
fn a_broken_link_is_named() {
    let whole = Parts::read(claimed().path());
    let fault = |change: &dyn Fn(&mut Parts)| {
        let mut parts = whole.clone();
        change(&mut parts);
        let dir = parts.save();
        let (code, told) = error(dir.path(), "merchant:1", "1");
        assert_eq!(code, 1, "{told}");
        told
    };
    type Change<'a> = &'a dyn Fn(&mut Parts);
    let cases: [(Change, &str); 6] = [
        (
            &|parts| parts.value(Name::Oracle, &key(0x04, &[1, 1]))[5] ^= 1,
            "root of batch 1 of terminal of merchant 1 (device #1), block",
        ),
        (
            &|parts| {
                let value = parts.value(Name::Oracle, &key(0x03, &[1]));
                let key = value.windows(33).rposition(|bytes| bytes[0] == 32).expect("key");
                value[key + 5] ^= 1;
            },
            "signature of batch 1 of terminal of merchant 1 (device #1), block",
        ),
        (
            &|parts| parts.add(Name::Merchant, &key(0x01, &[1, 1]), 16, 1),
            "BizPower of merchant 1 (member #1) on 2017-01-01 (day 1): expected",
        ),
        (
            &|parts| parts.add(Name::Merchant, &key(0x01, &[1, 1]), 5, 1),
            "sum of signed orders of merchant 1 (member #1) on 2017-01-01 (day 1): expected 3599, the chain says 3600",
        ),
        (
            &|parts| parts.value(Name::Merchant, &key(0x0b, &[3, 1, 1]))[0] ^= 1,
            "first-time customers of merchant 1 (member #1) on 2017-01-01 (day 1): expected 1, the chain says 2",
        ),
        (
            &|parts| {
                parts.txs.retain(|tx| tx.contract != Name::Oracle);
            },
            "signed orders of merchant 1 (member #1) on 2017-01-01 (day 1): expected 0, the chain says 3",
        ),
    ];
    for (change, expected) in cases {
        let told = fault(change);
        assert!(told.contains(expected), "{expected}: {told}");
    }
}
