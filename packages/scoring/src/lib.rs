//! Pure maths of the three economies: mining scores, BizPower, levels, pro-rata shares.
//!
//! The contracts pay with these functions, `vrs verify` and `vrs score` recompute with the same
//! ones, and anyone who takes the same readings gets the same figures to the unit. There is no
//! storage here, no chain type, no clock and no float; everything also compiles to wasm.
//!
//! | module | what it answers | source |
//! | --- | --- | --- |
//! | [`mining`] | what a reading of one of the six mining methods scores | VRS white paper |
//! | [`tables`] | the factors and bands behind those scores, the paper's as default | VRS white paper |
//! | [`bands`] | which factor an amount has, as a whole or step by step | VRS white paper |
//! | [`bizpower`] | what a merchant's day is worth | Bizkey white paper |
//! | [`prorata`] | how a day's budget is formed, split, capped and set aside | all three |
//! | [`fraction`] | exact rationals, and the one place where they are rounded | |
//! | [`input`] | readings as JSON text (feature `json`, off for contracts) | |
//!
//! # Rounding
//! A score is an exact [`Fraction`] until the end; [`Fraction::floor_e18`] then rounds it down to
//! 18 decimals, once. Shares round down to whole base units. What rounding leaves stays in the pool.
//!
//! # Units
//! Every quantity is an integer in the smallest unit that a reading tells: data in MB (1 GB is
//! 1000 MB), time in seconds, money in minor units, shares and factors in billionths (`_e9`),
//! splits of a budget in basis points (`_bps`, 10,000 is the whole).
//!
//! # Example
//! 200 GB of traffic, one node, three hours online, all servers in one group:
//! `(200 * 0.03 + 1 * 1) * 3/24 * 1 = 0.875`.
//! ```
//! use vrs_scoring::{MiningTables, Reading};
//!
//! let reading = Reading::Platform {
//!     traffic_mb: 200_000,
//!     nodes: 1,
//!     online_seconds: 3 * 3_600,
//!     server_share_e9: 1_000_000_000,
//! };
//! let score = reading.score(&MiningTables::default())?;
//! assert_eq!(score.to_string(), "0.875");
//! assert_eq!(score.floor_e18()?, 875_000_000_000_000_000);
//! # Ok::<(), vrs_scoring::ScoreError>(())
//! ```

#![deny(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs
)]

pub mod bands;
pub mod bizpower;
mod error;
pub mod fraction;
#[cfg(feature = "json")]
pub mod input;
pub mod mining;
pub mod prorata;
pub mod tables;
mod wide;

pub use bands::{Bands, Step, ViewBounds};
pub use bizpower::{cost_minor, level, sales_per_area, BizPowerInput, DEFAULT_LEVEL_BOUNDS};
pub use error::ScoreError;
pub use fraction::Fraction;
#[cfg(feature = "json")]
pub use input::{InputError, ScoreInput};
pub use mining::{Method, Reading};
pub use prorata::{cap, capped_part, daily_budget, holder_reward, month, part, reserve, MonthSplit};
pub use tables::{Hardware, MiningTables};

/// The whole in billionths: a factor or share of 1.
pub const WHOLE_E9: u64 = 1_000_000_000;

/// The whole in basis points: a split that takes all of a budget.
pub const WHOLE_BPS: u16 = 10_000;

/// The scale of a rounded score: 10^18 stands for 1.
pub const E18: u64 = 1_000_000_000_000_000_000;
