//! Bounds of the configuration, and products.

use super::world::{budget, node, params, World, START};
use crate::contract::instantiate;
use crate::ContractError;
use cosmwasm_std::coins;
use cosmwasm_std::testing::{message_info, mock_env};
use vrs_access::AccessError;
use vrs_attestation::leaf::Reading;
use vrs_days::{Clock, ClockError, Stage};
use vrs_interface::attested::DropReason;
use vrs_interface::mining::{ConfigResponse, ExecuteMsg, InstantiateMsg, Method, Params, Product, QueryMsg};
use vrs_interface::mining::{MethodBudget, ProductsResponse};
use vrs_scoring::ScoreError;

fn born_in(mut world: World, change: impl Fn(&mut InstantiateMsg)) -> Result<(), ContractError> {
    let mut msg = world.birth(params());
    change(&mut msg);
    let info = message_info(&world.addr("creator"), &[]);
    world.deps.storage.restore(vec![]);
    instantiate(world.deps.as_mut(), mock_env(), info, msg).map(|_| ())
}

fn born(change: impl Fn(&mut InstantiateMsg)) -> Result<(), ContractError> {
    born_in(World::empty(params()), change)
}

fn out_of(field: &'static str, min: u64, max: u64, actual: u64) -> Result<(), ContractError> {
    Err(ContractError::OutOfBounds {
        field,
        min,
        max,
        actual,
    })
}

#[test]
fn periods_have_bounds() {
    for (days, ok) in [(179, false), (180, true), (3_650, true), (3_651, false)] {
        let got = born(|msg| msg.expiry_days = days);
        let expected = if ok {
            Ok(())
        } else {
            out_of("expiry_days", 180, 3_650, days.into())
        };
        assert_eq!(got, expected);
    }
    for (days, ok) in [(0, false), (1, true), (30, true), (31, false)] {
        let got = born(|msg| msg.raise_delay_days = days);
        let expected = if ok {
            Ok(())
        } else {
            out_of("raise_delay_days", 1, 30, days.into())
        };
        assert_eq!(got, expected);
    }
    let clock = ClockError::OutOfBounds {
        field: "day_seconds",
        min: 10,
        max: 86_400,
        actual: 0,
    };
    let timeless = |msg: &mut InstantiateMsg| {
        msg.clock = Clock {
            day_seconds: 0,
            ..msg.clock.clone()
        }
    };
    assert_eq!(born(timeless), Err(clock.into()));
}

#[test]
fn addresses_are_this_chains_in_lower_case() {
    type Field = fn(&mut InstantiateMsg) -> &mut String;
    let fields: [Field; 5] = [
        |msg| &mut msg.owner,
        |msg| &mut msg.identity,
        |msg| &mut msg.oracle,
        |msg| &mut msg.hp,
        |msg| &mut msg.vrs,
    ];
    for field in fields {
        let upper = |msg: &mut InstantiateMsg| {
            let address = field(msg);
            *address = address.to_uppercase();
        };
        assert!(matches!(
            born(upper),
            Err(ContractError::Access(AccessError::InvalidAddress { .. }))
        ));
    }
}

#[test]
fn all_contracts_hold_one_clock() {
    assert_eq!(born(|_| ()), Ok(()));
    for contract in ["oracle", "identity", "hp", "vrs"] {
        let world = World::empty(params());
        let address = world.addr(contract);
        world.outside.borrow_mut().late = Some(address.clone());
        let clock = Clock::daily(START);
        let actual = Clock {
            start: START + 1,
            ..clock.clone()
        };
        let refused = ContractError::OtherClock {
            contract,
            address,
            expected: Box::new(clock),
            actual: Box::new(actual),
        };
        assert_eq!(born_in(world, |_| ()), Err(refused));
    }
}

#[test]
fn coins_are_refused_at_birth() {
    let mut world = World::empty(params());
    let (info, msg) = (
        message_info(&world.addr("creator"), &coins(1, "ustake")),
        world.birth(params()),
    );
    assert_eq!(
        instantiate(world.deps.as_mut(), mock_env(), info, msg),
        Err(AccessError::NativeCoins { sent: "1ustake".into() }.into())
    );
}

#[test]
fn rules_have_bounds() {
    let set = |change: &dyn Fn(&mut Params)| {
        let mut world = World::new();
        let mut params = params();
        change(&mut params);
        world
            .run(&world.addr("owner"), ExecuteMsg::SetParams { params })
            .map(|_| ())
    };
    for (days, ok) in [(0u32, false), (1, true), (366, true), (367, false)] {
        let expected = if ok {
            Ok(())
        } else {
            out_of("window_days", 1, 366, days.into())
        };
        assert_eq!(set(&|p| p.window_days = days), expected);
    }
    let seven: Vec<MethodBudget> = [Method::Node; 7].map(|method| budget(method, 1, 1)).to_vec();
    assert_eq!(set(&|p| p.budgets = seven.clone()), out_of("budgets", 0, 6, 7));
    let twice = [Method::Node; 2].map(|method| budget(method, 1, 1)).to_vec();
    assert_eq!(
        set(&|p| p.budgets = twice.clone()),
        Err(ContractError::Duplicate {
            field: "method",
            number: 3
        })
    );
    assert_eq!(set(&|p| p.view_steps = (1..=9).collect()), Ok(()));
    let long = ScoreError::TableTooLong {
        expected: 9,
        actual: 10,
    };
    assert_eq!(
        set(&|p| p.view_steps = (1..=10).collect()),
        Err(ContractError::ViewSteps(long))
    );
    let level = ScoreError::NotAscending {
        index: 1,
        previous: 5,
        actual: 5,
    };
    assert_eq!(
        set(&|p| p.view_steps = vec![5, 5]),
        Err(ContractError::ViewSteps(level))
    );
    // The same at birth.
    assert_eq!(born(|msg| msg.params.window_days = 0), out_of("window_days", 1, 366, 0));
}

