//! The chain against what was signed, and against what the relayer wrote.

use crate::sign::Signed;
use crate::{Fault, Setting};
use cosmwasm_std::{from_json, to_json_vec};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use vrs_attestation::Envelope;
use vrs_client::{ChainFile, Client};
use vrs_interface::merchant::{self, TradeDayResponse};
use vrs_interface::oracle::{BatchesResponse, DeviceResponse, FirstOutcome, QueryMsg};
use vrs_relay::name::Name;

fn ask<T: DeserializeOwned>(client: &Client, contract: &str, query: &impl Serialize) -> Result<T, Fault> {
    Ok(from_json(client.node.smart(contract, &to_json_vec(query)?)?)?)
}

/// Compares; one line where all is well.
pub fn check(file: &ChainFile, setting: &Setting, spool: &Path) -> Result<(), Fault> {
    let client = Client::new(file)?;
    let signed: Signed = serde_json::from_slice(&std::fs::read(spool.join("signed.json"))?)?;
    let log = log(&spool.join("done"))?;
    let (mut batches, mut named) = (0u64, 0u64);
    for (device, count) in &signed.batches {
        let found: DeviceResponse = ask(&client, &setting.oracle, &QueryMsg::Device { device: *device })?;
        if found.next_sequence != count + 1 {
            return Err(format!("device {device}: signed {count}, next on chain {}", found.next_sequence).into());
        }
        let mut after = None;
        loop {
            let query = QueryMsg::Batches {
                device: *device,
                start_after: after,
                limit: Some(100),
            };
            let page: BatchesResponse = ask(&client, &setting.oracle, &query)?;
            for batch in page.batches {
                let name = Name {
                    device: *device,
                    sequence: batch.sequence,
                };
                let bytes = std::fs::read(spool.join("done").join(name.to_string()))?;
                if Envelope::parse_frame(&bytes)?.root() != batch.root.as_slice() {
                    return Err(format!("{name}: another root on chain").into());
                }
                match batch.outcome {
                    FirstOutcome::Accepted { dropped, .. } if dropped.is_empty() => batches += 1,
                    other => return Err(format!("{name}: {other:?}").into()),
                }
                match log.get(&name.to_string()) {
                    Some((1, tx)) => named += u64::from(*tx),
                    Some((lines, _)) => return Err(format!("{name}: {lines} lines in the log").into()),
                    None => return Err(format!("{name}: no line in the log").into()),
                }
                after = Some(batch.sequence);
            }
            if !page.more {
                break;
            }
        }
    }
    let told: u64 = signed.batches.values().map(|count| u64::from(*count)).sum();
    let day: TradeDayResponse = ask(&client, &setting.merchant, &merchant::QueryMsg::Day { day: 1 })?;
    if (told, signed.receipts) != (batches, day.orders) || u128::from(signed.amount) != day.spending.u128() {
        let Signed { receipts, amount, .. } = signed;
        return Err(format!(
            "signed {told} batches, {receipts} receipts of {amount}; on chain {batches}, {} of {}",
            day.orders, day.spending
        )
        .into());
    }
    let refused = std::fs::read_dir(spool.join("refused"))?.count();
    if refused > 0 {
        return Err(format!("{refused} files in refused/").into());
    }
    println!(
        "{batches} batches, {} receipts, {}.{:02}: 0 lost, 0 doubled; {named} name their transaction",
        day.orders,
        signed.amount / 100,
        signed.amount % 100
    );
    Ok(())
}

/// Lines by file: how many, and whether one names a transaction.
fn log(folder: &Path) -> Result<HashMap<String, (u32, bool)>, Fault> {
    #[derive(Deserialize)]
    struct Line {
        file: String,
        tx: Option<String>,
    }
    let mut lines: HashMap<String, (u32, bool)> = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            for line in std::fs::read_to_string(path)?.lines() {
                let line: Line = serde_json::from_str(line)?;
                let entry = lines.entry(line.file).or_default();
                entry.0 += 1;
                entry.1 |= line.tx.is_some();
            }
        }
    }
    Ok(lines)
}
