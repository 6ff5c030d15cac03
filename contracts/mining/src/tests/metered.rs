//! Storage that counts what it is asked.

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Record, Storage};
use std::cell::RefCell;

/// Storage operations, and the gas of wasmd's table: a write 2,000 + 30 a byte, a read 1,000 + 3 a byte, a
/// removal 1,000, a step of a range 30 + 3 a byte; each key is 33 bytes longer on chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    pub reads: u64,
    pub writes: u64,
    pub removals: u64,
    pub steps: u64,
    pub gas: u64,
}

#[derive(Default)]
pub struct Metered {
    inner: MockStorage,
    bill: RefCell<Bill>,
}

impl Metered {
    /// What was asked since the last time.
    pub fn take_bill(&self) -> Bill {
        std::mem::take(&mut *self.bill.borrow_mut())
    }

    /// Everything, to come back to.
    pub fn snapshot(&self) -> Vec<Record> {
        self.inner.range(None, None, Order::Ascending).collect()
    }

    pub fn restore(&mut self, records: Vec<Record>) {
        self.inner = MockStorage::new();
        for (key, value) in records {
            self.inner.set(&key, &value);
        }
    }
}

fn size(key: &[u8], value: usize) -> u64 {
    (33 + key.len() + value) as u64
}

impl Storage for Metered {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.inner.get(key);
        let mut bill = self.bill.borrow_mut();
        bill.reads += 1;
        bill.gas += 1_000 + 3 * size(key, value.as_ref().map_or(0, Vec::len));
        value
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        let bill = self.bill.get_mut();
        bill.writes += 1;
        bill.gas += 2_000 + 30 * size(key, value.len());
        self.inner.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        let bill = self.bill.get_mut();
        bill.removals += 1;
        bill.gas += 1_000;
        self.inner.remove(key);
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let bill = &self.bill;
        Box::new(self.inner.range(start, end, order).inspect(move |(key, value)| {
            let mut bill = bill.borrow_mut();
            bill.steps += 1;
            bill.gas += 30 + 3 * size(key, value.len());
        }))
    }
}
