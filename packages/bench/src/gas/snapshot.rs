//! `docs/gas.json`: every figure, to compare the next ones with.

use crate::lane::Row;
use anyhow::{bail, Context as _, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// A figure may grow by so many hundredths before the check fails.
const GROWTH: u64 = 3;
/// What one that looks at a page of days may grow: on a slow machine more days have passed.
const GROWTH_WITH_DAYS: u64 = 15;

/// A measured message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The contract.
    pub contract: String,
    /// The message.
    pub message: String,
    /// In which case.
    pub with: String,
    /// How many take part; 0: it does not matter.
    pub participants: u32,
    /// Receipts, members, readings in it.
    pub units: u32,
    /// Gas with pinned codes.
    pub pinned: u64,
    /// Gas with codes that are not.
    pub plain: u64,
    /// Bytes of the transaction.
    pub bytes: u64,
    /// Most gas a unit with pinned codes, where there is an aim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim: Option<u64>,
}

impl Figure {
    /// What it is, in words.
    pub fn name(&self) -> String {
        let Figure {
            contract,
            message,
            with,
            participants,
            ..
        } = self;
        format!("{contract}: {message}, {with}, {participants} participants")
    }

    /// Hundredths by which it may grow.
    fn growth(&self) -> u64 {
        match self.message.as_str() {
            "prune_history" => GROWTH_WITH_DAYS,
            _ => GROWTH,
        }
    }

    /// Gas a unit with pinned codes, rounded up.
    pub fn each(&self) -> u64 {
        self.pinned.div_ceil(u64::from(self.units.max(1)))
    }
}

/// Puts together what was measured with pinned codes and without.
pub fn pair(pinned: Vec<Row>, plain: Vec<Row>) -> Result<Vec<Figure>> {
    if pinned.len() != plain.len() {
        bail!("{} figures with pinned codes, {} without", pinned.len(), plain.len());
    }
    let figure = |(one, two): (Row, Row)| {
        if one.line != two.line {
            bail!("{:?} was measured beside {:?}", one.line, two.line);
        }
        Ok(Figure {
            contract: one.line.contract,
            message: one.line.what,
            with: one.line.with,
            participants: one.line.participants,
            units: one.line.units,
            pinned: one.gas,
            plain: two.gas,
            bytes: one.bytes,
            aim: one.line.aim,
        })
    };
    pinned.into_iter().zip(plain).map(figure).collect()
}

/// Reads a snapshot.
pub fn read(path: &Path) -> Result<Vec<Figure>> {
    let text = std::fs::read(path).with_context(|| format!("{}; scripts/gas writes it", path.display()))?;
    serde_json::from_slice(&text).with_context(|| path.display().to_string())
}

/// Writes a snapshot, a figure a line, so that a change shows what has changed.
pub fn write(path: &Path, figures: &[Figure]) -> Result<()> {
    let lines: Vec<String> = figures.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    std::fs::write(path, format!("[\n{}\n]\n", lines.join(",\n"))).with_context(|| path.display().to_string())
}

/// Names every figure that has grown too much; tells what else differs.
///
/// Errors: where a figure has grown by more than 3%, or is missing from the snapshot.
pub fn compare(old: &[Figure], new: &[Figure], path: &Path) -> Result<()> {
    let known: BTreeMap<String, &Figure> = old.iter().map(|figure| (figure.name(), figure)).collect();
    let (mut grown, mut largest) = (vec![], 0u64);
    for figure in new {
        let name = figure.name();
        let Some(before) = known.get(&name) else {
            grown.push(format!("{name}: not in the snapshot"));
            continue;
        };
        for (case, was, is) in [
            ("pinned", before.pinned, figure.pinned),
            ("not pinned", before.plain, figure.plain),
        ] {
            let difference = is.abs_diff(was) * 10_000 / was.max(1);
            if difference > 100 {
                println!("{name}, {case}: {was} -> {is}");
            }
            largest = largest.max(difference);
            if is * 100 > was * (100 + figure.growth()) {
                grown.push(format!("{name}, {case}: {was} -> {is}"));
            }
        }
    }
    println!(
        "{} figures; the largest difference is {}.{:02}%",
        new.len(),
        largest / 100,
        largest % 100
    );
    if grown.is_empty() {
        return Ok(());
    }
    bail!(
        "grown by more than {GROWTH}% since {}; `scripts/gas` writes it anew where that is meant:\n{}",
        path.display(),
        grown.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(message: &str, pinned: u64) -> Figure {
        Figure {
            contract: "token".to_owned(),
            message: message.to_owned(),
            with: "a case".to_owned(),
            participants: 1,
            units: 1,
            pinned,
            plain: pinned + 58_000,
            bytes: 300,
            aim: None,
        }
    }

    fn told(old: &[Figure], new: &[Figure]) -> String {
        match compare(old, new, Path::new("gas.json")) {
            Ok(()) => "passed".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_figure_that_grows_by_more_than_3_percent_is_named() {
        let old = [figure("transfer", 100_000)];
        assert_eq!(told(&old, &[figure("transfer", 103_000)]), "passed");
        assert_eq!(told(&old, &[figure("transfer", 50_000)]), "passed");
        assert_eq!(
            told(&old, &[figure("transfer", 103_001)]),
            "grown by more than 3% since gas.json; `scripts/gas` writes it anew where that is meant:\n\
             token: transfer, a case, 1 participants, pinned: 100000 -> 103001"
        );
    }

    #[test]
    fn what_the_snapshot_does_not_know_is_named() {
        let told = told(&[figure("transfer", 100_000)], &[figure("send", 1)]);
        assert!(
            told.ends_with("token: send, a case, 1 participants: not in the snapshot"),
            "{told}"
        );
    }

    #[test]
    fn a_page_of_days_may_grow_with_the_days() {
        let old = [figure("prune_history", 100_000)];
        assert_eq!(told(&old, &[figure("prune_history", 115_000)]), "passed");
        assert_ne!(told(&old, &[figure("prune_history", 115_001)]), "passed");
    }
}
