//! Arguments of what only a real chain has.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `deploy`.
#[derive(Args, Debug)]
#[command(after_help = "\
Uploads what artifacts/ holds, creates and connects ten contracts with the economy's figures, fills the pools
and hands everything to the admin of the chain file. What stands there is written to deployments/<chain-id>.json
after each step. Stopped anywhere, it goes on when it is called again; when all stands, it changes nothing.

Examples:
  vrs deploy --chain chains/local.toml --dry-run    # the plan, and what gas it takes
  vrs deploy --chain chains/local.toml

Exit codes: 0 done; 1 something failed or differs; 2 a file is not as described.")]
pub struct DeployArgs {
    /// Chain file: node, prefix, gas price, keys, length of a day.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
    /// Prints the plan and its gas, and sends nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Allows days of less than a minute. FOR TESTS.
    #[arg(long, hide = true)]
    pub short_days: bool,
}

/// Arguments of `migrate`.
#[derive(Args, Debug)]
#[command(after_help = "\
Name and version are read before and after; a contract of another name, or one that is newer, stays as it is.

Examples:
  vrs migrate --chain chains/local.toml                  # every code that artifacts/ holds anew
  vrs migrate --chain chains/local.toml merchant oracle")]
pub struct MigrateArgs {
    /// token, points, identity, oracle, merchant, mining; all without one.
    #[arg(value_name = "CODE")]
    pub codes: Vec<String>,
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
}

/// Arguments of `exec`.
#[derive(Args, Debug)]
#[command(after_help = "\
CONTRACT and the texts that begin with @ are those of `vrs query`. The messages stand in schema/.

Examples:
  vrs exec --chain chains/local.toml --from owner merchant '{\"access\":{\"pause\":{}}}'
  vrs exec --chain chains/local.toml --from member bzky \\
    '{\"transfer\":{\"recipient\":\"@merchant:330.address\",\"amount\":\"1000000\"}}'")]
pub struct ExecArgs {
    /// Which contract.
    pub contract: String,
    /// The message, as JSON.
    pub json: String,
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
    /// Who sends it: a key's name, or a role of the chain file.
    #[arg(long, value_name = "NAME")]
    pub from: String,
    /// Who pays the fee by a grant: a name, or an address; the chain file's `granter` without it.
    #[arg(long, value_name = "NAME")]
    pub granter: Option<String>,
    /// Prints the gas that it would use, and sends nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Arguments of `tx`.
#[derive(Args, Debug)]
#[command(after_help = "\
Every transaction that `vrs` sends is told with its hash, and written down beside the deployment record, before the
node has it. This tells what became of one. Needs no index of the node for those that were sent from here.

Examples:
  vrs tx 24483558... --chain chains/local.toml

Exit codes: 0 carried out; 1 refused, never to happen, or it may still happen (the words tell which).")]
pub struct TxArgs {
    /// The transaction's hash, 64 hex digits.
    #[arg(value_name = "HASH")]
    pub hash: String,
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
    /// Looks through blocks from the one after this, for a transaction that was not sent from here.
    #[arg(long, value_name = "HEIGHT")]
    pub after: Option<u64>,
}

/// What to do with fee grants.
#[derive(Subcommand, Debug)]
#[command(after_help = "\
Members and terminals need no coins: somebody pays the fees of their calls of contracts, and of nothing else. They
name him with `--granter` (vrs exec, vrs relay), or the chain file does under [accounts].

Examples:
  vrs fees grant --chain chains/local.toml --from treasury --limit 5000000ufee --days 30 carrier wasm1...
  vrs fees list --chain chains/local.toml --from treasury
  vrs fees revoke --chain chains/local.toml --from treasury carrier")]
pub enum FeesCommand {
    /// Pays fees for accounts, up to a limit each; replaces what they had.
    Grant(GrantArgs),
    /// Ends grants.
    Revoke(RevokeArgs),
    /// For whom an account pays, and what is left.
    List(GranterArgs),
}

/// Who pays, on which chain.
#[derive(Args, Debug)]
pub struct GranterArgs {
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
    /// Who pays: a key's name, or a role of the chain file.
    #[arg(long, value_name = "NAME")]
    pub from: String,
}

/// Arguments of `fees grant`.
#[derive(Args, Debug)]
pub struct GrantArgs {
    /// Who pays, on which chain.
    #[command(flatten)]
    pub granter: GranterArgs,
    /// Most that each may spend, in the chain's fee denom.
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub limit: String,
    /// Days of the calendar until it ends; never without it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub days: Option<u32>,
    /// Whose fees: names or addresses.
    #[arg(value_name = "ACCOUNT", required = true, num_args = 1..=100)]
    pub grantees: Vec<String>,
}

/// Arguments of `fees revoke`.
#[derive(Args, Debug)]
pub struct RevokeArgs {
    /// Who pays, on which chain.
    #[command(flatten)]
    pub granter: GranterArgs,
    /// Whose fees are no longer paid: names or addresses.
    #[arg(value_name = "ACCOUNT", required = true, num_args = 1..=100)]
    pub grantees: Vec<String>,
}

/// What to do with keys.
#[derive(Subcommand, Debug)]
#[command(after_help = "\
A key is looked for in the environment (VRS_KEY_<NAME>: mnemonic or hex), then in the folder of encrypted files
that the chain file names, then in its test mnemonic. The passphrase is asked for, or taken from VRS_PASSPHRASE
or the chain file's passphrase_file (mode 0600). No key ever stands on a command line.

Examples:
  vrs keys list --chain chains/local.toml
  vrs keys add owner --chain chains/malaga.toml                  # makes one; shows its words once
  vrs keys add owner --recover --chain chains/malaga.toml < words")]
pub enum KeysCommand {
    /// All names with their addresses.
    List(KeysArgs),
    /// One address.
    Show(KeyArgs),
    /// Makes a key, or takes one from stdin.
    Add(AddKeyArgs),
}

/// Arguments of `keys list`.
#[derive(Args, Debug)]
pub struct KeysArgs {
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
}

/// Arguments of `keys show`.
#[derive(Args, Debug)]
pub struct KeyArgs {
    /// The key's name.
    pub name: String,
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
}

/// Arguments of `keys add`.
#[derive(Args, Debug)]
pub struct AddKeyArgs {
    /// The key's name.
    pub name: String,
    /// Takes a mnemonic or a hex key from stdin.
    #[arg(long)]
    pub recover: bool,
    /// Chain file.
    #[arg(long, value_name = "FILE")]
    pub chain: PathBuf,
}
