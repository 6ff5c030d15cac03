//! Taking signed batches. In steps: read the frames, check all signatures together, judge each
//! batch in the order submitted, hand on what is good, answer.

mod answer;
mod deliver;
mod judge;
mod verify;

pub use deliver::{attested, REPLY_ATTESTED};

use crate::error::{length, within};
use crate::state::{self, Device, CONFIG};
use crate::{keys, ContractError};
use cosmwasm_std::{Binary, DepsMut, Env, Response, StdResult, Storage};
use serde::{Deserialize, Serialize};
use std::collections::btree_map::{BTreeMap, Entry};
use vrs_attestation::{Envelope, Hash, PublicKey};
use vrs_days::Day;
use vrs_interface::oracle::{DeviceId, RefuseReason, MAX_BATCHES};

/// Takes the signed batches of many devices.
pub fn submit(deps: DepsMut, env: Env, batches: Vec<Binary>) -> Result<Response, ContractError> {
    within("batches", length(batches.len()), 1, length(MAX_BATCHES))?;
    let config = CONFIG.load(deps.storage)?;
    let mut devices = Devices::default();
    let mut read = Vec::with_capacity(batches.len());
    for bytes in &batches {
        read.push(Read::new(deps.storage, &env, &mut devices, bytes)?);
    }
    verify::signatures(deps.api, &mut read);
    let mut bench = judge::Bench::new(&config.clock, env.block.time, devices);
    for batch in &read {
        bench.hear(deps.storage, batch)?;
    }
    let (flight, events) = bench.close();
    Ok(deliver::advance(deps, flight)?.add_events(events))
}

/// The devices that a message names, each loaded once.
#[derive(Default)]
struct Devices(BTreeMap<DeviceId, Option<Device>>);

impl Devices {
    fn get(&mut self, storage: &dyn Storage, number: DeviceId) -> StdResult<Option<&Device>> {
        let slot = match self.0.entry(number) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(state::device(storage, number)?),
        };
        Ok(slot.as_ref())
    }
}

/// A batch that was read.
enum Read<'a> {
    /// It can't be whose it says.
    Refused {
        /// What it claims to be, where it has a frame.
        claim: Option<Claim>,
        /// Why.
        reason: RefuseReason,
    },
    /// The frame is right, and the device may have signed it.
    Framed(Box<Framed<'a>>),
}

/// Whose batch it is, as it says.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    device: DeviceId,
    sequence: u32,
    day: Day,
    items: u16,
}

impl Claim {
    fn of(envelope: &Envelope) -> Self {
        Claim {
            device: envelope.device(),
            sequence: envelope.sequence(),
            day: envelope.day(),
            // A frame holds 1,024 leaves at most.
            items: u16::try_from(envelope.count()).unwrap_or(u16::MAX),
        }
    }
}

/// A batch with what its signature must stand under.
struct Framed<'a> {
    claim: Claim,
    root: Hash,
    envelope: Envelope<'a>,
    key: PublicKey,
    /// What the verifying function takes.
    message: Vec<u8>,
}

impl<'a> Read<'a> {
    fn new(storage: &dyn Storage, env: &Env, devices: &mut Devices, bytes: &'a [u8]) -> Result<Self, ContractError> {
        let refused = |claim, reason| Ok(Read::Refused { claim, reason });
        let Ok(envelope) = Envelope::parse_frame(bytes) else {
            return refused(None, RefuseReason::Malformed);
        };
        let claim = Some(Claim::of(&envelope));
        // The highest number has no successor: it is never given.
        if envelope.sequence() == u32::MAX {
            return refused(claim, RefuseReason::Malformed);
        }
        let Some(device) = devices.get(storage, envelope.device())? else {
            return refused(claim, RefuseReason::UnknownDevice);
        };
        if device.kind as u8 != envelope.kind().number() {
            return refused(claim, RefuseReason::WrongKind);
        }
        let key = keys::usable(&keys::of_day(storage, envelope.device(), device, envelope.day())?)?;
        if key.check_signature(envelope.signature()).is_err() {
            return refused(claim, RefuseReason::BadSignature);
        }
        let statement = envelope.statement();
        let message = statement.signing_bytes(&env.block.chain_id, env.contract.address.as_str())?;
        Ok(Read::Framed(Box::new(Framed {
            claim: Claim::of(&envelope),
            root: statement.root,
            message: key.scheme().payload(message),
            envelope,
            key,
        })))
    }
}
