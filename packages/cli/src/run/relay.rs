//! Carries signed batches to the oracle and notes what fell.

use super::sign::SignedDevice;
use super::Plan;
use crate::agent::SignedBatch;
use crate::chain::{Chain, Name};
use crate::deploy::Accounts;
use anyhow::{bail, Context as _, Result};
use cosmwasm_std::{from_json, Binary};
use std::collections::{BTreeMap, BTreeSet};
use vrs_attestation::Envelope;
use vrs_days::Day;
use vrs_interface::oracle::{ExecuteMsg, FirstOutcome, Outcome, SubmitBatchesResponse};

/// Most batches of one message.
const BATCHES: usize = 200;
/// Most bytes of one message's batches, so that a transaction stays small.
const BYTES: usize = 150_000;

/// Batches that the chain has, by device and number: root and what they did.
pub type Taken = BTreeMap<(u32, u32), (Binary, FirstOutcome)>;

/// A row that did not become an order or reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drop {
    /// The row's place in the plan.
    pub row: usize,
    /// Why.
    pub reason: &'static str,
}

/// What fell, by file.
#[derive(Clone, Debug, Default)]
pub struct Drops {
    /// Of the receipts.
    pub receipts: Vec<Drop>,
    /// Of the readings.
    pub readings: Vec<Drop>,
}

/// Who takes part in a day, as member ids of the files.
#[derive(Clone, Debug, Default)]
pub struct Participants {
    /// Merchants with an order.
    pub merchants: BTreeSet<u64>,
    /// Customers with an order.
    pub customers: BTreeSet<u64>,
    /// Accounts with a reading.
    pub accounts: BTreeSet<u64>,
}

/// One batch on its way.
#[derive(Clone, Copy)]
pub struct Parcel<'a> {
    /// Whether it holds receipts; else readings.
    pub is_terminal: bool,
    /// The device's number.
    pub device: u32,
    /// What it signed.
    pub batch: &'a SignedBatch,
}

impl Parcel<'_> {
    /// Day and part of it from which it may be relayed.
    pub fn due(&self) -> (Day, u32) {
        (self.batch.day, self.batch.due)
    }
}

/// All batches in the order in which they are due; those of one device keep theirs.
pub fn parcels(signed: &[SignedDevice]) -> Vec<Parcel<'_>> {
    let mut parcels: Vec<Parcel> = vec![];
    for device in signed {
        parcels.extend(device.signing.batches.iter().map(|batch| Parcel {
            is_terminal: device.is_terminal,
            device: device.device,
            batch,
        }));
    }
    parcels.sort_by_key(|parcel| (parcel.due(), parcel.device));
    parcels
}

/// Cuts parcels of one moment into messages.
pub fn messages<'a, 'b>(parcels: &'b [Parcel<'a>]) -> Vec<&'b [Parcel<'a>]> {
    let mut messages = vec![];
    let (mut from, mut bytes) = (0, 0);
    for (at, parcel) in parcels.iter().enumerate() {
        let size = parcel.batch.envelope.len();
        if at > from && (at - from >= BATCHES || bytes + size > BYTES) {
            messages.extend(parcels.get(from..at));
            (from, bytes) = (at, 0);
        }
        bytes += size;
    }
    messages.extend(parcels.get(from..).filter(|rest| !rest.is_empty()));
    messages
}

/// Submits one message; enters what fell and who took part.
pub fn submit(
    chain: &mut Chain,
    accounts: &Accounts,
    plan: &Plan,
    parcels: &[Parcel],
    drops: &mut Drops,
    mut took_part: impl FnMut(Day, &dyn Fn(&mut Participants)),
) -> Result<()> {
    let batches = parcels
        .iter()
        .map(|parcel| Binary::from(parcel.batch.envelope.as_slice()))
        .collect();
    let tx = chain.submit(&accounts.relayer, Name::Oracle, &ExecuteMsg::SubmitBatches { batches })?;
    let answer: SubmitBatchesResponse = from_json(tx.data.unwrap_or_default()).context("submit_batches")?;
    if answer.outcomes.len() != parcels.len() {
        bail!("expected {} outcomes, got {}", parcels.len(), answer.outcomes.len());
    }
    for (parcel, outcome) in parcels.iter().zip(answer.outcomes) {
        enter(plan, parcel, outcome, drops, &mut took_part)?;
    }
    Ok(())
}

