//! Charts as inline SVG.
//!
//! plotters draws in the colours of [`Ink`]; the style sheet has a rule for each of them
//! (`[fill="#..."]`), which is how one drawing serves light, dark and paper.

mod days;
mod ink;
mod merchant;
mod svg;

pub use days::{heads, orders, paid};
pub use ink::{shade_of, Ink};
pub use merchant::merchant;

use super::bins::Axis;
use anyhow::Result;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Where it is drawn.
type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
/// A panel with two axes.
type Panel<'a, 'b> = ChartContext<'b, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Everything is drawn at twice its size, for plotters places things on whole pixels.
const WIDTH: u32 = 1_000;
/// Room for the figures at the left, and what is left free at the right.
const LEFT: u32 = 104;
const RIGHT: u32 = 16;
/// The same where the right has labels too.
const RIGHT_LABELS: u32 = 70;
/// Room for the title above a panel.
const TOP: u32 = 60;
/// Sizes of letters, 24 and 20 in the drawing: plotters' sizes are 1.24 times those of SVG. The style
/// sheet tells them apart by that.
const LETTERS: f64 = 24.0 * 1.24;
const SMALL: f64 = 20.0 * 1.24;

/// The x range in which column 0 is centred on 0.
fn range(axis: &Axis) -> std::ops::Range<f64> {
    -0.5..axis.columns.max(1) as f64 - 0.5
}

/// Writes at a place.
fn write(area: &Area, text: &str, at: (i32, i32), ink: Ink, pos: Pos) -> Result<()> {
    area.draw(&Text::new(text.to_owned(), at, letters(ink, LETTERS, pos)))?;
    Ok(())
}

/// How something is written; the family is the page's.
fn letters(ink: Ink, size: f64, pos: Pos) -> TextStyle<'static> {
    TextStyle {
        font: ("sans-serif", size).into_font(),
        color: ink.color().to_backend_color(),
        pos,
    }
}

/// Writes a panel's title into the room above it.
fn title(area: &Area, text: &str) -> Result<()> {
    write(
        area,
        text,
        (LEFT as i32, 18),
        Ink::Label,
        Pos::new(HPos::Left, VPos::Top),
    )
}

/// A panel over the columns, its weekends shaded, with at most four round figures at the left.
fn panel<'a, 'b>(area: &'b Area<'a>, axis: &Axis, right: u32, top: f64) -> Result<Panel<'a, 'b>> {
    let mut chart = ChartBuilder::on(area)
        .margin_top(TOP)
        .margin_right(right)
        .set_label_area_size(LabelAreaPosition::Left, LEFT)
        .build_cartesian_2d(range(axis), 0.0..top)?;
    shade(&mut chart, axis, 0.0, top)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .y_labels(4)
        .y_max_light_lines(1)
        .light_line_style(TRANSPARENT)
        .bold_line_style(Ink::Grid.color().stroke_width(2))
        .axis_style(TRANSPARENT)
        .y_label_formatter(&|value| short(*value))
        .label_style(letters(Ink::Label, LETTERS, Pos::default()))
        .draw()?;
    Ok(chart)
}

/// Weekends are busier: a shade behind them explains the waves.
fn shade(chart: &mut Panel, axis: &Axis, bottom: f64, top: f64) -> Result<()> {
    let shade = |column: usize| {
        let x = column as f64;
        Rectangle::new([(x - 0.5, bottom), (x + 0.5, top)], Ink::Weekend.color().filled())
    };
    chart.draw_series(axis.weekends().into_iter().map(shade))?;
    Ok(())
}

/// A bar on each column.
fn bars(chart: &mut Panel, values: &[f64], ink: Ink) -> Result<()> {
    let bar = |(column, &value): (usize, &f64)| {
        let x = column as f64;
        Rectangle::new([(x - 0.36, 0.0), (x + 0.36, value)], ink.color().filled())
    };
    let bars = values.iter().enumerate().filter(|(_, value)| **value > 0.0).map(bar);
    chart.draw_series(bars)?;
    Ok(())
}

/// A line through the columns, with a dot where it is a single one.
fn line(chart: &mut Panel, values: &[f64], ink: Ink) -> Result<()> {
    let points = || values.iter().enumerate().map(|(column, value)| (column as f64, *value));
    chart.draw_series(LineSeries::new(points(), ink.color().stroke_width(4)))?;
    if values.len() < 3 {
        chart.draw_series(points().map(|point| Circle::new(point, 6, ink.color().filled())))?;
    }
    Ok(())
}

/// Dates below the panels.
fn dates(area: &Area, axis: &Axis, right: u32) -> Result<()> {
    let (width, _) = area.dim_in_pixel();
    let span = f64::from(width - LEFT - right) / axis.columns.max(1) as f64;
    for (column, label) in axis.ticks() {
        let x = f64::from(LEFT) + span * (column as f64 + 0.5);
        let middle = Pos::new(HPos::Center, VPos::Top);
        write(area, &label, (x as i32, 14), Ink::Label, middle)?;
    }
    Ok(())
}

/// The top of an axis that begins at 0: a little above the highest value, never 0.
fn headroom(highest: f64) -> f64 {
    if highest > 0.0 {
        highest * 1.06
    } else {
        1.0
    }
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// An axis figure: `900`, `12.5k`, `3M`.
fn short(value: f64) -> String {
    let scaled = |by: f64, unit: &str| {
        let tenths = (value / by * 10.0).round() / 10.0;
        format!("{tenths}{unit}")
    };
    match value {
        value if value >= 1e9 => scaled(1e9, "bn"),
        value if value >= 1e6 => scaled(1e6, "M"),
        value if value >= 1e3 => scaled(1e3, "k"),
        _ => ((value * 100.0).round() / 100.0).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_figures_are_short() {
        for (value, text) in [
            (0.0, "0"),
            (0.25, "0.25"),
            (900.0, "900"),
            (12_500.0, "12.5k"),
            (20_000.0, "20k"),
            (3e6, "3M"),
            (2.5e9, "2.5bn"),
        ] {
            assert_eq!(short(value), text);
        }
    }
}
