//! Each band of the papers on both sides of each bound, the marginal reading, and what a table refuses.
#![allow(missing_docs)]

use proptest::prelude::*;
use vrs_scoring::bands::MAX_STEPS;
use vrs_scoring::{Bands, MiningTables, ScoreError, Step, ViewBounds};

const ONE: u64 = 1_000_000_000;

fn bands(steps: &[(u64, u64)]) -> Bands {
    Bands::new(step_list(steps)).unwrap()
}

fn step_list(steps: &[(u64, u64)]) -> Vec<Step> {
    let step = |&(from, factor_e9): &(u64, u64)| Step { from, factor_e9 };
    steps.iter().map(step).collect()
}

fn check(bands: &Bands, cases: &[(u64, u64)]) {
    for &(amount, factor_e9) in cases {
        assert_eq!(bands.factor_e9(amount), factor_e9, "at {amount}");
        assert_eq!(
            bands.whole(amount),
            u128::from(amount) * u128::from(factor_e9),
            "at {amount}"
        );
    }
}

#[test]
fn traffic_bounds_belong_to_the_upper_band() {
    check(
        &MiningTables::default().traffic,
        &[
            (0, 0),
            (49_999, 0),
            (50_000, 50_000_000),
            (99_999, 50_000_000),
            (100_000, 30_000_000),
            (499_999, 30_000_000),
            (500_000, 20_000_000),
            (999_999, 20_000_000),
            (1_000_000, 10_000_000),
            (u64::MAX, 10_000_000),
        ],
    );
}

#[test]
fn five_nodes_count_in_two_to_five() {
    check(
        &MiningTables::default().nodes,
        &[
            (0, 0),
            (1, ONE),
            (2, 2 * ONE),
            (5, 2 * ONE),
            (6, 3 * ONE),
            (u64::MAX, 3 * ONE),
        ],
    );
}

#[test]
fn bandwidth_climbs_in_steps() {
    let bandwidth = MiningTables::default().bandwidth;
    for (mbps, points) in [
        (0, 0),
        (1, 10),
        (7, 70),
        (8, 80),
        (9, 85),
        (19, 135),
        (20, 140),
        (21, 141),
        (22, 142),
        (1_020, 1_140),
    ] {
        assert_eq!(bandwidth.marginal_count(mbps), points * u128::from(ONE), "at {mbps}");
    }
}

#[test]
fn storage_of_exactly_1000_gb_is_in_the_lower_band() {
    check(
        &MiningTables::default().storage,
        &[
            (0, 0),
            (199_999, 0),
            (200_000, ONE),
            (1_000_000, ONE),
            (1_000_001, 2 * ONE),
            (1_999_999, 2 * ONE),
            (2_000_000, 3 * ONE),
            (3_999_999, 3 * ONE),
            (4_000_000, 4 * ONE),
            (7_999_999, 4 * ONE),
            (8_000_000, 5 * ONE),
            (u64::MAX, 5 * ONE),
        ],
    );
}

#[test]
fn downloads() {
    check(
        &MiningTables::default().downloads,
        &[
            (0, 0),
            (1, 5 * ONE),
            (10, 5 * ONE),
            (11, 3 * ONE),
            (49, 3 * ONE),
            (50, 2 * ONE),
            (99, 2 * ONE),
            (100, ONE),
            (u64::MAX, ONE),
        ],
    );
}

#[test]
fn size_of_an_upload() {
    check(
        &MiningTables::default().upload_size,
        &[
            (0, 0),
            (9_999, 0),
            (10_000, ONE),
            // The gap between the printed 10 and 11 GB counts as "up to 50 GB".
            (10_500, ONE),
            (50_000, ONE),
            (50_001, 2 * ONE),
            (99_999, 2 * ONE),
            (100_000, 3 * ONE),
            (u64::MAX, 3 * ONE),
        ],
    );
}

#[test]
fn size_of_content_has_no_third_band() {
    check(
        &MiningTables::default().content_size,
        &[
            (9_999, 0),
            (10_000, ONE),
            (50_000, ONE),
            (50_001, 2 * ONE),
            (100_000, 2 * ONE),
            (u64::MAX, 2 * ONE),
        ],
    );
}

