//! Random batches in random messages against a naive reference: a device takes its numbers in order
//! and each once, within its caps, whoever relays what, in whatever order and company.

use super::suite::{caps, sales, Signer, Suite, DAY, START};
use cosmwasm_std::Binary;
use proptest::prelude::*;
use std::collections::BTreeMap;
use vrs_attestation::Envelope;
use vrs_interface::oracle::*;

const DEVICES: u32 = 3;
const ITEMS: u32 = 5;
const AMOUNT: u64 = 300;

/// One batch to be made: device, days before tomorrow, number relative to the next one, amounts,
/// whether forged; or, if there is one, an earlier batch to be sent again.
type Draft = (u32, u32, i64, Vec<u64>, bool, Option<prop::sample::Index>);

/// A step of the test: hours that pass, then a message.
fn steps() -> impl Strategy<Value = Vec<(u64, Vec<Draft>)>> {
    let draft = (
        1..=DEVICES,
        0u32..3,
        prop_oneof![6 => Just(0i64), 1 => -3i64..0, 1 => 1i64..3],
        prop::collection::vec(0u64..150, 1..4),
        prop::bool::weighted(0.1),
        prop::option::weighted(0.2, any::<prop::sample::Index>()),
    );
    prop::collection::vec((0u64..10, prop::collection::vec(draft, 1..7)), 1..14)
}

/// A batch that used up its number: day, root, whether it was accepted.
type Taken = (u32, Vec<u8>, bool);

#[derive(Default)]
struct Model {
    /// device -> (sequence -> batch).
    taken: BTreeMap<u32, BTreeMap<u32, Taken>>,
    /// device -> day of the last accepted.
    last: BTreeMap<u32, u32>,
    /// (device, day) -> items, amount.
    spent: BTreeMap<(u32, u32), (u32, u64)>,
}

impl Model {
    fn next(&self, device: u32) -> u32 {
        self.taken.get(&device).map_or(0, |taken| taken.len() as u32) + 1
    }

    /// The name of the outcome to expect.
    fn judge(&mut self, now: u64, batch: &Binary, forged: bool) -> &'static str {
        let envelope = Envelope::parse_frame(batch).unwrap();
        let (device, day, sequence) = (envelope.device(), envelope.day(), envelope.sequence());
        let root = envelope.root().to_vec();
        if forged {
            return "bad_signature";
        }
        let next = self.next(device);
        if sequence > next {
            return "gap";
        }
        if sequence + 64 < next {
            return "stale";
        }
        if sequence < next {
            return match self.taken.get(&device).and_then(|taken| taken.get(&sequence)) {
                Some((of, r, _)) if (*of, r) == (day, &root) => "repeat",
                Some(_) => "conflict",
                None => "stale",
            };
        }
        let opens = START + u64::from(day.max(1) - 1) * DAY;
        if day > 0 && now < opens {
            return "day_ahead";
        }
        let ends = START + u64::from(day) * DAY;
        let spent = self.spent.get(&(device, day)).copied().unwrap_or_default();
        let with = (spent.0 + envelope.count(), spent.1 + envelope.amount() as u64);
        let verdict = if now >= ends + DAY / 4 {
            "day_closed"
        } else if day < self.last.get(&device).copied().unwrap_or_default() {
            "day_backwards"
        } else if day == 0 {
            "not_valid_on_day"
        } else if with.0 > ITEMS {
            "item_cap"
        } else if with.1 > AMOUNT {
            "amount_cap"
        } else {
            self.last.insert(device, day);
            self.spent.insert((device, day), with);
            "accepted"
        };
        let record = (day, root, verdict == "accepted");
        self.taken.entry(device).or_default().insert(sequence, record);
        verdict
    }
}

fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted { .. } => "accepted",
        Outcome::Repeat { .. } => "repeat",
        Outcome::Gap { .. } => "gap",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Stale { .. } => "stale",
        Outcome::Refused { reason } => reason.name(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn as_the_naive_reference(steps in steps()) {
        let mut suite = Suite::new();
        for seed in 1..=DEVICES {
            let device = NewDevice {
                caps: caps(ITEMS, AMOUNT),
                ..suite.new_device(DeviceKind::Terminal, Signer::Ed(seed as u8))
            };
            suite.register_as(device).unwrap();
        }
        let mut model = Model::default();
        let mut now = START + 60;
        let mut sent: Vec<(Binary, bool)> = vec![];
        for (hours, drafts) in steps {
            now += hours * 3_600;
            suite.go_to(now);
            let today = ((now - START) / DAY) as u32 + 1;
            let mut batches = vec![];
            let mut expected = vec![];
            for (device, back, offset, amounts, forged, again) in drafts {
                let (batch, forged) = match again.filter(|_| !sent.is_empty()) {
                    Some(index) => index.get(&sent).clone(),
                    None => {
                        let sequence = (i64::from(model.next(device)) + offset).max(0) as u32;
                        let day = (today + 1).saturating_sub(back);
                        let signer = Signer::Ed(if forged { 99 } else { device as u8 });
                        (suite.seal(&sales(device, day, sequence, &amounts), signer), forged)
                    }
                };
                expected.push(model.judge(now, &batch, forged));
                batches.push(batch.clone());
                sent.push((batch, forged));
            }
            let outcomes = suite.submit(batches);
            let names: Vec<&str> = outcomes.iter().map(name).collect();
            prop_assert_eq!(names, expected);
        }
        for device in 1..=DEVICES {
            prop_assert_eq!(suite.next(device), model.next(device));
        }
        // What the consumer got is what was accepted, each once.
        let mut delivered: Vec<(u32, u32)> = suite.calls(&suite.merchant).concat().iter()
            .map(|delivery| (delivery.device, delivery.sequence))
            .collect();
        delivered.sort_unstable();
        let accepted: Vec<(u32, u32)> = model.taken.iter()
            .flat_map(|(device, taken)| taken.iter().map(move |(sequence, record)| (*device, *sequence, record.2)))
            .filter(|(_, _, accepted)| *accepted)
            .map(|(device, sequence, _)| (device, sequence))
            .collect();
        prop_assert_eq!(delivered, accepted);
    }
}
