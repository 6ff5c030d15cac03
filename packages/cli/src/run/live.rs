//! Lives through the days: batches at the end of their span, claims when a day is final.

use super::progress::Progress;
use super::register::Registration;
use super::relay::{messages, parcels, recognise, submit, Drop, Drops, Parcel, Participants};
use super::sign::SignedDevice;
use super::{claims, Plan};
use crate::chain::Chain;
use crate::deploy::Accounts;
use anyhow::Result;
use std::collections::BTreeMap;
use vrs_days::{Clock, Day};

/// What became of the rows.
pub struct Lived {
    /// What fell, in no particular order.
    pub drops: Drops,
}

/// Relays and claims everything, in the order of time. Of two things due at one moment, batches come
/// before claims; no figure depends on it. What the oracle has already is not sent again.
pub fn live(
    chain: &mut Chain,
    accounts: &Accounts,
    plan: &Plan,
    registration: &Registration,
    signed: &[SignedDevice],
    clock: &Clock,
    progress: &Progress,
) -> Result<Lived> {
    let mut drops = Drops::default();
    for device in signed.iter().filter(|device| device.is_terminal) {
        let refused = device.signing.refused.iter();
        drops.receipts.extend(refused.map(|refused| Drop {
            row: refused.row,
            reason: refused.reason.name(),
        }));
    }
    let parcels = parcels(signed);
    progress.steps("living through the days", parcels.len() as u64);
    let mut days: BTreeMap<Day, Participants> = BTreeMap::new();
    let mut rest = parcels.as_slice();
    let moment = |parcel: &Parcel| {
        let (day, part) = parcel.due();
        clock.opens(day).saturating_add(clock.seconds(part))
    };
    while let Some(next) = rest.first().map(moment) {
        claim_due(chain, accounts, registration, clock, &mut days, next)?;
        chain.wait_until(next)?;
        // Whatever is due by now goes together: a real chain's time does not wait for us.
        let now = chain.now()?.max(next);
        let count = rest.iter().take_while(|parcel| moment(parcel) <= now).count();
        let (now, later) = rest.split_at(count);
        let mut fresh = vec![];
        for parcel in now {
            let is_taken = recognise(plan, parcel, &registration.taken, &mut drops, |day, enter| {
                enter(days.entry(day).or_default());
            })?;
            if is_taken {
                progress.advance(1);
            } else {
                fresh.push(*parcel);
            }
        }
        for message in messages(&fresh) {
            submit(chain, accounts, plan, message, &mut drops, |day, enter| {
                enter(days.entry(day).or_default());
            })?;
            progress.advance(message.len() as u64);
        }
        rest = later;
    }
    claim_due(chain, accounts, registration, clock, &mut days, u64::MAX)?;
    let last = signed.iter().filter_map(|device| device.signing.batches.last());
    chain.wait_until(clock.finals(last.map(|batch| batch.day).max().unwrap_or(plan.calendar.first_day)))?;
    Ok(Lived { drops })
}

/// Claims the days that are final before `until`, each at its moment.
fn claim_due(
    chain: &mut Chain,
    accounts: &Accounts,
    registration: &Registration,
    clock: &Clock,
    days: &mut BTreeMap<Day, Participants>,
    until: u64,
) -> Result<()> {
    while let Some(entry) = days.first_entry() {
        let at = clock.finals(*entry.key());
        if at >= until {
            break;
        }
        let participants = entry.remove();
        chain.wait_until(at)?;
        claims::claim(chain, accounts, &registration.book, &participants)?;
    }
    Ok(())
}
