//! What merchants' shops cost: `merchant,area,rent,staff,wage`.

use super::Table;
use crate::failure::InputError;
use std::collections::BTreeMap;
use std::path::Path;

/// The columns of a profiles file.
pub const COLUMNS: [&str; 5] = ["merchant", "area", "rent", "staff", "wage"];
/// Largest area, square feet.
pub const MAX_AREA: u64 = 10_000_000;
/// Largest staff.
pub const MAX_STAFF: u64 = 1_000_000;
/// Largest rent or wage, minor units.
pub const MAX_RATE: u64 = 1_000_000_000_000;

/// A shop's costs as a verifier attests them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Square feet.
    pub area: u32,
    /// Minor units a square foot.
    pub rent: u64,
    /// People.
    pub staff: u32,
    /// Minor units a person.
    pub wage: u64,
}

/// Reads a whole file: merchant's id to his profile.
///
/// Errors: [`InputError`] at the first field that is not as described, or a merchant's second row.
pub fn read(path: &Path) -> Result<BTreeMap<u64, Profile>, InputError> {
    let mut table = Table::open(path, &COLUMNS, &[], false)?;
    let mut profiles = BTreeMap::new();
    while let Some(row) = table.next_row()? {
        let merchant = row.number(0)?;
        let profile = Profile {
            area: row.bounded(1, 1, MAX_AREA)? as u32,
            rent: row.bounded(2, 1, MAX_RATE)?,
            staff: row.bounded(3, 1, MAX_STAFF)? as u32,
            wage: row.bounded(4, 1, MAX_RATE)?,
        };
        if profiles.insert(merchant, profile).is_some() {
            return Err(row.fault(0, format!("merchant {merchant} has a row already")));
        }
    }
    Ok(profiles)
}
