//! The folder of a run's results: written apart, moved into place when everything stands.
//!
//! A run replaces and removes what a run wrote, and nothing else: it writes into an empty folder, or into one with the
//! mark of an earlier run, which names the files that it wrote.

use super::Paths;
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The mark: the names of the files that runs wrote, one a line.
const MARK: &str = ".vrs-run";
/// How the folder begins in which a run's files are made; one that was killed leaves it.
const MAKING: &str = ".vrs-run-";

/// Everything that a run may write.
const FILES: [&str; 9] = [
    "days.csv",
    "merchants.csv",
    "customers.csv",
    "mining.csv",
    "dropped.csv",
    "dropped-readings.csv",
    "summary.json",
    "report.html",
    crate::chain::db::FILE,
];

/// A folder in the making. Dropped before it is published, it leaves nothing.
pub struct Folder {
    temp: TempDir,
    out: PathBuf,
    /// What earlier runs wrote into `out`.
    earlier: BTreeSet<String>,
}

impl Folder {
    /// Begins a folder that will become `out`. Until then everything stands in a hidden one, within
    /// `out` where that exists, so that moving it is renaming it.
    ///
    /// Errors: [`UsageError`] where `out` is no folder, holds files and no mark of a run, or where a file that
    /// no run wrote, or one of the `inputs`, would be replaced. Nothing was written then.
    pub fn begin(out: &Path, inputs: &Paths) -> Result<Self> {
        let beside = match out.parent() {
            _ if out.is_dir() => out,
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if out.exists() && !out.is_dir() {
            return Err(UsageError(format!("--out: {} is no folder", out.display())).into());
        }
        let earlier = earlier(out)?;
        for input in inputs.all() {
            if let Some(name) = FILES.into_iter().find(|name| is_same(&out.join(name), input)) {
                let (out, input) = (out.display(), input.display());
                let reason = format!("--out: {out}: {name} would replace the input {input}; name another folder");
                return Err(UsageError(reason).into());
            }
        }
        fs::create_dir_all(beside).with_context(|| beside.display().to_string())?;
        let temp = tempfile::Builder::new()
            .prefix(MAKING)
            .tempdir_in(beside)
            .with_context(|| beside.display().to_string())?;
        Ok(Folder {
            temp,
            out: out.to_owned(),
            earlier,
        })
    }

    /// Where a file of it stands for now.
    pub fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path(name);
        fs::write(&path, bytes).with_context(|| path.display().to_string())
    }

    /// Moves everything into place; what an earlier run wrote and this one did not is removed.
    ///
    /// Errors: [`UsageError`] where a file that no run wrote came into the folder meanwhile.
    pub fn publish(self) -> Result<()> {
        fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        let written = FILES.into_iter().filter(|name| self.path(name).exists());
        let written: BTreeSet<String> = written.map(str::to_owned).collect();
        if earlier(&self.out)? != self.earlier {
            let out = self.out.display();
            return Err(UsageError(format!("--out: {out}: another run wrote into it meanwhile")).into());
        }
        // Until everything is moved the mark names both, so that a run that is killed here can be repeated.
        self.mark(&written.union(&self.earlier).cloned().collect())?;
        for name in FILES {
            let (from, to) = (self.path(name), self.out.join(name));
            let moved = if written.contains(name) {
                fs::rename(&from, &to)
            } else if self.earlier.contains(name) && to.exists() {
                fs::remove_file(&to)
            } else {
                Ok(())
            };
            moved.with_context(|| to.display().to_string())?;
        }
        self.mark(&written)
    }

    /// Writes the mark, whole or not at all.
    fn mark(&self, names: &BTreeSet<String>) -> Result<()> {
        let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
        self.write(MARK, lines.as_bytes())?;
        let to = self.out.join(MARK);
        fs::rename(self.path(MARK), &to).with_context(|| to.display().to_string())
    }
}

/// The names of what earlier runs wrote into a folder; none where it is empty or does not exist.
///
/// Errors: [`UsageError`] where it holds anything and no mark, or a file with a result's name that the mark does
/// not name.
fn earlier(out: &Path) -> Result<BTreeSet<String>> {
    let refused = |what: String| {
        let help = "a run writes only into an empty folder or one that a run wrote; name another one, or move the \
                    files away";
        Err(UsageError(format!("--out: {}: {what}; {help}", out.display())).into())
    };
    if !out.exists() {
        return Ok(BTreeSet::new());
    }
    let mark = out.join(MARK);
    let marked = match fs::read_to_string(&mark) {
        Ok(text) => Some(text.lines().map(str::to_owned).collect::<BTreeSet<_>>()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| mark.display().to_string()),
    };
    let Some(marked) = marked else {
        for entry in fs::read_dir(out).with_context(|| out.display().to_string())? {
            let name = entry.with_context(|| out.display().to_string())?.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with(MAKING) {
                return refused(format!("{name} stands in it, which no run wrote"));
            }
        }
        return Ok(BTreeSet::new());
    };
    let foreign = |name: &&str| !marked.contains(*name) && fs::symlink_metadata(out.join(name)).is_ok();
    match FILES.into_iter().find(foreign) {
        Some(name) => refused(format!("{name} stands in it, which no run wrote")),
        None => Ok(marked),
    }
}

/// Whether both paths lead to one file.
fn is_same(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
