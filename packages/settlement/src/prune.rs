use crate::book::Book;
use crate::share::worth;
use crate::{Pools, Programme, SettlementError, Share};
use cosmwasm_std::{Order, StdResult, Storage};
use std::iter::once;
use vrs_days::Day;

/// What a pruning step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Shares removed.
    pub removed: u32,
    /// Of these, how many had not been claimed; their worth returned to the pools.
    pub unclaimed: u32,
    /// Where the next step starts behind; none: the end was reached.
    pub next: Option<(u32, Day)>,
}

/// What one step has loaded and changed; stored once at its end.
#[derive(Default)]
struct Touched {
    book: Book,
    /// The account looked at last and the day up to which it was paid.
    cursor: Option<(u32, Day)>,
}

impl<S: Share> Programme<S> {
    /// Removes shares of days up to `horizon`, the last whose time to claim is over, looking at no more than `limit`
    /// entries (1 at least) from behind `start_after` on. What nobody claimed returns to the pools. A day goes with
    /// its last share. The caller has closed the days that are due.
    pub fn prune(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        horizon: Day,
        start_after: Option<(u32, Day)>,
        limit: u32,
    ) -> Result<Pruned, SettlementError> {
        let mut done = Pruned::default();
        let mut touched = Touched::default();
        // No share has day 0: behind (0, 0) is everything.
        let mut position = start_after.unwrap_or((0, 0));
        for _ in 0..limit.max(1) {
            let Some(from) = behind(position) else {
                done.next = None;
                break;
            };
            let next = self
                .shares
                .range(storage, Some(from), None, Order::Ascending)
                .next()
                .transpose()?;
            let Some((key, share)) = next else {
                done.next = None;
                break;
            };
            position = if key.1 > horizon {
                // All later days of this account are younger still.
                (key.0, Day::MAX)
            } else {
                done.unclaimed =
                    done.unclaimed
                        .saturating_add(self.drop_share(storage, pools, &mut touched, key, &share)?);
                done.removed = done.removed.saturating_add(1);
                key
            };
            done.next = Some(position);
        }
        self.store(storage, pools, touched)?;
        Ok(done)
    }

    /// Removes one share; answers 1 where it had not been claimed.
    fn drop_share(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        touched: &mut Touched,
        key: (u32, Day),
        share: &S,
    ) -> Result<u32, SettlementError> {
        let (account, day) = key;
        let through = match touched.cursor {
            Some((known, through)) if known == account => through,
            _ => self.claimed_through(storage, account)?,
        };
        touched.cursor = Some((account, through));
        let book = &mut touched.book;
        self.open_book(storage, book, once(day))?;
        let totals = book.days.get_mut(&day).ok_or(SettlementError::NotClosed { day })?;
        totals.pruned = totals
            .pruned
            .checked_add(1)
            .ok_or(SettlementError::Overflow("pruned"))?;
        let unclaimed = day > through;
        if unclaimed {
            for (pool, payout) in worth(share, totals)? {
                book.pool(storage, pools, pool)?.settle(payout, false)?;
            }
        }
        self.shares.remove(storage, &key);
        Ok(u32::from(unclaimed))
    }

    fn store(&self, storage: &mut dyn Storage, pools: &Pools, touched: Touched) -> StdResult<()> {
        for (day, totals) in &touched.book.days {
            if totals.pruned >= totals.participants {
                self.days.remove(storage, day);
            } else {
                self.days.save(storage, day, totals)?;
            }
        }
        touched.book.store(storage, pools)
    }
}

/// The smallest key behind `position`; none behind the last of all.
fn behind(position: (u32, Day)) -> Option<(u32, Day)> {
    let (account, day) = position;
    match day.checked_add(1) {
        Some(day) => Some((account, day)),
        None => account.checked_add(1).map(|account| (account, 0)),
    }
}
