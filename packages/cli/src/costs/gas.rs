//! What a chain charges for what was counted, codes pinned.

use crate::chain::{Counters, Tx};
use std::collections::BTreeMap;

// What a transaction and a call cost was measured on wasmd (docs/gas.md): a transaction with one call of a contract that
// does nothing took 58,636 gas at 334 bytes, each further call 9,539 at some 150 bytes.

/// A transaction before it does anything: signature, account, fee.
pub const TRANSACTION: u64 = 47_250;
/// A byte of a transaction.
const BYTE: u64 = 10;
/// Bytes of a transaction beside the message: addresses, fee, signature.
const ENVELOPE: u64 = 332;
/// A call of a contract whose code is pinned: an instance, its record, its events.
const CALL: u64 = 8_000;
/// A query of a contract whose code is pinned.
const QUERY: u64 = 5_700;
/// Bytes of a key and value that a range reads beyond its last step, about.
const BEYOND: u64 = 80;

/// Gas of one transaction by what it is spent on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gas {
    /// Storage: reads, writes, deletes, steps.
    pub storage: u64,
    /// Calls, queries and replies.
    pub calls: u64,
    /// Signatures of devices.
    pub signatures: u64,
    /// Events.
    pub events: u64,
    /// The transaction and its bytes.
    pub transaction: u64,
}

impl Gas {
    /// All together.
    pub fn total(&self) -> u64 {
        self.storage + self.calls + self.signatures + self.events + self.transaction
    }
}

/// The gas of a transaction, of what its contracts were counted to do, and of `signatures` devices' batches.
pub fn of(counters: &BTreeMap<&'static str, Counters>, tx: &Tx, signatures: u64) -> Gas {
    let mut gas = Gas::default();
    for count in counters.values() {
        gas.storage += storage(count);
        gas.calls += CALL * count.calls + QUERY * count.queries;
    }
    // A batch of ed25519 signatures is checked together.
    gas.signatures = if signatures == 0 { 0 } else { 260 + 70 * signatures };
    gas.events = tx
        .events
        .iter()
        .filter(|event| event.kind.starts_with("wasm"))
        .map(event)
        .sum();
    gas.transaction = TRANSACTION + BYTE * (ENVELOPE + tx.msg.len() as u64);
    gas
}

/// A write costs 2,000 and 30 a byte, a read 1,000 and 3 a byte, a delete 1,000, a step of a range 30 and
/// 3 a byte; a range reads one entry beyond its last step.
pub fn storage(count: &Counters) -> u64 {
    1_000 * count.reads
        + 3 * count.read_bytes
        + 2_000 * count.writes
        + 30 * count.write_bytes
        + 1_000 * count.deletes
        + 30 * (count.steps + count.ranges)
        + 3 * (count.step_bytes + BEYOND * count.ranges)
}

fn event(event: &crate::chain::TxEvent) -> u64 {
    let attributes = event.attributes.iter();
    20 + attributes
        .map(|(key, value)| 10 + (key.len() + value.len()) as u64)
        .sum::<u64>()
}
