//! What the relayer is told.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What the relayer is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder with the batches.
    pub spool: PathBuf,
    /// Names of the keys that send; device `d` stays with number `d mod senders`.
    pub senders: Vec<String>,
    /// Who pays the fees by a grant; none: each sender itself.
    pub granter: Option<String>,
    /// Transactions of one sender in flight.
    pub window: usize,
    /// Most gas of one transaction.
    pub gas: u64,
    /// Most bytes of one transaction. A node's RPC takes a request of 1,000,000 bytes by default, base64.
    pub bytes: usize,
    /// How long a transaction that is not full waits for more batches while others are in flight.
    pub linger: Duration,
    /// How long a transaction may be in no block before it is handed over again.
    pub patience: Duration,
    /// Pause between two looks into the folder.
    pub poll: Duration,
    /// Where metrics are told.
    pub metrics: Option<SocketAddr>,
    /// End when nothing is left to send.
    pub once: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            spool: PathBuf::from("spool"),
            senders: vec!["relayer".to_owned()],
            granter: None,
            window: 4,
            gas: 25_000_000,
            bytes: 600_000,
            linger: Duration::from_millis(500),
            patience: Duration::from_secs(15),
            poll: Duration::from_millis(500),
            metrics: None,
            once: false,
        }
    }
}
