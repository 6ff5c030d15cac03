//! `vrs exec`: one message to a contract of a deployment.

use super::{Place, Remote};
use crate::chain::{Backend as _, Name};
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use cosmwasm_std::Addr;
use serde_json::Value;
use std::fmt::Write as _;
use vrs_client::messages;
use vrs_client::outcome::Response;

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
    Ok(text)
}
