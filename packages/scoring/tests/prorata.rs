//! Budgets and shares against unbounded integers; nothing is paid that was not set aside.
#![allow(missing_docs)]

mod reference;

use num_bigint::BigUint;
use proptest::prelude::*;
use reference::{big, ten, Ratio};
use vrs_scoring::prorata::MAX_SPLIT_MONTHS;
use vrs_scoring::{cap, capped_part, daily_budget, holder_reward, month, part, reserve, MonthSplit, ScoreError};

const BPS: ScoreError = ScoreError::ShareBps {
    expected: 10_000,
    actual: 10_001,
};

#[test]
fn a_share_and_what_was_rounded_off() {
    assert_eq!(part(100, 10_000, 1, 3), Ok((33, 333_333_333_333_333_333)));
    assert_eq!(part(100, 5_000, 1, 3), Ok((16, 666_666_666_666_666_666)));
    assert_eq!(part(1, 1, 1, 1), Ok((0, 100_000_000_000_000)));
    assert_eq!(part(10_000, 9_000, 85, 9_000), Ok((85, 0)));
    assert_eq!(part(10_000, 1_000, 10, 1_000), Ok((10, 0)));
    assert_eq!(part(100, 10_000, 0, 3), Ok((0, 0)));
    assert_eq!(part(100, 0, 3, 3), Ok((0, 0)));
    assert_eq!(part(0, 10_000, 3, 3), Ok((0, 0)));
}

#[test]
fn nobody_with_a_weight_gets_nothing() {
    assert_eq!(part(u128::MAX, 10_000, 0, 0), Ok((0, 0)));
    assert_eq!(capped_part(100, 10_000, 0, 0, 20, 0), Ok(0));
}

#[test]
fn refuses_more_than_the_whole() {
    assert_eq!(part(1, 10_001, 1, 1), Err(BPS));
    assert_eq!(cap(1, 10_001, 1, 1), Err(BPS));
    assert_eq!(capped_part(1, 10_001, 1, 1, 1, 1), Err(BPS));
    assert_eq!(holder_reward(1, 10_001), Err(BPS));
    for (weight, total) in [(4, 3), (1, 0)] {
        assert_eq!(
            part(100, 10_000, weight, total),
            Err(ScoreError::WeightAboveTotal { total, actual: weight })
        );
    }
}

#[test]
fn the_largest_shares_fit() {
    let max = u128::MAX;
    assert_eq!(part(max, 10_000, max, max), Ok((max, 0)));
    assert_eq!(part(max, 10_000, max - 1, max), Ok((max - 1, 0)));
    assert_eq!(part(max - 1, 10_000, max - 1, max).unwrap().0, max - 2);
    assert_eq!(part(1, 10_000, max - 1, max), Ok((0, 10u64.pow(18) - 1)));
    assert_eq!(holder_reward(max, 10_000), Ok(max));
}

/// 20 average shares of 105 participants' budget.
#[test]
fn the_cap_is_so_many_average_shares() {
    assert_eq!(cap(10_500, 10_000, 20, 105), Ok(2_000));
    assert_eq!(cap(10_500, 5_000, 20, 105), Ok(1_000));
    assert_eq!(cap(10_501, 10_000, 1, 105), Ok(100));
    // 60 of 100 are 6,300 of the budget and are cut; 10 of 100 are 1,050 and are not.
    assert_eq!(capped_part(10_500, 10_000, 60, 100, 20, 105), Ok(2_000));
    assert_eq!(capped_part(10_500, 10_000, 10, 100, 20, 105), Ok(1_050));
}

#[test]
fn a_cap_can_be_off_or_without_effect() {
    assert_eq!(cap(10_500, 10_000, 0, 105), Ok(u128::MAX));
    assert_eq!(capped_part(10_500, 10_000, 60, 100, 0, 105), Ok(6_300));
    assert_eq!(cap(10_500, 10_000, 20, 20), Ok(10_500));
    assert_eq!(cap(10_500, 10_000, 20, 0), Ok(0));
    assert_eq!(cap(u128::MAX, 10_000, 1, 1), Ok(u128::MAX));
    assert_eq!(cap(u128::MAX, 10_000, u32::MAX, 1), Ok(u128::MAX));
    assert_eq!(cap(u128::MAX, 10_000, u32::MAX, u32::MAX), Ok(u128::MAX));
}

