//! Storages that write down what is asked of them.

use crate::corpus::Access;
use cosmwasm_std::{Order, Record, Storage};
use std::cell::RefCell;

type Log = RefCell<Vec<Access>>;

/// The storage of a call that may write.
pub struct Writing<'s> {
    inner: &'s mut dyn Storage,
    log: &'s Log,
}

impl<'s> Writing<'s> {
    /// Writes down into `log` what is asked of `inner`.
    pub fn new(inner: &'s mut dyn Storage, log: &'s Log) -> Self {
        Writing { inner, log }
    }
}

impl Storage for Writing<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        get(self.inner, self.log, key)
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        range(self.inner, self.log, (start, end), order)
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.log.borrow_mut().push(Access::Set(key.to_vec(), value.to_vec()));
        self.inner.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.log.borrow_mut().push(Access::Remove(key.to_vec()));
        self.inner.remove(key);
    }
}

/// The storage of a query.
pub struct Reading<'s> {
    inner: &'s dyn Storage,
    log: &'s Log,
}

impl<'s> Reading<'s> {
    /// Writes down into `log` what is asked of `inner`.
    pub fn new(inner: &'s dyn Storage, log: &'s Log) -> Self {
        Reading { inner, log }
    }
}

impl Storage for Reading<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        get(self.inner, self.log, key)
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        range(self.inner, self.log, (start, end), order)
    }

    /// `Deps` gives a query no way here.
    fn set(&mut self, _: &[u8], _: &[u8]) {
        panic!("a query writes");
    }

    /// As [`Storage::set`].
    fn remove(&mut self, _: &[u8]) {
        panic!("a query removes");
    }
}

fn get(inner: &dyn Storage, log: &Log, key: &[u8]) -> Option<Vec<u8>> {
    log.borrow_mut().push(Access::Get(key.to_vec()));
    inner.get(key)
}

fn range<'a>(
    inner: &'a dyn Storage,
    log: &'a Log,
    (start, end): (Option<&[u8]>, Option<&[u8]>),
    order: Order,
) -> Box<dyn Iterator<Item = Record> + 'a> {
    let mut entries = log.borrow_mut();
    let earlier = entries.iter().filter(|access| matches!(access, Access::Scan { .. }));
    let number = u32::try_from(earlier.count()).expect("few ranges a call") + 1;
    entries.push(Access::Scan {
        start: start.map(<[u8]>::to_vec),
        end: end.map(<[u8]>::to_vec),
        descending: order == Order::Descending,
    });
    let mut steps = inner.range(start, end, order);
    Box::new(std::iter::from_fn(move || {
        log.borrow_mut().push(Access::Next(number));
        steps.next()
    }))
}
