//! Exact arithmetic, one rounding, decimal text, and the edges of 256 bits.
#![allow(missing_docs)]

mod reference;

use cosmwasm_std::Uint256;
use num_bigint::BigUint;
use proptest::prelude::*;
use reference::Ratio;
use vrs_scoring::{Fraction, ScoreError};

fn fraction(num: u128, den: u128) -> Fraction {
    Fraction::new(num, den).unwrap()
}

fn wide(num: &BigUint) -> Uint256 {
    num.to_string().parse().unwrap()
}

fn narrow(value: Uint256) -> BigUint {
    BigUint::from_bytes_be(&value.to_be_bytes())
}

fn ratio(value: Fraction) -> Ratio {
    Ratio::new(narrow(value.num()), narrow(value.den()))
}

const SUM: ScoreError = ScoreError::Overflow {
    what: "sum of fractions",
    bits: 256,
};
const PRODUCT: ScoreError = ScoreError::Overflow {
    what: "product of fractions",
    bits: 256,
};

#[test]
fn decimal_text() {
    for (num, den, text) in [
        (0, 5, "0"),
        (7, 8, "0.875"),
        (115, 3, "38.333333333333333333"),
        (2, 3, "0.666666666666666666"),
        (11, 24, "0.458333333333333333"),
        (147, 1, "147"),
        (1_000, 10, "100"),
        (1_416, 10, "141.6"),
        (1, 1_000_000_000_000_000_000, "0.000000000000000001"),
        (1, 1_000_000_000_000_000_001, "0"),
        (
            1_000_000_000_000_000_000,
            1_000_000_000_000_000_001,
            "0.999999999999999999",
        ),
        (101, 100, "1.01"),
    ] {
        assert_eq!(fraction(num, den).to_string(), text);
    }
    let largest = Fraction::new(Uint256::MAX, 1u32).unwrap();
    assert_eq!(largest.to_string(), Uint256::MAX.to_string());
    assert_eq!(format!("[{:>8}]", fraction(7, 8)), "[   0.875]");
    assert_eq!(format!("{:.2}", fraction(1_234, 8)), "154.25");
}

#[test]
fn rounds_down() {
    assert_eq!(fraction(7, 8).floor_e18().unwrap(), 875_000_000_000_000_000);
    assert_eq!(fraction(2, 3).floor_e18().unwrap(), 666_666_666_666_666_666);
    assert_eq!(Fraction::ZERO.floor_e18().unwrap(), 0);
    assert_eq!(Fraction::ONE.floor_e18().unwrap(), 10u128.pow(18));
}

#[test]
fn a_rounded_score_has_128_bits() {
    let unit = 10u128.pow(18);
    assert_eq!(fraction(u128::MAX, unit).floor_e18().unwrap(), u128::MAX);
    // (2^128 - 1)/10^18 + 1/10^18 is the first that does not fit; a hair below it still does.
    let first = Fraction::new(Uint256::from(u128::MAX) + Uint256::one(), unit).unwrap();
    assert_eq!(
        first.floor_e18(),
        Err(ScoreError::Overflow {
            what: "score with 18 decimals",
            bits: 128
        })
    );
    let scale = Uint256::from(1_000_000u32);
    let below = Fraction::new(first.num() * scale - Uint256::one(), first.den() * scale).unwrap();
    assert_eq!(below.floor_e18().unwrap(), u128::MAX);
    assert_eq!(
        Fraction::new(Uint256::MAX, Uint256::MAX).unwrap().floor_e18().unwrap(),
        unit
    );
}

#[test]
fn refuses_a_denominator_of_zero() {
    assert_eq!(
        Fraction::new(1u32, 0u32),
        Err(ScoreError::ZeroDivisor { what: "fraction" })
    );
}

#[test]
fn equality_is_of_the_value() {
    assert_eq!(fraction(2, 4), fraction(1, 2));
    assert_eq!(fraction(0, 4), Fraction::ZERO);
    assert!(fraction(1, 3) < fraction(334, 1_000));
    assert!(fraction(1, 3) > fraction(333, 1_000));
    let reduced = fraction(30, 12).reduced();
    assert_eq!((reduced.num(), reduced.den()), (5u32.into(), 2u32.into()));
    let zero = fraction(0, 12).reduced();
    assert_eq!((zero.num(), zero.den()), (0u32.into(), 1u32.into()));
    assert!(zero.is_zero());
}

