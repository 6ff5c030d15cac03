//! The folder of a run's results: written apart, moved into place when everything stands.

use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

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
}

impl Folder {
    /// Begins a folder that will become `out`. Until then everything stands in a hidden one, within
    /// `out` where that exists, so that moving it is renaming it.
    pub fn begin(out: &Path) -> Result<Self> {
        let beside = match out.parent() {
            _ if out.is_dir() => out,
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if out.exists() && !out.is_dir() {
            return Err(UsageError(format!("--out: {} is no folder", out.display())).into());
        }
        fs::create_dir_all(beside).with_context(|| beside.display().to_string())?;
        let temp = tempfile::Builder::new()
            .prefix(".vrs-run-")
            .tempdir_in(beside)
            .with_context(|| beside.display().to_string())?;
        Ok(Folder {
            temp,
            out: out.to_owned(),
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
    pub fn publish(self) -> Result<()> {
        fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        for name in FILES {
            let (from, to) = (self.path(name), self.out.join(name));
            let moved = if from.exists() {
                fs::rename(&from, &to)
            } else if to.exists() {
                fs::remove_file(&to)
            } else {
                Ok(())
            };
            moved.with_context(|| to.display().to_string())?;
        }
        Ok(())
    }
}
