//! Keys of devices: checked on their way in, and which one signs a day.

use crate::state::{Device, PAST_KEYS};
use crate::ContractError;
use cosmwasm_std::{Binary, Order, StdError, StdResult, Storage};
use vrs_attestation::{KeyError, PublicKey};
use vrs_days::Day;
use vrs_interface::oracle::{DeviceId, DeviceKey};

/// The bytes of a key whose scheme and strength are checked.
pub fn checked(key: &DeviceKey) -> Result<Vec<u8>, ContractError> {
    let (scheme, expected, bytes) = match key {
        DeviceKey::Ed25519(bytes) => ("ed25519", 32, bytes),
        DeviceKey::Secp256k1(bytes) => ("secp256k1", 33, bytes),
    };
    if bytes.len() != expected {
        return Err(ContractError::KeyLength {
            scheme,
            expected,
            actual: bytes.len(),
        });
    }
    // The length tells the scheme, so this is a key of the variant's.
    PublicKey::from_bytes(bytes)?;
    Ok(bytes.to_vec())
}

/// A stored key as messages show it.
pub fn shown(bytes: &[u8]) -> DeviceKey {
    if bytes.len() == 32 {
        DeviceKey::Ed25519(Binary::from(bytes))
    } else {
        DeviceKey::Secp256k1(Binary::from(bytes))
    }
}

/// A stored key as signatures need it.
pub fn usable(bytes: &[u8]) -> StdResult<PublicKey> {
    PublicKey::from_bytes(bytes).map_err(|e: KeyError| StdError::parse_err("PublicKey", e))
}

/// The key that signs the device's batches of `day`.
///
/// Worked example: first key A, on day 5 rotated to B from day 8, on day 9 to C from day 20. Then
/// `key` is B, `key_from` 8, `next_key` (20, C), and [`PAST_KEYS`] has A under day 0.
pub fn of_day(storage: &dyn Storage, number: DeviceId, device: &Device, day: Day) -> StdResult<Vec<u8>> {
    if let Some((from, key)) = &device.next_key {
        if day >= *from {
            return Ok(key.clone());
        }
    }
    if day >= device.key_from {
        return Ok(device.key.clone());
    }
    PAST_KEYS
        .range(storage, Some((number, 0)), Some((number, day)), Order::Descending)
        .next()
        .transpose()?
        .map(|(_, key)| key)
        .ok_or_else(|| StdError::not_found(format!("key of device {number} on day {day}")))
}

/// Plans `key` for the days from `from` on, which have not begun, in place of what was planned. A
/// planned key whose day has come becomes the current one first.
pub fn plan(
    storage: &mut dyn Storage,
    number: DeviceId,
    device: &mut Device,
    today: Day,
    from: Day,
    key: Vec<u8>,
) -> StdResult<()> {
    if let Some((since, current)) = device.next_key.take() {
        if since <= today {
            PAST_KEYS.save(storage, &(number, device.key_from), &device.key)?;
            device.key = current;
            device.key_from = since;
        }
    }
    device.next_key = Some((from, key));
    Ok(())
}
