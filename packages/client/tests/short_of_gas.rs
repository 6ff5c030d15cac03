//! A transaction that ran out of gas is sent again where it would be given more, and only there. The node is a stand-in
//! that answers JSON-RPC by a script: what simulations say, and how many transactions run out of gas.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;
use cosmrs::proto::cosmos::auth::v1beta1::{BaseAccount, QueryAccountResponse};
use cosmrs::proto::cosmos::tx::v1beta1::{AuthInfo, TxRaw};
use cosmrs::proto::traits::{Message, Name};
use serde_json::{json, Value};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use vrs_client::{messages, Any, ChainFile, Client, Key, Sender, TxError};

#[derive(Default)]
struct Node {
    /// What simulations say, one after the other; the last one from then on.
    simulations: Vec<u64>,
    /// How many transactions run out of gas.
    short: usize,
    simulated: usize,
    /// Gas that each transaction was given.
    given: Vec<u64>,
}

impl Node {
    fn answer(&mut self, method: &str, params: &Value) -> Value {
        match (method, params["path"].as_str()) {
            ("status", _) => json!({
                "node_info": {"network": "stand-in-1"},
                "sync_info": {
                    "latest_block_height": "5", "latest_block_time": "2026-11-21T00:00:00Z", "catching_up": false,
                },
            }),
            ("abci_query", Some("/app/simulate")) => {
                let at = self.simulated.min(self.simulations.len() - 1);
                self.simulated += 1;
                let gas = json!({"gas_info": {"gas_used": self.simulations[at].to_string()}});
                json!({"response": {"value": STANDARD.encode(gas.to_string())}})
            }
            ("abci_query", Some("/cosmos.auth.v1beta1.Query/Account")) => {
                let account = Any {
                    type_url: BaseAccount::type_url(),
                    value: BaseAccount::default().encode_to_vec(),
                };
                let answer = QueryAccountResponse { account: Some(account) };
                json!({"response": {"value": STANDARD.encode(answer.encode_to_vec())}})
            }
            ("broadcast_tx_sync", _) => {
                let bytes = STANDARD.decode(params["tx"].as_str().unwrap()).unwrap();
                let raw = TxRaw::decode(bytes.as_slice()).unwrap();
                let auth = AuthInfo::decode(raw.auth_info_bytes.as_slice()).unwrap();
                self.given.push(auth.fee.unwrap().gas_limit);
                json!({"code": 0})
            }
            ("tx", _) => {
                let gas = self.given.last().unwrap().to_string();
                let result = if self.given.len() <= self.short {
                    json!({"code": 11, "codespace": "sdk", "log": "out of gas", "gas_wanted": gas, "gas_used": gas})
                } else {
                    json!({"code": 0, "gas_wanted": gas, "gas_used": "1"})
                };
                json!({"height": "6", "tx_result": result})
            }
            other => panic!("nobody asks {other:?}"),
        }
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
        let result = node
            .lock()
            .unwrap()
            .answer(asked["method"].as_str().unwrap(), &asked["params"]);
        let text = json!({"jsonrpc": "2.0", "id": 1, "result": result}).to_string();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}",
            text.len()
        )
        .unwrap();
    }
}

/// Sends one message; what came of it, and the gas of each transaction.
fn sent(simulations: &[u64], short: usize) -> (Result<u64, TxError>, Vec<u64>) {
    let node = Arc::new(Mutex::new(Node {
        simulations: simulations.to_vec(),
        short,
        ..Node::default()
    }));
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
         gas_adjustment = '1.3'\n"
    );
    std::fs::write(&path, text).unwrap();
    let client = Client::new(&ChainFile::load(&path).unwrap()).unwrap();
    let key = Key::of_label(7, "somebody", "wasm").unwrap();
    let mut sender = Sender::open(&client.node, key).unwrap();
    let message = messages::execute(sender.address(), "wasm1contract", b"{}");
    let outcome = client.send(&mut sender, vec![message]);
    let given = node.lock().unwrap().given.clone();
    assert_eq!(sender.sequence, given.len() as u64, "each transaction takes a number");
    (outcome.map(|outcome| outcome.height), given)
}

#[test]
fn it_is_sent_again_with_what_a_new_simulation_says() {
    let (outcome, given) = sent(&[100_000, 200_000], 1);
    assert_eq!(outcome.unwrap(), 6);
    assert_eq!(given, [130_000, 260_000]);
}

#[test]
fn it_is_not_sent_again_with_the_same_gas() {
    let (outcome, given) = sent(&[100_000], 1);
    assert!(matches!(
        outcome,
        Err(TxError::OutOfGas {
            wanted: 130_000,
            used: 130_000
        })
    ));
    assert_eq!(given, [130_000]);
}

#[test]
fn it_is_not_sent_for_ever() {
    let (outcome, given) = sent(&[1_000, 2_000, 2_000, 4_000, 4_000, 8_000, 8_000, 16_000], 99);
    assert!(matches!(outcome, Err(TxError::OutOfGas { .. })));
    assert_eq!(given, [1_300, 2_600, 5_200]);
}
