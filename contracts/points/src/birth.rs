//! Instantiation.

use crate::error::{length_within, within};
use crate::events::Event;
use crate::state::{Config, Label, CONFIG, LABEL};
use crate::ContractError;
use cosmwasm_std::{DepsMut, Response};
use vrs_access::{valid_address, ACCESS};
use vrs_interface::points::InstantiateMsg;
use vrs_message::bounds::text;

/// Creates the points.
pub fn instantiate(mut deps: DepsMut, msg: InstantiateMsg) -> Result<Response, ContractError> {
    text("name", &msg.name, 3, 50)?;
    length_within("symbol", msg.symbol.len(), 2, 12)?;
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
    if !msg.symbol.bytes().all(plain) {
        return Err(ContractError::InvalidSymbol { actual: msg.symbol });
    }
    within("decimals", msg.decimals.into(), 0, 18)?;
    within("raise_delay_days", msg.raise_delay_days.into(), 1, 30)?;
    msg.clock.check()?;
    if msg.max_supply.is_some_and(|most| most.is_zero()) {
        return Err(ContractError::ZeroAmount { field: "max_supply" });
    }
    let config = Config {
        clock: msg.clock,
        identity: valid_address(deps.api, &msg.identity)?,
        max_supply: msg.max_supply.map(|most| most.u128()),
        verified_only: msg.verified_only,
        raise_delay_days: msg.raise_delay_days,
    };
    CONFIG.save(deps.storage, &config)?;
    let label = Label {
        name: msg.name,
        symbol: msg.symbol,
        decimals: msg.decimals,
    };
    LABEL.save(deps.storage, &label)?;
    let owner = ACCESS.initialize(deps.branch(), &msg.owner)?;
    Ok(Event::Created {
        owner,
        identity: config.identity,
    }
    .into())
}
