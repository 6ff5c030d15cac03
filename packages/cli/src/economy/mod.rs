//! The figures of a deployment: supplies, budgets, bands, periods. The defaults are the papers'.

mod check;
mod coins;

pub use check::parse;
pub use coins::{Coins, Factor, Score, Whole};

use crate::failure::InputError;
use crate::input::profiles::Profile;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The default economy, as `vrs economy` prints it.
pub const DEFAULT: &str = include_str!("economy.toml");

/// The account of the allocation tables that funds the pools.
pub const TREASURY: &str = "treasury";

/// Everything that a deployment is made from. See `economy.toml` for each figure's meaning.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Economy {
    /// When days begin, close and become final.
    pub calendar: Calendar,
    /// Costs of a merchant without a profile.
    pub profile: DefaultProfile,
    /// Which orders count.
    pub orders: Orders,
    /// Weights and levels.
    pub bizpower: BizPower,
    /// What merchants and customers share.
    pub rewards: Rewards,
    /// What miners share.
    pub mining: Mining,
    /// How long things are kept.
    pub upkeep: Upkeep,
    /// What a device may attest.
    pub devices: Devices,
    /// The three tokens.
    pub tokens: Tokens,
    /// Limits of the points.
    pub points: Points,
}

/// See `[calendar]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Minutes that the files' day is ahead of UTC.
    pub offset_minutes: i64,
    /// Seconds of a day on the chain.
    pub day_seconds: u32,
    /// Minutes, 1/1440 of a day each, after a day's end at which it closes.
    pub close_minutes: u32,
    /// Minutes, 1/1440 of a day each, after a day's end at which it is final.
    pub final_minutes: u32,
}

/// See `[profile]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct DefaultProfile {
    /// Square feet.
    pub area: u32,
    /// Minor units a square foot.
    pub rent: u64,
    /// People.
    pub staff: u32,
    /// Minor units a person.
    pub wage: u64,
}

impl From<&DefaultProfile> for Profile {
    fn from(profile: &DefaultProfile) -> Self {
        let DefaultProfile {
            area,
            rent,
            staff,
            wage,
        } = *profile;
        Profile {
            area,
            rent,
            staff,
            wage,
        }
    }
}

/// See `[orders]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Orders {
    /// Smallest order that counts for BizPower, minor units.
    pub min_order: u64,
    /// Largest order that is taken, minor units.
    pub max_order: u64,
}

/// See `[bizpower]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct BizPower {
    /// Days that decide the weights.
    pub weight_days: u32,
    /// Ascending bounds of the levels.
    pub level_bounds: Vec<Score>,
}

/// See `[rewards]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Rewards {
    /// Most average shares of one participant; 0: no limit.
    pub share_cap: u32,
    /// Days of a month of the programme.
    pub month_days: u32,
    /// BizPower's part by month, 1/10,000.
    pub power_bps: Vec<u16>,
    /// In Bzky.
    pub merchants: Budget,
    /// In Time.
    pub customers: Budget,
}

/// See `[rewards.merchants]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// All that may ever be paid.
    pub pool: Coins,
    /// A day and participant.
    pub per_head: Coins,
    /// A day at the most.
    pub daily_max: Coins,
    /// Days of a window.
    pub window_days: u32,
    /// For the days of one window at the most.
    pub per_window: Coins,
}

/// See `[mining]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Mining {
    /// HP that may ever be mined.
    pub hp_pool: Coins,
    /// VRS that may ever be mined.
    pub vrs_pool: Coins,
    /// Most average shares of one participant; 0: no limit.
    pub share_cap: u32,
    /// Whether each step of a table counts at its own factor.
    pub marginal: bool,
    /// Daily views from which one more point counts.
    pub view_steps: Vec<u64>,
    /// Factor of a product that is not listed.
    pub product_factor: Factor,
    /// Days of a window.
    pub window_days: u32,
    /// HP for the days of one window at the most.
    pub hp_per_window: Coins,
    /// VRS for the days of one window at the most.
    pub vrs_per_window: Coins,
    /// What each method pays a day.
    pub budgets: MethodBudgets,
    /// Streaming products by number.
    pub products: BTreeMap<String, Factor>,
}

/// See `[mining.budgets]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct MethodBudgets {
    /// Resources lent to the platform.
    pub platform: MethodBudget,
    /// Servers that join as peers.
    pub server: MethodBudget,
    /// PCs and mobiles.
    pub node: MethodBudget,
    /// Files shared.
    pub upload: MethodBudget,
    /// Channels.
    pub content: MethodBudget,
    /// Partner products.
    pub streaming: MethodBudget,
}

/// What one method pays a day.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct MethodBudget {
    /// In HP.
    pub hp: Coins,
    /// In VRS.
    pub vrs: Coins,
}

/// See `[upkeep]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Upkeep {
    /// Days that what a refund needs is kept.
    pub horizon_days: u32,
    /// Days after which an unclaimed reward returns to its pool.
    pub expiry_days: u32,
    /// Days that balances and batch records are kept.
    pub history_days: u32,
    /// Days that a raised limit waits.
    pub raise_delay_days: u32,
}

/// See `[devices]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Devices {
    /// Items a day.
    pub items: u32,
    /// Sum of the items' amounts a day, minor units.
    pub amount: Whole,
}

/// See `[tokens]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// What merchants earn.
    pub bzky: Token,
    /// What miners earn.
    pub vrs: Token,
    /// MileVerse's coin.
    pub mvc: Token,
}

/// One token.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Its name.
    pub name: String,
    /// Its fixed supply.
    pub supply: Coins,
    /// Who holds it at birth.
    pub allocations: BTreeMap<String, Coins>,
}

/// See `[points]`.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Most HP out at once or reserved.
    pub hp_max_supply: Coins,
    /// Most Time out at once or reserved.
    pub time_max_supply: Coins,
}

/// An economy and the text it was read from.
#[derive(Clone, Debug)]
pub struct EconomyFile {
    /// The figures.
    pub economy: Economy,
    /// The text, as the chain's file keeps it.
    pub text: String,
}

impl EconomyFile {
    /// Sets the length of a day, as a chain file does; `place` names it in errors.
    ///
    /// Errors: [`InputError`] where it is out of bounds.
    pub fn set_day_seconds(&mut self, seconds: u32, place: &Path) -> Result<(), InputError> {
        let fault = |reason: String| InputError::at(place, 1, 1, reason);
        let mut table: toml::Table = self.text.parse().map_err(|error| fault(format!("{error}")))?;
        let calendar = table.entry("calendar").or_insert_with(|| toml::Table::new().into());
        if let Some(calendar) = calendar.as_table_mut() {
            calendar.insert("day_seconds".to_owned(), i64::from(seconds).into());
        }
        let text = table.to_string();
        self.economy = parse(place, &text)?;
        self.text = text;
        Ok(())
    }
}

/// Reads an economy file, or takes the default.
///
/// Errors: [`InputError`] at the first key that is unknown, of a wrong type or out of bounds.
pub fn load(path: Option<&Path>) -> Result<EconomyFile, InputError> {
    let (name, text) = match path {
        None => (Path::new("economy.toml"), DEFAULT.to_owned()),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| InputError::at(path, 1, 1, format!("cannot read: {error}")))?;
            (path, text)
        }
    };
    let economy = parse(name, &text)?;
    Ok(EconomyFile { economy, text })
}
