//! Moving and destroying tokens.

use crate::account::Account;
use crate::allowances::spend;
use crate::events::Event;
use crate::history::{lower_supply, open_day, today};
use crate::state::{Holding, ACCOUNTS};
use crate::ContractError;
use cosmwasm_std::{Addr, Binary, CosmosMsg, DepsMut, Env, Response, StdError, StdResult, Storage, Uint128};
use cw20::Cw20ReceiveMsg;
use vrs_days::Day;
use vrs_interface::token::{Payment, MAX_PAYMENTS};
use vrs_message::bounds::length;
use vrs_table::AccountKey;

/// Moves the sender's tokens.
pub fn transfer(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    recipient: String,
    amount: Uint128,
) -> Result<Response, ContractError> {
    let to = Account::named(deps.api, &recipient)?;
    let from = Account::known(deps.api, sender)?;
    let today = today(deps.storage, env.block.time)?;
    shift(deps.storage, today, &from.key, &to.key, amount)?;
    answer(Event::Transfer {
        from: from.addr,
        to: to.addr,
        amount,
    })
}

/// Pays many accounts, with the outcome of a transfer for each payment in order. What the sender holds is read and
/// written once.
pub fn transfer_many(deps: DepsMut, env: Env, sender: Addr, payments: Vec<Payment>) -> Result<Response, ContractError> {
    let count = payments.len();
    length("payments", count, 1, MAX_PAYMENTS)?;
    let from = Account::known(deps.api, sender)?;
    let today = today(deps.storage, env.block.time)?;
    let before = ACCOUNTS.may_load(deps.storage, &from.key)?;
    // None until a payment leaves the account: one to oneself opens no day, as `shift` has it.
    let mut held: Option<Holding> = None;
    let mut sum = Uint128::zero();
    let mut paid = Vec::with_capacity(payments.len());
    for Payment { recipient, amount } in payments {
        let units = above_zero(amount)?;
        let to = Account::named(deps.api, &recipient)?;
        if to.key == from.key {
            held.or(before).unwrap_or_else(|| Holding::new(today)).less(units)?;
        } else {
            let opened = match held {
                Some(held) => held,
                None => open_day(deps.storage, &from.key, before, today)?,
            };
            held = Some(opened.less(units)?);
            credit(deps.storage, today, &to.key, units)?;
        }
        sum = sum.checked_add(amount).map_err(StdError::from)?;
        paid.push(Event::paid(&from.addr, to.addr, amount));
    }
    if let Some(held) = held {
        ACCOUNTS.save(deps.storage, &from.key, &held)?;
    }
    let event = Event::TransferMany {
        from: from.addr,
        payments: count,
        amount: sum,
    };
    Ok(answer(event)?.add_events(paid))
}

/// Moves the sender's tokens to a contract and calls its `receive`.
pub fn send(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    contract: String,
    amount: Uint128,
    msg: Binary,
) -> Result<Response, ContractError> {
    let to = Account::named(deps.api, &contract)?;
    let from = Account::known(deps.api, sender)?;
    let today = today(deps.storage, env.block.time)?;
    shift(deps.storage, today, &from.key, &to.key, amount)?;
    let hook = hook(&to.addr, &from.addr, amount, msg)?;
    let event = Event::Send {
        from: from.addr,
        to: to.addr,
        amount,
    };
    Ok(answer(event)?.add_message(hook))
}

/// Destroys the sender's tokens.
pub fn burn(deps: DepsMut, env: Env, sender: Addr, amount: Uint128) -> Result<Response, ContractError> {
    let from = Account::known(deps.api, sender)?;
    let today = today(deps.storage, env.block.time)?;
    debit(deps.storage, today, &from.key, above_zero(amount)?)?;
    lower_supply(deps.storage, today, amount.u128())?;
    answer(Event::Burn {
        from: from.addr,
        amount,
    })
}

