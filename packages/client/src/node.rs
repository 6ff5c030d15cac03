//! What a node is asked.

use crate::outcome::{AbciResult, Event, Outcome};
use crate::rpc::{Rpc, RpcError};
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountRequest, QueryAccountResponse};
use cosmrs::proto::cosmos::bank::v1beta1::{QueryBalanceRequest, QueryBalanceResponse};
use cosmrs::proto::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use cosmrs::proto::cosmwasm::wasm::v1::{
    QueryCodeRequest, QueryCodeResponse, QueryCodesRequest, QueryCodesResponse, QueryContractInfoRequest,
    QueryContractInfoResponse, QueryContractsByCodeRequest, QueryContractsByCodeResponse, QueryPinnedCodesRequest,
    QueryPinnedCodesResponse, QueryRawContractStateRequest, QueryRawContractStateResponse,
    QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};
use cosmrs::proto::traits::Message;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longest that the application may need for a block that the node tells of already, and the pause between two looks.
const EXECUTION: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(50);

/// A node, by its RPC.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its RPC.
    pub rpc: Rpc,
}

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The chain's id.
    pub chain_id: String,
    /// Its last block.
    pub height: u64,
    /// That block's time, nanoseconds since 1970.
    pub time: u64,
    /// Whether it still reads old blocks.
    pub catching_up: bool,
}

/// An account's numbers, as of the last block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub number: u64,
    /// The sequence number of its next transaction.
    pub sequence: u64,
}

/// A stored code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number.
    pub id: u64,
    /// Who uploaded it.
    pub creator: String,
    /// SHA-256 of the wasm, lower-case hex.
    pub checksum: String,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its code.
    pub code_id: u64,
    /// Who created it.
    pub creator: String,
    /// Who may migrate it; empty: nobody.
    pub admin: String,
    /// Its label.
    pub label: String,
}

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

#[derive(Deserialize)]
struct Number(#[serde(deserialize_with = "number")] u64);

fn number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

fn unread(method: &str, reason: impl std::fmt::Display) -> RpcError {
    RpcError::Answer {
        method: method.to_owned(),
        reason: reason.to_string(),
    }
}

/// A transaction's hash as nodes name it.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode_upper(Sha256::digest(bytes))
}

impl Node {
    /// The node at an RPC address.
    pub fn new(url: &str) -> Self {
        Node { rpc: Rpc::new(url) }
    }

