//! Answers. Days are closed in memory first: those that are due, and, where a reward is asked, those
//! that still take reports, as if they closed now.

mod view;

use crate::costs::Costs;
use crate::records::{CustomerShare, MerchantShare, Visit};
use crate::side::SideExt;
use crate::state::{CUSTOMERS, MERCHANTS, POOLS, SETUP, VISITS};
use crate::{claim, settings, ContractError};
use cosmwasm_std::{to_json_binary, Binary, Deps, Env, Order, StdResult, Storage, Uint128, Uint64};
use serde::Serialize;
use view::{Rewards, View};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{
    ConfigResponse, CustomerDay, CustomerDaysResponse, MerchantDay, MerchantDaysResponse, ProfileResponse, Side,
    TradeDayResponse, TradeDaysResponse, Visit as VisitInfo, VisitsResponse,
};
use vrs_interface::settlement::{Pool, PoolsResponse, SimulateClaimResponse};
use vrs_settlement::Programme;
use vrs_table::{page, Key, Table};

/// An answer as JSON.
pub fn json(answer: impl Serialize) -> Result<Binary, ContractError> {
    Ok(to_json_binary(&answer)?)
}

static MERCHANT_PROGRAMME: Programme<MerchantShare> = MERCHANTS;
static CUSTOMER_PROGRAMME: Programme<CustomerShare> = CUSTOMERS;

/// Answers `config`.
pub fn config(deps: Deps, env: &Env) -> Result<ConfigResponse, ContractError> {
    let setup = SETUP.load(deps.storage)?;
    let addresses = setup.addresses(deps.api)?;
    Ok(settings::config(&setup, addresses, env.block.time)?)
}

/// Answers `pools`.
pub fn pools(deps: Deps, env: &Env) -> Result<PoolsResponse, ContractError> {
    let view = View::settled(deps, env)?;
    let mut pools = vec![];
    for (side, asset) in [
        (Side::Merchants, &view.addresses.bzky),
        (Side::Customers, &view.addresses.time),
    ] {
        let pool = POOLS.load(&view.storage, side.pool())?;
        pools.push(Pool {
            name: side.pool_name().into(),
            asset: asset.clone(),
            funded: pool.funded.into(),
            paid: pool.paid.into(),
            claimable: pool.claimable().into(),
            remaining: pool.remaining().into(),
            recovered: pool.recovered.into(),
        });
    }
    Ok(PoolsResponse { pools })
}

/// Answers `day`.
pub fn day(deps: Deps, env: &Env, day: Day) -> Result<TradeDayResponse, ContractError> {
    View::forecast(deps, env)?.trade_day(day)
}

/// Answers `days`.
pub fn days(
    deps: Deps,
    env: &Env,
    start_after: Option<Day>,
    limit: Option<u32>,
) -> Result<TradeDaysResponse, ContractError> {
    let view = View::forecast(deps, env)?;
    let (entries, more) = MERCHANTS.days.page(&view.storage, start_after, limit)?;
    let days = entries.into_iter().map(|(day, _)| view.trade_day(day));
    Ok(TradeDaysResponse {
        days: days.collect::<Result<_, _>>()?,
        more,
    })
}

/// Answers `merchant_day`.
pub fn merchant_day(deps: Deps, env: &Env, merchant: MemberId, day: Day) -> Result<Option<MerchantDay>, ContractError> {
    let view = View::forecast(deps, env)?;
    let Some(share) = MERCHANTS.shares.may_load(&view.storage, &(merchant, day))? else {
        return Ok(None);
    };
    let mut rewards = Rewards::new(&view, &MERCHANT_PROGRAMME);
    Ok(Some(merchant_info(&mut rewards, (merchant, day), share)?))
}

/// Answers `merchant_days`.
pub fn merchant_days(
    deps: Deps,
    env: &Env,
    merchant: Option<MemberId>,
    start_after: Option<(MemberId, Day)>,
    limit: Option<u32>,
) -> Result<MerchantDaysResponse, ContractError> {
    let view = View::forecast(deps, env)?;
    let of = merchant.map(|merchant| ((merchant, 0), (merchant, Day::MAX)));
    let (entries, more) = entries(&MERCHANTS.shares, &view.storage, of, start_after, limit)?;
    let mut rewards = Rewards::new(&view, &MERCHANT_PROGRAMME);
    let days = entries
        .into_iter()
        .map(|(key, share)| merchant_info(&mut rewards, key, share));
    Ok(MerchantDaysResponse {
        days: days.collect::<Result<_, _>>()?,
        more,
    })
}

