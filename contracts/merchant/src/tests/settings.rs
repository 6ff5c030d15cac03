//! Birth, and changes of rules and costs.

use super::support::*;
use crate::contract;
use crate::ContractError;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::Uint128;
use cw_multi_test::{ContractWrapper, Executor};
use vrs_access::AccessError;
use vrs_days::{Clock, ClockError};
use vrs_interface::merchant::{
    Budget, ConfigResponse, ExecuteMsg, InstantiateMsg, Params, Profile, ProfileResponse, QueryMsg, Rate, Side,
};

/// Instantiates once more, over the contracts of a world.
fn born(world: &mut World, change: impl FnOnce(&mut InstantiateMsg)) -> Result<(), ContractError> {
    let mut init = InstantiateMsg {
        owner: world.owner.to_string(),
        clock: Clock::daily(START),
        identity: world.identity.to_string(),
        oracle: world.door.to_string(),
        bzky: world.bzky.to_string(),
        time: world.time.to_string(),
        params: params(),
        horizon_days: 180,
        expiry_days: 365,
        raise_delay_days: 7,
    };
    change(&mut init);
    let wrapper = ContractWrapper::new(contract::execute, contract::instantiate, contract::query);
    let code = world.app.store_code(Box::new(wrapper));
    let owner = world.owner.clone();
    let born = world.app.instantiate_contract(code, owner, &init, &[], "again", None);
    born.map(|_| ())
        .map_err(|error| error.downcast::<ContractError>().unwrap())
}

fn config(world: &World) -> ConfigResponse {
    world.ask(&QueryMsg::Config {})
}

fn bounds(field: &'static str, min: u64, max: u64, actual: u64) -> Result<(), ContractError> {
    Err(ContractError::OutOfBounds {
        field,
        min,
        max,
        actual,
    })
}

#[test]
fn a_contract_is_born_with_what_it_was_told() {
    let world = World::bare(|init| {
        init.horizon_days = 30;
        init.expiry_days = 180;
        init.raise_delay_days = 1;
    });
    let config = config(&world);
    assert_eq!(
        (config.identity, config.oracle),
        (world.identity.clone(), world.door.clone())
    );
    assert_eq!((config.bzky, config.time), (world.bzky.clone(), world.time.clone()));
    assert_eq!((config.params, config.planned), (params(), None));
    assert_eq!(
        (config.horizon_days, config.expiry_days, config.raise_delay_days),
        (30, 180, 1)
    );
    for side in [Side::Merchants, Side::Customers] {
        assert_eq!(world.pool(side).funded, Uint128::zero());
    }
}

#[test]
fn periods_have_bounds() {
    let mut world = World::bare(|_| {});
    let mut with = |change: &dyn Fn(&mut InstantiateMsg)| born(&mut world, |init| change(init));
    assert_eq!(
        with(&|init| init.horizon_days = 29),
        bounds("horizon_days", 30, 366, 29)
    );
    assert_eq!(
        with(&|init| init.horizon_days = 367),
        bounds("horizon_days", 30, 366, 367)
    );
    assert_eq!(
        with(&|init| init.expiry_days = 179),
        bounds("expiry_days", 180, 3_650, 179)
    );
    assert_eq!(
        with(&|init| init.expiry_days = 3_651),
        bounds("expiry_days", 180, 3_650, 3_651)
    );
    assert_eq!(
        with(&|init| init.raise_delay_days = 0),
        bounds("raise_delay_days", 1, 30, 0)
    );
    assert_eq!(
        with(&|init| init.raise_delay_days = 31),
        bounds("raise_delay_days", 1, 30, 31)
    );
    assert_eq!(
        with(&|init| (init.horizon_days, init.expiry_days) = (366, 3_650)),
        Ok(())
    );
    let clock = ClockError::OutOfBounds {
        field: "day_seconds",
        min: 10,
        max: 86_400,
        actual: 9,
    };
    assert_eq!(with(&|init| init.clock.day_seconds = 9), Err(clock.into()));
}

#[test]
fn addresses_are_this_chains_and_lower_case() {
    let mut world = World::bare(|_| {});
    for field in 0..5 {
        let refused = born(&mut world, |init| {
            let fields = [
                &mut init.owner,
                &mut init.identity,
                &mut init.oracle,
                &mut init.bzky,
                &mut init.time,
            ];
            for (at, address) in fields.into_iter().enumerate() {
                if at == field {
                    *address = address.to_uppercase();
                }
            }
        });
        let Err(ContractError::Access(AccessError::InvalidAddress { address, .. })) = refused else {
            panic!("field {field}: {refused:?}");
        };
        assert_eq!(address, address.to_uppercase());
    }
}

