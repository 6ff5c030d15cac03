//! Puts a whole economy on a chain: contracts, roles, limits; then its pools.

mod params;

pub use params::{merchant_params, mining_params};

use crate::chain::{Chain, Message, Name};
use crate::economy::{Coins, Economy, Token, TREASURY};
use anyhow::Result;
use cosmwasm_std::{to_json_binary, to_json_vec, Addr, Uint128};
use serde::Serialize;
use std::collections::BTreeMap;
use vrs_days::{Clock, PARTS};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::merchant::{POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::mining::{POOL_HP, POOL_VRS};
use vrs_interface::oracle::DeviceKind;
use vrs_interface::{identity, merchant, mining, oracle, points, token};

/// Parts of a day that a minute of the economy has: minutes there are 1/1440 of a day.
const MINUTE: u32 = PARTS / 1_440;

/// Who acts on a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    /// Owns every contract.
    pub owner: Addr,
    /// Holds every role: registers and verifies members, attests costs, decides disputes.
    pub operator: Addr,
    /// Holds what the pools are funded from.
    pub treasury: Addr,
    /// Relays batches and claims; anyone could.
    pub relayer: Addr,
}

impl Accounts {
    /// The accounts of a chain.
    pub fn new(chain: &Chain) -> Result<Self> {
        Ok(Accounts {
            owner: chain.account("owner")?,
            operator: chain.account("operator")?,
            treasury: chain.account(TREASURY)?,
            relayer: chain.account("relayer")?,
        })
    }
}

/// The programme's clock for days that begin at `start`, Unix seconds.
pub fn clock(economy: &Economy, start: u64) -> Clock {
    Clock {
        start,
        day_seconds: economy.calendar.day_seconds,
        close_after: economy.calendar.close_minutes * MINUTE,
        final_after: economy.calendar.final_minutes * MINUTE,
    }
}

/// Deploys everything. The chain's time must lie before day 1, so that what holds "from tomorrow on"
/// holds on day 1.
pub fn deploy(chain: &mut Chain, economy: &Economy, clock: &Clock) -> Result<Accounts> {
    let accounts = contracts(chain, economy, clock)?;
    connect(chain, economy, &accounts)?;
    Ok(accounts)
}

/// Creates all contracts.
pub fn contracts(chain: &mut Chain, economy: &Economy, clock: &Clock) -> Result<Accounts> {
    let accounts = Accounts::new(chain)?;
    let owner = accounts.owner.to_string();
    chain.instantiate(
        &accounts.owner,
        Name::Identity,
        &identity::InstantiateMsg {
            owner: owner.clone(),
            clock: clock.clone(),
        },
    )?;
    chain.instantiate(
        &accounts.owner,
        Name::Oracle,
        &oracle::InstantiateMsg {
            owner: owner.clone(),
            clock: clock.clone(),
            history_days: economy.upkeep.history_days,
        },
    )?;
    let tokens = &economy.tokens;
    for (name, symbol, token) in [
        (Name::Vrs, "VRS", &tokens.vrs),
        (Name::Mvc, "MVC", &tokens.mvc),
        (Name::Bzky, "Bzky", &tokens.bzky),
    ] {
        let msg = token_msg(chain, economy, clock, symbol, token)?;
        chain.instantiate(&accounts.owner, name, &msg)?;
    }
    let limits = &economy.points;
    for (name, title, symbol, decimals, most) in [
        (Name::Hp, "Health point", "HP", 6, Some(limits.hp_max_supply)),
        (Name::Time, "Time", "Time", 6, Some(limits.time_max_supply)),
        (Name::Mvp, "MileVerse Point", "MVP", 0, None),
    ] {
        let msg = points::InstantiateMsg {
            name: title.to_owned(),
            symbol: symbol.to_owned(),
            decimals,
            owner: owner.clone(),
            clock: clock.clone(),
            identity: chain.address(Name::Identity)?.to_string(),
            max_supply: most.map(uint),
            verified_only: true,
            raise_delay_days: economy.upkeep.raise_delay_days,
        };
        chain.instantiate(&accounts.owner, name, &msg)?;
    }
    let msg = merchant_msg(chain, economy, clock, &owner)?;
    chain.instantiate(&accounts.owner, Name::Merchant, &msg)?;
    let msg = mining_msg(chain, economy, clock, &owner)?;
    chain.instantiate(&accounts.owner, Name::Mining, &msg)?;
    Ok(accounts)
}

