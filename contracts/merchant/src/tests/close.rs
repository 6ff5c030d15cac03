//! What a day may take, and when that is decided.

use super::support::*;
use cosmwasm_std::Uint128;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{Budget, ExecuteMsg, Params, PruneWhat, Side};
use vrs_interface::settlement::Tranche;
use vrs_interface::token;

fn world(change: impl FnOnce(&mut Params)) -> (World, Vec<MemberId>, Vec<MemberId>) {
    let mut world = World::with(|init| change(&mut init.params));
    let shops = world.shops(3);
    let people = world.customers(3);
    (world, shops, people)
}

/// Lets time pass into storage without changing anything else.
fn nudge(world: &mut World) -> Vec<Vec<(String, String)>> {
    let msg = ExecuteMsg::Prune {
        what: PruneWhat::Visits { start_after: None },
        limit: None,
    };
    told(&world.send(&account(99), &msg).unwrap())
}

fn send(world: &mut World, to: MemberId, amount: u128) {
    let msg = token::ExecuteMsg::Transfer {
        recipient: account(to).to_string(),
        amount: Uint128::new(amount),
    };
    let (treasury, bzky) = (world.treasury.clone(), world.bzky.clone());
    world.call(&treasury, &bzky, &msg).unwrap();
}

fn reserved(world: &World, day: u32) -> (u128, u128) {
    let day = world.day(day);
    let of = |reserved: &[(String, Uint128)]| reserved.first().map_or(0, |(_, amount)| amount.u128());
    (
        of(&day.merchant_programme.reserved),
        of(&day.customer_programme.reserved),
    )
}

#[test]
fn so_much_a_head_up_to_the_maximum() {
    let (mut world, shops, people) = world(|params| {
        params.merchants.max = Uint128::new(250 * UNIT);
        params.customers.max = Uint128::new(15 * UNIT);
    });
    for (n, budgets) in [(1, (100, 10)), (2, (200, 15)), (3, (250, 15))] {
        let day = world.today();
        for at in 0..n {
            world.sell(shops[at], day, &[store(people[at], 1_000)]);
        }
        world.close(day);
        nudge(&mut world);
        assert_eq!(reserved(&world, day), (budgets.0 * UNIT, budgets.1 * UNIT));
        let next = world.today() + 1;
        world.at(next, 0);
    }
}

#[test]
fn months_divide_between_bizpower_and_holdings() {
    let (mut world, shops, _) = world(|params| {
        params.month_days = 2;
        params.power_bps = vec![10_000, 9_000, 0];
    });
    let newcomers = world.customers(7);
    send(&mut world, shops[0], 30);
    send(&mut world, shops[1], 10);
    let mut seen = vec![];
    // A new customer each day: a repeat one weighs nothing after a record of first-time ones.
    for (day, person) in (1..=7).zip(newcomers) {
        world.at(day, 0);
        world.sell(shops[0], day, &[store(person, 1_000)]);
        world.sell(shops[1], day, &[store(person, 1_000)]);
        let tranches = world.day(day).merchant_programme.tranches;
        seen.push(
            tranches
                .iter()
                .map(|t: &Tranche| (t.track.clone(), t.share_bps))
                .collect::<Vec<_>>(),
        );
    }
    let (power, both) = (vec![("bizpower".to_string(), 10_000)], |bps| {
        vec![("bizpower".to_string(), bps), ("holding".to_string(), 10_000 - bps)]
    });
    let holding = vec![("holding".to_string(), 10_000)];
    // On day 3 what came on day 1 was held through all of day 2. The last entry of the list holds on.
    assert_eq!(
        seen,
        [
            power.clone(),
            power,
            both(9_000),
            both(9_000),
            holding.clone(),
            holding.clone(),
            holding
        ]
    );
    // 10% by 30 : 10, 90% alike.
    assert_eq!(world.shop_day(shops[0], 3).reward.u128(), 90 * UNIT + 15 * UNIT);
    assert_eq!(world.shop_day(shops[1], 3).reward.u128(), 90 * UNIT + 5 * UNIT);
}

