//! Settings, devices' upkeep, prices, pools; owner, roles, pause.

use super::{line, Crowd};
use crate::lane::SEED;
use crate::suite::{public, Suite};
use anyhow::Result;
use cosmwasm_std::{to_json_binary, Uint128, Uint64};
use serde_json::json;
use vrs_attestation::leaf::Price;
use vrs_cli::agent::DeviceKey;
use vrs_cli::chain::Name;
use vrs_cli::deploy::{merchant_params, mining_params};
use vrs_interface::access::{AccessMsg, OwnershipMsg, Role};
use vrs_interface::oracle::{DeviceCaps, DeviceKind, ExecuteMsg, FeedParams};
use vrs_interface::standard::Expiration;
use vrs_interface::{merchant, mining, points, token};

/// What owner and operator set, once everybody is registered.
pub fn settings(suite: &mut Suite, crowds: &[Crowd]) -> Result<()> {
    devices(suite, &crowds[2])?;
    prices(suite)?;
    let row = |name, what| line(name, what, "", 1_000);
    let economy = vrs_cli::economy::load(None)?.economy;
    let params = merchant_params(&economy);
    let budget = merchant::Budget {
        max: params.customers.max - Uint128::one(),
        ..params.customers
    };
    let side = merchant::Side::Customers;
    for (what, msg) in [
        ("set_params", merchant::ExecuteMsg::SetParams { params }),
        ("cut_budget", merchant::ExecuteMsg::CutBudget { side, budget }),
    ] {
        suite.weigh(row(Name::Merchant, what), "owner", Name::Merchant, &msg)?;
    }
    let params = mining_params(&economy);
    let budget = mining::MethodBudget {
        hp: params.budgets[0].hp - Uint128::one(),
        ..params.budgets[0]
    };
    let products: Vec<_> = (2..12).map(|id| mining::Product { id, factor_e9: 5 }).collect();
    for (what, msg) in [
        ("set_params", mining::ExecuteMsg::SetParams { params }),
        ("cut_budget", mining::ExecuteMsg::CutBudget { budget }),
        ("set_products: 10", mining::ExecuteMsg::SetProducts { products }),
    ] {
        suite.weigh(row(Name::Mining, what), "owner", Name::Mining, &msg)?;
    }
    pools(suite)
}

fn devices(suite: &mut Suite, crowd: &Crowd) -> Result<()> {
    let (device, from) = (crowd.tills[999].id, suite.day()? + 2);
    let row = |what| line(Name::Oracle, what, "", 1_000);
    let key = public(&DeviceKey::test(SEED, "bench next key"))?;
    let caps = DeviceCaps {
        items: 1_000,
        amount: 1_000_000,
    };
    for (what, msg) in [
        ("rotate_key", ExecuteMsg::RotateKey { device, key, from }),
        ("set_caps", ExecuteMsg::SetCaps { device, caps }),
        ("revoke_device", ExecuteMsg::RevokeDevice { device }),
    ] {
        suite.weigh(row(what), "operator", Name::Oracle, &msg)?;
    }
    let msg = ExecuteMsg::SetConsumer {
        kind: DeviceKind::Terminal,
        contract: Some(suite.contract(Name::Merchant)?),
    };
    suite.weigh(row("set_consumer"), "owner", Name::Oracle, &msg)
}

fn prices(suite: &mut Suite) -> Result<()> {
    let row = |what, with| line(Name::Oracle, what, with, 1_000);
    let msg = ExecuteMsg::SetFeed {
        symbol: 1,
        name: "MVC/KRW".to_owned(),
        params: FeedParams {
            max_age: 86_400,
            max_jump_bps: 1_000,
            min_sources: 1,
        },
    };
    suite.weigh(row("set_feed", ""), "owner", Name::Oracle, &msg)?;
    let mut sources = suite.devices(DeviceKind::Price, &[None, None, None], None)?;
    for (at, source) in sources.iter().enumerate() {
        let msg = ExecuteMsg::SetFeedSource {
            symbol: 1,
            device: source.id,
            feeds: true,
        };
        match at {
            0 => suite.weigh(row("set_feed_source", "the first"), "owner", Name::Oracle, &msg)?,
            _ => suite.send("owner", Name::Oracle, &msg)?,
        }
    }
    suite.lane.flush()?;
    let day = suite.next_day()?;
    let mut batches = vec![];
    for source in &mut sources {
        let price = Price {
            symbol: 1,
            price: 1_000_000_000_000_000_000,
            time: 0,
        };
        batches.push(suite.sign(source, day, &[price])?);
    }
    let rest = batches.split_off(1);
    suite.relay(Some(row("submit_batches: a price", "1 source")), batches)?;
    suite.relay(Some(row("submit_batches: a price each", "2 sources").units(2)), rest)
}

