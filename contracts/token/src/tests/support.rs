//! A token on a storage that can be rolled back and counts what a chain would charge.

use crate::contract::{execute, instantiate, query};
use crate::history::Window;
use crate::ContractError;
use cosmwasm_std::testing::{mock_env, MockApi, MockQuerier};
use cosmwasm_std::{
    from_json, Addr, Api, CanonicalAddr, Deps, DepsMut, Empty, Env, MessageInfo, Order, OwnedDeps, Record, Response,
    Storage, Timestamp, Uint128,
};
use cw20::{BalanceResponse, TokenInfoResponse};
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use vrs_days::{Clock, Day};
use vrs_interface::token::{Allocation, ExecuteMsg, InstantiateMsg, QueryMsg};
use vrs_table::AccountKey;

/// Second at which day 1 begins.
pub const START: u64 = 1_700_000_000;
/// Bytes that the chain puts before each key.
pub const CHAIN_PREFIX: u64 = 33;

/// Storage that counts gas as a wasmd chain does.
#[derive(Clone, Default)]
pub struct Ledger {
    pub data: BTreeMap<Vec<u8>, Vec<u8>>,
    pub gas: Cell<u64>,
}

impl Ledger {
    fn charge(&self, flat: u64, per_byte: u64, key: &[u8], value: &[u8]) {
        let bytes = CHAIN_PREFIX + key.len() as u64 + value.len() as u64;
        self.gas.set(self.gas.get() + flat + per_byte * bytes);
    }
}

impl Storage for Ledger {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.data.get(key).cloned();
        self.charge(1_000, 3, key, value.as_deref().unwrap_or_default());
        value
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        assert!(!value.is_empty(), "a chain stores no empty value");
        self.charge(2_000, 30, key, value);
        self.data.insert(key.to_vec(), value.to_vec());
    }

    fn remove(&mut self, key: &[u8]) {
        self.charge(1_000, 0, key, &[]);
        self.data.remove(key);
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let start = start.unwrap_or_default().to_vec();
        let step = |(key, value): (&Vec<u8>, &Vec<u8>)| {
            self.charge(30, 3, key, value);
            (key.clone(), value.clone())
        };
        let entries = match end {
            Some(end) if end < start.as_slice() => return Box::new(std::iter::empty()),
            Some(end) => self.data.range(start..end.to_vec()),
            None => self.data.range(start..),
        };
        match order {
            Order::Ascending => Box::new(entries.map(step)),
            Order::Descending => Box::new(entries.rev().map(step)),
        }
    }
}

pub fn api() -> MockApi {
    MockApi::default().with_prefix("wasm")
}

/// A person's account: 20 bytes.
pub fn person(n: u8) -> Addr {
    address(&[n; 20])
}

/// A contract's account: 32 bytes.
pub fn contract(n: u8) -> Addr {
    address(&[n; 32])
}

fn address(bytes: &[u8]) -> Addr {
    api().addr_humanize(&CanonicalAddr::from(bytes.to_vec())).unwrap()
}

pub fn key(account: &Addr) -> AccountKey {
    api().addr_canonicalize(account.as_str()).unwrap().into()
}

pub fn from(sender: &Addr) -> MessageInfo {
    MessageInfo {
        sender: sender.clone(),
        funds: vec![],
    }
}

pub fn birth(allocations: &[(Addr, u128)]) -> InstantiateMsg {
    InstantiateMsg {
        name: "Bizkey".into(),
        symbol: "BZKY".into(),
        decimals: 6,
        supply: allocations.iter().map(|(_, amount)| amount).sum::<u128>().into(),
        allocations: allocations
            .iter()
            .map(|(account, amount)| Allocation {
                account: account.to_string(),
                amount: Uint128::new(*amount),
            })
            .collect(),
        clock: Clock::daily(START),
        history_days: 180,
        marketing: None,
    }
}

/// A contract's dependencies and block.
pub struct Bench {
    pub deps: OwnedDeps<Ledger, MockApi, MockQuerier, Empty>,
    pub env: Env,
}

