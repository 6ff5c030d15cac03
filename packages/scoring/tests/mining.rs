//! The six scores against a naive reference, at their bounds, and what they refuse.
#![allow(missing_docs)]

mod reference;

use num_bigint::BigUint;
use proptest::prelude::*;
use reference::Ratio;
use vrs_scoring::mining::{content, node, platform, server, streaming, upload, UnknownMethod};
use vrs_scoring::{Bands, Fraction, Hardware, Method, MiningTables, Reading, ScoreError, Step};

const WHOLE: u32 = 1_000_000_000;

fn paper() -> MiningTables {
    MiningTables::default()
}

fn marginal() -> MiningTables {
    MiningTables {
        marginal: true,
        ..paper()
    }
}

fn text(score: Result<Fraction, ScoreError>) -> String {
    score.unwrap().to_string()
}

/// 24 hours online, all servers, no nodes: the traffic's score alone.
fn traffic(tables: &MiningTables, mb: u64) -> String {
    text(platform(tables, mb, 0, 86_400, WHOLE))
}

#[test]
fn less_than_an_hour_scores_nothing_and_more_than_a_day_is_refused() {
    let of = |seconds| platform(&paper(), 200_000, 1, seconds, WHOLE);
    assert_eq!(text(of(0)), "0");
    assert_eq!(text(of(3_599)), "0");
    assert_eq!(text(of(3_600)), "0.291666666666666666");
    assert_eq!(text(of(3_601)), "0.291747685185185185");
    assert_eq!(text(of(86_400)), "7");
    let too_long = Err(ScoreError::OnlineTime {
        expected: 86_400,
        actual: 86_401,
    });
    assert_eq!(of(86_401), too_long);
    assert_eq!(server(&paper(), 1, 1, 86_401, WHOLE), too_long);
    assert_eq!(node(&paper(), Hardware::Pc, 1, 1, 86_401), too_long);
}

#[test]
fn the_share_of_servers_is_at_most_the_whole() {
    let of = |share| server(&paper(), 200_000, 1, 86_400, share);
    assert_eq!(text(of(0)), "0");
    assert_eq!(text(of(1)), "0.000007");
    assert_eq!(text(of(WHOLE)), "7000");
    let above = Err(ScoreError::ServerShare {
        expected: WHOLE,
        actual: WHOLE + 1,
    });
    assert_eq!(of(WHOLE + 1), above);
    assert_eq!(platform(&paper(), 1, 1, 1, WHOLE + 1), above);
}

/// The paper to the letter: the score falls where the factor does (D-7).
#[test]
fn whole_amounts_fall_at_a_bound() {
    assert_eq!(traffic(&paper(), 49_999), "0");
    assert_eq!(traffic(&paper(), 50_000), "2.5");
    assert_eq!(traffic(&paper(), 100_000), "3");
    assert_eq!(traffic(&paper(), 499_000), "14.97");
    assert_eq!(traffic(&paper(), 500_000), "10");
    assert_eq!(traffic(&paper(), 999_000), "19.98");
    assert_eq!(traffic(&paper(), 1_000_000), "10");
    let downloads = |count| text(upload(&paper(), count, 0, 1));
    assert_eq!(downloads(10), "55");
    assert_eq!(downloads(11), "38");
}

/// The switch counts each step at its own factor instead.
#[test]
fn marginal_amounts_do_not_fall() {
    assert_eq!(traffic(&marginal(), 499_000), "14.47");
    assert_eq!(traffic(&marginal(), 500_000), "14.5");
    assert_eq!(traffic(&marginal(), 1_000_000), "24.5");
    let downloads = |count| text(upload(&marginal(), count, 0, 1));
    assert_eq!(downloads(10), "55");
    assert_eq!(downloads(11), "58");
    let nodes = |count| text(platform(&marginal(), 0, count, 86_400, WHOLE));
    assert_eq!(nodes(5), "9");
    assert_eq!(nodes(6), "12");
    // Bandwidth is read so in any case, storage and size never.
    let readings = [(1, 100_000), (9, 300_000), (300, 9_000_000)];
    for (mbps, mb) in readings {
        let of = |tables: &MiningTables| node(tables, Hardware::Pc, mbps, mb, 86_400).unwrap();
        assert_eq!(of(&marginal()), of(&paper()));
    }
}

#[test]
fn an_idle_node_scores_its_hardware() {
    assert_eq!(text(node(&paper(), Hardware::Pc, 0, 0, 86_400)), "2");
    assert_eq!(text(node(&paper(), Hardware::Mobile, 0, 0, 86_400)), "1");
}

#[test]
fn dislikes_take_recommendations_away_down_to_none() {
    let of = |likes, dislikes| text(content(&paper(), likes, dislikes, 5, 5_000, 3));
    assert_eq!(of(10, 0), "63");
    assert_eq!(of(10, 1), "59");
    assert_eq!(of(10, 10), "23");
    assert_eq!(of(10, 11), "23");
    assert_eq!(of(0, u32::MAX), "23");
}

