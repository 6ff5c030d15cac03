//! A node in memory that answers JSON-RPC over HTTP, and a faulty way to it: answers that are lost, limited or broken. Each
//! look at its status makes a block.
#![allow(dead_code)] // each test file uses its part

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountResponse};
use cosmrs::proto::cosmos::tx::v1beta1::{AuthInfo, TxBody, TxRaw};
use cosmrs::proto::traits::{Message, Name};
use serde_json::{json, Value};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use tempfile::TempDir;
use vrs_client::node::hash;
use vrs_client::{messages, Any, ChainFile, Client, Journal, Key, Outcome, Sender, TxError};

/// What becomes of an answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The connection is closed in its place.
    Lost,
    /// This status and no JSON.
    Status(u16),
    /// Half of it.
    Broken,
}

pub struct Node {
    /// What simulations say, one after the other; the last one from then on.
    pub simulations: Vec<u64>,
    pub simulated: usize,
    /// How many transactions run out of gas.
    pub short: usize,
    /// Gas that each transaction was given.
    pub given: Vec<u64>,
    /// Transactions by block, from block 1, each with its result.
    pub blocks: Vec<Vec<(Vec<u8>, Value)>>,
    pub mempool: Vec<Vec<u8>>,
    /// The account's next number after the last block.
    pub sequence: u64,
    /// Whether the mempool drops what it takes.
    pub drops: bool,
    /// Whether there is no index of transactions.
    pub unindexed: bool,
    /// What becomes of the next answers of a method, in order.
    pub way: Vec<(&'static str, Way)>,
    /// Requests by method.
    pub asked: Vec<String>,
    /// The heights at which the state was asked for.
    pub heights: Vec<String>,
}

impl Default for Node {
    fn default() -> Self {
        Node {
            simulations: vec![100_000],
            simulated: 0,
            short: 0,
            given: vec![],
            blocks: vec![vec![]; 5],
            mempool: vec![],
            sequence: 0,
            drops: false,
            unindexed: false,
            way: vec![],
            asked: vec![],
            heights: vec![],
        }
    }
}

fn body(tx: &[u8]) -> (TxBody, AuthInfo) {
    let raw = TxRaw::decode(tx).unwrap();
    (
        TxBody::decode(raw.body_bytes.as_slice()).unwrap(),
        AuthInfo::decode(raw.auth_info_bytes.as_slice()).unwrap(),
    )
}

fn fault(words: &str) -> Value {
    json!({"error": {"code": -32603, "message": "Internal error", "data": words}})
}

fn result(value: Value) -> Value {
    json!({"result": value})
}

impl Node {
    /// How many transactions were carried out.
    pub fn done(&self) -> usize {
        let all = self.blocks.iter().flatten();
        all.filter(|(_, result)| result["code"] == 0).count()
    }

    fn mine(&mut self) {
        let (height, mut block) = (self.blocks.len() as u64 + 1, vec![]);
        for tx in std::mem::take(&mut self.mempool) {
            let (body, auth) = body(&tx);
            if body.timeout_height != 0 && body.timeout_height < height {
                continue;
            }
            self.sequence += 1;
            let gas = auth.fee.unwrap().gas_limit.to_string();
            self.given.push(gas.parse().unwrap());
            block.push((
                tx,
                if self.given.len() <= self.short {
                    json!({"code": 11, "codespace": "sdk", "log": "out of gas", "gas_wanted": gas, "gas_used": gas})
                } else {
                    json!({"code": 0, "gas_wanted": gas, "gas_used": "1"})
                },
            ));
        }
        self.blocks.push(block);
    }

    fn broadcast(&mut self, tx: Vec<u8>) -> Value {
        if self.mempool.contains(&tx) {
            return fault("tx already exists in cache");
        }
        let sequence = body(&tx).1.signer_infos[0].sequence;
        let expected = self.sequence + self.mempool.len() as u64;
        if sequence != expected {
            let log =
                format!("account sequence mismatch, expected {expected}, got {sequence}: incorrect account sequence");
            return result(json!({"code": 32, "codespace": "sdk", "log": log}));
        }
        if !self.drops {
            self.mempool.push(tx);
        }
        result(json!({"code": 0}))
    }

