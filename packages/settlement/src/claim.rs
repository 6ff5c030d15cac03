use crate::book::Book;
use crate::share::worth;
use crate::{Pools, Programme, SettlementError, Share};
use cosmwasm_std::{Order, Storage, Timestamp};
use std::collections::BTreeMap;
use vrs_days::{Clock, Day};

/// Days that one claim walks at the most.
pub const MAX_CLAIM_DAYS: u32 = 120;

/// What a claim found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimed {
    /// The day up to which the account is paid now.
    pub through: Day,
    /// Whether a further claim is needed for the rest.
    pub more: bool,
    /// Days that had a share.
    pub days: u32,
    /// Base units by pool, ascending, none of them 0.
    pub amounts: Vec<(u8, u128)>,
}

impl Claimed {
    /// What it pays out of a pool, base units.
    pub fn of_pool(&self, pool: u8) -> u128 {
        let of_pool = self.amounts.iter().filter(|(number, _)| *number == pool);
        of_pool.fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
    }
}

impl<S: Share> Programme<S> {
    /// Pays an account all that is final, at most [`MAX_CLAIM_DAYS`] days of it. The caller has
    /// closed the days that are due, and sends the amounts. Nothing is written where nothing is due.
    ///
    /// Errors: [`SettlementError::NotClosed`] where the caller forgot to close.
    pub fn claim(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        account: u32,
    ) -> Result<Claimed, SettlementError> {
        let mut book = Book::default();
        let claimed = self.claim_one(storage, pools, clock.last_final(now), account, &mut book)?;
        book.store(storage, pools)?;
        Ok(claimed)
    }

    /// The same for many accounts, in the order given, with each pool read and written once and each day
    /// read once: an account more costs its cursor and its shares.
    ///
    /// Errors: as [`Programme::claim`]; then nobody was paid.
    pub fn claim_many(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        clock: &Clock,
        now: Timestamp,
        accounts: &[u32],
    ) -> Result<Vec<Claimed>, SettlementError> {
        let (mut book, last) = (Book::default(), clock.last_final(now));
        let mut all = Vec::with_capacity(accounts.len());
        for account in accounts {
            all.push(self.claim_one(storage, pools, last, *account, &mut book)?);
        }
        book.store(storage, pools)?;
        Ok(all)
    }

    fn claim_one(
        &self,
        storage: &mut dyn Storage,
        pools: &Pools,
        last: Day,
        account: u32,
        book: &mut Book,
    ) -> Result<Claimed, SettlementError> {
        const OVERFLOW: SettlementError = SettlementError::Overflow("claim");
        let cursor = self.claimed_through(storage, account)?;
        let from = cursor.checked_add(1).ok_or(OVERFLOW)?;
        let (shares, more) = self.walk(storage, account, from, last)?;
        let Some((end, _)) = shares.last() else {
            return Ok(Claimed {
                through: last.max(cursor),
                ..Claimed::default()
            });
        };
        let through = if more { *end } else { last };
        self.open_book(storage, book, shares.iter().map(|(day, _)| *day))?;
        let mut amounts: BTreeMap<u8, u128> = BTreeMap::new();
        for (day, share) in &shares {
            let totals = book.days.get(day).ok_or(SettlementError::NotClosed { day: *day })?;
            for (pool, payout) in worth(share, totals)? {
                book.pool(storage, pools, pool)?.settle(payout, true)?;
                let amount = amounts.entry(pool).or_default();
                *amount = amount.checked_add(payout.paid).ok_or(OVERFLOW)?;
            }
        }
        self.cursors.save(storage, &account, &through)?;
        Ok(Claimed {
            through,
            more,
            days: u32::try_from(shares.len()).map_err(|_| OVERFLOW)?,
            amounts: amounts.into_iter().filter(|(_, amount)| *amount > 0).collect(),
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
}