#[test]
fn a_budget_stops_at_its_maximum_and_at_what_is_left() {
    let left = u128::MAX;
    assert_eq!(daily_budget(100, 29_999, 3_000_000, left), 2_999_900);
    assert_eq!(daily_budget(100, 30_000, 3_000_000, left), 3_000_000);
    assert_eq!(daily_budget(100, 30_001, 3_000_000, left), 3_000_000);
    assert_eq!(daily_budget(100, 30_001, 3_000_000, 17), 17);
    assert_eq!(daily_budget(100, 30_001, 3_000_000, 0), 0);
    assert_eq!(daily_budget(100, 0, 3_000_000, left), 0);
    assert_eq!(daily_budget(u128::MAX, u32::MAX, 9, left), 9);
}

#[test]
fn a_part_without_weights_is_not_set_aside() {
    assert_eq!(reserve(1_001, &[(9_000, 5), (1_000, 7)]), Ok(1_001));
    assert_eq!(reserve(1_001, &[(9_000, 5), (1_000, 0)]), Ok(901));
    assert_eq!(reserve(1_001, &[(9_000, 0), (1_000, 7)]), Ok(101));
    assert_eq!(reserve(1_001, &[(9_000, 0), (1_000, 0)]), Ok(0));
    assert_eq!(reserve(1_000, &[(9_000, 5), (1_000, 0)]), Ok(900));
    assert_eq!(reserve(1_001, &[(10_000, 5), (0, 0)]), Ok(1_001));
    assert_eq!(reserve(1_001, &[(10_000, 0), (0, 5)]), Ok(0));
    assert_eq!(reserve(u128::MAX, &[(10_000, 1)]), Ok(u128::MAX));
}

#[test]
fn the_parts_of_a_budget_are_its_whole() {
    for (parts, actual) in [
        (vec![], 0),
        (vec![(9_000, 1), (999, 1)], 9_999),
        (vec![(9_000, 1), (1_001, 1)], 10_001),
        (vec![(u16::MAX, 1); 3], 196_605),
    ] {
        assert_eq!(
            reserve(1, &parts),
            Err(ScoreError::PartsSum {
                expected: 10_000,
                actual
            })
        );
    }
}

#[test]
fn the_split_of_each_month() {
    let split = MonthSplit::default();
    for (month, expected) in [
        (1, (10_000, 0)),
        (2, (9_000, 1_000)),
        (3, (8_000, 2_000)),
        (4, (7_000, 3_000)),
        (5, (6_000, 4_000)),
        (6, (5_000, 5_000)),
        (7, (5_000, 5_000)),
        (u32::MAX, (5_000, 5_000)),
    ] {
        assert_eq!(split.month_split(month), Ok(expected));
    }
    assert_eq!(split.month_split(0), Err(ScoreError::MonthZero));
    assert_eq!(MonthSplit::new(split.power_bps().to_vec()), Ok(split));
}

#[test]
fn refuses_split_tables_that_are_none() {
    assert_eq!(MonthSplit::new(vec![]), Err(ScoreError::EmptyTable));
    assert_eq!(MonthSplit::new(vec![10_000, 10_001]), Err(BPS));
    assert_eq!(
        MonthSplit::new(vec![0; MAX_SPLIT_MONTHS + 1]),
        Err(ScoreError::TableTooLong {
            expected: MAX_SPLIT_MONTHS,
            actual: MAX_SPLIT_MONTHS + 1
        })
    );
    let longest = MonthSplit::new(vec![0; MAX_SPLIT_MONTHS]).unwrap();
    assert_eq!(longest.month_split(500), Ok((0, 10_000)));
    let read: MonthSplit = serde_json::from_str("[10000,0]").unwrap();
    assert_eq!(read.month_split(9), Ok((0, 10_000)));
    let refused = serde_json::from_str::<MonthSplit>("[10001]").unwrap_err();
    assert!(refused
        .to_string()
        .starts_with("share of the budget: expected at most 10000 basis points, got 10001"));
}

