//! Honest chains agree, at every stage of a day.

use super::world::World;
use vrs_attestation::leaf::{Hosting, NodeWork, Streamed};
use vrs_attestation::{Measured, Reading};
use vrs_interface::merchant::Side;
use vrs_interface::mining::{ExecuteMsg, Product};

/// Two shops, three customers, one of them twice; external, small and late orders.
pub fn two_days() -> World {
    let mut world = World::new("");
    let (_, till_1) = world.shop(1);
    let (shop_2, till_2) = world.shop(2);
    let customers: Vec<u32> = (1..=3).map(|id| world.customer(id)).collect();
    let [a, b, c] = customers[..] else { unreachable!() };
    world.at(1, 10);
    world.sell(till_1, 1, &[(a, 1_000, false), (b, 2_500, false), (b, 99, false)]);
    world.sell(till_2, 1, &[(a, 700, true), (c, 50, false)]);
    world.at(2, 3);
    world.sell(till_1, 2, &[(a, 1_500, false), (c, 4_000, true)]);
    world.sell(till_2, 2, &[(a, 800, false), (b, 900, false)]);
    // A second terminal brings yesterday's order: `b` was no first-time customer today.
    let late = world.till(shop_2, 2);
    world.at(2, 5);
    world.sell(late, 1, &[(b, 300, false)]);
    world.at(2, 20);
    world.sell(till_2, 2, &[(c, 350, false), (b, 1_200, false)]);
    world
}

fn shop_members(world: &World) -> Vec<u32> {
    world
        .book
        .members()
        .filter(|m| m.party == crate::chain::Party::Merchant)
        .map(|m| m.member)
        .collect()
}

fn customers(world: &World) -> Vec<u32> {
    world
        .book
        .members()
        .filter(|m| m.party == crate::chain::Party::Customer)
        .map(|m| m.member)
        .collect()
}

#[test]
fn at_every_stage_of_its_days() {
    let mut world = two_days();
    let open = world.verify();
    assert!(open.contains("everything agrees"), "{open}");
    assert!(open.contains("Nothing was skipped."), "{open}");
    // Day 2 waits for late reports, day 1 is provisional.
    world.at(3, 1);
    world.verify();
    // Both provisional, nothing final.
    world.at(3, 7);
    world.verify();
    // Day 1 final, nothing claimed; then one shop, then one customer, then all.
    world.at(4, 7);
    let due = world.verify();
    assert!(due.contains("  5  claims that would pay now"), "{due}");
    let (shops, buyers) = (shop_members(&world), customers(&world));
    world.claim(Side::Merchants, &shops[..1]);
    world.verify();
    world.claim(Side::Customers, &buyers[1..2]);
    let some = world.verify();
    assert!(some.contains("  3  claims that would pay now"), "{some}");
    world.at(5, 7);
    world.claim(Side::Merchants, &shops);
    world.claim(Side::Customers, &buyers);
    let all = world.verify();
    assert!(!all.contains("claims that would pay now"), "{all}");
    assert!(all.contains("Nothing was skipped."), "{all}");
    assert!(all.contains(" 12  receipts"), "{all}");
}

#[test]
fn before_anything_happened() {
    let mut world = World::new("");
    world.shop(1);
    let text = world.verify();
    assert!(text.contains("everything agrees"), "{text}");
}

#[test]
fn weights_over_many_days_with_gaps() {
    let mut world = World::new("[bizpower]\nweight_days = 3\n[rewards]\nmonth_days = 5\n");
    let (shop, till) = world.shop(1);
    let customers: Vec<u32> = (1..=6).map(|id| world.customer(id)).collect();
    for day in [1, 2, 3, 5, 6, 9, 10, 11, 12] {
        world.at(day, 12);
        let buyers = customers.iter().filter(|customer| **customer % day < 3);
        let sales: Vec<_> = buyers
            .map(|customer| (*customer, 200 + u64::from(day), day % 2 == 0))
            .collect();
        world.sell(till, day, &sales);
        if day > 4 {
            world.claim(Side::Merchants, &[shop]);
        }
    }
    world.at(13, 3);
    let text = world.verify();
    assert!(text.contains("  9  merchants' days"), "{text}");
}

#[test]
fn mining_by_six_methods_and_a_duplicate() {
    let mut world = World::new("[mining]\nshare_cap = 1\n");
    let (one, meter_1) = world.miner(1);
    let (two, meter_2) = world.miner(2);
    let products = vec![Product {
        id: 5,
        factor_e9: 1_500_000_000,
    }];
    world.own(crate::chain::Name::Mining, &ExecuteMsg::SetProducts { products });
    let host = Hosting {
        traffic_mb: 200_000,
        nodes: 1,
        seconds: 3 * 3_600,
        share_e9: 1_000_000_000,
    };
    let node = NodeWork {
        hardware: 2,
        mbps: 8,
        storage_mb: 300_000,
        seconds: 7_200,
    };
    let streamed = Streamed {
        streamed_mb: 1_234,
        product: 5,
    };
    world.at(1, 23);
    let platform = Reading::new(one, 1, Measured::Platform(host));
    let nothing = NodeWork { seconds: 10, ..node };
    world.meter(
        meter_1,
        1,
        &[platform, platform, Reading::new(one, 2, Measured::Node(nothing))],
    );
    world.meter(
        meter_2,
        1,
        &[
            Reading::new(two, 1, Measured::Platform(host)),
            Reading::new(two, 3, Measured::Streaming(streamed)),
            Reading::new(one, 9, Measured::Server(host)),
        ],
    );
    world.verify();
    world.at(4, 7);
    world.verify();
    world.claim_mined(&[two]);
    world.verify();
    world.claim_mined(&[one]);
    let text = world.verify();
    assert!(text.contains("  5  readings\n"), "{text}");
    assert!(text.contains("Nothing was skipped."), "{text}");
}
