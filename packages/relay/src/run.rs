//! Threads: one a sender, one that reads blocks, one that looks into the folder, one for metrics.

use crate::board::Follower;
use crate::lane::{Inbox, Lane, Shared, State};
use crate::metrics::Metrics;
use crate::options::Options;
use crate::serve::serve;
use crate::spool::{Spool, SpoolError};
use crate::wasm::WasmChain;
use cosmwasm_std::Decimal;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::io;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::Arc;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};
use tracing::{error, info};
use vrs_client::keys::KeyError;
use vrs_client::{ChainFile, Client, RpcError, Sender, TxError};

/// Pause of a thread that has nothing to do.
const IDLE: Duration = Duration::from_millis(20);
/// Pause between two looks for a block.
const BLOCK: Duration = Duration::from_millis(100);
/// How long what is in flight is waited for when the relayer is told to end.
const CLOSING: Duration = Duration::from_secs(30);
/// Faults in a row after which a run that is to end by itself ends without success.
const FAULTS: u32 = 12;

/// Why the relayer can't run.
#[derive(thiserror::Error, Debug)]
pub enum RelayError {
    /// The spool can't be used.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The chain can't be used.
    #[error(transparent)]
    Chain(#[from] TxError),
    /// A sender's key can't be had.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There is nobody who sends.
    #[error("expected at least one sender")]
    Senders,
    /// Metrics can't be told there, or signals not be heard.
    #[error("{what}: {source}")]
    System {
        /// What.
        what: String,
        /// Why.
        source: io::Error,
    },
    /// It went wrong over and over, in a run that is to end by itself.
    #[error("gave up after {0} faults in a row; the log tells them")]
    Faults(u32),
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Batches that transactions of this run took.
    pub accepted: u64,
    /// Batches that the chain had already.
    pub repeated: u64,
    /// Batches that were refused.
    pub refused: u64,
    /// Items of the accepted ones.
    pub items: u64,
    /// Batches still in the spool.
    pub left: u64,
}

/// Relays until SIGTERM or SIGINT, or until nothing is left where [`Options::once`] says so.
pub fn relay(file: &ChainFile, oracle: &str, options: Options) -> Result<Report, RelayError> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT] {
        // A second signal ends the process at once, as it would without us.
        signal_hook::flag::register_conditional_shutdown(signal, 1, stop.clone())
            .and_then(|_| signal_hook::flag::register(signal, stop.clone()))
            .map_err(|source| RelayError::System {
                what: "signals".to_owned(),
                source,
            })?;
    }
    if options.senders.is_empty() {
        return Err(RelayError::Senders);
    }
    let spool = Arc::new(Spool::open(&options.spool)?);
    spool.greet();
    let keyring = file.keyring();
    let mut keys = vec![];
    for name in &options.senders {
        keys.push(keyring.key(name)?);
    }
    let listener = match options.metrics {
        Some(place) => Some(TcpListener::bind(place).map_err(|source| RelayError::System {
            what: format!("metrics at {place}"),
            source,
        })?),
        None => None,
    };
    let opened = patiently(&stop, options.once, || {
        let client = Client::hasty(file)?; // lanes have a way of their own to ask again
        let mut senders = vec![];
        for key in &keys {
            let mut sender = Sender::open(&client.node, key.clone())?;
            sender.granter = options.granter.clone();
            info!(address = sender.address(), "sender");
            senders.push(sender);
        }
        let chain = WasmChain::new(client, oracle.to_owned(), senders);
        let clock = chain.config()?.clock;
        Ok((chain, clock))
    })?;
    let Some((chain, clock)) = opened else {
        return Ok(Report::default());
    };
    let shared = Shared {
        chain: Arc::new(chain),
        spool,
        board: Arc::default(),
        metrics: Arc::new(Metrics::new(options.senders.len())),
        options: Arc::new(options),
        clock,
    };
    let margin = file.gas_adjustment.checked_mul(Decimal::from_ratio(1_000u32, 1u32));
    let margin = margin.map_or(1_300, |margin| margin.to_uint_ceil().u128() as u64);
    run(shared, margin, listener, &stop)
}

/// Asks until the node answers. None where it is told to end before.
fn patiently<T>(
    stop: &AtomicBool,
    once: bool,
    mut ask: impl FnMut() -> Result<T, TxError>,
) -> Result<Option<T>, TxError> {
    let mut pause = Duration::from_millis(250);
    let mut tries = 0;
    while !stop.load(Ordering::Relaxed) {
        match ask() {
            // A node that starts answers what it does not mean.
            Err(TxError::Rpc(error)) if tries < FAULTS || (!once && error.is_passing()) => {
                info!(%error, "waiting for the node");
                tries += 1;
            }
            answer => return answer.map(Some),
        }
        sleep(pause);
        pause = (pause * 2).min(Duration::from_secs(5));
    }
    Ok(None)
}

