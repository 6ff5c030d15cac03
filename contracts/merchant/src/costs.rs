//! What a shop costs: attested premises, rents of districts, wages of trades.

use crate::events::{Event, RateKind};
use crate::rules::{count, within};
use crate::state::{Premises, Setup, PREMISES, RENTS, WAGES};
use crate::ContractError;
use cosmwasm_std::{StdResult, Storage, Timestamp, Uint128, Uint64};
use std::collections::BTreeSet;
use vrs_days::{Day, Schedule};
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{Profile, ProfileResponse, Rate};
use vrs_scoring::cost_minor;
use vrs_table::Table;

/// Entries of one message at the most.
pub const MAX_ENTRIES: u64 = 100;
/// Largest area, square feet.
pub const MAX_AREA: u64 = 10_000_000;
/// Most people.
pub const MAX_STAFF: u64 = 1_000_000;
/// Highest rent or wage, minor units.
pub const MAX_RATE: u64 = 1_000_000_000_000;

/// Sets merchants' premises from tomorrow on; those of a merchant who had none hold for all days.
pub fn set_profiles(
    storage: &mut dyn Storage,
    setup: &Setup,
    now: Timestamp,
    profiles: Vec<Profile>,
) -> Result<Vec<Event>, ContractError> {
    within("profiles", count(&profiles), 1, MAX_ENTRIES)?;
    distinct("merchant", profiles.iter().map(|profile| profile.merchant))?;
    for profile in &profiles {
        within("merchant", u64::from(profile.merchant), 1, u32::MAX.into())?;
        within("area", u64::from(profile.area), 1, MAX_AREA)?;
        within("staff", u64::from(profile.staff), 1, MAX_STAFF)?;
    }
    let today = setup.clock.day(now);
    let mut events = vec![];
    for profile in profiles {
        let premises = Premises {
            area: profile.area,
            staff: profile.staff,
            district: profile.district,
            trade: profile.trade,
        };
        let from = set(storage, &PREMISES, profile.merchant, premises, today)?;
        events.push(Event::ProfileSet { profile, from });
    }
    Ok(events)
}

/// Sets rents or wages from tomorrow on; a new line holds for all days.
pub fn set_rates(
    storage: &mut dyn Storage,
    setup: &Setup,
    now: Timestamp,
    kind: RateKind,
    rates: Vec<Rate>,
) -> Result<Vec<Event>, ContractError> {
    within("rates", count(&rates), 1, MAX_ENTRIES)?;
    distinct(kind.name(), rates.iter().map(|rate| rate.id))?;
    for rate in &rates {
        within("amount", rate.amount, 1, MAX_RATE)?;
    }
    let today = setup.clock.day(now);
    let mut events = vec![];
    for rate in rates {
        let from = set(storage, table(kind), rate.id, rate.amount, today)?;
        events.push(Event::RateSet { kind, rate, from });
    }
    Ok(events)
}

fn table(kind: RateKind) -> &'static Table<u32, Schedule<u64>> {
    const RENT_TABLE: &Table<u32, Schedule<u64>> = &RENTS;
    const WAGE_TABLE: &Table<u32, Schedule<u64>> = &WAGES;
    match kind {
        RateKind::District => RENT_TABLE,
        RateKind::Trade => WAGE_TABLE,
    }
}

/// Answers the first day of the new value; 0: all days.
fn set<V>(storage: &mut dyn Storage, table: &Table<u32, Schedule<V>>, id: u32, value: V, today: Day) -> StdResult<Day>
where
    V: Clone + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let (schedule, from) = match table.may_load(storage, &id)? {
        None => (Schedule::new(value), 0),
        Some(mut schedule) => {
            let tomorrow = today.saturating_add(1);
            schedule.set(today, tomorrow, value);
            (schedule, tomorrow)
        }
    };
    table.save(storage, &id, &schedule)?;
    Ok(from)
}

/// Refuses a list that holds the same number twice.
pub fn distinct(what: &'static str, ids: impl Iterator<Item = u32>) -> Result<(), ContractError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(ContractError::Twice { what, id });
        }
    }
    Ok(())
}

/// What a merchant's costs follow from on a day.
pub struct Costs {
    premises: Option<Premises>,
    rent: Option<u64>,
    wage: Option<u64>,
}

impl Costs {
    /// As in force on `day`; nothing where the day is older than what is kept.
    pub fn load(storage: &dyn Storage, merchant: MemberId, day: Day) -> StdResult<Self> {
        let premises = PREMISES.may_load(storage, &merchant)?;
        let premises = premises.and_then(|schedule| schedule.at(day).copied());
        let rate = |table: &Table<u32, Schedule<u64>>, id: Option<u32>| -> StdResult<Option<u64>> {
            let Some(id) = id else { return Ok(None) };
            let schedule = table.may_load(storage, &id)?;
            Ok(schedule.and_then(|schedule| schedule.at(day).copied()))
        };
        Ok(Costs {
            premises,
            rent: rate(&RENTS, premises.map(|premises| premises.district))?,
            wage: rate(&WAGES, premises.map(|premises| premises.trade))?,
        })
    }

    /// `area * rent + staff * wage` in minor units, where all four are attested.
    pub fn total(&self) -> Option<u128> {
        let premises = self.premises?;
        Some(cost_minor(premises.area, self.rent?, premises.staff, self.wage?))
    }

    /// As an answer.
    pub fn response(&self, merchant: MemberId) -> ProfileResponse {
        ProfileResponse {
            profile: self.premises.map(|premises| Profile {
                merchant,
                area: premises.area,
                staff: premises.staff,
                district: premises.district,
                trade: premises.trade,
            }),
            rent: self.rent.map(Uint64::new),
            wage: self.wage.map(Uint64::new),
            cost: self.total().map(Uint128::new),
        }
    }
}
