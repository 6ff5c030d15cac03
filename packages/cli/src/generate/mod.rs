//! Invented receipts and meter readings, to try the suite with more than a month of one town.
//!
//! The same plan gives the same bytes on every machine: integers only, ChaCha8, draws of our own
//! ([`dice`]). Files are written a day at a time, so their length has no bearing on memory.

mod calendar;
mod dice;
mod meters;
mod receipts;
#[cfg(test)]
mod tests;
mod town;

pub use meters::{write_meters, MeterPlan, METER_HEADER};
pub use receipts::{write_receipts, ReceiptPlan, RECEIPT_HEADER};

use crate::cli::{MetersArgs, ReceiptsArgs};
use crate::decimal::thousands;
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use flate2::write::GzEncoder;
use flate2::Compression;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What a generated file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows behind the header.
    pub rows: u64,
    /// Days.
    pub days: u32,
    /// Different merchants, or accounts.
    pub sellers: u64,
    /// Different customers, or metered units.
    pub buyers: u64,
    /// Rows for each thing a receipt can be refused for, zero, duplicate, refund; or 0.
    pub faults: [u64; 3],
}

/// `vrs generate receipts`: writes the file, and tells what is in it unless it went to stdout.
///
/// Errors: [`UsageError`] where the arguments ask for what does not exist; a file that can't be written.
pub fn receipts(args: &ReceiptsArgs) -> Result<String> {
    let plan = ReceiptPlan::try_from(args)?;
    plan.check()?;
    let summary = deliver(args.to.as_deref(), |out| write_receipts(&plan, out))?;
    Ok(summary.map_or(String::new(), |file| {
        let [zeros, duplicates, refunds] = file.faults.map(number);
        let (rows, days) = (number(file.rows), number(file.days));
        let (shops, customers) = (number(file.sellers), number(file.buyers));
        format!(
            "{rows} receipts of {shops} shops and {customers} customers on {days} days; \
             {zeros} of nothing, {duplicates} repeated, {refunds} refunds\n"
        )
    }))
}

/// `vrs generate meters`: writes the file, and tells what is in it unless it went to stdout.
///
/// Errors: [`UsageError`] where the arguments ask for what does not exist; a file that can't be written.
pub fn meters(args: &MetersArgs) -> Result<String> {
    let plan = MeterPlan::try_from(args)?;
    plan.check()?;
    let summary = deliver(args.to.as_deref(), |out| write_meters(&plan, out))?;
    Ok(summary.map_or(String::new(), |file| {
        let (rows, units) = (number(file.rows), number(file.buyers));
        let (accounts, days) = (number(file.sellers), number(file.days));
        format!("{rows} readings of {units} machines, files and products of {accounts} accounts on {days} days\n")
    }))
}

fn number(n: impl Display) -> String {
    thousands(&n.to_string())
}

/// Writes to a file, gzipped where its name ends with `.gz`, or to stdout; there it gives no summary.
fn deliver(to: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<Summary>) -> Result<Option<Summary>> {
    let Some(path) = to else {
        let mut out = BufWriter::new(io::stdout().lock());
        return match write(&mut out).and_then(|_| Ok(out.flush()?)) {
            Err(error) if !is_broken_pipe(&error) => Err(error),
            // Whoever closes the pipe has seen enough.
            _ => Ok(None),
        };
    };
    let place = || path.display().to_string();
    let mut file = BufWriter::new(File::create(path).with_context(place)?);
    let summary = if path.extension().is_some_and(|extension| extension == "gz") {
        let mut gzip = GzEncoder::new(&mut file, Compression::default());
        let summary = write(&mut gzip).with_context(place)?;
        gzip.finish().with_context(place)?;
        summary
    } else {
        write(&mut file).with_context(place)?
    };
    file.flush().with_context(place)?;
    Ok(Some(summary))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.downcast_ref().is_some_and(broken)
}

/// Whether a figure of a plan lies within its bounds.
fn bounded(name: &str, value: impl Into<u64> + Display, low: u64, high: u64) -> Result<(), UsageError> {
    let value = value.into();
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(UsageError(format!("{name}: expected {low} to {high}, got {value}")))
}
