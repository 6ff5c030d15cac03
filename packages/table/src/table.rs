use crate::Key;
use cosmwasm_std::{Order, StdError, StdResult, Storage};
use serde::{de::DeserializeOwned, Serialize};
use std::marker::PhantomData;

/// Refuses a value of no bytes (`()`, a unit struct): a node aborts the call that stores one.
fn encode<V: Serialize>(value: &V) -> StdResult<Vec<u8>> {
    let name = std::any::type_name::<V>();
    let bytes = postcard::to_allocvec(value).map_err(|e| StdError::serialize_err(name, e))?;
    if bytes.is_empty() {
        return Err(StdError::serialize_err(name, "expected a byte at least, got none"));
    }
    Ok(bytes)
}

/// Records grow at their end only: what an older version did not write reads as zeros, which are 0,
/// none, false and empty. Costs nothing where the record is whole.
fn decode<V: DeserializeOwned>(bytes: &[u8]) -> StdResult<V> {
    postcard::from_bytes(bytes)
        .or_else(|e| match e {
            postcard::Error::DeserializeUnexpectedEnd => postcard::from_bytes(&[bytes, &[0; GROWTH]].concat()),
            other => Err(other),
        })
        .map_err(|e| StdError::parse_err(std::any::type_name::<V>(), e))
}

/// Bytes of new fields that an old record may lack.
const GROWTH: usize = 64;

/// One value under a one-byte key.
pub struct Cell<V> {
    prefix: u8,
    value: PhantomData<fn() -> V>,
}

impl<V: Serialize + DeserializeOwned> Cell<V> {
    /// The cell under `prefix`.
    pub const fn new(prefix: u8) -> Self {
        Cell {
            prefix,
            value: PhantomData,
        }
    }

    /// The value, or an error that names its type where there is none.
    pub fn load(&self, storage: &dyn Storage) -> StdResult<V> {
        self.may_load(storage)?
            .ok_or_else(|| StdError::not_found(std::any::type_name::<V>()))
    }

    /// The value, if there is one.
    pub fn may_load(&self, storage: &dyn Storage) -> StdResult<Option<V>> {
        storage.get(&[self.prefix]).map(|bytes| decode(&bytes)).transpose()
    }

    /// Stores the value.
    pub fn save(&self, storage: &mut dyn Storage, value: &V) -> StdResult<()> {
        storage.set(&[self.prefix], &encode(value)?);
        Ok(())
    }

    /// Removes the value.
    pub fn remove(&self, storage: &mut dyn Storage) {
        storage.remove(&[self.prefix]);
    }
}

/// Values by key, in the order of the keys' bytes.
pub struct Table<K, V> {
    prefix: u8,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K: Key, V: Serialize + DeserializeOwned> Table<K, V> {
    /// The table under `prefix`.
    pub const fn new(prefix: u8) -> Self {
        Table {
            prefix,
            types: PhantomData,
        }
    }

    fn raw(&self, key: &K) -> Vec<u8> {
        let mut raw = vec![self.prefix];
        key.write(&mut raw);
        raw
    }

    /// The value under `key`, or an error that names its type where there is none.
    pub fn load(&self, storage: &dyn Storage, key: &K) -> StdResult<V> {
        self.may_load(storage, key)?
            .ok_or_else(|| StdError::not_found(std::any::type_name::<V>()))
    }

    /// The value under `key`, if there is one.
    pub fn may_load(&self, storage: &dyn Storage, key: &K) -> StdResult<Option<V>> {
        storage.get(&self.raw(key)).map(|bytes| decode(&bytes)).transpose()
    }

    /// Whether there is a value under `key`.
    pub fn has(&self, storage: &dyn Storage, key: &K) -> bool {
        storage.get(&self.raw(key)).is_some()
    }

    /// Stores a value.
    pub fn save(&self, storage: &mut dyn Storage, key: &K, value: &V) -> StdResult<()> {
        storage.set(&self.raw(key), &encode(value)?);
        Ok(())
    }

    /// Removes a value.
    pub fn remove(&self, storage: &mut dyn Storage, key: &K) {
        storage.remove(&self.raw(key));
    }

    /// Entries from `from` (inclusive, or the first) to `to` (inclusive, or the last). Callers bound
    /// the walk with `take`.
    pub fn range<'a>(
        &self,
        storage: &'a dyn Storage,
        from: Option<K>,
        to: Option<K>,
        order: Order,
    ) -> Box<dyn Iterator<Item = StdResult<(K, V)>> + 'a>
    where
        K: 'a,
        V: 'a,
    {
        let start = from.map_or_else(|| vec![self.prefix], |key| self.raw(&key));
        // Inclusive: the end of the range is the smallest key above `to`.
        let end = to.map_or_else(
            || vec![self.prefix.saturating_add(1)],
            |key| {
                let mut raw = self.raw(&key);
                raw.push(0);
                raw
            },
        );
        Box::new(storage.range(Some(&start), Some(&end), order).map(|(key, value)| {
            let key = key.get(1..).unwrap_or_default();
            Ok((K::read(key)?, decode(&value)?))
        }))
    }

    /// A page of entries after `start_after`, and whether more are left.
    pub fn page(
        &self,
        storage: &dyn Storage,
        start_after: Option<K>,
        limit: Option<u32>,
    ) -> StdResult<(Vec<(K, V)>, bool)> {
        let limit = crate::page(limit);
        // The smallest key above `start_after` is its bytes with a zero behind; no entry has that key.
        let start = start_after.map_or_else(
            || vec![self.prefix],
            |key| {
                let mut raw = self.raw(&key);
                raw.push(0);
                raw
            },
        );
        let end = [self.prefix.saturating_add(1)];
        let mut entries = Vec::new();
        for (key, value) in storage.range(Some(&start), Some(&end), Order::Ascending) {
            if entries.len() == limit {
                return Ok((entries, true));
            }
            entries.push((K::read(key.get(1..).unwrap_or_default())?, decode(&value)?));
        }
        Ok((entries, false))
    }
}
