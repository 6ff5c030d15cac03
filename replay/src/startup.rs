//! How long contracts take to load, and what part of a batch that is.

use crate::corpus::{Code, Step};
use crate::kinds::Kinds;
use crate::machine::{wasm, Machine};
use crate::report::{machine as cores_and_cpu, spaced};
use crate::session::Session;
use crate::world::{World, PREFIX};
use anyhow::{bail, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Times that a code is stored.
const STORED: usize = 9;
/// Times that a contract is loaded from each place.
const LOADED: usize = 101;
/// Batches before those that are measured, and those; receipts of each.
const BATCHES: (usize, usize, usize) = (12, 60, 100);

/// Measures every contract, then batches; answers the page.
pub fn measure(artifacts: &Path) -> Result<String> {
    let bar = ProgressBar::new(Code::ALL.len() as u64 + 3);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}, {eta} left")?);
    let mut out = format!(
        "On {} (load before it began: {}). Medians of {STORED} times storing and {LOADED} times loading; in brackets the \
         fastest, which other work on the machine disturbs least.\n\n\
         | contract | KiB | stored: checked and compiled | loaded from files | from memory | pinned |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
        cores_and_cpu(),
        load()
    );
    for code in Code::ALL {
        bar.set_message(code.name());
        let bytes = wasm(artifacts, code)?;
        let times = contract(code, &bytes)?.map(shown).join(" | ");
        writeln!(out, "| {} | {} | {times} |", code.name(), bytes.len() / 1024)?;
        bar.inc(1);
    }
    let (before, batches, receipts) = BATCHES;
    let mut by_call =
        String::from("\nThe same batch, pinned, by what is called.\n\n| call | running |\n| --- | ---: |\n");
    bar.set_message("batches");
    let record = World::batches(before, batches, receipts);
    write!(
        out,
        "\nOne `submit_batches` with a batch of {receipts} receipts of one shop, median of {batches}: what the contracts \
         that it calls take, storage in memory.\n\n\
         | code | calls | loading | running | loading's share |\n| --- | ---: | ---: | ---: | ---: |\n"
    )?;
    for (place, named) in [
        (Place::Files, "from files"),
        (Place::Memory, "from memory"),
        (Place::Pinned, "pinned"),
    ] {
        let batch = batch(artifacts, place, &record)?;
        let share = batch.share_permille;
        writeln!(
            out,
            "| {named} | {} | {} | {} | {}.{} % |",
            batch.calls,
            shown(batch.loading),
            shown(batch.running),
            share / 10,
            share % 10
        )?;
        if place == Place::Pinned {
            for (call, times) in batch.by_call {
                writeln!(by_call, "| {call} | {} |", shown(times))?;
            }
        }
        bar.inc(1);
    }
    out.push_str(&by_call);
    bar.finish_and_clear();
    Ok(out)
}

/// Where compiled code comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The node's files: the first call after it starts.
    Files,
    /// The memory that it keeps for what was called lately.
    Memory,
    /// Memory that governance has set aside.
    Pinned,
}

/// Storing, then loading from files, memory and pinned.
fn contract(code: Code, bytes: &[u8]) -> Result<[Vec<Duration>; 4]> {
    let mut stored = vec![];
    for _ in 0..STORED {
        let folder = tempfile::tempdir()?;
        let mut machine = Machine::new(folder.path(), PREFIX)?;
        stored.push(timed(|| machine.store(code, bytes))?);
    }
    let folder = tempfile::tempdir()?;
    Machine::new(folder.path(), PREFIX)?.store(code, bytes)?;
    let codes = [(code, bytes.to_vec())];
    let restarted = || Machine::open(folder.path(), PREFIX, &codes);
    let mut from_files = vec![];
    for _ in 0..LOADED {
        let machine = restarted()?;
        from_files.push(timed(|| machine.load(code))?);
    }
    let machine = restarted()?;
    machine.load(code)?;
    let from_memory = loaded(&machine, code)?;
    machine.pin_all()?;
    Ok([stored, from_files, from_memory, loaded(&machine, code)?])
}

