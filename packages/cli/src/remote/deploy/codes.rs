//! The wasm that is deployed, and its checksums.

use crate::chain::Code;
use crate::failure::UsageError;
use crate::remote::Remote;
use anyhow::{bail, Context as _, Result};
use cosmwasm_std::Addr;
use flate2::write::GzEncoder;
use flate2::Compression;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use vrs_client::messages;
use vrs_client::outcome::Response;

/// Folder where `scripts/build` puts the contracts.
pub const ARTIFACTS: &str = "artifacts";

/// A contract's code as it is built.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Which.
    pub code: Code,
    /// The wasm.
    pub wasm: Vec<u8>,
    /// Its SHA-256, lower-case hex.
    pub checksum: String,
}

impl Artifact {
    /// The wasm as it is uploaded.
    pub fn gzipped(&self) -> Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(vec![], Compression::best());
        encoder.write_all(&self.wasm)?;
        Ok(encoder.finish()?)
    }

    /// Number of the code on the chain: of one that `account` uploaded before, or uploads now.
    ///
    /// Errors: where the chain stores other bytes than were sent.
    pub fn store(&self, remote: &mut Remote, account: &Addr) -> Result<u64> {
        let name = self.code.as_str();
        let uploaded = remote.client().node.codes_of(account.as_str())?;
        if let Some(code) = uploaded.into_iter().find(|code| code.checksum == self.checksum) {
            eprintln!("{name}: code {} is there already", code.id);
            return Ok(code.id);
        }
        let gzipped = self.gzipped()?;
        let size = gzipped.len();
        let outcome = remote.send(account, vec![messages::store_code(account.as_str(), gzipped)])?;
        let Some(Response::Stored { code_id, checksum }) = outcome.responses.first() else {
            bail!("{name}: the chain stored it without telling its number");
        };
        if hex::encode(checksum) != self.checksum {
            bail!(
                "{name}: sent {}, the chain stored {}",
                self.checksum,
                hex::encode(checksum)
            );
        }
        eprintln!(
            "{name}: uploaded as code {code_id}, {size} bytes gzipped, {} gas",
            outcome.gas_used
        );
        Ok(*code_id)
    }
}

/// All codes; builds them where there are none.
///
/// Errors: [`UsageError`] where they can't be built, or are not what their list of checksums says.
pub fn artifacts() -> Result<Vec<Artifact>> {
    let list = Path::new(ARTIFACTS).join("checksums.txt");
    if !list.exists() {
        build()?;
    }
    let list = std::fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    Code::ALL.into_iter().map(|code| read(code, &list)).collect()
}

fn read(code: Code, list: &str) -> Result<Artifact> {
    let file = format!("{}.wasm", code.as_str());
    let path = Path::new(ARTIFACTS).join(&file);
    let wasm = std::fs::read(&path).with_context(|| format!("{}; `scripts/build` makes it", path.display()))?;
    let checksum = hex::encode(Sha256::digest(&wasm));
    let listed = list
        .lines()
        .filter_map(|line| line.split_once("  "))
        .find(|(_, name)| *name == file);
    match listed {
        Some((expected, _)) if expected == checksum => Ok(Artifact { code, wasm, checksum }),
        listed => {
            let expected = listed.map_or("none", |(sum, _)| sum);
            let told = format!(
                "{}: its list says {expected}, its bytes are {checksum}; `scripts/build`",
                path.display()
            );
            Err(UsageError(told).into())
        }
    }
}

fn build() -> Result<()> {
    let missing = || {
        UsageError(format!(
            "no {ARTIFACTS}/checksums.txt, and no scripts/build here to make it: call `vrs` from the checkout"
        ))
    };
    if !Path::new("scripts/build").exists() {
        return Err(missing().into());
    }
    eprintln!("no {ARTIFACTS}/ yet: scripts/build makes it, some minutes, once");
    // What it prints belongs to the progress, not to the answer.
    let status = Command::new("scripts/build")
        .stdout(std::io::stderr())
        .status()
        .context("scripts/build")?;
    if !status.success() {
        return Err(UsageError(format!("scripts/build: {status}")).into());
    }
    Ok(())
}
