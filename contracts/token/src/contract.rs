//! Entry points: match, validate, delegate.

use crate::{allowances, birth, marketing, migrate as migration, prune, query as ask, transfer, ContractError};
use cosmwasm_std::{to_json_binary, Binary, Deps, DepsMut, Env, MessageInfo, Response, StdResult};
use cw20::MinterResponse;
use serde::Serialize;
use vrs_access::no_coins;
use vrs_interface::access::PausedResponse;
use vrs_interface::token::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

/// Name that the state carries (cw2).
pub const CONTRACT_NAME: &str = concat!("crates.io:", env!("CARGO_PKG_NAME"));
/// Version that the state carries (cw2).
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Creates the token and allots its whole supply.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Result<Response, ContractError> {
    no_coins(&info)?;
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    birth::instantiate(deps, env, msg)
}

/// cw20's messages, and pruning. Each acts for its sender only, but pruning, which anyone may do.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    no_coins(&info)?;
    let sender = info.sender;
    match msg {
        ExecuteMsg::Transfer { recipient, amount } => transfer::transfer(deps, env, sender, recipient, amount),
        ExecuteMsg::TransferMany { payments } => transfer::transfer_many(deps, env, sender, payments),
        ExecuteMsg::Burn { amount } => transfer::burn(deps, env, sender, amount),
        ExecuteMsg::Send { contract, amount, msg } => transfer::send(deps, env, sender, contract, amount, msg),
        ExecuteMsg::IncreaseAllowance {
            spender,
            amount,
            expires,
        } => allowances::increase(deps, env, sender, spender, amount, expires.map(Into::into)),
        ExecuteMsg::DecreaseAllowance {
            spender,
            amount,
            expires,
        } => allowances::decrease(deps, env, sender, spender, amount, expires.map(Into::into)),
        ExecuteMsg::TransferFrom {
            owner,
            recipient,
            amount,
        } => transfer::transfer_from(deps, env, sender, owner, recipient, amount),
        ExecuteMsg::SendFrom {
            owner,
            contract,
            amount,
            msg,
        } => transfer::send_from(deps, env, sender, owner, contract, amount, msg),
        ExecuteMsg::BurnFrom { owner, amount } => transfer::burn_from(deps, env, sender, owner, amount),
        ExecuteMsg::UpdateMarketing {
            project,
            description,
            marketing,
        } => marketing::update(deps, sender, project, description, marketing),
        ExecuteMsg::UploadLogo(logo) => marketing::upload_logo(deps, sender, logo.into()),
        ExecuteMsg::PruneHistory { start_after, limit } => prune::prune_history(deps, env, start_after, limit),
    }
}

/// cw20's queries and those of the past.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let now = env.block.time;
    let (storage, api) = (deps.storage, deps.api);
    match msg {
        QueryMsg::Balance { address } => json(ask::balance(deps, &address)?),
        QueryMsg::TokenInfo {} => json(ask::token_info(deps)?),
        QueryMsg::Minter {} => json(None::<MinterResponse>),
        QueryMsg::Allowance { owner, spender } => json(allowances::one(storage, api, &owner, &spender)?),
        QueryMsg::AllAllowances {
            owner,
            start_after,
            limit,
        } => json(allowances::of_owner(storage, api, &owner, start_after, limit)?),
        QueryMsg::AllSpenderAllowances {
            spender,
            start_after,
            limit,
        } => json(allowances::of_spender(storage, api, &spender, start_after, limit)?),
        QueryMsg::AllAccounts { start_after, limit } => json(ask::all_accounts(deps, start_after, limit)?),
        QueryMsg::MarketingInfo {} => json(marketing::info(storage, api)?),
        QueryMsg::DownloadLogo {} => json(marketing::logo(storage)?),
        QueryMsg::BalanceAt { address, day } => json(ask::balance_at(deps, now, &address, day)?),
        QueryMsg::TotalAt { day } => json(ask::total_at(deps, now, day)?),
        QueryMsg::LowestOn { address, day } => json(ask::lowest_on(deps, now, &address, day)?),
        QueryMsg::LowestOnMany { of } => json(ask::lowest_on_many(deps, now, of)?),
        QueryMsg::History {
            address,
            start_after,
            limit,
        } => json(ask::history(deps, &address, start_after, limit)?),
        QueryMsg::Config {} => json(ask::config(deps)?),
        QueryMsg::Paused {} => json(PausedResponse {
            paused: false,
            until: None,
        }),
    }
}

/// Takes over the state of the same or an older version.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: MigrateMsg) -> Result<Response, ContractError> {
    migration::migrate(deps)
}

fn json(answer: impl Serialize) -> Result<Binary, ContractError> {
    let binary: StdResult<Binary> = to_json_binary(&answer);
    Ok(binary?)
}
