//! From a member's day to the signed batches behind it, each verified again.

use super::model::{Batch, Claim, Item, LeafFields};
use crate::chain::{Chain, Name, Tx};
use crate::failure::Difference;
use crate::verify::batches::outcome_text;
use crate::verify::envelopes::{same_kind, submitted, taken, Verifier};
use crate::verify::names::Names;
use crate::verify::tally::{holds, same};
use crate::verify::Source;
use anyhow::{bail, Result};
use cosmwasm_std::{Timestamp, Uint64};
use std::collections::BTreeMap;
use vrs_attestation::leaf::{channel, Measured};
use vrs_attestation::{Envelope, Kind, Leaf as _, Reading, Receipt, Scheme};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::mining::Method;
use vrs_interface::oracle::{self, BatchResponse, DeviceId, DeviceResponse, FirstOutcome, QueryMsg};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Receipts of a shop's terminals.
    Seller(MemberId),
    /// Receipts of a buyer.
    Buyer(MemberId),
    /// Readings that count for an account.
    Miner(MemberId),
}

/// Signed items of a day.
#[derive(Clone, Debug, Default)]
pub struct Signed {
    /// In the order of their arrival.
    pub items: Vec<Item>,
    /// The batches that brought them.
    pub batches: Vec<Batch>,
    /// What could not be shown.
    pub notes: Vec<String>,
}

/// Looks through the transactions.
pub struct Search<'a> {
    chain: &'a Chain,
    names: &'a Names,
    verifier: Verifier<'a>,
    devices: BTreeMap<DeviceId, DeviceResponse>,
    day: Day,
}

/// A device's batch in a transaction.
struct Arrival<'a> {
    envelope: Envelope<'a>,
    device: DeviceResponse,
    outcome: FirstOutcome,
    tx: &'a Tx,
}

impl<'a> Search<'a> {
    /// A search for a day's items.
    pub fn new(chain: &'a Chain, names: &'a Names, day: Day) -> Result<Self> {
        let config: oracle::ConfigResponse = chain.query(Name::Oracle, &QueryMsg::Config {})?;
        Ok(Search {
            chain,
            names,
            verifier: Verifier::new(chain, &config.chain_id)?,
            devices: BTreeMap::new(),
            day,
        })
    }

    /// All signed items of that kind, each verified again: its batch's root against the oracle's record,
    /// its Merkle path against that root, the signature under the device's key of that day.
    ///
    /// Errors: the first [`Difference`].
    pub fn find(&mut self, source: &dyn Source, wanted: Wanted) -> Result<Signed> {
        let mut signed = Signed::default();
        source.transactions(&mut |tx| {
            for (bytes, outcome) in submitted(&tx)? {
                let Some(outcome) = taken(&outcome) else { continue };
                let envelope = Envelope::parse_frame(&bytes)?;
                if envelope.day() != self.day {
                    continue;
                }
                let device = self.device(envelope.device())?;
                let positions = positions(&envelope, &device, wanted)?;
                if !positions.is_empty() {
                    let arrival = Arrival {
                        envelope,
                        device,
                        outcome,
                        tx: &tx,
                    };
                    self.enter(&arrival, &positions, &mut signed)?;
                }
            }
            Ok(true)
        })?;
        Ok(signed)
    }

    fn device(&mut self, device: DeviceId) -> Result<DeviceResponse> {
        if let Some(known) = self.devices.get(&device) {
            return Ok(known.clone());
        }
        let answer: DeviceResponse = self.chain.query(Name::Oracle, &QueryMsg::Device { device })?;
        self.devices.insert(device, answer.clone());
        Ok(answer)
    }

