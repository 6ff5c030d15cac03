//! Migration: the same contract, the same or a newer version. State has one format so far.

use crate::contract::{CONTRACT_NAME, CONTRACT_VERSION};
use crate::events::Event;
use crate::ContractError;
use cosmwasm_std::{DepsMut, Response};

/// Takes over state that this contract wrote in this or an older version.
pub fn migrate(deps: DepsMut) -> Result<Response, ContractError> {
    let stored = cw2::get_contract_version(deps.storage)?;
    if stored.contract != CONTRACT_NAME {
        return Err(ContractError::WrongContract {
            expected: CONTRACT_NAME.into(),
            actual: stored.contract,
        });
    }
    cw2::ensure_from_older_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION).map_err(|reason| {
        ContractError::WrongVersion {
            expected: CONTRACT_VERSION.into(),
            actual: stored.version.clone(),
            reason: reason.to_string(),
        }
    })?;
    let event = Event::Migrated {
        from: stored.version,
        to: CONTRACT_VERSION.into(),
    };
    Ok(Response::new().add_event(event))
}
