//! A chain's file that somebody changed: the first difference is found and named.

use super::agrees::two_days;
use super::tamper::{key, Parts};
use crate::chain::{Name, Party};
use crate::verify::envelopes::submitted;
use cosmwasm_std::{from_json, to_json_vec, Binary};
use vrs_interface::merchant::Side;
use vrs_interface::oracle::ExecuteMsg;

/// Two days, all claimed: shops #1 and #2, customers #3 to #5, devices 1 to 3.
fn parts() -> Parts {
    let mut world = two_days();
    world.at(5, 7);
    let of = |party| -> Vec<u32> {
        world
            .book
            .members()
            .filter(|m| m.party == party)
            .map(|m| m.member)
            .collect()
    };
    let (shops, buyers) = (of(Party::Merchant), of(Party::Customer));
    world.claim(Side::Merchants, &shops);
    world.claim(Side::Customers, &buyers);
    let parts = Parts::read(world.save().path());
    assert_eq!(parts.fault(), None);
    parts
}

/// Changes the chain and expects this difference.
#[track_caller]
fn finds(change: impl FnOnce(&mut Parts), expected: &str) {
    let mut parts = parts();
    change(&mut parts);
    assert_eq!(parts.fault().as_deref(), Some(expected));
}

/// As [`finds`], where the figures themselves do not matter.
#[track_caller]
fn finds_about(change: impl FnOnce(&mut Parts), expected: &str) {
    let mut parts = parts();
    change(&mut parts);
    let fault = parts.fault().unwrap_or_default();
    assert!(fault.contains(expected), "{fault}");
}

#[test]
fn a_merchants_share() {
    finds(
        // sales: flags, kinds, store orders, store sum, ...
        |parts| parts.add(Name::Merchant, &key(0x01, &[1, 2]), 2, 1),
        "counted store orders of merchant 1 (member #1) on 2017-01-02 (day 2): expected 1, the chain says 2",
    );
}

#[test]
fn a_merchants_bizpower() {
    finds_about(
        // sales of two kinds (6), buyers, before, window (3 each), cost, BizPower
        |parts| parts.add(Name::Merchant, &key(0x01, &[1, 1]), 16, 1),
        "BizPower of merchant 1 (member #1) on 2017-01-01 (day 1): expected",
    );
}

#[test]
fn a_difference_ends_the_command_with_1() {
    let mut parts = parts();
    parts.add(Name::Merchant, &key(0x02, &[1]), 5, 1);
    let error = crate::verify::verify(parts.save().path()).expect_err("a difference");
    assert!(error.is::<crate::failure::Difference>(), "{error:#}");
    assert_eq!(crate::failure::exit_code(&error), 1);
}

#[test]
fn a_customers_share() {
    finds(
        |parts| parts.add(Name::Merchant, &key(0x05, &[3, 1]), 0, 1_000),
        "spending of customer 1 (member #3) on 2017-01-01 (day 1): expected 1700, the chain says 2700",
    );
}

#[test]
fn a_visit_and_all_that_follows_from_it() {
    finds(
        |parts| {
            // Customer 1 bought for 10.00 at shop 1: now for 10.01, wherever it counts.
            parts.add(Name::Merchant, &key(0x0b, &[3, 1, 1]), 3, 1);
        },
        "sum of counted store orders of merchant 1 (member #1) on 2017-01-01 (day 1): expected 3501, the chain says 3500",
    );
}

#[test]
fn a_visit_that_forgets_that_its_customer_is_known() {
    finds(
        |parts| parts.value(Name::Merchant, &key(0x0b, &[3, 1, 2]))[0] ^= 1,
        "known from an earlier day of customer 1 (member #3) at merchant 1 (member #1) on 2017-01-02 (day 2): \
         expected true, the chain says false",
    );
}

#[test]
fn a_visit_that_is_gone() {
    finds_about(
        |parts| {
            let raw = parts.raw(Name::Merchant, &key(0x0b, &[5, 2, 2]));
            parts.entries.remove(&raw);
        },
        "of merchant 2 (member #2) on 2017-01-02 (day 2): expected",
    );
}

