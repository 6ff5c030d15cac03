use super::{sample, MILLIONTH};
use crate::report::bins::{self, Axis};
use crate::report::charts::{self, Ink};
use crate::report::data::{DayData, LeaderDay};
use crate::report::render;

fn axis(days: &str) -> Axis {
    Axis::new("2017-01-01", days).expect("dates")
}

fn day(date: &str, [open, high, low, close]: [u128; 4]) -> LeaderDay {
    LeaderDay {
        day: date.to_owned(),
        open,
        high,
        low,
        close,
        level: 1,
        reward: 1,
        orders: 1,
        revenue: 1,
    }
}

/// The chart of a shop on the first days of January 2017.
fn chart(candles: &[[u128; 4]], bounds: &[u128]) -> String {
    let last = format!("2017-01-{:02}", candles.len());
    let days: Vec<LeaderDay> = (1..)
        .zip(candles)
        .map(|(n, candle): (u32, _)| day(&format!("2017-01-{n:02}"), *candle))
        .collect();
    let axis = axis(&last);
    let columns = bins::candles(&axis, &days).expect("dates");
    charts::merchant(&axis, &columns, bounds, "a shop").expect("a chart")
}

/// How many elements are drawn in an ink.
fn drawn(svg: &str, attribute: &str, ink: Ink) -> usize {
    svg.matches(&format!("{attribute}=\"{}\"", ink.hex())).count()
}

const BOUNDS: [u128; 2] = [10 * MILLIONTH, 20 * MILLIONTH];

#[test]
fn a_single_day_is_a_chart() {
    let svg = chart(&[[MILLIONTH, 4 * MILLIONTH, MILLIONTH, 3 * MILLIONTH]], &BOUNDS);
    assert!(drawn(&svg, "stroke", Ink::Rise) >= 3, "wicks and body: {svg}");
    assert_eq!(drawn(&svg, "fill", Ink::Fall), 0);
    render(&sample(1)).expect("a page of one day");
}

#[test]
fn a_falling_day_is_solid() {
    let svg = chart(&[[5 * MILLIONTH, 5 * MILLIONTH, MILLIONTH, MILLIONTH]], &BOUNDS);
    assert_eq!(drawn(&svg, "fill", Ink::Fall), 1);
    assert_eq!(drawn(&svg, "stroke", Ink::Rise), 0);
}

#[test]
fn a_day_that_did_not_move_is_a_dash_that_can_be_seen() {
    let svg = chart(&[[7 * MILLIONTH; 4]], &BOUNDS);
    assert_eq!(drawn(&svg, "stroke", Ink::Flat), 1);
    assert!(svg.contains("stroke-width=\"6\""), "{svg}");
}

#[test]
fn days_without_bizpower_leave_their_place_empty() {
    let svg = chart(&[[0; 4], [0; 4]], &BOUNDS);
    for ink in [Ink::Rise, Ink::Fall, Ink::Flat] {
        assert_eq!(drawn(&svg, "stroke", ink), 0, "{ink:?}");
    }
}

#[test]
fn a_day_that_began_at_nothing_ends_at_the_lower_edge() {
    let deep = chart(&[[0, 30 * MILLIONTH, 0, 30 * MILLIONTH], [12 * MILLIONTH; 4]], &BOUNDS);
    assert!(
        deep.contains(">L1<") && deep.contains(">L2<"),
        "the bounds stay far enough apart: {deep}"
    );
}

#[test]
fn extremes_do_not_panic() {
    for candles in [[[u128::MAX; 4]], [[1; 4]], [[0, u128::MAX, 0, 1]]] {
        for bounds in [&[][..], &BOUNDS, &[0, 1], &[u128::MAX], &[1, u128::MAX]] {
            let svg = chart(&candles, bounds);
            assert!(!svg.contains("NaN") && svg.ends_with("</svg>"), "{svg}");
        }
    }
}

#[test]
fn a_month_without_orders_is_an_empty_chart() {
    let axis = axis("2017-01-31");
    let bins = bins::days(&axis, &[]).expect("nothing");
    let svg = charts::orders(&axis, &bins, "nothing").expect("a chart");
    assert_eq!(drawn(&svg, "fill", Ink::Orders), 0);
    assert!(!svg.contains("NaN"), "{svg}");
    let zeros = vec![0.0; 31];
    let svg = charts::paid(&axis, &zeros, &zeros, Ink::Bzky, "Bzky", "nothing").expect("a chart");
    assert!(!svg.contains("NaN"), "{svg}");
}

#[test]
fn labels_are_attributes_and_stay_within_them() {
    let axis = axis("2017-01-02");
    let bins = bins::days(&axis, &[]).expect("nothing");
    let svg = charts::heads(&axis, &bins, "a \"b\" <c> & d").expect("a chart");
    assert!(
        svg.contains("aria-label=\"a &quot;b&quot; &lt;c&gt; &amp; d\""),
        "{}",
        &svg[..200]
    );
}

#[test]
fn four_months_have_a_column_a_day_and_more_a_column_a_week() {
    assert_eq!((axis("2017-04-30").step, axis("2017-04-30").columns), (1, 120));
    assert_eq!((axis("2017-05-01").step, axis("2017-05-01").columns), (7, 18));
    assert_eq!(axis("2017-12-31").columns, 53);
}

#[test]
fn days_outside_the_period_are_left_out() {
    let axis = axis("2017-01-02");
    assert_eq!(axis.column("2016-12-31").expect("a date"), None);
    assert_eq!(axis.column("2017-01-02").expect("a date"), Some(1));
    assert_eq!(axis.column("2017-01-03").expect("a date"), None);
}

#[test]
fn a_week_adds_up_and_counts_heads_by_the_day() {
    let axis = axis("2017-12-31");
    let of = |day: &str| DayData {
        day: day.to_owned(),
        merchants: 4,
        customers: 10,
        orders: 20,
        spending: 5,
        ..DayData::default()
    };
    let bins = bins::days(&axis, &[of("2017-01-01"), of("2017-01-07"), of("2017-01-08")]).expect("dates");
    assert_eq!((bins[0].days, bins[0].sum.orders, bins[0].sum.spending), (2, 40, 10));
    assert_eq!(bins[0].average(bins[0].sum.customers), 10);
    assert_eq!((bins[1].days, bins[1].sum.orders), (1, 20));
}

#[test]
fn a_week_opens_with_its_first_day_and_closes_with_its_last() {
    let axis = axis("2017-12-31");
    let days = [
        day("2017-01-01", [0; 4]),
        day("2017-01-02", [5, 9, 4, 6]),
        day("2017-01-05", [7, 8, 2, 3]),
        day("2017-01-07", [0; 4]),
    ];
    let weeks = bins::candles(&axis, &days).expect("dates");
    let week = weeks[0].clone().expect("a week");
    assert_eq!([week.open, week.high, week.low, week.close], [5, 9, 2, 3]);
    assert_eq!((week.orders, week.reward), (4, 4));
    assert_eq!(weeks[1], None);
}
