//! The few things the relayer asks of a chain: a real one ([`crate::wasm`]), or a faulty one in tests.

use std::sync::Arc;
use vrs_attestation::Hash;
use vrs_client::{Outcome, RpcError, Signed, TxError};
use vrs_interface::oracle::FirstOutcome;

/// The last block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tip {
    /// Its height.
    pub height: u64,
    /// Its time, Unix seconds.
    pub seconds: u64,
}

/// A device as the oracle knows it after the last block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The number that it takes next.
    pub next: u32,
    /// Whether the device has ended for good.
    pub revoked: bool,
}

/// What the oracle keeps of a batch that it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number.
    pub sequence: u32,
    /// Its root.
    pub root: Hash,
    /// What it did.
    pub outcome: FirstOutcome,
}

/// A transaction that took batches, found by one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// Its hash.
    pub hash: String,
    /// Its block.
    pub height: u64,
    /// Device and number of all that it took.
    pub batches: Vec<(u32, u32)>,
}

/// Envelopes by message.
pub type Messages<'a> = &'a [Vec<Arc<[u8]>>];

/// A chain with an oracle on it, and accounts that send, by number from 0.
pub trait Chain: Send + Sync {
    /// The last block.
    fn tip(&self) -> Result<Tip, RpcError>;
    /// The transactions of a block; none where the node has not carried it out yet.
    fn block(&self, height: u64) -> Result<Option<Vec<Outcome>>, RpcError>;
    /// A sender's address.
    fn address(&self, sender: usize) -> String;
    /// A sender's next sequence number after the last block.
    fn sequence(&self, sender: usize) -> Result<u64, TxError>;
    /// A device; none where the oracle does not know it.
    fn device(&self, device: u32) -> Result<Option<Standing>, RpcError>;
    /// A device's records from a number on, ascending: a page, empty where none is left.
    fn records(&self, device: u32, from: u32) -> Result<Vec<Record>, RpcError>;
    /// The transaction that took a batch; none where the node can't tell.
    fn carrier(&self, device: u32, sequence: u32) -> Result<Option<Carrier>, RpcError>;
    /// Gas that messages would use now.
    fn simulate(&self, sender: usize, sequence: u64, messages: Messages) -> Result<u64, TxError>;
    /// A signed transaction.
    fn sign(&self, sender: usize, sequence: u64, messages: Messages, gas: u64) -> Result<Signed, TxError>;
    /// Hands a transaction to the mempool.
    fn offer(&self, sender: usize, signed: &Signed) -> Result<(), TxError>;
}
