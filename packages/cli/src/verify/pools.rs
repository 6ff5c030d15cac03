//! Whether a pool holds what its days say.

use super::division::{Payout, E18};
use super::tally::{holds, same, Tally};
use crate::failure::Difference;
use vrs_interface::settlement::Pool;

/// What the days say of a pool; base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Set aside for closed days.
    pub reserved: u128,
    /// Of shares of closed days that were claimed.
    pub claimed: Payout,
    /// Of shares of closed days that were not.
    pub open: Payout,
    /// How many were not.
    pub open_shares: u64,
}

impl Owed {
    /// Enters a share of a closed day.
    pub fn enter(&mut self, payout: Payout, claimed: bool) {
        if claimed {
            self.claimed = self.claimed.plus(payout);
        } else {
            self.open = self.open.plus(payout);
            self.open_shares += 1;
        }
    }
}

/// What was done to a pool beside its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// Put in, by the transactions; none where they don't tell.
    pub funded: Option<u128>,
    /// Recovered and put in again, by the transactions.
    pub refilled: u128,
    /// Whether days may be missing because they were pruned.
    pub pruned: bool,
}

/// Compares a pool with its days:
/// ```text
/// funded = paid + claimable + remaining
/// funded - reserves + refills = remaining - recovered
/// paid = sum of the claimed rewards          claimable >= sum of the others
/// recovered + refills = reserves - paid      where nothing is left to claim; between what caps,
///                                            rounding and take-backs gave and that, otherwise
/// ```
pub fn check(pool: &Pool, owed: &Owed, care: &Care, tally: &mut Tally) -> Result<(), Difference> {
    let of = |what: &str| format!("{what} of pool {}", pool.name);
    let [funded, paid, claimable, remaining, recovered] =
        [pool.funded, pool.paid, pool.claimable, pool.remaining, pool.recovered].map(|amount| amount.u128());
    let parts = paid.saturating_add(claimable).saturating_add(remaining);
    same(|| of("paid + claimable + remaining"), funded, parts)?;
    if let Some(put_in) = care.funded {
        same(|| of("what was put in, by the transactions,"), put_in, funded)?;
    }
    holds(
        || of("recovered"),
        recovered <= remaining,
        format!("at most {remaining}"),
        recovered,
    )?;
    if care.pruned {
        tally.skip("days are pruned: paid and recovered can only be bounded", || of("sums"));
        let least = format!("at least {}", owed.claimed.paid);
        holds(|| of("paid"), paid >= owed.claimed.paid, least, paid)?;
    } else {
        let left = remaining.saturating_sub(recovered);
        let expected = funded.saturating_add(care.refilled).checked_sub(owed.reserved);
        let expected = expected.map_or_else(
            || format!("reserves of at most {funded}"),
            |expected| expected.to_string(),
        );
        same(|| of("left for days to come"), expected, left.to_string())?;
        same(|| of("paid"), owed.claimed.paid, paid)?;
        check_recovered(owed, care, paid, recovered, of)?;
    }
    let least = format!("at least {}", owed.open.paid);
    holds(|| of("claimable"), claimable >= owed.open.paid, least, claimable)?;
    tally.count("pools", 1);
    Ok(())
}

/// What caps, rounding and take-backs left. Rounding gathers in units of 10^-18 and is settled to
/// whole ones when nothing is left to claim, so until then it lies between two bounds.
fn check_recovered(
    owed: &Owed,
    care: &Care,
    paid: u128,
    recovered: u128,
    of: impl Fn(&str) -> String,
) -> Result<(), Difference> {
    let all = recovered.saturating_add(care.refilled);
    let most = owed.reserved.saturating_sub(paid).saturating_sub(owed.open.paid);
    if owed.open_shares == 0 {
        return same(|| of("recovered"), most, all);
    }
    let taken = owed.claimed.taken.saturating_add(owed.open.taken);
    let least = taken + owed.claimed.capped + owed.claimed.dust / E18;
    let expected = format!("{least} to {most}");
    holds(|| of("recovered"), (least..=most).contains(&all), expected, all)
}
