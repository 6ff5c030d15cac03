//! `vrs exec`: one message to a contract of a deployment; `vrs tx`: what became of a transaction.

use super::{Place, Remote};
use crate::chain::{Backend as _, Name};
use crate::failure::UsageError;
use anyhow::{bail, Context as _, Result};
use cosmwasm_std::Addr;
use serde_json::Value;
use std::fmt::Write as _;
use vrs_client::outcome::Response;
use vrs_client::{messages, Look, Outcome, Watch};

/// How a message is sent.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Who sends it.
    pub from: &'a str,
    /// Who pays the fee by a grant; the chain file's `granter`, if it names one, where none is named.
    pub granter: Option<&'a str>,
    /// Only tells the gas.
    pub dry_run: bool,
}

/// Sends it and waits for its block; or only tells its gas.
pub fn exec(place: &Place, contract: &str, message: &Value, options: Options) -> Result<String> {
    let name: Name = contract.parse().map_err(UsageError)?;
    let mut chain = Remote::open(place)?;
    let sender = chain.account(options.from)?;
    chain.set_granter(
        place
            .granter(options.granter)?
            .filter(|granter| granter != sender.as_str()),
    );
    let address = chain
        .address(name)
        .with_context(|| format!("{name} is not deployed"))?
        .clone();
    let call = messages::execute(sender.as_str(), address.as_str(), &serde_json::to_vec(message)?);
    if options.dry_run {
        let gas = chain.simulate(&sender, &[call])?;
        let file = &place.file;
        let fee = file.fee(file.with_margin(gas));
        return Ok(format!(
            "gas     {gas}\nfee     {fee} {} with the margin of {}\n",
            file.fee_denom, file.gas_adjustment
        ));
    }
    let outcome = chain.send(&Addr::unchecked(sender), vec![call])?;
    Ok(told(&outcome))
}

/// What became of a transaction that was sent before: carried out, refused with its reason, or never to happen. It is looked
/// for by the node's index, and by blocks where `vrs` wrote down which ones may hold it, or `after` says from where.
///
/// Errors: what refused it; [`vrs_client::TxError::Late`] where it may still happen.
pub fn tx(place: &Place, hash: &str, after: Option<u64>) -> Result<String> {
    if hash.len() != 64 || hex::decode(hash).is_err() {
        return Err(UsageError(format!("expected a hash of 64 hex digits, got {hash:?}")).into());
    }
    let hash = hash.to_uppercase();
    let client = place.client()?;
    let entry = place.journal().find(&hash).context("what was sent from here")?;
    let sender = entry.as_ref().map_or("the sender", |entry| entry.sender.as_str());
    let outcome = match client.node.transaction(&hash) {
        Ok(Some(outcome)) => outcome,
        indexed => {
            let until = entry.as_ref().map_or(0, |entry| entry.until);
            let Some(after) = after.or(entry.as_ref().map(|entry| entry.after)) else {
                let reason = indexed
                    .err()
                    .map_or_else(|| "not found".to_owned(), |error| error.to_string());
                bail!(
                    "{hash}: not known here, and the node's index says: {reason}; name a block before it with --after"
                );
            };
            let mut watch = Watch::of(&hash, after, until);
            match watch.look(&client.node) {
                Look::Found(outcome) => *outcome,
                Look::Never => return Err(watch.never().into()),
                Look::NotYet => return Err(watch.late(0).into()),
            }
        }
    };
    match outcome.error(sender) {
        Some(error) => Err(error).with_context(|| format!("{hash} was refused in block {}", outcome.height)),
        None => Ok(told(&outcome)),
    }
}

/// A transaction that was carried out.
fn told(outcome: &Outcome) -> String {
    let mut text = format!(
        "tx      {}\nblock   {}\ngas     {}\n",
        outcome.hash, outcome.height, outcome.gas_used
    );
    for event in outcome.events.iter().filter(|event| event.kind.starts_with("wasm-")) {
        let own = event
            .attributes
            .iter()
            .filter(|a| a.key != "msg_index" && a.key != "_contract_address");
        let told: Vec<String> = own.map(|a| format!("{}={}", a.key, a.value)).collect();
        let _ = writeln!(
            text,
            "event   {} {}",
            event.kind.trim_start_matches("wasm-"),
            told.join(" ")
        );
    }
    for response in &outcome.responses {
        if let Response::Data(data) = response {
            if !data.is_empty() {
                let _ = writeln!(text, "answer  {}", String::from_utf8_lossy(data));
            }
        }
    }
    text
}
