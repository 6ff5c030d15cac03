//! Transactions and blocks.

use super::{nanos, unread, Node, Number};
use crate::outcome::{AbciResult, Outcome};
use crate::rpc::{Rpc, RpcError};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// What a node says of a transaction that it has not taken. After any other words it may have.
const REFUSALS: [&str; 7] = [
    "too large",
    "too big",
    "Too Large",
    "catching up",
    "Invalid params",
    "Parse error",
    "HTTP 4",
];

/// A block with its transactions.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time, nanoseconds since 1970.
    pub time: u64,
    /// Its transactions, each with its raw bytes.
    pub transactions: Vec<(Vec<u8>, Outcome)>,
}

/// A transaction that a search found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its raw bytes.
    pub bytes: Vec<u8>,
    /// What became of it.
    pub outcome: Outcome,
}

/// A transaction's hash as nodes name it.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode_upper(Sha256::digest(bytes))
}

impl Node {
    /// Gas that a transaction would use now; its signature is not checked. By the application's own path: the
    /// service of the same name is there only where a node serves gRPC.
    pub fn simulate(&self, tx: &[u8]) -> Result<u64, RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            gas_info: Gas,
        }
        #[derive(Deserialize)]
        struct Gas {
            gas_used: Number,
        }
        let path = "/app/simulate";
        let value = self.abci(path, tx, 0)?;
        let answer: Answer = serde_json::from_slice(&value).map_err(|error| unread(path, error))?;
        Ok(answer.gas_info.gas_used.0)
    }

    /// Hands a transaction to the mempool, once; what CheckTx says of it: code, codespace, words.
    ///
    /// Errors: [`RpcError::Refused`] where it is known not to be there; after any other it may be.
    pub fn broadcast(&self, tx: &[u8]) -> Result<(u32, String, String), RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            code: u32,
            #[serde(default)]
            codespace: String,
            #[serde(default)]
            log: String,
        }
        let answer: Answer = match self.rpc.once("broadcast_tx_sync", &json!({"tx": Rpc::text(tx)})) {
            // CometBFT's own mempool speaks before the application does.
            Err(RpcError::Refused { message, .. }) if message.contains("already exists in cache") => {
                return Ok((19, "sdk".to_owned(), message));
            }
            Err(RpcError::Refused { message, .. }) if message.contains("mempool is full") => {
                return Ok((20, "sdk".to_owned(), message));
            }
            // It was checked, and nobody waited for what came of it: "broadcast confirmation not received".
            Err(RpcError::Refused { method, message }) if !REFUSALS.iter().any(|words| message.contains(words)) => {
                return Err(RpcError::NoAnswer {
                    method,
                    reason: message,
                    after: None,
                });
            }
            answer => answer?,
        };
        Ok((answer.code, answer.codespace, answer.log))
    }

    /// A transaction that is in a block; none where it is in none. Needs the node's index.
    pub fn transaction(&self, hash: &str) -> Result<Option<Outcome>, RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            height: Number,
            #[serde(default)]
            index: u32,
            tx_result: AbciResult,
        }
        let bytes = hex::decode(hash).map_err(|error| unread("tx", error))?;
        let answer: Answer = match self.rpc.call("tx", json!({"hash": Rpc::text(&bytes), "prove": false})) {
            Err(RpcError::Refused { message, .. }) if message.contains("not found") => return Ok(None),
            answer => answer?,
        };
        Outcome::of(hash, answer.height.0, answer.index, answer.tx_result).map(Some)
    }

    /// A page of the transactions that a CometBFT query finds, oldest first, from page 1, and how many there
    /// are in all. Needs the node's index.
    pub fn search(&self, query: &str, page: u32) -> Result<(Vec<Found>, u64), RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            txs: Vec<Entry>,
            total_count: Number,
        }
        #[derive(Deserialize)]
        struct Entry {
            hash: String,
            height: Number,
            #[serde(default)]
            index: u32,
            tx_result: AbciResult,
            tx: String,
        }
        let params = json!({
            "query": query, "prove": false, "page": page.to_string(), "per_page": "100", "order_by": "asc",
        });
        let answer: Answer = self.rpc.call("tx_search", params)?;
        let found = |entry: Entry| {
            Ok(Found {
                bytes: Rpc::bytes("tx_search", &entry.tx)?,
                outcome: Outcome::of(&entry.hash, entry.height.0, entry.index, entry.tx_result)?,
            })
        };
        let found = answer.txs.into_iter().map(found).collect::<Result<_, RpcError>>()?;
        Ok((found, answer.total_count.0))
    }

    /// A block's time, nanoseconds since 1970.
    pub fn time(&self, height: u64) -> Result<u64, RpcError> {
        Ok(self.header_and_data(height)?.0)
    }

    fn header_and_data(&self, height: u64) -> Result<(u64, Vec<Vec<u8>>), RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            block: Body,
        }
        #[derive(Deserialize)]
        struct Body {
            header: Header,
            data: Data,
        }
        #[derive(Deserialize)]
        struct Header {
            time: String,
        }
        #[derive(Deserialize)]
        struct Data {
            txs: Option<Vec<String>>,
        }
        let answer: Answer = self.rpc.call("block", json!({"height": height.to_string()}))?;
        let time = nanos(&answer.block.header.time).map_err(|reason| unread("block", reason))?;
        let bytes = answer.block.data.txs.unwrap_or_default();
        let bytes = bytes
            .iter()
            .map(|tx| Rpc::bytes("block", tx))
            .collect::<Result<_, _>>()?;
        Ok((time, bytes))
    }

    /// What became of a transaction in a block; none where that block does not hold it. Needs no index.
    pub fn in_block(&self, hash: &str, height: u64) -> Result<Option<Outcome>, RpcError> {
        let (_, bytes) = self.header_and_data(height)?;
        if !bytes.iter().any(|bytes| self::hash(bytes) == hash) {
            return Ok(None);
        }
        let found = self.block(height)?.transactions.into_iter();
        Ok(found.map(|(_, outcome)| outcome).find(|outcome| outcome.hash == hash))
    }

    /// A block with what became of its transactions. Needs no index.
    pub fn block(&self, height: u64) -> Result<Block, RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            txs_results: Option<Vec<AbciResult>>,
        }
        let (time, bytes) = self.header_and_data(height)?;
        let mut transactions = vec![];
        if !bytes.is_empty() {
            let answer: Answer = self.rpc.call("block_results", json!({"height": height.to_string()}))?;
            let results = answer.txs_results.unwrap_or_default();
            if results.len() != bytes.len() {
                let reason = format!("expected {} results, got {}", bytes.len(), results.len());
                return Err(unread("block_results", reason));
            }
            for (index, (bytes, result)) in (0..).zip(bytes.into_iter().zip(results)) {
                let outcome = Outcome::of(&hash(&bytes), height, index, result)?;
                transactions.push((bytes, outcome));
            }
        }
        Ok(Block {
            height,
            time,
            transactions,
        })
    }
}
