//! Where a chain is read from.

use crate::chain::db::{Meta, Reader};
use crate::chain::{Chain, Tx};
use anyhow::Result;

/// A chain with its history.
pub trait Source {
    /// The chain as it stands.
    fn chain(&self) -> Result<Chain>;
    /// Head, book, economy, clock, calendar.
    fn meta(&self) -> Result<Meta>;
    /// Calls `look` with each transaction, oldest first, until it answers false.
    fn transactions(&self, look: &mut dyn FnMut(Tx) -> Result<bool>) -> Result<()>;
    /// Messages to contracts that are not the suite's and that called one of its; they are not among the transactions.
    fn through_others(&self) -> Result<u64> {
        Ok(0)
    }
}

impl Source for Reader {
    fn chain(&self) -> Result<Chain> {
        Reader::chain(self)
    }

    fn meta(&self) -> Result<Meta> {
        Reader::meta(self)
    }

    fn transactions(&self, look: &mut dyn FnMut(Tx) -> Result<bool>) -> Result<()> {
        Reader::transactions(self, look)
    }
}
