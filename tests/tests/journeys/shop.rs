//! A shop's month.

use cosmwasm_std::Addr;
use vrs_attestation::Kind;
use vrs_interface::merchant::{CustomerDaysResponse, MerchantDay, QueryMsg, Side};
use vrs_interface::{identity, oracle, token};
use vrs_tests::suite::{sale, Suite, UNIT};

const NOON: u32 = 43_200;
const SIX: u32 = 21_600;

fn day_of(suite: &Suite, merchant: u32, day: u32) -> MerchantDay {
    let found: Option<MerchantDay> = suite.ask(&suite.at.merchant, &QueryMsg::MerchantDay { merchant, day });
    found.unwrap()
}

/// What each customer was assigned for a day, in the order of their numbers.
fn time_of(suite: &Suite, day: u32) -> Vec<(u32, u128)> {
    let asked = QueryMsg::CustomerDays {
        customer: None,
        start_after: None,
        limit: None,
    };
    let answer: CustomerDaysResponse = suite.ask(&suite.at.merchant, &asked);
    answer
        .days
        .iter()
        .filter(|found| found.day == day)
        .map(|found| (found.customer, found.reward.u128()))
        .collect()
}

fn pay(suite: &mut Suite, from: &Addr, to: &Addr, amount: u128) {
    let bzky = suite.at.bzky.clone();
    let msg = token::ExecuteMsg::Transfer {
        recipient: to.to_string(),
        amount: amount.into(),
    };
    suite.send(from, &bzky, &msg).unwrap();
}

fn all_counted(items: u16) -> Vec<oracle::Outcome> {
    vec![oracle::Outcome::Accepted { items, dropped: vec![] }]
}

