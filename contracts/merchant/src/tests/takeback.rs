//! Rewards of fraudulent trade return while a day is provisional; nobody gains by another's loss.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::Uint128;
use vrs_days::Stage;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{ExecuteMsg, QueryMsg, Side, VisitsResponse};
use vrs_settlement::SettlementError;

fn take(merchant: MemberId, day: u32, customers: &[MemberId]) -> ExecuteMsg {
    ExecuteMsg::TakeBack {
        merchant,
        day,
        customers: customers.to_vec(),
    }
}

/// Day 1: both people buy at both shops; it is provisional.
fn trade() -> (World, Vec<MemberId>, Vec<MemberId>) {
    let mut world = World::new();
    let shops = world.shops(2);
    let people = world.customers(2);
    world.sell(
        shops[0],
        1,
        &[
            store(people[0], 3_000),
            external(people[1], 1_000),
            store(people[1], 50),
        ],
    );
    world.sell(shops[1], 1, &[store(people[0], 1_000), store(people[1], 2_000)]);
    world.close(1);
    (world, shops, people)
}

fn rewards(world: &World, shops: &[MemberId]) -> (Vec<u128>, Vec<u128>) {
    let merchants = shops.iter().map(|shop| world.shop_day(*shop, 1).reward.u128());
    let customers = world.customer_days().into_iter().map(|day| day.reward.u128());
    (merchants.collect(), customers.collect())
}

#[test]
fn the_merchant_loses_the_day_and_each_customer_what_he_spent_there() {
    let (mut world, shops, people) = trade();
    let (merchants, customers) = rewards(&world, &shops);
    world.by_owner(&take(shops[0], 1, &[people[1]])).unwrap();
    world.conserved();
    let (merchants_after, customers_after) = rewards(&world, &shops);
    assert_eq!(merchants_after, [0, merchants[1]]);
    // 3050 of 7050 spent by the second one, of which 1050 no longer earn; the other is untouched.
    assert_eq!(customers_after, [customers[0], 20 * UNIT * 2_000 / 7_050]);
    assert!(world.shop_day(shops[0], 1).taken_back);
    let person = &world.customer_days()[1];
    assert_eq!((person.spending.u64(), person.taken_back.u64()), (3_050, 1_050));
    // Both losses are recovered, at once.
    assert_eq!(world.pool(Side::Merchants).recovered.u128(), merchants[0]);
    assert_eq!(
        world.pool(Side::Customers).recovered.u128(),
        customers[1] - customers_after[1]
    );
    // Sums and weights stay as they were.
    assert_eq!((world.day(1).merchants, world.shop_day(shops[0], 1).first), (2, 1));
    let visits: VisitsResponse = world.ask(&QueryMsg::Visits {
        customer: Some(people[1]),
        start_after: None,
        limit: None,
    });
    assert_eq!(
        visits.visits.iter().map(|visit| visit.taken_back).collect::<Vec<_>>(),
        [true, false]
    );
}

#[test]
fn what_was_taken_back_is_never_paid() {
    let (mut world, shops, people) = trade();
    world.by_owner(&take(shops[0], 1, &people)).unwrap();
    let (_, customers) = rewards(&world, &shops);
    world.finish(1);
    for (side, members) in [(Side::Merchants, &shops), (Side::Customers, &people)] {
        let claim = ExecuteMsg::ClaimFor {
            side,
            members: members.clone(),
        };
        world.by_owner(&claim).unwrap();
        world.conserved();
        let pool = world.pool(side);
        assert_eq!(
            (pool.claimable, pool.funded),
            (Uint128::zero(), pool.paid + pool.remaining)
        );
    }
    assert_eq!(world.bzky_of(&account(shops[0])), 0);
    assert_eq!(world.time_of(&account(people[0])), customers[0]);
}

#[test]
fn a_repeated_call_changes_nothing_and_goes_on_with_the_rest() {
    let (mut world, shops, people) = trade();
    let first = told(&world.by_owner(&take(shops[0], 1, &[people[0]])).unwrap());
    let kinds: Vec<&str> = first.iter().map(|event| event[1].1.as_str()).collect();
    // Two days closed, the merchant, the customer.
    assert_eq!(kinds, ["merchants", "customers", "merchants", "customers"]);
    let after = rewards(&world, &shops);
    let again = told(&world.by_owner(&take(shops[0], 1, &[people[0], people[0]])).unwrap());
    assert_eq!((again.len(), rewards(&world, &shops)), (0, after));
    let rest = told(&world.by_owner(&take(shops[0], 1, &[people[0], people[1]])).unwrap());
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0][2], ("member".to_string(), people[1].to_string()));
    world.conserved();
}

#[test]
fn only_while_the_day_is_provisional() {
    let (mut world, shops, people) = trade();
    let refused = |world: &mut World, day, stage| {
        let refused = world.by_owner(&take(shops[0], day, &[])).map(|_| ());
        let expected = SettlementError::NotProvisional { day, stage };
        assert_eq!(refused, Err(expected.into()));
    };
    refused(&mut world, 2, Stage::Open);
    refused(&mut world, 3, Stage::Ahead);
    world.sell(shops[0], 2, &[store(people[0], 1_000)]);
    world.at(3, 0);
    refused(&mut world, 2, Stage::Closing);
    world.finish(1);
    refused(&mut world, 1, Stage::Final);
}

#[test]
fn merchants_and_visits_that_there_were_not() {
    let (mut world, shops, people) = trade();
    let stranger = world.customers(1)[0];
    let nobody = world.by_owner(&take(people[0], 1, &[])).map(|_| ());
    let expected = SettlementError::NoShare {
        account: people[0],
        day: 1,
    };
    assert_eq!(nobody, Err(expected.into()));
    // Day 0 is no day.
    let before = world.by_owner(&take(shops[0], 0, &[])).map(|_| ());
    let expected = SettlementError::NoShare {
        account: shops[0],
        day: 0,
    };
    assert_eq!(before, Err(expected.into()));
    // A wrong customer refuses the whole call: nothing was taken back.
    let refused = world.by_owner(&take(shops[0], 1, &[people[0], stranger])).map(|_| ());
    let expected = ContractError::NoVisit {
        merchant: shops[0],
        customer: stranger,
        day: 1,
    };
    assert_eq!(refused, Err(expected));
    assert!(!world.shop_day(shops[0], 1).taken_back);
    let many: Vec<MemberId> = (1..=101).collect();
    let refused = world.by_owner(&take(shops[0], 1, &many)).map(|_| ());
    let expected = ContractError::OutOfBounds {
        field: "customers",
        min: 0,
        max: 100,
        actual: 101,
    };
    assert_eq!(refused, Err(expected));
}

/// Weights count what a day was when it closed, take-backs or not.
#[test]
fn weights_do_not_change_by_a_take_back() {
    let (mut world, shops, people) = trade();
    world.by_owner(&take(shops[0], 1, &people)).unwrap();
    world.at(3, 0);
    world.sell(shops[0], 3, &[store(people[0], 1_000)]);
    let day = world.shop_day(shops[0], 3);
    assert_eq!((day.window, day.first, day.repeat), ((1, 0, 1), 0, 1));
}