    fn enter(&mut self, arrival: &Arrival, positions: &[u32], signed: &mut Signed) -> Result<()> {
        let Arrival {
            envelope,
            device,
            outcome,
            tx,
        } = arrival;
        let (number, sequence) = (envelope.device(), envelope.sequence());
        let name = self.names.device(number);
        let at = |what: &str| format!("{what} of batch {sequence} of {name}, block {},", tx.height);
        holds(
            || at("kind"),
            same_kind(device.kind, envelope),
            format!("{:?}", device.kind),
            envelope.kind(),
        )?;
        let msg = QueryMsg::Batch {
            device: number,
            sequence,
        };
        let record = self.chain.query::<BatchResponse>(Name::Oracle, &msg);
        let root = hex::encode(envelope.root());
        let record = match record {
            Ok(record) => {
                same(|| at("root"), root.clone(), hex::encode(record.root.as_slice()))?;
                same(|| at("day"), envelope.day(), record.day)?;
                same(|| at("outcome"), outcome_text(outcome), outcome_text(&record.outcome))?;
                Some(record)
            }
            // Pruning leaves the last 64 of a device.
            Err(_) if sequence.saturating_add(64) < device.next_sequence => {
                signed
                    .notes
                    .push(format!("the oracle's record of batch {sequence} of {name} is pruned"));
                None
            }
            Err(error) => return Err(error),
        };
        self.verifier.check(envelope, at)?;
        let batch = signed.batches.len();
        for position in positions {
            signed.items.push(self.item(arrival, *position, batch, at)?);
        }
        let key = self.verifier.key(number, envelope.day())?;
        signed.batches.push(Batch {
            device: number,
            device_name: name.clone(),
            sequence,
            leaves: envelope.count(),
            outcome: outcome_text(outcome),
            root_on_chain: record.map(|record| hex::encode(record.root.as_slice())),
            root_recomputed: root,
            scheme: match key.scheme() {
                Scheme::Ed25519 => "ed25519".into(),
                Scheme::Secp256k1 => "secp256k1".into(),
            },
            key: hex::encode(key.as_bytes()),
            signature: hex::encode(envelope.signature()),
            height: tx.height,
            transaction: tx.hash.clone(),
            time: Names::moment(Timestamp::from_nanos(tx.time).seconds()),
            relayer: tx.sender.clone(),
        });
        Ok(())
    }

    fn item(&self, arrival: &Arrival, position: u32, batch: usize, at: impl Fn(&str) -> String) -> Result<Item> {
        let envelope = &arrival.envelope;
        let leaf = leaf(envelope, position)?;
        let Some(proof) = envelope.proof(position) else {
            bail!("{} has no place {position}", at("Merkle tree"));
        };
        proof.verify(&envelope.statement(), leaf).map_err(|error| Difference {
            what: at(&format!("Merkle path of item {position}")),
            expected: "one that leads to the root".into(),
            actual: error.to_string(),
        })?;
        let outcome = match &arrival.outcome {
            FirstOutcome::Refused { reason } => format!("refused: {}", reason.name()),
            FirstOutcome::Accepted { dropped, .. } => {
                let fell = dropped.iter().find(|item| u32::from(item.item) == position);
                fell.map_or("counted".into(), |item| format!("dropped: {}", item.reason.name()))
            }
        };
        Ok(Item {
            batch,
            position,
            outcome,
            leaf: self.fields(envelope, arrival.device.subject, leaf)?,
            bytes: hex::encode(leaf),
            salt: hex::encode(proof.salt),
            path: proof.path.iter().map(hex::encode).collect(),
        })
    }

    fn fields(&self, envelope: &Envelope, subject: Option<MemberId>, leaf: &[u8]) -> Result<LeafFields> {
        Ok(match envelope.kind() {
            Kind::Meter => {
                let reading = Reading::decode(leaf)?;
                let method = Method::ALL.into_iter().find(|method| *method as u8 == reading.method);
                LeafFields::Reading {
                    method: method.map_or_else(|| format!("method {}", reading.method), |m| m.name().into()),
                    unit: reading.unit.into(),
                    quantities: quantities(&reading),
                    score: None,
                }
            }
            _ => {
                let receipt = Receipt::decode(leaf)?;
                let merchant = subject.unwrap_or_default();
                LeafFields::Receipt {
                    number: receipt.number.into(),
                    merchant,
                    merchant_name: self.names.member(merchant),
                    customer: receipt.customer,
                    customer_name: self.names.member(receipt.customer),
                    amount: receipt.amount.into(),
                    time: self.names.signed_moment(envelope.day(), receipt.time),
                    channel: match receipt.channel {
                        channel::STORE => "store".into(),
                        channel::EXTERNAL => "external".into(),
                        other => format!("channel {other}"),
                    },
                    buyer: None,
                }
            }
        })
    }
}

