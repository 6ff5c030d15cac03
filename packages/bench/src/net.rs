//! A local chain of the bench's own, by `scripts/localnet`.

use anyhow::{bail, ensure, Context as _, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use vrs_client::ChainFile;

/// Folder of the chain where `VRS_LOCALNET` names none.
const FOLDER: &str = "out/bench-net";
/// What is added to the ports where `VRS_PORT` says nothing: not those of the chain that people use.
const PORT: &str = "700";
const SCRIPT: &str = "scripts/localnet";

/// A running chain; it is removed when this is dropped.
pub struct Net {
    folder: PathBuf,
    port: String,
    keep: bool,
    indexer: &'static str,
}

impl Net {
    /// Starts a fresh chain of one validator. With `keep` it stays when the bench ends.
    ///
    /// Errors: where it is not called from the checkout, or the chain does not start.
    pub fn start(keep: bool) -> Result<Self> {
        ensure!(
            Path::new(SCRIPT).exists(),
            "no {SCRIPT} here: call it from the root of the checkout"
        );
        let folder = std::env::var("VRS_LOCALNET").unwrap_or_else(|_| FOLDER.to_owned());
        let folder = std::path::absolute(folder)?;
        let port = std::env::var("VRS_PORT").unwrap_or_else(|_| PORT.to_owned());
        let net = Net {
            folder,
            port,
            keep,
            indexer: "kv",
        };
        net.call(&["reset"])?;
        net.call(&["start"])?;
        Ok(net)
    }

    /// The chain file with which everything is sent: accounts that the economy allocates to are `holder`.
    pub fn chain_file(&self, economy: Option<&Path>, day_seconds: u32, holder: &str) -> Result<ChainFile> {
        let offset: u16 = self.port.parse().context("VRS_PORT")?;
        let rpc = 26_657u16.checked_add(offset).context("VRS_PORT is too high")?;
        let holders = [
            "early_supporters",
            "founding_team",
            "partners",
            "foundation",
            "sale",
            "team",
            "partner",
            "advisor",
            "marketing",
            "reserved",
        ];
        let accounts: String = holders.map(|name| format!("{name} = '{holder}'\n")).concat();
        let economy = economy.map_or(String::new(), |path| format!("file = '{}'\n", path.display()));
        let text = format!(
            "id = 'vrs-local-1'\nrpc = 'http://127.0.0.1:{rpc}'\nprefix = 'wasm'\nfee_denom = 'ufee'\n\
             gas_price = '0.025'\ngas_adjustment = '1.3'\nmax_gas = 400_000_000\n\
             [keys]\nmnemonic = 'mnemonic'\n[accounts]\n{accounts}[economy]\n{economy}day_seconds = {day_seconds}\n"
        );
        Ok(ChainFile::parse(&text, &self.folder.join("bench.toml"))?)
    }

    /// A folder for what the bench writes while it runs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts the node again, without an index of transactions: nobody can ask for one by its hash from then on.
    pub fn without_index(&mut self) -> Result<()> {
        self.indexer = "null";
        self.call(&["stop"])?;
        self.call(&["start"])
    }

    /// Pins codes by a vote.
    pub fn pin(&self, codes: &[u64]) -> Result<()> {
        let codes: Vec<String> = codes.iter().map(u64::to_string).collect();
        let mut arguments = vec!["pin"];
        arguments.extend(codes.iter().map(String::as_str));
        self.call(&arguments)
    }

    fn call(&self, arguments: &[&str]) -> Result<()> {
        let status = Command::new(SCRIPT)
            .args(arguments)
            .env("VRS_LOCALNET", &self.folder)
            .env("VRS_PORT", &self.port)
            .env("VRS_INDEXER", self.indexer)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .with_context(|| SCRIPT.to_owned())?;
        if !status.success() {
            bail!("{SCRIPT} {}: {status}", arguments.join(" "));
        }
        Ok(())
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        let end = if self.keep { "stop" } else { "reset" };
        if let Err(error) = self.call(&[end]) {
            eprintln!("{error:#}");
        }
    }
}