fn pools(suite: &mut Suite) -> Result<()> {
    let row = |name, what, with| line(name, what, with, 1_000);
    let amount = Uint128::new(1_000_000);
    let msg = token::ExecuteMsg::Send {
        contract: suite.contract(Name::Merchant)?,
        amount,
        msg: to_json_binary(&merchant::ReceiveMsg::Fund {})?,
    };
    suite.weigh(
        row(Name::Bzky, "send", "Bzky into the merchants' pool"),
        "member",
        Name::Bzky,
        &msg,
    )?;
    let msg = token::ExecuteMsg::Send {
        contract: suite.contract(Name::Mining)?,
        amount,
        msg: to_json_binary(&mining::ReceiveMsg::Fund {})?,
    };
    suite.weigh(
        row(Name::Vrs, "send", "VRS into the miners' pool"),
        "member",
        Name::Vrs,
        &msg,
    )?;
    // The issuers' limits are used up by the funding of the deployment.
    for (points, name, pool) in [
        (Name::Time, Name::Merchant, 1_100_000_000u128),
        (Name::Hp, Name::Mining, 950_000_000),
    ] {
        let more = Uint128::new(pool * 1_000_000);
        let msg = points::ExecuteMsg::SetIssuer {
            issuer: suite.contract(name)?,
            limit: points::IssuerLimit {
                window_days: 30,
                per_window: more,
                total: more,
            },
        };
        suite.weigh(row(points, "set_issuer", "a higher limit"), "owner", points, &msg)?;
    }
    Ok(())
}

/// Pools again, once the higher limits hold and something was taken back.
pub fn pools_later(suite: &mut Suite) -> Result<()> {
    let row = |name, what| line(name, what, "", 1_000);
    let amount = Uint128::new(1_000_000);
    let msg = merchant::ExecuteMsg::FundTime { amount };
    suite.weigh(row(Name::Merchant, "fund_time"), "owner", Name::Merchant, &msg)?;
    let msg = mining::ExecuteMsg::FundHp { amount };
    suite.weigh(row(Name::Mining, "fund_hp"), "owner", Name::Mining, &msg)?;
    let amount = Uint128::one();
    let side = merchant::Side::Merchants;
    let msg = merchant::ExecuteMsg::Refill { side, amount };
    suite.weigh(row(Name::Merchant, "refill"), "owner", Name::Merchant, &msg)?;
    let pool = mining::MiningPool::Hp;
    let msg = mining::ExecuteMsg::Refill { pool, amount };
    suite.weigh(row(Name::Mining, "refill"), "owner", Name::Mining, &msg)
}

/// Owner, roles and pause, the same in every contract. Last of all, and everything is as it was afterwards.
pub fn access(suite: &mut Suite) -> Result<()> {
    let account = suite.lane.address("relayer")?;
    let role = Role::Guardian;
    let expiry = Expiration::AtTime(Uint64::new(4_000_000_000_000_000_000));
    let new_owner = account.clone();
    for (what, from, msg) in [
        (
            "grant_role",
            "owner",
            AccessMsg::GrantRole {
                role,
                account: account.clone(),
            },
        ),
        ("revoke_role", "owner", AccessMsg::RevokeRole { role, account }),
        ("pause", "operator", AccessMsg::Pause {}),
        ("unpause", "owner", AccessMsg::Unpause {}),
        (
            "transfer_ownership",
            "owner",
            AccessMsg::UpdateOwnership(OwnershipMsg::TransferOwnership { new_owner, expiry }),
        ),
        (
            "accept_ownership",
            "relayer",
            AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {}),
        ),
    ] {
        // The same words in each of them.
        for name in [Name::Identity, Name::Oracle, Name::Merchant, Name::Mining, Name::Mvp] {
            suite.weigh(line(name, what, "", 1_000), from, name, &json!({ "access": msg }))?;
        }
    }
    Ok(())
}
