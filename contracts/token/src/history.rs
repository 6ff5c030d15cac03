//! The memory of days.
//!
//! Of each account stands what it holds, the day of its last move and the lowest of that day
//! ([`Holding`]). Its first move of a later day files that day away ([`PastDay`]) and begins anew, so
//! an account adds at most one entry a day, and none while it rests.
//!
//! Worked example: born on day 3 with 100, pays 30 and gets 50 on day 5, asked on day 9.
//! `PAST` has (day 3: closing 100, lowest 0), the record is (balance 120, day 5, lowest 70).
//! Opening of day 3: 0, of 4 and 5: 100, of 6 to 9: 120. Lowest on 3: 0, on 4: 100, on 5: 70, on 6 to 8: 120.

use crate::state::{supply_key, Holding, Kept, PastDay, ACCOUNTS, CLOCK, KEPT, PAST, SUPPLY};
use crate::ContractError;
use cosmwasm_std::{Order, StdError, StdResult, Storage, Timestamp};
use vrs_days::Day;
use vrs_table::AccountKey;

/// The day that runs at `now`; 0 before the programme starts.
pub fn today(storage: &dyn Storage, now: Timestamp) -> StdResult<Day> {
    Ok(CLOCK.load(storage)?.day(now))
}

impl Holding {
    /// Who moves for the first time held nothing before.
    pub fn new(today: Day) -> Self {
        Holding {
            balance: 0,
            day: today,
            lowest: 0,
        }
    }

    /// After paying `amount`.
    pub fn less(self, amount: u128) -> Result<Self, ContractError> {
        let Some(balance) = self.balance.checked_sub(amount) else {
            return Err(ContractError::InsufficientFunds {
                balance: self.balance.into(),
                amount: amount.into(),
            });
        };
        Ok(Holding {
            balance,
            lowest: self.lowest.min(balance),
            ..self
        })
    }

    /// After getting `amount`. Unreachable overflow: no account can hold more than the supply.
    pub fn plus(self, amount: u128) -> Result<Self, ContractError> {
        let balance = self
            .balance
            .checked_add(amount)
            .ok_or_else(|| StdError::generic_err(format!("balance {} plus {amount} overflows", self.balance)))?;
        Ok(Holding { balance, ..self })
    }
}

/// The record to change today: files the day of the last move away where that is over. `who` is the
/// account, or [`supply_key`].
pub fn open_day(storage: &mut dyn Storage, who: &AccountKey, held: Option<Holding>, today: Day) -> StdResult<Holding> {
    let Some(held) = held else {
        return Ok(Holding::new(today));
    };
    if held.day >= today {
        return Ok(held);
    }
    let past = PastDay {
        closing: held.balance,
        lowest: held.lowest,
    };
    PAST.save(storage, &(who.clone(), held.day), &past)?;
    Ok(Holding {
        balance: held.balance,
        day: today,
        lowest: held.balance,
    })
}

/// Lowers the supply. The caller takes the tokens from their holder.
pub fn lower_supply(storage: &mut dyn Storage, today: Day, amount: u128) -> Result<(), ContractError> {
    let supply = SUPPLY.load(storage)?;
    let supply = open_day(storage, &supply_key(), Some(supply), today)?.less(amount)?;
    Ok(SUPPLY.save(storage, &supply)?)
}

/// The current record of an account or of the supply.
pub fn current(storage: &dyn Storage, who: &AccountKey) -> StdResult<Option<Holding>> {
    if *who == supply_key() {
        return SUPPLY.may_load(storage);
    }
    ACCOUNTS.may_load(storage, who)
}

/// What can be asked now.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The day that runs.
    pub today: Day,
    /// How far back history is kept and how far it was pruned.
    pub kept: Kept,
}

impl Window {
    /// The window at `now`.
    pub fn load(storage: &dyn Storage, now: Timestamp) -> StdResult<Self> {
        Ok(Window {
            today: today(storage, now)?,
            kept: KEPT.load(storage)?,
        })
    }

    /// The first day that pruning must leave exact.
    pub fn keep_from(&self) -> Day {
        self.today.saturating_sub(self.kept.history_days)
    }

    fn complete(&self, day: Day) -> Result<(), ContractError> {
        if day < self.kept.complete_from {
            return Err(ContractError::HistoryPruned {
                day,
                earliest: self.kept.complete_from,
            });
        }
        Ok(())
    }
}

/// Balance of an account, or the supply, at the opening of `day`: before its first move.
pub fn opening(storage: &dyn Storage, window: &Window, who: &AccountKey, day: Day) -> Result<u128, ContractError> {
    let today = window.today;
    if day > today {
        return Err(ContractError::DayAhead { day, today });
    }
    let (Some(now), Some(before)) = (current(storage, who)?, day.checked_sub(1)) else {
        return Ok(0);
    };
    if now.day < day {
        return Ok(now.balance);
    }
    match newest(storage, who, before)? {
        Some((filed, past)) if filed == before => Ok(past.closing),
        older => {
            window.complete(day)?;
            Ok(older.map_or(0, |(_, past)| past.closing))
        }
    }
}

/// Lowest balance of an account, or the supply, during `day`, its opening included.
pub fn lowest(storage: &dyn Storage, window: &Window, who: &AccountKey, day: Day) -> Result<u128, ContractError> {
    let today = window.today;
    if day >= today {
        return Err(ContractError::DayNotOver { day, today });
    }
    let Some(now) = current(storage, who)? else {
        return Ok(0);
    };
    if now.day < day {
        return Ok(now.balance);
    }
    if now.day == day {
        return Ok(now.lowest);
    }
    match newest(storage, who, day)? {
        Some((filed, past)) if filed == day => Ok(past.lowest),
        older => {
            window.complete(day)?;
            Ok(older.map_or(0, |(_, past)| past.closing))
        }
    }
}

/// The newest filed day at or before `until`.
fn newest(storage: &dyn Storage, who: &AccountKey, until: Day) -> StdResult<Option<(Day, PastDay)>> {
    PAST.range(
        storage,
        Some((who.clone(), 0)),
        Some((who.clone(), until)),
        Order::Descending,
    )
    .next()
    .map(|entry| entry.map(|((_, day), past)| (day, past)))
    .transpose()
}
