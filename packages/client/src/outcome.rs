//! What became of a transaction that is in a block.

use crate::error::{Refusal, TxError};
use crate::rpc::{Rpc, RpcError};
use cosmrs::proto::cosmos::base::abci::v1beta1::TxMsgData;
use cosmrs::proto::cosmwasm::wasm::v1::{
    MsgExecuteContractResponse, MsgInstantiateContractResponse, MsgMigrateContractResponse, MsgStoreCodeResponse,
};
use cosmrs::proto::traits::{Message, Name};
use serde::Deserialize;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// Its type: `wasm-vrs_merchant`, `transfer`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// Keys and values in order.
    pub attributes: Vec<Attribute>,
}

/// An attribute of an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Attribute {
    /// Its key.
    pub key: String,
    /// Its value.
    #[serde(default)]
    pub value: String,
}

impl Event {
    /// The first value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| attribute.key == key);
        found.map(|attribute| attribute.value.as_str())
    }

    /// The message of the transaction that it belongs to, from 0; none of what belongs to the transaction itself.
    pub fn message(&self) -> Option<usize> {
        self.get("msg_index")?.parse().ok()
    }
}

/// A transaction that is in a block, done or failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its hash, upper-case hex.
    pub hash: String,
    /// Its block.
    pub height: u64,
    /// Its place in the block, from 0.
    pub index: u32,
    /// Gas that it was given.
    pub gas_wanted: u64,
    /// Gas that it used.
    pub gas_used: u64,
    /// Events of all messages; none of them where it failed.
    pub events: Vec<Event>,
    /// What each message answered; empty where it failed.
    pub responses: Vec<Response>,
    /// Why it failed, where it did; it then changed nothing, and its fee is paid all the same.
    pub failure: Option<Failure>,
}

/// Why a transaction failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The module that refused.
    pub codespace: String,
    /// Its number for the reason.
    pub code: u32,
    /// Its words.
    pub log: String,
}

/// What a message answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// A contract was called or migrated: what it set as data.
    Data(Vec<u8>),
    /// A contract was created.
    Instantiated {
        /// Its address.
        address: String,
    },
    /// A code was stored.
    Stored {
        /// Its number.
        code_id: u64,
        /// SHA-256 of the wasm, not gzipped.
        checksum: Vec<u8>,
    },
    /// Anything else, as it stands.
    Other(Vec<u8>),
}

/// A transaction's result as CometBFT tells it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AbciResult {
    #[serde(default)]
    pub code: u32,
    #[serde(default)]
    pub data: Option<String>,
    #[serde(default)]
    pub log: String,
    #[serde(default)]
    pub gas_wanted: String,
    #[serde(default)]
    pub gas_used: String,
    #[serde(default)]
    pub events: Vec<Event>,
    #[serde(default)]
    pub codespace: String,
}

impl Outcome {
    pub(crate) fn of(hash: &str, height: u64, index: u32, result: AbciResult) -> Result<Self, RpcError> {
        let failed = result.code != 0;
        let responses = match &result.data {
            Some(data) if !failed => responses(&Rpc::bytes("tx", data)?)?,
            _ => vec![],
        };
        Ok(Outcome {
            hash: hash.to_owned(),
            height,
            index,
            gas_wanted: result.gas_wanted.parse().unwrap_or_default(),
            gas_used: result.gas_used.parse().unwrap_or_default(),
            events: if failed { vec![] } else { result.events },
            responses,
            failure: failed.then_some(Failure {
                codespace: result.codespace,
                code: result.code,
                log: result.log,
            }),
        })
    }

    /// The failure as an error; `sender` is named in it.
    pub fn error(&self, sender: &str) -> Option<TxError> {
        let failure = self.failure.as_ref()?;
        Some(TxError::of(&Refusal {
            codespace: &failure.codespace,
            code: failure.code,
            log: &failure.log,
            gas: (self.gas_wanted, self.gas_used),
            sender,
            hash: &self.hash,
        }))
    }

    /// Events of one message.
    pub fn events_of(&self, message: usize) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.message() == Some(message))
    }
}

fn responses(data: &[u8]) -> Result<Vec<Response>, RpcError> {
    let unread = |error: &dyn std::fmt::Display| RpcError::Answer {
        method: "tx".to_owned(),
        reason: error.to_string(),
    };
    let data = TxMsgData::decode(data).map_err(|error| unread(&error))?;
    let is = |url: &str, name: String| url == name;
    let response = |any: cosmrs::Any| {
        let (url, bytes) = (any.type_url.as_str(), any.value.as_slice());
        if is(url, MsgExecuteContractResponse::type_url()) {
            return MsgExecuteContractResponse::decode(bytes).map(|answer| Response::Data(answer.data));
        }
        if is(url, MsgMigrateContractResponse::type_url()) {
            return MsgMigrateContractResponse::decode(bytes).map(|answer| Response::Data(answer.data));
        }
        if is(url, MsgInstantiateContractResponse::type_url()) {
            let address = |answer: MsgInstantiateContractResponse| answer.address;
            return MsgInstantiateContractResponse::decode(bytes).map(|answer| Response::Instantiated {
                address: address(answer),
            });
        }
        if is(url, MsgStoreCodeResponse::type_url()) {
            return MsgStoreCodeResponse::decode(bytes).map(|answer| Response::Stored {
                code_id: answer.code_id,
                checksum: answer.checksum,
            });
        }
        Ok(Response::Other(bytes.to_vec()))
    };
    data.msg_responses
        .into_iter()
        .map(|any| response(any).map_err(|error| unread(&error)))
        .collect()
}
