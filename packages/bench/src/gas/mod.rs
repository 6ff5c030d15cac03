//! `vrs-bench gas`: what every message uses on a real chain.
//!
//! Two deployments of the same codes stand on one chain, uploaded by two accounts: one's codes are pinned, the other's
//! are not. Both live through the same days side by side, so every figure has its pair.

mod constants;
mod page;
mod reference;
mod scenes;
mod snapshot;

use crate::lane::{Lane, Row};
use crate::net::Net;
use crate::suite::Suite;
use anyhow::{anyhow, Result};
use clap::Args;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;
use vrs_client::Client;

pub use snapshot::Figure;

/// Length of a day of the bench in seconds: what belongs into one day must be executed in it, on a slow machine too.
const DAY: u32 = 15;
/// Roles' keys of the deployment whose codes are pinned, and of the other: owner, operator, treasury, relayer, holder.
pub const PINNED: [&str; 5] = ["owner", "operator", "treasury", "relayer", "member"];
const PLAIN: [&str; 5] = ["sender-1", "sender-2", "sender-3", "sender-4", "sender-5"];
/// What the bench's economy has otherwise: limits hold the next day, and holdings share the budget from day 1 on.
pub const ECONOMY: &str =
    "[rewards]\npower_bps = [5_000]\n[mining]\nhp_pool = 900_000_000\n[upkeep]\nraise_delay_days = 1\n";

/// Arguments of `gas`.
#[derive(Args, Debug)]
#[command(after_help = "\
Starts a chain of its own (VRS_LOCALNET and VRS_PORT say where), and removes it afterwards.

Examples:
  vrs-bench gas            # measures, writes docs/gas.md and docs/gas.json
  vrs-bench gas --check    # measures, and fails where a figure has grown by more than 3% since docs/gas.json")]
pub struct GasArgs {
    /// Compare with the snapshot; write nothing.
    #[arg(long)]
    check: bool,
    /// The snapshot.
    #[arg(long, value_name = "FILE", default_value = "docs/gas.json")]
    snapshot: PathBuf,
    /// The page.
    #[arg(long, value_name = "FILE", default_value = "docs/gas.md")]
    page: PathBuf,
    /// Days of the claims after many days; none: they are left out. With --check they always are.
    #[arg(long, value_name = "N", default_value_t = 120)]
    days: u32,
    /// Keep the chain when done.
    #[arg(long)]
    keep: bool,
}

/// Does what `vrs-bench gas` says.
pub fn gas(args: &GasArgs) -> Result<()> {
    let began = Instant::now();
    let told = |what: &str| eprintln!("{:>4} s  {what}", began.elapsed().as_secs());
    let days = if args.check { 0 } else { args.days };
    let figures = measure(days, args.keep, &told)?;
    told(&format!("{} figures", figures.len()));
    if args.check {
        return snapshot::compare(&snapshot::read(&args.snapshot)?, &figures, &args.snapshot);
    }
    snapshot::write(&args.snapshot, &figures)?;
    std::fs::write(&args.page, page::page(&figures))?;
    println!("{}\n{}", args.page.display(), args.snapshot.display());
    Ok(())
}

fn measure(days: u32, keep: bool, told: &(dyn Fn(&str) + Sync)) -> Result<Vec<Figure>> {
    told("a chain");
    let net = Net::start(keep)?;
    let economy = net.folder().join("economy.toml");
    std::fs::write(&economy, ECONOMY)?;
    told("two deployments");
    let (mut pinned, mut plain) = thread::scope(|scope| {
        let other = scope.spawn(|| Suite::deploy(&net, "plain", PLAIN, &economy, DAY));
        let one = Suite::deploy(&net, "pinned", PINNED, &economy, DAY);
        (one, joined(other))
    });
    let (pinned, plain) = (pinned.as_mut().map_err(take)?, plain.as_mut().map_err(take)?);
    let mut others = Lane::new(Client::new(&net.chain_file(None, DAY, "sender-8")?)?, 1);
    let contracts = reference::install(&mut others)?;
    let mut codes = pinned.codes();
    codes.extend(contracts.pinned_codes());
    net.pin(&codes)?;
    told("measuring, pinned and not");
    let (one, two, three) = thread::scope(|scope| {
        let two = scope.spawn(|| run(plain, contracts.plain_sink(), days, &|_| {}));
        let three = scope.spawn(|| reference::run(&mut others, &contracts));
        (
            run(pinned, contracts.pinned_sink(), days, told),
            joined(two),
            joined(three),
        )
    });
    let (one, two, (three, four)) = (one?, two?, three?);
    let mut figures = snapshot::pair(one, two)?;
    figures.extend(snapshot::pair(three, four)?);
    Ok(figures)
}

fn take(error: &mut anyhow::Error) -> anyhow::Error {
    std::mem::replace(error, anyhow!("told already"))
}

fn joined<T>(handle: thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    handle.join().unwrap_or_else(|_| Err(anyhow!("a thread has panicked")))
}

fn run(suite: &mut Suite, sink: &str, days: u32, told: &dyn Fn(&str)) -> Result<Vec<Row>> {
    scenes::all(suite, sink, days, told)?;
    Ok(std::mem::take(&mut suite.lane.rows))
}

/// A contract of ours or of others, gzipped as it is uploaded.
pub fn wasm(path: &Path) -> Result<Vec<u8>> {
    use anyhow::Context as _;
    use std::io::Write as _;
    let bytes = std::fs::read(path).with_context(|| format!("{}; scripts/reference makes it", path.display()))?;
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    encoder.write_all(&bytes)?;
    Ok(encoder.finish()?)
}
