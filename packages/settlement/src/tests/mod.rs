//! One file a behaviour. What they share: a share with three tracks, and a programme over two pools.

mod claim;
mod close;
mod cost;
mod model;
mod overlay;
mod payout;
mod pool;
mod prune;
mod random;
mod take_back;

use crate::{Limit, Plan, Pools, Programme, SettlementError, Share, Totals, Tranche};
use cosmwasm_std::{Storage, Timestamp};
use serde::{Deserialize, Serialize};
use vrs_days::{Clock, Day, Stage};

/// Weights on three tracks, and what of them no longer earns.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Three {
    pub counted: [u128; 3],
    pub taken: [u128; 3],
}

impl Share for Three {
    fn counted(&self, track: u8) -> u128 {
        self.counted[usize::from(track)]
    }
    fn earning(&self, track: u8) -> u128 {
        self.counted(track) - self.taken[usize::from(track)]
    }
}

pub const PROGRAMME: Programme<Three> = Programme::new([1, 2, 3, 4]);
pub const POOLS: Pools = Pools::new(5);

/// Days of 100 seconds from second 1,000: closed 25 after their end, final 225 after it.
pub fn clock() -> Clock {
    Clock {
        start: 1_000,
        day_seconds: 100,
        close_after: 21_600,
        final_after: 194_400,
    }
}

pub fn at(seconds: u64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A moment at which `day` is in `stage`.
pub fn when(day: Day, stage: Stage) -> Timestamp {
    at(match stage {
        Stage::Ahead => clock().opens(day) - 1,
        Stage::Open => clock().opens(day),
        Stage::Closing => clock().ends(day),
        Stage::Provisional => clock().closes(day),
        Stage::Final => clock().finals(day),
    })
}

pub fn tranche(track: u8, pool: u8, budget: u128, share_bps: u16, cap: Option<u128>) -> Tranche {
    Tranche {
        track,
        pool,
        budget,
        share_bps,
        cap,
    }
}

/// Adds weight to an account's share, as a contract's report does.
pub fn report(
    storage: &mut dyn Storage,
    now: Timestamp,
    account: u32,
    day: Day,
    weights: [u128; 3],
) -> Result<(), SettlementError> {
    let mut totals = PROGRAMME.reporting(storage, &clock(), now, day)?;
    let old = PROGRAMME.shares.may_load(storage, &(account, day))?;
    let mut share = old.unwrap_or_default();
    for (track, weight) in weights.into_iter().enumerate() {
        let before = share.counted[track];
        share.counted[track] += weight;
        totals.shift(track as u8, before, share.counted[track])?;
    }
    if old.is_none() {
        totals.join()?;
    }
    PROGRAMME.shares.save(storage, &(account, day), &share)?;
    PROGRAMME.days.save(storage, &day, &totals)?;
    Ok(())
}

/// Closes what is due, each day with the same tranches and limits.
pub fn close(
    storage: &mut dyn Storage,
    now: Timestamp,
    tranches: &[Tranche],
    limits: &[(u8, Limit)],
) -> Result<Vec<crate::ClosedDay>, SettlementError> {
    PROGRAMME.close_due(storage, &POOLS, &clock(), now, &|_, _, _: &Totals| {
        Ok(Plan {
            tranches: tranches.to_vec(),
            limits: limits.to_vec(),
        })
    })
}

/// The identity that holds after every step; returns (paid, claimable, remaining, recovered).
pub fn balanced(storage: &dyn Storage, pool: u8) -> (u128, u128, u128, u128) {
    let state = POOLS.load(storage, pool).unwrap();
    assert_eq!(
        state.funded,
        state.paid + state.claimable() + state.remaining(),
        "{state:?}"
    );
    assert!(state.assigned <= state.funded, "{state:?}");
    assert!(state.paid + state.recovered <= state.assigned, "{state:?}");
    (state.paid, state.claimable(), state.remaining(), state.recovered)
}
