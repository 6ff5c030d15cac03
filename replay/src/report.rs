//! What was replayed, in numbers.

use crate::compare::Alike;
use crate::corpus::{Call, Code, Entry};
use crate::kinds::{Kind, Kinds};
use crate::machine::{Run, GAS_MULTIPLIER};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Calls of one kind.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// How many.
    pub calls: usize,
    /// How many of them the contract refused.
    pub refused: usize,
    /// Gas of each that it did not refuse, as a chain counts it.
    gas: Vec<u64>,
}

impl Row {
    fn gas(&self) -> (u64, u64) {
        let mut gas = self.gas.clone();
        gas.sort_unstable();
        (
            gas.get(gas.len() / 2).copied().unwrap_or(0),
            gas.last().copied().unwrap_or(0),
        )
    }
}

/// Numbers of a whole corpus.
#[derive(Default)]
pub struct Tally {
    rows: BTreeMap<Kind, Row>,
    /// Errors that the machine words its own way.
    pub worded: usize,
    /// What became of batches and of items that fell, as events name it.
    fates: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts a call.
    pub fn count(&mut self, kinds: &Kinds, call: &Call, run: &Run, alike: Option<Alike>) {
        let row = self.rows.entry(kinds.of(call)).or_default();
        row.calls += 1;
        if call.refused() {
            row.refused += 1;
        } else {
            row.gas.push(run.gas / GAS_MULTIPLIER);
        }
        if alike == Some(Alike::SameReason) {
            self.worded += 1;
        }
        if call.code == Code::Oracle && call.entry.writes() {
            self.count_fates(&String::from_utf8_lossy(&call.outcome));
        }
    }

    /// The oracle's events tell the outcome of each batch, and `0:reason,3:reason` of the items that fell.
    fn count_fates(&mut self, outcome: &str) {
        for key in ["outcome", "reason", "dropped"] {
            let mark = format!("{{\"key\":\"{key}\",\"value\":\"");
            for told in outcome.split(&mark).skip(1) {
                let value = told.split('"').next().unwrap_or_default();
                for fate in value.split(',') {
                    let fate = fate.rsplit(':').next().unwrap_or_default();
                    *self.fates.entry(fate.to_owned()).or_default() += 1;
                }
            }
        }
    }

    /// What became of batches and of items that fell, most frequent first.
    pub fn fates(&self) -> String {
        let mut fates: Vec<_> = self.fates.iter().collect();
        fates.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let told = fates
            .iter()
            .map(|(fate, count)| format!("{fate} {}", spaced(**count as u64)));
        told.collect::<Vec<_>>().join(", ")
    }

    /// Calls of an entry point.
    pub fn calls(&self, entry: Entry) -> usize {
        self.of(|kind| kind.1 == entry).map(|row| row.calls).sum()
    }

    /// Calls in all.
    pub fn total(&self) -> usize {
        self.of(|_| true).map(|row| row.calls).sum()
    }

    /// Calls in all that contracts refused.
    pub fn refused(&self) -> usize {
        self.of(|_| true).map(|row| row.refused).sum()
    }

    fn of(&self, wanted: impl Fn(&Kind) -> bool) -> impl Iterator<Item = &Row> {
        self.rows
            .iter()
            .filter(move |(kind, _)| wanted(kind))
            .map(|(_, row)| row)
    }

    /// Kinds that never came.
    pub fn missing(&self, kinds: &Kinds) -> Vec<String> {
        let absent = kinds.iter().filter(|kind| !self.rows.contains_key(*kind));
        absent.map(named).collect()
    }

    /// Kinds that came but were never let through.
    pub fn never_taken(&self, kinds: &Kinds) -> Vec<String> {
        let refused = self
            .rows
            .iter()
            .filter(|(kind, row)| kinds.iter().any(|it| it == *kind) && row.refused == row.calls);
        refused.map(|(kind, _)| named(kind)).collect()
    }

    /// A table a contract, for people and for docs.
    pub fn tables(&self) -> String {
        let mut out = String::new();
        for code in Code::ALL {
            let rows: Vec<_> = self.rows.iter().filter(|((of, _, _), _)| *of == code).collect();
            let calls: usize = rows.iter().map(|(_, row)| row.calls).sum();
            writeln!(out, "\n### {}: {} calls\n", code.name(), spaced(calls as u64)).expect("a string takes all");
            out += "| call | calls | refused | gas, median | gas, most |\n| --- | ---: | ---: | ---: | ---: |\n";
            for (kind, row) in rows {
                let (median, most) = row.gas();
                let figures = [row.calls as u64, row.refused as u64, median, most].map(spaced);
                let name = match kind.2.as_str() {
                    "" => kind.1.name().to_owned(),
                    name => format!("{} `{name}`", kind.1.name()),
                };
                writeln!(out, "| {name} | {} |", figures.join(" | ")).expect("a string takes all");
            }
        }
        out
    }
}

fn named((code, entry, name): &Kind) -> String {
    format!("{} {} {name}", code.name(), entry.name()).trim_end().into()
}

/// A number with commas.
pub fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What the figures were measured on: cores and CPU.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cpu = model.map_or("an unknown CPU", |(_, name)| name.trim());
    format!("{cores} cores, {cpu}")
}
