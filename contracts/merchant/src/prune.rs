//! What is no longer needed goes, by anyone's hand.

use crate::events::{next_page, Event};
use crate::records::Visit;
use crate::state::{Setup, CUSTOMERS, MERCHANTS, POOLS, VISITS};
use crate::ContractError;
use cosmwasm_std::{Order, StdResult, Storage, Timestamp};
use vrs_access::ACCESS;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::PruneWhat;
use vrs_table::page;

/// Removes what is no longer needed, looking at no more than `limit` entries (1 at least).
pub fn prune(
    storage: &mut dyn Storage,
    setup: &Setup,
    now: Timestamp,
    what: PruneWhat,
    limit: Option<u32>,
) -> Result<Event, ContractError> {
    let limit = u32::try_from(page(limit)).unwrap_or(vrs_table::MAX_LIMIT);
    // Time that was paused does not count: nobody could claim.
    let expired = ACCESS.expired_through(storage, &setup.clock, now, setup.expiry_days)?;
    let (what, pruned) = match what {
        PruneWhat::Merchants { start_after } => {
            let pruned = MERCHANTS.prune(storage, &POOLS, expired, start_after, limit)?;
            ("merchants", pruned)
        }
        PruneWhat::Customers { start_after } => {
            let pruned = CUSTOMERS.prune(storage, &POOLS, expired, start_after, limit)?;
            ("customers", pruned)
        }
        PruneWhat::Visits { start_after } => {
            let (removed, next) = visits(storage, setup, now, start_after, limit)?;
            return Ok(Event::Pruned {
                what: "visits",
                removed,
                unclaimed: 0,
                next: next_page(next)?,
            });
        }
    };
    Ok(Event::Pruned {
        what,
        removed: pruned.removed,
        unclaimed: pruned.unclaimed,
        next: next_page(pruned.next)?,
    })
}

type VisitKey = (MemberId, MemberId, Day);

/// Removes visits of days that have been final for `horizon_days`. A customer stays known: their newest
/// visit there says so, and where that is removed a marker of day 0 takes its place. A marker goes
/// when a newer visit says the same.
///
/// Worked example: visits of days 3 (counted) and 9 (small), both old. 3 goes, since 9 was written
/// with `known`; then 9 goes and a marker stays. A visit of day 400 finds the marker and carries
/// `known`; the next walk removes the marker.
fn visits(
    storage: &mut dyn Storage,
    setup: &Setup,
    now: Timestamp,
    start_after: Option<VisitKey>,
    limit: u32,
) -> StdResult<(u32, Option<VisitKey>)> {
    let horizon = setup.clock.last_final(now).saturating_sub(setup.horizon_days);
    let mut removed = 0u32;
    let mut position = start_after;
    for _ in 0..limit.max(1) {
        let from = position.map(|(customer, merchant, day)| (customer, merchant, day.saturating_add(1)));
        let entry = VISITS.range(storage, from, None, Order::Ascending).next().transpose()?;
        let Some((key, visit)) = entry else {
            return Ok((removed, None));
        };
        let (customer, merchant, day) = key;
        position = Some(key);
        if day > horizon {
            // All later visits of this pair are younger still.
            position = Some((customer, merchant, Day::MAX));
            continue;
        }
        let behind = Some((customer, merchant, day.saturating_add(1)));
        let end = Some((customer, merchant, Day::MAX));
        let newer = VISITS
            .range(storage, behind, end, Order::Ascending)
            .next()
            .transpose()?;
        if newer.is_none() && visit.makes_known() {
            if day == 0 {
                continue;
            }
            VISITS.save(storage, &(customer, merchant, 0), &Visit::MARKER)?;
        }
        VISITS.remove(storage, &key);
        removed = removed.saturating_add(1);
    }
    Ok((removed, position))
}
