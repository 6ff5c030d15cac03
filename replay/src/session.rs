//! Repeats a record, call by call, and compares.

use crate::compare::{self, Alike};
use crate::corpus::{Call, Step};
use crate::kinds::Kinds;
use crate::machine::{Machine, Run};
use crate::shelf::Shelf;
use anyhow::Result;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// A call that went otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its number in the record, from 1.
    pub call: usize,
    /// Contract, entry point and message.
    pub kind: String,
    /// What is different.
    pub what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call {} ({}): {}", self.call, self.kind, self.what)
    }
}

/// A contract's storage twice: as the record has it, and as the machine wrote it.
#[derive(Default)]
struct Twice {
    recorded: Shelf,
    machine: Rc<RefCell<Shelf>>,
}

impl Twice {
    fn rewind(&mut self, calls: usize) {
        for _ in 0..calls {
            self.recorded.rewind();
            self.machine.borrow_mut().rewind();
        }
    }
}

/// A chain's record, repeated on the machine.
pub struct Session<'k> {
    kinds: &'k Kinds,
    contracts: BTreeMap<String, Twice>,
    calls: usize,
}

impl<'k> Session<'k> {
    /// A chain without any contract.
    pub fn new(kinds: &'k Kinds) -> Self {
        Session {
            kinds,
            contracts: BTreeMap::new(),
            calls: 0,
        }
    }

    /// Repeats steps on `machine`; `each` sees every call, how it went, and how alike the two were. Answers the differences; behind
    /// one both go on from what was recorded.
    ///
    /// Errors: where the machine cannot load a contract.
    pub fn replay(
        &mut self,
        machine: &Machine,
        steps: &[Step],
        mut each: impl FnMut(&Call, &Run, Option<Alike>),
    ) -> Result<Vec<Difference>> {
        let mut differences = vec![];
        for step in steps {
            match step {
                Step::Call(call) => {
                    self.calls += 1;
                    let (run, found) = self.call(machine, call)?;
                    each(call, &run, found.as_ref().ok().copied());
                    if let Err(what) = found {
                        let (code, entry, name) = self.kinds.of(call);
                        let kind = format!("{} {} {name}", code.name(), entry.name());
                        differences.push(Difference {
                            call: self.calls,
                            kind: kind.trim_end().into(),
                            what,
                        });
                    }
                }
                Step::End { rewinds } => {
                    for (contract, calls) in rewinds {
                        self.contracts.entry(contract.clone()).or_default().rewind(*calls);
                    }
                    for twice in self.contracts.values_mut() {
                        twice.recorded.settle();
                        twice.machine.borrow_mut().settle();
                    }
                }
            }
        }
        Ok(differences)
    }

    fn call(&mut self, machine: &Machine, call: &Call) -> Result<(Run, Result<Alike, String>)> {
        let twice = self.contracts.entry(call.contract.clone()).or_default();
        twice.rewind(call.rewind);
        let run = machine.run(call, &twice.machine)?;
        let alike = compare::call(call, &run);
        if call.entry.writes() && !call.refused() {
            twice.recorded.apply(&call.accesses);
        }
        let holds = compare::storage(twice.recorded.map(), twice.machine.borrow().map());
        let found = alike.and_then(|alike| holds.map(|()| alike));
        if found.is_err() {
            *twice.machine.borrow_mut() = twice.recorded.clone();
        }
        Ok((run, found))
    }
}
