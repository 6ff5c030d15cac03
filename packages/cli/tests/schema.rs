//! Messages are held against the schema of their contract, for every contract.

use serde_json::{json, Map, Value};
use vrs_cli::chain::Code;
use vrs_cli::schema::{check, schema, Entry};

fn refused(code: Code, entry: Entry, message: &Value) -> String {
    match check(code, entry, message) {
        Ok(()) => panic!("{message} passed"),
        Err(error) => error.0,
    }
}

fn execute(code: Code, message: Value) -> String {
    refused(code, Entry::Execute, &message)
}

#[test]
fn a_misspelt_field_is_refused_by_name_with_what_there_is() {
    assert_eq!(
        execute(
            Code::Oracle,
            json!({"set_caps":{"device":1,"caps":{"items":1,"amounts":1}}})
        )
        .split_once(';')
        .map(|(what, _)| what.to_owned()),
        Some("unknown field `set_caps.caps.amounts`, did you mean `amount`?".to_owned())
    );
    let said = execute(
        Code::Token,
        json!({"increase_allowance":{"spender":"s","amount":"5","expire":{"never":{}}}}),
    );
    assert_eq!(
        said,
        "unknown field `increase_allowance.expire`, did you mean `expires`?; fields are amount (digits in quotes, 0 to \
         340282366920938463463374607431768211455), expires ({\"at_height\":...} or {\"at_time\":...} or {\"never\":...} or \
         null, optional), spender (a text)"
    );
    assert_eq!(
        execute(Code::Token, json!({"transfr":{}}))
            .split_once(';')
            .map(|(what, _)| what.to_owned()),
        Some("unknown variant `transfr`, did you mean `transfer`?".to_owned())
    );
}

#[test]
fn numbers_out_of_their_type_are_refused() {
    let transfer = |amount: Value| json!({"transfer":{"recipient":"a","amount":amount}});
    assert_eq!(check(Code::Token, Entry::Execute, &transfer(json!("5"))), Ok(()));
    for (amount, got) in [
        (json!(5), "5"),
        (json!("+5"), "\"+5\""),
        (json!("05"), "\"05\""),
        (
            json!("340282366920938463463374607431768211456"),
            "\"340282366920938463463374607431768211456\"",
        ),
        (json!(null), "null"),
    ] {
        let expected = "transfer.amount: expected digits in quotes, 0 to 340282366920938463463374607431768211455";
        assert_eq!(execute(Code::Token, transfer(amount)), format!("{expected}, got {got}"));
    }
    let limit = |limit: Value| json!({"all_accounts":{"limit":limit}});
    for fine in [json!(null), json!(0), json!(4_294_967_295u32)] {
        assert_eq!(check(Code::Token, Entry::Query, &limit(fine)), Ok(()));
    }
    for (wrong, got) in [
        (json!(4_294_967_296u64), "4294967296"),
        (json!(-1), "-1"),
        (json!(1.5), "1.5"),
        (json!("1"), "\"1\""),
        (json!([]), "a list"),
    ] {
        assert_eq!(
            refused(Code::Token, Entry::Query, &limit(wrong)),
            format!("all_accounts.limit: expected a whole number, 0 to 4294967295 or null, got {got}")
        );
    }
}

#[test]
fn what_is_missing_or_too_much_is_said() {
    assert_eq!(
        refused(Code::Token, Entry::Query, &json!({"balance":{}})),
        "missing field `balance.address`; fields are address (a text)"
    );
    assert_eq!(
        refused(Code::Token, Entry::Query, &json!({"token_info":{"x":1}})),
        "unknown field `token_info.x`; it has no fields"
    );
    let two = refused(Code::Token, Entry::Query, &json!({"balance":{},"token_info":{}}));
    assert!(two.starts_with("expected an object with one key, one of "), "{two}");
    let text = refused(Code::Token, Entry::Query, &json!("balance"));
    assert_eq!(text, "expected {\"balance\":...}, got \"balance\"");
    let list = refused(Code::Token, Entry::Query, &json!([]));
    assert!(list.ends_with(", got a list"), "{list}");
}

/// A smallest value that a schema takes, with the optional fields.
fn example(root: &Value, of: &Value) -> Value {
    if let Some(name) = of["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or_default();
        return match name {
            "Uint64" | "Uint128" => json!("1"),
            _ => example(root, &root["definitions"][name]),
        };
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some(first) = of[key].get(0) {
            return example(root, first);
        }
    }
    if let Some(first) = of["enum"].get(0) {
        return first.clone();
    }
    let kind = of["type"].as_str().or(of["type"].get(0).and_then(Value::as_str));
    match kind {
        Some("object") => {
            let fields = of["properties"].as_object().cloned().unwrap_or_default();
            let fields = fields.into_iter().map(|(name, of)| (name, example(root, &of)));
            Value::Object(fields.collect())
        }
        Some("array") => match &of["items"] {
            Value::Array(each) => each.iter().map(|of| example(root, of)).collect(),
            of => json!([example(root, of)]),
        },
        Some("integer") => json!(1),
        Some("boolean") => json!(true),
        _ => json!("x"),
    }
}

/// The places of all objects within a value, as JSON pointers.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(at.to_owned());
            for (key, value) in fields {
                objects(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                objects(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_message_of_every_contract_refuses_a_strange_field_in_each_of_its_objects() {
    let mut tried = 0;
    for code in Code::ALL {
        for entry in [Entry::Execute, Entry::Query] {
            let root = schema(code, entry).unwrap();
            for variant in root["oneOf"].as_array().unwrap() {
                let message = example(&root, variant);
                assert_eq!(check(code, entry, &message), Ok(()), "{message}");
                let mut places = vec![];
                objects(&message, "", &mut places);
                for place in places {
                    let mut strange = message.clone();
                    let object = strange.pointer_mut(&place).and_then(Value::as_object_mut).unwrap();
                    let _: &mut Map<String, Value> = object;
                    object.insert("strange".into(), json!(1));
                    let said = refused(code, entry, &strange);
                    // An object that names a variant has one key; every other one says which field it does not know.
                    let is_named = said.contains("strange`") || said.contains("object with one key");
                    assert!(is_named, "{strange}: {said}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 300, "{tried}");
}
