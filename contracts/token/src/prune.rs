//! Removing history that no question within the kept days needs.
//!
//! With `keep = today - history_days`, a filed day may go when the same account has a newer entry
//! (filed or current) **before** `keep`: the opening of day `keep` and everything later is then
//! answered by that newer one. Worked example: `keep` is 500, an account moved on days 100, 300,
//! 499, 510 and 640 (its record). 100 and 300 may go; 499 answers days 500 to 509 and stays.

use crate::account::{text, Account};
use crate::events::Event;
use crate::history::{current, Window};
use crate::state::{supply_key, Kept, KEPT, PAST};
use crate::ContractError;
use cosmwasm_std::{Api, DepsMut, Env, Order, Response, StdResult, Storage};
use vrs_days::Day;
use vrs_table::{AccountKey, DEFAULT_LIMIT, MAX_LIMIT};

/// What a call did.
#[derive(Debug, PartialEq, Eq)]
struct Pruned {
    looked: u32,
    removed: u32,
    /// The last entry looked at, where entries are left behind it.
    next: Option<(AccountKey, Day)>,
}

/// Looks at up to `limit` entries behind `start_after`, by account and day (the supply's, under an
/// empty account, come first), and removes those that nothing needs.
pub fn prune_history(
    deps: DepsMut,
    env: Env,
    start_after: Option<(String, Day)>,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    let start = match start_after {
        None => None,
        Some((address, day)) if address.is_empty() => Some((supply_key(), day)),
        Some((address, day)) => Some((Account::named(deps.api, &address)?.key, day)),
    };
    let limit = limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let window = Window::load(deps.storage, env.block.time)?;
    let Pruned { looked, removed, next } = prune(deps.storage, &window, start, limit)?;
    let next = next.map(|entry| as_text(deps.api, entry)).transpose()?;
    let event = Event::PruneHistory { looked, removed, next };
    Ok(Response::new().add_attributes(event.attributes()?))
}

fn prune(
    storage: &mut dyn Storage,
    window: &Window,
    start: Option<(AccountKey, Day)>,
    limit: u32,
) -> StdResult<Pruned> {
    let keep_from = window.keep_from();
    let entries = entries(storage, start, limit)?;
    let mut pruned = Pruned {
        looked: 0,
        removed: 0,
        next: None,
    };
    let mut after = entries.iter().skip(1);
    for entry in &entries {
        let following = after.next();
        if pruned.looked == limit {
            break;
        }
        pruned.looked = pruned.looked.saturating_add(1);
        pruned.next = following.map(|_| entry.clone());
        let newer = match following {
            Some((account, day)) if *account == entry.0 => Some(*day),
            _ => current(storage, &entry.0)?.map(|held| held.day),
        };
        if newer.is_some_and(|day| day < keep_from) {
            PAST.remove(storage, entry);
            pruned.removed = pruned.removed.saturating_add(1);
        }
    }
    if pruned.removed > 0 && keep_from > window.kept.complete_from {
        let kept = Kept {
            complete_from: keep_from,
            ..window.kept
        };
        KEPT.save(storage, &kept)?;
    }
    Ok(pruned)
}

/// Up to `limit` entries behind `start`, and one more to see what follows.
fn entries(storage: &dyn Storage, start: Option<(AccountKey, Day)>, limit: u32) -> StdResult<Vec<(AccountKey, Day)>> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
    PAST.range(storage, start.clone(), None, Order::Ascending)
        .map(|entry| entry.map(|(key, _)| key))
        .filter(|key| key.as_ref().ok() != start.as_ref() || start.is_none())
        .take(wanted)
        .collect()
}

fn as_text(api: &dyn Api, (account, day): (AccountKey, Day)) -> StdResult<(String, Day)> {
    if account == supply_key() {
        return Ok((String::new(), day));
    }
    Ok((text(api, account)?.into(), day))
}
