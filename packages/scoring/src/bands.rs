//! Step tables: which factor an amount has.
//!
//! One table, three readings:
//! - [`Bands::factor_e9`]: the factor of the band that the amount falls in (node storage, file size);
//! - [`Bands::whole`]: the whole amount at that factor (the paper's traffic, nodes, downloads);
//! - [`Bands::marginal_count`], [`Bands::marginal_measure`]: each step at its own factor (the
//!   paper's bandwidth, and decision D-7's answer to scores that fall at a band's edge).

use cosmwasm_std::Uint64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ScoreError;

/// The most steps of a table, so that walking one has a bounded price.
pub const MAX_STEPS: usize = 32;

/// One band: from this amount on (the bound included), up to the next step, this factor holds.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The first amount of the band, in the table's unit.
    pub from: u64,
    /// The factor or value in billionths: 50,000,000 is 0.05.
    pub factor_e9: u64,
}

/// A table of 1 to [`MAX_STEPS`] steps with rising bounds. Below the first bound the factor is 0.
///
/// It reads and writes as a plain list of steps; a list that breaks the rule is refused there too.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, PartialEq, Eq)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct Bands(Vec<Step>);

impl Bands {
    /// A checked table. Fails with [`ScoreError::EmptyTable`], [`ScoreError::TableTooLong`] or
    /// [`ScoreError::NotAscending`].
    pub fn new(steps: Vec<Step>) -> Result<Self, ScoreError> {
        if steps.is_empty() {
            return Err(ScoreError::EmptyTable);
        }
        check_length(steps.len(), MAX_STEPS)?;
        check_ascending(steps.iter().map(|step| step.from))?;
        Ok(Self(steps))
    }

    /// A table of this crate's own figures; a test puts each through [`Bands::new`].
    pub(crate) fn literal(steps: &[(u64, u64)]) -> Self {
        let step = |&(from, factor_e9): &(u64, u64)| Step { from, factor_e9 };
        Self(steps.iter().map(step).collect())
    }

    /// The steps in rising order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The factor of the band that `amount` falls in, in billionths; 0 below the first bound.
    pub fn factor_e9(&self, amount: u64) -> u64 {
        let band = self.0.iter().rev().find(|step| amount >= step.from);
        band.map_or(0, |step| step.factor_e9)
    }

    /// `amount` times the factor of its band, in billionths. Falls at a bound where the factor
    /// does: 10 downloads are 10 * 5 = 50, 11 are 11 * 3 = 33.
    pub fn whole(&self, amount: u64) -> u128 {
        product(amount, self.factor_e9(amount))
    }

    /// Each single thing at its own factor, in billionths: the sum of `factor(k)` for k = 1 to
    /// `amount`. Never falls.
    ///
    /// For things that are counted, where `from: 9` means the ninth: 12 Mbit/s at 10 from the
    /// first on and 5 from the ninth on are 8 * 10 + 4 * 5 = 100.
    pub fn marginal_count(&self, amount: u64) -> u128 {
        self.marginal(amount, |from| from.saturating_sub(1))
    }

    /// Each stretch of a measured amount at its own factor, in billionths. Never falls.
    ///
    /// For what is measured, where `from: 100_000` is a point on the scale: 200 GB of traffic at
    /// 0 up to 50 GB, 0.05 up to 100 GB, then 0.03 are 50 * 0.05 + 100 * 0.03 = 5.5.
    pub fn marginal_measure(&self, amount: u64) -> u128 {
        self.marginal(amount, |from| from)
    }

    /// The stretches do not overlap and lie within `amount`, so the sum is at most the largest
    /// factor times `amount`, below 2^128: the addition never saturates.
    fn marginal(&self, amount: u64, edge: impl Fn(u64) -> u64) -> u128 {
        let mut upper = amount;
        let mut sum = 0u128;
        for step in self.0.iter().rev() {
            let lower = edge(step.from).min(upper);
            sum = sum.saturating_add(product(upper.saturating_sub(lower), step.factor_e9));
            upper = lower;
        }
        sum
    }
}

impl TryFrom<Vec<Step>> for Bands {
    type Error = ScoreError;

    fn try_from(steps: Vec<Step>) -> Result<Self, ScoreError> {
        Self::new(steps)
    }
}

impl From<Bands> for Vec<Step> {
    fn from(bands: Bands) -> Self {
        bands.0
    }
}

/// The fewest view points, and those of a file whose views nobody reported.
pub const MIN_VIEW_POINTS: u8 = 1;

/// The most view points.
pub const MAX_VIEW_POINTS: u8 = 10;

/// How many bounds lie between the fewest view points and the most.
const MAX_VIEW_BOUNDS: usize = 9;

/// Rising numbers of daily views; each one reached gives a view point more than the first (D-4).
///
/// At most nine, so that the points stay within 1 to 10; without any, all files have 1 point.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, PartialEq, Eq)]
#[serde(try_from = "Vec<u64>", into = "Vec<u64>")]
pub struct ViewBounds(Vec<u64>);

impl ViewBounds {
    /// A checked table. Fails with [`ScoreError::TableTooLong`] or [`ScoreError::NotAscending`].
    pub fn new(bounds: Vec<u64>) -> Result<Self, ScoreError> {
        check_length(bounds.len(), MAX_VIEW_BOUNDS)?;
        check_ascending(bounds.iter().copied())?;
        Ok(Self(bounds))
    }

    /// The bounds in rising order.
    pub fn bounds(&self) -> &[u64] {
        &self.0
    }

    /// 1 point, and one more for each bound that `views` reaches.
    pub fn points(&self, views: u64) -> u8 {
        let reached = self.0.iter().take_while(|&&bound| views >= bound);
        reached.fold(MIN_VIEW_POINTS, |points, _| points.saturating_add(1))
    }
}

/// Ours, not the paper's, which gives no mapping: half a decade a point, 100,000 views a day and
/// more have all ten.
impl Default for ViewBounds {
    fn default() -> Self {
        let bounds = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];
        Self(bounds.to_vec())
    }
}

impl TryFrom<Vec<u64>> for ViewBounds {
    type Error = ScoreError;

    fn try_from(bounds: Vec<u64>) -> Result<Self, ScoreError> {
        Self::new(bounds)
    }
}

impl From<ViewBounds> for Vec<u64> {
    fn from(bounds: ViewBounds) -> Self {
        bounds.0
    }
}

fn product(amount: u64, factor_e9: u64) -> u128 {
    Uint64::new(amount).full_mul(factor_e9).u128()
}

fn check_length(actual: usize, expected: usize) -> Result<(), ScoreError> {
    if actual > expected {
        return Err(ScoreError::TableTooLong { expected, actual });
    }
    Ok(())
}

fn check_ascending(bounds: impl Iterator<Item = u64> + Clone) -> Result<(), ScoreError> {
    let pairs = bounds.clone().zip(bounds.skip(1)).zip(1usize..);
    for ((previous, actual), index) in pairs {
        if actual <= previous {
            return Err(ScoreError::NotAscending {
                index,
                previous,
                actual,
            });
        }
    }
    Ok(())
}
