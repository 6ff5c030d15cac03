//! A contract's storage that can go back to where it stood before its latest calls.

use crate::corpus::Access;
use std::collections::BTreeMap;

/// Keys and values.
pub type Map = BTreeMap<Vec<u8>, Vec<u8>>;

/// Keys and what they held before.
type Undo = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// A contract's storage within a transaction.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    map: Map,
    undo: Vec<Undo>,
}

impl Shelf {
    /// What it holds.
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// Begins a call that may write.
    pub fn mark(&mut self) {
        self.undo.push(vec![]);
    }

    /// Writes within the call that was begun last; none: removes.
    pub fn write(&mut self, key: &[u8], value: Option<&[u8]>) {
        let old = match value {
            Some(value) => self.map.insert(key.to_vec(), value.to_vec()),
            None => self.map.remove(key),
        };
        if let Some(undo) = self.undo.last_mut() {
            undo.push((key.to_vec(), old));
        }
    }

    /// A whole call's writes.
    pub fn apply(&mut self, accesses: &[Access]) {
        self.mark();
        for access in accesses {
            match access {
                Access::Set(key, value) => self.write(key, Some(value)),
                Access::Remove(key) => self.write(key, None),
                _ => {}
            }
        }
    }

    /// Takes the latest call back; false: there is none since the transaction began.
    pub fn rewind(&mut self) -> bool {
        let Some(undo) = self.undo.pop() else {
            return false;
        };
        for (key, old) in undo.into_iter().rev() {
            match old {
                Some(value) => self.map.insert(key, value),
                None => self.map.remove(&key),
            };
        }
        true
    }

    /// The transaction ended: what stands, stands.
    pub fn settle(&mut self) {
        self.undo.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_call_by_call_to_where_the_transaction_began() {
        let (key, other) = (b"k".to_vec(), b"l".to_vec());
        let mut shelf = Shelf::default();
        shelf.apply(&[Access::Set(key.clone(), b"1".to_vec())]);
        shelf.settle();
        let before = shelf.map().clone();
        shelf.apply(&[Access::Set(key.clone(), b"2".to_vec()), Access::Remove(key.clone())]);
        let between = shelf.map().clone();
        shelf.apply(&[Access::Set(other, b"3".to_vec()), Access::Set(key, b"4".to_vec())]);
        assert!(shelf.rewind());
        assert_eq!(shelf.map(), &between);
        assert!(shelf.rewind());
        assert_eq!(shelf.map(), &before);
        assert!(!shelf.rewind(), "what an earlier transaction wrote stands");
    }
}
