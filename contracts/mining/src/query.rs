//! Answers. Days that time has closed are closed on an overlay first, so that a query tells the same as
//! if a message had closed them.

use crate::close;
use crate::share::{method_of, score_track, AccountShare};
use crate::state::{CORE, HP, MONEY, POOLS, PROGRAMME, READINGS, VRS};
use crate::ContractError;
use cosmwasm_std::{Order, StdResult, Storage, Timestamp, Uint128, Uint64};
use std::collections::btree_map::{BTreeMap, Entry};
use vrs_days::{Clock, Day, Stage};
use vrs_interface::identity::MemberId;
use vrs_interface::mining::{
    AccountDay, Method, MethodScore, MiningDaysResponse, ReadingInfo, ReadingsResponse, ScoresResponse, POOL_HP,
    POOL_VRS,
};
use vrs_interface::settlement::{DayResponse, Pool, PoolsResponse, SimulateClaimResponse, Tranche};
use vrs_settlement::{payout, Overlay, Share, Totals};
use vrs_table::page;

/// The storage with every day up to `last` closed.
fn closed(storage: &dyn Storage, last: Day) -> Result<Overlay<'_>, ContractError> {
    let mut overlay = Overlay::new(storage);
    close::through(&mut overlay, last)?;
    Ok(overlay)
}

/// The storage as if the running day closed now.
fn closed_now<'a>(storage: &'a dyn Storage, clock: &Clock, now: Timestamp) -> Result<Overlay<'a>, ContractError> {
    closed(storage, clock.day(now))
}

/// Both pools.
pub fn pools(storage: &dyn Storage, now: Timestamp) -> Result<PoolsResponse, ContractError> {
    let (core, money) = (CORE.load(storage)?, MONEY.load(storage)?);
    let storage = closed(storage, core.clock.last_closed(now))?;
    let mut pools = vec![];
    for (number, asset) in [(HP, money.hp), (VRS, money.vrs)] {
        let pool = POOLS.load(&storage, number)?;
        pools.push(Pool {
            name: name(number).into(),
            asset,
            funded: pool.funded.into(),
            paid: pool.paid.into(),
            claimable: pool.claimable().into(),
            remaining: pool.remaining().into(),
            recovered: pool.recovered.into(),
        });
    }
    Ok(PoolsResponse { pools })
}

/// One day; one without readings has no tranches.
pub fn day(storage: &dyn Storage, now: Timestamp, day: Day) -> Result<DayResponse, ContractError> {
    let clock = CORE.load(storage)?.clock;
    let storage = closed_now(storage, &clock, now)?;
    let totals = PROGRAMME.days.may_load(&storage, &day)?.unwrap_or_default();
    Ok(day_response(&clock, now, day, &totals))
}

/// A page of the days with a reading.
pub fn days(
    storage: &dyn Storage,
    now: Timestamp,
    start_after: Option<Day>,
    limit: Option<u32>,
) -> Result<MiningDaysResponse, ContractError> {
    let clock = CORE.load(storage)?.clock;
    let storage = closed_now(storage, &clock, now)?;
    let (entries, more) = PROGRAMME.days.page(&storage, start_after, limit)?;
    let days = entries
        .iter()
        .map(|(day, totals)| day_response(&clock, now, *day, totals))
        .collect();
    Ok(MiningDaysResponse { days, more })
}

fn day_response(clock: &Clock, now: Timestamp, day: Day, totals: &Totals) -> DayResponse {
    let stage = clock.stage(day, now);
    let tranches = totals.tranches.iter().map(|tranche| Tranche {
        track: method_of(tranche.track).map_or_else(String::new, |method| method.name().into()),
        pool: name(tranche.pool).into(),
        budget: tranche.budget.into(),
        share_bps: tranche.share_bps,
        total: totals.sum(tranche.track).into(),
        cap: tranche.cap.map(Uint128::new),
    });
    let reserved = |pool: u8| {
        let of_pool = totals.tranches.iter().filter(|tranche| tranche.pool == pool);
        // Every tranche divides its whole budget.
        let sum = of_pool.fold(0u128, |sum, tranche| sum.saturating_add(tranche.budget));
        (sum > 0 && stage >= Stage::Provisional).then(|| (name(pool).into(), Uint128::new(sum)))
    };
    DayResponse {
        day,
        stage,
        participants: totals.participants,
        tranches: tranches.collect(),
        reserved: [HP, VRS].into_iter().filter_map(reserved).collect(),
    }
}