    /// Where it stands.
    pub fn status(&self) -> Result<Status, RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            node_info: Info,
            sync_info: Sync,
        }
        #[derive(Deserialize)]
        struct Info {
            network: String,
        }
        #[derive(Deserialize)]
        struct Sync {
            latest_block_height: Number,
            latest_block_time: String,
            catching_up: bool,
        }
        let answer: Answer = self.rpc.call("status", json!({}))?;
        Ok(Status {
            chain_id: answer.node_info.network,
            height: answer.sync_info.latest_block_height.0,
            time: nanos(&answer.sync_info.latest_block_time).map_err(|reason| unread("status", reason))?,
            catching_up: answer.sync_info.catching_up,
        })
    }

    /// One query of a module, at the last block or at a height.
    ///
    /// Errors: [`RpcError::Refused`] with the module's words.
    pub fn ask<A: Message + Default>(&self, path: &str, request: &impl Message) -> Result<A, RpcError> {
        self.ask_at(path, request, 0)
    }

    fn ask_at<A: Message + Default>(&self, path: &str, request: &impl Message, height: u64) -> Result<A, RpcError> {
        let (data, began) = (request.encode_to_vec(), Instant::now());
        let value = loop {
            match self.abci(path, &data, height) {
                // The node tells of a block some milliseconds before its application has carried it out.
                Err(RpcError::Refused { message, .. })
                    if message.contains("height in the future") && began.elapsed() < EXECUTION =>
                {
                    sleep(LOOK);
                }
                answer => break answer?,
            }
        };
        A::decode(value.as_slice()).map_err(|error| unread(path, error))
    }

    fn abci(&self, path: &str, data: &[u8], height: u64) -> Result<Vec<u8>, RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            response: Response,
        }
        #[derive(Deserialize)]
        struct Response {
            #[serde(default)]
            code: u32,
            #[serde(default)]
            log: String,
            value: Option<String>,
        }
        let params = json!({
            "path": path,
            "data": hex::encode(data),
            "height": height.to_string(),
            "prove": false,
        });
        let answer: Answer = self.rpc.call("abci_query", params)?;
        if answer.response.code != 0 {
            return Err(RpcError::Refused {
                method: path.to_owned(),
                message: answer.response.log,
            });
        }
        Rpc::bytes(path, &answer.response.value.unwrap_or_default())
    }

    /// An account's numbers; none where it never had anything.
    pub fn account(&self, address: &str) -> Result<Option<Account>, RpcError> {
        let path = "/cosmos.auth.v1beta1.Query/Account";
        let request = QueryAccountRequest {
            address: address.to_owned(),
        };
        let answer: QueryAccountResponse = match self.ask(path, &request) {
            Err(RpcError::Refused { message, .. }) if message.contains("not found") => return Ok(None),
            answer => answer?,
        };
        let any = answer.account.ok_or_else(|| unread(path, "no account"))?;
        if any.type_url != "/cosmos.auth.v1beta1.BaseAccount" {
            return Err(unread(
                path,
                format!("{address}: expected a plain account, got {}", any.type_url),
            ));
        }
        let account = BaseAccount::decode(any.value.as_slice()).map_err(|error| unread(path, error))?;
        Ok(Some(Account {
            number: account.account_number,
            sequence: account.sequence,
        }))
    }

    /// What an account holds of a denom.
    pub fn balance(&self, address: &str, denom: &str) -> Result<u128, RpcError> {
        let path = "/cosmos.bank.v1beta1.Query/Balance";
        let request = QueryBalanceRequest {
            address: address.to_owned(),
            denom: denom.to_owned(),
        };
        let answer: QueryBalanceResponse = self.ask(path, &request)?;
        let amount = answer.balance.map_or_else(|| "0".to_owned(), |coin| coin.amount);
        amount.parse().map_err(|error| unread(path, error))
    }

    /// What a contract answers to a JSON query, as JSON.
    pub fn smart(&self, contract: &str, query: &[u8]) -> Result<Vec<u8>, RpcError> {
        self.smart_at(contract, query, 0)
    }

    /// As [`Node::smart`], of the state after the block at `height`; 0: the last one.
    pub fn smart_at(&self, contract: &str, query: &[u8], height: u64) -> Result<Vec<u8>, RpcError> {
        let request = QuerySmartContractStateRequest {
            address: contract.to_owned(),
            query_data: query.to_vec(),
        };
        let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
        let answer: QuerySmartContractStateResponse = self.ask_at(path, &request, height)?;
        Ok(answer.data)
    }

    /// The value of a key in a contract's storage; empty where there is none.
    pub fn raw(&self, contract: &str, key: &[u8]) -> Result<Vec<u8>, RpcError> {
        let request = QueryRawContractStateRequest {
            address: contract.to_owned(),
            query_data: key.to_vec(),
        };
        let answer: QueryRawContractStateResponse = self.ask("/cosmwasm.wasm.v1.Query/RawContractState", &request)?;
        Ok(answer.data)
    }

    /// A contract; none where there is none.
    pub fn contract(&self, address: &str) -> Result<Option<Contract>, RpcError> {
        let request = QueryContractInfoRequest {
            address: address.to_owned(),
        };
        let answer: QueryContractInfoResponse = match self.ask("/cosmwasm.wasm.v1.Query/ContractInfo", &request) {
            Err(RpcError::Refused { message, .. }) if message.contains("no such contract") => return Ok(None),
            answer => answer?,
        };
        Ok(answer.contract_info.map(|info| Contract {
            code_id: info.code_id,
            creator: info.creator,
            admin: info.admin,
            label: info.label,
        }))
    }

    /// A code; none where there is none.
    pub fn code(&self, id: u64) -> Result<Option<Code>, RpcError> {
        let request = QueryCodeRequest { code_id: id };
        let answer: QueryCodeResponse = match self.ask("/cosmwasm.wasm.v1.Query/Code", &request) {
            Err(RpcError::Refused { message, .. }) if message.contains("no such code") => return Ok(None),
            answer => answer?,
        };
        Ok(answer.code_info.map(|info| Code {
            id: info.code_id,
            creator: info.creator,
            checksum: hex::encode(info.data_hash),
        }))
    }

    /// All codes that an account uploaded, newest first, the last 10,000 codes of the chain at most.
    pub fn codes_of(&self, creator: &str) -> Result<Vec<Code>, RpcError> {
        let mut codes = vec![];
        let mut key = vec![];
        for _ in 0..100 {
            let request = QueryCodesRequest {
                pagination: Some(page(key, true)),
            };
            let answer: QueryCodesResponse = self.ask("/cosmwasm.wasm.v1.Query/Codes", &request)?;
            let own = answer.code_infos.into_iter().filter(|info| info.creator == creator);
            codes.extend(own.map(|info| Code {
                id: info.code_id,
                creator: info.creator,
                checksum: hex::encode(info.data_hash),
            }));
            match next(answer.pagination) {
                Some(next) => key = next,
                None => break,
            }
        }
        Ok(codes)
    }

    /// Addresses of a code's contracts, oldest first.
    pub fn contracts_of(&self, code_id: u64) -> Result<Vec<String>, RpcError> {
        let mut contracts = vec![];
        let mut key = vec![];
        loop {
            let request = QueryContractsByCodeRequest {
                code_id,
                pagination: Some(page(key, false)),
            };
            let answer: QueryContractsByCodeResponse = self.ask("/cosmwasm.wasm.v1.Query/ContractsByCode", &request)?;
            contracts.extend(answer.contracts);
            match next(answer.pagination) {
                Some(next) => key = next,
                None => return Ok(contracts),
            }
        }
    }

    /// Numbers of the codes that are pinned in the nodes' memory.
    pub fn pinned(&self) -> Result<Vec<u64>, RpcError> {
        let mut codes = vec![];
        let mut key = vec![];
        loop {
            let request = QueryPinnedCodesRequest {
                pagination: Some(page(key, false)),
            };
            let answer: QueryPinnedCodesResponse = self.ask("/cosmwasm.wasm.v1.Query/PinnedCodes", &request)?;
            codes.extend(answer.code_ids);
            match next(answer.pagination) {
                Some(next) => key = next,
                None => return Ok(codes),
            }
        }
    }

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

    /// Hands a transaction to the mempool; what CheckTx says of it: code, codespace, words.
    pub fn broadcast(&self, tx: &[u8]) -> Result<(u32, String, String), RpcError> {
        #[derive(Deserialize)]
        struct Answer {
            code: u32,
            #[serde(default)]
            codespace: String,
            #[serde(default)]
            log: String,
        }
        let answer: Answer = match self.rpc.call("broadcast_tx_sync", json!({"tx": Rpc::text(tx)})) {
            // CometBFT's own mempool speaks before the application does.
            Err(RpcError::Refused { message, .. }) if message.contains("already exists in cache") => {
                return Ok((19, "sdk".to_owned(), message));
            }
            Err(RpcError::Refused { message, .. }) if message.contains("mempool is full") => {
                return Ok((20, "sdk".to_owned(), message));
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

pub(crate) fn page(key: Vec<u8>, reverse: bool) -> PageRequest {
    PageRequest {
        key,
        offset: 0,
        limit: 100,
        count_total: false,
        reverse,
    }
}

pub(crate) fn next(page: Option<PageResponse>) -> Option<Vec<u8>> {
    page.map(|page| page.next_key).filter(|key| !key.is_empty())
}

/// Nanoseconds since 1970 of `2026-11-21T04:35:26.123456789Z`, as headers have it.
fn nanos(text: &str) -> Result<u64, String> {
    let time: jiff::Timestamp = text.parse().map_err(|error| format!("{text}: {error}"))?;
    u64::try_from(time.as_nanosecond()).map_err(|_| format!("{text}: before 1970"))
}

/// The value of an attribute in the first event of a kind that has it.
pub fn attribute<'a>(events: &'a [Event], kind: &str, key: &str) -> Option<&'a str> {
    events
        .iter()
        .filter(|event| event.kind == kind)
        .find_map(|event| event.get(key))
}
