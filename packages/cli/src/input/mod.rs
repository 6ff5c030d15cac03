//! Files that people bring: receipts, profiles, meter readings.

mod lines;
pub mod meters;
pub mod profiles;
pub mod receipts;
mod table;

pub use table::{Row, Table};
