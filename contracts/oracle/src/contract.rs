//! Entry points: match, validate, delegate.

use crate::error::within;
use crate::events::Event;
use crate::state::{Config, CONFIG};
use crate::{devices, feeds, migrate as migration, prune, query as ask, settings, submit, ContractError};
use cosmwasm_std::{to_json_binary, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Reply, Response, StdResult};
use serde::Serialize;
use vrs_access::{no_coins, ACCESS};
use vrs_interface::oracle::{ExecuteMsg, InstantiateMsg, QueryMsg};

/// Name that the state carries (cw2).
pub const CONTRACT_NAME: &str = concat!("crates.io:", env!("CARGO_PKG_NAME"));
/// Version that the state carries (cw2).
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Creates the oracle, without devices.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn instantiate(
    mut deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    no_coins(&info)?;
    msg.clock.check()?;
    within("history_days", msg.history_days.into(), 180, 3_650)?;
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    let owner = ACCESS.initialize(deps.branch(), &msg.owner)?;
    let config = Config {
        clock: msg.clock,
        history_days: msg.history_days,
    };
    CONFIG.save(deps.storage, &config)?;
    let event = Event::Instantiate {
        owner,
        history_days: msg.history_days,
    };
    Ok(Response::new().add_event(event))
}

/// Requires the message's declared permission, then does it.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    ACCESS.admit(deps.as_ref(), env.block.time, &info, msg.gate())?;
    let sender = info.sender;
    match msg {
        ExecuteMsg::Access(msg) => {
            let attributes = ACCESS.execute(deps, &env.block, &sender, msg)?;
            Ok(Response::new().add_event(Event::Access(attributes)))
        }
        ExecuteMsg::RegisterDevices { devices: new } => devices::register(deps, new),
        ExecuteMsg::RotateKey { device, key, from } => devices::rotate_key(deps, env, sender, device, key, from),
        ExecuteMsg::RevokeDevice { device } => devices::revoke(deps, sender, device),
        ExecuteMsg::SetCaps { device, caps } => devices::set_caps(deps, env, device, caps),
        ExecuteMsg::SetConsumer { kind, contract } => settings::set_consumer(deps, kind, contract),
        ExecuteMsg::SetFeed { symbol, name, params } => settings::set_feed(deps, symbol, name, params),
        ExecuteMsg::SetFeedSource { symbol, device, feeds } => settings::set_feed_source(deps, symbol, device, feeds),
        ExecuteMsg::SubmitBatches { batches } => submit::submit(deps, env, batches),
        ExecuteMsg::Prune { start_after, limit } => prune::prune(deps, env, start_after, limit),
    }
}

/// A consumer has taken its batches.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn reply(deps: DepsMut, _env: Env, reply: Reply) -> Result<Response, ContractError> {
    match reply.id {
        submit::REPLY_ATTESTED => submit::attested(deps, reply),
        actual => Err(ContractError::UnknownReply {
            expected: submit::REPLY_ATTESTED,
            actual,
        }),
    }
}

/// Devices, keys, batches, prices.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let storage = deps.storage;
    match msg {
        QueryMsg::Ownership {} => json(ACCESS.ownership(storage)?),
        QueryMsg::Roles { start_after, limit } => json(ACCESS.roles(deps, start_after, limit)?),
        QueryMsg::Paused {} => json(ACCESS.paused(storage, env.block.time)?),
        QueryMsg::Config {} => json(ask::config(deps, env)?),
        QueryMsg::Device { device } => json(ask::device(deps, env, device)?),
        QueryMsg::Devices { start_after, limit } => json(ask::devices(deps, env, start_after, limit)?),
        QueryMsg::KeyAt { device, day } => json(ask::key_at(deps, device, day)?),
        QueryMsg::Batch { device, sequence } => json(ask::batch(deps, device, sequence)?),
        QueryMsg::Batches {
            device,
            start_after,
            limit,
        } => json(ask::batches(deps, device, start_after, limit)?),
        QueryMsg::Price { symbol } => json(feeds::price(storage, env.block.time.seconds(), symbol)?),
        QueryMsg::Feeds { start_after, limit } => json(feeds::feeds(storage, start_after, limit)?),
    }
}

/// Takes over the state of the same or an older version.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: Empty) -> Result<Response, ContractError> {
    migration::migrate(deps)
}

fn json(answer: impl Serialize) -> Result<Binary, ContractError> {
    let binary: StdResult<Binary> = to_json_binary(&answer);
    Ok(binary?)
}
