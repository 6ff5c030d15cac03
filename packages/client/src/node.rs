//! What a node is asked.

mod blocks;
mod wasm;

pub use blocks::{hash, Block, Found};
pub use wasm::{Code, Contract};

use crate::outcome::Event;
use crate::rpc::{Rpc, RpcError};
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountRequest, QueryAccountResponse};
use cosmrs::proto::cosmos::bank::v1beta1::{QueryBalanceRequest, QueryBalanceResponse};
use cosmrs::proto::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use cosmrs::proto::traits::Message;
use serde::Deserialize;
use serde_json::json;
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

impl Node {
    /// The node at an RPC address.
    pub fn new(url: &str) -> Self {
        Node { rpc: Rpc::new(url) }
    }

    /// The same, without asking again what fails in passing.
    pub fn hasty(url: &str) -> Self {
        Node { rpc: Rpc::hasty(url) }
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

    /// As [`Node::ask`], of the state after the block at `height`; 0: the last one.
    pub fn ask_at<A: Message + Default>(&self, path: &str, request: &impl Message, height: u64) -> Result<A, RpcError> {
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
}

/// Asks for one page after the other, at most `most`, until there is none left.
pub(crate) fn pages(
    most: usize,
    reverse: bool,
    mut ask: impl FnMut(PageRequest) -> Result<Option<PageResponse>, RpcError>,
) -> Result<(), RpcError> {
    let mut key = vec![];
    for _ in 0..most {
        let answer = ask(PageRequest {
            key,
            offset: 0,
            limit: 100,
            count_total: false,
            reverse,
        })?;
        match answer.map(|page| page.next_key).filter(|key| !key.is_empty()) {
            Some(next) => key = next,
            None => break,
        }
    }
    Ok(())
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
