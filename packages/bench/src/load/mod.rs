//! `vrs-bench load`: what one node sustains.

mod page;
mod prepare;
mod pump;
mod relayed;

use crate::gas::PINNED;
use crate::net::Net;
use crate::suite::Suite;
use anyhow::{Context as _, Result};
use clap::Args;
use prepare::{Town, SENDERS};
use pump::Rate;
use std::path::PathBuf;
use std::time::Instant;
use vrs_cli::chain::Name;
use vrs_client::{messages, Outcome};

/// Length of a day: all trials fit into one.
const DAY: u32 = 21_600;

/// Arguments of `load`.
#[derive(Args, Debug)]
#[command(after_help = "\
Starts a fresh chain of one node (VRS_LOCALNET and VRS_PORT say where) and removes it afterwards. Meaningful only where
the machine does nothing else. Settings of the node can be tried by its environment: WASMD_IAVL_CACHE_SIZE=...

Examples:
  vrs-bench load                    # two minutes a shape through the relayer; writes docs/performance.md
  vrs-bench load --seconds 20 --direct --page /tmp/p.md    # a short trial without the relayer")]
pub struct LoadArgs {
    /// Seconds of each shape of receipts.
    #[arg(long, default_value_t = 120)]
    seconds: u64,
    /// Seconds of each shape of plain transfers.
    #[arg(long, default_value_t = 60)]
    plain: u64,
    /// Shops, each with a till.
    #[arg(long, default_value_t = 1_600)]
    shops: usize,
    /// Customers. A prime, so that neither a till's next batch nor those beside it in a message bring the same ones again,
    /// which would be cheaper.
    #[arg(long, default_value_t = 19_937)]
    customers: usize,
    /// Batches of 100 receipts a message.
    #[arg(long, default_value_t = 20)]
    large: usize,
    /// Batches of 1.23 receipts a message.
    #[arg(long, default_value_t = 100)]
    small: usize,
    /// Receipts a second for which batches are signed, first shape; two fifths of it in the second.
    #[arg(long, default_value_t = 10_000)]
    most: u64,
    /// The bench's own transactions, signed beforehand, in place of the relayer.
    #[arg(long)]
    direct: bool,
    /// Most gas of a transaction of the relayer.
    #[arg(long, default_value_t = 12_000_000)]
    gas: u64,
    /// Transactions of one sender that the relayer keeps in flight.
    #[arg(long, default_value_t = 4)]
    window: usize,
    /// Keep the chain when done.
    #[arg(long)]
    keep: bool,
    /// The page.
    #[arg(long, value_name = "FILE", default_value = "docs/performance.md")]
    page: PathBuf,
}

/// A trial and what came of it.
pub struct Trial {
    /// What was sent.
    pub what: String,
    /// What a unit is.
    pub unit: &'static str,
    /// What the node sustained.
    pub rate: Rate,
    /// Share of the machine's time that the node took, and all other programs, in hundredths.
    pub share: (u64, u64),
}

/// What it is called, batches a message, receipts of the n-th batch, receipts a second for which batches are signed.
type Shape<'a> = (&'a str, usize, &'a dyn Fn(usize) -> usize, u64);

/// Does what `vrs-bench load` says.
pub fn load(args: &LoadArgs) -> Result<()> {
    let began = Instant::now();
    let told = |what: &str| eprintln!("{:>4} s  {what}", began.elapsed().as_secs());
    let before = page::average();
    told("a chain with the suite on it");
    let mut net = Net::start(args.keep)?;
    let economy = net.folder().join("economy.toml");
    std::fs::write(&economy, crate::gas::ECONOMY)?;
    let mut suite = Suite::deploy(&net, "load", PINNED, &economy, DAY)?;
    let mut codes = suite.codes();
    let (cw20, code) = plain_coin(&mut suite)?;
    codes.push(code);
    net.pin(&codes)?;
    told("members");
    let mut town = prepare::town(&mut suite, args.shops, args.customers)?;
    told("the same node without an index of transactions");
    net.without_index()?;
    let client = suite.lane.client.clone();
    let mut trials = vec![];
    let recipients: Vec<String> = (0..1_000)
        .map(|at| suite.lane.address(&format!("bench recipient {at}")))
        .collect::<Result<_>>()?;
    for (each, gas) in [(1, 160_000), (50, 60_000)] {
        if args.plain == 0 {
            continue;
        }
        told(&format!("plain transfers, {each} a transaction: signing"));
        let count = usize::try_from((args.plain + 6) * if each == 1 { 1_200 } else { 80 })?;
        let transfers = prepare::transfers(&cw20, &recipients, count, each);
        let streams = prepare::signed(&client, &transfers, gas)?;
        told("sending");
        let most = if each == 1 { 1_500 } else { 60 };
        let units = move |_: &Outcome| each as u64;
        let trial = page::watched(
            format!("cw20-base transfers, {each} a transaction"),
            "transfers",
            || pump::pump(&client, &streams, args.plain, most, &units),
        )?;
        told(&trial.line());
        trials.push(trial);
    }
    let shapes: [Shape; 2] = [
        (
            "100 receipts of one shop a batch",
            args.large,
            &|_| prepare::HUNDRED,
            args.most,
        ),
        (
            "1.23 receipts a batch",
            args.small,
            &|at| if at % 100 < 23 { 2 } else { 1 },
            args.most * 2 / 5,
        ),
    ];
    for (what, each, receipts, most) in shapes {
        let rate = receipts_of(args, &mut suite, &mut town, (what, each, receipts, most), &told)?;
        trials.push(rate);
    }
    let after = page::average();
    std::fs::write(&args.page, page::page(&trials, args.direct, (&before, &after)))?;
    println!("{}", args.page.display());
    Ok(())
}

