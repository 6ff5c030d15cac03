//! A run on a real chain: the file's first day is the chain's tomorrow. One that was interrupted goes on when it is called
//! again with the same files and options.

use super::folder::Folder;
use super::relay::Taken;
use super::sign::SignedDevice;
use super::{live, register, sign, write, Files, Finished, Options, Plan, Progress};
use crate::chain::{Chain, Name};
use crate::deploy::Accounts;
use crate::readback::{self, Results};
use crate::remote::place::{Begun, Members};
use crate::remote::{Place, Remote};
use anyhow::{Context as _, Result};
use cosmwasm_std::Timestamp;
use sha2::{Digest as _, Sha256};
use std::path::Path;
use std::time::Instant;
use vrs_days::{Clock, Day};
use vrs_interface::oracle::{BatchesResponse, QueryMsg};

/// Registers whom the chain does not know yet, waits for tomorrow, relays each batch when it is due, claims
/// each day when it is final, reads everything back and writes the folder.
///
/// Errors: as [`super::run()`]. Called again with the same files and options it goes on: the days stay what they are, what
/// the oracle has of its batches is not sent again, and claims that were paid pay nothing. With others the file begins anew
/// tomorrow, and whom it registered stays.
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
    let Members { book, calendar, begun } = place.members()?;
    let keep = |book: &crate::chain::AddressBook| {
        place.keep(&Members {
            calendar,
            book: book.clone(),
            begun: begun.clone(),
        })
    };
    let mut registered = register::register(&mut chain, &accounts, &plan, book, &keep)?;
    let inputs = inputs(&plan, options.batch_minutes);
    let goes_on = begun.clone().filter(|begun| begun.inputs == inputs);
    let begun = match goes_on.clone() {
        Some(begun) => begun,
        None => Begun {
            inputs,
            first_day: today(&chain, &clock)?.saturating_add(1),
            signed: registered.signed.clone(),
        },
    };
    plan.calendar.first_day = begun.first_day;
    // The same numbers as before: then the batches are the same too.
    registered.signed.clone_from(&begun.signed);
    let mut members = Members {
        calendar: Some(plan.calendar),
        book: registered.book.clone(),
        begun: Some(begun),
    };
    place.keep(&members)?;
    progress.phase("signing receipts");
    let signed = sign::sign_all(&chain, &plan, &registered, options.batch_minutes)?;
    if let Some(begun) = goes_on {
        registered.taken = taken(&chain, &begun, &signed)?;
        progress.phase(&format!(
            "going on: {} batches are on the chain already",
            registered.taken.len()
        ));
    }
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
    members.begun = None;
    place.keep(&members)?;
    progress.done();
    Ok(finished)
}

/// What a run is made of: another file, other costs or another length of batches is another run.
fn inputs(plan: &Plan, minutes: u32) -> String {
    let Plan {
        calendar,
        receipts,
        meters,
        merchants,
        ..
    } = plan;
    let text = format!("{minutes} {} {receipts:?} {meters:?} {merchants:?}", calendar.start);
    hex::encode(Sha256::digest(text))
}

/// What the oracle has of a run's batches.
fn taken(chain: &Chain, begun: &Begun, signed: &[SignedDevice]) -> Result<Taken> {
    let mut taken = Taken::default();
    for device in signed.iter().map(|signed| signed.device) {
        let before = begun.signed.get(&device).copied().unwrap_or(0);
        let message = |behind: Option<u32>| QueryMsg::Batches {
            device,
            start_after: behind.or(Some(before)),
            limit: Some(readback::PAGE),
        };
        readback::pages(chain, Name::Oracle, message, |answer: BatchesResponse| {
            let last = answer.batches.last().map(|batch| batch.sequence);
            for batch in answer.batches {
                taken.insert((device, batch.sequence), (batch.root, batch.outcome));
            }
            (answer.more, last)
        })?;
    }
    Ok(taken)
}

/// The programme day that runs.
fn today(chain: &Chain, clock: &Clock) -> Result<Day> {
    Ok(clock.day(Timestamp::from_nanos(chain.block()?.time)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::{AddressBook, Embedded};
    use crate::{deploy, run};

    #[test]
    fn a_run_that_is_called_again_sends_nothing_twice_and_tells_the_same() {
        let receipts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pos-2017-01.csv");
        let paths = run::Paths {
            receipts,
            profiles: None,
            meters: None,
            economy: None,
        };
        let plan = Plan::new(Files::read(&paths).expect("files"), Some(2), 1).expect("a plan");
        let clock = plan.clock();
        let mut chain = Chain::from(Embedded::new(Plan::eve(&clock, 1)));
        let economy = &plan.economy.economy;
        let accounts = deploy::deploy(&mut chain, economy, &clock).expect("deployed");
        let progress = Progress::new();
        let registered =
            register::register(&mut chain, &accounts, &plan, AddressBook::default(), &|_| Ok(())).expect("registered");
        deploy::fund(&mut chain, economy, &accounts, &clock).expect("funded");
        let begun = Begun {
            inputs: inputs(&plan, 60),
            first_day: 1,
            signed: registered.signed.clone(),
        };
        let signed = sign::sign_all(&chain, &plan, &registered, 60).expect("signed");
        let through = |taken: Taken, chain: &mut Chain| {
            let registered = register::Registration {
                taken,
                ..registered.clone()
            };
            let before = chain.transactions();
            let lived = live::live(chain, &accounts, &plan, &registered, &signed, &clock, &progress);
            let drops = lived.expect("lived").drops;
            let results = format!("{:?}", Results::read(chain).expect("results"));
            (drops.receipts, results, chain.transactions() - before)
        };
        let (drops, results, first) = through(Taken::default(), &mut chain);
        let known = taken(&chain, &begun, &signed).expect("records");
        let batches: usize = signed.iter().map(|device| device.signing.batches.len()).sum();
        assert_eq!(known.len(), batches);
        let (again, same, second) = through(known, &mut chain);
        assert_eq!((again, same), (drops, results));
        assert!(second < first, "claims alone are sent again: {second} of {first}");
    }

    #[test]
    fn another_length_of_batches_is_another_run() {
        let receipts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pos-2017-01.csv");
        let paths = run::Paths {
            receipts,
            profiles: None,
            meters: None,
            economy: None,
        };
        let plan = |days| Plan::new(Files::read(&paths).expect("files"), Some(days), 1).expect("a plan");
        assert_eq!(inputs(&plan(1), 60), inputs(&plan(1), 60));
        assert_ne!(inputs(&plan(1), 60), inputs(&plan(1), 15));
        assert_ne!(inputs(&plan(1), 60), inputs(&plan(2), 60));
    }
}
