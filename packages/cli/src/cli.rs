//! The command line's arguments.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

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
    /// Recomputes every day of a finished run from contract queries alone and compares every payment.
    Verify(DirArgs),
    /// Follows what a member was paid for a day back to orders, batches, device keys and signatures.
    Trace(TraceArgs),
    /// Asks a contract of a finished run.
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
}

/// Arguments of `run`.
#[derive(Args, Debug)]
#[command(after_help = "\
RECEIPTS.csv has the columns timestamp,merchant,customer,receipt,amount,channel (docs/cli.md); it may be gzipped.

Examples:
  vrs run examples/pos-2017-01.csv
  vrs run receipts.csv.gz --profiles shops.csv --out january --batch-minutes 15
  vrs run receipts.csv --meters meters.csv --economy my.toml --days 7

Exit codes: 0 done; 1 something failed; 2 a file is not as described (one line: file:line:column: reason).")]
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
    /// Folder for tables, report and chain.
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

Example:
  vrs verify out")]
pub struct DirArgs {
    /// Folder that `vrs run` wrote.
    pub dir: PathBuf,
}

/// Arguments of `trace`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  vrs trace out merchant:330 2017-01-05    # as a shop
  vrs trace out customer:900 2017-01-05    # as a customer
  vrs trace out 900 2017-01-05             # as everything that has this id
  vrs trace out '#17' 5                    # member number 17, programme day 5")]
pub struct TraceArgs {
    /// Folder that `vrs run` wrote.
    pub dir: PathBuf,
    /// merchant:ID, customer:ID, account:ID, an id of the files, or #NUMBER.
    pub member: String,
    /// A date as 2017-01-05, or a programme day as 5.
    pub day: String,
    /// Prints JSON, for machines.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `query`.
#[derive(Args, Debug)]
#[command(after_help = "\
CONTRACT is vrs, mvc, bzky, hp, time, mvp, identity, oracle, merchant or mining.
Within JSON a text that begins with @ is looked up first:
  \"@merchant:330\"          his member number        \"@merchant:330.address\"  where he is paid
  \"@customer:900\"          his member number        \"@bzky\"                  a contract's address
  \"@2017-01-05\"            the programme day

Examples:
  vrs query out merchant '{\"pools\":{}}'
  vrs query out merchant '{\"merchant_day\":{\"merchant\":\"@merchant:330\",\"day\":\"@2017-01-05\"}}'
  vrs query out bzky '{\"balance\":{\"address\":\"@merchant:330.address\"}}'")]
pub struct QueryArgs {
    /// Folder that `vrs run` wrote.
    pub dir: PathBuf,
    /// Which contract.
    pub contract: String,
    /// The query, as JSON.
    pub json: String,
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

Examples:
  vrs sign --new-key till.key                       # prints the public key to register
  vrs sign sales.csv --key till.key --log till.log --spool spool --chain out --merchant 330
  vrs sign sales.csv --key till.key --log till.log --spool spool \\
    --chain-id vrs-1 --oracle vrs1... --device 7 --day-1 2017-01-01T00:00:00Z")]
pub struct SignArgs {
    /// The till's receipts; without --chain the customer column holds member numbers.
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
    /// Folder that `vrs run` wrote: chain, oracle, clock, numbers of devices and customers.
    #[arg(long, value_name = "DIR", requires = "merchant", conflicts_with_all = ["chain_id", "oracle", "device", "day_1"])]
    pub chain: Option<PathBuf>,
    /// Whose receipts of the file are signed; all without it.
    #[arg(long, value_name = "ID")]
    pub merchant: Option<u64>,
    /// The chain's id, as signed.
    #[arg(long, value_name = "ID", required_unless_present_any = ["chain", "new_key"])]
    pub chain_id: Option<String>,
    /// The oracle's address.
    #[arg(long, value_name = "ADDRESS", required_unless_present_any = ["chain", "new_key"])]
    pub oracle: Option<String>,
    /// The device's number.
    #[arg(long, value_name = "N", required_unless_present_any = ["chain", "new_key"])]
    pub device: Option<u32>,
    /// Moment at which programme day 1 begins.
    #[arg(long, value_name = "MOMENT", required_unless_present_any = ["chain", "new_key"])]
    pub day_1: Option<String>,
    /// Minutes of a batch.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub batch_minutes: u32,
}
