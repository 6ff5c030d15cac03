//! BizPower against the formula as printed, its zero cases, its widths; levels.
#![allow(missing_docs)]

mod reference;

use num_bigint::BigUint;
use proptest::prelude::*;
use reference::{ten, Ratio};
use vrs_scoring::{cost_minor, level, sales_per_area, BizPowerInput, ScoreError, DEFAULT_LEVEL_BOUNDS};

/// The default profile: area 500 at 2.00, 4 people at 100.00.
const COST: u128 = 140_000;

const OVERFLOW: ScoreError = ScoreError::Overflow {
    what: "BizPower",
    bits: 128,
};

/// The formula as printed, in major units, weights that sum to 1.
fn printed(input: &BizPowerInput) -> Ratio {
    let record: [BigUint; 3] = [
        input.weight_first.into(),
        input.weight_repeat.into(),
        input.weight_external.into(),
    ];
    let sum: BigUint = record.iter().sum();
    let weight = |part: &BigUint| {
        if sum == BigUint::ZERO {
            Ratio::new(1u32, 3u32)
        } else {
            Ratio::new(part.clone(), sum.clone())
        }
    };
    let term = |people: u32, orders: u32, minor: u64, weight: Ratio| {
        if minor == 0 {
            return Ratio::int(0u32);
        }
        let orders_by_revenue = Ratio::new(BigUint::from(orders) * 100u32, minor);
        Ratio::int(people).times(&orders_by_revenue).times(&weight)
    };
    let (orders, minor) = (input.store_orders, input.store_sum_minor);
    term(input.first, orders, minor, weight(&record[0]))
        .plus(&term(input.repeat, orders, minor, weight(&record[1])))
        .plus(&term(
            input.external,
            input.external_orders,
            input.external_sum_minor,
            weight(&record[2]),
        ))
        .times(&Ratio::new(100u32, input.cost_minor))
}

#[test]
fn a_new_shop_has_thirds() {
    let input = BizPowerInput {
        first: 2,
        store_orders: 2,
        store_sum_minor: 2_000,
        cost_minor: COST,
        ..BizPowerInput::default()
    };
    // 2 * 2/20 * 1/3 / 1400 = 1/21000
    assert_eq!(input.bizpower_e18(), Ok(47_619_047_619_047));
    let recorded = BizPowerInput {
        weight_first: 9,
        weight_repeat: 9,
        weight_external: 9,
        ..input
    };
    assert_eq!(recorded.bizpower_e18(), Ok(47_619_047_619_047));
}

#[test]
fn each_term_has_its_own_weight() {
    // Orders by revenue: 4/40 in store, 3/60 outside. Cost 1000.00.
    let input = BizPowerInput {
        first: 2,
        repeat: 3,
        external: 5,
        weight_first: 10,
        weight_repeat: 20,
        weight_external: 70,
        store_orders: 4,
        store_sum_minor: 4_000,
        external_orders: 3,
        external_sum_minor: 6_000,
        cost_minor: 100_000,
    };
    // (2*0.1*0.1 + 3*0.1*0.2 + 5*0.05*0.7) / 1000 = (0.02 + 0.06 + 0.175) / 1000
    assert_eq!(input.bizpower_e18(), Ok(255_000_000_000_000));
    let only = |first, repeat, external| BizPowerInput {
        first,
        repeat,
        external,
        ..input
    };
    assert_eq!(only(2, 0, 0).bizpower_e18(), Ok(20_000_000_000_000));
    assert_eq!(only(0, 3, 0).bizpower_e18(), Ok(60_000_000_000_000));
    assert_eq!(only(0, 0, 5).bizpower_e18(), Ok(175_000_000_000_000));
}

#[test]
fn a_term_without_revenue_is_nothing() {
    let store = BizPowerInput {
        first: 2,
        weight_first: 1,
        weight_external: 1,
        external: 9,
        external_orders: 9,
        store_orders: 2,
        store_sum_minor: 2_000,
        cost_minor: COST,
        ..BizPowerInput::default()
    };
    // 2 * 2/20 * 1/2 / 1400
    assert_eq!(store.bizpower_e18(), Ok(71_428_571_428_571));
    let outside = BizPowerInput {
        store_sum_minor: 0,
        external_sum_minor: 9_000,
        ..store
    };
    // 9 * 9/90 * 1/2 / 1400
    assert_eq!(outside.bizpower_e18(), Ok(321_428_571_428_571));
    let nothing = BizPowerInput {
        store_sum_minor: 0,
        ..store
    };
    assert_eq!(nothing.bizpower_e18(), Ok(0));
    let closed = BizPowerInput {
        cost_minor: COST,
        ..BizPowerInput::default()
    };
    assert_eq!(closed.bizpower_e18(), Ok(0));
}

#[test]
fn refuses_a_shop_without_cost() {
    assert_eq!(
        BizPowerInput::default().bizpower_e18(),
        Err(ScoreError::ZeroDivisor { what: "cost" })
    );
}

