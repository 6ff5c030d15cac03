use cosmwasm_std::{Order, Record, Storage};
use std::collections::BTreeMap;
use std::ops::Bound;

/// Writes in memory over storage that is only read: a query closes the days that time has closed
/// here and then answers as if that had been stored.
pub struct Overlay<'a> {
    base: &'a dyn Storage,
    changes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl<'a> Overlay<'a> {
    /// An overlay without changes.
    pub fn new(base: &'a dyn Storage) -> Self {
        Overlay {
            base,
            changes: BTreeMap::new(),
        }
    }
}

impl Storage for Overlay<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        match self.changes.get(key) {
            Some(value) => value.clone(),
            None => self.base.get(key),
        }
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.changes.insert(key.to_vec(), Some(value.to_vec()));
    }

    fn remove(&mut self, key: &[u8]) {
        self.changes.insert(key.to_vec(), None);
    }

    fn range<'b>(
        &'b self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'b> {
        if let (Some(start), Some(end)) = (start, end) {
            if start >= end {
                return Box::new(std::iter::empty());
            }
        }
        let from = start.map_or(Bound::Unbounded, |key| Bound::Included(key.to_vec()));
        let to = end.map_or(Bound::Unbounded, |key| Bound::Excluded(key.to_vec()));
        let changes = self
            .changes
            .range((from, to))
            .map(|(key, value)| (key.clone(), value.clone()));
        let mut changes: Vec<(Vec<u8>, Option<Vec<u8>>)> = changes.collect();
        if order == Order::Descending {
            changes.reverse();
        }
        let mut changes = changes.into_iter().peekable();
        let mut base = self.base.range(start, end, order).peekable();
        Box::new(std::iter::from_fn(move || loop {
            let take_change = match (changes.peek(), base.peek()) {
                (None, None) => return None,
                (None, Some(_)) => false,
                (Some(_), None) => true,
                (Some((changed, _)), Some((stored, _))) => {
                    if changed == stored {
                        base.next();
                        true
                    } else {
                        (changed < stored) == (order == Order::Ascending)
                    }
                }
            };
            if !take_change {
                return base.next();
            }
            if let Some((key, Some(value))) = changes.next() {
                return Some((key, value));
            }
        }))
    }
}
