//! Storage operations and gas by message, as `docs/mining.md` tells them.

use super::metered::Bill;
use super::world::{budget, good, node, params, World};
use vrs_attestation::leaf::Reading;
use vrs_days::{Day, Stage};
use vrs_interface::access::Role;
use vrs_interface::mining::{ExecuteMsg, Method, MiningPool, Params, Product, PruneWhat};

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

/// Gas of storage, as `docs/mining.md` tells it.
const TABLE: &str = "
set_products, one                                 8610
attested, one reading of a new account           18618
attested, 100 devices of one account            503193
attested, 100 new accounts, a device each       972984
closing a day of one method                      26334
attested, six methods of two accounts            83365
closing a day of six methods                     29949
take_back, all methods                           23973
claim_for, one day of one method                 19927
claim_for, 40 members, a day each               194569
claim_for, 119 days of six methods              132673
claim, nothing due                                4876
refill                                            9195
receive                                           9222
set_params                                       15019
prune, 100 scores, 59 of them unclaimed         252811
prune, 100 readings                             124579
";

/// Six methods, two accounts each.
fn all_methods(day: Day) -> Vec<Reading> {
    let quantities = [
        [200_000, 1, 10_800, 1_000_000_000, 0],
        [200_000, 1, 10_800, 10_000_000, 0],
        [1, 20, 500_000, 86_400, 0],
        [15, 20_000, 500, 0, 0],
        [10, 0, 15, 5_000, 500],
        [1_500, 5, 0, 0, 0],
    ];
    let both = |account| {
        let reading = move |(method, quantities): (u8, [u64; 5])| Reading {
            method,
            account,
            unit: day.into(),
            quantities,
        };
        (1u8..).zip(quantities).map(reading)
    };
    both(1).chain(both(2)).collect()
}

#[test]
fn gas() {
    let mut table = vec![];
    let mut enter = |world: &World, what: &str| {
        let bill = world.deps.storage.take_bill();
        table.push(format!("{what:<44} {:>9}", bill.gas));
    };
    let mut world = World::new();
    let owner = world.addr("owner");
    let products = vec![Product {
        id: 5,
        factor_e9: 1_000_000_000,
    }];
    world.run(&owner, ExecuteMsg::SetProducts { products }).unwrap();
    enter(&world, "set_products, one");
    world.report(1, &[node(1, 1, 24)]);
    enter(&world, "attested, one reading of a new account");
    let hundred: Vec<_> = (100..200).map(|unit| node(1, unit, 24)).collect();
    world.report(1, &hundred);
    enter(&world, "attested, 100 devices of one account");
    for member in 10..=109 {
        world.member(member, good());
    }
    let accounts: Vec<_> = (10..=109).map(|account| node(account, 1, 24)).collect();
    world.report(1, &accounts);
    enter(&world, "attested, 100 new accounts, a device each");
    world.go(1, Stage::Provisional);
    world.claim(&[9]).unwrap();
    enter(&world, "closing a day of one method");
    world.report(2, &all_methods(2));
    enter(&world, "attested, six methods of two accounts");
    world.go(2, Stage::Provisional);
    world.claim(&[9]).unwrap();
    enter(&world, "closing a day of six methods");
    let take = ExecuteMsg::TakeBack {
        account: 2,
        day: 2,
        methods: vec![],
    };
    world.run(&world.role(Role::Arbiter), take).unwrap();
    enter(&world, "take_back, all methods");
    for day in 4..=120 {
        world.go(day, Stage::Open);
        world.report(day, &all_methods(day));
    }
    world.go(2, Stage::Final);
    world.env.block.time = world.env.block.time.plus_days(118);
    world.claim(&[9]).unwrap();
    world.deps.storage.take_bill();
    world.claim(&[50]).unwrap();
    enter(&world, "claim_for, one day of one method");
    world.claim(&(10..=49).collect::<Vec<_>>()).unwrap();
    enter(&world, "claim_for, 40 members, a day each");
    world.claim(&[1]).unwrap();
    enter(&world, "claim_for, 119 days of six methods");
    world.run(&world.addr("m1"), ExecuteMsg::Claim {}).unwrap();
    enter(&world, "claim, nothing due");
    let pool = MiningPool::Vrs;
    let amount = 1u128.into();
    world.run(&owner, ExecuteMsg::Refill { pool, amount }).unwrap();
    enter(&world, "refill");
    world.fund_vrs(5).unwrap();
    enter(&world, "receive");
    world.run(&owner, ExecuteMsg::SetParams { params: params() }).unwrap();
    enter(&world, "set_params");
    world.go(400, Stage::Final);
    world.claim(&[9]).unwrap();
    let prune = |what| ExecuteMsg::Prune { what, limit: Some(100) };
    let scores = PruneWhat::Scores {
        start_after: Some((9, 0)),
    };
    world.run(&owner, prune(scores)).unwrap();
    enter(&world, "prune, 100 scores, 59 of them unclaimed");
    world
        .run(&owner, prune(PruneWhat::Readings { start_after: None }))
        .unwrap();
    enter(&world, "prune, 100 readings");
    assert_eq!(table.join("\n"), TABLE.trim(), "\n{}", table.join("\n"));
}
