//! The binary as a process, in a folder of its own.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The month of real receipts.
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pos-2017-01.csv")
}

/// A folder in which the binary runs.
pub struct Place {
    dir: TempDir,
}

/// What a process said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        Place {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        let path = self.path(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Runs `vrs` with these words.
    pub fn vrs(&self, words: &[&str]) -> Said {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_vrs"))
            .args(words)
            .current_dir(self.dir.path())
            .output()
            .unwrap();
        Said {
            code: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// Runs `vrs` and expects success.
    pub fn ok(&self, words: &[&str]) -> String {
        let said = self.vrs(words);
        assert_eq!(said.code, 0, "vrs {words:?}: {}{}", said.out, said.err);
        said.out
    }

    /// Names of what stands in the folder, sorted.
    pub fn names(&self) -> Vec<String> {
        names(self.dir.path())
    }

    /// The tables that a run wrote.
    pub fn tables(&self, out: &str) -> BTreeMap<String, String> {
        let csv = names(&self.path(out)).into_iter().filter(|name| name.ends_with(".csv"));
        csv.map(|name| (name.clone(), self.read(&format!("{out}/{name}"))))
            .collect()
    }

    /// A run's `summary.json`.
    pub fn summary(&self, out: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(&format!("{out}/summary.json"))).unwrap()
    }
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Two shops, three customers, three days; store and external, small and large.
pub const SMALL: &str = "\
timestamp,merchant,customer,receipt,amount,channel
2017-01-01T10:00:00Z,1,11,100,1000,store
2017-01-01T10:05:00Z,1,12,101,99,store
2017-01-01T11:00:00Z,2,11,200,2500,external
2017-01-01T11:00:01Z,2,13,201,700,store
2017-01-02T09:00:00Z,1,11,102,1500,store
2017-01-02T23:59:59Z,1,13,103,300,store
2017-01-03T00:00:00Z,2,12,202,450,store
2017-01-03T12:30:00Z,1,11,104,800,external
";
