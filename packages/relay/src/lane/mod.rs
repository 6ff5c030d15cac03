//! A sender with its devices: everything that happens, one step after the other.
//!
//! A lane remembers nothing that it could not learn from the spool and the chain. Whenever it can't tell what became
//! of a batch it puts it back among the waiting ones and asks the chain where the device stands; the oracle makes a
//! batch that is sent twice a `repeat`. So no order of events counts a batch twice, and only what the chain is known
//! to have, or never to take, leaves the spool.
//!
//! | file | what |
//! | --- | --- |
//! | `collect` | what blocks say of transactions in flight |
//! | `watch` | transactions that are in no block: handed over again, then given up |
//! | `settle` | devices whose standing is not known: the chain is asked, finished batches are recognised |
//! | `fill` | the next transactions |

mod collect;
mod fill;
mod settle;
mod watch;

use crate::board::Board;
use crate::chain::Chain;
use crate::device::Device;
use crate::gas::GasModel;
use crate::metrics::Metrics;
use crate::name::Name;
use crate::options::Options;
use crate::pack::{Limits, Pack};
use crate::spool::{Move, Spool};
use crate::verdict::Why;
use cosmwasm_std::Timestamp;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tracing::{error, warn};
use vrs_client::{Signed, TxError};
use vrs_days::{Clock, Day};

/// First and longest pause after something went wrong.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(10));
/// Transactions that were given up and whose coming is still noticed.
const GHOSTS: usize = 64;
/// Batches of one transaction where none fails.
const BATCHES: u64 = 4_096;

/// What a lane has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing is left.
    Empty,
    /// What is left waits for somebody's help.
    Stuck,
    /// Something is on its way or due.
    Busy,
}

/// What lanes share.
#[derive(Clone)]
pub struct Shared {
    /// The chain.
    pub chain: Arc<dyn Chain>,
    /// The folder.
    pub spool: Arc<Spool>,
    /// What blocks say.
    pub board: Arc<Board>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// What was asked for.
    pub options: Arc<Options>,
    /// The programme's clock.
    pub clock: Clock,
}

impl Shared {
    /// The programme day of the last block.
    fn day(&self) -> Day {
        self.clock.day(Timestamp::from_seconds(self.board.tip().seconds))
    }
}

/// News for a lane: batches that came into the spool, and that were taken out of it.
#[derive(Debug, Default)]
pub struct Inbox {
    news: Mutex<Vec<(Name, bool)>>,
    /// What the lane had to do when it had heard so many news, and how many there were in all.
    state: Mutex<(Option<State>, u64)>,
    told: AtomicU64,
}

impl Inbox {
    /// Tells of batches that came or went.
    pub fn tell(&self, names: impl Iterator<Item = Name>, is_there: bool) {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let before = news.len();
        news.extend(names.map(|name| (name, is_there)));
        self.told.fetch_add((news.len() - before) as u64, Ordering::SeqCst);
    }

