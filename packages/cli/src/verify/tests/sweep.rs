//! Every stored value of the settlement, changed in one place: either it is found, or it stands in the
//! list of what no payment depends on.

use super::agrees::two_days;
use super::tamper::Parts;
use super::world::HOUR;
use crate::chain::{Name, Party};
use std::collections::BTreeMap;
use vrs_attestation::leaf::Hosting;
use vrs_attestation::{Measured, Reading};
use vrs_interface::merchant::Side;

/// Contract and first byte of the key, and why a change there is not a difference.
const UNSEEN: [(Name, u8, &str); 0] = [];

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

#[test]
fn every_stored_value() {
    let whole = parts();
    assert_eq!(whole.fault(), None);
    let mut unseen: BTreeMap<(Name, u8), Vec<String>> = BTreeMap::new();
    let mut seen = 0;
    for (raw, value) in &whole.entries {
        let Some((name, key)) = whole.split(raw) else { continue };
        let prefix = key.first().copied().unwrap_or_default();
        for at in 0..value.len() {
            let mut parts = whole.clone();
            if let Some(byte) = parts.entries.get_mut(raw).and_then(|value| value.get_mut(at)) {
                *byte ^= 1;
            }
            let fault = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| parts.fault()));
            match fault {
                Ok(None) => unseen
                    .entry((name, prefix))
                    .or_default()
                    .push(format!("{} byte {at}", hex::encode(key))),
                _ => seen += 1,
            }
        }
    }
    for ((name, prefix), places) in &unseen {
        println!("{name} {prefix:#04x} ({} unseen): {}", places.len(), places.join("; "));
    }
    println!("{seen} seen");
    let known = |key: &(Name, u8)| UNSEEN.iter().any(|(name, prefix, _)| (*name, *prefix) == *key);
    let new: Vec<_> = unseen.keys().filter(|key| !known(key)).collect();
    assert_eq!(new, Vec::<&(Name, u8)>::new());
}
