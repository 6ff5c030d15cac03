//! `docs/performance.md`, and the machine that it tells of.

use super::pump::Rate;
use super::Trial;
use anyhow::Result;
use std::fmt::Write as _;
use std::fs::read_to_string;
use std::path::Path;
use std::process::Command;

/// What profiles of the node have shown (pprof, 15 s in the midst of a trial; `WASMD_RPC_PPROF_LADDR` turns it on), and
/// what was tried.
const PROFILE: &str = "
## What limits it

Profiles of the node by Go's pprof, 15 s in the midst of each shape, receipts by the relayer, nothing else on the machine. Parts
of all the node's processor time, which was 1.5 of the 2 processors:

| part | 100 receipts a batch | 1.23 receipts a batch |
| --- | ---: | ---: |
| executing blocks, one thread, all in all | 41% | 35% |
| of it contracts computing | 14% | 9% |
| of it contracts opening ranges (`db_scan`) | 21% | 11% |
| of it contracts reading (`db_read`) | 2% | 2% |
| of it hashing the new state | 8% | 12% |
| committing it, the same thread | 9% | 7% |
| collecting garbage | 21% | 16% |
| compacting the database (goleveldb) | 13% | 17% |

The aim of 4,000 receipts a second in the first shape is passed; that of 20 receipts for each plain transfer is missed, and cannot be
reached by storing what we store: a transfer uses 72,000 gas and such a receipt 9,300, so gas alone makes it 7.8.

What limits is the thread that executes and commits blocks, and the pauses of consensus between them; contracts are a third of it in
the first shape and less in the second. What was tried:

- **Computing.** The shop's contract kept records packed between orders, and BizPower was computed in 512 bits throughout: a batch of
  100 receipts took 5.4 ms of computing in all contracts together, now 1.9 ms (`scripts/replay --startup`). In runs of 40 and
  50 s the node executed 35 million gas a second before and 54 after; what a receipt stores and its gas stayed the same.
- **Ranges.** An order opens two: the customer's last visit, and his day, which is absent when he comes first. Opening a range costs 30
  gas where a read of nothing costs 1,000, and takes some ten times the time. Two reads in their place would be faster here and dearer
  everywhere: 9% more gas for each, or a further write for each known customer. On a chain whose blocks are limited by gas, gas is
  what limits receipts; so they stay.
- **The node's settings.** `GOGC=400` and `timeout_commit` of 50 ms in place of 500 were tried in runs of 30 s: no difference beyond
  that between two runs alike (5,700 to 6,700 a second).
";

/// Hundredths of a second of processor time: the node's, all programs', and what there was.
fn spent() -> (u64, u64, u64) {
    let all = read_to_string("/proc/stat").unwrap_or_default();
    let line: Vec<u64> = all
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(1)
        .filter_map(|field| field.parse().ok())
        .collect();
    let (total, idle) = (
        line.iter().take(8).sum::<u64>(),
        line.iter().skip(3).take(2).sum::<u64>(),
    );
    (node_time(), total - idle, total)
}

/// Processor time of the chain's node: the bench knows it by its data folder.
fn node_time() -> u64 {
    let folder = std::env::var("VRS_LOCALNET").unwrap_or_else(|_| "out/bench-net".to_owned());
    let pid = read_to_string(Path::new(&folder).join("node0/pid")).unwrap_or_default();
    let stat = read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let number = |at: usize| fields.get(at).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    number(11) + number(12)
}

/// Runs a trial and notes who had the processors meanwhile.
pub fn watched(what: String, unit: &'static str, trial: impl FnOnce() -> Result<Rate>) -> Result<Trial> {
    let before = spent();
    let rate = trial()?;
    let after = spent();
    let total = (after.2 - before.2).max(1);
    let node = (after.0 - before.0) * 100 / total;
    let all = (after.1 - before.1) * 100 / total;
    Ok(Trial {
        what,
        unit,
        rate,
        share: (node, all.saturating_sub(node)),
    })
}

/// The machine's load average.
pub fn average() -> String {
    let text = read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn machine() -> String {
    let cpu = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or(": unknown");
    let memory = read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory
        .lines()
        .next()
        .and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    let count = Command::new("nproc")
        .output()
        .map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned());
    format!(
        "{} processors ({}), {} GB of memory",
        count.unwrap_or_default(),
        model.trim_start_matches([':', '\t', ' ']),
        kilobytes.unwrap_or(0) / 1_000_000
    )
}

impl Trial {
    /// What came of it, in a line.
    pub fn line(&self) -> String {
        let rate = &self.rate;
        format!(
            "{}: {} {} a second over {} s, {} blocks, {} transactions, {} M gas a second{}",
            self.what,
            rate.each_second(),
            self.unit,
            rate.millis / 1_000,
            rate.blocks,
            rate.transactions,
            rate.mgas(),
            if rate.is_dry { "; nothing was left to send" } else { "" }
        )
    }
}

/// The page.
pub fn page(trials: &[Trial], direct: bool, (before, after): (&str, &str)) -> String {
    let how = if direct {
        "the bench's own sender, transactions signed beforehand"
    } else {
        "the relayer, from a spool of signed batches"
    };
    let mut out = format!(
        "# What one node sustains\n\nWritten by `scripts/load`: a fresh node (`scripts/localnet`, codes pinned, no index of\n\
         transactions), eight senders; receipts by {how}.\nThe machine: {}. Sender, relayer and node share it; its load\n\
         average was {before} before and {after} at the end; above 2 others had a part of it, and the figures are too low.\n\n\
         | what | a second | seconds | blocks | transactions | gas a unit | million gas a second | node's share of the processors | others' |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        machine()
    );
    for trial in trials {
        let rate = &trial.rate;
        let _ = writeln!(
            out,
            "| {} | {} {} | {} | {} | {} | {} | {} | {}% | {}% |",
            trial.what,
            rate.each_second(),
            trial.unit,
            rate.millis / 1_000,
            rate.blocks,
            rate.transactions,
            rate.gas / rate.units.max(1),
            rate.mgas(),
            trial.share.0,
            trial.share.1
        );
    }
    let single = trials.iter().find(|trial| trial.unit == "transfers");
    let first = trials.iter().find(|trial| trial.unit == "receipts");
    if let (Some(single), Some(first)) = (single, first) {
        let tenths = first.rate.each_second() * 10 / single.rate.each_second().max(1);
        let _ = writeln!(
            out,
            "\n{}.{} receipts of the first shape for each plain transfer, one a transaction.",
            tenths / 10,
            tenths % 10
        );
    }
    out.push_str(PROFILE);
    out
}
