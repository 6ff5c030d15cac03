//! The chain: accounts with sequence numbers, a mempool, blocks, an oracle after the book (docs/oracle.md).

use super::POISON;
use cosmwasm_std::to_json_vec;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard};
use vrs_attestation::{merkle, Envelope};
use vrs_client::outcome::{Failure, Response};
use vrs_client::{Outcome, RpcError, Signed, TxError};
use vrs_interface::oracle::{FirstOutcome, SubmitBatchesResponse};
use vrs_relay::chain::{Carrier, Chain, Messages, Record, Standing, Tip};

fn digest(bytes: &[u8]) -> String {
    hex::encode_upper(merkle::sha256(bytes))
}

/// What a crash inside of a call panics with.
pub struct Crash;

/// How often, of 1,000, each thing goes wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// The relayer is killed within a call, before or after it had its effect.
    pub crash: u32,
    /// An answer is lost; the request may or may not have arrived.
    pub lost_answer: u32,
    /// The mempool drops a transaction that it took.
    pub dropped: u32,
    /// The mempool is full.
    pub full: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Tx {
    sender: usize,
    sequence: u64,
    gas: u64,
    messages: Vec<Vec<Vec<u8>>>,
}

#[derive(Default)]
pub struct Device {
    pub next: u32,
    pub revoked: bool,
    pub records: BTreeMap<u32, ([u8; 32], FirstOutcome)>,
}

pub struct State {
    pub faults: Faults,
    pub is_down: bool,
    pub devices: BTreeMap<u32, Device>,
    /// How often each batch's items were handed on.
    pub counted: BTreeMap<(u32, u32), u32>,
    /// Gas of a receipt.
    pub item_gas: u64,
    /// Whether the consumer is there.
    pub consumer: bool,
    /// What a message fails of that holds a poisoned batch: number and words.
    pub poison: (u32, &'static str),
    /// Failed transactions, by the module's number of the reason.
    pub failures: BTreeMap<u32, u32>,
    /// Whether the node throws results away.
    pub forgets: bool,
    /// How long a simulation takes.
    pub slowness: std::time::Duration,
    pub blocks: Vec<Vec<Outcome>>,
    pub seconds: u64,
    mempool: Vec<(String, Tx)>,
    committed: HashSet<String>,
    accounts: Vec<u64>,
    random: ChaCha8Rng,
}

pub struct Fake(Mutex<State>);

impl Fake {
    pub fn new(seed: u64, devices: u32) -> Self {
        let device = || Device {
            next: 1,
            ..Device::default()
        };
        Fake(Mutex::new(State {
            faults: Faults::default(),
            is_down: false,
            devices: (1..=devices).map(|number| (number, device())).collect(),
            counted: BTreeMap::new(),
            item_gas: 12_000,
            consumer: true,
            poison: (5, "boom: execute wasm contract failed"),
            failures: BTreeMap::new(),
            forgets: false,
            slowness: std::time::Duration::ZERO,
            blocks: vec![vec![]],
            seconds: 1_000,
            mempool: vec![],
            committed: HashSet::new(),
            accounts: vec![0; 8],
            random: ChaCha8Rng::seed_from_u64(seed),
        }))
    }

    /// Not poisoned by a crash: the chain is another machine.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The node stops; its mempool is lost.
    pub fn stop(&self) {
        let mut state = self.state();
        state.is_down = true;
        state.mempool.clear();
    }

    pub fn start(&self) {
        self.state().is_down = false;
    }

    /// Makes a block of what is in the mempool: senders' transactions in their order, senders in any.
    pub fn mine(&self) {
        let mut state = self.state();
        if state.is_down {
            return;
        }
        state.seconds += 1;
        let mut waiting = std::mem::take(&mut state.mempool);
        let take = state.random.gen_range(0..=waiting.len());
        let mut block = vec![];
        for _ in 0..take {
            let at = state.random.gen_range(0..waiting.len());
            let sender = waiting[at].1.sender;
            let first = waiting
                .iter()
                .position(|(_, tx)| tx.sender == sender)
                .expect("the sender's first");
            let (hash, tx) = waiting.remove(first);
            let outcome = state.execute(&hash, &tx);
            state.committed.insert(hash);
            block.push(outcome);
        }
        // What can't come any more is thrown out, as a recheck does.
        let accounts = state.accounts.clone();
        waiting.retain(|(_, tx)| tx.sequence >= accounts[tx.sender]);
        state.mempool = waiting;
        state.blocks.push(block);
    }

