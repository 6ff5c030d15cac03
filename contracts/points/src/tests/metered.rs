//! Storage that charges what wasmd charges.

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Record, Storage};
use std::cell::Cell;

/// Bytes that a chain puts before each of a contract's keys.
const PREFIX: usize = 33;

#[derive(Default)]
pub struct Metered {
    inner: MockStorage,
    gas: Cell<u64>,
}

impl Metered {
    /// Gas charged since the last call.
    pub fn take(&self) -> u64 {
        self.gas.replace(0)
    }

    /// All entries, free of charge.
    pub fn snapshot(&self) -> Vec<Record> {
        self.inner.range(None, None, Order::Ascending).collect()
    }

    /// Goes back to a snapshot.
    pub fn restore(&mut self, entries: Vec<Record>) {
        self.inner = MockStorage::new();
        for (key, value) in entries {
            self.inner.set(&key, &value);
        }
    }

    fn charge(&self, flat: u64, a_byte: u64, key: &[u8], value: &[u8]) {
        let bytes = (PREFIX + key.len() + value.len()) as u64;
        self.gas.set(self.gas.get() + flat + a_byte * bytes);
    }
}

impl Storage for Metered {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.inner.get(key);
        self.charge(1_000, 3, key, value.as_deref().unwrap_or_default());
        value
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.charge(2_000, 30, key, value);
        self.inner.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.charge(1_000, 0, key, &[]);
        self.inner.remove(key);
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        Box::new(
            self.inner
                .range(start, end, order)
                .inspect(|(key, value)| self.charge(30, 3, key, value)),
        )
    }
}
