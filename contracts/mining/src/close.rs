//! Days close by time; the first message afterwards sets their budgets aside, days in order, the
//! methods of a day in order.
//!
//! ```text
//! budget(m) = min(budget of m, left in the pool, left of its window)      for each method with a score
//! cap(m)    = floor(share_cap * budget(m) / accounts with a score at m)
//! ```

use crate::events::{Event, Told};
use crate::rulebook::Rulebook;
use crate::share::{heads_track, score_track};
use crate::state::{Core, HP, POOLS, PROGRAMME, RULES, VRS};
use crate::ContractError;
use cosmwasm_std::{Storage, Timestamp};
use vrs_days::Day;
use vrs_interface::mining::Method;
use vrs_scoring::{cap, WHOLE_BPS};
use vrs_settlement::{ClosedDay, Plan, SettlementError, Totals, Tranche};

/// Closes every day that time has closed.
pub fn due(storage: &mut dyn Storage, core: &Core, now: Timestamp) -> Result<Told, ContractError> {
    through(storage, core.clock.last_closed(now))
}

/// Closes every day up to `last`: in queries, on an overlay, also days that run.
pub fn through(storage: &mut dyn Storage, last: Day) -> Result<Told, ContractError> {
    let mut told = Told::default();
    if PROGRAMME.closed_through(storage)? >= last {
        return Ok(told);
    }
    let book = RULES.load(storage)?;
    let plan = |storage: &dyn Storage, day: Day, totals: &Totals| plan(storage, &book, day, totals);
    for closed in PROGRAMME.close_through(storage, &POOLS, last, &plan)? {
        told.events.push(Event::DayClosed {
            day: closed.day,
            hp: reserved(&closed, HP),
            vrs: reserved(&closed, VRS),
        });
    }
    Ok(told)
}

fn reserved(closed: &ClosedDay, pool: u8) -> u128 {
    let of_pool = closed.reserved.iter().filter(|(number, _)| *number == pool);
    of_pool.fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
}

/// How a day is divided. Both pools are shared by the six methods: what one takes, the next ones do
/// not find. A method without a score takes nothing.
fn plan(storage: &dyn Storage, book: &Rulebook, day: Day, totals: &Totals) -> Result<Plan, SettlementError> {
    let rules = book.at(day);
    let (hp_limit, vrs_limit) = rules.limits();
    let mut pools = [(HP, hp_limit), (VRS, vrs_limit)].map(|(pool, limit)| (pool, limit, 0u128));
    for (pool, limit, left) in &mut pools {
        *left = POOLS.available(storage, *pool, day, Some(*limit))?;
    }
    let mut tranches = vec![];
    for method in Method::ALL {
        let track = score_track(method);
        if totals.sum(track) == 0 {
            continue;
        }
        let heads = u32::try_from(totals.sum(heads_track(method))).unwrap_or(u32::MAX);
        let (hp, vrs) = rules.budget(method);
        for ((pool, _, left), wanted) in pools.iter_mut().zip([hp, vrs]) {
            let budget = wanted.min(*left);
            if budget == 0 {
                continue;
            }
            *left = left.saturating_sub(budget);
            let most = cap(budget, WHOLE_BPS, rules.share_cap, heads);
            let most = most.map_err(|_| SettlementError::Overflow("share cap"))?;
            tranches.push(Tranche {
                track,
                pool: *pool,
                budget,
                share_bps: WHOLE_BPS,
                cap: (rules.share_cap > 0).then_some(most),
            });
        }
    }
    Ok(Plan {
        tranches,
        limits: vec![(HP, hp_limit), (VRS, vrs_limit)],
    })
}