#[test]
fn view_points_are_1_to_10() {
    for actual in [0, 11, u8::MAX] {
        let refused = Err(ScoreError::ViewPoints {
            min: 1,
            max: 10,
            actual,
        });
        assert_eq!(upload(&paper(), 1, 1, actual), refused);
        assert_eq!(content(&paper(), 1, 0, 1, 1, actual), refused);
    }
    assert_eq!(text(upload(&paper(), 0, 0, 1)), "5");
    assert_eq!(text(upload(&paper(), 0, 0, 10)), "50");
}

#[test]
fn streaming_is_gigabytes_times_the_products_factor() {
    assert_eq!(text(streaming(1_500, 1_000_000_000)), "1.5");
    assert_eq!(text(streaming(1_500, 250_000_000)), "0.375");
    assert_eq!(text(streaming(1, 1)), "0.000000000001");
    assert_eq!(text(streaming(0, u64::MAX)), "0");
    assert_eq!(text(streaming(u64::MAX, 0)), "0");
}

/// Nothing in the formulas overflows; only the rounding to 128 bits can.
#[test]
fn the_largest_readings_and_factors() {
    let largest = Bands::new(vec![Step {
        from: 0,
        factor_e9: u64::MAX,
    }])
    .unwrap();
    let tables = MiningTables {
        traffic: largest.clone(),
        nodes: largest.clone(),
        server_factor_e9: u64::MAX,
        pc_points_e9: u64::MAX,
        bandwidth: largest.clone(),
        storage: largest.clone(),
        storage_weight_e9: u64::MAX,
        downloads: largest.clone(),
        upload_size: largest.clone(),
        content_size: largest,
        size_weight_e9: u64::MAX,
        view_weight_e9: u64::MAX,
        recommendation_weight_e9: u64::MAX,
        content_audience_e9: u64::MAX,
        content_file_e9: u64::MAX,
        ..paper()
    };
    let m = BigUint::from(u64::MAX);
    let n = BigUint::from(u32::MAX);
    let e = reference::ten;
    let overflow = Err(ScoreError::Overflow {
        what: "score with 18 decimals",
        bits: 128,
    });
    for marginal in [false, true] {
        let tables = MiningTables {
            marginal,
            ..tables.clone()
        };
        let score = server(&tables, u64::MAX, u32::MAX, 86_400, WHOLE).unwrap();
        let points = &m * &m + &m * &n * 1_000u32;
        assert_same(score, &Ratio::new(points * &m, e(21)));
        assert_eq!(score.floor_e18(), overflow);

        let score = node(&tables, Hardware::Pc, u32::MAX, u64::MAX, 86_400).unwrap();
        let points = (&m + &n * &m) * e(9) + &m * &m;
        assert_same(score, &Ratio::new(points, e(18)));

        let score = upload(&tables, u32::MAX, u64::MAX, 10).unwrap();
        let file = &m * &m + &m * 10u32 * e(9);
        assert_same(score, &Ratio::new(&n * &m * e(9) + &file, e(18)));

        let score = content(&tables, u32::MAX, 0, u32::MAX, u64::MAX, 10).unwrap();
        let audience = &n * &m * 2u32 * &m * e(9);
        assert_same(score, &Ratio::new(audience + file * &m, e(27)));
    }
    let score = streaming(u64::MAX, u64::MAX).unwrap();
    assert_same(score, &Ratio::new(&m * &m, e(12)));
    assert_eq!(score.floor_e18(), overflow);
}

/// With the paper's tables every reading that can be written can also be rounded.
#[test]
fn the_papers_tables_never_overflow() {
    let readings = [
        Reading::Server {
            traffic_mb: u64::MAX,
            nodes: u32::MAX,
            online_seconds: 86_400,
            server_share_e9: WHOLE,
        },
        Reading::Content {
            recommendations: u32::MAX,
            dislikes: 0,
            downloads: u32::MAX,
            size_mb: u64::MAX,
            view_points: 10,
        },
        Reading::Streaming {
            streamed_mb: u64::MAX,
            product_factor_e9: 1_000_000_000,
        },
    ];
    for tables in [paper(), marginal()] {
        for reading in readings {
            let score = reading.score(&tables).unwrap();
            assert!(score.floor_e18().unwrap() > 0);
        }
    }
}

#[test]
fn methods_have_names() {
    for method in Method::ALL {
        assert_eq!(method.name().parse(), Ok(method));
        assert_eq!(method.to_string(), method.name());
        let json = serde_json::to_string(&method).unwrap();
        assert_eq!(json, format!("{:?}", method.name()));
    }
    let unknown = "Platform".parse::<Method>().unwrap_err();
    assert_eq!(
        unknown,
        UnknownMethod {
            actual: "Platform".to_owned()
        }
    );
    assert_eq!(
        unknown.to_string(),
        "method: expected platform, server, node, upload, content or streaming, got \"Platform\""
    );
}

