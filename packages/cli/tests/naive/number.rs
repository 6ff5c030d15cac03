//! Fractions of any size.

use num_bigint::BigUint;

/// A whole number.
pub fn int(n: u128) -> BigUint {
    BigUint::from(n)
}

/// Whole coins in base units.
pub fn coins(n: u128) -> u128 {
    n * 1_000_000
}

/// A number of 10^-18 with all its decimals.
pub fn decimals(n: &BigUint) -> String {
    let unit = int(10).pow(18);
    format!("{}.{:0>18}", n / &unit, (n % &unit).to_string())
}

/// A fraction; never reduced.
#[derive(Clone, Debug)]
pub struct Ratio {
    above: BigUint,
    below: BigUint,
}

impl Ratio {
    pub fn new(above: u64, below: u64) -> Self {
        assert!(below > 0);
        Ratio {
            above: above.into(),
            below: below.into(),
        }
    }

    pub fn plus(self, other: Ratio) -> Ratio {
        Ratio {
            above: self.above * &other.below + other.above * &self.below,
            below: self.below * other.below,
        }
    }

    pub fn times(self, other: Ratio) -> Ratio {
        Ratio {
            above: self.above * other.above,
            below: self.below * other.below,
        }
    }

    pub fn over(self, other: Ratio) -> Ratio {
        assert!(other.above > int(0));
        Ratio {
            above: self.above * other.below,
            below: self.below * other.above,
        }
    }

    pub fn floor_e18(self) -> BigUint {
        self.above * int(10).pow(18) / self.below
    }
}
