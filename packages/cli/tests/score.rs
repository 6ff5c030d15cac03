//! `vrs score` against the worked examples that the papers print.

mod support;

use serde_json::{Map, Value};
use support::Place;

#[test]
fn every_example_of_the_papers() {
    let place = Place::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../scoring/tests/vectors.json");
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut count = 0;
    for method in ["platform", "server", "node", "upload", "content"] {
        for vector in vectors[method].as_array().unwrap() {
            let mut fields: Map<String, Value> = vector.as_object().unwrap().clone();
            let score = fields.remove("score").unwrap();
            fields.remove("printed");
            let said = place.ok(&["score", method, &Value::from(fields).to_string()]);
            assert_eq!(
                said,
                format!("{}\n", decimal(score.as_str().unwrap())),
                "{method} {vector}"
            );
            count += 1;
        }
    }
    assert_eq!(count, 20);
}

/// `11/24` as `0.458333333333333333`; decimal text as it stands.
fn decimal(text: &str) -> String {
    let Some((above, below)) = text.split_once('/') else {
        return text.to_owned();
    };
    let (above, below): (u128, u128) = (above.parse().unwrap(), below.parse().unwrap());
    let scaled = above * 10u128.pow(18) / below;
    let unit = 10u128.pow(18);
    let text = format!("{}.{:018}", scaled / unit, scaled % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[test]
fn streaming_counts_gigabytes() {
    let place = Place::new();
    assert_eq!(place.ok(&["score", "streaming", r#"{"streamed_gb":1.5}"#]), "1.5\n");
    assert_eq!(
        place.ok(&["score", "streaming", r#"{"streamed_gb":"1.5","factor":"0.5"}"#]),
        "0.75\n"
    );
}

#[test]
fn what_is_no_reading_exits_with_2() {
    let place = Place::new();
    for (method, json) in [
        ("magic", "{}"),
        ("platform", "{}"),
        ("node", "["),
        ("upload", r#"{"downloads":-1,"size_gb":1}"#),
    ] {
        let said = place.vrs(&["score", method, json]);
        assert_eq!(said.code, 2, "{method} {json}");
        assert_eq!(said.out, "");
        assert_eq!(said.err.lines().count(), 1);
    }
}
