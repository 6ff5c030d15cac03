//! Mining with everything around it: identity, the HP points, the VRS token. What those do is as strict
//! as the real ones: nothing is minted that was not reserved, nothing sent that is not there.

use super::metered::Metered;
use crate::contract::{execute, instantiate, query};
use crate::ContractError;
use cosmwasm_std::testing::{message_info, mock_env, MockApi, MockQuerier};
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, ContractResult, CosmosMsg, Empty, Env, OwnedDeps, Response, SystemError,
    SystemResult, Timestamp, WasmMsg, WasmQuery,
};
use cw20::Cw20ReceiveMsg;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::rc::Rc;
use vrs_attestation::leaf::{Leaf, Reading};
use vrs_days::{Clock, Day, Stage};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::attested::{AttestedResponse, Delivery, DropReason};
use vrs_interface::identity::{self, Kind, MemberId, Standing};
use vrs_interface::mining::{
    ExecuteMsg, InstantiateMsg, Method, MethodBudget, Params, QueryMsg, ReceiveMsg, ScoresResponse,
};
use vrs_interface::settlement::{Pool, PoolsResponse};
use vrs_interface::{points, token};

pub const START: u64 = 1_700_000_000;
/// Score of 1.
pub const ONE: u128 = 1_000_000_000_000_000_000;

pub type Outcome = Result<Response, ContractError>;

/// What stands outside the contract.
#[derive(Default)]
pub struct Outside {
    pub standings: BTreeMap<MemberId, Standing>,
    /// Where a member is paid.
    pub payouts: BTreeMap<MemberId, Addr>,
    /// HP that may still be reserved, that is reserved, and that was minted by account.
    pub hp_limit: u128,
    pub hp_reserved: u128,
    pub hp: BTreeMap<Addr, u128>,
    /// Days for which HP was reserved.
    pub hp_days: Vec<Day>,
    /// VRS by account, and in the contract.
    pub vrs: BTreeMap<Addr, u128>,
    pub vrs_here: u128,
    /// Standings queries so far.
    pub asked: u32,
    /// A contract whose clock differs.
    pub late: Option<Addr>,
}

pub struct World {
    pub deps: OwnedDeps<Metered, MockApi, MockQuerier, Empty>,
    pub env: Env,
    pub outside: Rc<RefCell<Outside>>,
    sequence: u32,
}

pub fn budget(method: Method, hp: u128, vrs: u128) -> MethodBudget {
    MethodBudget {
        method,
        hp: hp.into(),
        vrs: vrs.into(),
    }
}

/// Each method pays 1,000 HP and 500 VRS a day.
pub fn params() -> Params {
    Params {
        budgets: Method::ALL.map(|method| budget(method, 1_000, 500)).to_vec(),
        share_cap: 0,
        marginal: false,
        view_steps: vec![10, 20, 30, 40, 50, 60, 70, 80, 90],
        window_days: 30,
        hp_per_window: u128::MAX.into(),
        vrs_per_window: u128::MAX.into(),
    }
}

pub fn good() -> Standing {
    Standing {
        kind: Some(Kind::Individual),
        verified: true,
        removed: false,
        level: 0,
        trade_limit: None,
    }
}

/// A node of 8 Mbit/s on a mobile, 1 hour a 24th of the day for each of its points: 81/24 an hour.
pub fn node(account: MemberId, unit: u64, hours: u64) -> Reading {
    Reading {
        method: 3,
        account,
        unit,
        quantities: [2, 8, 0, hours * 3_600, 0],
    }
}

pub fn upload(account: MemberId, unit: u64, downloads: u64) -> Reading {
    Reading {
        method: 4,
        account,
        unit,
        quantities: [downloads, 0, 0, 0, 0],
    }
}

impl World {
    /// Members 1 to 9, verified, paid at `m1` to `m9`; both pools hold a million.
    pub fn new() -> Self {
        World::with(params())
    }

    pub fn with(params: Params) -> Self {
        let mut world = World::empty(params);
        world.outside.borrow_mut().hp_limit = 1_000_000;
        let owner = world.addr("owner");
        world
            .run(
                &owner,
                ExecuteMsg::FundHp {
                    amount: 1_000_000u128.into(),
                },
            )
            .unwrap();
        world.fund_vrs(1_000_000).unwrap();
        world
    }

    /// With empty pools.
    pub fn empty(params: Params) -> Self {
        let outside = Rc::new(RefCell::new(Outside::default()));
        let deps = OwnedDeps {
            storage: Metered::default(),
            api: MockApi::default(),
            querier: querier(outside.clone()),
            custom_query_type: PhantomData,
        };
        let mut world = World {
            deps,
            env: mock_env(),
            outside,
            sequence: 0,
        };
        world.go(1, Stage::Open);
        let owner = world.addr("owner");
        let msg = world.birth(params);
        let (deps, env) = (world.deps.as_mut(), world.env.clone());
        instantiate(deps, env, message_info(&owner, &[]), msg).unwrap();
        for role in Role::ALL {
            let account = world.role(role).to_string();
            world
                .run(&owner, ExecuteMsg::Access(AccessMsg::GrantRole { role, account }))
                .unwrap();
        }
        for member in 1..=9 {
            world.member(member, good());
        }
        world
    }