#[test]
fn the_defaults_pass_their_own_checks() {
    let tables = MiningTables::default();
    for bands in [
        &tables.traffic,
        &tables.nodes,
        &tables.bandwidth,
        &tables.storage,
        &tables.downloads,
        &tables.upload_size,
        &tables.content_size,
    ] {
        assert_eq!(&Bands::new(bands.steps().to_vec()).unwrap(), bands);
    }
    let views = tables.view_bounds.bounds().to_vec();
    assert_eq!(ViewBounds::new(views).unwrap(), tables.view_bounds);
}

/// 200 GB: 50 at 0, 50 at 0.05, 100 at 0.03 = 5.5; in billionths of MB.
#[test]
fn a_measured_amount_is_cut_at_the_bounds() {
    let traffic = MiningTables::default().traffic;
    let gb = |amount: u64| traffic.marginal_measure(amount * 1_000);
    let hundredths_of_gb = 1_000 * u128::from(ONE) / 100;
    for (amount, expected) in [
        (49, 0),
        (50, 0),
        (51, 5),
        (100, 250),
        (101, 253),
        (200, 550),
        (500, 1_450),
        (600, 1_650),
        (1_000, 2_450),
        (2_000, 3_450),
    ] {
        assert_eq!(gb(amount), expected * hundredths_of_gb, "at {amount} GB");
    }
}

/// 11 downloads: ten at 5 and the eleventh at 3.
#[test]
fn counted_things_have_each_their_own_factor() {
    let downloads = MiningTables::default().downloads;
    for (amount, expected) in [
        (0, 0),
        (1, 5),
        (10, 50),
        (11, 53),
        (49, 167),
        (50, 169),
        (99, 267),
        (100, 268),
        (200, 368),
    ] {
        assert_eq!(
            downloads.marginal_count(amount),
            expected * u128::from(ONE),
            "at {amount}"
        );
    }
}

#[test]
fn a_first_bound_of_zero_counts_as_one_where_things_are_counted() {
    let from_zero = bands(&[(0, 7), (3, 2)]);
    let from_one = bands(&[(1, 7), (3, 2)]);
    for amount in 0..10 {
        assert_eq!(from_zero.marginal_count(amount), from_one.marginal_count(amount));
    }
    assert_eq!(from_zero.marginal_count(5), 2 * 7 + 3 * 2);
}

#[test]
fn the_largest_figures_fit() {
    let largest = bands(&[(0, u64::MAX)]);
    let square = u128::from(u64::MAX) * u128::from(u64::MAX);
    assert_eq!(largest.whole(u64::MAX), square);
    assert_eq!(largest.marginal_measure(u64::MAX), square);
    assert_eq!(largest.marginal_count(u64::MAX), square);
}

#[test]
fn refuses_tables_that_are_none() {
    assert_eq!(Bands::new(vec![]), Err(ScoreError::EmptyTable));
    assert_eq!(
        Bands::new(step_list(&[(1, 1), (5, 1), (5, 2)])),
        Err(ScoreError::NotAscending {
            index: 2,
            previous: 5,
            actual: 5
        })
    );
    assert_eq!(
        Bands::new(step_list(&[(6, 1), (5, 2)])),
        Err(ScoreError::NotAscending {
            index: 1,
            previous: 6,
            actual: 5
        })
    );
    let long = |steps: usize| (0..steps as u64).map(|from| (from, 1)).collect::<Vec<_>>();
    assert_eq!(
        Bands::new(step_list(&long(MAX_STEPS))).unwrap().steps().len(),
        MAX_STEPS
    );
    assert_eq!(
        Bands::new(step_list(&long(MAX_STEPS + 1))),
        Err(ScoreError::TableTooLong {
            expected: MAX_STEPS,
            actual: MAX_STEPS + 1
        })
    );
}

