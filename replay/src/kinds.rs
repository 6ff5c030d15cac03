//! Names of messages, and which there are.

use crate::corpus::{Call, Code, Entry};
use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::schema::RootSchema;
use serde_json::Value;
use std::collections::BTreeSet;
use vrs_interface::access::{AccessMsg, OwnershipMsg};
use vrs_interface::{identity, merchant, mining, oracle, points, token};

/// A message that is none of the contract's.
pub const UNKNOWN: &str = "(no message)";

/// A kind of call: code, entry point, name of the message.
pub type Kind = (Code, Entry, String);

/// All kinds that a corpus must have.
pub struct Kinds {
    all: BTreeSet<Kind>,
}

impl Kinds {
    /// Every message and question of every contract, from the types that their schema is made of.
    pub fn all() -> Self {
        let mut all = BTreeSet::new();
        for code in Code::ALL {
            let (messages, questions) = match code {
                Code::Token => (schema_for!(token::ExecuteMsg), schema_for!(token::QueryMsg)),
                Code::Points => (schema_for!(points::ExecuteMsg), schema_for!(points::QueryMsg)),
                Code::Identity => (schema_for!(identity::ExecuteMsg), schema_for!(identity::QueryMsg)),
                Code::Oracle => (schema_for!(oracle::ExecuteMsg), schema_for!(oracle::QueryMsg)),
                Code::Merchant => (schema_for!(merchant::ExecuteMsg), schema_for!(merchant::QueryMsg)),
                Code::Mining => (schema_for!(mining::ExecuteMsg), schema_for!(mining::QueryMsg)),
            };
            for name in variants(&messages) {
                if name == "access" {
                    let inner = access();
                    all.extend(inner.into_iter().map(|name| (code, Entry::Execute, name)));
                } else {
                    all.insert((code, Entry::Execute, name));
                }
            }
            all.extend(variants(&questions).into_iter().map(|name| (code, Entry::Query, name)));
            for entry in [Entry::Instantiate, Entry::Migrate] {
                all.insert((code, entry, String::new()));
            }
        }
        all.insert((Code::Oracle, Entry::Reply, String::new()));
        Kinds { all }
    }

    /// The kinds.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.all.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The kind of a call.
    pub fn of(&self, call: &Call) -> Kind {
        let name = match call.entry {
            Entry::Execute | Entry::Query => named(&call.msg).unwrap_or_default(),
            _ => return (call.code, call.entry, String::new()),
        };
        let kind = (call.code, call.entry, name);
        match self.all.contains(&kind) {
            true => kind,
            false => (call.code, call.entry, UNKNOWN.into()),
        }
    }
}

fn access() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = variants(&schema_for!(AccessMsg));
    names.remove("update_ownership");
    names.extend(variants(&schema_for!(OwnershipMsg)));
    names.into_iter().map(|name| format!("access: {name}")).collect()
}

/// Names of an enum's variants.
fn variants(schema: &RootSchema) -> BTreeSet<String> {
    let schema = serde_json::to_value(schema).expect("a schema is JSON");
    let list = schema["oneOf"].as_array().cloned().unwrap_or_default();
    let names = list.iter().flat_map(|variant| {
        let fields = variant["required"].as_array().or(variant["enum"].as_array());
        fields.cloned().unwrap_or_default()
    });
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Name of a message, `access: ...` where it is one of administration.
fn named(msg: &[u8]) -> Option<String> {
    let (outer, inner) = only(serde_json::from_slice(msg).ok()?)?;
    if outer != "access" {
        return Some(outer);
    }
    let (action, inner) = only(inner)?;
    let action = match (action.as_str(), inner) {
        ("update_ownership", inner) => only(inner)?.0,
        _ => action,
    };
    Some(format!("access: {action}"))
}

fn only(value: Value) -> Option<(String, Value)> {
    match value {
        Value::Object(map) if map.len() == 1 => map.into_iter().next(),
        _ => None,
    }
}
