use crate::programme::closed;
use crate::{Pool, Pools, Programme, SettlementError, Share, Totals};
use cosmwasm_std::{Order, StdResult, Storage};
use std::collections::btree_map::{BTreeMap, Entry};
use vrs_days::Day;

/// A read of a day's sums costs some four steps of a range: days are walked unless they lie further
/// apart than that.
const STEPS_A_READ: u32 = 4;

/// What a step over many shares has loaded: closed days, and pools, which it stores once at its end.
#[derive(Default)]
pub(crate) struct Book {
    pub days: BTreeMap<Day, Totals>,
    pools: BTreeMap<u8, Pool>,
}

impl Book {
    /// A pool as the step has changed it so far.
    pub fn pool(&mut self, storage: &dyn Storage, pools: &Pools, pool: u8) -> StdResult<&mut Pool> {
        Ok(match self.pools.entry(pool) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(pools.load(storage, pool)?),
        })
    }

    /// Stores the pools.
    pub fn store(&self, storage: &mut dyn Storage, pools: &Pools) -> StdResult<()> {
        for (pool, state) in &self.pools {
            pools.save(storage, *pool, state)?;
        }
        Ok(())
    }
}

impl<S: Share> Programme<S> {
    /// Loads the sums of closed days, ascending, that the book lacks: by a walk over all days between, or
    /// one by one where they lie far apart.
    pub(crate) fn open_book(
        &self,
        storage: &dyn Storage,
        book: &mut Book,
        days: impl Iterator<Item = Day>,
    ) -> Result<(), SettlementError> {
        let lacking: Vec<Day> = days.filter(|day| !book.days.contains_key(day)).collect();
        let (Some(first), Some(last)) = (lacking.first(), lacking.last()) else {
            return Ok(());
        };
        let reads = u32::try_from(lacking.len()).unwrap_or(u32::MAX);
        if last.saturating_sub(*first) >= reads.saturating_mul(STEPS_A_READ) {
            for day in lacking {
                let totals = closed(day, self.days.load(storage, &day)?)?;
                book.days.insert(day, totals);
            }
            return Ok(());
        }
        let mut wanted = lacking.iter().copied().peekable();
        for entry in self.days.range(storage, Some(*first), Some(*last), Order::Ascending) {
            let (day, totals) = entry?;
            if wanted.peek() == Some(&day) {
                book.days.insert(day, closed(day, totals)?);
                wanted.next();
            }
        }
        match wanted.next() {
            None => Ok(()),
            // A share without its day: not even a lawful prune leaves that.
            Some(day) => Err(SettlementError::NotClosed { day }),
        }
    }
}
