//! `vrs-bench`: the suite under the scale, on a real chain that it starts itself.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`net`] | a local chain of its own |
//! | [`lane`] | accounts that send, and what their transactions used |
//! | [`suite`] | a deployment with members, shops, devices |
//! | [`load`] | `vrs-bench load`: what one node sustains |
//! | [`gas`] | `vrs-bench gas`: every message at 1, 100 and 1,000 participants |

mod gas;
mod lane;
mod load;
mod net;
mod suite;

use clap::{Parser, Subcommand};

#[derive(Parser, Debug)]
#[command(
    about = "Measures the suite on a local chain; called by scripts/gas and scripts/load",
    version
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Gas of every message, from executed transactions
    Gas(gas::GasArgs),
    /// Receipts a second that one node sustains, beside plain transfers
    Load(load::LoadArgs),
    /// The relayer in a process of its own; the bench calls it
    #[command(hide = true)]
    RelayChild(load::RelayArgs),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Gas(args) => gas::gas(&args),
        Command::Load(args) => load::load(&args),
        Command::RelayChild(args) => load::relay_child(&args),
    }
}
