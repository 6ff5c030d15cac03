use cosmwasm_schema::schema_for;
use cosmwasm_std::{from_json, Uint128, Uint64};
use vrs_message::access::{Gate, Gated, Permission, Role, Row};
use vrs_message::bounds::{at_most, distinct, length, positive, text, within};
use vrs_message::{message, BoundError, Permissions};

#[message]
struct Line {
    amount: Uint128,
    #[explicit]
    until: Option<u32>,
    #[explicit]
    most: Option<Uint64>,
    least: Option<Uint128>,
    pairs: Vec<(u32, Uint64)>,
    note: Option<String>,
}

#[message]
#[derive(Permissions)]
enum Message {
    #[permission(owner)]
    Set { line: Line },
    #[permission(peer = "oracle", stops)]
    Attested {},
    #[permission(inner)]
    Access(Inner),
    #[permission(registered = "issuer")]
    Mint {},
}

#[message]
#[derive(Permissions)]
enum Inner {
    #[permission(guardian)]
    Pause {},
    #[permission(registrar, stops)]
    Register {},
}

const GOOD: &str = r#"{"set":{"line":{"amount":"7","until":null,"most":null,"pairs":[[1,"2"]]}}}"#;

fn refused(text: &str) -> String {
    from_json::<Message>(text).unwrap_err().to_string()
}

#[test]
fn a_good_message_is_read() {
    let read: Message = from_json(GOOD).unwrap();
    let line = Line {
        amount: Uint128::new(7),
        until: None,
        most: None,
        least: None,
        pairs: vec![(1, Uint64::new(2))],
        note: None,
    };
    assert_eq!(read, Message::Set { line });
}

#[test]
fn unknown_fields_are_refused_by_name_at_every_depth() {
    for (text, name) in [
        (GOOD.replace("\"pairs\"", "\"nots\":\"x\",\"pairs\""), "nots"),
        (r#"{"attested":{"x":1}}"#.into(), "x"),
        (r#"{"access":{"pause":{"untill":1}}}"#.into(), "untill"),
        (r#"{"access":{"puase":{}}}"#.into(), "puase"),
    ] {
        let error = refused(&text);
        assert!(error.contains(&format!("`{name}`")), "{error}");
    }
}

#[test]
fn an_explicit_option_must_be_written() {
    for field in ["until", "most"] {
        let error = refused(&GOOD.replace(&format!("\"{field}\":null,"), ""));
        assert!(error.contains(&format!("missing field `{field}`")), "{error}");
    }
    let schema = serde_json_text(&schema_for!(Line));
    assert!(
        schema.contains(r#""required":["amount","most","pairs","until"]"#),
        "{schema}"
    );
    assert!(schema.contains(r#""until":{"type":["integer","null"]"#), "{schema}");
}

fn serde_json_text(schema: &impl serde::Serialize) -> String {
    serde_json::to_string(schema).unwrap()
}

#[test]
fn numbers_in_texts_are_plain_digits() {
    for wrong in [
        "+7",
        "007",
        "",
        "-1",
        " 7",
        "7.0",
        "340282366920938463463374607431768211456",
    ] {
        let error = refused(&GOOD.replace("\"amount\":\"7\"", &format!("\"amount\":\"{wrong}\"")));
        assert!(error.contains(&format!("got \"{wrong}\"")), "{error}");
    }
    let error = refused(&GOOD.replace("[1,\"2\"]", "[1,\"02\"]"));
    assert!(error.contains("got \"02\""), "{error}");
    let error = refused(&GOOD.replace("\"most\":null", "\"most\":\"18446744073709551616\""));
    assert!(error.contains("18446744073709551616"), "{error}");
    let given: Message =
        from_json(GOOD.replace("\"most\":null", "\"most\":\"18446744073709551615\",\"least\":\"0\"")).unwrap();
    let Message::Set { line } = given else {
        panic!("{given:?}")
    };
    assert_eq!((line.most, line.least), (Some(Uint64::MAX), Some(Uint128::zero())));
}

#[test]
fn every_variant_declares_its_gate() {
    let gate = |permission, stops| Gate { permission, stops };
    let oracle = gate(Permission::Peer("oracle"), true);
    let registrar = gate(Permission::Role(Role::Registrar), true);
    assert_eq!(Message::Attested {}.gate(), oracle);
    assert_eq!(Message::Access(Inner::Register {}).gate(), registrar);
    assert_eq!(
        Message::ROWS,
        [
            ("set", Row::Gate(gate(Permission::Owner, false))),
            ("attested", Row::Gate(oracle)),
            (
                "access",
                Row::Inner(&[
                    (
                        "pause",
                        Row::Gate(Gate {
                            permission: Permission::Guardian,
                            stops: false
                        })
                    ),
                    (
                        "register",
                        Row::Gate(Gate {
                            permission: Permission::Role(Role::Registrar),
                            stops: true
                        })
                    ),
                ])
            ),
            ("mint", Row::Gate(gate(Permission::Registered("issuer"), false))),
        ]
    );
}

#[test]
fn bounds_name_field_and_values() {
    let said = |error: BoundError| error.to_string();
    assert_eq!(
        said(within("days", 31, 1, 30).unwrap_err()),
        "days is 31, allowed 1 to 30"
    );
    assert_eq!(within("days", 30, 1, 30), Ok(()));
    assert_eq!(said(length("list", 0, 1, 9).unwrap_err()), "list is 0, allowed 1 to 9");
    let (most, actual) = (Uint128::new(5), Uint128::new(6));
    assert_eq!(
        said(at_most("total", actual, most).unwrap_err()),
        "total is 6, at most 5"
    );
    assert_eq!(at_most("total", most, most), Ok(()));
    assert_eq!(
        said(positive("amount", Uint128::zero()).unwrap_err()),
        "amount is 0, at least 1 is needed"
    );
    assert_eq!(positive("amount", Uint128::one()), Ok(1));
    assert_eq!(
        said(distinct("member", [3, 1, 3]).unwrap_err()),
        "member 3 stands twice"
    );
    assert_eq!(distinct("member", [3, 1, 2]), Ok(()));
    assert_eq!(
        said(text("reason", " x", 1, 9).unwrap_err()),
        "reason is \" x\": blanks at its ends are not allowed"
    );
    assert_eq!(text("reason", "a b", 1, 9), Ok(()));
}
