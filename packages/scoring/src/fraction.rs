//! Exact non-negative rationals.
//!
//! A score stays a fraction until its very end, so that no intermediate rounding can make two
//! programs differ. It is rounded in one place, [`Fraction::floor_e18`], and always down.

use std::cmp::Ordering;
use std::fmt;

use cosmwasm_std::{Uint256, Uint512};

use crate::wide::{add256, add512, div_u128, mul256, narrow256};
use crate::{ScoreError, E18};

/// `num / den`, with `den` never 0. Equality and order are those of the value: 2/4 equals 1/2.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    num: Uint256,
    den: Uint256,
}

impl Fraction {
    /// The value 0.
    pub const ZERO: Self = Self {
        num: Uint256::zero(),
        den: Uint256::one(),
    };

    /// The value 1.
    pub const ONE: Self = Self {
        num: Uint256::one(),
        den: Uint256::one(),
    };

    /// `num / den` as given, not reduced. Fails with [`ScoreError::ZeroDivisor`] where `den` is 0.
    pub fn new(num: impl Into<Uint256>, den: impl Into<Uint256>) -> Result<Self, ScoreError> {
        let (num, den) = (num.into(), den.into());
        if den.is_zero() {
            return Err(ScoreError::ZeroDivisor { what: "fraction" });
        }
        Ok(Self { num, den })
    }

    /// The numerator as it stands, not necessarily in lowest terms.
    pub fn num(&self) -> Uint256 {
        self.num
    }

    /// The denominator as it stands, never 0.
    pub fn den(&self) -> Uint256 {
        self.den
    }

    /// Whether the value is 0.
    pub fn is_zero(&self) -> bool {
        self.num.is_zero()
    }

    /// The same value in lowest terms; 0 becomes 0/1.
    pub fn reduced(self) -> Self {
        // den is at least 1, so is the divisor; the fallback is never taken.
        let divisor = gcd(self.num, self.den);
        Self {
            num: self.num.checked_div(divisor).unwrap_or(self.num),
            den: self.den.checked_div(divisor).unwrap_or(self.den),
        }
    }

    /// The exact sum. Fails with [`ScoreError::Overflow`] only where the sum in lowest terms
    /// does not fit 256 bits over 256 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, ScoreError> {
        match self.add_as_is(other) {
            Ok(sum) => Ok(sum),
            Err(_) => self.reduced().add_in_lowest_terms(other.reduced()),
        }
    }

    /// The exact product. Fails with [`ScoreError::Overflow`] only where the product in lowest
    /// terms does not fit 256 bits over 256 bits.
    pub fn checked_mul(self, other: Self) -> Result<Self, ScoreError> {
        const WHAT: &str = "product of fractions";
        let plain = |a: Self, b: Self| {
            Ok(Self {
                num: mul256(a.num, b.num, WHAT)?,
                den: mul256(a.den, b.den, WHAT)?,
            })
        };
        plain(self, other).or_else(|_: ScoreError| {
            // a/b * c/d = a/d * c/b: with all four in lowest terms, so is the product.
            let (a, c) = (self.reduced(), other.reduced());
            let left = Self { den: c.den, ..a }.reduced();
            let right = Self { den: a.den, ..c }.reduced();
            plain(left, right)
        })
    }

    /// The value rounded down to 18 decimals, as `floor(num * 10^18 / den)`.
    ///
    /// Fails with [`ScoreError::Overflow`] from 2^128 / 10^18 on, some 3.4 * 10^20.
    pub fn floor_e18(&self) -> Result<u128, ScoreError> {
        // 256 + 60 bits: the product fits 512 with room to spare.
        div_u128(self.num.full_mul(E18), self.den, "score with 18 decimals")
    }

    fn add_as_is(self, other: Self) -> Result<Self, ScoreError> {
        const WHAT: &str = "sum of fractions";
        if self.den == other.den {
            return Ok(Self {
                num: add256(self.num, other.num, WHAT)?,
                den: self.den,
            });
        }
        Ok(Self {
            num: add256(
                mul256(self.num, other.den, WHAT)?,
                mul256(other.num, self.den, WHAT)?,
                WHAT,
            )?,
            den: mul256(self.den, other.den, WHAT)?,
        })
    }

    /// `a/b + c/d` over the least common denominator, in 512 bits. Both are in lowest terms.
    ///
    /// With `g = gcd(b, d)`: where g > 1, both products are below 2^511 and their sum fits. Where
    /// g = 1, the sum is in lowest terms already, so one that passes 512 bits can't fit 256.
    fn add_in_lowest_terms(self, other: Self) -> Result<Self, ScoreError> {
        const WHAT: &str = "sum of fractions";
        let zero = |_| ScoreError::ZeroDivisor { what: WHAT };
        let shared = gcd(self.den, other.den);
        let own = self.den.checked_div(shared).map_err(zero)?;
        let others = other.den.checked_div(shared).map_err(zero)?;
        let num = add512(self.num.full_mul(others), other.num.full_mul(own), WHAT)?;
        let den = own.full_mul(other.den);
        let divisor = gcd512(num, den);
        Ok(Self {
            num: narrow256(num.checked_div(divisor).map_err(zero)?, WHAT)?,
            den: narrow256(den.checked_div(divisor).map_err(zero)?, WHAT)?,
        })
    }
}

fn gcd(mut a: Uint256, mut b: Uint256) -> Uint256 {
    while let Ok(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

fn gcd512(mut a: Uint512, mut b: Uint512) -> Uint512 {
    while let Ok(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        // Cross products of 256 bits fit 512 exactly.
        let own = self.num.full_mul(other.den);
        own.cmp(&other.num.full_mul(self.den))
    }
}

/// Decimal text of at most 18 decimals, rounded down, without trailing zeros: `0.875`,
/// `38.333333333333333333`, `147`.
impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.num.checked_div(self.den).map_err(|_| fmt::Error)?;
        let rest = self.num.checked_rem(self.den).map_err(|_| fmt::Error)?;
        let decimals = div_u128(rest.full_mul(E18), self.den, "decimals").map_err(|_| fmt::Error)?;
        let text = format!("{whole}.{decimals:018}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        // Honours a width; a precision would cut digits of the whole part.
        f.pad_integral(true, "", text)
    }
}
