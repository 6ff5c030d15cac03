//! What messages cost in storage, by wasmd's table: a write 2,000 + 30 a byte, a read 1,000 + 3 a byte, a
//! removal 1,000, and for a range 30 + 3 a byte for each entry it arrives at (30 at its end); each key is 33
//! bytes longer on chain. The figures are frozen: a change is deliberate.

use super::support::{external, params, store, START};
use crate::contract::{execute, instantiate};
use asked::Asked;
use cosmwasm_std::testing::{message_info, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    from_json, to_json_binary, Addr, ContractResult, Empty, Env, Order, OwnedDeps, Record, Storage, SystemResult,
    Timestamp, Uint128, WasmQuery,
};
use cw20::Cw20ReceiveMsg;
use std::cell::RefCell;
use std::marker::PhantomData;
use vrs_attestation::{Leaf, Receipt};
use vrs_days::{Clock, Day};
use vrs_interface::attested::Delivery;
use vrs_interface::identity::{Kind, PayoutsResponse, Standing, StandingsResponse};
use vrs_interface::merchant::{ExecuteMsg, InstantiateMsg, Profile, Rate, ReceiveMsg, Side};
use vrs_interface::token::LowestOnManyResponse;

/// The few questions that the contract asks others.
mod asked {
    use cosmwasm_schema::cw_serde;
    use cosmwasm_std::Addr;

    #[cw_serde]
    pub enum Asked {
        Config {},
        Standings { members: Vec<u32> },
        Payouts { members: Vec<u32> },
        LowestOnMany { of: Vec<(Addr, u32)> },
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bill {
    reads: u64,
    writes: u64,
    removals: u64,
    ranges: u64,
    gas: u64,
}

#[derive(Default)]
struct Metered {
    inner: MockStorage,
    bill: RefCell<Bill>,
}

fn size(key: &[u8], value: usize) -> u64 {
    (33 + key.len() + value) as u64
}

impl Storage for Metered {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.inner.get(key);
        let mut bill = self.bill.borrow_mut();
        bill.reads += 1;
        bill.gas += 1_000 + 3 * size(key, value.as_ref().map_or(0, Vec::len));
        value
    }
    fn set(&mut self, key: &[u8], value: &[u8]) {
        let bill = self.bill.get_mut();
        bill.writes += 1;
        bill.gas += 2_000 + 30 * size(key, value.len());
        self.inner.set(key, value);
    }
    fn remove(&mut self, key: &[u8]) {
        let bill = self.bill.get_mut();
        bill.removals += 1;
        bill.gas += 1_000;
        self.inner.remove(key);
    }
    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let mut entries = self.inner.range(start, end, order).peekable();
        let arrive = |entry: Option<&Record>| {
            let bytes = entry.map_or(0, |(key, value)| size(key, value.len()));
            self.bill.borrow_mut().gas += 30 + 3 * bytes;
        };
        self.bill.borrow_mut().ranges += 1;
        arrive(entries.peek());
        Box::new(std::iter::from_fn(move || {
            let entry = entries.next()?;
            arrive(entries.peek());
            Some(entry)
        }))
    }
}

struct Bench {
    deps: OwnedDeps<Metered, MockApi, MockQuerier<Empty>, Empty>,
    env: Env,
    sequence: u32,
}

