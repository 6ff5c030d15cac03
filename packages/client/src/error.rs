//! Why a transaction was not carried out.

use crate::rpc::RpcError;

/// Why a transaction was not carried out.
#[derive(thiserror::Error, Debug)]
pub enum TxError {
    /// The node gave no answer.
    #[error(transparent)]
    Rpc(#[from] RpcError),
    /// The account's next sequence number is another. Passing: the sender takes the expected one.
    #[error("sequence: the chain expects {expected}, the transaction has {actual}")]
    Sequence {
        /// What the chain expects.
        expected: u64,
        /// What the transaction has.
        actual: u64,
    },
    /// The node's mempool is full. Passing.
    #[error("the node's mempool is full: {0}")]
    MempoolFull(String),
    /// The node knows this very transaction already.
    #[error("the node knows the transaction {hash} already")]
    Known {
        /// The transaction's hash.
        hash: String,
    },
    /// Nobody knows yet what became of it: it may still happen. Nothing may be sent in its place before its hash was looked
    /// for.
    #[error(
        "{hash} may still happen{}: nothing is known of it after {seconds} s{trouble}; look with `vrs tx {hash}` before \
         sending it again",
        until_block(*until)
    )]
    Late {
        /// The transaction's hash.
        hash: String,
        /// The last block that may take it; 0: any.
        until: u64,
        /// How long was waited.
        seconds: u64,
        /// What the node said last, where it is of use.
        trouble: String,
    },
    /// It is in no block up to the last one that could have taken it: it did not happen and never will.
    #[error("{hash} did not happen: it is in no block up to {until}, and no later one may take it{trouble}")]
    Never {
        /// The transaction's hash.
        hash: String,
        /// The last block that could have taken it.
        until: u64,
        /// What the node said last, where it is of use.
        trouble: String,
    },
    /// What was sent can't be written down, so it is not sent.
    #[error("{path}: {source}; a transaction is written down before it is sent")]
    Journal {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The fee is below what the node asks for.
    #[error("fee: {0}; raise gas_price in the chain file")]
    FeeTooLow(String),
    /// The account can't pay.
    #[error("{address} cannot pay: {reason}")]
    Funds {
        /// Who.
        address: String,
        /// What is missing.
        reason: String,
    },
    /// It needs more gas than it was given.
    #[error("out of gas: {used} used, {wanted} given; raise gas_adjustment in the chain file")]
    OutOfGas {
        /// Gas it was given.
        wanted: u64,
        /// Gas it had used when it was stopped.
        used: u64,
    },
    /// The account may not do it.
    #[error("{address} may not do this: {reason}")]
    Unauthorised {
        /// Who.
        address: String,
        /// What the chain said.
        reason: String,
    },
    /// A message failed: a contract refused it, or was aborted, or is not there.
    #[error("message {index}: {reason}")]
    Contract {
        /// Which message of the transaction, from 0.
        index: usize,
        /// The contract's own words, or the chain's.
        reason: String,
    },
    /// The chain refused it for another reason.
    #[error("{codespace} {code}: {log}")]
    Rejected {
        /// The module that refused.
        codespace: String,
        /// Its number for the reason.
        code: u32,
        /// Its words.
        log: String,
    },
    /// It can't be made.
    #[error("the transaction cannot be made: {0}")]
    Build(String),
}

/// What the chain said of a transaction: of CheckTx, of its execution, or of a simulation.
#[derive(Clone, Debug)]
pub(crate) struct Refusal<'a> {
    pub codespace: &'a str,
    pub code: u32,
    pub log: &'a str,
    pub gas: (u64, u64),
    pub sender: &'a str,
    pub hash: &'a str,
}

impl TxError {
    /// Whether the same transaction may be sent again, perhaps with another sequence number.
    pub fn is_passing(&self) -> bool {
        match self {
            TxError::Rpc(error) => error.is_passing(),
            TxError::Sequence { .. } | TxError::MempoolFull(_) => true,
            _ => false,
        }
    }

    /// What a refusal means. Numbers of the module `sdk` are those of the Cosmos SDK's types/errors.
    pub(crate) fn of(refusal: &Refusal) -> Self {
        let Refusal {
            codespace,
            code,
            log,
            gas,
            sender,
            hash,
        } = *refusal;
        if let Some((expected, actual)) = sequences(log) {
            return TxError::Sequence { expected, actual };
        }
        if (codespace, code) == ("sdk", 11) {
            return TxError::OutOfGas {
                wanted: gas.0,
                used: gas.1,
            };
        }
        // Before all else: a contract's own words may be any.
        if let Some((index, reason)) = message(log) {
            return TxError::Contract { index, reason };
        }
        // The chain writes both accounts as raw bytes here.
        if let Some((_, reason)) = log.split_once(" does not allow to pay fees for ") {
            let reason = reason.split_once(": ").map_or(reason, |(_, reason)| reason);
            return TxError::Funds {
                address: sender.to_owned(),
                reason: format!("the fee grant does not cover it: {reason}"),
            };
        }
        // A simulation tells no numbers: only the words that the Cosmos SDK ends such a refusal with.
        let (codespace, code) = match codespace {
            "simulation" if log.ends_with(": unauthorized") => ("sdk", 4),
            "simulation" if log.ends_with(": insufficient funds") => ("sdk", 5),
            _ => (codespace, code),
        };
        let said = || log.trim_start_matches("failed to simulate tx: ").to_owned();
        match (codespace, code) {
            ("sdk", 4) => TxError::Unauthorised {
                address: sender.to_owned(),
                reason: said(),
            },
            ("sdk", 5) => TxError::Funds {
                address: sender.to_owned(),
                reason: said(),
            },
            ("sdk", 13) => TxError::FeeTooLow(said()),
            ("sdk", 19) => TxError::Known { hash: hash.to_owned() },
            ("sdk", 20) => TxError::MempoolFull(said()),
            _ => TxError::Rejected {
                codespace: codespace.to_owned(),
                code,
                log: said(),
            },
        }
    }
}

