//! Looks for a transaction in the blocks that may take it. Needs no index.

use crate::error::TxError;
use crate::node::Node;
use crate::outcome::Outcome;
use crate::rpc::RpcError;
use crate::send::Signed;
use std::fmt::Display;

/// A transaction that is looked for, block after block.
#[derive(Clone, Debug)]
pub struct Watch {
    hash: String,
    /// The next block to read.
    next: u64,
    /// The last block that may take it; 0: any.
    until: u64,
    /// Whether the node is not known to have it.
    pub(crate) is_lost: bool,
    /// What the node said last.
    trouble: String,
}

/// What is known of a transaction.
#[derive(Clone, Debug)]
pub enum Look {
    /// It is in a block, where it may have failed.
    Found(Box<Outcome>),
    /// It is in no block up to the last one that may take it.
    Never,
    /// Nothing yet.
    NotYet,
}

impl Watch {
    /// Looks for a transaction from the block after it was signed.
    pub fn new(signed: &Signed) -> Self {
        Self::of(&signed.hash, signed.after, signed.until)
    }

    /// Looks for a hash in the blocks behind `after`, up to `until`; 0: without an end.
    pub fn of(hash: &str, after: u64, until: u64) -> Self {
        Watch {
            hash: hash.to_uppercase(),
            next: after.saturating_add(1),
            until,
            is_lost: false,
            trouble: String::new(),
        }
    }

    /// Reads the blocks that have come. A node that fails is asked again by the next look.
    pub fn look(&mut self, node: &Node) -> Look {
        match self.read(node) {
            Ok(look) => look,
            Err(error) => {
                self.trouble(&error);
                Look::NotYet
            }
        }
    }

    fn read(&mut self, node: &Node) -> Result<Look, RpcError> {
        let last = match self.until {
            0 => u64::MAX,
            until => until,
        };
        let tip = node.status()?.height;
        while self.next <= tip.min(last) {
            if let Some(outcome) = node.in_block(&self.hash, self.next)? {
                return Ok(Look::Found(Box::new(outcome)));
            }
            self.next += 1;
        }
        Ok(if self.next > last { Look::Never } else { Look::NotYet })
    }

    pub(crate) fn lost(&mut self, error: &RpcError) {
        self.is_lost = true;
        self.trouble(error);
    }

    pub(crate) fn trouble(&mut self, error: &impl Display) {
        self.trouble = format!(" ({error})");
    }

    /// That it did not happen.
    pub fn never(self) -> TxError {
        TxError::Never {
            hash: self.hash,
            until: self.until,
            trouble: self.trouble,
        }
    }

    /// That it may still happen.
    pub fn late(self, seconds: u64) -> TxError {
        TxError::Late {
            hash: self.hash,
            until: self.until,
            seconds,
            trouble: self.trouble,
        }
    }
}
