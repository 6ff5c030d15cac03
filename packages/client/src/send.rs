//! Simulate, sign, broadcast, wait. What may be retried is retried, with a growing pause.

use crate::error::{Refusal, TxError};
use crate::file::ChainFile;
use crate::journal::Journal;
use crate::node::{hash, Node};
use crate::outcome::Outcome;
use crate::rpc::RpcError;
use crate::sender::{Fees, Sender};
use crate::watch::{Look, Watch};
use cosmrs::Any;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often a transaction that may be retried is.
const TRIES: u32 = 12;
/// Times that a transaction is sent which runs out of gas each time, though it is given more.
const SHORT: u32 = 3;
/// Pause after which the same bytes are handed over again.
const AGAIN: Duration = Duration::from_secs(5);
/// Pause between two looks for a transaction.
const LOOK: Duration = Duration::from_millis(150);

/// How much gas a transaction gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gas {
    /// What a simulation says, with the chain file's margin.
    Simulated,
    /// So much.
    Fixed(u64),
}

/// A chain that transactions are sent to.
#[derive(Clone, Debug)]
pub struct Client {
    /// The chain file.
    pub file: ChainFile,
    /// Its node.
    pub node: Node,
    /// Where a transaction is written down before it is sent.
    pub journal: Option<Journal>,
}

/// A signed transaction that can be handed to the mempool any number of times: its bytes are its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its hash.
    pub hash: String,
    /// Its sequence number.
    pub sequence: u64,
    /// Gas that it is given.
    pub gas: u64,
    /// The last block before it was signed: it is in none up to this one.
    pub after: u64,
    /// The last block that may take it; 0: any.
    pub until: u64,
}

impl Client {
    /// The chain that a file names.
    ///
    /// Errors: where the node is not reached, or is of another chain.
    pub fn new(file: &ChainFile) -> Result<Self, TxError> {
        Self::of(file, Node::new(&file.rpc))
    }

    /// As [`Client::new`], without asking a node again that fails in passing.
    pub fn hasty(file: &ChainFile) -> Result<Self, TxError> {
        Self::of(file, Node::hasty(&file.rpc))
    }

    fn of(file: &ChainFile, node: Node) -> Result<Self, TxError> {
        let status = node.status()?;
        if status.chain_id != file.id {
            return Err(TxError::Build(format!(
                "{}: expected the chain {:?} of {}, got {:?}",
                file.rpc,
                file.id,
                file.path.display(),
                status.chain_id
            )));
        }
        Ok(Client {
            file: file.clone(),
            node,
            journal: None,
        })
    }

    /// Gas that messages would use now, without margin.
    ///
    /// Errors: what would refuse them, as [`Client::send`].
    pub fn simulate(&self, sender: &Sender, messages: &[Any]) -> Result<u64, TxError> {
        let least = Fees {
            gas: 0,
            amount: self.file.fee(1),
            denom: &self.file.fee_denom,
            until: 0,
        };
        match self.node.simulate(&sender.unsigned(messages, least)) {
            Err(RpcError::Refused { message, .. }) => Err(TxError::of(&Refusal {
                codespace: if message.contains("out of gas") {
                    "sdk"
                } else {
                    "simulation"
                },
                code: if message.contains("out of gas") { 11 } else { 1 },
                log: &message,
                gas: (0, 0),
                sender: sender.address(),
                hash: "",
            })),
            answer => Ok(answer?),
        }
    }

    /// Sends messages in one transaction and waits until it is known what became of it. The same bytes are handed over
    /// until then: nothing is signed in their place before their hash is known to be in no block that may take them.
    ///
    /// Where it ran out of gas and would now be given more, it is sent again: a day may have ended since it was simulated,
    /// and who comes first closes it.
    ///
    /// Errors: what refused it; [`TxError::Never`] where it is in no block in time. After [`TxError::Late`] it may still
    /// happen.
    pub fn send(&self, sender: &mut Sender, messages: Vec<Any>) -> Result<Outcome, TxError> {
        self.send_with(sender, &messages, Gas::Simulated)
    }

    /// As [`Client::send`], with a say in the gas.
    pub fn send_with(&self, sender: &mut Sender, messages: &[Any], gas: Gas) -> Result<Outcome, TxError> {
        for attempt in 1.. {
            let (signed, watch) = self.broadcast(sender, messages, gas)?;
            let outcome = self.settle(sender, &signed, watch)?;
            let Some(error) = outcome.error(sender.address()) else {
                return Ok(outcome);
            };
            let is_short = matches!((gas, &error), (Gas::Simulated, TxError::OutOfGas { .. }));
            if !is_short || attempt == SHORT || self.simulated(sender, messages)? <= signed.gas {
                return Err(error);
            }
        }
        unreachable!("the last attempt returns")
    }

    /// What a simulation says, with the margin.
    fn simulated(&self, sender: &Sender, messages: &[Any]) -> Result<u64, TxError> {
        Ok(self.file.with_margin(self.simulate(sender, messages)?))
    }

