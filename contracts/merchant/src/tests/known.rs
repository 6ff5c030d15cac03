//! First-time, repeat and external customers; late orders and several terminals.

use super::support::*;
use cosmwasm_std::Uint128;
use vrs_interface::merchant::{MerchantDay, QueryMsg, VisitsResponse};

fn buyers(day: &MerchantDay) -> (u32, u32, u32) {
    (day.first, day.repeat, day.external)
}

fn world() -> (World, u32, Vec<u32>) {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let people = world.customers(3);
    (world, shop, people)
}

#[test]
fn a_customer_counts_once_a_day_whatever_he_buys() {
    let (mut world, shop, people) = world();
    for _ in 0..3 {
        world.sell(shop, 1, &[store(people[0], 500), store(people[0], 700)]);
    }
    let day = world.shop_day(shop, 1);
    assert_eq!(
        (buyers(&day), day.store_orders, day.store_sum.u64()),
        ((1, 0, 0), 6, 3_600)
    );
}

#[test]
fn who_bought_on_an_earlier_day_is_a_repeat_customer() {
    let (mut world, shop, people) = world();
    world.sell(shop, 1, &[store(people[0], 500), external(people[1], 500)]);
    world.at(3, 0);
    // One bought in store, one only by delivery: both are known. The third is new.
    world.sell(
        shop,
        3,
        &[store(people[0], 500), store(people[1], 500), store(people[2], 500)],
    );
    assert_eq!(buyers(&world.shop_day(shop, 1)), (1, 0, 1));
    assert_eq!(buyers(&world.shop_day(shop, 3)), (1, 2, 0));
}

