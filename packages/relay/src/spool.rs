//! The folder: all that the relayer remembers. A batch's file lies in it, or in `done/`, or in `refused/`; it goes
//! from one to the other by a rename, after the line that tells why is on disk.

use crate::log::{Line, Log};
use crate::name::{Name, ENDING};
use crate::verdict::Fate;
use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tracing::{error, info, warn};
use vrs_attestation::envelope::MAX_BYTES;

/// Where finished batches go.
pub const DONE: &str = "done";
/// Where refused batches go.
pub const REFUSED: &str = "refused";
/// The file that one relayer holds at a time.
const LOCK: &str = ".lock";

/// A spool that can't be used.
#[derive(thiserror::Error, Debug)]
pub enum SpoolError {
    /// Another relayer has it.
    #[error("{0}: another relayer works on this spool")]
    Taken(PathBuf),
    /// A file or folder can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A batch's way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which.
    pub name: Name,
    /// Where to.
    pub fate: Fate,
    /// The transaction that it was in, and its block; none where there is none or nobody knows.
    pub tx: Option<(String, u64)>,
}

/// What a look into the folder found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Batches that were not there the last time, by device and number.
    pub new: Vec<Name>,
    /// Batches that somebody has taken away.
    pub gone: Vec<Name>,
}

/// The folder.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    _lock: File,
    /// Batches that were told to lanes and are not finished.
    known: Mutex<HashSet<Name>>,
    log: Mutex<Log>,
}

impl Spool {
    /// Opens a folder, makes what it lacks, and holds it until the process ends.
    pub fn open(folder: &Path) -> Result<Self, SpoolError> {
        for path in [folder.to_owned(), folder.join(DONE), folder.join(REFUSED)] {
            fs::create_dir_all(&path).map_err(|source| SpoolError::File { path, source })?;
        }
        let path = folder.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|source| SpoolError::File {
            path: path.clone(),
            source,
        })?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(SpoolError::Taken(folder.to_owned())),
            Err(TryLockError::Error(source)) => return Err(SpoolError::File { path, source }),
        }
        let path = folder.join(DONE);
        let log = Log::open(&path).map_err(|source| SpoolError::File { path, source })?;
        Ok(Spool {
            folder: folder.to_owned(),
            _lock: lock,
            known: Mutex::default(),
            log: Mutex::new(log),
        })
    }

    /// Lists the folder once. Files that are no `*.batch` are let be; such with another name than a batch's are refused.
    pub fn scan(&self) -> Result<Found, SpoolError> {
        let fault = |source| SpoolError::File {
            path: self.folder.clone(),
            source,
        };
        let mut seen = HashSet::new();
        for entry in fs::read_dir(&self.folder).map_err(fault)? {
            let file = entry.map_err(fault)?.file_name();
            let text = file.to_string_lossy();
            if text.starts_with('.') || !text.ends_with(ENDING) {
                continue;
            }
            match file.to_str().and_then(Name::parse) {
                Some(name) => drop(seen.insert(name)),
                None => self.refuse_foreign(&text, &self.folder.join(&file))?,
            }
        }
        let mut known = lock(&self.known);
        let mut new: Vec<Name> = seen.difference(&known).copied().collect();
        new.sort_unstable();
        let gone: Vec<Name> = known.difference(&seen).copied().collect();
        known.extend(&new);
        for name in &gone {
            known.remove(name);
        }
        Ok(Found { new, gone })
    }

    fn refuse_foreign(&self, text: &str, path: &Path) -> Result<(), SpoolError> {
        let reason = "name: expected ten digits, -, ten digits, .batch";
        warn!(file = text, reason, "refused");
        let line = Line::refused(text.to_owned(), reason.to_owned(), None);
        self.refuse(text, path, &line).map_err(|source| SpoolError::File {
            path: path.to_owned(),
            source,
        })
    }

    /// A batch's bytes; none where somebody has taken the file away.
    pub fn read(&self, name: Name) -> Result<Option<Vec<u8>>, SpoolError> {
        let path = self.folder.join(name.to_string());
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(SpoolError::File { path, source }),
        }
    }

    /// Forgets a batch that is not there any more.
    pub fn forget(&self, name: Name) {
        lock(&self.known).remove(&name);
    }

    /// Moves batches to where they belong: first the lines, on disk, then the files, then both folders. May be called
    /// again with the same moves after an error, and after a crash at any point.
    pub fn finish(&self, moves: &[Move]) -> Result<(), SpoolError> {
        let fault = |path: &Path| {
            let path = path.to_owned();
            move |source| SpoolError::File { path, source }
        };
        let done = self.folder.join(DONE);
        let mut log = lock(&self.log);
        log.append(moves.iter().filter_map(Line::done)).map_err(fault(&done))?;
        for each in moves {
            let file = each.name.to_string();
            let from = self.folder.join(&file);
            match &each.fate {
                Fate::Done(_) => rename(&from, &done.join(&file)).map_err(fault(&from))?,
                Fate::Refused(reason) => {
                    let line = Line::refused(file.clone(), reason.clone(), each.tx.clone());
                    self.refuse(&file, &from, &line).map_err(fault(&from))?;
                }
            }
        }
        for folder in [&done, &self.folder.join(REFUSED), &self.folder] {
            File::open(folder)
                .and_then(|file| file.sync_all())
                .map_err(fault(folder))?;
        }
        let mut known = lock(&self.known);
        for each in moves {
            known.remove(&each.name);
        }
        Ok(())
    }

    /// Refused ones are few, and people look at them: each has its reason in a file beside it.
    fn refuse(&self, file: &str, from: &Path, line: &Line) -> io::Result<()> {
        let folder = self.folder.join(REFUSED);
        let mut text = serde_json::to_vec_pretty(line)?;
        text.push(b'\n');
        let reason = folder.join(format!("{file}.json"));
        fs::write(&reason, text)?;
        File::open(&reason)?.sync_all()?;
        rename(from, &folder.join(file))
    }

    /// How many batches lie in the folder and are not finished.
    pub fn left(&self) -> usize {
        lock(&self.known).len()
    }

    /// Tells the log's place, for people.
    pub fn greet(&self) {
        info!(spool = %self.folder.display(), log = %lock(&self.log).path().display(), "spool");
    }
}

/// A file that is not there has been moved before.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && !from.exists() => Ok(()),
        done => done,
    }
}

/// A thread that panicked ends the process; what it held is not used on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