/// Reduces only where it must, and then as far as it can.
#[test]
fn sums_at_the_edge_of_256_bits() {
    let max = Uint256::MAX;
    let one = Fraction::new(max, max).unwrap();
    assert_eq!(one.checked_add(one).unwrap(), fraction(2, 1));
    let largest = Fraction::new(max, 1u32).unwrap();
    assert_eq!(largest.checked_add(Fraction::ZERO).unwrap(), largest);
    assert_eq!(largest.checked_add(Fraction::ONE), Err(SUM));
    assert_eq!(largest.checked_add(fraction(1, 2)), Err(SUM));
    // Two halves of an odd 257-bit number: (2^256 - 1)/2 + 1/2 = 2^255.
    let half = Fraction::new(max, 2u32).unwrap();
    let sum = half.checked_add(fraction(1, 2)).unwrap();
    assert_eq!(sum, Fraction::new(Uint256::one() << 255, 1u32).unwrap());
    // Coprime denominators of 256 bits: their product can't be written.
    let next = Fraction::new(1u32, max - Uint256::one()).unwrap();
    assert_eq!(Fraction::new(1u32, max).unwrap().checked_add(next), Err(SUM));
    // Past even 512 bits.
    let huge = Fraction::new(max, max - Uint256::one()).unwrap();
    let other = Fraction::new(max, max - Uint256::from(2u32)).unwrap();
    assert_eq!(
        huge.checked_add(other),
        Err(ScoreError::Overflow {
            what: "sum of fractions",
            bits: 512
        })
    );
}

#[test]
fn products_at_the_edge_of_256_bits() {
    let max = Uint256::MAX;
    let large = Fraction::new(max, 3u32).unwrap();
    let small = Fraction::new(3u32, max).unwrap();
    assert_eq!(large.checked_mul(small).unwrap(), Fraction::ONE);
    assert_eq!(large.checked_mul(Fraction::ZERO).unwrap(), Fraction::ZERO);
    // (2^256 - 1)/3 is a whole number, and so is its triple; one more factor of 2 is not.
    assert_eq!(
        large.checked_mul(fraction(3, 1)).unwrap(),
        Fraction::new(max, 1u32).unwrap()
    );
    assert_eq!(large.checked_mul(fraction(6, 1)), Err(PRODUCT));
    assert_eq!(small.checked_mul(fraction(1, 6)), Err(PRODUCT));
}

fn any_wide() -> impl Strategy<Value = BigUint> {
    (prop::array::uniform32(any::<u8>()), 0..256u64).prop_map(|(bytes, shift)| BigUint::from_bytes_be(&bytes) >> shift)
}

fn gcd(mut a: BigUint, mut b: BigUint) -> BigUint {
    while b != BigUint::ZERO {
        (a, b) = (b.clone(), a % b);
    }
    a
}

fn fits(value: &Ratio) -> bool {
    let divisor = gcd(value.num.clone(), value.den.clone());
    (&value.num / &divisor).bits() <= 256 && (&value.den / &divisor).bits() <= 256
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn agrees_with_unbounded_integers(
        a in any_wide(), b in any_wide(), c in any_wide(), d in any_wide(), shared in 1..u64::MAX,
    ) {
        let b = b + 1u32;
        let d = d + 1u32;
        prop_assume!(b.bits() <= 256 && d.bits() <= 256);
        // Half of the pairs share a factor, so that reducing has something to find.
        let (b, d) = match ((&b * shared).bits() <= 256, (&d * shared).bits() <= 256) {
            (true, true) => (b * shared, d * shared),
            _ => (b, d),
        };
        let x = Fraction::new(wide(&a), wide(&b)).unwrap();
        let y = Fraction::new(wide(&c), wide(&d)).unwrap();
        let (p, q) = (Ratio::new(a, b), Ratio::new(c, d));

        let sum = p.plus(&q);
        match x.checked_add(y) {
            Ok(found) => prop_assert!(ratio(found).equals(&sum)),
            Err(_) => prop_assert!(!fits(&sum)),
        }
        let product = p.times(&q);
        match x.checked_mul(y) {
            Ok(found) => prop_assert!(ratio(found).equals(&product)),
            Err(_) => prop_assert!(!fits(&product)),
        }
        prop_assert_eq!(x.cmp(&y), (&p.num * &q.den).cmp(&(&q.num * &p.den)));
        prop_assert_eq!(x.reduced(), x);
        prop_assert_eq!(x.to_string(), p.text());
        match x.floor_e18() {
            Ok(rounded) => prop_assert_eq!(BigUint::from(rounded), p.floor_e18()),
            Err(_) => prop_assert!(p.floor_e18().bits() > 128),
        }
    }
}
