//! What a device signed, kept before it leaves the device.
//!
//! One line a batch: the sealed envelope and a checksum, both hexadecimal. All the device must not
//! forget follows from the envelopes: the next number, the last day, every receipt number signed.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use vrs_attestation::{Envelope, Kind, Leaf, Receipt};

/// A log that can't be trusted or written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It can't be opened, read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another agent has it open.
    #[error("{path}: another agent signs with this log")]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// A line within it is damaged.
    #[error("{path}:{line}: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// A device's log, in memory or on disk.
#[derive(Default)]
pub struct Log {
    file: Option<(PathBuf, File)>,
    next: u32,
    day: u32,
    device: Option<(Kind, u32)>,
    numbers: BTreeSet<u64>,
    last: Vec<u8>,
}

impl Log {
    /// An empty log that is forgotten with the process.
    pub fn memory() -> Self {
        Log::default()
    }

    /// A log that is forgotten with the process, of a device that sealed so many batches before.
    pub fn after(sequence: u32) -> Self {
        Log {
            next: sequence,
            ..Log::default()
        }
    }

    /// Opens a log, or begins one; no other agent may have it open. A last line that a crash tore
    /// apart was never handed out and is cut off.
    ///
    /// Errors: [`LogError`].
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let io = |source| LogError::Io {
            path: path.to_owned(),
            source,
        };
        let is_new = !path.exists();
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LogError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        if is_new {
            sync_folder(path).map_err(io)?;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(io)?;
        let mut log = Log::default();
        let whole = log.replay(path, &text)?;
        if whole < text.len() {
            file.set_len(whole as u64).and_then(|()| file.sync_all()).map_err(io)?;
        }
        file.seek(SeekFrom::End(0)).map_err(io)?;
        log.file = Some((path.to_owned(), file));
        Ok(log)
    }

    /// The batch that was sealed last, empty before the first. After a crash it may not have been
    /// handed out; handing it out twice does no harm.
    pub fn last(&self) -> &[u8] {
        &self.last
    }

    /// Number of the next batch, from 1.
    pub fn next(&self) -> u32 {
        self.next.saturating_add(1)
    }

    /// Day of the last batch; 0 before the first.
    pub fn day(&self) -> u32 {
        self.day
    }

    /// The device whose log it is, once it holds a batch.
    pub fn device(&self) -> Option<(Kind, u32)> {
        self.device
    }

    /// Whether the receipt number was signed.
    pub fn has(&self, number: u64) -> bool {
        self.numbers.contains(&number)
    }

    /// Enters a sealed batch; on disk when this returns.
    ///
    /// Errors: [`LogError`]; the batch must then not be handed out.
    pub fn append(&mut self, envelope: &[u8]) -> Result<(), LogError> {
        if let Some((path, file)) = &mut self.file {
            let line = format!("{} {}\n", hex::encode(envelope), checksum(envelope));
            let written = file.write_all(line.as_bytes()).and_then(|()| file.sync_data());
            written.map_err(|source| LogError::Io {
                path: path.clone(),
                source,
            })?;
        }
        let path = self.file.as_ref().map_or(PathBuf::new(), |(path, _)| path.clone());
        self.enter(envelope)
            .map_err(|reason| LogError::Damaged { path, line: 0, reason })
    }

    /// Enters all whole lines; answers how many bytes they have.
    fn replay(&mut self, path: &Path, text: &str) -> Result<usize, LogError> {
        let mut whole = 0;
        let count = text.lines().count();
        for (at, line) in (1usize..).zip(text.split_inclusive('\n')) {
            let Some(envelope) = decode(line) else {
                if at == count {
                    return Ok(whole);
                }
                return Err(LogError::Damaged {
                    path: path.to_owned(),
                    line: at,
                    reason: "no batch with its checksum".into(),
                });
            };
            self.enter(&envelope).map_err(|reason| LogError::Damaged {
                path: path.to_owned(),
                line: at,
                reason,
            })?;
            whole += line.len();
        }
        Ok(whole)
    }

    fn enter(&mut self, bytes: &[u8]) -> Result<(), String> {
        let envelope = Envelope::parse_frame(bytes).map_err(|error| error.to_string())?;
        let device = (envelope.kind(), envelope.device());
        if self.device.is_some_and(|known| known != device) {
            return Err(format!("a batch of another device: {} {}", device.0, device.1));
        }
        if envelope.sequence() != self.next() {
            return Err(format!("expected batch {}, got {}", self.next(), envelope.sequence()));
        }
        if envelope.day() < self.day {
            return Err(format!(
                "a batch of day {} behind one of day {}",
                envelope.day(),
                self.day
            ));
        }
        self.device = Some(device);
        self.last = bytes.to_vec();
        self.next = envelope.sequence();
        self.day = envelope.day();
        if envelope.kind() == Kind::Terminal {
            for leaf in envelope.leaves() {
                let receipt = Receipt::decode(leaf).map_err(|error| error.to_string())?;
                self.numbers.insert(receipt.number);
            }
        }
        Ok(())
    }
}

/// The first 8 bytes of the batch's hash.
fn checksum(envelope: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(envelope).into();
    hex::encode(digest.get(..8).unwrap_or_default())
}

/// The batch of a whole line.
fn decode(line: &str) -> Option<Vec<u8>> {
    let (envelope, sum) = line.strip_suffix('\n')?.split_once(' ')?;
    let envelope = hex::decode(envelope).ok()?;
    (checksum(&envelope) == sum).then_some(envelope)
}

/// Makes a new file's name durable.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
