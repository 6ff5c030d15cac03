//! `vrs score`: one reading, scored by the function that the contract calls.

use crate::failure::UsageError;
use vrs_scoring::{MiningTables, ScoreInput};

/// The score as text: 18 decimals at most, rounded down, without trailing zeros.
///
/// Errors: [`UsageError`] where the method or the reading is not as described.
pub fn score(method: &str, json: &str) -> Result<String, UsageError> {
    let usage = |error: vrs_scoring::InputError| UsageError(error.to_string());
    let reading = ScoreInput::from_json(method, json).map_err(usage)?;
    let score = reading.score(&MiningTables::default()).map_err(usage)?;
    Ok(score.to_string())
}
