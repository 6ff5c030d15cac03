//! Signed batches in the transaction history: which were taken, and whether their roots and signatures
//! hold.

use crate::chain::{Call, Chain, Name, Tx};
use crate::failure::Difference;
use anyhow::{Context as _, Result};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{from_json, Api as _, Binary};
use std::collections::BTreeMap;
use vrs_attestation::{Envelope, PublicKey, Scheme};
use vrs_days::Day;
use vrs_interface::oracle::{DeviceId, DeviceKey, ExecuteMsg, FirstOutcome, KeyAtResponse, Outcome, QueryMsg};
use vrs_interface::oracle::{DeviceKind, SubmitBatchesResponse};

/// The batches of a transaction and what the oracle answered to each; empty where it is no submission
/// or failed.
pub fn submitted(tx: &Tx) -> Result<Vec<(Binary, Outcome)>> {
    if tx.contract != Name::Oracle || tx.call != Call::Execute || tx.error.is_some() {
        return Ok(vec![]);
    }
    let ExecuteMsg::SubmitBatches { batches } = from_json(&tx.msg).context("message to oracle")? else {
        return Ok(vec![]);
    };
    let answer: SubmitBatchesResponse = from_json(tx.data.as_deref().unwrap_or_default())
        .with_context(|| format!("answer of the oracle in block {}", tx.height))?;
    Ok(batches.into_iter().zip(answer.outcomes).collect())
}

/// What the batch did by this answer, where it used up its number with it.
pub fn taken(outcome: &Outcome) -> Option<FirstOutcome> {
    match outcome {
        Outcome::Accepted { items, dropped } => Some(FirstOutcome::Accepted {
            items: *items,
            dropped: dropped.clone(),
        }),
        Outcome::Refused { reason } if reason.uses_number() => Some(FirstOutcome::Refused { reason: *reason }),
        _ => None,
    }
}

/// Checks signatures against the keys that the oracle answers.
pub struct Verifier<'a> {
    chain: &'a Chain,
    api: MockApi,
    chain_id: String,
    oracle: String,
    keys: BTreeMap<(DeviceId, Day), PublicKey>,
}

impl<'a> Verifier<'a> {
    /// A verifier for an oracle's batches on the chain that it says it signs for.
    pub fn new(chain: &'a Chain, chain_id: &str) -> Result<Self> {
        Ok(Verifier {
            chain,
            api: MockApi::default(),
            chain_id: chain_id.to_owned(),
            oracle: chain.address(Name::Oracle)?.to_string(),
            keys: BTreeMap::new(),
        })
    }

    /// The key that signs a device's batches of a day, by query.
    pub fn key(&mut self, device: DeviceId, day: Day) -> Result<PublicKey> {
        if let Some(key) = self.keys.get(&(device, day)) {
            return Ok(*key);
        }
        let answer: KeyAtResponse = self.chain.query(Name::Oracle, &QueryMsg::KeyAt { device, day })?;
        let bytes = match &answer.key {
            DeviceKey::Ed25519(bytes) | DeviceKey::Secp256k1(bytes) => bytes,
        };
        let key = PublicKey::from_bytes(bytes).with_context(|| format!("key of device #{device} on day {day}"))?;
        self.keys.insert((device, day), key);
        Ok(key)
    }

    /// Whether a batch's signature is its device's for its day, on this chain, for this oracle.
    pub fn signature_holds(&mut self, envelope: &Envelope) -> Result<bool> {
        let key = self.key(envelope.device(), envelope.day())?;
        let message = envelope.signing_bytes(&self.chain_id, &self.oracle)?;
        let (payload, signature) = (key.scheme().payload(message), envelope.signature());
        if key.check_signature(signature).is_err() {
            return Ok(false);
        }
        let verified = match key.scheme() {
            Scheme::Ed25519 => self.api.ed25519_verify(&payload, signature, key.as_bytes()),
            Scheme::Secp256k1 => self.api.secp256k1_verify(&payload, signature, key.as_bytes()),
        };
        Ok(verified.unwrap_or(false))
    }

    /// Refuses a batch whose signature is not its device's.
    pub fn check(&mut self, envelope: &Envelope, at: impl Fn(&str) -> String) -> Result<()> {
        if self.signature_holds(envelope)? {
            return Ok(());
        }
        let key = self.key(envelope.device(), envelope.day())?;
        Err(Difference {
            what: at("signature"),
            expected: format!("one that key {} of that day verifies", hex::encode(key.as_bytes())),
            actual: format!("{} does not", hex::encode(envelope.signature())),
        }
        .into())
    }
}

/// The kind of a device as the oracle registers it, by its number on the wire.
pub fn same_kind(device: DeviceKind, envelope: &Envelope) -> bool {
    device as u8 == envelope.kind().number()
}