    /// Another relayer's transaction with one batch, in a block of its own.
    pub fn foreign(&self, envelope: &[u8]) {
        let mut state = self.state();
        let tx = Tx {
            sender: 7,
            sequence: state.accounts[7],
            gas: u64::MAX,
            messages: vec![vec![envelope.to_vec()]],
        };
        let hash = digest(&serde_json::to_vec(&tx).expect("json"));
        let outcome = state.execute(&hash, &tx);
        state.blocks.push(vec![outcome]);
    }
}

impl State {
    fn happens(&mut self, of_1000: u32) -> bool {
        of_1000 > 0 && self.random.gen_range(0..1_000) < of_1000
    }

    fn gas(&self, messages: &[Vec<Vec<u8>>]) -> u64 {
        let items = |bytes: &Vec<u8>| Envelope::parse_frame(bytes).map_or(0, |envelope| u64::from(envelope.count()));
        let items: u64 = messages.iter().flatten().map(items).sum();
        100_000 + messages.len() as u64 * 200_000 + items * self.item_gas
    }

    fn execute(&mut self, hash: &str, tx: &Tx) -> Outcome {
        let mut outcome = Outcome {
            hash: hash.to_owned(),
            height: self.blocks.len() as u64 + 1,
            index: 0,
            gas_wanted: tx.gas,
            gas_used: self.gas(&tx.messages),
            events: vec![],
            responses: vec![],
            failure: None,
        };
        let expected = self.accounts[tx.sender];
        if tx.sequence != expected {
            let log = format!("account sequence mismatch, expected {expected}, got {}", tx.sequence);
            return self.failed(outcome, "sdk", 32, log);
        }
        self.accounts[tx.sender] += 1;
        if outcome.gas_used > tx.gas {
            outcome.gas_used = tx.gas;
            return self.failed(outcome, "sdk", 11, "out of gas".to_owned());
        }
        let is_poison = |bytes: &Vec<u8>| bytes[bytes.len() - 64] == POISON;
        if tx.messages.iter().flatten().any(is_poison) {
            let (code, words) = self.poison;
            let log = format!("failed to execute message; message index: 0: {words}");
            return self.failed(outcome, "wasm", code, log);
        }
        for message in &tx.messages {
            let outcomes = message.iter().map(|bytes| self.judge(bytes)).collect();
            let data = to_json_vec(&SubmitBatchesResponse { outcomes }).expect("json");
            outcome.responses.push(Response::Data(data));
        }
        outcome
    }

    fn failed(&mut self, mut outcome: Outcome, codespace: &str, code: u32, log: String) -> Outcome {
        *self.failures.entry(code).or_default() += 1;
        outcome.failure = Some(Failure {
            codespace: codespace.to_owned(),
            code,
            log,
        });
        outcome
    }

    /// The next sequence number that the mempool takes.
    fn pending(&self, sender: usize) -> u64 {
        let mut next = self.accounts[sender];
        for (_, tx) in self.mempool.iter().filter(|(_, tx)| tx.sender == sender) {
            if tx.sequence == next {
                next += 1;
            }
        }
        next
    }

    fn reach(&mut self) -> Result<(), RpcError> {
        let crash = self.faults.crash;
        if self.happens(crash) {
            std::panic::panic_any(Crash);
        }
        let lost = self.faults.lost_answer;
        if self.is_down || self.happens(lost) {
            return Err(away());
        }
        Ok(())
    }
}

fn away() -> RpcError {
    RpcError::Unreachable {
        url: "fake".to_owned(),
        reason: "away".to_owned(),
    }
}

impl Chain for Fake {
    fn tip(&self) -> Result<Tip, RpcError> {
        let mut state = self.state();
        state.reach()?;
        Ok(Tip {
            height: state.blocks.len() as u64,
            seconds: state.seconds,
        })
    }

