//! Records what contracts do on the embedded chain: each is wrapped, and so are its storage and its querier.

mod storage;
mod watch;

use crate::corpus::{Access, Call, Code, Entry, Step};
use crate::shelf::Shelf;
use cosmwasm_std::{
    to_json_vec, Addr, Binary, ContractResult, Deps, DepsMut, Empty, Env, MessageInfo, Order, QuerierWrapper, Reply,
    Response, Storage,
};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{Contract, ContractWrapper};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use storage::{Reading, Writing};
use watch::Watch;

/// The tape of one chain.
#[derive(Clone, Default)]
pub struct Tape {
    reel: Rc<RefCell<Reel>>,
}

#[derive(Default)]
struct Reel {
    steps: Vec<Step>,
    writing_calls: usize,
    shelves: BTreeMap<String, Shelf>,
    touched: BTreeSet<String>,
}

impl Tape {
    /// A contract as the chain runs it, recorded.
    pub fn contract(&self, code: Code) -> Box<dyn Contract<Empty>> {
        Box::new(Recorded {
            inner: contract(code),
            code,
            tape: self.clone(),
        })
    }

    /// A transaction has ended; `read` tells what a contract then holds.
    pub fn end(&self, read: impl Fn(&Addr) -> Vec<(Vec<u8>, Vec<u8>)>) {
        let mut reel = self.reel.borrow_mut();
        let mut rewinds = vec![];
        for contract in std::mem::take(&mut reel.touched) {
            let actual = read(&Addr::unchecked(&contract));
            let shelf = reel.shelves.entry(contract.clone()).or_default();
            let steps = follow(shelf, &actual);
            shelf.settle();
            if steps > 0 {
                rewinds.push((contract, steps));
            }
        }
        reel.steps.push(Step::End { rewinds });
    }

    /// Calls so far that could write.
    pub fn writing_calls(&self) -> usize {
        self.reel.borrow().writing_calls
    }

    /// Takes the steps out.
    pub fn take(&self) -> Vec<Step> {
        std::mem::take(&mut self.reel.borrow_mut().steps)
    }

    /// Brings the shelf of a contract to what it really holds; answers how many calls were taken back for it.
    fn follow(&self, contract: &str, storage: &dyn Storage) -> usize {
        let actual: Vec<_> = storage.range(None, None, Order::Ascending).collect();
        let mut reel = self.reel.borrow_mut();
        follow(reel.shelves.entry(contract.to_owned()).or_default(), &actual)
    }

    fn keep(&self, call: Call) {
        let mut reel = self.reel.borrow_mut();
        if call.entry.writes() {
            reel.writing_calls += 1;
            reel.touched.insert(call.contract.clone());
            if !call.refused() {
                reel.shelves
                    .entry(call.contract.clone())
                    .or_default()
                    .apply(&call.accesses);
            }
        }
        reel.steps.push(Step::Call(Box::new(call)));
    }
}

/// Rewinds until the shelf holds what the contract holds.
///
/// Panics where it never does: then a call was missed, and the record would be worth nothing.
fn follow(shelf: &mut Shelf, actual: &[(Vec<u8>, Vec<u8>)]) -> usize {
    let mut steps = 0;
    while !shelf.map().iter().eq(actual.iter().map(|(key, value)| (key, value))) {
        assert!(shelf.rewind(), "the recorder lost track of a contract's storage");
        steps += 1;
    }
    steps
}

/// The contract that runs under a code, as the embedded chain runs it.
fn contract(code: Code) -> Box<dyn Contract<Empty>> {
    macro_rules! wrap {
        ($krate:ident) => {
            ContractWrapper::new(
                $krate::contract::execute,
                $krate::contract::instantiate,
                $krate::contract::query,
            )
            .with_migrate($krate::contract::migrate)
        };
    }
    match code {
        Code::Token => Box::new(wrap!(vrs_token)),
        Code::Points => Box::new(wrap!(vrs_points)),
        Code::Identity => Box::new(wrap!(vrs_identity)),
        Code::Oracle => Box::new(wrap!(vrs_oracle).with_reply(vrs_oracle::contract::reply)),
        Code::Merchant => Box::new(wrap!(vrs_merchant)),
        Code::Mining => Box::new(wrap!(vrs_mining)),
    }
}

