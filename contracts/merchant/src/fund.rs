//! What comes into the pools.

use crate::events::Event;
use crate::outside::Addresses;
use crate::side::SideExt;
use crate::state::{Setup, POOLS};
use crate::ContractError;
use cosmwasm_std::{from_json, CosmosMsg, Storage, Timestamp, Uint128};
use cw20::Cw20ReceiveMsg;
use vrs_interface::merchant::{ReceiveMsg, Side};
use vrs_interface::points;

/// Takes Bzky sent with cw20 `send`; the sender is the Bzky token, so what it says was sent is here.
/// Bzky that comes by a plain transfer is counted nowhere and never paid out.
pub fn receive(storage: &mut dyn Storage, msg: Cw20ReceiveMsg) -> Result<Event, ContractError> {
    let ReceiveMsg::Fund {} = from_json(&msg.msg)?;
    fund(storage, Side::Merchants, msg.amount)
}

/// Puts Time into the customers' pool: reserves it at the points contract, within this contract's
/// limit of today's window there, so that the pool is backed before anything is promised.
pub fn fund_time(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    setup: &Setup,
    now: Timestamp,
    amount: Uint128,
) -> Result<(Vec<Event>, Vec<CosmosMsg>), ContractError> {
    let event = fund(storage, Side::Customers, amount)?;
    let time = points::Client {
        points: &addresses.time,
    };
    let reserve = time.reserve(setup.clock.day(now), amount)?;
    Ok((vec![event], vec![reserve]))
}

fn fund(storage: &mut dyn Storage, side: Side, amount: Uint128) -> Result<Event, ContractError> {
    if amount.is_zero() {
        return Err(ContractError::NoAmount {});
    }
    let pool = POOLS.fund(storage, side.pool(), amount.u128())?;
    Ok(Event::Funded {
        side,
        amount: amount.u128(),
        funded: pool.funded,
    })
}

/// Returns recovered units to the budget of days to come. What was reserved as Time stays reserved.
pub fn refill(storage: &mut dyn Storage, side: Side, amount: Uint128) -> Result<Event, ContractError> {
    if amount.is_zero() {
        return Err(ContractError::NoAmount {});
    }
    let amount = amount.u128();
    POOLS.refill(storage, side.pool(), amount)?;
    Ok(Event::Refilled { side, amount })
}
