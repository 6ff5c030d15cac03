//! `vrs sign`: the agent beside a till. Reads receipts, keeps its log, fills a spool folder.

use crate::agent::{
    sign_receipts, Device, DeviceError, DeviceKey, Identity, Log, Outbox, Refusal, Refused, Sale, Seeds, SignedBatch,
    Spans,
};
use crate::calendar::Calendar;
use crate::chain::{db, AddressBook, Name as Contract, Party};
use crate::cli::SignArgs;
use crate::contradictions::{Contradiction, Contradictions, Entry};
use crate::failure::{InputError, UsageError};
use crate::input::receipts::{self, Channel, ReceiptRow};
use crate::remote::Place;
use anyhow::{bail, Context as _, Result};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use vrs_attestation::leaf::channel;
use vrs_attestation::{Envelope, Kind, Leaf as _, Receipt};
use vrs_days::PARTS;
use vrs_relay::name::Name;
use vrs_relay::spool::{DONE, REFUSED};

/// What came of a call.
pub struct Signed {
    /// What people are told on stdout.
    pub text: String,
    /// Rows that were dropped though they are no repeats.
    pub contradictions: Contradictions,
}

/// Signs what the arguments name.
///
/// Errors: where the arguments, the file, the key or the log are not as described; and where the spool holds a batch
/// that the log does not know: under its number another one would be sealed.
pub fn sign(args: &SignArgs) -> Result<Signed> {
    if let Some(path) = &args.new_key {
        let key = DeviceKey::create(path)?;
        return Ok(Signed {
            text: format!("ed25519 {}\n", hex::encode(key.public().as_bytes())),
            contradictions: Contradictions::default(),
        });
    }
    let (receipts, key, path, spool) = match (&args.receipts, &args.key, &args.log, &args.spool) {
        (Some(receipts), Some(key), Some(log), Some(spool)) => (receipts, key, log, spool),
        _ => return Err(UsageError("expected RECEIPTS, --key, --log and --spool".into()).into()),
    };
    let rows = receipts::read(receipts)?;
    let setting = Setting::new(args, &rows)?;
    let sales = setting.sales(receipts, &rows, args.merchant)?;
    let key = DeviceKey::load(key)?;
    let number = setting.identity.device;
    let mut device = Device::new(setting.identity, key, Log::open(path)?, Seeds::Random)?;
    let mut out = Spool::begin(spool, device.log(), number)?;
    sign_receipts(&mut device, &setting.spans, &sales, &mut out)?;
    drop(device);
    let contradictions = Contradictions::new(receipts, contradicting(&out.refused, &sales, &rows, path)?);
    Ok(Signed {
        text: out.text(&rows, &contradictions),
        contradictions,
    })
}

/// The refused rows beside what the log holds under their numbers.
fn contradicting(refused: &[Refused], sales: &[Sale], rows: &[ReceiptRow], log: &Path) -> Result<Vec<Contradiction>> {
    let refused: BTreeSet<usize> = refused
        .iter()
        .filter(|refused| refused.reason == Refusal::DuplicateReceipt)
        .map(|refused| refused.row)
        .collect();
    if refused.is_empty() {
        return Ok(vec![]);
    }
    let logged = logged(log)?;
    let found = |sale: &Sale| {
        let row = rows.get(sale.row)?;
        Some(Contradiction {
            line: row.line,
            merchant: row.merchant,
            receipt: row.receipt,
            signed: *logged.get(&sale.number)?,
            row: Entry {
                amount: u64::try_from(sale.amount).ok()?,
                customer: u64::from(sale.customer),
                day: sale.moment.day,
            },
        })
    };
    let sales = sales.iter().filter(|sale| refused.contains(&sale.row));
    Ok(sales.filter_map(found).collect())
}

/// What a log holds, by receipt number. Its lines were checked when it was opened.
fn logged(log: &Path) -> Result<BTreeMap<u64, Entry>> {
    let text = fs::read_to_string(log).with_context(|| log.display().to_string())?;
    let mut told = BTreeMap::new();
    for line in text.lines() {
        let bytes = hex::decode(line.split(' ').next().unwrap_or_default())?;
        let envelope = Envelope::parse_frame(&bytes)?;
        for leaf in envelope.leaves() {
            let receipt = Receipt::decode(leaf)?;
            let sale = Entry {
                amount: receipt.amount,
                customer: u64::from(receipt.customer),
                day: envelope.day(),
            };
            told.entry(receipt.number).or_insert(sale);
        }
    }
    Ok(told)
}

/// What signatures are bound to, and whose receipts they are.
struct Setting {
    identity: Identity,
    spans: Spans,
    /// Customers' ids to member numbers; none where the file holds numbers.
    customers: Option<BTreeMap<u64, u32>>,
}