    pub fn birth(&self, params: Params) -> InstantiateMsg {
        InstantiateMsg {
            owner: self.addr("owner").into(),
            clock: Clock::daily(START),
            identity: self.addr("identity").into(),
            oracle: self.addr("oracle").into(),
            hp: self.addr("hp").into(),
            vrs: self.addr("vrs").into(),
            params,
            expiry_days: 180,
            raise_delay_days: 7,
        }
    }

    pub fn addr(&self, name: &str) -> Addr {
        self.deps.api.addr_make(name)
    }

    pub fn role(&self, role: Role) -> Addr {
        self.addr(&format!("{role:?}"))
    }

    /// Registers a member or changes their standing.
    pub fn member(&mut self, member: MemberId, standing: Standing) {
        let payout = self.addr(&format!("m{member}"));
        let mut outside = self.outside.borrow_mut();
        outside.standings.insert(member, standing);
        outside.payouts.insert(member, payout);
    }

    /// To a moment at which the day is in the stage.
    pub fn go(&mut self, day: Day, stage: Stage) {
        let clock = Clock::daily(START);
        self.env.block.time = Timestamp::from_seconds(match stage {
            Stage::Ahead => clock.opens(day) - 1,
            Stage::Open => clock.opens(day),
            Stage::Closing => clock.ends(day),
            Stage::Provisional => clock.closes(day),
            Stage::Final => clock.finals(day),
        });
    }

    /// Runs a message and what it sends; one that fails leaves no trace, as on a chain.
    pub fn run(&mut self, sender: &Addr, msg: ExecuteMsg) -> Outcome {
        let before = self.deps.storage.snapshot();
        self.deps.storage.take_bill();
        let outcome = execute(self.deps.as_mut(), self.env.clone(), message_info(sender, &[]), msg);
        match &outcome {
            Ok(response) => {
                let messages = response.messages.iter().map(|sub| sub.msg.clone()).collect();
                self.send(messages);
            }
            Err(_) => self.deps.storage.restore(before),
        }
        outcome
    }

    fn send(&mut self, messages: Vec<CosmosMsg>) {
        let (hp, vrs) = (self.addr("hp"), self.addr("vrs"));
        let outside = &mut *self.outside.borrow_mut();
        for msg in messages {
            let CosmosMsg::Wasm(WasmMsg::Execute {
                contract_addr,
                msg,
                funds,
            }) = msg
            else {
                panic!("unexpected {msg:?}")
            };
            assert!(funds.is_empty());
            if contract_addr == hp.as_str() {
                match from_json(&msg).unwrap() {
                    points::ExecuteMsg::Reserve { day, amount } => {
                        let amount = amount.u128();
                        assert!(amount > 0 && day > 0);
                        outside.hp_limit = outside.hp_limit.checked_sub(amount).expect("HP limit");
                        outside.hp_reserved += amount;
                        outside.hp_days.push(day);
                    }
                    points::ExecuteMsg::Mint { mints } => {
                        assert!((1..=200).contains(&mints.len()));
                        for mint in mints {
                            let amount = mint.amount.u128();
                            assert!(amount > 0);
                            outside.hp_reserved = outside.hp_reserved.checked_sub(amount).expect("reserved HP");
                            *outside.hp.entry(mint.to).or_default() += amount;
                        }
                    }
                    other => panic!("unexpected {other:?}"),
                }
            } else {
                assert_eq!(contract_addr, vrs.as_str());
                let payments = match from_json(&msg).unwrap() {
                    token::ExecuteMsg::Transfer { recipient, amount } => vec![token::Payment { recipient, amount }],
                    token::ExecuteMsg::TransferMany { payments } => {
                        assert!((2..=token::MAX_PAYMENTS).contains(&payments.len()), "{payments:?}");
                        payments
                    }
                    other => panic!("unexpected {other:?}"),
                };
                for token::Payment { recipient, amount } in payments {
                    let amount = amount.u128();
                    assert!(amount > 0, "{recipient}");
                    outside.vrs_here = outside.vrs_here.checked_sub(amount).expect("VRS here");
                    *outside.vrs.entry(Addr::unchecked(recipient)).or_default() += amount;
                }
            }
        }
    }

    /// Sends VRS as the token would.
    pub fn fund_vrs(&mut self, amount: u128) -> Outcome {
        let msg = Cw20ReceiveMsg {
            sender: self.addr("treasury").into(),
            amount: amount.into(),
            msg: to_json_binary(&ReceiveMsg::Fund {}).unwrap(),
        };
        let outcome = self.run(&self.addr("vrs"), ExecuteMsg::Receive(msg));
        if outcome.is_ok() {
            self.outside.borrow_mut().vrs_here += amount;
        }
        outcome
    }

