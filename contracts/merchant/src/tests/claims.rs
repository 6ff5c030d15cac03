//! Who is paid what, whoever asks, in whatever order.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::{Addr, Uint128};
use vrs_access::AccessError;
use vrs_interface::access::AccessMsg;
use vrs_interface::identity::{self, AddressRole, MemberId, Penalty};
use vrs_interface::merchant::{ExecuteMsg, QueryMsg, Side};
use vrs_interface::settlement::SimulateClaimResponse;

fn claim_for(side: Side, members: &[MemberId]) -> ExecuteMsg {
    ExecuteMsg::ClaimFor {
        side,
        members: members.to_vec(),
    }
}

/// Three days of trade of three shops and three people; day 3 is running.
fn trade() -> (World, Vec<MemberId>, Vec<MemberId>) {
    let mut world = World::new();
    let shops = world.shops(3);
    let people = world.customers(3);
    for day in 1..=3 {
        world.at(day, 40_000);
        for (at, shop) in shops.iter().enumerate() {
            let amount = 333 * u64::from(day) + 1_000 * at as u64;
            world.sell(
                *shop,
                day,
                &[store(people[at], amount), external(people[(at + 1) % 3], amount + 7)],
            );
        }
    }
    (world, shops, people)
}

fn balances(world: &World, shops: &[MemberId], people: &[MemberId]) -> Vec<u128> {
    let bzky = shops.iter().map(|shop| world.bzky_of(&account(*shop)));
    bzky.chain(people.iter().map(|person| world.time_of(&account(*person))))
        .collect()
}

#[test]
fn order_batching_and_time_of_claims_change_nothing() {
    let at_once = {
        let (mut world, shops, people) = trade();
        world.finish(3);
        world.send(&account(99), &claim_for(Side::Merchants, &shops)).unwrap();
        world.send(&account(99), &claim_for(Side::Customers, &people)).unwrap();
        balances(&world, &shops, &people)
    };
    assert!(at_once.iter().all(|balance| *balance > 0));
    let daily = {
        let (mut world, shops, people) = trade();
        for day in 1..=3 {
            world.finish(day);
            for side in [Side::Customers, Side::Merchants] {
                let members = if side == Side::Merchants { &shops } else { &people };
                for member in members.iter().rev() {
                    world.send(&account(99), &claim_for(side, &[*member])).unwrap();
                    world.conserved();
                }
            }
        }
        balances(&world, &shops, &people)
    };
    assert_eq!(daily, at_once);
    let late = {
        let (mut world, shops, people) = trade();
        world.finish(2);
        world
            .send(&account(99), &claim_for(Side::Merchants, &shops[1..2]))
            .unwrap();
        world.finish(300);
        world
            .send(&account(99), &claim_for(Side::Customers, &[people[2], people[0]]))
            .unwrap();
        world
            .send(
                &account(99),
                &claim_for(Side::Merchants, &[shops[2], shops[1], shops[0]]),
            )
            .unwrap();
        world
            .send(&account(99), &claim_for(Side::Customers, &[people[1]]))
            .unwrap();
        balances(&world, &shops, &people)
    };
    assert_eq!(late, at_once);
}

#[test]
fn nothing_is_paid_before_a_day_is_final_nor_twice() {
    let (mut world, shops, people) = trade();
    world.finish(1);
    world.send(&account(99), &claim_for(Side::Merchants, &shops)).unwrap();
    let first = balances(&world, &shops, &people);
    assert_eq!(first[0], world.shop_day(shops[0], 1).reward.u128());
    let again = world.send(&account(99), &claim_for(Side::Merchants, &shops)).unwrap();
    assert_eq!(told(&again), Vec::<Vec<(String, String)>>::new());
    assert_eq!(balances(&world, &shops, &people), first);
    let simulated: SimulateClaimResponse = world.ask(&QueryMsg::SimulateClaim {
        side: Side::Merchants,
        member: shops[0],
    });
    assert_eq!((simulated.amounts[0].1, simulated.more), (Uint128::zero(), false));
}

#[test]
fn a_member_claims_as_merchant_and_as_customer() {
    let mut world = World::new();
    let shops = world.shops(2);
    world.sell(shops[0], 1, &[store(shops[1], 1_000)]);
    world.sell(shops[1], 1, &[store(shops[0], 1_000)]);
    world.finish(1);
    let holder = account(shops[0]);
    let response = world.send(&holder, &ExecuteMsg::Claim {}).unwrap();
    assert_eq!(told(&response).len(), 4); // two days closed, two claims
    assert_eq!(
        (world.bzky_of(&holder), world.time_of(&holder)),
        (100 * UNIT, 10 * UNIT)
    );
    assert_eq!(world.bzky_of(&account(shops[1])), 0);
    world.conserved();
}

#[test]
fn the_payout_address_is_paid_and_may_claim() {
    let (mut world, shops, _) = trade();
    let elsewhere = cosmwasm_std::testing::MockApi::default().addr_make("elsewhere");
    let identity = world.identity.clone();
    let propose = identity::ExecuteMsg::ProposeAddress {
        role: AddressRole::Payout,
        address: elsewhere.to_string(),
    };
    world.call(&account(shops[0]), &identity, &propose).unwrap();
    let accept = identity::ExecuteMsg::AcceptAddress { member: shops[0] };
    world.call(&elsewhere, &identity, &accept).unwrap();
    world.finish(3);
    world.send(&elsewhere, &ExecuteMsg::Claim {}).unwrap();
    assert!(world.bzky_of(&elsewhere) > 0);
    assert_eq!(world.bzky_of(&account(shops[0])), 0);
}

