//! Pages, answers for days that are not closed in storage, and answers for nothing.

use super::support::*;
use cosmwasm_std::Uint128;
use vrs_days::Stage;
use vrs_interface::access::{PausedResponse, Role, RolesResponse};
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{
    CustomerDaysResponse, MerchantDay, MerchantDaysResponse, ProfileResponse, QueryMsg, Side, TradeDaysResponse,
    VisitsResponse,
};
use vrs_interface::settlement::{PoolsResponse, SimulateClaimResponse};

/// Two shops, two people, days 1, 2 and 4.
fn trade() -> (World, Vec<MemberId>, Vec<MemberId>) {
    let mut world = World::new();
    let shops = world.shops(2);
    let people = world.customers(2);
    for day in [1, 2, 4] {
        world.at(day, 0);
        for shop in &shops {
            world.sell(*shop, day, &[store(people[0], 1_000), store(people[1], 2_000)]);
        }
    }
    (world, shops, people)
}

#[test]
fn merchants_days_in_pages() {
    let (world, shops, _) = trade();
    let ask = |merchant, start_after, limit| -> (Vec<(MemberId, u32)>, bool) {
        let page: MerchantDaysResponse = world.ask(&QueryMsg::MerchantDays {
            merchant,
            start_after,
            limit,
        });
        (page.days.iter().map(|day| (day.merchant, day.day)).collect(), page.more)
    };
    let [a, b] = [shops[0], shops[1]];
    let all = [(a, 1), (a, 2), (a, 4), (b, 1), (b, 2), (b, 4)];
    assert_eq!(ask(None, None, None), (all.to_vec(), false));
    assert_eq!(ask(None, None, Some(4)), (all[..4].to_vec(), true));
    assert_eq!(ask(None, Some((b, 1)), Some(2)), (all[4..].to_vec(), false));
    assert_eq!(ask(None, Some((b, 4)), None), (vec![], false));
    assert_eq!(ask(Some(a), None, None), (all[..3].to_vec(), false));
    assert_eq!(ask(Some(a), None, Some(2)), (all[..2].to_vec(), true));
    assert_eq!(ask(Some(a), Some((a, 2)), Some(1)), (all[2..3].to_vec(), false));
    assert_eq!(ask(Some(b), Some((a, 2)), None), (all[3..].to_vec(), false));
    assert_eq!(ask(Some(a), Some((b, 1)), None), (vec![], false));
    assert_eq!(ask(Some(99), None, None), (vec![], false));
    assert_eq!(ask(None, None, Some(0)), (vec![], true));
}

#[test]
fn customers_days_visits_and_days_in_pages() {
    let (world, shops, people) = trade();
    let page: CustomerDaysResponse = world.ask(&QueryMsg::CustomerDays {
        customer: Some(people[1]),
        start_after: Some((people[1], 1)),
        limit: Some(1),
    });
    assert_eq!(
        (page.days[0].customer, page.days[0].day, page.days.len(), page.more),
        (people[1], 2, 1, true)
    );
    let page: CustomerDaysResponse = world.ask(&QueryMsg::CustomerDays {
        customer: None,
        start_after: Some((people[0], 4)),
        limit: None,
    });
    assert_eq!(page.days.iter().map(|day| day.day).collect::<Vec<_>>(), [1, 2, 4]);
    let visits = |customer, start_after, limit| -> (Vec<(u32, u32, u32)>, bool) {
        let page: VisitsResponse = world.ask(&QueryMsg::Visits {
            customer,
            start_after,
            limit,
        });
        (
            page.visits.iter().map(|v| (v.customer, v.merchant, v.day)).collect(),
            page.more,
        )
    };
    let of = |person: u32| {
        shops
            .iter()
            .flat_map(move |shop| [1, 2, 4].map(|day| (person, *shop, day)))
    };
    assert_eq!(visits(Some(people[0]), None, None), (of(people[0]).collect(), false));
    assert_eq!(
        visits(None, Some((people[0], shops[1], 2)), Some(2)),
        (vec![(people[0], shops[1], 4), (people[1], shops[0], 1)], true)
    );
    assert_eq!(visits(Some(people[0]), Some((people[1], 0, 0)), None), (vec![], false));
    let days = |start_after, limit| -> (Vec<u32>, bool) {
        let page: TradeDaysResponse = world.ask(&QueryMsg::Days { start_after, limit });
        (page.days.iter().map(|day| day.day).collect(), page.more)
    };
    assert_eq!(days(None, None), (vec![1, 2, 4], false));
    assert_eq!(days(Some(1), Some(1)), (vec![2], true));
    assert_eq!(days(Some(4), None), (vec![], false));
}

