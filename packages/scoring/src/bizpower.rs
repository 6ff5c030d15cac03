//! BizPower: what a merchant's day is worth, and the level it reaches (Bizkey white paper).
//!
//! ```text
//!             first*(Pl/Pm)*w_first + repeat*(Pl/Pm)*w_repeat + external*(Uom/Uon)*w_external
//! BizPower = ---------------------------------------------------------------------------------
//!                               area*rent + staff*wage
//! ```
//! The paper counts money in major units, the chain in minor ones. Each of the two quotients of
//! money brings a factor of 100, and the weights F/(F+R+E) and so on share one divisor:
//! ```text
//!             10^4 * [ (first*F + repeat*R)*Pl/Pm + external*E*Uom/Uon ]
//! BizPower = ------------------------------------------------------------
//!                             (F + R + E) * cost_minor
//! ```

use cosmwasm_std::Uint256;

use crate::wide::{add256, div_u128, mul256, mul512};
use crate::{Fraction, ScoreError, E18};

/// 10^22: the units of BizPower, and minor to major units for each of two quotients of money.
const SCALE: u128 = E18 as u128 * MINOR_PER_MAJOR as u128 * MINOR_PER_MAJOR as u128;
/// Minor units of money in a major one.
const MINOR_PER_MAJOR: u64 = 100;

/// Bounds of the levels 1 to 5, in units of 10^-18: 0.00001, 0.00002, 0.00005, 0.0001, 0.0002.
///
/// Ours, not the paper's, which gives none. Over a month of real grocery receipts (191 shops at
/// the default cost, 3,245 days of a shop) the levels 0 to 5 have 9%, 11%, 31%, 30%, 15% and 4%.
pub const DEFAULT_LEVEL_BOUNDS: [u128; 5] = [
    10_000_000_000_000,
    20_000_000_000_000,
    50_000_000_000_000,
    100_000_000_000_000,
    200_000_000_000_000,
];

/// What a merchant's BizPower of one day is computed from; orders are counted orders only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BizPowerInput {
    /// Customers of the store who never bought here before (the paper's Um).
    pub first: u32,
    /// Customers of the store who bought here before (Un).
    pub repeat: u32,
    /// Customers of delivery and online sales (Uo).
    pub external: u32,
    /// F: first-time customers over the trailing window.
    pub weight_first: u64,
    /// R: repeat customers over the trailing window.
    pub weight_repeat: u64,
    /// E: external customers over the trailing window.
    pub weight_external: u64,
    /// Pl: orders in store.
    pub store_orders: u32,
    /// Pm: their sum in minor units.
    pub store_sum_minor: u64,
    /// Uom: external orders.
    pub external_orders: u32,
    /// Uon: their sum in minor units.
    pub external_sum_minor: u64,
    /// Area times rent plus staff times wage, in minor units; see [`cost_minor`].
    pub cost_minor: u128,
}

