//! Scores of the six mining methods (VRS white paper; decisions D-3 to D-8).
//!
//! Each function returns the score of one reading as an exact fraction. Factors are billionths,
//! so a numerator carries 10^9 for each factor in it and the denominator takes them out again.
//! None can overflow: the widest numerator, the server's, has
//! 129 (points in thousandths) + 17 (seconds) + 30 (share) + 64 (factor) = 240 bits of 256.

use std::fmt;
use std::str::FromStr;

use cosmwasm_std::Uint256;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bands::{MAX_VIEW_POINTS, MIN_VIEW_POINTS};
use crate::wide::{add256, mul256};
use crate::{Fraction, Hardware, MiningTables, ScoreError, WHOLE_E9};

/// The seconds of a day. Where a test network's day is shorter, its 86,400th parts.
pub const DAY_SECONDS: u32 = 86_400;

/// Below one hour online a reading scores 0 (D-6).
pub const MIN_ONLINE_SECONDS: u32 = 3_600;

/// The server share of a group that has all the servers, in billionths.
pub const MAX_SERVER_SHARE_E9: u32 = 1_000_000_000;

/// 1 GB in MB.
const MB_PER_GB: u64 = 1_000;

const WHAT: &str = "mining score";

/// A way of mining.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Resources lent to the platform's servers.
    Platform,
    /// A server that joins as a platform peer.
    Server,
    /// A PC or mobile that shares spare bandwidth and storage.
    Node,
    /// A creator who shares files.
    Upload,
    /// A channel of a content company or one-person media.
    Content,
    /// A partner product, by what it streamed.
    Streaming,
}

impl Method {
    /// All methods in the paper's order.
    pub const ALL: [Self; 6] = [
        Self::Platform,
        Self::Server,
        Self::Node,
        Self::Upload,
        Self::Content,
        Self::Streaming,
    ];

    /// The name in files, messages and commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Server => "server",
            Self::Node => "node",
            Self::Upload => "upload",
            Self::Content => "content",
            Self::Streaming => "streaming",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A text that names no [`Method`].
#[derive(thiserror::Error, Debug, Clone, PartialEq, Eq)]
#[error("method: expected platform, server, node, upload, content or streaming, got {actual:?}")]
pub struct UnknownMethod {
    /// The text.
    pub actual: String,
}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        let found = Self::ALL.into_iter().find(|method| method.name() == text);
        found.ok_or_else(|| UnknownMethod {
            actual: text.to_owned(),
        })
    }
}

/// One metered reading of one day, ready to be scored.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Reading {
    /// See [`platform`].
    Platform {
        /// MB carried.
        traffic_mb: u64,
        /// CPUs or GPUs of the account.
        nodes: u32,
        /// Seconds online that day.
        online_seconds: u32,
        /// The group's share of all servers, in billionths.
        server_share_e9: u32,
    },
    /// See [`server`].
    Server {
        /// MB carried.
        traffic_mb: u64,
        /// CPUs or GPUs of the account.
        nodes: u32,
        /// Seconds online that day.
        online_seconds: u32,
        /// The group's share of all servers, in billionths.
        server_share_e9: u32,
    },
    /// See [`node`].
    Node {
        /// What it runs on.
        hardware: Hardware,
        /// Upload bandwidth in whole Mbit/s.
        bandwidth_mbps: u32,
        /// MB shared.
        storage_mb: u64,
        /// Seconds online that day.
        online_seconds: u32,
    },
    /// See [`upload`].
    Upload {
        /// Downloads by others, once per account.
        downloads: u32,
        /// MB of the file.
        size_mb: u64,
        /// View points of the day, 1 to 10.
        view_points: u8,
    },
    /// See [`content`].
    Content {
        /// Recommendations, once per account.
        recommendations: u32,
        /// Dislikes, once per account.
        dislikes: u32,
        /// Downloads by others, once per account.
        downloads: u32,
        /// MB of the file.
        size_mb: u64,
        /// View points of the day, 1 to 10.
        view_points: u8,
    },
    /// See [`streaming`].
    Streaming {
        /// MB streamed.
        streamed_mb: u64,
        /// The product's factor, in billionths.
        product_factor_e9: u64,
    },
}