#[test]
fn all_contracts_count_days_alike() {
    for (contract, at) in [("identity", 0), ("oracle", 1), ("bzky", 2), ("time", 3)] {
        let mut world = World::bare(|_| {});
        let mut clock = Clock::daily(START);
        clock.close_after += 1;
        let code = world.app.store_code(Box::new(ContractWrapper::new(
            door::execute,
            door::instantiate,
            door::query,
        )));
        let birth = door::Birth { clock: clock.clone() };
        let owner = world.owner.clone();
        let other = world
            .app
            .instantiate_contract(code, owner, &birth, &[], "other", None)
            .unwrap();
        let refused = born(&mut world, |init| {
            let fields = [&mut init.identity, &mut init.oracle, &mut init.bzky, &mut init.time];
            for (n, address) in fields.into_iter().enumerate() {
                if n == at {
                    *address = other.to_string();
                }
            }
        });
        let expected = ContractError::OtherClock {
            contract,
            expected: Box::new(Clock::daily(START)),
            actual: Box::new(clock),
        };
        assert_eq!(refused, Err(expected));
    }
    // What is no contract can't be asked.
    let mut world = World::bare(|_| {});
    let nobody = MockApi::default().addr_make("nobody");
    let refused = born(&mut world, |init| init.identity = nobody.to_string());
    assert!(matches!(refused, Err(ContractError::Std(_))), "{refused:?}");
}

#[test]
fn rules_have_bounds() {
    let mut world = World::bare(|_| {});
    let mut with = |change: &dyn Fn(&mut Params)| {
        let mut rules = params();
        change(&mut rules);
        world.by_owner(&ExecuteMsg::SetParams { params: rules }).map(|_| ())
    };
    let most = 1_000_000_000_000_000;
    assert_eq!(with(&|p| p.max_order = 99), bounds("max_order", 100, most, 99));
    assert_eq!(
        with(&|p| (p.min_order, p.max_order) = (0, 0)),
        bounds("max_order", 1, most, 0)
    );
    assert_eq!(
        with(&|p| p.max_order = most + 1),
        bounds("max_order", 100, most, most + 1)
    );
    assert_eq!(with(&|p| p.merchants.window_days = 0), bounds("window_days", 1, 366, 0));
    assert_eq!(
        with(&|p| p.customers.window_days = 367),
        bounds("window_days", 1, 366, 367)
    );
    assert_eq!(with(&|p| p.power_bps = vec![]), bounds("power_bps entries", 1, 24, 0));
    assert_eq!(
        with(&|p| p.power_bps = vec![0; 25]),
        bounds("power_bps entries", 1, 24, 25)
    );
    assert_eq!(
        with(&|p| p.power_bps = vec![10_001]),
        bounds("power_bps", 0, 10_000, 10_001)
    );
    assert_eq!(with(&|p| p.month_days = 0), bounds("month_days", 1, 366, 0));
    assert_eq!(with(&|p| p.month_days = 367), bounds("month_days", 1, 366, 367));
    assert_eq!(with(&|p| p.weight_days = 0), bounds("weight_days", 1, 90, 0));
    assert_eq!(with(&|p| p.weight_days = 91), bounds("weight_days", 1, 90, 91));
    let many = |p: &mut Params| p.level_bounds = (1..=21).map(Uint128::new).collect();
    assert_eq!(with(&many), bounds("level_bounds entries", 0, 20, 21));
    for (list, previous, actual) in [(vec![0], 0, 0), (vec![5, 5], 5, 5), (vec![7, 3], 7, 3)] {
        let refused = with(&|p| p.level_bounds = list.iter().copied().map(Uint128::new).collect());
        assert_eq!(refused, Err(ContractError::BoundsNotRising { previous, actual }));
    }
    let lawful = |p: &mut Params| {
        (p.min_order, p.max_order, p.share_cap, p.month_days, p.weight_days) = (0, most, 0, 366, 90);
        p.level_bounds = (1..=20).map(Uint128::new).collect();
        p.power_bps = vec![0; 24];
    };
    assert_eq!(with(&lawful), Ok(()));
}

/// Each change alone: from tomorrow on where it lowers, after seven days where it raises or divides
/// otherwise.
#[test]
fn lower_tomorrow_raise_slowly() {
    type Change = fn(&mut Params);
    let tomorrow: [Change; 9] = [
        |_| {},
        |p| p.merchants.per_head = Uint128::zero(),
        |p| p.customers.max = Uint128::one(),
        |p| p.customers.per_window = Uint128::one(),
        |p| p.merchants.window_days = 31,
        |p| p.share_cap = 19,
        |p| p.max_order = 999_999,
        |p| p.min_order = 101,
        |p| (p.weight_days, p.level_bounds) = (29, vec![]),
    ];
    let later: [Change; 10] = [
        |p| p.merchants.per_head += Uint128::one(),
        |p| p.customers.max += Uint128::one(),
        |p| p.merchants.per_window += Uint128::one(),
        |p| p.customers.window_days = 29,
        |p| p.share_cap = 21,
        |p| p.share_cap = 0,
        |p| p.max_order += 1,
        |p| p.min_order -= 1,
        |p| p.power_bps = vec![9_999],
        |p| p.month_days = 31,
    ];
    let cases = tomorrow
        .map(|change| (change, 5))
        .into_iter()
        .chain(later.map(|change| (change, 11)));
    for (at, (change, from)) in cases.enumerate() {
        let mut world = World::bare(|_| {});
        world.at(4, 0);
        let mut rules = params();
        change(&mut rules);
        let response = world
            .by_owner(&ExecuteMsg::SetParams { params: rules.clone() })
            .unwrap();
        assert_eq!(
            told(&response)[0][1],
            ("from".to_string(), from.to_string()),
            "case {at}"
        );
        let asked = config(&world);
        assert_eq!(
            (asked.params, asked.planned),
            (params(), Some((from, rules.clone()))),
            "case {at}"
        );
        world.at(from - 1, 86_399);
        assert_eq!(config(&world).params, params(), "case {at}");
        world.at(from, 0);
        let asked = config(&world);
        assert_eq!((asked.params, asked.planned), (rules, None), "case {at}");
    }
}

