//! Transactions, signed beforehand, into the mempool of a node as fast as it takes them; and what its blocks then hold.

use anyhow::{bail, Result};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};
use vrs_client::{Client, Node};

/// Seconds from the first transaction until counting begins: blocks are full by then.
const WARM: Duration = Duration::from_secs(6);

/// One sender's transactions, in the order of their sequence numbers.
pub type Stream = Vec<Vec<u8>>;

/// What a node sustained.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rate {
    /// Units (transfers, receipts) counted.
    pub units: u64,
    /// Gas of those.
    pub gas: u64,
    /// Transactions.
    pub transactions: u64,
    /// Blocks.
    pub blocks: u64,
    /// Milliseconds of the chain's time that they took.
    pub millis: u64,
    /// Whether there was nothing left to send before the time was over.
    pub is_dry: bool,
}

impl Rate {
    /// Units a second.
    pub fn each_second(&self) -> u64 {
        self.units * 1_000 / self.millis.max(1)
    }

    /// Million gas a second.
    pub fn mgas(&self) -> u64 {
        self.gas / 1_000 / self.millis.max(1)
    }
}

/// Transactions that wait in the mempool.
pub fn waiting(node: &Node) -> Result<u64> {
    #[derive(Deserialize)]
    struct Answer {
        n_txs: String,
    }
    let answer: Answer = node.rpc.call("num_unconfirmed_txs", json!({}))?;
    Ok(answer.n_txs.parse()?)
}

/// Sends every stream from a thread of its own for so long, never more than `most` waiting in the mempool; then
/// counts what blocks hold. `units`: of a transaction, by its bytes.
pub fn pump(
    client: &Client,
    streams: &[Stream],
    seconds: u64,
    most: u64,
    units: &(dyn Fn(&vrs_client::Outcome) -> u64 + Sync),
) -> Result<Rate> {
    let (end, full, over) = (
        Duration::from_secs(seconds) + WARM,
        AtomicBool::new(false),
        AtomicBool::new(false),
    );
    let began = Instant::now();
    let (window, sent) = thread::scope(|scope| {
        let senders: Vec<_> = streams
            .iter()
            .map(|stream| {
                let (full, over) = (&full, &over);
                scope.spawn(move || send(client, stream, full, over))
            })
            .collect();
        let watch = || -> Result<(u64, u64)> {
            let mut first = 0;
            while began.elapsed() < end {
                full.store(waiting(&client.node)? >= most, Ordering::Relaxed);
                if first == 0 && began.elapsed() > WARM {
                    first = client.node.status()?.height;
                }
                sleep(Duration::from_millis(20));
            }
            Ok((first, client.node.status()?.height))
        };
        let window = watch();
        over.store(true, Ordering::Relaxed);
        let sent: Vec<Result<bool>> = senders
            .into_iter()
            .map(|sender| sender.join().unwrap_or_else(|_| bail!("a sender has panicked")))
            .collect();
        (window, sent)
    });
    let (first, last) = window?;
    let dry = sent.into_iter().collect::<Result<Vec<_>>>()?.into_iter().all(|dry| dry);
    // The next trial begins with an empty mempool; and what came of a block is told a little after the block.
    while waiting(&client.node)? > 0 {
        sleep(Duration::from_millis(200));
    }
    sleep(Duration::from_secs(2));
    let mut rate = count(&client.node, first, last, units)?;
    rate.is_dry = dry;
    Ok(rate)
}

/// Sends until told to end; answers whether nothing was left.
fn send(client: &Client, stream: &Stream, full: &AtomicBool, over: &AtomicBool) -> Result<bool> {
    for tx in stream {
        loop {
            if over.load(Ordering::Relaxed) {
                return Ok(false);
            }
            if full.load(Ordering::Relaxed) {
                sleep(Duration::from_millis(5));
                continue;
            }
            match client.node.broadcast(tx)? {
                (0, ..) => break,
                (20, ..) => sleep(Duration::from_millis(20)),
                (code, space, log) => bail!("refused: {space} {code}: {log}"),
            }
        }
    }
    Ok(true)
}

/// What the blocks behind `first` up to `last` hold.
pub fn count(node: &Node, first: u64, last: u64, units: &dyn Fn(&vrs_client::Outcome) -> u64) -> Result<Rate> {
    let mut rate = Rate {
        blocks: last.saturating_sub(first),
        millis: (node.time(last)? - node.time(first)?) / 1_000_000,
        ..Rate::default()
    };
    let mut faults: BTreeMap<String, u64> = BTreeMap::new();
    for height in first + 1..=last {
        for (_, outcome) in node.block(height)?.transactions {
            if let Some(failure) = &outcome.failure {
                *faults.entry(failure.log.clone()).or_default() += 1;
                continue;
            }
            rate.transactions += 1;
            rate.gas += outcome.gas_used;
            rate.units += units(&outcome);
        }
    }
    if let Some((log, count)) = faults.into_iter().next() {
        bail!("{count} transactions failed: {log}");
    }
    Ok(rate)
}
