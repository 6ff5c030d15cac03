use crate::{payout, Limit, Payout, Pools, SettlementError, Share, Totals, Tranche};
use cosmwasm_std::{Order, StdResult, Storage, Timestamp, Uint128, Uint256};
use vrs_days::{Clock, Day, Stage};
use vrs_table::{Cell, Table};

/// Days that one claim walks at the most.
pub const MAX_CLAIM_DAYS: u32 = 120;
/// Up to so many shares their days are read one by one, beyond by a walk (a read costs four steps).
const FEW: usize = 30;

/// A programme's shares and days.
pub struct Programme<S> {
    /// (account, day) -> share; removed by `prune`.
    pub shares: Table<(u32, u32), S>,
    /// day -> sums and division; removed with the day's last share.
    pub days: Table<u32, Totals>,
    /// account -> last day that was claimed.
    cursors: Table<u32, u32>,
    /// Last day that is closed in storage.
    head: Cell<u32>,
}

/// A day that was just closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDay {
    /// The day.
    pub day: Day,
    /// Base units set aside, by pool.
    pub reserved: Vec<(u8, u128)>,
}

/// What a claim found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// The day up to which the account is paid now.
    pub through: Day,
    /// Whether a further claim is needed for the rest.
    pub more: bool,
    /// Days that had a share.
    pub days: u32,
    /// Base units by pool, none of them 0.
    pub amounts: Vec<(u8, u128)>,
}

impl<S: Share> Programme<S> {
    /// A programme under four prefixes: shares, days, cursors, head.
    pub const fn new(prefixes: [u8; 4]) -> Self {
        let [shares, days, cursors, head] = prefixes;
        Programme {
            shares: Table::new(shares),
            days: Table::new(days),
            cursors: Table::new(cursors),
            head: Cell::new(head),
        }
    }

    /// A day's sums for a report; refused where the day takes none.
    pub fn reporting(
        &self,
        storage: &dyn Storage,
        clock: &Clock,
        now: Timestamp,
        day: Day,
    ) -> Result<Totals, SettlementError> {
        let stage = clock.stage(day, now);
        if day == 0 || !matches!(stage, Stage::Open | Stage::Closing) {
            return Err(SettlementError::NotReporting { day, stage });
        }
        Ok(self.days.may_load(storage, &day)?.unwrap_or_default())
    }

