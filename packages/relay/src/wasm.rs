//! The chain over a node's RPC.

use crate::chain::{Carrier, Chain, Messages, Record, Standing, Tip};
use cosmwasm_std::{from_json, to_json_vec, Binary};
use serde::de::DeserializeOwned;
use std::sync::{Mutex, MutexGuard, PoisonError};
use vrs_client::{messages, Any, Client, Outcome, RpcError, Sender, Signed, TxError};
use vrs_interface::oracle::{BatchesResponse, ConfigResponse, DeviceResponse, ExecuteMsg, QueryMsg};

/// Records of one page.
const PAGE: u32 = 100;

/// A chain with the oracle and the accounts that send.
#[derive(Debug)]
pub struct WasmChain {
    client: Client,
    oracle: String,
    senders: Vec<Mutex<Sender>>,
}

impl WasmChain {
    /// The chain of a client.
    pub fn new(client: Client, oracle: String, senders: Vec<Sender>) -> Self {
        WasmChain {
            client,
            oracle,
            senders: senders.into_iter().map(Mutex::new).collect(),
        }
    }

    /// The oracle's configuration.
    pub fn config(&self) -> Result<ConfigResponse, RpcError> {
        self.query(&QueryMsg::Config {})
    }

    fn query<T: DeserializeOwned>(&self, query: &QueryMsg) -> Result<T, RpcError> {
        let unread = |error: cosmwasm_std::StdError| RpcError::Answer {
            method: "oracle".to_owned(),
            reason: error.to_string(),
        };
        let query = to_json_vec(query).map_err(unread)?;
        from_json(self.client.node.smart(&self.oracle, &query)?).map_err(unread)
    }

    fn sender(&self, index: usize) -> Result<MutexGuard<'_, Sender>, TxError> {
        let sender = self.senders.get(index);
        let sender = sender.ok_or_else(|| TxError::Build(format!("no sender {index}")))?;
        Ok(sender.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The sender set to a sequence number, and its messages.
    fn prepared(
        &self,
        index: usize,
        sequence: u64,
        envelopes: Messages,
    ) -> Result<(MutexGuard<'_, Sender>, Vec<Any>), TxError> {
        let mut sender = self.sender(index)?;
        sender.sequence = sequence;
        let message = |envelopes: &Vec<std::sync::Arc<[u8]>>| {
            let batches = envelopes.iter().map(|bytes| Binary::from(bytes.as_ref())).collect();
            let text = to_json_vec(&ExecuteMsg::SubmitBatches { batches });
            let text = text.map_err(|error| TxError::Build(error.to_string()))?;
            Ok(messages::execute(sender.address(), &self.oracle, &text))
        };
        let all = envelopes.iter().map(message).collect::<Result<_, TxError>>()?;
        Ok((sender, all))
    }
}

impl Chain for WasmChain {
    fn tip(&self) -> Result<Tip, RpcError> {
        let status = self.client.node.status()?;
        Ok(Tip {
            height: status.height,
            seconds: status.time / 1_000_000_000,
        })
    }

    fn block(&self, height: u64) -> Result<Option<Vec<Outcome>>, RpcError> {
        match self.client.node.block(height) {
            Ok(block) => Ok(Some(
                block.transactions.into_iter().map(|(_, outcome)| outcome).collect(),
            )),
            // Stored, and not carried out yet.
            Err(RpcError::Refused { message, .. }) if message.contains("could not find results") => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn address(&self, sender: usize) -> String {
        let sender = self.sender(sender);
        sender.map(|sender| sender.address().to_owned()).unwrap_or_default()
    }

    fn sequence(&self, sender: usize) -> Result<u64, TxError> {
        let mut sender = self.sender(sender)?;
        sender.refresh(&self.client.node)?;
        Ok(sender.sequence)
    }

    fn device(&self, device: u32) -> Result<Option<Standing>, RpcError> {
        let answer: DeviceResponse = match self.query(&QueryMsg::Device { device }) {
            Err(RpcError::Refused { message, .. }) if message.contains("is not registered") => return Ok(None),
            answer => answer?,
        };
        Ok(Some(Standing {
            next: answer.next_sequence,
            revoked: answer.revoked,
        }))
    }

    fn records(&self, device: u32, from: u32) -> Result<Vec<Record>, RpcError> {
        let query = QueryMsg::Batches {
            device,
            start_after: from.checked_sub(1),
            limit: Some(PAGE),
        };
        let answer: BatchesResponse = self.query(&query)?;
        let record = |batch: vrs_interface::oracle::BatchResponse| {
            Some(Record {
                sequence: batch.sequence,
                root: batch.root.as_slice().try_into().ok()?,
                outcome: batch.outcome,
            })
        };
        Ok(answer.batches.into_iter().filter_map(record).collect())
    }

    fn carrier(&self, device: u32, sequence: u32) -> Result<Option<Carrier>, RpcError> {
        let query = format!("wasm-vrs_oracle.device='{device}' AND wasm-vrs_oracle.sequence='{sequence}'");
        let (found, _) = self.client.node.search(&query, 1)?;
        Ok(found.into_iter().find_map(|found| {
            let batches = self.accepted(&found.outcome);
            batches.contains(&(device, sequence)).then_some(Carrier {
                hash: found.outcome.hash,
                height: found.outcome.height,
                batches,
            })
        }))
    }

    fn simulate(&self, sender: usize, sequence: u64, messages: Messages) -> Result<u64, TxError> {
        let (sender, messages) = self.prepared(sender, sequence, messages)?;
        self.client.simulate(&sender, &messages)
    }

    fn sign(&self, sender: usize, sequence: u64, messages: Messages, gas: u64) -> Result<Signed, TxError> {
        let (sender, messages) = self.prepared(sender, sequence, messages)?;
        self.client.sign(&sender, &messages, gas)
    }

    fn offer(&self, sender: usize, signed: &Signed) -> Result<(), TxError> {
        self.client.offer(&*self.sender(sender)?, signed)
    }
}

impl WasmChain {
    /// Device and number of all batches that a transaction took.
    fn accepted(&self, outcome: &Outcome) -> Vec<(u32, u32)> {
        let batch = |event: &vrs_client::Event| {
            let is_batch = event.kind == "wasm-vrs_oracle" && event.get("_contract_address") == Some(&self.oracle);
            let is_taken = event.get("action") == Some("batch") && event.get("outcome") == Some("accepted");
            let number = |key: &str| event.get(key)?.parse().ok();
            (is_batch && is_taken)
                .then(|| Some((number("device")?, number("sequence")?)))
                .flatten()
        };
        outcome.events.iter().filter_map(batch).collect()
    }
}
