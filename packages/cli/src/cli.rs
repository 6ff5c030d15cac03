//! The command line's arguments.

mod relay;
mod remote;

pub use relay::RelayArgs;
pub use remote::{
    AddKeyArgs, DeployArgs, ExecArgs, FeesCommand, GrantArgs, GranterArgs, KeyArgs, KeysArgs, KeysCommand, MigrateArgs,
    RevokeArgs, TxArgs,
};

use crate::failure::UsageError;
use crate::target::Target;
use clap::{Args, Parser, Subcommand};
use std::path::{Path, PathBuf};

/// Runs, checks and explains the VRS suite.
#[derive(Parser, Debug)]
#[command(name = "vrs", version, about, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Puts a file of till receipts through the whole suite and reports what everyone earned.
    Run(RunArgs),
    /// Scores one reading of a mining method, with the function that the contract calls.
    Score(ScoreArgs),
    /// Recomputes every day of a run from contract queries alone and compares every payment.
    Verify(VerifyArgs),
    /// Follows what a member was paid for a day back to orders, batches, device keys and signatures.
    Trace(TraceArgs),
    /// Asks a contract.
    Query(QueryArgs),
    /// Prints the default economy file: every figure, and whether it is the papers' or ours.
    #[command(
        after_help = "Example:\n  vrs economy > my.toml    # edit it, then: vrs run receipts.csv --economy my.toml"
    )]
    Economy,
    /// Makes files of invented receipts or meter readings.
    #[command(subcommand)]
    Generate(GenerateCommand),
    /// Weighs what each message costs on a chain.
    Costs(crate::costs::CostsArgs),
    /// Signs receipts as a till does: durable log, no number twice, batches into a spool folder.
    Sign(SignArgs),
    /// Carries signed batches from a spool folder to a real chain, each exactly once.
    Relay(RelayArgs),
    /// Puts the suite on a real chain: codes, contracts, roles, pools; goes on where it stopped.
    Deploy(DeployArgs),
    /// Moves contracts on a real chain to new code, with a check of name and version.
    Migrate(MigrateArgs),
    /// Sends a message to a contract on a real chain.
    Exec(ExecArgs),
    /// Tells what became of a transaction on a real chain.
    Tx(TxArgs),
    /// Keys of accounts on a real chain, encrypted at rest.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Pays the fees of members and terminals on a real chain, up to a limit.
    #[command(subcommand)]
    Fees(FeesCommand),
}

/// Arguments of `run`.
#[derive(Args, Debug)]
#[command(after_help = "\
RECEIPTS.csv has the columns timestamp,merchant,customer,receipt,amount,channel (docs/cli.md); it may be gzipped.

Examples:
  vrs run examples/pos-2017-01.csv
  vrs run receipts.csv.gz --profiles shops.csv --out january --batch-minutes 15
  vrs run receipts.csv --meters meters.csv --economy my.toml --days 7
  vrs run examples/pos-2017-01.csv --days 3 --chain chains/local.toml

With --chain it runs on a real chain that `vrs deploy` prepared: the file's first day is the chain's tomorrow. Stopped
anywhere, it goes on when it is called again with the same files and options.

Exit codes: 0 done; 1 something failed, or a row contradicts a signed receipt under --strict; 2 a file is not as
described (one line: file:line:column: reason), or --out holds what no run wrote.")]
pub struct RunArgs {
    /// Till receipts, CSV or gzipped CSV.
    pub receipts: PathBuf,
    /// Shops' costs: merchant,area,rent,staff,wage; shops without a row have the economy's default.
    #[arg(long, value_name = "MERCHANTS.csv")]
    pub profiles: Option<PathBuf>,
    /// Meter readings for mining: timestamp,account,device,method and the method's quantities.
    #[arg(long, value_name = "METERS.csv")]
    pub meters: Option<PathBuf>,
    /// Supplies, budgets, bands and periods; see `vrs economy`.
    #[arg(long, value_name = "ECONOMY.toml")]
    pub economy: Option<PathBuf>,
    /// Folder for tables, report and chain: an empty one, or one that a run wrote.
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    /// Minutes whose receipts a terminal signs as one batch; no result depends on it.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub batch_minutes: u32,
    /// Only the first N days of the file.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub days: Option<u32>,
    /// Programme day that the file's first day is.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub first_day: u32,
    /// Chain file of a real chain; the embedded one without it. Economy and first day are the chain's own.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["economy", "first_day"])]
    pub chain: Option<PathBuf>,
    /// Exits with 1 where a row was dropped that has another amount, customer or day than its receipt number has.
    #[arg(long)]
    pub strict: bool,
}

