//! Arguments of `relay`.

use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Arguments of `relay`.
#[derive(Args, Debug)]
#[command(after_help = "\
Batches lie in SPOOL as `vrs sign` puts them there. What the chain has taken goes to SPOOL/done, with its transaction
in SPOOL/done/<date>.jsonl; what it will never take goes to SPOOL/refused, each with its reason beside it. It may be
killed at any moment and started again: every receipt counts once (docs/relay.md).

Examples:
  vrs relay spool --chain chains/local.toml
  vrs relay spool --chain chains/local.toml --sender sender-1 --sender sender-2 --metrics 127.0.0.1:9464
  vrs relay spool --chain chains/local.toml --once

Exit codes: 0 ended by a signal, or with --once: all is done; 1 something failed; 2 a file is not as described;
3 with --once: something was refused, or is left and waits for help.")]
pub struct RelayArgs {
    /// Folder with signed batches.
    pub spool: PathBuf,
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
    /// Key of an account that sends, or a role of the chain file; given several times, devices are divided among them.
    #[arg(long = "sender", value_name = "NAME", default_value = "relayer")]
    pub senders: Vec<String>,
    /// Who pays the fees by a grant: an address, or a name; the chain file's `granter` without it.
    #[arg(long, value_name = "ADDRESS")]
    pub granter: Option<String>,
    /// The oracle; that of the deployment without it.
    #[arg(long, value_name = "ADDRESS")]
    pub oracle: Option<String>,
    /// Transactions of each sender in flight.
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub window: u32,
    /// Most gas of a transaction; the chain file's max_gas bounds it.
    #[arg(long, value_name = "GAS", default_value_t = 25_000_000, value_parser = clap::value_parser!(u64).range(1_000_000..))]
    pub gas: u64,
    /// Most bytes of a transaction.
    #[arg(long, value_name = "N", default_value_t = 600_000, value_parser = clap::value_parser!(u32).range(10_000..))]
    pub bytes: u32,
    /// Milliseconds that a transaction which is not full waits for more while others are in flight.
    #[arg(long, value_name = "MS", default_value_t = 500)]
    pub linger: u64,
    /// Seconds that a transaction may be in no block before it is handed over again.
    #[arg(long, value_name = "S", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..))]
    pub patience: u64,
    /// Milliseconds between two looks into the folder.
    #[arg(long, value_name = "MS", default_value_t = 500, value_parser = clap::value_parser!(u64).range(10..))]
    pub poll: u64,
    /// Tells metrics at http://ADDRESS/metrics, for Prometheus.
    #[arg(long, value_name = "ADDRESS")]
    pub metrics: Option<SocketAddr>,
    /// Logs as JSON lines. RUST_LOG=debug tells more.
    #[arg(long)]
    pub log_json: bool,
    /// Ends when nothing is left to send.
    #[arg(long)]
    pub once: bool,
}
