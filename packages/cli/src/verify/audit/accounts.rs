//! Tokens and points: every account's balance, every issuer's book.

use super::{number, same, text, Audit, Moment, View};
use crate::chain::{Name, TxEvent};
use crate::verify::assets::{all_balances, issuers};
use crate::verify::tally::Tally;
use anyhow::{Context as _, Result};
use cosmwasm_std::from_json;
use std::collections::BTreeMap;
use vrs_interface::token::InstantiateMsg;

/// What an issuer of points did, base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Book {
    reserved: i128,
    minted: i128,
}

/// Balances by account; negative where events are missing.
pub struct Accounts {
    name: Name,
    points: bool,
    balances: BTreeMap<String, i128>,
    books: BTreeMap<String, Book>,
}

impl Accounts {
    /// A token's.
    pub fn token(name: Name) -> Self {
        Accounts {
            name,
            points: false,
            balances: BTreeMap::new(),
            books: BTreeMap::new(),
        }
    }

    /// Points'.
    pub fn points(name: Name) -> Self {
        Accounts {
            points: true,
            ..Self::token(name)
        }
    }

    fn add(&mut self, account: &str, more: i128) {
        match self.balances.get_mut(account) {
            Some(balance) => *balance = balance.saturating_add(more),
            None => {
                self.balances.insert(account.to_owned(), more);
            }
        }
    }

    fn book(&mut self, event: &TxEvent) -> Result<&mut Book> {
        Ok(self.books.entry(text(event, "issuer")?.to_owned()).or_default())
    }
}

impl Audit for Accounts {
    fn instantiated(&mut self, msg: &[u8], _at: Moment) -> Result<()> {
        if self.points {
            return Ok(());
        }
        let msg: InstantiateMsg = from_json(msg).with_context(|| format!("instantiation of {}", self.name))?;
        for allocation in &msg.allocations {
            self.add(&allocation.account, i128::try_from(allocation.amount.u128())?);
        }
        Ok(())
    }

    fn event(&mut self, event: &TxEvent, _at: Moment) -> Result<()> {
        match event.get("action") {
            Some("transfer" | "send" | "transfer_from" | "send_from") => {
                let amount: i128 = number(event, "amount")?;
                self.add(text(event, "from")?, amount.saturating_neg());
                self.add(text(event, "to")?, amount);
            }
            Some("burn" | "burn_from") => {
                let amount: i128 = number(event, "amount")?;
                self.add(text(event, "from")?, amount.saturating_neg());
            }
            Some("mint") => {
                let amount: i128 = number(event, "amount")?;
                self.add(text(event, "to")?, amount);
                let book = self.book(event)?;
                book.reserved = book.reserved.saturating_sub(amount);
                book.minted = book.minted.saturating_add(amount);
            }
            Some("reserve") => {
                let amount: i128 = number(event, "amount")?;
                let book = self.book(event)?;
                book.reserved = book.reserved.saturating_add(amount);
            }
            Some("release") => {
                let amount: i128 = number(event, "amount")?;
                let book = self.book(event)?;
                book.reserved = book.reserved.saturating_sub(amount);
            }
            _ => {}
        }
        Ok(())
    }

    fn check(&self, view: &View, tally: &mut Tally) -> Result<()> {
        let name = self.name;
        let mut left = self.balances.clone();
        for (account, balance) in all_balances(view.chain, name)? {
            let expected = left.remove(&account).unwrap_or(0).to_string();
            let what = || format!("balance of {} in {name}", view.holder(&account));
            same(what, expected, balance.to_string())?;
            tally.count("balances by their transfers", 1);
        }
        // Accounts that queries do not list hold nothing.
        for (account, balance) in left {
            same(|| format!("balance of {} in {name}", view.holder(&account)), balance, 0)?;
        }
        if !self.points {
            return Ok(());
        }
        let mut left = self.books.clone();
        for issuer in issuers(view.chain, name)? {
            let book = left.remove(issuer.issuer.as_str()).unwrap_or_default();
            for (what, expected, actual) in [
                ("reserved", book.reserved, issuer.reserved),
                ("minted", book.minted, issuer.minted),
            ] {
                let what = || format!("{what} by issuer {} of {name}", view.holder(issuer.issuer.as_str()));
                same(what, expected.to_string(), actual.to_string())?;
            }
            tally.count("issuers of points", 1);
        }
        for (issuer, _) in left {
            let what = || format!("issuer {} of {name}", view.holder(&issuer));
            same(what, "a registered one", "no such issuer")?;
        }
        Ok(())
    }
}
