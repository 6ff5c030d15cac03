//! Answers. Days are closed in memory first: those that are due, and, where a reward is asked, those
//! that still take reports, as if they closed now.

use crate::close::{self, budget_of};
use crate::costs::Costs;
use crate::outside::Addresses;
use crate::records::{CustomerShare, MerchantShare, Visit};
use crate::rules::WHOLE_BPS;
use crate::side::{merchant_track, SideExt, SPENDING};
use crate::state::{Setup, CUSTOMERS, MERCHANTS, POOLS, SETUP, VISITS};
use crate::{claim, settings, ContractError};
use cosmwasm_std::{to_json_binary, Binary, Deps, Env, Order, StdResult, Storage, Timestamp, Uint128, Uint64};
use serde::Serialize;
use std::collections::BTreeMap;
use vrs_days::{Day, Stage};
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{
    ConfigResponse, CustomerDay, CustomerDaysResponse, MerchantDay, MerchantDaysResponse, ProfileResponse, Side,
    TradeDayResponse, TradeDaysResponse, Visit as VisitInfo, VisitsResponse,
};
use vrs_interface::settlement::{DayResponse, Pool, PoolsResponse, SimulateClaimResponse, Tranche};
use vrs_settlement::{Overlay, Programme, Share, Totals};
use vrs_table::{page, Key, Table};

/// An answer as JSON.
pub fn json(answer: impl Serialize) -> Result<Binary, ContractError> {
    Ok(to_json_binary(&answer)?)
}

/// The state as a query sees it.
struct View<'a> {
    setup: Setup,
    addresses: Addresses,
    /// Block time.
    now: Timestamp,
    /// With days closed that are not closed in storage.
    storage: Overlay<'a>,
}

impl<'a> View<'a> {
    /// Every day closed that time has closed.
    fn settled(deps: Deps<'a>, env: &Env) -> Result<Self, ContractError> {
        View::closed(deps, env, false)
    }

    /// Days that still take reports closed as well, as if time closed them now.
    fn forecast(deps: Deps<'a>, env: &Env) -> Result<Self, ContractError> {
        View::closed(deps, env, true)
    }

    fn closed(deps: Deps<'a>, env: &Env, open_days_too: bool) -> Result<Self, ContractError> {
        let setup = SETUP.load(deps.storage)?;
        let addresses = setup.addresses(deps.api)?;
        let now = env.block.time;
        let last = if open_days_too {
            setup.clock.day(now)
        } else {
            setup.clock.last_closed(now)
        };
        let mut storage = Overlay::new(deps.storage);
        close::close_through(&mut storage, &setup, last)?;
        Ok(View {
            setup,
            addresses,
            now,
            storage,
        })
    }

    fn totals<S: Share>(&self, programme: &Programme<S>, day: Day) -> StdResult<Totals> {
        Ok(programme.days.may_load(&self.storage, &day)?.unwrap_or_default())
    }

    fn programme_day(&self, side: Side, day: Day, totals: &Totals) -> Result<DayResponse, ContractError> {
        let stage = self.setup.clock.stage(day, self.now);
        let closed = matches!(stage, Stage::Provisional | Stage::Final);
        let divided = |sum: u32, bps: u16| sum.saturating_add(bps.into());
        let live = totals.tranches.iter().map(|tranche| tranche.share_bps).fold(0, divided);
        let live = u16::try_from(live).unwrap_or(WHOLE_BPS).min(WHOLE_BPS);
        let mut reserved = vec![];
        if closed && !totals.tranches.is_empty() {
            let idle = WHOLE_BPS.saturating_sub(live);
            let amount = vrs_scoring::reserve(budget_of(totals), &[(live, 1), (idle, 0)])?;
            reserved.push((side.pool_name().to_string(), Uint128::new(amount)));
        }
        let tranches = totals.tranches.iter().map(|tranche| Tranche {
            track: track_name(side, tranche.track).into(),
            pool: side.pool_name().into(),
            budget: tranche.budget.into(),
            share_bps: tranche.share_bps,
            total: totals.sum(tranche.track).into(),
            cap: tranche.cap.map(Uint128::new),
        });
        Ok(DayResponse {
            day,
            stage,
            participants: totals.participants,
            tranches: tranches.collect(),
            reserved,
        })
    }

    fn trade_day(&self, day: Day) -> Result<TradeDayResponse, ContractError> {
        let merchants = self.totals(&MERCHANTS, day)?;
        let customers = self.totals(&CUSTOMERS, day)?;
        let orders = u64::try_from(merchants.sum(merchant_track::ORDERS));
        Ok(TradeDayResponse {
            day,
            merchants: merchants.participants,
            customers: customers.participants,
            orders: orders.map_err(|_| ContractError::Overflow("orders"))?,
            spending: customers.sum(SPENDING).into(),
            bizpower: merchants.sum(merchant_track::BIZPOWER).into(),
            holding: merchants.sum(merchant_track::HOLDING).into(),
            budget_merchants: budget_of(&merchants).into(),
            budget_customers: budget_of(&customers).into(),
            merchant_programme: self.programme_day(Side::Merchants, day, &merchants)?,
            customer_programme: self.programme_day(Side::Customers, day, &customers)?,
        })
    }
}

fn track_name(side: Side, track: u8) -> &'static str {
    match (side, track) {
        (Side::Customers, _) => "spending",
        (Side::Merchants, merchant_track::HOLDING) => "holding",
        (Side::Merchants, _) => "bizpower",
    }
}

/// Rewards and claims of many shares; each day's sums and each account's cursor are read once.
struct Rewards<'a, S: 'static> {
    view: &'a View<'a>,
    programme: &'static Programme<S>,
    days: BTreeMap<Day, Totals>,
    claimed: BTreeMap<MemberId, Day>,
}

impl<'a, S: Share> Rewards<'a, S> {
    fn new(view: &'a View<'a>, programme: &'static Programme<S>) -> Self {
        Rewards {
            view,
            programme,
            days: BTreeMap::new(),
            claimed: BTreeMap::new(),
        }
    }

    /// What the share is worth, base units, and whether it was claimed.
    fn of(&mut self, key: (MemberId, Day), share: &S) -> Result<(Uint128, bool), ContractError> {
        let (account, day) = key;
        if !self.days.contains_key(&day) {
            self.days.insert(day, self.view.totals(self.programme, day)?);
        }
        if !self.claimed.contains_key(&account) {
            let through = self.programme.claimed_through(&self.view.storage, account)?;
            self.claimed.insert(account, through);
        }
        let amounts = match self.days.get(&day) {
            Some(totals) => self.programme.reward(share, totals)?,
            None => vec![],
        };
        let amount = amounts
            .iter()
            .fold(0u128, |sum, (_, amount)| sum.saturating_add(*amount));
        let claimed = self.claimed.get(&account).is_some_and(|through| day <= *through);
        Ok((amount.into(), claimed))
    }
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
    let amount = claim::amount_of(&claimed, side);
    Ok(SimulateClaimResponse {
        amounts: vec![(side.pool_name().into(), amount.into())],
        through: claimed.through,
        more: claimed.more,
    })
}

/// A page of entries, of the span `of` where one is given, behind `start_after`.
#[allow(clippy::type_complexity)]
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
