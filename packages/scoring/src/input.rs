//! Readings as people write them: JSON with GB, hours and decimal shares.
//!
//! | method | fields |
//! | --- | --- |
//! | `platform`, `server` | `traffic_gb`, `nodes`, `hours`, `server_share` |
//! | `node` | `hardware` (`"pc"` or `"mobile"`), `bandwidth_mbps`, `storage_gb`, `hours` |
//! | `upload` | `downloads`, `size_gb`, `view_points` (1 if absent) |
//! | `content` | `recommendations`, `dislikes` (0 if absent), `downloads`, `size_gb`, `view_points` (1 if absent) |
//! | `streaming` | `streamed_gb`, `factor` (1 if absent) |
//!
//! Any number may be a JSON number or the same digits as a string; both are read digit by digit
//! from the text, so `0.1` is a tenth and never the nearest float. Exponents, signs, unknown and
//! repeated fields are refused. GB have at most 3 decimals (a MB), shares and factors at most 9,
//! hours come out as whole seconds, counts have none.
//! ```
//! use vrs_scoring::{MiningTables, ScoreInput};
//!
//! let json = r#"{"traffic_gb":200,"nodes":1,"hours":3,"server_share":"1"}"#;
//! let input = ScoreInput::from_json("platform", json)?;
//! assert_eq!(input.score(&MiningTables::default())?.to_string(), "0.875");
//! # Ok::<(), vrs_scoring::InputError>(())
//! ```

mod decimal;

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use thiserror::Error;

use crate::mining::UnknownMethod;
use crate::{Fraction, Hardware, Method, MiningTables, Reading, ScoreError, WHOLE_E9};

use decimal::{count, factor, megabytes, points, seconds, share};

/// Why a JSON text is no reading.
#[derive(Error, Debug, Clone, PartialEq, Eq)]
pub enum InputError {
    /// The method's name is not one of the six.
    #[error(transparent)]
    Method(#[from] UnknownMethod),
    /// The text is no JSON object, or its fields are not those of the method.
    #[error("{method}: {reason}")]
    Json {
        /// The method asked for.
        method: Method,
        /// What the parser expected and found, with line and column.
        reason: String,
    },
    /// A field is no plain decimal number.
    #[error("{field}: expected a number like 12 or \"0.5\", got {actual}")]
    NotADecimal {
        /// The field.
        field: &'static str,
        /// Its JSON text.
        actual: String,
    },
    /// A field has more decimals than its unit can hold.
    #[error("{field}: expected at most {expected} decimals, got {actual}")]
    Decimals {
        /// The field.
        field: &'static str,
        /// The most decimals.
        expected: u32,
        /// Its JSON text.
        actual: String,
    },
    /// Hours that end within a second.
    #[error("{field}: expected a whole number of seconds, got {actual} hours")]
    NotWholeSeconds {
        /// The field.
        field: &'static str,
        /// Its JSON text.
        actual: String,
    },
    /// A field is larger than its type holds.
    #[error("{field}: expected at most {expected}, got {actual}")]
    TooLarge {
        /// The field.
        field: &'static str,
        /// The largest value, in the field's own unit.
        expected: String,
        /// Its JSON text.
        actual: String,
    },
    /// The reading is well formed but can't be scored.
    #[error(transparent)]
    Score(#[from] ScoreError),
}

/// A reading that came in as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreInput {
    reading: Reading,
}

impl ScoreInput {
    /// Reads the JSON form of a method's reading. See the module's table for the fields.
    pub fn from_json(method: &str, json: &str) -> Result<Self, InputError> {
        Self::for_method(method.parse()?, json)
    }

