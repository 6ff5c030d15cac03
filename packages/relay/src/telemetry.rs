//! Structured logs on standard error: for people, or as JSON lines for a collector.

use tracing_subscriber::filter::{EnvFilter, LevelFilter};

/// Starts logging: level `info`, or what `RUST_LOG` says. Does nothing where logging has begun already.
pub fn start(json: bool) {
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::INFO.into())
        .from_env_lossy();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_writer(std::io::stderr);
    let _ = if json {
        subscriber.json().flatten_event(true).try_init()
    } else {
        use std::io::IsTerminal as _;
        subscriber.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
}
