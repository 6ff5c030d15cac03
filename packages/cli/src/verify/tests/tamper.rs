//! Changes a chain's file behind the contracts' back.

use super::world::save;
use crate::chain::db::{Meta, Reader};
use crate::chain::{Chain, Embedded, MemStorage, Name, Tx};
use crate::verify::Source;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;

/// A chain's file, taken apart.
#[derive(Clone)]
pub struct Parts {
    /// Raw storage.
    pub entries: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Transactions.
    pub txs: Vec<Tx>,
    /// The rest.
    pub meta: Meta,
}

impl Parts {
    /// Reads a file.
    pub fn read(dir: &Path) -> Self {
        let reader = Reader::open(dir).expect("file");
        let chain = reader.chain().expect("chain");
        let entries = chain.embedded().expect("embedded").storage().entries();
        let entries = entries.map(|(key, value)| (key.to_vec(), value.to_vec())).collect();
        let mut txs = vec![];
        reader
            .transactions(|tx| {
                txs.push(tx);
                Ok(true)
            })
            .expect("transactions");
        Parts {
            entries,
            txs,
            meta: reader.meta().expect("meta"),
        }
    }

    /// Writes it into a new folder.
    pub fn save(&self) -> TempDir {
        let chain = self.chain().expect("chain");
        save(&chain, &self.txs, &self.meta)
    }

    /// Verifies it; answers the error's text, or none where everything agrees.
    pub fn fault(&self) -> Option<String> {
        let dir = self.save();
        crate::verify::verify(dir.path())
            .err()
            .map(|error| format!("{error:#}"))
    }

    /// The contract that a raw key belongs to, and the key within it.
    pub fn split<'k>(&self, raw: &'k [u8]) -> Option<(Name, &'k [u8])> {
        self.meta.head.contracts.iter().find_map(|(name, address)| {
            let address = address.as_bytes();
            let at = raw.windows(address.len()).position(|window| window == address)?;
            Some((*name, raw.get(at + address.len()..)?))
        })
    }

    /// The raw key of a contract's key.
    pub fn raw(&self, name: Name, key: &[u8]) -> Vec<u8> {
        let found = self.entries.keys().find(|raw| self.split(raw) == Some((name, key)));
        found.unwrap_or_else(|| panic!("{name} has no key {key:02x?}")).clone()
    }

    /// The value under a contract's key, to be changed.
    pub fn value(&mut self, name: Name, key: &[u8]) -> &mut Vec<u8> {
        let raw = self.raw(name, key);
        self.entries.get_mut(&raw).expect("entry")
    }

    /// Adds to the `n`th varint of a value that holds nothing else.
    pub fn add(&mut self, name: Name, key: &[u8], n: usize, more: i64) {
        let value = self.value(name, key);
        let mut numbers = varints(value);
        let number = &mut numbers[n];
        *number = number.checked_add_signed(more.into()).expect("fits");
        *value = numbers.iter().flat_map(|number| varint(*number)).collect();
    }
}

impl Source for Parts {
    fn chain(&self) -> Result<Chain> {
        let storage: MemStorage = self.entries.clone().into_iter().collect();
        Ok(Embedded::resume(storage, self.meta.head.clone())?.into())
    }

    fn meta(&self) -> Result<Meta> {
        Ok(self.meta.clone())
    }

    fn transactions(&self, look: &mut dyn FnMut(Tx) -> Result<bool>) -> Result<()> {
        for tx in &self.txs {
            if !look(tx.clone())? {
                break;
            }
        }
        Ok(())
    }
}

/// A contract's key: its prefix, then numbers.
pub fn key(prefix: u8, parts: &[u32]) -> Vec<u8> {
    let mut key = vec![prefix];
    parts.iter().for_each(|part| key.extend(part.to_be_bytes()));
    key
}

fn varints(bytes: &[u8]) -> Vec<u128> {
    let (mut numbers, mut number, mut shift) = (vec![], 0u128, 0);
    for byte in bytes {
        number |= u128::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    numbers
}

fn varint(mut number: u128) -> Vec<u8> {
    let mut bytes = vec![];
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}
