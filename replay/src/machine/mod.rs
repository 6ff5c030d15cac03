//! The virtual machine that chains run, with the wasm that they are given.

mod chain;
mod probe;

use crate::corpus::{Access, Call, Code, Entry};
use crate::shelf::Shelf;
use anyhow::{anyhow, Context as _, Result};
use chain::{Answers, Desk, Store};
use cosmwasm_std::Checksum;
use cosmwasm_vm::testing::MockApi;
use cosmwasm_vm::{
    call_execute_raw, call_instantiate_raw, call_migrate_raw, call_query_raw, call_reply_raw, capabilities_from_csv,
    Backend, Cache, CacheOptions, Instance, InstanceOptions, Size,
};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// What wasmd 0.61 offers to contracts.
const CAPABILITIES: &str = "iterator,staking,stargate,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,\
                            cosmwasm_2_0,cosmwasm_2_1,cosmwasm_2_2";
/// Memory that a contract gets there.
const MEMORY: Size = Size::mebi(32);
/// Compiled code that a node keeps in memory unasked.
const MEMORY_CACHE: Size = Size::mebi(100);
/// More gas than any call may take: a call that runs for ever ends.
const GAS_LIMIT: u64 = 500_000_000_000_000;
/// The machine's gas for one of the chain's.
pub const GAS_MULTIPLIER: u64 = 140_000;

type Wasm = Instance<MockApi, Store, Answers>;

/// The machine, holding the codes.
pub struct Machine {
    cache: Cache<MockApi, Store, Answers>,
    checksums: BTreeMap<Code, Checksum>,
    prefix: &'static str,
}

/// A contract that could be called.
pub struct Loaded {
    _wasm: Wasm,
}

/// How a call went on the machine.
#[derive(Debug)]
pub struct Run {
    /// What it answered, or why the machine stopped it.
    pub outcome: Result<Vec<u8>, String>,
    /// All that it asked of the chain, in order.
    pub accesses: Vec<Access>,
    /// The machine's gas.
    pub gas: u64,
    /// From the cache to a contract that can be called.
    pub loading: Duration,
    /// The call itself.
    pub running: Duration,
}

impl Machine {
    /// A machine that keeps compiled code in `folder`; addresses begin with `prefix`.
    pub fn new(folder: &Path, prefix: &'static str) -> Result<Self> {
        let options = CacheOptions::new(folder, capabilities_from_csv(CAPABILITIES), MEMORY_CACHE, MEMORY);
        // SAFETY: nobody but this process writes into the folder, so what stands there is what it compiled.
        #[allow(unsafe_code, reason = "the machine offers no other way to cache what it compiles")]
        let cache = unsafe { Cache::new(options) }?;
        Ok(Machine {
            cache,
            checksums: BTreeMap::new(),
            prefix,
        })
    }

    /// The same after a restart: codes that were stored in `folder`, none of them in memory.
    pub fn open(folder: &Path, prefix: &'static str, codes: &[(Code, Vec<u8>)]) -> Result<Self> {
        let mut machine = Self::new(folder, prefix)?;
        let checksums = codes.iter().map(|(code, wasm)| (*code, Checksum::generate(wasm)));
        machine.checksums = checksums.collect();
        Ok(machine)
    }

    /// Checks and compiles a code as a chain does when it is stored.
    pub fn store(&mut self, code: Code, wasm: &[u8]) -> Result<()> {
        let stored = self.cache.store_code(wasm, true, true);
        let checksum = stored.with_context(|| format!("{}.wasm", code.name()))?;
        self.checksums.insert(code, checksum);
        Ok(())
    }

    /// Stores every code from `folder`.
    pub fn store_all(&mut self, folder: &Path) -> Result<()> {
        for code in Code::ALL {
            self.store(code, &wasm(folder, code)?)?;
        }
        Ok(())
    }

    /// Keeps every code in memory for good, as a chain does with those that its governance pins.
    pub fn pin_all(&self) -> Result<()> {
        for checksum in self.checksums.values() {
            self.cache.pin(checksum)?;
        }
        Ok(())
    }

    /// Makes a call on a contract that holds what `shelf` holds; questions get the recorded answers, in order.
    ///
    /// Writes stay where the contract answers without an error.
    pub fn run(&self, call: &Call, shelf: &Rc<RefCell<Shelf>>) -> Result<Run> {
        let desk = Rc::new(RefCell::new(Desk::new(&call.accesses)));
        if call.entry.writes() {
            shelf.borrow_mut().mark();
        }
        let began = Instant::now();
        let mut instance = self.instance(call.code, shelf, &desk)?;
        let loading = began.elapsed();
        let began = Instant::now();
        let outcome = enter(&mut instance, call);
        let running = began.elapsed();
        let gas = instance.create_gas_report().used_internally;
        drop(instance);
        let refused = outcome.as_deref().map_or(true, crate::corpus::refused);
        if call.entry.writes() && refused {
            shelf.borrow_mut().rewind();
        }
        let accesses = std::mem::take(&mut desk.borrow_mut().accesses);
        Ok(Run {
            outcome,
            accesses,
            gas,
            loading,
            running,
        })
    }

    /// A contract that can be called, on an empty storage.
    pub fn load(&self, code: Code) -> Result<Loaded> {
        let desk = Rc::new(RefCell::new(Desk::new(&[])));
        self.instance(code, &Rc::default(), &desk)
            .map(|wasm| Loaded { _wasm: wasm })
    }

    fn instance(&self, code: Code, shelf: &Rc<RefCell<Shelf>>, desk: &Rc<RefCell<Desk>>) -> Result<Wasm> {
        let checksum = self.checksums.get(&code);
        let checksum = checksum.ok_or_else(|| anyhow!("{} is not stored", code.name()))?;
        let backend = Backend {
            api: MockApi::default().with_prefix(self.prefix),
            storage: Store::new(shelf, desk),
            querier: Answers::new(desk),
        };
        let options = InstanceOptions { gas_limit: GAS_LIMIT };
        Ok(self.cache.get_instance(checksum, backend, options)?)
    }
}

/// A contract's wasm in the folder of artifacts.
pub fn wasm(folder: &Path, code: Code) -> Result<Vec<u8>> {
    let path = folder.join(code.name()).with_extension("wasm");
    std::fs::read(&path).with_context(|| format!("{}: scripts/build makes it", path.display()))
}

fn enter(instance: &mut Wasm, call: &Call) -> Result<Vec<u8>, String> {
    let (env, msg) = (&call.env, &call.msg);
    let info = call.info.as_deref().unwrap_or_default();
    match call.entry {
        Entry::Instantiate => call_instantiate_raw(instance, env, info, msg),
        Entry::Execute => call_execute_raw(instance, env, info, msg),
        Entry::Reply => call_reply_raw(instance, env, msg),
        Entry::Migrate => call_migrate_raw(instance, env, msg),
        Entry::Query => call_query_raw(instance, env, msg),
    }
    .map_err(|error| error.to_string())
}
