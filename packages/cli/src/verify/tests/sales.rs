//! Visits and merchants' days on hand-made answers.

use crate::calendar::Calendar;
use crate::chain::AddressBook;
use crate::deploy::merchant_params;
use crate::economy;
use crate::verify::names::Names;
use crate::verify::rules::Timeline;
use crate::verify::shops::{power_input, Outside, Pruned, Shops};
use crate::verify::tally::Tally;
use crate::verify::visits::{add_up, Visited};
use cosmwasm_std::{Uint128, Uint64};
use std::collections::BTreeMap;
use std::path::Path;
use vrs_days::Clock;
use vrs_interface::merchant::{MerchantDay, Params, Visit};

fn names() -> Names {
    let clock = Clock::daily(super::world::START);
    let calendar = Calendar {
        start: super::world::START as i64,
        first_day: 1,
        offset_minutes: 0,
    };
    Names::new(AddressBook::default(), clock, Some(calendar))
}

fn rules() -> Timeline<Params> {
    Timeline::new(merchant_params(
        &economy::parse(Path::new("test"), "").expect("economy"),
    ))
}

/// A store visit of one order.
fn visit(customer: u32, merchant: u32, day: u32, sum: u64, known: bool) -> Visit {
    Visit {
        merchant,
        customer,
        day,
        store_orders: 1,
        store_sum: sum.into(),
        external_orders: 0,
        external_sum: Uint64::zero(),
        small_orders: 0,
        small_sum: Uint64::zero(),
        known,
        taken_back: false,
    }
}

fn added(visits: &[Visit]) -> Result<Visited, String> {
    add_up(visits, &rules(), false, &names(), &mut Tally::default()).map_err(|difference| difference.to_string())
}

#[test]
fn known_from_the_second_day_on_and_at_each_shop_alone() {
    let visits = [
        visit(7, 1, 1, 500, false),
        visit(7, 1, 3, 500, true),
        visit(7, 2, 3, 500, false),
        visit(8, 1, 3, 500, false),
    ];
    let visited = added(&visits).expect("adds up");
    let shop = visited.shops[&(1, 3)];
    assert_eq!(
        (shop.first, shop.repeat, shop.store.orders, shop.revenue()),
        (1, 1, 2, 1_000)
    );
    assert_eq!(visited.purses[&(7, 3)].spending, 1_000);
}

#[test]
fn a_small_order_makes_nobody_known() {
    let small = Visit {
        store_orders: 0,
        store_sum: Uint64::zero(),
        small_orders: 2,
        small_sum: 150u64.into(),
        ..visit(7, 1, 1, 0, false)
    };
    let visited = added(&[small, visit(7, 1, 2, 500, false)]).expect("adds up");
    assert_eq!((visited.shops[&(1, 2)].first, visited.shops[&(1, 1)].first), (1, 0));
    assert_eq!(visited.purses[&(7, 1)].spending, 150);
}

#[test]
fn visits_that_cannot_be() {
    let at = "of member #7 at member #1 on 2017-01-01 (day 1)";
    assert_eq!(
        added(&[visit(7, 1, 1, 500, true)]).expect_err("known"),
        format!("known from an earlier day {at}: expected false, the chain says true")
    );
    assert_eq!(
        added(&[visit(7, 1, 1, 99, false)]).expect_err("small"),
        format!("sum of counted store orders {at}: expected 1 orders of at least 100 minor units, the chain says 99")
    );
    let nothing = Visit {
        store_orders: 0,
        store_sum: Uint64::zero(),
        ..visit(7, 1, 1, 0, false)
    };
    assert_eq!(
        added(&[nothing]).expect_err("empty"),
        format!("orders {at}: expected at least 1, the chain says 0")
    );
}

