use crate::{Limit, Pools, Programme, SettlementError, Share, Totals, Tranche};
use cosmwasm_std::{Order, StdResult, Storage, Timestamp, Uint128, Uint256};
use vrs_days::{Clock, Day};

/// A day that was just closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// The day.
    pub day: Day,
    /// Base units set aside, by pool.
    pub reserved: Vec<(u8, u128)>,
}

/// How a day's budget is to be divided, and the limits of the pools that pay it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The tranches; those without a sum are left out when the day closes. Of each pool they take
    /// together no more than [`Pools::available`], else the day can't close.
    pub tranches: Vec<Tranche>,
    /// Windowed limits by pool, the ones that `available` was asked with.
    pub limits: Vec<(u8, Limit)>,
}

/// Tells how a day's budget is to be divided. It sees the storage with all earlier days closed, and
/// must always answer with a plan that fits: an error here stops every message that closes first.
pub type Planner<'a> = &'a dyn Fn(&dyn Storage, Day, &Totals) -> Result<Plan, SettlementError>;

impl Plan {
    fn limit(&self, pool: u8) -> Option<Limit> {
        self.limits.iter().find(|(p, _)| *p == pool).map(|(_, limit)| *limit)
    }
}

impl<S: Share> Programme<S> {
    /// Closes in order every day that time has closed: `plan` says how a day's budget is divided
    /// (tranches without a sum are left out here), the pools set the reserve aside. At most the days
    /// that reports reached since the last call are looked at, which are at most three, because
    /// every report calls this first.
    ///
    /// Errors: those of `plan`; [`SettlementError::PoolExceeded`] where it wants more than there is.
    pub fn close_due(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        plan: Planner,
    ) -> Result<Vec<ClosedDay>, SettlementError> {
        self.close_through(storage, pools, clock.last_closed(now), plan)
    }

    /// Closes in order every day up to `last`, whatever the time. For queries on an
    /// [`Overlay`](crate::Overlay) that tell how a running day would be divided if it closed now.
    ///
    /// Errors: as [`Programme::close_due`].
    pub fn close_through(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        last: Day,
        plan: Planner,
    ) -> Result<Vec<ClosedDay>, SettlementError> {
        let head = self.closed_through(storage)?;
        if last <= head {
            return Ok(vec![]);
        }
        let from = head.checked_add(1).ok_or(SettlementError::Overflow("head"))?;
        let due = self
            .days
            .range(storage, Some(from), Some(last), Order::Ascending)
            .collect::<StdResult<Vec<_>>>()?;
        let mut closed = Vec::with_capacity(due.len());
        for (day, mut totals) in due {
            let mut plan = plan(storage, day, &totals)?;
            plan.tranches.retain(|tranche| totals.sum(tranche.track) > 0);
            let reserved = reserves(&plan.tranches)?;
            for (pool, amount) in &reserved {
                pools.assign(storage, *pool, day, *amount, totals.participants, plan.limit(*pool))?;
            }
            totals.tranches = plan.tranches;
            totals.closed = true;
            self.days.save(storage, &day, &totals)?;
            closed.push(ClosedDay { day, reserved });
        }
        self.head.save(storage, &last)?;
        Ok(closed)
    }
}

/// What a day sets aside, by pool: each tranche's part of its budget, exact, the pool's sum rounded up
/// (a budget of 101 of which 9/10 are divided sets 91 aside).
fn reserves(tranches: &[Tranche]) -> Result<Vec<(u8, u128)>, SettlementError> {
    const OVERFLOW: SettlementError = SettlementError::Overflow("reserve");
    let mut sums: Vec<(u8, Uint256)> = vec![];
    for tranche in tranches {
        let part = Uint256::from(tranche.budget)
            .checked_mul(Uint256::from(u128::from(tranche.share_bps)))
            .map_err(|_| OVERFLOW)?;
        match sums.iter_mut().find(|(pool, _)| *pool == tranche.pool) {
            Some((_, sum)) => *sum = sum.checked_add(part).map_err(|_| OVERFLOW)?,
            None => sums.push((tranche.pool, part)),
        }
    }
    let mut reserved = vec![];
    for (pool, sum) in sums {
        let up = sum.checked_add(9_999u128.into()).map_err(|_| OVERFLOW)?;
        let whole = up.checked_div(10_000u128.into()).map_err(|_| OVERFLOW)?;
        reserved.push((pool, Uint128::try_from(whole).map_err(|_| OVERFLOW)?.u128()));
    }
    Ok(reserved)
}
