//! A CSV file with a header, plain or gzipped, that names line and column of every fault.
//!
//! Lines are counted here: the csv crate tells the line before a record's where files end their
//! lines with CR LF. It still takes quoted fields apart.

use crate::failure::InputError;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// First bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The longest line that is read; a receipt has some 50 bytes.
const MAX_LINE: usize = 64 * 1024;

/// An open file whose header was read.
pub struct Table {
    path: PathBuf,
    reader: Box<dyn BufRead>,
    line: u64,
    /// For each column asked for: its place in the file.
    places: Vec<Option<usize>>,
    names: Vec<&'static str>,
    width: usize,
    buffer: Vec<u8>,
}

/// One row of a [`Table`].
pub struct Row<'a> {
    table: &'a Table,
    fields: Vec<String>,
}

impl Table {
    /// Opens a file and finds the `required` and `optional` columns in its header, in any order.
    /// Other columns are ignored where `strict` is false, else refused.
    ///
    /// Errors: [`InputError`] where the file can't be read, is empty, lacks a required column or
    /// names one twice.
    pub fn open(
        path: &Path,
        required: &[&'static str],
        optional: &[&'static str],
        strict: bool,
    ) -> Result<Self, InputError> {
        let mut table = Table {
            path: path.to_path_buf(),
            reader: open(path)?,
            line: 0,
            places: vec![],
            names: required.iter().chain(optional).copied().collect(),
            width: 0,
            buffer: vec![],
        };
        let Some(mut header) = table.next_fields()? else {
            return Err(table.fault(1, 1, "the file is empty"));
        };
        if let Some(first) = header.first_mut() {
            if let Some(rest) = first.strip_prefix('\u{feff}') {
                *first = rest.to_owned();
            }
        }
        table.find(&header, required, strict)?;
        Ok(table)
    }

    /// Finds the wanted columns in the header.
    fn find(&mut self, header: &[String], required: &[&'static str], strict: bool) -> Result<(), InputError> {
        let line = self.line;
        self.width = header.len();
        for (at, name) in (1u64..).zip(header) {
            if header.iter().filter(|other| *other == name).count() > 1 {
                return Err(self.fault(line, at, format!("column {name:?} stands in the header twice")));
            }
            if strict && !self.names.contains(&name.as_str()) {
                let known = self.names.join(", ");
                return Err(self.fault(line, at, format!("unknown column {name:?}; known are {known}")));
            }
        }
        for (at, name) in (1u64..).zip(self.names.clone()) {
            let place = header.iter().position(|found| found == name);
            if place.is_none() && required.contains(&name) {
                let reason = format!("missing column {name:?}; expected {}", required.join(","));
                return Err(self.fault(line, at, reason));
            }
            self.places.push(place);
        }
        Ok(())
    }

    /// The next row, blank lines skipped; none at the end.
    ///
    /// Errors: [`InputError`] where it can't be read or has another number of fields than the header.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, InputError> {
        let Some(fields) = self.next_fields()? else {
            return Ok(None);
        };
        if fields.len() != self.width {
            let place = fields.len().min(self.width).saturating_add(1) as u64;
            let reason = format!("expected {} fields as in the header, got {}", self.width, fields.len());
            return Err(self.fault(self.line, place, reason));
        }
        Ok(Some(Row { table: self, fields }))
    }

    /// The line that was read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// An error at a place of this file.
    pub fn fault(&self, line: u64, column: u64, reason: impl std::fmt::Display) -> InputError {
        InputError::at(&self.path, line, column, reason)
    }

    fn next_fields(&mut self) -> Result<Option<Vec<String>>, InputError> {
        loop {
            self.buffer.clear();
            let mut limited = std::io::Read::take(&mut *self.reader, MAX_LINE as u64 + 1);
            let read = limited.read_until(b'\n', &mut self.buffer);
            let line = self.line.saturating_add(1);
            let read = read.map_err(|error| self.fault(line, 1, format!("cannot read: {error}")))?;
            if read == 0 {
                return Ok(None);
            }
            self.line = line;
            if self.buffer.len() > MAX_LINE {
                return Err(self.fault(line, 1, format!("a line has at most {MAX_LINE} bytes")));
            }
            let text = match std::str::from_utf8(&self.buffer) {
                Ok(text) => text.trim_end_matches(['\n', '\r']),
                Err(error) => {
                    let valid = self.buffer.get(..error.valid_up_to()).unwrap_or_default();
                    let column = valid.iter().filter(|byte| **byte == b',').count() as u64 + 1;
                    return Err(self.fault(line, column, "expected UTF-8 text"));
                }
            };
            if !text.is_empty() {
                return Ok(Some(split(text)));
            }
        }
    }
}

impl Row<'_> {
    /// The text of the column at `index` among those asked for; empty where the file lacks it.
    pub fn text(&self, index: usize) -> &str {
        let place = self.table.places.get(index).copied().flatten();
        place
            .and_then(|place| self.fields.get(place))
            .map_or("", String::as_str)
    }

    /// The row's line, from 1.
    pub fn line(&self) -> u64 {
        self.table.line
    }

    /// An error about the column at `index` of this row; its name stands before the reason.
    pub fn fault(&self, index: usize, reason: impl std::fmt::Display) -> InputError {
        let place = self.table.places.get(index).copied().flatten().unwrap_or(index) as u64 + 1;
        let name = self.table.names.get(index).copied().unwrap_or("?");
        self.table.fault(self.table.line, place, format!("{name}: {reason}"))
    }

    /// A whole number without sign, leading zeros or spaces.
    pub fn number(&self, index: usize) -> Result<u64, InputError> {
        let text = self.text(index);
        match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Ok(number),
            _ => Err(self.fault(
                index,
                format!("expected a whole number from 0 to {}, got {text:?}", u64::MAX),
            )),
        }
    }

    /// A whole number within bounds.
    pub fn bounded(&self, index: usize, min: u64, max: u64) -> Result<u64, InputError> {
        let number = self.number(index)?;
        if number < min || number > max {
            return Err(self.fault(index, format!("expected {min} to {max}, got {number}")));
        }
        Ok(number)
    }
}

/// Takes a line apart; quotes are left to the csv crate.
fn split(text: &str) -> Vec<String> {
    if !text.contains('"') {
        return text.split(',').map(str::to_owned).collect();
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        // Valid UTF-8 in memory always reads; an unreadable line falls by its number of fields.
        _ => vec![],
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, InputError> {
    let fault = |error: std::io::Error| InputError::at(path, 1, 1, format!("cannot read: {error}"));
    let mut file = BufReader::with_capacity(256 * 1024, File::open(path).map_err(fault)?);
    if file.fill_buf().map_err(fault)?.starts_with(&GZIP) {
        let plain = MultiGzDecoder::new(file);
        return Ok(Box::new(BufReader::with_capacity(256 * 1024, plain)));
    }
    Ok(Box::new(file))
}
