//! What can be asked.

use crate::balances::{account, held};
use crate::budget::{book, Room};
use crate::state::{self, sums, Config, Issuer, ACCEPTORS, BALANCES, CONFIG, ISSUERS, LABEL};
use crate::ContractError;
use cosmwasm_std::{Addr, Deps, Timestamp, Uint128};
use cw20::{AllAccountsResponse, AllowanceResponse, BalanceResponse, Expiration, TokenInfoResponse};
use vrs_access::ACCESS;
use vrs_days::Day;
use vrs_interface::points::{AcceptorsResponse, ConfigResponse, IssuerResponse, IssuersResponse};
use vrs_table::AccountKey;

/// Configuration and sums.
pub fn config(deps: Deps) -> Result<ConfigResponse, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let sums = sums(deps.storage)?;
    Ok(ConfigResponse {
        clock: config.clock,
        identity: config.identity,
        max_supply: config.max_supply.map(Uint128::new),
        verified_only: config.verified_only,
        raise_delay_days: config.raise_delay_days,
        reserved: sums.reserved.into(),
        minted: sums.minted.into(),
        burned: sums.burned.into(),
    })
}

/// What an account holds.
pub fn balance(deps: Deps, address: &str) -> Result<BalanceResponse, ContractError> {
    let (_, key) = account(deps.api, address)?;
    Ok(BalanceResponse {
        balance: held(deps.storage, &key)?.into(),
    })
}

/// Name, symbol, decimals, points out.
pub fn token_info(deps: Deps) -> Result<TokenInfoResponse, ContractError> {
    let label = LABEL.load(deps.storage)?;
    Ok(TokenInfoResponse {
        name: label.name,
        symbol: label.symbol,
        decimals: label.decimals,
        total_supply: sums(deps.storage)?.out().into(),
    })
}

/// Nothing: points know no allowances.
pub fn allowance(deps: Deps, owner: &str, spender: &str) -> Result<AllowanceResponse, ContractError> {
    account(deps.api, owner)?;
    account(deps.api, spender)?;
    Ok(AllowanceResponse {
        allowance: Uint128::zero(),
        expires: Expiration::Never {},
    })
}

/// A page of accounts that hold points, in the order of canonical bytes.
pub fn all_accounts(
    deps: Deps,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<AllAccountsResponse, ContractError> {
    let (entries, _) = BALANCES.page(deps.storage, start(deps, start_after)?, limit)?;
    let accounts: Result<_, ContractError> = entries
        .into_iter()
        .map(|(key, _)| Ok(humanize(deps, key)?.into_string()))
        .collect();
    Ok(AllAccountsResponse { accounts: accounts? })
}

/// An issuer's limit for a day and what of it is used.
pub fn issuer(deps: Deps, now: Timestamp, address: &str, day: Day) -> Result<IssuerResponse, ContractError> {
    let (address, key) = account(deps.api, address)?;
    let issuer = state::issuer(deps.storage, &key, &address)?;
    let config = CONFIG.load(deps.storage)?;
    describe(deps, &config, now, address, &key, &issuer, day)
}

/// A page of issuers as of today.
pub fn issuers(
    deps: Deps,
    now: Timestamp,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<IssuersResponse, ContractError> {
    let config = CONFIG.load(deps.storage)?;
    let today = config.clock.day(now);
    let (entries, more) = ISSUERS.page(deps.storage, start(deps, start_after)?, limit)?;
    let mut issuers = Vec::with_capacity(entries.len());
    for (key, issuer) in entries {
        let address = humanize(deps, key.clone())?;
        issuers.push(describe(deps, &config, now, address, &key, &issuer, today)?);
    }
    Ok(IssuersResponse { issuers, more })
}

fn describe(
    deps: Deps,
    config: &Config,
    now: Timestamp,
    address: Addr,
    key: &AccountKey,
    issuer: &Issuer,
    day: Day,
) -> Result<IssuerResponse, ContractError> {
    let today = config.clock.day(now);
    let book = book(deps.storage, key)?;
    let room = Room::of(deps.storage, config, issuer, &book, day)?;
    let open = (1..=today).contains(&day) && room.days.is_ok() && !ACCESS.is_paused(deps.storage, now)?;
    Ok(IssuerResponse {
        issuer: address,
        limit: room.limit.told(),
        planned: issuer.limits.planned(today).map(|(from, limit)| (from, limit.told())),
        used_in_window: room.days.map_or(0, |days| days.used).into(),
        used_in_total: book.used().into(),
        reserved: book.reserved.into(),
        minted: book.minted.into(),
        available: if open { room.least() } else { 0 }.into(),
    })
}

/// A page of acceptors.
pub fn acceptors(
    deps: Deps,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<AcceptorsResponse, ContractError> {
    let (entries, more) = ACCEPTORS.page(deps.storage, start(deps, start_after)?, limit)?;
    let acceptors: Result<_, _> = entries.into_iter().map(|(key, _)| humanize(deps, key)).collect();
    Ok(AcceptorsResponse {
        acceptors: acceptors?,
        more,
    })
}

fn start(deps: Deps, start_after: Option<String>) -> Result<Option<AccountKey>, ContractError> {
    let key = |text: String| account(deps.api, &text).map(|(_, key)| key);
    start_after.map(key).transpose()
}

fn humanize(deps: Deps, key: AccountKey) -> Result<Addr, ContractError> {
    Ok(deps.api.addr_humanize(&key.into())?)
}
