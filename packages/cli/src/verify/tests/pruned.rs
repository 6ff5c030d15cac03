//! What pruning removed is not passed over: it is counted and said.

use super::world::World;
use crate::chain::Name;
use vrs_interface::merchant::{ExecuteMsg, PruneWhat, Side};
use vrs_interface::{mining, oracle, token};

const KEEP: &str = "[upkeep]\nhorizon_days = 30\nexpiry_days = 180\nhistory_days = 180\n";

fn prune(world: &mut World, what: PruneWhat) {
    let relayer = world.accounts.relayer.clone();
    let msg = ExecuteMsg::Prune { what, limit: Some(200) };
    world.chain.submit(&relayer, Name::Merchant, &msg).expect("pruned");
}

/// Days 1 to 3 of a shop and two customers, one of whom comes once.
fn world() -> (World, [u32; 4]) {
    let mut world = World::new(KEEP);
    let (shop, till) = world.shop(1);
    let (often, once) = (world.customer(1), world.customer(2));
    for day in 1..=3 {
        world.at(day, 12);
        world.sell(till, day, &[(often, 500, false)]);
    }
    world.sell(till, 3, &[(once, 500, true), (once, 20, false)]);
    (world, [shop, till, often, once])
}

#[test]
fn visits() {
    let (mut world, [shop, till, often, once]) = world();
    world.at(36, 7);
    prune(&mut world, PruneWhat::Visits { start_after: None });
    world.sell(till, 36, &[(often, 900, false), (once, 900, false)]);
    world.claim(Side::Merchants, &[shop]);
    let told = world.verify();
    assert!(
        told.contains("3  visits are pruned: orders and customers can't be added up again"),
        "{told}"
    );
    assert!(
        told.contains("visits are pruned: spending can't be added up again"),
        "{told}"
    );
}

#[test]
fn visits_of_a_customer_whose_last_one_stays() {
    let (mut world, [_, till, often, _]) = world();
    world.at(30, 7);
    world.sell(till, 30, &[(often, 900, false)]);
    // Days 1 to 3 go, day 30 stays and says that he was known.
    world.at(40, 7);
    prune(&mut world, PruneWhat::Visits { start_after: None });
    let told = world.verify();
    assert!(
        told.contains("earlier visits are pruned: that the customer was known is taken as recorded"),
        "{told}"
    );
}

#[test]
fn rows_unclaimed_by_one_and_batches() {
    let (mut world, [shop, till, often, once]) = world();
    for _ in 0..70 {
        world.sell(till, 3, &[(often, 150, false)]);
    }
    world.at(6, 7);
    world.claim(Side::Merchants, &[shop]);
    world.claim(Side::Customers, &[often]);
    world.at(184, 12);
    world.sell(till, 184, &[(often, 700, false), (once, 700, false)]);
    world.at(186, 7);
    prune(&mut world, PruneWhat::Merchants { start_after: None });
    world.verify();
    prune(&mut world, PruneWhat::Customers { start_after: None });
    prune(&mut world, PruneWhat::Visits { start_after: None });
    let relayer = world.accounts.relayer.clone();
    let batches = oracle::ExecuteMsg::Prune {
        start_after: None,
        limit: Some(200),
    };
    world.chain.submit(&relayer, Name::Oracle, &batches).expect("pruned");
    let history = token::ExecuteMsg::PruneHistory {
        start_after: None,
        limit: Some(200),
    };
    world.chain.submit(&relayer, Name::Bzky, &history).expect("pruned");
    let scores = mining::ExecuteMsg::Prune {
        what: mining::PruneWhat::Scores { start_after: None },
        limit: Some(200),
    };
    world.chain.submit(&relayer, Name::Mining, &scores).expect("pruned");
    let told = world.verify();
    assert!(
        told.contains("days are pruned: paid and recovered can only be bounded"),
        "{told}"
    );
    assert!(told.contains("old batch records are pruned"), "{told}");
    assert!(
        told.contains("the batch's record is pruned: its root is that of the transaction"),
        "{told}"
    );
    world.at(188, 7);
    world.claim(Side::Customers, &[often, once]);
    world.verify();
}

#[test]
fn nothing_is_pruned_after_years_in_which_nobody_pruned() {
    let mut world = super::agrees::two_days();
    world.at(900, 7);
    let told = world.verify();
    assert!(told.contains("Nothing was skipped."), "{told}");
}
