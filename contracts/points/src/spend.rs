//! What holders do: transfer to members, send to acceptors, burn.

use crate::balances::{account, credit, debit, key, positive};
use crate::events::{Event, Spent};
use crate::state::{ACCEPTORS, BURNED, CONFIG};
use crate::ContractError;
use cosmwasm_std::{Addr, Binary, Deps, DepsMut, Response, Uint128};
use cw20::Cw20ReceiveMsg;
use vrs_interface::identity;

/// Moves the sender's points to a member.
pub fn transfer(deps: DepsMut, sender: Addr, recipient: &str, amount: Uint128) -> Result<Response, ContractError> {
    let units = positive(amount)?;
    let (recipient, to) = account(deps.api, recipient)?;
    if ACCEPTORS.has(deps.storage, &to) {
        return Err(ContractError::UseSend { acceptor: recipient });
    }
    receives(deps.as_ref(), &recipient)?;
    // Debit first: a transfer to oneself reads what is left.
    debit(deps.storage, &key(deps.api, &sender)?, units)?;
    credit(deps.storage, &to, units)?;
    Ok(Spent::Transfer {
        from: sender,
        to: recipient,
        amount,
    }
    .into())
}

/// Refuses who is no member, is removed, or, where that is asked for, is not verified.
fn receives(deps: Deps, recipient: &Addr) -> Result<(), ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let identity = identity::Client {
        identity: &config.identity,
        querier: deps.querier,
    };
    let recipient = || recipient.clone();
    let found = identity.member_of(&recipient())?;
    let (Some(_), Some(standing)) = (found.member, found.standing) else {
        return Err(ContractError::NotAMember { recipient: recipient() });
    };
    if standing.removed {
        return Err(ContractError::Removed { recipient: recipient() });
    }
    if config.verified_only && !standing.verified {
        return Err(ContractError::NotVerified { recipient: recipient() });
    }
    Ok(())
}

/// Moves the sender's points to an acceptor, then tells it; where it fails, nothing has moved.
pub fn send(
    deps: DepsMut,
    sender: Addr,
    contract: &str,
    amount: Uint128,
    msg: Binary,
) -> Result<Response, ContractError> {
    let units = positive(amount)?;
    let (acceptor, to) = account(deps.api, contract)?;
    if !ACCEPTORS.has(deps.storage, &to) {
        return Err(ContractError::NotAnAcceptor { address: acceptor });
    }
    debit(deps.storage, &key(deps.api, &sender)?, units)?;
    credit(deps.storage, &to, units)?;
    let hook = Cw20ReceiveMsg {
        sender: sender.to_string(),
        amount,
        msg,
    }
    .into_cosmos_msg(acceptor.clone())?;
    let told = Spent::Send {
        from: sender,
        to: acceptor,
        amount,
    };
    Ok(Response::from(told).add_message(hook))
}

/// Destroys the sender's points.
pub fn burn(deps: DepsMut, sender: Addr, amount: Uint128) -> Result<Response, ContractError> {
    let units = positive(amount)?;
    debit(deps.storage, &key(deps.api, &sender)?, units)?;
    // Less was burned than ever minted, which fits.
    let burned = BURNED.may_load(deps.storage)?.unwrap_or(0).saturating_add(units);
    BURNED.save(deps.storage, &burned)?;
    Ok(Spent::Burn { from: sender, amount }.into())
}

/// Registers an acceptor for `send`, or removes it; what it holds stays its own.
pub fn set_acceptor(deps: DepsMut, acceptor: &str, accepts: bool) -> Result<Response, ContractError> {
    let (acceptor, key) = account(deps.api, acceptor)?;
    if accepts {
        ACCEPTORS.save(deps.storage, &key, &true)?;
    } else if ACCEPTORS.has(deps.storage, &key) {
        ACCEPTORS.remove(deps.storage, &key);
    } else {
        return Err(ContractError::NotAnAcceptor { address: acceptor });
    }
    Ok(Event::AcceptorSet { acceptor, accepts }.into())
}