#[test]
fn budgets_are_kept_by_method_whatever_the_order() {
    let mixed = Params {
        budgets: vec![budget(Method::Streaming, 1, 2), budget(Method::Platform, 3, 4)],
        ..params()
    };
    let world = World::with(mixed);
    let config: ConfigResponse = world.ask(QueryMsg::Config {});
    assert_eq!(
        config.params.budgets,
        [budget(Method::Platform, 3, 4), budget(Method::Streaming, 1, 2)]
    );
    assert_eq!(
        (config.oracle, config.identity, config.hp, config.vrs),
        (
            world.addr("oracle"),
            world.addr("identity"),
            world.addr("hp"),
            world.addr("vrs")
        )
    );
    assert_eq!((config.expiry_days, config.raise_delay_days), (180, 7));
}

fn streamed(unit: u64, product: u64) -> Reading {
    Reading {
        method: 6,
        account: 1,
        unit,
        quantities: [1_000, product, 0, 0, 0],
    }
}

fn products(world: &mut World, list: &[(u32, u64)]) -> Result<(), ContractError> {
    let products = list.iter().map(|(id, factor_e9)| Product {
        id: *id,
        factor_e9: *factor_e9,
    });
    let msg = ExecuteMsg::SetProducts {
        products: products.collect(),
    };
    world.run(&world.addr("owner"), msg).map(|_| ())
}

#[test]
fn a_new_product_counts_at_once_a_changed_one_tomorrow() {
    let mut world = World::new();
    world.go(2, Stage::Open);
    products(&mut world, &[(5, 1_000_000_000)]).unwrap();
    // Yesterday it was not there.
    assert_eq!(world.report(1, &[streamed(1, 5)]), [(0, DropReason::UnknownProduct)]);
    assert_eq!(world.report(2, &[streamed(1, 5)]), []);
    products(&mut world, &[(5, 3_000_000_000)]).unwrap();
    assert_eq!(world.report(2, &[streamed(2, 5)]), []);
    world.go(3, Stage::Open);
    assert_eq!(world.report(3, &[streamed(1, 5)]), []);
    // A late reading of yesterday still sees yesterday's factor.
    assert_eq!(world.report(2, &[streamed(3, 5)]), []);
    let scores: Vec<u128> = world
        .scores(Some(1))
        .days
        .iter()
        .map(|day| day.methods[0].score.u128() / super::world::ONE)
        .collect();
    assert_eq!(scores, [3, 3]);
    // Taken out from tomorrow on.
    products(&mut world, &[(5, 0)]).unwrap();
    world.go(4, Stage::Open);
    assert_eq!(world.report(3, &[streamed(9, 5)]), []);
    assert_eq!(world.report(4, &[streamed(1, 5)]), [(0, DropReason::UnknownProduct)]);
}

#[test]
fn products_have_bounds() {
    let mut world = World::new();
    assert_eq!(products(&mut world, &[]), out_of("products", 1, 100, 0));
    let many: Vec<(u32, u64)> = (0..101).map(|id| (id, 1)).collect();
    assert_eq!(products(&mut world, &many), out_of("products", 1, 100, 101));
    assert_eq!(products(&mut world, &many[..100]), Ok(()));
    assert_eq!(
        products(&mut world, &[(1, 1_000_000_000_001)]),
        out_of("factor_e9", 0, 1_000_000_000_000, 1_000_000_000_001)
    );
    assert_eq!(
        products(&mut world, &[(1, 1), (2, 1), (1, 2)]),
        Err(ContractError::Duplicate {
            field: "product",
            number: 1
        })
    );
}

#[test]
fn products_are_listed_as_of_today() {
    let mut world = World::new();
    products(&mut world, &[(7, 70), (3, 30), (5, 50)]).unwrap();
    products(&mut world, &[(5, 51)]).unwrap();
    let list = |world: &World, start_after, limit| {
        let answer: ProductsResponse = world.ask(QueryMsg::Products { start_after, limit });
        let products: Vec<(u32, u64)> = answer.products.iter().map(|p| (p.id, p.factor_e9)).collect();
        (products, answer.more)
    };
    assert_eq!(list(&world, None, Some(2)), (vec![(3, 30), (5, 50)], true));
    assert_eq!(list(&world, Some(5), None), (vec![(7, 70)], false));
    world.go(2, Stage::Open);
    world.report(2, &[node(1, 1, 1)]);
    assert_eq!(list(&world, Some(3), Some(1)), (vec![(5, 51)], true));
}