    fn block(&self, height: u64) -> Result<Option<Vec<Outcome>>, RpcError> {
        let mut state = self.state();
        state.reach()?;
        let at = usize::try_from(height - 1).expect("a height");
        Ok(state.blocks.get(at).filter(|_| !state.forgets).cloned())
    }

    fn address(&self, sender: usize) -> String {
        format!("sender {sender}")
    }

    fn sequence(&self, sender: usize) -> Result<u64, TxError> {
        let mut state = self.state();
        state.reach()?;
        Ok(state.accounts[sender])
    }

    fn device(&self, device: u32) -> Result<Option<Standing>, RpcError> {
        let mut state = self.state();
        state.reach()?;
        Ok(state.devices.get(&device).map(|device| Standing {
            next: device.next,
            revoked: device.revoked,
        }))
    }

    fn records(&self, device: u32, from: u32) -> Result<Vec<Record>, RpcError> {
        let mut state = self.state();
        state.reach()?;
        let Some(device) = state.devices.get(&device) else {
            return Ok(vec![]);
        };
        let record = |(sequence, (root, outcome)): (&u32, &([u8; 32], FirstOutcome))| Record {
            sequence: *sequence,
            root: *root,
            outcome: outcome.clone(),
        };
        Ok(device.records.range(from..).take(3).map(record).collect())
    }

    fn carrier(&self, _: u32, _: u32) -> Result<Option<Carrier>, RpcError> {
        Ok(None) // a node without an index
    }

    fn simulate(&self, sender: usize, sequence: u64, messages: Messages) -> Result<u64, TxError> {
        let slowness = self.state().slowness;
        std::thread::sleep(slowness);
        let mut state = self.state();
        state.reach()?;
        let expected = state.pending(sender);
        if expected != sequence {
            return Err(TxError::Sequence {
                expected,
                actual: sequence,
            });
        }
        let messages = plain(messages);
        if messages.iter().flatten().any(|bytes| bytes[bytes.len() - 64] == POISON) {
            return Err(TxError::Contract {
                index: 0,
                reason: "boom".to_owned(),
            });
        }
        Ok(state.gas(&messages))
    }

    fn sign(&self, sender: usize, sequence: u64, messages: Messages, gas: u64) -> Result<Signed, TxError> {
        let tx = Tx {
            sender,
            sequence,
            gas,
            messages: plain(messages),
        };
        let bytes = serde_json::to_vec(&tx).map_err(|error| TxError::Build(error.to_string()))?;
        Ok(Signed {
            hash: digest(&bytes),
            bytes,
            sequence,
            gas,
            after: 0,
            until: 0,
        })
    }

    fn offer(&self, _: usize, signed: &Signed) -> Result<(), TxError> {
        let mut state = self.state();
        state.reach()?;
        let faults = state.faults;
        let hash = signed.hash.clone();
        if state.committed.contains(&hash) || state.mempool.iter().any(|(other, _)| *other == hash) {
            return Err(TxError::Known { hash });
        }
        if state.happens(faults.full) {
            return Err(TxError::MempoolFull("full".to_owned()));
        }
        let tx: Tx = serde_json::from_slice(&signed.bytes).expect("a transaction of ours");
        let expected = state.pending(tx.sender);
        if tx.sequence != expected {
            return Err(TxError::Sequence {
                expected,
                actual: tx.sequence,
            });
        }
        if state.happens(faults.dropped) {
            return Ok(());
        }
        state.mempool.push((hash, tx));
        if state.happens(faults.lost_answer) {
            return Err(away().into());
        }
        if state.happens(faults.crash) {
            std::panic::panic_any(Crash);
        }
        Ok(())
    }
}

fn plain(messages: Messages) -> Vec<Vec<Vec<u8>>> {
    let message = |message: &Vec<std::sync::Arc<[u8]>>| message.iter().map(|bytes| bytes.to_vec()).collect();
    messages.iter().map(message).collect()
}

/// Root of a batch.
pub fn root(bytes: &[u8]) -> merkle::Hash {
    Envelope::parse_frame(bytes).expect("an envelope").root()
}
