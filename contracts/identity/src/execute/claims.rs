//! What verifiers say of a member: claims and level.

use super::{hash32, Call};
use crate::error::within;
use crate::events::Event;
use crate::state::{self, Claim, CLAIMS, MEMBERS, UNTIL_REVOKED};
use crate::ContractError;
use cosmwasm_std::{DepsMut, Response, Storage};
use vrs_access::ACCESS;
use vrs_days::Day;
use vrs_interface::access::Role;
use vrs_interface::identity::{MemberId, NewClaim, Topic, MAX_LEVEL};

/// Adds a claim in place of the member's claim of the same topic, which must be the sender's own, ended, or
/// of somebody who is no verifier any more; the owner replaces any.
pub fn add(deps: DepsMut, call: &Call, member: MemberId, claim: NewClaim) -> Result<Response, ContractError> {
    let mut record = state::member(deps.storage, member)?;
    let topic = claim.topic;
    if let Some(old) = CLAIMS.may_load(deps.storage, &(member, topic as u8))? {
        let expected = deps.api.addr_humanize(&old.verifier.into())?;
        if expected != call.sender
            && old.until >= call.at.today
            && ACCESS.has_role(deps.as_ref(), Role::Verifier, &expected)?
            && !ACCESS.is_owner(deps.storage, &call.sender)?
        {
            return Err(ContractError::NotTheVerifier {
                expected,
                actual: call.sender.clone(),
            });
        }
    }
    let (until, event) = write(deps.storage, call, member, claim)?;
    if topic == Topic::Identity {
        record.verified_until = until;
        MEMBERS.save(deps.storage, &member, &record)?;
    }
    Ok(event.into())
}

/// Writes a claim and answers its last day; what it means for the member's record is the caller's.
pub fn write(
    storage: &mut dyn Storage,
    call: &Call,
    member: MemberId,
    claim: NewClaim,
) -> Result<(Day, Event), ContractError> {
    let hash = hash32("hash", &claim.hash)?;
    let until = claim.until.unwrap_or(UNTIL_REVOKED);
    // Day 0 is before the programme and stands for "not verified".
    within("until", until.into(), call.at.today.max(1).into(), Day::MAX.into())?;
    let stored = Claim {
        hash,
        verifier: call.canonical.to_vec(),
        since: call.at.today,
        until,
    };
    CLAIMS.save(storage, &(member, claim.topic as u8), &stored)?;
    let event = Event::ClaimAdded {
        member,
        topic: claim.topic,
        hash,
        until: (until != UNTIL_REVOKED).then_some(until),
        by: call.sender.clone(),
    };
    Ok((until, event))
}

/// Removes a claim. Who made it, while they are a verifier, or the owner.
pub fn revoke(deps: DepsMut, call: &Call, member: MemberId, topic: Topic) -> Result<Response, ContractError> {
    let mut record = state::member(deps.storage, member)?;
    let key = (member, topic as u8);
    let claim = CLAIMS
        .may_load(deps.storage, &key)?
        .ok_or(ContractError::UnknownClaim { member, topic })?;
    if claim.verifier != call.canonical.as_slice() && !ACCESS.is_owner(deps.storage, &call.sender)? {
        return Err(ContractError::NotTheVerifier {
            expected: deps.api.addr_humanize(&claim.verifier.into())?,
            actual: call.sender.clone(),
        });
    }
    CLAIMS.remove(deps.storage, &key);
    if topic == Topic::Identity {
        record.verified_until = 0;
        MEMBERS.save(deps.storage, &member, &record)?;
    }
    Ok(Event::ClaimRevoked {
        member,
        topic,
        by: call.sender.clone(),
    }
    .into())
}

/// Sets the level before penalties.
pub fn set_level(deps: DepsMut, call: &Call, member: MemberId, level: u8) -> Result<Response, ContractError> {
    let mut record = state::member(deps.storage, member)?;
    within("level", level.into(), 0, MAX_LEVEL.into())?;
    record.level = level;
    MEMBERS.save(deps.storage, &member, &record)?;
    Ok(Event::LevelSet {
        member,
        level,
        by: call.sender.clone(),
    }
    .into())
}