fn loaded(machine: &Machine, code: Code) -> Result<Vec<Duration>> {
    (0..LOADED).map(|_| timed(|| machine.load(code))).collect()
}

fn timed<T>(run: impl FnOnce() -> Result<T>) -> Result<Duration> {
    let began = Instant::now();
    let made = run()?;
    let taken = began.elapsed();
    drop(made);
    Ok(taken)
}

/// What batches took.
struct Batches {
    calls: usize,
    /// Of each batch.
    loading: Vec<Duration>,
    /// Of each batch.
    running: Vec<Duration>,
    /// Of all batches, by what is called.
    by_call: Vec<(String, Vec<Duration>)>,
    /// Median of loading's parts of both, 1/1,000.
    share_permille: u128,
}

/// Replays batches, code coming from one place.
fn batch(artifacts: &Path, place: Place, (before, measured): &(Vec<Step>, Vec<Step>)) -> Result<Batches> {
    let folder = tempfile::tempdir()?;
    let mut machine = Machine::new(folder.path(), PREFIX)?;
    machine.store_all(artifacts)?;
    if place == Place::Pinned {
        machine.pin_all()?;
    }
    let mut codes = vec![];
    for code in Code::ALL {
        codes.push((code, wasm(artifacts, code)?));
    }
    let kinds = Kinds::all();
    let mut session = Session::new(&kinds);
    let mut differences = session.replay(&machine, before, |_, _, _| {})?;
    let (mut loading, mut running, mut calls) = (vec![], vec![], vec![]);
    let mut by_call: Vec<(String, Vec<Duration>)> = vec![];
    // A transaction a slice: its calls, and its end.
    for batch in measured.split_inclusive(|step| matches!(step, Step::End { .. })) {
        if place == Place::Files {
            machine = Machine::open(folder.path(), PREFIX, &codes)?;
        }
        let (mut loaded, mut ran) = (Duration::ZERO, Duration::ZERO);
        differences.extend(session.replay(&machine, batch, |call, run, _| {
            loaded += run.loading;
            ran += run.running;
            let (code, entry, name) = kinds.of(call);
            let name = format!("{} {} {name}", code.name(), entry.name());
            match by_call.iter_mut().find(|(known, _)| *known == name) {
                Some((_, times)) => times.push(run.running),
                None => by_call.push((name, vec![run.running])),
            }
        })?);
        loading.push(loaded);
        running.push(ran);
        calls.push(batch.len() - 1);
    }
    if let Some(difference) = differences.first() {
        bail!("{difference}");
    }
    let both = loading.iter().zip(&running);
    let shares = both.map(|(loading, running): (&Duration, &Duration)| {
        loading.as_nanos() * 1_000 / (*loading + *running).as_nanos().max(1)
    });
    Ok(Batches {
        calls: median(calls),
        by_call,
        share_permille: median(shares.collect()),
        loading,
        running,
    })
}

/// How many processes wanted a core in the last minute.
fn load() -> String {
    let figures = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    figures.split(' ').next().unwrap_or_default().to_owned()
}

fn median<T: Ord + Copy>(mut all: Vec<T>) -> T {
    all.sort_unstable();
    all[all.len() / 2]
}

/// The median, and the fastest behind it.
fn shown(times: Vec<Duration>) -> String {
    let fastest = times.iter().min().copied().unwrap_or_default();
    format!("{} ({})", time(median(times)), time(fastest))
}

/// Microseconds, or milliseconds where there are many.
fn time(time: Duration) -> String {
    match time.as_micros() {
        few @ 0..=9_999 => format!("{} µs", spaced(u64::try_from(few).unwrap_or(u64::MAX))),
        many => format!("{}.{} ms", many / 1_000, many % 1_000 / 100),
    }
}
