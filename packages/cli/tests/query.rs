//! `vrs query` goes on from a finished run.

mod support;

use serde_json::Value;
use support::{Place, SMALL};

fn finished() -> Place {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    place
}

fn ask(place: &Place, contract: &str, query: &str) -> Value {
    serde_json::from_str(&place.ok(&["query", "out", contract, query])).unwrap()
}

#[test]
fn names_stand_for_numbers_addresses_and_days() {
    let place = finished();
    let day = ask(
        &place,
        "merchant",
        r#"{"merchant_day":{"merchant":"@merchant:1","day":"@2017-01-02"}}"#,
    );
    assert_eq!(
        (&day["orders"], &day["revenue"], &day["day"]),
        (&2.into(), &"1800".into(), &2.into())
    );
    let member = ask(&place, "identity", r##"{"member":{"member":"@#1"}}"##);
    assert_eq!(member["kind"], "merchant");
    let balance = ask(&place, "bzky", r#"{"balance":{"address":"@merchant:1.address"}}"#);
    let rewards: u128 = place
        .read("out/merchants.csv")
        .lines()
        .filter(|line| line.split(',').nth(1) == Some("1"))
        .map(|line| line.split(',').nth(14).unwrap().parse::<u128>().unwrap())
        .sum();
    assert_eq!(balance["balance"], rewards.to_string());
    let consumers = ask(&place, "oracle", r#"{"config":{}}"#);
    assert_eq!(consumers["devices"], 2);
}

#[test]
fn every_contract_answers() {
    let place = finished();
    for token in ["vrs", "mvc", "bzky", "hp", "time", "mvp"] {
        assert_eq!(
            ask(&place, token, r#"{"token_info":{}}"#)["symbol"]
                .as_str()
                .unwrap()
                .to_lowercase(),
            token
        );
    }
    for pools in ["merchant", "mining"] {
        assert_eq!(
            ask(&place, pools, r#"{"pools":{}}"#)["pools"].as_array().unwrap().len(),
            2
        );
    }
}

#[test]
fn what_does_not_exist_is_said() {
    let place = finished();
    for (contract, query, code, said) in [
        ("bank", "{}", 2, "expected one of vrs, mvc, bzky"),
        ("merchant", "{", 2, "JSON: "),
        (
            "merchant",
            r#"{"profile":{"merchant":"@merchant:9"}}"#,
            1,
            "member \"merchant:9\" is unknown",
        ),
        ("merchant", r#"{"nothing":{}}"#, 2, "unknown variant `nothing`"),
    ] {
        let answer = place.vrs(&["query", "out", contract, query]);
        assert_eq!(answer.code, code, "{}", answer.err);
        assert!(answer.err.contains(said), "{}", answer.err);
    }
    let nowhere = place.vrs(&["query", "nowhere", "merchant", "{}"]);
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.err.contains("nowhere"), "{}", nowhere.err);
}

#[test]
fn a_key_given_twice_is_refused_wherever_it_stands() {
    let place = finished();
    let account = r#""@merchant:1.address""#;
    for (query, key) in [
        (
            format!(r#"{{"balance":{{"address":{account},"address":"@merchant:2.address"}}}}"#),
            "address",
        ),
        (
            format!(r#"{{"balance":{{"address":{account}}},"balance":{{"address":{account}}}}}"#),
            "balance",
        ),
        (r#"{"lowest_on_many":{"of":[["a",1],{"x":1,"x":1}]}}"#.to_owned(), "x"),
    ] {
        let said = place.vrs(&["query", "out", "bzky", &query]);
        assert_eq!(said.code, 2, "{}", said.err);
        let expected = format!("JSON: the key `{key}` stands twice in one object");
        assert!(said.err.starts_with(&expected), "{}", said.err);
    }
    // `exec` reads its message the same way, before it looks for a chain.
    let said = place.vrs(&[
        "exec",
        "vrs",
        r#"{"transfer":{"recipient":"a","amount":"1","amount":"2"}}"#,
        "--chain",
        "none.toml",
        "--from",
        "ann",
    ]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(
        said.err.starts_with("JSON: the key `amount` stands twice"),
        "{}",
        said.err
    );
}

#[test]
fn a_misspelt_field_is_refused_with_the_fields_that_there_are() {
    let place = finished();
    let said = place.vrs(&["query", "out", "merchant", r#"{"merchant_day":{"merchent":1,"day":1}}"#]);
    let expected =
        "unknown field `merchant_day.merchent`, did you mean `merchant`?; fields are day (a whole number, 0 to \
                    4294967295), merchant (a whole number, 0 to 4294967295)\n";
    assert_eq!((said.code, said.err.as_str()), (2, expected));
}
