//! The sums that a merchant's new day starts with, from at most six steps of a range.
//!
//! Of each recorded day `d`, `FRE(d)` are its customers, and two sums stand in its record:
//!
//! ```text
//! before(d) = sum of FRE over recorded days <= d-2
//! window(d) = sum of FRE over recorded days from d-1-w to d-2        w = weight_days, 30: d-31 to d-2
//! ```
//!
//! Day d-1 may still get late orders while d runs; d-2 is closed before d begins (a day closes at most
//! one day after its end), so both sums are made of numbers that no longer change.
//!
//! **before(D)** follows from its neighbours:
//! - D+1 is recorded (D gets its first order late): `before(D+1)` covers days <= D-1, so `- FRE(D-1)` if
//!   recorded. Else from the newest record p before D and the one before that:
//! - none: 0.
//! - p = D-1: `before(D-1)` covers days <= D-3, and only D-2 is missing: `+ FRE(D-2)` if recorded.
//! - p <= D-2: all recorded days up to p are wanted; `before(p)` covers days <= p-2, so
//!   `+ FRE(p-1)` if recorded, `+ FRE(p)`.
//!
//! **window(D)** is before(D) less the days <= D-2-w. Let q be the first record from D-w on (before D),
//! and e the record of day D-1-w, the oldest of the window, if there is one.
//! - no q: of the window's days only e can be recorded: `FRE(e)`.
//! - q = D-w: `before(q)` covers exactly the days <= D-2-w: `before(D) - before(q)`.
//! - q > D-w: `before(q)` covers days <= q-2, which are those <= D-2-w, then e (D-1-w <= q-2), and
//!   none in between because q is the first from D-w on: `before(D) - before(q) + FRE(e)`.
//!
//! A difference of two records holds whatever constant both lack, so that records pruned long ago (180
//! days and more, a window has 92 at the most) leave the window alone. It is one constant for all,
//! because each record follows from its neighbour: only D and a late D-1 would both follow from p,
//! with p-1 pruned between the two. Hence the first rule.
//!
//! Worked example, w = 3, one first-time customer on each of days 1, 2, 5, 6; D = 6, window days 2 to 4:
//! p = 5 = D-1, day 4 unrecorded: before(6) = before(5) = 2. q = 5 > 3, e = 2: 2 - 2 + 1 = 1.

use crate::records::{Buyers, MerchantShare};
use crate::state::{peek, MERCHANTS};
use crate::ContractError;
use cosmwasm_std::{Order, StdResult, Storage};
use vrs_days::Day;
use vrs_interface::identity::MemberId;

/// A merchant's newest records up to `day`: `day`'s own where there is one, else the two before it.
/// One range finds both: a step costs a fifth of a read.
pub fn newest(storage: &dyn Storage, merchant: MemberId, day: Day) -> StdResult<Vec<(Day, MerchantShare)>> {
    let mut records = vec![];
    for entry in MERCHANTS
        .shares
        .range(storage, Some((merchant, 0)), Some((merchant, day)), Order::Descending)
        .take(2)
    {
        let ((_, d), share) = entry?;
        records.push((d, share));
        if d == day {
            break;
        }
    }
    Ok(records)
}

/// `before` and `window` of a day that has no record yet; `newest` are the merchant's newest records
/// before it.
pub fn starting_sums(
    storage: &dyn Storage,
    merchant: MemberId,
    day: Day,
    weight_days: u32,
    newest: &[(Day, MerchantShare)],
) -> Result<(Buyers, Buyers), ContractError> {
    const OVERFLOW: ContractError = ContractError::Overflow("weights");
    let next = peek(&MERCHANTS.shares, storage, &(merchant, day.saturating_add(1)))?;
    let before = match (newest, next) {
        (newest, Some(next)) => {
            let yesterday = newest.first().filter(|(d, _)| d.saturating_add(1) == day);
            let yesterday = yesterday.map(|(_, share)| share.buyers).unwrap_or_default();
            next.before.minus(yesterday).ok_or(OVERFLOW)?
        }
        ([], None) => Buyers::default(),
        ([(p, share), rest @ ..], None) => {
            // Day of the other record that may be missing in before(p).
            let (mut sum, neighbour) = if p.saturating_add(1) == day {
                (share.before, day.saturating_sub(2))
            } else {
                let sum = share.before.plus(share.buyers).ok_or(OVERFLOW)?;
                (sum, p.saturating_sub(1))
            };
            if let Some((_, other)) = rest.first().filter(|(d, _)| *d == neighbour) {
                sum = sum.plus(other.buyers).ok_or(OVERFLOW)?;
            }
            sum
        }
    };
    let Some(last) = day.checked_sub(1) else {
        return Ok((before, Buyers::default()));
    };
    let oldest = last.saturating_sub(weight_days);
    let mut from_oldest = MERCHANTS
        .shares
        .range(
            storage,
            Some((merchant, oldest)),
            Some((merchant, last)),
            Order::Ascending,
        )
        .take(2);
    let (mut edge, mut first) = (Buyers::default(), from_oldest.next().transpose()?);
    // A window that reaches beyond day 1 begins at day 0, which has no record.
    if let Some(((_, d), share)) = &first {
        if *d == oldest {
            edge = share.buyers;
            first = from_oldest.next().transpose()?;
        }
    }
    let window = match first {
        None => edge,
        Some(((_, q), share)) => {
            let window = before.minus(share.before).ok_or(OVERFLOW)?;
            if q == oldest.saturating_add(1) {
                window
            } else {
                window.plus(edge).ok_or(OVERFLOW)?
            }
        }
    };
    Ok((before, window))
}
