//! Removing old batch records.

use crate::events::Event;
use crate::state::{self, BATCHES, CONFIG};
use crate::ContractError;
use cosmwasm_std::{DepsMut, Env, Response};
use std::collections::BTreeMap;
use vrs_interface::oracle::DeviceId;

/// Records of a device that pruning leaves, however old.
pub const KEPT: u32 = 64;

/// Removes, of one page of records, those older than `history_days` that are not among the last 64
/// of their device. The event tells where the next page begins.
pub fn prune(
    deps: DepsMut,
    env: Env,
    start_after: Option<(DeviceId, u32)>,
    limit: Option<u32>,
) -> Result<Response, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let today = config.clock.day(env.block.time);
    let (entries, more) = BATCHES.page(deps.storage, start_after, limit)?;
    let next = entries.last().filter(|_| more).map(|(key, _)| *key);
    let looked = entries.len();
    let mut expected: BTreeMap<DeviceId, u32> = BTreeMap::new();
    let mut removed = 0usize;
    for ((device, sequence), record) in entries {
        let next = match expected.get(&device) {
            Some(next) => *next,
            None => {
                let next = state::progress(deps.storage, device)?.next;
                expected.insert(device, next);
                next
            }
        };
        let old = record.day.saturating_add(config.history_days) < today;
        // With 100 expected next, 36 to 99 are the last 64.
        if old && sequence.saturating_add(KEPT) < next {
            BATCHES.remove(deps.storage, &(device, sequence));
            removed = removed.saturating_add(1);
        }
    }
    let event = Event::Prune { looked, removed, next };
    Ok(Response::new().add_event(event))
}
