//! Devices: registration, keys, caps, revocation.

use crate::error::{length, within};
use crate::events::Event;
use crate::state::{self, Device, CONFIG, COUNT, DEVICES};
use crate::{keys, ContractError};
use cosmwasm_std::{to_json_binary, Addr, Api, Deps, DepsMut, Env, Response, StdError, StdResult, Storage};
use vrs_access::{valid_address, ACCESS};
use vrs_days::{Day, Schedule};
use vrs_interface::access::Role;
use vrs_interface::oracle::{DeviceCaps, DeviceId, DeviceKey, DeviceKind, NewDevice, RegisterDevicesResponse};

/// Most devices that one message registers.
pub const MAX_NEW_DEVICES: usize = 100;

/// Registers devices, numbered on from the last.
pub fn register(deps: DepsMut, devices: Vec<NewDevice>) -> Result<Response, ContractError> {
    within("devices", length(devices.len()), 1, length(MAX_NEW_DEVICES))?;
    let mut number = COUNT.may_load(deps.storage)?.unwrap_or_default();
    let first = following(number)?;
    let mut response = Response::new();
    for new in devices {
        number = following(number)?;
        let (device, owner) = stored(deps.api, &new)?;
        DEVICES.save(deps.storage, &number, &device)?;
        response = response.add_event(Event::RegisterDevice {
            device: number,
            kind: new.kind,
            subject: new.subject,
            owner,
            key: new.key,
        });
    }
    COUNT.save(deps.storage, &number)?;
    Ok(response.set_data(to_json_binary(&RegisterDevicesResponse { first })?))
}

fn following(number: DeviceId) -> StdResult<DeviceId> {
    number
        .checked_add(1)
        .ok_or_else(|| StdError::generic_err("all device numbers are given"))
}

fn stored(api: &dyn Api, new: &NewDevice) -> Result<(Device, Addr), ContractError> {
    // A receipt names no merchant: a terminal's subject is its shop.
    let nobody = new.kind == DeviceKind::Terminal && new.subject.is_none();
    if nobody || new.subject == Some(0) {
        return Err(ContractError::InvalidSubject {});
    }
    let until = new.valid_until.unwrap_or(Day::MAX);
    if new.valid_from == 0 || new.valid_from > until {
        return Err(ContractError::InvalidValidity {
            from: new.valid_from,
            until,
        });
    }
    let owner = valid_address(api, &new.owner)?;
    let device = Device {
        kind: new.kind,
        subject: new.subject,
        owner: api.addr_canonicalize(owner.as_str())?.to_vec(),
        key: keys::checked(&new.key)?,
        key_from: 0,
        next_key: None,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        revoked: false,
        caps: Schedule::new(new.caps),
    };
    Ok((device, owner))
}

/// Gives a device another key from a later day on.
pub fn rotate_key(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    number: DeviceId,
    key: DeviceKey,
    from: Day,
) -> Result<Response, ContractError> {
    let mut device = live(deps.storage, number)?;
    let owner = owner(deps.api, &device)?;
    if sender != owner {
        return Err(ContractError::NotDeviceOwner {
            device: number,
            owner,
            sender,
        });
    }
    let today = CONFIG.load(deps.storage)?.clock.day(env.block.time);
    if from <= today {
        return Err(ContractError::KeyNotAhead { from, today });
    }
    let bytes = keys::checked(&key)?;
    keys::plan(deps.storage, number, &mut device, today, from, bytes)?;
    DEVICES.save(deps.storage, &number, &device)?;
    let event = Event::RotateKey {
        device: number,
        key,
        from,
    };
    Ok(Response::new().add_event(event))
}

/// Ends a device for good, at once.
pub fn revoke(deps: DepsMut, sender: Addr, number: DeviceId) -> Result<Response, ContractError> {
    let mut device = live(deps.storage, number)?;
    let owner = owner(deps.api, &device)?;
    if sender != owner && !may_revoke(deps.as_ref(), &sender)? {
        return Err(ContractError::NotDeviceOwner {
            device: number,
            owner,
            sender,
        });
    }
    device.revoked = true;
    DEVICES.save(deps.storage, &number, &device)?;
    let event = Event::RevokeDevice {
        device: number,
        by: sender,
    };
    Ok(Response::new().add_event(event))
}

fn may_revoke(deps: Deps, sender: &Addr) -> StdResult<bool> {
    Ok(ACCESS.has_role(deps, Role::Registrar, sender)? || ACCESS.has_role(deps, Role::Guardian, sender)?)
}

/// Changes what a device may attest: lower at once, higher from tomorrow on.
pub fn set_caps(deps: DepsMut, env: Env, number: DeviceId, caps: DeviceCaps) -> Result<Response, ContractError> {
    let mut device = live(deps.storage, number)?;
    let today = CONFIG.load(deps.storage)?.clock.day(env.block.time);
    change_caps(&mut device.caps, today, caps);
    DEVICES.save(deps.storage, &number, &device)?;
    let event = Event::SetCaps { device: number, caps };
    Ok(Response::new().add_event(event))
}

/// Each cap by itself: the lower of old and new holds for yesterday, whose late reports may still
/// come, and for today; the new one holds from tomorrow on.
///
/// Worked example on day 5: (10 items, 900) to (20 items, 500) gives (10, 500) for days 4 and 5
/// and (20, 500) from day 6 on.
fn change_caps(caps: &mut Schedule<DeviceCaps>, today: Day, new: DeviceCaps) {
    let yesterday = today.saturating_sub(1);
    let lowered = |day| caps.at_or_first(day).map_or(new, |old| lower(*old, new));
    let (of_yesterday, of_today) = (lowered(yesterday), lowered(today));
    caps.set(today, yesterday, of_yesterday);
    if of_today != of_yesterday {
        caps.set(today, today, of_today);
    }
    if new != of_today {
        caps.set(today, today.saturating_add(1), new);
    }
}

fn lower(old: DeviceCaps, new: DeviceCaps) -> DeviceCaps {
    DeviceCaps {
        items: old.items.min(new.items),
        amount: old.amount.min(new.amount),
    }
}

/// A registered device.
pub fn known(storage: &dyn Storage, number: DeviceId) -> Result<Device, ContractError> {
    let highest = || COUNT.may_load(storage).map(Option::unwrap_or_default);
    match state::device(storage, number)? {
        Some(device) => Ok(device),
        None => Err(ContractError::UnknownDevice {
            device: number,
            highest: highest()?,
        }),
    }
}

/// A registered device that is not revoked.
fn live(storage: &dyn Storage, number: DeviceId) -> Result<Device, ContractError> {
    let device = known(storage, number)?;
    if device.revoked {
        return Err(ContractError::DeviceRevoked { device: number });
    }
    Ok(device)
}

/// The account that owns a device.
pub fn owner(api: &dyn Api, device: &Device) -> StdResult<Addr> {
    api.addr_humanize(&device.owner.clone().into())
}
