//! `report.html`.

use crate::chain::AddressBook;
use crate::readback::Results;
use crate::run::{Drops, Plan, Summary};
use anyhow::Result;

/// The page.
pub fn page(_: &Plan, _: &AddressBook, _: &Results, _: &Drops, _: &Summary) -> Result<String> {
    Ok(String::new())
}
