//! Questions to other contracts of the suite.

use crate::Error;
use cosmwasm_std::{Addr, QuerierWrapper};
use serde::{Deserialize, Serialize};
use vrs_days::Clock;

/// What every contract with a clock answers to `{"config":{}}`, all else left aside: an answer may have more fields.
#[derive(Deserialize)]
struct Clocked {
    clock: Answered,
}

/// A clock as answered.
#[derive(Deserialize)]
struct Answered {
    start: u64,
    day_seconds: u32,
    close_after: u32,
    final_after: u32,
}

/// The question to it.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Ask {
    Config {},
}

/// Refuses a contract that counts days otherwise. `contract` is what it is to the caller: `oracle`.
pub fn same_clock(
    querier: QuerierWrapper,
    contract: &'static str,
    address: &Addr,
    expected: &Clock,
) -> Result<(), Error> {
    let Clocked { clock } = querier.query_wasm_smart(address, &Ask::Config {})?;
    let clock = Clock {
        start: clock.start,
        day_seconds: clock.day_seconds,
        close_after: clock.close_after,
        final_after: clock.final_after,
    };
    if clock != *expected {
        return Err(Error::OtherClock {
            contract,
            address: address.clone(),
            expected: Box::new(expected.clone()),
            actual: Box::new(clock),
        });
    }
    Ok(())
}

/// Refuses an answer for fewer or more than were asked for.
pub fn answered(contract: &'static str, expected: usize, actual: usize) -> Result<(), Error> {
    if expected != actual {
        return Err(Error::WrongAnswer {
            contract,
            expected,
            actual,
        });
    }
    Ok(())
}
