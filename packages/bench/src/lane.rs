//! Accounts that send without waiting, and what their transactions turn out to have used.

use anyhow::{Context as _, Result};
use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;
use vrs_client::messages::{self, Any};
use vrs_client::{Client, Key, Outcome, Sender, TxError};

/// Seed of devices' keys.
pub const SEED: u64 = 1;
/// Gas that each transaction is given: so much for all, so that its own bytes are always as many.
const GAS: u64 = 100_000_000;

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The contract.
    pub contract: String,
    /// The message.
    pub what: String,
    /// In which case.
    pub with: String,
    /// How many take part.
    pub participants: u32,
    /// Receipts, members, readings in it.
    pub units: u32,
    /// The most that a unit may use, codes pinned, where there is an aim.
    pub aim: Option<u64>,
}

impl Line {
    /// One unit, no aim.
    pub fn new(contract: &str, what: &str, with: &str, participants: u32) -> Self {
        Line {
            contract: contract.to_owned(),
            what: what.to_owned(),
            with: with.to_owned(),
            participants,
            units: 1,
            aim: None,
        }
    }

    /// So many units.
    pub fn units(mut self, units: u32) -> Self {
        self.units = units;
        self
    }

    /// So much gas a unit at the most.
    pub fn aim(mut self, gas: u64) -> Self {
        self.aim = Some(gas);
        self
    }
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Row {
    /// What.
    pub line: Line,
    /// Gas that the transaction used.
    pub gas: u64,
    /// Its bytes.
    pub bytes: u64,
}

struct Pending {
    line: Option<Line>,
    told: String,
    sender: String,
    hash: String,
    bytes: u64,
}

/// Accounts, and their transactions under way.
pub struct Lane {
    /// The chain.
    pub client: Client,
    /// Seed of invented accounts' keys: lanes that run at a time have different ones.
    seed: u64,
    senders: BTreeMap<String, Sender>,
    addresses: BTreeMap<String, String>,
    pending: Vec<Pending>,
    /// What was measured so far.
    pub rows: Vec<Row>,
}

impl Lane {
    /// Nothing under way.
    pub fn new(client: Client, seed: u64) -> Self {
        Lane {
            client,
            seed,
            senders: BTreeMap::new(),
            addresses: BTreeMap::new(),
            pending: vec![],
            rows: vec![],
        }
    }

    fn key(&self, name: &str) -> Result<Key> {
        let file = &self.client.file;
        if name.contains(' ') {
            return Ok(Key::of_label(self.seed, name, &file.prefix)?);
        }
        let named = file.named(name);
        Ok(file.keyring().key(named)?)
    }

    /// The address of an account: a role, or an invented one with a blank in its name.
    pub fn address(&mut self, name: &str) -> Result<String> {
        if let Some(address) = self.addresses.get(name) {
            return Ok(address.clone());
        }
        let address = self.key(name)?.address().to_owned();
        self.addresses.insert(name.to_owned(), address.clone());
        Ok(address)
    }

    /// Hands a transaction to the mempool; what it used is known after [`Lane::flush`].
    pub fn queue(&mut self, line: Option<Line>, from: &str, messages: &[Any]) -> Result<()> {
        let told = line.as_ref().map_or_else(
            || format!("{} message(s) of {from}", messages.len()),
            |line| format!("{}: {}, {}", line.contract, line.what, line.with),
        );
        let address = self.address(from)?;
        if !self.senders.contains_key(&address) {
            let sender = Sender::open(&self.client.node, self.key(from)?)?;
            self.senders.insert(address.clone(), sender);
        }
        let sender = self.senders.get_mut(&address).context("sender")?;
        let signed = self.client.sign(sender, messages, GAS)?;
        let mut tries = 0;
        while let Err(error) = self.client.offer(sender, &signed) {
            tries += 1;
            match error {
                TxError::Known { .. } => break,
                error if error.is_passing() && tries < 20 => sleep(Duration::from_millis(250)),
                error => return Err(error).context(told),
            }
        }
        sender.sequence += 1;
        self.pending.push(Pending {
            line,
            told,
            sender: address,
            hash: signed.hash,
            bytes: signed.bytes.len() as u64,
        });
        Ok(())
    }

    /// One call of a contract.
    pub fn call(&mut self, line: Option<Line>, from: &str, contract: &str, body: &[u8]) -> Result<()> {
        let sender = self.address(from)?;
        self.queue(line, from, &[messages::execute(&sender, contract, body)])
    }

    /// Waits until all that is under way is in a block, and keeps what is measured.
    ///
    /// Errors: the first transaction that failed.
    pub fn flush(&mut self) -> Result<Vec<Outcome>> {
        let mut outcomes = vec![];
        for pending in std::mem::take(&mut self.pending) {
            let outcome = self.client.wait(&pending.hash).with_context(|| pending.told.clone())?;
            if let Some(error) = outcome.error(&pending.sender) {
                return Err(error).context(pending.told);
            }
            if let Some(line) = pending.line {
                self.rows.push(Row {
                    line,
                    gas: outcome.gas_used,
                    bytes: pending.bytes,
                });
            }
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }

    /// Gives invented accounts coins for their fees. Each sends a coin to itself then, so that no figure holds what an
    /// account's first transaction costs more.
    pub fn pay(&mut self, from: &str, names: &[String]) -> Result<()> {
        let payer = self.address(from)?;
        let mut sends = vec![];
        for name in names {
            let to = self.address(name)?;
            sends.push(messages::send(&payer, &to, 1_000_000_000_000, "ufee"));
        }
        self.queue(None, from, &sends)?;
        self.flush()?;
        for name in names {
            let own = self.address(name)?;
            self.queue(None, name, &[messages::send(&own, &own, 1, "ufee")])?;
        }
        self.flush().map(drop)
    }
}
