//! Transactions as the chain's file keeps them.

use super::Name;
use cosmwasm_std::Event;
use serde::{Deserialize, Serialize};

/// What a transaction did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Call {
    /// Created a contract.
    Instantiate,
    /// Sent a message.
    Execute,
}

/// An event of a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TxEvent {
    /// Its type; contracts' own begin with `wasm-`.
    pub kind: String,
    /// Attributes in order.
    pub attributes: Vec<(String, String)>,
}

impl TxEvent {
    /// The first attribute of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl From<Event> for TxEvent {
    fn from(event: Event) -> Self {
        TxEvent {
            kind: event.ty,
            attributes: event.attributes.into_iter().map(|a| (a.key, a.value)).collect(),
        }
    }
}

/// A message's transaction: what it did, and when. On the embedded chain a transaction is a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tx {
    /// Its block.
    pub height: u64,
    /// The block's time, nanoseconds since 1970.
    pub time: u64,
    /// The transaction's hash, where the chain gives one.
    pub hash: Option<String>,
    /// Who sent it.
    pub sender: String,
    /// The contract it went to.
    pub contract: Name,
    /// What it did.
    pub call: Call,
    /// The message, JSON.
    pub msg: Vec<u8>,
    /// Events of the contract and of all it called.
    pub events: Vec<TxEvent>,
    /// What the contract answered; of an instantiation its address.
    pub data: Option<Vec<u8>>,
    /// Why it failed, where it did; it then changed nothing.
    pub error: Option<String>,
}
