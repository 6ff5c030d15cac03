//! What a shop's costs follow from.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::Uint128;
use vrs_interface::merchant::{ExecuteMsg, Profile, ProfileResponse, QueryMsg, Rate};

fn profile(world: &World, merchant: u32, day: u32) -> ProfileResponse {
    let day = Some(day);
    world.ask(&QueryMsg::Profile { merchant, day })
}

/// A new line counts at once and for late reports, a change from the next day on.
#[test]
fn costs_change_at_the_beginning_of_a_day() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let people = world.customers(4);
    world.at(2, 0);
    world.profile(shop, 1_000, 4);
    world.rates(300, 20_000);
    // Day 1 and 2: 500 * 2.00 + 4 * 100.00; day 3: 1000 * 3.00 + 4 * 200.00.
    for (day, cost) in [(1, 140_000u128), (2, 140_000), (3, 380_000)] {
        assert_eq!(profile(&world, shop, day).cost, Some(Uint128::new(cost)), "day {day}");
    }
    world.sell(shop, 1, &[store(people[0], 1_000)]);
    world.sell(shop, 2, &[store(people[1], 1_000)]);
    world.at(3, 0);
    world.sell(shop, 2, &[store(people[2], 1_000)]);
    world.sell(shop, 3, &[store(people[3], 1_000)]);
    let costs = [1, 2, 3].map(|day| world.shop_day(shop, day).cost.u128());
    assert_eq!(costs, [140_000, 140_000, 380_000]);
    let asked: ProfileResponse = world.ask(&QueryMsg::Profile {
        merchant: shop,
        day: None,
    });
    assert_eq!(
        asked.profile.map(|profile| (profile.area, profile.staff)),
        Some((1_000, 4))
    );
    assert_eq!((asked.rent.unwrap().u64(), asked.wage.unwrap().u64()), (300, 20_000));
}

#[test]
fn profiles_have_bounds() {
    let mut world = World::new();
    let lawful = Profile {
        merchant: 1,
        area: 10_000_000,
        staff: 1_000_000,
        district: 0,
        trade: u32::MAX,
    };
    let mut send = |profiles: Vec<Profile>| world.by_owner(&ExecuteMsg::SetProfiles { profiles }).map(|_| ());
    assert_eq!(send(vec![lawful]), Ok(()));
    assert_eq!(send(vec![]), bounds("profiles", 1, 100, 0));
    let many = |n: u32| (1..=n).map(|merchant| Profile { merchant, ..lawful }).collect();
    assert_eq!(send(many(101)), bounds("profiles", 1, 100, 101));
    assert_eq!(send(many(100)), Ok(()));
    assert_eq!(
        send(vec![Profile { merchant: 0, ..lawful }]),
        bounds("merchant", 1, u32::MAX.into(), 0)
    );
    assert_eq!(
        send(vec![Profile { area: 0, ..lawful }]),
        bounds("area", 1, 10_000_000, 0)
    );
    assert_eq!(
        send(vec![Profile {
            area: 10_000_001,
            ..lawful
        }]),
        bounds("area", 1, 10_000_000, 10_000_001)
    );
    assert_eq!(
        send(vec![Profile { staff: 0, ..lawful }]),
        bounds("staff", 1, 1_000_000, 0)
    );
    assert_eq!(
        send(vec![Profile {
            staff: 1_000_001,
            ..lawful
        }]),
        bounds("staff", 1, 1_000_000, 1_000_001)
    );
    let twice = ContractError::Twice {
        what: "merchant",
        id: 1,
    };
    assert_eq!(send(vec![lawful, lawful]), Err(twice));
}

#[test]
fn rates_have_bounds() {
    let mut world = World::new();
    for district in [true, false] {
        let mut send = |rates: Vec<Rate>| {
            let msg = match district {
                true => ExecuteMsg::SetDistricts { rates },
                false => ExecuteMsg::SetTrades { rates },
            };
            world.by_owner(&msg).map(|_| ())
        };
        let most = 1_000_000_000_000;
        assert_eq!(send(vec![]), bounds("rates", 1, 100, 0));
        assert_eq!(
            send((0..101).map(|id| Rate { id, amount: 1 }).collect()),
            bounds("rates", 1, 100, 101)
        );
        assert_eq!(send(vec![Rate { id: 0, amount: 0 }]), bounds("amount", 1, most, 0));
        assert_eq!(
            send(vec![Rate {
                id: 0,
                amount: most + 1
            }]),
            bounds("amount", 1, most, most + 1)
        );
        assert_eq!(send(vec![Rate { id: 0, amount: most }]), Ok(()));
        let what = if district { "district" } else { "trade" };
        let twice = ContractError::Twice { what, id: 7 };
        assert_eq!(
            send(vec![Rate { id: 7, amount: 1 }, Rate { id: 7, amount: 2 }]),
            Err(twice)
        );
    }
}
