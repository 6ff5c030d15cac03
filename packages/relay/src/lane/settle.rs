//! Devices whose standing is not known: the chain is asked, and what it has already is recognised by its root.

use super::Lane;
use crate::chain::Record;
use crate::device::Place;
use crate::name::Name;
use crate::verdict::{first_fate, Fate, How, Why};
use std::collections::BTreeMap;
use std::time::Duration;
use tracing::{debug, error};
use vrs_attestation::Envelope;
use vrs_client::RpcError;

/// Devices that are asked for in one step, so that results are looked at in between.
const DEVICES: usize = 64;

impl Lane {
    pub(super) fn settle(&mut self, now: Duration) -> bool {
        let mut lost = vec![];
        for (number, device) in &mut self.devices {
            device.wake(now);
            if device.is_lost() {
                lost.push(*number);
                if lost.len() >= DEVICES {
                    break;
                }
            }
        }
        for number in &lost {
            if let Err(error) = self.ask(*number, now) {
                if error.is_passing() {
                    self.trouble(now, "asking for a device", &error.into());
                    return true;
                }
                self.hold(*number, Why::Node(error.to_string()), now);
            }
        }
        self.recognise(now);
        let missing = |(number, device): (&u32, &crate::device::Device)| Some((*number, device.is_missing()?));
        let missing: Vec<(u32, u32)> = self.devices.iter().filter_map(missing).collect();
        for (number, next) in &missing {
            self.hold(*number, Why::Missing(*next), now);
        }
        !lost.is_empty() || !missing.is_empty()
    }

    fn ask(&mut self, number: u32, now: Duration) -> Result<(), RpcError> {
        self.shared.metrics.asked.add(1);
        let Some(standing) = self.shared.chain.device(number)? else {
            self.hold(number, Why::UnknownDevice, now);
            return Ok(());
        };
        debug!(device = number, next = standing.next, "the chain's own count");
        let Some(device) = self.devices.get_mut(&number) else {
            return Ok(());
        };
        device.next = Some(standing.next);
        if standing.revoked {
            // For good: the oracle would refuse each, for the price of a transaction.
            let rest: Vec<u32> = device
                .batches
                .range(standing.next..)
                .map(|(sequence, _)| *sequence)
                .collect();
            for sequence in rest {
                let name = Name {
                    device: number,
                    sequence,
                };
                self.finish(name, Fate::Refused("revoked".to_owned()), None);
            }
        }
        Ok(())
    }

    /// Batches below the number that is due: done by an earlier run, put there again, or signed twice.
    fn recognise(&mut self, now: Duration) {
        let mut old: Vec<(u32, Vec<u32>)> = vec![];
        for (number, device) in &self.devices {
            let Some(next) = device.next else { continue };
            let waiting = |(sequence, place): (&u32, &Place)| (*place == Place::Waiting).then_some(*sequence);
            let below: Vec<u32> = device.batches.range(..next).filter_map(waiting).collect();
            if !below.is_empty() {
                old.push((*number, below));
            }
        }
        for (number, below) in old {
            if let Err(error) = self.recognise_all(number, &below) {
                if error.is_passing() {
                    self.trouble(now, "asking for records", &error.into());
                    return;
                }
                self.hold(number, Why::Node(error.to_string()), now);
            }
        }
    }

    fn recognise_all(&mut self, device: u32, below: &[u32]) -> Result<(), RpcError> {
        let mut records: BTreeMap<u32, Record> = BTreeMap::new();
        let mut read_to = 0;
        for sequence in below {
            if *sequence >= read_to {
                let page = self.shared.chain.records(device, *sequence)?;
                read_to = page.last().map_or(u32::MAX, |last| last.sequence.saturating_add(1));
                records.extend(page.into_iter().map(|record| (record.sequence, record)));
            }
            let name = Name {
                device,
                sequence: *sequence,
            };
            let Some(bytes) = self.read(name) else { continue };
            let fate = match (Envelope::parse_frame(&bytes), records.get(sequence)) {
                (Err(error), _) => Fate::Refused(format!("malformed: {error}")),
                (Ok(_), None) if !self.is_used(name)? => continue,
                (Ok(_), None) => Fate::Refused("stale: the number is used up, its record is gone".to_owned()),
                (Ok(envelope), Some(record)) if envelope.root() == record.root => {
                    first_fate(How::Earlier, record.outcome.clone())
                }
                (Ok(_), Some(record)) => Fate::Refused(format!("conflict: taken {}", hex::encode(record.root))),
            };
            let tx = match &fate {
                Fate::Done(_) => self.carrier(name),
                Fate::Refused(_) => None,
            };
            self.finish(name, fate, tx);
        }
        Ok(())
    }

    /// Whether the chain has used a number up; where it has not, the device's standing is asked for anew.
    fn is_used(&mut self, name: Name) -> Result<bool, RpcError> {
        let standing = self.shared.chain.device(name.device)?;
        let is_used = standing.is_some_and(|standing| standing.next > name.sequence);
        if let Some(device) = self.devices.get_mut(&name.device).filter(|_| !is_used) {
            device.next = None;
        }
        Ok(is_used)
    }

    /// A batch's bytes; none where they can't be had, and then it is not in the queue any more.
    pub(super) fn read(&mut self, name: Name) -> Option<Vec<u8>> {
        let found = self.shared.spool.read(name);
        if let Ok(Some(bytes)) = found {
            return Some(bytes);
        }
        if let Err(error) = found {
            error!(%error, "a batch can't be read");
        }
        // The next look into the folder finds it again, if it is there.
        self.shared.spool.forget(name);
        if let Some(device) = self.devices.get_mut(&name.device) {
            device.remove(name.sequence);
        }
        None
    }

    /// The transaction that took a batch. One search tells of all batches in it; a node without an index tells nothing.
    fn carrier(&mut self, name: Name) -> Option<(String, u64)> {
        let key = (name.device, name.sequence);
        if let Some(found) = self.carriers.remove(&key) {
            return Some(found);
        }
        if self.searches == 0 {
            return None;
        }
        match self.shared.chain.carrier(name.device, name.sequence) {
            Ok(Some(carrier)) => {
                let found = (carrier.hash, carrier.height);
                let all = carrier.batches.into_iter().filter(|other| *other != key);
                self.carriers.extend(all.map(|other| (other, found.clone())));
                Some(found)
            }
            _ => {
                self.searches -= 1;
                None
            }
        }
    }
}