/// Relays with all threads until `stop`, or until nothing is left where [`Options::once`] says so. `margin` is what gas is
/// multiplied with, in thousandths.
pub fn run(
    shared: Shared,
    margin: u64,
    listener: Option<TcpListener>,
    stop: &AtomicBool,
) -> Result<Report, RelayError> {
    let began = Instant::now();
    let senders = shared.options.senders.len();
    if let Some(listener) = listener {
        let (metrics, board) = (shared.metrics.clone(), shared.board.clone());
        // Not waited for: it ends with the process.
        thread::spawn(move || serve(&listener, || metrics.render(board.tip().height, board.is_away())));
    }
    let inboxes: Vec<Inbox> = (0..senders).map(|_| Inbox::default()).collect();
    let (closing, landed) = (AtomicBool::new(false), AtomicBool::new(false));
    let faults = AtomicU32::new(0);
    // The first block is known before the first transaction is sent.
    let mut follower = Follower::default();
    let _ = follower.step(shared.chain.as_ref(), &shared.board);
    let mut ended = Ok(());
    thread::scope(|scope| {
        let follow = scope.spawn(|| {
            let mut pause = BLOCK;
            while !landed.load(Ordering::Relaxed) {
                pause = match follower.step(shared.chain.as_ref(), &shared.board) {
                    Ok(_) => BLOCK,
                    Err(RpcError::Refused { .. }) => BLOCK,
                    Err(_) => (pause * 2).min(Duration::from_secs(1)),
                };
                sleep(pause);
            }
        });
        let mut threads = vec![];
        for (index, inbox) in inboxes.iter().enumerate() {
            let (shared, closing, faults) = (shared.clone(), &closing, &faults);
            threads.push(scope.spawn(move || {
                let mut lane = Lane::new(shared, index, margin);
                let mut deadline = None;
                loop {
                    let is_closing = closing.load(Ordering::Relaxed);
                    let active = lane.step(began.elapsed(), inbox, is_closing);
                    lane.show(inbox);
                    faults.fetch_max(lane.faults(), Ordering::Relaxed);
                    if is_closing {
                        let deadline = *deadline.get_or_insert_with(|| Instant::now() + CLOSING);
                        if lane.is_landed() || Instant::now() > deadline {
                            return;
                        }
                    }
                    if !active {
                        sleep(IDLE);
                    }
                }
            }));
        }
        ended = scan(&shared, &inboxes, &faults, stop);
        closing.store(true, Ordering::Relaxed);
        info!("ending; what is in flight is waited for");
        for thread in threads {
            let _ = thread.join();
        }
        landed.store(true, Ordering::Relaxed);
        let _ = follow.join();
    });
    ended?;
    let metrics = &shared.metrics;
    let report = Report {
        accepted: metrics.accepted.get(),
        repeated: metrics.repeated.get(),
        refused: metrics.refused.get(),
        items: metrics.items.get(),
        left: shared.spool.left() as u64,
    };
    info!(
        accepted = report.accepted,
        repeated = report.repeated,
        refused = report.refused,
        items = report.items,
        left = report.left,
        "ended"
    );
    Ok(report)
}

/// Looks into the folder until it is told to end, or nothing is left to do.
fn scan(shared: &Shared, inboxes: &[Inbox], faults: &AtomicU32, stop: &AtomicBool) -> Result<(), RelayError> {
    let mut quiet = 0;
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        match shared.spool.scan() {
            Ok(found) => {
                shared.metrics.scans.add(1);
                let is_new = !found.new.is_empty();
                for (at, inbox) in inboxes.iter().enumerate() {
                    let own = |name: &&crate::name::Name| name.device as usize % inboxes.len() == at;
                    inbox.tell(found.new.iter().filter(own).copied(), true);
                    inbox.tell(found.gone.iter().filter(own).copied(), false);
                }
                let is_busy = inboxes.iter().any(|inbox| inbox.state() == State::Busy);
                quiet = if is_new || is_busy { 0 } else { quiet + 1 };
            }
            Err(error) => error!(%error, "the folder can't be read"),
        }
        if shared.options.once {
            if quiet >= 2 {
                return Ok(());
            }
            let faults = faults.swap(0, Ordering::Relaxed);
            if faults >= FAULTS {
                return Err(RelayError::Faults(faults));
            }
        }
        // A look takes longer the more lies there; never more than a tenth of the time goes into it.
        let pause = shared.options.poll.max(began.elapsed() * 9);
        let until = Instant::now() + pause;
        while Instant::now() < until && !stop.load(Ordering::Relaxed) {
            sleep(IDLE);
        }
    }
    Ok(())
}
