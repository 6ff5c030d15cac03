//! Rewards: what is final is claimed, what is provisional can be taken back.

use super::{line, Crowd, CLAIM};
use crate::lane::Line;
use crate::suite::Suite;
use anyhow::Result;
use vrs_cli::chain::Name;
use vrs_days::Day;
use vrs_interface::merchant::{ExecuteMsg, PruneWhat, Side};
use vrs_interface::mining;

/// The arbiter takes back what shops, customers and miners earned on a provisional day.
pub fn take_back(suite: &mut Suite, crowds: &[Crowd], day: Day) -> Result<()> {
    for crowd in crowds {
        let customers = match crowd.size {
            100 => crowd.customers.clone(),
            1_000 => crowd.customers[..2].to_vec(),
            _ => crowd.customers.clone(),
        };
        let count = u32::try_from(customers.len())?;
        let row = line(
            Name::Merchant,
            "take_back",
            &format!("a shop's day and {count} customer(s)"),
            crowd.size,
        );
        let msg = ExecuteMsg::TakeBack {
            merchant: crowd.shops[0],
            day,
            customers,
        };
        suite.weigh(row.units(count), "operator", Name::Merchant, &msg)?;
        let row = line(Name::Mining, "take_back", "one method of an account", crowd.size);
        let msg = mining::ExecuteMsg::TakeBack {
            account: crowd.customers[0],
            day,
            methods: vec![mining::Method::Platform],
        };
        suite.weigh(row, "operator", Name::Mining, &msg)?;
    }
    Ok(())
}

fn claim(suite: &mut Suite, line: Option<Line>, side: Side, members: Vec<u32>) -> Result<()> {
    let msg = ExecuteMsg::ClaimFor { side, members };
    match line {
        Some(line) => suite.weigh(line, "relayer", Name::Merchant, &msg),
        None => suite.send("relayer", Name::Merchant, &msg),
    }
}

/// All claims, for others and of oneself.
pub fn all(suite: &mut Suite, crowds: &[Crowd]) -> Result<()> {
    let large = &crowds[2];
    for (side, name, members) in [
        (Side::Customers, "claim_for, customers", &large.customers),
        (Side::Merchants, "claim_for, merchants", &large.shops),
    ] {
        let row = line(
            Name::Merchant,
            name,
            "the first claim since: it closes the days too",
            1_000,
        );
        claim(suite, Some(row), side, vec![members[900]])?;
        for crowd in crowds {
            let members = match side {
                Side::Customers => &crowd.customers,
                Side::Merchants => &crowd.shops,
            };
            // Those behind the first have the crowd's own day alone; a crowd of one has two.
            let at = members.len() - 1;
            let with = if crowd.size == 1 { "two days" } else { "one day" };
            let row = line(Name::Merchant, name, with, crowd.size).aim(CLAIM);
            claim(suite, Some(row), side, vec![members[at]])?;
        }
        let row = line(Name::Merchant, name, "one day each, 100 in one message", 1_000);
        claim(suite, Some(row.units(100)), side, members[500..600].to_vec())?;
        let row = line(Name::Merchant, name, "one who is owed nothing", 1_000);
        claim(suite, Some(row), side, vec![members[900]])?;
    }
    let (customer, shop) = (Suite::account(large.customers[1]), Suite::account(large.shops[0]));
    for (with, account) in [("a customer, oneself", customer), ("a merchant, oneself", shop)] {
        let row = line(Name::Merchant, "claim", with, 1_000).aim(CLAIM);
        suite.weigh(row, &account, Name::Merchant, &ExecuteMsg::Claim {})?;
    }
    miners(suite, crowds)?;
    prune(suite)
}

/// Days on which all customers and 100 shops of a crowd take part; then what is claimed for all of them.
pub fn long(suite: &mut Suite, crowd: &mut Crowd, days: u32) -> Result<()> {
    let mut day = 0;
    for _ in 0..days {
        day = suite.next_day()?;
        let leaves = suite.receipts(crowd.customers.iter().copied());
        let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
        suite.relay(None, vec![batch])?;
        let mut batches = vec![];
        for (till, customer) in crowd.tills[1..100].iter_mut().zip(&crowd.customers) {
            let leaves = suite.receipts([*customer]);
            batches.push(suite.sign(till, day, &leaves)?);
        }
        suite.relay(None, batches)?;
        suite.lane.flush()?;
    }
    suite.wait_until(suite.clock.finals(day) + 1)?;
    for (side, name, members) in [
        (Side::Customers, "claim_for, customers", &crowd.customers),
        (Side::Merchants, "claim_for, merchants", &crowd.shops),
    ] {
        let with = format!("the first claim since: it closes {days} days too");
        claim(
            suite,
            Some(line(Name::Merchant, name, &with, 1_000)),
            side,
            vec![members[98]],
        )?;
        let row = line(Name::Merchant, name, &format!("{days} days, closed"), 1_000);
        claim(suite, Some(row.aim(CLAIM)), side, vec![members[97]])?;
    }
    suite.lane.flush().map(drop)
}

fn miners(suite: &mut Suite, crowds: &[Crowd]) -> Result<()> {
    let large = &crowds[2];
    let mut weigh = |row: Line, members: Vec<u32>| {
        let msg = mining::ExecuteMsg::ClaimFor { members };
        suite.weigh(row, "relayer", Name::Mining, &msg)
    };
    let row = |with, size| line(Name::Mining, "claim_for", with, size);
    weigh(
        row("the first claim since: it closes the days too", 1_000),
        vec![large.customers[900]],
    )?;
    for crowd in crowds {
        let with = if crowd.size == 1 { "two days" } else { "one day" };
        weigh(
            row(with, crowd.size).aim(CLAIM),
            vec![crowd.customers[crowd.customers.len() - 1]],
        )?;
    }
    let hundred = large.customers[500..600].to_vec();
    weigh(row("one day each, 100 in one message", 1_000).units(100), hundred)?;
    let account = Suite::account(large.customers[1]);
    let row = line(Name::Mining, "claim", "oneself", 1_000).aim(CLAIM);
    suite.weigh(row, &account, Name::Mining, &mining::ExecuteMsg::Claim {})
}

fn prune(suite: &mut Suite) -> Result<()> {
    let limit = Some(200);
    let row = |name, with| line(name, "prune", with, 1_000);
    let msg = ExecuteMsg::Prune {
        what: PruneWhat::Visits { start_after: None },
        limit,
    };
    suite.weigh(
        row(Name::Merchant, "visits, nothing is old"),
        "relayer",
        Name::Merchant,
        &msg,
    )?;
    let msg = ExecuteMsg::Prune {
        what: PruneWhat::Customers { start_after: None },
        limit,
    };
    suite.weigh(
        row(Name::Merchant, "customers' days, nothing is old"),
        "relayer",
        Name::Merchant,
        &msg,
    )?;
    let msg = mining::ExecuteMsg::Prune {
        what: mining::PruneWhat::Readings { start_after: None },
        limit,
    };
    suite.weigh(
        row(Name::Mining, "readings, nothing is old"),
        "relayer",
        Name::Mining,
        &msg,
    )?;
    let msg = vrs_interface::oracle::ExecuteMsg::Prune {
        start_after: None,
        limit,
    };
    suite.weigh(
        row(Name::Oracle, "batches, nothing is old"),
        "relayer",
        Name::Oracle,
        &msg,
    )
}