#[test]
fn who_is_no_member_cannot_claim() {
    let (mut world, _, _) = trade();
    let stranger = account(999);
    let refused = world.send(&stranger, &ExecuteMsg::Claim {}).map(|_| ());
    assert_eq!(refused, Err(ContractError::NotAMember { account: stranger }));
}

#[test]
fn one_to_a_hundred_distinct_members() {
    let (mut world, shops, _) = trade();
    let bounds = |actual| ContractError::OutOfBounds {
        field: "members",
        min: 1,
        max: 100,
        actual,
    };
    let mut send = |members: &[MemberId]| world.by_owner(&claim_for(Side::Merchants, members)).map(|_| ());
    assert_eq!(send(&[]), Err(bounds(0)));
    let many: Vec<MemberId> = (1..=101).collect();
    assert_eq!(send(&many), Err(bounds(101)));
    assert_eq!(send(&many[..100]), Ok(()));
    let twice = ContractError::Twice {
        what: "member",
        id: shops[0],
    };
    assert_eq!(send(&[shops[0], shops[1], shops[0]]), Err(twice));
}

#[test]
fn who_is_owed_nothing_is_passed_over() {
    let (mut world, shops, people) = trade();
    world.finish(3);
    // A customer and nobody at all, as merchants.
    world
        .by_owner(&claim_for(Side::Merchants, &[people[0], 0, shops[0], 4_000_000]))
        .unwrap();
    assert!(world.bzky_of(&account(shops[0])) > 0);
    assert_eq!(world.bzky_of(&account(people[0])), 0);
}

#[test]
fn a_pause_stops_claims_and_nothing_else() {
    let (mut world, shops, people) = trade();
    world.finish(3);
    world.by_owner(&ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    let paused = Err(ContractError::Access(AccessError::Paused {}));
    assert_eq!(world.by_owner(&claim_for(Side::Merchants, &shops)).map(|_| ()), paused);
    assert_eq!(
        world.send(&account(shops[0]), &ExecuteMsg::Claim {}).map(|_| ()),
        paused
    );
    // Intake, closing, funding, take-backs and simulated claims go on.
    let today = world.today();
    world.sell(shops[0], today, &[store(people[0], 1_000)]);
    world.fund(Side::Merchants, 5).unwrap();
    world.close(today);
    let take = ExecuteMsg::TakeBack {
        merchant: shops[0],
        day: today,
        customers: vec![people[0]],
    };
    world.by_owner(&take).unwrap();
    let simulated: SimulateClaimResponse = world.ask(&QueryMsg::SimulateClaim {
        side: Side::Merchants,
        member: shops[0],
    });
    assert!(simulated.amounts[0].1 > Uint128::zero());
    world.by_owner(&ExecuteMsg::Access(AccessMsg::Unpause {})).unwrap();
    world.by_owner(&claim_for(Side::Merchants, &shops)).unwrap();
    assert_eq!(world.bzky_of(&account(shops[0])), simulated.amounts[0].1.u128());
}

/// What is final is a member's, whatever becomes of them.
#[test]
fn removed_members_are_paid_what_was_final() {
    let (mut world, shops, people) = trade();
    world.finish(3);
    for member in shops.iter().chain(&people) {
        world.mark(*member, Penalty::Removal {});
    }
    world.by_owner(&claim_for(Side::Merchants, &shops)).unwrap();
    world.by_owner(&claim_for(Side::Customers, &people)).unwrap();
    assert!(balances(&world, &shops, &people).iter().all(|balance| *balance > 0));
    for side in [Side::Merchants, Side::Customers] {
        assert_eq!(world.pool(side).claimable, Uint128::zero());
    }
}

#[test]
fn a_claim_covers_120_days_and_says_whether_more_are_left() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    for day in [1, 100, 120, 121, 130] {
        world.at(day, 0);
        world.sell(shop, day, &[store(person, 1_000)]);
    }
    world.finish(130);
    // Nobody held anything: 100, 70, 70 in the first 120 days, then 60 twice.
    let ask = QueryMsg::SimulateClaim {
        side: Side::Merchants,
        member: shop,
    };
    let first: SimulateClaimResponse = world.ask(&ask);
    assert_eq!(
        (first.amounts[0].1.u128(), first.through, first.more),
        (240 * UNIT, 120, true)
    );
    world.by_owner(&claim_for(Side::Merchants, &[shop])).unwrap();
    assert_eq!(world.bzky_of(&account(shop)), 240 * UNIT);
    let rest: SimulateClaimResponse = world.ask(&ask);
    assert_eq!((rest.amounts[0].1.u128(), rest.more), (120 * UNIT, false));
    world.by_owner(&claim_for(Side::Merchants, &[shop])).unwrap();
    assert_eq!(world.bzky_of(&account(shop)), 360 * UNIT);
    world.conserved();
}

#[test]
fn a_claim_is_told_and_paid_to_the_owner_alone() {
    let (mut world, shops, _) = trade();
    world.finish(3);
    let relay: Addr = account(99);
    let reward: u128 = (1..=3).map(|day| world.shop_day(shops[0], day).reward.u128()).sum();
    let response = world.send(&relay, &claim_for(Side::Merchants, &shops[..1])).unwrap();
    let last = told(&response).pop().unwrap();
    let expected = [
        ("action", "claimed".to_string()),
        ("side", "merchants".to_string()),
        ("member", shops[0].to_string()),
        ("amount", reward.to_string()),
        ("through", "3".to_string()),
    ];
    assert_eq!(last, expected.map(|(key, value)| (key.to_string(), value)));
    assert_eq!((world.bzky_of(&relay), world.bzky_of(&account(shops[0]))), (0, reward));
}