#[test]
fn a_holding_is_the_lowest_balance_of_the_day_before() {
    let (mut world, shops, people) = world(|_| {});
    send(&mut world, shops[0], 500);
    world.sell(shops[0], 1, &[store(people[0], 1_000)]);
    world.at(2, 0);
    // Born on day 1 with 0: the lowest of day 1 is 0, whatever stands there at midnight.
    world.sell(shops[0], 2, &[store(people[0], 1_000)]);
    let back = token::ExecuteMsg::Transfer {
        recipient: world.treasury.to_string(),
        amount: Uint128::new(400),
    };
    let bzky = world.bzky.clone();
    world.call(&account(shops[0]), &bzky, &back).unwrap();
    send(&mut world, shops[0], 900);
    world.at(3, 0);
    world.sell(shops[0], 3, &[store(people[0], 1_000)]);
    world.at(4, 0);
    world.sell(shops[0], 4, &[store(people[0], 1_000)]);
    let held = [1, 2, 3, 4].map(|day| world.shop_day(shops[0], day).holding.u128());
    assert_eq!(held, [0, 0, 100, 1_000]);
    assert_eq!(world.day(3).holding.u128(), 100);
}

#[test]
fn a_part_without_weights_stays_in_the_pool_and_the_budget_is_told_whole() {
    let (mut world, shops, people) = world(|params| {
        params.month_days = 1;
        params.power_bps = vec![9_000];
        params.merchants.per_head = Uint128::new(101);
    });
    // Nobody holds anything: 90.9 of 101 are set aside, rounded up.
    world.sell(shops[0], 1, &[store(people[0], 1_000)]);
    world.at(2, 0);
    // Only an order too small to count: nothing is.
    world.sell(shops[0], 2, &[store(people[0], 99)]);
    let open = world.day(2);
    assert_eq!(
        (open.budget_merchants.u128(), open.merchant_programme.tranches.len()),
        (101, 0)
    );
    world.close(2);
    let before = world.pool(Side::Merchants);
    nudge(&mut world);
    assert_eq!((reserved(&world, 1).0, reserved(&world, 2).0), (91, 0));
    for day in [1, 2] {
        assert_eq!(world.day(day).budget_merchants.u128(), 101, "day {day}");
    }
    assert_eq!(world.pool(Side::Merchants), before);
    assert_eq!(world.shop_day(shops[0], 2).reward, Uint128::zero());
    assert_eq!(world.shop_day(shops[0], 1).reward.u128(), 90);
    world.finish(2);
    let claim = ExecuteMsg::ClaimFor {
        side: Side::Merchants,
        members: vec![shops[0]],
    };
    world.by_owner(&claim).unwrap();
    let pool = world.pool(Side::Merchants);
    assert_eq!(
        (pool.paid.u128(), pool.recovered.u128(), pool.claimable.u128()),
        (90, 1, 0)
    );
}

#[test]
fn one_participant_draws_so_many_average_shares_at_the_most() {
    let (mut world, shops, people) = world(|params| params.share_cap = 2);
    world.sell(shops[0], 1, &[store(people[0], 800_000), store(people[1], 100)]);
    world.sell(shops[1], 1, &[store(people[1], 100)]);
    world.sell(shops[2], 1, &[store(people[2], 100)]);
    let day = world.day(1);
    assert_eq!(day.customer_programme.tranches[0].cap, Some(Uint128::new(20 * UNIT)));
    assert_eq!(day.merchant_programme.tranches[0].cap, Some(Uint128::new(200 * UNIT)));
    world.finish(1);
    let claim = ExecuteMsg::ClaimFor {
        side: Side::Customers,
        members: people.clone(),
    };
    world.by_owner(&claim).unwrap();
    assert_eq!(world.time_of(&account(people[0])), 20 * UNIT);
    // 30 * 100/800300 = 0.003748...; the rest of the day's 30 is recovered.
    assert_eq!(world.time_of(&account(people[2])), 3_748);
    let pool = world.pool(Side::Customers);
    assert_eq!(pool.recovered.u128(), 30 * UNIT - 20 * UNIT - 7_497 - 3_748);
}