impl Reading {
    /// The method that the reading is for.
    pub const fn method(&self) -> Method {
        match self {
            Self::Platform { .. } => Method::Platform,
            Self::Server { .. } => Method::Server,
            Self::Node { .. } => Method::Node,
            Self::Upload { .. } => Method::Upload,
            Self::Content { .. } => Method::Content,
            Self::Streaming { .. } => Method::Streaming,
        }
    }

    /// The exact score. Fails as the function of its method does.
    pub fn score(&self, tables: &MiningTables) -> Result<Fraction, ScoreError> {
        match *self {
            Self::Platform {
                traffic_mb,
                nodes,
                online_seconds,
                server_share_e9,
            } => platform(tables, traffic_mb, nodes, online_seconds, server_share_e9),
            Self::Server {
                traffic_mb,
                nodes,
                online_seconds,
                server_share_e9,
            } => server(tables, traffic_mb, nodes, online_seconds, server_share_e9),
            Self::Node {
                hardware,
                bandwidth_mbps,
                storage_mb,
                online_seconds,
            } => node(tables, hardware, bandwidth_mbps, storage_mb, online_seconds),
            Self::Upload {
                downloads,
                size_mb,
                view_points,
            } => upload(tables, downloads, size_mb, view_points),
            Self::Content {
                recommendations,
                dislikes,
                downloads,
                size_mb,
                view_points,
            } => content(tables, recommendations, dislikes, downloads, size_mb, view_points),
            Self::Streaming {
                streamed_mb,
                product_factor_e9,
            } => streaming(streamed_mb, product_factor_e9),
        }
    }
}

/// `(T*Tf + N*Nf) * t/24 * R`. 200 GB, 1 node, 3 hours, all servers: (6 + 1) / 8 = 0.875.
///
/// Fails with [`ScoreError::OnlineTime`] or [`ScoreError::ServerShare`].
pub fn platform(
    tables: &MiningTables,
    traffic_mb: u64,
    nodes: u32,
    online_seconds: u32,
    server_share_e9: u32,
) -> Result<Fraction, ScoreError> {
    served(tables, traffic_mb, nodes, online_seconds, server_share_e9, WHOLE_E9)
}

/// `(T*Tf + N*Nf) * t/24 * R * 1000`. 200 GB, 1 node, 3 hours, a hundredth of the servers: 8.75.
///
/// Fails with [`ScoreError::OnlineTime`] or [`ScoreError::ServerShare`].
pub fn server(
    tables: &MiningTables,
    traffic_mb: u64,
    nodes: u32,
    online_seconds: u32,
    server_share_e9: u32,
) -> Result<Fraction, ScoreError> {
    let factor_e9 = tables.server_factor_e9;
    served(tables, traffic_mb, nodes, online_seconds, server_share_e9, factor_e9)
}

fn served(
    tables: &MiningTables,
    traffic_mb: u64,
    nodes: u32,
    online_seconds: u32,
    server_share_e9: u32,
    factor_e9: u64,
) -> Result<Fraction, ScoreError> {
    if server_share_e9 > MAX_SERVER_SHARE_E9 {
        return Err(ScoreError::ServerShare {
            expected: MAX_SERVER_SHARE_E9,
            actual: server_share_e9,
        });
    }
    let seconds = counted_seconds(online_seconds)?;
    // T*Tf is in MB: the nodes are brought to the same thousandths.
    let nodes = mul256(tables.nodes_e9(nodes).into(), MB_PER_GB, WHAT)?;
    let points = add256(tables.traffic_e9(traffic_mb).into(), nodes, WHAT)?;
    let num = mul256(points, seconds, WHAT)?;
    let num = mul256(num, server_share_e9, WHAT)?;
    let num = mul256(num, factor_e9, WHAT)?;
    let den = mul256(billions(3)?, MB_PER_GB, WHAT)?;
    Fraction::new(num, mul256(den, DAY_SECONDS, WHAT)?)
}

/// `(H + B_score + S_value*5) * t/24`. A mobile with 1 Mbit/s, 100 GB, 1 hour: (1 + 10 + 0) / 24.
///
/// Fails with [`ScoreError::OnlineTime`].
pub fn node(
    tables: &MiningTables,
    hardware: Hardware,
    bandwidth_mbps: u32,
    storage_mb: u64,
    online_seconds: u32,
) -> Result<Fraction, ScoreError> {
    let seconds = counted_seconds(online_seconds)?;
    let bandwidth = tables.bandwidth.marginal_count(bandwidth_mbps.into());
    let speed = add256(tables.hardware_e9(hardware).into(), bandwidth.into(), WHAT)?;
    let storage = mul256(
        tables.storage.factor_e9(storage_mb).into(),
        tables.storage_weight_e9,
        WHAT,
    )?;
    let points = add256(mul256(speed, WHOLE_E9, WHAT)?, storage, WHAT)?;
    let num = mul256(points, seconds, WHAT)?;
    Fraction::new(num, mul256(billions(2)?, DAY_SECONDS, WHAT)?)
}

