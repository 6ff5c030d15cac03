//! What the oracle's answer means for a batch's file.

use serde::Serialize;
use vrs_interface::attested::DroppedItem;
use vrs_interface::oracle::{FirstOutcome, Outcome, RefuseReason};

/// Where a file goes for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The chain has it: into `done/`.
    Done(Taken),
    /// The chain will never take it as it is: into `refused/`.
    Refused(String),
}

/// What the chain did with a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whether this transaction took it, or an earlier one had.
    pub how: How,
    /// Items in it.
    pub items: u16,
    /// Those that fell alone.
    pub dropped: Vec<Fallen>,
}

/// Who took a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The transaction named with it.
    Accepted,
    /// One before that; the one named with it changed nothing.
    Repeat,
    /// It was on chain before it was sent; the transaction that took it is named where the node can tell.
    Earlier,
}

/// An item that fell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fallen {
    /// Its place in the batch, from 0.
    pub item: u16,
    /// Why, as in the contract's events.
    pub reason: &'static str,
}

/// Why a device's batches wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The day has not begun.
    DayAhead,
    /// Nobody takes the kind yet.
    NoConsumer,
    /// The oracle does not know the device yet.
    UnknownDevice,
    /// The chain expects a number that is not in the spool.
    Missing(u32),
    /// A contract fails on this one batch: its words.
    Contract(String),
    /// This one batch needs more gas than a transaction may have.
    TooLarge,
    /// The node can't answer about it: its words.
    Node(String),
}

impl Why {
    /// Its name in metrics and logs.
    pub fn name(&self) -> &'static str {
        match self {
            Why::DayAhead => "day_ahead",
            Why::NoConsumer => "no_consumer",
            Why::UnknownDevice => "unknown_device",
            Why::Missing(_) => "missing",
            Why::Contract(_) => "contract",
            Why::TooLarge => "too_large",
            Why::Node(_) => "node",
        }
    }

    /// Whether it passes by itself.
    pub fn is_passing(&self) -> bool {
        matches!(self, Why::DayAhead | Why::Node(_))
    }
}

/// What follows from an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The file goes; its number is used up.
    Gone(Fate),
    /// The file goes, its number is still free: the device's later batches wait for another with this number.
    Free(Fate),
    /// The file stays; the chain is asked where the device stands.
    Ask,
    /// The file stays and waits.
    Wait(Why),
}

impl Verdict {
    /// What an outcome means.
    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted { items, dropped } => Verdict::Gone(Fate::Done(taken(How::Accepted, items, &dropped))),
            Outcome::Repeat { first } => Verdict::Gone(first_fate(How::Repeat, first)),
            // Its record tells whether it is the same batch; the oracle's 64 last ones are not all that it keeps.
            Outcome::Gap { .. } | Outcome::Stale { .. } => Verdict::Ask,
            Outcome::Conflict { taken } => {
                Verdict::Gone(Fate::Refused(format!("conflict: taken {}", hex::encode(taken))))
            }
            Outcome::Refused { reason } => match reason {
                RefuseReason::DayAhead => Verdict::Wait(Why::DayAhead),
                RefuseReason::NoConsumer => Verdict::Wait(Why::NoConsumer),
                reason if reason.uses_number() => Verdict::Gone(Fate::Refused(reason.name().to_owned())),
                reason => Verdict::Free(Fate::Refused(reason.name().to_owned())),
            },
        }
    }
}

/// Where a batch goes that the chain knew before.
pub fn first_fate(how: How, first: FirstOutcome) -> Fate {
    match first {
        FirstOutcome::Accepted { items, dropped } => Fate::Done(taken(how, items, &dropped)),
        FirstOutcome::Refused { reason } => Fate::Refused(reason.name().to_owned()),
    }
}

fn taken(how: How, items: u16, dropped: &[DroppedItem]) -> Taken {
    let fallen = |item: &DroppedItem| Fallen {
        item: item.item,
        reason: item.reason.name(),
    };
    Taken {
        how,
        items,
        dropped: dropped.iter().map(fallen).collect(),
    }
}
