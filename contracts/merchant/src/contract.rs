//! Entry points: match, validate, delegate.

use crate::buffer::Buffer;
use crate::error::ContractError;
use crate::events::{Event, RateKind};
use crate::intake::{self, Desk};
use crate::outside::Addresses;
use crate::state::{Setup, SETUP};
use crate::{claim, close, costs, fund, migrate as migration, prune, query as ask, settings, takeback};
use cosmwasm_std::{
    to_json_binary, Addr, Api, Binary, CosmosMsg, Deps, DepsMut, Env, MessageInfo, QuerierWrapper, Response, Storage,
    Timestamp,
};
use vrs_access::{no_coins, ACCESS};
use vrs_interface::attested::Delivery;
use vrs_interface::merchant::{ExecuteMsg, InstantiateMsg, MigrateMsg, PruneWhat, QueryMsg};

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
    ACCESS.initialize(deps.branch(), &msg.owner)?;
    let born = settings::instantiate(deps.storage, deps.api, deps.querier, msg)?;
    Ok(Response::new().add_event(born))
}

/// Intake, claims, take-backs and administration; the permission of each stands with the messages.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Result<Response, ContractError> {
    ACCESS.admit(deps.as_ref(), env.block.time, &info, msg.gate())?;
    if let ExecuteMsg::Access(msg) = msg {
        let attributes = ACCESS.execute(deps, &env.block, &info.sender, msg)?;
        return Ok(Response::new().add_event(Event::Access(attributes)));
    }
    let mut buffer = Buffer::new(deps.storage);
    let mut frame = Frame::open(&mut buffer, deps.api, env.block.time, &info.sender, &msg)?;
    let done = match msg {
        ExecuteMsg::Attested { deliveries } => {
            // Its many records are kept in a ledger of its own.
            let changes = buffer.into_changes();
            changes.apply(deps.storage);
            attested(deps.storage, deps.querier, &frame, deliveries)?
        }
        msg => {
            let done = handle(&mut buffer, deps.querier, &mut frame, &info.sender, msg)?;
            let changes = buffer.into_changes();
            changes.apply(deps.storage);
            done
        }
    };
    Ok(respond(frame.closed, done))
}

/// What every message but those of roles and pausing begins with.
struct Frame {
    setup: Setup,
    addresses: Addresses,
    now: Timestamp,
    /// Days that were due to be closed.
    closed: Vec<Event>,
}

impl Frame {
    fn open(
        storage: &mut dyn Storage,
        api: &dyn Api,
        now: Timestamp,
        sender: &Addr,
        msg: &ExecuteMsg,
    ) -> Result<Self, ContractError> {
        let setup = SETUP.load(storage)?;
        let addresses = setup.addresses(api)?;
        match msg {
            ExecuteMsg::Attested { .. } => only(sender, &addresses.oracle)?,
            ExecuteMsg::Receive(_) => only(sender, &addresses.bzky)?,
            // While claims are stopped no reward may expire.
            ExecuteMsg::Prune {
                what: PruneWhat::Merchants { .. } | PruneWhat::Customers { .. },
                ..
            } => ACCESS.not_paused(storage, now)?,
            _ => {}
        }
        // Whatever changes a budget, funding included, counts for the days that time has not closed yet.
        let closed = close::close_through(storage, &setup, setup.clock.last_closed(now))?;
        Ok(Frame {
            setup,
            addresses,
            now,
            closed,
        })
    }
}

/// What a message did.
#[derive(Default)]
struct Done {
    events: Vec<Event>,
    messages: Vec<CosmosMsg>,
    data: Option<Binary>,
}

impl From<Event> for Done {
    fn from(event: Event) -> Self {
        Done::from(vec![event])
    }
}

impl From<Vec<Event>> for Done {
    fn from(events: Vec<Event>) -> Self {
        Done {
            events,
            ..Done::default()
        }
    }
}

impl From<(Vec<Event>, Vec<CosmosMsg>)> for Done {
    fn from((events, messages): (Vec<Event>, Vec<CosmosMsg>)) -> Self {
        Done {
            events,
            messages,
            data: None,
        }
    }
}

fn attested(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    frame: &Frame,
    deliveries: Vec<Delivery>,
) -> Result<Done, ContractError> {
    let desk = Desk {
        addresses: &frame.addresses,
        setup: &frame.setup,
        now: frame.now,
    };
    let (events, response) = intake::attested(storage, querier, &desk, deliveries)?;
    Ok(Done {
        events,
        data: Some(to_json_binary(&response)?),
        ..Done::default()
    })
}

