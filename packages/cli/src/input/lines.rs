//! The lines of a file, plain or gzipped, with a look at their quotes before anybody takes them apart.

use crate::failure::InputError;
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// First bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// First bytes of a text that some spreadsheets write.
const BOM: [u8; 3] = [0xef, 0xbb, 0xbf];
/// The most bytes of a record; a receipt has some 50. A record may have several lines, within quotes.
const MAX_RECORD: usize = 64 * 1024;

/// Hands out one line a call, so that whoever reads records has read no line behind the record.
pub struct Lines {
    path: PathBuf,
    source: Box<dyn BufRead>,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were handed out.
    given: usize,
    line: u64,
    quotes: Quotes,
}

/// Where a byte stands within a record (RFC 4180).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a field's first byte.
    Start,
    /// In a field without quotes.
    Plain,
    /// Between a field's quotes.
    Quoted,
    /// Behind a quote within quotes: it closes the field, unless another follows.
    Closed,
}

/// The state of a record whose bytes are looked at.
struct Quotes {
    place: Place,
    /// Line in which the record begins.
    begun: u64,
    /// Bytes of it.
    length: usize,
    /// Field, from 1.
    field: u64,
    /// Line in which the last quote was opened.
    opened: u64,
}

impl Lines {
    /// Opens a file.
    ///
    /// Errors: [`InputError`] where it can't be read.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Ok(Lines {
            path: path.to_owned(),
            source: open(path)?,
            buffer: vec![],
            given: 0,
            line: 0,
            quotes: Quotes {
                place: Place::Start,
                begun: 0,
                length: 0,
                field: 1,
                opened: 0,
            },
        })
    }

    /// The line that was read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The line in which the last record begins, from 1.
    pub fn record_line(&self) -> u64 {
        self.quotes.begun
    }

    /// Reads a line and checks it.
    fn load(&mut self) -> io::Result<()> {
        self.buffer.clear();
        self.given = 0;
        let mut limited = Read::take(&mut *self.source, MAX_RECORD as u64 + 1);
        if limited.read_until(b'\n', &mut self.buffer)? == 0 {
            return match self.quotes.place {
                Place::Quoted => Err(self.unclosed("the end of the file")),
                _ => Ok(()),
            };
        }
        self.line = self.line.saturating_add(1);
        if self.line == 1 && self.buffer.starts_with(&BOM) {
            self.given = BOM.len();
        }
        let text = self.buffer.get(self.given..).unwrap_or_default();
        match self.quotes.line(self.line, text) {
            Ok(()) if self.quotes.length <= MAX_RECORD => Ok(()),
            Ok(()) if self.quotes.place == Place::Quoted => {
                Err(self.unclosed(&format!("the record's {MAX_RECORD} bytes were read")))
            }
            Ok(()) => {
                let reason = format!("a record has at most {MAX_RECORD} bytes");
                Err(self.fault(self.quotes.begun, 1, &reason))
            }
            Err(reason) => Err(self.fault(self.line, self.quotes.field, reason)),
        }
    }

    fn unclosed(&self, until: &str) -> io::Error {
        let reason = format!("a quote opens here and is not closed before {until}");
        self.fault(self.quotes.opened, self.quotes.field, &reason)
    }

    fn fault(&self, line: u64, column: u64, reason: &str) -> io::Error {
        io::Error::other(InputError::at(&self.path, line, column, reason))
    }
}

impl Read for Lines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given >= self.buffer.len() {
            self.load()?;
        }
        let mut rest = self.buffer.get(self.given..).unwrap_or_default();
        let read = rest.read(into)?;
        self.given += read;
        Ok(read)
    }
}

impl Quotes {
    /// Looks at a line.
    ///
    /// Errors: what is wrong with a quote.
    fn line(&mut self, line: u64, text: &[u8]) -> Result<(), &'static str> {
        if self.place != Place::Quoted {
            (self.place, self.length, self.field) = (Place::Start, 0, 1);
            if text.iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                return Ok(());
            }
            self.begun = line;
        }
        self.length += text.len();
        let end = text.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n'));
        let end = end.map_or(0, |last| last + 1);
        for (at, byte) in text.iter().enumerate() {
            self.place = match (self.place, byte) {
                (Place::Quoted, b'"') => Place::Closed,
                (Place::Quoted, _) => Place::Quoted,
                (_, b'\r' | b'\n') if at >= end => Place::Start,
                (_, b'\r') => return Err("a carriage return stands within a line, outside of quotes"),
                (Place::Start, b'"') => {
                    self.opened = line;
                    Place::Quoted
                }
                (Place::Closed, b'"') => Place::Quoted,
                (_, b',') => {
                    self.field = self.field.saturating_add(1);
                    Place::Start
                }
                (Place::Closed, _) => return Err("text stands behind a closing quote"),
                (Place::Plain, b'"') => return Err("a quote stands within a field that does not begin with one"),
                (Place::Start | Place::Plain, _) => Place::Plain,
            };
        }
        Ok(())
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, InputError> {
    let fault = |error: io::Error| InputError::at(path, 1, 1, format!("cannot read: {error}"));
    let mut file = BufReader::with_capacity(256 * 1024, File::open(path).map_err(fault)?);
    if file.fill_buf().map_err(fault)?.starts_with(&GZIP) {
        let plain = MultiGzDecoder::new(file);
        return Ok(Box::new(BufReader::with_capacity(256 * 1024, plain)));
    }
    Ok(Box::new(file))
}
