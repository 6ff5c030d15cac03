//! Points with a fake identity, one holder of each role, at noon of day 1.

use super::metered::Metered;
use crate::contract::{execute, instantiate, query};
use crate::ContractError;
use cosmwasm_std::testing::{message_info, mock_env, MockApi, MockQuerier};
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, ContractResult, Empty, Env, OwnedDeps, Response, SystemResult, Timestamp,
    Uint128, WasmQuery,
};
use cw20::{BalanceResponse, TokenInfoResponse};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use vrs_days::{Clock, Day};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{self, Kind, MemberOfResponse, Standing};
use vrs_interface::points::{ConfigResponse, ExecuteMsg, InstantiateMsg, IssuerLimit, IssuerResponse, Mint, QueryMsg};

pub const START: u64 = 1_700_000_000;
pub const DAY: u64 = 86_400;

pub type Outcome = Result<Response, ContractError>;

pub struct World {
    pub deps: OwnedDeps<Metered, MockApi, MockQuerier, Empty>,
    pub env: Env,
    pub owner: Addr,
    members: BTreeMap<String, MemberOfResponse>,
}

impl World {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut InstantiateMsg)) -> Self {
        let deps = OwnedDeps {
            storage: Metered::default(),
            api: MockApi::default(),
            querier: MockQuerier::default(),
            custom_query_type: PhantomData,
        };
        let owner = deps.api.addr_make("owner");
        let mut world = World {
            deps,
            env: mock_env(),
            owner: owner.clone(),
            members: BTreeMap::new(),
        };
        world.go_to(1);
        let mut msg = world.birth();
        change(&mut msg);
        instantiate(world.deps.as_mut(), world.env.clone(), message_info(&owner, &[]), msg).unwrap();
        for role in Role::ALL {
            let account = world.role(role).to_string();
            world.own(ExecuteMsg::Access(AccessMsg::GrantRole { role, account }));
        }
        for (number, name) in ["ann", "ben", "cleo"].into_iter().enumerate() {
            world.set_member(name, Some(number as u32 + 1), Some(standing(true, false)));
        }
        world
    }

    pub fn birth(&self) -> InstantiateMsg {
        InstantiateMsg {
            name: "Health Point".into(),
            symbol: "HP".into(),
            decimals: 6,
            owner: self.owner.to_string(),
            clock: Clock::daily(START),
            identity: self.addr("identity").to_string(),
            max_supply: None,
            verified_only: false,
            raise_delay_days: 7,
        }
    }

    pub fn addr(&self, name: &str) -> Addr {
        self.deps.api.addr_make(name)
    }

    pub fn role(&self, role: Role) -> Addr {
        self.addr(&format!("{role:?}"))
    }

    /// What the fake identity answers for an address.
    pub fn set_member(&mut self, name: &str, member: Option<u32>, standing: Option<Standing>) {
        let answer = MemberOfResponse { member, standing };
        self.members.insert(self.addr(name).to_string(), answer);
        let (members, contract) = (self.members.clone(), self.addr("identity").to_string());
        self.deps.querier.update_wasm(move |query| {
            let WasmQuery::Smart { contract_addr, msg } = query else {
                panic!("unexpected {query:?}");
            };
            assert_eq!(*contract_addr, contract);
            let identity::QueryMsg::MemberOf { address } = from_json(msg).unwrap() else {
                panic!("unexpected {msg}");
            };
            let none = MemberOfResponse {
                member: None,
                standing: None,
            };
            let answer = members.get(&address).cloned().unwrap_or(none);
            SystemResult::Ok(ContractResult::Ok(to_json_binary(&answer).unwrap()))
        });
    }

    /// Runs a message; one that fails leaves no trace, as on a chain.
    pub fn run(&mut self, sender: &Addr, msg: ExecuteMsg) -> Outcome {
        let before = self.deps.storage.snapshot();
        let outcome = execute(self.deps.as_mut(), self.env.clone(), message_info(sender, &[]), msg);
        if outcome.is_err() {
            self.deps.storage.restore(before);
        }
        outcome
    }

    pub fn by(&mut self, name: &str, msg: ExecuteMsg) -> Outcome {
        let sender = self.addr(name);
        self.run(&sender, msg)
    }

    /// Runs a message of the owner's that must be let in.
    pub fn own(&mut self, msg: ExecuteMsg) -> Response {
        let owner = self.owner.clone();
        self.run(&owner, msg).unwrap()
    }

    pub fn ask_raw(&self, msg: QueryMsg) -> Result<Binary, ContractError> {
        query(self.deps.as_ref(), self.env.clone(), msg)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        from_json(self.ask_raw(msg).unwrap()).unwrap()
    }

    /// Noon of a day.
    pub fn go_to(&mut self, day: Day) {
        self.env.block.time = Timestamp::from_seconds(START + DAY * u64::from(day) - DAY / 2);
    }

    pub fn today(&self) -> Day {
        Clock::daily(START).day(self.env.block.time)
    }

    pub fn set_issuer(&mut self, name: &str, limit: IssuerLimit) -> Outcome {
        let (owner, issuer) = (self.owner.clone(), self.addr(name).to_string());
        self.run(&owner, ExecuteMsg::SetIssuer { issuer, limit })
    }

    pub fn lower_issuer(&mut self, name: &str, limit: IssuerLimit) -> Outcome {
        let (guardian, issuer) = (self.role(Role::Guardian), self.addr(name).to_string());
        self.run(&guardian, ExecuteMsg::LowerIssuer { issuer, limit })
    }

    pub fn set_acceptor(&mut self, name: &str, accepts: bool) -> Outcome {
        let (owner, acceptor) = (self.owner.clone(), self.addr(name).to_string());
        self.run(&owner, ExecuteMsg::SetAcceptor { acceptor, accepts })
    }

    pub fn reserve(&mut self, name: &str, day: Day, amount: u128) -> Outcome {
        let amount = Uint128::new(amount);
        self.by(name, ExecuteMsg::Reserve { day, amount })
    }

    pub fn mint(&mut self, name: &str, to: &[(&str, u128)]) -> Outcome {
        let mints = to
            .iter()
            .map(|(to, amount)| Mint {
                to: self.addr(to),
                amount: Uint128::new(*amount),
            })
            .collect();
        self.by(name, ExecuteMsg::Mint { mints })
    }

    /// Gives a holder points, through an issuer of their own.
    pub fn give(&mut self, name: &str, amount: u128) {
        let today = self.today();
        assert!(today <= 1, "later a new issuer waits");
        self.set_issuer("giver", limit(1, 1 << 100, 1 << 100)).unwrap();
        self.reserve("giver", today, amount).unwrap();
        self.mint("giver", &[(name, amount)]).unwrap();
    }

    pub fn issuer(&self, name: &str, day: Day) -> IssuerResponse {
        let issuer = self.addr(name).to_string();
        self.ask(QueryMsg::Issuer { issuer, day })
    }

    pub fn held(&self, name: &str) -> u128 {
        let address = self.addr(name).to_string();
        let answer: BalanceResponse = self.ask(QueryMsg::Balance { address });
        answer.balance.u128()
    }

    pub fn supply(&self) -> u128 {
        let answer: TokenInfoResponse = self.ask(QueryMsg::TokenInfo {});
        answer.total_supply.u128()
    }

    pub fn config(&self) -> ConfigResponse {
        self.ask(QueryMsg::Config {})
    }
}