fn token_msg(
    chain: &Chain,
    economy: &Economy,
    clock: &Clock,
    symbol: &str,
    token: &Token,
) -> Result<token::InstantiateMsg> {
    // One account may hold several of the economy's allocations; the contract takes each account once.
    let mut held: BTreeMap<Addr, Uint128> = BTreeMap::new();
    for (holder, amount) in &token.allocations {
        let amount_so_far = held.entry(chain.account(holder)?).or_default();
        *amount_so_far = amount_so_far.checked_add(uint(*amount))?;
    }
    let line = |(account, amount): (Addr, Uint128)| token::Allocation {
        account: account.into_string(),
        amount,
    };
    Ok(token::InstantiateMsg {
        name: token.name.clone(),
        symbol: symbol.to_owned(),
        decimals: 6,
        supply: uint(token.supply),
        allocations: held.into_iter().map(line).collect(),
        clock: clock.clone(),
        history_days: economy.upkeep.history_days,
        marketing: None,
    })
}

fn merchant_msg(chain: &Chain, economy: &Economy, clock: &Clock, owner: &str) -> Result<merchant::InstantiateMsg> {
    Ok(merchant::InstantiateMsg {
        owner: owner.to_owned(),
        clock: clock.clone(),
        identity: chain.address(Name::Identity)?.to_string(),
        oracle: chain.address(Name::Oracle)?.to_string(),
        bzky: chain.address(Name::Bzky)?.to_string(),
        time: chain.address(Name::Time)?.to_string(),
        params: merchant_params(economy),
        horizon_days: economy.upkeep.horizon_days,
        expiry_days: economy.upkeep.expiry_days,
        raise_delay_days: economy.upkeep.raise_delay_days,
    })
}

fn mining_msg(chain: &Chain, economy: &Economy, clock: &Clock, owner: &str) -> Result<mining::InstantiateMsg> {
    Ok(mining::InstantiateMsg {
        owner: owner.to_owned(),
        clock: clock.clone(),
        identity: chain.address(Name::Identity)?.to_string(),
        oracle: chain.address(Name::Oracle)?.to_string(),
        hp: chain.address(Name::Hp)?.to_string(),
        vrs: chain.address(Name::Vrs)?.to_string(),
        params: mining_params(economy),
        expiry_days: economy.upkeep.expiry_days,
        raise_delay_days: economy.upkeep.raise_delay_days,
    })
}

/// Consumers, issuers, roles, products: what makes ten contracts one. One transaction; sent again, it changes
/// nothing.
pub fn connect(chain: &mut Chain, economy: &Economy, accounts: &Accounts) -> Result<()> {
    let mut messages = vec![];
    for (kind, name) in [
        (DeviceKind::Terminal, Name::Merchant),
        (DeviceKind::Meter, Name::Mining),
    ] {
        let msg = oracle::ExecuteMsg::SetConsumer {
            kind,
            contract: Some(chain.address(name)?.to_string()),
        };
        messages.push(message(Name::Oracle, &msg)?);
    }
    for (points, issuer, pool) in [
        (Name::Time, Name::Merchant, economy.rewards.customers.pool),
        (Name::Hp, Name::Mining, economy.mining.hp_pool),
    ] {
        // The whole pool is reserved at once; what may be paid a window is the pool's own limit.
        let limit = points::IssuerLimit {
            window_days: 30,
            per_window: uint(pool),
            total: uint(pool),
        };
        let msg = points::ExecuteMsg::SetIssuer {
            issuer: chain.address(issuer)?.to_string(),
            limit,
        };
        messages.push(message(points, &msg)?);
    }
    messages.extend(roles(accounts)?);
    messages.extend(products(economy)?);
    chain.submit_many(&accounts.owner, messages)?;
    Ok(())
}

