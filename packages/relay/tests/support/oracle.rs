//! The fake chain's oracle: the outcomes of docs/oracle.md, in their order.

use super::fake::State;
use super::FORGED;
use cosmwasm_std::Binary;
use vrs_attestation::Envelope;
use vrs_interface::oracle::{FirstOutcome, Outcome as Answer, RefuseReason};

impl State {
    pub fn judge(&mut self, bytes: &[u8]) -> Answer {
        let refused = |reason| Answer::Refused { reason };
        let Ok(envelope) = Envelope::parse_frame(bytes) else {
            return refused(RefuseReason::Malformed);
        };
        let (consumer, day) = (self.consumer, u32::try_from(self.seconds / 86_400 + 1).expect("a day"));
        let Some(device) = self.devices.get_mut(&envelope.device()) else {
            return refused(RefuseReason::UnknownDevice);
        };
        if bytes[bytes.len() - 64] == FORGED {
            return refused(RefuseReason::BadSignature);
        }
        let (sequence, root) = (envelope.sequence(), envelope.root());
        if sequence < device.next {
            return match device.records.get(&sequence) {
                Some((_, _)) if sequence + 64 < device.next => Answer::Stale { expected: device.next },
                None => Answer::Stale { expected: device.next },
                Some((known, first)) if *known == root => Answer::Repeat { first: first.clone() },
                Some((known, _)) => Answer::Conflict {
                    taken: Binary::from(*known),
                },
            };
        }
        if device.revoked {
            return refused(RefuseReason::Revoked);
        }
        if sequence > device.next {
            return Answer::Gap { expected: device.next };
        }
        if envelope.day() > day {
            return refused(RefuseReason::DayAhead);
        }
        if !consumer {
            return refused(RefuseReason::NoConsumer);
        }
        let items = u16::try_from(envelope.count()).expect("a batch");
        let first = FirstOutcome::Accepted { items, dropped: vec![] };
        device.records.insert(sequence, (root, first));
        device.next += 1;
        *self.counted.entry((envelope.device(), sequence)).or_default() += 1;
        Answer::Accepted { items, dropped: vec![] }
    }
}
