//! `report.html`: one page, without outside resources, that a shop owner reads.
//!
//! [`gather`] takes the figures from a finished run, [`render`] makes the page of them: charts by
//! plotters ([`charts`]), words by a minijinja template (`report.html`), looks by `report.css`.
//! Figures stay integers up to their text; only the coordinates of charts are floats.

mod bins;
mod charts;
mod data;
mod figures;
mod gather;
mod leaders;
mod reasons;
#[cfg(test)]
mod tests;
mod view;

pub use data::{DayData, DroppedData, LeaderData, LeaderDay, MethodData, PoolData, ReportData, Totals};
pub use gather::gather;
pub use reasons::plain;

use crate::chain::AddressBook;
use crate::readback::Results;
use crate::run::{Drops, Plan, Summary};
use anyhow::Result;
use minijinja::Environment;

const TEMPLATE: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");

/// The page of a finished run.
///
/// Errors: as [`render`].
pub fn page(plan: &Plan, book: &AddressBook, results: &Results, drops: &Drops, summary: &Summary) -> Result<String> {
    render(&gather(plan, book, results, drops, summary))
}

/// The page. Text from the data is escaped; nothing in it is taken for HTML.
///
/// Errors: a day of the data that is no date.
pub fn render(data: &ReportData) -> Result<String> {
    let view = view::View::new(data, STYLE)?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    // The name's ending decides that what is inserted is escaped as HTML.
    environment.add_template("report.html", TEMPLATE)?;
    Ok(environment.get_template("report.html")?.render(view)?)
}
