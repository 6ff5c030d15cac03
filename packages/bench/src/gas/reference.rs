//! cw20-base and cw721-base on the same chain, and a contract that does nothing: pinned and not.

use super::constants;
use super::scenes::{Coin, CW20, SIZES};
use crate::lane::{Lane, Line, Row};
use anyhow::{Context as _, Result};
use serde_json::{json, Value};
use std::path::Path;
use vrs_client::messages;
use vrs_client::outcome::Response;

/// Who does everything here.
pub const HOLDER: &str = "sender-8";
/// A second uploader: his codes are pinned.
pub const OTHER: &str = "sender-7";
const CW721: &str = "cw721-base";
/// Does nothing; from sink.wat.
const SINK: &[u8] = include_bytes!("sink.wasm");

/// One set of contracts with codes of its own.
#[derive(Clone, Debug)]
struct Set {
    codes: Vec<u64>,
    cw20: String,
    cw721: String,
    sink: String,
}

/// Both sets.
#[derive(Debug)]
pub struct Contracts {
    pinned: Set,
    plain: Set,
}

impl Contracts {
    /// What is to be pinned.
    pub fn pinned_codes(&self) -> &[u64] {
        &self.pinned.codes
    }

    /// Does nothing; its code is pinned.
    pub fn pinned_sink(&self) -> &str {
        &self.pinned.sink
    }

    /// Does nothing; its code is not pinned.
    pub fn plain_sink(&self) -> &str {
        &self.plain.sink
    }
}

/// Uploads and creates them.
pub fn install(lane: &mut Lane) -> Result<Contracts> {
    Ok(Contracts {
        pinned: set(lane, HOLDER)?,
        plain: set(lane, OTHER)?,
    })
}

fn set(lane: &mut Lane, uploader: &str) -> Result<Set> {
    let from = lane.address(uploader)?;
    let holder = lane.address(HOLDER)?;
    let folder = Path::new("artifacts/reference");
    for wasm in [
        super::wasm(&folder.join("cw20_base.wasm"))?,
        super::wasm(&folder.join("cw721_base.wasm"))?,
        SINK.to_vec(),
    ] {
        lane.queue(None, uploader, &[messages::store_code(&from, wasm)])?;
    }
    let outcomes = lane.flush()?;
    let stored = outcomes.iter().flat_map(|outcome| &outcome.responses);
    let codes: Vec<u64> = stored
        .filter_map(|response| match response {
            Response::Stored { code_id, .. } => Some(*code_id),
            _ => None,
        })
        .collect();
    let cw20 = json!({
        "name": "Reference", "symbol": "REF", "decimals": 6,
        "initial_balances": [{"address": holder, "amount": "10000000000000000"}],
        "mint": {"minter": holder},
        "marketing": {"marketing": holder},
    });
    let cw721 = json!({"name": "Reference", "symbol": "REF", "minter": holder});
    for (code, msg) in codes.iter().zip([cw20, cw721, json!({})]) {
        let msg = msg.to_string().into_bytes();
        let create = messages::instantiate(&from, &from, *code, "reference", &msg);
        lane.queue(None, uploader, &[create])?;
    }
    let outcomes = lane.flush()?;
    let created = outcomes.iter().flat_map(|outcome| &outcome.responses);
    let mut addresses = created.filter_map(|response| match response {
        Response::Instantiated { address } => Some(address.clone()),
        _ => None,
    });
    let mut next = || addresses.next().context("a contract without an address");
    Ok(Set {
        cw20: next()?,
        cw721: next()?,
        sink: next()?,
        codes,
    })
}

/// Measures both sets: rows of the pinned one, and of the other.
pub fn run(lane: &mut Lane, contracts: &Contracts) -> Result<(Vec<Row>, Vec<Row>)> {
    let mut rows = vec![];
    for set in [&contracts.pinned, &contracts.plain] {
        let mut coin = Coin::new(set.cw20.clone(), HOLDER, CW20).receiver(&set.sink);
        coin.found(lane)?;
        let mut tokens = 0;
        for size in SIZES {
            coin.others(lane, size)?;
            coin.day(lane, size)?;
            nft(lane, &set.cw721, size, &mut tokens)?;
            lane.flush()?;
        }
        constants::measure(lane, &set.sink)?;
        rows.push(std::mem::take(&mut lane.rows));
    }
    let plain = rows.pop().unwrap_or_default();
    Ok((rows.pop().unwrap_or_default(), plain))
}

fn nft(lane: &mut Lane, contract: &str, size: u32, tokens: &mut u32) -> Result<()> {
    let owner = lane.address(HOLDER)?;
    let to = lane.address("bench collector")?;
    let mint =
        |id: u32| json!({"mint": {"token_id": id.to_string(), "owner": owner, "token_uri": null, "extension": null}});
    let body = |value: &Value| value.to_string().into_bytes();
    let mut calls = vec![];
    while *tokens + 1 < size {
        *tokens += 1;
        calls.push(messages::execute(&owner, contract, &body(&mint(1_000_000 + *tokens))));
    }
    for chunk in calls.chunks(100) {
        lane.queue(None, HOLDER, chunk)?;
    }
    *tokens += 1;
    let id = (1_000_000 + *tokens).to_string();
    let approve = json!({"approve": {"spender": to, "token_id": id, "expires": null}});
    let transfer = json!({"transfer_nft": {"recipient": to, "token_id": id}});
    for (what, msg) in [
        ("mint", mint(1_000_000 + *tokens)),
        ("approve", approve),
        ("transfer_nft", transfer),
    ] {
        lane.call(Some(Line::new(CW721, what, "", size)), HOLDER, contract, &body(&msg))?;
    }
    Ok(())
}
