//! Answers.

use crate::devices::{known, owner};
use crate::keys;
use crate::state::{self, drop_reason, refuse_reason, Device, Record, RecordResult};
use crate::state::{BATCHES, CONFIG, CONSUMERS, COUNT, DEVICES};
use crate::ContractError;
use cosmwasm_std::{Binary, CanonicalAddr, Deps, Env, Order, StdResult};
use vrs_days::Day;
use vrs_interface::attested::DroppedItem;
use vrs_interface::oracle::{
    BatchResponse, BatchesResponse, ConfigResponse, DeviceCaps, DeviceId, DeviceKind, DeviceResponse, DevicesResponse,
    FirstOutcome, KeyAtResponse,
};

const KINDS: [DeviceKind; 6] = [
    DeviceKind::Terminal,
    DeviceKind::Meter,
    DeviceKind::Company,
    DeviceKind::Bank,
    DeviceKind::Price,
    DeviceKind::Health,
];

/// Configuration.
pub fn config(deps: Deps, env: Env) -> StdResult<ConfigResponse> {
    let config = CONFIG.load(deps.storage)?;
    let mut consumers = Vec::new();
    for kind in KINDS {
        if let Some(consumer) = CONSUMERS.may_load(deps.storage, &(kind as u8))? {
            consumers.push((kind, deps.api.addr_humanize(&CanonicalAddr::from(consumer))?));
        }
    }
    Ok(ConfigResponse {
        clock: config.clock,
        history_days: config.history_days,
        chain_id: env.block.chain_id,
        devices: COUNT.may_load(deps.storage)?.unwrap_or_default(),
        consumers,
    })
}

/// One device.
pub fn device(deps: Deps, env: Env, number: DeviceId) -> Result<DeviceResponse, ContractError> {
    let today = CONFIG.load(deps.storage)?.clock.day(env.block.time);
    Ok(shown_device(deps, today, number, &known(deps.storage, number)?)?)
}

/// All devices.
pub fn devices(deps: Deps, env: Env, start_after: Option<DeviceId>, limit: Option<u32>) -> StdResult<DevicesResponse> {
    let today = CONFIG.load(deps.storage)?.clock.day(env.block.time);
    let (entries, more) = DEVICES.page(deps.storage, start_after, limit)?;
    let devices = entries
        .iter()
        .map(|(number, device)| shown_device(deps, today, *number, device))
        .collect::<StdResult<_>>()?;
    Ok(DevicesResponse { devices, more })
}

fn shown_device(deps: Deps, today: Day, number: DeviceId, device: &Device) -> StdResult<DeviceResponse> {
    let none = DeviceCaps { items: 0, amount: 0 };
    let planned = device.next_key.as_ref().filter(|(from, _)| *from > today);
    Ok(DeviceResponse {
        device: number,
        kind: device.kind,
        subject: device.subject,
        owner: owner(deps.api, device)?,
        key: keys::shown(&keys::of_day(deps.storage, number, device, today)?),
        next_key: planned.map(|(from, key)| (*from, keys::shown(key))),
        valid_from: device.valid_from,
        valid_until: device.valid_until,
        revoked: device.revoked,
        caps: device.caps.at_or_first(today).copied().unwrap_or(none),
        next_sequence: state::progress(deps.storage, number)?.next,
    })
}

/// The key that signs a device's batches of a day.
pub fn key_at(deps: Deps, number: DeviceId, day: Day) -> Result<KeyAtResponse, ContractError> {
    let device = known(deps.storage, number)?;
    Ok(KeyAtResponse {
        key: keys::shown(&keys::of_day(deps.storage, number, &device, day)?),
    })
}

/// One batch record.
pub fn batch(deps: Deps, device: DeviceId, sequence: u32) -> Result<BatchResponse, ContractError> {
    match BATCHES.may_load(deps.storage, &(device, sequence))? {
        Some(record) => Ok(shown_batch(device, sequence, &record)?),
        None => Err(ContractError::UnknownBatch {
            device,
            sequence,
            expected: state::progress(deps.storage, device)?.next,
        }),
    }
}

/// A device's batch records.
pub fn batches(
    deps: Deps,
    device: DeviceId,
    start_after: Option<u32>,
    limit: Option<u32>,
) -> StdResult<BatchesResponse> {
    let mut answer = BatchesResponse {
        batches: vec![],
        more: false,
    };
    // No number follows the highest one.
    let Some(from) = start_after.map_or(Some(0), |after| after.checked_add(1)) else {
        return Ok(answer);
    };
    let limit = vrs_table::page(limit);
    let records = BATCHES.range(
        deps.storage,
        Some((device, from)),
        Some((device, u32::MAX)),
        Order::Ascending,
    );
    for entry in records {
        if answer.batches.len() == limit {
            answer.more = true;
            break;
        }
        let ((_, sequence), record) = entry?;
        answer.batches.push(shown_batch(device, sequence, &record)?);
    }
    Ok(answer)
}

fn shown_batch(device: DeviceId, sequence: u32, record: &Record) -> StdResult<BatchResponse> {
    Ok(BatchResponse {
        device,
        sequence,
        day: record.day,
        root: Binary::from(record.root),
        outcome: shown_result(&record.result)?,
    })
}

/// What a batch did, as messages show it.
pub fn shown_result(result: &RecordResult) -> StdResult<FirstOutcome> {
    Ok(match result {
        RecordResult::Refused { reason, .. } => FirstOutcome::Refused {
            reason: refuse_reason(*reason)?,
        },
        RecordResult::Accepted { items, dropped } => FirstOutcome::Accepted {
            items: *items,
            dropped: dropped
                .iter()
                .map(|(item, code)| {
                    Ok(DroppedItem {
                        delivery: 0,
                        item: *item,
                        reason: drop_reason(*code)?,
                    })
                })
                .collect::<StdResult<_>>()?,
        },
    })
}