#[test]
fn a_shops_month() {
    let mut suite = Suite::new();
    let shops = suite.shops(2);
    let people = suite.members(identity::Kind::Individual, 4);
    let [ann, bob, cem, dee] = [0, 1, 2, 3].map(|i| people[i].0);
    let ((bakery, baker), (grocery, grocer)) = (shops[0].clone(), shops[1].clone());
    let mut counter = suite.device(Kind::Terminal, Some(bakery));
    let mut terrace = suite.device(Kind::Terminal, Some(bakery));
    let mut grocers = suite.device(Kind::Terminal, Some(grocery));

    // Day 1. Ann and Bob buy at the bakery for 10.00 each, Ann at the grocery for 20.00.
    suite.at(1, NOON);
    let batch = suite.sign(
        &mut counter,
        1,
        &[sale(ann, 1, 1_000, false), sale(bob, 2, 1_000, false)],
    );
    assert_eq!(suite.submit(vec![batch]), all_counted(2));
    let batch = suite.sign(&mut grocers, 1, &[sale(ann, 1, 2_000, false)]);
    assert_eq!(suite.submit(vec![batch]), all_counted(1));

    // Day 2, 03:00. The terrace's terminal was offline: Cem's 10.00 of day 1 comes late, but before 06:00.
    suite.at(2, 3 * 3_600);
    let batch = suite.sign(&mut terrace, 1, &[sale(cem, 3, 1_000, false)]);
    assert_eq!(suite.submit(vec![batch]), all_counted(1));

    // BizPower: first * (orders / sum) * weight / cost. No customers yet are on record, so each weight is a third.
    // Bakery: 3 first-time customers, 3 orders for 30.00: 3 * 3/30 / 3 / 1,400 = 1/14,000.
    // Grocery: 1 and 1 order for 20.00: 1/20 / 3 / 1,400 = 1/84,000. Both with 18 decimals, rounded down.
    let (one, other) = (day_of(&suite, bakery, 1), day_of(&suite, grocery, 1));
    assert_eq!((one.orders, one.first, one.repeat), (3, 3, 0));
    assert_eq!(one.bizpower.u128(), 71_428_571_428_571);
    assert_eq!(other.bizpower.u128(), 11_904_761_904_761);

    // Day 4, 06:00. Day 1 is final. Two shops: a budget of 2 * 100 Bzky, divided 6 to 1. In month 1 all of it goes
    // by BizPower. 200 * 6/7 = 171.428571 and 200 / 7 = 28.571428; a unit stays as rounding.
    suite.at(4, SIX);
    suite.claim_for(Side::Merchants, vec![bakery, grocery]).unwrap();
    let bzky = suite.at.bzky.clone();
    assert_eq!(suite.balance(&bzky, &baker), 171_428_571);
    assert_eq!(suite.balance(&bzky, &grocer), 28_571_428);
    assert_eq!(suite.pools(&suite.at.merchant)[0].recovered.u128(), 1);
    // Three customers: 30 Time by what they spent, 30.00 and 10.00 and 10.00 of 50.00.
    suite.claim_for(Side::Customers, vec![ann, bob, cem]).unwrap();
    let time = suite.at.time.clone();
    for (i, amount) in [(0, 18), (1, 6), (2, 6)] {
        assert_eq!(suite.balance(&time, &people[i].1), amount * UNIT);
    }

    // Day 10. Ann comes again. The weights of day 10 are what day 1 brought: three first-time customers, so that
    // first-time customers weigh 1 and repeat ones 0. The bakery is alone with a BizPower of 0: nobody is paid Bzky,
    // the budget stays in the pool. Ann is paid all 10 Time.
    suite.at(10, NOON);
    let batch = suite.sign(&mut counter, 10, &[sale(ann, 4, 1_500, false)]);
    suite.submit(vec![batch]);
    let alone = day_of(&suite, bakery, 10);
    assert_eq!((alone.first, alone.repeat, alone.window), (0, 1, (3, 0, 0)));
    assert_eq!((alone.bizpower.u128(), alone.reward.u128()), (0, 0));
    assert_eq!(time_of(&suite, 10), [(ann, 10 * UNIT)]);

    // The baker pays his mill and keeps three times what the grocer keeps.
    let mill = suite.address("mill");
    pay(&mut suite, &baker, &mill, 171_428_571 - 3 * 28_571_428);

    // Day 31: month 2 begins, a tenth of the budget goes by the lowest balance of the day before. What comes in
    // today earns nothing today.
    suite.at(31, NOON);
    pay(&mut suite, &mill, &grocer, 1_000_000);
    let batch = suite.sign(
        &mut counter,
        31,
        &[sale(dee, 5, 2_000, false), sale(ann, 6, 2_000, false)],
    );
    suite.submit(vec![batch]);
    let batch = suite.sign(&mut grocers, 31, &[sale(dee, 2, 2_000, false)]);
    suite.submit(vec![batch]);
    let (one, other) = (day_of(&suite, bakery, 31), day_of(&suite, grocery, 31));
    // The window is days 0 to 29: the bakery's weights are 3/4 first, 1/4 repeat; the grocery's 1 first.
    // Bakery: (1 * 2/40 * 3/4 + 1 * 2/40 * 1/4) / 1,400 = 1/28,000. Grocery: 1 * 1/20 / 1,400, the same.
    assert_eq!((one.first, one.repeat, one.window), (1, 1, (3, 1, 0)));
    assert_eq!(other.window, (1, 0, 0));
    assert_eq!(one.bizpower.u128(), 35_714_285_714_285);
    assert_eq!(one.bizpower, other.bizpower);
    assert_eq!((one.holding.u128(), other.holding.u128()), (85_714_284, 28_571_428));
    // 200 Bzky: 180 by BizPower, half each; 20 by holdings, 3 to 1.
    assert_eq!(one.reward.u128(), (90 + 15) * UNIT);
    assert_eq!(other.reward.u128(), (90 + 5) * UNIT);
    // 20 Time: Dee spent 40.00 and Ann 20.00 of 60.00.
    assert_eq!(time_of(&suite, 31), [(ann, 6_666_666), (dee, 13_333_333)]);

    // Day 34, 06:00: final. The baker claims himself and pays his mill with what he earned.
    suite.at(34, SIX);
    let merchant = suite.at.merchant.clone();
    suite
        .send(&baker, &merchant, &vrs_interface::merchant::ExecuteMsg::Claim {})
        .unwrap();
    assert_eq!(suite.balance(&bzky, &baker), 85_714_284 + 105 * UNIT);
    pay(&mut suite, &baker, &mill, 100 * UNIT);
    assert_eq!(suite.balance(&bzky, &baker), 90_714_284);
    // The grocer's 95 wait for him.
    let pool = &suite.pools(&merchant)[0];
    assert_eq!(
        (pool.paid.u128(), pool.claimable.u128()),
        (199_999_999 + 105 * UNIT, 95 * UNIT)
    );
    suite.assert_conserved();
}