/// Were many changes kept waiting, the one in force would be pushed out, and a raise would be there at once.
#[test]
fn one_change_waits_at_a_time_and_none_comes_early() {
    let mut world = World::bare(|_| {});
    let raised = |by: u128| {
        let mut rules = params();
        rules.merchants.per_head = Uint128::new(1_000 * UNIT + by);
        ExecuteMsg::SetParams { params: rules }
    };
    for day in 1..=20 {
        world.at(day, 0);
        let response = world.by_owner(&raised(day.into())).unwrap();
        let dropped = told(&response)[0]
            .iter()
            .find(|(key, _)| key == "dropped")
            .map(|(_, day)| day.clone());
        let expected = (day > 1).then(|| (day + 6).to_string());
        assert_eq!(dropped, expected, "day {day}");
        let asked = config(&world);
        assert_eq!(
            (asked.params, asked.planned.unwrap().0),
            (params(), day + 7),
            "day {day}"
        );
    }
    world.at(27, 0);
    assert_eq!(
        config(&world).params.merchants.per_head,
        Uint128::new(1_000 * UNIT + 20)
    );
}

#[test]
fn lowering_drops_a_raise_that_waits() {
    let mut world = World::bare(|_| {});
    let mut rules = params();
    rules.share_cap = 50;
    world.by_owner(&ExecuteMsg::SetParams { params: rules }).unwrap();
    let mut rules = params();
    rules.share_cap = 10;
    let response = world
        .by_owner(&ExecuteMsg::SetParams { params: rules.clone() })
        .unwrap();
    let expected = [("action", "params_set"), ("from", "2"), ("dropped", "8")];
    assert_eq!(
        told(&response)[0],
        expected.map(|(key, value)| (key.to_string(), value.to_string()))
    );
    world.at(9, 0);
    assert_eq!(config(&world).params, rules);
}

#[test]
fn a_cut_lowers_at_once_what_is_in_force_and_what_is_planned() {
    let mut world = World::bare(|_| {});
    let mut rules = params();
    rules.customers.max += Uint128::one();
    world.by_owner(&ExecuteMsg::SetParams { params: rules }).unwrap();
    let cut = Budget {
        per_head: Uint128::new(3),
        max: Uint128::new(2),
        window_days: 60,
        per_window: Uint128::new(1),
    };
    let msg = ExecuteMsg::CutBudget {
        side: Side::Customers,
        budget: cut,
    };
    world.by_owner(&msg).unwrap();
    let asked = config(&world);
    assert_eq!(asked.params.customers, cut);
    assert_eq!(asked.params.merchants, params().merchants);
    assert_eq!(asked.planned.unwrap().1.customers, cut);
}

#[test]
fn a_cut_raises_no_figure_and_shortens_no_window() {
    let mut world = World::bare(|_| {});
    let today = params().merchants;
    let one = Uint128::one();
    let cases = [
        (
            "per_head",
            Budget {
                per_head: today.per_head + one,
                ..today
            },
            today.per_head,
            today.per_head + one,
        ),
        (
            "max",
            Budget {
                max: today.max + one,
                ..today
            },
            today.max,
            today.max + one,
        ),
        (
            "per_window",
            Budget {
                per_window: today.per_window + one,
                ..today
            },
            today.per_window,
            today.per_window + one,
        ),
        (
            "window_days",
            Budget {
                window_days: 29,
                ..today
            },
            Uint128::new(30),
            Uint128::new(29),
        ),
    ];
    for (field, budget, today, actual) in cases {
        let side = Side::Merchants;
        let refused = world.by_owner(&ExecuteMsg::CutBudget { side, budget }).map(|_| ());
        let (today, actual) = (today.u128(), actual.u128());
        assert_eq!(refused, Err(ContractError::NotACut { field, today, actual }));
    }
    let budget = Budget {
        window_days: 0,
        ..today
    };
    let side = Side::Merchants;
    let refused = world.by_owner(&ExecuteMsg::CutBudget { side, budget }).map(|_| ());
    assert_eq!(refused, bounds("window_days", 1, 366, 0));
}

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
