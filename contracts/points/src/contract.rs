//! Entry points: match, validate, delegate.

use crate::events::Event;
use crate::{birth, budget, issuers, migrate as migration, query as ask, spend, ContractError};
use cosmwasm_std::{to_json_binary, Binary, Deps, DepsMut, Env, MessageInfo, Response};
use cw20::MinterResponse;
use serde::Serialize;
use vrs_access::{no_coins, ACCESS};
use vrs_interface::points::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

/// Name that the state carries (cw2).
pub const CONTRACT_NAME: &str = concat!("crates.io:", env!("CARGO_PKG_NAME"));
/// Version that the state carries (cw2).
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Creates the points, none of which are out.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    no_coins(&info)?;
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    birth::instantiate(deps, msg)
}

/// Lets in whom the message permits, then hands it to its handler.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    ACCESS.admit(deps.as_ref(), env.block.time, &info, msg.gate())?;
    let (sender, now) = (info.sender, env.block.time);
    match msg {
        ExecuteMsg::Access(msg) => {
            let attributes = ACCESS.execute(deps, &env.block, &sender, msg)?;
            Ok(Event::Access { attributes }.into())
        }
        ExecuteMsg::Transfer { recipient, amount } => spend::transfer(deps, sender, &recipient, amount),
        ExecuteMsg::Send { contract, amount, msg } => spend::send(deps, sender, &contract, amount, msg),
        ExecuteMsg::Burn { amount } => spend::burn(deps, sender, amount),
        ExecuteMsg::SetIssuer { issuer, limit } => issuers::set(deps, now, &issuer, &limit),
        ExecuteMsg::LowerIssuer { issuer, limit } => issuers::lower(deps, now, &issuer, &limit),
        ExecuteMsg::SetAcceptor { acceptor, accepts } => spend::set_acceptor(deps, &acceptor, accepts),
        ExecuteMsg::Reserve { day, amount } => budget::reserve(deps, now, sender, day, amount),
        ExecuteMsg::Release { amount } => budget::release(deps, sender, amount),
        ExecuteMsg::Mint { mints } => budget::mint(deps, sender, mints),
    }
}

/// cw20's queries, and the issuers' limits.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let now = env.block.time;
    match msg {
        QueryMsg::Ownership {} => json(ACCESS.ownership(deps.storage)?),
        QueryMsg::Roles { start_after, limit } => json(ACCESS.roles(deps, start_after, limit)?),
        QueryMsg::Paused {} => json(ACCESS.paused(deps.storage, now)?),
        QueryMsg::Config {} => json(ask::config(deps)?),
        QueryMsg::Balance { address } => json(ask::balance(deps, &address)?),
        QueryMsg::TokenInfo {} => json(ask::token_info(deps)?),
        QueryMsg::Minter {} => json(None::<MinterResponse>),
        QueryMsg::Allowance { owner, spender } => json(ask::allowance(deps, &owner, &spender)?),
        QueryMsg::AllAccounts { start_after, limit } => json(ask::all_accounts(deps, start_after, limit)?),
        QueryMsg::Issuer { issuer, day } => json(ask::issuer(deps, now, &issuer, day)?),
        QueryMsg::Issuers { start_after, limit } => json(ask::issuers(deps, now, start_after, limit)?),
        QueryMsg::Acceptors { start_after, limit } => json(ask::acceptors(deps, start_after, limit)?),
    }
}

/// Takes over the state of the same or an older version.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: MigrateMsg) -> Result<Response, ContractError> {
    migration::migrate(deps)
}

fn json(answer: impl Serialize) -> Result<Binary, ContractError> {
    Ok(to_json_binary(&answer)?)
}