fn merchant_info(
    rewards: &mut Rewards<MerchantShare>,
    key: (MemberId, Day),
    share: MerchantShare,
) -> Result<MerchantDay, ContractError> {
    let (reward, claimed) = rewards.of(key, &share)?;
    let input = share.power_input();
    let candle = share.candle;
    let value = |pick: fn(crate::records::Candle) -> u128| Uint128::new(candle.map_or(0, pick));
    Ok(MerchantDay {
        day: key.1,
        merchant: key.0,
        orders: share.orders(),
        revenue: Uint64::new(share.revenue()),
        store_orders: input.store_orders,
        store_sum: Uint64::new(input.store_sum_minor),
        external_orders: input.external_orders,
        external_sum: Uint64::new(input.external_sum_minor),
        first: input.first,
        repeat: input.repeat,
        external: input.external,
        window: (share.window.first, share.window.repeat, share.window.external),
        cost: share.cost.into(),
        bizpower: share.bizpower.into(),
        open: value(|candle| candle.open),
        high: value(|candle| candle.high),
        low: value(|candle| candle.low),
        close: value(|candle| candle.close),
        level: share.level,
        holding: share.holding.into(),
        taken_back: share.taken_back,
        reward,
        claimed,
    })
}

/// Answers `customer_days`.
pub fn customer_days(
    deps: Deps,
    env: &Env,
    customer: Option<MemberId>,
    start_after: Option<(MemberId, Day)>,
    limit: Option<u32>,
) -> Result<CustomerDaysResponse, ContractError> {
    let view = View::forecast(deps, env)?;
    let of = customer.map(|customer| ((customer, 0), (customer, Day::MAX)));
    let (entries, more) = entries(&CUSTOMERS.shares, &view.storage, of, start_after, limit)?;
    let mut rewards = Rewards::new(&view, &CUSTOMER_PROGRAMME);
    let mut days = vec![];
    for (key, share) in entries {
        let (reward, claimed) = rewards.of(key, &share)?;
        days.push(CustomerDay {
            day: key.1,
            customer: key.0,
            spending: Uint64::new(share.spending),
            taken_back: Uint64::new(share.taken),
            reward,
            claimed,
        });
    }
    Ok(CustomerDaysResponse { days, more })
}

/// Answers `visits`.
pub fn visits(
    deps: Deps,
    customer: Option<MemberId>,
    start_after: Option<(MemberId, MemberId, Day)>,
    limit: Option<u32>,
) -> Result<VisitsResponse, ContractError> {
    let of = customer.map(|customer| ((customer, 0, 0), (customer, MemberId::MAX, Day::MAX)));
    let (entries, more) = entries(&VISITS, deps.storage, of, start_after, limit)?;
    let visits = entries.into_iter().map(|(key, visit)| visit_info(key, visit));
    Ok(VisitsResponse {
        visits: visits.collect(),
        more,
    })
}

fn visit_info((customer, merchant, day): (MemberId, MemberId, Day), visit: Visit) -> VisitInfo {
    VisitInfo {
        merchant,
        customer,
        day,
        store_orders: visit.store.orders,
        store_sum: Uint64::new(visit.store.sum),
        external_orders: visit.external.orders,
        external_sum: Uint64::new(visit.external.sum),
        small_orders: visit.small.orders,
        small_sum: Uint64::new(visit.small.sum),
        known: visit.known,
        taken_back: visit.taken_back,
    }
}

/// Answers `profile`.
pub fn profile(deps: Deps, env: &Env, merchant: MemberId, day: Option<Day>) -> Result<ProfileResponse, ContractError> {
    let setup = SETUP.load(deps.storage)?;
    let day = day.unwrap_or_else(|| setup.clock.day(env.block.time));
    Ok(Costs::load(deps.storage, merchant, day)?.response(merchant))
}

/// Answers `simulate_claim`: what a claim would pay if claims were not paused.
pub fn simulate_claim(
    deps: Deps,
    env: &Env,
    side: Side,
    member: MemberId,
) -> Result<SimulateClaimResponse, ContractError> {
    let mut view = View::settled(deps, env)?;
    let claimed = claim::settle(&mut view.storage, &view.setup, view.now, side, member)?;
    let amount = claimed.of_pool(side.pool());
    Ok(SimulateClaimResponse {
        amounts: vec![(side.pool_name().into(), amount.into())],
        through: claimed.through,
        more: claimed.more,
    })
}

/// A page of entries, of the span `of` where one is given, behind `start_after`.
#[allow(clippy::type_complexity, reason = "the pair is taken apart where it is received")]
fn entries<K, V>(
    table: &Table<K, V>,
    storage: &dyn Storage,
    of: Option<(K, K)>,
    start_after: Option<K>,
    limit: Option<u32>,
) -> StdResult<(Vec<(K, V)>, bool)>
where
    K: Key + PartialOrd,
    V: Serialize + serde::de::DeserializeOwned,
{
    let Some((first, last)) = of else {
        return table.page(storage, start_after, limit);
    };
    let limit = page(limit);
    let from = match &start_after {
        Some(start) if *start >= first => start.clone(),
        _ => first,
    };
    if from > last {
        return Ok((vec![], false));
    }
    let mut entries = vec![];
    for entry in table.range(storage, Some(from), Some(last), Order::Ascending) {
        let (key, value) = entry?;
        if start_after.as_ref() == Some(&key) {
            continue;
        }
        if entries.len() == limit {
            return Ok((entries, true));
        }
        entries.push((key, value));
    }
    Ok((entries, false))
}
