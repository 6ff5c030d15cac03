//! A run on a real chain: the file's first day is the chain's tomorrow.

use super::folder::Folder;
use super::{live, register, sign, write, Files, Finished, Options, Plan, Progress};
use crate::chain::Chain;
use crate::deploy::Accounts;
use crate::readback::Results;
use crate::remote::place::Members;
use crate::remote::{Place, Remote};
use anyhow::{Context as _, Result};
use cosmwasm_std::Timestamp;
use std::path::Path;
use std::time::Instant;
use vrs_days::{Clock, Day};

/// Registers whom the chain does not know yet, waits for tomorrow, relays each batch when it is due, claims
/// each day when it is final, reads everything back and writes the folder.
///
/// Errors: as [`super::run()`]. Called again, whom it registered stays, and the file begins anew tomorrow.
pub fn run(options: &Options, file: &Path) -> Result<Finished> {
    let began = Instant::now();
    let place = Place::open(file)?;
    let files = Files::with(&options.paths, place.economy()?)?;
    let mut plan = Plan::new(files, options.days, 1)?;
    let clock = place.deployment()?.clock.context("the deployment has no clock yet")?;
    let progress = Progress::new();
    let folder = Folder::begin(&options.out, &options.paths)?;
    let mut chain: Chain = Remote::open(&place)?.into();
    let accounts = Accounts::new(&chain)?;

    progress.phase("registering members, shops and terminals");
    let Members { book, calendar } = place.members()?;
    let keep = |book: &crate::chain::AddressBook| {
        place.keep(&Members {
            calendar,
            book: book.clone(),
        })
    };
    let registered = register::register(&mut chain, &accounts, &plan, book, &keep)?;
    plan.calendar.first_day = today(&chain, &clock)?.saturating_add(1);
    place.keep(&Members {
        calendar: Some(plan.calendar),
        book: registered.book.clone(),
    })?;
    progress.phase("signing receipts");
    let signed = sign::sign_all(&chain, &plan, &registered, options.batch_minutes)?;
    progress.phase(&format!(
        "waiting for day {}, which is {} in the file",
        plan.calendar.first_day,
        plan.date(plan.calendar.first_day)
    ));
    let lived = live::live(&mut chain, &accounts, &plan, &registered, &signed, &clock, &progress)?;

    progress.phase("reading the results back");
    let results = Results::read(&chain)?.since(plan.calendar.first_day);
    let finished = write(
        &folder,
        &plan,
        &registered.book,
        results,
        &lived.drops,
        chain.transactions(),
        began,
    )?;
    folder.publish()?;
    progress.done();
    Ok(finished)
}

/// The programme day that runs.
fn today(chain: &Chain, clock: &Clock) -> Result<Day> {
    Ok(clock.day(Timestamp::from_nanos(chain.block()?.time)))
}
