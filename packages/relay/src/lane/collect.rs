//! What blocks say of transactions in flight.

use super::{Flight, Lane, BATCHES};
use crate::name::Name;
use crate::pack::{Load, Pack};
use crate::spool::Move;
use crate::verdict::{Fate, How, Verdict, Why};
use cosmwasm_std::from_json;
use std::time::Duration;
use tracing::{error, info, warn};
use vrs_client::outcome::Response;
use vrs_client::{Outcome, TxError};
use vrs_interface::oracle::SubmitBatchesResponse;

impl Lane {
    pub(super) fn collect(&mut self, now: Duration) -> bool {
        let board = self.shared.board.clone();
        let mut active = false;
        for ghosts in [false, true] {
            let mut left = std::mem::take(if ghosts { &mut self.ghosts } else { &mut self.flights });
            let mut kept = std::collections::VecDeque::with_capacity(left.len());
            while let Some(flight) = left.pop_front() {
                match board.take(&flight.signed.hash) {
                    Some(outcome) => {
                        active = true;
                        self.landed(flight, &outcome, ghosts, now);
                    }
                    None => kept.push_back(flight),
                }
            }
            // Nothing was added meanwhile: only `fill` sends, only `watch` gives up.
            *(if ghosts { &mut self.ghosts } else { &mut self.flights }) = kept;
        }
        active
    }

    fn landed(&mut self, flight: Flight, outcome: &Outcome, is_ghost: bool, now: Duration) {
        let metrics = &self.shared.metrics;
        metrics.gas_used.add(outcome.gas_used);
        metrics.gas_wanted.add(outcome.gas_wanted);
        if let Some(error) = outcome.error(&self.address) {
            metrics.txs_failed.add(1);
            warn!(sender = self.address, tx = outcome.hash, height = outcome.height, %error, "transaction failed");
            if !is_ghost {
                self.failed(flight, error, now);
            }
            return;
        }
        metrics.txs_done.add(1);
        self.cheer();
        let mut told = Told::default();
        for (at, loads) in flight.pack.messages().iter().enumerate() {
            let answer = match outcome.responses.get(at) {
                Some(Response::Data(data)) => from_json::<SubmitBatchesResponse>(data).ok(),
                _ => None,
            };
            match answer.filter(|answer| answer.outcomes.len() == loads.len()) {
                Some(answer) => {
                    for (load, each) in loads.iter().zip(answer.outcomes) {
                        self.judged(load, each, flight.number, outcome, &mut told, now);
                    }
                }
                None => {
                    error!(tx = outcome.hash, message = at, "the oracle's answer can't be read");
                    self.land(loads.iter().map(|load| load.name), flight.number);
                }
            }
        }
        // What did nothing is cheap, and tells nothing of what will do something.
        if told.accepted > 0 && told.repeated + told.refused + told.back == 0 {
            self.model.used(flight.pack.shape(), outcome.gas_used);
            self.limits.batches = self.limits.batches.saturating_mul(2).min(BATCHES);
        }
        info!(
            sender = self.address,
            tx = outcome.hash,
            height = outcome.height,
            gas_used = outcome.gas_used,
            gas_wanted = outcome.gas_wanted,
            batches = flight.pack.shape().batches,
            items = flight.pack.shape().items,
            accepted = told.accepted,
            repeated = told.repeated,
            refused = told.refused,
            back = told.back,
            "transaction"
        );
    }

