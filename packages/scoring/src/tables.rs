//! The factors and bands of the six mining methods. The defaults are the VRS paper's figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Bands, ViewBounds, WHOLE_E9};

/// What a node runs on.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Hardware {
    /// A desktop or server: 2 points by default.
    Pc,
    /// A phone or tablet: 1 point by default.
    Mobile,
}

/// Every figure that a mining score depends on. Factors are in billionths.
///
/// A field left out of a JSON or TOML configuration has the paper's value.
#[derive(Serialize, Deserialize, JsonSchema, Clone, Debug, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct MiningTables {
    /// Counts each step of `traffic`, `nodes` and `downloads` at its own factor instead of the
    /// whole amount at the factor of its band (D-7). Off by default: the paper to the letter.
    pub marginal: bool,
    /// `Tf` over MB of traffic: 0 below 50 GB, then 0.05; from 100 GB 0.03; from 500 GB 0.02;
    /// from 1 TB 0.01 (D-5, D-6).
    pub traffic: Bands,
    /// `Nf` over the nodes of an account: 1 node 1; 2 to 5 nodes 2; from 6 nodes 3 (D-5).
    pub nodes: Bands,
    /// What a server's score is multiplied by: 1000.
    pub server_factor_e9: u64,
    /// `H` of a PC: 2.
    pub pc_points_e9: u64,
    /// `H` of a mobile: 1.
    pub mobile_points_e9: u64,
    /// `B_score` over Mbit/s of upload bandwidth, always step by step: 10 for each of the first
    /// 8, 5 for each from the 9th, 1 for each from the 21st.
    pub bandwidth: Bands,
    /// `S_value` over MB shared: 0 below 200 GB, then 1; above 1000 GB 2; from 2000 GB 3; from
    /// 4000 GB 4; from 8000 GB 5.
    pub storage: Bands,
    /// What `S_value` is multiplied by: 5.
    pub storage_weight_e9: u64,
    /// `Df` over downloads: 1 to 10 at 5; from 11 at 3; from 50 at 2; from 100 at 1.
    pub downloads: Bands,
    /// `U_value` of an upload over MB: 0 below 10 GB, then 1; above 50 GB 2; from 100 GB 3 (D-3).
    pub upload_size: Bands,
    /// `U_value` of content over MB: 0 below 10 GB, then 1; above 50 GB 2.
    pub content_size: Bands,
    /// What `U_value` is multiplied by: 3.
    pub size_weight_e9: u64,
    /// What the view points `O` are multiplied by: 5.
    pub view_weight_e9: u64,
    /// What the recommendations `S` are multiplied by: 5.
    pub recommendation_weight_e9: u64,
    /// What counts of recommendations and downloads in a content score: 0.8.
    pub content_audience_e9: u64,
    /// What counts of size and views in a content score: 0.2.
    pub content_file_e9: u64,
    /// Which daily views give which view points (D-4). Ours.
    pub view_bounds: ViewBounds,
}

/// 1 GB in MB.
const GB: u64 = 1_000;

/// 1 in billionths.
const ONE: u64 = WHOLE_E9;

impl Default for MiningTables {
    fn default() -> Self {
        Self {
            marginal: false,
            traffic: Bands::literal(&[
                (50 * GB, 50_000_000),
                (100 * GB, 30_000_000),
                (500 * GB, 20_000_000),
                (1_000 * GB, 10_000_000),
            ]),
            nodes: Bands::literal(&[(1, ONE), (2, 2 * ONE), (6, 3 * ONE)]),
            server_factor_e9: 1_000 * ONE,
            pc_points_e9: 2 * ONE,
            mobile_points_e9: ONE,
            bandwidth: Bands::literal(&[(1, 10 * ONE), (9, 5 * ONE), (21, ONE)]),
            // "More than 1000 GB" begins one MB above it, the finest that a reading tells.
            storage: Bands::literal(&[
                (200 * GB, ONE),
                (1_000 * GB + 1, 2 * ONE),
                (2_000 * GB, 3 * ONE),
                (4_000 * GB, 4 * ONE),
                (8_000 * GB, 5 * ONE),
            ]),
            storage_weight_e9: 5 * ONE,
            downloads: Bands::literal(&[(1, 5 * ONE), (11, 3 * ONE), (50, 2 * ONE), (100, ONE)]),
            upload_size: Bands::literal(&[(10 * GB, ONE), (50 * GB + 1, 2 * ONE), (100 * GB, 3 * ONE)]),
            content_size: Bands::literal(&[(10 * GB, ONE), (50 * GB + 1, 2 * ONE)]),
            size_weight_e9: 3 * ONE,
            view_weight_e9: 5 * ONE,
            recommendation_weight_e9: 5 * ONE,
            content_audience_e9: 800_000_000,
            content_file_e9: 200_000_000,
            view_bounds: ViewBounds::default(),
        }
    }
}

impl MiningTables {
    /// View points of a day's raw views, 1 to 10 (D-4).
    pub fn views_to_points(&self, views: u64) -> u8 {
        self.view_bounds.points(views)
    }

    /// `T * Tf` in billionths of MB.
    pub(crate) fn traffic_e9(&self, megabytes: u64) -> u128 {
        if self.marginal {
            self.traffic.marginal_measure(megabytes)
        } else {
            self.traffic.whole(megabytes)
        }
    }

    /// `N * Nf` in billionths.
    pub(crate) fn nodes_e9(&self, nodes: u32) -> u128 {
        self.counted(&self.nodes, nodes)
    }

    /// `D * Df` in billionths.
    pub(crate) fn downloads_e9(&self, downloads: u32) -> u128 {
        self.counted(&self.downloads, downloads)
    }

    /// `H` in billionths.
    pub(crate) fn hardware_e9(&self, hardware: Hardware) -> u64 {
        match hardware {
            Hardware::Pc => self.pc_points_e9,
            Hardware::Mobile => self.mobile_points_e9,
        }
    }

    fn counted(&self, bands: &Bands, amount: u32) -> u128 {
        if self.marginal {
            bands.marginal_count(amount.into())
        } else {
            bands.whole(amount.into())
        }
    }
}
