//! Contracts that settle days: what each closed day set aside and what each member was paid, by their
//! events. Shares and divisions are recomputed from the orders and readings.

use super::{number, same, text, Audit, Moment, Stage, View};
use crate::chain::{Name, TxEvent};
use crate::verify::tally::Tally;
use anyhow::Result;
use cosmwasm_std::Uint128;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::mining::{POOL_HP, POOL_VRS};
use vrs_interface::settlement::DayResponse;

/// Base units by pool and member or day.
type By<K> = BTreeMap<(&'static str, K), u128>;

/// What the events tell.
pub struct Settled {
    name: Name,
    reserved: By<Day>,
    paid: By<MemberId>,
}

impl Settled {
    /// The contract of that name.
    pub fn of(name: Name) -> Self {
        Settled {
            name,
            reserved: By::new(),
            paid: By::new(),
        }
    }

    fn pool_of_side(event: &TxEvent) -> Result<&'static str> {
        Ok(match text(event, "side")? {
            "customers" => POOL_CUSTOMERS,
            _ => POOL_MERCHANTS,
        })
    }

    fn pay(&mut self, pool: &'static str, member: MemberId, amount: u128) {
        let paid = self.paid.entry((pool, member)).or_default();
        *paid = paid.saturating_add(amount);
    }

    fn day(&self, view: &View, pool: &'static str, day: &DayResponse, tally: &mut Tally) -> Result<()> {
        let of_pool = day.reserved.iter().filter(|(name, _)| name == pool);
        let actual: u128 = of_pool.map(|(_, amount)| amount.u128()).sum();
        // A day that is due and not closed yet answers what its closing would set aside.
        let Some(expected) = self.reserved.get(&(pool, day.day)).copied() else {
            return Ok(());
        };
        let what = || format!("set aside from pool {pool} on {}", view.names.day(day.day));
        same(what, expected, actual)?;
        tally.count("days by their closing", 1);
        Ok(())
    }

    fn members(
        &self,
        view: &View,
        pool: &'static str,
        rows: impl Iterator<Item = (MemberId, Uint128)>,
        tally: &mut Tally,
    ) -> Result<()> {
        let mut sums: BTreeMap<MemberId, u128> = BTreeMap::new();
        for (member, reward) in rows {
            let sum = sums.entry(member).or_default();
            *sum = sum.saturating_add(reward.u128());
        }
        let by_events = self.paid.iter().filter(|((of, _), _)| *of == pool);
        for ((_, member), _) in by_events {
            sums.entry(*member).or_default();
        }
        for (member, actual) in sums {
            let expected = self.paid.get(&(pool, member)).copied().unwrap_or(0);
            let what = || format!("claimed by {} from pool {pool}", view.names.member(member));
            same(what, expected, actual)?;
            tally.count("members' claims by their payments", 1);
        }
        Ok(())
    }
}

impl Audit for Settled {
    fn event(&mut self, event: &TxEvent, _at: Moment) -> Result<()> {
        match event.get("action") {
            Some("day_closed") => {
                let key = (Self::pool_of_side(event)?, number(event, "day")?);
                self.reserved.insert(key, number(event, "reserved")?);
            }
            Some("close_day") => {
                let day = number(event, "day")?;
                self.reserved.insert((POOL_HP, day), number(event, "hp")?);
                self.reserved.insert((POOL_VRS, day), number(event, "vrs")?);
            }
            Some("claimed") => {
                let pool = Self::pool_of_side(event)?;
                self.pay(pool, number(event, "member")?, number(event, "amount")?);
            }
            Some("claim") => {
                let member = number(event, "member")?;
                self.pay(POOL_HP, member, number(event, "hp")?);
                self.pay(POOL_VRS, member, number(event, "vrs")?);
            }
            _ => {}
        }
        Ok(())
    }

    fn stage(&self) -> Stage {
        Stage::Settled
    }

    /// Members are compared where no row was pruned.
    fn check(&self, view: &View, tally: &mut Tally) -> Result<()> {
        if self.name == Name::Mining {
            for day in &view.mined.days {
                self.day(view, POOL_HP, day, tally)?;
                self.day(view, POOL_VRS, day, tally)?;
            }
            if view.pruned.has(Name::Mining, "scores") {
                return Ok(());
            }
            let claimed = || view.mined.scores.iter().filter(|row| row.claimed);
            let lines = || claimed().flat_map(|row| row.methods.iter().map(|line| (row.account, line)));
            self.members(view, POOL_HP, lines().map(|(who, line)| (who, line.reward_hp)), tally)?;
            return self.members(view, POOL_VRS, lines().map(|(who, line)| (who, line.reward_vrs)), tally);
        }
        for day in &view.trade.days {
            self.day(view, POOL_MERCHANTS, &day.merchant_programme, tally)?;
            self.day(view, POOL_CUSTOMERS, &day.customer_programme, tally)?;
        }
        if !view.pruned.has(Name::Merchant, "merchants") {
            let rows = view.trade.merchants.iter().filter(|row| row.claimed);
            self.members(view, POOL_MERCHANTS, rows.map(|row| (row.merchant, row.reward)), tally)?;
        }
        if !view.pruned.has(Name::Merchant, "customers") {
            let rows = view.trade.customers.iter().filter(|row| row.claimed);
            self.members(view, POOL_CUSTOMERS, rows.map(|row| (row.customer, row.reward)), tally)?;
        }
        Ok(())
    }
}