fn name(pool: u8) -> &'static str {
    if pool == HP {
        POOL_HP
    } else {
        POOL_VRS
    }
}

/// A page of accounts' days.
pub fn scores(
    storage: &dyn Storage,
    now: Timestamp,
    account: Option<MemberId>,
    start_after: Option<(MemberId, Day)>,
    limit: Option<u32>,
) -> Result<ScoresResponse, ContractError> {
    let clock = CORE.load(storage)?.clock;
    let storage = closed_now(storage, &clock, now)?;
    let first = account.map(|account| (account, 0));
    let last = account.map(|account| (account, Day::MAX));
    let entries = PROGRAMME
        .shares
        .range(&storage, start_after.max(first), last, Order::Ascending)
        .filter(|entry| !is(entry, &start_after));
    let (mut days, limit) = (vec![], page(limit));
    let mut totals: BTreeMap<Day, Totals> = BTreeMap::new();
    let mut cursors: BTreeMap<MemberId, Day> = BTreeMap::new();
    for entry in entries {
        if days.len() == limit {
            return Ok(ScoresResponse { days, more: true });
        }
        let ((account, day), share) = entry?;
        let totals = match totals.entry(day) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(PROGRAMME.days.load(&storage, &day)?),
        };
        let through = match cursors.entry(account) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => *entry.insert(PROGRAMME.claimed_through(&storage, account)?),
        };
        days.push(AccountDay {
            day,
            account,
            methods: method_scores(&share, totals)?,
            claimed: day <= through,
        });
    }
    Ok(ScoresResponse { days, more: false })
}

fn method_scores(share: &AccountShare, totals: &Totals) -> Result<Vec<MethodScore>, ContractError> {
    let mut methods = vec![];
    for (method, score, taken_back) in share.methods() {
        let track = score_track(method);
        let (mut reward_hp, mut reward_vrs) = (Uint128::zero(), Uint128::zero());
        for tranche in totals.tranches.iter().filter(|tranche| tranche.track == track) {
            let paid = payout(tranche, score, share.earning(track), totals.sum(track))?.paid;
            if tranche.pool == HP {
                reward_hp = paid.into();
            } else {
                reward_vrs = paid.into();
            }
        }
        methods.push(MethodScore {
            method,
            score: score.into(),
            reward_hp,
            reward_vrs,
            taken_back,
        });
    }
    Ok(methods)
}

/// A page of counted readings.
pub fn readings(
    storage: &dyn Storage,
    account: Option<MemberId>,
    start_after: Option<(MemberId, Day, Method, Uint64)>,
    limit: Option<u32>,
) -> StdResult<ReadingsResponse> {
    let start_after = start_after.map(|(account, day, method, unit)| (account, day, method as u8, unit.u64()));
    let first = account.map(|account| (account, 0, 0, 0));
    let last = account.map(|account| (account, Day::MAX, u8::MAX, u64::MAX));
    let entries = READINGS
        .range(storage, start_after.max(first), last, Order::Ascending)
        .filter(|entry| !is(entry, &start_after));
    let (mut readings, limit) = (vec![], page(limit));
    for entry in entries {
        if readings.len() == limit {
            return Ok(ReadingsResponse { readings, more: true });
        }
        let ((account, day, method, unit), quantities) = entry?;
        let Some(method) = method_of(method) else { continue };
        readings.push(ReadingInfo {
            account,
            day,
            method,
            unit: unit.into(),
            quantities: quantities.into_iter().map(Uint64::new).collect(),
        });
    }
    Ok(ReadingsResponse { readings, more: false })
}

/// Whether an entry is the one to start behind.
fn is<K: PartialEq, V>(entry: &StdResult<(K, V)>, key: &Option<K>) -> bool {
    matches!((entry, key), (Ok((found, _)), Some(key)) if found == key)
}

/// What a claim would pay now, were the contract not paused.
pub fn simulate_claim(
    storage: &dyn Storage,
    now: Timestamp,
    member: MemberId,
) -> Result<SimulateClaimResponse, ContractError> {
    let clock = CORE.load(storage)?.clock;
    let mut storage = closed(storage, clock.last_closed(now))?;
    let claimed = PROGRAMME.claim(&mut storage, &POOLS, &clock, now, member)?;
    let amounts = claimed.amounts.iter();
    Ok(SimulateClaimResponse {
        amounts: amounts
            .map(|(pool, amount)| (name(*pool).into(), (*amount).into()))
            .collect(),
        through: claimed.through,
        more: claimed.more,
    })
}