#[test]
fn months_are_whole_spans_since_day_1() {
    for (day, expected) in [(1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (151, 6)] {
        assert_eq!(month(day, 30), Ok(expected));
    }
    assert_eq!(month(u32::MAX, 1), Ok(u32::MAX));
    assert_eq!(month(0, 30), Err(ScoreError::DayZero));
    assert_eq!(
        month(1, 0),
        Err(ScoreError::ZeroDivisor {
            what: "days of a month"
        })
    );
}

/// Amounts of any length, small ones as often as large ones.
fn amounts() -> impl Strategy<Value = u128> {
    (any::<u128>(), 0..128u32).prop_map(|(amount, shift)| amount >> shift)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn shares_agree_with_unbounded_integers(
        budget in amounts(), bps in 0..=10_000u16, a in amounts(), b in amounts(),
    ) {
        let (weight, total) = (a.min(b), a.max(b).max(1));
        let (whole, decimals) = part(budget, bps, weight, total).unwrap();
        let exact = Ratio::new(big(budget) * bps * weight, big(10_000u32) * total);
        prop_assert_eq!(big(whole), exact.floor());
        prop_assert_eq!(big(whole) * ten(18) + decimals, exact.floor_e18());
    }

    #[test]
    fn caps_agree_with_unbounded_integers(
        budget in amounts(), bps in 0..=10_000u16, share_cap in 1..=u32::MAX,
        participants in 1..=u32::MAX,
    ) {
        let exact = big(budget) * bps * share_cap / (big(10_000u32) * participants);
        let found = cap(budget, bps, share_cap, participants).unwrap();
        prop_assert_eq!(big(found), exact.min(BigUint::from(u128::MAX)));
    }

    #[test]
    fn budgets_agree_with_unbounded_integers(
        per_head in amounts(), heads in any::<u32>(), max in amounts(), left in amounts(),
    ) {
        let exact = (big(per_head) * heads).min(big(max)).min(big(left));
        prop_assert_eq!(big(daily_budget(per_head, heads, max, left)), exact);
    }

    /// The merchants' day: power and holding, capped or not. All together never get more than
    /// what is set aside, and that is never more than the budget.
    #[test]
    fn a_day_never_pays_more_than_its_reserve(
        budget in amounts(), power_bps in 0..=10_000u16,
        members in prop::collection::vec((amounts(), amounts()), 1..30), share_cap in 0..40u32,
    ) {
        // Sums of amounts, as a contract keeps them, stay within 128 bits.
        let members: Vec<_> = members.iter().map(|(p, h)| (p >> 5, h >> 5)).collect();
        let power: u128 = members.iter().map(|(p, _)| p).sum();
        let holding: u128 = members.iter().map(|(_, h)| h).sum();
        let holding_bps = 10_000 - power_bps;
        let count = members.len() as u32;
        let mut paid = big(0u32);
        for (p, h) in members {
            paid += capped_part(budget, power_bps, p, power, share_cap, count).unwrap();
            paid += part(budget, holding_bps, h, holding).unwrap().0;
        }
        let set_aside = reserve(budget, &[(power_bps, power), (holding_bps, holding)]).unwrap();
        prop_assert!(paid <= big(set_aside));
        prop_assert!(set_aside <= budget);
        let live = [(power_bps, power), (holding_bps, holding)]
            .iter()
            .filter(|(_, total)| *total > 0)
            .map(|(bps, _)| u32::from(*bps))
            .sum::<u32>();
        // ceil, by the naive way: one more where the division leaves something.
        let exact = big(budget) * live;
        let mut expected = &exact / 10_000u32;
        if exact % 10_000u32 != big(0u32) {
            expected += 1u32;
        }
        prop_assert_eq!(big(set_aside), expected);
    }

    /// More weight in the same total, more of the total, or a larger budget is never paid less.
    #[test]
    fn shares_never_fall_with_weight_or_budget(
        budget in amounts(), more in amounts(), bps in 0..=10_000u16, a in amounts(), b in amounts(),
        c in amounts(), share_cap in 0..40u32, count in 1..1_000u32,
    ) {
        let mut order = [a, b, c];
        order.sort_unstable();
        let [low, high, total] = order;
        let share = |budget, weight| capped_part(budget, bps, weight, total, share_cap, count).unwrap();
        prop_assert!(share(budget, low) <= share(budget, high));
        prop_assert!(share(budget, low) <= share(budget.saturating_add(more), low));
        prop_assert!(share(budget, high) <= part(budget, bps, high, total).unwrap().0);
    }

    /// What two days or two accounts round off, added up from the e18 remainders, stays below a
    /// base unit each: splitting a weight never gains.
    #[test]
    fn splitting_a_weight_never_gains(
        budget in amounts(), bps in 0..=10_000u16, a in amounts(), b in amounts(), rest in amounts(),
    ) {
        let (a, b, rest) = (a >> 2, b >> 2, rest >> 2);
        let total = a + b + rest;
        let share = |weight| part(budget, bps, weight, total).unwrap().0;
        prop_assert!(big(share(a)) + share(b) <= big(share(a + b)));
    }
}
