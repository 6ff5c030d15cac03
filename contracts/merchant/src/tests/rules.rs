//! Changes of the rules: bounds, lower tomorrow, raise slowly, cut at once.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::Uint128;
use vrs_interface::merchant::{Budget, ExecuteMsg, Params, Side};

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
