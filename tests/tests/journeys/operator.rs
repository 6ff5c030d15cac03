//! An operator's bad day: a stolen key, fraud, a mark that was wrong, a pause, and a budget cut.

use cosmwasm_std::Binary;
use vrs_attestation::Kind;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::attested::{DropReason, DroppedItem};
use vrs_interface::identity::{self, Penalty};
use vrs_interface::merchant::{Budget, CustomerDaysResponse, ExecuteMsg, QueryMsg, Side, TradeDayResponse};
use vrs_interface::oracle::{self, Outcome, RefuseReason};
use vrs_tests::suite::{sale, Suite, UNIT};

fn counted() -> Vec<Outcome> {
    vec![Outcome::Accepted {
        items: 1,
        dropped: vec![],
    }]
}

fn day_of(suite: &Suite, day: u32) -> TradeDayResponse {
    suite.ask(&suite.at.merchant, &QueryMsg::Day { day })
}

#[test]
fn an_operators_bad_day() {
    let mut suite = Suite::new();
    let shops = suite.shops(2);
    let people = suite.members(identity::Kind::Individual, 2);
    let (ann, bob) = (people[0].clone(), people[1].clone());
    let at = suite.at.clone();
    let mut honest = suite.device(Kind::Terminal, Some(shops[0].0));
    let mut stolen = suite.device(Kind::Terminal, Some(shops[1].0));
    let [guardian, arbiter] = ["guardian", "arbiter"].map(|name| suite.address(name));
    suite.grant(&at.oracle, Role::Guardian, &guardian);
    suite.grant(&at.merchant, Role::Guardian, &guardian);
    suite.grant(&at.merchant, Role::Arbiter, &arbiter);
    suite.grant(&at.identity, Role::Arbiter, &arbiter);

    // Day 1. Ann buys for 10.00. A thief has the second shop's key and signs that Bob did, too.
    suite.at(1, 40_000);
    let batch = suite.sign(&mut honest, 1, &[sale(ann.0, 1, 1_000, false)]);
    assert_eq!(suite.submit(vec![batch]), counted());
    let batch = suite.sign(&mut stolen, 1, &[sale(bob.0, 1, 1_000, false)]);
    assert_eq!(suite.submit(vec![batch]), counted());

    // 12:00, it is noticed. The guardian revokes the key, at once; a thief's next batch is refused.
    suite.at(1, 43_200);
    let revoke = oracle::ExecuteMsg::RevokeDevice { device: stolen.id };
    suite.send(&guardian, &at.oracle, &revoke).unwrap();
    let batch = suite.sign(&mut stolen, 1, &[sale(bob.0, 2, 1_000, false)]);
    let revoked = Outcome::Refused {
        reason: RefuseReason::Revoked,
    };
    assert_eq!(suite.submit(vec![batch]), [revoked]);

    // The arbiter takes Bob for an accomplice and removes him: from now on he does not count.
    let mark = identity::ExecuteMsg::Mark {
        member: bob.0,
        severity: 5,
        reason: "bought nothing at shop 2 on day 1".into(),
        until: None,
        penalty: Penalty::Removal {},
    };
    suite.send(&arbiter, &at.identity, &mark).unwrap();
    suite.at(2, 3_600);
    let batch = suite.sign(&mut honest, 2, &[sale(bob.0, 2, 3_000, false)]);
    let fell = DroppedItem {
        delivery: 0,
        item: 0,
        reason: DropReason::MemberRemoved,
    };
    let dropped = Outcome::Accepted {
        items: 1,
        dropped: vec![fell],
    };
    assert_eq!(suite.submit(vec![batch]), [dropped]);

    // Day 2, 06:00: day 1 has closed. Two shops of equal BizPower: 200 Bzky; two customers who spent alike: 20
    // Time. The budget stands; what fraud drew returns to the pool while the day is provisional.
    let back = ExecuteMsg::TakeBack {
        merchant: shops[1].0,
        day: 1,
        customers: vec![bob.0],
    };
    suite.at(2, 21_599);
    let error = suite.send(&arbiter, &at.merchant, &back).unwrap_err();
    assert_eq!(
        error,
        "day 1 is Closing; rewards are taken back only while it is provisional"
    );
    suite.at(2, 21_600);
    suite.send(&arbiter, &at.merchant, &back).unwrap();
    let pools = suite.pools(&at.merchant);
    assert_eq!(
        (pools[0].claimable.u128(), pools[0].recovered.u128()),
        (100 * UNIT, 100 * UNIT)
    );
    assert_eq!(
        (pools[1].claimable.u128(), pools[1].recovered.u128()),
        (10 * UNIT, 10 * UNIT)
    );

    // Bob appeals. Who marked him does not decide; the owner grants it, and Bob counts again on the same day.
    let appeal = identity::ExecuteMsg::Appeal {
        mark: 1,
        statement: Binary::from([5; 32]),
    };
    suite.send(&bob.1, &at.identity, &appeal).unwrap();
    let grant = identity::ExecuteMsg::ResolveAppeal {
        member: bob.0,
        mark: 1,
        uphold: false,
    };
    let error = suite.send(&arbiter, &at.identity, &grant).unwrap_err();
    assert_eq!(
        error,
        format!("{arbiter} made mark 1 and cannot decide the appeal against it")
    );
    suite.owns(&at.identity, &grant);
    let batch = suite.sign(
        &mut honest,
        2,
        &[sale(bob.0, 3, 3_000, false), sale(ann.0, 4, 1_000, false)],
    );
    let both = Outcome::Accepted {
        items: 2,
        dropped: vec![],
    };
    assert_eq!(suite.submit(vec![batch]), [both]);

    // While he looks further the guardian halves the merchants' budget: for day 2, which has not closed, at once.
    let per_head = |bzky: u128| Budget {
        per_head: (bzky * UNIT).into(),
        ..suite.setup.params.merchants
    };
    let (half, full) = (per_head(50), per_head(101));
    let cut = |budget| ExecuteMsg::CutBudget {
        side: Side::Merchants,
        budget,
    };
    suite.send(&guardian, &at.merchant, &cut(half)).unwrap();
    let error = suite.send(&guardian, &at.merchant, &cut(full)).unwrap_err();
    assert_eq!(
        error,
        "per_head is 101000000, today's is 50000000: a cut may not change it so"
    );
    assert_eq!(day_of(&suite, 2).budget_merchants.u128(), 50 * UNIT);
    // Day 1 closed before; what it owes is not touched.
    assert_eq!(day_of(&suite, 1).budget_merchants.u128(), 200 * UNIT);

    // Day 4, 06:00: day 1 is final, but the guardian has paused payouts. Receipts still count.
    suite.at(4, 0);
    suite
        .send(&guardian, &at.merchant, &ExecuteMsg::Access(AccessMsg::Pause {}))
        .unwrap();
    suite.at(4, 21_600);
    let everybody = vec![shops[0].0, shops[1].0];
    let error = suite.claim_for(Side::Merchants, everybody.clone()).unwrap_err();
    assert_eq!(error, "paused: payouts and new promises wait until the owner unpauses");
    let batch = suite.sign(&mut honest, 4, &[sale(ann.0, 5, 500, true)]);
    assert_eq!(suite.submit(vec![batch]), counted());
    let error = suite
        .send(&guardian, &at.merchant, &ExecuteMsg::Access(AccessMsg::Unpause {}))
        .unwrap_err();
    assert_eq!(error, format!("unauthorized: {guardian} lacks the permission owner"));
    suite.owns(&at.merchant, &ExecuteMsg::Access(AccessMsg::Unpause {}));

    // The honest shop is paid its 100 Bzky, not 200: others' fraud makes nobody richer. Ann has her 10 Time.
    suite.claim_for(Side::Merchants, everybody.clone()).unwrap();
    suite.claim_for(Side::Customers, vec![ann.0, bob.0]).unwrap();
    assert_eq!(suite.balance(&at.bzky, &shops[0].1), 100 * UNIT);
    assert_eq!(suite.balance(&at.bzky, &shops[1].1), 0);
    assert_eq!(suite.balance(&at.time, &ann.1), 10 * UNIT);
    assert_eq!(suite.balance(&at.time, &bob.1), 0);

    // What was recovered returns to the budget of days to come when the owner says so, and no unit more.
    let refill = |bzky: u128| ExecuteMsg::Refill {
        side: Side::Merchants,
        amount: (bzky * UNIT).into(),
    };
    let owner = suite.owner.clone();
    let error = suite.send(&owner, &at.merchant, &refill(101)).unwrap_err();
    assert_eq!(error, "pool 0: 101000000 wanted, 100000000 available");
    suite.owns(&at.merchant, &refill(100));
    assert_eq!(suite.pools(&at.merchant)[0].recovered.u128(), 0);

    // Day 5, 06:00: day 2 is final. One shop at 50 Bzky; 20 Time, of which Bob's 30.00 of 40.00 earn 15.
    suite.at(5, 21_600);
    suite.claim_for(Side::Merchants, everybody).unwrap();
    suite.claim_for(Side::Customers, vec![ann.0, bob.0]).unwrap();
    assert_eq!(suite.balance(&at.bzky, &shops[0].1), 150 * UNIT);
    assert_eq!(suite.balance(&at.time, &ann.1), 15 * UNIT);
    assert_eq!(suite.balance(&at.time, &bob.1), 15 * UNIT);
    let asked = QueryMsg::CustomerDays {
        customer: Some(bob.0),
        start_after: None,
        limit: None,
    };
    let bobs: CustomerDaysResponse = suite.ask(&at.merchant, &asked);
    let seen: Vec<_> = bobs
        .days
        .iter()
        .map(|one| (one.day, one.spending.u64(), one.taken_back.u64(), one.reward.u128()))
        .collect();
    assert_eq!(seen, [(1, 1_000, 1_000, 0), (2, 3_000, 0, 15 * UNIT)]);
    suite.assert_conserved();
}
