//! `vrs query`: any contract query.

use crate::chain::{db, Chain, Name};
use crate::failure::UsageError;
use crate::target::Target;
use anyhow::{Context as _, Result};
use serde_json::Value;

/// What the contract answers, as indented JSON.
///
/// Errors: [`UsageError`] where the contract or the JSON is not as described; what the contract says
/// where it refuses.
pub fn query(target: &Target, contract: &str, json: &str) -> Result<String> {
    let name: Name = contract.parse().map_err(UsageError)?;
    let message = parse(json)?;
    let source = target.open()?;
    let chain = source.chain()?;
    let message = filled(message, &chain, &source.meta()?)?;
    let answer = chain.query_raw(name, &message)?;
    let answer: Value = serde_json::from_slice(&answer).context("answer")?;
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// A message as it stands on the command line.
///
/// Errors: [`UsageError`] where it is no JSON.
pub fn parse(json: &str) -> Result<Value, UsageError> {
    serde_json::from_str(json).map_err(|error| UsageError(format!("JSON: {error}")))
}

/// The message with every text that begins with `@` looked up.
pub fn filled(mut message: Value, chain: &Chain, meta: &db::Meta) -> Result<Value> {
    fill(&mut message, &|text| look_up(chain, meta, text))?;
    Ok(message)
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

fn look_up(chain: &Chain, meta: &db::Meta, text: &str) -> Result<Value> {
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