pub fn standing(verified: bool, removed: bool) -> Standing {
    Standing {
        kind: Some(Kind::Individual),
        verified,
        removed,
        level: 0,
        trade_limit: None,
    }
}

pub fn limit(window_days: u32, per_window: u128, total: u128) -> IssuerLimit {
    IssuerLimit {
        window_days,
        per_window: per_window.into(),
        total: total.into(),
    }
}

pub fn transfer(to: &Addr, amount: u128) -> ExecuteMsg {
    ExecuteMsg::Transfer {
        recipient: to.to_string(),
        amount: amount.into(),
    }
}

pub fn send(to: &Addr, amount: u128, msg: &[u8]) -> ExecuteMsg {
    ExecuteMsg::Send {
        contract: to.to_string(),
        amount: amount.into(),
        msg: msg.into(),
    }
}

pub fn burn(amount: u128) -> ExecuteMsg {
    ExecuteMsg::Burn { amount: amount.into() }
}

pub fn out_of_bounds(field: &'static str, min: u64, max: u64, actual: u64) -> ContractError {
    ContractError::OutOfBounds {
        field,
        min,
        max,
        actual,
    }
}

/// Addresses that no message takes.
pub fn broken_addresses(world: &World) -> Vec<String> {
    vec![
        world.addr("ann").to_string().to_uppercase(),
        world.deps.api.with_prefix("osmo").addr_make("ann").to_string(),
        "ann".into(),
        String::new(),
    ]
}

pub fn is_broken<T: std::fmt::Debug>(outcome: Result<T, ContractError>, given: &str) {
    assert!(
        matches!(
            &outcome,
            Err(ContractError::Access(vrs_access::AccessError::InvalidAddress { address, .. })) if address == given
        ),
        "{outcome:?}"
    );
}
