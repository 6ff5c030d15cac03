//! Birth: the whole supply is allotted, nobody can mint later.

use crate::account::Account;
use crate::state::{Holding, Kept, Token, ACCOUNTS, CLOCK, KEPT, SUPPLY, TOKEN};
use crate::{marketing, ContractError};
use cosmwasm_std::{DepsMut, Env, Response, StdError, Uint128};
use vrs_days::Day;
use vrs_interface::token::{Allocation, InstantiateMsg};
use vrs_message::bounds::text;

const MAX_ALLOCATIONS: usize = 100;
const MAX_DECIMALS: u8 = 18;
const MIN_HISTORY_DAYS: u32 = 180;
const MAX_HISTORY_DAYS: u32 = 3_650;

/// Creates the token and allots its supply.
pub fn instantiate(mut deps: DepsMut, env: Env, msg: InstantiateMsg) -> Result<Response, ContractError> {
    check_names(&msg)?;
    msg.clock.check()?;
    if !(MIN_HISTORY_DAYS..=MAX_HISTORY_DAYS).contains(&msg.history_days) {
        return Err(ContractError::InvalidHistoryDays {
            min: MIN_HISTORY_DAYS,
            max: MAX_HISTORY_DAYS,
            actual: msg.history_days,
        });
    }
    let today = msg.clock.day(env.block.time);
    allot(deps.branch(), today, msg.supply, &msg.allocations)?;
    CLOCK.save(deps.storage, &msg.clock)?;
    let kept = Kept {
        history_days: msg.history_days,
        complete_from: 0,
    };
    KEPT.save(deps.storage, &kept)?;
    let token = Token {
        name: msg.name,
        symbol: msg.symbol,
        decimals: msg.decimals,
        supply_at_birth: msg.supply.u128(),
    };
    TOKEN.save(deps.storage, &token)?;
    if let Some(marketing) = msg.marketing {
        marketing::initialize(deps, marketing)?;
    }
    Ok(Response::new())
}

/// Gives each account its share. Nobody held anything before, so the day's lowest is 0 for all.
fn allot(deps: DepsMut, today: Day, supply: Uint128, allocations: &[Allocation]) -> Result<(), ContractError> {
    if allocations.is_empty() || allocations.len() > MAX_ALLOCATIONS {
        return Err(ContractError::AllocationCount {
            max: MAX_ALLOCATIONS,
            actual: allocations.len(),
        });
    }
    let mut allotted = Uint128::zero();
    for Allocation { account, amount } in allocations {
        let holder = Account::named(deps.api, account)?.key;
        if amount.is_zero() {
            return Err(ContractError::ZeroAmount {});
        }
        if ACCOUNTS.has(deps.storage, &holder) {
            return Err(ContractError::DuplicateAllocation {
                account: account.clone(),
            });
        }
        allotted = allotted.checked_add(*amount).map_err(StdError::from)?;
        ACCOUNTS.save(deps.storage, &holder, &born(today, *amount))?;
    }
    if allotted != supply {
        return Err(ContractError::SupplyMismatch { supply, allotted });
    }
    Ok(SUPPLY.save(deps.storage, &born(today, supply))?)
}

fn born(today: Day, amount: Uint128) -> Holding {
    Holding {
        balance: amount.u128(),
        day: today,
        lowest: 0,
    }
}

fn check_names(msg: &InstantiateMsg) -> Result<(), ContractError> {
    text("name", &msg.name, 3, 50)?;
    let sound = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !(3..=12).contains(&msg.symbol.len()) || !msg.symbol.chars().all(sound) {
        return Err(ContractError::InvalidSymbol {
            actual: msg.symbol.clone(),
        });
    }
    if msg.decimals > MAX_DECIMALS {
        return Err(ContractError::InvalidDecimals {
            max: MAX_DECIMALS,
            actual: msg.decimals,
        });
    }
    Ok(())
}
