//! `deployments/<chain-id>.json`: what stands where.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use vrs_days::Clock;

/// A deployment of the suite on one chain, complete or under way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Deployment {
    /// The chain.
    pub chain_id: String,
    /// The programme's clock, all contracts' alike; none before the first contract.
    pub clock: Option<Clock>,
    /// Who acts: `owner`, `operator`, `treasury`, and the accounts that supplies were allocated to.
    pub accounts: BTreeMap<String, String>,
    /// Codes by contract: `token`, `oracle`, ...
    pub codes: BTreeMap<String, CodeEntry>,
    /// Contracts by name: `bzky`, `oracle`, ...
    pub contracts: BTreeMap<String, ContractEntry>,
    /// Steps after the contracts that are done: `connect`, `fund`, `hand-over`.
    pub done: Vec<String>,
}

/// A code on the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeEntry {
    /// Its number.
    pub code_id: u64,
    /// SHA-256 of its wasm, lower-case hex, as in `artifacts/checksums.txt`.
    pub checksum: String,
}

/// A contract on the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractEntry {
    /// Its code.
    pub code_id: u64,
    /// Its address.
    pub address: String,
    /// The block that created it: nothing of it is older.
    pub height: u64,
}

impl Deployment {
    /// The file of a chain in a folder.
    pub fn path(folder: &Path, chain_id: &str) -> PathBuf {
        folder.join(format!("{chain_id}.json"))
    }

    /// Reads a file; none where there is none.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        match std::fs::read(path) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the file; it is whole or as it was at any moment.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        write_whole(path, self)
    }
}

/// Writes a value as JSON into a file that is whole or as it was at any moment. Nothing secret.
pub fn write_whole(path: &Path, value: &impl Serialize) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut text = serde_json::to_vec_pretty(value).map_err(io::Error::other)?;
    text.push(b'\n');
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&text)?;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
