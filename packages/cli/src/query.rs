//! `vrs query`: any contract query against a finished run.

use crate::chain::{db, Name};
use crate::failure::UsageError;
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::path::Path;

/// What the contract answers, as indented JSON.
///
/// Errors: [`UsageError`] where the contract or the JSON is not as described; what the contract says
/// where it refuses.
pub fn query(dir: &Path, contract: &str, json: &str) -> Result<String> {
    let name: Name = contract.parse().map_err(UsageError)?;
    let mut message: Value = serde_json::from_str(json).map_err(|error| UsageError(format!("JSON: {error}")))?;
    let reader = db::Reader::open(dir)?;
    let chain = reader.chain()?;
    let meta = reader.meta()?;
    fill(&mut message, &|text| look_up(&chain, &meta, text))?;
    let answer = chain.query_raw(name, &message)?;
    let answer: Value = serde_json::from_slice(&answer).context("answer")?;
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// Replaces every text that begins with `@`.
fn fill(value: &mut Value, look_up: &dyn Fn(&str) -> Result<Value>) -> Result<()> {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix('@') {
                *value = look_up(name)?;
            }
            Ok(())
        }
        Value::Array(items) => items.iter_mut().try_for_each(|item| fill(item, look_up)),
        Value::Object(fields) => fields.values_mut().try_for_each(|field| fill(field, look_up)),
        _ => Ok(()),
    }
}

fn look_up(chain: &crate::chain::Chain, meta: &db::Meta, text: &str) -> Result<Value> {
    if let Ok(name) = text.parse::<Name>() {
        return Ok(Value::from(chain.address(name)?.as_str()));
    }
    if text.len() == 10 && text.matches('-').count() == 2 {
        let no_dates = || UsageError(format!("@{text}: days have no dates here; write their number"));
        return Ok(Value::from(meta.calendar.ok_or_else(no_dates)?.day(text)?));
    }
    let (member, wants_address) = match text.strip_suffix(".address") {
        Some(member) => (member, true),
        None => (text, false),
    };
    let found = meta.book.resolve(member)?;
    match found.as_slice() {
        [entry] if wants_address => Ok(Value::from(entry.address.as_str())),
        [entry] => Ok(Value::from(entry.member)),
        many => {
            let names: Vec<String> = many.iter().map(|e| format!("@{}:{}", e.party, e.id)).collect();
            Err(UsageError(format!("@{text} is several: write {}", names.join(" or "))).into())
        }
    }
}
