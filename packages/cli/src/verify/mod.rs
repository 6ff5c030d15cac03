//! `vrs verify`.
use anyhow::Result;
use std::path::Path;
/// .
pub fn verify(_: &Path) -> Result<String> {
    Ok(String::new())
}