    fn answer(&mut self, method: &str, params: &Value) -> Value {
        let block = || self.blocks[params["height"].as_str().unwrap().parse::<usize>().unwrap() - 1].clone();
        match (method, params["path"].as_str()) {
            ("status", _) => {
                self.mine();
                result(json!({
                    "node_info": {"network": "stand-in-1"},
                    "sync_info": {
                        "latest_block_height": self.blocks.len().to_string(),
                        "latest_block_time": "2026-11-21T00:00:00Z",
                        "catching_up": false,
                    },
                }))
            }
            ("abci_query", Some("/app/simulate")) => {
                let at = self.simulated.min(self.simulations.len() - 1);
                self.simulated += 1;
                let gas = json!({"gas_info": {"gas_used": self.simulations[at].to_string()}});
                result(json!({"response": {"value": STANDARD.encode(gas.to_string())}}))
            }
            ("abci_query", Some("/cosmos.auth.v1beta1.Query/Account")) => {
                let account = BaseAccount {
                    sequence: self.sequence,
                    ..BaseAccount::default()
                };
                let account = Any {
                    type_url: BaseAccount::type_url(),
                    value: account.encode_to_vec(),
                };
                let answer = QueryAccountResponse { account: Some(account) };
                result(json!({"response": {"value": STANDARD.encode(answer.encode_to_vec())}}))
            }
            ("abci_query", Some(_)) => {
                self.heights.push(params["height"].as_str().unwrap().to_owned());
                result(json!({"response": {"value": ""}}))
            }
            ("broadcast_tx_sync", _) => self.broadcast(STANDARD.decode(params["tx"].as_str().unwrap()).unwrap()),
            ("block", _) => {
                let txs: Vec<String> = block().iter().map(|(tx, _)| STANDARD.encode(tx)).collect();
                result(json!({"block": {"header": {"time": "2026-11-21T00:00:00Z"}, "data": {"txs": txs}}}))
            }
            ("block_results", _) => {
                let results: Vec<Value> = block().into_iter().map(|(_, result)| result).collect();
                result(json!({"txs_results": results}))
            }
            ("tx", _) if self.unindexed => fault("transaction indexing is disabled"),
            ("tx", _) => {
                let wanted = hex::encode_upper(STANDARD.decode(params["hash"].as_str().unwrap()).unwrap());
                for (height, block) in (1..).zip(&self.blocks) {
                    if let Some((_, found)) = block.iter().find(|(tx, _)| hash(tx) == wanted) {
                        return result(json!({"height": (height as u64).to_string(), "tx_result": found}));
                    }
                }
                fault("tx not found")
            }
            other => panic!("nobody asks {other:?}"),
        }
    }

    fn way(&mut self, method: &str) -> Option<Way> {
        let at = self.way.iter().position(|(of, _)| *of == method)?;
        Some(self.way.remove(at).1)
    }
}

fn serve(mut stream: TcpStream, node: &Mutex<Node>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            match line.trim_end().to_lowercase().split_once(": ") {
                Some(("content-length", bytes)) => length = bytes.parse().unwrap(),
                None if line.trim_end().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let asked: Value = serde_json::from_slice(&body).unwrap();
        let method = asked["method"].as_str().unwrap();
        let (text, way) = {
            let mut node = node.lock().unwrap();
            node.asked.push(method.to_owned());
            let answer = node.answer(method, &asked["params"]).to_string();
            (answer, node.way(method))
        };
        let (status, text) = match way {
            Some(Way::Lost) => return,
            Some(Way::Status(status)) => (status, "slow down\n".to_owned()),
            Some(Way::Broken) => (200, text[..text.len() / 2].to_owned()),
            None => (200, text),
        };
        let head = format!(
            "HTTP/1.1 {status} -\r\nRetry-After: 1\r\nContent-Length: {}",
            text.len()
        );
        let _ = write!(stream, "{head}\r\n\r\n{text}");
    }
}

/// A client of a node.
pub struct World {
    pub node: Arc<Mutex<Node>>,
    pub client: Client,
    pub sender: Sender,
    pub folder: TempDir,
}

impl World {
    /// Faults of the way begin when the account is open.
    pub fn new(mut node: Node, file: &str) -> Self {
        let way = std::mem::take(&mut node.way);
        let node = Arc::new(Mutex::new(node));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let served = node.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let node = served.clone();
                thread::spawn(move || serve(stream, &node));
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chain.toml");
        let text = format!(
            "id = 'stand-in-1'\nrpc = 'http://{address}'\nprefix = 'wasm'\nfee_denom = 'ufee'\ngas_price = '0.025'\n\
             gas_adjustment = '1.3'\n{file}"
        );
        std::fs::write(&path, text).unwrap();
        let mut client = Client::new(&ChainFile::load(&path).unwrap()).unwrap();
        client.journal = Some(Journal {
            path: folder.path().join("sent.jsonl"),
        });
        let key = Key::of_label(7, "somebody", "wasm").unwrap();
        let sender = Sender::open(&client.node, key).unwrap();
        node.lock().unwrap().way = way;
        World {
            node,
            client,
            sender,
            folder,
        }
    }

    pub fn node(&self) -> MutexGuard<'_, Node> {
        self.node.lock().unwrap()
    }

    /// Sends one message.
    pub fn send(&mut self) -> Result<Outcome, TxError> {
        let message = messages::execute(self.sender.address(), "wasm1contract", b"{}");
        self.client.send(&mut self.sender, vec![message])
    }

    /// Hashes that were written down.
    pub fn written(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path().join("sent.jsonl")).unwrap_or_default();
        let hash = |line: &str| {
            let line: Value = serde_json::from_str(line).unwrap();
            line["hash"].as_str().unwrap().to_owned()
        };
        text.lines().map(hash).collect()
    }
}
