//! The folder: all that the relayer remembers. A batch's file lies in it, or in `done/`, or in `refused/`; it goes
//! from one to the other by a rename, after the line that tells why is on disk.

use crate::log::{Line, Log};
use crate::name::{Name, ENDING};
use crate::verdict::Fate;
use std::collections::HashSet;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempPath;
use tracing::{info, warn};
use vrs_attestation::{Kind, HEADER_WIDTH, MAX_LEAVES, SIGNATURE_WIDTH};

/// Where finished batches go.
pub const DONE: &str = "done";
/// Where refused batches go.
pub const REFUSED: &str = "refused";
/// Files of one name that `done/` and `refused/` take; people have looked long before.
const SAME: u32 = 1_000;
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
    /// What is passed over, told once.
    passed: Mutex<HashSet<String>>,
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
            passed: Mutex::default(),
            log: Mutex::new(log),
        })
    }

    /// Lists the folder once. Files that are no `*.batch` are let be; such with another name than a batch's are refused. What
    /// is no regular file of at most an envelope's size is passed over, and the log names it.
    pub fn scan(&self) -> Result<Found, SpoolError> {
        let fault = |source| SpoolError::File {
            path: self.folder.clone(),
            source,
        };
        let (mut seen, mut passed) = (HashSet::new(), HashSet::new());
        for entry in fs::read_dir(&self.folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let file = entry.file_name();
            let text = file.to_string_lossy();
            if text.starts_with('.') || !text.ends_with(ENDING) {
                continue;
            }
            let name = file.to_str().and_then(Name::parse);
            let is_known = name.is_some_and(|name| lock(&self.known).contains(&name));
            match entry.metadata().map(|of| foreign(&of)) {
                _ if is_known => {}
                Ok(None) => {}
                Ok(Some(reason)) => {
                    if !lock(&self.passed).contains(&*text) {
                        warn!(file = &*text, reason, "passed over");
                    }
                    passed.insert(text.into_owned());
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(fault(error)),
            }
            match name {
                Some(name) => drop(seen.insert(name)),
                None => self.refuse_foreign(&text, &self.folder.join(&file))?,
            }
        }
        *lock(&self.passed) = passed;
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

    /// A batch's bytes; none where somebody has taken the file away, or put something else in its place.
    pub fn read(&self, name: Name) -> Result<Option<Vec<u8>>, SpoolError> {
        let path = self.folder.join(name.to_string());
        let read = || -> io::Result<Option<Vec<u8>>> {
            if foreign(&fs::symlink_metadata(&path)?).is_some() {
                return Ok(None);
            }
            let mut bytes = vec![];
            File::open(&path)?.take(largest()).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        };
        match read() {
            Ok(bytes) => Ok(bytes),
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
                Fate::Done(_) => keep(&from, &done, &file).map_err(fault(&from))?,
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
        note(&folder, file, line)?;
        keep(from, &folder, file)
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

/// Why something can't be a batch, by what it is; none where it may be one.
fn foreign(of: &Metadata) -> Option<String> {
    if !of.is_file() {
        return Some("expected a regular file".to_owned());
    }
    let (most, actual) = (largest(), of.len());
    (actual > most).then(|| format!("expected at most {most} bytes, got {actual}"))
}

/// Bytes of the largest envelope.
fn largest() -> u64 {
    let widest = Kind::ALL.into_iter().filter_map(Kind::leaf_width).max();
    (HEADER_WIDTH + MAX_LEAVES * widest.unwrap_or_default() + SIGNATURE_WIDTH) as u64
}

/// Moves a file into a folder where it replaces nothing: another file of that name stays, and this one becomes
/// `<name>.2`, `<name>.3`, ... One that is there already with the same bytes is not kept twice. A file that is gone has
/// been moved before.
fn keep(from: &Path, folder: &Path, file: &str) -> io::Result<()> {
    let same =
        |to: &Path| Ok::<bool, io::Error>(fs::symlink_metadata(to)?.is_file() && fs::read(to)? == fs::read(from)?);
    for number in 1..=SAME {
        let to = folder.join(numbered(file, number));
        if fs::symlink_metadata(from).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Ok(());
        }
        let moved = TempPath::try_from_path(from)?.persist_noclobber(&to);
        match moved.map_err(|error| (error.error, error.path.keep())) {
            Ok(()) => {
                if number > 1 {
                    warn!(file, kept = %to.display(), "another file of that name is there");
                }
                return Ok(());
            }
            Err((error, _)) if error.kind() == io::ErrorKind::AlreadyExists => {
                if same(&to)? {
                    return fs::remove_file(from);
                }
            }
            Err((error, _)) => return Err(error),
        }
    }
    Err(io::Error::other(format!(
        "{SAME} files of that name lie in {}",
        folder.display()
    )))
}

/// Writes a refused file's reason beside it; earlier reasons stay, and the same one is not told twice.
fn note(folder: &Path, file: &str, line: &Line) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(line)?;
    text.push(b'\n');
    for number in 1..=SAME {
        let path = folder.join(format!("{}.json", numbered(file, number)));
        match File::options().write(true).create_new(true).open(&path) {
            Ok(mut json) => {
                json.write_all(&text)?;
                return json.sync_all();
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let before: serde_json::Value = serde_json::from_slice(&fs::read(&path)?).unwrap_or_default();
                if before["reason"].as_str() == line.reason.as_deref() && before["tx"].as_str() == line.tx.as_deref() {
                    return Ok(());
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(format!(
        "{SAME} reasons of that name lie in {}",
        folder.display()
    )))
}

fn numbered(file: &str, number: u32) -> String {
    match number {
        1 => file.to_owned(),
        number => format!("{file}.{number}"),
    }
}

/// A thread that panicked ends the process; what it held is not used on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
