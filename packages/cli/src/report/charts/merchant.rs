//! A merchant's month: candles of BizPower, levels, rewards.

use super::svg::draw;
use super::{bars, dates, headroom, highest, letters, panel, range, shade, title, write};
use super::{Area, Ink, Panel, LEFT, LETTERS, RIGHT_LABELS, SMALL, TOP};
use crate::report::bins::Axis;
use crate::report::data::LeaderDay;
use crate::report::figures::millionths;
use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::ops::Range;

/// Heights of the candles, the levels, the rewards and the dates.
const CANDLES: u32 = 360;
const LEVELS: u32 = 62;
const REWARDS: u32 = 190;
const DATES: u32 = 54;

/// One millionth of BizPower.
const MILLIONTH: f64 = 1e12;

/// The chart of a merchant. Columns without an order are none.
pub fn merchant(axis: &Axis, days: &[Option<LeaderDay>], bounds: &[u128], label: &str) -> Result<String> {
    draw(CANDLES + LEVELS + REWARDS + DATES, label, |area| {
        let (above, rest) = area.split_vertically(CANDLES);
        let (levels, rest) = rest.split_vertically(LEVELS);
        let (rewards, foot) = rest.split_vertically(REWARDS);
        candles(&above, axis, days, bounds)?;
        strip(&levels, axis, days, bounds.len())?;
        let bzky: Vec<f64> = days
            .iter()
            .map(|day| day.as_ref().map_or(0.0, |day| day.reward as f64 / 1e6))
            .collect();
        let mut chart = panel(&rewards, axis, RIGHT_LABELS, headroom(highest(&bzky)))?;
        bars(&mut chart, &bzky, Ink::Bzky)?;
        title(&rewards, if axis.is_weekly() { "Bzky a week" } else { "Bzky a day" })?;
        dates(&foot, axis, RIGHT_LABELS)
    })
}

/// The logarithm of BizPower in millionths: a step from 10 to 20 is as high as one from 100 to 200.
fn height(e18: u128) -> f64 {
    (e18.max(1) as f64 / MILLIONTH).log10()
}

fn candles(area: &Area, axis: &Axis, days: &[Option<LeaderDay>], bounds: &[u128]) -> Result<()> {
    let traded: Vec<(usize, &LeaderDay)> = days
        .iter()
        .enumerate()
        .filter_map(|(column, day)| day.as_ref().map(|day| (column, day)))
        .filter(|(_, day)| day.high > 0)
        .collect();
    let heights = scale(traded.iter().map(|(_, day)| *day), bounds);
    let mut chart = ChartBuilder::on(area)
        .margin_top(TOP)
        .margin_right(RIGHT_LABELS)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .build_cartesian_2d(range(axis), heights.clone())?;
    shade(&mut chart, axis, heights.start, heights.end)?;
    bound_lines(area, &mut chart, axis, bounds, &heights)?;
    let width = body_width(axis);
    for (column, day) in traded {
        candle(&mut chart, column as f64, day, width, heights.start)?;
    }
    title(area, "BizPower, in millionths")
}

/// From a little below the lowest candle to a little above the highest, with the level bounds next to
/// them. What lies far below the first level (a day may begin at 0) ends at the lower edge: on a scale
/// of ratios 0 is infinitely deep.
fn scale<'a>(days: impl Iterator<Item = &'a LeaderDay>, bounds: &[u128]) -> Range<f64> {
    let mut low = u128::MAX;
    let mut high = 0u128;
    for day in days {
        low = low.min(day.low);
        high = high.max(day.high);
    }
    if high == 0 {
        return -0.5..1.5;
    }
    let deepest = bounds
        .iter()
        .find(|bound| **bound > 0 && **bound < high)
        .map_or(high / 100, |bound| bound / 4);
    let low = low.max(deepest).max(1);
    let below = bounds.iter().rev().find(|bound| **bound <= low && **bound >= low / 4);
    let above = bounds
        .iter()
        .find(|bound| **bound >= high && **bound <= high.saturating_mul(4));
    let bottom = height(below.copied().unwrap_or(low));
    let top = height(above.copied().unwrap_or(high));
    let margin = ((top - bottom) * 0.05).max(0.05);
    bottom - margin..top + margin
}