    /// Closes in order every day that time has closed: `plan` says how a day's budget is divided
    /// (tranches without a sum are left out here), the pools set the reserve aside. At most the days
    /// that reports reached since the last call are looked at, which are at most three, because
    /// every report calls this first.
    pub fn close_due(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        plan: &dyn Fn(&dyn Storage, Day, &Totals) -> Result<Plan, SettlementError>,
    ) -> Result<Vec<ClosedDay>, SettlementError> {
        let last = clock.last_closed(now);
        let head = self.head.may_load(storage)?.unwrap_or(0);
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
            let reserved = reserves(&plan.tranches, &totals)?;
            plan.tranches.retain(|tranche| totals.sum(tranche.track) > 0);
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

    /// Pays an account all that is final, at most [`MAX_CLAIM_DAYS`] days of it. The caller has
    /// closed the days that are due, and sends the amounts.
    pub fn claim(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        account: u32,
    ) -> Result<Claimed, SettlementError> {
        let last = clock.last_final(now);
        let cursor = self.cursors.may_load(storage, &account)?.unwrap_or(0);
        let from = cursor.checked_add(1).ok_or(SettlementError::Overflow("cursor"))?;
        let (shares, more) = self.walk(storage, account, from, last)?;
        let (Some(first), Some(end)) = (shares.first().map(|s| s.0), shares.last().map(|s| s.0)) else {
            return Ok(Claimed {
                through: cursor,
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

    fn totals_of(
        &self,
        storage: &dyn Storage,
        shares: &[(Day, S)],
        first: Day,
        end: Day,
    ) -> Result<Vec<Totals>, SettlementError> {
        let mut totals = Vec::with_capacity(shares.len());
        if shares.len() <= FEW {
            for (day, _) in shares {
                totals.push(self.days.load(storage, day)?);
            }
            return Ok(totals);
        }
        let mut wanted = shares.iter().map(|(day, _)| *day).peekable();
        for entry in self.days.range(storage, Some(first), Some(end), Order::Ascending) {
            let (day, sums) = entry?;
            if wanted.peek() == Some(&day) {
                totals.push(sums);
                wanted.next();
            }
        }
        match wanted.next() {
            None => Ok(totals),
            Some(day) => Ok(vec![self.days.load(storage, &day)?]),
        }
    }

    /// Replaces a provisional day's share by one that earns less; the difference returns to the pools
    /// at once. Answers what was taken back, by pool.
    pub fn take_back(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        key: (u32, Day),
        less: &S,
    ) -> Result<Vec<(u8, u128)>, SettlementError> {
        let (account, day) = key;
        let stage = clock.stage(day, now);
        if stage != Stage::Provisional {
            return Err(SettlementError::NotProvisional { day, stage });
        }
        let share = self
            .shares
            .may_load(storage, &key)?
            .ok_or(SettlementError::NoShare { account, day })?;
        let totals = self.days.load(storage, &day)?;
        let mut back: Vec<(u8, u128)> = vec![];
        for ((pool, old), (_, new)) in worth(&share, &totals)?.into_iter().zip(worth(less, &totals)?) {
            let amount = old
                .paid
                .checked_sub(new.paid)
                .ok_or(SettlementError::Overflow("taken back"))?;
            match back.iter_mut().find(|(p, _)| *p == pool) {
                Some((_, sum)) => *sum = sum.checked_add(amount).ok_or(SettlementError::Overflow("taken back"))?,
                None => back.push((pool, amount)),
            }
        }
        for (pool, amount) in &back {
            let mut state = pools.load(storage, *pool)?;
            state.take_back(*amount)?;
            pools.save(storage, *pool, &state)?;
        }
        self.shares.save(storage, &key, less)?;
        Ok(back)
    }

    /// What a share of a closed day is worth, by pool: paid, and what is lost to cap and rounding.
    pub fn reward(&self, share: &S, totals: &Totals) -> Result<Vec<(u8, u128)>, SettlementError> {
        Ok(worth(share, totals)?
            .into_iter()
            .map(|(pool, payout)| (pool, payout.paid))
            .collect())
    }

    /// The last day that the account was paid for.
    pub fn claimed_through(&self, storage: &dyn Storage, account: u32) -> StdResult<Day> {
        Ok(self.cursors.may_load(storage, &account)?.unwrap_or(0))
    }

    /// The last day that is closed in storage.
    pub fn closed_through(&self, storage: &dyn Storage) -> StdResult<Day> {
        Ok(self.head.may_load(storage)?.unwrap_or(0))
    }
}

/// How a day's budget is to be divided, and the limits of the pools that pay it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The tranches; those without a sum are left out when the day closes.
    pub tranches: Vec<Tranche>,
    /// Windowed limits by pool.
    pub limits: Vec<(u8, Limit)>,
}

impl Plan {
    fn limit(&self, pool: u8) -> Option<Limit> {
        self.limits.iter().find(|(p, _)| *p == pool).map(|(_, limit)| *limit)
    }
}

/// A share's payouts, one a pool (the tranches of one pool added up).
pub(crate) fn worth<S: Share>(share: &S, totals: &Totals) -> Result<Vec<(u8, Payout)>, SettlementError> {
    const OVERFLOW: SettlementError = SettlementError::Overflow("payout");
    let mut sums: Vec<(u8, Payout)> = vec![];
    for tranche in &totals.tranches {
        let track = tranche.track;
        let one = payout(tranche, share.counted(track), share.earning(track), totals.sum(track))?;
        match sums.iter_mut().find(|(pool, _)| *pool == tranche.pool) {
            Some((_, all)) => {
                all.paid = all.paid.checked_add(one.paid).ok_or(OVERFLOW)?;
                all.taken = all.taken.checked_add(one.taken).ok_or(OVERFLOW)?;
                all.capped = all.capped.checked_add(one.capped).ok_or(OVERFLOW)?;
                all.dust = all.dust.checked_add(one.dust).ok_or(OVERFLOW)?;
            }
            None => sums.push((tranche.pool, one)),
        }
    }
    Ok(sums)
}

/// What a day sets aside, by pool: each live tranche's part of its budget, exact, the pool's sum
/// rounded up (a budget of 101 of which 9/10 are divided sets 91 aside).
fn reserves(tranches: &[Tranche], totals: &Totals) -> Result<Vec<(u8, u128)>, SettlementError> {
    const OVERFLOW: SettlementError = SettlementError::Overflow("reserve");
    let mut sums: Vec<(u8, Uint256)> = vec![];
    for tranche in tranches.iter().filter(|tranche| totals.sum(tranche.track) > 0) {
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