/// Moves an owner's tokens within the sender's allowance.
pub fn transfer_from(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    owner: String,
    recipient: String,
    amount: Uint128,
) -> Result<Response, ContractError> {
    let to = Account::named(deps.api, &recipient)?;
    let from = Account::named(deps.api, &owner)?;
    let by = Account::known(deps.api, sender)?;
    spend(deps.storage, &env.block, &from.key, &by.key, above_zero(amount)?)?;
    let today = today(deps.storage, env.block.time)?;
    shift(deps.storage, today, &from.key, &to.key, amount)?;
    answer(Event::TransferFrom {
        from: from.addr,
        to: to.addr,
        by: by.addr,
        amount,
    })
}

/// Moves an owner's tokens to a contract within the sender's allowance and calls its `receive`,
/// which is told the spender, as in cw20-base.
pub fn send_from(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    owner: String,
    contract: String,
    amount: Uint128,
    msg: Binary,
) -> Result<Response, ContractError> {
    let to = Account::named(deps.api, &contract)?;
    let from = Account::named(deps.api, &owner)?;
    let by = Account::known(deps.api, sender)?;
    spend(deps.storage, &env.block, &from.key, &by.key, above_zero(amount)?)?;
    let today = today(deps.storage, env.block.time)?;
    shift(deps.storage, today, &from.key, &to.key, amount)?;
    let hook = hook(&to.addr, &by.addr, amount, msg)?;
    let event = Event::SendFrom {
        from: from.addr,
        to: to.addr,
        by: by.addr,
        amount,
    };
    Ok(answer(event)?.add_message(hook))
}

/// Destroys an owner's tokens within the sender's allowance.
pub fn burn_from(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    owner: String,
    amount: Uint128,
) -> Result<Response, ContractError> {
    let from = Account::named(deps.api, &owner)?;
    let by = Account::known(deps.api, sender)?;
    let units = above_zero(amount)?;
    spend(deps.storage, &env.block, &from.key, &by.key, units)?;
    let today = today(deps.storage, env.block.time)?;
    debit(deps.storage, today, &from.key, units)?;
    lower_supply(deps.storage, today, units)?;
    answer(Event::BurnFrom {
        from: from.addr,
        by: by.addr,
        amount,
    })
}

/// Moves `amount` from one account to the other. To oneself it asks for the balance and changes
/// nothing: the tokens never left, so the day's lowest must not fall to `balance - amount`.
fn shift(
    storage: &mut dyn Storage,
    today: Day,
    from: &AccountKey,
    to: &AccountKey,
    amount: Uint128,
) -> Result<(), ContractError> {
    let amount = above_zero(amount)?;
    if from == to {
        let held = ACCOUNTS.may_load(storage, from)?;
        held.unwrap_or_else(|| Holding::new(today)).less(amount)?;
        return Ok(());
    }
    debit(storage, today, from, amount)?;
    credit(storage, today, to, amount)
}

fn debit(storage: &mut dyn Storage, today: Day, who: &AccountKey, amount: u128) -> Result<(), ContractError> {
    let held = ACCOUNTS.may_load(storage, who)?;
    let less = open_day(storage, who, held, today)?.less(amount)?;
    Ok(ACCOUNTS.save(storage, who, &less)?)
}

fn credit(storage: &mut dyn Storage, today: Day, who: &AccountKey, amount: u128) -> Result<(), ContractError> {
    let held = ACCOUNTS.may_load(storage, who)?;
    let more = open_day(storage, who, held, today)?.plus(amount)?;
    Ok(ACCOUNTS.save(storage, who, &more)?)
}

fn above_zero(amount: Uint128) -> Result<u128, ContractError> {
    match amount.u128() {
        0 => Err(ContractError::ZeroAmount {}),
        units => Ok(units),
    }
}

fn hook(contract: &Addr, sender: &Addr, amount: Uint128, msg: Binary) -> StdResult<CosmosMsg> {
    let told = Cw20ReceiveMsg {
        sender: sender.to_string(),
        amount,
        msg,
    };
    told.into_cosmos_msg(contract.as_str())
}

fn answer(event: Event) -> Result<Response, ContractError> {
    Ok(Response::new().add_attributes(event.attributes()?))
}