struct Recorded {
    inner: Box<dyn Contract<Empty>>,
    code: Code,
    tape: Tape,
}

/// What goes into a call beside its contract's world.
struct Input<'a> {
    entry: Entry,
    env: &'a Env,
    info: Option<&'a MessageInfo>,
    msg: Vec<u8>,
}

impl Recorded {
    fn writing(
        &self,
        deps: DepsMut,
        input: Input,
        run: impl FnOnce(DepsMut) -> AnyResult<Response>,
    ) -> AnyResult<Response> {
        let rewind = self.tape.follow(input.env.contract.address.as_str(), deps.storage);
        let log = RefCell::new(vec![]);
        let watch = Watch::new(&deps.querier, &log);
        let mut storage = Writing::new(deps.storage, &log);
        let result = run(DepsMut {
            storage: &mut storage,
            api: deps.api,
            querier: QuerierWrapper::new(&watch),
        });
        self.keep(input, rewind, log.into_inner(), &result);
        result
    }

    fn keep<T: Serialize + Clone>(&self, input: Input, rewind: usize, accesses: Vec<Access>, result: &AnyResult<T>) {
        let outcome = match result {
            Ok(answer) => ContractResult::Ok(answer.clone()),
            Err(error) => ContractResult::Err(error.to_string()),
        };
        self.tape.keep(Call {
            contract: input.env.contract.address.to_string(),
            code: self.code,
            entry: input.entry,
            env: json(input.env),
            info: input.info.map(json),
            msg: input.msg,
            rewind,
            accesses,
            outcome: json(&outcome),
        });
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    to_json_vec(value).expect("a chain's own types are JSON")
}

impl Contract<Empty> for Recorded {
    fn instantiate(&self, deps: DepsMut, env: Env, info: MessageInfo, msg: Vec<u8>) -> AnyResult<Response> {
        let input = Input {
            entry: Entry::Instantiate,
            env: &env,
            info: Some(&info),
            msg: msg.clone(),
        };
        self.writing(deps, input, |deps| {
            self.inner.instantiate(deps, env.clone(), info.clone(), msg)
        })
    }

    fn execute(&self, deps: DepsMut, env: Env, info: MessageInfo, msg: Vec<u8>) -> AnyResult<Response> {
        let input = Input {
            entry: Entry::Execute,
            env: &env,
            info: Some(&info),
            msg: msg.clone(),
        };
        self.writing(deps, input, |deps| {
            self.inner.execute(deps, env.clone(), info.clone(), msg)
        })
    }

    fn query(&self, deps: Deps, env: Env, msg: Vec<u8>) -> AnyResult<Binary> {
        let rewind = self.tape.follow(env.contract.address.as_str(), deps.storage);
        let log = RefCell::new(vec![]);
        let watch = Watch::new(&deps.querier, &log);
        let storage = Reading::new(deps.storage, &log);
        let watched = Deps {
            storage: &storage,
            api: deps.api,
            querier: QuerierWrapper::new(&watch),
        };
        let result = self.inner.query(watched, env.clone(), msg.clone());
        let input = Input {
            entry: Entry::Query,
            env: &env,
            info: None,
            msg,
        };
        self.keep(input, rewind, log.into_inner(), &result);
        result
    }

    fn reply(&self, deps: DepsMut, env: Env, msg: Reply) -> AnyResult<Response> {
        let input = Input {
            entry: Entry::Reply,
            env: &env,
            info: None,
            msg: json(&msg),
        };
        self.writing(deps, input, |deps| self.inner.reply(deps, env.clone(), msg))
    }

    fn sudo(&self, deps: DepsMut, env: Env, msg: Vec<u8>) -> AnyResult<Response> {
        // No contract of the suite has this entry point.
        self.inner.sudo(deps, env, msg)
    }

    fn migrate(&self, deps: DepsMut, env: Env, msg: Vec<u8>) -> AnyResult<Response> {
        let input = Input {
            entry: Entry::Migrate,
            env: &env,
            info: None,
            msg: msg.clone(),
        };
        self.writing(deps, input, |deps| self.inner.migrate(deps, env.clone(), msg))
    }
}
