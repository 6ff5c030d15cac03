//! What the thief of a terminal's key can do at most. The figures stand in docs/security.md.

use vrs_attestation::Kind;
use vrs_interface::oracle::{DeviceCaps, ExecuteMsg, Outcome, RefuseReason};
use vrs_interface::{identity, merchant};
use vrs_tests::suite::{sale, Device, Suite, UNIT};

struct Theft {
    suite: Suite,
    shop: u32,
    accomplice: u32,
    key: Device,
}

/// Nine customers spend 1,000.00 each on days 1 and 2 in an honest shop; the stolen key is that of another
/// shop's terminal, which may attest 100 items and 1,000.00 a day.
fn theft() -> Theft {
    let mut suite = Suite::new();
    let shops = suite.shops(2);
    let customers = suite.members(identity::Kind::Individual, 10);
    let mut honest = suite.device(Kind::Terminal, Some(shops[0].0));
    let key = suite.device(Kind::Terminal, Some(shops[1].0));
    let oracle = suite.at.oracle.clone();
    suite.owns(
        &oracle,
        &ExecuteMsg::SetCaps {
            device: key.id,
            caps: DeviceCaps {
                items: 100,
                amount: 100_000,
            },
        },
    );
    for day in 1..=2 {
        suite.at(day, 3_600);
        let sales: Vec<_> = customers[..9]
            .iter()
            .enumerate()
            .map(|(i, (id, _))| sale(*id, u64::from(day) * 100 + i as u64, 100_000, false))
            .collect();
        let batch = suite.sign(&mut honest, day, &sales);
        suite.submit(vec![batch]);
    }
    Theft {
        suite,
        shop: shops[1].0,
        accomplice: customers[9].0,
        key,
    }
}

impl Theft {
    fn forge(&mut self, day: u32, number: u64, amount: u64) -> Outcome {
        let batch = self
            .suite
            .sign(&mut self.key, day, &[sale(self.accomplice, number, amount, false)]);
        self.suite.submit(vec![batch]).remove(0)
    }

    fn spent(&self, day: u32) -> (u64, u128) {
        let asked = merchant::QueryMsg::CustomerDays {
            customer: Some(self.accomplice),
            start_after: Some((self.accomplice, day - 1)),
            limit: Some(1),
        };
        let answer: merchant::CustomerDaysResponse = self.suite.ask(&self.suite.at.merchant, &asked);
        answer
            .days
            .first()
            .filter(|found| found.day == day)
            .map_or((0, 0), |found| (found.spending.u64(), found.reward.u128()))
    }
}

fn refused(reason: RefuseReason) -> Outcome {
    Outcome::Refused { reason }
}

fn taken() -> Outcome {
    Outcome::Accepted {
        items: 1,
        dropped: vec![],
    }
}

/// Between midnight and 06:00 a key signs for yesterday and today: two days' caps, and no more.
#[test]
fn a_key_is_good_for_the_caps_of_yesterday_and_today() {
    let mut theft = theft();
    // It is day 2, 01:00.
    assert_eq!(theft.forge(1, 1, 60_000), taken());
    assert_eq!(theft.forge(1, 2, 40_000), taken());
    assert_eq!(theft.forge(1, 3, 1), refused(RefuseReason::AmountCap));
    assert_eq!(theft.forge(2, 4, 100_000), taken());
    assert_eq!(theft.forge(2, 5, 1), refused(RefuseReason::AmountCap));
    // Going back and forth gains nothing, nor does a day to come.
    assert_eq!(theft.forge(1, 6, 1), refused(RefuseReason::DayBackwards));
    assert_eq!(theft.forge(3, 7, 1), refused(RefuseReason::DayAhead));
    // 100,000 minor units a day: a tenth of each day's spending of 1,000,000, so a tenth of 10 * 10 Time a
    // day. 20 Time is all that the customers' side can lose.
    assert_eq!(theft.spent(1), (100_000, 10 * UNIT));
    assert_eq!(theft.spent(2), (100_000, 10 * UNIT));
}

/// After 06:00 yesterday is closed to the thief as to everybody.
#[test]
fn a_day_that_closed_is_out_of_reach() {
    let mut theft = theft();
    theft.suite.at(2, 21_600);
    assert_eq!(theft.forge(1, 1, 100), refused(RefuseReason::DayClosed));
    assert_eq!(theft.spent(1), (0, 0));
}

/// Once it is revoked the key signs nothing, and what it signed is taken back while it is provisional:
/// the loss is nothing if somebody looks within 48 hours.
#[test]
fn revoked_and_taken_back_the_key_cost_nothing() {
    let mut theft = theft();
    let at = theft.suite.at.clone();
    assert_eq!(theft.forge(1, 1, 100_000), taken());
    assert_eq!(theft.forge(2, 2, 50_000), taken());
    let guardian = theft.suite.address("guardian");
    theft
        .suite
        .grant(&at.oracle, vrs_interface::access::Role::Guardian, &guardian);
    let revoke = ExecuteMsg::RevokeDevice { device: theft.key.id };
    theft.suite.send(&guardian, &at.oracle, &revoke).unwrap();
    // Neither for today nor for yesterday, which still takes reports.
    assert_eq!(theft.forge(2, 3, 100), refused(RefuseReason::Revoked));

    let back = |day| merchant::ExecuteMsg::TakeBack {
        merchant: theft.shop,
        day,
        customers: vec![theft.accomplice],
    };
    let (first, second) = (back(1), back(2));
    theft.suite.at(3, 30_000);
    theft.suite.owns(&at.merchant, &first);
    theft.suite.owns(&at.merchant, &second);
    theft.suite.at(6, 0);
    let (shop, accomplice) = (theft.shop, theft.accomplice);
    theft.suite.claim_for(merchant::Side::Merchants, vec![shop]).unwrap();
    theft
        .suite
        .claim_for(merchant::Side::Customers, vec![accomplice])
        .unwrap();
    for pool in theft.suite.pools(&at.merchant) {
        assert_eq!(pool.paid.u128(), 0, "{}", pool.name);
    }
    assert_eq!((theft.spent(1).1, theft.spent(2).1), (0, 0));
    theft.suite.assert_conserved();
}

/// With every key stolen, a day still pays no more than its budget: so much a head of those who are
/// verified, so much at most, out of what its pool has.
#[test]
fn with_all_keys_a_day_costs_its_budget_and_no_more() {
    let mut theft = theft();
    let at = theft.suite.at.clone();
    assert_eq!(theft.forge(1, 1, 100_000), taken());
    theft.suite.at(4, 21_600);
    let pools = theft.suite.pools(&at.merchant);
    // Day 1: two shops at 100 Bzky, ten customers at 10 Time; days 2 has closed too, with one shop and nine.
    assert_eq!(pools[0].claimable.u128(), (200 + 100) * UNIT);
    assert_eq!(pools[1].claimable.u128(), (100 + 90) * UNIT);
    let rules = &theft.suite.setup.params;
    assert_eq!(rules.merchants.max.u128(), 3_000_000 * UNIT);
    assert_eq!(rules.customers.max.u128(), 1_000_000 * UNIT);
}
