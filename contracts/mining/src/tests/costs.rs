//! Storage operations and gas by message, as `docs/mining.md` tells them.

use super::metered::Bill;
use super::world::{budget, good, node, params, World};
use vrs_days::Stage;
use vrs_interface::mining::{Method, Params};

/// Three days with so many accounts, one reading each, closed and final.
fn busy(participants: u32) -> World {
    // Enough for everybody, so that each claim pays.
    let rich = Params {
        budgets: vec![budget(Method::Node, 100_000, 100_000)],
        share_cap: 20,
        ..params()
    };
    let mut world = World::with(rich);
    for member in 10..=participants {
        world.member(member, good());
    }
    for day in 1..=3 {
        world.go(day, Stage::Open);
        let readings: Vec<_> = (1..=participants).map(|account| node(account, 1, 24)).collect();
        for part in readings.chunks(1_000) {
            assert_eq!(world.report(day, part), []);
        }
    }
    world.go(3, Stage::Final);
    world.claim(&[9_999_999]).unwrap();
    world
}

fn operations(bill: Bill) -> (u64, u64, u64, u64) {
    (bill.reads, bill.writes, bill.removals, bill.steps)
}

#[test]
fn a_claim_costs_the_same_with_1_100_and_10_000_participants() {
    let bills = [1, 100, 10_000].map(|participants| {
        let mut world = busy(participants);
        world.claim(&[1]).unwrap();
        world.deps.storage.take_bill()
    });
    println!("claim of 3 days: {bills:?}");
    for bill in bills {
        // Core, head, pause, cursor, both pools, addresses; cursor and both pools; a step a share and a day.
        assert_eq!(operations(bill), (7, 3, 0, 6));
    }
    let gas = bills.map(|bill| bill.gas);
    let (least, most) = (gas.iter().min().unwrap(), gas.iter().max().unwrap());
    // Sums and amounts have more or fewer digits.
    assert!(most - least < 1_000, "{gas:?}");
}

#[test]
fn a_reading_costs_the_same_with_1_100_and_10_000_participants() {
    let bills = [1, 100, 10_000].map(|participants| {
        let mut world = busy(participants);
        world.go(9, Stage::Open);
        let others: Vec<_> = (1..=participants).map(|account| node(account, 1, 24)).collect();
        for part in others.chunks(1_000) {
            world.report(9, part);
        }
        // Another device of an account that is there.
        world.report(9, &[node(1, 2, 24)]);
        world.deps.storage.take_bill()
    });
    println!("one reading: {bills:?}");
    for bill in bills {
        // Core, head, rules, day, share, whether it was counted; reading, share, day.
        assert_eq!(operations(bill), (6, 3, 0, 0));
    }
}

#[test]
fn what_readings_and_closing_cost() {
    let mut world = World::new();
    let gas = |world: &World| world.deps.storage.take_bill();
    world.report(1, &[node(1, 1, 24)]);
    let first = gas(&world);
    world.report(1, &[node(2, 1, 24)]);
    let account = gas(&world);
    world.report(1, &[node(1, 2, 24)]);
    let device = gas(&world);
    let hundred: Vec<_> = (100..200).map(|unit| node(1, unit, 24)).collect();
    world.report(1, &hundred);
    let batch = gas(&world);
    world.go(1, Stage::Provisional);
    world.claim(&[9]).unwrap();
    let close = gas(&world);
    println!("first {first:?}\naccount {account:?}\ndevice {device:?}\nhundred {batch:?}\nclose {close:?}");
    assert_eq!(operations(batch), (4 + 1 + 100, 100 + 2, 0, 0));
    // Both pools, the day and the head.
    assert_eq!((close.writes, close.steps), (4, 1));
    assert!(batch.gas / 100 < 5_200, "{batch:?}");
}
