//! One device: which of its batches lie in the spool, and which is due.

use crate::verdict::Why;
use std::collections::BTreeMap;
use std::time::Duration;

/// First and longest pause before a device that waits is looked at again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(60));

/// Where a batch of the spool is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the spool alone.
    Waiting,
    /// In a transaction, by its number.
    Flying(u64),
}

/// A device.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// The number to send next; none where the chain is to be asked.
    pub next: Option<u32>,
    /// Its batches of the spool.
    pub batches: BTreeMap<u32, Place>,
    /// Batches in transactions.
    pub flying: usize,
    /// Why it waits, and until when.
    pub wait: Option<(Why, Duration)>,
    waits: u32,
}

impl Device {
    /// A batch came into the spool.
    pub fn add(&mut self, sequence: u32) {
        self.batches.entry(sequence).or_insert(Place::Waiting);
        if matches!(self.wait, Some((Why::Missing(missing), _)) if missing == sequence) {
            self.wait = None;
            self.next = None;
        }
    }

    /// A batch left the spool. Whether it was there.
    pub fn remove(&mut self, sequence: u32) -> bool {
        let place = self.batches.remove(&sequence);
        if let Some(Place::Flying(_)) = place {
            self.flying -= 1;
        }
        place.is_some()
    }

    /// A batch went into a transaction.
    pub fn fly(&mut self, sequence: u32, flight: u64) {
        if let Some(place @ Place::Waiting) = self.batches.get_mut(&sequence) {
            *place = Place::Flying(flight);
            self.flying += 1;
        }
        self.next = sequence.checked_add(1);
    }

    /// A batch came back from a transaction, if it was in that; the chain is to be asked where the device stands.
    pub fn land(&mut self, sequence: u32, flight: u64) {
        match self.batches.get_mut(&sequence) {
            Some(place) if *place == Place::Flying(flight) => {
                *place = Place::Waiting;
                self.flying -= 1;
                self.next = None;
            }
            _ => {}
        }
    }

    /// Waits, longer each time.
    pub fn pause(&mut self, why: Why, now: Duration) {
        let pause = PAUSES.0.saturating_mul(1 << self.waits.min(5)).min(PAUSES.1);
        self.waits += 1;
        self.next = None;
        self.wait = Some((why, now + pause));
    }

    /// Goes on where it had to wait until now.
    pub fn wake(&mut self, now: Duration) {
        if self.wait.as_ref().is_some_and(|(_, until)| *until <= now) {
            self.wait = None;
        }
    }

    /// Something of it went through.
    pub fn cheer(&mut self) {
        self.waits = 0;
    }

    /// Whether the chain is to be asked: there is something to send, nothing on its way, and the number is not known.
    pub fn is_lost(&self) -> bool {
        self.next.is_none() && self.flying == 0 && self.wait.is_none() && !self.batches.is_empty()
    }

    /// The batch that is due and may be sent.
    pub fn due(&self) -> Option<u32> {
        let next = self.next.filter(|_| self.wait.is_none())?;
        (self.batches.get(&next) == Some(&Place::Waiting)).then_some(next)
    }

    /// The lowest number that waits, where that is above the one that is due: the due one is missing.
    pub fn is_missing(&self) -> Option<u32> {
        let next = self.next.filter(|_| self.flying == 0 && self.wait.is_none())?;
        let first = self.batches.first_key_value().map(|(sequence, _)| *sequence)?;
        (first > next).then_some(next)
    }

    /// Whether something of it is on its way, or will be without anybody's help.
    pub fn is_busy(&self) -> bool {
        let is_stuck = matches!(&self.wait, Some((why, _)) if !why.is_passing());
        !self.batches.is_empty() && (self.flying > 0 || !is_stuck)
    }
}