/// A merchant's day with one first-time customer, as it must be.
fn row(day: u32, window: (u64, u64, u64)) -> MerchantDay {
    let zero = Uint128::zero();
    let mut row = MerchantDay {
        day,
        merchant: 1,
        orders: 1,
        revenue: 500u64.into(),
        store_orders: 1,
        store_sum: 500u64.into(),
        external_orders: 0,
        external_sum: Uint64::zero(),
        first: 1,
        repeat: 0,
        external: 0,
        window,
        cost: 140_000u128.into(),
        bizpower: zero,
        open: zero,
        high: zero,
        low: zero,
        close: zero,
        level: 0,
        holding: 3u128.into(),
        taken_back: false,
        reward: zero,
        claimed: false,
    };
    let power = power_input(&row).bizpower_e18().expect("power").into();
    (row.bizpower, row.open, row.high, row.low, row.close) = (power, power, power, power, power);
    row.level = vrs_scoring::level(row.bizpower.u128(), &vrs_scoring::DEFAULT_LEVEL_BOUNDS);
    row
}

fn fault(rows: &[MerchantDay], visits: &[Visit]) -> Option<String> {
    let (rules, names) = (rules(), names());
    let visited = added(visits).expect("visits");
    let outside = Outside {
        cost: Some(140_000),
        holding: Some(3),
    };
    let outside: BTreeMap<_, _> = rows.iter().map(|row| ((row.merchant, row.day), outside)).collect();
    let shops = Shops {
        rows,
        visited: &visited,
        outside: &outside,
        rules: &rules,
        pruned: Pruned::default(),
        names: &names,
    };
    shops
        .check(&mut Tally::default())
        .err()
        .map(|difference| difference.to_string())
}

#[test]
fn weights_reach_from_31_days_ago_to_the_day_before_yesterday() {
    let visits: Vec<Visit> = [1, 2, 31, 32, 33]
        .iter()
        .map(|day| visit(10 + day, 1, *day, 500, false))
        .collect();
    let rows = [
        row(1, (0, 0, 0)),
        row(2, (0, 0, 0)),
        row(31, (2, 0, 0)),
        row(32, (2, 0, 0)),
        row(33, (2, 0, 0)),
    ];
    assert_eq!(fault(&rows, &visits), None);
    let mut wrong = rows.clone();
    wrong[4] = row(33, (3, 0, 0));
    assert_eq!(
        fault(&wrong, &visits).as_deref(),
        Some("first-time customers of the window of member #1 on 2017-02-02 (day 33): expected 2, the chain says 3")
    );
}

#[test]
fn each_figure_of_a_merchants_day() {
    let visits = [visit(7, 1, 1, 500, false)];
    let good = row(1, (0, 0, 0));
    assert_eq!(fault(std::slice::from_ref(&good), &visits), None);
    type Change = fn(&mut MerchantDay);
    let cases: [(&str, Change); 8] = [
        ("revenue", |row| row.revenue = 501u64.into()),
        ("orders", |row| row.orders = 2),
        ("repeat customers", |row| row.repeat = 1),
        ("costs", |row| row.cost = 1u128.into()),
        ("holding", |row| row.holding = 4u128.into()),
        ("BizPower", |row| row.bizpower += Uint128::one()),
        ("level", |row| row.level += 1),
        ("candle", |row| row.low += Uint128::one()),
    ];
    for (what, change) in cases {
        let mut row = good.clone();
        change(&mut row);
        let fault = fault(&[row], &visits).unwrap_or_default();
        let expected = format!("{what} of member #1 on 2017-01-01 (day 1): expected");
        assert!(fault.starts_with(&expected), "{what}: {fault}");
    }
}

#[test]
fn a_day_without_visits_and_visits_without_a_day() {
    let fault_1 = fault(&[row(1, (0, 0, 0))], &[]).unwrap_or_default();
    assert_eq!(
        fault_1,
        "counted store orders of member #1 on 2017-01-01 (day 1): expected 0, the chain says 1"
    );
    let fault_2 = fault(&[], &[visit(7, 1, 1, 500, false)]).unwrap_or_default();
    assert_eq!(
        fault_2,
        "merchant's day of member #1 on 2017-01-01 (day 1): expected 1 orders, the chain says no such day"
    );
}
