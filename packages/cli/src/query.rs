//! `vrs query`: any contract query.

use crate::chain::{db, Chain, Name};
use crate::failure::UsageError;
use crate::schema::{self, Entry};
use crate::target::Target;
use anyhow::{Context as _, Result};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// What the contract answers, as indented JSON.
///
/// Errors: [`UsageError`] where the contract or the JSON is not as described, or the query not as the contract's
/// schema has it; what the contract says
/// where it refuses.
pub fn query(target: &Target, contract: &str, json: &str) -> Result<String> {
    let name: Name = contract.parse().map_err(UsageError)?;
    let message = parse(json)?;
    let source = target.open()?;
    let chain = source.chain()?;
    let message = filled(message, &chain, &source.meta()?)?;
    schema::check(name.code(), Entry::Query, &message)?;
    let answer = chain.query_raw(name, &message)?;
    let answer: Value = serde_json::from_slice(&answer).context("answer")?;
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// A message as it stands on the command line.
///
/// Errors: [`UsageError`] where it is no JSON, or an object in it has a key twice: which of the two is meant nobody
/// can tell.
pub fn parse(json: &str) -> Result<Value, UsageError> {
    let read: Result<Unambiguous, _> = serde_json::from_str(json);
    read.map(|read| read.0)
        .map_err(|error| UsageError(format!("JSON: {error}")))
}

/// JSON without two equal keys in any object.
struct Unambiguous(Value);

impl<'de> Deserialize<'de> for Unambiguous {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Unambiguous)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("a number out of range"))?;
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = vec![];
        while let Some(Unambiguous(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if fields.contains_key(&key) {
                return Err(de::Error::custom(format!("the key `{key}` stands twice in one object")));
            }
            let Unambiguous(value) = map.next_value()?;
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
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