fn message(contract: Name, msg: &impl Serialize) -> Result<Message> {
    Ok(Message {
        contract,
        body: to_json_vec(msg)?,
    })
}

/// Gives the operator every role.
fn roles(accounts: &Accounts) -> Result<Vec<Message>> {
    let mut messages = vec![];
    for role in Role::ALL {
        let grant = || AccessMsg::GrantRole {
            role,
            account: accounts.operator.to_string(),
        };
        messages.push(message(Name::Identity, &identity::ExecuteMsg::Access(grant()))?);
        messages.push(message(Name::Oracle, &oracle::ExecuteMsg::Access(grant()))?);
        messages.push(message(Name::Merchant, &merchant::ExecuteMsg::Access(grant()))?);
        messages.push(message(Name::Mining, &mining::ExecuteMsg::Access(grant()))?);
        for name in [Name::Hp, Name::Time, Name::Mvp] {
            messages.push(message(name, &points::ExecuteMsg::Access(grant()))?);
        }
    }
    Ok(messages)
}

fn products(economy: &Economy) -> Result<Vec<Message>> {
    let products: Vec<mining::Product> = economy
        .mining
        .products
        .iter()
        .filter_map(|(id, factor)| {
            Some(mining::Product {
                id: id.parse().ok()?,
                factor_e9: factor.0,
            })
        })
        .collect();
    let set = |products: &[mining::Product]| {
        let products = products.to_vec();
        message(Name::Mining, &mining::ExecuteMsg::SetProducts { products })
    };
    products.chunks(100).map(set).collect()
}

/// Fills the four pools: coins from the treasury, points reserved at their contracts. On day 1, for
/// points reserve within the windows of days that have begun.
pub fn fund(chain: &mut Chain, economy: &Economy, accounts: &Accounts, clock: &Clock) -> Result<()> {
    fund_pools(chain, economy, accounts, clock, &|_| true)
}

/// Fills those of the four pools that are `wanted`, by name; the two of an account in one transaction.
pub fn fund_pools(
    chain: &mut Chain,
    economy: &Economy,
    accounts: &Accounts,
    clock: &Clock,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<()> {
    chain.wait_until(clock.start)?;
    let merchants = to_json_binary(&merchant::ReceiveMsg::Fund {})?;
    let miners = to_json_binary(&mining::ReceiveMsg::Fund {})?;
    let mut coins = vec![];
    for (token, pool, contract, amount, msg) in [
        (
            Name::Bzky,
            POOL_MERCHANTS,
            Name::Merchant,
            economy.rewards.merchants.pool,
            merchants,
        ),
        (Name::Vrs, POOL_VRS, Name::Mining, economy.mining.vrs_pool, miners),
    ] {
        let msg = token::ExecuteMsg::Send {
            contract: chain.address(contract)?.to_string(),
            amount: uint(amount),
            msg,
        };
        if wanted(pool) {
            coins.push(message(token, &msg)?);
        }
    }
    let mut points = vec![];
    if wanted(POOL_CUSTOMERS) {
        let amount = uint(economy.rewards.customers.pool);
        points.push(message(Name::Merchant, &merchant::ExecuteMsg::FundTime { amount })?);
    }
    if wanted(POOL_HP) {
        let amount = uint(economy.mining.hp_pool);
        points.push(message(Name::Mining, &mining::ExecuteMsg::FundHp { amount })?);
    }
    for (account, messages) in [(&accounts.treasury, coins), (&accounts.owner, points)] {
        if !messages.is_empty() {
            chain.submit_many(account, messages)?;
        }
    }
    Ok(())
}

fn uint(coins: Coins) -> Uint128 {
    Uint128::new(coins.0)
}
