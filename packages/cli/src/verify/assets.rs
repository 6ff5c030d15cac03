//! Whether tokens and points add up, and back what the pools promise.

use super::names::Names;
use super::tally::{holds, same, Tally};
use crate::chain::{Chain, Name};
use crate::failure::Difference;
use anyhow::{bail, Result};
use cosmwasm_std::{Addr, Uint128};
use cw20::{AllAccountsResponse, BalanceResponse, TokenInfoResponse};
use serde::Serialize;
use std::collections::BTreeMap;
use vrs_interface::points::{self, IssuerResponse, IssuersResponse};
use vrs_interface::settlement::Pool;
use vrs_interface::token;

/// Accounts of a page.
const PAGE: u32 = 200;

/// The part of cw20's queries that tokens and points share.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Ask<'a> {
    TokenInfo {},
    Balance { address: &'a str },
    AllAccounts { start_after: Option<&'a str>, limit: u32 },
}

/// The balances of all accounts, as queries answer them.
pub fn all_balances(chain: &Chain, name: Name) -> Result<BTreeMap<String, u128>> {
    let mut balances = BTreeMap::new();
    let mut last: Option<String> = None;
    loop {
        let page: AllAccountsResponse = chain.query(
            name,
            &Ask::AllAccounts {
                start_after: last.as_deref(),
                limit: PAGE,
            },
        )?;
        for address in &page.accounts {
            let answer: BalanceResponse = chain.query(name, &Ask::Balance { address })?;
            if balances.insert(address.clone(), answer.balance.u128()).is_some() {
                bail!("{name}: account {address} is listed twice");
            }
        }
        if page.accounts.len() < PAGE as usize {
            return Ok(balances);
        }
        last = page.accounts.last().cloned();
    }
}

/// Compares the balances of all accounts with the supply, and answers their sum.
fn balances(chain: &Chain, name: Name, tally: &mut Tally) -> Result<u128> {
    let balances = all_balances(chain, name)?;
    let sum = balances.values().fold(0u128, |sum, more| sum.saturating_add(*more));
    tally.count("balances", balances.len() as u64);
    let info: TokenInfoResponse = chain.query(name, &Ask::TokenInfo {})?;
    same(
        || format!("sum of all balances of {name}"),
        info.total_supply.u128(),
        sum,
    )?;
    Ok(sum)
}

/// Tokens: all balances are the supply, never above that of their birth.
pub fn tokens(chain: &Chain, names: &Names, tally: &mut Tally) -> Result<()> {
    for name in [Name::Vrs, Name::Mvc, Name::Bzky] {
        let sum = balances(chain, name, tally)?;
        let config: token::ConfigResponse = chain.query(name, &token::QueryMsg::Config {})?;
        let birth = config.supply_at_birth.u128();
        let most = format!("at most {birth}");
        holds(|| format!("supply of {name}"), sum <= birth, most, sum)?;
        same_clock(name, &config.clock, names)?;
        tally.count("tokens and points", 1);
    }
    Ok(())
}

/// Points: all balances are what was minted less what was burned, and each issuer's books add up.
pub fn points(chain: &Chain, names: &Names, tally: &mut Tally) -> Result<()> {
    for name in [Name::Hp, Name::Time, Name::Mvp] {
        let sum = balances(chain, name, tally)?;
        let config: points::ConfigResponse = chain.query(name, &points::QueryMsg::Config {})?;
        let out = config.minted.checked_sub(config.burned).unwrap_or_default();
        same(|| format!("points of {name} that are out"), out.u128(), sum)?;
        let issuers = issuers(chain, name)?;
        let total = |figure: fn(&IssuerResponse) -> Uint128| -> u128 { issuers.iter().map(|i| figure(i).u128()).sum() };
        let minted = total(|issuer| issuer.minted);
        same(
            || format!("sum of what issuers of {name} minted"),
            minted,
            config.minted.u128(),
        )?;
        let reserved = total(|issuer| issuer.reserved);
        same(
            || format!("sum of what issuers of {name} reserved"),
            reserved,
            config.reserved.u128(),
        )?;
        same_clock(name, &config.clock, names)?;
        tally.count("tokens and points", 1);
    }
    Ok(())
}

/// All issuers of points, as queries answer them.
pub fn issuers(chain: &Chain, name: Name) -> Result<Vec<IssuerResponse>> {
    let mut all: Vec<IssuerResponse> = vec![];
    loop {
        let page: IssuersResponse = chain.query(
            name,
            &points::QueryMsg::Issuers {
                start_after: all.last().map(|issuer| issuer.issuer.to_string()),
                limit: Some(PAGE),
            },
        )?;
        let empty = page.issuers.is_empty();
        all.extend(page.issuers);
        if !page.more || empty {
            return Ok(all);
        }
    }
}

/// A pool that pays in a token: its contract holds what it still owes, and may hold more (donations).
pub fn token_backs(chain: &Chain, name: Name, holder: Name, pool: &Pool, tally: &mut Tally) -> Result<()> {
    same(
        || format!("asset of pool {}", pool.name),
        chain.address(name)?,
        &pool.asset,
    )?;
    let address = chain.address(holder)?.as_str();
    let answer: BalanceResponse = chain.query(name, &Ask::Balance { address })?;
    let owed = unpaid(pool);
    let held = answer.balance.u128();
    holds(
        || format!("balance of {name} that {holder} holds for pool {}", pool.name),
        held >= owed,
        format!("at least {owed}"),
        held,
    )?;
    if held > owed {
        tally.note(format!(
            "{holder} holds {} base units of {name} more than its pool counts: donations",
            held - owed
        ));
    }
    tally.count("pools backed", 1);
    Ok(())
}

/// A pool that pays in points: its contract minted what the pool paid, and has the rest reserved.
pub fn points_back(chain: &Chain, name: Name, issuer: Name, pool: &Pool, tally: &mut Tally) -> Result<()> {
    same(
        || format!("asset of pool {}", pool.name),
        chain.address(name)?,
        &pool.asset,
    )?;
    let address: &Addr = chain.address(issuer)?;
    let issuers = issuers(chain, name)?;
    let found = issuers.iter().find(|known| known.issuer == *address);
    let (minted, reserved) = found.map_or((0, 0), |known| (known.minted.u128(), known.reserved.u128()));
    same(|| format!("{name} minted by {issuer}"), pool.paid.u128(), minted)?;
    same(|| format!("{name} reserved by {issuer}"), unpaid(pool), reserved)?;
    tally.count("pools backed", 1);
    Ok(())
}

fn unpaid(pool: &Pool) -> u128 {
    pool.funded.u128().saturating_sub(pool.paid.u128())
}

/// Refuses a contract whose days are others.
pub fn same_clock(name: Name, clock: &vrs_days::Clock, names: &Names) -> Result<(), Difference> {
    let told = |clock: &vrs_days::Clock| {
        format!(
            "start {}, days of {} s, close after {}, final after {}",
            clock.start, clock.day_seconds, clock.close_after, clock.final_after
        )
    };
    same(|| format!("clock of {name}"), told(names.clock()), told(clock))
}
