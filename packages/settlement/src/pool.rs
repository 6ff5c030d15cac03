use crate::{share::Payout, SettlementError};
use cosmwasm_std::{StdResult, Storage};
use serde::{Deserialize, Serialize};
use vrs_days::Day;
use vrs_table::Table;

const E18: u64 = 1_000_000_000_000_000_000;

/// The most that a pool assigns to the days of one window: its circuit breaker.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Length of a window: days 1 to n, n+1 to 2n, ...
    pub window_days: u32,
    /// Base units for the days of one window.
    pub per_window: u128,
}

/// What a pool holds; see the crate's page for the formula.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// All that was put in.
    pub funded: u128,
    /// Set aside for closed days, less what was refilled.
    pub assigned: u128,
    /// Paid out.
    pub paid: u128,
    /// Of `assigned`: what will not be paid.
    pub recovered: u128,
    /// Rounding not yet a whole unit, in 1/10^18.
    dust: u64,
    /// Closed shares that were neither claimed nor pruned.
    open: u64,
    /// Window that `used` belongs to.
    window: u32,
    /// Assigned to the days of that window.
    used: u128,
}

impl Pool {
    /// What may still be assigned to days to come.
    pub fn left(&self) -> u128 {
        self.funded.saturating_sub(self.assigned)
    }

    /// What closed days still owe, rounding that is not yet settled included.
    pub fn claimable(&self) -> u128 {
        self.assigned.saturating_sub(self.paid).saturating_sub(self.recovered)
    }

    /// What is left for days to come, `recovered` included.
    pub fn remaining(&self) -> u128 {
        self.left().saturating_add(self.recovered)
    }

    /// Enters a share that was paid (or pruned, with nothing paid).
    pub(crate) fn settle(&mut self, payout: Payout, pay: bool) -> Result<(), SettlementError> {
        const OVERFLOW: SettlementError = SettlementError::Overflow("pool");
        let mut recovered = payout.capped;
        if pay {
            self.paid = self.paid.checked_add(payout.paid).ok_or(OVERFLOW)?;
        } else {
            recovered = recovered.checked_add(payout.paid).ok_or(OVERFLOW)?;
        }
        let dust = self.dust.checked_add(payout.dust).ok_or(OVERFLOW)?;
        let whole = dust.checked_div(E18).ok_or(OVERFLOW)?;
        recovered = recovered.checked_add(whole.into()).ok_or(OVERFLOW)?;
        self.dust = dust.checked_rem(E18).ok_or(OVERFLOW)?;
        self.recovered = self.recovered.checked_add(recovered).ok_or(OVERFLOW)?;
        self.open = self.open.checked_sub(1).ok_or(OVERFLOW)?;
        if self.open == 0 {
            // Nobody is owed anything: what is left of the assigned is rounding.
            self.recovered = self.assigned.checked_sub(self.paid).ok_or(OVERFLOW)?;
            self.dust = 0;
        }
        Ok(())
    }

    pub(crate) fn take_back(&mut self, amount: u128) -> Result<(), SettlementError> {
        self.recovered = self
            .recovered
            .checked_add(amount)
            .ok_or(SettlementError::Overflow("pool"))?;
        Ok(())
    }
}

/// A contract's pools by number.
pub struct Pools {
    /// pool -> what it holds; never removed.
    table: Table<u8, Pool>,
}

impl Pools {
    /// The pools under a prefix.
    pub const fn new(prefix: u8) -> Self {
        Pools {
            table: Table::new(prefix),
        }
    }

    /// A pool; empty where nothing was put in.
    pub fn load(&self, storage: &dyn Storage, pool: u8) -> StdResult<Pool> {
        Ok(self.table.may_load(storage, &pool)?.unwrap_or_default())
    }

    pub(crate) fn save(&self, storage: &mut dyn Storage, pool: u8, state: &Pool) -> StdResult<()> {
        self.table.save(storage, &pool, state)
    }

    /// Puts base units in; the caller holds them.
    pub fn fund(&self, storage: &mut dyn Storage, pool: u8, amount: u128) -> Result<Pool, SettlementError> {
        let mut state = self.load(storage, pool)?;
        state.funded = state
            .funded
            .checked_add(amount)
            .ok_or(SettlementError::Overflow("funded"))?;
        self.save(storage, pool, &state)?;
        Ok(state)
    }

    /// Returns recovered units to the budget of days to come.
    pub fn refill(&self, storage: &mut dyn Storage, pool: u8, amount: u128) -> Result<Pool, SettlementError> {
        let mut state = self.load(storage, pool)?;
        let exceeded = SettlementError::PoolExceeded {
            pool,
            wanted: amount,
            available: state.recovered,
        };
        state.recovered = state.recovered.checked_sub(amount).ok_or(exceeded)?;
        state.assigned = state
            .assigned
            .checked_sub(amount)
            .ok_or(SettlementError::Overflow("assigned"))?;
        self.save(storage, pool, &state)?;
        Ok(state)
    }

    /// What may be assigned to `day`: what is left, within the window's limit.
    pub fn available(&self, storage: &dyn Storage, pool: u8, day: Day, limit: Option<Limit>) -> StdResult<u128> {
        let state = self.load(storage, pool)?;
        let Some(limit) = limit else { return Ok(state.left()) };
        let used = if window(day, limit) == state.window {
            state.used
        } else {
            0
        };
        Ok(state.left().min(limit.per_window.saturating_sub(used)))
    }

    /// Sets `amount` aside for a closed day with `shares` participants.
    pub(crate) fn assign(
        &self,
        storage: &mut dyn Storage,
        pool: u8,
        day: Day,
        amount: u128,
        shares: u32,
        limit: Option<Limit>,
    ) -> Result<(), SettlementError> {
        const OVERFLOW: SettlementError = SettlementError::Overflow("assigned");
        let mut state = self.load(storage, pool)?;
        if amount > state.left() {
            return Err(SettlementError::PoolExceeded {
                pool,
                wanted: amount,
                available: state.left(),
            });
        }
        state.assigned = state.assigned.checked_add(amount).ok_or(OVERFLOW)?;
        state.open = state.open.checked_add(shares.into()).ok_or(OVERFLOW)?;
        let current = limit.map_or(0, |limit| window(day, limit));
        if current != state.window {
            state.window = current;
            state.used = 0;
        }
        state.used = state.used.checked_add(amount).ok_or(OVERFLOW)?;
        Ok(self.save(storage, pool, &state)?)
    }
}

/// The window that a day belongs to, from 1.
fn window(day: Day, limit: Limit) -> u32 {
    let before = day.saturating_sub(1).checked_div(limit.window_days).unwrap_or(0);
    before.saturating_add(1)
}
