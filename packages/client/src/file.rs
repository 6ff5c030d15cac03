//! The chain file: everything about a chain that is not on it.

use crate::keys::Keyring;
use cosmwasm_std::{Decimal, Uint128};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A chain file that can't be used.
#[derive(thiserror::Error, Debug)]
pub enum FileError {
    /// It can't be read.
    #[error("{path}: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no chain file.
    #[error("{path}: {reason}")]
    Content {
        /// Which file.
        path: PathBuf,
        /// What was expected and what was found.
        reason: String,
    },
}

/// A chain file. Paths in it count from its own folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainFile {
    /// The chain's id, as the node tells it.
    pub id: String,
    /// The node's RPC: `http://127.0.0.1:26657`.
    pub rpc: String,
    /// Prefix of the chain's addresses.
    pub prefix: String,
    /// Denom in which gas is paid.
    pub fee_denom: String,
    /// Price of a unit of gas in that denom, as decimal text.
    pub gas_price: Decimal,
    /// What a simulated transaction's gas is multiplied with, as decimal text: 1 to 10.
    #[serde(default = "margin")]
    pub gas_adjustment: Decimal,
    /// Most gas of one transaction; what a block takes, or less.
    #[serde(default = "most_gas")]
    pub max_gas: u64,
    /// Seconds to wait until it is known what became of a transaction; then it is told that it may still happen.
    #[serde(default = "patience")]
    pub timeout_seconds: u64,
    /// Blocks in which a transaction may be carried out, from the one after it was signed; after these it never is.
    #[serde(default = "blocks")]
    pub timeout_blocks: u64,
    /// Where the keys are.
    #[serde(default)]
    pub keys: KeyPlaces,
    /// Who acts: role of a deployment (`owner`, `operator`, `treasury`, `relayer`, `admin`, or an account
    /// that the economy allocates to) to the name of a key or to an address. A role that is not named here
    /// is the key of that name.
    #[serde(default)]
    pub accounts: BTreeMap<String, String>,
    /// Folder of deployment records; `deployments` where the command is called, without it.
    pub deployments: Option<PathBuf>,
    /// Figures of the economy that hold on this chain.
    #[serde(default)]
    pub economy: EconomyPlace,
    /// Where the file stands.
    #[serde(skip)]
    pub path: PathBuf,
}

/// Where keys come from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPlaces {
    /// Folder of encrypted key files, one a name.
    pub folder: Option<PathBuf>,
    /// File with the passphrase of those; without it `VRS_PASSPHRASE` or the terminal is asked.
    pub passphrase_file: Option<PathBuf>,
    /// Test chains only: a file with one mnemonic from which every known name's key is derived.
    pub mnemonic: Option<PathBuf>,
}

/// Which economy a chain has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EconomyPlace {
    /// Its file; the built-in one without it.
    pub file: Option<PathBuf>,
    /// Length of a day in seconds, in place of what the economy says.
    pub day_seconds: Option<u32>,
}

fn margin() -> Decimal {
    Decimal::percent(130)
}

const fn most_gas() -> u64 {
    50_000_000
}

const fn patience() -> u64 {
    60
}

const fn blocks() -> u64 {
    50
}

impl ChainFile {
    /// Reads and checks a file.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        let text = std::fs::read_to_string(path).map_err(|source| FileError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, path)
    }

    /// Checks a file's text; `path` is where it stands.
    pub fn parse(text: &str, path: &Path) -> Result<Self, FileError> {
        let fault = |reason: String| FileError::Content {
            path: path.to_owned(),
            reason,
        };
        let mut file: ChainFile = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        file.path = path.to_owned();
        if !file.rpc.starts_with("http://") && !file.rpc.starts_with("https://") {
            return Err(fault(format!("rpc: expected http:// or https://, got {:?}", file.rpc)));
        }
        if file.gas_adjustment < Decimal::one() || file.gas_adjustment > Decimal::percent(1_000) {
            let got = file.gas_adjustment;
            return Err(fault(format!("gas_adjustment: expected 1 to 10, got {got}")));
        }
        if file.timeout_blocks == 0 {
            return Err(fault("timeout_blocks: expected 1 or more, got 0".to_owned()));
        }
        if file.prefix.is_empty() || !file.prefix.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let got = &file.prefix;
            return Err(fault(format!("prefix: expected letters a to z, got {got:?}")));
        }
        Ok(file)
    }

    /// A path of the file, as it counts from its folder.
    pub fn resolve(&self, path: &Path) -> PathBuf {
        match self.path.parent() {
            Some(folder) => folder.join(path),
            None => path.to_owned(),
        }
    }

    /// The keys that it names.
    pub fn keyring(&self) -> Keyring {
        let place = |path: &Option<PathBuf>| path.as_ref().map(|path| self.resolve(path));
        Keyring {
            prefix: self.prefix.clone(),
            folder: place(&self.keys.folder),
            passphrase_file: place(&self.keys.passphrase_file),
            mnemonic: place(&self.keys.mnemonic),
        }
    }

    /// Whom a name stands for: the key or address that `[accounts]` gives a role, any other name for itself.
    pub fn named<'a>(&'a self, name: &'a str) -> &'a str {
        self.accounts.get(name).map_or(name, String::as_str)
    }

    /// What gas costs in the fee denom, rounded up.
    pub fn fee(&self, gas: u64) -> u128 {
        Uint128::from(gas).mul_ceil(self.gas_price).u128()
    }

    /// A simulated figure with the margin, rounded up.
    pub fn with_margin(&self, gas: u64) -> u64 {
        let gas = Uint128::from(gas).mul_ceil(self.gas_adjustment).u128();
        u64::try_from(gas).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str =
        "id = 'c-1'\nrpc = 'http://127.0.0.1:26657'\nprefix = 'wasm'\nfee_denom = 'ufee'\ngas_price = '0.025'\n";

    fn refused(text: &str) -> String {
        let error = ChainFile::parse(text, Path::new("chains/a.toml")).expect_err("refused");
        error.to_string()
    }

    #[test]
    fn fees_and_margins_round_up() {
        let file = ChainFile::parse(LEAST, Path::new("chains/a.toml")).expect("a chain file");
        assert_eq!((file.fee(1), file.fee(40), file.fee(41)), (1, 1, 2));
        assert_eq!(file.with_margin(100_001), 130_002);
        assert_eq!(file.resolve(Path::new("../keys")), Path::new("chains/../keys"));
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_name() {
        let text = LEAST.replace("http://", "tcp://");
        assert_eq!(
            refused(&text),
            "chains/a.toml: rpc: expected http:// or https://, got \"tcp://127.0.0.1:26657\""
        );
        let text = format!("{LEAST}gas_adjustment = '0.9'\n");
        assert_eq!(
            refused(&text),
            "chains/a.toml: gas_adjustment: expected 1 to 10, got 0.9"
        );
        let text = LEAST.replace("'wasm'", "'W'");
        assert_eq!(
            refused(&text),
            "chains/a.toml: prefix: expected letters a to z, got \"W\""
        );
        assert!(refused(&format!("{LEAST}colour = 1\n")).contains("unknown field `colour`"));
    }
}
