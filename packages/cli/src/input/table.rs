//! A CSV file with a header, plain or gzipped, that names line and column of every fault.
//!
//! The csv crate takes records apart. It is lenient with quotes: one that is never closed ends with the file, and text
//! behind a closing one is glued on. So [`Lines`] hands it one line at a time and looks at the quotes first. Lines are
//! counted there too: the crate tells the line before a record's where files end their lines with CR LF.

use super::lines::Lines;
use crate::failure::InputError;
use std::path::{Path, PathBuf};

/// An open file whose header was read.
pub struct Table {
    path: PathBuf,
    reader: csv::Reader<Lines>,
    bytes: csv::ByteRecord,
    record: csv::StringRecord,
    /// For each column asked for: its place in the file.
    places: Vec<Option<usize>>,
    names: Vec<&'static str>,
    width: usize,
}

/// One row of a [`Table`].
pub struct Row<'a> {
    table: &'a Table,
}

impl Table {
    /// Opens a file and finds the `required` and `optional` columns in its header, in any order.
    /// Other columns are ignored where `strict` is false, else refused.
    ///
    /// Errors: [`InputError`] where the file can't be read, is empty, lacks a required column or
    /// names one twice, or where a quote is not closed or stands in the wrong place.
    pub fn open(
        path: &Path,
        required: &[&'static str],
        optional: &[&'static str],
        strict: bool,
    ) -> Result<Self, InputError> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(Lines::open(path)?);
        let mut table = Table {
            path: path.to_path_buf(),
            reader,
            bytes: csv::ByteRecord::new(),
            record: csv::StringRecord::new(),
            places: vec![],
            names: required.iter().chain(optional).copied().collect(),
            width: 0,
        };
        if !table.next_record()? {
            return Err(table.fault(1, 1, "the file is empty"));
        }
        table.find(required, strict)?;
        Ok(table)
    }

    /// Finds the wanted columns in the header.
    fn find(&mut self, required: &[&'static str], strict: bool) -> Result<(), InputError> {
        let header: Vec<String> = self.record.iter().map(str::to_owned).collect();
        let line = self.record_line();
        self.width = header.len();
        for (at, name) in (1u64..).zip(&header) {
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
        if !self.next_record()? {
            return Ok(None);
        }
        let fields = self.record.len();
        if fields != self.width {
            let place = fields.min(self.width).saturating_add(1) as u64;
            let reason = format!("expected {} fields as in the header, got {fields}", self.width);
            return Err(self.fault(self.record_line(), place, reason));
        }
        Ok(Some(Row { table: self }))
    }

    /// The line that was read last, from 1.
    pub fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// An error at a place of this file.
    pub fn fault(&self, line: u64, column: u64, reason: impl std::fmt::Display) -> InputError {
        InputError::at(&self.path, line, column, reason)
    }

    /// The line in which the last record begins: a quoted field may hold further ones.
    fn record_line(&self) -> u64 {
        self.reader.get_ref().record_line()
    }

    /// Reads a record; false at the end.
    fn next_record(&mut self) -> Result<bool, InputError> {
        match self.reader.read_byte_record(&mut self.bytes) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => return Err(self.unread(error)),
        }
        let bytes = std::mem::take(&mut self.bytes);
        match csv::StringRecord::from_byte_record(bytes) {
            Ok(record) => {
                self.bytes = std::mem::replace(&mut self.record, record).into_byte_record();
                Ok(true)
            }
            Err(error) => {
                let column = error.utf8_error().field() as u64 + 1;
                Err(self.fault(self.record_line(), column, "expected UTF-8 text"))
            }
        }
    }

    /// Why the reader stopped: what [`Lines`] found, as it says it.
    fn unread(&self, error: csv::Error) -> InputError {
        let line = self.line().saturating_add(1);
        match error.into_kind() {
            csv::ErrorKind::Io(error) => match error.downcast::<InputError>() {
                Ok(fault) => fault,
                Err(error) => self.fault(line, 1, format!("cannot read: {error}")),
            },
            other => self.fault(line, 1, format!("cannot read: {other:?}")),
        }
    }
}

impl Row<'_> {
    /// The text of the column at `index` among those asked for; empty where the file lacks it.
    pub fn text(&self, index: usize) -> &str {
        let place = self.table.places.get(index).copied().flatten();
        place.and_then(|place| self.table.record.get(place)).unwrap_or_default()
    }

    /// The line in which the row begins, from 1.
    pub fn line(&self) -> u64 {
        self.table.record_line()
    }

    /// An error about the column at `index` of this row; its name stands before the reason.
    pub fn fault(&self, index: usize, reason: impl std::fmt::Display) -> InputError {
        let place = self.table.places.get(index).copied().flatten().unwrap_or(index) as u64 + 1;
        let name = self.table.names.get(index).copied().unwrap_or("?");
        self.table.fault(self.line(), place, format!("{name}: {reason}"))
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