#[test]
fn a_days_total() {
    finds(
        // participants, pruned, number of sums, BizPower, holding, orders
        |parts| parts.add(Name::Merchant, &key(0x02, &[1]), 5, 1),
        "orders of 2017-01-01 (day 1): expected 6, the chain says 7",
    );
    finds_about(
        |parts| parts.add(Name::Merchant, &key(0x02, &[2]), 3, 1),
        "sum of BizPower of 2017-01-02 (day 2): expected",
    );
    finds(
        |parts| parts.add(Name::Merchant, &key(0x06, &[1]), 3, 1),
        "spending of 2017-01-01 (day 1): expected 4649, the chain says 4650",
    );
}

#[test]
fn a_cap_that_was_cut() {
    finds_about(
        |parts| {
            // The cap of 20 average shares, the last number of the day: 20 * 10 Time.
            let value = parts.value(Name::Merchant, &key(0x06, &[1]));
            *value.last_mut().expect("byte") -= 1;
        },
        "cap of part spending for customers of 2017-01-01 (day 1): expected 200000000, the chain says",
    );
}

#[test]
fn a_days_budget() {
    finds_about(
        |parts| {
            let value = parts.value(Name::Merchant, &key(0x06, &[2]));
            // 30 Time for three customers: 30,000,000 as a varint.
            let budget = [0x80, 0x87, 0xa7, 0x0e];
            let at = value.windows(4).position(|bytes| bytes == budget).expect("budget");
            value[at + 3] += 1;
        },
        "budget for customers of 2017-01-02 (day 2): expected 30000000, the chain says",
    );
}

#[test]
fn a_cursor() {
    finds_about(
        |parts| parts.add(Name::Merchant, &key(0x03, &[1]), 0, -1),
        "paid of pool bzky_merchants: expected",
    );
    finds_about(
        |parts| parts.add(Name::Merchant, &key(0x07, &[4]), 0, -1),
        "paid of pool time_customers: expected",
    );
}

#[test]
fn a_pool() {
    let pool = |number: u8| vec![0x09, number];
    finds_about(
        |parts| parts.add(Name::Merchant, &pool(0), 0, 5),
        "what was put in, by the transactions, of pool bzky_merchants: expected",
    );
    finds_about(
        |parts| parts.add(Name::Merchant, &pool(1), 1, 5),
        "left for days to come of pool time_customers: expected",
    );
    finds_about(
        |parts| parts.add(Name::Merchant, &pool(0), 2, -1),
        "paid of pool bzky_merchants: expected",
    );
    finds_about(
        |parts| parts.add(Name::Merchant, &pool(1), 3, 1),
        "of pool time_customers: expected",
    );
}

#[test]
fn a_balance() {
    let prefix_of_balances = |parts: &Parts, name: Name| -> Vec<Vec<u8>> {
        let keys = parts.entries.keys().filter_map(|raw| parts.split(raw));
        keys.filter(|(of, key)| *of == name && key.len() > 20)
            .map(|(_, key)| key.to_vec())
            .collect()
    };
    for name in [Name::Bzky, Name::Time] {
        let untouched = parts();
        let mut found = 0;
        for key in prefix_of_balances(&untouched, name) {
            let mut parts = untouched.clone();
            parts.value(name, &key)[0] ^= 1;
            let fault = parts.fault().unwrap_or_default();
            if fault.contains(&format!(" in {name}: expected ")) {
                found += 1;
            }
        }
        assert!(found >= 2, "{name}: {found}");
    }
}

#[test]
fn a_batch_root_day_or_outcome() {
    let record = key(0x04, &[1, 2]);
    finds_about(
        |parts| parts.value(Name::Oracle, &record)[7] ^= 1,
        "root of batch 2 of terminal of merchant 1 (device #1), block",
    );
    finds_about(
        |parts| parts.value(Name::Oracle, &record)[0] += 1,
        "day of batch 2 of terminal of merchant 1 (device #1), block",
    );
    finds_about(
        // After day and root: accepted, items.
        |parts| parts.value(Name::Oracle, &record)[34] += 1,
        "outcome of batch 2 of terminal of merchant 1 (device #1), block",
    );
}

