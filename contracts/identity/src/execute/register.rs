//! Registration.

use super::{address, bind, claims, Call};
use crate::error::{length_within, within};
use crate::events::Event;
use crate::state::{Addresses, Member, ADDRESSES, COUNT, MEMBERS};
use crate::ContractError;
use cosmwasm_std::{to_json_binary, Addr, CanonicalAddr, DepsMut, Response, Storage};
use vrs_access::{AccessError, ACCESS};
use vrs_interface::access::{Permission, Role};
use vrs_interface::identity::{Kind, MemberId, NewClaim, NewMember, Registered, Topic, MAX_LEVEL, MAX_NEW_MEMBERS};

/// Registers the sender, unverified, at level 0.
pub fn oneself(deps: DepsMut, call: &Call, kind: Kind) -> Result<Response, ContractError> {
    let first = next_number(deps.storage)?;
    let new = New {
        kind,
        level: 0,
        account: (call.sender.clone(), call.canonical.clone()),
        payout: None,
        identity: None,
    };
    let events = admit(deps.storage, call, first, new)?;
    COUNT.save(deps.storage, &first)?;
    Ok(Response::new()
        .add_events(events)
        .set_data(to_json_binary(&Registered { first, count: 1 })?))
}

/// Registers others, each with a claim of topic `identity` where one is given.
pub fn others(deps: DepsMut, call: &Call, members: Vec<NewMember>) -> Result<Response, ContractError> {
    length_within("members", members.len(), 1, MAX_NEW_MEMBERS)?;
    verifies_too(&deps, call, &members)?;
    let first = next_number(deps.storage)?;
    let mut number = first;
    let mut count: u32 = 0;
    let mut response = Response::new();
    for member in members {
        within("level", member.level.into(), 0, MAX_LEVEL.into())?;
        if count > 0 {
            number = after(number)?;
        }
        count = count.saturating_add(1);
        let new = New {
            kind: member.kind,
            level: member.level,
            account: address(deps.api, &member.account)?,
            payout: member.payout.map(|payout| address(deps.api, &payout)).transpose()?,
            identity: member.identity,
        };
        response = response.add_events(admit(deps.storage, call, number, new)?);
    }
    COUNT.save(deps.storage, &number)?;
    Ok(response.set_data(to_json_binary(&Registered { first, count })?))
}

/// Refuses claims of another topic than `identity`, and of a registrar who is no verifier.
fn verifies_too(deps: &DepsMut, call: &Call, members: &[NewMember]) -> Result<(), ContractError> {
    let mut claims = members.iter().filter_map(|member| member.identity.as_ref()).peekable();
    if claims.peek().is_none() {
        return Ok(());
    }
    if let Some(claim) = claims.find(|claim| claim.topic != Topic::Identity) {
        return Err(ContractError::WrongTopic {
            expected: Topic::Identity,
            actual: claim.topic,
        });
    }
    if !ACCESS.has_role(deps.as_ref(), Role::Verifier, &call.sender)? {
        return Err(ContractError::Access(AccessError::Unauthorized {
            sender: call.sender.clone(),
            needed: Permission::Role(Role::Verifier),
        }));
    }
    Ok(())
}

/// A member to be written.
struct New {
    kind: Kind,
    level: u8,
    account: (Addr, CanonicalAddr),
    payout: Option<(Addr, CanonicalAddr)>,
    identity: Option<NewClaim>,
}

/// Writes a new member: record, addresses, an index entry for each, and their claim.
fn admit(storage: &mut dyn Storage, call: &Call, member: MemberId, new: New) -> Result<Vec<Event>, ContractError> {
    let (account, account_bytes) = new.account;
    // A number that is new holds no address yet: an address found in the index is another's.
    bind(storage, &account, &account_bytes, member)?;
    let payout = new.payout.filter(|(_, bytes)| *bytes != account_bytes);
    if let Some((payout, bytes)) = &payout {
        bind(storage, payout, bytes, member)?;
    }
    let (payout, payout_bytes) = payout.map_or((None, vec![]), |(text, bytes)| (Some(text), bytes.to_vec()));
    let addresses = Addresses {
        account: account_bytes.to_vec(),
        payout: payout_bytes,
    };
    ADDRESSES.save(storage, &member, &addresses)?;
    let mut events = vec![Event::Registered {
        member,
        kind: new.kind,
        level: new.level,
        account,
        payout,
        by: call.sender.clone(),
    }];
    let mut verified_until = 0;
    if let Some(claim) = new.identity {
        let (until, event) = claims::write(storage, call, member, claim)?;
        verified_until = until;
        events.push(event);
    }
    let record = Member {
        kind: new.kind,
        level: new.level,
        verified_until,
        marked_until: 0,
    };
    MEMBERS.save(storage, &member, &record)?;
    Ok(events)
}

fn next_number(storage: &dyn Storage) -> Result<MemberId, ContractError> {
    after(COUNT.may_load(storage)?.unwrap_or(0))
}

fn after(number: MemberId) -> Result<MemberId, ContractError> {
    number
        .checked_add(1)
        .ok_or(ContractError::NoNumberLeft { members: number })
}
