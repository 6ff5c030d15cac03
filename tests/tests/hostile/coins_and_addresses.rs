//! Messages made from the schemas, so that one that is added is tried as well: with native coins, and
//! with each of its addresses in upper case, of another chain, and broken.

use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::JsonSchema;
use cosmwasm_std::{coins, Addr};
use cw_multi_test::{Executor, MockApiBech32};
use serde_json::{json, Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use vrs_interface::{identity, merchant, mining, oracle, points, token};
use vrs_tests::suite::{Suite, UNIT};

/// Texts that are no addresses.
const TEXTS: [&str; 5] = ["name", "reason", "project", "description", "url"];
/// What a registered contract tells of somebody; it is not validated because nothing depends on it.
const TOLD: &str = "/receive/sender";

/// Every message of a schema: each variant, and within it each alternative of each field once.
fn samples<M: JsonSchema>(address: &str) -> Vec<Value> {
    let root = serde_json::to_value(schema_for!(M)).unwrap();
    alternatives(&root, &root, "", address)
}

fn alternatives(schema: &Value, root: &Value, name: &str, address: &str) -> Vec<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let of = reference.rsplit('/').next().unwrap();
        return match of {
            "Uint128" | "Uint64" | "Timestamp" => vec![json!("1")],
            "Binary" => vec![json!("AQ==")],
            "Addr" => vec![json!(address)],
            _ => alternatives(&root["definitions"][of], root, name, address),
        };
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(list) = schema[key].as_array() {
            return list
                .iter()
                .filter(|one| one["type"] != "null")
                .flat_map(|one| alternatives(one, root, name, address))
                .collect();
        }
    }
    if let Some(list) = schema["enum"].as_array() {
        return list.clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").unwrap().clone(),
        kind => kind.clone(),
    };
    match kind.as_str() {
        Some("string") if TEXTS.contains(&name) => vec![json!("text")],
        Some("string") => vec![json!(address)],
        Some("integer") => vec![json!(1)],
        Some("boolean") => vec![json!(true)],
        Some("array") => match &schema["items"] {
            Value::Array(parts) => vec![parts
                .iter()
                .map(|part| alternatives(part, root, name, address).remove(0))
                .collect()],
            items => alternatives(items, root, name, address)
                .into_iter()
                .map(|item| json!([item]))
                .collect(),
        },
        Some("object") => objects(schema, root, address),
        other => panic!("{name}: {other:?} in {schema}"),
    }
}

fn objects(schema: &Value, root: &Value, address: &str) -> Vec<Value> {
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let fields: Vec<(&String, Vec<Value>)> = properties
        .iter()
        .map(|(name, field)| (name, alternatives(field, root, name, address)))
        .collect();
    let base: Map<String, Value> = fields
        .iter()
        .map(|(name, values)| ((*name).clone(), values[0].clone()))
        .collect();
    let mut all = vec![Value::Object(base.clone())];
    for (name, values) in &fields {
        for value in &values[1..] {
            let mut one = base.clone();
            one.insert((*name).clone(), value.clone());
            all.push(Value::Object(one));
        }
    }
    all
}

struct World {
    suite: Suite,
    address: String,
    /// A token whose marketing account is the owner.
    marketed: Addr,
}

fn world() -> World {
    let mut suite = Suite::new();
    let owner = suite.owner.clone();
    let address = suite.address("somebody").to_string();
    let code = suite.chain.contract_data(&suite.at.bzky).unwrap().code_id;
    let birth = token::InstantiateMsg {
        name: "marketed".into(),
        symbol: "MKT".into(),
        decimals: 6,
        supply: UNIT.into(),
        allocations: vec![token::Allocation {
            account: owner.to_string(),
            amount: UNIT.into(),
        }],
        clock: suite.clock.clone(),
        history_days: 400,
        marketing: Some(token::Marketing {
            project: None,
            description: None,
            marketing: Some(owner.to_string()),
            logo: None,
        }),
    };
    let marketed = suite
        .chain
        .instantiate_contract(code, owner, &birth, &[], "marketed", None)
        .unwrap();
    World {
        suite,
        address,
        marketed,
    }
}

