//! Lets every terminal and meter sign what it reports, in parallel: each is a device of its own.

use super::register::{member_of, meter_label, terminal_label, Registration};
use super::{Plan, TEST_SEED};
use crate::agent::{sign_readings, sign_receipts, Device, DeviceKey, Identity, Log, Sale, Seeds, Signing, Spans};
use crate::chain::{Chain, Name, Party};
use crate::input::receipts::Channel;
use anyhow::{anyhow, Result};
use std::collections::BTreeMap;
use std::thread;
use vrs_attestation::leaf::channel;
use vrs_attestation::{Kind, Reading};

/// What a device signed.
pub struct SignedDevice {
    /// Its number.
    pub device: u32,
    /// Whether it reports receipts; else readings.
    pub is_terminal: bool,
    /// Batches and refused rows; row numbers are places in the plan's receipts or readings.
    pub signing: Signing,
}

/// Signs everything. Devices in the order of their numbers.
pub fn sign_all(chain: &Chain, plan: &Plan, registration: &Registration, minutes: u32) -> Result<Vec<SignedDevice>> {
    let door = Door {
        chain_id: chain.id().to_owned(),
        oracle: chain.address(Name::Oracle)?.to_string(),
    };
    let spans = Spans::of_files(&plan.calendar, minutes);
    let mut work = terminals(plan, registration, &spans)?;
    work.extend(meters(plan, registration, &spans)?);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = work.len().div_ceil(threads).max(1);
    let results = thread::scope(|scope| {
        let part = |part: &[Work]| part.iter().map(|work| work.sign(&door, &spans)).collect::<Vec<_>>();
        let handles: Vec<_> = work
            .chunks(share)
            .map(|chunk| scope.spawn(move || part(chunk)))
            .collect();
        let join = |handle: thread::ScopedJoinHandle<Vec<Result<SignedDevice>>>| {
            handle.join().map_err(|_| anyhow!("a signing thread failed"))
        };
        handles.into_iter().map(join).collect::<Result<Vec<_>>>()
    })?;
    results.into_iter().flatten().collect()
}

/// What signatures are bound to.
struct Door {
    chain_id: String,
    oracle: String,
}

/// A device and its rows in the order of time.
struct Work {
    device: u32,
    label: String,
    /// Sequence numbers that it signed on this chain already.
    signed: u32,
    rows: Rows,
}

enum Rows {
    Sales(Vec<Sale>),
    Readings(Vec<(usize, crate::agent::Moment, Reading)>),
}

impl Work {
    fn sign(&self, door: &Door, spans: &Spans) -> Result<SignedDevice> {
        let is_terminal = matches!(self.rows, Rows::Sales(_));
        let identity = Identity {
            device: self.device,
            kind: if is_terminal { Kind::Terminal } else { Kind::Meter },
            chain_id: door.chain_id.clone(),
            oracle: door.oracle.clone(),
        };
        let key = DeviceKey::test(TEST_SEED, &self.label);
        let mut device = Device::new(identity, key, Log::after(self.signed), Seeds::Derived(TEST_SEED))?;
        let mut signing = Signing::default();
        match &self.rows {
            Rows::Sales(sales) => sign_receipts(&mut device, spans, sales, &mut signing)?,
            Rows::Readings(readings) => sign_readings(&mut device, spans, readings, &mut signing)?,
        }
        Ok(SignedDevice {
            device: self.device,
            is_terminal,
            signing,
        })
    }
}

fn terminals(plan: &Plan, registration: &Registration, spans: &Spans) -> Result<Vec<Work>> {
    let mut order: Vec<usize> = (0..plan.receipts.len()).collect();
    // Rows of one moment stay in the order of the file.
    order.sort_by_key(|row| plan.receipts.get(*row).map(|receipt| receipt.time));
    let mut sales: BTreeMap<u64, Vec<Sale>> = BTreeMap::new();
    for row in order {
        let Some(receipt) = plan.receipts.get(row) else {
            continue;
        };
        let outside = || anyhow!("{} lies before the first day", receipt.timestamp);
        sales.entry(receipt.merchant).or_default().push(Sale {
            row,
            moment: spans.locate(receipt.time).ok_or_else(outside)?,
            customer: member_of(&registration.book, Party::Customer, receipt.customer)?,
            number: receipt.receipt,
            amount: receipt.amount,
            channel: match receipt.channel {
                Channel::Store => channel::STORE,
                Channel::External => channel::EXTERNAL,
            },
        });
    }
    let work = |(merchant, sales): (u64, Vec<Sale>)| {
        let missing = || anyhow!("merchant {merchant} has no terminal");
        let device = *registration.terminals.get(&merchant).ok_or_else(missing)?;
        Ok(Work {
            device,
            label: terminal_label(merchant),
            signed: registration.signed.get(&device).copied().unwrap_or(0),
            rows: Rows::Sales(sales),
        })
    };
    sales.into_iter().map(work).collect()
}

fn meters(plan: &Plan, registration: &Registration, spans: &Spans) -> Result<Vec<Work>> {
    let rows = plan.meters.as_deref().unwrap_or_default();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|row| rows.get(*row).map(|reading| reading.time));
    let mut readings: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    for at in order {
        let Some(row) = rows.get(at) else { continue };
        let outside = || anyhow!("{} lies before the first day", row.timestamp);
        let moment = spans.locate(row.time).ok_or_else(outside)?;
        let account = member_of(&registration.book, Party::Account, row.account)?;
        let reading = Reading::new(account, row.unit, row.measured);
        readings.entry(row.device).or_default().push((at, moment, reading));
    }
    let work = |(meter, readings): (u64, Vec<_>)| {
        let missing = || anyhow!("meter {meter} is not registered");
        let device = *registration.meters.get(&meter).ok_or_else(missing)?;
        Ok(Work {
            device,
            label: meter_label(meter),
            signed: registration.signed.get(&device).copied().unwrap_or(0),
            rows: Rows::Readings(readings),
        })
    };
    readings.into_iter().map(work).collect()
}
