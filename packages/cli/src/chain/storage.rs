//! The chain's storage: an ordered map in memory.

use cosmwasm_std::{Order, Record, Storage};
use std::collections::BTreeMap;
use std::ops::Bound;

/// Keys and values in the order of their bytes.
#[derive(Default, Clone)]
pub struct MemStorage {
    map: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl MemStorage {
    /// All entries, ascending.
    pub fn entries(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.map.iter().map(|(key, value)| (key.as_slice(), value.as_slice()))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

impl FromIterator<(Vec<u8>, Vec<u8>)> for MemStorage {
    fn from_iter<I: IntoIterator<Item = (Vec<u8>, Vec<u8>)>>(entries: I) -> Self {
        MemStorage {
            map: entries.into_iter().collect(),
        }
    }
}

impl Storage for MemStorage {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.map.get(key).cloned()
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        // BTreeMap panics on a range that ends before it starts; here it is empty.
        if matches!((start, end), (Some(start), Some(end)) if start >= end) {
            return Box::new(std::iter::empty());
        }
        let bounds = (
            start.map_or(Bound::Unbounded, Bound::Included),
            end.map_or(Bound::Unbounded, Bound::Excluded),
        );
        let range = self.map.range::<[u8], _>(bounds);
        let record = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        match order {
            Order::Ascending => Box::new(range.map(record)),
            Order::Descending => Box::new(range.rev().map(record)),
        }
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        // A node aborts such a call (wasm 29); to `query_wasm_raw` the key would look absent.
        assert!(
            !value.is_empty(),
            "value under key {key:02x?}: expected a byte at least, got none"
        );
        match self.map.get_mut(key) {
            Some(old) => {
                old.clear();
                old.extend_from_slice(value);
            }
            None => {
                self.map.insert(key.to_vec(), value.to_vec());
            }
        }
    }

    fn remove(&mut self, key: &[u8]) {
        self.map.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "value under key [01, ab]: expected a byte at least, got none")]
    fn a_value_of_no_length_stops_the_call() {
        MemStorage::default().set(&[1, 0xab], b"");
    }
}
