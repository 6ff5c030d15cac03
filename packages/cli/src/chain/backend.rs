//! What the command needs of a chain, whichever it is.

use super::{Embedded, Name, Tx};
use anyhow::Result;
use cosmwasm_std::{Addr, Binary};

/// A message to a contract, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The contract that it goes to.
    pub contract: Name,
    /// The message.
    pub body: Vec<u8>,
}

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time, nanoseconds since 1970.
    pub time: u64,
}

/// What a chain knows of a contract beside its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractInfo {
    /// The code it runs.
    pub code_id: u64,
    /// Who created it.
    pub creator: String,
    /// Who may move it to new code.
    pub admin: Option<String>,
}

/// What a contract says it is, by the convention of cw2.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Version {
    /// Its name: `crates.io:vrs-oracle`.
    pub contract: String,
    /// Its version: `0.1.0`.
    pub version: String,
}

/// A chain with the suite's contracts under their names.
pub trait Backend {
    /// The chain's id; it stands in everything that devices sign.
    fn id(&self) -> &str;

    /// What the chain's addresses begin with.
    fn prefix(&self) -> &str;

    /// The account that a name stands for: a role such as `owner`, a holder of the allocation tables,
    /// or a member as `merchant 330`.
    ///
    /// Errors: where the chain gives that name to nobody.
    fn account(&self, name: &str) -> Result<Addr>;

    /// Address of a contract; none where it is not deployed.
    fn address(&self, name: Name) -> Option<&Addr>;

    /// The last block.
    fn block(&self) -> Result<Block>;

    /// Transactions that were sent so far.
    fn transactions(&self) -> u64;

    /// Returns when the next transaction's block is at `seconds` (since 1970) or later. The embedded
    /// chain moves its time on, a real one is waited for.
    fn wait_until(&mut self, seconds: u64) -> Result<()>;

    /// Creates a contract, whose admin `sender` is, in a transaction of its own. The transaction's data
    /// is the address, under which the contract is known from now on.
    ///
    /// Errors: what the contract answers.
    fn instantiate(&mut self, sender: &Addr, name: Name, body: Vec<u8>) -> Result<Tx>;

    /// Sends messages in one transaction: all of them happen or none. One [`Tx`] a message, in order.
    ///
    /// Errors: what the first contract that refuses answers.
    fn execute(&mut self, sender: &Addr, messages: Vec<Message>) -> Result<Vec<Tx>>;

    /// Asks a contract; message and answer are JSON.
    ///
    /// Errors: what the contract answers.
    fn query(&self, name: Name, body: &[u8]) -> Result<Binary>;

    /// A contract's stored value, as it stands.
    fn raw(&self, name: Name, key: &[u8]) -> Result<Option<Vec<u8>>>;

    /// What the chain knows of a contract.
    fn info(&self, name: Name) -> Result<ContractInfo>;

    /// The embedded chain, where it is that one.
    fn embedded(&self) -> Option<&Embedded> {
        None
    }
}
