//! Day by day: what was sold, who took part, what was paid.

use super::svg::draw;
use super::{bars, dates, headroom, highest, line, panel, title, Ink, RIGHT};
use crate::report::bins::{Axis, DayBin};
use anyhow::Result;

/// Height of a panel and of the dates below.
const PANEL: u32 = 230;
const DATES: u32 = 54;

/// A series of one figure.
struct Series<'a> {
    title: &'a str,
    values: Vec<f64>,
    ink: Ink,
}

/// Orders above, spending below.
pub fn orders(axis: &Axis, bins: &[DayBin], label: &str) -> Result<String> {
    let orders = bins.iter().map(|bin| bin.sum.orders as f64);
    let spending = bins.iter().map(|bin| bin.sum.spending as f64 / 100.0);
    two(
        axis,
        label,
        Series {
            title: "orders",
            values: orders.collect(),
            ink: Ink::Orders,
        },
        Series {
            title: "spending",
            values: spending.collect(),
            ink: Ink::Spending,
        },
    )
}

/// Shops above, customers below.
pub fn heads(axis: &Axis, bins: &[DayBin], label: &str) -> Result<String> {
    let shops = bins.iter().map(|bin| bin.average(bin.sum.merchants) as f64);
    let customers = bins.iter().map(|bin| bin.average(bin.sum.customers) as f64);
    two(
        axis,
        label,
        Series {
            title: "shops with an order",
            values: shops.collect(),
            ink: Ink::Shops,
        },
        Series {
            title: "customers with an order",
            values: customers.collect(),
            ink: Ink::Customers,
        },
    )
}

fn two(axis: &Axis, label: &str, upper: Series, lower: Series) -> Result<String> {
    draw(2 * PANEL + DATES, label, |area| {
        let (above, rest) = area.split_vertically(PANEL);
        let (below, foot) = rest.split_vertically(PANEL);
        for (area, series) in [(above, upper), (below, lower)] {
            let mut chart = panel(&area, axis, RIGHT, headroom(highest(&series.values)))?;
            bars(&mut chart, &series.values, series.ink)?;
            title(&area, series.title)?;
        }
        dates(&foot, axis, RIGHT)
    })
}

/// What was paid as bars, the budget as a line above them.
pub fn paid(axis: &Axis, paid: &[f64], budget: &[f64], ink: Ink, symbol: &str, label: &str) -> Result<String> {
    const HEIGHT: u32 = PANEL + 70;
    draw(HEIGHT + DATES, label, |area| {
        let (area, foot) = area.split_vertically(HEIGHT);
        let mut chart = panel(&area, axis, RIGHT, headroom(highest(budget).max(highest(paid))))?;
        bars(&mut chart, paid, ink)?;
        line(&mut chart, budget, Ink::Budget)?;
        title(&area, symbol)?;
        dates(&foot, axis, RIGHT)
    })
}
