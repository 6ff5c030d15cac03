//! `scripts/replay` runs it.

use anyhow::{bail, Context as _, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::time::Instant;
use vrs_replay::corpus::Entry;
use vrs_replay::kinds::Kinds;
use vrs_replay::machine::Machine;
use vrs_replay::report::{machine, spaced, Tally};
use vrs_replay::session::Session;
use vrs_replay::startup;
use vrs_replay::world::{World, PREFIX};

/// Calls of one world that may write: long enough to live through weeks and a year, short enough that all it holds
/// can be compared after every call.
const WORLD: usize = 800;
/// From so many calls on, every kind must have come.
const ALL: usize = 10_000;
/// Differences told before it stops.
const TOLD: usize = 20;

/// Replays random calls, recorded on the embedded chain, on the virtual machine that chains run.
#[derive(Parser)]
struct Options {
    /// Calls that may write, at least; questions come on top.
    #[arg(long, default_value_t = 10_000)]
    calls: usize,
    /// What chance follows from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the contracts' wasm is.
    #[arg(long, default_value = "artifacts")]
    artifacts: PathBuf,
    /// Writes the result into a page between its marks.
    #[arg(long)]
    page: Option<PathBuf>,
    /// Measures how long contracts take to load instead.
    #[arg(long)]
    startup: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let (shown, result) = match options.startup {
        true => startup::measure(&options.artifacts).map(|text| (text.clone(), text))?,
        false => replay(&options)?,
    };
    println!("{shown}");
    if let Some(page) = &options.page {
        write(page, &result)?;
    }
    Ok(())
}

/// Answers what is shown and what stands in the page.
fn replay(options: &Options) -> Result<(String, String)> {
    let folder = tempfile::tempdir()?;
    let mut vm = Machine::new(folder.path(), PREFIX)?;
    vm.store_all(&options.artifacts)?;
    vm.pin_all()?;
    let kinds = Kinds::all();
    let bar = ProgressBar::new(options.calls as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} calls that may write, {msg}, {eta} left",
    )?);
    let began = Instant::now();
    let (mut tally, mut written, mut worlds, mut differences) = (Tally::default(), 0, 0, 0);
    while written < options.calls {
        let steps = World::play(options.seed, worlds, (options.calls - written).min(WORLD));
        worlds += 1;
        let mut session = Session::new(&kinds);
        let found = session.replay(&vm, &steps, |call, run, alike| {
            tally.count(&kinds, call, run, alike);
            if call.entry.writes() {
                written += 1;
                bar.set_position(written.min(options.calls) as u64);
            }
        })?;
        for difference in &found {
            bar.suspend(|| println!("world {worlds}, {difference}"));
        }
        differences += found.len();
        bar.set_message(format!("world {worlds}, {differences} differences"));
        if differences >= TOLD {
            break;
        }
    }
    bar.finish_and_clear();
    let counted = format!("{} calls replayed, {differences} differences", tally.total());
    let missing = tally.missing(&kinds);
    let entries = [
        Entry::Instantiate,
        Entry::Execute,
        Entry::Reply,
        Entry::Migrate,
        Entry::Query,
    ];
    let by_entry = entries.map(|entry| format!("{} {}", spaced(tally.calls(entry) as u64), entry.name()));
    let mut result = format!(
        "`{counted}`: {}; {} of them refused by the contract. Seed {}, {worlds} worlds, {} of {} kinds of calls. \
         {} errors tell of a refused address in the machine's words, for the same reason.",
        by_entry.join(", "),
        spaced(tally.refused() as u64),
        options.seed,
        kinds.len() - missing.len(),
        kinds.len(),
        tally.worded,
    );
    result += &format!(
        "\n\nWhat became of batches, and why they, or receipts, readings and prices in them, fell: {}.",
        tally.fates()
    );
    for (names, what) in [
        (&missing, "Never came"),
        (&tally.never_taken(&kinds), "Never let through"),
    ] {
        if !names.is_empty() {
            result += &format!("\n\n{what}: {}.", names.join(", "));
        }
    }
    result += &format!("\n{}", tally.tables());
    let seconds = began.elapsed().as_secs();
    let shown = format!(
        "{result}\nRecorded and replayed in {seconds} s on {}.\n{counted}",
        machine()
    );
    if differences > 0 {
        println!("{shown}");
        bail!("{differences} differences; is the wasm older than the sources? scripts/build makes it anew");
    }
    if options.calls >= ALL && !missing.is_empty() {
        println!("{shown}");
        bail!(
            "of {} calls none is of these kinds: {}",
            tally.total(),
            missing.join(", ")
        );
    }
    Ok((shown, result))
}

/// Puts the result between the page's marks.
fn write(page: &PathBuf, result: &str) -> Result<()> {
    const MARKS: [&str; 2] = ["<!-- result -->\n", "<!-- end of result -->"];
    let text = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let parts = text
        .split_once(MARKS[0])
        .and_then(|(head, rest)| Some((head, rest.split_once(MARKS[1])?.1)));
    let (head, tail) = parts.with_context(|| format!("{}: no marks of a result in it", page.display()))?;
    let text = format!("{head}{}\n{}\n\n{}{tail}", MARKS[0], result.trim_end(), MARKS[1]);
    std::fs::write(page, text).with_context(|| page.display().to_string())
}
