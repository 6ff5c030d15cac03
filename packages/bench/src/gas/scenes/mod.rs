//! What is measured, in the order in which a deployment lives through it.

mod admin;
mod claims;
mod coins;
mod intake;
mod members;
mod mining;
mod points;

pub use coins::{Coin, CW20};

use crate::lane::Line;
use crate::suite::{Signer, Suite};
use anyhow::Result;
use vrs_cli::chain::Name;
use vrs_client::messages;

/// At how many participants everything is measured.
pub const SIZES: [u32; 3] = [1, 100, 1_000];
/// Gas that a receipt may use where a shop's 100 come in one batch.
pub const ONE_SHOP: u64 = 12_000;
/// Gas that a receipt may use where 100 shops' batches hold 1.23 each.
pub const MANY_SHOPS: u64 = 30_000;
/// Gas that a claim may use.
pub const CLAIM: u64 = 200_000;

/// Members, shops and devices of one size.
pub struct Crowd {
    /// How many.
    pub size: u32,
    /// Customers, each a person.
    pub customers: Vec<u32>,
    /// Shops.
    pub shops: Vec<u32>,
    /// A till for each shop.
    pub tills: Vec<Signer>,
    /// A meter for each customer.
    pub meters: Vec<Signer>,
}

fn line(contract: Name, what: &str, with: &str, participants: u32) -> Line {
    Line::new(contract.code().as_str(), what, with, participants)
}

/// All scenes, one after another; `sink` is a contract that takes everything, `told` hears what begins. Where `days` are
/// asked for, claims after so many days come last.
pub fn all(suite: &mut Suite, sink: &str, days: u32, told: &dyn Fn(&str)) -> Result<()> {
    told("members, shops and devices");
    let mut crowds = vec![];
    for size in SIZES {
        crowds.push(members::crowd(suite, size)?);
    }
    members::funded(suite, &crowds)?;
    let mut coin = Coin::new(suite.contract(Name::Bzky)?, "member", "token").receiver(sink);
    coin.found(&mut suite.lane)?;
    points::issuer(suite)?;
    suite.lane.flush()?;
    // Shops' profiles, devices and limits hold from the next day on.
    for crowd in &mut crowds {
        told(&format!("a day of {}", crowd.size));
        coin.others(&mut suite.lane, crowd.size)?;
        suite.lane.flush()?;
        let day = suite.next_day()?;
        coin.day(&mut suite.lane, crowd.size)?;
        intake::day(suite, crowd, day)?;
        mining::day(suite, crowd, day)?;
        suite.lane.flush()?;
        suite.still(day)?;
    }
    told("a day of known customers");
    let day = suite.next_day()?;
    intake::known(suite, &mut crowds, day)?;
    mining::methods(suite, &mut crowds, day)?;
    suite.lane.flush()?;
    suite.still(day)?;
    told("points, members, settings");
    points::all(suite, &crowds)?;
    members::messages(suite, &crowds)?;
    admin::settings(suite, &crowds)?;
    suite.lane.flush()?;
    suite.wait_until(suite.clock.closes(day) + 1)?;
    claims::take_back(suite, &crowds, day)?;
    suite.lane.flush()?;
    told("claims");
    suite.wait_until(suite.clock.finals(day) + 1)?;
    claims::all(suite, &crowds)?;
    admin::pools_later(suite)?;
    suite.lane.flush()?;
    if days > 0 {
        told(&format!("{days} days of 1,000 participants"));
        claims::long(suite, &mut crowds[2], days)?;
    }
    admin::access(suite)?;
    suite.lane.flush().map(drop)
}

/// Sends a contract's message to a contract many times in one transaction.
fn many(suite: &mut Suite, from: &str, contract: &str, bodies: &[Vec<u8>]) -> Result<()> {
    let sender = suite.lane.address(from)?;
    let calls: Vec<_> = bodies
        .iter()
        .map(|body| messages::execute(&sender, contract, body))
        .collect();
    suite.lane.queue(None, from, &calls)
}