fn receipts_of(
    args: &LoadArgs,
    suite: &mut Suite,
    town: &mut Town,
    (what, each, receipts, most): Shape,
    told: &dyn Fn(&str),
) -> Result<Trial> {
    let client = suite.lane.client.clone();
    let oracle = suite.contract(Name::Oracle)?;
    let day = suite.day()?;
    told(&format!("{what}: signing"));
    let hundred: u64 = (0..100).map(|at| receipts(at) as u64).sum();
    let count = usize::try_from((args.seconds + 10) * most * 100 / hundred)?;
    let batches = town.batches(suite, day, (usize::from(hundred < 200), count), receipts)?;
    let trial = if args.direct {
        let messages = prepare::relayed(&oracle, batches, each)?;
        let gas = if hundred > 200 { 1_700_000 } else { 60_000 } * each as u64 + 300_000;
        let streams = prepare::signed(&client, &messages, gas)?;
        told("sending");
        page::watched(format!("{what}, {each} a transaction"), "receipts", || {
            pump::pump(&client, &streams, args.seconds, 24, &accepted)
        })?
    } else {
        told("spooling");
        relayed::spool(&relayed::folder(), &batches)?;
        told("relaying");
        page::watched(format!("{what}, by the relayer"), "receipts", || {
            relayed::run(&client, &oracle, args, &accepted)
        })?
    };
    told(&trial.line());
    Ok(trial)
}

/// Receipts that the oracle took: what its events tell.
fn accepted(outcome: &Outcome) -> u64 {
    let of_oracle = outcome.events.iter().filter(|event| event.kind == "wasm-vrs_oracle");
    of_oracle
        .filter(|event| {
            event
                .attributes
                .iter()
                .any(|a| a.key == "outcome" && a.value == "accepted")
        })
        .filter_map(|event| event.attributes.iter().find(|a| a.key == "items"))
        .filter_map(|attribute| attribute.value.parse::<u64>().ok())
        .sum()
}

/// cw20-base, and coins of it for every sender.
fn plain_coin(suite: &mut Suite) -> Result<(String, u64)> {
    use vrs_client::outcome::Response;
    let owner = suite.lane.address("owner")?;
    let wasm = crate::gas::wasm("artifacts/reference/cw20_base.wasm".as_ref())?;
    suite.lane.queue(None, "owner", &[messages::store_code(&owner, wasm)])?;
    let stored = suite.lane.flush()?;
    let code = stored
        .iter()
        .flat_map(|o| &o.responses)
        .find_map(|response| match response {
            Response::Stored { code_id, .. } => Some(*code_id),
            _ => None,
        });
    let code = code.context("cw20-base has no code")?;
    let mut balances = vec![];
    for sender in SENDERS {
        balances.push(serde_json::json!({"address": suite.lane.address(sender)?, "amount": "1000000000000"}));
    }
    let msg = serde_json::json!({"name": "Reference", "symbol": "REF", "decimals": 6, "initial_balances": balances});
    let create = messages::instantiate(&owner, &owner, code, "reference", msg.to_string().as_bytes());
    suite.lane.queue(None, "owner", &[create])?;
    let created = suite.lane.flush()?;
    let address = created
        .iter()
        .flat_map(|o| &o.responses)
        .find_map(|response| match response {
            Response::Instantiated { address } => Some(address.clone()),
            _ => None,
        });
    Ok((address.context("cw20-base has no address")?, code))
}

/// The relayer in a process of its own, so that it can be ended; called by the bench itself.
pub fn relay_child(args: &RelayArgs) -> Result<()> {
    relayed::child(args)
}

/// Arguments of the relayer's own process.
#[derive(Args, Debug)]
pub struct RelayArgs {
    chain: PathBuf,
    oracle: String,
    spool: PathBuf,
    gas: u64,
    window: usize,
}