/// A day answers alike while it is closed by time alone and once storage caught up.
#[test]
fn answers_do_not_wait_for_a_message() {
    let (mut world, shops, people) = trade();
    world.close(4);
    let days = |world: &World| [1, 2, 3, 4, 5].map(|day| world.day(day));
    let pools = |world: &World| -> PoolsResponse { world.ask(&QueryMsg::Pools {}) };
    let before = (days(&world), pools(&world), world.shop_days(), world.customer_days());
    assert_eq!(before.0[3].merchant_programme.stage, Stage::Provisional);
    assert_eq!(before.1.pools[0].claimable.u128(), 600 * UNIT);
    let today = world.today();
    world.sell(shops[0], today, &[store(people[0], 1_000)]);
    let after = (days(&world), pools(&world), world.shop_days(), world.customer_days());
    assert_eq!((&before.0[..4], &before.1), (&after.0[..4], &after.1));
    let old = after.2.into_iter().filter(|day| day.day != today);
    assert_eq!(before.2, old.collect::<Vec<_>>());
    let old = after.3.into_iter().filter(|day| day.day != today);
    assert_eq!(before.3, old.collect::<Vec<_>>());
}

/// Open days are shown as if they closed now, earlier ones first.
#[test]
fn open_days_share_what_the_pool_has_left_in_order() {
    let mut world = World::bare(|_| {});
    world.rates(200, 10_000);
    world.fund(Side::Merchants, 150 * UNIT).unwrap();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    for day in [1, 2] {
        world.at(day, 0);
        world.sell(shop, day, &[store(person, 1_000)]);
    }
    let open = [1, 2].map(|day| world.day(day));
    assert_eq!(
        open.clone().map(|day| day.merchant_programme.stage),
        [Stage::Closing, Stage::Open]
    );
    assert_eq!(open.clone().map(|day| day.budget_merchants.u128() / UNIT), [100, 50]);
    assert!(open.iter().all(|day| day.merchant_programme.reserved.is_empty()));
    // Nothing is promised yet.
    let pool = world.pool(Side::Merchants);
    assert_eq!((pool.claimable, pool.remaining.u128()), (Uint128::zero(), 150 * UNIT));
}

#[test]
fn nothing_asked_nothing_answered() {
    let world = World::bare(|_| {});
    let none: Option<MerchantDay> = world.ask(&QueryMsg::MerchantDay { merchant: 1, day: 1 });
    assert_eq!(none, None);
    for day in [0, 1, 2, u32::MAX] {
        let asked = world.day(day);
        assert_eq!(
            (asked.merchants, asked.orders, asked.budget_merchants),
            (0, 0, Uint128::zero()),
            "day {day}"
        );
    }
    let profile: ProfileResponse = world.ask(&QueryMsg::Profile { merchant: 1, day: None });
    assert_eq!(
        (profile.profile, profile.rent, profile.wage, profile.cost),
        (None, None, None, None)
    );
    let simulated: SimulateClaimResponse = world.ask(&QueryMsg::SimulateClaim {
        side: Side::Customers,
        member: 9,
    });
    assert_eq!(simulated.amounts, vec![("time_customers".to_string(), Uint128::zero())]);
    let paused: PausedResponse = world.ask(&QueryMsg::Paused {});
    assert!(!paused.paused);
}

#[test]
fn roles_and_owner_are_told() {
    let mut world = World::bare(|_| {});
    world.grant(Role::Arbiter, &account(7));
    let roles: RolesResponse = world.ask(&QueryMsg::Roles {
        start_after: None,
        limit: None,
    });
    assert_eq!(
        (roles.roles[0].role, &roles.roles[0].account),
        (Role::Arbiter, &account(7))
    );
    let ownership: cw_ownable::Ownership<String> = world.ask(&QueryMsg::Ownership {});
    assert_eq!(ownership.owner, Some(world.owner.to_string()));
}

/// Before the programme begins everything can be asked.
#[test]
fn before_day_one() {
    let mut world = World::bare(|init| init.clock.start = START);
    world.app.update_block(|block| block.time = block.time.minus_days(3));
    assert_eq!(world.today(), 0);
    assert_eq!(world.day(1).merchant_programme.stage, Stage::Ahead);
    assert_eq!(world.shop_days(), vec![]);
    world.profile(1, 500, 4);
    world.rates(1, 1);
    world.fund(Side::Merchants, 5).unwrap();
    assert_eq!(world.pool(Side::Merchants).funded.u128(), 5);
}
