//! What becomes of each batch, in the order submitted.

use super::answer::{Entry, Verdict};
use super::deliver::Flight;
use super::{Claim, Devices, Framed, Read};
use crate::events::Event;
use crate::prices;
use crate::prune::KEPT;
use crate::state::{self, Device, Progress, Record, RecordResult, Spent, BATCHES, CONSUMERS};
use cosmwasm_std::{Binary, StdError, StdResult, Storage, Timestamp};
use std::collections::BTreeMap;
use vrs_attestation::Kind;
use vrs_days::{Clock, Stage};
use vrs_interface::attested::Delivery;
use vrs_interface::oracle::{DeviceId, RefuseReason};

/// Judges the batches of one message and remembers what it has let through so far.
pub struct Bench<'a> {
    clock: &'a Clock,
    now: Timestamp,
    devices: Devices,
    /// Of the devices that had a batch in this message.
    progress: BTreeMap<DeviceId, Progress>,
    /// (device, sequence) -> position, of the numbers that this message used up.
    used: BTreeMap<(DeviceId, u32), u32>,
    /// Kind's number -> its consumer, once asked for.
    consumers: BTreeMap<u8, Option<Vec<u8>>>,
    flight: Flight,
    events: Vec<Event>,
}

impl<'a> Bench<'a> {
    /// A bench at the time of a block.
    pub fn new(clock: &'a Clock, now: Timestamp, devices: Devices) -> Self {
        Bench {
            clock,
            now,
            devices,
            progress: BTreeMap::new(),
            used: BTreeMap::new(),
            consumers: BTreeMap::new(),
            flight: Flight::default(),
            events: vec![],
        }
    }

    /// Judges the next batch.
    pub fn hear(&mut self, storage: &mut dyn Storage, read: &Read) -> StdResult<()> {
        let entry = match read {
            Read::Refused { claim, reason } => Entry {
                claim: *claim,
                root: None,
                verdict: Verdict::Refused(*reason),
            },
            Read::Framed(framed) => {
                let mut verdict = self.verdict(storage, framed)?;
                if let Verdict::Accepted(dropped) = &mut verdict {
                    self.hand_on(storage, framed, dropped)?;
                }
                self.record(storage, framed, &verdict)?;
                Entry {
                    claim: Some(framed.claim),
                    root: Some(framed.root),
                    verdict,
                }
            }
        };
        self.flight.entries.push(entry);
        Ok(())
    }

    /// What is to be delivered and told.
    pub fn close(self) -> (Flight, Vec<Event>) {
        (self.flight, self.events)
    }

    /// What becomes of a batch whose signature is its device's.
    fn verdict(&mut self, storage: &dyn Storage, framed: &Framed) -> StdResult<Verdict> {
        let claim = framed.claim;
        let progress = self.progress(storage, claim.device)?;
        if claim.sequence < progress.next {
            return self.seen_before(storage, framed, progress.next);
        }
        let device = known(self.devices.get(storage, claim.device)?)?;
        if device.revoked {
            return Ok(Verdict::Refused(RefuseReason::Revoked));
        }
        if claim.sequence > progress.next {
            return Ok(Verdict::Gap(progress.next));
        }
        if let Some(reason) = refusal(self.clock, self.now, device, &progress, framed) {
            return Ok(Verdict::Refused(reason));
        }
        let kind = framed.envelope.kind();
        if kind != Kind::Price && self.consumer(storage, kind)?.is_none() {
            return Ok(Verdict::Refused(RefuseReason::NoConsumer));
        }
        Ok(Verdict::Accepted(vec![]))
    }

    /// A batch whose number is used up: the same one again, or another.
    fn seen_before(&self, storage: &dyn Storage, framed: &Framed, next: u32) -> StdResult<Verdict> {
        let Claim {
            device, sequence, day, ..
        } = framed.claim;
        if sequence.saturating_add(KEPT) < next {
            return Ok(Verdict::Stale(next));
        }
        let same = |of_day, root| (of_day, root) == (day, framed.root);
        if let Some(position) = self.used.get(&(device, sequence)) {
            let taken = usize::try_from(*position)
                .ok()
                .and_then(|at| self.flight.entries.get(at));
            return Ok(match taken.and_then(|taken| taken.claim.zip(taken.root)) {
                Some((claim, root)) if same(claim.day, root) => Verdict::RepeatHere(*position),
                Some((_, root)) => Verdict::Conflict(root),
                None => Verdict::Stale(next),
            });
        }
        Ok(match BATCHES.may_load(storage, &(device, sequence))? {
            Some(record) if same(record.day, record.root) => Verdict::Repeat(record.result),
            Some(record) => Verdict::Conflict(record.root),
            None => Verdict::Stale(next),
        })
    }

