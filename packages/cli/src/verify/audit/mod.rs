//! One audit per contract: it replays the contract's events, oldest first, and compares what they add
//! up to with what queries answer, by account and by record. A sum that agrees hides two accounts that
//! changed places.
//!
//! A new contract brings an [`Audit`] and one row in [`row`].

mod accounts;
mod identity;
mod oracle;
mod settled;

use super::answers::{Mined, Trade};
use super::names::Names;
use super::tally::{holds, same, Tally};
use crate::chain::{Call, Chain, Name, Tx, TxEvent};
use anyhow::{Context as _, Result};
use cosmwasm_std::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use vrs_days::{Clock, Day};
use vrs_interface::identity::MemberId;

/// What is recomputed of one contract from its events.
pub trait Audit {
    /// The contract was instantiated with this message, JSON.
    fn instantiated(&mut self, _msg: &[u8], _at: Moment) -> Result<()> {
        Ok(())
    }

    /// One of its events, oldest first; those of messages inside messages come like all others.
    fn event(&mut self, event: &TxEvent, at: Moment) -> Result<()>;

    /// When it is compared.
    fn stage(&self) -> Stage {
        Stage::Records
    }

    /// Compares what the events add up to with what queries answer.
    ///
    /// Errors: the first [`crate::failure::Difference`].
    fn check(&self, view: &View, tally: &mut Tally) -> Result<()>;
}

/// The audit of a contract: the one table that a new contract adds a row to.
fn row(name: Name) -> Box<dyn Audit> {
    match name {
        Name::Vrs | Name::Mvc | Name::Bzky => Box::new(accounts::Accounts::token(name)),
        Name::Hp | Name::Time | Name::Mvp => Box::new(accounts::Accounts::points(name)),
        Name::Identity => Box::new(identity::Members::default()),
        Name::Oracle => Box::new(oracle::Devices::default()),
        Name::Merchant | Name::Mining => Box::new(settled::Settled::of(name)),
    }
}

/// When an audit is compared: the difference that says most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Before days are recomputed, which takes balances, members and devices as they are.
    Records,
    /// After them: a share that differs tells more than what was paid for it.
    Settled,
}

/// When an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Unix second.
    pub second: u64,
    /// Programme day.
    pub day: Day,
}

/// What an audit compares with.
pub struct View<'a> {
    /// The chain.
    pub chain: &'a Chain,
    /// Names for what differs.
    pub names: &'a Names,
    /// What `merchant` answers.
    pub trade: &'a Trade,
    /// What `mining` answers.
    pub mined: &'a Mined,
    /// What was pruned.
    pub pruned: &'a Prunings,
    /// The last block's moment.
    pub now: Moment,
    /// Members by their accounts and payouts, as the events of identity tell.
    holders: BTreeMap<String, MemberId>,
}

impl View<'_> {
    /// `merchant 330 (member #12)`, `contract merchant`, or the address itself.
    pub fn holder(&self, address: &str) -> String {
        if let Some(member) = self.holders.get(address) {
            return self.names.member(*member);
        }
        let contract = Name::ALL
            .into_iter()
            .find(|name| self.chain.address(*name).is_ok_and(|known| known.as_str() == address));
        match contract {
            Some(name) => format!("contract {name}"),
            None => address.to_owned(),
        }
    }
}

/// What was really removed by pruning, by contract and list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prunings {
    /// Contracts all of whose messages are known.
    whole: BTreeSet<Name>,
    removed: BTreeSet<(Name, String)>,
}

impl Prunings {
    fn enter(&mut self, name: Name, event: &TxEvent) {
        let list = match event.get("action") {
            Some("pruned") => event.get("what").unwrap_or_default(),
            Some("prune_scores") => "scores",
            Some("prune_readings") => "readings",
            Some("prune") => "batches",
            _ => return,
        };
        if event.get("removed") != Some("0") {
            self.removed.insert((name, list.to_owned()));
        }
    }

    /// Whether anything was removed from a list; also where the contract's past is not wholly known.
    pub fn has(&self, name: Name, list: &str) -> bool {
        !self.whole.contains(&name) || self.removed.contains(&(name, list.to_owned()))
    }
}

