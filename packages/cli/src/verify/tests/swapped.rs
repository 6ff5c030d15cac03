//! Two entries of a finished run change places, so that every sum stays as it was: the account or
//! the record is named.

use super::agrees::two_days;
use super::tamper::{key, Parts};
use super::world::HOUR;
use crate::chain::{Name, Party};
use vrs_attestation::leaf::Hosting;
use vrs_attestation::{Measured, Reading};
use vrs_interface::merchant::Side;

/// Two days of trade and one of mining, all claimed: shops #1 and #2, customers #3 to #5, accounts #6 and #7.
fn parts() -> Parts {
    let mut world = two_days();
    let (one, meter) = world.miner(7);
    let (two, _) = world.miner(8);
    let host = |hours| {
        Measured::Platform(Hosting {
            traffic_mb: 200_000,
            nodes: 1,
            seconds: hours * HOUR,
            share_e9: 1_000_000_000,
        })
    };
    let readings = [Reading::new(one, 1, host(3)), Reading::new(two, 2, host(5))];
    world.meter(meter, 2, &readings);
    world.at(5, 7);
    let of = |party| -> Vec<u32> {
        let members = world.book.members().filter(|entry| entry.party == party);
        members.map(|entry| entry.member).collect()
    };
    let (shops, buyers) = (of(Party::Merchant), of(Party::Customer));
    world.claim(Side::Merchants, &shops);
    world.claim(Side::Customers, &buyers);
    world.claim_mined(&[one, two]);
    Parts::read(world.save().path())
}

/// Swaps two entries of a contract.
fn swap(parts: &mut Parts, name: Name, one: &[u8], other: &[u8]) {
    let [one, other] = [one, other].map(|key| parts.raw(name, key));
    let [first, second] = [&one, &other].map(|raw| parts.entries[raw].clone());
    assert_ne!(first, second, "a swap that changes something");
    parts.entries.insert(one, second);
    parts.entries.insert(other, first);
}

/// Balances' keys of two members, as `prefix` and the canonical bytes of their accounts.
fn balances(parts: &Parts, name: Name, prefix: u8, members: [u32; 2]) -> [Vec<u8>; 2] {
    members.map(|member| {
        let addresses = &parts.entries[&parts.raw(Name::Identity, &key(0x04, &[member]))];
        let account = &addresses[1..1 + usize::from(addresses[0])];
        let mut raw = vec![prefix];
        raw.extend(account);
        assert!(parts.entries.contains_key(&parts.raw(name, &raw)));
        raw
    })
}

#[track_caller]
fn names(change: impl FnOnce(&mut Parts), expected: &str) {
    let mut parts = parts();
    assert_eq!(parts.fault(), None);
    change(&mut parts);
    let fault = parts.fault().unwrap_or_else(|| "everything agrees".to_owned());
    assert!(fault.starts_with(expected), "{fault}");
}

#[test]
fn two_accounts_tokens() {
    names(
        |parts| {
            let [one, other] = balances(parts, Name::Bzky, 0x01, [1, 2]);
            swap(parts, Name::Bzky, &one, &other);
        },
        "balance of merchant 2 (member #2) in bzky: expected ",
    );
}

#[test]
fn two_accounts_points() {
    names(
        |parts| {
            let [one, other] = balances(parts, Name::Time, 0x03, [3, 5]);
            swap(parts, Name::Time, &one, &other);
        },
        "balance of customer 1 (member #3) in time: expected ",
    );
    names(
        |parts| {
            let [one, other] = balances(parts, Name::Hp, 0x03, [6, 7]);
            swap(parts, Name::Hp, &one, &other);
        },
        "balance of account 7 (member #6) in hp: expected ",
    );
}

#[test]
fn two_customers_rewards() {
    names(
        |parts| swap(parts, Name::Merchant, &key(0x05, &[3, 1]), &key(0x05, &[4, 1])),
        "spending of customer 1 (member #3) on 2017-01-01 (day 1): expected 1700, the chain says 2899",
    );
}

#[test]
fn two_members_addresses() {
    names(
        |parts| swap(parts, Name::Identity, &key(0x04, &[3]), &key(0x04, &[4])),
        "account of customer 1 (member #3): expected vrs1",
    );
}

#[test]
fn two_members_records() {
    names(
        |parts| swap(parts, Name::Identity, &key(0x03, &[1]), &key(0x03, &[3])),
        "kind of merchant 1 (member #1): expected merchant, the chain says individual",
    );
    names(
        |parts| parts.value(Name::Identity, &key(0x03, &[4]))[1] ^= 1,
        "level of customer 2 (member #4): expected 0, the chain says 1",
    );
}

#[test]
fn a_claim() {
    names(
        |parts| {
            let mut claim = key(0x06, &[4]);
            claim.push(1);
            parts.value(Name::Identity, &claim)[3] ^= 1;
        },
        "hash of the identity claim of customer 2 (member #4): expected 0707",
    );
}

#[test]
fn a_devices_key() {
    names(
        |parts| {
            let value = parts.value(Name::Oracle, &key(0x03, &[2]));
            // The 32 bytes behind their length; the first 0x20 in a device is that of its key or owner.
            let at = value.windows(33).rposition(|bytes| bytes[0] == 32).expect("key");
            value[at + 5] ^= 1;
        },
        "key of terminal of merchant 2 (device #2): expected ",
    );
}

#[test]
fn two_devices() {
    names(
        |parts| swap(parts, Name::Oracle, &key(0x03, &[1]), &key(0x03, &[2])),
        "subject of terminal of merchant 1 (device #1): expected 1, the chain says 2",
    );
}

#[test]
fn a_days_sums() {
    for (prefix, number, side) in [(0x02, 5, "merchants"), (0x06, 5, "customers")] {
        let mut parts = parts();
        parts.add(Name::Merchant, &key(prefix, &[1]), number, 1);
        let fault = parts.fault().unwrap_or_else(|| "everything agrees".to_owned());
        assert!(fault.contains(" 2017-01-01 (day 1)"), "{side}: {fault}");
    }
}
