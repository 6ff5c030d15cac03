//! The message's buffer answers as the storage would, and writes only what changed.

use crate::buffer::Buffer;
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Record, Storage};
use proptest::prelude::*;
use std::cell::Cell;

#[derive(Clone, Debug)]
enum Step {
    Get(u8),
    Set(u8, u8),
    Remove(u8),
    Range(Option<u8>, Option<u8>, bool, usize),
}

fn step() -> impl Strategy<Value = Step> {
    let key = 0..12u8;
    prop_oneof![
        key.clone().prop_map(Step::Get),
        (key.clone(), 1..4u8).prop_map(|(k, v)| Step::Set(k, v)),
        key.clone().prop_map(Step::Remove),
        (
            proptest::option::of(key.clone()),
            proptest::option::of(key),
            any::<bool>(),
            0..14usize
        )
            .prop_map(|(from, to, down, take)| Step::Range(from, to, down, take)),
    ]
}

fn range(storage: &dyn Storage, from: Option<u8>, to: Option<u8>, down: bool, take: usize) -> Vec<Record> {
    let (from, to) = (from.map(|k| vec![k]), to.map(|k| vec![k]));
    let order = if down { Order::Descending } else { Order::Ascending };
    storage
        .range(from.as_deref(), to.as_deref(), order)
        .take(take)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn it_answers_as_the_storage_would(
        before in proptest::collection::btree_map(0..12u8, 1..4u8, 0..12),
        steps in proptest::collection::vec(step(), 0..40),
    ) {
        let mut plain = MockStorage::new();
        let mut base = MockStorage::new();
        for (key, value) in &before {
            plain.set(&[*key], &[*value]);
            base.set(&[*key], &[*value]);
        }
        let mut buffer = Buffer::new(&base);
        for step in steps {
            match step {
                Step::Get(key) => prop_assert_eq!(buffer.get(&[key]), plain.get(&[key])),
                Step::Set(key, value) => {
                    buffer.set(&[key], &[value]);
                    plain.set(&[key], &[value]);
                }
                Step::Remove(key) => {
                    buffer.remove(&[key]);
                    plain.remove(&[key]);
                }
                Step::Range(from, to, down, take) => prop_assert_eq!(
                    range(&buffer, from, to, down, take),
                    range(&plain, from, to, down, take)
                ),
            }
        }
        let changes = buffer.into_changes();
        changes.apply(&mut base);
        prop_assert_eq!(range(&base, None, None, false, 99), range(&plain, None, None, false, 99));
    }
}

/// Counts what reaches the storage.
#[derive(Default)]
struct Counted {
    inner: MockStorage,
    reads: Cell<u32>,
    writes: u32,
}

impl Storage for Counted {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.reads.set(self.reads.get() + 1);
        self.inner.get(key)
    }
    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.writes += 1;
        self.inner.set(key, value);
    }
    fn remove(&mut self, key: &[u8]) {
        self.writes += 1;
        self.inner.remove(key);
    }
    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        self.inner.range(start, end, order)
    }
}

#[test]
fn each_key_is_read_once_and_written_once() {
    let mut storage = Counted::default();
    storage.inner.set(b"a", b"1");
    storage.inner.set(b"b", b"2");
    let mut buffer = Buffer::new(&storage);
    for n in 0..5u8 {
        buffer.get(b"a");
        buffer.get(b"none");
        buffer.set(b"c", &[n]);
    }
    // Found by a range: no read of its own. Changed and changed back: not written.
    assert_eq!(buffer.range(Some(b"b"), None, Order::Ascending).count(), 2);
    assert_eq!(buffer.get(b"b"), Some(b"2".to_vec()));
    buffer.set(b"b", b"9");
    buffer.set(b"b", b"2");
    let changes = buffer.into_changes();
    assert_eq!(storage.reads.get(), 2);
    changes.apply(&mut storage);
    assert_eq!(storage.writes, 1);
}
