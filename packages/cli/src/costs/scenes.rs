//! What is weighed.

use super::bench::{Bench, Signer};
use super::gas::Gas;
use crate::chain::Name;
use anyhow::Result;
use vrs_attestation::leaf::{Hosting, Measured, Reading};
use vrs_interface::identity::Kind as MemberKind;
use vrs_interface::merchant::Side;
use vrs_interface::oracle::DeviceKind;
use vrs_interface::{mining, points, token};

/// A weighed message.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was sent.
    pub what: String,
    /// What takes part beside it.
    pub with: String,
    /// Receipts, members, readings in the message.
    pub units: u64,
    /// What it costs.
    pub gas: Gas,
    /// The most that one unit may cost, where there is an aim.
    pub aim: Option<u64>,
}

impl Row {
    fn new(what: &str, with: &str, units: u64, gas: Gas) -> Self {
        Row {
            what: what.into(),
            with: with.into(),
            units,
            gas,
            aim: None,
        }
    }

    fn aim(mut self, aim: u64) -> Self {
        self.aim = Some(aim);
        self
    }

    /// Gas a unit, rounded up.
    pub fn each(&self) -> u64 {
        self.gas.total().div_ceil(self.units.max(1))
    }
}

/// 100 receipts of one shop in one batch, every customer a different one.
pub fn one_shop() -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let shop = bench.shops(1)?;
    let (customers, _) = bench.members(MemberKind::Individual, 200)?;
    let (mut tills, _) = bench.devices(DeviceKind::Terminal, &[shop])?;
    let mut rows = vec![];
    let mut hundred = |bench: &mut Bench, day: u32, part: u32, from: u32, with: &str| -> Result<()> {
        bench.at(day, part)?;
        let leaves = bench.receipts(from..from + 100);
        let batch = bench.sign(&mut tills[0], day, &leaves)?;
        let gas = bench.relay(vec![batch])?;
        rows.push(Row::new("100 receipts of one shop in one batch", with, 100, gas).aim(12_000));
        Ok(())
    };
    hundred(&mut bench, 2, 36_000, customers, "new customers, the day's first batch")?;
    hundred(&mut bench, 2, 40_000, customers + 100, "new customers, a later batch")?;
    hundred(
        &mut bench,
        4,
        36_000,
        customers,
        "known customers, the day's first batch",
    )?;
    hundred(&mut bench, 4, 40_000, customers, "the same customers again that day")?;
    Ok(rows)
}

/// 100 shops' batches of 1.23 receipts in one message: the shape of the real month.
pub fn many_shops() -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let first = bench.shops(100)?;
    let shops: Vec<u32> = (first..first + 100).collect();
    let (customers, _) = bench.members(MemberKind::Individual, 246)?;
    let (mut tills, _) = bench.devices(DeviceKind::Terminal, &shops)?;
    let mut rows = vec![];
    let mut hour = |bench: &mut Bench, day: u32, part: u32, from: u32, with: &str| -> Result<()> {
        bench.at(day, part)?;
        let (mut customer, mut batches) = (from, vec![]);
        for (i, till) in tills.iter_mut().enumerate() {
            // 23 of 100 batches hold two receipts.
            let count = if i % 100 < 23 { 2 } else { 1 };
            let leaves = bench.receipts(customer..customer + count);
            customer += count;
            batches.push(bench.sign(till, day, &leaves)?);
        }
        let gas = bench.relay(batches)?;
        rows.push(Row::new("100 shops' batches of 1.23 receipts in one message", with, 123, gas).aim(30_000));
        Ok(())
    };
    hour(
        &mut bench,
        2,
        36_000,
        customers,
        "new customers, each shop's first batch of its first day",
    )?;
    hour(&mut bench, 2, 40_000, customers + 123, "new customers, later that day")?;
    for day in 3..40 {
        hour(&mut bench, day, 36_000, customers, "")?;
    }
    hour(
        &mut bench,
        40,
        36_000,
        customers,
        "known customers, each shop's first batch of the day, a month on record",
    )?;
    hour(
        &mut bench,
        40,
        40_000,
        customers + 123,
        "known customers, later that day",
    )?;
    rows.retain(|row| !row.with.is_empty());
    Ok(rows)
}