impl Bench {
    pub fn new() -> Self {
        let mut bench = Bench {
            deps: OwnedDeps {
                storage: Ledger::default(),
                api: api(),
                querier: MockQuerier::default(),
                custom_query_type: PhantomData,
            },
            env: mock_env(),
        };
        bench.go_to(1);
        bench
    }

    /// Moves to the beginning of a day.
    pub fn go_to(&mut self, day: Day) {
        let seconds = START + (u64::from(day) * 86_400) - 86_400;
        self.env.block.time = Timestamp::from_seconds(seconds);
        self.env.block.height = 1_000 + u64::from(day) * 10;
    }

    /// Runs a call, and undoes what it wrote where it fails, as the chain does.
    pub fn call<E>(&mut self, run: impl FnOnce(DepsMut, Env) -> Result<Response, E>) -> Result<Response, E> {
        let before = self.deps.storage.data.clone();
        let result = run(self.deps.as_mut(), self.env.clone());
        if result.is_err() {
            self.deps.storage.data = before;
        }
        result
    }
}

/// This contract on a bench.
pub struct Token(pub Bench);

impl Token {
    /// Born on day 1.
    pub fn new(allocations: &[(Addr, u128)]) -> Self {
        Token::born(1, birth(allocations)).unwrap()
    }

    pub fn born(day: Day, msg: InstantiateMsg) -> Result<Self, ContractError> {
        let mut bench = Bench::new();
        bench.go_to(day);
        bench.call(|deps, env| instantiate(deps, env, from(&person(99)), msg))?;
        Ok(Token(bench))
    }

    pub fn go_to(&mut self, day: Day) {
        self.0.go_to(day);
    }

    pub fn execute(&mut self, sender: &Addr, msg: ExecuteMsg) -> Result<Response, ContractError> {
        self.0.call(|deps, env| execute(deps, env, from(sender), msg))
    }

    pub fn transfer(&mut self, sender: &Addr, recipient: &Addr, amount: u128) -> Result<Response, ContractError> {
        self.execute(sender, transfer(recipient, amount))
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> Result<T, ContractError> {
        let answer = query(self.0.deps.as_ref(), self.0.env.clone(), msg)?;
        Ok(from_json(answer).unwrap())
    }

    pub fn balance(&self, account: &Addr) -> u128 {
        let address = account.to_string();
        let answer: BalanceResponse = self.ask(QueryMsg::Balance { address }).unwrap();
        answer.balance.u128()
    }

    pub fn supply(&self) -> u128 {
        let answer: TokenInfoResponse = self.ask(QueryMsg::TokenInfo {}).unwrap();
        answer.total_supply.u128()
    }

    pub fn balance_at(&self, account: &Addr, day: Day) -> Result<u128, ContractError> {
        let address = account.to_string();
        let answer: BalanceResponse = self.ask(QueryMsg::BalanceAt { address, day })?;
        Ok(answer.balance.u128())
    }

    pub fn lowest_on(&self, account: &Addr, day: Day) -> Result<u128, ContractError> {
        let address = account.to_string();
        let answer: BalanceResponse = self.ask(QueryMsg::LowestOn { address, day })?;
        Ok(answer.balance.u128())
    }

    pub fn window(&self) -> Window {
        Window::load(&self.0.deps.storage, self.0.env.block.time).unwrap()
    }

    pub fn deps(&self) -> Deps<'_> {
        self.0.deps.as_ref()
    }
}

pub fn transfer(recipient: &Addr, amount: u128) -> ExecuteMsg {
    ExecuteMsg::Transfer {
        recipient: recipient.to_string(),
        amount: Uint128::new(amount),
    }
}

/// Attributes as pairs.
pub fn attributes(response: &Response) -> Vec<(&str, &str)> {
    response
        .attributes
        .iter()
        .map(|a| (a.key.as_str(), a.value.as_str()))
        .collect()
}
