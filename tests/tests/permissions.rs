//! Every execute message of every contract times every role, frozen in `docs/permissions.md`.
//!
//! Each message is really sent by each role; whether it was let in is read from the error. Nothing
//! stays: a second message in the same transaction always fails. One who is let in then sends it to the
//! paused contract: it stops where it declares so. `VRS_BLESS=1 cargo test --workspace --test permissions`
//! writes the file anew.

use cosmwasm_schema::schema_for;
use cosmwasm_schema::schemars::JsonSchema;
use cosmwasm_std::{Addr, Binary, CosmosMsg, Empty, WasmMsg};
use serde::de::DeserializeOwned;
use serde_json::{json, Value};
use std::collections::BTreeSet;
use std::fmt::Write;
use vrs_interface::access::{Gate, Permission, Role};
use vrs_interface::{identity, merchant, mining, oracle, points, token};
use vrs_tests::suite::Suite;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/permissions.md");

struct Cast {
    suite: Suite,
    roles: Vec<(&'static str, Addr)>,
}

fn cast() -> Cast {
    let mut suite = Suite::new();
    let member = suite.members(identity::Kind::Individual, 1)[0].1.clone();
    let at = suite.at.clone();
    let mut roles = vec![("owner", suite.owner.clone())];
    for (name, role) in [
        ("registrar", Role::Registrar),
        ("verifier", Role::Verifier),
        ("assessor", Role::Assessor),
        ("arbiter", Role::Arbiter),
        ("guardian", Role::Guardian),
        ("brief_guardian", Role::BriefGuardian),
    ] {
        let account = suite.address(name);
        for contract in [&at.hp, &at.identity, &at.oracle, &at.merchant, &at.mining] {
            suite.grant(contract, role, &account);
        }
        roles.push((name, account));
    }
    // Somebody is about to become the owner, and the owner has a device.
    for contract in [&at.hp, &at.identity, &at.oracle, &at.merchant, &at.mining] {
        let hand = json!({"access": {"update_ownership": {"transfer_ownership": {"new_owner": member, "expiry": {"at_height": u64::MAX}}}}});
        suite.owns(contract, &hand);
    }
    suite.device(vrs_attestation::Kind::Terminal, Some(1));
    roles.extend([
        ("oracle", at.oracle.clone()),
        ("Bzky", at.bzky.clone()),
        ("VRS", at.vrs.clone()),
        ("mining", at.mining.clone()),
        ("member", member),
        ("stranger", suite.address("a stranger")),
    ]);
    Cast { suite, roles }
}

/// How contracts say that the sender may not.
const REFUSALS: [&str; 7] = [
    "unauthorized",
    "pending owner",
    "is not a registered issuer",
    "not to vrs1",
    "sent by vrs1",
    "only vrs1",
    "belongs to no member",
];

/// Whether the contract let the message in: any answer but one about permission.
fn let_in(cast: &mut Cast, sender: &Addr, contract: &Addr, msg: &Value) -> bool {
    let text = refusal(cast, sender, contract, msg);
    !REFUSALS.iter().any(|refusal| text.contains(refusal))
}

/// Whether a pause of the contract stops the message of somebody who is let in.
fn stopped(cast: &mut Cast, sender: &Addr, contract: &Addr, msg: &Value) -> bool {
    cast.suite.owns(contract, &json!({"access": {"pause": {}}}));
    let text = refusal(cast, sender, contract, msg);
    cast.suite.owns(contract, &json!({"access": {"unpause": {}}}));
    text.contains("paused: payouts")
}

/// What is said to the message, in a transaction that is undone whatever it does.
fn refusal(cast: &mut Cast, sender: &Addr, contract: &Addr, msg: &Value) -> String {
    let execute = |contract: &str, msg: Binary| -> CosmosMsg<Empty> {
        WasmMsg::Execute {
            contract_addr: contract.into(),
            msg,
            funds: vec![],
        }
        .into()
    };
    let poison = cast.suite.address("no contract at all");
    let msgs = vec![
        execute(contract.as_str(), Binary::from(serde_json::to_vec(msg).unwrap())),
        execute(poison.as_str(), Binary::from(b"{}")),
    ];
    let error = cast.suite.chain.execute_multi(sender.clone(), msgs).unwrap_err();
    let text = format!("{:#} {}", error, error.root_cause()).to_lowercase();
    assert!(
        !text.contains("error parsing") && !text.contains("unknown variant"),
        "{msg}: {text}"
    );
    text
}

fn variants<M: JsonSchema>() -> BTreeSet<String> {
    let schema = serde_json::to_value(schema_for!(M)).unwrap();
    let mut names = BTreeSet::new();
    for variant in schema["oneOf"].as_array().unwrap() {
        names.extend(
            variant["required"]
                .as_array()
                .unwrap()
                .iter()
                .map(|name| name.as_str().unwrap().to_string()),
        );
    }
    names
}

fn declared(permission: Permission) -> String {
    match permission {
        Permission::Anyone => "anyone".into(),
        Permission::Owner => "owner".into(),
        Permission::Role(role) => format!("{role:?}").to_lowercase(),
        Permission::Guardian => "guardian".into(),
        Permission::BriefGuardian => "brief_guardian".into(),
        Permission::Peer(name) => format!("the contract `{name}`"),
        Permission::Registered(list) => format!("registered {list}"),
        Permission::Subject => "whom it is about".into(),
    }
}

fn rows<M: JsonSchema + DeserializeOwned>(
    out: &mut String,
    cast: &mut Cast,
    (name, contract): (&str, &Addr),
    gate: impl Fn(&M) -> Gate,
    samples: Vec<Value>,
) {
    let mut missing = variants::<M>();
    writeln!(out, "\n## {name}\n").unwrap();
    let heads: Vec<&str> = cast.roles.iter().map(|(role, _)| *role).collect();
    writeln!(out, "| message | declared | paused | {} |", heads.join(" | ")).unwrap();
    writeln!(out, "| --- | --- | --- |{}", " --- |".repeat(heads.len())).unwrap();
    let pauses = missing.contains("access");
    for sample in samples {
        let (variant, inner) = match &sample {
            Value::Object(map) => map
                .iter()
                .next()
                .map(|(key, value)| (key.clone(), value.clone()))
                .unwrap(),
            other => panic!("{other}"),
        };
        missing.remove(&variant);
        let shown = match (&variant[..], &inner) {
            ("access", Value::Object(map)) => {
                let (key, value) = map.iter().next().unwrap();
                match (key.as_str(), value) {
                    ("update_ownership", Value::Object(action)) => format!("access: {}", action.keys().next().unwrap()),
                    _ => format!("access: {key}"),
                }
            }
            _ => variant.clone(),
        };
        let typed: M = serde_json::from_value(sample.clone()).unwrap_or_else(|e| panic!("{sample}: {e}"));
        let gate = gate(&typed);
        let (mut marks, mut admitted) = (String::new(), None);
        for i in 0..cast.roles.len() {
            let sender = cast.roles[i].1.clone();
            let yes = let_in(cast, &sender, contract, &sample);
            write!(marks, " {} |", if yes { "yes" } else { "·" }).unwrap();
            admitted = admitted.or(yes.then_some(sender));
        }
        let stops = match admitted {
            Some(sender) if pauses && variant != "access" => stopped(cast, &sender, contract, &sample),
            _ => false,
        };
        if variant != "prune" {
            assert_eq!(stops, gate.stops, "{name}: `{shown}` while paused, and as declared");
        }
        let stops = if stops { "stops" } else { "goes on" };
        let row = format!("| `{shown}` | {} | {stops} |{marks}", declared(gate.permission));
        writeln!(out, "{row}").unwrap();
    }
    assert!(missing.is_empty(), "{name}: no sample for {missing:?}");
}

fn access(to: &Addr, now: u64) -> Vec<Value> {
    vec![
        json!({"access": {"update_ownership": {"transfer_ownership": {"new_owner": to, "expiry": {"at_height": u64::MAX}}}}}),
        json!({"access": {"update_ownership": {"accept_ownership": {}}}}),
        json!({"access": {"update_ownership": {"withdraw_offer": {}}}}),
        json!({"access": {"grant_role": {"role": "arbiter", "account": to}}}),
        json!({"access": {"revoke_role": {"role": "arbiter", "account": to}}}),
        json!({"access": {"pause": {}}}),
        json!({"access": {"pause_until": {"until": now + 60}}}),
        json!({"access": {"unpause": {}}}),
    ]
}

fn table() -> String {
    let mut cast = cast();
    let at = cast.suite.at.clone();
    let who = cast.suite.address("somebody").to_string();
    let to = cast.suite.address("another owner");
    let now = cast.suite.chain.block_info().time.seconds();
    let hash = Binary::from([1u8; 32]);
    let receive = json!({"receive": {"sender": who, "amount": "1", "msg": "eyJmdW5kIjp7fX0="}});
    let mut out = String::from(
        "# Who may send what\n\nWritten by `VRS_BLESS=1 cargo test --workspace --test permissions`, which really sends every message as every\n\
         role; the test fails where an answer changes. `yes`: let in (what it then does depends on the message: whose\n\
         tokens, whose device, which state). `·`: refused as unauthorized, nothing looked at. *declared* is what the\n\
         message says of itself (`ExecuteMsg::gate`). *paused* is what a paused contract does with it, sent by the first\n\
         that is let in, and equals what the message declares, but for `prune`: claims that can expire wait, the rest goes\n\
         on. Roles and pausing (`access`) are never stopped, and nobody pauses a token.\n",
    );
    rows::<token::ExecuteMsg>(
        &mut out,
        &mut cast,
        ("token", &at.bzky),
        token::ExecuteMsg::gate,
        vec![
            json!({"transfer": {"recipient": who, "amount": "1"}}),
            json!({"transfer_many": {"payments": [{"recipient": who, "amount": "1"}]}}),
            json!({"burn": {"amount": "1"}}),
            json!({"send": {"contract": at.merchant, "amount": "1", "msg": "eyJmdW5kIjp7fX0="}}),
            json!({"increase_allowance": {"spender": who, "amount": "1", "expires": null}}),
            json!({"decrease_allowance": {"spender": who, "amount": "1", "expires": null}}),
            json!({"transfer_from": {"owner": who, "recipient": who, "amount": "1"}}),
            json!({"send_from": {"owner": who, "contract": at.merchant, "amount": "1", "msg": "eyJmdW5kIjp7fX0="}}),
            json!({"burn_from": {"owner": who, "amount": "1"}}),
            json!({"update_marketing": {"project": null, "description": null, "marketing": null}}),
            json!({"upload_logo": {"url": "https://example.org/logo.png"}}),
            json!({"prune_history": {"start_after": null, "limit": 1}}),
        ],
    );
    let limit = json!({"window_days": 30, "per_window": "1", "total": "1"});
    let mut samples = access(&to, now);
    samples.extend([
        json!({"transfer": {"recipient": who, "amount": "1"}}),
        json!({"send": {"contract": at.merchant, "amount": "1", "msg": "eyJmdW5kIjp7fX0="}}),
        json!({"burn": {"amount": "1"}}),
        json!({"set_issuer": {"issuer": who, "limit": limit}}),
        json!({"lower_issuer": {"issuer": at.mining, "limit": limit}}),
        json!({"set_acceptor": {"acceptor": at.merchant, "accepts": true}}),
        json!({"reserve": {"day": 1, "amount": "1"}}),
        json!({"release": {"amount": "1"}}),
        json!({"mint": {"mints": [{"to": who, "amount": "1"}]}}),
    ]);
    rows::<points::ExecuteMsg>(
        &mut out,
        &mut cast,
        ("points (HP)", &at.hp),
        points::ExecuteMsg::gate,
        samples,
    );
    let mut samples = access(&to, now);
    samples.extend([
        json!({"register": {"kind": "individual"}}),
        json!({"register_members": {"members": []}}),
        json!({"propose_address": {"role": "payout", "address": who}}),
        json!({"accept_address": {"member": 1}}),
        json!({"add_claim": {"member": 1, "claim": {"topic": "card", "hash": hash, "until": null}}}),
        json!({"revoke_claim": {"member": 1, "topic": "identity"}}),
        json!({"set_level": {"member": 1, "level": 2}}),
        json!({"mark": {"member": 1, "severity": 1, "reason": "late", "until": null, "penalty": {"none": {}}}}),
        json!({"lift_mark": {"member": 1, "mark": 1}}),
        json!({"appeal": {"mark": 1, "statement": hash}}),
        json!({"resolve_appeal": {"member": 1, "mark": 1, "uphold": false}}),
    ]);
    rows::<identity::ExecuteMsg>(
        &mut out,
        &mut cast,
        ("identity", &at.identity),
        identity::ExecuteMsg::gate,
        samples,
    );
    let caps = json!({"items": 1, "amount": 1});
    let mut samples = access(&to, now);
    samples.extend([
        json!({"register_devices": {"devices": []}}),
        json!({"rotate_key": {"device": 1, "key": {"ed25519": hash}, "from": 9}}),
        json!({"revoke_device": {"device": 1}}),
        json!({"set_caps": {"device": 1, "caps": caps}}),
        json!({"set_consumer": {"kind": "bank", "contract": null}}),
        json!({"set_feed": {"symbol": 1, "name": "MVC/KRW", "params": {"max_age": 60, "max_jump_bps": 100, "min_sources": 1}}}),
        json!({"set_feed_source": {"symbol": 1, "device": 1, "feeds": true}}),
        json!({"submit_batches": {"batches": ["AQ=="]}}),
        json!({"prune": {"start_after": null, "limit": 1}}),
    ]);
    rows::<oracle::ExecuteMsg>(
        &mut out,
        &mut cast,
        ("oracle", &at.oracle),
        oracle::ExecuteMsg::gate,
        samples,
    );
    let setup = cast.suite.setup.clone();
    let mut samples = access(&to, now);
    samples.extend([
        json!({"attested": {"deliveries": []}}),
        receive.clone(),
        json!({"fund_time": {"amount": "1"}}),
        json!({"set_profiles": {"profiles": []}}),
        json!({"set_districts": {"rates": []}}),
        json!({"set_trades": {"rates": []}}),
        json!({"set_params": {"params": setup.params}}),
        json!({"cut_budget": {"side": "merchants", "budget": setup.params.merchants}}),
        json!({"refill": {"side": "merchants", "amount": "1"}}),
        json!({"claim": {}}),
        json!({"claim_for": {"side": "merchants", "members": [1]}}),
        json!({"take_back": {"merchant": 1, "day": 1, "customers": []}}),
        json!({"prune": {"what": {"merchants": {"start_after": null}}, "limit": 1}}),
    ]);
    rows::<merchant::ExecuteMsg>(
        &mut out,
        &mut cast,
        ("merchant", &at.merchant),
        merchant::ExecuteMsg::gate,
        samples,
    );
    let mut samples = access(&to, now);
    samples.extend([
        json!({"attested": {"deliveries": []}}),
        receive,
        json!({"fund_hp": {"amount": "1"}}),
        json!({"set_products": {"products": []}}),
        json!({"set_params": {"params": setup.mining}}),
        json!({"cut_budget": {"budget": setup.mining.budgets[0]}}),
        json!({"refill": {"pool": "hp", "amount": "1"}}),
        json!({"claim": {}}),
        json!({"claim_for": {"members": [1]}}),
        json!({"take_back": {"account": 1, "day": 1, "methods": []}}),
        json!({"prune": {"what": {"scores": {"start_after": null}}, "limit": 1}}),
    ]);
    rows::<mining::ExecuteMsg>(
        &mut out,
        &mut cast,
        ("mining", &at.mining),
        mining::ExecuteMsg::gate,
        samples,
    );
    out
}

#[test]
fn the_permission_table_is_frozen() {
    let actual = table();
    if std::env::var_os("VRS_BLESS").is_some() {
        std::fs::write(GOLDEN, &actual).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    assert_eq!(
        golden, actual,
        "docs/permissions.md; VRS_BLESS=1 writes it anew, read the difference first"
    );
}

/// The frozen table must also be the right one: nobody but those declared is let in.
#[test]
fn nobody_is_let_in_who_is_not_declared() {
    for line in table().lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (message, declared, answers) = (cells[0], cells[1], &cells[3..]);
        let roles = cast_names();
        let allowed: Vec<&str> = roles
            .iter()
            .zip(answers)
            .filter(|(_, a)| **a == "yes")
            .map(|(r, _)| *r)
            .collect();
        match declared {
            "owner" => assert_eq!(allowed, ["owner"], "{message}"),
            "guardian" => assert_eq!(allowed, ["owner", "guardian"], "{message}"),
            "brief_guardian" => assert_eq!(allowed, ["owner", "guardian", "brief_guardian"], "{message}"),
            "registrar" | "verifier" | "assessor" | "arbiter" => {
                for who in &allowed {
                    assert!(["owner", declared].contains(who), "{message} lets {who} in");
                }
            }
            "the contract `oracle`" => assert_eq!(allowed, ["oracle"], "{message}"),
            "the contract `bzky`" => assert_eq!(allowed, ["Bzky"], "{message}"),
            "the contract `vrs`" => assert_eq!(allowed, ["VRS"], "{message}"),
            "registered issuer" => assert_eq!(allowed, ["mining"], "{message}"),
            "anyone" => assert_eq!(allowed.len(), roles.len(), "{message}"),
            "whom it is about" => {}
            other => panic!("{other}"),
        }
    }
}

fn cast_names() -> Vec<&'static str> {
    cast().roles.iter().map(|(role, _)| *role).collect()
}