/// `D*Df + U_value*3 + O*5`. 15 downloads, 20 GB, 5 points: 45 + 3 + 25 = 73.
///
/// Fails with [`ScoreError::ViewPoints`].
pub fn upload(tables: &MiningTables, downloads: u32, size_mb: u64, view_points: u8) -> Result<Fraction, ScoreError> {
    let file = file_e18(tables, &tables.upload_size, size_mb, view_points)?;
    let downloads = mul256(tables.downloads_e9(downloads).into(), WHOLE_E9, WHAT)?;
    Fraction::new(add256(downloads, file, WHAT)?, billions(2)?)
}

/// `(S*5 + D*Df)*0.8 + (U_value*3 + O*5)*0.2`, with `S` recommendations less dislikes, at least 0.
/// 10 recommendations, 5 downloads, 5 GB, 3 points: 75 * 0.8 + 15 * 0.2 = 63.
///
/// Fails with [`ScoreError::ViewPoints`].
pub fn content(
    tables: &MiningTables,
    recommendations: u32,
    dislikes: u32,
    downloads: u32,
    size_mb: u64,
    view_points: u8,
) -> Result<Fraction, ScoreError> {
    let file = file_e18(tables, &tables.content_size, size_mb, view_points)?;
    let liked = recommendations.saturating_sub(dislikes);
    let liked = mul256(liked.into(), tables.recommendation_weight_e9, WHAT)?;
    let audience = add256(liked, tables.downloads_e9(downloads).into(), WHAT)?;
    let audience = mul256(audience, tables.content_audience_e9, WHAT)?;
    let num = add256(
        mul256(audience, WHOLE_E9, WHAT)?,
        mul256(file, tables.content_file_e9, WHAT)?,
        WHAT,
    )?;
    Fraction::new(num, billions(3)?)
}

/// Streamed GB times the product's factor (D-8). 1,500 MB at 1: 1.5.
///
/// The score itself is always defined; one above 3.4 * 10^20 fails when it is rounded.
pub fn streaming(streamed_mb: u64, product_factor_e9: u64) -> Result<Fraction, ScoreError> {
    let num = mul256(streamed_mb.into(), product_factor_e9, WHAT)?;
    Fraction::new(num, mul256(billions(1)?, MB_PER_GB, WHAT)?)
}

/// `U_value*3 + O*5` in units of 10^-18.
fn file_e18(tables: &MiningTables, sizes: &crate::Bands, size_mb: u64, view_points: u8) -> Result<Uint256, ScoreError> {
    if !(MIN_VIEW_POINTS..=MAX_VIEW_POINTS).contains(&view_points) {
        return Err(ScoreError::ViewPoints {
            min: MIN_VIEW_POINTS,
            max: MAX_VIEW_POINTS,
            actual: view_points,
        });
    }
    let size = mul256(sizes.factor_e9(size_mb).into(), tables.size_weight_e9, WHAT)?;
    let views = mul256(view_points.into(), tables.view_weight_e9, WHAT)?;
    add256(size, mul256(views, WHOLE_E9, WHAT)?, WHAT)
}

/// The seconds that count: none below an hour; more than a day's is an invalid report (D-6).
fn counted_seconds(online_seconds: u32) -> Result<u32, ScoreError> {
    match online_seconds {
        seconds if seconds < MIN_ONLINE_SECONDS => Ok(0),
        seconds if seconds <= DAY_SECONDS => Ok(seconds),
        actual => Err(ScoreError::OnlineTime {
            expected: DAY_SECONDS,
            actual,
        }),
    }
}

/// `10^9` to the power: takes as many factors in billionths out of a numerator.
fn billions(power: u32) -> Result<Uint256, ScoreError> {
    Uint256::from(WHOLE_E9)
        .checked_pow(power)
        .map_err(|_| ScoreError::Overflow { what: WHAT, bits: 256 })
}
