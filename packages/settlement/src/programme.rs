use crate::share::worth;
use crate::{SettlementError, Share, Totals};
use cosmwasm_std::{StdResult, Storage, Timestamp};
use vrs_days::{Clock, Day, Stage};
use vrs_table::{Cell, Table};

/// A programme's shares and days. Which message does what is in the modules `close`, `claim`,
/// `take_back` and `prune`.
pub struct Programme<S> {
    /// (account, day) -> share; written by the contract as it reports, removed by `prune`.
    pub shares: Table<(u32, u32), S>,
    /// day -> sums and division; removed with the day's last share.
    pub days: Table<u32, Totals>,
    /// account -> last day that was claimed.
    pub(crate) cursors: Table<u32, u32>,
    /// Last day that is closed in storage.
    pub(crate) head: Cell<u32>,
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

    /// A day's sums for a report; the caller has closed the days that are due.
    ///
    /// Errors: [`SettlementError::NotReporting`] where the day takes none.
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

    /// What a share of a closed day is worth, by pool, base units: what is paid for it, less what was
    /// taken back, cut off by a cap or lost to rounding.
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

/// The sums of a day that is closed in storage.
pub(crate) fn closed(day: Day, totals: Totals) -> Result<Totals, SettlementError> {
    if totals.closed {
        Ok(totals)
    } else {
        Err(SettlementError::NotClosed { day })
    }
}
