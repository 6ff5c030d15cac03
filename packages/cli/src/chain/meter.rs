//! Counts what each contract asks of its storage, as a chain would charge it.
//!
//! A key counts with the 33 bytes that a chain puts before it. Off by default: then a call costs one
//! look at a flag.

use cosmwasm_std::{Binary, Checksum, Deps, DepsMut, Empty, Env, MessageInfo, Order, Record, Reply, Response, Storage};
use cw_multi_test::error::AnyResult;
use cw_multi_test::Contract;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Bytes that a chain puts before a contract's key: a tag and its address.
const KEY_PREFIX: u64 = 33;

/// What a contract asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counters {
    /// Calls of an entry point that may write.
    pub calls: u64,
    /// Queries.
    pub queries: u64,
    /// Single reads.
    pub reads: u64,
    /// Bytes of their keys and values.
    pub read_bytes: u64,
    /// Writes.
    pub writes: u64,
    /// Bytes of their keys and values.
    pub write_bytes: u64,
    /// Deletes.
    pub deletes: u64,
    /// Ranges begun.
    pub ranges: u64,
    /// Steps of ranges.
    pub steps: u64,
    /// Bytes of the keys and values that they gave.
    pub step_bytes: u64,
    /// Bytes of messages in, and of responses and answers out.
    pub message_bytes: u64,
}

#[derive(Default)]
struct Shared {
    on: Cell<bool>,
    by_code: RefCell<BTreeMap<&'static str, Rc<Cell<Counters>>>>,
}

/// The handle of all counters of a chain.
#[derive(Clone, Default)]
pub struct Meter {
    shared: Rc<Shared>,
}

impl Meter {
    /// Starts or stops counting.
    pub fn switch(&self, on: bool) {
        self.shared.on.set(on);
    }

    /// Sets all counters to nothing.
    pub fn reset(&self) {
        for counters in self.shared.by_code.borrow().values() {
            counters.set(Counters::default());
        }
    }

    /// What was counted since the last reset, by code; instances of one code add up.
    pub fn counters(&self) -> BTreeMap<&'static str, Counters> {
        let by_code = self.shared.by_code.borrow();
        by_code.iter().map(|(code, counters)| (*code, counters.get())).collect()
    }

    /// The same contract, its storage counted.
    pub fn wrap(&self, code: &'static str, inner: Box<dyn Contract<Empty>>) -> Box<dyn Contract<Empty>> {
        let counters = Rc::<Cell<Counters>>::default();
        self.shared.by_code.borrow_mut().insert(code, counters.clone());
        Box::new(Metered {
            inner,
            shared: self.shared.clone(),
            counters,
        })
    }
}

/// A contract whose storage is counted while the meter is on.
struct Metered {
    inner: Box<dyn Contract<Empty>>,
    shared: Rc<Shared>,
    counters: Rc<Cell<Counters>>,
}

impl Metered {
    /// Runs an entry point that may write.
    fn call<T>(&self, deps: DepsMut, bytes: usize, run: impl FnOnce(DepsMut) -> AnyResult<T>) -> AnyResult<T> {
        if !self.shared.on.get() {
            return run(deps);
        }
        tally(&self.counters, |count| {
            count.calls += 1;
            count.message_bytes += bytes as u64;
        });
        let mut storage = Counting {
            inner: deps.storage,
            counters: &self.counters,
        };
        run(DepsMut {
            storage: &mut storage,
            api: deps.api,
            querier: deps.querier,
        })
    }
}

impl Contract<Empty> for Metered {
    fn instantiate(&self, deps: DepsMut, env: Env, info: MessageInfo, msg: Vec<u8>) -> AnyResult<Response> {
        self.call(deps, msg.len(), |deps| self.inner.instantiate(deps, env, info, msg))
    }

    fn execute(&self, deps: DepsMut, env: Env, info: MessageInfo, msg: Vec<u8>) -> AnyResult<Response> {
        self.call(deps, msg.len(), |deps| self.inner.execute(deps, env, info, msg))
    }

    fn query(&self, deps: Deps, env: Env, msg: Vec<u8>) -> AnyResult<Binary> {
        if !self.shared.on.get() {
            return self.inner.query(deps, env, msg);
        }
        let bytes = msg.len();
        let storage = CountingReader {
            inner: deps.storage,
            counters: &self.counters,
        };
        let counted = Deps {
            storage: &storage,
            api: deps.api,
            querier: deps.querier,
        };
        let answer = self.inner.query(counted, env, msg)?;
        tally(&self.counters, |count| {
            count.queries += 1;
            count.message_bytes += (bytes + answer.len()) as u64;
        });
        Ok(answer)
    }

    fn reply(&self, deps: DepsMut, env: Env, msg: Reply) -> AnyResult<Response> {
        self.call(deps, 0, |deps| self.inner.reply(deps, env, msg))
    }

    fn sudo(&self, deps: DepsMut, env: Env, msg: Vec<u8>) -> AnyResult<Response> {
        self.call(deps, msg.len(), |deps| self.inner.sudo(deps, env, msg))
    }

    fn migrate(&self, deps: DepsMut, env: Env, msg: Vec<u8>) -> AnyResult<Response> {
        self.call(deps, msg.len(), |deps| self.inner.migrate(deps, env, msg))
    }

    fn checksum(&self) -> Option<Checksum> {
        self.inner.checksum()
    }
}

fn tally(counters: &Cell<Counters>, change: impl FnOnce(&mut Counters)) {
    let mut count = counters.get();
    change(&mut count);
    counters.set(count);
}

fn read(inner: &dyn Storage, counters: &Cell<Counters>, key: &[u8]) -> Option<Vec<u8>> {
    let value = inner.get(key);
    tally(counters, |count| {
        count.reads += 1;
        count.read_bytes += KEY_PREFIX + (key.len() + value.as_ref().map_or(0, Vec::len)) as u64;
    });
    value
}

fn steps<'a>(
    inner: &'a dyn Storage,
    counters: &'a Cell<Counters>,
    (start, end): (Option<&[u8]>, Option<&[u8]>),
    order: Order,
) -> Box<dyn Iterator<Item = Record> + 'a> {
    tally(counters, |count| count.ranges += 1);
    Box::new(inner.range(start, end, order).inspect(move |(key, value)| {
        tally(counters, |count| {
            count.steps += 1;
            count.step_bytes += KEY_PREFIX + (key.len() + value.len()) as u64;
        });
    }))
}

/// A storage that is counted.
struct Counting<'s> {
    inner: &'s mut dyn Storage,
    counters: &'s Cell<Counters>,
}

impl Storage for Counting<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        read(self.inner, self.counters, key)
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        steps(self.inner, self.counters, (start, end), order)
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        tally(self.counters, |count| {
            count.writes += 1;
            count.write_bytes += KEY_PREFIX + (key.len() + value.len()) as u64;
        });
        self.inner.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        tally(self.counters, |count| count.deletes += 1);
        self.inner.remove(key);
    }
}

/// The storage of a query.
struct CountingReader<'s> {
    inner: &'s dyn Storage,
    counters: &'s Cell<Counters>,
}

impl Storage for CountingReader<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        read(self.inner, self.counters, key)
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        steps(self.inner, self.counters, (start, end), order)
    }

    /// A query's storage is read-only: what is asked for is not done.
    fn set(&mut self, _: &[u8], _: &[u8]) {}

    /// As [`Storage::set`].
    fn remove(&mut self, _: &[u8]) {}
}