/// A line at each level's bound: its figure at the left, its level at the right.
fn bound_lines(area: &Area, chart: &mut Panel, axis: &Axis, bounds: &[u128], heights: &Range<f64>) -> Result<()> {
    let within = bounds
        .iter()
        .zip(1u32..)
        .filter(|(bound, _)| **bound > 0 && heights.contains(&height(**bound)));
    let mut last = i32::MAX;
    for (bound, level) in within {
        let y = height(*bound);
        let ends = range(axis);
        chart.draw_series(LineSeries::new(
            [(ends.start, y), (ends.end, y)],
            Ink::Bound.color().stroke_width(2),
        ))?;
        let (_, pixel) = chart.backend_coord(&(0.0, y));
        // Labels of bounds that lie close are left out, not drawn over each other.
        if last.saturating_sub(pixel) < LETTERS as i32 {
            continue;
        }
        last = pixel;
        let (_, top) = area.get_base_pixel();
        let pixel = pixel - top;
        let left = Pos::new(HPos::Right, VPos::Center);
        write(area, &millionths(*bound), (LEFT as i32 - 12, pixel), Ink::Label, left)?;
        let (width, _) = area.dim_in_pixel();
        let right = Pos::new(HPos::Left, VPos::Center);
        write(
            area,
            &format!("L{level}"),
            ((width - RIGHT_LABELS) as i32 + 12, pixel),
            Ink::Label,
            right,
        )?;
    }
    Ok(())
}

/// One candle: an outline where it closed higher, solid where lower, a dash where nothing moved.
fn candle(chart: &mut Panel, x: f64, day: &LeaderDay, width: u32, edge: f64) -> Result<()> {
    let [open, high, low, close] = [day.open, day.high, day.low, day.close].map(|value| height(value).max(edge));
    let dash = |y: f64, ink: Ink| {
        let half = (width / 2) as i32;
        EmptyElement::at((x, y)) + PathElement::new(vec![(-half, 0), (half, 0)], ink.color().stroke_width(6))
    };
    if day.open == day.close {
        if day.high > day.low {
            let wick = vec![(x, high), (x, low)];
            chart.draw_series(LineSeries::new(wick, Ink::Flat.color().stroke_width(3)))?;
        }
        chart.draw_series([dash(open, Ink::Flat)])?;
        return Ok(());
    }
    let rise = Ink::Rise.color().stroke_width(3);
    let fall = ShapeStyle {
        filled: true,
        ..Ink::Fall.color().stroke_width(3)
    };
    chart.draw_series([CandleStick::new(x, open, high, low, close, rise, fall, width)])?;
    let ink = if day.close > day.open { Ink::Rise } else { Ink::Fall };
    let body = chart.backend_coord(&(x, open)).1 - chart.backend_coord(&(x, close)).1;
    if body.abs() < 6 {
        chart.draw_series([dash(close, ink)])?;
    }
    Ok(())
}

fn column_width(axis: &Axis) -> f64 {
    f64::from(super::WIDTH - LEFT - RIGHT_LABELS) / axis.columns.max(1) as f64
}

fn body_width(axis: &Axis) -> u32 {
    (column_width(axis) * 0.62).clamp(4.0, 36.0) as u32
}

/// A square a column, the darker the higher the level.
fn strip(area: &Area, axis: &Axis, days: &[Option<LeaderDay>], highest: usize) -> Result<()> {
    let mut chart = ChartBuilder::on(area)
        .margin_top(14)
        .margin_bottom(6)
        .margin_right(RIGHT_LABELS)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .build_cartesian_2d(range(axis), 0.0..1.0)?;
    let levels = days
        .iter()
        .enumerate()
        .filter_map(|(column, day)| day.as_ref().map(|day| (column, day.level)));
    let middle = Pos::new(HPos::Center, VPos::Center);
    let has_numbers = column_width(axis) >= 22.0;
    for (column, level) in levels {
        let x = column as f64;
        let ink = Ink::of_level(level, highest);
        chart.draw_series([Rectangle::new([(x - 0.45, 0.0), (x + 0.45, 1.0)], ink.color().filled())])?;
        if has_numbers {
            let style = letters(ink.letters_on(), SMALL, middle);
            chart.draw_series([Text::new(level.to_string(), (x, 0.5), style)])?;
        }
    }
    let at = (LEFT as i32 - 12, 14 + (LEVELS as i32 - 20) / 2);
    write(area, "level", at, Ink::Label, Pos::new(HPos::Right, VPos::Center))
}
