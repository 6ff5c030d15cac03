use crate::share::{Payout, E18};
use crate::SettlementError;
use cosmwasm_std::{StdResult, Storage};
use serde::{Deserialize, Serialize};
use vrs_days::{Day, Window};
use vrs_table::Table;

/// The most that a pool assigns to the days of one window: its circuit breaker.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Length of a window, at least 1.
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
    dust: u128,
    /// Closed shares that were neither claimed nor pruned.
    open: u64,
    /// The latest window that a limit was charged for.
    window: Window,
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

    /// What may be assigned to `day`: what is left, within the window's limit.
    fn available(&self, day: Day, limit: Option<Limit>) -> u128 {
        let Some(limit) = limit else { return self.left() };
        let used = self.window.at(day, limit.window_days).used;
        self.left().min(limit.per_window.saturating_sub(used))
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
        recovered = recovered.checked_add(whole).ok_or(OVERFLOW)?;
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
        Ok(self.load(storage, pool)?.available(day, limit))
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
        let available = state.available(day, limit);
        if amount > available {
            return Err(SettlementError::PoolExceeded {
                pool,
                wanted: amount,
                available,
            });
        }
        state.assigned = state.assigned.checked_add(amount).ok_or(OVERFLOW)?;
        state.open = state.open.checked_add(shares.into()).ok_or(OVERFLOW)?;
        if let Some(limit) = limit {
            state.window.charge(day, limit.window_days, amount);
        }
        Ok(self.save(storage, pool, &state)?)
    }
}
