//! Puts a whole economy on a chain: contracts, roles, limits; then its pools.

mod params;

pub use params::{merchant_params, mining_params};

use crate::chain::{Chain, Name};
use crate::economy::{Coins, Economy, Token, TREASURY};
use anyhow::Result;
use cosmwasm_std::{to_json_binary, Addr, Uint128};
use vrs_days::{Clock, PARTS};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::oracle::DeviceKind;
use vrs_interface::{identity, merchant, mining, oracle, points, token};

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
        day_seconds: PARTS,
        close_after: economy.calendar.close_minutes * 60,
        final_after: economy.calendar.final_minutes * 60,
    }
}

/// Deploys everything. The chain's time must lie before day 1, so that what holds "from tomorrow on"
/// holds on day 1.
pub fn deploy(chain: &mut Chain, economy: &Economy, clock: &Clock) -> Result<Accounts> {
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
    connect(chain, economy, &accounts)?;
    Ok(accounts)
}

fn token_msg(
    chain: &Chain,
    economy: &Economy,
    clock: &Clock,
    symbol: &str,
    token: &Token,
) -> Result<token::InstantiateMsg> {
    let line = |(holder, amount): (&String, &Coins)| -> Result<token::Allocation> {
        Ok(token::Allocation {
            account: chain.account(holder)?.to_string(),
            amount: uint(*amount),
        })
    };
    Ok(token::InstantiateMsg {
        name: token.name.clone(),
        symbol: symbol.to_owned(),
        decimals: 6,
        supply: uint(token.supply),
        allocations: token.allocations.iter().map(line).collect::<Result<_>>()?,
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

/// Consumers, issuers, roles, funds: what makes ten contracts one.
fn connect(chain: &mut Chain, economy: &Economy, accounts: &Accounts) -> Result<()> {
    let owner = &accounts.owner;
    for (kind, name) in [
        (DeviceKind::Terminal, Name::Merchant),
        (DeviceKind::Meter, Name::Mining),
    ] {
        let msg = oracle::ExecuteMsg::SetConsumer {
            kind,
            contract: Some(chain.address(name)?.to_string()),
        };
        chain.submit(owner, Name::Oracle, &msg)?;
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
        chain.submit(owner, points, &msg)?;
    }
    grant_roles(chain, accounts)?;
    register_products(chain, economy, accounts)
}

fn grant_roles(chain: &mut Chain, accounts: &Accounts) -> Result<()> {
    for role in Role::ALL {
        let grant = || AccessMsg::GrantRole {
            role,
            account: accounts.operator.to_string(),
        };
        let owner = &accounts.owner;
        chain.submit(owner, Name::Identity, &identity::ExecuteMsg::Access(grant()))?;
        chain.submit(owner, Name::Oracle, &oracle::ExecuteMsg::Access(grant()))?;
        chain.submit(owner, Name::Merchant, &merchant::ExecuteMsg::Access(grant()))?;
        chain.submit(owner, Name::Mining, &mining::ExecuteMsg::Access(grant()))?;
        for name in [Name::Hp, Name::Time, Name::Mvp] {
            chain.submit(owner, name, &points::ExecuteMsg::Access(grant()))?;
        }
    }
    Ok(())
}

fn register_products(chain: &mut Chain, economy: &Economy, accounts: &Accounts) -> Result<()> {
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
    for products in products.chunks(100) {
        let msg = mining::ExecuteMsg::SetProducts {
            products: products.to_vec(),
        };
        chain.submit(&accounts.owner, Name::Mining, &msg)?;
    }
    Ok(())
}

/// Fills the four pools: coins from the treasury, points reserved at their contracts. On day 1, for
/// points reserve within the windows of days that have begun.
pub fn fund(chain: &mut Chain, economy: &Economy, accounts: &Accounts, clock: &Clock) -> Result<()> {
    chain.wait_until(clock.start)?;
    let merchants = to_json_binary(&merchant::ReceiveMsg::Fund {})?;
    let miners = to_json_binary(&mining::ReceiveMsg::Fund {})?;
    for (token, pool, amount, msg) in [
        (Name::Bzky, Name::Merchant, economy.rewards.merchants.pool, merchants),
        (Name::Vrs, Name::Mining, economy.mining.vrs_pool, miners),
    ] {
        let msg = token::ExecuteMsg::Send {
            contract: chain.address(pool)?.to_string(),
            amount: uint(amount),
            msg,
        };
        chain.submit(&accounts.treasury, token, &msg)?;
    }
    let amount = uint(economy.rewards.customers.pool);
    chain.submit(
        &accounts.owner,
        Name::Merchant,
        &merchant::ExecuteMsg::FundTime { amount },
    )?;
    let amount = uint(economy.mining.hp_pool);
    chain.submit(&accounts.owner, Name::Mining, &mining::ExecuteMsg::FundHp { amount })?;
    Ok(())
}

fn uint(coins: Coins) -> Uint128 {
    Uint128::new(coins.0)
}
