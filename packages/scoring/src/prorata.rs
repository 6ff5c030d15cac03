//! Budgets and their split, for every pool of the suite.
//!
//! A budget is `min(heads * per head, maximum, what the pool has left)`. A part of it (in basis
//! points) is divided by weight, each share rounded down, so that shares never exceed the part;
//! a part that nobody has a weight in stays in the pool and is not set aside.

use cosmwasm_std::{Uint128, Uint256};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wide::{add256, div_u128, mul256};
use crate::{ScoreError, E18, WHOLE_BPS};

/// The days of a programme month in the papers' economies.
pub const DAYS_PER_MONTH: u32 = 30;

/// The most months that a [`MonthSplit`] lists.
pub const MAX_SPLIT_MONTHS: usize = 120;

/// `budget * share_bps/10000 * weight/total`: whole units rounded down, and what was rounded off
/// in units of 10^-18, rounded down too.
///
/// Nobody with a weight (`total` 0): 0, the part stays in the pool. Fails with
/// [`ScoreError::ShareBps`] above 10,000 basis points and [`ScoreError::WeightAboveTotal`].
///
/// # Widths
/// The numerator has at most 128 + 14 + 128 = 270 bits of 512, the divisor 142; what is left over
/// is below the divisor, times 10^18 at most 202 bits. The quotient never exceeds the budget.
///
/// # Example
/// 100 merchants share 10,000 in month 2. BizPower 85 of 9,000: `part(10_000, 9_000, 85, 9_000)`
/// is 85; holding 10 of 1,000: `part(10_000, 1_000, 10, 1_000)` is 10. Together 95.
pub fn part(budget: u128, share_bps: u16, weight: u128, total: u128) -> Result<(u128, u64), ScoreError> {
    const WHAT: &str = "share of the budget";
    check_bps(share_bps)?;
    if weight > total {
        return Err(ScoreError::WeightAboveTotal { total, actual: weight });
    }
    if total == 0 {
        return Ok((0, 0));
    }
    let live = mul256(budget.into(), share_bps, WHAT)?;
    let num = live.full_mul(weight);
    let den = mul256(total.into(), WHOLE_BPS, WHAT)?;
    let whole = div_u128(num, den, WHAT)?;
    let rest = num
        .checked_rem(den.into())
        .map_err(|_| ScoreError::ZeroDivisor { what: WHAT })?;
    // The rest is below the divisor, so these are fewer than 10^18.
    let decimals = div_u128(crate::wide::mul512(rest, E18, WHAT)?, den, WHAT)?;
    let decimals = u64::try_from(decimals).map_err(|_| ScoreError::Overflow { what: WHAT, bits: 64 })?;
    Ok((whole, decimals))
}

/// The most one participant can draw from a part: `share_cap` average shares,
/// `floor(share_cap * budget * bps / (10000 * participants))`.
///
/// A `share_cap` of 0 switches the limit off: `u128::MAX`, which is also the answer where the
/// limit itself passes 128 bits. Without participants nobody draws: 0. Fails with
/// [`ScoreError::ShareBps`].
///
/// A cap of 20 bites from 21 participants on: at 20 and fewer it is the whole part or more.
pub fn cap(budget: u128, bps: u16, share_cap: u32, participants: u32) -> Result<u128, ScoreError> {
    const WHAT: &str = "cap of a share";
    check_bps(bps)?;
    if share_cap == 0 {
        return Ok(u128::MAX);
    }
    if participants == 0 {
        return Ok(0);
    }
    // At most 128 + 14 + 32 = 174 bits.
    let num = mul256(mul256(budget.into(), bps, WHAT)?, share_cap, WHAT)?;
    let den = mul256(participants.into(), WHOLE_BPS, WHAT)?;
    let limit = num
        .checked_div(den)
        .map_err(|_| ScoreError::ZeroDivisor { what: WHAT })?;
    Ok(Uint128::try_from(limit).map_or(u128::MAX, |limit| limit.u128()))
}

/// What one participant gets of a part: [`part`] rounded down, at most [`cap`].
///
/// Fails as these two do.
pub fn capped_part(
    budget: u128,
    bps: u16,
    weight: u128,
    total: u128,
    share_cap: u32,
    participants: u32,
) -> Result<u128, ScoreError> {
    let (share, _) = part(budget, bps, weight, total)?;
    Ok(share.min(cap(budget, bps, share_cap, participants)?))
}

/// A day's budget: `heads * per_head`, at most `max`, and never more than the pool has `left`.
///
/// 100 Bzky a merchant up to 3,000,000 is reached at 30,000 merchants.
pub fn daily_budget(per_head: u128, heads: u32, max: u128, left: u128) -> u128 {
    // A product past 128 bits is past any maximum as well.
    per_head.saturating_mul(heads.into()).min(max).min(left)
}