    /// A batch of a device that may attest for all.
    pub fn batch(&mut self, day: Day, readings: &[Reading]) -> Delivery {
        self.sequence += 1;
        Delivery {
            device: 7,
            subject: None,
            day,
            sequence: self.sequence,
            leaves: readings.iter().flat_map(Leaf::encode).collect::<Vec<u8>>().into(),
        }
    }

    pub fn attest(&mut self, deliveries: Vec<Delivery>) -> Outcome {
        self.run(&self.addr("oracle"), ExecuteMsg::Attested { deliveries })
    }

    /// Reports readings; answers what fell, by item.
    pub fn report(&mut self, day: Day, readings: &[Reading]) -> Vec<(u16, DropReason)> {
        let batch = self.batch(day, readings);
        let response = self.attest(vec![batch]).unwrap();
        let answer: AttestedResponse = from_json(response.data.unwrap()).unwrap();
        answer.dropped.iter().map(|item| (item.item, item.reason)).collect()
    }

    pub fn claim(&mut self, members: &[MemberId]) -> Outcome {
        let members = members.to_vec();
        self.run(&self.addr("anyone"), ExecuteMsg::ClaimFor { members })
    }

    /// HP and VRS that a member got.
    pub fn got(&self, member: MemberId) -> (u128, u128) {
        let to = self.addr(&format!("m{member}"));
        let outside = self.outside.borrow();
        let of = |map: &BTreeMap<Addr, u128>| map.get(&to).copied().unwrap_or(0);
        (of(&outside.hp), of(&outside.vrs))
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        from_json(self.raw(msg)).unwrap()
    }

    pub fn raw(&self, msg: QueryMsg) -> Binary {
        query(self.deps.as_ref(), self.env.clone(), msg).unwrap()
    }

    pub fn scores(&self, account: Option<MemberId>) -> ScoresResponse {
        self.ask(QueryMsg::Scores {
            account,
            start_after: None,
            limit: Some(200),
        })
    }

    /// Both pools; checks what holds after every message, and that what was paid and what is still due is there.
    pub fn pools(&self) -> [Pool; 2] {
        let answer: PoolsResponse = self.ask(QueryMsg::Pools {});
        let [hp, vrs]: [Pool; 2] = answer.pools.try_into().unwrap();
        for pool in [&hp, &vrs] {
            assert_eq!(pool.funded, pool.paid + pool.claimable + pool.remaining, "{pool:?}");
            assert!(pool.recovered <= pool.remaining, "{pool:?}");
        }
        let outside = self.outside.borrow();
        let sum = |map: &BTreeMap<Addr, u128>| map.values().sum::<u128>();
        assert_eq!(sum(&outside.hp), hp.paid.u128());
        assert_eq!(sum(&outside.vrs), vrs.paid.u128());
        assert_eq!(outside.hp_reserved, (hp.funded - hp.paid).u128());
        assert_eq!(outside.vrs_here, (vrs.funded - vrs.paid).u128());
        [hp, vrs]
    }
}

fn querier(outside: Rc<RefCell<Outside>>) -> MockQuerier {
    let mut querier = MockQuerier::default();
    let identity = MockApi::default().addr_make("identity");
    querier.update_wasm(move |query| {
        let WasmQuery::Smart { contract_addr, msg } = query else {
            return SystemResult::Err(SystemError::UnsupportedRequest { kind: "raw".into() });
        };
        let mut outside = outside.borrow_mut();
        if from_json::<points::QueryMsg>(msg) == Ok(points::QueryMsg::Config {}) {
            // As the contracts answer: the clock, and more.
            let mut clock = Clock::daily(START);
            clock.start += u64::from(outside.late.as_ref().is_some_and(|late| late.as_str() == contract_addr));
            let answer = to_json_binary(&identity::ConfigResponse { clock, members: 9 });
            return SystemResult::Ok(ContractResult::Ok(answer.unwrap()));
        }
        assert_eq!(contract_addr, identity.as_str(), "beside that only identity is asked");
        let nobody = Standing {
            kind: None,
            verified: false,
            ..good()
        };
        let answer = match from_json(msg).unwrap() {
            identity::QueryMsg::Standings { members } => {
                assert!(members.len() <= identity::MAX_STANDINGS);
                outside.asked += 1;
                let of = |member| outside.standings.get(member).unwrap_or(&nobody).clone();
                to_json_binary(&identity::StandingsResponse {
                    standings: members.iter().map(of).collect(),
                })
            }
            identity::QueryMsg::Payouts { members } => to_json_binary(&identity::PayoutsResponse {
                payouts: members
                    .iter()
                    .map(|member| outside.payouts.get(member).cloned())
                    .collect(),
            }),
            identity::QueryMsg::MemberOf { address } => {
                let found = outside.payouts.iter().find(|(_, payout)| payout.as_str() == address);
                let member = found.map(|(member, _)| *member);
                to_json_binary(&identity::MemberOfResponse {
                    standing: member.map(|member| outside.standings[&member].clone()),
                    member,
                })
            }
            other => panic!("unexpected {other:?}"),
        };
        SystemResult::Ok(ContractResult::Ok(answer.unwrap()))
    });
    querier
}