/// A customer's and a merchant's claim after `days` days with `others` others.
pub fn claims(days: u32, others: usize) -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let shop = bench.shops(1)?;
    let (customers, _) = bench.members(MemberKind::Individual, others + 1)?;
    let (mut tills, _) = bench.devices(DeviceKind::Terminal, &[shop])?;
    let all: Vec<u32> = (customers..customers + others as u32 + 1).collect();
    for day in 2..days + 2 {
        bench.at(day, 36_000)?;
        for chunk in all.chunks(1_000) {
            let leaves = bench.receipts(chunk.iter().copied());
            let batch = bench.sign(&mut tills[0], day, &leaves)?;
            bench.relay(vec![batch])?;
        }
    }
    bench.finish(days + 1)?;
    // The days are closed by whoever comes first; a claim is weighed without that.
    bench.claim(Side::Customers, vec![customers])?;
    let with = format!("{days} days, {} take part each day", all.len());
    let gas = bench.claim(Side::Customers, vec![customers + 1])?;
    let mut rows = vec![Row::new("a customer's claim", &with, 1, gas).aim(200_000)];
    if others <= 1 {
        let gas = bench.claim(Side::Merchants, vec![shop])?;
        rows.push(
            Row::new(
                "a merchant's claim",
                &format!("{days} days, 1 takes part each day"),
                1,
                gas,
            )
            .aim(200_000),
        );
    }
    Ok(rows)
}

/// A merchant's claim after `days` days with `shops` shops, half the budget divided by holdings.
pub fn merchant_claims(days: u32, shops: usize) -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let first = bench.shops(shops)?;
    let numbers: Vec<u32> = (first..first + shops as u32).collect();
    let (customer, _) = bench.members(MemberKind::Individual, 1)?;
    let (mut tills, _) = bench.devices(DeviceKind::Terminal, &numbers)?;
    let foundation = bench.chain.account("foundation")?;
    for shop in 1..=shops.min(200) {
        let recipient = bench.chain.account(&format!("bench member {shop}"))?.to_string();
        let msg = token::ExecuteMsg::Transfer {
            recipient,
            amount: 1_000_000_000u128.into(),
        };
        bench.chain.submit(&foundation, Name::Bzky, &msg)?;
    }
    // From day 151 on, in month 6 and later, holdings share the budget.
    for day in 151..151 + days {
        bench.at(day, 36_000)?;
        let mut batches = vec![];
        for till in tills.iter_mut() {
            let leaves = bench.receipts([customer]);
            batches.push(bench.sign(till, day, &leaves)?);
        }
        for chunk in batches.chunks(200) {
            bench.relay(chunk.to_vec())?;
        }
    }
    bench.finish(150 + days)?;
    bench.claim(Side::Merchants, vec![first])?;
    let claimed = if shops > 1 { first + 1 } else { return Ok(vec![]) };
    let gas = bench.claim(Side::Merchants, vec![claimed])?;
    let with = format!("{days} days, {shops} take part each day");
    Ok(vec![Row::new("a merchant's claim", &with, 1, gas).aim(200_000)])
}

/// Claims for many in one message.
pub fn claims_for(count: usize) -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let shop = bench.shops(1)?;
    let (customers, _) = bench.members(MemberKind::Individual, count + 1)?;
    let (mut tills, _) = bench.devices(DeviceKind::Terminal, &[shop])?;
    bench.at(2, 36_000)?;
    let leaves = bench.receipts(customers..customers + count as u32 + 1);
    let batch = bench.sign(&mut tills[0], 2, &leaves)?;
    bench.relay(vec![batch])?;
    bench.finish(2)?;
    bench.claim(Side::Customers, vec![customers])?;
    let gas = bench.claim(Side::Customers, (customers + 1..customers + 1 + count as u32).collect())?;
    Ok(vec![Row::new(
        "claim_for, customers, one day each",
        &format!("{count} members"),
        count as u64,
        gas,
    )])
}

