//! Who may mint, and how much.

use crate::balances::account;
use crate::events::Event;
use crate::limit::{Limit, Limits};
use crate::state::{self, Issuer, CONFIG, ISSUERS};
use crate::ContractError;
use cosmwasm_std::{DepsMut, Order, Response, StdResult, Storage, Timestamp};
use vrs_days::Windows;
use vrs_interface::points::{IssuerLimit, MAX_ISSUERS};

/// Registers an issuer or changes its limit: lower at once, higher after the delay. Until day 1 is
/// over all counts at once, since no day has closed and a programme must begin with its issuers.
pub fn set(deps: DepsMut, now: Timestamp, issuer: &str, limit: &IssuerLimit) -> Result<Response, ContractError> {
    let limit = Limit::parse(limit)?;
    let (address, key) = account(deps.api, issuer)?;
    let config = CONFIG.load(deps.storage)?;
    let today = config.clock.day(now);
    let mut stored = match ISSUERS.may_load(deps.storage, &key)? {
        Some(stored) => stored,
        None => {
            one_more(deps.storage)?;
            Issuer {
                limits: Limits::none(limit.window_days),
                windows: Windows::default(),
            }
        }
    };
    let from = if today <= 1 {
        today
    } else {
        today.saturating_add(config.raise_delay_days)
    };
    stored.limits.set(today, from, limit);
    ISSUERS.save(deps.storage, &key, &stored)?;
    Ok(Event::IssuerSet {
        issuer: address,
        limit: stored.limits.at(today),
        planned: stored.limits.planned(today),
    }
    .into())
}

/// Refuses one issuer too many.
fn one_more(storage: &dyn Storage) -> Result<(), ContractError> {
    let entries: StdResult<Vec<_>> = ISSUERS
        .range(storage, None, None, Order::Ascending)
        .take(MAX_ISSUERS)
        .collect();
    let actual = entries?.len();
    if actual >= MAX_ISSUERS {
        return Err(ContractError::TooManyIssuers {
            max: MAX_ISSUERS,
            actual,
        });
    }
    Ok(())
}

/// Lowers an issuer's limit at once and drops one that waits. No component may be higher than today's.
pub fn lower(deps: DepsMut, now: Timestamp, issuer: &str, limit: &IssuerLimit) -> Result<Response, ContractError> {
    let given = Limit::parse(limit)?;
    let (address, key) = account(deps.api, issuer)?;
    let mut stored = state::issuer(deps.storage, &key, &address)?;
    let today = CONFIG.load(deps.storage)?.clock.day(now);
    let current = stored.limits.at(today);
    if given.lower_of(current) != given {
        return Err(ContractError::NotLower {
            current: current.told(),
            given: limit.clone(),
        });
    }
    stored.limits.lower(today, given);
    ISSUERS.save(deps.storage, &key, &stored)?;
    Ok(Event::IssuerLowered {
        issuer: address,
        limit: given,
    }
    .into())
}
