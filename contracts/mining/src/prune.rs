//! What is no longer needed goes, a page at a time, whoever asks.

use crate::events::{Event, Told};
use crate::share::method_of;
use crate::state::{Core, MONEY, POOLS, PROGRAMME, READINGS};
use crate::ContractError;
use cosmwasm_std::{Order, Storage, Timestamp, Uint64};
use vrs_access::ACCESS;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::mining::{Method, PruneWhat};
use vrs_table::page;

/// Account, day, method, unit.
type ReadingKey = (u32, u32, u8, u64);

/// Removes entries of days that have been final for `expiry_days`. While the contract is paused scores stay, and the
/// time of a pause does not count for them: a pause must not let rewards expire that nobody can claim.
pub fn prune(
    storage: &mut dyn Storage,
    core: &Core,
    now: Timestamp,
    what: PruneWhat,
    limit: Option<u32>,
) -> Result<Told, ContractError> {
    let expiry = MONEY.load(storage)?.expiry_days;
    let limit = u32::try_from(page(limit)).unwrap_or(u32::MAX);
    match what {
        PruneWhat::Scores { start_after } => {
            ACCESS.not_paused(storage, now)?;
            let horizon = ACCESS.expired_through(storage, &core.clock, now, expiry)?;
            let done = PROGRAMME.prune(storage, &POOLS, horizon, start_after, limit)?;
            Ok(Told::one(Event::ScoresPruned {
                removed: done.removed,
                unclaimed: done.unclaimed,
                next: done.next,
            }))
        }
        PruneWhat::Readings { start_after } => {
            let horizon = core.clock.last_final(now).saturating_sub(expiry);
            readings(storage, horizon, start_after, limit)
        }
    }
}

fn readings(
    storage: &mut dyn Storage,
    horizon: Day,
    start_after: Option<(MemberId, Day, Method, Uint64)>,
    limit: u32,
) -> Result<Told, ContractError> {
    let start = start_after.map(|(account, day, method, unit)| (account, day, method as u8, unit.u64()));
    // Nobody has number 0 and no reading day 0: behind this key is everything.
    let mut position: ReadingKey = start.unwrap_or((0, 0, 0, 0));
    let (mut removed, mut more) = (0u32, false);
    for _ in 0..limit.max(1) {
        let next = READINGS
            .range(storage, Some(position), None, Order::Ascending)
            .find(|entry| entry.as_ref().map_or(true, |(key, _)| *key != position))
            .transpose()?;
        more = next.is_some();
        let Some((key, _)) = next else { break };
        position = if key.1 > horizon {
            // All later days of this account are younger still.
            (key.0, Day::MAX, Method::Streaming as u8, u64::MAX)
        } else {
            READINGS.remove(storage, &key);
            removed = removed.saturating_add(1);
            key
        };
    }
    let (account, day, method, unit) = position;
    let next = method_of(method).filter(|_| more);
    Ok(Told::one(Event::ReadingsPruned {
        removed,
        next: next.map(|method| (account, day, method, Uint64::new(unit))),
    }))
}
