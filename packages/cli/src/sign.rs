//! `vrs sign`: the agent beside a till. Reads receipts, keeps its log, fills a spool folder.

use crate::agent::{
    sign_receipts, Device, DeviceError, DeviceKey, Identity, Log, Outbox, Refused, Sale, Seeds, SignedBatch, Spans,
};
use crate::chain::{db, Name, Party};
use crate::cli::SignArgs;
use crate::failure::{InputError, UsageError};
use crate::input::receipts::{self, Channel, ReceiptRow};
use anyhow::{Context as _, Result};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use vrs_attestation::leaf::channel;
use vrs_attestation::{Envelope, Kind};
use vrs_days::PARTS;

/// Signs what the arguments name; answers what people are told.
pub fn sign(args: &SignArgs) -> Result<String> {
    if let Some(path) = &args.new_key {
        let key = DeviceKey::create(path)?;
        return Ok(format!("ed25519 {}\n", hex::encode(key.public().as_bytes())));
    }
    let (receipts, key, log, spool) = match (&args.receipts, &args.key, &args.log, &args.spool) {
        (Some(receipts), Some(key), Some(log), Some(spool)) => (receipts, key, log, spool),
        _ => return Err(UsageError("expected RECEIPTS, --key, --log and --spool".into()).into()),
    };
    let rows = receipts::read(receipts)?;
    let setting = Setting::new(args)?;
    let sales = setting.sales(receipts, &rows, args.merchant)?;
    let key = DeviceKey::load(key)?;
    let mut device = Device::new(setting.identity, key, Log::open(log)?, Seeds::Random)?;
    let mut out = Spool::begin(spool, device.log())?;
    sign_receipts(&mut device, &setting.spans, &sales, &mut out)?;
    Ok(out.text(&rows))
}

/// What signatures are bound to, and whose receipts they are.
struct Setting {
    identity: Identity,
    spans: Spans,
    /// Customers' ids to member numbers; none where the file holds numbers.
    customers: Option<BTreeMap<u64, u32>>,
}

impl Setting {
    fn new(args: &SignArgs) -> Result<Self> {
        let minutes = args.batch_minutes;
        if let (Some(dir), Some(merchant)) = (&args.chain, args.merchant) {
            return Self::of_chain(dir, merchant, minutes);
        }
        let (chain_id, oracle, device, day_1) = match (&args.chain_id, &args.oracle, args.device, &args.day_1) {
            (Some(chain_id), Some(oracle), Some(device), Some(day_1)) => (chain_id, oracle, device, day_1),
            _ => {
                return Err(UsageError("expected --chain, or --chain-id, --oracle, --device and --day-1".into()).into())
            }
        };
        let start: Timestamp = day_1.parse().map_err(|_| {
            UsageError(format!(
                "--day-1: expected a moment like 2017-01-01T00:00:00Z, got {day_1:?}"
            ))
        })?;
        Ok(Setting {
            identity: Identity {
                device,
                kind: Kind::Terminal,
                chain_id: chain_id.clone(),
                oracle: oracle.clone(),
            },
            spans: Spans {
                start: start.as_second(),
                first_day: 1,
                day_seconds: PARTS,
                minutes,
            },
            customers: None,
        })
    }

    fn of_chain(dir: &Path, merchant: u64, minutes: u32) -> Result<Self> {
        let meta = db::Reader::open(dir)?.meta()?;
        let device = meta
            .book
            .devices()
            .find(|device| device.is_terminal && device.id == merchant);
        let device = device.ok_or_else(|| UsageError(format!("merchant {merchant} has no terminal there")))?;
        let oracle = meta.head.contracts.get(&Name::Oracle).context("no oracle")?;
        let customers = meta.book.members().filter(|entry| entry.party == Party::Customer);
        Ok(Setting {
            identity: Identity {
                device: device.device,
                kind: Kind::Terminal,
                chain_id: meta.head.chain_id.clone(),
                oracle: oracle.to_string(),
            },
            spans: match &meta.calendar {
                Some(calendar) => Spans::of_files(calendar, minutes),
                None => Spans::of_chain(&meta.clock, minutes),
            },
            customers: Some(customers.map(|entry| (entry.id, entry.member)).collect()),
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

/// A folder of sealed batches, one file each: `<device>-<sequence>.batch`.
struct Spool {
    folder: PathBuf,
    batches: usize,
    receipts: usize,
    refused: Vec<Refused>,
}

impl Spool {
    /// Opens the folder. The log's last batch is put there again: a crash may have come between.
    fn begin(folder: &Path, log: &Log) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
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

    /// Writes a batch under its name; on disk when this returns.
    fn put(&self, envelope: &[u8]) -> Result<(), DeviceError> {
        let named = Envelope::parse_frame(envelope).map_err(|error| DeviceError::Signature(error.to_string()))?;
        let path = self
            .folder
            .join(format!("{:010}-{:010}.batch", named.device(), named.sequence()));
        let write = || {
            let mut file = tempfile::Builder::new().prefix(".batch-").tempfile_in(&self.folder)?;
            file.write_all(envelope)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
            fs::File::open(&self.folder)?.sync_all()
        };
        write().map_err(|source| DeviceError::Spool {
            path: path.clone(),
            source,
        })
    }

    fn text(&self, rows: &[ReceiptRow]) -> String {
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
        text
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