impl World {
    /// Each contract with all its messages.
    fn contracts(&self) -> Vec<(&'static str, Addr, Vec<Value>)> {
        let (at, a) = (&self.suite.at, self.address.as_str());
        vec![
            ("token", self.marketed.clone(), samples::<token::ExecuteMsg>(a)),
            ("points", at.hp.clone(), samples::<points::ExecuteMsg>(a)),
            ("identity", at.identity.clone(), samples::<identity::ExecuteMsg>(a)),
            ("oracle", at.oracle.clone(), samples::<oracle::ExecuteMsg>(a)),
            ("merchant", at.merchant.clone(), samples::<merchant::ExecuteMsg>(a)),
            ("mining", at.mining.clone(), samples::<mining::ExecuteMsg>(a)),
        ]
    }
}

fn variant(msg: &Value) -> String {
    let (name, inner) = msg.as_object().unwrap().iter().next().unwrap();
    match (name.as_str(), inner) {
        ("access", Value::Object(inner)) => format!("access {}", inner.keys().next().unwrap()),
        _ => name.clone(),
    }
}

#[test]
fn native_coins_are_refused_with_every_message_of_every_contract() {
    let mut world = world();
    let owner = world.suite.owner.clone();
    world.suite.chain.init_modules(|router, _, storage| {
        router
            .bank
            .init_balance(storage, &owner, coins(1_000_000, "ucoin"))
            .unwrap();
    });
    let mut tried = BTreeSet::new();
    for (name, contract, messages) in world.contracts() {
        for msg in messages {
            let sent = world
                .suite
                .chain
                .execute_contract(owner.clone(), contract.clone(), &msg, &coins(1, "ucoin"));
            let error = sent.unwrap_err().root_cause().to_string();
            assert_eq!(error, "native coins are not accepted: 1ucoin", "{name} {msg}");
            tried.insert((name, variant(&msg)));
        }
    }
    // Token 12, points 9, identity 11, oracle 9, merchant 13, mining 11, and `access` with its six at five.
    assert_eq!(tried.len(), 65 + 30, "{tried:#?}");
    for (_, contract) in world.suite.at.all() {
        let held = world.suite.chain.wrap().query_balance(contract, "ucoin").unwrap();
        assert!(held.amount.is_zero());
    }
}

/// Paths of the leaves that are the address.
fn places(value: &Value, address: &str, path: String, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text == address => found.push(path),
        Value::Array(list) => {
            for (i, one) in list.iter().enumerate() {
                places(one, address, format!("{path}/{i}"), found);
            }
        }
        Value::Object(map) => {
            for (name, one) in map {
                places(one, address, format!("{path}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Whether an error says that an address is wrong: ours, or cw_ownable's, which asks the chain itself.
fn about_an_address(error: &str, bad: &str) -> bool {
    let of_the_chain = ["Generic error: Invalid input", "Generic error: Error decoding bech32"];
    error.starts_with(&format!("invalid address {bad}: ")) || of_the_chain.contains(&error)
}

#[test]
fn addresses_are_this_chains_and_lower_case_in_every_message() {
    let mut world = world();
    let at = world.suite.at.clone();
    let member = world.suite.members(identity::Kind::Individual, 1)[0].1.clone();
    let bad = [
        world.address.to_uppercase(),
        MockApiBech32::new("cosmos").addr_make("somebody").to_string(),
        format!("{}x", world.address),
        format!(" {}", world.address),
        "x".to_string(),
    ];
    // Whoever a message is meant for: one of them comes as far as its addresses.
    let senders = [
        world.suite.owner.clone(),
        member,
        at.mining.clone(),
        at.oracle.clone(),
        at.vrs.clone(),
    ];
    let mut named: BTreeMap<(&str, String, usize), bool> = BTreeMap::new();
    for (name, contract, messages) in world.contracts() {
        for msg in messages {
            let mut found = vec![];
            places(&msg, &world.address, String::new(), &mut found);
            found.retain(|place| place != TOLD);
            for place in found {
                for (i, bad) in bad.iter().enumerate() {
                    let mut msg = msg.clone();
                    *msg.pointer_mut(&place).unwrap() = json!(bad);
                    let seen = named.entry((name, place.clone(), i)).or_default();
                    for sender in &senders {
                        let error = match world.suite.send(sender, &contract, &msg) {
                            Err(error) => error,
                            Ok(_) => panic!("{name} {place}: {bad} was taken, {msg}"),
                        };
                        *seen |= about_an_address(&error, bad);
                    }
                }
            }
        }
    }
    let unseen: Vec<_> = named.iter().filter(|(_, seen)| !**seen).map(|(key, _)| key).collect();
    assert!(unseen.is_empty(), "refused, but not as addresses: {unseen:#?}");
    let places: BTreeSet<_> = named.keys().map(|(name, place, _)| (name, place)).collect();
    assert!(places.len() >= 30, "{places:#?}");
}
