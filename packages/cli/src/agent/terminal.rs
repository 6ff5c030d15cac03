//! From rows in the order of time to signed batches, one a span.

use super::{Device, DeviceError, Moment, Spans};
use vrs_attestation::{Leaf, Reading, Receipt, MAX_LEAVES};
use vrs_days::Day;

/// Why the terminal itself refuses a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It signed that number before.
    DuplicateReceipt,
    /// A refund: not built yet, and it uses up no number.
    RefundUnsupported,
}

impl Refusal {
    /// The reason as it stands in `dropped.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Refusal::DuplicateReceipt => "duplicate_receipt",
            Refusal::RefundUnsupported => "refund_unsupported",
        }
    }
}

/// A sale at a till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale {
    /// The caller's own number of the row.
    pub row: usize,
    /// When.
    pub moment: Moment,
    /// The customer's member number.
    pub customer: u32,
    /// The receipt's number.
    pub number: u64,
    /// Minor units; below 0 a refund.
    pub amount: i64,
    /// A number of [`vrs_attestation::leaf::channel`].
    pub channel: u8,
}

/// A sealed batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedBatch {
    /// The day of its items.
    pub day: Day,
    /// Parts of that day at which its span has ended: the earliest moment to relay it.
    pub due: u32,
    /// The envelope.
    pub envelope: Vec<u8>,
    /// The caller's rows, in the order of the leaves.
    pub rows: Vec<usize>,
}

/// A row that the terminal refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The caller's row.
    pub row: usize,
    /// Why.
    pub reason: Refusal,
}

/// Where batches and refusals go as they happen.
pub trait Outbox {
    /// A batch that is in the device's log already.
    fn batch(&mut self, batch: SignedBatch) -> Result<(), DeviceError>;
    /// A row that the terminal refused.
    fn refused(&mut self, refused: Refused);
}

/// What a device made of its rows, in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signing {
    /// Sealed batches, by number.
    pub batches: Vec<SignedBatch>,
    /// Rows refused.
    pub refused: Vec<Refused>,
}

impl Outbox for Signing {
    fn batch(&mut self, batch: SignedBatch) -> Result<(), DeviceError> {
        self.batches.push(batch);
        Ok(())
    }

    fn refused(&mut self, refused: Refused) {
        self.refused.push(refused);
    }
}

/// Signs a till's sales, which stand in the order of time.
///
/// Errors: [`DeviceError`].
pub fn sign_receipts(
    device: &mut Device,
    spans: &Spans,
    sales: &[Sale],
    out: &mut dyn Outbox,
) -> Result<(), DeviceError> {
    let mut writer = Writer::new(device, spans, out);
    for sale in sales {
        let refuse = |reason| Refused { row: sale.row, reason };
        match u64::try_from(sale.amount) {
            Err(_) => writer.out.refused(refuse(Refusal::RefundUnsupported)),
            Ok(_) if writer.knows(sale.number) => writer.out.refused(refuse(Refusal::DuplicateReceipt)),
            Ok(amount) => {
                let receipt = Receipt {
                    customer: sale.customer,
                    number: sale.number,
                    amount,
                    time: sale.moment.time,
                    channel: sale.channel,
                };
                writer.push(sale.row, sale.moment, receipt, |leaf| leaf.number)?;
            }
        }
    }
    writer.seal()
}

/// Signs a meter's readings, which stand in the order of time.
///
/// Errors: [`DeviceError`].
pub fn sign_readings(
    device: &mut Device,
    spans: &Spans,
    readings: &[(usize, Moment, Reading)],
    out: &mut dyn Outbox,
) -> Result<(), DeviceError> {
    let mut writer = Writer::new(device, spans, out);
    for (row, moment, reading) in readings {
        writer.push(*row, *moment, *reading, |_| 0)?;
    }
    writer.seal()
}

/// Gathers the leaves of a span and seals them.
struct Writer<'a, L> {
    device: &'a mut Device,
    spans: &'a Spans,
    out: &'a mut dyn Outbox,
    open: Option<Moment>,
    leaves: Vec<L>,
    numbers: Vec<u64>,
    rows: Vec<usize>,
}

impl<'a, L: Leaf> Writer<'a, L> {
    fn new(device: &'a mut Device, spans: &'a Spans, out: &'a mut dyn Outbox) -> Self {
        Writer {
            device,
            spans,
            out,
            open: None,
            leaves: vec![],
            numbers: vec![],
            rows: vec![],
        }
    }

    /// Whether the number was signed or waits to be.
    fn knows(&self, number: u64) -> bool {
        self.device.log().has(number) || self.numbers.contains(&number)
    }

    fn push(&mut self, row: usize, moment: Moment, leaf: L, number: impl Fn(&L) -> u64) -> Result<(), DeviceError> {
        let same = self
            .open
            .is_some_and(|open| (open.day, open.span) == (moment.day, moment.span));
        if !same || self.leaves.len() >= MAX_LEAVES {
            self.seal()?;
        }
        self.open = Some(moment);
        self.numbers.push(number(&leaf));
        self.leaves.push(leaf);
        self.rows.push(row);
        Ok(())
    }

    fn seal(&mut self) -> Result<(), DeviceError> {
        let Some(moment) = self.open.take() else { return Ok(()) };
        let envelope = self.device.seal(moment.day, &self.leaves)?;
        self.leaves.clear();
        self.numbers.clear();
        self.out.batch(SignedBatch {
            day: moment.day,
            due: self.spans.ends(moment),
            envelope,
            rows: std::mem::take(&mut self.rows),
        })
    }
}
