//! From plotters' drawing to an SVG that lives in a page.

use super::{Area, WIDTH};
use anyhow::Result;
use plotters::prelude::*;

/// Draws on an area of this height and gives the SVG; `label` tells those who can't see it.
///
/// The root loses its fixed size, so that it takes the width it gets, and the name of its XML
/// namespace, which HTML does not need; the elements lose what is the default anyway.
pub(super) fn draw(height: u32, label: &str, paint: impl FnOnce(&Area) -> Result<()>) -> Result<String> {
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, (WIDTH, height)).into_drawing_area();
        paint(&area)?;
        area.present()?;
    }
    let elements = drawn.split_once('>').map_or("", |(_, elements)| elements);
    let elements = elements
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\"", "")
        .replace(" font-family=\"sans-serif\"", "")
        .replace(">\n", ">")
        .replace("\n</text>", "</text>")
        .replace(" \"/>", "\"/>");
    let label = escaped(label);
    Ok(format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\">{elements}"
    ))
}

/// Text within an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