fn handle(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    frame: &mut Frame,
    sender: &Addr,
    msg: ExecuteMsg,
) -> Result<Done, ContractError> {
    let Frame {
        setup, addresses, now, ..
    } = frame;
    let now = *now;
    Ok(match msg {
        // Dealt with before.
        ExecuteMsg::Access(_) | ExecuteMsg::Attested { .. } => Done::default(),
        ExecuteMsg::Receive(msg) => fund::receive(storage, msg)?.into(),
        ExecuteMsg::FundTime { amount } => fund::fund_time(storage, addresses, setup, now, amount)?.into(),
        ExecuteMsg::SetProfiles { profiles } => costs::set_profiles(storage, setup, now, profiles)?.into(),
        ExecuteMsg::SetDistricts { rates } => costs::set_rates(storage, setup, now, RateKind::District, rates)?.into(),
        ExecuteMsg::SetTrades { rates } => costs::set_rates(storage, setup, now, RateKind::Trade, rates)?.into(),
        ExecuteMsg::SetParams { params } => settings::set_params(storage, setup, now, params)?.into(),
        ExecuteMsg::CutBudget { side, budget } => settings::cut_budget(storage, setup, now, side, budget)?.into(),
        ExecuteMsg::Refill { side, amount } => fund::refill(storage, side, amount)?.into(),
        ExecuteMsg::Claim {} => claim::claim(storage, querier, addresses, setup, now, sender)?.into(),
        ExecuteMsg::ClaimFor { side, members } => {
            claim::claim_for(storage, querier, addresses, setup, now, side, members)?.into()
        }
        ExecuteMsg::TakeBack {
            merchant,
            day,
            customers,
        } => takeback::take_back(storage, setup, now, merchant, day, customers)?.into(),
        ExecuteMsg::Prune { what, limit } => prune::prune(storage, setup, now, what, limit)?.into(),
    })
}

fn respond(closed: Vec<Event>, done: Done) -> Response {
    let mut response = Response::new()
        .add_messages(done.messages)
        .add_events(closed.into_iter().chain(done.events));
    response.data = done.data;
    response
}

fn only(actual: &Addr, expected: &Addr) -> Result<(), ContractError> {
    if actual != expected {
        return Err(ContractError::WrongSender {
            expected: expected.clone(),
            actual: actual.clone(),
        });
    }
    Ok(())
}

/// Answers as if every day that is due had been closed already.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    match msg {
        QueryMsg::Ownership {} => ask::json(ACCESS.ownership(deps.storage)?),
        QueryMsg::Roles { start_after, limit } => ask::json(ACCESS.roles(deps, start_after, limit)?),
        QueryMsg::Paused {} => ask::json(ACCESS.paused(deps.storage, env.block.time)?),
        QueryMsg::Config {} => ask::json(ask::config(deps, &env)?),
        QueryMsg::Pools {} => ask::json(ask::pools(deps, &env)?),
        QueryMsg::Day { day } => ask::json(ask::day(deps, &env, day)?),
        QueryMsg::Days { start_after, limit } => ask::json(ask::days(deps, &env, start_after, limit)?),
        QueryMsg::MerchantDay { merchant, day } => ask::json(ask::merchant_day(deps, &env, merchant, day)?),
        QueryMsg::MerchantDays {
            merchant,
            start_after,
            limit,
        } => ask::json(ask::merchant_days(deps, &env, merchant, start_after, limit)?),
        QueryMsg::CustomerDays {
            customer,
            start_after,
            limit,
        } => ask::json(ask::customer_days(deps, &env, customer, start_after, limit)?),
        QueryMsg::Visits {
            customer,
            start_after,
            limit,
        } => ask::json(ask::visits(deps, customer, start_after, limit)?),
        QueryMsg::Profile { merchant, day } => ask::json(ask::profile(deps, &env, merchant, day)?),
        QueryMsg::SimulateClaim { side, member } => ask::json(ask::simulate_claim(deps, &env, side, member)?),
    }
}

/// Takes over the state of the same or an older version.
#[cfg_attr(not(feature = "library"), cosmwasm_std::entry_point)]
pub fn migrate(deps: DepsMut, _env: Env, _msg: MigrateMsg) -> Result<Response, ContractError> {
    migration::migrate(deps)
}