/// What is set aside when a day closes: the budget without the parts whose sum is 0, the live
/// part rounded up so that it covers every share.
///
/// `parts` lists each part of the budget in basis points with the sum of its weights; together
/// they are the whole. Fails with [`ScoreError::PartsSum`] where they are not.
///
/// A budget of 1,001 at 90% and 10%: both live 1,001; nobody holds anything: `ceil(900.9)` = 901.
pub fn reserve(budget: u128, parts: &[(u16, u128)]) -> Result<u128, ScoreError> {
    const WHAT: &str = "reserve of a day";
    let sum = |parts: &mut dyn Iterator<Item = &(u16, u128)>| {
        parts.fold(0u32, |sum, &(bps, _)| sum.saturating_add(bps.into()))
    };
    let (whole, all) = (u32::from(WHOLE_BPS), sum(&mut parts.iter()));
    if all != whole {
        return Err(ScoreError::PartsSum {
            expected: whole,
            actual: all,
        });
    }
    let live = sum(&mut parts.iter().filter(|(_, total)| *total != 0));
    let num = mul256(budget.into(), live, WHAT)?;
    // ceil(n / d) = floor((n + d - 1) / d); at most 143 bits.
    let rounded = add256(num, whole.saturating_sub(1).into(), WHAT)?;
    div_u128(rounded.into(), Uint256::from(whole), WHAT)
}

/// What holders share of a sale: `floor(sale * rate)`. 0.5% of 900,000,000 MVC is 4,500,000.
///
/// Fails with [`ScoreError::ShareBps`] above 10,000 basis points.
pub fn holder_reward(sale: u128, rate_bps: u16) -> Result<u128, ScoreError> {
    part(sale, rate_bps, 1, 1).map(|(whole, _)| whole)
}

/// The programme month of a programme day, both counted from 1: with 30 days a month, days 1 to
/// 30 are month 1 and day 31 begins month 2.
///
/// Fails with [`ScoreError::DayZero`], or [`ScoreError::ZeroDivisor`] for months without days.
pub fn month(day: u32, days_per_month: u32) -> Result<u32, ScoreError> {
    let past = day.checked_sub(1).ok_or(ScoreError::DayZero)?;
    let full = past.checked_div(days_per_month).ok_or(ScoreError::ZeroDivisor {
        what: "days of a month",
    })?;
    full.checked_add(1).ok_or(ScoreError::Overflow {
        what: "programme month",
        bits: 32,
    })
}

/// How a merchant budget is divided between BizPower and holdings, month by month.
///
/// It lists the part of BizPower in basis points for months 1, 2, ...; holdings have the rest, and
/// the last entry holds for all later months. It reads and writes as a plain list of numbers; a
/// list that is empty, too long or above 10,000 somewhere is refused there too.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, PartialEq, Eq)]
#[serde(try_from = "Vec<u16>", into = "Vec<u16>")]
pub struct MonthSplit(Vec<u16>);

impl MonthSplit {
    /// A checked table. Fails with [`ScoreError::EmptyTable`], [`ScoreError::TableTooLong`] or
    /// [`ScoreError::ShareBps`].
    pub fn new(power_bps: Vec<u16>) -> Result<Self, ScoreError> {
        if power_bps.is_empty() {
            return Err(ScoreError::EmptyTable);
        }
        if power_bps.len() > MAX_SPLIT_MONTHS {
            return Err(ScoreError::TableTooLong {
                expected: MAX_SPLIT_MONTHS,
                actual: power_bps.len(),
            });
        }
        power_bps.iter().try_for_each(|&bps| check_bps(bps))?;
        Ok(Self(power_bps))
    }

    /// The part of BizPower in months 1, 2, ... in basis points.
    pub fn power_bps(&self) -> &[u16] {
        &self.0
    }

    /// The parts of BizPower and of holdings in `month`, counted from 1; together 10,000.
    ///
    /// Fails with [`ScoreError::MonthZero`].
    pub fn month_split(&self, month: u32) -> Result<(u16, u16), ScoreError> {
        let past = month.checked_sub(1).ok_or(ScoreError::MonthZero)?;
        let listed = usize::try_from(past).ok().and_then(|at| self.0.get(at));
        let power = listed.or(self.0.last()).ok_or(ScoreError::EmptyTable)?;
        Ok((*power, WHOLE_BPS.saturating_sub(*power)))
    }
}

/// The Bizkey paper's: 100/0, 90/10, 80/20, 70/30, 60/40, from month 6 on 50/50.
impl Default for MonthSplit {
    fn default() -> Self {
        Self(vec![10_000, 9_000, 8_000, 7_000, 6_000, 5_000])
    }
}

impl TryFrom<Vec<u16>> for MonthSplit {
    type Error = ScoreError;

    fn try_from(power_bps: Vec<u16>) -> Result<Self, ScoreError> {
        Self::new(power_bps)
    }
}

impl From<MonthSplit> for Vec<u16> {
    fn from(split: MonthSplit) -> Self {
        split.0
    }
}

fn check_bps(actual: u16) -> Result<(), ScoreError> {
    if actual > WHOLE_BPS {
        return Err(ScoreError::ShareBps {
            expected: WHOLE_BPS.into(),
            actual: actual.into(),
        });
    }
    Ok(())
}