/// All contracts' audits.
pub struct Audits {
    by_address: BTreeMap<String, Name>,
    audits: BTreeMap<Name, Box<dyn Audit>>,
    /// What was pruned.
    pub pruned: Prunings,
    holders: BTreeMap<String, MemberId>,
    clock: Clock,
}

impl Audits {
    /// Nothing has happened yet.
    pub fn new(chain: &Chain, clock: &Clock) -> Result<Self> {
        let mut by_address = BTreeMap::new();
        for name in Name::ALL {
            by_address.insert(chain.address(name)?.to_string(), name);
        }
        Ok(Audits {
            by_address,
            audits: Name::ALL.into_iter().map(|name| (name, row(name))).collect(),
            pruned: Prunings::default(),
            holders: BTreeMap::new(),
            clock: clock.clone(),
        })
    }

    /// Replays a transaction that was carried out.
    pub fn enter(&mut self, tx: &Tx) -> Result<()> {
        let time = Timestamp::from_nanos(tx.time);
        let at = Moment {
            second: time.seconds(),
            day: self.clock.day(time),
        };
        if tx.call == Call::Instantiate {
            self.pruned.whole.insert(tx.contract);
            if let Some(audit) = self.audits.get_mut(&tx.contract) {
                audit.instantiated(&tx.msg, at)?;
            }
        }
        for event in tx.events.iter().filter(|event| event.kind.starts_with("wasm")) {
            let Some(name) = event
                .get("_contract_address")
                .and_then(|from| self.by_address.get(from).copied())
            else {
                continue;
            };
            if name == Name::Identity {
                self.holder(event);
            }
            self.pruned.enter(name, event);
            let Some(audit) = self.audits.get_mut(&name) else {
                continue;
            };
            let told = || format!("event of {name} in block {}", tx.height);
            audit.event(event, at).with_context(told)?;
        }
        Ok(())
    }

    fn holder(&mut self, event: &TxEvent) {
        let Some(Ok(member)) = event.get("member").map(str::parse) else {
            return;
        };
        let addresses = match event.get("action") {
            Some("register") => [event.get("account"), event.get("payout")],
            Some("accept_address") => [event.get("address"), None],
            _ => return,
        };
        let addresses = addresses.into_iter().flatten();
        self.holders
            .extend(addresses.map(|address| (address.to_owned(), member)));
    }

    /// Compares the contracts of a stage with their events.
    ///
    /// Errors: the first [`crate::failure::Difference`].
    pub fn check(
        &self,
        stage: Stage,
        chain: &Chain,
        (trade, mined): (&Trade, &Mined),
        (names, now): (&Names, Timestamp),
        tally: &mut Tally,
    ) -> Result<()> {
        let view = View {
            chain,
            names,
            trade,
            mined,
            pruned: &self.pruned,
            now: Moment {
                second: now.seconds(),
                day: self.clock.day(now),
            },
            holders: self.holders.clone(),
        };
        // Identity first: others' differences are told by its members.
        let (first, others): (Vec<_>, Vec<_>) = self.audits.iter().partition(|(name, _)| **name == Name::Identity);
        for (name, audit) in first
            .into_iter()
            .chain(others)
            .filter(|(_, audit)| audit.stage() == stage)
        {
            if self.pruned.whole.contains(name) {
                audit.check(&view, tally)?;
            } else {
                tally.skip(
                    "the contract's instantiation is not among the transactions: its records can't be replayed",
                    || name.to_string(),
                );
            }
        }
        Ok(())
    }
}

/// An attribute, or an error that names it.
fn text<'e>(event: &'e TxEvent, attribute: &str) -> Result<&'e str> {
    event
        .get(attribute)
        .with_context(|| format!("event {}: no attribute {attribute}", event.kind))
}

/// An attribute that is a number.
fn number<T: std::str::FromStr>(event: &TxEvent, attribute: &str) -> Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let value = text(event, attribute)?;
    value
        .parse()
        .with_context(|| format!("event {}: {attribute} {value:?}", event.kind))
}

/// A value that may be absent, in words.
fn or_none(value: Option<impl Display>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}