/// Arguments of `score`.
#[derive(Args, Debug)]
#[command(after_help = "\
Fields by method:
  platform, server  traffic_gb, nodes, hours, server_share
  node              hardware (pc, mobile), bandwidth_mbps, storage_gb, hours
  upload            downloads, size_gb, view_points
  content           recommendations, dislikes, downloads, size_gb, view_points
  streaming         streamed_gb, factor

Examples:
  vrs score platform '{\"traffic_gb\":200,\"nodes\":1,\"hours\":3,\"server_share\":\"1\"}'     # 0.875
  vrs score node '{\"hardware\":\"pc\",\"bandwidth_mbps\":9,\"storage_gb\":300,\"hours\":10}'  # 38.333333333333333333")]
pub struct ScoreArgs {
    /// platform, server, node, upload, content or streaming.
    pub method: String,
    /// The reading, as a JSON object.
    pub json: String,
}

/// Arguments of `verify`.
#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes: 0 everything agrees; 1 something differs, and the first difference is printed.

Examples:
  vrs verify out
  vrs verify --chain chains/local.toml")]
pub struct VerifyArgs {
    /// Folder that `vrs run` wrote.
    #[arg(required_unless_present = "chain", conflicts_with = "chain")]
    pub dir: Option<PathBuf>,
    /// Chain file of a real chain, in place of DIR.
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
}

impl VerifyArgs {
    /// What is verified.
    pub fn target(&self) -> Target {
        match (&self.chain, &self.dir) {
            (Some(file), _) => Target::Chain(file.clone()),
            (None, dir) => Target::Folder(dir.clone().unwrap_or_default()),
        }
    }
}

