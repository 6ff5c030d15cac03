//! Batch records: no gap, and each with its signed envelope in the transaction history.

use super::answers::Door;
use super::envelopes::{same_kind, submitted, taken, Verifier};
use super::names::Names;
use super::tally::{holds, same, Tally};
use crate::chain::Tx;
use crate::failure::Difference;
use anyhow::Result;
use cosmwasm_std::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use vrs_attestation::Envelope;
use vrs_interface::oracle::{BatchResponse, DeviceId, DeviceResponse, FirstOutcome};

/// Records of a device that pruning leaves.
const KEPT: u32 = 64;

/// Everything that batch records are compared with.
pub struct Batches<'a> {
    /// What the oracle answers.
    door: &'a Door,
    names: &'a Names,
    devices: BTreeMap<DeviceId, &'a DeviceResponse>,
    records: BTreeMap<(DeviceId, u32), &'a BatchResponse>,
    /// Records whose signed envelope was found.
    proven: BTreeSet<(DeviceId, u32)>,
    /// Whether old records may be pruned.
    pruned: bool,
}

/// A batch that used up its number, in the order of arrival.
pub struct Taken<'a> {
    /// The batch.
    pub envelope: &'a Envelope<'a>,
    /// Its device.
    pub device: &'a DeviceResponse,
    /// What it did.
    pub outcome: FirstOutcome,
}

impl<'a> Batches<'a> {
    /// Records by device and sequence.
    pub fn new(door: &'a Door, names: &'a Names, now: Timestamp) -> Self {
        let by_number = |batch: &'a BatchResponse| ((batch.device, batch.sequence), batch);
        Batches {
            door,
            names,
            devices: door.devices.iter().map(|device| (device.device, device)).collect(),
            records: door.batches.iter().map(by_number).collect(),
            proven: BTreeSet::new(),
            pruned: door.config.clock.day(now) > door.config.history_days,
        }
    }

    /// Every device's records run without a gap up to the number that it expects next.
    pub fn gapless(&self, tally: &mut Tally) -> Result<(), Difference> {
        for device in &self.door.devices {
            let at = |what: &str| format!("{what} of {}", self.names.device(device.device));
            let mut sequences = self
                .records
                .range((device.device, 0)..=(device.device, u32::MAX))
                .map(|((_, sequence), _)| *sequence);
            let next = device.next_sequence;
            let first = sequences.next().unwrap_or(next);
            let lawful = self.pruned && first.saturating_add(KEPT) <= next;
            if first != 1 && lawful {
                tally.skip("old batch records are pruned", || at("records"));
            } else {
                let expected = if next == 1 { next } else { 1 };
                same(|| at("first sequence number"), expected, first)?;
            }
            let mut last = first;
            for sequence in sequences {
                same(|| at("sequence number"), last.saturating_add(1), sequence)?;
                last = sequence;
            }
            if next > 1 {
                same(|| at("last sequence number"), next - 1, last)?;
            }
            tally.count("devices", 1);
        }
        let unknown = self.door.batches.iter().find(|b| !self.devices.contains_key(&b.device));
        let told = unknown.map_or("none".to_owned(), |batch| format!("device #{}", batch.device));
        same(|| "batch records of unknown devices".into(), "none".to_owned(), told)
    }

    /// Compares the batches of one transaction with their records, verifies their signatures again and
    /// hands on each that used up its number.
    pub fn transaction(
        &mut self,
        tx: &Tx,
        verifier: &mut Verifier,
        tally: &mut Tally,
        mut found: impl FnMut(Taken) -> Result<()>,
    ) -> Result<()> {
        for (bytes, outcome) in submitted(tx)? {
            let Some(outcome) = taken(&outcome) else { continue };
            let envelope = Envelope::parse_frame(&bytes)?;
            let key = (envelope.device(), envelope.sequence());
            let at = |what: &str| {
                let device = self.names.device(key.0);
                format!("{what} of batch {} of {device}, block {},", key.1, tx.height)
            };
            let device = self.devices.get(&key.0).copied();
            let Some(device) = device else {
                return Ok(holds(|| at("device"), false, "a registered one", "no such device")?);
            };
            holds(
                || at("kind"),
                same_kind(device.kind, &envelope),
                format!("{:?}", device.kind),
                envelope.kind(),
            )?;
            match self.records.get(&key) {
                Some(record) => {
                    same(|| at("day"), envelope.day(), record.day)?;
                    let root = hex::encode(envelope.root());
                    same(|| at("root"), root, hex::encode(record.root.as_slice()))?;
                    let told = |outcome: &FirstOutcome| outcome_text(outcome);
                    same(|| at("outcome"), told(&outcome), told(&record.outcome))?;
                    if let FirstOutcome::Accepted { items, .. } = &record.outcome {
                        same(|| at("items"), envelope.count(), u32::from(*items))?;
                    }
                    let first = self.proven.insert(key);
                    holds(|| at("number"), first, "used up once", "used up again")?;
                }
                None => {
                    let pruned = self.pruned && key.1.saturating_add(KEPT) < device.next_sequence;
                    holds(|| at("record"), pruned, "one in the oracle", "none")?;
                    tally.skip(
                        "the batch's record is pruned: its root is that of the transaction",
                        || at("record"),
                    );
                }
            }
            verifier.check(&envelope, at)?;
            tally.count("signatures", 1);
            found(Taken {
                envelope: &envelope,
                device,
                outcome,
            })?;
        }
        Ok(())
    }

    /// Every record must have had its envelope.
    pub fn all_proven(&self, tally: &mut Tally) -> Result<(), Difference> {
        for (key, record) in &self.records {
            let at = || format!("signed envelope of batch {} of {}", key.1, self.names.device(key.0));
            let root = hex::encode(record.root.as_slice());
            holds(
                at,
                self.proven.contains(key),
                format!("one with root {root}"),
                "none in the transactions",
            )?;
            tally.count("batches", 1);
        }
        Ok(())
    }
}

/// `accepted 3 items, 1 dropped: 0 zero_amount`, `refused day_closed`.
pub fn outcome_text(outcome: &FirstOutcome) -> String {
    match outcome {
        FirstOutcome::Refused { reason } => format!("refused {}", reason.name()),
        FirstOutcome::Accepted { items, dropped } => {
            let plural = if *items == 1 { "item" } else { "items" };
            let mut text = format!("accepted {items} {plural}, {} dropped", dropped.len());
            for (at, item) in dropped.iter().enumerate() {
                let sign = if at == 0 { ':' } else { ',' };
                text.push_str(&format!("{sign} {} {}", item.item, item.reason.name()));
            }
            text
        }
    }
}
