//! `vrs deploy`: the whole suite on a real chain, in steps that may be interrupted anywhere.
//!
//! What is done stands on the chain; the record tells where. Called again, a deployment goes on: what the
//! record does not know yet is looked for on the chain first (a code by uploader and checksum, a contract by
//! creator and label), so that nothing is uploaded or created twice.

mod codes;
mod fund;
mod hand_over;
mod install;
mod plan;

pub use codes::{artifacts, Artifact, ARTIFACTS};

use super::{Place, Remote};
use crate::chain::{Backend as _, Chain, Name};
use crate::deploy;
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use install::Install;
use std::fmt::Write as _;
use std::thread::sleep;
use std::time::Duration;
use vrs_client::{Client, Deployment, TxError};
use vrs_days::Clock;
use vrs_interface::identity;

/// Shortest day on a real chain, seconds.
pub const SHORTEST_DAY: u32 = 60;
/// Steps after the contracts, as the record names them.
const CONNECT: &str = "connect";
const FUND: &str = "fund";
const HAND_OVER: &str = "hand-over";

/// What `vrs deploy` is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Only tell what would be done, and what gas it takes.
    pub dry_run: bool,
    /// Allow days under a minute: for tests.
    pub short_days: bool,
}

/// How often it is begun anew where a transaction of an interrupted call comes in between, and the pause before.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_secs(1);

/// Deploys what is not there yet; answers what people are told.
pub fn deploy(place: &Place, options: Options) -> Result<String> {
    let mut tries = 1;
    loop {
        match carry_out(place, options) {
            Err(error) if is_overtaken(&error) && tries < TRIES => {
                eprintln!("a transaction of an earlier call was still under way: looking again");
                tries += 1;
                sleep(PAUSE);
            }
            done => return done,
        }
    }
}

/// Whether an account sent something else since it was opened, or a transaction is known never to happen: what is missing
/// is looked for anew.
fn is_overtaken(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<TxError>());
    causes.any(|cause| matches!(cause, TxError::Sequence { .. } | TxError::Never { .. }))
}

fn carry_out(place: &Place, options: Options) -> Result<String> {
    let economy = place.economy()?;
    let day_seconds = economy.economy.calendar.day_seconds;
    if day_seconds < SHORTEST_DAY && !options.short_days {
        let reason = format!("day_seconds: expected {SHORTEST_DAY} or more on a real chain, got {day_seconds}");
        return Err(UsageError(reason).into());
    }
    let artifacts = artifacts()?;
    let client = place.client()?;
    let record = current(place, &client, options.dry_run)?;
    let mut remote = Remote::new(client.clone(), &record);
    let owner = remote.account("owner")?;
    // Before anything is paid for: everybody who acts, and whom the supplies go to, must be known.
    for role in ["operator", "treasury", "relayer"] {
        remote.account(role)?;
    }
    let tokens = &economy.economy.tokens;
    for token in [&tokens.vrs, &tokens.mvc, &tokens.bzky] {
        token
            .allocations
            .keys()
            .try_for_each(|holder| remote.account(holder).map(drop))?;
    }
    if options.dry_run {
        return plan::plan(place, remote, &record, &artifacts, &owner);
    }
    let treasury = remote.account("treasury")?;
    remote.hold(&[&owner, &treasury])?;

    let mut install = Install::new(place.clone(), remote, record);
    for account in ["operator", "treasury"] {
        install.name_account(account)?;
    }
    install.codes(&artifacts, &owner)?;
    let clock = install.clock(&economy.economy, &owner)?;
    let mut chain: Chain = install.into();
    let accounts = deploy::contracts(&mut chain, &economy.economy, &clock)?;
    check_clock(&chain, &clock)?;
    step(place, CONNECT, || {
        deploy::connect(&mut chain, &economy.economy, &accounts)
    })?;
    step(place, FUND, || {
        fund::fund(&mut chain, &economy.economy, &accounts, &clock)
    })?;
    let told = hand_over::hand_over(place, client, &accounts)?;
    let mut text = summary(place)?;
    text.push_str(&told);
    Ok(text)
}

/// The record, or an empty one where the chain of that id is another than the recorded one.
fn current(place: &Place, client: &Client, dry_run: bool) -> Result<Deployment> {
    let fresh = || Deployment {
        chain_id: place.file.id.clone(),
        ..Deployment::default()
    };
    let Some(record) = Deployment::read(&place.record).with_context(|| place.record.display().to_string())? else {
        return Ok(fresh());
    };
    let Some(first) = record.contracts.values().next() else {
        return Ok(record);
    };
    let (found, told) = (client.node.contract(&first.address)?, place.record.display());
    if found.is_some() {
        return Ok(record);
    }
    eprintln!("{told} is of an earlier chain named {}: it is set aside", place.file.id);
    if !dry_run {
        for path in [&place.record, &place.book] {
            if path.exists() {
                std::fs::rename(path, path.with_extension("json.old")).with_context(|| path.display().to_string())?;
            }
        }
    }
    Ok(fresh())
}

/// Carries out a step, unless the record says that it is done; then notes it there.
fn step(place: &Place, name: &str, carry_out: impl FnOnce() -> Result<()>) -> Result<()> {
    let mut record = place.deployment()?;
    if record.done.iter().any(|done| done == name) {
        return Ok(());
    }
    eprintln!("{name}");
    carry_out()?;
    record.done.push(name.to_owned());
    place.save(&record)
}

/// An adopted contract must count days as the others do.
fn check_clock(chain: &Chain, clock: &Clock) -> Result<()> {
    let config: identity::ConfigResponse = chain.query(Name::Identity, &identity::QueryMsg::Config {})?;
    if config.clock != *clock {
        anyhow::bail!("identity: expected the clock {clock:?}, got {:?}", config.clock);
    }
    Ok(())
}

fn summary(place: &Place) -> Result<String> {
    let record = place.deployment()?;
    let mut text = format!("{:<10} {}\n", "chain", record.chain_id);
    for name in Name::ALL {
        if let Some(entry) = record.contracts.get(name.as_str()) {
            let _ = writeln!(text, "{:<10} {}  code {}", name, entry.address, entry.code_id);
        }
    }
    let _ = writeln!(text, "{:<10} {}", "record", place.record.display());
    Ok(text)
}
