//! What is told and answered of each batch, once all is known.

use super::Claim;
use crate::events::Event;
use crate::query::shown_result;
use crate::state::{drop_reason, RecordResult};
use crate::ContractError;
use cosmwasm_std::{to_json_binary, Binary, Response, StdError, StdResult};
use serde::{Deserialize, Serialize};
use vrs_attestation::Hash;
use vrs_interface::attested::DroppedItem;
use vrs_interface::oracle::{FirstOutcome, Outcome, RefuseReason, SubmitBatchesResponse};

/// A batch on its way.
#[derive(Serialize, Deserialize)]
pub struct Entry {
    /// Whose it is, where it has a frame.
    pub claim: Option<Claim>,
    /// Its root, where its signature is good.
    pub root: Option<Hash>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a batch.
#[derive(Serialize, Deserialize)]
pub enum Verdict {
    /// Taken. What fell: position, code of the reason.
    Accepted(Vec<(u16, u8)>),
    /// Not taken.
    Refused(RefuseReason),
    /// The device's next number is another.
    Gap(u32),
    /// The record is gone; the device's next number.
    Stale(u32),
    /// Another batch with this number was taken: its root.
    Conflict(Hash),
    /// It was here before.
    Repeat(RecordResult),
    /// It stands earlier in the same message: there.
    RepeatHere(u32),
}

/// Tells what became of each batch.
pub fn answer(entries: Vec<Entry>) -> Result<Response, ContractError> {
    let mut response = Response::new();
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(entries.len());
    for (position, entry) in (0u32..).zip(&entries) {
        let outcome = outcome(position, entry, &outcomes)?;
        response = response.add_event(Event::Batch {
            position,
            claim: entry.claim.map(|claim| (claim.device, claim.sequence, claim.day)),
            root: entry.root,
            outcome: outcome.clone(),
        });
        outcomes.push(outcome);
    }
    Ok(response.set_data(to_json_binary(&SubmitBatchesResponse { outcomes })?))
}

fn outcome(position: u32, entry: &Entry, before: &[Outcome]) -> StdResult<Outcome> {
    Ok(match &entry.verdict {
        Verdict::Accepted(dropped) => Outcome::Accepted {
            items: entry.claim.map(|claim| claim.items).unwrap_or_default(),
            dropped: dropped
                .iter()
                .map(|(item, code)| {
                    Ok(DroppedItem {
                        delivery: position,
                        item: *item,
                        reason: drop_reason(*code)?,
                    })
                })
                .collect::<StdResult<_>>()?,
        },
        Verdict::Refused(reason) => Outcome::Refused { reason: *reason },
        Verdict::Gap(expected) => Outcome::Gap { expected: *expected },
        Verdict::Stale(expected) => Outcome::Stale { expected: *expected },
        Verdict::Conflict(taken) => Outcome::Conflict {
            taken: Binary::from(taken),
        },
        Verdict::Repeat(result) => Outcome::Repeat {
            first: shown_result(result)?,
        },
        Verdict::RepeatHere(at) => Outcome::Repeat {
            first: usize::try_from(*at)
                .ok()
                .and_then(|at| before.get(at))
                .and_then(first)
                .ok_or_else(|| StdError::not_found("the batch's first outcome"))?,
        },
    })
}

/// An outcome as the first one of a repeat.
fn first(outcome: &Outcome) -> Option<FirstOutcome> {
    match outcome {
        Outcome::Accepted { items, dropped } => Some(FirstOutcome::Accepted {
            items: *items,
            dropped: dropped
                .iter()
                .map(|item| DroppedItem {
                    delivery: 0,
                    ..item.clone()
                })
                .collect(),
        }),
        Outcome::Refused { reason } => Some(FirstOutcome::Refused { reason: *reason }),
        _ => None,
    }
}
