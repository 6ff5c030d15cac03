//! What every contract that settles days answers in the same words.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Addr, Uint128};
use vrs_days::{Day, Stage};

/// A pool from which days are paid. `funded = paid + claimable + remaining`, after every message.
#[cw_serde]
pub struct Pool {
    /// Its name: `bzky_merchants`, `time_customers`, `hp_mining`, `vrs_mining`.
    pub name: String,
    /// The token or points contract it pays in.
    pub asset: Addr,
    /// All that was ever put in, base units.
    pub funded: Uint128,
    /// What was paid out.
    pub paid: Uint128,
    /// What is reserved for closed days and neither paid nor recovered.
    pub claimable: Uint128,
    /// What is left for days to come, `recovered` included.
    pub remaining: Uint128,
    /// Of `remaining`: rounding, capped shares, what was taken back and what nobody claimed. It
    /// returns to the budget only by an explicit refill.
    pub recovered: Uint128,
}

/// Answer to `pools`.
#[cw_serde]
pub struct PoolsResponse {
    /// All pools of the contract.
    pub pools: Vec<Pool>,
}

/// One part of a closed day's budget, divided by one weight.
#[cw_serde]
pub struct Tranche {
    /// Name of the weight that divides it: `bizpower`, `holding`, `spending`, `platform`, ...
    pub track: String,
    /// Pool it is paid from.
    pub pool: String,
    /// The whole day's budget of that pool (for this programme).
    pub budget: Uint128,
    /// The part of the budget that this track divides, in 1/10,000.
    pub share_bps: u16,
    /// Sum of the weights.
    pub total: Uint128,
    /// The most that one participant gets; none where the cap is off.
    pub cap: Option<Uint128>,
}

/// Where a programme's day stands.
#[cw_serde]
pub struct DayResponse {
    /// The day.
    pub day: Day,
    /// Where it stands.
    pub stage: Stage,
    /// How many take part.
    pub participants: u32,
    /// How its budget is divided; before it closes, as it would be if it closed now.
    pub tranches: Vec<Tranche>,
    /// Base units set aside for it, by pool (name, amount); empty before it closes.
    pub reserved: Vec<(String, Uint128)>,
}

/// What a claim would pay now.
#[cw_serde]
pub struct SimulateClaimResponse {
    /// Base units by pool name.
    pub amounts: Vec<(String, Uint128)>,
    /// The day up to which it would be paid.
    pub through: Day,
    /// Whether a further claim is needed for the rest (more than 120 days).
    pub more: bool,
}