impl Setting {
    fn new(args: &SignArgs, rows: &[ReceiptRow]) -> Result<Self> {
        match (&args.run, &args.chain) {
            (Some(dir), _) => Self::of_run(dir, args),
            (None, Some(file)) => Self::of_chain(file, args, rows),
            (None, None) => Self::told(args),
        }
    }

    /// Everything stands in the arguments.
    fn told(args: &SignArgs) -> Result<Self> {
        let (chain_id, oracle, device, day_1) = match (&args.chain_id, &args.oracle, args.device, &args.day_1) {
            (Some(chain_id), Some(oracle), Some(device), Some(day_1)) => (chain_id, oracle, device, day_1),
            _ => {
                let expected = "expected --run, --chain, or --chain-id, --oracle, --device and --day-1";
                return Err(UsageError(expected.into()).into());
            }
        };
        let start: Timestamp = day_1.parse().map_err(|_| {
            UsageError(format!(
                "--day-1: expected a moment like 2017-01-01T00:00:00Z, got {day_1:?}"
            ))
        })?;
        Ok(Setting {
            identity: terminal(device, chain_id, oracle),
            spans: Spans {
                start: start.as_second(),
                first_day: 1,
                day_seconds: PARTS,
                minutes: args.batch_minutes,
            },
            customers: None,
        })
    }

    /// A finished run on the embedded chain.
    fn of_run(dir: &Path, args: &SignArgs) -> Result<Self> {
        let meta = db::Reader::open(dir)?.meta()?;
        let merchant = args.merchant.context("--merchant")?;
        let oracle = meta.head.contracts.get(&Contract::Oracle).context("no oracle")?;
        Ok(Setting {
            identity: terminal(terminal_of(&meta.book, merchant)?, &meta.head.chain_id, oracle.as_str()),
            spans: match &meta.calendar {
                Some(calendar) => Spans::of_files(calendar, args.batch_minutes),
                None => Spans::of_chain(&meta.clock, args.batch_minutes),
            },
            customers: Some(customers(&meta.book)),
        })
    }

    /// A real chain: its deployment, and whom runs registered there. No node is asked.
    fn of_chain(file: &Path, args: &SignArgs, rows: &[ReceiptRow]) -> Result<Self> {
        let place = Place::open(file)?;
        let deployment = place.deployment()?;
        let oracle = deployment
            .contracts
            .get(Contract::Oracle.as_str())
            .context("no oracle")?;
        let book = place.members()?.book;
        let device = match (args.device, args.merchant) {
            (Some(device), _) => device,
            (None, Some(merchant)) => terminal_of(&book, merchant)?,
            (None, None) => return Err(UsageError("expected --device or --merchant".into()).into()),
        };
        let first = rows.iter().map(|row| row.time).min();
        let spans = match (args.first_day, first) {
            (Some(day), Some(first)) => {
                let offset = place.economy()?.economy.calendar.offset_minutes;
                let calendar = Calendar::from_midnight(first, day, offset);
                Spans::of_files(&calendar, args.batch_minutes)
            }
            _ => Spans::of_chain(deployment.clock.as_ref().context("no clock")?, args.batch_minutes),
        };
        Ok(Setting {
            identity: terminal(device, &deployment.chain_id, &oracle.address),
            spans,
            customers: args.merchant.is_some().then(|| customers(&book)),
        })
    }

    /// The rows to sign, in the order of time.
    fn sales(&self, file: &Path, rows: &[ReceiptRow], merchant: Option<u64>) -> Result<Vec<Sale>, InputError> {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows.get(*row).map(|receipt| receipt.time));
        let mut sales = vec![];
        for row in order {
            let Some(receipt) = rows.get(row) else { continue };
            if merchant.is_some_and(|merchant| merchant != receipt.merchant) {
                continue;
            }
            let fault = |column, reason: String| InputError::at(file, receipt.line, column, reason);
            let customer = match &self.customers {
                Some(numbers) => numbers.get(&receipt.customer).copied(),
                None => u32::try_from(receipt.customer).ok(),
            };
            sales.push(Sale {
                row,
                moment: self
                    .spans
                    .locate(receipt.time)
                    .ok_or_else(|| fault(1, format!("timestamp: {} lies before day 1", receipt.timestamp)))?,
                customer: customer.ok_or_else(|| fault(3, format!("customer: {} is no member", receipt.customer)))?,
                number: receipt.receipt,
                amount: receipt.amount,
                channel: match receipt.channel {
                    Channel::Store => channel::STORE,
                    Channel::External => channel::EXTERNAL,
                },
            });
        }
        Ok(sales)
    }
}

/// What a terminal's signatures are bound to.
fn terminal(device: u32, chain_id: &str, oracle: &str) -> Identity {
    Identity {
        device,
        kind: Kind::Terminal,
        chain_id: chain_id.to_owned(),
        oracle: oracle.to_owned(),
    }
}

