//! `vrs run`: a file of receipts through the whole suite, on the embedded chain or a real one.

mod claims;
mod files;
mod folder;
mod live;
mod on_chain;
mod plan;
mod progress;
mod register;
mod relay;
mod sign;
mod summary;
mod tables;

pub use files::{Files, Paths};
pub use plan::Plan;
pub use relay::{Drop, Drops};
pub use summary::Summary;

use crate::agent::{Refusal, Spans};
use crate::chain::{db, AddressBook, Chain, Embedded};
use crate::cli::RunArgs;
use crate::contradictions::{Contradiction, Contradictions, Entry};
use crate::deploy;
use crate::input::receipts::ReceiptRow;
use crate::readback::Results;
use crate::report;
use anyhow::Result;
use folder::Folder;
use jiff::Timestamp;
pub use progress::Progress;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;
use vrs_days::Day;

/// Seed of the test keys that terminals and meters of a run sign with. Everybody knows it.
pub const TEST_SEED: u64 = 2017;

/// What `vrs run` is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files to read.
    pub paths: Paths,
    /// Folder for what is written.
    pub out: PathBuf,
    /// Minutes of a batch, 1 to 1440.
    pub batch_minutes: u32,
    /// Only so many days of the file.
    pub days: Option<u32>,
    /// Programme day that the file's first day is; on a real chain it is tomorrow.
    pub first_day: Day,
    /// Chain file of a real chain; the embedded one without it.
    pub chain: Option<PathBuf>,
}

impl From<RunArgs> for Options {
    fn from(args: RunArgs) -> Self {
        Options {
            paths: Paths {
                receipts: args.receipts,
                profiles: args.profiles,
                meters: args.meters,
                economy: args.economy,
            },
            out: args.out,
            batch_minutes: args.batch_minutes,
            days: args.days,
            first_day: args.first_day,
            chain: args.chain,
        }
    }
}

/// A finished run.
pub struct Finished {
    /// What `summary.json` holds.
    pub summary: Summary,
    /// What was read back.
    pub results: Results,
    /// Rows that were dropped though they are no repeats.
    pub contradictions: Contradictions,
}

impl Finished {
    /// What people are told on stdout.
    pub fn text(&self, options: &Options) -> String {
        let report = options.out.join("report.html");
        format!("{}{:<16}{}\n", self.summary.text(), "report", report.display())
    }
}

/// Reads the files, runs all days, reads everything back and writes the folder.
///
/// Errors: [`crate::failure::InputError`] before anything is written; any later one leaves the folder
/// as it was.
pub fn run(options: &Options) -> Result<Finished> {
    match &options.chain {
        None => embedded(options),
        Some(file) => on_chain::run(options, file),
    }
}

/// A run on the embedded chain, which lives through the days as fast as it can.
fn embedded(options: &Options) -> Result<Finished> {
    let began = Instant::now();
    let files = Files::read(&options.paths)?;
    let plan = Plan::new(files, options.days, options.first_day)?;
    let progress = Progress::new();
    let folder = Folder::begin(&options.out, &options.paths)?;
    let writer = db::Writer::create(&folder.path(db::FILE))?;

    progress.phase("deploying the contracts");
    let clock = plan.clock();
    let mut embedded = Embedded::new(Plan::eve(&clock, 1));
    embedded.keep_in(writer.sink());
    let mut chain = Chain::from(embedded);
    let economy = &plan.economy.economy;
    let accounts = deploy::deploy(&mut chain, economy, &clock)?;
    let late = plan.calendar.first_day > 1;
    if late {
        deploy::fund(&mut chain, economy, &accounts, &clock)?;
        chain.wait_until(Plan::eve(&clock, plan.calendar.first_day))?;
    }
    progress.phase("registering members, shops and terminals");
    let registered = register::register(&mut chain, &accounts, &plan, AddressBook::default(), &|_| Ok(()))?;
    if !late {
        deploy::fund(&mut chain, economy, &accounts, &clock)?;
    }
    progress.phase("signing receipts");
    let signed = sign::sign_all(&chain, &plan, &registered, options.batch_minutes)?;
    let lived = live::live(&mut chain, &accounts, &plan, &registered, &signed, &clock, &progress)?;

    progress.phase("reading the results back");
    let book = registered.book;
    let results = Results::read(&chain)?;
    progress.phase("writing the report and the chain's file");
    writer.finish(chain.embedded()?, &book, &plan.economy.text, &clock, &plan.calendar)?;
    let finished = write(
        &folder,
        &plan,
        &book,
        results,
        &lived.drops,
        chain.transactions(),
        began,
    )?;
    folder.publish()?;
    progress.done();
    Ok(finished)
}

/// Writes tables, report and summary.
fn write(
    folder: &Folder,
    plan: &Plan,
    book: &AddressBook,
    results: Results,
    drops: &Drops,
    transactions: u64,
    began: Instant,
) -> Result<Finished> {
    let contradictions = contradictions(plan, &drops.receipts);
    let summary = Summary::new(plan, &results, drops, &contradictions, transactions);
    tables::write(folder, plan, book, &results, drops)?;
    let summary = summary.timed(began.elapsed());
    folder.write(
        "report.html",
        report::page(plan, book, &results, drops, &summary)?.as_bytes(),
    )?;
    folder.write("summary.json", &summary.json()?)?;
    Ok(Finished {
        summary,
        results,
        contradictions,
    })
}

/// The first row of a merchant under a number.
#[derive(Clone, Copy)]
struct First {
    time: Timestamp,
    at: usize,
    sale: Entry,
}

/// The dropped rows that are another sale than what was signed under their number: that is the merchant's first row
/// with it that is no refund, in the order of time.
fn contradictions(plan: &Plan, drops: &[Drop]) -> Contradictions {
    let spans = Spans::of_files(&plan.calendar, 1_440);
    let told = |row: &ReceiptRow| {
        Some(Entry {
            amount: u64::try_from(row.amount).ok()?,
            customer: row.customer,
            day: spans.locate(row.time)?.day,
        })
    };
    let refused = drops
        .iter()
        .filter(|drop| drop.reason == Refusal::DuplicateReceipt.name());
    let refused: Vec<(usize, &ReceiptRow)> = refused
        .filter_map(|drop| Some((drop.row, plan.receipts.get(drop.row)?)))
        .collect();
    let mut signed: BTreeMap<(u64, u64), Option<First>> = BTreeMap::new();
    for (_, row) in &refused {
        signed.insert((row.merchant, row.receipt), None);
    }
    for (at, row) in plan.receipts.iter().enumerate() {
        if let (Some(first), Some(told)) = (signed.get_mut(&(row.merchant, row.receipt)), told(row)) {
            if first.is_none_or(|first| row.time < first.time) {
                *first = Some(First {
                    time: row.time,
                    at,
                    sale: told,
                });
            }
        }
    }
    let found = |(at, row): (usize, &ReceiptRow)| {
        let first = signed.get(&(row.merchant, row.receipt)).copied().flatten()?;
        Some(Contradiction {
            line: row.line,
            merchant: row.merchant,
            receipt: row.receipt,
            signed: first.sale,
            row: told(row).filter(|_| first.at != at)?,
        })
    };
    Contradictions::new(&plan.file, refused.into_iter().filter_map(found).collect())
}