    fn judged(
        &mut self,
        load: &Load,
        each: vrs_interface::oracle::Outcome,
        flight: u64,
        outcome: &Outcome,
        told: &mut Told,
        now: Duration,
    ) {
        let Name { device, sequence } = load.name;
        let tx = Some((outcome.hash.clone(), outcome.height));
        match Verdict::of(each) {
            Verdict::Gone(fate) => {
                match &fate {
                    Fate::Done(taken) if taken.how == How::Accepted => told.accepted += 1,
                    Fate::Done(_) => told.repeated += 1,
                    Fate::Refused(_) => told.refused += 1,
                }
                self.finish(load.name, fate, tx);
                if let Some(device) = self.devices.get_mut(&device) {
                    device.cheer();
                }
            }
            Verdict::Free(fate) => {
                told.refused += 1;
                self.finish(load.name, fate, tx);
                if let Some(device) = self.devices.get_mut(&device) {
                    device.next = None;
                }
            }
            Verdict::Ask => {
                told.back += 1;
                self.shared.metrics.retries.add(1);
                self.land(std::iter::once(load.name), flight);
            }
            Verdict::Wait(why) => {
                told.back += 1;
                self.land(std::iter::once(load.name), flight);
                // Those behind it in the same transaction follow; it is said once.
                let due = self.devices.get(&device);
                if due.is_some_and(|entry| entry.batches.contains_key(&sequence) && entry.wait.is_none()) {
                    self.hold(device, why, now);
                }
            }
        }
    }

    /// A batch's file goes. Counted once, however often it is told.
    pub(super) fn finish(&mut self, name: Name, fate: Fate, tx: Option<(String, u64)>) {
        let known = self.devices.get_mut(&name.device);
        if !known.is_some_and(|device| device.remove(name.sequence)) {
            return;
        }
        let metrics = &self.shared.metrics;
        match &fate {
            Fate::Done(taken) => {
                let items = u64::from(taken.items);
                match taken.how {
                    How::Accepted => {
                        metrics.accepted.add(1);
                        metrics.items.add(items);
                    }
                    How::Repeat | How::Earlier => {
                        metrics.repeated.add(1);
                        metrics.items_repeated.add(items);
                    }
                }
                metrics.dropped.add(taken.dropped.len() as u64);
            }
            Fate::Refused(reason) => {
                metrics.refused.add(1);
                let tx = tx.as_ref().map(|(hash, _)| hash.as_str());
                error!(device = name.device, sequence = name.sequence, reason, tx, "refused");
            }
        }
        self.moves.push(Move { name, fate, tx });
    }

    /// A transaction did nothing: its batches wait again.
    pub(super) fn failed(&mut self, flight: Flight, error: TxError, now: Duration) {
        self.land(flight.pack.names(), flight.number);
        self.drop_draft();
        match error {
            TxError::OutOfGas { .. } => self.short_of_gas(&flight.pack, flight.signed.gas, now),
            TxError::Contract { reason, .. } => self.poisoned(&flight.pack, reason, now),
            TxError::Sequence { .. } => self.sequence = None,
            error => {
                self.sequence = None;
                self.trouble(now, "transaction", &error);
            }
        }
    }

    /// More is given from now on; where a single batch has had the most there is, its device waits.
    pub(super) fn short_of_gas(&mut self, pack: &Pack, gas: u64, now: Duration) {
        match pack.names().next() {
            Some(name) if pack.shape().batches == 1 && gas >= self.limits.gas => {
                self.hold(name.device, Why::TooLarge, now);
            }
            _ => self.model.short(pack.shape(), gas),
        }
    }

    /// A contract fails on some batch: halves find which, one transaction at a time. That one's device waits, the
    /// others go on, and transactions that take all they hold grow again.
    pub(super) fn poisoned(&mut self, pack: &Pack, reason: String, now: Duration) {
        match pack.names().next() {
            Some(name) if pack.shape().batches == 1 => self.hold(name.device, Why::Contract(reason), now),
            _ => self.limits.batches = self.limits.batches.min(pack.shape().batches / 2).max(1),
        }
    }

    /// What is not sent yet waits again: numbers before it may have come back.
    pub(super) fn drop_draft(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        self.land(draft.names(), self.number);
    }

    pub(super) fn land(&mut self, names: impl Iterator<Item = Name>, flight: u64) {
        for Name { device, sequence } in names {
            if let Some(device) = self.devices.get_mut(&device) {
                device.land(sequence, flight);
            }
        }
    }
}

/// What a transaction did, for the log.
#[derive(Default)]
struct Told {
    accepted: u32,
    repeated: u32,
    refused: u32,
    back: u32,
}
