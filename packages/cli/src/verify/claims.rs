//! Claimed flags, and what a claim would pay now.

use super::answers::{Mined, Trade};
use super::mined::POOLS;
use super::names::Names;
use super::tally::{holds, same, Tally};
use super::trade::SIDES;
use crate::chain::{Chain, Name};
use crate::failure::Difference;
use anyhow::Result;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{self, Side, POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::mining::{self, POOL_HP};
use vrs_interface::settlement::SimulateClaimResponse;

/// Days that one claim walks at the most.
const CLAIM_DAYS: Day = 120;

/// A day of an account: rewards by pool, and whether it was claimed.
struct Due {
    day: Day,
    amounts: Vec<(&'static str, u128)>,
    claimed: bool,
}

/// Compares what is unclaimed and final with what the contracts say a claim would pay; no day may be
/// claimed behind one that is not.
pub fn check(
    chain: &Chain,
    (trade, mined): (&Trade, &Mined),
    names: &Names,
    last_final: Day,
    tally: &mut Tally,
) -> Result<()> {
    for side in SIDES {
        let mut dues: BTreeMap<MemberId, Vec<Due>> = BTreeMap::new();
        let mut enter = |member, day, pool, reward: u128, claimed| {
            dues.entry(member).or_default().push(Due {
                day,
                amounts: vec![(pool, reward)],
                claimed,
            });
        };
        match side {
            Side::Merchants => trade
                .merchants
                .iter()
                .for_each(|row| enter(row.merchant, row.day, POOL_MERCHANTS, row.reward.u128(), row.claimed)),
            Side::Customers => trade
                .customers
                .iter()
                .for_each(|row| enter(row.customer, row.day, POOL_CUSTOMERS, row.reward.u128(), row.claimed)),
        }
        for (member, dues) in dues {
            let ask = || chain.query(Name::Merchant, &merchant::QueryMsg::SimulateClaim { side, member });
            account(member, &dues, names, last_final, ask, tally)?;
        }
    }
    let mut dues: BTreeMap<MemberId, Vec<Due>> = BTreeMap::new();
    for row in &mined.scores {
        let amount = |pool: &'static str| {
            let rewards = row.methods.iter().map(|line| match pool {
                POOL_HP => line.reward_hp.u128(),
                _ => line.reward_vrs.u128(),
            });
            (pool, rewards.sum())
        };
        dues.entry(row.account).or_default().push(Due {
            day: row.day,
            amounts: POOLS.into_iter().map(amount).collect(),
            claimed: row.claimed,
        });
    }
    for (member, dues) in dues {
        let ask = || chain.query(Name::Mining, &mining::QueryMsg::SimulateClaim { member });
        account(member, &dues, names, last_final, ask, tally)?;
    }
    Ok(())
}

fn account(
    member: MemberId,
    dues: &[Due],
    names: &Names,
    last_final: Day,
    ask: impl FnOnce() -> Result<SimulateClaimResponse>,
    tally: &mut Tally,
) -> Result<()> {
    check_order(dues, |day| {
        format!("claim of {} on {}", names.member(member), names.day(day))
    })?;
    let open: Vec<&Due> = dues
        .iter()
        .filter(|due| !due.claimed && due.day <= last_final)
        .collect();
    let Some(first) = open.first().map(|due| due.day) else {
        return Ok(());
    };
    let (now, later): (Vec<&Due>, Vec<&Due>) = open.into_iter().partition(|due| due.day - first < CLAIM_DAYS);
    let answer = ask()?;
    let at = |what: &str| format!("{what} that a claim of {} would pay now", names.member(member));
    let mut expected: BTreeMap<&str, u128> = BTreeMap::new();
    for (pool, amount) in now.iter().flat_map(|due| &due.amounts) {
        *expected.entry(pool).or_default() += amount;
    }
    for (pool, amount) in &expected {
        let of_pool = answer.amounts.iter().filter(|(name, _)| name == pool);
        let actual: u128 = of_pool.map(|(_, amount)| amount.u128()).sum();
        same(|| at(&format!("amount from {pool}")), *amount, actual)?;
    }
    let stray = answer
        .amounts
        .iter()
        .find(|(pool, _)| !expected.contains_key(pool.as_str()));
    let told = stray.map_or("none", |(pool, _)| pool);
    same(|| at("other pool"), "none", told)?;
    same(
        || at("further claim needed for the rest"),
        !later.is_empty(),
        answer.more,
    )?;
    tally.count("claims that would pay now", 1);
    Ok(())
}

/// Days are claimed in order.
fn check_order(dues: &[Due], at: impl Fn(Day) -> String) -> Result<(), Difference> {
    let mut open = None;
    for due in dues {
        match open {
            None if !due.claimed => open = Some(due.day),
            Some(first) if due.claimed => {
                let expected = format!("none behind day {first}, which is not claimed");
                return holds(|| at(due.day), false, expected, "claimed");
            }
            _ => {}
        }
    }
    Ok(())
}
