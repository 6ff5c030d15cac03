//! The `vrs` command.

use anyhow::Result;
use clap::Parser as _;
use std::io::Write as _;
use std::process::ExitCode;
use vrs_cli::chain::Name;
use vrs_cli::cli::{Cli, Command, ExecArgs, FeesCommand, GenerateCommand, KeysCommand, TraceArgs};
use vrs_cli::contradictions::Contradictions;
use vrs_cli::failure::UsageError;
use vrs_cli::remote::{deploy, exec, fees, keys, migrate, relay, Place};
use vrs_cli::schema::Entry;
use vrs_cli::target::Target;
use vrs_cli::{costs, economy, failure, generate, query, run, schema, score, sign, trace, verify};

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
            let strict = args.strict;
            let options = run::Options::from(args);
            let finished = run::run(&options)?;
            return Ok(concluded(&finished.text(&options), &finished.contradictions, strict));
        }
        Command::Score(args) => score::score(&args.method, &args.json)? + "\n",
        Command::Verify(args) => {
            let target = args.target();
            verify::verify_source(&*target.open()?, &target.to_string())?.to_string()
        }
        Command::Trace(args) => traced(&args)?,
        Command::Query(args) => {
            let (target, [contract, json]) = args.parts()?;
            query::query(&target, contract, json)? + "\n"
        }
        Command::Economy => economy::DEFAULT.to_owned(),
        Command::Generate(GenerateCommand::Receipts(args)) => generate::receipts(&args)?,
        Command::Generate(GenerateCommand::Meters(args)) => generate::meters(&args)?,
        Command::Costs(args) => costs::costs(&args)?,
        Command::Sign(args) => {
            let signed = sign::sign(&args)?;
            return Ok(concluded(&signed.text, &signed.contradictions, args.strict));
        }
        Command::Relay(args) => return relay::relay(&args),
        Command::Deploy(args) => {
            let options = deploy::Options {
                dry_run: args.dry_run,
                short_days: args.short_days,
            };
            deploy::deploy(&Place::open(&args.chain)?, options)?
        }
        Command::Migrate(args) => migrate::migrate(&Place::open(&args.chain)?, &args.codes)?,
        Command::Exec(args) => executed(&args)?,
        Command::Tx(args) => exec::tx(&Place::open(&args.chain)?, &args.hash, args.after)?,
        Command::Fees(command) => paid(&command)?,
        Command::Keys(KeysCommand::List(args)) => keys::list(&Place::open(&args.chain)?)?,
        Command::Keys(KeysCommand::Show(args)) => keys::show(&Place::open(&args.chain)?, &args.name)?,
        Command::Keys(KeysCommand::Add(args)) => keys::add(&Place::open(&args.chain)?, &args.name, args.recover)?,
    };
    say(&text);
    Ok(ExitCode::SUCCESS)
}

fn say(text: &str) {
    // Whoever closes the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Ends a command that passed over rows which contradict what was signed.
fn concluded(text: &str, contradictions: &Contradictions, strict: bool) -> ExitCode {
    let _ = std::io::stderr().write_all(contradictions.lines().as_bytes());
    say(text);
    if strict && !contradictions.rows.is_empty() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn traced(args: &TraceArgs) -> Result<String> {
    let (target, [member, day]) = args.parts()?;
    let source = target.open()?;
    if args.json {
        return trace::trace_json(&*source, member, day);
    }
    trace::trace(&*source, member, day)
}

fn paid(command: &FeesCommand) -> Result<String> {
    match command {
        FeesCommand::Grant(args) => {
            let place = Place::open(&args.granter.chain)?;
            fees::grant(&place, &args.granter.from, &args.grantees, &args.limit, args.days)
        }
        FeesCommand::Revoke(args) => {
            let place = Place::open(&args.granter.chain)?;
            fees::revoke(&place, &args.granter.from, &args.grantees)
        }
        FeesCommand::List(args) => fees::list(&Place::open(&args.chain)?, &args.from),
    }
}

fn executed(args: &ExecArgs) -> Result<String> {
    let name: Name = args.contract.parse().map_err(UsageError)?;
    let message = query::parse(&args.json)?;
    let source = Target::Chain(args.chain.clone()).open()?;
    let message = query::filled(message, &source.chain()?, &source.meta()?)?;
    schema::check(name.code(), Entry::Execute, &message)?;
    let options = exec::Options {
        from: &args.from,
        granter: args.granter.as_deref(),
        dry_run: args.dry_run,
    };
    exec::exec(&Place::open(&args.chain)?, &args.contract, &message, options)
}
