//! Invented files: the same arguments give the same bytes on every machine. Integers only.

mod meters;
mod random;
mod receipts;

use crate::cli::{MetersArgs, ReceiptsArgs};
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use jiff::civil::Date;
use std::path::Path;

/// `vrs generate receipts`.
pub fn receipts(args: &ReceiptsArgs) -> Result<String> {
    hand_out(receipts::text(args, first_day(&args.from)?)?, args.to.as_deref())
}

/// `vrs generate meters`.
pub fn meters(args: &MetersArgs) -> Result<String> {
    hand_out(meters::text(args, first_day(&args.from)?)?, args.to.as_deref())
}

fn first_day(text: &str) -> Result<Date, UsageError> {
    let bad = || UsageError(format!("--from: expected a date like 2017-01-01, got {text:?}"));
    let date: Date = text.parse().map_err(|_| bad())?;
    if (1971..2400).contains(&date.year()) {
        Ok(date)
    } else {
        Err(bad())
    }
}

/// To a file, or to stdout.
fn hand_out(text: String, to: Option<&Path>) -> Result<String> {
    let Some(path) = to else { return Ok(text) };
    std::fs::write(path, text).with_context(|| path.display().to_string())?;
    Ok(String::new())
}
