//! What `scripts/relay-kills` proves with: a small programme on a chain, terminals that sign without end, the relayer,
//! and a comparison of the chain with what was signed.
//!
//! ```text
//! proof deploy CHAIN SETTING          shops, customers and terminals; SETTING tells where they are
//! proof sign SETTING SPOOL RATE STOP  RATE batches a second until the file STOP is there; SPOOL/signed.json tells what
//! proof relay CHAIN SETTING SPOOL [once]
//! proof check CHAIN SETTING SPOOL     0 lost, 0 doubled, or an error that tells what
//! ```

mod check;
mod deploy;
mod sign;

use serde::{Deserialize, Serialize};
use std::error::Error;
use std::path::Path;
use std::time::Duration;
use vrs_client::ChainFile;
use vrs_days::Clock;
use vrs_relay::Options;

/// Anything that goes wrong.
type Fault = Box<dyn Error + Send + Sync>;

/// Where the programme stands on chain.
#[derive(Debug, Serialize, Deserialize)]
struct Setting {
    chain_id: String,
    oracle: String,
    merchant: String,
    clock: Clock,
    /// First terminal's number; shop `i` has terminal `devices + i`.
    devices: u32,
    /// How many shops.
    shops: u32,
    /// First customer's number.
    customers: u32,
}

/// How many customers buy.
const CUSTOMERS: u32 = 50;

fn main() -> Result<(), Fault> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["deploy", chain, setting] => deploy::deploy(&ChainFile::load(chain.as_ref())?, setting.as_ref()),
        ["sign", setting, spool, rate, stop] => {
            sign::sign(&read(setting.as_ref())?, spool.as_ref(), rate.parse()?, stop.as_ref())
        }
        ["relay", chain, setting, spool, rest @ ..] => relay(chain.as_ref(), setting.as_ref(), spool.as_ref(), rest),
        ["check", chain, setting, spool] => {
            let setting = read(setting.as_ref())?;
            check::check(&ChainFile::load(chain.as_ref())?, &setting, spool.as_ref())
        }
        _ => Err("expected deploy, sign, relay or check".into()),
    }
}

fn read(path: &Path) -> Result<Setting, Fault> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

fn relay(chain: &Path, setting: &Path, spool: &Path, rest: &[&str]) -> Result<(), Fault> {
    vrs_relay::telemetry::start(false);
    let setting = read(setting)?;
    let options = Options {
        spool: spool.to_owned(),
        senders: vec!["sender-1".to_owned(), "sender-2".to_owned()],
        window: 3,
        poll: Duration::from_millis(200),
        patience: Duration::from_secs(5),
        once: rest.contains(&"once"),
        metrics: rest.iter().find_map(|text| text.parse().ok()),
        ..Options::default()
    };
    let report = vrs_relay::relay(&ChainFile::load(chain)?, &setting.oracle, options)?;
    println!("{report:?}");
    Ok(())
}
