//! Compact tables: fixed-width keys under a one-byte prefix, postcard values.
//!
//! A write costs 30 gas a byte and every key is stored with each entry, so a table's key is one
//! byte of prefix and the big-endian parts, without names and length fields, and a value is
//! postcard: varints, no field names.
//!
//! Prefixes are 0x01 to 0x1f, one a table. `cw-storage-plus` items (such as cw2's
//! `contract_info`) begin with a letter and its maps with 0x00, so nothing can clash; a contract
//! lists its prefixes in one array and hands it to [`unique`] at compile time.

mod key;
mod table;
#[cfg(test)]
mod tests;

pub use key::{AccountKey, Key};
pub use table::{Cell, Table};

/// Largest page that a list query returns.
pub const MAX_LIMIT: u32 = 200;
/// Page size where the caller names none.
pub const DEFAULT_LIMIT: u32 = 50;

/// The page size to use for what a caller asked.
pub fn page(limit: Option<u32>) -> usize {
    limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT) as usize
}

/// Stops the build of a contract whose tables share a prefix or leave the range 0x01 to 0x1f.
///
/// ```
/// const _: () = vrs_table::unique(&[0x01, 0x02, 0x10]);
/// ```
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "const evaluation has no iterators, and an index or a sum out of range stops the build"
)]
pub const fn unique(prefixes: &[u8]) {
    let mut i = 0;
    while i < prefixes.len() {
        assert!(prefixes[i] >= 0x01 && prefixes[i] <= 0x1f, "prefix outside 0x01..=0x1f");
        let mut j = i + 1;
        while j < prefixes.len() {
            assert!(prefixes[i] != prefixes[j], "two tables share a prefix");
            j += 1;
        }
        i += 1;
    }
}
