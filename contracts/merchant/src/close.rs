//! Days close by time; the first message afterwards sets their budgets aside, days in order.
//!
//! ```text
//! budget = min(per_head * participants, max, left in the pool, left of its window)
//! ```
//!
//! Nothing but this contract's own state decides it, so that it does not matter when a day happens to
//! be closed. The customers' pool is backed from the start: `FundTime` reserves Time first.

use crate::events::Event;
use crate::rules::WHOLE_BPS;
use crate::side::{merchant_track, SideExt, SPENDING};
use crate::state::{Setup, CUSTOMERS, MERCHANTS, POOLS};
use crate::ContractError;
use cosmwasm_std::{StdResult, Storage};
use std::cell::RefCell;
use vrs_days::Day;
use vrs_interface::merchant::Side;
use vrs_scoring::{cap, daily_budget};
use vrs_settlement::{ClosedDay, Plan, SettlementError, Totals, Tranche};

/// A budget as it was planned when its day closed.
struct Planned {
    day: Day,
    participants: u32,
    budget: u128,
}

/// Closes every day of both programmes up to `last`. Every message does this for the days that time
/// has closed, before anything that a budget depends on changes.
pub fn close_through(storage: &mut dyn Storage, setup: &Setup, last: Day) -> Result<Vec<Event>, ContractError> {
    // Both programmes are always closed together: one head tells of both, and a read costs 1,000 gas.
    if MERCHANTS.closed_through(storage)? >= last {
        return Ok(vec![]);
    }
    let planned = RefCell::new(vec![]);
    let plan = |storage: &dyn Storage, day: Day, totals: &Totals| {
        let head = Head::new(storage, setup, Side::Merchants, day, totals)?;
        let power = head.power_bps;
        let rest = WHOLE_BPS.saturating_sub(power);
        let tracks = [
            (merchant_track::BIZPOWER, power, true),
            (merchant_track::HOLDING, rest, false),
        ];
        head.plan(&planned, &tracks)
    };
    let days = MERCHANTS.close_through(storage, &POOLS, last, &plan)?;
    let planned = planned.into_inner();
    for plan in &planned {
        remember_idle(storage, plan)?;
    }
    let mut events = tell(Side::Merchants, &planned, &days);

    let planned = RefCell::new(vec![]);
    let plan = |storage: &dyn Storage, day: Day, totals: &Totals| {
        let head = Head::new(storage, setup, Side::Customers, day, totals)?;
        head.plan(&planned, &[(SPENDING, WHOLE_BPS, true)])
    };
    let days = CUSTOMERS.close_through(storage, &POOLS, last, &plan)?;
    events.extend(tell(Side::Customers, &planned.into_inner(), &days));
    Ok(events)
}

/// What a side's day may take.
struct Head<'a> {
    setup: &'a Setup,
    side: Side,
    day: Day,
    participants: u32,
    share_cap: u32,
    power_bps: u16,
    budget: u128,
}

impl<'a> Head<'a> {
    fn new(storage: &dyn Storage, setup: &'a Setup, side: Side, day: Day, totals: &Totals) -> StdResult<Self> {
        let rules = setup.rules(day)?;
        let rule = rules.budget(side);
        let left = POOLS.available(storage, side.pool(), day, Some(rule.limit()))?;
        Ok(Head {
            setup,
            side,
            day,
            participants: totals.participants,
            share_cap: rules.share_cap,
            power_bps: rules.power_bps(day),
            budget: daily_budget(rule.per_head, totals.participants, rule.max, left),
        })
    }

    /// Tranches of the budget: (track, its part in 1/10,000, whether the cap holds for it).
    fn plan(&self, planned: &RefCell<Vec<Planned>>, tracks: &[(u8, u16, bool)]) -> Result<Plan, SettlementError> {
        let mut tranches = vec![];
        for (track, share_bps, capped) in tracks.iter().copied().filter(|(_, bps, _)| *bps > 0) {
            let cap = if capped && self.share_cap > 0 {
                let cap = cap(self.budget, share_bps, self.share_cap, self.participants);
                Some(cap.map_err(|_| SettlementError::Overflow("share cap"))?)
            } else {
                None
            };
            tranches.push(Tranche {
                track,
                pool: self.side.pool(),
                budget: self.budget,
                share_bps,
                cap,
            });
        }
        planned.borrow_mut().push(Planned {
            day: self.day,
            participants: self.participants,
            budget: self.budget,
        });
        let limit = self.setup.rules(self.day)?.budget(self.side).limit();
        Ok(Plan {
            tranches,
            limits: vec![(self.side.pool(), limit)],
        })
    }
}

/// A closed day tells its budget by its tranches. Where nobody has a weight there are none, and the
/// budget is kept as a sum of its own.
fn remember_idle(storage: &mut dyn Storage, plan: &Planned) -> Result<(), ContractError> {
    let mut totals = MERCHANTS.days.load(storage, &plan.day)?;
    if totals.tranches.is_empty() && plan.budget > 0 {
        totals.shift(merchant_track::IDLE_BUDGET, 0, plan.budget)?;
        MERCHANTS.days.save(storage, &plan.day, &totals)?;
    }
    Ok(())
}

/// The whole budget of a closed day.
pub fn budget_of(totals: &Totals) -> u128 {
    match totals.tranches.first() {
        Some(tranche) => tranche.budget,
        None => totals.sum(merchant_track::IDLE_BUDGET),
    }
}

fn tell(side: Side, planned: &[Planned], days: &[ClosedDay]) -> Vec<Event> {
    let told = planned.iter().zip(days).map(|(plan, day)| Event::DayClosed {
        side,
        day: plan.day,
        participants: plan.participants,
        budget: plan.budget,
        reserved: day
            .reserved
            .iter()
            .fold(0, |sum, (_, amount)| u128::saturating_add(sum, *amount)),
    });
    told.collect()
}
