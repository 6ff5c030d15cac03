//! Fills the pools that are empty.

use crate::chain::{Chain, Name};
use crate::deploy::{self, Accounts};
use crate::economy::Economy;
use crate::readback;
use anyhow::{bail, Result};
use cosmwasm_std::Timestamp;
use vrs_days::Clock;
use vrs_interface::points::{IssuerResponse, QueryMsg};

/// Longest that the command waits for a limit, seconds.
const PATIENCE: u64 = 900;

/// Fills what is empty, as soon as the issuers' limits allow it.
pub fn fund(chain: &mut Chain, economy: &Economy, accounts: &Accounts, clock: &Clock) -> Result<()> {
    let mut filled = vec![];
    for name in [Name::Merchant, Name::Mining] {
        let pools = readback::pools(chain, name)?.into_iter();
        filled.extend(pools.filter(|pool| !pool.funded.is_zero()).map(|pool| pool.name));
    }
    chain.wait_until(clock.start)?;
    for (points, issuer) in [(Name::Time, Name::Merchant), (Name::Hp, Name::Mining)] {
        await_limit(chain, clock, points, issuer)?;
    }
    let wanted = |pool: &str| !filled.iter().any(|name| name == pool);
    deploy::fund_pools(chain, economy, accounts, clock, &wanted)
}

/// A deployment that was interrupted until day 1 was over has limits that count some days later.
fn await_limit(chain: &mut Chain, clock: &Clock, points: Name, issuer: Name) -> Result<()> {
    let today = clock.day(Timestamp::from_nanos(chain.block()?.time));
    let msg = QueryMsg::Issuer {
        issuer: chain.address(issuer)?.to_string(),
        day: today,
    };
    let answer: IssuerResponse = chain.query(points, &msg)?;
    let Some((day, _)) = answer.planned.filter(|_| answer.limit.per_window.is_zero()) else {
        return Ok(());
    };
    let opens = clock.opens(day);
    let left = opens.saturating_sub(chain.now()?);
    if left > PATIENCE {
        bail!("{issuer} may reserve {points} from day {day} on, in {left} seconds: call again then");
    }
    eprintln!("{issuer} may reserve {points} from day {day} on: waiting {left} seconds");
    chain.wait_until(opens)
}
