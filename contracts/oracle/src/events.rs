//! What the contract tells: events of type `vrs_oracle`, each with `v` and `action` first.

use crate::state::Quote;
use cosmwasm_std::{Addr, Attribute, Binary};
use vrs_attestation::Hash;
use vrs_days::Day;
use vrs_interface::attested::DroppedItem;
use vrs_interface::oracle::{DeviceCaps, DeviceId, DeviceKey, DeviceKind, FeedParams, FirstOutcome, Outcome};

/// Type of every event.
pub const EVENT_TYPE: &str = "vrs_oracle";
/// Version of the events' schema.
const VERSION: &str = "1";

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Owner, roles, pausing; `action` is the first attribute.
    Access(Vec<Attribute>),
    /// The contract was created.
    Instantiate { owner: Addr, history_days: u32 },
    /// A device was registered.
    RegisterDevice {
        device: DeviceId,
        kind: DeviceKind,
        subject: Option<u32>,
        owner: Addr,
        key: DeviceKey,
    },
    /// A device has another key from a day on.
    RotateKey {
        device: DeviceId,
        key: DeviceKey,
        from: Day,
    },
    /// A device ended for good.
    RevokeDevice { device: DeviceId, by: Addr },
    /// A device may attest more or less.
    SetCaps { device: DeviceId, caps: DeviceCaps },
    /// A kind's batches go to a contract, or to none.
    SetConsumer { kind: DeviceKind, contract: Option<Addr> },
    /// A symbol was registered or is judged otherwise.
    SetFeed {
        symbol: u32,
        name: String,
        params: FeedParams,
    },
    /// A device feeds a symbol, or no longer.
    SetFeedSource { symbol: u32, device: DeviceId, feeds: bool },
    /// A device's price stands.
    Price {
        symbol: u32,
        device: DeviceId,
        quote: Quote,
    },
    /// What became of a batch.
    Batch {
        /// In the message, from 0.
        position: u32,
        /// Device, sequence and day as it says, where it has a frame.
        claim: Option<(DeviceId, u32, Day)>,
        /// Where its signature is good.
        root: Option<Hash>,
        outcome: Outcome,
    },
    /// Records were pruned.
    Prune {
        looked: usize,
        removed: usize,
        /// The next call's `start_after`; none where the walk is through.
        next: Option<(DeviceId, u32)>,
    },
}

impl From<Event> for cosmwasm_std::Event {
    fn from(event: Event) -> Self {
        let new = |action: &str| {
            cosmwasm_std::Event::new(EVENT_TYPE)
                .add_attribute("v", VERSION)
                .add_attribute("action", action)
        };
        match event {
            Event::Access(attributes) => cosmwasm_std::Event::new(EVENT_TYPE)
                .add_attribute("v", VERSION)
                .add_attributes(attributes),
            Event::Instantiate { owner, history_days } => new("instantiate")
                .add_attribute("owner", owner)
                .add_attribute("history_days", history_days.to_string()),
            Event::RegisterDevice {
                device,
                kind,
                subject,
                owner,
                key,
            } => with_key(
                optional(
                    new("register_device")
                        .add_attribute("device", device.to_string())
                        .add_attribute("kind", kind_name(kind)),
                    "subject",
                    subject,
                )
                .add_attribute("owner", owner),
                &key,
            ),
            Event::RotateKey { device, key, from } => with_key(
                new("rotate_key")
                    .add_attribute("device", device.to_string())
                    .add_attribute("from", from.to_string()),
                &key,
            ),
            Event::RevokeDevice { device, by } => new("revoke_device")
                .add_attribute("device", device.to_string())
                .add_attribute("by", by),
            Event::SetCaps { device, caps } => new("set_caps")
                .add_attribute("device", device.to_string())
                .add_attribute("items", caps.items.to_string())
                .add_attribute("amount", caps.amount.to_string()),
            Event::SetConsumer { kind, contract } => optional(
                new("set_consumer").add_attribute("kind", kind_name(kind)),
                "contract",
                contract,
            ),
            Event::SetFeed { symbol, name, params } => new("set_feed")
                .add_attribute("symbol", symbol.to_string())
                .add_attribute("name", name)
                .add_attribute("max_age", params.max_age.to_string())
                .add_attribute("max_jump_bps", params.max_jump_bps.to_string())
                .add_attribute("min_sources", params.min_sources.to_string()),
            Event::SetFeedSource { symbol, device, feeds } => new("set_feed_source")
                .add_attribute("symbol", symbol.to_string())
                .add_attribute("device", device.to_string())
                .add_attribute("feeds", feeds.to_string()),
            Event::Price { symbol, device, quote } => new("price")
                .add_attribute("symbol", symbol.to_string())
                .add_attribute("device", device.to_string())
                .add_attribute("price", quote.price.to_string())
                .add_attribute("time", quote.time.to_string()),
            Event::Batch {
                position,
                claim,
                root,
                outcome,
            } => {
                let mut event = new("batch").add_attribute("position", position.to_string());
                if let Some((device, sequence, day)) = claim {
                    event = event
                        .add_attribute("device", device.to_string())
                        .add_attribute("sequence", sequence.to_string())
                        .add_attribute("day", day.to_string());
                }
                with_outcome(optional(event, "root", root.map(Binary::from)), outcome)
            }
            Event::Prune { looked, removed, next } => optional(
                new("prune")
                    .add_attribute("looked", looked.to_string())
                    .add_attribute("removed", removed.to_string()),
                "next",
                next.map(|(device, sequence)| format!("{device}/{sequence}")),
            ),
        }
    }
}

