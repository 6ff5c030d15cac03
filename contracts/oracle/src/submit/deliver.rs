//! Handing batches to their consumers, one message a kind, and collecting what fell.
//!
//! The consumers are called one after the other: the reply of one sends the message to the next,
//! and what is known so far travels in the payload, so nothing temporary is stored. A consumer that
//! fails reverts the whole transaction: no number is used up and nothing is lost.

use super::answer::{answer, Entry, Verdict};
use crate::state::{RecordResult, BATCHES};
use crate::ContractError;
use cosmwasm_std::{
    from_json, Binary, CanonicalAddr, DepsMut, Reply, Response, StdError, StdResult, Storage, SubMsg, WasmMsg,
};
use cw_utils::parse_execute_response_data;
use serde::{Deserialize, Serialize};
use vrs_interface::attested::{AttestedResponse, ConsumerMsg, Delivery, DroppedItem};

/// The one reply: a consumer has taken its batches.
pub const REPLY_ATTESTED: u64 = 1;

/// What is known of a message's batches while consumers are called.
#[derive(Serialize, Deserialize, Default)]
pub struct Flight {
    /// Every batch, in the order submitted.
    pub entries: Vec<Entry>,
    /// What is still to be delivered.
    parcels: Vec<Parcel>,
    /// Positions of the batches that the called consumer has, in its order.
    out: Vec<u32>,
}

/// The batches of one kind.
#[derive(Serialize, Deserialize)]
struct Parcel {
    kind: u8,
    consumer: Vec<u8>,
    positions: Vec<u32>,
    deliveries: Vec<Delivery>,
}

impl Flight {
    /// Lays aside a batch that becomes the next entry.
    pub fn load(&mut self, kind: u8, consumer: Vec<u8>, delivery: Delivery) -> StdResult<()> {
        let position =
            u32::try_from(self.entries.len()).map_err(|_| StdError::generic_err("position exceeds its type"))?;
        match self.parcels.iter_mut().find(|parcel| parcel.kind == kind) {
            Some(parcel) => {
                parcel.positions.push(position);
                parcel.deliveries.push(delivery);
            }
            None => self.parcels.push(Parcel {
                kind,
                consumer,
                positions: vec![position],
                deliveries: vec![delivery],
            }),
        }
        Ok(())
    }

    /// Notes what fell of the batches that the consumer had.
    fn land(&mut self, storage: &mut dyn Storage, dropped: Vec<DroppedItem>) -> Result<(), ContractError> {
        let mut before = None;
        for item in dropped {
            let place = (item.delivery, item.item);
            if before.is_some_and(|before| before >= place) {
                return Err(wrong(format!("{place:?} does not come after {before:?}")));
            }
            before = Some(place);
            match self.delivered(item.delivery) {
                Some(Entry {
                    claim: Some(claim),
                    verdict: Verdict::Accepted(dropped),
                    ..
                }) if item.item < claim.items => dropped.push((item.item, item.reason as u8)),
                _ => return Err(wrong(format!("there is no item {place:?} (delivery, item)"))),
            }
        }
        for position in std::mem::take(&mut self.out) {
            if let Some(entry) = usize::try_from(position).ok().and_then(|at| self.entries.get(at)) {
                note(storage, entry)?;
            }
        }
        Ok(())
    }

    /// The batch that the called consumer has at a position.
    fn delivered(&mut self, delivery: u32) -> Option<&mut Entry> {
        let position = *self.out.get(usize::try_from(delivery).ok()?)?;
        self.entries.get_mut(usize::try_from(position).ok()?)
    }
}

/// Stores what fell of a batch, if anything did.
fn note(storage: &mut dyn Storage, entry: &Entry) -> StdResult<()> {
    let (Some(claim), Verdict::Accepted(fell)) = (entry.claim, &entry.verdict) else {
        return Ok(());
    };
    if fell.is_empty() {
        return Ok(());
    }
    let key = (claim.device, claim.sequence);
    let mut record = BATCHES.load(storage, &key)?;
    if let RecordResult::Accepted { dropped, .. } = &mut record.result {
        dropped.clone_from(fell);
    }
    BATCHES.save(storage, &key, &record)
}

fn wrong(reason: String) -> ContractError {
    ContractError::ConsumerAnswer { reason }
}

/// Calls the next consumer, or answers where none is left.
pub fn advance(deps: DepsMut, mut flight: Flight) -> Result<Response, ContractError> {
    if flight.parcels.is_empty() {
        return answer(flight.entries);
    }
    let parcel = flight.parcels.remove(0);
    flight.out = parcel.positions;
    let msg = WasmMsg::Execute {
        contract_addr: deps
            .api
            .addr_humanize(&CanonicalAddr::from(parcel.consumer))?
            .into_string(),
        msg: cosmwasm_std::to_json_binary(&ConsumerMsg::Attested {
            deliveries: parcel.deliveries,
        })?,
        funds: vec![],
    };
    let payload = postcard::to_allocvec(&flight).map_err(|e| StdError::serialize_err("Flight", e))?;
    Ok(Response::new().add_submessage(SubMsg::reply_on_success(msg, REPLY_ATTESTED).with_payload(payload)))
}

/// A consumer has taken its batches.
pub fn attested(deps: DepsMut, reply: Reply) -> Result<Response, ContractError> {
    let mut flight: Flight = postcard::from_bytes(&reply.payload).map_err(|e| StdError::parse_err("Flight", e))?;
    flight.land(deps.storage, dropped(reply)?)?;
    advance(deps, flight)
}

/// What the consumer answered.
fn dropped(reply: Reply) -> Result<Vec<DroppedItem>, ContractError> {
    let result = reply.result.into_result().map_err(wrong)?;
    let response = result.msg_responses.into_iter().next();
    let response = response.ok_or_else(|| wrong("no response".into()))?;
    let data: Option<Binary> = parse_execute_response_data(&response.value)
        .map_err(|e| wrong(e.to_string()))?
        .data;
    let data = data.ok_or_else(|| wrong("no response data".into()))?;
    let answer: AttestedResponse = from_json(data).map_err(|e| wrong(e.to_string()))?;
    Ok(answer.dropped)
}