#[test]
fn who_buys_both_ways_counts_in_both() {
    let (mut world, shop, people) = world();
    world.sell(
        shop,
        1,
        &[
            external(people[0], 500),
            store(people[0], 500),
            external(people[0], 500),
        ],
    );
    assert_eq!(buyers(&world.shop_day(shop, 1)), (1, 0, 1));
    world.at(2, 0);
    world.sell(shop, 2, &[external(people[0], 500), store(people[0], 500)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (0, 1, 1));
}

#[test]
fn small_orders_make_nobody_known() {
    let (mut world, shop, people) = world();
    world.sell(shop, 1, &[store(people[0], 99)]);
    let day = world.shop_day(shop, 1);
    assert_eq!(
        (buyers(&day), day.orders, day.bizpower),
        ((0, 0, 0), 1, Uint128::zero())
    );
    world.at(2, 0);
    world.sell(shop, 2, &[store(people[0], 100)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (1, 0, 0));
}

#[test]
fn known_here_is_not_known_elsewhere() {
    let (mut world, shop, people) = world();
    let other = world.shops(1)[0];
    world.sell(shop, 1, &[store(people[0], 500)]);
    world.at(2, 0);
    world.sell(other, 2, &[store(people[0], 500)]);
    assert_eq!(buyers(&world.shop_day(other, 2)), (1, 0, 0));
}

/// Terminal 2's order of yesterday arrives after today's first order at terminal 1.
#[test]
fn a_late_order_makes_todays_first_customer_a_repeat_one() {
    let (mut world, shop, people) = world();
    world.at(2, 3_600);
    world.sell(shop, 2, &[store(people[0], 1_000), store(people[1], 1_000)]);
    let before = world.shop_day(shop, 2);
    assert_eq!(buyers(&before), (2, 0, 0));
    let mut late = world.delivery(shop, 1, &[external(people[0], 400)]);
    late.device = 77;
    world.attest(vec![late]).unwrap();
    let after = world.shop_day(shop, 2);
    assert_eq!(buyers(&after), (1, 1, 0));
    // With one third for each, first and repeat weigh the same: the figure stays, and so does the sum.
    assert_eq!(after.bizpower, before.bizpower);
    assert_eq!(world.day(2).bizpower, after.bizpower);
    assert_eq!(buyers(&world.shop_day(shop, 1)), (0, 0, 1));
    // A second late order of theirs changes nothing more.
    world.sell(shop, 1, &[store(people[0], 400)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (1, 1, 0));
    assert_eq!(buyers(&world.shop_day(shop, 1)), (1, 0, 1));
}

/// With a record of first-time customers alone, a repeat customer weighs nothing: BizPower falls, the
/// day's sum with it; the candle follows that day's own orders and stays.
#[test]
fn a_late_order_moves_bizpower_and_the_days_sum_but_no_candle() {
    let (mut world, shop, people) = world();
    world.sell(shop, 1, &[store(people[2], 1_000)]);
    world.at(4, 3_600);
    world.sell(shop, 4, &[store(people[0], 1_000)]);
    let before = world.shop_day(shop, 4);
    assert_eq!(before.window, (1, 0, 0));
    assert_eq!(before.bizpower, before.close);
    assert!(before.bizpower > Uint128::zero());
    world.sell(shop, 3, &[store(people[0], 1_000)]);
    let after = world.shop_day(shop, 4);
    assert_eq!(
        (buyers(&after), after.bizpower, after.level),
        ((0, 1, 0), Uint128::zero(), 0)
    );
    assert_eq!(
        (after.open, after.high, after.low, after.close),
        (before.open, before.high, before.low, before.close)
    );
    assert_eq!(world.day(4).bizpower, Uint128::zero());
    // The next order of the day continues the candle from the new value.
    world.sell(shop, 4, &[store(people[1], 1_000)]);
    let next = world.shop_day(shop, 4);
    assert_eq!((next.close, next.open), (next.bizpower, before.open));
    world.conserved();
}

#[test]
fn a_late_small_order_makes_nobody_known() {
    let (mut world, shop, people) = world();
    world.at(2, 3_600);
    world.sell(shop, 2, &[store(people[0], 1_000)]);
    world.sell(shop, 1, &[store(people[0], 99)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (1, 0, 0));
    // Then a counted one does.
    world.sell(shop, 1, &[store(people[0], 100)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (0, 1, 0));
}

#[test]
fn a_late_order_of_a_customer_who_had_only_small_or_external_ones_today() {
    let (mut world, shop, people) = world();
    world.at(2, 3_600);
    world.sell(shop, 2, &[store(people[0], 50), external(people[1], 1_000)]);
    world.sell(shop, 1, &[store(people[0], 1_000), store(people[1], 1_000)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (0, 0, 1));
    // Known from now on, though nothing was counted as first before.
    world.sell(shop, 2, &[store(people[0], 1_000), store(people[1], 1_000)]);
    assert_eq!(buyers(&world.shop_day(shop, 2)), (0, 2, 1));
}

#[test]
fn yesterdays_and_todays_orders_in_one_message_in_either_order() {
    for today_first in [true, false] {
        let (mut world, shop, people) = world();
        world.at(2, 3_600);
        let today = world.delivery(shop, 2, &[store(people[0], 1_000)]);
        let late = world.delivery(shop, 1, &[store(people[0], 1_000)]);
        let deliveries = if today_first {
            vec![today, late]
        } else {
            vec![late, today]
        };
        world.attest(deliveries).unwrap();
        assert_eq!(
            buyers(&world.shop_day(shop, 1)),
            (1, 0, 0),
            "today first: {today_first}"
        );
        assert_eq!(
            buyers(&world.shop_day(shop, 2)),
            (0, 1, 0),
            "today first: {today_first}"
        );
    }
}

#[test]
fn visits_tell_what_was_bought_where() {
    let (mut world, shop, people) = world();
    world.sell(
        shop,
        1,
        &[store(people[0], 500), external(people[0], 700), store(people[0], 99)],
    );
    let visits: VisitsResponse = world.ask(&QueryMsg::Visits {
        customer: Some(people[0]),
        start_after: None,
        limit: None,
    });
    let visit = &visits.visits[0];
    assert_eq!((visits.visits.len(), visits.more), (1, false));
    assert_eq!((visit.merchant, visit.customer, visit.day), (shop, people[0], 1));
    assert_eq!((visit.store_orders, visit.store_sum.u64()), (1, 500));
    assert_eq!((visit.external_orders, visit.external_sum.u64()), (1, 700));
    assert_eq!((visit.small_orders, visit.small_sum.u64()), (1, 99));
    assert_eq!((visit.known, visit.taken_back), (false, false));
}
