//! Receipts: the oracle verifies, the merchant contract counts.

use super::{line, Crowd, MANY_SHOPS, ONE_SHOP};
use crate::lane::Line;
use crate::suite::{Signer, Suite};
use anyhow::{Context as _, Result};
use cosmwasm_std::Binary;
use vrs_cli::chain::Name;
use vrs_days::Day;

const ONE: &str = "submit_batches: 100 receipts of one shop in one batch";
const MANY: &str = "submit_batches: 100 shops' batches of 1.23 receipts";
const SINGLE: &str = "submit_batches: one receipt";

fn one_shop(with: &str, size: u32) -> Line {
    line(Name::Oracle, ONE, with, size).units(100).aim(ONE_SHOP)
}

fn many_shops(with: &str, size: u32) -> Line {
    line(Name::Oracle, MANY, with, size).units(123).aim(MANY_SHOPS)
}

/// A batch for each of 100 tills; 23 of them hold two receipts. `customers` are 123, in order.
fn hundred(suite: &mut Suite, tills: &mut [Signer], customers: &[u32], day: Day) -> Result<Vec<Binary>> {
    let (mut batches, mut rest) = (vec![], customers);
    for (at, till) in tills.iter_mut().enumerate() {
        let (own, others) = rest.split_at(if at < 23 { 2 } else { 1 });
        rest = others;
        let leaves = suite.receipts(own.iter().copied());
        batches.push(suite.sign(till, day, &leaves)?);
    }
    Ok(batches)
}

/// A day on which exactly the customers and shops of a crowd take part, all of them new.
pub fn day(suite: &mut Suite, crowd: &mut Crowd, day: Day) -> Result<()> {
    match crowd.size {
        1 => single(suite, crowd, day),
        100 => small(suite, crowd, day),
        _ => large(suite, crowd, day),
    }
}

fn single(suite: &mut Suite, crowd: &mut Crowd, day: Day) -> Result<()> {
    let row = |with| line(Name::Oracle, SINGLE, with, 1);
    let leaves = suite.receipts([crowd.customers[0]]);
    let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
    suite.relay(Some(row("a new customer, the shop's first batch")), vec![batch.clone()])?;
    let again = line(
        Name::Oracle,
        "submit_batches: a batch that was taken before",
        "one receipt",
        1,
    );
    suite.relay(Some(again), vec![batch])?;
    let leaves = suite.receipts([crowd.customers[0]]);
    let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
    suite.relay(Some(row("the same customer again that day")), vec![batch])
}

fn small(suite: &mut Suite, crowd: &mut Crowd, day: Day) -> Result<()> {
    let (till, others) = crowd.tills.split_first_mut().context("tills")?;
    let customers = &crowd.customers;
    for with in [
        "new customers, the day's first batch",
        "the same customers again that day",
    ] {
        let leaves = suite.receipts(customers.iter().copied());
        let batch = suite.sign(till, day, &leaves)?;
        suite.relay(Some(one_shop(with, 100)), vec![batch.clone()])?;
        if with.starts_with("new") {
            let again = line(
                Name::Oracle,
                "submit_batches: a batch that was taken before",
                "100 receipts",
                100,
            );
            suite.relay(Some(again), vec![batch])?;
        }
    }
    let mut batches = vec![];
    for (till, customer) in others.iter_mut().zip(customers) {
        let leaves = suite.receipts([*customer]);
        batches.push(suite.sign(till, day, &leaves)?);
    }
    suite.relay(None, batches)
}

fn large(suite: &mut Suite, crowd: &mut Crowd, day: Day) -> Result<()> {
    let first = "new customers, each shop's first batch of its first day";
    let all = crowd.customers.clone();
    for (at, tills) in crowd.tills.chunks_mut(100).enumerate() {
        // 123 new ones a transaction; the last two take some who have bought elsewhere.
        let from = if at < 8 { at * 123 } else { (at - 8) * 123 };
        let batches = hundred(suite, tills, &all[from..from + 123], day)?;
        let row = match at {
            0 => Some(many_shops(&format!("{first}, the first of the day"), 1_000)),
            7 => Some(many_shops(&format!("{first}, 800 others before them"), 1_000)),
            _ => None,
        };
        suite.relay(row, batches)?;
    }
    // Who has not bought yet, and then some again.
    let leaves = suite.receipts(all[984..].iter().copied());
    let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
    suite.relay(None, vec![batch])?;
    let batches = hundred(suite, &mut crowd.tills[..100], &all[200..323], day)?;
    suite.relay(Some(many_shops("new customers, later that day", 1_000)), batches)?;
    let leaves = suite.receipts(all[500..600].iter().copied());
    let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
    suite.relay(Some(one_shop("new customers, a later batch", 1_000)), vec![batch])
}

/// A day on which customers come back.
pub fn known(suite: &mut Suite, crowds: &mut [Crowd], day: Day) -> Result<()> {
    for crowd in crowds {
        if crowd.size == 1 {
            let leaves = suite.receipts([crowd.customers[0]]);
            let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
            let row = line(
                Name::Oracle,
                SINGLE,
                "a known customer, the shop's first batch of the day",
                1,
            );
            suite.relay(Some(row), vec![batch])?;
        }
        if crowd.size == 100 {
            for with in [
                "known customers, the day's first batch",
                "known customers again that day",
            ] {
                let leaves = suite.receipts(crowd.customers.iter().copied());
                let batch = suite.sign(&mut crowd.tills[0], day, &leaves)?;
                suite.relay(Some(one_shop(with, 100)), vec![batch])?;
            }
        }
        if crowd.size == 1_000 {
            for with in [
                "known customers, each shop's first batch of the day",
                "known customers again that day",
            ] {
                let batches = hundred(suite, &mut crowd.tills[..100], &crowd.customers[..123], day)?;
                suite.relay(Some(many_shops(with, 1_000)), batches)?;
            }
        }
    }
    Ok(())
}
