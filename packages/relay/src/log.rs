//! `done/<date>.jsonl`: a line for each finished batch, with the transaction that took it.
//!
//! One file a (UTC) day instead of one beside each batch: at 100,000 batches a day that is 100,000 files and as many
//! flushes less, and what is read or thrown away is read or thrown away by day.

use crate::name::Name;
use crate::spool::Move;
use crate::verdict::{Fallen, Fate};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Ending of the log's files.
const ENDING: &str = ".jsonl";
/// How far back a restart looks for lines whose files were not moved any more.
const TAIL: u64 = 4 * 1024 * 1024;

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// When it was moved, by this machine's clock.
    pub time: String,
    /// Its file.
    pub file: String,
    /// `accepted`, `repeat`, `earlier` (docs/relay.md), or `refused`.
    pub outcome: &'static str,
    /// Why, where it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Items in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<u16>,
    /// Items that fell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Fallen>,
    /// The transaction.
    pub tx: Option<String>,
    /// Its block.
    pub height: Option<u64>,
}

impl Line {
    /// A finished batch's line; none for a refused one.
    pub fn done(of: &Move) -> Option<Self> {
        let Fate::Done(taken) = &of.fate else { return None };
        Some(Line {
            time: now(),
            file: of.name.to_string(),
            outcome: match taken.how {
                crate::verdict::How::Accepted => "accepted",
                crate::verdict::How::Repeat => "repeat",
                crate::verdict::How::Earlier => "earlier",
            },
            reason: None,
            items: Some(taken.items),
            dropped: taken.dropped.clone(),
            tx: of.tx.as_ref().map(|(hash, _)| hash.clone()),
            height: of.tx.as_ref().map(|(_, height)| *height),
        })
    }

    /// A refused file's.
    pub fn refused(file: String, reason: String, tx: Option<(String, u64)>) -> Self {
        Line {
            time: now(),
            file,
            outcome: "refused",
            reason: Some(reason),
            items: None,
            dropped: vec![],
            tx: tx.as_ref().map(|(hash, _)| hash.clone()),
            height: tx.map(|(_, height)| height),
        }
    }
}

fn now() -> String {
    format!("{:.3}", jiff::Timestamp::now())
}

/// The log, open for appending.
#[derive(Debug)]
pub struct Log {
    folder: PathBuf,
    path: PathBuf,
    file: Option<File>,
    /// Batches that have a line already, though their files were found in the spool: those of the log's end.
    told: HashSet<Name>,
}

impl Log {
    /// The log of a folder. What a crash left of a last line is cut off.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let mut log = Log {
            folder: folder.to_owned(),
            path: PathBuf::new(),
            file: None,
            told: HashSet::new(),
        };
        let mut paths: Vec<PathBuf> = vec![];
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(ENDING) {
                paths.push(path);
            }
        }
        paths.sort_unstable();
        if let Some(path) = paths.last() {
            log.told = mend(path)?;
        }
        log.turn()?;
        Ok(log)
    }

    /// Where lines go now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Goes on to the day's file.
    fn turn(&mut self) -> io::Result<()> {
        let date = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
        let path = self.folder.join(format!("{date}{ENDING}"));
        if path != self.path || self.file.is_none() {
            // A clock that was ahead leaves a later file behind: the one that is written to is mended too.
            if path.exists() {
                self.told.extend(mend(&path)?);
            }
            self.file = Some(File::options().create(true).append(true).open(&path)?);
            self.path = path;
        }
        Ok(())
    }

    /// Writes lines; on disk when this returns. A batch that has one gets no other.
    pub fn append(&mut self, lines: impl Iterator<Item = Line>) -> io::Result<()> {
        let mut text = vec![];
        for line in lines {
            let told = Name::parse(&line.file).is_some_and(|name| self.told.remove(&name));
            if !told {
                serde_json::to_writer(&mut text, &line)?;
                text.push(b'\n');
            }
        }
        if text.is_empty() {
            return Ok(());
        }
        self.turn()?;
        if let Some(file) = &mut self.file {
            let whole = file.metadata()?.len();
            if let Err(error) = file.write_all(&text).and_then(|()| file.sync_data()) {
                // All is written again by the next try: what a full disk took of it goes, so that no line stands twice.
                file.set_len(whole)?;
                return Err(error);
            }
        }
        Ok(())
    }
}

/// Cuts off a half line; answers whose lines stand at the end.
fn mend(path: &Path) -> io::Result<HashSet<Name>> {
    #[derive(Deserialize)]
    struct Told {
        file: String,
    }
    let mut file = File::options().read(true).write(true).open(path)?;
    let length = file.metadata()?.len();
    let start = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut reader = BufReader::new(&file);
    let (mut told, mut whole, mut line) = (HashSet::new(), start, vec![]);
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line)?;
        if read == 0 || line.last() != Some(&b'\n') {
            break;
        }
        whole += read as u64;
        if let Ok(line) = serde_json::from_slice::<Told>(&line) {
            told.extend(Name::parse(&line.file));
        }
    }
    drop(reader);
    if whole < length {
        file.set_len(whole)?;
        file.sync_all()?;
    }
    Ok(told)
}
