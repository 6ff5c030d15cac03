//! The `vrs` command.

use anyhow::Result;
use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;
use vrs_cli::cli::{Cli, Command, GenerateCommand};
use vrs_cli::{costs, economy, failure, generate, query, run, score, sign, trace, verify};

fn main() -> ExitCode {
    match execute(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(failure::exit_code(&error))
        }
    }
}

fn execute(command: Command) -> Result<ExitCode> {
    let text = match command {
        Command::Run(args) => {
            let options = run::Options::from(args);
            let finished = run::run(&options)?;
            finished.text(&options)
        }
        Command::Score(args) => score::score(&args.method, &args.json)? + "\n",
        Command::Verify(args) => verify::verify(&args.dir)?.to_string(),
        Command::Trace(args) if args.json => trace::trace_json(&args.dir, &args.member, &args.day)?,
        Command::Trace(args) => trace::trace(&args.dir, &args.member, &args.day)?,
        Command::Query(args) => query::query(&args.dir, &args.contract, &args.json)? + "\n",
        Command::Economy => economy::DEFAULT.to_owned(),
        Command::Generate(GenerateCommand::Receipts(args)) => generate::receipts(&args)?,
        Command::Generate(GenerateCommand::Meters(args)) => generate::meters(&args)?,
        Command::Costs(args) => costs::costs(&args)?,
        Command::Sign(args) => sign::sign(&args)?,
    };
    // Whoever closes the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}
