//! What is pruned, what stays, and what nobody claimed.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::Uint128;
use vrs_access::AccessError;
use vrs_interface::access::AccessMsg;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{ExecuteMsg, PruneWhat, QueryMsg, Side, TradeDaysResponse, Visit, VisitsResponse};

/// Removed entries of a whole walk in pages of `limit`.
fn prune(world: &mut World, what: fn(Option<Vec<u32>>) -> PruneWhat, limit: u32) -> (u32, u32) {
    let (mut removed, mut unclaimed, mut position) = (0, 0, None);
    for _ in 0..1_000 {
        let msg = ExecuteMsg::Prune {
            what: what(position.take()),
            limit: Some(limit),
        };
        let response = world.send(&account(99), &msg).unwrap();
        let event = told(&response).pop().unwrap();
        let value = |key: &str| event.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
        removed += value("removed").unwrap().parse::<u32>().unwrap();
        unclaimed += value("unclaimed").unwrap().parse::<u32>().unwrap();
        world.conserved();
        match value("next") {
            Some(next) => position = Some(cosmwasm_std::from_json(next).unwrap()),
            None => return (removed, unclaimed),
        }
    }
    panic!("the walk does not end");
}

fn visits_behind(at: Option<Vec<u32>>) -> PruneWhat {
    let start_after = at.map(|at| (at[0], at[1], at[2]));
    PruneWhat::Visits { start_after }
}

fn merchants_behind(at: Option<Vec<u32>>) -> PruneWhat {
    let start_after = at.map(|at| (at[0], at[1]));
    PruneWhat::Merchants { start_after }
}

fn customers_behind(at: Option<Vec<u32>>) -> PruneWhat {
    let start_after = at.map(|at| (at[0], at[1]));
    PruneWhat::Customers { start_after }
}

fn visits(world: &World) -> Vec<Visit> {
    let all: VisitsResponse = world.ask(&QueryMsg::Visits {
        customer: None,
        start_after: None,
        limit: Some(200),
    });
    all.visits
}

fn days_of(world: &World, customer: MemberId) -> Vec<u32> {
    let visits = visits(world).into_iter().filter(|visit| visit.customer == customer);
    visits.map(|visit| visit.day).collect()
}

/// Customers of a shop: one with counted orders, one with small ones, one who comes back.
fn town() -> (World, MemberId, Vec<MemberId>) {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let people = world.customers(3);
    world.sell(
        shop,
        1,
        &[
            store(people[0], 1_000),
            store(people[1], 50),
            external(people[2], 1_000),
        ],
    );
    world.at(5, 0);
    world.sell(shop, 5, &[store(people[0], 50), store(people[1], 50)]);
    world.at(100, 0);
    world.sell(shop, 100, &[store(people[2], 1_000)]);
    (world, shop, people)
}

#[test]
fn visits_go_after_the_horizon_and_who_is_known_stays_known() {
    for limit in [1, 2, 200] {
        let (mut world, shop, people) = town();
        // Day 5 is final 54 hours after its end; 180 days later it goes.
        world.at(188, 21_599);
        assert_eq!(prune(&mut world, visits_behind, limit), (3, 0));
        world.at(188, 21_600);
        assert_eq!(prune(&mut world, visits_behind, limit), (2, 0));
        // A marker, nothing, the visit that carries it.
        assert_eq!(days_of(&world, people[0]), [0]);
        assert_eq!(days_of(&world, people[1]), [] as [u32; 0]);
        assert_eq!(days_of(&world, people[2]), [100]);
        assert_eq!(prune(&mut world, visits_behind, limit), (0, 0));
        world.sell(
            shop,
            188,
            &people.iter().map(|person| store(*person, 1_000)).collect::<Vec<_>>(),
        );
        let day = world.shop_day(shop, 188);
        assert_eq!((day.first, day.repeat), (1, 2));
        // The new visit carries it: the marker goes.
        assert_eq!(prune(&mut world, visits_behind, limit), (1, 0));
        assert_eq!(days_of(&world, people[0]), [188]);
    }
}

/// A single counted visit leaves a marker too, whichever way they bought.
#[test]
fn one_visit_is_enough_to_stay_known() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let people = world.customers(3);
    world.sell(
        shop,
        1,
        &[
            store(people[0], 1_000),
            external(people[1], 1_000),
            store(people[2], 99),
        ],
    );
    world.at(200, 0);
    assert_eq!(prune(&mut world, visits_behind, 200), (3, 0));
    assert_eq!(
        visits(&world)
            .iter()
            .map(|v| (v.customer, v.day, v.known))
            .collect::<Vec<_>>(),
        [(people[0], 0, true), (people[1], 0, true)]
    );
    world.sell(
        shop,
        200,
        &people.iter().map(|person| store(*person, 1_000)).collect::<Vec<_>>(),
    );
    assert_eq!(
        (world.shop_day(shop, 200).first, world.shop_day(shop, 200).repeat),
        (1, 2)
    );
}

