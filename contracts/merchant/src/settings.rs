//! Birth, and changes of the rules.

use crate::error::ContractError;
use crate::events::Event;
use crate::outside::Addresses;
use crate::rules::{within, BudgetRule, Rules};
use crate::state::{Setup, SETUP};
use cosmwasm_std::{Addr, Api, QuerierWrapper, StdError, StdResult, Storage, Timestamp};
use serde::{Deserialize, Serialize};
use vrs_access::valid_address;
use vrs_days::{Clock, Day, Schedule};
use vrs_interface::merchant::{Budget, ConfigResponse, InstantiateMsg, Params, Side};

/// Stores what the contract is born with; the owner is set by the caller.
pub fn instantiate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    querier: QuerierWrapper,
    msg: InstantiateMsg,
) -> Result<Event, ContractError> {
    msg.clock.check()?;
    within("horizon_days", u64::from(msg.horizon_days), 30, 366)?;
    within("expiry_days", u64::from(msg.expiry_days), 180, 3_650)?;
    within("raise_delay_days", u64::from(msg.raise_delay_days), 1, 30)?;
    let rules = Rules::new(msg.params)?;
    let bytes = |contract: &'static str, address: &str| -> Result<Vec<u8>, ContractError> {
        let address = valid_address(api, address)?;
        same_clock(querier, contract, &address, &msg.clock)?;
        Ok(api.addr_canonicalize(address.as_str())?.into())
    };
    let contracts = [
        bytes("identity", &msg.identity)?,
        bytes("oracle", &msg.oracle)?,
        bytes("bzky", &msg.bzky)?,
        bytes("time", &msg.time)?,
    ];
    let setup = Setup {
        clock: msg.clock,
        contracts,
        horizon_days: msg.horizon_days,
        expiry_days: msg.expiry_days,
        raise_delay_days: msg.raise_delay_days,
        rules: Schedule::new(rules),
    };
    SETUP.save(storage, &setup)?;
    Ok(Event::Created {
        owner: msg.owner,
        identity: msg.identity,
        oracle: msg.oracle,
        bzky: msg.bzky,
        time: msg.time,
    })
}

/// Refuses a contract that counts days otherwise: all hold one clock.
fn same_clock(
    querier: QuerierWrapper,
    contract: &'static str,
    address: &Addr,
    expected: &Clock,
) -> Result<(), ContractError> {
    /// Of any contract's configuration.
    #[derive(Deserialize)]
    struct Clocked {
        clock: Clock,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Ask {
        Config {},
    }
    let Clocked { clock } = querier.query_wasm_smart(address, &Ask::Config {})?;
    if clock != *expected {
        return Err(ContractError::OtherClock {
            contract,
            expected: Box::new(expected.clone()),
            actual: Box::new(clock),
        });
    }
    Ok(())
}

/// Changes the rules from tomorrow on, or after the delay where [`Rules::waits`] says so. One change
/// waits at a time: what was planned before is dropped. The days that are due were closed before.
pub fn set_params(
    storage: &mut dyn Storage,
    setup: &mut Setup,
    now: Timestamp,
    params: Params,
) -> Result<Event, ContractError> {
    let rules = Rules::new(params)?;
    let today = setup.clock.day(now);
    let waits = rules.waits(setup.rules(today)?);
    let wait = if waits { setup.raise_delay_days } else { 1 };
    let from = today.saturating_add(wait);
    let versions = setup.rules.versions();
    let dropped = versions.iter().map(|(first, _)| *first).find(|first| *first > today);
    let mut versions: Vec<(Day, Rules)> = versions.iter().filter(|(first, _)| *first <= today).cloned().collect();
    versions.push((from, rules));
    setup.rules = schedule(today, versions)?;
    SETUP.save(storage, setup)?;
    Ok(Event::ParamsSet { from, dropped })
}

/// A schedule of these versions, ascending. There are at most three that matter from yesterday on,
/// so that none in force is ever pushed out.
fn schedule(today: Day, versions: Vec<(Day, Rules)>) -> StdResult<Schedule<Rules>> {
    let mut versions = versions.into_iter();
    let (first, rules) = versions.next().ok_or_else(|| StdError::not_found("rules"))?;
    let mut schedule = Schedule::starting(first, rules);
    for (from, rules) in versions {
        schedule.set(today, from, rules);
    }
    Ok(schedule)
}

/// Lowers a budget for all days that are not closed, planned rules included.
pub fn cut_budget(
    storage: &mut dyn Storage,
    setup: &mut Setup,
    now: Timestamp,
    side: Side,
    budget: Budget,
) -> Result<Event, ContractError> {
    let cut = BudgetRule::new(budget)?;
    let today = setup.clock.day(now);
    let in_force = *setup.rules(today)?.budget(side);
    let lower = |field, actual: u128, today: u128| {
        if actual > today {
            return Err(ContractError::NotACut { field, today, actual });
        }
        Ok(())
    };
    lower("per_head", cut.per_head, in_force.per_head)?;
    lower("max", cut.max, in_force.max)?;
    lower("per_window", cut.per_window, in_force.per_window)?;
    if cut.window_days < in_force.window_days {
        return Err(ContractError::NotACut {
            field: "window_days",
            today: in_force.window_days.into(),
            actual: cut.window_days.into(),
        });
    }
    let versions = setup.rules.versions().iter();
    let versions = versions.map(|(from, rules)| (*from, rules.cut(side, &cut))).collect();
    setup.rules = schedule(today, versions)?;
    SETUP.save(storage, setup)?;
    Ok(Event::BudgetCut { side, budget })
}

/// Answers `config`.
pub fn config(setup: &Setup, addresses: Addresses, now: Timestamp) -> StdResult<ConfigResponse> {
    let today = setup.clock.day(now);
    let planned = setup.rules.versions().iter().find(|(from, _)| *from > today);
    Ok(ConfigResponse {
        clock: setup.clock.clone(),
        identity: addresses.identity,
        oracle: addresses.oracle,
        bzky: addresses.bzky,
        time: addresses.time,
        params: setup.rules(today)?.into(),
        planned: planned.map(|(from, rules)| (*from, rules.into())),
        horizon_days: setup.horizon_days,
        expiry_days: setup.expiry_days,
        raise_delay_days: setup.raise_delay_days,
    })
}