fn assert_same(score: Fraction, expected: &Ratio) {
    let bytes = |value: cosmwasm_std::Uint256| BigUint::from_bytes_be(&value.to_be_bytes());
    let score = Ratio::new(bytes(score.num()), bytes(score.den()));
    assert!(score.equals(expected), "{} is not {}", score.text(), expected.text());
}

/// Amounts around the bounds as well as anywhere.
fn megabytes() -> impl Strategy<Value = u64> {
    prop_oneof![0..12_000_000u64, Just(50_000), Just(50_001), any::<u64>()]
}

fn counts() -> impl Strategy<Value = u32> {
    prop_oneof![0..130u32, any::<u32>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn agrees_with_the_reference(
        mb in megabytes(), count in counts(), other in counts(), third in counts(),
        seconds in 0..=86_400u32, share in 0..=WHOLE, points in 1..=10u8, factor in any::<u64>(),
        is_pc in any::<bool>(),
    ) {
        let tables = paper();
        let hardware = if is_pc { Hardware::Pc } else { Hardware::Mobile };
        let cases = [
            (
                Reading::Platform { traffic_mb: mb, nodes: count, online_seconds: seconds, server_share_e9: share },
                reference::platform(mb, count, seconds, share),
            ),
            (
                Reading::Server { traffic_mb: mb, nodes: count, online_seconds: seconds, server_share_e9: share },
                reference::server(mb, count, seconds, share),
            ),
            (
                Reading::Node { hardware, bandwidth_mbps: count, storage_mb: mb, online_seconds: seconds },
                reference::node(is_pc, count, mb, seconds),
            ),
            (
                Reading::Upload { downloads: count, size_mb: mb, view_points: points },
                reference::upload(count, mb, points),
            ),
            (
                Reading::Content { recommendations: other, dislikes: third, downloads: count, size_mb: mb, view_points: points },
                reference::content(other, third, count, mb, points),
            ),
            (
                Reading::Streaming { streamed_mb: mb, product_factor_e9: factor },
                reference::streaming(mb, factor),
            ),
        ];
        for ((reading, expected), method) in cases.into_iter().zip(Method::ALL) {
            prop_assert_eq!(reading.method(), method);
            let score = reading.score(&tables).unwrap();
            prop_assert_eq!(score.to_string(), expected.text());
            match score.floor_e18() {
                Ok(rounded) => prop_assert_eq!(BigUint::from(rounded), expected.floor_e18()),
                Err(_) => prop_assert!(expected.floor_e18().bits() > 128),
            }
        }
    }

    /// With `marginal` on, more of anything but dislikes never scores less.
    #[test]
    fn marginal_scores_never_fall(
        mb in megabytes(), more_mb in megabytes(), count in counts(), more in counts(),
        seconds in 0..=86_400u32, later in 0..=86_400u32, share in 0..=WHOLE, points in 1..=9u8,
    ) {
        let tables = marginal();
        let mb_up = mb.saturating_add(more_mb);
        let count_up = count.saturating_add(more);
        let seconds_up = seconds.max(later);
        let rises = |low: Result<Fraction, ScoreError>, high: Result<Fraction, ScoreError>| {
            low.unwrap() <= high.unwrap()
        };
        let base = || platform(&tables, mb, count, seconds, share);
        prop_assert!(rises(base(), platform(&tables, mb_up, count, seconds, share)));
        prop_assert!(rises(base(), platform(&tables, mb, count_up, seconds, share)));
        prop_assert!(rises(base(), platform(&tables, mb, count, seconds_up, share)));
        prop_assert!(rises(base(), platform(&tables, mb, count, seconds, WHOLE)));

        let base = || node(&tables, Hardware::Mobile, count, mb, seconds);
        prop_assert!(rises(base(), node(&tables, Hardware::Mobile, count_up, mb, seconds)));
        prop_assert!(rises(base(), node(&tables, Hardware::Mobile, count, mb_up, seconds)));
        prop_assert!(rises(base(), node(&tables, Hardware::Pc, count, mb, seconds_up)));

        let base = || upload(&tables, count, mb, points);
        prop_assert!(rises(base(), upload(&tables, count_up, mb, points)));
        prop_assert!(rises(base(), upload(&tables, count, mb_up, points + 1)));

        let base = || content(&tables, count, more, count, mb, points);
        prop_assert!(rises(base(), content(&tables, count_up, more, count, mb, points)));
        prop_assert!(rises(base(), content(&tables, count, more, count_up, mb_up, points + 1)));
        prop_assert!(rises(content(&tables, count, more.saturating_add(1), count, mb, points), base()));
    }
}
