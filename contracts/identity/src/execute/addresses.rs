//! A member's addresses change in two steps: their account proposes, the address accepts.

use super::{address, belongs_to, bind, subject, Call};
use crate::events::Event;
use crate::state::{Proposal, ADDRESSES, PROPOSALS};
use crate::ContractError;
use cosmwasm_std::{DepsMut, Response};
use vrs_interface::identity::{AddressRole, MemberId, PROPOSAL_DAYS};

/// Proposes an address, in place of any proposed before; withdraws what is proposed where the
/// address is the one in use.
pub fn propose(deps: DepsMut, call: &Call, role: AddressRole, text: &str) -> Result<Response, ContractError> {
    let (member, addresses) = subject(deps.as_ref(), call)?;
    let (address, canonical) = address(deps.api, text)?;
    let in_use = match role {
        AddressRole::Account => addresses.account.as_slice(),
        AddressRole::Payout => addresses.payout(),
    };
    if in_use == canonical.as_slice() {
        if PROPOSALS.may_load(deps.storage, &member)?.is_none() {
            return Err(ContractError::NothingProposed { member });
        }
        PROPOSALS.remove(deps.storage, &member);
        return Ok(Event::ProposalWithdrawn { member }.into());
    }
    belongs_to(deps.storage, &address, &canonical, member)?;
    let until = call.at.today.saturating_add(PROPOSAL_DAYS).saturating_sub(1);
    let proposal = Proposal {
        role,
        address: canonical.to_vec(),
        until,
    };
    PROPOSALS.save(deps.storage, &member, &proposal)?;
    Ok(Event::AddressProposed {
        member,
        role,
        address,
        until,
    }
    .into())
}

/// Makes the sender the member's address, as proposed. What the address replaces stays the
/// member's own for good; payments that followed the account follow the new one.
pub fn accept(deps: DepsMut, call: &Call, member: MemberId) -> Result<Response, ContractError> {
    let proposal = PROPOSALS
        .may_load(deps.storage, &member)?
        .ok_or(ContractError::NothingProposed { member })?;
    if proposal.address != call.canonical.as_slice() {
        return Err(ContractError::NotProposed {
            member,
            expected: deps.api.addr_humanize(&proposal.address.into())?,
            actual: call.sender.clone(),
        });
    }
    if proposal.until < call.at.today {
        return Err(ContractError::ProposalEnded {
            member,
            until: proposal.until,
            today: call.at.today,
        });
    }
    bind(deps.storage, &call.sender, &call.canonical, member)?;
    let mut addresses = ADDRESSES.load(deps.storage, &member)?;
    match proposal.role {
        AddressRole::Account => addresses.account = proposal.address,
        // The account itself as payout: payments follow the account again.
        AddressRole::Payout if proposal.address == addresses.account => addresses.payout.clear(),
        AddressRole::Payout => addresses.payout = proposal.address,
    }
    ADDRESSES.save(deps.storage, &member, &addresses)?;
    PROPOSALS.remove(deps.storage, &member);
    Ok(Event::AddressAccepted {
        member,
        role: proposal.role,
        address: call.sender.clone(),
    }
    .into())
}
