use crate::state::peek;
use cosmwasm_std::{StdResult, Storage};
use serde::{de::DeserializeOwned, Serialize};
use std::collections::BTreeMap;
use vrs_table::{Key, Table};

/// The records of a table that a message has changed so far. They are stored at its end, each once,
/// however many orders changed it: a write costs 2,000 gas, and to pack and unpack records in between
/// took most of an order's time.
pub struct Sheet<K: 'static, V: 'static> {
    table: &'static Table<K, V>,
    rows: BTreeMap<K, V>,
}

impl<K, V> Sheet<K, V>
where
    K: Key + Ord + Clone,
    V: Serialize + DeserializeOwned + Clone,
{
    /// Without changes.
    pub fn of(table: &'static Table<K, V>) -> Self {
        Sheet {
            table,
            rows: BTreeMap::new(),
        }
    }

    /// A record that was changed.
    pub fn row(&self, key: &K) -> Option<&V> {
        self.rows.get(key)
    }

    /// A record as it stands, changed or not; cheap where there is none.
    pub fn peek(&self, storage: &dyn Storage, key: &K) -> StdResult<Option<V>> {
        match self.rows.get(key) {
            Some(row) => Ok(Some(row.clone())),
            None => peek(self.table, storage, key),
        }
    }

    /// A record as it stands, which there is.
    pub fn load(&self, storage: &dyn Storage, key: &K) -> StdResult<V> {
        match self.rows.get(key) {
            Some(row) => Ok(row.clone()),
            None => self.table.load(storage, key),
        }
    }

    /// The last changed record from `from` to `to`, both included.
    pub fn last(&self, from: K, to: K) -> Option<(&K, &V)> {
        self.rows.range(from..=to).next_back()
    }

    /// Changes a record.
    pub fn set(&mut self, key: K, value: V) {
        self.rows.insert(key, value);
    }

    /// Stores the changes.
    pub fn store(self, storage: &mut dyn Storage) -> StdResult<()> {
        for (key, value) in self.rows {
            self.table.save(storage, &key, &value)?;
        }
        Ok(())
    }
}
