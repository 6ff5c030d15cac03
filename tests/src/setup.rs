//! What a deployment of the suite is made with: the papers' figures where they give any.

use cosmwasm_std::Uint128;
use vrs_days::Clock;
use vrs_interface::{merchant, mining};

/// Second at which day 1 begins.
pub const START: u64 = 1_700_006_400;
/// One token or point in base units.
pub const UNIT: u128 = 1_000_000;

/// What a deployment is made with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The clock.
    pub clock: Clock,
    /// Bzky in the merchants' pool.
    pub bzky_pool: u128,
    /// Time that customers may earn.
    pub time_pool: u128,
    /// VRS in the mining pool.
    pub vrs_pool: u128,
    /// HP that may be mined.
    pub hp_pool: u128,
    /// Rules of trade.
    pub params: merchant::Params,
    /// Rules of mining.
    pub mining: mining::Params,
}

impl Default for Setup {
    fn default() -> Self {
        let budget = |per_head: u128, max: u128| merchant::Budget {
            per_head: (per_head * UNIT).into(),
            max: (max * UNIT).into(),
            window_days: 30,
            per_window: (max * UNIT * 30).into(),
        };
        let method = |method| mining::MethodBudget {
            method,
            hp: (6_000 * UNIT).into(),
            vrs: (4_000 * UNIT).into(),
        };
        Setup {
            clock: Clock::daily(START),
            bzky_pool: 3_000_000_000 * UNIT,
            time_pool: 1_000_000_000 * UNIT,
            vrs_pool: 500_000_000 * UNIT,
            hp_pool: 500_000_000 * UNIT,
            params: merchant::Params {
                min_order: 100,
                max_order: 100_000_000_000,
                share_cap: 20,
                merchants: budget(100, 3_000_000),
                customers: budget(10, 1_000_000),
                power_bps: vec![10_000, 9_000, 8_000, 7_000, 6_000, 5_000],
                month_days: 30,
                weight_days: 30,
                level_bounds: [10u128, 20, 50, 100, 200]
                    .map(|n| Uint128::new(n * 1_000_000_000_000))
                    .to_vec(),
            },
            mining: mining::Params {
                budgets: mining::Method::ALL.map(method).to_vec(),
                share_cap: 0,
                marginal: false,
                view_steps: vec![10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000],
                window_days: 30,
                hp_per_window: (30 * 40_000 * UNIT).into(),
                vrs_per_window: (30 * 40_000 * UNIT).into(),
            },
        }
    }
}
