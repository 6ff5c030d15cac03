//! Entry points: match, validate, delegate.

use crate::events::Event;
use crate::execute::{addresses, claims, marks, register, Call};
use crate::state::CLOCK;
use crate::{migrate as migration, query as ask, ContractError};
use cosmwasm_std::{to_json_binary, Binary, Deps, DepsMut, Env, MessageInfo, Response};
use serde::Serialize;
use vrs_access::{no_coins, ACCESS};
use vrs_interface::identity::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

/// Name that the state carries (cw2).
pub const CONTRACT_NAME: &str = concat!("crates.io:", env!("CARGO_PKG_NAME"));
/// Version that the state carries (cw2).
pub const CONTRACT_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Creates the registry, without members.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn instantiate(
    mut deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    no_coins(&info)?;
    msg.clock.check()?;
    cw2::set_contract_version(deps.storage, CONTRACT_NAME, CONTRACT_VERSION)?;
    let owner = ACCESS.initialize(deps.branch(), &msg.owner)?;
    CLOCK.save(deps.storage, &msg.clock)?;
    Ok(Event::Created { owner }.into())
}

/// Lets in whom the message permits, then hands it to its handler.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    ACCESS.admit(deps.as_ref(), env.block.time, &info, msg.gate())?;
    let call = Call::new(deps.as_ref(), &env, info.sender)?;
    match msg {
        ExecuteMsg::Access(msg) => {
            let attributes = ACCESS.execute(deps, &env.block, &call.sender, msg)?;
            Ok(Event::Access { attributes }.into())
        }
        ExecuteMsg::Register { kind } => register::oneself(deps, &call, kind),
        ExecuteMsg::RegisterMembers { members } => register::others(deps, &call, members),
        ExecuteMsg::ProposeAddress { role, address } => addresses::propose(deps, &call, role, &address),
        ExecuteMsg::AcceptAddress { member } => addresses::accept(deps, &call, member),
        ExecuteMsg::AddClaim { member, claim } => claims::add(deps, &call, member, claim),
        ExecuteMsg::RevokeClaim { member, topic } => claims::revoke(deps, &call, member, topic),
        ExecuteMsg::SetLevel { member, level } => claims::set_level(deps, &call, member, level),
        ExecuteMsg::Mark {
            member,
            severity,
            reason,
            until,
            penalty,
        } => marks::mark(deps, &call, member, severity, reason, until, penalty),
        ExecuteMsg::LiftMark { member, mark } => marks::lift(deps, &call, member, mark),
        ExecuteMsg::Appeal { mark, statement } => marks::appeal(deps, &call, mark, &statement),
        ExecuteMsg::ResolveAppeal { member, mark, uphold } => marks::resolve(deps, &call, member, mark, uphold),
    }
}

/// Members as others see them, one by one or many at once.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    match msg {
        QueryMsg::Ownership {} => json(ACCESS.ownership(deps.storage)?),
        QueryMsg::Roles { start_after, limit } => json(ACCESS.roles(deps, start_after, limit)?),
        QueryMsg::Paused {} => json(ACCESS.paused(deps.storage, env.block.time)?),
        QueryMsg::Config {} => json(ask::config(deps)?),
        QueryMsg::Standings { members } => json(ask::standings(deps, &env, &members)?),
        QueryMsg::Payouts { members } => json(ask::payouts(deps, &members)?),
        QueryMsg::MemberOf { address } => json(ask::member_of(deps, &env, &address)?),
        QueryMsg::Member { member } => json(ask::member(deps, &env, member)?),
        QueryMsg::Members { start_after, limit } => json(ask::members(deps, &env, start_after, limit)?),
        QueryMsg::Claims { member } => json(ask::claims(deps, &env, member)?),
        QueryMsg::Marks {
            member,
            start_after,
            limit,
        } => json(ask::marks(deps, &env, member, start_after, limit)?),
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