#[test]
fn a_batch_record_that_is_gone() {
    finds(
        |parts| {
            let raw = parts.raw(Name::Oracle, &key(0x04, &[1, 1]));
            parts.entries.remove(&raw);
        },
        "first sequence number of terminal of merchant 1 (device #1): expected 1, the chain says 2",
    );
    finds_about(
        |parts| {
            let raw = parts.raw(Name::Oracle, &key(0x04, &[1, 2]));
            parts.entries.remove(&raw);
        },
        "record of batch 2 of terminal of merchant 1 (device #1), block",
    );
}

#[test]
fn a_device_key() {
    finds_about(
        |parts| {
            let value = parts.value(Name::Oracle, &key(0x03, &[2]));
            // The 32 bytes behind their length; the first 0x20 in a device is that of its key or owner.
            let key = value.windows(33).rposition(|bytes| bytes[0] == 32).expect("key");
            value[key + 5] ^= 1;
        },
        "key of terminal of merchant 2 (device #2): expected ed25519 ",
    );
}

#[test]
fn a_rent() {
    finds_about(
        |parts| {
            // The district's rent: its schedule is one version from day 0 on.
            parts.add(Name::Merchant, &key(0x0d, &[1]), 2, 1);
        },
        "costs that the profile query tells of merchant 1 (member #1) on 2017-01-01 (day 1): expected 140000, \
         the chain says 140500",
    );
}

#[test]
fn what_a_contract_is_born_with() {
    finds_about(
        |parts| {
            // The clock's day of 86,400 seconds, after its start.
            let value = parts.value(Name::Oracle, &[0x01]);
            let day = value
                .windows(3)
                .position(|bytes| bytes == [0x80, 0xa3, 0x05])
                .expect("day");
            value[day] += 1;
        },
        "clock of oracle, since its birth: expected",
    );
    finds_about(
        |parts| {
            // The last address, of the Time points.
            let value = parts.value(Name::Merchant, &[0x0a]);
            let time = value
                .windows(2)
                .position(|bytes| bytes == [32, 0x50])
                .map_or(40, |at| at + 4);
            value[time] ^= 1;
        },
        "of merchant, since its birth: expected",
    );
}

#[test]
fn a_signed_batch_in_the_transactions() {
    let change = |parts: &mut Parts, change: &dyn Fn(&mut Vec<u8>)| {
        let tx = parts
            .txs
            .iter_mut()
            .find(|tx| !submitted(tx).expect("tx").is_empty())
            .expect("batch");
        let ExecuteMsg::SubmitBatches { batches } = from_json(&tx.msg).expect("message") else {
            panic!("no batches")
        };
        let mut bytes: Vec<u8> = batches.into_iter().next().expect("one").into();
        change(&mut bytes);
        let batches = vec![Binary::from(bytes)];
        tx.msg = to_json_vec(&ExecuteMsg::SubmitBatches { batches }).expect("json");
    };
    // An amount, a salt's seed, the signature.
    finds_about(
        |parts| change(parts, &|bytes| bytes[30 + 19] ^= 1),
        "root of batch 1 of terminal of merchant 1 (device #1), block",
    );
    finds_about(
        |parts| change(parts, &|bytes| bytes[20] ^= 1),
        "root of batch 1 of terminal",
    );
    finds_about(
        |parts| change(parts, &|bytes| *bytes.last_mut().expect("byte") ^= 1),
        "signature of batch 1 of terminal",
    );
    finds_about(
        |parts| {
            let at = parts
                .txs
                .iter()
                .position(|tx| !submitted(tx).expect("tx").is_empty())
                .expect("batch");
            parts.txs.remove(at);
        },
        "signed envelope of batch 1 of terminal of merchant 1 (device #1): expected one with root",
    );
}
