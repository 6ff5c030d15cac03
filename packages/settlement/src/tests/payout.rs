//! What one share is worth.

use super::tranche;
use crate::share::{payout, E18};
use crate::{Payout, SettlementError};
use num_bigint::BigUint;
use proptest::prelude::*;

fn paid(budget: u128, bps: u16, cap: Option<u128>, counted: u128, sum: u128) -> Payout {
    payout(&tranche(0, 0, budget, bps, cap), counted, counted, sum).unwrap()
}

#[test]
fn the_papers_merchant_examples() {
    // 5 merchants, 500 Bzky, BizPower 80 of 400 in month 1.
    assert_eq!(paid(500, 10_000, None, 80, 400).paid, 100);
    // 100 merchants, 10,000 Bzky in month 2: 85 of 9,000 at 90%, 10 of 1,000 at 10%.
    assert_eq!(paid(10_000, 9_000, None, 85, 9_000).paid, 85);
    assert_eq!(paid(10_000, 1_000, None, 10, 1_000).paid, 10);
}

#[test]
fn rounding_goes_down_and_is_kept_as_dust() {
    let third = paid(10, 10_000, None, 1, 3);
    assert_eq!((third.paid, third.dust), (3, E18 / 3));
    // Nine tenths of 101 are 90.9.
    let all = paid(101, 9_000, None, 7, 7);
    assert_eq!((all.paid, all.dust), (90, E18 / 10 * 9));
}

#[test]
fn a_cap_cuts_and_says_what_it_cut() {
    let cut = paid(100, 10_000, Some(30), 1, 2);
    assert_eq!((cut.paid, cut.capped, cut.dust), (30, 20, 0));
    let nothing = paid(100, 10_000, Some(0), 1, 2);
    assert_eq!((nothing.paid, nothing.capped), (0, 50));
}

#[test]
fn what_was_taken_back_is_measured_against_the_cap() {
    let of = |cap, earning| payout(&tranche(0, 0, 100, 10_000, cap), 50, earning, 100).unwrap();
    assert_eq!((of(None, 25).paid, of(None, 25).taken), (25, 25));
    assert_eq!((of(Some(30), 40).paid, of(Some(30), 40).taken), (30, 0));
    assert_eq!((of(Some(30), 10).paid, of(Some(30), 10).taken), (10, 20));
    assert_eq!(
        (of(Some(30), 0).paid, of(Some(30), 0).taken, of(Some(30), 0).capped),
        (0, 30, 20)
    );
}

#[test]
fn nobody_with_a_weight_draws_nothing() {
    assert_eq!(paid(100, 10_000, None, 0, 0), Payout::default());
    assert_eq!(paid(100, 10_000, None, 0, 5), Payout::default());
}

#[test]
fn weights_out_of_order_are_an_error_not_a_payment() {
    let t = tranche(0, 0, 100, 10_000, None);
    assert_eq!(payout(&t, 5, 6, 10), Err(SettlementError::Overflow("payout")));
    let whole = tranche(0, 0, u128::MAX, 10_000, None);
    assert_eq!(payout(&whole, 11, 11, 10), Err(SettlementError::Overflow("payout")));
}

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        0..=10u128,
        any::<u64>().prop_map(u128::from),
        any::<u128>(),
        Just(u128::MAX)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn equals_the_formula_in_big_integers(
        budget in amount(), bps in 0..=10_000u16, a in amount(), b in amount(), c in amount(),
        cap in prop::option::of(amount()),
    ) {
        let mut weights = [a, b, c];
        weights.sort_unstable();
        let [earning, counted, sum] = weights;
        let got = payout(&tranche(0, 0, budget, bps, cap), counted, earning, sum).unwrap();
        if sum == 0 {
            prop_assert_eq!(got, Payout::default());
            return Ok(());
        }
        let scale = BigUint::from(sum) * 10_000u32;
        let live = BigUint::from(budget) * bps;
        let part = |weight: u128| u128::try_from(&live * weight / &scale).unwrap();
        let cut = |x: u128| cap.map_or(x, |cap| x.min(cap));
        let dust = (&live * counted % &scale) * BigUint::from(E18) / &scale;
        prop_assert_eq!(got.paid, cut(part(earning)));
        prop_assert_eq!(got.paid + got.taken, cut(part(counted)));
        prop_assert_eq!(got.paid + got.taken + got.capped, part(counted));
        prop_assert_eq!(BigUint::from(got.dust), dust);
        prop_assert!(got.dust < E18);
    }
}
