//! `vrs relay`: batches of a spool folder to the oracle.

use super::Place;
use crate::cli::RelayArgs;
use anyhow::{Context as _, Result};
use std::process::ExitCode;
use std::time::Duration;
use vrs_relay::{telemetry, Options};

/// Exit code where something was refused or is left.
const REFUSED: u8 = 3;

/// Relays until it is told to end, or nothing is left.
pub fn relay(args: &RelayArgs) -> Result<ExitCode> {
    telemetry::start(args.log_json);
    let place = Place::open(&args.chain)?;
    let file = &place.file;
    let oracle = match &args.oracle {
        Some(oracle) => oracle.clone(),
        None => {
            let deployment = place.deployment()?;
            let oracle = deployment.contracts.get("oracle");
            oracle.context("the deployment has no oracle")?.address.clone()
        }
    };
    let options = Options {
        spool: args.spool.clone(),
        senders: args.senders.iter().map(|name| file.named(name).to_owned()).collect(),
        granter: place.granter(args.granter.as_deref())?,
        window: args.window as usize,
        gas: args.gas.min(file.max_gas),
        bytes: args.bytes as usize,
        linger: Duration::from_millis(args.linger),
        patience: Duration::from_secs(args.patience),
        poll: Duration::from_millis(args.poll),
        metrics: args.metrics,
        once: args.once,
    };
    let report = vrs_relay::relay(file, &oracle, options)?;
    println!(
        "{} batches with {} items accepted, {} repeated, {} refused, {} left",
        report.accepted, report.items, report.repeated, report.refused, report.left
    );
    let is_done = !args.once || report.refused + report.left == 0;
    Ok(ExitCode::from(if is_done { 0 } else { REFUSED }))
}