fn optional(event: cosmwasm_std::Event, name: &str, value: Option<impl ToString>) -> cosmwasm_std::Event {
    match value {
        Some(value) => event.add_attribute(name, value.to_string()),
        None => event,
    }
}

fn with_key(event: cosmwasm_std::Event, key: &DeviceKey) -> cosmwasm_std::Event {
    let (scheme, bytes) = match key {
        DeviceKey::Ed25519(bytes) => ("ed25519", bytes),
        DeviceKey::Secp256k1(bytes) => ("secp256k1", bytes),
    };
    event
        .add_attribute("scheme", scheme)
        .add_attribute("key", bytes.to_string())
}

fn with_outcome(event: cosmwasm_std::Event, outcome: Outcome) -> cosmwasm_std::Event {
    let told = |name: &str| event.clone().add_attribute("outcome", name);
    match outcome {
        Outcome::Accepted { items, dropped } => with_dropped(told("accepted"), items, &dropped),
        Outcome::Repeat {
            first: FirstOutcome::Accepted { items, dropped },
        } => with_dropped(told("repeat"), items, &dropped),
        Outcome::Repeat {
            first: FirstOutcome::Refused { reason },
        } => told("repeat").add_attribute("reason", reason.name()),
        Outcome::Gap { expected } => told("gap").add_attribute("expected", expected.to_string()),
        Outcome::Conflict { taken } => told("conflict").add_attribute("taken", taken.to_string()),
        Outcome::Stale { expected } => told("stale").add_attribute("expected", expected.to_string()),
        Outcome::Refused { reason } => told("refused").add_attribute("reason", reason.name()),
    }
}

/// `dropped` is absent where nothing fell, else `item:reason` by comma: `0:zero_amount,3:trade_limit`.
fn with_dropped(event: cosmwasm_std::Event, items: u16, dropped: &[DroppedItem]) -> cosmwasm_std::Event {
    let event = event.add_attribute("items", items.to_string());
    if dropped.is_empty() {
        return event;
    }
    let fell: Vec<String> = dropped
        .iter()
        .map(|item| format!("{}:{}", item.item, item.reason.name()))
        .collect();
    event.add_attribute("dropped", fell.join(","))
}

/// The kind as it stands in messages and events.
fn kind_name(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Terminal => "terminal",
        DeviceKind::Meter => "meter",
        DeviceKind::Company => "company",
        DeviceKind::Bank => "bank",
        DeviceKind::Price => "price",
        DeviceKind::Health => "health",
    }
}
