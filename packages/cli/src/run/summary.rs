//! `summary.json`, and what a run tells people.

use super::relay::{Drop, Drops};
use super::Plan;
use crate::contradictions::Contradictions;
use crate::decimal::{pretty, thousands, COIN_DECIMALS};
use crate::readback::Results;
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// A run in figures.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Days with an order.
    pub days: usize,
    /// Receipts read, of the days that were run.
    pub receipts: usize,
    /// Receipts that became orders.
    pub accepted: u64,
    /// Receipts that did not, by reason.
    pub dropped: BTreeMap<&'static str, u64>,
    /// Of the dropped ones, those that are another sale under a number that was signed; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contradictions: Option<ContradictionsSummary>,
    /// The same for meter readings; left out without `--meters`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mining: Option<ReadingsSummary>,
    /// Transactions on the chain.
    pub transactions: u64,
    /// How long it took.
    pub seconds: f64,
    /// Pools by name.
    pub pools: BTreeMap<String, PoolSummary>,
}

/// Rows under a signed receipt number with another amount, customer or day, in figures.
#[derive(Clone, Debug, Serialize)]
pub struct ContradictionsSummary {
    /// How many.
    pub receipts: usize,
    /// Their money in minor units, as text.
    pub amount: String,
    /// For people.
    #[serde(skip)]
    text: String,
}

/// Meter readings in figures.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingsSummary {
    /// Readings read.
    pub readings: usize,
    /// Readings counted.
    pub accepted: usize,
    /// Readings that fell, by reason.
    pub dropped: BTreeMap<&'static str, u64>,
}

/// A pool in figures, base units as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PoolSummary {
    /// All that was put in.
    pub funded: String,
    /// What was paid out.
    pub paid: String,
    /// What closed days still owe.
    pub claimable: String,
    /// What is left.
    pub remaining: String,
}

impl Summary {
    /// The figures of a run.
    pub fn new(
        plan: &Plan,
        results: &Results,
        drops: &Drops,
        contradictions: &Contradictions,
        transactions: u64,
    ) -> Self {
        let pool = |pool: &vrs_interface::settlement::Pool| {
            let figures = PoolSummary {
                funded: pool.funded.to_string(),
                paid: pool.paid.to_string(),
                claimable: pool.claimable.to_string(),
                remaining: pool.remaining.to_string(),
            };
            (pool.name.clone(), figures)
        };
        let mining = plan.meters.as_ref().map(|rows| ReadingsSummary {
            readings: rows.len(),
            accepted: rows.len() - drops.readings.len(),
            dropped: count(&drops.readings),
        });
        Summary {
            days: results.days.len(),
            receipts: plan.receipts.len(),
            accepted: results.days.iter().map(|day| day.orders).sum(),
            dropped: count(&drops.receipts),
            contradictions: contradictions.summary().map(|text| ContradictionsSummary {
                receipts: contradictions.rows.len(),
                amount: contradictions.amount().to_string(),
                text,
            }),
            mining,
            transactions,
            seconds: 0.0,
            pools: results.pools.iter().map(pool).collect(),
        }
    }

    /// With the time it took.
    pub fn timed(mut self, took: Duration) -> Self {
        self.seconds = (took.as_secs_f64() * 1_000.0).round() / 1_000.0;
        self
    }

    /// `summary.json`.
    pub fn json(&self) -> Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }

    /// For people, on stdout.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |label: &str, value: String| {
            let _ = writeln!(text, "{label:<16}{value}");
        };
        line("days", number(self.days as u64));
        let (orders, receipts) = (number(self.accepted), number(self.receipts as u64));
        line("orders", format!("{orders} of {receipts} receipts"));
        for (reason, count) in &self.dropped {
            line("  dropped", format!("{} {reason}", number(*count)));
        }
        if let Some(contradictions) = &self.contradictions {
            line("  contradicted", contradictions.text.clone());
        }
        if let Some(mining) = &self.mining {
            let (counted, readings) = (number(mining.accepted as u64), number(mining.readings as u64));
            line("mining", format!("{counted} of {readings} readings"));
            for (reason, count) in &mining.dropped {
                line("  dropped", format!("{} {reason}", number(*count)));
            }
        }
        for (name, pool) in &self.pools {
            let coins = |amount: &str| pretty(amount.parse().unwrap_or_default(), COIN_DECIMALS, 2);
            let (paid, funded) = (coins(&pool.paid), coins(&pool.funded));
            line(name, format!("paid {paid} of {funded}"));
        }
        line("transactions", number(self.transactions));
        line("seconds", format!("{:.1}", self.seconds));
        text
    }
}

fn number(n: u64) -> String {
    thousands(&n.to_string())
}

fn count(drops: &[Drop]) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for drop in drops {
        *counts.entry(drop.reason).or_insert(0) += 1;
    }
    counts
}