/// Readings of one account and of many.
pub fn mining(accounts: usize, days: u32) -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let (first, _) = bench.members(MemberKind::Individual, accounts)?;
    let numbers: Vec<u32> = (first..first + accounts as u32).collect();
    let (mut meters, _) = bench.devices(DeviceKind::Meter, &numbers)?;
    let mut rows = vec![];
    for day in 2..days + 2 {
        bench.at(day, 36_000)?;
        let (mut gas, mut sent) = (Gas::default(), 0u64);
        for (chunk, accounts) in meters.chunks_mut(200).zip(numbers.chunks(200)) {
            let mut batches = vec![];
            for (meter, account) in chunk.iter_mut().zip(accounts) {
                batches.push(bench.sign(meter, day, &[reading(*account)])?);
            }
            sent = batches.len() as u64;
            gas = bench.relay(batches)?;
        }
        if day == 2 {
            rows.push(Row::new(
                "readings of node meters, one each",
                &format!("{accounts} accounts"),
                sent,
                gas,
            ));
        }
    }
    bench.finish(days + 1)?;
    bench.weigh(Name::Mining, &mining::ExecuteMsg::ClaimFor { members: vec![first] }, 0)?;
    if accounts > 1 {
        let gas = bench.weigh(
            Name::Mining,
            &mining::ExecuteMsg::ClaimFor {
                members: vec![first + 1],
            },
            0,
        )?;
        let with = format!("{days} days, {accounts} take part each day");
        rows.push(Row::new("a miner's claim, HP and VRS", &with, 1, gas).aim(200_000));
    }
    Ok(rows)
}

fn reading(account: u32) -> Reading {
    let hosting = Hosting {
        traffic_mb: 200_000,
        nodes: 1,
        seconds: 36_000,
        share_e9: 1_000_000_000,
    };
    Reading::new(account, 1, Measured::Platform(hosting))
}

/// Registering, moving tokens and points.
pub fn others() -> Result<Vec<Row>> {
    let mut bench = Bench::new()?;
    let (first, gas) = bench.members(MemberKind::Merchant, 100)?;
    let mut rows = vec![Row::new("register_members, verified", "100 members", 100, gas)];
    let numbers: Vec<u32> = (first..first + 100).collect();
    let (_, gas): (Vec<Signer>, Gas) = bench.devices(DeviceKind::Terminal, &numbers)?;
    rows.push(Row::new("register_devices", "100 terminals", 100, gas));
    let foundation = bench.chain.account("foundation")?;
    let somebody = bench.chain.account("bench member 1")?.to_string();
    for (day, part, with) in [
        (2, 100, "to an account that held nothing"),
        (3, 100, "first move of both that day"),
        (3, 200, "later that day"),
    ] {
        bench.at(day, part)?;
        let msg = token::ExecuteMsg::Transfer {
            recipient: somebody.clone(),
            amount: 1_000_000u128.into(),
        };
        let gas = bench.weigh_as(&foundation, Name::Bzky, &msg, 0)?;
        rows.push(Row::new("token transfer", with, 1, gas));
    }
    // Points: a customer earns Time and sends some to another member.
    let mut bench = Bench::new()?;
    let shop = bench.shops(1)?;
    let (customers, _) = bench.members(MemberKind::Individual, 2)?;
    let (mut tills, _) = bench.devices(DeviceKind::Terminal, &[shop])?;
    bench.at(2, 36_000)?;
    let leaves = bench.receipts([customers]);
    let batch = bench.sign(&mut tills[0], 2, &leaves)?;
    bench.relay(vec![batch])?;
    bench.finish(2)?;
    bench.claim(Side::Customers, vec![customers])?;
    let holder = bench.chain.account("bench member 2")?;
    let recipient = bench.chain.account("bench member 3")?.to_string();
    let msg = points::ExecuteMsg::Transfer {
        recipient,
        amount: 1_000_000u128.into(),
    };
    let gas = bench.weigh_as(&holder, Name::Time, &msg, 0)?;
    rows.push(Row::new("points transfer", "to a member who held nothing", 1, gas));
    Ok(rows)
}
