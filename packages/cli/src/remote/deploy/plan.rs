//! What a deployment would do, and what gas it takes.

use super::{Artifact, CONNECT, FUND, HAND_OVER};
use crate::chain::Name;
use crate::remote::{Place, Remote};
use anyhow::Result;
use cosmwasm_std::Addr;
use std::fmt::Write as _;
use vrs_client::{messages, Deployment};

/// Gas of what can't be simulated before the codes are there, as measured on the local chain, rounded up.
const CREATE: u64 = 400_000;
const CONNECT_GAS: u64 = 7_000_000;
const FUND_GAS: u64 = 1_500_000;
const HAND_OVER_GAS: u64 = 3_000_000;

/// The steps that are left, each with its gas.
pub fn plan(
    place: &Place,
    mut remote: Remote,
    record: &Deployment,
    artifacts: &[Artifact],
    owner: &Addr,
) -> Result<String> {
    let (mut text, mut sum) = (format!("{:<24} {:>12}\n", "step", "gas"), 0);
    let mut line = |what: String, gas: Option<u64>, exact: bool| {
        let told = match gas {
            None => "done".to_owned(),
            Some(gas) => format!("{}{gas}", if exact { "" } else { "~" }),
        };
        sum += gas.unwrap_or(0);
        let _ = writeln!(text, "{what:<24} {told:>12}");
    };
    for artifact in artifacts {
        let name = artifact.code.as_str();
        let gas = match record.codes.get(name) {
            Some(_) => None,
            None => Some(remote.simulate(owner, &[messages::store_code(owner.as_str(), artifact.gzipped()?)])?),
        };
        line(format!("upload {name}"), gas, true);
    }
    for name in Name::ALL {
        let left = !record.contracts.contains_key(name.as_str());
        line(format!("create {name}"), left.then_some(CREATE), false);
    }
    let mut steps = vec![(CONNECT, CONNECT_GAS), (FUND, FUND_GAS)];
    if place.file.accounts.contains_key("admin") {
        steps.push((HAND_OVER, HAND_OVER_GAS));
    }
    for (name, gas) in steps {
        let left = !record.done.iter().any(|done| done == name);
        line(name.to_owned(), left.then_some(gas), false);
    }
    let file = &place.file;
    let fee = file.fee(file.with_margin(sum));
    let _ = writeln!(text, "{:<24} {sum:>12}", "all");
    let _ = writeln!(
        text,
        "{:<24} {fee:>12} {} with the margin of {}",
        "fees at most", file.fee_denom, file.gas_adjustment
    );
    let _ = writeln!(
        text,
        "~ can't be simulated before the codes are there; as measured on the local chain"
    );
    Ok(text)
}