    /// Stores a batch that uses up its number, before any consumer is called.
    fn record(&mut self, storage: &mut dyn Storage, framed: &Framed, verdict: &Verdict) -> StdResult<()> {
        let claim = framed.claim;
        let mut progress = self.progress(storage, claim.device)?;
        let result = match verdict {
            Verdict::Accepted(dropped) => {
                progress.spent = spent_with(&progress, framed).ok_or_else(|| overflow("caps"))?;
                progress.day = claim.day;
                RecordResult::Accepted {
                    items: claim.items,
                    dropped: dropped.clone(),
                }
            }
            Verdict::Refused(reason) if reason.uses_number() => RecordResult::Refused {
                reason: *reason as u8,
                last: progress.day,
            },
            _ => return Ok(()),
        };
        progress.next = claim.sequence.checked_add(1).ok_or_else(|| overflow("sequence"))?;
        let record = Record {
            day: claim.day,
            root: framed.root,
            result,
            spent: progress.spent,
        };
        let key = (claim.device, claim.sequence);
        BATCHES.save(storage, &key, &record)?;
        let position = u32::try_from(self.flight.entries.len()).map_err(|_| overflow("position"))?;
        self.used.insert(key, position);
        self.progress.insert(claim.device, progress);
        Ok(())
    }

    /// Takes a batch of prices, or lays the batch aside for its consumer.
    fn hand_on(&mut self, storage: &mut dyn Storage, framed: &Framed, dropped: &mut Vec<(u16, u8)>) -> StdResult<()> {
        let claim = framed.claim;
        let kind = framed.envelope.kind();
        if kind == Kind::Price {
            let desk = prices::Desk {
                clock: self.clock,
                now: self.now.seconds(),
                device: claim.device,
                day: claim.day,
            };
            let fell = prices::take(storage, &desk, framed.envelope.leaves(), &mut self.events)?;
            dropped.extend(fell.into_iter().map(|(item, reason)| (item, reason as u8)));
            return Ok(());
        }
        let delivery = Delivery {
            device: claim.device,
            subject: known(self.devices.get(storage, claim.device)?)?.subject,
            day: claim.day,
            sequence: claim.sequence,
            leaves: Binary::from(framed.envelope.leaf_bytes()),
        };
        let consumer = self
            .consumer(storage, kind)?
            .ok_or_else(|| StdError::not_found("consumer"))?;
        self.flight.load(kind.number(), consumer, delivery)
    }

    fn progress(&mut self, storage: &dyn Storage, device: DeviceId) -> StdResult<Progress> {
        if let Some(progress) = self.progress.get(&device) {
            return Ok(*progress);
        }
        let progress = state::progress(storage, device)?;
        self.progress.insert(device, progress);
        Ok(progress)
    }

    fn consumer(&mut self, storage: &dyn Storage, kind: Kind) -> StdResult<Option<Vec<u8>>> {
        if let Some(consumer) = self.consumers.get(&kind.number()) {
            return Ok(consumer.clone());
        }
        let consumer = CONSUMERS.may_load(storage, &kind.number())?;
        self.consumers.insert(kind.number(), consumer.clone());
        Ok(consumer)
    }
}

/// Why a batch with the expected number is refused, if it is: first what leaves the number free.
fn refusal(
    clock: &Clock,
    now: Timestamp,
    device: &Device,
    progress: &Progress,
    framed: &Framed,
) -> Option<RefuseReason> {
    let day = framed.claim.day;
    let stage = clock.stage(day, now);
    if stage == Stage::Ahead {
        return Some(RefuseReason::DayAhead);
    }
    if stage >= Stage::Provisional {
        return Some(RefuseReason::DayClosed);
    }
    if day < progress.day {
        return Some(RefuseReason::DayBackwards);
    }
    if day < device.valid_from || device.valid_until.is_some_and(|until| day > until) {
        return Some(RefuseReason::NotValidOnDay);
    }
    // A schedule is never empty; if it were, nothing would be allowed.
    let caps = device.caps.at_or_first(day);
    let Some(spent) = spent_with(progress, framed) else {
        return Some(RefuseReason::AmountCap);
    };
    if caps.is_none_or(|caps| spent.items > caps.items) {
        return Some(RefuseReason::ItemCap);
    }
    if caps.is_none_or(|caps| spent.amount > caps.amount) {
        return Some(RefuseReason::AmountCap);
    }
    None
}

/// What the device will have attested on the batch's day with the batch; none where that exceeds
/// its types, and so every cap.
fn spent_with(progress: &Progress, framed: &Framed) -> Option<Spent> {
    let before = if progress.day == framed.claim.day {
        progress.spent
    } else {
        Spent::default()
    };
    let amount = u64::try_from(framed.envelope.amount()).ok()?;
    Some(Spent {
        items: before.items.checked_add(framed.claim.items.into())?,
        amount: before.amount.checked_add(amount)?,
    })
}

/// A device that was found when the batch was read.
fn known(device: Option<&Device>) -> StdResult<&Device> {
    device.ok_or_else(|| StdError::not_found("device"))
}

fn overflow(of: &str) -> StdError {
    StdError::generic_err(format!("{of} exceeds its type"))
}
