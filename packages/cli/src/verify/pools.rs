//! Whether a pool holds what its days say.

use super::division::{Payout, E18};
use super::tally::{holds, same, Tally};
use crate::failure::Difference;
use vrs_days::{Clock, Day};
use vrs_interface::settlement::Pool;

/// What the days say of a pool, ascending by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Closed days that drew on it.
    pub days: Vec<DayOwed>,
}

/// What a closed day says of a pool; base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayOwed {
    /// The day.
    pub day: Day,
    /// Set aside for it.
    pub reserved: u128,
    /// Of shares that were claimed.
    pub claimed: Payout,
    /// Of shares that were not.
    pub open: Payout,
    /// How many were not.
    pub open_shares: u64,
}

impl Owed {
    /// Begins a day.
    pub fn begin(&mut self, day: Day, reserved: u128) {
        self.days.push(DayOwed {
            day,
            reserved,
            ..DayOwed::default()
        });
    }

    /// Enters a share of the day that was begun last.
    pub fn enter(&mut self, payout: Payout, claimed: bool) {
        let Some(day) = self.days.last_mut() else { return };
        if claimed {
            day.claimed = day.claimed.plus(payout);
        } else {
            day.open = day.open.plus(payout);
            day.open_shares += 1;
        }
    }

    fn sum(&self, figure: impl Fn(&DayOwed) -> u128) -> u128 {
        self.days.iter().map(figure).sum()
    }

    /// What may have been recovered. Rounding gathers in units of 10^-18, and is settled to whole ones
    /// whenever nothing is left to claim: at the end of all days so far, or after day `k` where it could be
    /// claimed whole before the next one closed.
    fn recovered(&self, clock: &Clock) -> Vec<u128> {
        let from = |at: usize| {
            let (settled, later) = self.days.split_at(at);
            let kept: u128 = settled
                .iter()
                .map(|day| day.reserved.saturating_sub(day.claimed.paid))
                .sum();
            let cut = later
                .iter()
                .map(|day| day.claimed.taken + day.open.taken + day.claimed.capped);
            let dust: u128 = later.iter().map(|day| day.claimed.dust).sum();
            kept + cut.sum::<u128>() + dust / E18
        };
        let claimed = self.days.iter().take_while(|day| day.open_shares == 0).count();
        if claimed == self.days.len() {
            return vec![from(claimed)];
        }
        let mut values = vec![from(0)];
        for at in 1..=claimed {
            if let (Some(last), Some(next)) = (self.days.get(at - 1), self.days.get(at)) {
                if clock.finals(last.day) < clock.closes(next.day) {
                    values.push(from(at));
                }
            }
        }
        values.sort_unstable();
        values.dedup();
        values
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
/// recovered + refills = reserves - paid      where nothing is left to claim; what caps, take-backs
///                                            and whole units of rounding gave, otherwise
/// ```
pub fn check(pool: &Pool, owed: &Owed, care: &Care, clock: &Clock, tally: &mut Tally) -> Result<(), Difference> {
    let of = |what: &str| format!("{what} of pool {}", pool.name);
    let [funded, paid, claimable, remaining, recovered] =
        [pool.funded, pool.paid, pool.claimable, pool.remaining, pool.recovered].map(|amount| amount.u128());
    let parts = paid.saturating_add(claimable).saturating_add(remaining);
    same(|| of("paid + claimable + remaining"), funded, parts)?;
    let claimed = owed.sum(|day| day.claimed.paid);
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
        holds(|| of("paid"), paid >= claimed, format!("at least {claimed}"), paid)?;
    } else {
        let left = remaining.saturating_sub(recovered);
        let expected = funded
            .saturating_add(care.refilled)
            .checked_sub(owed.sum(|day| day.reserved));
        let expected = expected.map_or_else(
            || format!("reserves of at most {funded}"),
            |expected| expected.to_string(),
        );
        same(|| of("left for days to come"), expected, left.to_string())?;
        same(|| of("paid"), claimed, paid)?;
        let all = recovered.saturating_add(care.refilled);
        let expected = owed.recovered(clock);
        let told = expected.iter().map(u128::to_string).collect::<Vec<_>>().join(" or ");
        holds(|| of("recovered"), expected.contains(&all), told, all)?;
    }
    let open = owed.sum(|day| day.open.paid);
    holds(
        || of("claimable"),
        claimable >= open,
        format!("at least {open}"),
        claimable,
    )?;
    tally.count("pools", 1);
    Ok(())
}