/// A late order finds the marker as well.
#[test]
fn a_marker_is_older_than_every_day() {
    let (mut world, shop, people) = town();
    world.at(190, 0);
    prune(&mut world, visits_behind, 200);
    world.sell(shop, 189, &[store(people[0], 1_000)]);
    assert_eq!(world.shop_day(shop, 189).repeat, 1);
}

#[test]
fn visits_that_a_take_back_needs_are_never_pruned() {
    // The longest dispute and the shortest horizon.
    let mut world = World::with(|init| init.horizon_days = 30);
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    world.sell(shop, 1, &[store(person, 1_000)]);
    world.finish(1);
    let day = world.today() + 29;
    world.at(day, 0);
    assert_eq!(prune(&mut world, visits_behind, 200), (0, 0));
    world.at(day + 5, 0);
    assert_eq!(prune(&mut world, visits_behind, 200), (1, 0));
}

/// Paused from day 2 to 400 and pruned by a stranger right after: members still have all their time.
#[test]
fn paused_time_does_not_count_towards_the_expiry() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    world.sell(shop, 1, &[store(person, 1_000)]);
    world.at(2, 0);
    world.by_owner(&ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    world.at(400, 0);
    world.by_owner(&ExecuteMsg::Access(AccessMsg::Unpause {})).unwrap();
    assert_eq!(prune(&mut world, merchants_behind, 200), (0, 0));
    assert_eq!(prune(&mut world, customers_behind, 200), (0, 0));
    let claim = ExecuteMsg::ClaimFor {
        side: Side::Merchants,
        members: vec![shop],
    };
    world.by_owner(&claim).unwrap();
    assert!(world.bzky_of(&account(shop)) > 0);
    // Day 1 became final during the pause: from its end on a year more.
    world.at(764, 86_399);
    assert_eq!(prune(&mut world, customers_behind, 200), (0, 0));
    world.at(765, 0);
    assert_eq!(prune(&mut world, merchants_behind, 200), (1, 0));
    assert_eq!(prune(&mut world, customers_behind, 200), (1, 1));
}

#[test]
fn unclaimed_rewards_return_a_year_after_they_were_final() {
    for limit in [1, 3, 200] {
        let mut world = World::new();
        let shops = world.shops(2);
        let people = world.customers(2);
        for day in [1, 2] {
            world.at(day, 0);
            for shop in &shops {
                world.sell(*shop, day, &[store(people[0], 1_000), store(people[1], 2_000)]);
            }
        }
        world.finish(1);
        let claim = ExecuteMsg::ClaimFor {
            side: Side::Merchants,
            members: vec![shops[0]],
        };
        world.by_owner(&claim).unwrap();
        // Day 1 is final on day 4 at 6 o'clock, and expires 365 days later.
        world.at(369, 21_599);
        assert_eq!(prune(&mut world, merchants_behind, limit), (0, 0));
        world.at(369, 21_600);
        assert_eq!(prune(&mut world, merchants_behind, limit), (2, 1));
        assert_eq!(prune(&mut world, customers_behind, limit), (2, 2));
        let days: TradeDaysResponse = world.ask(&QueryMsg::Days {
            start_after: None,
            limit: None,
        });
        assert_eq!(days.days.iter().map(|day| day.day).collect::<Vec<_>>(), [2]);
        world.at(370, 21_600);
        assert_eq!(prune(&mut world, merchants_behind, limit), (2, 2));
        assert_eq!(prune(&mut world, customers_behind, limit), (2, 2));
        for side in [Side::Merchants, Side::Customers] {
            let pool = world.pool(side);
            assert_eq!(
                (pool.claimable, pool.funded),
                (Uint128::zero(), pool.paid + pool.remaining)
            );
        }
        assert_eq!(world.shop_days().len() + world.customer_days().len(), 0);
    }
}

/// Who cannot claim must not lose it meanwhile.
#[test]
fn nothing_expires_while_claims_are_stopped() {
    let (mut world, _, _) = town();
    world.at(600, 0);
    world.by_owner(&ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    for what in [merchants_behind(None), customers_behind(None)] {
        let refused = world.by_owner(&ExecuteMsg::Prune { what, limit: None }).map(|_| ());
        assert_eq!(refused, Err(ContractError::Access(AccessError::Paused {})));
    }
    assert_eq!(prune(&mut world, visits_behind, 200).1, 0);
    world.by_owner(&ExecuteMsg::Access(AccessMsg::Unpause {})).unwrap();
    assert_eq!(prune(&mut world, merchants_behind, 200), (3, 3));
}

/// Weights of a shop that comes back after its past was pruned.
#[test]
fn a_shop_that_comes_back_begins_without_a_record() {
    let (mut world, shop, people) = town();
    world.at(700, 0);
    prune(&mut world, merchants_behind, 1);
    world.sell(shop, 700, &[store(people[1], 1_000)]);
    world.at(702, 0);
    world.sell(shop, 702, &[store(people[1], 1_000)]);
    assert_eq!(world.shop_day(shop, 700).window, (0, 0, 0));
    assert_eq!(world.shop_day(shop, 702).window, (1, 0, 0));
}