/// Number of a merchant's terminal.
fn terminal_of(book: &AddressBook, merchant: u64) -> Result<u32, UsageError> {
    let mut devices = book.devices();
    let found = devices.find(|device| device.is_terminal && device.id == merchant);
    let device = found.ok_or_else(|| UsageError(format!("merchant {merchant} has no terminal there")))?;
    Ok(device.device)
}

/// Customers' ids to member numbers.
fn customers(book: &AddressBook) -> BTreeMap<u64, u32> {
    let customers = book.members().filter(|entry| entry.party == Party::Customer);
    customers.map(|entry| (entry.id, entry.member)).collect()
}

/// A folder of sealed batches, one file each: `<device>-<sequence>.batch`.
struct Spool {
    folder: PathBuf,
    batches: usize,
    receipts: usize,
    refused: Vec<Refused>,
}

impl Spool {
    /// Opens the folder. The log's last batch is put there again, unless it went on its way: a crash may have come
    /// between.
    ///
    /// Errors: where the folder, or `done/` or `refused/` within it, holds a batch of the device that the log does not
    /// know. Nothing was sealed then.
    fn begin(folder: &Path, log: &Log, device: u32) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        for place in places(folder) {
            if let Some(unknown) = newest(&place, device)?.filter(|newest| newest.sequence >= log.next()) {
                bail!(
                    "{}: the log does not know this batch, its own last one is number {}: it is not the whole log of \
                     device {device}; bring that log back, or register another device",
                    place.join(unknown.to_string()).display(),
                    log.next().saturating_sub(1)
                );
            }
        }
        let spool = Spool {
            folder: folder.to_owned(),
            batches: 0,
            receipts: 0,
            refused: vec![],
        };
        if !log.last().is_empty() {
            spool.put(log.last())?;
        }
        Ok(spool)
    }

    /// Writes a batch under its name, unless it lies here or went on its way; on disk when this returns.
    ///
    /// Errors: [`DeviceError::Spool`] where another batch has its name: that one stays.
    fn put(&self, envelope: &[u8]) -> Result<(), DeviceError> {
        let named = Envelope::parse_frame(envelope).map_err(|error| DeviceError::Signature(error.to_string()))?;
        let name = Name {
            device: named.device(),
            sequence: named.sequence(),
        };
        let name = name.to_string();
        for path in places(&self.folder).map(|place| place.join(&name)) {
            let is_known = is_same(&path, envelope).map_err(|source| DeviceError::Spool { path, source })?;
            if is_known {
                return Ok(());
            }
        }
        let path = self.folder.join(&name);
        let write = || {
            let mut file = tempfile::Builder::new().prefix(".batch-").tempfile_in(&self.folder)?;
            file.write_all(envelope)?;
            file.as_file().sync_all()?;
            file.persist_noclobber(&path).map_err(|error| error.error)?;
            fs::File::open(&self.folder)?.sync_all()
        };
        write().map_err(|source| DeviceError::Spool {
            path: path.clone(),
            source,
        })
    }

    fn text(&self, rows: &[ReceiptRow], contradictions: &Contradictions) -> String {
        let mut text = format!("{} receipts signed in {} batches\n", self.receipts, self.batches);
        for refused in &self.refused {
            if let Some(row) = rows.get(refused.row) {
                let _ = writeln!(
                    text,
                    "line {}: receipt {} {}",
                    row.line,
                    row.receipt,
                    refused.reason.name()
                );
            }
        }
        if let Some(summary) = contradictions.summary() {
            let _ = writeln!(text, "{summary}");
        }
        text
    }
}

/// Where a batch of a spool may lie: waiting, taken by the oracle, refused by it.
fn places(folder: &Path) -> [PathBuf; 3] {
    [folder.to_owned(), folder.join(DONE), folder.join(REFUSED)]
}

/// The device's batch with the highest number in a folder; none where there is no folder.
fn newest(folder: &Path, device: u32) -> Result<Option<Name>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    let mut newest = None;
    for entry in entries {
        let file = entry.with_context(|| folder.display().to_string())?.file_name();
        let name = file.to_str().and_then(Name::parse);
        newest = newest.max(name.filter(|name| name.device == device));
    }
    Ok(newest)
}

/// Whether a file holds these bytes; false where there is none.
///
/// Errors: where it holds others, or can't be read.
fn is_same(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    match fs::read(path) {
        Ok(found) if found == bytes => Ok(true),
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "another batch lies here under this number; nothing was replaced",
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

impl Outbox for Spool {
    fn batch(&mut self, batch: SignedBatch) -> Result<(), DeviceError> {
        self.put(&batch.envelope)?;
        self.batches += 1;
        self.receipts += batch.rows.len();
        Ok(())
    }

    fn refused(&mut self, refused: Refused) {
        self.refused.push(refused);
    }
}