/// Every field at its largest: the intermediates have 268 and 322 bits and fit 512.
#[test]
fn the_largest_figures() {
    let input = BizPowerInput {
        first: u32::MAX,
        repeat: u32::MAX,
        external: u32::MAX,
        weight_first: u64::MAX,
        weight_repeat: u64::MAX,
        weight_external: u64::MAX,
        store_orders: u32::MAX,
        store_sum_minor: u64::MAX,
        external_orders: u32::MAX,
        external_sum_minor: u64::MAX,
        cost_minor: u128::MAX,
    };
    assert_eq!(input.bizpower_e18(), Ok(0));
    // An order a minor unit, all customers first-time, the least cost: 10^4 * (2^32 - 1) * 10^18.
    let dearest = BizPowerInput {
        weight_repeat: 0,
        weight_external: 0,
        store_sum_minor: u32::MAX.into(),
        external_sum_minor: u32::MAX.into(),
        cost_minor: 1,
        ..input
    };
    let expected = 10u128.pow(22) * u128::from(u32::MAX);
    assert_eq!(dearest.bizpower_e18(), Ok(expected));
    // Orders worth less than a minor unit each can't happen; they are refused, not wrapped.
    let absurd = BizPowerInput {
        store_sum_minor: 1,
        ..dearest
    };
    assert_eq!(absurd.bizpower_e18(), Err(OVERFLOW));
}

#[test]
fn cost_of_the_largest_shop() {
    assert_eq!(cost_minor(500, 200, 4, 10_000), COST);
    assert_eq!(cost_minor(0, 200, 0, 10_000), 0);
    let square = u128::from(u32::MAX) * u128::from(u64::MAX);
    assert_eq!(cost_minor(u32::MAX, u64::MAX, u32::MAX, u64::MAX), 2 * square);
}

#[test]
fn levels_count_the_bounds_reached() {
    for (below, bound) in DEFAULT_LEVEL_BOUNDS.into_iter().enumerate() {
        assert_eq!(usize::from(level(bound - 1, &DEFAULT_LEVEL_BOUNDS)), below);
        assert_eq!(usize::from(level(bound, &DEFAULT_LEVEL_BOUNDS)), below + 1);
    }
    assert_eq!(level(0, &DEFAULT_LEVEL_BOUNDS), 0);
    assert_eq!(level(u128::MAX, &DEFAULT_LEVEL_BOUNDS), 5);
    assert_eq!(level(u128::MAX, &[]), 0);
    assert_eq!(level(u128::MAX, &[0; 300]), u8::MAX);
}

#[test]
fn sales_need_an_area() {
    assert_eq!(sales_per_area(1, 0), Err(ScoreError::ZeroDivisor { what: "area" }));
    let largest = sales_per_area(u64::MAX, u32::MAX).unwrap();
    let expected = Ratio::new(u64::MAX, BigUint::from(u32::MAX) * 100u32);
    assert_eq!(largest.to_string(), expected.text());
}

/// Small and large figures, with zeros among them.
fn people() -> impl Strategy<Value = u32> {
    prop_oneof![0..40u32, any::<u32>()]
}

fn sums() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 1..100_000u64, any::<u64>()]
}

fn any_input() -> impl Strategy<Value = BizPowerInput> {
    let costs = prop_oneof![1..1_000_000u128, 1..=u128::MAX];
    let counts = prop::array::uniform5(people());
    (counts, prop::array::uniform5(sums()), costs).prop_map(|(counts, sums, cost_minor)| {
        let [first, repeat, external, store_orders, external_orders] = counts;
        let [weight_first, weight_repeat, weight_external, store_sum_minor, external_sum_minor] = sums;
        BizPowerInput {
            first,
            repeat,
            external,
            weight_first,
            weight_repeat,
            weight_external,
            store_orders,
            store_sum_minor,
            external_orders,
            external_sum_minor,
            cost_minor,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn agrees_with_the_printed_formula(input in any_input()) {
        let expected = printed(&input).floor_e18();
        match input.bizpower_e18() {
            Ok(found) => prop_assert_eq!(BigUint::from(found), expected),
            Err(error) => {
                prop_assert_eq!(error, OVERFLOW);
                prop_assert!(expected >= BigUint::from(2u32).pow(128));
            }
        }
    }

    /// Orders of at least a minor unit never overflow, at any weights and cost.
    #[test]
    fn real_orders_always_fit(input in any_input()) {
        let input = BizPowerInput {
            store_sum_minor: input.store_sum_minor.max(input.store_orders.into()),
            external_sum_minor: input.external_sum_minor.max(input.external_orders.into()),
            ..input
        };
        let found = input.bizpower_e18().unwrap();
        prop_assert!(BigUint::from(found) <= ten(22) * 2u32 * u32::MAX);
    }

    /// More customers never make a day worth less; dearer costs and larger tickets never more.
    #[test]
    fn moves_the_way_the_formula_says(input in any_input(), more in 1..1_000u32) {
        let rank = |input: BizPowerInput| input.bizpower_e18().unwrap_or(u128::MAX);
        let base = rank(input);
        let mut more_first = input;
        more_first.first = input.first.saturating_add(more);
        prop_assert!(rank(more_first) >= base);
        let mut more_external = input;
        more_external.external = input.external.saturating_add(more);
        prop_assert!(rank(more_external) >= base);
        let mut dearer = input;
        dearer.cost_minor = input.cost_minor.saturating_add(more.into());
        prop_assert!(rank(dearer) <= base);
        if input.store_sum_minor > 0 {
            let mut larger = input;
            larger.store_sum_minor = input.store_sum_minor.saturating_add(more.into());
            prop_assert!(rank(larger) <= base);
        }
    }
}
