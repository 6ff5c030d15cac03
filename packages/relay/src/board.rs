//! What blocks say of transactions: one reads them, all senders look here.

use crate::chain::{Chain, Tip};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tracing::{info, warn};
use vrs_client::{Outcome, RpcError};

/// Blocks after which one without results is passed over.
const BEHIND: u64 = 5;

/// What became of the transactions that somebody waits for.
#[derive(Debug, Default)]
pub struct Board {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    wanted: HashMap<String, Option<Outcome>>,
    tip: Tip,
    /// How often the node was away and came back.
    returns: u64,
    is_away: bool,
}

impl Board {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a transaction. To be called before the node may know it, so that no block is missed.
    pub fn expect(&self, hash: &str) {
        self.inner().wanted.entry(hash.to_owned()).or_default();
    }

    /// Waits for it no longer.
    pub fn forget(&self, hash: &str) {
        self.inner().wanted.remove(hash);
    }

    /// What became of it, once.
    pub fn take(&self, hash: &str) -> Option<Outcome> {
        let mut inner = self.inner();
        inner.wanted.get(hash)?.as_ref()?;
        inner.wanted.remove(hash).flatten()
    }

    /// The last block that was read.
    pub fn tip(&self) -> Tip {
        self.inner().tip
    }

    /// How often the node was away and came back; it may have lost its mempool then.
    pub fn returns(&self) -> u64 {
        self.inner().returns
    }

    /// Whether the node is away.
    pub fn is_away(&self) -> bool {
        self.inner().is_away
    }
}

/// Reads block after block.
#[derive(Debug, Default)]
pub struct Follower {
    /// The next block to read; none before the first look.
    next: Option<u64>,
}

impl Follower {
    /// Reads all blocks that are there. Errors are those of a node that is away; it is to be called again.
    pub fn step(&mut self, chain: &dyn Chain, board: &Board) -> Result<u64, RpcError> {
        let read = self.read(chain, board);
        let mut inner = board.inner();
        match &read {
            Ok(_) if inner.is_away => {
                inner.is_away = false;
                inner.returns += 1;
                info!(height = inner.tip.height, "the node is back");
            }
            Err(error) if !inner.is_away => {
                inner.is_away = true;
                warn!(%error, "the node is away");
            }
            _ => {}
        }
        read
    }

    fn read(&mut self, chain: &dyn Chain, board: &Board) -> Result<u64, RpcError> {
        let tip = chain.tip()?;
        let from = *self.next.get_or_insert(tip.height);
        if tip.height + 1 < from {
            // A chain does not go back; this one was made anew, or its state was restored from a copy.
            warn!(expected = from, actual = tip.height, "the chain is shorter than it was");
            self.next = Some(tip.height);
            return Ok(0);
        }
        let mut read = 0;
        for height in from..=tip.height {
            let outcomes = match chain.block(height) {
                Ok(Some(outcomes)) => outcomes,
                // A node that throws results away: what was in flight is found out by asking the oracle.
                Ok(None) if height + BEHIND < tip.height => {
                    warn!(height, "the node keeps no results of this block");
                    vec![]
                }
                Ok(None) => break, // not carried out yet
                Err(RpcError::Refused { message, .. }) if height < tip.height => {
                    warn!(
                        height,
                        message, "a block can't be read; its transactions are asked for otherwise"
                    );
                    vec![]
                }
                Err(error) => return Err(error),
            };
            let mut inner = board.inner();
            for outcome in outcomes {
                if let Some(slot) = inner.wanted.get_mut(&outcome.hash) {
                    *slot = Some(outcome);
                }
            }
            inner.tip = Tip {
                height,
                seconds: tip.seconds,
            };
            self.next = Some(height + 1);
            read += 1;
        }
        Ok(read)
    }
}
