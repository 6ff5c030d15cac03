//! How a payment follows from its day's budget, computed again.

use super::model::{Claim, Division, Payment};
use crate::failure::Difference;
use crate::verify::division::worth;
use crate::verify::names::Names;
use crate::verify::tally::same;
use anyhow::Result;
use cosmwasm_std::Uint128;
use vrs_days::Day;
use vrs_interface::merchant::{POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::mining::POOL_HP;
use vrs_interface::settlement::Tranche;

/// A payment as the contract answers it.
pub struct Answered<'a> {
    /// The pool.
    pub pool: &'static str,
    /// Base units.
    pub amount: Uint128,
    /// Whether it was claimed.
    pub claimed: bool,
    /// Whether some of it was taken back.
    pub taken_back: bool,
    /// The day's parts, of any pool.
    pub tranches: &'a [Tranche],
    /// Weight by track: as it stands in the sum, and what of it still earns.
    pub weights: Vec<(&'a str, u128, u128)>,
}

/// The payment with its division.
///
/// Errors: a [`Difference`] where the division gives another amount.
pub fn explain(answered: Answered, claim: Option<Claim>, day: Day, whose: &str, names: &Names) -> Result<Payment> {
    let Answered {
        pool,
        amount,
        claimed,
        taken_back,
        tranches,
        weights,
    } = answered;
    let at = |what: &str| format!("{what} of {whose} on {}", names.day(day));
    let mut division = vec![];
    let mut sum = 0u128;
    for tranche in tranches.iter().filter(|tranche| tranche.pool == pool) {
        let Some((_, weight, earning)) = weights.iter().find(|(track, ..)| *track == tranche.track) else {
            continue;
        };
        let paid = worth(tranche, *weight, *earning).map_err(|error| Difference {
            what: at(&format!("share of {} from {pool}", tranche.track)),
            expected: "a weight that divides".into(),
            actual: error.to_string(),
        })?;
        sum = sum.saturating_add(paid.paid);
        division.push(Division {
            track: tranche.track.clone(),
            budget: tranche.budget,
            share_bps: tranche.share_bps,
            weight: (*weight).into(),
            earning: (*earning).into(),
            total: tranche.total,
            cap: tranche.cap,
            amount: paid.paid.into(),
        });
    }
    same(|| at(&format!("{} reward", asset(pool))), sum, amount.u128())?;
    Ok(Payment {
        pool: pool.into(),
        asset: asset(pool).into(),
        amount,
        claimed,
        claim,
        claimable_from: Names::moment(names.clock().finals(day)),
        taken_back,
        division,
    })
}

fn asset(pool: &str) -> &'static str {
    match pool {
        POOL_MERCHANTS => "Bzky",
        POOL_CUSTOMERS => "Time",
        POOL_HP => "HP",
        _ => "VRS",
    }
}
