//! Meter readings: `timestamp,account,device,method` and the quantities of the method.
//!
//! | method | columns it needs | columns it may have |
//! | --- | --- | --- |
//! | `platform`, `server` | `traffic_gb`, `nodes`, `hours`, `server_share` | |
//! | `node` | `hardware` (`pc`, `mobile`), `bandwidth_mbps`, `storage_gb`, `hours` | |
//! | `upload` | `downloads`, `size_gb` | `views` |
//! | `content` | `recommendations`, `downloads`, `size_gb` | `dislikes`, `views` |
//! | `streaming` | `streamed_gb` | `product` (1 if blank) |
//!
//! `device` is the meter that signs, `unit` the machine or file it metered (the meter's own number
//! where that is blank). What a method does not use stays blank.

use super::{receipts::moment, Row, Table};
use crate::decimal::{scaled, scaled_u64};
use crate::failure::InputError;
use jiff::Timestamp;
use std::path::Path;
use vrs_attestation::leaf::{Hosting, NodeWork, Popularity, Streamed, Uploaded};
use vrs_attestation::Measured;
use vrs_interface::mining::Method;

/// Columns that every row fills.
pub const REQUIRED: [&str; 4] = ["timestamp", "account", "device", "method"];
/// Columns that some rows fill.
pub const OPTIONAL: [&str; 15] = [
    "unit",
    "traffic_gb",
    "nodes",
    "hours",
    "server_share",
    "hardware",
    "bandwidth_mbps",
    "storage_gb",
    "downloads",
    "size_gb",
    "views",
    "recommendations",
    "dislikes",
    "streamed_gb",
    "product",
];

/// One row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// A moment of the metered day.
    pub time: Timestamp,
    /// The moment as it stands in the file.
    pub timestamp: String,
    /// The id of whom it counts for.
    pub account: u64,
    /// The id of the meter that signs.
    pub device: u64,
    /// The number of the machine or file.
    pub unit: u64,
    /// Which contribution.
    pub method: Method,
    /// What was measured.
    pub measured: Measured,
}

/// Reads a whole file, in its order.
///
/// Errors: [`InputError`] at the first field that is not as described.
pub fn read(path: &Path) -> Result<Vec<MeterRow>, InputError> {
    let mut table = Table::open(path, &REQUIRED, &OPTIONAL, true)?;
    let mut rows = vec![];
    while let Some(row) = table.next_row()? {
        rows.push(parse(&row)?);
    }
    Ok(rows)
}

fn parse(row: &Row) -> Result<MeterRow, InputError> {
    let named = row.text(3);
    let method = Method::ALL.into_iter().find(|method| method.name() == named);
    let method = method.ok_or_else(|| {
        let known = Method::ALL.map(Method::name).join(", ");
        row.fault(3, format!("expected one of {known}, got {named:?}"))
    })?;
    let device = row.number(2)?;
    let mut fields = Fields {
        row,
        method,
        used: vec!["unit"],
    };
    let unit = if fields.is_blank("unit") {
        device
    } else {
        row.number(place("unit"))?
    };
    let measured = fields.measured()?;
    fields.refuse_unused()?;
    Ok(MeterRow {
        line: row.line(),
        time: moment(row, 0)?,
        timestamp: row.text(0).to_owned(),
        account: row.number(1)?,
        device,
        unit,
        method,
        measured,
    })
}

fn place(name: &str) -> usize {
    let among = OPTIONAL.iter().position(|column| *column == name).unwrap_or(0);
    REQUIRED.len() + among
}

/// A row's quantities, and which of them its method took.
struct Fields<'a> {
    row: &'a Row<'a>,
    method: Method,
    used: Vec<&'static str>,
}

impl Fields<'_> {
    fn measured(&mut self) -> Result<Measured, InputError> {
        Ok(match self.method {
            Method::Platform => Measured::Platform(self.hosting()?),
            Method::Server => Measured::Server(self.hosting()?),
            Method::Node => Measured::Node(NodeWork {
                hardware: self.hardware()?,
                mbps: self.decimal("bandwidth_mbps", 0)?,
                storage_mb: self.decimal("storage_gb", 3)?,
                seconds: self.seconds()?,
            }),
            Method::Upload => Measured::Upload(Uploaded {
                downloads: self.decimal("downloads", 0)?,
                size_mb: self.decimal("size_gb", 3)?,
                views: self.decimal_or("views", 0)?,
            }),
            Method::Content => Measured::Content(Popularity {
                recommendations: self.decimal("recommendations", 0)?,
                dislikes: self.decimal_or("dislikes", 0)?,
                downloads: self.decimal("downloads", 0)?,
                size_mb: self.decimal("size_gb", 3)?,
                views: self.decimal_or("views", 0)?,
            }),
            Method::Streaming => Measured::Streaming(Streamed {
                streamed_mb: self.decimal("streamed_gb", 3)?,
                product: self.decimal_or("product", 1)?,
            }),
        })
    }

    fn hosting(&mut self) -> Result<Hosting, InputError> {
        Ok(Hosting {
            traffic_mb: self.decimal("traffic_gb", 3)?,
            nodes: self.decimal("nodes", 0)?,
            seconds: self.seconds()?,
            share_e9: self.decimal("server_share", 9)?,
        })
    }

    fn hardware(&mut self) -> Result<u64, InputError> {
        self.used.push("hardware");
        match self.row.text(place("hardware")) {
            "pc" => Ok(1),
            "mobile" => Ok(2),
            other => Err(self
                .row
                .fault(place("hardware"), format!("expected pc or mobile, got {other:?}"))),
        }
    }

    /// A number with at most so many decimals, times that power of ten.
    fn decimal(&mut self, name: &'static str, decimals: u32) -> Result<u64, InputError> {
        self.used.push(name);
        scaled_u64(self.row.text(place(name)), decimals).map_err(|reason| self.row.fault(place(name), reason))
    }

    /// A whole number, or the default where it is blank.
    fn decimal_or(&mut self, name: &'static str, default: u64) -> Result<u64, InputError> {
        if self.is_blank(name) {
            self.used.push(name);
            return Ok(default);
        }
        self.decimal(name, 0)
    }

    /// Hours as whole seconds.
    fn seconds(&mut self) -> Result<u64, InputError> {
        self.used.push("hours");
        let text = self.row.text(place("hours"));
        let fault = |reason: String| self.row.fault(place("hours"), reason);
        // Four decimals of an hour are the most that can come out whole: 3600 = 2^4 * 3^2 * 5^2.
        let parts = scaled(text, 4).map_err(fault)?.checked_mul(3_600);
        match parts {
            Some(parts) if parts.is_multiple_of(10_000) => {
                u64::try_from(parts / 10_000).map_err(|_| fault(format!("expected fewer hours, got {text:?}")))
            }
            _ => Err(fault(format!("expected a whole number of seconds, got {text:?} hours"))),
        }
    }

    fn is_blank(&self, name: &str) -> bool {
        self.row.text(place(name)).is_empty()
    }

    fn refuse_unused(&self) -> Result<(), InputError> {
        for name in OPTIONAL {
            if !self.used.contains(&name) && !self.is_blank(name) {
                let reason = format!("method {} has no such quantity, leave it blank", self.method.name());
                return Err(self.row.fault(place(name), reason));
            }
        }
        Ok(())
    }
}