/// Enters what became of a batch that an earlier call of this run sent; whether one did.
///
/// Errors: where the chain has another batch under its number.
pub fn recognise(
    plan: &Plan,
    parcel: &Parcel,
    taken: &Taken,
    drops: &mut Drops,
    mut took_part: impl FnMut(Day, &dyn Fn(&mut Participants)),
) -> Result<bool> {
    let envelope = Envelope::parse_frame(&parcel.batch.envelope)?;
    let Some((root, first)) = taken.get(&(parcel.device, envelope.sequence())) else {
        return Ok(false);
    };
    if root.as_slice() != envelope.root() {
        bail!(
            "device {}, batch {}: expected the root {}, the chain has {}",
            parcel.device,
            envelope.sequence(),
            hex::encode(envelope.root()),
            hex::encode(root)
        );
    }
    let outcome = Outcome::Repeat { first: first.clone() };
    enter(plan, parcel, outcome, drops, &mut took_part)?;
    Ok(true)
}

/// Enters which rows of a batch fell, and who took part.
fn enter(
    plan: &Plan,
    parcel: &Parcel,
    outcome: Outcome,
    drops: &mut Drops,
    took_part: &mut impl FnMut(Day, &dyn Fn(&mut Participants)),
) -> Result<()> {
    let fallen = fallen(parcel, outcome)?;
    for (item, row) in parcel.batch.rows.iter().copied().enumerate() {
        if let Some(reason) = fallen.get(item).copied().flatten() {
            let list = if parcel.is_terminal {
                &mut drops.receipts
            } else {
                &mut drops.readings
            };
            list.push(Drop { row, reason });
            continue;
        }
        let enter = |day: &mut Participants| {
            if parcel.is_terminal {
                if let Some(receipt) = plan.receipts.get(row) {
                    day.merchants.insert(receipt.merchant);
                    day.customers.insert(receipt.customer);
                }
            } else if let Some(reading) = plan.meters.as_ref().and_then(|rows| rows.get(row)) {
                day.accounts.insert(reading.account);
            }
        };
        took_part(parcel.batch.day, &enter);
    }
    Ok(())
}

/// For each item of a batch the reason why it fell, if it did.
fn fallen(parcel: &Parcel, outcome: Outcome) -> Result<Vec<Option<&'static str>>> {
    let items = parcel.batch.rows.len();
    // What an earlier call of an interrupted run sent, and what was under way when it ended.
    let outcome = match outcome {
        Outcome::Repeat {
            first: FirstOutcome::Accepted { items, dropped },
        } => Outcome::Accepted { items, dropped },
        Outcome::Repeat {
            first: FirstOutcome::Refused { reason },
        } => Outcome::Refused { reason },
        outcome => outcome,
    };
    match outcome {
        Outcome::Accepted { dropped, .. } => {
            let mut fallen = vec![None; items];
            for item in dropped {
                match fallen.get_mut(usize::from(item.item)) {
                    Some(reason) => *reason = Some(item.reason.name()),
                    None => bail!("device {}: item {} of {items} fell", parcel.device, item.item),
                }
            }
            Ok(fallen)
        }
        Outcome::Refused { reason } if reason.uses_number() => Ok(vec![Some(reason.name()); items]),
        // Anything else is a fault of this program.
        other => bail!(
            "device {}: a batch of day {} met {other:?}",
            parcel.device,
            parcel.batch.day
        ),
    }
}
