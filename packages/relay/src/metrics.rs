//! What the relayer tells of itself, in Prometheus' text format.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A figure that only rises.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds to it.
    pub fn add(&self, by: u64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }

    /// What it is.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why devices wait, as they are told.
pub const HELD: [&str; 7] = [
    "missing",
    "unknown_device",
    "no_consumer",
    "day_ahead",
    "contract",
    "too_large",
    "node",
];

/// What one sender measures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own {
    /// Batches in the spool that are its.
    pub queue: usize,
    /// Those in transactions.
    pub flying: usize,
    /// Transactions in flight.
    pub flights: usize,
    /// Devices that wait, as [`HELD`].
    pub held: [usize; 7],
}

/// All figures.
#[derive(Debug, Default)]
#[allow(missing_docs)] // told in `render`
pub struct Metrics {
    pub accepted: Counter,
    pub repeated: Counter,
    pub refused: Counter,
    pub items: Counter,
    pub items_repeated: Counter,
    pub dropped: Counter,
    pub txs_sent: Counter,
    pub txs_done: Counter,
    pub txs_failed: Counter,
    pub retries: Counter,
    pub pauses: Counter,
    pub asked: Counter,
    pub gas_used: Counter,
    pub gas_wanted: Counter,
    pub scans: Counter,
    own: Mutex<Vec<Own>>,
}

impl Metrics {
    /// Figures of so many senders.
    pub fn new(senders: usize) -> Self {
        Metrics {
            own: Mutex::new(vec![Own::default(); senders]),
            ..Metrics::default()
        }
    }

    /// A sender tells what it measures.
    pub fn tell(&self, sender: usize, own: Own) {
        let mut all = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = all.get_mut(sender) {
            *place = own;
        }
    }

    /// The page, with the last block and whether the node is away.
    pub fn render(&self, height: u64, is_away: bool) -> String {
        let mut page = String::new();
        let all = self.own.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut put = |name: &str, kind: &str, help: &str, values: &[(&str, u64)]| {
            let _ = writeln!(page, "# HELP vrs_relay_{name} {help}\n# TYPE vrs_relay_{name} {kind}");
            for (labels, value) in values {
                let _ = writeln!(page, "vrs_relay_{name}{labels} {value}");
            }
        };
        let sum = |of: fn(&Own) -> usize| all.iter().map(of).sum::<usize>() as u64;
        put(
            "queue_batches",
            "gauge",
            "Batches in the spool.",
            &[("", sum(|own| own.queue))],
        );
        put(
            "in_flight_batches",
            "gauge",
            "Batches in transactions.",
            &[("", sum(|own| own.flying))],
        );
        put(
            "in_flight_txs",
            "gauge",
            "Transactions in flight.",
            &[("", sum(|own| own.flights))],
        );
        let held: Vec<(String, u64)> = (0..)
            .zip(HELD)
            .map(|(at, name): (usize, _)| {
                let count: usize = all.iter().filter_map(|own| own.held.get(at)).sum();
                (format!("{{reason=\"{name}\"}}"), count as u64)
            })
            .collect();
        let held: Vec<(&str, u64)> = held.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        put(
            "devices_waiting",
            "gauge",
            "Devices whose batches wait, by reason.",
            &held,
        );
        let batches = [
            ("{outcome=\"accepted\"}", self.accepted.get()),
            ("{outcome=\"repeated\"}", self.repeated.get()),
            ("{outcome=\"refused\"}", self.refused.get()),
        ];
        put(
            "batches_total",
            "counter",
            "Batches that left the spool, by outcome.",
            &batches,
        );
        let items = [
            ("{outcome=\"accepted\"}", self.items.get()),
            ("{outcome=\"repeated\"}", self.items_repeated.get()),
            ("{outcome=\"dropped\"}", self.dropped.get()),
        ];
        put(
            "items_total",
            "counter",
            "Items (receipts, readings, prices) of finished batches; dropped ones are among them.",
            &items,
        );
        let txs = [
            ("{outcome=\"sent\"}", self.txs_sent.get()),
            ("{outcome=\"done\"}", self.txs_done.get()),
            ("{outcome=\"failed\"}", self.txs_failed.get()),
        ];
        put("txs_total", "counter", "Transactions.", &txs);
        let gas = [
            ("{kind=\"used\"}", self.gas_used.get()),
            ("{kind=\"wanted\"}", self.gas_wanted.get()),
        ];
        put("gas_total", "counter", "Gas of transactions that are in a block.", &gas);
        for (name, help, counter) in [
            (
                "retries_total",
                "Batches sent again and transactions handed over again.",
                &self.retries,
            ),
            ("pauses_total", "Pauses after something went wrong.", &self.pauses),
            (
                "device_queries_total",
                "Times that the chain was asked where a device stands.",
                &self.asked,
            ),
            ("scans_total", "Looks into the folder.", &self.scans),
        ] {
            put(name, "counter", help, &[("", counter.get())]);
        }
        put(
            "block_height",
            "gauge",
            "The last block that was read.",
            &[("", height)],
        );
        put(
            "node_up",
            "gauge",
            "Whether the node answers.",
            &[("", u64::from(!is_away))],
        );
        page
    }
}
