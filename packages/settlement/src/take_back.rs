use crate::programme::closed;
use crate::share::worth;
use crate::{Pools, Programme, SettlementError, Share};
use cosmwasm_std::{Storage, Timestamp};
use vrs_days::{Clock, Day, Stage};

impl<S: Share> Programme<S> {
    /// Replaces a provisional day's share by one that earns less; the difference returns to the pools
    /// at once. The caller has closed the days that are due. Answers what was taken back, by pool the
    /// day drew on; 0 where a cap still binds.
    ///
    /// Worked example: a part of 100, capped at 30; half its weight no longer earns: `min(50, 30)` is
    /// 30 still, nothing is taken back; all of it: 30.
    ///
    /// Errors: [`SettlementError::NotProvisional`], [`SettlementError::NoShare`],
    /// [`SettlementError::NotClosed`], [`SettlementError::NotLess`].
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
        let totals = closed(day, self.days.load(storage, &day)?)?;
        for tranche in &totals.tranches {
            let track = tranche.track;
            let (counted_before, counted) = (share.counted(track), less.counted(track));
            let (earning_before, earning) = (share.earning(track), less.earning(track));
            if counted != counted_before || earning > earning_before {
                return Err(SettlementError::NotLess {
                    account,
                    day,
                    track,
                    counted_before,
                    counted,
                    earning_before,
                    earning,
                });
            }
        }
        let mut back: Vec<(u8, u128)> = vec![];
        // Both walk the same tranches, so their pools stand in the same order.
        for ((pool, old), (_, new)) in worth(&share, &totals)?.into_iter().zip(worth(less, &totals)?) {
            let amount = old
                .paid
                .checked_sub(new.paid)
                .ok_or(SettlementError::Overflow("taken back"))?;
            if amount > 0 {
                let mut state = pools.load(storage, pool)?;
                state.take_back(amount)?;
                pools.save(storage, pool, &state)?;
            }
            back.push((pool, amount));
        }
        self.shares.save(storage, &key, less)?;
        Ok(back)
    }
}
