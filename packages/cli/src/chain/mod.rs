//! A chain with the suite on it: the embedded one, or any other [`Backend`].

mod backend;
mod book;
mod codes;
pub mod db;
mod embedded;
mod meter;
mod names;
mod storage;
mod transactions;
mod wasm;

pub use backend::{Backend, Block, ContractInfo, Message, Version};
pub use book::{AddressBook, DeviceEntry, MemberEntry, Party};
pub use embedded::{Embedded, Head, TxSink};
pub use meter::{Counters, Meter};
pub use names::{Code, Name};
pub use storage::MemStorage;
pub use transactions::{Call, Tx, TxEvent};

use anyhow::{anyhow, bail, Context as _, Result};
use cosmwasm_std::{from_json, to_json_vec, Addr, Binary};
use serde::de::DeserializeOwned;
use serde::Serialize;

/// Where cw2 keeps a contract's name and version.
const VERSION_KEY: &[u8] = b"contract_info";

/// A chain, whichever it is. Everything that runs, deploys, reads and verifies takes this one.
pub struct Chain {
    backend: Box<dyn Backend>,
}

impl<B: Backend + 'static> From<B> for Chain {
    fn from(backend: B) -> Self {
        Chain {
            backend: Box::new(backend),
        }
    }
}

impl Chain {
    /// The chain's id; it stands in everything that devices sign.
    pub fn id(&self) -> &str {
        self.backend.id()
    }

    /// What the chain's addresses begin with.
    pub fn prefix(&self) -> &str {
        self.backend.prefix()
    }

    /// The embedded chain.
    ///
    /// Errors: where it is another one.
    pub fn embedded(&self) -> Result<&Embedded> {
        let other = || anyhow!("{} is not the embedded chain", self.id());
        self.backend.embedded().ok_or_else(other)
    }

    /// The account that a name stands for. See [`Backend::account`].
    pub fn account(&self, name: &str) -> Result<Addr> {
        self.backend.account(name)
    }

    /// Address of a contract.
    ///
    /// Errors: where it is not deployed.
    pub fn address(&self, name: Name) -> Result<&Addr> {
        self.backend
            .address(name)
            .ok_or_else(|| anyhow!("{} is not deployed", name.as_str()))
    }

    /// The last block.
    pub fn block(&self) -> Result<Block> {
        self.backend.block()
    }

    /// Seconds since 1970 at the last block.
    pub fn now(&self) -> Result<u64> {
        Ok(self.block()?.time / 1_000_000_000)
    }

    /// Transactions that were sent so far.
    pub fn transactions(&self) -> u64 {
        self.backend.transactions()
    }

    /// Returns when the next transaction's block is at `seconds` (since 1970) or later.
    pub fn wait_until(&mut self, seconds: u64) -> Result<()> {
        self.backend.wait_until(seconds)
    }

    /// Creates a contract under a name, with `sender` as its admin.
    pub fn instantiate<T: Serialize>(&mut self, sender: &Addr, name: Name, msg: &T) -> Result<Addr> {
        let tx = self.backend.instantiate(sender, name, to_json_vec(msg)?)?;
        let address = String::from_utf8(tx.data.unwrap_or_default()).context("address")?;
        Ok(Addr::unchecked(address))
    }

    /// Sends one message in a transaction of its own.
    ///
    /// Errors: what the contract answers.
    pub fn submit<T: Serialize>(&mut self, sender: &Addr, name: Name, msg: &T) -> Result<Tx> {
        let message = Message {
            contract: name,
            body: to_json_vec(msg)?,
        };
        let mut txs = self.submit_many(sender, vec![message])?;
        match (txs.pop(), txs.is_empty()) {
            (Some(tx), true) => Ok(tx),
            (_, empty) => bail!(
                "{name}: expected one outcome, got {}",
                if empty { "none" } else { "more" }
            ),
        }
    }

    /// Sends messages in one transaction: all of them happen or none. One [`Tx`] a message, in order.
    ///
    /// Errors: what the first contract that refuses answers.
    pub fn submit_many(&mut self, sender: &Addr, messages: Vec<Message>) -> Result<Vec<Tx>> {
        self.backend.execute(sender, messages)
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, name: Name, msg: &impl Serialize) -> Result<T> {
        let answer = self.backend.query(name, &to_json_vec(msg)?)?;
        from_json(&answer).with_context(|| format!("{name}: answer"))
    }

    /// Asks a contract with a message as it stands; answers what it says, as JSON.
    pub fn query_raw(&self, name: Name, msg: &serde_json::Value) -> Result<Binary> {
        self.backend.query(name, &serde_json::to_vec(msg)?)
    }

    /// What a contract says it is; none where it says nothing.
    pub fn version(&self, name: Name) -> Result<Option<Version>> {
        let Some(bytes) = self.backend.raw(name, VERSION_KEY)? else {
            return Ok(None);
        };
        let version = serde_json::from_slice(&bytes).with_context(|| format!("{name}: version"))?;
        Ok(Some(version))
    }

    /// What the chain knows of a contract beside its state.
    pub fn info(&self, name: Name) -> Result<ContractInfo> {
        self.backend.info(name)
    }
}
