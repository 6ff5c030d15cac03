//! The next transactions.

use super::{Flight, Lane, BATCHES};
use crate::name::Name;
use crate::pack::{Load, Pack};
use crate::verdict::{Fate, Why};
use std::time::Duration;
use tracing::{debug, warn};
use vrs_attestation::Envelope;
use vrs_client::{RpcError, TxError};

impl Lane {
    pub(super) fn fill(&mut self, now: Duration) -> bool {
        if self.shared.board.is_away() {
            return false;
        }
        let mut active = false;
        while self.flights.len() < self.window() && now >= self.paused_until {
            let is_full = self.gather(now);
            let is_alone = self.flights.is_empty();
            let has_waited = now >= self.last_sent + self.shared.options.linger;
            if self.draft.is_empty() || !(is_full || is_alone || has_waited) {
                break;
            }
            let Some(sequence) = self.sequence(now) else { break };
            let pack = std::mem::take(&mut self.draft);
            let number = self.number;
            self.number += 1;
            self.last_sent = now;
            active = true;
            if let Err((pack, error)) = self.send(pack, number, sequence, now) {
                self.land(pack.names(), number);
                self.not_sent(&pack, *error, now);
                break;
            }
        }
        active
    }

    /// What comes behind a transaction that fails is mostly in vain: while a fault is looked for, one at a time.
    fn window(&self) -> usize {
        if self.limits.batches < BATCHES {
            return 1;
        }
        self.shared.options.window
    }

    /// The account's next number, of the chain where it is not known and nothing is in flight.
    fn sequence(&mut self, now: Duration) -> Option<u64> {
        if self.sequence.is_none() && self.flights.is_empty() {
            match self.shared.chain.sequence(self.index) {
                Ok(sequence) => self.sequence = Some(sequence),
                Err(error) => self.trouble(now, "asking for the account", &error),
            }
        }
        self.sequence
    }

    /// Fills the draft, device after device, each from the number that is due. Whether it is full.
    fn gather(&mut self, now: Duration) -> bool {
        let due = |(number, device): (&u32, &crate::device::Device)| device.due().map(|_| *number);
        let mut order: Vec<u32> = self.devices.iter().filter_map(due).collect();
        let first = order.partition_point(|number| *number <= self.turn);
        order.rotate_left(first); // the next after the one that was served last
        for number in order {
            self.turn = number;
            while let Some(sequence) = self.devices.get(&number).and_then(|device| device.due()) {
                let name = Name {
                    device: number,
                    sequence,
                };
                let Some(load) = self.load(name, now) else { break };
                if self.draft.push(load, &self.model, self.limits).is_err() {
                    self.turn = number.saturating_sub(1); // the next transaction begins with it
                    return true;
                }
                if let Some(device) = self.devices.get_mut(&number) {
                    device.fly(sequence, self.number);
                }
            }
        }
        false
    }

    /// A batch as it is sent; none where it can't be: then it is refused, or gone.
    fn load(&mut self, name: Name, now: Duration) -> Option<Load> {
        let bytes = self.read(name)?;
        let fault = match Envelope::parse_frame(&bytes) {
            Err(error) => format!("malformed: {error}"),
            Ok(envelope) if (envelope.device(), envelope.sequence()) != (name.device, name.sequence) => {
                let (device, sequence) = (envelope.device(), envelope.sequence());
                format!("name: expected {}", Name { device, sequence })
            }
            // The oracle would say so too, for the price of a transaction.
            Ok(envelope) if self.shared.day() < envelope.day() => {
                self.hold(name.device, Why::DayAhead, now);
                return None;
            }
            Ok(envelope) => {
                return Some(Load {
                    name,
                    items: envelope.count(),
                    envelope: bytes.into(),
                })
            }
        };
        self.finish(name, Fate::Refused(fault), None);
        None
    }

    fn send(&mut self, pack: Pack, number: u64, sequence: u64, now: Duration) -> Result<(), (Pack, Box<TxError>)> {
        let shared = self.shared.clone();
        let envelopes = pack.envelopes();
        if !self.model.is_measured && self.flights.is_empty() {
            match shared.chain.simulate(self.index, sequence, &envelopes) {
                Ok(gas) => self.model.simulated(pack.shape(), gas),
                Err(error) => return Err((pack, Box::new(error))),
            }
            // What it says may be too much for one transaction: then a smaller one is made.
            if self.model.gas(pack.shape()) > self.limits.gas && pack.shape().batches > 1 {
                self.land(pack.names(), number);
                return Ok(());
            }
        }
        let gas = self.model.gas(pack.shape()).min(self.limits.gas);
        let signed = match shared.chain.sign(self.index, sequence, &envelopes, gas) {
            Ok(signed) => signed,
            Err(error) => return Err((pack, Box::new(error))),
        };
        shared.board.expect(&signed.hash);
        let is_unsure = match shared.chain.offer(self.index, &signed) {
            Ok(()) | Err(TxError::Known { .. }) => false,
            // It may be there or not: it is handed over again.
            Err(TxError::Rpc(error)) if !matches!(error, RpcError::Refused { .. }) => {
                self.trouble(now, "handing over", &error.into());
                true
            }
            Err(error) => {
                shared.board.forget(&signed.hash);
                return Err((pack, Box::new(error)));
            }
        };
        shared.metrics.txs_sent.add(1);
        debug!(sender = self.address, tx = signed.hash, sequence, gas, "handed over");
        self.sequence = Some(sequence + 1);
        self.flights.push_back(Flight {
            number,
            pack,
            signed,
            offered: (now, shared.board.tip().height),
            tries: 1,
            is_unsure,
        });
        Ok(())
    }

    /// A transaction was refused at the door; nothing of it happened.
    fn not_sent(&mut self, pack: &Pack, error: TxError, now: Duration) {
        match error {
            TxError::Sequence { expected, actual } => {
                debug!(sender = self.address, expected, actual, "sequence");
                self.sequence = Some(expected);
                if expected < actual && !self.flights.is_empty() {
                    // The node has lost what we sent before.
                    self.offer_again(now);
                }
                self.brief_pause(now);
            }
            TxError::OutOfGas { .. } => {
                self.limits.batches = (pack.shape().batches / 2).max(1);
                self.short_of_gas(pack, self.model.gas(pack.shape()), now);
            }
            TxError::Contract { reason, .. } => self.poisoned(pack, reason, now),
            // A node, or a proxy before it, that takes less than we thought.
            TxError::Rpc(RpcError::Refused { message, .. }) if message.to_lowercase().contains("too large") => {
                self.limits.bytes = (pack.shape().bytes / 2).max(1_000);
                warn!(
                    sender = self.address,
                    message,
                    bytes = self.limits.bytes,
                    "smaller transactions from now on"
                );
            }
            error => self.trouble(now, "handing over", &error),
        }
    }

    fn brief_pause(&mut self, now: Duration) {
        self.paused_until = now + Duration::from_millis(50);
    }
}
