//! The oracle: every device's kind, subject, owner, keys and revocation. Its batches are compared with
//! their signed envelopes elsewhere.

use super::{holds, number, or_none, same, text, Audit, Moment, View};
use crate::chain::{Name, TxEvent};
use crate::verify::answers::Asker;
use crate::verify::tally::Tally;
use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::oracle::{DeviceId, DeviceResponse, DevicesResponse, QueryMsg};

/// A device as its events told it.
#[derive(Clone, Debug)]
struct Device {
    kind: String,
    subject: Option<String>,
    owner: String,
    /// First day and key, ascending.
    keys: Vec<(Day, String)>,
    revoked: bool,
}

/// All devices.
#[derive(Default)]
pub struct Devices(BTreeMap<DeviceId, Device>);

impl Devices {
    fn device(&mut self, event: &TxEvent) -> Result<&mut Device> {
        let device: DeviceId = number(event, "device")?;
        self.0
            .get_mut(&device)
            .with_context(|| format!("device #{device} was never registered"))
    }
}

impl Audit for Devices {
    fn event(&mut self, event: &TxEvent, at: Moment) -> Result<()> {
        match event.get("action") {
            Some("register_device") => {
                let device = Device {
                    kind: text(event, "kind")?.to_owned(),
                    subject: event.get("subject").map(str::to_owned),
                    owner: text(event, "owner")?.to_owned(),
                    keys: vec![(0, told_key(event)?)],
                    revoked: false,
                };
                self.0.insert(number(event, "device")?, device);
            }
            Some("rotate_key") => {
                let (from, key) = (number(event, "from")?, told_key(event)?);
                let keys = &mut self.device(event)?.keys;
                // A key that still waits is replaced.
                keys.retain(|(first, _)| *first <= at.day);
                keys.push((from, key));
            }
            Some("revoke_device") => self.device(event)?.revoked = true,
            _ => {}
        }
        Ok(())
    }

    fn check(&self, view: &View, tally: &mut Tally) -> Result<()> {
        let ask = Asker {
            chain: view.chain,
            name: Name::Oracle,
        };
        let answered: Vec<DeviceResponse> = ask.all(
            |start_after, limit| QueryMsg::Devices { start_after, limit },
            |page: DevicesResponse| (page.devices, page.more),
            |device| device.device,
        )?;
        let mut left = self.0.clone();
        for actual in &answered {
            let who = view.names.device(actual.device);
            let of = |what: &str| format!("{what} of {who}");
            let Some(device) = left.remove(&actual.device) else {
                return Ok(holds(|| of("registration"), false, "none", "a device")?);
            };
            let kind = serde_json::to_value(actual.kind)?;
            same(|| of("kind"), device.kind.as_str(), kind.as_str().unwrap_or_default())?;
            same(|| of("subject"), or_none(device.subject), or_none(actual.subject))?;
            same(|| of("owner"), device.owner.as_str(), actual.owner.as_str())?;
            let current = device.keys.iter().rev().find(|(from, _)| *from <= view.now.day);
            same(
                || of("key"),
                or_none(current.map(|(_, key)| key)),
                scheme_and_key(&actual.key)?,
            )?;
            let next = device.keys.iter().find(|(from, _)| *from > view.now.day);
            let told = match &actual.next_key {
                Some((from, key)) if *from > view.now.day => Some(format!("{} from day {from}", scheme_and_key(key)?)),
                _ => None,
            };
            let expected = or_none(next.map(|(from, key)| format!("{key} from day {from}")));
            same(|| of("next key"), expected, or_none(told))?;
            same(|| of("revocation"), device.revoked, actual.revoked)?;
            tally.count("devices by their events", 1);
        }
        for device in left.keys() {
            holds(|| view.names.device(*device), false, "a device", "no such device")?;
        }
        Ok(())
    }
}

/// Scheme and key of an event: `ed25519 BASE64`.
fn told_key(event: &TxEvent) -> Result<String> {
    Ok(format!("{} {}", text(event, "scheme")?, text(event, "key")?))
}

/// The same of an answer: `{"ed25519": "BASE64"}`.
fn scheme_and_key(key: &impl Serialize) -> Result<String> {
    let json = serde_json::to_value(key)?;
    let entry = json.as_object().and_then(|object| object.iter().next());
    let (scheme, key) = entry.context("a key has a scheme")?;
    Ok(format!(
        "{scheme} {}",
        key.as_str().map_or_else(|| Value::to_string(key), str::to_owned)
    ))
}
