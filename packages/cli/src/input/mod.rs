//! Files that people bring: receipts, profiles, meter readings.

pub mod meters;
pub mod profiles;
pub mod receipts;
mod table;

pub use table::{Row, Table};
