//! Receipts through the relayer, from a spool folder.

use super::pump::{self, Rate};
use super::{LoadArgs, RelayArgs};
use anyhow::{ensure, Context as _, Result};
use cosmwasm_std::Binary;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use vrs_client::{ChainFile, Client, Outcome};
use vrs_relay::{relay, Options};

/// Seconds until counting begins.
const WARM: u64 = 15;

/// A spool in memory where there is such a folder: it is not the disk that is measured.
pub fn folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let place = if memory.exists() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    place.join(format!("vrs-bench-spool-{}", std::process::id()))
}

/// Puts batches into a fresh spool, named as `vrs sign` names them.
pub fn spool(folder: &Path, batches: &[(u32, u32, Binary)]) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    for (till, number, batch) in batches {
        let name = vrs_relay::name::Name {
            device: *till,
            sequence: *number,
        };
        std::fs::write(folder.join(name.to_string()), batch)?;
    }
    Ok(())
}

/// Runs the relayer for so long and counts what blocks hold meanwhile.
pub fn run(client: &Client, oracle: &str, args: &LoadArgs, units: &(dyn Fn(&Outcome) -> u64 + Sync)) -> Result<Rate> {
    let file = client.file.path.with_file_name("relay.toml");
    let text = format!(
        "id = '{}'\nrpc = '{}'\nprefix = 'wasm'\nfee_denom = 'ufee'\ngas_price = '0.025'\ngas_adjustment = '1.3'\n\
         max_gas = 400_000_000\n[keys]\nmnemonic = 'mnemonic'\n",
        client.file.id, client.file.rpc
    );
    std::fs::write(&file, text)?;
    let log = std::fs::File::create(client.file.path.with_file_name("relay.log"))?;
    let mut child = Command::new(std::env::current_exe()?)
        .arg("relay-child")
        .args([&file, Path::new(oracle), &folder()])
        .args([args.gas.to_string(), args.window.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("relayer")?;
    let mut window = || -> Result<(u64, u64, bool)> {
        sleep(Duration::from_secs(WARM));
        let first = client.node.status()?.height;
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(args.seconds) {
            if let Some(status) = child.try_wait()? {
                ensure!(
                    status.success(),
                    "the relayer: {status}; its log is relay.log beside the chain"
                );
                return Ok((first, client.node.status()?.height, true));
            }
            sleep(Duration::from_millis(100));
        }
        Ok((first, client.node.status()?.height, false))
    };
    let window = window();
    // It survives that; what is left in the spool is thrown away.
    let _ = child.kill();
    child.wait()?;
    let (first, last, dry) = window?;
    while pump::waiting(&client.node)? > 0 {
        sleep(Duration::from_millis(200));
    }
    sleep(Duration::from_secs(2));
    std::fs::remove_dir_all(folder())?;
    let mut rate = pump::count(&client.node, first, last, units)?;
    rate.is_dry = dry;
    Ok(rate)
}

/// The relayer itself, in its own process.
pub fn child(args: &RelayArgs) -> Result<()> {
    let file = ChainFile::load(&args.chain)?;
    let options = Options {
        spool: args.spool.clone(),
        senders: super::SENDERS.iter().map(|name| (*name).to_owned()).collect(),
        once: true,
        gas: args.gas,
        window: args.window,
        ..Options::default()
    };
    relay(&file, &args.oracle, options)?;
    Ok(())
}
