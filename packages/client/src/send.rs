//! Simulate, sign, broadcast, wait. What may be retried is retried, with a growing pause.

use crate::error::{Refusal, TxError};
use crate::file::ChainFile;
use crate::node::{hash, Node};
use crate::outcome::Outcome;
use crate::rpc::RpcError;
use crate::sender::{Fees, Sender};
use cosmrs::Any;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often a transaction that may be retried is.
const TRIES: u32 = 12;
/// Times that a transaction is sent which runs out of gas each time, though it is given more.
const SHORT: u32 = 3;
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
}

/// A transaction in the mempool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its hash.
    pub hash: String,
    /// Its sequence number.
    pub sequence: u64,
    /// Gas that it was given.
    pub gas: u64,
}

impl Client {
    /// The chain that a file names.
    ///
    /// Errors: where the node is not reached, or is of another chain.
    pub fn new(file: &ChainFile) -> Result<Self, TxError> {
        let node = Node::new(&file.rpc);
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

    /// Sends messages in one transaction and waits until it is in a block. Where it ran out of gas and would now be given
    /// more, it is sent again: a day may have ended since it was simulated, and who comes first closes it.
    ///
    /// Errors: what refused it. After [`TxError::Late`] it may still come.
    pub fn send(&self, sender: &mut Sender, messages: Vec<Any>) -> Result<Outcome, TxError> {
        self.send_with(sender, &messages, Gas::Simulated)
    }

    /// As [`Client::send`], with a say in the gas.
    pub fn send_with(&self, sender: &mut Sender, messages: &[Any], gas: Gas) -> Result<Outcome, TxError> {
        for attempt in 1.. {
            let sent = self.broadcast(sender, messages, gas)?;
            let outcome = self.wait(&sent.hash)?;
            let Some(error) = outcome.error(sender.address()) else {
                return Ok(outcome);
            };
            let is_short = matches!((gas, &error), (Gas::Simulated, TxError::OutOfGas { .. }));
            if !is_short || attempt == SHORT || self.simulated(sender, messages)? <= sent.gas {
                return Err(error);
            }
        }
        unreachable!("the last attempt returns")
    }

    /// What a simulation says, with the margin.
    fn simulated(&self, sender: &Sender, messages: &[Any]) -> Result<u64, TxError> {
        Ok(self.file.with_margin(self.simulate(sender, messages)?))
    }

    /// Hands a transaction to the mempool and goes on to the next sequence number. Passing errors are retried.
    pub fn broadcast(&self, sender: &mut Sender, messages: &[Any], gas: Gas) -> Result<Sent, TxError> {
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

    /// As [`Client::broadcast`], once.
    pub fn try_broadcast(&self, sender: &mut Sender, messages: &[Any], gas: Gas) -> Result<Sent, TxError> {
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
        let signed = self.sign(sender, messages, gas)?;
        match self.offer(sender, &signed) {
            Ok(()) | Err(TxError::Known { .. }) => {
                sender.sequence += 1;
                Ok(Sent {
                    hash: signed.hash,
                    sequence: signed.sequence,
                    gas,
                })
            }
            Err(error) => Err(error),
        }
    }

    /// Signs messages with the sender's current sequence number, which stays as it is. With [`Client::offer`] the
    /// two halves of [`Client::try_broadcast`], for those who must know a transaction's hash before the node does.
    pub fn sign(&self, sender: &Sender, messages: &[Any], gas: u64) -> Result<Signed, TxError> {
        let fees = Fees {
            gas,
            amount: self.file.fee(gas),
            denom: &self.file.fee_denom,
        };
        let bytes = sender.sign(messages, fees)?;
        Ok(Signed {
            hash: hash(&bytes),
            bytes,
            sequence: sender.sequence,
            gas,
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

    /// Waits until a transaction is in a block; it may have failed there.
    pub fn wait(&self, hash: &str) -> Result<Outcome, TxError> {
        let began = Instant::now();
        loop {
            match self.node.transaction(hash) {
                Ok(Some(outcome)) => return Ok(outcome),
                Ok(None) => {}
                Err(error) if error.is_passing() => {}
                Err(error) => return Err(error.into()),
            }
            let seconds = self.file.timeout_seconds;
            if began.elapsed() > Duration::from_secs(seconds) {
                return Err(TxError::Late {
                    hash: hash.to_owned(),
                    seconds,
                });
            }
            sleep(LOOK);
        }
    }
}
