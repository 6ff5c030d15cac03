//! Answers.

use crate::account::{start_key, text, Account};
use crate::history::{lowest, opening, Window};
use crate::state::{supply_key, ACCOUNTS, CLOCK, KEPT, PAST, SUPPLY, TOKEN};
use crate::ContractError;
use cosmwasm_std::{Addr, Deps, Order, StdResult, Timestamp};
use cw20::{AllAccountsResponse, BalanceResponse, TokenInfoResponse};
use vrs_days::Day;
use vrs_interface::token::{ConfigResponse, HistoryEntry, HistoryResponse, LowestOnManyResponse, TotalAtResponse};
use vrs_table::page;

/// Most questions in one `lowest_on_many`.
pub const MAX_MANY: usize = 256;

/// Balance now; 0 for whoever never held anything.
pub fn balance(deps: Deps, address: &str) -> Result<BalanceResponse, ContractError> {
    let who = Account::named(deps.api, address)?.key;
    let held = ACCOUNTS.may_load(deps.storage, &who)?;
    Ok(BalanceResponse {
        balance: held.map_or(0, |held| held.balance).into(),
    })
}

/// Name, symbol, decimals, supply now.
pub fn token_info(deps: Deps) -> StdResult<TokenInfoResponse> {
    let token = TOKEN.load(deps.storage)?;
    Ok(TokenInfoResponse {
        name: token.name,
        symbol: token.symbol,
        decimals: token.decimals,
        total_supply: SUPPLY.load(deps.storage)?.balance.into(),
    })
}

/// A page of all accounts that ever held anything, in the order of their canonical bytes.
pub fn all_accounts(
    deps: Deps,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<AllAccountsResponse, ContractError> {
    let start = start_key(deps.api, start_after)?;
    let (entries, _) = ACCOUNTS.page(deps.storage, start, limit)?;
    let accounts = entries
        .into_iter()
        .map(|(who, _)| Ok(text(deps.api, who)?.into()))
        .collect::<StdResult<_>>()?;
    Ok(AllAccountsResponse { accounts })
}

/// Balance at the opening of a day.
pub fn balance_at(deps: Deps, now: Timestamp, address: &str, day: Day) -> Result<BalanceResponse, ContractError> {
    let who = Account::named(deps.api, address)?.key;
    let window = Window::load(deps.storage, now)?;
    Ok(BalanceResponse {
        balance: opening(deps.storage, &window, &who, day)?.into(),
    })
}

/// Supply at the opening of a day.
pub fn total_at(deps: Deps, now: Timestamp, day: Day) -> Result<TotalAtResponse, ContractError> {
    let window = Window::load(deps.storage, now)?;
    Ok(TotalAtResponse {
        total: opening(deps.storage, &window, &supply_key(), day)?.into(),
    })
}

/// Lowest balance during a past day.
pub fn lowest_on(deps: Deps, now: Timestamp, address: &str, day: Day) -> Result<BalanceResponse, ContractError> {
    let who = Account::named(deps.api, address)?.key;
    let window = Window::load(deps.storage, now)?;
    Ok(BalanceResponse {
        balance: lowest(deps.storage, &window, &who, day)?.into(),
    })
}

/// Lowest balances of many accounts, in the order asked.
pub fn lowest_on_many(deps: Deps, now: Timestamp, of: Vec<(Addr, Day)>) -> Result<LowestOnManyResponse, ContractError> {
    if of.len() > MAX_MANY {
        return Err(ContractError::TooMany {
            max: MAX_MANY,
            actual: of.len(),
        });
    }
    let window = Window::load(deps.storage, now)?;
    let lowest = of
        .into_iter()
        .map(|(address, day)| {
            let who = Account::named(deps.api, address.as_str())?.key;
            Ok(lowest(deps.storage, &window, &who, day)?.into())
        })
        .collect::<Result<_, ContractError>>()?;
    Ok(LowestOnManyResponse { lowest })
}

/// A page of an account's filed days.
pub fn history(
    deps: Deps,
    address: &str,
    start_after: Option<Day>,
    limit: Option<u32>,
) -> Result<HistoryResponse, ContractError> {
    let who = Account::named(deps.api, address)?.key;
    let limit = page(limit);
    let mut answer = HistoryResponse {
        entries: vec![],
        more: false,
    };
    let Some(from) = start_after.map_or(Some(0), |day| day.checked_add(1)) else {
        return Ok(answer);
    };
    let to = (who.clone(), Day::MAX);
    for entry in PAST.range(deps.storage, Some((who, from)), Some(to), Order::Ascending) {
        if answer.entries.len() == limit {
            answer.more = true;
            break;
        }
        let ((_, day), past) = entry?;
        answer.entries.push(HistoryEntry {
            day,
            lowest: past.lowest.into(),
            closing: past.closing.into(),
        });
    }
    Ok(answer)
}

/// Clock, days of history kept, supply at birth.
pub fn config(deps: Deps) -> StdResult<ConfigResponse> {
    Ok(ConfigResponse {
        clock: CLOCK.load(deps.storage)?,
        history_days: KEPT.load(deps.storage)?.history_days,
        supply_at_birth: TOKEN.load(deps.storage)?.supply_at_birth.into(),
    })
}
