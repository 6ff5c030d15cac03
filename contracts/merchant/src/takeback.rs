//! Rewards of fraudulent trade return to the pool while a day is provisional.

use crate::events::Event;
use crate::records::{CustomerShare, MerchantShare};
use crate::rules::{count, within};
use crate::state::{Setup, CUSTOMERS, MERCHANTS, POOLS, VISITS};
use crate::ContractError;
use cosmwasm_std::{Storage, Timestamp};
use vrs_days::{Day, Stage};
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::Side;
use vrs_settlement::SettlementError;

/// Customers of one message.
pub const MAX_CUSTOMERS: u64 = 100;

/// Takes back the merchant's reward of the day, and for each customer named what their spending there
/// earned them. What was taken back before stays so: repeating a call changes nothing.
pub fn take_back(
    storage: &mut dyn Storage,
    setup: &Setup,
    now: Timestamp,
    merchant: MemberId,
    day: Day,
    customers: Vec<MemberId>,
) -> Result<Vec<Event>, ContractError> {
    within("customers", count(&customers), 0, MAX_CUSTOMERS)?;
    let stage = setup.clock.stage(day, now);
    if stage != Stage::Provisional {
        return Err(SettlementError::NotProvisional { day, stage }.into());
    }
    let mut events = vec![];
    let missing = |account| SettlementError::NoShare { account, day };
    let share = MERCHANTS.shares.may_load(storage, &(merchant, day))?;
    let share = share.ok_or_else(|| missing(merchant))?;
    if !share.taken_back {
        let less = MerchantShare {
            taken_back: true,
            ..share
        };
        let back = MERCHANTS.take_back(storage, &POOLS, &setup.clock, now, (merchant, day), &less)?;
        events.push(Event::TakenBack {
            side: Side::Merchants,
            member: merchant,
            merchant,
            day,
            amount: sum(&back),
        });
    }
    for customer in customers {
        let key = (customer, merchant, day);
        let mut visit = VISITS.may_load(storage, &key)?.ok_or(ContractError::NoVisit {
            merchant,
            customer,
            day,
        })?;
        if visit.taken_back {
            continue;
        }
        visit.taken_back = true;
        VISITS.save(storage, &key, &visit)?;
        let share = CUSTOMERS.shares.may_load(storage, &(customer, day))?;
        let share = share.ok_or_else(|| missing(customer))?;
        let taken = share.taken.checked_add(visit.spending());
        let less = CustomerShare {
            taken: taken.ok_or(ContractError::Overflow("taken back"))?,
            ..share
        };
        let back = CUSTOMERS.take_back(storage, &POOLS, &setup.clock, now, (customer, day), &less)?;
        events.push(Event::TakenBack {
            side: Side::Customers,
            member: customer,
            merchant,
            day,
            amount: sum(&back),
        });
    }
    Ok(events)
}

fn sum(amounts: &[(u8, u128)]) -> u128 {
    amounts.iter().fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
}
