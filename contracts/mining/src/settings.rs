//! Configuration and rules.

use crate::error::within;
use crate::events::{Event, Told};
use crate::rulebook::Rulebook;
use crate::rules::Rules;
use crate::state::{Core, Money, CORE, MONEY, RULES};
use crate::ContractError;
use cosmwasm_std::{Addr, DepsMut, QuerierWrapper, StdResult, Storage, Timestamp, Uint128};
use serde::{Deserialize, Serialize};
use vrs_access::valid_address;
use vrs_days::Clock;
use vrs_interface::mining::{ConfigResponse, InstantiateMsg, MethodBudget, Params};

/// Stores the configuration.
pub fn create(deps: DepsMut, msg: InstantiateMsg) -> Result<(), ContractError> {
    msg.clock.check()?;
    within("expiry_days", msg.expiry_days.into(), 180, 3_650)?;
    within("raise_delay_days", msg.raise_delay_days.into(), 1, 30)?;
    let core = Core {
        clock: msg.clock,
        oracle: valid_address(deps.api, &msg.oracle)?,
        identity: valid_address(deps.api, &msg.identity)?,
    };
    let money = Money {
        hp: valid_address(deps.api, &msg.hp)?,
        vrs: valid_address(deps.api, &msg.vrs)?,
        expiry_days: msg.expiry_days,
        raise_delay_days: msg.raise_delay_days,
    };
    for (contract, address) in [
        ("oracle", &core.oracle),
        ("identity", &core.identity),
        ("hp", &money.hp),
        ("vrs", &money.vrs),
    ] {
        same_clock(deps.querier, contract, address, &core.clock)?;
    }
    CORE.save(deps.storage, &core)?;
    MONEY.save(deps.storage, &money)?;
    RULES.save(deps.storage, &Rulebook::new(Rules::new(msg.params)?))?;
    Ok(())
}

/// What every contract with a clock answers to `{"config":{}}`, all else left aside.
#[derive(Deserialize)]
struct Clocked {
    clock: Clock,
}

/// The question to it.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Ask {
    Config {},
}

/// Refuses a contract that counts days otherwise.
fn same_clock(
    querier: QuerierWrapper,
    contract: &'static str,
    address: &Addr,
    expected: &Clock,
) -> Result<(), ContractError> {
    let Clocked { clock } = querier.query_wasm_smart(address, &Ask::Config {})?;
    if clock != *expected {
        return Err(ContractError::OtherClock {
            contract,
            address: address.clone(),
            expected: Box::new(expected.clone()),
            actual: Box::new(clock),
        });
    }
    Ok(())
}

/// Changes the rules from tomorrow on, or after the delay where something is raised.
pub fn set_params(
    storage: &mut dyn Storage,
    core: &Core,
    now: Timestamp,
    params: Params,
) -> Result<Told, ContractError> {
    let rules = Rules::new(params)?;
    let delay = MONEY.load(storage)?.raise_delay_days;
    let mut book = RULES.load(storage)?;
    let planned = book.plan(core.clock.day(now), delay, rules);
    RULES.save(storage, &book)?;
    Ok(Told::one(Event::ParamsSet(planned)))
}

/// Lowers a method's budget for all days that are not closed, planned rules included.
pub fn cut_budget(
    storage: &mut dyn Storage,
    core: &Core,
    now: Timestamp,
    budget: MethodBudget,
) -> Result<Told, ContractError> {
    let MethodBudget { method, hp, vrs } = budget;
    let mut book = RULES.load(storage)?;
    let (hp_today, vrs_today) = book.at(core.clock.day(now)).budget(method);
    for (field, today, actual) in [("hp", hp_today, hp), ("vrs", vrs_today, vrs)] {
        let today = Uint128::new(today);
        if actual > today {
            return Err(ContractError::NotACut {
                field,
                method,
                today,
                actual,
            });
        }
    }
    book.each(|rules| rules.cut(method, hp.u128(), vrs.u128()));
    RULES.save(storage, &book)?;
    Ok(Told::one(Event::BudgetCut { budget }))
}

/// Answers `config`.
pub fn config(storage: &dyn Storage, now: Timestamp) -> StdResult<ConfigResponse> {
    let (core, money, book) = (CORE.load(storage)?, MONEY.load(storage)?, RULES.load(storage)?);
    let today = core.clock.day(now);
    Ok(ConfigResponse {
        clock: core.clock,
        identity: core.identity,
        oracle: core.oracle,
        hp: money.hp,
        vrs: money.vrs,
        params: book.at(today).into(),
        planned: book.planned(today).map(|(from, rules)| (*from, rules.into())),
        expiry_days: money.expiry_days,
        raise_delay_days: money.raise_delay_days,
    })
}
