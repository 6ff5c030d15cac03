//! The course of a day's BizPower, and the level it reaches.

use super::support::*;
use cosmwasm_std::Uint128;

/// One shop, one third for each kind, cost 1400.00: n customers with m orders of together s.00 are worth
/// `n * m / s / 3 / 1400`.
#[test]
fn open_high_low_and_close_follow_the_counted_orders() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let people = world.customers(3);
    // 1 * 1/10 / 4200
    world.sell(shop, 1, &[store(people[0], 1_000)]);
    let day = world.shop_day(shop, 1);
    let first = Uint128::new(23_809_523_809_523);
    assert_eq!((day.open, day.high, day.low, day.close), (first, first, first, first));
    // 2 * 2/20 / 4200, then 2 * 3/220 / 4200, then 3 * 4/221 / 4200; the small one in between is none.
    world.sell(
        shop,
        1,
        &[store(people[1], 1_000), store(people[1], 20_000), store(people[2], 99)],
    );
    world.sell(shop, 1, &[store(people[2], 100)]);
    let day = world.shop_day(shop, 1);
    let [high, low, close] = [47_619_047_619_047, 6_493_506_493_506, 12_928_248_222_365].map(Uint128::new);
    assert_eq!((day.open, day.high, day.low, day.close), (first, high, low, close));
    assert_eq!(day.bizpower, close);
}

#[test]
fn a_day_without_a_counted_order_has_none() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    world.sell(shop, 1, &[store(person, 99)]);
    let day = world.shop_day(shop, 1);
    let zero = Uint128::zero();
    assert_eq!(
        (day.open, day.high, day.low, day.close, day.level),
        (zero, zero, zero, zero, 0)
    );
}

#[test]
fn levels_count_the_bounds_reached() {
    let bound = 23_809_523_809_523;
    for (bounds, level) in [
        (vec![], 0),
        (vec![bound + 1], 0),
        (vec![bound], 1),
        (vec![1, bound, bound + 1], 2),
    ] {
        let mut world =
            World::with(|init| init.params.level_bounds = bounds.iter().map(|b| Uint128::new(*b)).collect());
        let shop = world.shops(1)[0];
        let person = world.customers(1)[0];
        world.sell(shop, 1, &[store(person, 1_000)]);
        assert_eq!(world.shop_day(shop, 1).level, level, "{bounds:?}");
    }
}

/// The level is the one of the day's own bounds, also after they changed.
#[test]
fn a_days_level_stays() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    world.sell(shop, 1, &[store(person, 1_000)]);
    assert_eq!(world.shop_day(shop, 1).level, 2);
    let mut rules = params();
    rules.level_bounds = vec![];
    world
        .by_owner(&vrs_interface::merchant::ExecuteMsg::SetParams { params: rules })
        .unwrap();
    world.at(2, 0);
    world.sell(shop, 2, &[store(person, 1_000)]);
    assert_eq!((world.shop_day(shop, 1).level, world.shop_day(shop, 2).level), (2, 0));
}
