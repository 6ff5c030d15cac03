//! Whatever changes an answer is found: every number that is stored is changed in turn, and where any
//! query that days are settled by answers something else, `vrs verify` says so.

use super::agrees::two_days;
use super::tamper::Parts;
use super::world::HOUR;
use crate::chain::{Name, Party};
use crate::verify::answers::{Door, Mined, Trade};
use crate::verify::Source as _;
use cw20::{AllAccountsResponse, BalanceResponse};
use serde_json::json;
use vrs_attestation::leaf::Hosting;
use vrs_attestation::{Measured, Reading};
use vrs_interface::merchant::Side;

fn parts() -> Parts {
    let mut world = two_days();
    let (miner, meter) = world.miner(7);
    let host = Hosting {
        traffic_mb: 200_000,
        nodes: 1,
        seconds: 3 * HOUR,
        share_e9: 1_000_000_000,
    };
    world.meter(meter, 2, &[Reading::new(miner, 1, Measured::Platform(host))]);
    world.at(4, 7);
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
    world.claim(Side::Customers, &buyers[..1]);
    world.at(5, 7);
    world.claim_mined(&[miner]);
    Parts::read(world.save().path())
}

/// All that is settled by, as text; none where a contract can't read its own state.
fn answers(parts: &Parts) -> Option<String> {
    let chain = parts.chain().ok()?;
    let (trade, mined, door) = (
        Trade::read(&chain).ok()?,
        Mined::read(&chain).ok()?,
        Door::read(&chain).ok()?,
    );
    let mut text = format!("{trade:?} {mined:?} {:?}", door.batches);
    for device in &door.devices {
        text += &format!(
            "{:?} {:?} {} {:?}",
            device.kind, device.subject, device.next_sequence, device.key
        );
    }
    for name in [Name::Vrs, Name::Bzky, Name::Hp, Name::Time] {
        let accounts: AllAccountsResponse = chain.query(name, &json!({"all_accounts": {"limit": 200}})).ok()?;
        for address in accounts.accounts {
            let answer: BalanceResponse = chain.query(name, &json!({"balance": {"address": address}})).ok()?;
            text += &format!("{address} {}", answer.balance);
        }
    }
    Some(text)
}

/// Where the numbers of a value begin.
fn starts(value: &[u8]) -> impl Iterator<Item = usize> + '_ {
    (0..value.len()).filter(|at| at.checked_sub(1).is_none_or(|before| value[before] & 0x80 == 0))
}

#[test]
fn whatever_changes_an_answer() {
    let whole = parts();
    assert_eq!(whole.fault(), None);
    let expected = answers(&whole);
    let (mut found, mut unseen) = (0, 0);
    for (raw, value) in &whole.entries {
        let Some((name, key)) = whole.split(raw) else { continue };
        let settles = match name {
            Name::Merchant | Name::Mining => key.first().is_some_and(|prefix| *prefix <= 0x0b),
            Name::Bzky | Name::Vrs | Name::Hp | Name::Time => key.first() <= Some(&0x04) && key.len() < 40,
            Name::Oracle => matches!(key.first(), Some(0x03 | 0x04)),
            _ => false,
        };
        if !settles || key.first() == Some(&0) {
            continue;
        }
        for at in starts(value) {
            let mut parts = whole.clone();
            if let Some(byte) = parts.entries.get_mut(raw).and_then(|value| value.get_mut(at)) {
                *byte ^= 1;
            }
            if answers(&parts) == expected {
                unseen += 1;
            } else {
                found += 1;
                let place = format!("{name} {} byte {at} of {}", hex::encode(key), hex::encode(value));
                assert!(parts.fault().is_some(), "{place}");
            }
        }
    }
    assert!(found > 200, "{found} found, {unseen} that no query tells");
}
