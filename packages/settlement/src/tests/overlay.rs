//! An overlay reads as a map would into which the same was written.

use crate::Overlay;
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Record, Storage};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Set(Vec<u8>, Vec<u8>),
    Remove(Vec<u8>),
    Get(Vec<u8>),
    Range(Option<Vec<u8>>, Option<Vec<u8>>, bool),
}

/// Few, short keys, so that they meet; the empty key is as good as any.
fn key() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0..4u8, 0..3)
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 1..3)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (key(), value()).prop_map(|(k, v)| Step::Set(k, v)),
        key().prop_map(Step::Remove),
        key().prop_map(Step::Get),
        (prop::option::of(key()), prop::option::of(key()), any::<bool>()).prop_map(|(a, b, up)| Step::Range(a, b, up)),
    ]
}

fn model_range(
    map: &BTreeMap<Vec<u8>, Vec<u8>>,
    start: Option<&[u8]>,
    end: Option<&[u8]>,
    order: Order,
) -> Vec<Record> {
    let inside = |key: &[u8]| start.is_none_or(|start| key >= start) && end.is_none_or(|end| key < end);
    let mut found: Vec<Record> = map
        .iter()
        .filter(|(key, _)| inside(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if order == Order::Descending {
        found.reverse();
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn equals_a_map(
        stored in prop::collection::btree_map(key(), value(), 0..12),
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let mut base = MockStorage::new();
        for (key, value) in &stored {
            base.set(key, value);
        }
        let mut model = stored.clone();
        let mut overlay = Overlay::new(&base);
        for step in steps {
            match step {
                Step::Set(key, value) => {
                    overlay.set(&key, &value);
                    model.insert(key, value);
                }
                Step::Remove(key) => {
                    overlay.remove(&key);
                    model.remove(&key);
                }
                Step::Get(key) => prop_assert_eq!(overlay.get(&key), model.get(&key).cloned()),
                Step::Range(start, end, up) => {
                    let order = if up { Order::Ascending } else { Order::Descending };
                    let (start, end) = (start.as_deref(), end.as_deref());
                    let got: Vec<Record> = overlay.range(start, end, order).collect();
                    prop_assert_eq!(got, model_range(&model, start, end, order));
                }
            }
        }
        let all: Vec<Record> = base.range(None, None, Order::Ascending).collect();
        prop_assert_eq!(all, stored.into_iter().collect::<Vec<_>>(), "the base is only read");
    }
}

#[test]
fn a_removed_key_set_again_is_there() {
    let mut base = MockStorage::new();
    base.set(b"a", b"1");
    let mut overlay = Overlay::new(&base);
    overlay.remove(b"a");
    assert_eq!(overlay.get(b"a"), None);
    assert_eq!(overlay.range(None, None, Order::Ascending).count(), 0);
    overlay.set(b"a", b"2");
    let all: Vec<Record> = overlay.range(None, None, Order::Descending).collect();
    assert_eq!(all, [(b"a".to_vec(), b"2".to_vec())]);
}

#[test]
fn an_empty_or_inverted_range_is_empty() {
    let mut base = MockStorage::new();
    base.set(b"b", b"1");
    let mut overlay = Overlay::new(&base);
    overlay.set(b"c", b"1");
    for (start, end) in [(b"b", b"b"), (b"c", b"b")] {
        assert_eq!(overlay.range(Some(start), Some(end), Order::Ascending).count(), 0);
    }
}