    /// As [`ScoreInput::from_json`], with the method already known.
    pub fn for_method(method: Method, json: &str) -> Result<Self, InputError> {
        let reading = match method {
            Method::Platform => {
                let form: ServedForm = parse(method, json)?;
                Reading::Platform {
                    traffic_mb: megabytes("traffic_gb", form.traffic_gb)?,
                    nodes: count("nodes", form.nodes)?,
                    online_seconds: seconds("hours", form.hours)?,
                    server_share_e9: share("server_share", form.server_share)?,
                }
            }
            Method::Server => {
                let form: ServedForm = parse(method, json)?;
                Reading::Server {
                    traffic_mb: megabytes("traffic_gb", form.traffic_gb)?,
                    nodes: count("nodes", form.nodes)?,
                    online_seconds: seconds("hours", form.hours)?,
                    server_share_e9: share("server_share", form.server_share)?,
                }
            }
            Method::Node => {
                let form: NodeForm = parse(method, json)?;
                Reading::Node {
                    hardware: form.hardware,
                    bandwidth_mbps: count("bandwidth_mbps", form.bandwidth_mbps)?,
                    storage_mb: megabytes("storage_gb", form.storage_gb)?,
                    online_seconds: seconds("hours", form.hours)?,
                }
            }
            Method::Upload => {
                let form: UploadForm = parse(method, json)?;
                Reading::Upload {
                    downloads: count("downloads", form.downloads)?,
                    size_mb: megabytes("size_gb", form.size_gb)?,
                    view_points: optional("view_points", form.view_points, 1, points)?,
                }
            }
            Method::Content => {
                let form: ContentForm = parse(method, json)?;
                Reading::Content {
                    recommendations: count("recommendations", form.recommendations)?,
                    dislikes: optional("dislikes", form.dislikes, 0, count)?,
                    downloads: count("downloads", form.downloads)?,
                    size_mb: megabytes("size_gb", form.size_gb)?,
                    view_points: optional("view_points", form.view_points, 1, points)?,
                }
            }
            Method::Streaming => {
                let form: StreamingForm = parse(method, json)?;
                Reading::Streaming {
                    streamed_mb: megabytes("streamed_gb", form.streamed_gb)?,
                    product_factor_e9: optional("factor", form.factor, WHOLE_E9, factor)?,
                }
            }
        };
        Ok(Self { reading })
    }

    /// The reading in the units that are scored.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The exact score, by the function that the contract calls.
    pub fn score(&self, tables: &MiningTables) -> Result<Fraction, InputError> {
        Ok(self.reading.score(tables)?)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServedForm<'a> {
    #[serde(borrow)]
    traffic_gb: &'a RawValue,
    #[serde(borrow)]
    nodes: &'a RawValue,
    #[serde(borrow)]
    hours: &'a RawValue,
    #[serde(borrow)]
    server_share: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeForm<'a> {
    hardware: Hardware,
    #[serde(borrow)]
    bandwidth_mbps: &'a RawValue,
    #[serde(borrow)]
    storage_gb: &'a RawValue,
    #[serde(borrow)]
    hours: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UploadForm<'a> {
    #[serde(borrow)]
    downloads: &'a RawValue,
    #[serde(borrow)]
    size_gb: &'a RawValue,
    #[serde(borrow, default, deserialize_with = "present")]
    view_points: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContentForm<'a> {
    #[serde(borrow)]
    recommendations: &'a RawValue,
    #[serde(borrow, default, deserialize_with = "present")]
    dislikes: Option<&'a RawValue>,
    #[serde(borrow)]
    downloads: &'a RawValue,
    #[serde(borrow)]
    size_gb: &'a RawValue,
    #[serde(borrow, default, deserialize_with = "present")]
    view_points: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StreamingForm<'a> {
    #[serde(borrow)]
    streamed_gb: &'a RawValue,
    #[serde(borrow, default, deserialize_with = "present")]
    factor: Option<&'a RawValue>,
}

/// A field that is there has a value: `null` is not taken for an absent one.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

fn parse<'a, T: Deserialize<'a>>(method: Method, json: &'a str) -> Result<T, InputError> {
    let refused = |reason: String| InputError::Json { method, reason };
    // Without this a list of the values in the right order would pass for the object.
    if !json.trim_start().starts_with('{') {
        return Err(refused(format!("expected a JSON object, got {json}")));
    }
    serde_json::from_str(json).map_err(|error| refused(error.to_string()))
}

fn optional<T>(
    field: &'static str,
    raw: Option<&RawValue>,
    default: T,
    read: impl FnOnce(&'static str, &RawValue) -> Result<T, InputError>,
) -> Result<T, InputError> {
    raw.map_or(Ok(default), |raw| read(field, raw))
}
