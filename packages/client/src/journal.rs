//! What was sent, a line for each transaction, on disk before the node has it.

use crate::error::TxError;
use crate::send::Signed;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// A file of JSON lines to which entries are only ever added.
#[derive(Clone, Debug)]
pub struct Journal {
    /// The file.
    pub path: PathBuf,
}

/// A transaction that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by this machine's clock.
    pub time: String,
    /// Its hash, upper-case hex.
    pub hash: String,
    /// Who sent it.
    pub sender: String,
    /// Its sequence number.
    pub sequence: u64,
    /// It is in no block up to this one.
    pub after: u64,
    /// The last block that may take it.
    pub until: u64,
}

impl Journal {
    /// Writes a transaction down and tells its hash on stderr; on disk when this returns.
    pub fn note(&self, sender: &str, signed: &Signed) -> Result<(), TxError> {
        let entry = Entry {
            time: format!("{:.3}", jiff::Timestamp::now()),
            hash: signed.hash.clone(),
            sender: sender.to_owned(),
            sequence: signed.sequence,
            after: signed.after,
            until: signed.until,
        };
        self.add(&entry).map_err(|source| TxError::Journal {
            path: self.path.clone(),
            source,
        })?;
        eprintln!("tx      {}, until block {}", entry.hash, entry.until);
        Ok(())
    }

    fn add(&self, entry: &Entry) -> io::Result<()> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let mut text = serde_json::to_vec(entry)?;
        // A line of its own, whatever a crash left of the last one.
        let is_whole = std::fs::read(&self.path).map_or(true, |bytes| bytes.last().is_none_or(|last| *last == b'\n'));
        if !is_whole {
            text.insert(0, b'\n');
        }
        text.push(b'\n');
        let mut file = File::options().create(true).append(true).open(&self.path)?;
        file.write_all(&text)?;
        file.sync_data()
    }

    /// The entry of a hash; none where it was not sent from here.
    pub fn find(&self, hash: &str) -> io::Result<Option<Entry>> {
        let text = match std::fs::read_to_string(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let entries = text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
        Ok(entries.into_iter().find(|entry| entry.hash.eq_ignore_ascii_case(hash)))
    }
}
