//! Till receipts: `timestamp,merchant,customer,receipt,amount,channel`.

use super::{Row, Table};
use crate::failure::InputError;
use jiff::Timestamp;
use std::path::Path;

/// The columns of a receipts file.
pub const COLUMNS: [&str; 6] = ["timestamp", "merchant", "customer", "receipt", "amount", "channel"];
const TIMESTAMP: usize = 0;
const MERCHANT: usize = 1;
const CUSTOMER: usize = 2;
const RECEIPT: usize = 3;
const AMOUNT: usize = 4;
const CHANNEL: usize = 5;

/// The first second of 1971: the programme's clock counts from 1970 on and is deployed before day 1.
pub const EARLIEST: i64 = 31_536_000;
/// The first second of 2500: the programme's days and the clocks of contracts end somewhere.
pub const LATEST: i64 = 16_725_225_600;

/// Where a customer bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// In the store.
    Store,
    /// By delivery or online.
    External,
}

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The moment of the sale.
    pub time: Timestamp,
    /// The moment as it stands in the file.
    pub timestamp: String,
    /// The merchant's id.
    pub merchant: u64,
    /// The customer's id.
    pub customer: u64,
    /// The receipt's number.
    pub receipt: u64,
    /// Minor units; below 0 a refund.
    pub amount: i64,
    /// Where he bought.
    pub channel: Channel,
}

/// Reads a whole file, in its order.
///
/// Errors: [`InputError`] at the first field that is not as described, or where there is no row.
pub fn read(path: &Path) -> Result<Vec<ReceiptRow>, InputError> {
    let mut table = Table::open(path, &COLUMNS, &[], false)?;
    let mut rows = vec![];
    while let Some(row) = table.next_row()? {
        rows.push(parse(&row)?);
    }
    if rows.is_empty() {
        return Err(table.fault(table.line().saturating_add(1), 1, "no receipt follows the header"));
    }
    Ok(rows)
}

fn parse(row: &Row) -> Result<ReceiptRow, InputError> {
    let channel = match row.text(CHANNEL) {
        "store" => Channel::Store,
        "external" => Channel::External,
        other => return Err(row.fault(CHANNEL, format!("expected store or external, got {other:?}"))),
    };
    Ok(ReceiptRow {
        line: row.line(),
        time: moment(row, TIMESTAMP)?,
        timestamp: row.text(TIMESTAMP).to_owned(),
        merchant: row.number(MERCHANT)?,
        customer: row.number(CUSTOMER)?,
        receipt: row.number(RECEIPT)?,
        amount: amount(row)?,
        channel,
    })
}

/// Minor units: digits, a `-` before them where it is a refund.
fn amount(row: &Row) -> Result<i64, InputError> {
    let text = row.text(AMOUNT);
    match text.parse::<i64>() {
        Ok(amount) if amount.to_string() == text => Ok(amount),
        _ => Err(row.fault(AMOUNT, format!("expected a whole number of minor units, got {text:?}"))),
    }
}

/// A moment in RFC 3339, as `2017-01-01T11:53:26Z`.
pub(super) fn moment(row: &Row, index: usize) -> Result<Timestamp, InputError> {
    let text = row.text(index);
    let fault = |reason: String| row.fault(index, reason);
    let broken = || fault(format!("expected a moment like 2017-01-01T11:53:26Z, got {text:?}"));
    if !is_rfc3339(text) {
        return Err(broken());
    }
    let time: Timestamp = text.parse().map_err(|_| broken())?;
    if !(EARLIEST..LATEST).contains(&time.as_second()) {
        return Err(fault(format!("expected a year from 1971 to 2499, got {text:?}")));
    }
    Ok(time)
}

/// Whether the text has RFC 3339's shape: jiff alone also takes other forms of ISO 8601.
fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    let is = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(byte));
    let date = digits(0, 4) && is(4, b"-") && digits(5, 7) && is(7, b"-") && digits(8, 10) && is(10, b"Tt ");
    let time = digits(11, 13) && is(13, b":") && digits(14, 16) && is(16, b":") && digits(17, 19);
    if !date || !time {
        return false;
    }
    let mut at = 19;
    if is(at, b".") {
        let decimals = bytes.iter().skip(20).take_while(|byte| byte.is_ascii_digit()).count();
        if decimals == 0 {
            return false;
        }
        at = 20 + decimals;
    }
    let zone = is(at, b"Zz") && bytes.len() == at + 1;
    let offset = is(at, b"+-") && digits(at + 1, at + 3) && is(at + 3, b":") && digits(at + 4, at + 6);
    zone || (offset && bytes.len() == at + 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_3339_and_nothing_else() {
        for good in [
            "2017-01-01T11:53:26Z",
            "2017-01-01T11:53:26.25Z",
            "2017-01-01T11:53:26+09:00",
            "2017-01-01 11:53:26z",
        ] {
            assert!(is_rfc3339(good), "{good}");
        }
        for bad in [
            "",
            "2017-01-01",
            "2017-01-01T11:53Z",
            "2017-01-01T11:53:26",
            "2017-01-01T11:53:26.Z",
            "20170101T115326Z",
            "2017-01-01T11:53:26+0900",
            "2017-01-01T11:53:26Z[UTC]",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}