    /// Signs a transaction and hands it over, as often as the node refuses it in passing; each time it is known not to be
    /// there, so it may be signed anew. Whether the node is known to have it stands in the watch.
    fn broadcast(&self, sender: &mut Sender, messages: &[Any], gas: Gas) -> Result<(Signed, Watch), TxError> {
        let mut pause = Duration::from_millis(100);
        for attempt in 1.. {
            let error = match self.try_broadcast(sender, messages, gas) {
                Err(error @ TxError::Sequence { .. }) if sender.alone => return Err(error),
                Err(error) if error.is_passing() && attempt < TRIES => error,
                done => return done,
            };
            if let TxError::Sequence { expected, .. } = error {
                sender.sequence = expected;
            }
            sleep(pause);
            pause = (pause * 2).min(Duration::from_secs(5));
        }
        unreachable!("the last attempt returns")
    }

    fn try_broadcast(&self, sender: &mut Sender, messages: &[Any], gas: Gas) -> Result<(Signed, Watch), TxError> {
        let gas = match gas {
            Gas::Fixed(gas) => gas,
            Gas::Simulated => self.simulated(sender, messages)?,
        };
        if gas > self.file.max_gas {
            return Err(TxError::Build(format!(
                "{gas} gas is more than max_gas = {}",
                self.file.max_gas
            )));
        }
        let after = self.node.status()?.height;
        let until = after.saturating_add(self.file.timeout_blocks);
        let signed = Signed {
            after,
            ..self.signed(sender, messages, gas, until)?
        };
        if let Some(journal) = &self.journal {
            journal.note(sender.address(), &signed)?;
        }
        let mut watch = Watch::new(&signed);
        match self.offer(sender, &signed) {
            Ok(()) | Err(TxError::Known { .. }) => {}
            // It may be there or not: from here on only blocks tell.
            Err(TxError::Rpc(error)) if !matches!(error, RpcError::Refused { .. }) => watch.lost(&error),
            Err(error) => return Err(error),
        }
        sender.sequence += 1;
        Ok((signed, watch))
    }

    /// Signs messages with the sender's current sequence number, which stays as it is. Any block may take it. For those who
    /// have a way of their own to know what became of it.
    pub fn sign(&self, sender: &Sender, messages: &[Any], gas: u64) -> Result<Signed, TxError> {
        self.signed(sender, messages, gas, 0)
    }

    fn signed(&self, sender: &Sender, messages: &[Any], gas: u64, until: u64) -> Result<Signed, TxError> {
        let fees = Fees {
            gas,
            amount: self.file.fee(gas),
            denom: &self.file.fee_denom,
            until,
        };
        let bytes = sender.sign(messages, fees)?;
        Ok(Signed {
            hash: hash(&bytes),
            bytes,
            sequence: sender.sequence,
            gas,
            after: 0,
            until,
        })
    }

    /// Hands a signed transaction to the mempool, once. [`TxError::Known`]: it was handed over before.
    pub fn offer(&self, sender: &Sender, signed: &Signed) -> Result<(), TxError> {
        let (code, codespace, log) = self.node.broadcast(&signed.bytes)?;
        let refusal = Refusal {
            codespace: &codespace,
            code,
            log: &log,
            gas: (signed.gas, 0),
            sender: sender.address(),
            hash: &signed.hash,
        };
        match code {
            0 => Ok(()),
            _ => Err(TxError::of(&refusal)),
        }
    }

    /// Hands the same bytes over where they may have been lost, and reads blocks until it is known what became of them.
    fn settle(&self, sender: &mut Sender, signed: &Signed, mut watch: Watch) -> Result<Outcome, TxError> {
        let (began, mut offered) = (Instant::now(), Instant::now());
        loop {
            match watch.look(&self.node) {
                Look::Found(outcome) => return Ok(*outcome),
                Look::Never => {
                    // The number is free again.
                    sender.sequence = signed.sequence;
                    return Err(watch.never());
                }
                Look::NotYet => {}
            }
            if began.elapsed() > Duration::from_secs(self.file.timeout_seconds) {
                return Err(watch.late(self.file.timeout_seconds));
            }
            // A node that was restarted has lost its mempool: what is there already does no harm.
            if watch.is_lost || offered.elapsed() > AGAIN {
                offered = Instant::now();
                match self.offer(sender, signed) {
                    Ok(()) | Err(TxError::Known { .. }) => watch.is_lost = false,
                    Err(error) => watch.trouble(&error),
                }
            }
            sleep(LOOK);
        }
    }

    /// Waits until a transaction that any block may take is in one; it may have failed there. Needs the node's index.
    pub fn wait(&self, hash: &str) -> Result<Outcome, TxError> {
        let began = Instant::now();
        loop {
            if let Some(outcome) = self.node.transaction(hash)? {
                return Ok(outcome);
            }
            let seconds = self.file.timeout_seconds;
            if began.elapsed() > Duration::from_secs(seconds) {
                return Err(TxError::Late {
                    hash: hash.to_owned(),
                    until: 0,
                    seconds,
                    trouble: String::new(),
                });
            }
            sleep(LOOK);
        }
    }
}