#[test]
fn a_window_breaks_the_circuit() {
    let (mut world, shops, people) = world(|params| {
        params.merchants.window_days = 3;
        params.merchants.per_window = Uint128::new(250 * UNIT);
    });
    let mut budgets = vec![];
    for day in 1..=5 {
        world.at(day, 0);
        world.sell(shops[0], day, &[store(people[0], 1_000)]);
    }
    world.close(5);
    for day in 1..=5 {
        budgets.push(world.day(day).budget_merchants.u128() / UNIT);
    }
    assert_eq!(budgets, [100, 100, 50, 100, 100]);
}

#[test]
fn a_pool_gives_what_it_has_left_and_later_funding_is_for_later_days() {
    let mut world = World::bare(|_| {});
    world.rates(200, 10_000);
    world.fund(Side::Merchants, 150 * UNIT).unwrap();
    let shops = world.shops(1);
    let people = world.customers(1);
    for day in 1..=3 {
        world.at(day, 0);
        world.sell(shops[0], day, &[store(people[0], 1_000)]);
    }
    // Days 1 to 3 close; nobody calls until the pool is funded again.
    world.close(3);
    world.fund(Side::Merchants, 500 * UNIT).unwrap();
    world.fund(Side::Customers, 500 * UNIT).unwrap();
    let budgets = [1, 2, 3].map(|day| world.day(day).budget_merchants.u128() / UNIT);
    assert_eq!(budgets, [100, 50, 0]);
    assert_eq!(reserved(&world, 3), (0, 0));
    let next = world.today();
    world.sell(shops[0], next, &[store(people[0], 1_000)]);
    let day = world.day(next);
    assert_eq!(
        (day.budget_merchants.u128(), day.budget_customers.u128()),
        (100 * UNIT, 10 * UNIT)
    );
}

#[test]
fn closing_is_told_once_with_budget_and_reserve() {
    let (mut world, shops, people) = world(|_| {});
    world.sell(shops[0], 1, &[store(people[0], 1_000)]);
    world.at(2, 30_000);
    world.sell(shops[0], 2, &[store(people[0], 99), store(people[1], 50)]);
    world.close(2);
    let told = nudge(&mut world);
    let text: Vec<String> = told
        .iter()
        .map(|event| event.iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        text[..3],
        [
            "day_closed merchants 2 1 100000000 0",
            "day_closed customers 2 2 20000000 20000000",
            "pruned visits 0 0"
        ]
        .map(String::from)
    );
    assert_eq!(nudge(&mut world).len(), 1);
}

/// A cut counts for days that time has not closed, and for no other, whenever storage caught up.
#[test]
fn a_cut_counts_for_days_that_are_not_closed() {
    let (mut world, shops, people) = world(|_| {});
    for day in 1..=2 {
        world.at(day, 0);
        world.sell(shops[0], day, &[store(people[0], 1_000)]);
    }
    world.at(3, 0);
    world.sell(shops[0], 3, &[store(people[0], 1_000)]);
    // Day 1 is past its close, day 2 still takes reports.
    let cut = Budget {
        per_head: Uint128::new(40 * UNIT),
        ..params().merchants
    };
    let msg = ExecuteMsg::CutBudget {
        side: Side::Merchants,
        budget: cut,
    };
    world.by_owner(&msg).unwrap();
    world.close(3);
    let budgets = [1, 2, 3].map(|day| world.day(day).budget_merchants.u128() / UNIT);
    assert_eq!(budgets, [100, 40, 40]);
}

/// Rules of a day are those of its beginning, also when it closes under later ones.
#[test]
fn a_day_closes_under_its_own_rules() {
    let (mut world, shops, people) = world(|_| {});
    world.sell(shops[0], 1, &[store(people[0], 1_000)]);
    let mut lower = params();
    lower.merchants.per_head = Uint128::new(UNIT);
    world.by_owner(&ExecuteMsg::SetParams { params: lower }).unwrap();
    world.at(2, 0);
    world.sell(shops[0], 2, &[store(people[0], 1_000)]);
    world.close(2);
    let budgets = [1, 2].map(|day| world.day(day).budget_merchants.u128() / UNIT);
    assert_eq!(budgets, [100, 1]);
}