fn address(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

/// Members up to 999 are shops, all others people; each holds 1,000 Bzky.
fn answer(query: &WasmQuery) -> SystemResult<ContractResult<cosmwasm_std::Binary>> {
    let WasmQuery::Smart { msg, .. } = query else {
        panic!("{query:?}")
    };
    let answer = match from_json(msg).unwrap() {
        Asked::Config {} => to_json_binary(&super::support::door::Birth {
            clock: Clock::daily(START),
        }),
        Asked::Standings { members } => to_json_binary(&StandingsResponse {
            standings: members
                .iter()
                .map(|member| Standing {
                    kind: Some(if *member < 1_000 {
                        Kind::Merchant
                    } else {
                        Kind::Individual
                    }),
                    verified: true,
                    removed: false,
                    level: 0,
                    trade_limit: None,
                })
                .collect(),
        }),
        Asked::Payouts { members } => to_json_binary(&PayoutsResponse {
            payouts: members
                .iter()
                .map(|member| Some(address(&member.to_string())))
                .collect(),
        }),
        Asked::LowestOnMany { of } => to_json_binary(&LowestOnManyResponse {
            lowest: of.iter().map(|_| Uint128::new(1_000_000_000)).collect(),
        }),
    };
    SystemResult::Ok(ContractResult::Ok(answer.unwrap()))
}

impl Bench {
    fn new() -> Self {
        let mut querier = MockQuerier::default();
        querier.update_wasm(answer);
        let mut bench = Bench {
            deps: OwnedDeps {
                storage: Metered::default(),
                api: MockApi::default(),
                querier,
                custom_query_type: PhantomData,
            },
            env: mock_env(),
            sequence: 0,
        };
        bench.at(1, 0);
        let init = InstantiateMsg {
            owner: address("owner").into(),
            clock: Clock::daily(START),
            identity: address("identity").into(),
            oracle: address("oracle").into(),
            bzky: address("bzky").into(),
            time: address("time").into(),
            params: params(),
            horizon_days: 180,
            expiry_days: 365,
            raise_delay_days: 7,
        };
        let info = message_info(&address("owner"), &[]);
        instantiate(bench.deps.as_mut(), bench.env.clone(), info, init).unwrap();
        let rates = vec![Rate { id: 1, amount: 200 }];
        bench.send("owner", ExecuteMsg::SetDistricts { rates: rates.clone() });
        bench.send("owner", ExecuteMsg::SetTrades { rates });
        let amount = Uint128::new(3_000_000_000_000_000);
        let fund = Cw20ReceiveMsg {
            sender: address("treasury").into(),
            amount,
            msg: to_json_binary(&ReceiveMsg::Fund {}).unwrap(),
        };
        bench.send("bzky", ExecuteMsg::Receive(fund));
        bench.send("owner", ExecuteMsg::FundTime { amount });
        bench
    }

    fn at(&mut self, day: Day, second: u64) {
        let seconds = Clock::daily(START).opens(day) + second;
        self.env.block.time = Timestamp::from_seconds(seconds);
    }

    fn send(&mut self, sender: &str, msg: ExecuteMsg) -> Bill {
        *self.deps.storage.bill.get_mut() = Bill::default();
        let info = message_info(&address(sender), &[]);
        execute(self.deps.as_mut(), self.env.clone(), info, msg).unwrap();
        *self.deps.storage.bill.borrow()
    }

    fn shop(&mut self, merchant: u32) {
        let profile = Profile {
            merchant,
            area: 500,
            staff: 4,
            district: 1,
            trade: 1,
        };
        let profiles = vec![profile];
        self.send("owner", ExecuteMsg::SetProfiles { profiles });
    }

    fn sell(&mut self, day: Day, batches: &[(u32, Vec<Receipt>)]) -> Bill {
        let mut deliveries = vec![];
        for (merchant, receipts) in batches {
            self.sequence += 1;
            deliveries.push(Delivery {
                device: *merchant,
                subject: Some(*merchant),
                day,
                sequence: self.sequence,
                leaves: receipts.iter().flat_map(Leaf::encode).collect::<Vec<u8>>().into(),
            });
        }
        self.send("oracle", ExecuteMsg::Attested { deliveries })
    }

    fn claim(&mut self, side: Side, members: Vec<u32>) -> Bill {
        self.send("anyone", ExecuteMsg::ClaimFor { side, members })
    }

    /// A shop that sold to the same ten people for forty days; day 41 has begun and all before is closed.
    fn grown() -> Self {
        let mut bench = Bench::new();
        for merchant in 1..=20 {
            bench.shop(merchant);
        }
        for day in 1..=40 {
            bench.at(day, 30_000);
            let people: Vec<Receipt> = (0..10).map(|n| store(1_000 + n, 2_500 + u64::from(n))).collect();
            bench.sell(day, &[(1, people.clone()), (2, people)]);
        }
        bench.at(41, 30_000);
        bench.sell(41, &[(2, vec![store(1_000, 1_250)])]);
        bench
    }
}

/// One store order of 12.50.
fn one(person: u32) -> Vec<Receipt> {
    vec![store(person, 1_250)]
}

fn check(table: &[(&str, Bill, [u64; 5])]) {
    let mut wrong = vec![];
    for (name, bill, frozen) in table {
        let now = [bill.reads, bill.writes, bill.removals, bill.ranges, bill.gas];
        if now != *frozen {
            wrong.push(format!("{name}: {now:?}, frozen {frozen:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "[reads, writes, removals, ranges, gas]\n{}",
        wrong.join("\n")
    );
}

#[test]
fn intake() {
    let mut bench = Bench::grown();
    let known = (1_003..1_010).chain(2_000..2_003).map(|n| store(n, 1_250)).collect();
    let shops: Vec<(u32, Vec<Receipt>)> = (4..14).map(|n| (n, one(3_000 + n))).collect();
    let mut table = vec![
        ("nothing", bench.sell(41, &[]), [2, 0, 0, 0, 2_942]),
        (
            "a shop's first order of the day, a known customer",
            bench.sell(41, &[(1, one(1_001))]),
            [7, 5, 0, 5, 29_066],
        ),
        (
            "one more of theirs",
            bench.sell(41, &[(1, one(1_001))]),
            [4, 5, 0, 3, 24_644],
        ),
        (
            "another known customer",
            bench.sell(41, &[(1, one(1_002))]),
            [4, 5, 0, 3, 24_689],
        ),
        (
            "a new customer",
            bench.sell(41, &[(1, one(2_000))]),
            [4, 5, 0, 3, 24_374],
        ),
        (
            "who bought elsewhere today",
            bench.sell(41, &[(1, one(1_000))]),
            [4, 5, 0, 3, 24_875],
        ),
        (
            "a delivery to a known customer",
            bench.sell(41, &[(1, vec![external(1_001, 1_250)])]),
            [4, 5, 0, 3, 25_055],
        ),
        (
            "a new shop, a new customer",
            bench.sell(41, &[(3, one(2_001))]),
            [7, 5, 0, 5, 27_002],
        ),
        (
            "ten customers of one shop",
            bench.sell(41, &[(1, known)]),
            [4, 23, 0, 21, 89_918],
        ),
        (
            "ten new shops with a new customer each",
            bench.sell(41, &shops),
            [16, 32, 0, 50, 139_343],
        ),
    ];
    bench.at(42, 3_600);
    table.push((
        "a late order of a new customer",
        bench.sell(41, &[(1, one(5_000))]),
        [4, 5, 0, 4, 24_635],
    ));
    bench.at(42, 30_000);
    table.push(("a day closes", bench.sell(42, &[]), [5, 6, 0, 2, 28_733]));
    check(&table);
}

#[test]
fn claims() {
    let mut bench = Bench::grown();
    bench.at(43, 30_000);
    bench.sell(43, &[]);
    let table = [
        (
            "a merchant's 40 days",
            bench.claim(Side::Merchants, vec![1]),
            [5, 2, 0, 2, 34_869],
        ),
        (
            "nothing due",
            bench.claim(Side::Merchants, vec![1]),
            [4, 0, 0, 0, 5_161],
        ),
        (
            "ten customers' 40 days",
            bench.claim(Side::Customers, (1_000..1_010).collect()),
            [14, 11, 0, 20, 201_624],
        ),
    ];
    check(&table);
}

/// The sums have more digits, nothing else grows.
#[test]
fn an_order_costs_the_same_however_many_take_part() {
    let after = |n: u32| {
        let mut bench = Bench::new();
        bench.shop(1);
        bench.shop(2);
        for from in (0..n).step_by(500) {
            let people = (from..n.min(from + 500)).map(|at| store(10_000 + at, 1_250)).collect();
            bench.sell(1, &[(2, people)]);
        }
        bench.sell(1, &[(1, one(5_000))]);
        bench.sell(1, &[(1, one(5_000))]).gas
    };
    let (few, many) = (after(10), after(10_000));
    assert!(many - few < 400, "{few} with 10, {many} with 10,000");
}