fn leaf<'e>(envelope: &Envelope<'e>, position: u32) -> Result<&'e [u8]> {
    let found = envelope.leaves().nth(position as usize);
    found.ok_or_else(|| anyhow::anyhow!("batch {} has no item {position}", envelope.sequence()))
}

/// Places of the wanted items in a batch.
fn positions(envelope: &Envelope, device: &DeviceResponse, wanted: Wanted) -> Result<Vec<u32>> {
    let mut positions = vec![];
    for (at, leaf) in (0u32..).zip(envelope.leaves()) {
        let found = match (wanted, envelope.kind()) {
            (Wanted::Seller(merchant), Kind::Terminal) => device.subject == Some(merchant),
            (Wanted::Buyer(customer), Kind::Terminal) => Receipt::decode(leaf)?.customer == customer,
            (Wanted::Miner(account), Kind::Meter) => Reading::decode(leaf)?.account == account,
            _ => false,
        };
        if found {
            positions.push(at);
        }
    }
    Ok(positions)
}

/// A reading's quantities with the names of `docs/attestation.md`.
fn quantities(reading: &Reading) -> Vec<(String, Uint64)> {
    let named: Vec<(&str, u64)> = match reading.measured() {
        Ok(Measured::Platform(h) | Measured::Server(h)) => vec![
            ("traffic_mb", h.traffic_mb),
            ("nodes", h.nodes),
            ("seconds", h.seconds),
            ("share_e9", h.share_e9),
        ],
        Ok(Measured::Node(n)) => vec![
            ("hardware", n.hardware),
            ("mbps", n.mbps),
            ("storage_mb", n.storage_mb),
            ("seconds", n.seconds),
        ],
        Ok(Measured::Upload(u)) => vec![("downloads", u.downloads), ("size_mb", u.size_mb), ("views", u.views)],
        Ok(Measured::Content(c)) => vec![
            ("recommendations", c.recommendations),
            ("dislikes", c.dislikes),
            ("downloads", c.downloads),
            ("size_mb", c.size_mb),
            ("views", c.views),
        ],
        Ok(Measured::Streaming(s)) => vec![("streamed_mb", s.streamed_mb), ("product", s.product)],
        Err(_) => reading
            .quantities
            .iter()
            .map(|quantity| ("quantity", *quantity))
            .collect(),
    };
    named
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

/// The transaction that claimed a day for a member: the first one through that day or a later one.
///
/// `side` is the event's side where its contract has two.
pub fn claim(
    source: &dyn Source,
    chain: &Chain,
    contract: Name,
    side: Option<&str>,
    (member, day): (MemberId, Day),
) -> Result<Option<Claim>> {
    let (kind, action) = match contract {
        Name::Merchant => ("wasm-vrs_merchant", "claimed"),
        _ => ("wasm-vrs_mining", "claim"),
    };
    let address = chain.address(contract)?.as_str();
    let member = member.to_string();
    let mut found = None;
    source.transactions(&mut |tx| {
        if tx.error.is_some() {
            return Ok(true);
        }
        let through = tx.events.iter().find_map(|event| {
            let ours = event.kind == kind && event.get("_contract_address") == Some(address);
            let claims = event.get("action") == Some(action) && event.get("side") == side;
            let his = event.get("member") == Some(member.as_str());
            let through: Day = event.get("through")?.parse().ok()?;
            (ours && claims && his && through >= day).then_some(through)
        });
        if let Some(through) = through {
            found = Some(Claim {
                height: tx.height,
                transaction: tx.hash.clone(),
                time: Names::moment(Timestamp::from_nanos(tx.time).seconds()),
                sender: tx.sender.clone(),
                through,
            });
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}
