//! What comes into the pools.

use crate::events::{Event, Told};
use crate::state::{Core, HP, MONEY, POOLS, VRS};
use crate::ContractError;
use cosmwasm_std::{from_json, Addr, Storage, Timestamp, Uint128};
use cw20::Cw20ReceiveMsg;
use vrs_interface::mining::{MiningPool, ReceiveMsg};
use vrs_interface::points;

/// Takes VRS sent with cw20 `send`. Only the VRS token may call: what it says was sent is here. VRS that
/// comes by a plain transfer is counted nowhere and never paid out.
pub fn receive(storage: &mut dyn Storage, sender: &Addr, msg: Cw20ReceiveMsg) -> Result<Told, ContractError> {
    let vrs = MONEY.load(storage)?.vrs;
    if *sender != vrs {
        return Err(ContractError::WrongSender {
            expected: vrs,
            actual: sender.clone(),
        });
    }
    let ReceiveMsg::Fund {} = from_json(&msg.msg)?;
    fund(storage, MiningPool::Vrs, msg.amount)
}

/// Reserves HP at the points contract and puts it into the pool: one does not happen without the
/// other. Before the programme starts, the first day's window is charged.
pub fn hp(storage: &mut dyn Storage, core: &Core, now: Timestamp, amount: Uint128) -> Result<Told, ContractError> {
    let mut told = fund(storage, MiningPool::Hp, amount)?;
    let points = MONEY.load(storage)?.hp;
    let day = core.clock.day(now).max(1);
    told.messages
        .push(points::Client { points: &points }.reserve(day, amount)?);
    Ok(told)
}

fn fund(storage: &mut dyn Storage, pool: MiningPool, amount: Uint128) -> Result<Told, ContractError> {
    positive(amount)?;
    let funded = POOLS.fund(storage, number(pool), amount.u128())?.funded;
    let amount = amount.u128();
    Ok(Told::one(Event::Funded { pool, amount, funded }))
}

/// Returns recovered units to the budget of days to come. Recovered HP is reserved at the points contract
/// all along, so nothing moves there.
pub fn refill(storage: &mut dyn Storage, pool: MiningPool, amount: Uint128) -> Result<Told, ContractError> {
    positive(amount)?;
    POOLS.refill(storage, number(pool), amount.u128())?;
    let amount = amount.u128();
    Ok(Told::one(Event::Refilled { pool, amount }))
}

fn positive(amount: Uint128) -> Result<(), ContractError> {
    if amount.is_zero() {
        return Err(ContractError::NoAmount {});
    }
    Ok(())
}

fn number(pool: MiningPool) -> u8 {
    match pool {
        MiningPool::Hp => HP,
        MiningPool::Vrs => VRS,
    }
}
