//! Hands contracts and migrations to the account that shall hold them.

use super::{step, HAND_OVER};
use crate::chain::{Backend as _, Name};
use crate::deploy::Accounts;
use crate::remote::{Place, Remote};
use anyhow::{Context as _, Result};
use cosmwasm_std::Addr;
use serde_json::json;
use vrs_client::{messages, Client, TxError};
use vrs_interface::access::OwnershipMsg;
use vrs_interface::standard::Expiration;

/// Contracts that have an owner; the tokens have none.
pub const OWNED: [Name; 7] = [
    Name::Hp,
    Name::Time,
    Name::Mvp,
    Name::Identity,
    Name::Oracle,
    Name::Merchant,
    Name::Mining,
];

/// How long the offer of ownership stands: 30 days. Whoever lets it pass is offered it anew by hand.
const OFFER_NANOS: u64 = 30 * 86_400 * 1_000_000_000;

/// Proposes the chain file's `admin` as owner of all contracts and makes it their migration admin; accepts
/// for it where its key is at hand. Answers what is left to do.
pub fn hand_over(place: &Place, client: Client, accounts: &Accounts) -> Result<String> {
    if !place.file.accounts.contains_key("admin") {
        return Ok(String::new());
    }
    let record = place.deployment()?;
    let mut remote = Remote::new(client, &record);
    let (owner, admin) = (remote.account("owner")?, remote.account("admin")?);
    if admin == accounts.owner {
        return Ok(String::new());
    }
    remote.hold(&[&owner])?;
    let address = |name: Name| {
        remote
            .address(name)
            .cloned()
            .with_context(|| format!("{name} is not deployed"))
    };
    let owned: Vec<Addr> = OWNED.into_iter().map(address).collect::<Result<_>>()?;
    let all: Vec<Addr> = Name::ALL.into_iter().map(address).collect::<Result<_>>()?;
    let ends = remote.client().node.status()?.time.saturating_add(OFFER_NANOS);
    step(place, HAND_OVER, || {
        let propose = OwnershipMsg::TransferOwnership {
            new_owner: admin.to_string(),
            expiry: Expiration::AtTime(ends.into()),
        };
        let propose = serde_json::to_vec(&json!({"access": {"update_ownership": propose}}))?;
        let mut calls = vec![];
        for contract in &owned {
            if !is_proposed(&remote, contract, &admin)? {
                calls.push(messages::execute(owner.as_str(), contract.as_str(), &propose));
            }
        }
        // Last, and in the same transaction: from then on only `admin` may move them to new code. An interrupted call
        // may have done it already.
        for contract in &all {
            let info = remote.client().node.contract(contract.as_str())?;
            if info.is_none_or(|info| info.admin != admin.as_str()) {
                calls.push(messages::update_admin(
                    owner.as_str(),
                    contract.as_str(),
                    admin.as_str(),
                ));
            }
        }
        if !calls.is_empty() {
            remote.send(&owner, calls)?;
        }
        Ok(())
    })?;
    let accept = json!({"access": {"update_ownership": OwnershipMsg::AcceptOwnership {}}});
    let body = serde_json::to_vec(&accept)?;
    let pending = owned
        .iter()
        .filter(|contract| pending(&remote, contract, &admin).unwrap_or(true));
    let calls: Vec<_> = pending
        .map(|contract| messages::execute(admin.as_str(), contract.as_str(), &body))
        .collect();
    if calls.is_empty() {
        return Ok(format!("{:<10} {admin}\n", "owner"));
    }
    match remote.send(&admin, calls) {
        Ok(_) => Ok(format!("{:<10} {admin}\n", "owner")),
        // It may have happened: the next call looks.
        Err(error) if matches!(error.downcast_ref(), Some(TxError::Late { .. })) => Err(error),
        Err(_) => Ok(format!(
            "{:<10} {admin} is proposed as owner of {} contracts and accepts by sending each of them\n{:<10} {accept}\n",
            "owner",
            OWNED.len(),
            ""
        )),
    }
}

/// Whether an account has yet to accept a contract.
fn pending(remote: &Remote, contract: &Addr, admin: &Addr) -> Result<bool> {
    Ok(ownership(remote, contract)?.owner.as_deref() != Some(admin.as_str()))
}

/// Whether an account owns a contract, or is proposed as its owner.
fn is_proposed(remote: &Remote, contract: &Addr, admin: &Addr) -> Result<bool> {
    let ownership = ownership(remote, contract)?;
    let mut either = ownership.owner.iter().chain(&ownership.pending_owner);
    Ok(either.any(|account| account == admin.as_str()))
}

fn ownership(remote: &Remote, contract: &Addr) -> Result<cw_ownable::Ownership<String>> {
    let answer = remote.client().node.smart(contract.as_str(), br#"{"ownership":{}}"#)?;
    Ok(serde_json::from_slice(&answer)?)
}
