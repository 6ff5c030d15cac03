//! Entry points: match, validate, delegate.

use crate::events::{Event, Told};
use crate::state::CORE;
use crate::{
    claim, close, fund, intake, migrate as migration, products, prune, query as ask, settings, take_back, ContractError,
};
use cosmwasm_std::{to_json_binary, Binary, Deps, DepsMut, Env, MessageInfo, Response};
use serde::Serialize;
use vrs_access::{no_coins, ACCESS};
use vrs_interface::mining::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

/// Name that the state carries (cw2).
pub const CONTRACT_NAME: &str = concat!("crates.io:", env!("CARGO_PKG_NAME"));
/// Version that the state carries (cw2).
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Creates the contract with empty pools.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn instantiate(
    mut deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    no_coins(&info)?;
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    let owner = ACCESS.initialize(deps.branch(), &msg.owner)?;
    settings::create(deps, msg)?;
    Ok(Told::one(Event::Created { owner }).into())
}

/// Lets in whom the message permits, closes the days that time has closed, then hands the message to its
/// handler.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    ACCESS.admit(deps.as_ref(), env.block.time, &info, msg.gate())?;
    let (now, sender) = (env.block.time, info.sender);
    let (querier, storage) = (deps.querier, &mut *deps.storage);
    let core = CORE.load(storage)?;
    let closed = match msg {
        // Emergencies wait for nothing.
        ExecuteMsg::Access(_) => Told::default(),
        _ => close::due(storage, &core, now)?,
    };
    let done = match msg {
        ExecuteMsg::Access(msg) => {
            let attributes = ACCESS.execute(deps, &env.block, &sender, msg)?;
            Told::one(Event::Access { attributes })
        }
        ExecuteMsg::Attested { deliveries } => intake::attested(storage, querier, &core, now, &sender, deliveries)?,
        ExecuteMsg::Receive(msg) => fund::receive(storage, &sender, msg)?,
        ExecuteMsg::FundHp { amount } => fund::hp(storage, &core, now, amount)?,
        ExecuteMsg::SetProducts { products } => products::set(storage, &core, now, products)?,
        ExecuteMsg::SetParams { params } => settings::set_params(storage, &core, now, params)?,
        ExecuteMsg::CutBudget { budget } => settings::cut_budget(storage, &core, now, budget)?,
        ExecuteMsg::Refill { pool, amount } => fund::refill(storage, pool, amount)?,
        ExecuteMsg::Claim {} => claim::own(storage, querier, &core, now, &sender)?,
        ExecuteMsg::ClaimFor { members } => claim::for_members(storage, querier, &core, now, members)?,
        ExecuteMsg::TakeBack { account, day, methods } => {
            take_back::take_back(storage, &core, now, account, day, &methods)?
        }
        ExecuteMsg::Prune { what, limit } => prune::prune(storage, &core, now, what, limit)?,
    };
    Ok(closed.then(done).into())
}

/// Answers as if every day that time has closed were closed in storage.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let (now, storage) = (env.block.time, deps.storage);
    match msg {
        QueryMsg::Ownership {} => json(ACCESS.ownership(storage)?),
        QueryMsg::Roles { start_after, limit } => json(ACCESS.roles(deps, start_after, limit)?),
        QueryMsg::Paused {} => json(ACCESS.paused(storage, now)?),
        QueryMsg::Config {} => json(settings::config(storage, now)?),
        QueryMsg::Pools {} => json(ask::pools(storage, now)?),
        QueryMsg::Day { day } => json(ask::day(storage, now, day)?),
        QueryMsg::Days { start_after, limit } => json(ask::days(storage, now, start_after, limit)?),
        QueryMsg::Scores {
            account,
            start_after,
            limit,
        } => json(ask::scores(storage, now, account, start_after, limit)?),
        QueryMsg::Readings {
            account,
            start_after,
            limit,
        } => json(ask::readings(storage, account, start_after, limit)?),
        QueryMsg::Products { start_after, limit } => json(products::list(storage, now, start_after, limit)?),
        QueryMsg::SimulateClaim { member } => json(ask::simulate_claim(storage, now, member)?),
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
