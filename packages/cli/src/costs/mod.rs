//! `vrs costs`: what each message costs on a chain, by a storage that counts.

mod bench;
pub mod gas;
mod scenes;

pub use bench::Bench;
pub use scenes::Row;

use crate::decimal::counted;
use crate::run::Progress;
use anyhow::Result;
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Arguments of `costs`.
#[derive(Args, Debug)]
#[command(after_help = "\
Deploys the suite on the embedded chain, sends each message with real signatures while a wrapper around
every contract counts reads, writes, steps and bytes, and prices them as wasmd does, codes pinned.

Examples:
  vrs costs                          # prints the table
  vrs costs --out docs/costs.md      # writes the page (a few minutes: claims with 10,000 participants)
  vrs costs --quick                  # up to 100 participants; a few seconds")]
pub struct CostsArgs {
    /// File to write; stdout without it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// At most 100 participants.
    #[arg(long)]
    pub quick: bool,
}

/// Weighs everything; with `quick` with at most 100 participants.
pub fn weigh(quick: bool) -> Result<Vec<Row>> {
    let progress = Progress::new();
    let mut rows = vec![];
    progress.phase("receipts");
    rows.extend(scenes::one_shop()?);
    rows.extend(scenes::many_shops()?);
    for (days, others) in [(1, 1), (120, 1), (120, 99), (120, 999), (120, 9_999)] {
        if !quick || others < 100 {
            progress.phase(&format!("customers' claims: {days} days, {} participants", others + 1));
            rows.extend(scenes::claims(days, others)?);
        }
    }
    for (days, shops) in [(120, 2), (120, 100), (120, 1_000)] {
        if !quick || shops <= 2 {
            progress.phase(&format!("merchants' claims: {days} days, {shops} participants"));
            rows.extend(scenes::merchant_claims(days, shops)?);
        }
    }
    for count in [1, 10, 100] {
        rows.extend(scenes::claims_for(count)?);
    }
    for (accounts, days) in [(2, 120), (100, 120), (1_000, 120)] {
        if !quick || accounts <= 100 {
            progress.phase(&format!("mining: {days} days, {accounts} participants"));
            rows.extend(scenes::mining(accounts, days)?);
        }
    }
    rows.extend(scenes::others()?);
    progress.done();
    Ok(rows)
}

/// The page.
pub fn page(rows: &[Row]) -> String {
    let mut out = String::from(
        "# What a message costs\n\n\
         Written by `vrs costs --out docs/costs.md`: the suite on the embedded chain, real signatures, a wrapper around every\n\
         contract that counts, priced as wasmd does with pinned codes. A write costs 2,000 and 30 a byte, a read 1,000 and 3 a\n\
         byte, a delete 1,000, a step of a range 30 and 3 a byte (keys with their 33 bytes of prefix), a transaction byte 10,\n\
         ed25519 signatures together 260 and 70 each, an event 20 and its attributes 10 and a byte each. As measured on a chain\n\
         ([gas](gas.md)), a transaction costs 47,250 before it does anything, a call or reply 8,000, a query 5,700. Computing is\n\
         not counted: one gas pays 140,000 units of it, and whole messages were measured within 4% of what stands here.\n\
         Where a chain does not pin codes, add 58,000 for each contract that a message reaches.\n\n\
         Addresses have 32 bytes here; members with 20-byte addresses cost some 400 gas less a stored address.\n\n\
         | message | with | gas | each | aim | storage | calls | signatures | events | transaction |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for row in rows {
        let gas = &row.gas;
        let aim = row.aim.map_or(String::new(), |aim| {
            let mark = if row.each() <= aim { "✓" } else { "✗" };
            format!("{} {mark}", counted(aim))
        });
        let [total, each, storage, calls, signatures, events, transaction] = [
            gas.total(),
            row.each(),
            gas.storage,
            gas.calls,
            gas.signatures,
            gas.events,
            gas.transaction,
        ]
        .map(counted);
        let _ = writeln!(
            out,
            "| {} | {} | {total} | {each} | {aim} | {storage} | {calls} | {signatures} | {events} | {transaction} |",
            row.what, row.with
        );
    }
    out
}

/// Does what `vrs costs` says.
pub fn costs(args: &CostsArgs) -> Result<String> {
    let page = page(&weigh(args.quick)?);
    match &args.out {
        None => Ok(page),
        Some(path) => {
            std::fs::write(path, page)?;
            Ok(format!("{}\n", path.display()))
        }
    }
}
