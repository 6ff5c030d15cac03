//! A relayer in pieces, driven by hand: what threads do at once is done here in any order.

use super::fake::{Crash, Fake};
use std::collections::BTreeMap;
use std::fs;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use vrs_days::Clock;
use vrs_relay::board::Follower;
use vrs_relay::lane::{Inbox, Lane, Shared, State};
use vrs_relay::metrics::Metrics;
use vrs_relay::name::Name;
use vrs_relay::spool::{Spool, DONE, REFUSED};
use vrs_relay::Options;

/// Two senders.
pub const SENDERS: usize = 2;

struct Process {
    shared: Shared,
    lanes: Vec<(Lane, Inbox)>,
    follower: Follower,
}

pub struct World {
    pub chain: Arc<Fake>,
    pub now: Duration,
    /// How often the relayer was killed.
    pub crashes: u32,
    folder: TempDir,
    options: Options,
    process: Option<Process>,
}

impl World {
    pub fn new(chain: Fake) -> Self {
        // In memory where there is such a folder: what is tested is order, not a disk.
        let folder = tempfile::tempdir_in("/dev/shm")
            .or_else(|_| tempfile::tempdir())
            .expect("a folder");
        let options = Options {
            spool: folder.path().to_owned(),
            senders: vec![String::new(); SENDERS],
            window: 3,
            linger: Duration::ZERO,
            patience: Duration::from_secs(2),
            ..Options::default()
        };
        World {
            chain: Arc::new(chain),
            now: Duration::ZERO,
            crashes: 0,
            folder,
            options,
            process: None,
        }
    }

    pub fn options(&mut self) -> &mut Options {
        &mut self.options
    }

    pub fn put(&self, device: u32, sequence: u32, bytes: &[u8]) {
        let path = self.folder.path().join(Name { device, sequence }.to_string());
        fs::write(path, bytes).expect("a batch");
    }

    fn process(&mut self) -> &mut Process {
        let (chain, options) = (self.chain.clone(), self.options.clone());
        self.process.get_or_insert_with(|| {
            let shared = Shared {
                chain,
                spool: Arc::new(Spool::open(&options.spool).expect("a spool")),
                board: Arc::default(),
                metrics: Arc::new(Metrics::new(SENDERS)),
                options: Arc::new(options),
                clock: Clock::daily(0),
            };
            let lane = |index| (Lane::new(shared.clone(), index, 1_300), Inbox::default());
            Process {
                lanes: (0..SENDERS).map(lane).collect(),
                follower: Follower::default(),
                shared,
            }
        })
    }

    /// Kills the relayer.
    pub fn kill(&mut self) {
        self.process = None;
        self.crashes += 1;
    }

    /// Runs a part of the relayer; a crash within kills it.
    fn guard(&mut self, part: impl FnOnce(&mut Process, Duration)) {
        let now = self.now;
        let process = self.process();
        match catch_unwind(AssertUnwindSafe(|| part(process, now))) {
            Ok(()) => {}
            Err(payload) if payload.is::<Crash>() => self.kill(),
            Err(payload) => std::panic::resume_unwind(payload),
        }
    }

    pub fn scan(&mut self) {
        self.guard(|process, _| {
            let found = process.shared.spool.scan().expect("a list");
            for (at, (_, inbox)) in process.lanes.iter().enumerate() {
                let own = |name: &&Name| name.device as usize % SENDERS == at;
                inbox.tell(found.new.iter().filter(own).copied(), true);
                inbox.tell(found.gone.iter().filter(own).copied(), false);
            }
        });
    }

    pub fn follow(&mut self) {
        self.guard(|process, _| {
            let _ = process
                .follower
                .step(process.shared.chain.as_ref(), &process.shared.board);
        });
    }

    pub fn step(&mut self, lane: usize) {
        self.guard(|process, now| {
            let (lane, inbox) = &mut process.lanes[lane];
            lane.step(now, inbox, false);
        });
    }

    /// Everything once, in the usual order, half a second.
    pub fn round(&mut self) {
        self.now += Duration::from_millis(500);
        self.scan();
        self.follow();
        for lane in 0..SENDERS {
            self.step(lane);
        }
        self.chain.mine();
        self.follow();
        for lane in 0..SENDERS {
            self.step(lane);
        }
    }

    pub fn state(&mut self) -> State {
        let lanes = self.process().lanes.iter();
        lanes.map(|(lane, _)| lane.state()).max().expect("lanes")
    }

    /// Rounds until nothing is left to do, or only what waits for help.
    pub fn settle(&mut self) -> State {
        let mut quiet = 0;
        for _ in 0..2_000 {
            self.round();
            quiet = if self.state() == State::Busy { 0 } else { quiet + 1 };
            if quiet > 3 {
                break;
            }
        }
        self.state()
    }

    /// The page of metrics.
    pub fn page(&mut self) -> String {
        self.process().shared.metrics.render(0, false)
    }

    fn names(&self, folder: PathBuf) -> Vec<(u32, u32)> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<(u32, u32)> = entries
            .filter_map(|entry| Name::parse(entry.expect("an entry").file_name().to_str()?))
            .map(|name| (name.device, name.sequence))
            .collect();
        names.sort_unstable();
        names
    }

    pub fn left(&self) -> Vec<(u32, u32)> {
        self.names(self.folder.path().to_owned())
    }

    pub fn done(&self) -> Vec<(u32, u32)> {
        self.names(self.folder.path().join(DONE))
    }

    pub fn refused(&self) -> Vec<(u32, u32)> {
        self.names(self.folder.path().join(REFUSED))
    }

    /// Why a batch was refused.
    pub fn reason(&self, device: u32, sequence: u32) -> String {
        let file = format!("{}.json", Name { device, sequence });
        let text = fs::read(self.folder.path().join(REFUSED).join(file)).expect("a reason");
        let line: serde_json::Value = serde_json::from_slice(&text).expect("json");
        line["reason"].as_str().expect("a reason").to_owned()
    }

    /// Puts a refused batch back, as an operator would.
    pub fn put_back(&self, device: u32, sequence: u32) {
        let file = Name { device, sequence }.to_string();
        fs::rename(
            self.folder.path().join(REFUSED).join(&file),
            self.folder.path().join(&file),
        )
        .expect("moved");
    }

    /// Lines of the log by file.
    pub fn lines(&self) -> BTreeMap<String, u32> {
        let mut lines = BTreeMap::new();
        for entry in fs::read_dir(self.folder.path().join(DONE)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "jsonl") {
                for line in fs::read_to_string(path).expect("a log").lines() {
                    let line: serde_json::Value = serde_json::from_str(line).expect("json");
                    *lines
                        .entry(line["file"].as_str().expect("a file").to_owned())
                        .or_default() += 1;
                }
            }
        }
        lines
    }
}