/// Expected and given sequence in `account sequence mismatch, expected 7, got 5`.
fn sequences(log: &str) -> Option<(u64, u64)> {
    let (_, rest) = log.split_once("account sequence mismatch, expected ")?;
    let (expected, rest) = rest.split_once(", got ")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((expected.parse().ok()?, digits.parse().ok()?))
}

/// What a message failed of, and which: `...message index: 2: <words>: execute wasm contract failed...`. A contract's own
/// words where it refused; else all that stands there, as of one that was aborted, or is not there.
fn message(log: &str) -> Option<(usize, String)> {
    let ends = [
        ": execute wasm contract failed",
        ": instantiate wasm contract failed",
        ": migrate wasm contract failed",
    ];
    let end = ends.iter().filter_map(|end| log.find(end)).min();
    let words = log.get(..end.unwrap_or(log.len()))?;
    match words.split_once("failed to execute message; message index: ") {
        Some((_, rest)) => {
            let (index, words) = rest.split_once(": ")?;
            Some((index.parse().ok()?, words.to_owned()))
        }
        None => end.map(|_| (0, words.to_owned())),
    }
}

/// `, until block 17`.
fn until_block(height: u64) -> String {
    match height {
        0 => String::new(),
        height => format!(", until block {height}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(codespace: &str, code: u32, log: &str) -> String {
        let refusal = Refusal {
            codespace,
            code,
            log,
            gas: (5, 9),
            sender: "wasm1x",
            hash: "AB",
        };
        TxError::of(&refusal).to_string()
    }

    #[test]
    fn each_refusal_is_told_in_its_own_words() {
        let log = "account sequence mismatch, expected 7, got 5: incorrect account sequence";
        assert_eq!(
            told("sdk", 32, log),
            "sequence: the chain expects 7, the transaction has 5"
        );
        let log = "failed to execute message; message index: 2: paused: expected false: execute wasm contract failed";
        assert_eq!(told("wasm", 5, log), "message 2: paused: expected false");
        let log = "out of gas in location: wasm contract; gasWanted: 5, gasUsed: 9";
        assert_eq!(
            told("sdk", 11, log),
            "out of gas: 9 used, 5 given; raise gas_adjustment in the chain file"
        );
        assert_eq!(told("wasm", 8, "no such contract"), "wasm 8: no such contract");
        assert_eq!(told("sdk", 4, "signature"), "wasm1x may not do this: signature");
        let log = "failed to simulate tx: failed to execute message; message index: 0: can not migrate: unauthorized";
        assert_eq!(told("simulation", 1, log), "message 0: can not migrate: unauthorized");
        let log = "failed to simulate tx: 0ufee is smaller than 1ufee: insufficient funds";
        assert_eq!(
            told("simulation", 1, log),
            "wasm1x cannot pay: 0ufee is smaller than 1ufee: insufficient funds"
        );
        let log = "\u{fffd}\u{fffd}<r does not allow to pay fees for R_: basic allowance: fee limit exceeded";
        assert_eq!(
            told("feegrant", 2, log),
            "wasm1x cannot pay: the fee grant does not cover it: basic allowance: fee limit exceeded"
        );
    }

    #[test]
    fn whatever_a_message_fails_of_is_that_message_s_fault() {
        for (code, words) in [
            (21, "attribute key cannot be empty: invalid event"),
            (22, "no such contract: address wasm1x"),
            (
                29,
                "wasmvm error: Error calling the VM: RuntimeError: unreachable: wasmvm error",
            ),
            (30, "max call depth exceeded"),
        ] {
            let log = format!("failed to execute message; message index: 3: {words}");
            assert_eq!(told("wasm", code, &log), format!("message 3: {words}"));
            // As a simulation tells it.
            let log = format!("failed to simulate tx: {log}");
            assert_eq!(told("simulation", 1, &log), format!("message 3: {words}"));
        }
        let log = "failed to execute message; message index: 3: out of gas in location: wasm contract: out of gas";
        assert!(told("sdk", 11, log).starts_with("out of gas: "));
    }

    #[test]
    fn only_passing_ones_are_sent_again() {
        let of = |codespace, code| {
            let refusal = Refusal {
                codespace,
                code,
                log: "",
                gas: (0, 0),
                sender: "",
                hash: "",
            };
            TxError::of(&refusal).is_passing()
        };
        assert!(of("sdk", 20));
        assert!(!of("sdk", 11) && !of("sdk", 5) && !of("wasm", 5) && !of("sdk", 19));
    }
}