#[test]
fn views_become_points() {
    let tables = MiningTables::default();
    for (views, points) in [
        (0, 1),
        (9, 1),
        (10, 2),
        (29, 2),
        (30, 3),
        (99, 3),
        (100, 4),
        (299, 4),
        (300, 5),
        (999, 5),
        (1_000, 6),
        (2_999, 6),
        (3_000, 7),
        (9_999, 7),
        (10_000, 8),
        (29_999, 8),
        (30_000, 9),
        (99_999, 9),
        (100_000, 10),
        (u64::MAX, 10),
    ] {
        assert_eq!(tables.views_to_points(views), points, "at {views}");
    }
    assert_eq!(ViewBounds::new(vec![]).unwrap().points(u64::MAX), 1);
}

#[test]
fn refuses_view_bounds_past_ten_points_or_falling() {
    assert_eq!(
        ViewBounds::new((1..=10).collect()),
        Err(ScoreError::TableTooLong {
            expected: 9,
            actual: 10
        })
    );
    assert_eq!(
        ViewBounds::new(vec![4, 4]),
        Err(ScoreError::NotAscending {
            index: 1,
            previous: 4,
            actual: 4
        })
    );
}

#[test]
fn tables_keep_their_value_in_json_and_in_storage() {
    let tables = MiningTables {
        marginal: true,
        nodes: bands(&[(1, 3), (9, 4)]),
        ..MiningTables::default()
    };
    let json = serde_json::to_string(&tables).unwrap();
    assert_eq!(serde_json::from_str::<MiningTables>(&json).unwrap(), tables);
    let bytes = postcard::to_allocvec(&tables).unwrap();
    assert_eq!(postcard::from_bytes::<MiningTables>(&bytes).unwrap(), tables);
}

#[test]
fn a_configuration_may_name_only_what_differs() {
    let tables: MiningTables = serde_json::from_str(r#"{"marginal":true,"view_bounds":[5]}"#).unwrap();
    let expected = MiningTables {
        marginal: true,
        view_bounds: ViewBounds::new(vec![5]).unwrap(),
        ..MiningTables::default()
    };
    assert_eq!(tables, expected);
}

#[test]
fn a_configuration_is_checked_as_it_is_read() {
    let refused = |json: &str| serde_json::from_str::<MiningTables>(json).unwrap_err().to_string();
    assert!(refused(r#"{"traffic":[]}"#).starts_with("table: expected at least 1 step, got 0"));
    assert!(
        refused(r#"{"nodes":[{"from":2,"factor_e9":1},{"from":1,"factor_e9":1}]}"#)
            .starts_with("table: expected bound 1 to be above 2, got 1")
    );
    assert!(refused(r#"{"view_bounds":[3,2]}"#).starts_with("table: expected bound 1 to be above 3, got 2"));
    assert!(refused(r#"{"trafic":[]}"#).starts_with("unknown field `trafic`"));
}

/// Tables of rising bounds and any factors.
fn any_bands() -> impl Strategy<Value = Bands> {
    prop::collection::btree_map(0..40u64, 0..1_000u64, 1..8)
        .prop_map(|steps| bands(&steps.into_iter().collect::<Vec<_>>()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_marginal_readings_never_fall(bands in any_bands(), amount in 0..60u64) {
        prop_assert!(bands.marginal_count(amount) <= bands.marginal_count(amount + 1));
        prop_assert!(bands.marginal_measure(amount) <= bands.marginal_measure(amount + 1));
    }

    /// Against the definition: the k-th thing at the factor of k; a measure's stretch from k to
    /// k + 1 at the factor of k.
    #[test]
    fn the_marginal_readings_are_sums_over_single_units(bands in any_bands(), amount in 0..60u64) {
        let factor = |k: u64| u128::from(bands.factor_e9(k));
        let counted: u128 = (1..=amount).map(factor).sum();
        let measured: u128 = (0..amount).map(factor).sum();
        prop_assert_eq!(bands.marginal_count(amount), counted);
        prop_assert_eq!(bands.marginal_measure(amount), measured);
    }

    #[test]
    fn points_stay_within_1_to_10_and_never_fall(views in any::<u64>(), more in any::<u64>()) {
        let bounds = ViewBounds::default();
        let points = bounds.points(views);
        prop_assert!((1..=10).contains(&points));
        prop_assert!(points <= bounds.points(views.saturating_add(more)));
    }
}
