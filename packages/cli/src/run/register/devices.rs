//! One terminal a merchant, and every meter.

use super::{member_of, Keep, Registration, LINES};
use crate::agent::DeviceKey;
use crate::chain::{Chain, DeviceEntry, Name, Party};
use crate::deploy::Accounts;
use crate::readback;
use crate::run::{Plan, TEST_SEED};
use anyhow::{bail, Context as _, Result};
use cosmwasm_std::{from_json, Binary};
use std::collections::BTreeMap;
use vrs_attestation::PublicKey;
use vrs_interface::oracle::{
    ConfigResponse, DeviceCaps, DeviceKey as OracleKey, DeviceKind, DeviceResponse, DevicesResponse, ExecuteMsg,
    NewDevice, QueryMsg, RegisterDevicesResponse,
};

/// Label from which a merchant's terminal has its test key.
pub fn terminal_label(merchant: u64) -> String {
    format!("terminal {merchant}")
}

/// Label from which a meter has its test key.
pub fn meter_label(meter: u64) -> String {
    format!("meter {meter}")
}

/// Registers all devices of the plan that the book does not know; enters which of them signed already.
pub fn register(
    chain: &mut Chain,
    accounts: &Accounts,
    plan: &Plan,
    registration: &mut Registration,
    keep: Keep,
) -> Result<()> {
    let registered = on_chain(chain)?;
    let by_key: BTreeMap<Vec<u8>, &DeviceResponse> = registered
        .values()
        .map(|device| (key_bytes(&device.key).to_vec(), device))
        .collect();
    let mut missing = vec![];
    for (id, device) in wanted(accounts, plan, registration)? {
        // By its key: a run that was interrupted may have entered it and not written it down.
        match by_key.get(key_bytes(&device.key)) {
            Some(known) => {
                check(id, &device, known)?;
                note(registration, id, device.kind, known.device);
                registration
                    .signed
                    .insert(known.device, known.next_sequence.saturating_sub(1));
            }
            None => missing.push((id, device)),
        }
    }
    for chunk in missing.chunks(LINES) {
        let msg = ExecuteMsg::RegisterDevices {
            devices: chunk.iter().map(|(_, device)| device.clone()).collect(),
        };
        let tx = chain.submit(&accounts.operator, Name::Oracle, &msg)?;
        let done: RegisterDevicesResponse = from_json(tx.data.unwrap_or_default()).context("register_devices")?;
        for (number, (id, device)) in (done.first..).zip(chunk) {
            note(registration, *id, device.kind, number);
        }
        keep(&registration.book)?;
    }
    Ok(())
}

fn note(registration: &mut Registration, id: u64, kind: DeviceKind, device: u32) {
    let is_terminal = kind == DeviceKind::Terminal;
    let numbers = if is_terminal {
        &mut registration.terminals
    } else {
        &mut registration.meters
    };
    numbers.insert(id, device);
    registration.book.add_device(DeviceEntry {
        device,
        id,
        is_terminal,
    });
}

/// Terminals by merchant's id, then meters by theirs.
fn wanted(accounts: &Accounts, plan: &Plan, registration: &Registration) -> Result<Vec<(u64, NewDevice)>> {
    let caps = DeviceCaps {
        items: plan.economy.economy.devices.items,
        amount: plan.economy.economy.devices.amount.0,
    };
    let new = |kind, label: &str, subject, owner| NewDevice {
        kind,
        subject,
        owner,
        key: oracle_key(&DeviceKey::test(TEST_SEED, label).public()),
        valid_from: 1,
        valid_until: None,
        caps,
    };
    let mut devices = vec![];
    for id in plan.merchants.keys() {
        let merchant = member_of(&registration.book, Party::Merchant, *id)?;
        let owner = registration.book.member(merchant);
        let owner = owner.map(|entry| entry.address.to_string()).unwrap_or_default();
        let label = terminal_label(*id);
        devices.push((*id, new(DeviceKind::Terminal, &label, Some(merchant), owner)));
    }
    for (id, subject) in meters(plan) {
        let subject = subject
            .map(|id| member_of(&registration.book, Party::Account, id))
            .transpose()?;
        let owner = accounts.operator.to_string();
        devices.push((id, new(DeviceKind::Meter, &meter_label(id), subject, owner)));
    }
    Ok(devices)
}

/// All meters by id, each with the account that it alone reports; none where it reports several.
fn meters(plan: &Plan) -> BTreeMap<u64, Option<u64>> {
    let mut meters: BTreeMap<u64, Option<u64>> = BTreeMap::new();
    for row in plan.meters.iter().flatten() {
        let subject = meters.entry(row.device).or_insert(Some(row.account));
        if *subject != Some(row.account) {
            *subject = None;
        }
    }
    meters
}

/// All devices of the oracle, by number.
fn on_chain(chain: &Chain) -> Result<BTreeMap<u32, DeviceResponse>> {
    let mut all = BTreeMap::new();
    let config: ConfigResponse = chain.query(Name::Oracle, &QueryMsg::Config {})?;
    if config.devices == 0 {
        return Ok(all);
    }
    let message = |start_after| QueryMsg::Devices {
        start_after,
        limit: Some(readback::PAGE),
    };
    readback::pages(chain, Name::Oracle, message, |answer: DevicesResponse| {
        all.extend(answer.devices.into_iter().map(|device| (device.device, device)));
        (answer.more, all.keys().next_back().copied())
    })?;
    Ok(all)
}

/// A device that was registered before must still be able to report what the plan wants of it.
fn check(id: u64, wanted: &NewDevice, known: &DeviceResponse) -> Result<()> {
    let told = |subject: Option<u32>| subject.map_or("anybody".to_owned(), |member| format!("member #{member}"));
    let reports = known.subject.is_none() || known.subject == wanted.subject;
    if !reports {
        bail!(
            "device #{} ({:?} {id}) reports for {} since an earlier run, not for {}",
            known.device,
            known.kind,
            told(known.subject),
            told(wanted.subject)
        );
    }
    if known.revoked {
        bail!("device #{} ({:?} {id}) is revoked", known.device, known.kind);
    }
    Ok(())
}

fn oracle_key(key: &PublicKey) -> OracleKey {
    let bytes = Binary::from(key.as_bytes());
    match key {
        PublicKey::Ed25519(_) => OracleKey::Ed25519(bytes),
        PublicKey::Secp256k1(_) => OracleKey::Secp256k1(bytes),
    }
}

fn key_bytes(key: &OracleKey) -> &[u8] {
    match key {
        OracleKey::Ed25519(bytes) | OracleKey::Secp256k1(bytes) => bytes,
    }
}
