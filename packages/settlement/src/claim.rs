use crate::programme::closed;
use crate::share::worth;
use crate::{Payout, Pools, Programme, SettlementError, Share, Totals};
use cosmwasm_std::{Order, Storage, Timestamp};
use vrs_days::{Clock, Day};

/// Days that one claim walks at the most.
pub const MAX_CLAIM_DAYS: u32 = 120;
/// A read of a day's sums costs some four steps of a range: days are walked unless they lie further
/// apart than that.
const STEPS_A_READ: u32 = 4;

/// What a claim found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// The day up to which the account is paid now.
    pub through: Day,
    /// Whether a further claim is needed for the rest.
    pub more: bool,
    /// Days that had a share.
    pub days: u32,
    /// Base units by pool, ascending, none of them 0.
    pub amounts: Vec<(u8, u128)>,
}

impl<S: Share> Programme<S> {
    /// Pays an account all that is final, at most [`MAX_CLAIM_DAYS`] days of it. The caller has
    /// closed the days that are due, and sends the amounts. Nothing is written where nothing is due.
    ///
    /// Errors: [`SettlementError::NotClosed`] where the caller forgot to close.
    pub fn claim(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        account: u32,
    ) -> Result<Claimed, SettlementError> {
        let last = clock.last_final(now);
        let cursor = self.claimed_through(storage, account)?;
        let from = cursor.checked_add(1).ok_or(SettlementError::Overflow("cursor"))?;
        let (shares, more) = self.walk(storage, account, from, last)?;
        let (Some(first), Some(end)) = (shares.first().map(|s| s.0), shares.last().map(|s| s.0)) else {
            return Ok(Claimed {
                through: last.max(cursor),
                ..Claimed::default()
            });
        };
        let totals = self.totals_of(storage, &shares, first, end)?;
        let mut entries: Vec<(u8, Vec<Payout>)> = vec![];
        for ((_, share), totals) in shares.iter().zip(&totals) {
            for (pool, payout) in worth(share, totals)? {
                match entries.iter_mut().find(|(p, _)| *p == pool) {
                    Some((_, payouts)) => payouts.push(payout),
                    None => entries.push((pool, vec![payout])),
                }
            }
        }
        let mut amounts = vec![];
        for (pool, payouts) in entries {
            let mut state = pools.load(storage, pool)?;
            let before = state.paid;
            for payout in payouts {
                state.settle(payout, true)?;
            }
            pools.save(storage, pool, &state)?;
            let amount = state
                .paid
                .checked_sub(before)
                .ok_or(SettlementError::Overflow("paid"))?;
            if amount > 0 {
                amounts.push((pool, amount));
            }
        }
        amounts.sort_unstable();
        let through = if more { end } else { last };
        self.cursors.save(storage, &account, &through)?;
        let days = u32::try_from(shares.len()).map_err(|_| SettlementError::Overflow("days"))?;
        Ok(Claimed {
            through,
            more,
            days,
            amounts,
        })
    }

    /// The account's next shares: within [`MAX_CLAIM_DAYS`] days of the first, and whether more are left.
    fn walk(
        &self,
        storage: &dyn Storage,
        account: u32,
        from: Day,
        last: Day,
    ) -> Result<(Vec<(Day, S)>, bool), SettlementError> {
        let mut shares: Vec<(Day, S)> = vec![];
        if from > last {
            return Ok((shares, false));
        }
        for entry in self
            .shares
            .range(storage, Some((account, from)), Some((account, last)), Order::Ascending)
        {
            let ((_, day), share) = entry?;
            let first = shares.first().map_or(day, |(first, _)| *first);
            if day.saturating_sub(first) >= MAX_CLAIM_DAYS {
                return Ok((shares, true));
            }
            shares.push((day, share));
        }
        Ok((shares, false))
    }

    /// The sums of the shares' days, in the same order: by a walk over all days between, or read one
    /// by one where they lie far apart. `first` and `end` are the shares' own.
    pub(crate) fn totals_of(
        &self,
        storage: &dyn Storage,
        shares: &[(Day, S)],
        first: Day,
        end: Day,
    ) -> Result<Vec<Totals>, SettlementError> {
        let mut totals = Vec::with_capacity(shares.len());
        let reads = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        if end.saturating_sub(first) >= reads.saturating_mul(STEPS_A_READ) {
            for (day, _) in shares {
                totals.push(closed(*day, self.days.load(storage, day)?)?);
            }
            return Ok(totals);
        }
        let mut wanted = shares.iter().map(|(day, _)| *day).peekable();
        for entry in self.days.range(storage, Some(first), Some(end), Order::Ascending) {
            let (day, sums) = entry?;
            if wanted.peek() == Some(&day) {
                totals.push(closed(day, sums)?);
                wanted.next();
            }
        }
        match wanted.next() {
            None => Ok(totals),
            // A share without its day: not even a lawful prune leaves that.
            Some(day) => Err(SettlementError::NotClosed { day }),
        }
    }
}
