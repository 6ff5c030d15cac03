//! Readings as JSON text: what is read, to the digit, and what is refused, with its reason.
#![allow(missing_docs)]

use proptest::prelude::*;
use vrs_scoring::mining::UnknownMethod;
use vrs_scoring::{Hardware, InputError, Method, MiningTables, Reading, ScoreError, ScoreInput};

fn read(method: &str, json: &str) -> Result<Reading, InputError> {
    ScoreInput::from_json(method, json).map(|input| *input.reading())
}

fn hours(text: &str) -> Result<Reading, InputError> {
    let json = format!(r#"{{"hardware":"pc","bandwidth_mbps":1,"storage_gb":0,"hours":{text}}}"#);
    read("node", &json)
}

fn online(online_seconds: u32) -> Result<Reading, InputError> {
    Ok(Reading::Node {
        hardware: Hardware::Pc,
        bandwidth_mbps: 1,
        storage_mb: 0,
        online_seconds,
    })
}

fn streamed(gb: &str, factor: &str) -> Result<Reading, InputError> {
    let json = format!(r#"{{"streamed_gb":{gb},"factor":{factor}}}"#);
    read("streaming", &json)
}

fn stream(streamed_mb: u64, product_factor_e9: u64) -> Result<Reading, InputError> {
    Ok(Reading::Streaming {
        streamed_mb,
        product_factor_e9,
    })
}

fn reason(method: &str, json: &str) -> String {
    match read(method, json) {
        Err(InputError::Json { reason, .. }) => reason,
        other => panic!("expected a JSON error, got {other:?}"),
    }
}

#[test]
fn every_method_has_its_fields() {
    let served = r#"{"traffic_gb":"0.5","nodes":"2","hours":1.5,"server_share":0.01}"#;
    assert_eq!(
        read("platform", served),
        Ok(Reading::Platform {
            traffic_mb: 500,
            nodes: 2,
            online_seconds: 5_400,
            server_share_e9: 10_000_000,
        })
    );
    assert_eq!(
        read("server", served),
        Ok(Reading::Server {
            traffic_mb: 500,
            nodes: 2,
            online_seconds: 5_400,
            server_share_e9: 10_000_000,
        })
    );
    let node = r#"{"hardware":"mobile","bandwidth_mbps":8,"storage_gb":300,"hours":2}"#;
    assert_eq!(
        read("node", node),
        Ok(Reading::Node {
            hardware: Hardware::Mobile,
            bandwidth_mbps: 8,
            storage_mb: 300_000,
            online_seconds: 7_200,
        })
    );
    let upload = r#" { "downloads": 5, "size_gb": 50.001, "view_points": 3 } "#;
    assert_eq!(
        read("upload", upload),
        Ok(Reading::Upload {
            downloads: 5,
            size_mb: 50_001,
            view_points: 3,
        })
    );
    let content = r#"{"recommendations":10,"dislikes":4,"downloads":5,"size_gb":5,"view_points":3}"#;
    assert_eq!(
        read("content", content),
        Ok(Reading::Content {
            recommendations: 10,
            dislikes: 4,
            downloads: 5,
            size_mb: 5_000,
            view_points: 3,
        })
    );
    assert_eq!(streamed("1.5", "\"0.25\""), stream(1_500, 250_000_000));
}

#[test]
fn defaults_are_the_papers() {
    assert_eq!(
        read("upload", r#"{"downloads":5,"size_gb":5}"#),
        Ok(Reading::Upload {
            downloads: 5,
            size_mb: 5_000,
            view_points: 1,
        })
    );
    assert_eq!(
        read("content", r#"{"recommendations":1,"downloads":5,"size_gb":5}"#),
        Ok(Reading::Content {
            recommendations: 1,
            dislikes: 0,
            downloads: 5,
            size_mb: 5_000,
            view_points: 1,
        })
    );
    assert_eq!(read("streaming", r#"{"streamed_gb":2}"#), stream(2_000, 1_000_000_000));
}

/// Figures that a float would change.
#[test]
fn digits_are_taken_as_they_stand() {
    assert_eq!(
        streamed("9007199254740993", "9007199254.740992999"),
        stream(9_007_199_254_740_993_000, 9_007_199_254_740_992_999)
    );
    assert_eq!(
        streamed("18446744073709551.615", "18446744073.709551615"),
        stream(u64::MAX, u64::MAX)
    );
    assert_eq!(streamed("0.001", "0.000000001"), stream(1, 1));
    // Trailing zeros are no decimals.
    assert_eq!(
        streamed("\"1.50000000000000000000\"", "1.0000000000000"),
        stream(1_500, 1_000_000_000)
    );
}

#[test]
fn hours_are_whole_seconds() {
    assert_eq!(hours("24"), online(86_400));
    assert_eq!(hours("0.0625"), online(225));
    assert_eq!(hours("\"0.01\""), online(36));
    assert_eq!(hours("23.9975"), online(86_391));
    assert_eq!(hours("0"), online(0));
    for text in ["0.0001", "0.00001", "0.3333333333333333333333333333333333", "1.001"] {
        assert_eq!(
            hours(text),
            Err(InputError::NotWholeSeconds {
                field: "hours",
                actual: text.to_owned()
            })
        );
    }
    for text in ["24.0025", "25", "99999999999999999999999999999999999999999"] {
        assert_eq!(
            hours(text),
            Err(InputError::TooLarge {
                field: "hours",
                expected: "24".to_owned(),
                actual: text.to_owned()
            })
        );
    }
}

#[test]
fn refuses_what_is_no_plain_number() {
    for text in [
        "-1",
        "\"-1\"",
        "1e3",
        "1E3",
        "\"1e3\"",
        "\"+1\"",
        "\"\"",
        "\".5\"",
        "\"1.\"",
        "\"1.2.3\"",
        "\" 1\"",
        "\"1 \"",
        "\"1_000\"",
        "\"1,5\"",
        "\"0x10\"",
        "\"\\u0031\"",
        "\"١\"",
        "null",
        "true",
        "[1]",
        "{}",
        "\"NaN\"",
        "\"infinity\"",
        "-0",
    ] {
        assert_eq!(
            streamed(text, "1"),
            Err(InputError::NotADecimal {
                field: "streamed_gb",
                actual: text.to_owned()
            })
        );
    }
    // What JSON itself does not know.
    for text in ["01", "1.", ".5", "+1", "NaN", "1_000", "\"1"] {
        let json = format!(r#"{{"streamed_gb":{text}}}"#);
        assert!(!reason("streaming", &json).is_empty());
    }
}

#[test]
fn refuses_more_decimals_than_the_unit_has() {
    let refused = |field, expected, actual: &str| {
        Err(InputError::Decimals {
            field,
            expected,
            actual: actual.to_owned(),
        })
    };
    assert_eq!(streamed("0.0001", "1"), refused("streamed_gb", 3, "0.0001"));
    assert_eq!(
        streamed("1", "\"0.0000000001\""),
        refused("factor", 9, "\"0.0000000001\"")
    );
    assert_eq!(
        read("upload", r#"{"downloads":1.5,"size_gb":1}"#),
        refused("downloads", 0, "1.5")
    );
}

#[test]
fn refuses_what_its_type_does_not_hold() {
    let refused = |field, expected: &str, actual: &str| {
        Err(InputError::TooLarge {
            field,
            expected: expected.to_owned(),
            actual: actual.to_owned(),
        })
    };
    assert_eq!(
        streamed("18446744073709551.616", "1"),
        refused("streamed_gb", "18446744073709551.615", "18446744073709551.616")
    );
    assert_eq!(
        streamed("1", "18446744073.709551616"),
        refused("factor", "18446744073.709551615", "18446744073.709551616")
    );
    let served = |share: &str, nodes: &str| {
        let json = format!(r#"{{"traffic_gb":1,"nodes":{nodes},"hours":1,"server_share":{share}}}"#);
        read("server", &json)
    };
    assert_eq!(served("1.000000001", "1"), refused("server_share", "1", "1.000000001"));
    assert_eq!(served("1", "4294967296"), refused("nodes", "4294967295", "4294967296"));
    let nearly = "340282366920938463463374607431768211455";
    let beyond = "340282366920938463463374607431768211456";
    for actual in [nearly, beyond] {
        assert_eq!(
            streamed(actual, "1"),
            refused("streamed_gb", "18446744073709551.615", actual)
        );
        assert_eq!(served("1", actual), refused("nodes", "4294967295", actual));
    }
    assert_eq!(
        read("upload", r#"{"downloads":1,"size_gb":1,"view_points":11}"#),
        refused("view_points", "10", "11")
    );
}

#[test]
fn a_score_that_is_refused_says_so() {
    let json = r#"{"downloads":1,"size_gb":1,"view_points":0}"#;
    let input = ScoreInput::from_json("upload", json).unwrap();
    let error = input.score(&MiningTables::default()).unwrap_err();
    let expected = ScoreError::ViewPoints {
        min: 1,
        max: 10,
        actual: 0,
    };
    assert_eq!(error, InputError::Score(expected));
    assert_eq!(error.to_string(), "view points: expected 1 to 10, got 0");
}

#[test]
fn refuses_other_fields() {
    let unknown = reason("streaming", r#"{"streamed_gb":1,"score":"1"}"#);
    assert!(unknown.starts_with("unknown field `score`, expected `streamed_gb` or `factor`"));
    let missing = reason("streaming", "{}");
    assert!(missing.starts_with("missing field `streamed_gb`"));
    let twice = reason("streaming", r#"{"streamed_gb":1,"streamed_gb":2}"#);
    assert!(twice.starts_with("duplicate field `streamed_gb`"));
    let hardware = reason(
        "node",
        r#"{"hardware":"toaster","bandwidth_mbps":1,"storage_gb":0,"hours":1}"#,
    );
    assert!(hardware.starts_with("unknown variant `toaster`, expected `pc` or `mobile`"));
    let trailing = reason("streaming", r#"{"streamed_gb":1} 2"#);
    assert!(trailing.starts_with("trailing characters"));
    for json in ["[1,1]", "", "1", "null", "\"{}\""] {
        assert_eq!(reason("streaming", json), format!("expected a JSON object, got {json}"));
    }
}

/// An optional field that is there must have a value.
#[test]
fn null_is_not_absent() {
    for (method, json, field) in [
        ("streaming", r#"{"streamed_gb":1,"factor":null}"#, "factor"),
        (
            "upload",
            r#"{"downloads":1,"size_gb":1,"view_points":null}"#,
            "view_points",
        ),
        (
            "content",
            r#"{"recommendations":1,"dislikes":null,"downloads":1,"size_gb":1}"#,
            "dislikes",
        ),
    ] {
        assert_eq!(
            read(method, json),
            Err(InputError::NotADecimal {
                field,
                actual: "null".to_owned()
            })
        );
    }
}

#[test]
fn messages_name_what_was_expected_and_found() {
    let unknown = read("mining", "{}").unwrap_err();
    assert_eq!(
        unknown,
        InputError::Method(UnknownMethod {
            actual: "mining".to_owned()
        })
    );
    assert_eq!(
        unknown.to_string(),
        "method: expected platform, server, node, upload, content or streaming, got \"mining\""
    );
    let error = ScoreInput::for_method(Method::Streaming, "[]").unwrap_err();
    assert_eq!(error.to_string(), "streaming: expected a JSON object, got []");
    assert_eq!(
        streamed("-1", "1").unwrap_err().to_string(),
        "streamed_gb: expected a number like 12 or \"0.5\", got -1"
    );
    assert_eq!(
        streamed("0.0001", "1").unwrap_err().to_string(),
        "streamed_gb: expected at most 3 decimals, got 0.0001"
    );
    assert_eq!(
        hours("0.0001").unwrap_err().to_string(),
        "hours: expected a whole number of seconds, got 0.0001 hours"
    );
    assert_eq!(
        hours("25").unwrap_err().to_string(),
        "hours: expected at most 24, got 25"
    );
}

proptest! {
    /// Any amount of MB and billionths, written out, is read back to the digit, quoted or not.
    #[test]
    fn reads_back_what_was_written(mb in any::<u64>(), factor in any::<u64>(), quoted in any::<bool>()) {
        let write = |value: u64, unit: u64, width: usize| {
            let text = format!("{}.{:0width$}", value / unit, value % unit);
            if quoted { format!("{text:?}") } else { text }
        };
        let (gb, share) = (write(mb, 1_000, 3), write(factor, 1_000_000_000, 9));
        prop_assert_eq!(streamed(&gb, &share), stream(mb, factor));
    }

    /// No text whatever makes it panic, and a number is never read as another.
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        if let Ok(Reading::Streaming { streamed_mb, .. }) = streamed(&text, "1") {
            let trimmed = text.trim().trim_matches('"');
            prop_assert!(trimmed.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
            let (whole, decimals) = trimmed.split_once('.').unwrap_or((trimmed, ""));
            let decimals = format!("{decimals:0<3}");
            let shown: u128 = format!("{whole}{}", &decimals[..3]).parse().unwrap();
            prop_assert_eq!(shown, u128::from(streamed_mb));
        }
        let _ = read("node", &text);
    }
}
