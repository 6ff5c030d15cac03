//! Rewards of false readings return to the pools while a day is provisional.

use crate::error::{count, within};
use crate::events::{Event, Told};
use crate::state::{Core, HP, POOLS, PROGRAMME, VRS};
use crate::ContractError;
use cosmwasm_std::{Storage, Timestamp};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::mining::Method;
use vrs_settlement::SettlementError;

/// Takes an account's rewards of the methods back, of all methods where none is named. The others' rewards
/// stay as they are. A method that was taken back before stays so.
pub fn take_back(
    storage: &mut dyn Storage,
    core: &Core,
    now: Timestamp,
    account: MemberId,
    day: Day,
    methods: &[Method],
) -> Result<Told, ContractError> {
    within("methods", count(methods), 0, count(&Method::ALL))?;
    let key = (account, day);
    let share = PROGRAMME.shares.may_load(storage, &key)?;
    let mut share = share.ok_or(SettlementError::NoShare { account, day })?;
    let named: Vec<Method> = if methods.is_empty() {
        share.methods().map(|(method, ..)| method).collect()
    } else {
        methods.to_vec()
    };
    let mut taken = vec![];
    for method in named {
        if share.score(method).is_none() {
            return Err(ContractError::NoReading { account, day, method });
        }
        if share.take(method) {
            taken.push(method);
        }
    }
    let back = PROGRAMME.take_back(storage, &POOLS, &core.clock, now, key, &share)?;
    if taken.is_empty() {
        return Err(ContractError::TakenBefore { account, day });
    }
    let amount = |pool| {
        let of_pool = back.iter().filter(|(number, _)| *number == pool);
        of_pool.fold(0, |sum: u128, (_, amount)| sum.saturating_add(*amount))
    };
    Ok(Told::one(Event::TakenBack {
        account,
        day,
        methods: taken,
        hp: amount(HP),
        vrs: amount(VRS),
    }))
}
