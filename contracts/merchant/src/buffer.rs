use cosmwasm_std::{Order, Record, Storage};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;

type Bytes = Vec<u8>;
/// What stands under each key that was looked at or written; none: nothing.
type Entries = BTreeMap<Bytes, Option<Bytes>>;

/// A message's view of the storage: every key is read once and written at most once, however often
/// the message touches it (a read costs 1,000 gas and more, a write 2,000; computing is nearly free).
/// Ranges see what was written. Nothing reaches the storage before [`Changes::apply`].
pub struct Buffer<'a> {
    base: &'a dyn Storage,
    /// What the base holds, as far as it was asked.
    known: RefCell<Entries>,
    /// What the message wrote.
    written: Entries,
}

/// What a message changed.
pub struct Changes(Entries);

impl<'a> Buffer<'a> {
    /// A view without changes.
    pub fn new(base: &'a dyn Storage) -> Self {
        Buffer {
            base,
            known: RefCell::new(Entries::new()),
            written: Entries::new(),
        }
    }

    /// What differs from the base, as far as that is known without asking again.
    pub fn into_changes(self) -> Changes {
        let known = self.known.into_inner();
        let mut written = self.written;
        written.retain(|key, value| known.get(key) != Some(value));
        Changes(written)
    }
}

impl Changes {
    /// Writes the changes.
    pub fn apply(self, storage: &mut dyn Storage) {
        for (key, value) in self.0 {
            match value {
                Some(value) => storage.set(&key, &value),
                None => storage.remove(&key),
            }
        }
    }
}

impl Storage for Buffer<'_> {
    fn get(&self, key: &[u8]) -> Option<Bytes> {
        if let Some(value) = self.written.get(key) {
            return value.clone();
        }
        if let Some(value) = self.known.borrow().get(key) {
            return value.clone();
        }
        let value = self.base.get(key);
        self.known.borrow_mut().insert(key.to_vec(), value.clone());
        value
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.written.insert(key.to_vec(), Some(value.to_vec()));
    }

    fn remove(&mut self, key: &[u8]) {
        self.written.insert(key.to_vec(), None);
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
        let ours = self.written.range((from, to));
        let ours: Box<dyn Iterator<Item = _>> = match order {
            Order::Ascending => Box::new(ours),
            Order::Descending => Box::new(ours.rev()),
        };
        // Nothing is fetched ahead: a step costs gas.
        let mut ours = ours.peekable();
        let mut base = self.base.range(start, end, order).peekable();
        Box::new(std::iter::from_fn(move || loop {
            let ours_first = match (ours.peek(), base.peek()) {
                (None, None) => return None,
                (None, Some(_)) => false,
                (Some(_), None) => true,
                (Some((key, _)), Some((stored, _))) if *key == stored => {
                    base.next();
                    true
                }
                (Some((key, _)), Some((stored, _))) => (*key < stored) == (order == Order::Ascending),
            };
            if !ours_first {
                let record = base.next();
                if let Some((key, value)) = &record {
                    self.known.borrow_mut().insert(key.clone(), Some(value.clone()));
                }
                return record;
            }
            if let Some((key, Some(value))) = ours.next() {
                return Some((key.clone(), value.clone()));
            }
        }))
    }
}