/// Takes apart words that a DIR begins, unless a chain file stands for it.
///
/// Errors: [`UsageError`] where there are too few or too many.
fn behind_target<'a, const N: usize>(
    chain: Option<&Path>,
    words: &'a [String],
    names: &str,
) -> Result<(Target, [&'a str; N]), UsageError> {
    let (target, rest) = match (chain, words.split_first()) {
        (Some(file), _) => (Some(Target::Chain(file.to_owned())), words),
        (None, Some((dir, rest))) => (Some(Target::Folder(dir.into())), rest),
        (None, None) => (None, words),
    };
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let place = if chain.is_some() { "" } else { "DIR " };
    match (target, <[&str; N]>::try_from(rest)) {
        (Some(target), Ok(rest)) => Ok((target, rest)),
        _ => Err(UsageError(format!("expected {place}{names}, got {}", words.join(" ")))),
    }
}

/// Arguments of `trace`.
#[derive(Args, Debug)]
#[command(override_usage = "vrs trace DIR MEMBER DAY\n       vrs trace --chain FILE MEMBER DAY")]
#[command(after_help = "\
DIR is the folder that `vrs run` wrote. MEMBER is merchant:ID, customer:ID, account:ID, an id of the files, or
#NUMBER. DAY is a date of the files as 2017-01-05, or a programme day as 5.

Examples:
  vrs trace out merchant:330 2017-01-05    # as a shop
  vrs trace out customer:900 2017-01-05    # as a customer
  vrs trace out 900 2017-01-05             # as everything that has this id
  vrs trace out '#17' 5                    # member number 17, programme day 5
  vrs trace --chain chains/local.toml merchant:330 2017-01-05")]
pub struct TraceArgs {
    /// DIR, unless --chain stands for it; then MEMBER and DAY.
    #[arg(value_name = "WORD", num_args = 2..=3, required = true)]
    pub words: Vec<String>,
    /// Chain file of a real chain, in place of DIR.
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
    /// Prints JSON, for machines.
    #[arg(long)]
    pub json: bool,
}

impl TraceArgs {
    /// Where, who and when.
    ///
    /// Errors: [`UsageError`] where a word is missing or too many.
    pub fn parts(&self) -> Result<(Target, [&str; 2]), UsageError> {
        behind_target(self.chain.as_deref(), &self.words, "MEMBER DAY")
    }
}

/// Arguments of `query`.
#[derive(Args, Debug)]
#[command(override_usage = "vrs query DIR CONTRACT JSON\n       vrs query --chain FILE CONTRACT JSON")]
#[command(after_help = "\
DIR is the folder that `vrs run` wrote.
CONTRACT is vrs, mvc, bzky, hp, time, mvp, identity, oracle, merchant or mining.
Within JSON a text that begins with @ is looked up first:
  \"@merchant:330\"          their member number      \"@merchant:330.address\"  where they are paid
  \"@customer:900\"          their member number      \"@bzky\"                  a contract's address
  \"@2017-01-05\"            the programme day

Examples:
  vrs query out merchant '{\"pools\":{}}'
  vrs query out merchant '{\"merchant_day\":{\"merchant\":\"@merchant:330\",\"day\":\"@2017-01-05\"}}'
  vrs query out bzky '{\"balance\":{\"address\":\"@merchant:330.address\"}}'
  vrs query --chain chains/local.toml oracle '{\"config\":{}}'")]
pub struct QueryArgs {
    /// DIR, unless --chain stands for it; then CONTRACT and JSON.
    #[arg(value_name = "WORD", num_args = 2..=3, required = true)]
    pub words: Vec<String>,
    /// Chain file of a real chain, in place of DIR.
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
}

impl QueryArgs {
    /// Where, which contract, and the query.
    ///
    /// Errors: [`UsageError`] where a word is missing or too many.
    pub fn parts(&self) -> Result<(Target, [&str; 2]), UsageError> {
        behind_target(self.chain.as_deref(), &self.words, "CONTRACT JSON")
    }
}

/// What to make.
#[derive(Subcommand, Debug)]
pub enum GenerateCommand {
    /// Till receipts: busy and quiet shops, hours and weekdays, regular customers.
    Receipts(ReceiptsArgs),
    /// Meter readings of the six mining methods.
    Meters(MetersArgs),
}

/// Arguments of `generate receipts`.
#[derive(Args, Debug, Clone)]
#[command(after_help = "\
The same arguments always give the same file.

Examples:
  vrs generate receipts --seed 1 > receipts.csv
  vrs generate receipts --seed 7 --merchants 457 --customers 2469 --days 365 --per-day 427 --to year.csv
  vrs generate receipts --seed 2 --days 3 --external 20 --zeros 5 --duplicates 5 --refunds 5")]
pub struct ReceiptsArgs {
    /// Seed of the random numbers.
    #[arg(long)]
    pub seed: u64,
    /// Shops.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub merchants: u32,
    /// Customers.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub customers: u32,
    /// Days.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub days: u32,
    /// Receipts of an average day.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub per_day: u32,
    /// First day.
    #[arg(long, default_value = "2017-01-01", value_name = "DATE")]
    pub from: String,
    /// Deliveries and online sales, of 1,000 receipts.
    #[arg(long, default_value_t = 80, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub external: u32,
    /// Receipts of nothing, of 1,000.
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub zeros: u32,
    /// Rows that repeat an earlier number, of 1,000.
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub duplicates: u32,
    /// Refunds, of 1,000.
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub refunds: u32,
    /// File to write; stdout without it.
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// Arguments of `generate meters`.
#[derive(Args, Debug, Clone)]
#[command(after_help = "\
The same arguments always give the same file.

Example:
  vrs generate meters --seed 1 --accounts 40 --days 31 > meters.csv")]
pub struct MetersArgs {
    /// Seed of the random numbers.
    #[arg(long)]
    pub seed: u64,
    /// Accounts that contribute.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub accounts: u32,
    /// Days.
    #[arg(long, default_value_t = 31, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub days: u32,
    /// First day.
    #[arg(long, default_value = "2017-01-01", value_name = "DATE")]
    pub from: String,
    /// File to write; stdout without it.
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// Arguments of `sign`.
#[derive(Args, Debug)]
#[command(after_help = "\
The private key stands in a file that only its owner can read (0600), never on the command line. The log
is written to disk before a batch reaches the spool; run again with the same log, the agent goes on
where it stopped and signs no receipt number twice. Anyone may carry the spool's files to the oracle.

On a real chain the receipts' timestamps are real time, and lie in the programme days that the chain lives
through. With --first-day they are replayed instead: the day of the first receipt is that programme day, and
each day of 86,400 seconds is one of the chain's.

Examples:
  vrs sign --new-key till.key                       # prints the public key to register
  vrs sign sales.csv --key till.key --log till.log --spool spool --run out --merchant 330
  vrs sign sales.csv --key till.key --log till.log --spool spool --chain chains/local.toml --device 7
  vrs sign sales.csv --key till.key --log till.log --spool spool \\
    --chain-id vrs-1 --oracle vrs1... --device 7 --day-1 2017-01-01T00:00:00Z")]
pub struct SignArgs {
    /// The till's receipts; unless --merchant is given the customer column holds member numbers.
    #[arg(required_unless_present = "new_key")]
    pub receipts: Option<PathBuf>,
    /// Makes a new key file, prints its public key, and ends.
    #[arg(long, value_name = "FILE", exclusive = true)]
    pub new_key: Option<PathBuf>,
    /// The device's key file.
    #[arg(long, value_name = "FILE", required_unless_present = "new_key")]
    pub key: Option<PathBuf>,
    /// The device's durable log; made where there is none.
    #[arg(long, value_name = "FILE", required_unless_present = "new_key")]
    pub log: Option<PathBuf>,
    /// Folder for signed batches.
    #[arg(long, value_name = "DIR", required_unless_present = "new_key")]
    pub spool: Option<PathBuf>,
    /// Folder that `vrs run` wrote: chain, oracle, days, numbers of devices and customers.
    #[arg(long, value_name = "DIR", requires = "merchant",
        conflicts_with_all = ["chain", "chain_id", "oracle", "device", "day_1", "first_day"])]
    pub run: Option<PathBuf>,
    /// Chain file of a real chain: chain, oracle and days are those that `vrs deploy` wrote down.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["chain_id", "oracle", "day_1"])]
    pub chain: Option<PathBuf>,
    /// Programme day that the day of the first receipt is, to replay a file on a real chain.
    #[arg(long, value_name = "N", requires = "chain", value_parser = clap::value_parser!(u32).range(1..))]
    pub first_day: Option<u32>,
    /// Whose receipts of the file are signed, by the files' id that `vrs run` registered; all without it.
    #[arg(long, value_name = "ID")]
    pub merchant: Option<u64>,
    /// The chain's id, as signed.
    #[arg(long, value_name = "ID", required_unless_present_any = ["run", "chain", "new_key"])]
    pub chain_id: Option<String>,
    /// The oracle's address.
    #[arg(long, value_name = "ADDRESS", required_unless_present_any = ["run", "chain", "new_key"])]
    pub oracle: Option<String>,
    /// The device's number; with --chain it may follow from --merchant.
    #[arg(long, value_name = "N", required_unless_present_any = ["run", "merchant", "new_key"])]
    pub device: Option<u32>,
    /// Moment at which programme day 1 begins.
    #[arg(long, value_name = "MOMENT", required_unless_present_any = ["run", "chain", "new_key"])]
    pub day_1: Option<String>,
    /// Minutes of a batch, each 1/1440 of a day.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub batch_minutes: u32,
    /// Exits with 1 where a row was dropped that has another amount, customer or day than its receipt number has.
    #[arg(long)]
    pub strict: bool,
}
