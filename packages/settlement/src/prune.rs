use crate::{programme::worth, Pools, Programme, SettlementError, Share};
use cosmwasm_std::{Order, Storage, Timestamp};
use std::collections::BTreeMap;
use vrs_days::{Clock, Day};

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

impl<S: Share> Programme<S> {
    /// Removes shares of days that have been final for `expiry_days`, looking at no more than `limit`
    /// entries. What nobody claimed returns to the pools. A day goes with its last share.
    pub fn prune(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        expiry_days: u32,
        start_after: Option<(u32, Day)>,
        limit: u32,
    ) -> Result<Pruned, SettlementError> {
        let horizon = clock.last_final(now).saturating_sub(expiry_days);
        let mut done = Pruned::default();
        let mut touched = BTreeMap::new();
        let mut states = BTreeMap::new();
        let mut position = start_after.unwrap_or((0, 0));
        for _ in 0..limit {
            let from = (position.0, position.1.saturating_add(1));
            let next = self
                .shares
                .range(storage, Some(from), None, Order::Ascending)
                .next()
                .transpose()?;
            let Some((key, share)) = next else {
                done.next = None;
                return self.finish(storage, pools, touched, states, done);
            };
            let (account, day) = key;
            if day > horizon {
                // All later days of this account are younger still.
                position = (account, Day::MAX);
                done.next = Some(position);
                continue;
            }
            if !touched.contains_key(&day) {
                touched.insert(day, self.days.load(storage, &day)?);
            }
            let totals = touched.get_mut(&day).ok_or(SettlementError::NoShare { account, day })?;
            if day > self.claimed_through(storage, account)? {
                for (pool, payout) in worth(&share, totals)? {
                    if !states.contains_key(&pool) {
                        states.insert(pool, pools.load(storage, pool)?);
                    }
                    if let Some(state) = states.get_mut(&pool) {
                        state.settle(payout, false)?;
                    }
                }
                done.unclaimed = done.unclaimed.saturating_add(1);
            }
            totals.pruned = totals
                .pruned
                .checked_add(1)
                .ok_or(SettlementError::Overflow("pruned"))?;
            self.shares.remove(storage, &key);
            done.removed = done.removed.saturating_add(1);
            position = key;
            done.next = Some(position);
        }
        self.finish(storage, pools, touched, states, done)
    }

    fn finish(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        touched: BTreeMap<Day, crate::Totals>,
        states: BTreeMap<u8, crate::Pool>,
        done: Pruned,
    ) -> Result<Pruned, SettlementError> {
        for (day, totals) in touched {
            if totals.pruned == totals.participants {
                self.days.remove(storage, &day);
            } else {
                self.days.save(storage, &day, &totals)?;
            }
        }
        for (pool, state) in states {
            pools.save(storage, pool, &state)?;
        }
        Ok(done)
    }
}