    fn take(&self) -> Vec<(Name, bool)> {
        std::mem::take(&mut *self.news.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the lane has to do; busy as long as it has not seen to all news.
    pub fn state(&self) -> State {
        let (state, heard) = *self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_heard = heard == self.told.load(Ordering::SeqCst);
        state.filter(|_| is_heard).unwrap_or(State::Busy)
    }
}

/// A transaction that was handed to the node.
#[derive(Debug)]
struct Flight {
    number: u64,
    pack: Pack,
    signed: Signed,
    /// When it was handed over last, and at which block.
    offered: (Duration, u64),
    /// How often it was.
    tries: u32,
    /// Whether the node is not known to have it.
    is_unsure: bool,
}

/// A sender with its devices.
pub struct Lane {
    shared: Shared,
    index: usize,
    address: String,
    devices: BTreeMap<u32, Device>,
    /// The device that was served last.
    turn: u32,
    /// The account's next sequence number; none where the chain is to be asked.
    sequence: Option<u64>,
    flights: VecDeque<Flight>,
    /// Flights that were given up.
    ghosts: VecDeque<Flight>,
    /// The next transaction, and its number.
    draft: Pack,
    number: u64,
    model: GasModel,
    limits: Limits,
    moves: Vec<Move>,
    /// Transactions by batch, as the node's index told them.
    carriers: HashMap<(u32, u32), (String, u64)>,
    /// How many more times the index is asked in vain.
    searches: u32,
    paused_until: Duration,
    pauses: u32,
    last_sent: Duration,
    returns: u64,
    /// News that were heard.
    heard: u64,
}

impl Lane {
    /// The lane of a sender. `margin` is what gas is multiplied with, in thousandths.
    pub fn new(shared: Shared, index: usize, margin: u64) -> Self {
        let limits = Limits {
            gas: shared.options.gas,
            bytes: shared.options.bytes as u64,
            batches: BATCHES,
        };
        Lane {
            address: shared.chain.address(index),
            index,
            devices: BTreeMap::new(),
            turn: 0,
            sequence: None,
            flights: VecDeque::new(),
            ghosts: VecDeque::new(),
            draft: Pack::default(),
            number: 1,
            model: GasModel::new(margin),
            limits,
            moves: vec![],
            carriers: HashMap::new(),
            searches: 16,
            paused_until: Duration::ZERO,
            pauses: 0,
            last_sent: Duration::ZERO,
            returns: shared.board.returns(),
            heard: 0,
            shared,
        }
    }

    /// Does what can be done now; `now` counts from any moment. Whether anything was done. A lane that is `closing`
    /// sends nothing new.
    pub fn step(&mut self, now: Duration, inbox: &Inbox, closing: bool) -> bool {
        let mut active = self.hear(inbox);
        active |= self.collect(now);
        active |= self.flush(now);
        if now < self.paused_until {
            return active;
        }
        active |= self.watch(now);
        if !closing && now >= self.paused_until {
            active |= self.settle(now);
            active |= self.fill(now);
        }
        active |= self.flush(now);
        self.tell();
        active
    }

    /// Whether nothing is in flight and nothing is to be moved.
    pub fn is_landed(&self) -> bool {
        self.flights.is_empty() && self.moves.is_empty()
    }

    /// What is left to do.
    pub fn state(&self) -> State {
        if !self.is_landed() || !self.draft.is_empty() {
            return State::Busy;
        }
        let states = self.devices.values().filter(|device| !device.batches.is_empty());
        let state = |device: &Device| if device.is_busy() { State::Busy } else { State::Stuck };
        states.map(state).max().unwrap_or(State::Empty)
    }

    /// Tells what is left to do, for those who look at the inbox.
    pub fn show(&self, inbox: &Inbox) {
        *inbox.state.lock().unwrap_or_else(PoisonError::into_inner) = (Some(self.state()), self.heard);
    }

    /// How often in a row something went wrong.
    pub fn faults(&self) -> u32 {
        self.pauses
    }

    fn hear(&mut self, inbox: &Inbox) -> bool {
        let news = inbox.take();
        self.heard += news.len() as u64;
        for (name, is_there) in &news {
            let device = self.devices.entry(name.device).or_default();
            if *is_there {
                device.add(name.sequence);
            } else if device.batches.get(&name.sequence) == Some(&crate::device::Place::Waiting) {
                device.remove(name.sequence);
            }
        }
        !news.is_empty()
    }

    /// Moves files. What can't be moved now is tried again; the chain has it, so nothing is lost meanwhile.
    fn flush(&mut self, now: Duration) -> bool {
        if self.moves.is_empty() || now < self.paused_until {
            return false;
        }
        match self.shared.spool.finish(&self.moves) {
            Ok(()) => self.moves.clear(),
            Err(error) => {
                error!(%error, "finished batches can't be moved");
                self.pause(now);
            }
        }
        true
    }

    /// Everything waits, longer each time.
    fn pause(&mut self, now: Duration) {
        let pause = PAUSES.0.saturating_mul(1 << self.pauses.min(10)).min(PAUSES.1);
        self.pauses += 1;
        self.paused_until = now + pause;
        self.shared.metrics.pauses.add(1);
    }

    fn cheer(&mut self) {
        self.pauses = 0;
    }

    /// The node can't be asked now.
    fn trouble(&mut self, now: Duration, what: &str, error: &TxError) {
        if error.is_passing() {
            warn!(sender = self.address, %error, "{what}; trying again");
        } else {
            error!(sender = self.address, %error, "{what}; trying again");
        }
        self.pause(now);
    }

    /// A device waits.
    fn hold(&mut self, device: u32, why: Why, now: Duration) {
        let Some(entry) = self.devices.get_mut(&device) else {
            return;
        };
        let words = match &why {
            Why::Missing(next) => format!(
                "{}: nothing later can be sent",
                Name {
                    device,
                    sequence: *next
                }
            ),
            Why::Contract(words) | Why::Node(words) => words.clone(),
            _ => String::new(),
        };
        if why.is_passing() {
            tracing::info!(device, reason = why.name(), words, "device waits");
        } else {
            warn!(
                device,
                reason = why.name(),
                words,
                "device is held up until somebody sees to it"
            );
        }
        entry.pause(why, now);
    }

    /// Tells the figures that are not counted but measured.
    fn tell(&self) {
        let held = |name: &str| {
            let is = |device: &&Device| matches!(&device.wait, Some((why, _)) if why.name() == name);
            self.devices.values().filter(is).count()
        };
        let flying = self.devices.values().map(|device| device.flying).sum();
        let queue: usize = self.devices.values().map(|device| device.batches.len()).sum();
        let own = crate::metrics::Own {
            queue,
            flying,
            flights: self.flights.len(),
            held: crate::metrics::HELD.map(held),
        };
        self.shared.metrics.tell(self.index, own);
    }
}