impl BizPowerInput {
    /// BizPower in units of 10^-18, rounded down once. A term without revenue is 0; weights that
    /// are all 0 stand for one third each.
    ///
    /// Fails with [`ScoreError::ZeroDivisor`] where the cost is 0, and with
    /// [`ScoreError::Overflow`] where the result passes 128 bits.
    ///
    /// # Widths
    /// With `P` the factors of the store and `U` those of the external part, the quotient is
    /// `10^22 * (P*Uon + U*Pm) / ((F+R+E) * cost * Pm * Uon)`, where
    /// - `first*F + repeat*R` is below 2^97, times `Pl` below 2^129, times `Uon` below 2^193;
    /// - `external*E*Uom*Pm` is below 2^192, the sum below 2^194;
    /// - 10^22 is below 2^74: the numerator is below 2^268;
    /// - `F+R+E` is below 2^66: the denominator is below 2^(66 + 128 + 64 + 64) = 2^322.
    ///
    /// Both pass 256 bits, neither reaches 512; all before them is below 2^194 and computed in 256. The quotient fits 128 bits wherever an order is
    /// worth at least a minor unit: `Pl/Pm <= 1`, a weighted mean of customers is below 2^32, two
    /// terms below 2^33, times 10^22 below 2^107.
    ///
    /// # Example
    /// One new shop (one third each), 2 first-time customers with 2 orders of 10.00 together
    /// 20.00, area 500 at 2.00 and 4 people at 100.00, cost 1400.00:
    /// `2 * 2/20 * 1/3 / 1400 = 0.000047619047619047`.
    pub fn bizpower_e18(&self) -> Result<u128, ScoreError> {
        const WHAT: &str = "BizPower";
        if self.cost_minor == 0 {
            return Err(ScoreError::ZeroDivisor { what: "cost" });
        }
        let (first, repeat, external) = self.weights();
        let times = |weight: u64, customers: u32| Uint256::from(u128::from(weight).saturating_mul(customers.into()));
        let store = add256(times(first, self.first), times(repeat, self.repeat), WHAT)?;
        let store = mul256(store, self.store_orders, WHAT)?;
        let online = mul256(times(external, self.external), self.external_orders, WHAT)?;

        // A term without revenue is 0, and dividing it by 1 leaves the other as it is.
        let (store, store_sum) = term(store, self.store_sum_minor);
        let (online, online_sum) = term(online, self.external_sum_minor);
        let value = add256(mul256(store, online_sum, WHAT)?, mul256(online, store_sum, WHAT)?, WHAT)?;
        let num = mul512(value.into(), SCALE, WHAT)?;

        let weights = Uint256::from(first)
            .saturating_add(repeat.into())
            .saturating_add(external.into());
        let den = mul256(weights, self.cost_minor, WHAT)?;
        let sums = u128::from(store_sum).saturating_mul(online_sum.into());
        div_u128(num, mul512(den.into(), sums, WHAT)?, WHAT)
    }

    /// F, R, E; 1, 1, 1 for a merchant with no record yet.
    fn weights(&self) -> (u64, u64, u64) {
        match (self.weight_first, self.weight_repeat, self.weight_external) {
            (0, 0, 0) => (1, 1, 1),
            weights => weights,
        }
    }
}

/// A term and its divisor: nothing over 1 where there was no revenue.
fn term(value: Uint256, sum_minor: u64) -> (Uint256, u64) {
    match sum_minor {
        0 => (Uint256::zero(), 1),
        sum => (value, sum),
    }
}

/// `area*rent + staff*wage` in minor units: square feet, minor units a square foot, people,
/// minor units a person. The default profile, 500 at 2.00 and 4 at 100.00, costs 140,000.
///
/// Each product is below 2^96 and the sum below 2^97: nothing here saturates.
pub fn cost_minor(area: u32, rent_minor: u64, staff: u32, wage_minor: u64) -> u128 {
    let rent = u128::from(area).saturating_mul(rent_minor.into());
    rent.saturating_add(u128::from(staff).saturating_mul(wage_minor.into()))
}

/// The level of a day: how many of the rising `bounds` its BizPower reaches, 0 to 255.
pub fn level(bizpower_e18: u128, bounds: &[u128]) -> u8 {
    let reached = bounds.iter().take_while(|&&bound| bizpower_e18 >= bound);
    reached.fold(0u8, |level, _| level.saturating_add(1))
}

/// Revenue in major units by square foot, the figure that the paper sets BizPower against: a
/// pizza shop with 100 orders of 5 on 500 square feet has 1, a jeweller with one order of 10,000
/// on 10 square feet 1000.
///
/// Fails with [`ScoreError::ZeroDivisor`] where the area is 0.
pub fn sales_per_area(revenue_minor: u64, area: u32) -> Result<Fraction, ScoreError> {
    if area == 0 {
        return Err(ScoreError::ZeroDivisor { what: "area" });
    }
    // Below 2^39: nothing saturates.
    let den = u64::from(area).saturating_mul(MINOR_PER_MAJOR);
    Fraction::new(revenue_minor, den)
}
