//! Transactions that are in no block yet.
//!
//! A node that is restarted loses its mempool, and an answer may be lost on its way. Both are met alike: the same bytes
//! are handed over again, in order, which can't do harm, since a transaction is in a block at most once. Only when
//! that does not help either the batches are put back and sent anew; what was given up may still come, and is noticed.

use super::{Lane, GHOSTS};
use std::time::Duration;
use tracing::{info, warn};
use vrs_client::TxError;

/// Blocks that must have passed before a transaction is late, however long they took.
const BLOCKS: u64 = 3;
/// How often a transaction is handed over before its batches are sent anew.
const TRIES: u32 = 6;

impl Lane {
    pub(super) fn watch(&mut self, now: Duration) -> bool {
        let Some(first) = self.flights.front() else {
            return false;
        };
        if self.shared.board.is_away() {
            return false;
        }
        let height = self.shared.board.tip().height;
        let (at, from) = first.offered;
        let is_late = now > at + self.shared.options.patience && height >= from + BLOCKS;
        let returns = self.shared.board.returns();
        let is_back = returns != self.returns;
        if !is_late && !is_back && !self.flights.iter().any(|flight| flight.is_unsure) {
            return false;
        }
        self.returns = returns;
        self.offer_again(now);
        true
    }

    /// Hands all that is in flight to the node again, in order.
    pub(super) fn offer_again(&mut self, now: Duration) {
        let shared = self.shared.clone();
        let height = shared.board.tip().height;
        info!(
            sender = self.address,
            flights = self.flights.len(),
            "handing over again"
        );
        for at in 0..self.flights.len() {
            let Some(flight) = self.flights.get_mut(at) else { break };
            shared.metrics.retries.add(1);
            let offered = shared.chain.offer(self.index, &flight.signed);
            match offered {
                Ok(()) | Err(TxError::Known { .. }) => {}
                // It is in a block that is not read yet, or another transaction took its place.
                Err(TxError::Sequence { expected, .. }) if expected > flight.signed.sequence => {}
                Err(error) if error.is_passing() && !matches!(error, TxError::Sequence { .. }) => {
                    self.trouble(now, "handing over again", &error);
                    return;
                }
                Err(error) => {
                    warn!(sender = self.address, %error, "what is in flight can't come any more");
                    self.give_up();
                    return;
                }
            }
            flight.offered = (now, height);
            flight.is_unsure = false;
            flight.tries += 1;
            if flight.tries >= TRIES {
                warn!(
                    sender = self.address,
                    tx = flight.signed.hash,
                    "in no block, over and over"
                );
                self.give_up();
                return;
            }
        }
    }

    /// Puts all that is in flight back; it is sent anew after the chain was asked where account and devices stand.
    pub(super) fn give_up(&mut self) {
        self.drop_draft();
        while let Some(flight) = self.flights.pop_front() {
            self.land(flight.pack.names(), flight.number);
            self.ghosts.push_back(flight);
        }
        while self.ghosts.len() > GHOSTS {
            if let Some(oldest) = self.ghosts.pop_front() {
                self.shared.board.forget(&oldest.signed.hash);
            }
        }
        self.sequence = None;
        self.model.is_measured = false;
    }
}
