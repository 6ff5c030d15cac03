//! The chain as the machine sees it: storage of its own, answers from the record.

use crate::corpus::Access;
use crate::shelf::Shelf;
use cosmwasm_std::{from_json, Binary, ContractResult, Order, Record, SystemResult};
use cosmwasm_vm::{BackendError, BackendResult, GasInfo, Querier, Storage};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::Bound;
use std::rc::Rc;

/// What one call asks and is answered. A chain charges storage and questions by itself: here they cost nothing.
pub struct Desk {
    /// All it asked so far.
    pub accesses: Vec<Access>,
    answers: VecDeque<(Vec<u8>, Vec<u8>)>,
    scans: Vec<VecDeque<Record>>,
}

impl Desk {
    /// A desk where the questions of a record, asked in its order, get its answers.
    pub fn new(recorded: &[Access]) -> Self {
        let answers = recorded.iter().filter_map(|access| match access {
            Access::Ask { request, answer } => Some((request.clone(), answer.clone())),
            _ => None,
        });
        Desk {
            accesses: vec![],
            answers: answers.collect(),
            scans: vec![],
        }
    }
}

/// A contract's storage.
pub struct Store {
    shelf: Rc<RefCell<Shelf>>,
    desk: Rc<RefCell<Desk>>,
}

impl Store {
    /// What `shelf` holds; `desk` notes what is asked.
    pub fn new(shelf: &Rc<RefCell<Shelf>>, desk: &Rc<RefCell<Desk>>) -> Self {
        Store {
            shelf: shelf.clone(),
            desk: desk.clone(),
        }
    }

    fn note(&self, access: Access) {
        self.desk.borrow_mut().accesses.push(access);
    }
}

fn free<T>(value: T) -> BackendResult<T> {
    (Ok(value), GasInfo::free())
}

impl Storage for Store {
    fn get(&self, key: &[u8]) -> BackendResult<Option<Vec<u8>>> {
        self.note(Access::Get(key.to_vec()));
        free(self.shelf.borrow().map().get(key).cloned())
    }

    fn scan(&mut self, start: Option<&[u8]>, end: Option<&[u8]>, order: Order) -> BackendResult<u32> {
        let descending = order == Order::Descending;
        self.note(Access::Scan {
            start: start.map(<[u8]>::to_vec),
            end: end.map(<[u8]>::to_vec),
            descending,
        });
        let shelf = self.shelf.borrow();
        let empty = matches!((start, end), (Some(start), Some(end)) if start >= end);
        let bounds = (
            start.map_or(Bound::Unbounded, Bound::Included),
            end.map_or(Bound::Unbounded, Bound::Excluded),
        );
        let record = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        // BTreeMap panics on a range that ends before it starts; here it is empty.
        let mut records: VecDeque<Record> = match empty {
            true => VecDeque::new(),
            false => shelf.map().range::<[u8], _>(bounds).map(record).collect(),
        };
        if descending {
            records.make_contiguous().reverse();
        }
        let mut desk = self.desk.borrow_mut();
        desk.scans.push(records);
        free(u32::try_from(desk.scans.len()).expect("few ranges a call"))
    }

    fn next(&mut self, iterator_id: u32) -> BackendResult<Option<Record>> {
        self.note(Access::Next(iterator_id));
        let mut desk = self.desk.borrow_mut();
        let scan = usize::try_from(iterator_id).ok().and_then(|id| id.checked_sub(1));
        match scan.and_then(|index| desk.scans.get_mut(index)) {
            Some(records) => free(records.pop_front()),
            None => (Err(BackendError::iterator_does_not_exist(iterator_id)), GasInfo::free()),
        }
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> BackendResult<()> {
        self.note(Access::Set(key.to_vec(), value.to_vec()));
        self.shelf.borrow_mut().write(key, Some(value));
        free(())
    }

    fn remove(&mut self, key: &[u8]) -> BackendResult<()> {
        self.note(Access::Remove(key.to_vec()));
        self.shelf.borrow_mut().write(key, None);
        free(())
    }
}

/// Answers from the record.
pub struct Answers {
    desk: Rc<RefCell<Desk>>,
}

impl Answers {
    /// Those that lie on `desk`.
    pub fn new(desk: &Rc<RefCell<Desk>>) -> Self {
        Answers { desk: desk.clone() }
    }
}

impl Querier for Answers {
    /// Errors: a question that the record does not have here; the machine then stops the call.
    fn query_raw(&self, request: &[u8], _: u64) -> BackendResult<SystemResult<ContractResult<Binary>>> {
        let mut desk = self.desk.borrow_mut();
        let refuse = |why: String| (Err(BackendError::unknown(why)), GasInfo::free());
        let asked = String::from_utf8_lossy(request);
        let Some((expected, answer)) = desk.answers.pop_front() else {
            return refuse(format!("the record asks nothing here, the machine {asked}"));
        };
        if expected != request {
            let expected = String::from_utf8_lossy(&expected);
            return refuse(format!("the record asks {expected}, the machine {asked}"));
        }
        desk.accesses.push(Access::Ask {
            request: expected,
            answer: answer.clone(),
        });
        match from_json(answer) {
            Ok(answer) => free(answer),
            Err(error) => refuse(format!("the record's answer: {error}")),
        }
    }
}
