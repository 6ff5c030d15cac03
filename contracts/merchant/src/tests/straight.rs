//! A day from receipts to payment.

use super::support::*;
use cosmwasm_std::Uint128;
use vrs_days::Stage;
use vrs_interface::merchant::{ExecuteMsg, QueryMsg, Side};
use vrs_interface::settlement::SimulateClaimResponse;

#[test]
fn a_day_is_counted_closed_and_paid() {
    let mut world = World::new();
    let shops = world.shops(2);
    let people = world.customers(3);
    world.at(1, 40_000);
    // 2 first-time customers, 2 orders of 10.00: 2 * 2/20 * 1/3 / 1400.
    world.sell(shops[0], 1, &[store(people[0], 1_000), store(people[1], 1_000)]);
    // 1 external customer with 1 order of 30.00, and one order too small to count.
    world.sell(shops[1], 1, &[external(people[2], 3_000), store(people[0], 99)]);
    world.conserved();

    let first = world.shop_day(shops[0], 1);
    assert_eq!(first.bizpower, Uint128::new(47_619_047_619_047));
    assert_eq!((first.first, first.repeat, first.external), (2, 0, 0));
    assert_eq!(first.cost, Uint128::new(140_000));
    let second = world.shop_day(shops[1], 1);
    // 1 * 1/30 * 1/3 / 1400
    assert_eq!(second.bizpower, Uint128::new(7_936_507_936_507));
    assert_eq!((second.orders, second.revenue.u64()), (2, 3_099));

    let open = world.day(1);
    assert_eq!((open.merchants, open.customers, open.orders), (2, 3, 4));
    assert_eq!(open.spending, Uint128::new(5_099));
    assert_eq!(open.merchant_programme.stage, Stage::Open);
    assert_eq!(open.budget_merchants, Uint128::new(200 * UNIT));
    assert_eq!(open.budget_customers, Uint128::new(30 * UNIT));

    world.close(1);
    let closed = world.day(1);
    assert_eq!(closed.merchant_programme.stage, Stage::Provisional);
    assert_eq!(
        closed.merchant_programme.reserved,
        vec![("bzky_merchants".to_string(), Uint128::new(200 * UNIT))]
    );
    assert_eq!(closed.budget_merchants, open.budget_merchants);
    assert_eq!(world.shop_day(shops[0], 1).reward, first.reward);

    world.finish(1);
    let simulated: SimulateClaimResponse = world.ask(&QueryMsg::SimulateClaim {
        side: Side::Merchants,
        member: shops[0],
    });
    assert_eq!(simulated.amounts, vec![("bzky_merchants".to_string(), first.reward)]);
    let anyone = account(999);
    for (side, members) in [(Side::Merchants, &shops), (Side::Customers, &people)] {
        let claim = ExecuteMsg::ClaimFor {
            side,
            members: members.clone(),
        };
        world.send(&anyone, &claim).unwrap();
        world.conserved();
    }
    assert_eq!(world.bzky_of(&account(shops[0])), first.reward.u128());
    // floor(200 * 47619047619047 / 55555555555554) Bzky
    assert_eq!(first.reward.u128(), 171_428_571);
    // floor(30 * 1099 / 5099) Time
    assert_eq!(world.time_of(&account(people[0])), 6_465_973);
    assert!(world.shop_day(shops[0], 1).claimed);
    let pool = world.pool(Side::Merchants);
    assert_eq!(pool.claimable, Uint128::zero());
}
