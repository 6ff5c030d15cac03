//! A registry with one holder of each role, at noon of day 1.

use super::metered::Metered;
use crate::contract::{execute, instantiate, query};
use crate::ContractError;
use cosmwasm_std::testing::{message_info, mock_env, MockApi, MockQuerier};
use cosmwasm_std::{from_json, Addr, Binary, Empty, Env, OwnedDeps, Response, Timestamp};
use serde::de::DeserializeOwned;
use std::marker::PhantomData;
use vrs_days::{Clock, Day};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{
    ExecuteMsg, InstantiateMsg, Kind, MemberId, MemberResponse, NewClaim, NewMember, Penalty, QueryMsg, Registered,
    Standing, StandingsResponse, Topic,
};

pub const START: u64 = 1_700_000_000;
pub const DAY: u64 = 86_400;

pub type Outcome = Result<Response, ContractError>;

pub struct World {
    pub deps: OwnedDeps<Metered, MockApi, MockQuerier, Empty>,
    pub env: Env,
    pub owner: Addr,
}

impl World {
    pub fn new() -> Self {
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
        };
        world.env.block.time = Timestamp::from_seconds(START + DAY / 2);
        let msg = InstantiateMsg {
            owner: owner.to_string(),
            clock: Clock::daily(START),
        };
        instantiate(world.deps.as_mut(), world.env.clone(), message_info(&owner, &[]), msg).unwrap();
        for role in Role::ALL {
            let account = world.role(role).to_string();
            let grant = AccessMsg::GrantRole { role, account };
            world.run(&owner, ExecuteMsg::Access(grant)).unwrap();
        }
        world
    }

    pub fn addr(&self, name: &str) -> Addr {
        self.deps.api.addr_make(name)
    }

    /// The holder of a role.
    pub fn role(&self, role: Role) -> Addr {
        self.addr(&format!("{role:?}"))
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

    pub fn ask_raw(&self, msg: QueryMsg) -> Result<Binary, ContractError> {
        query(self.deps.as_ref(), self.env.clone(), msg)
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: QueryMsg) -> T {
        from_json(self.ask_raw(msg).unwrap()).unwrap()
    }

    pub fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    pub fn today(&self) -> Day {
        Clock::daily(START).day(self.env.block.time)
    }

    pub fn pass(&mut self, seconds: u64) {
        self.env.block.time = self.env.block.time.plus_seconds(seconds);
    }

    /// Noon of a day.
    pub fn go_to(&mut self, day: Day) {
        self.env.block.time = Timestamp::from_seconds(START + DAY * u64::from(day) - DAY / 2);
    }

    /// Registers an account by itself.
    pub fn join(&mut self, name: &str) -> MemberId {
        let account = self.addr(name);
        let kind = Kind::Individual;
        registered(self.run(&account, ExecuteMsg::Register { kind })).first
    }

    /// Registers members by the owner.
    pub fn admit(&mut self, members: Vec<NewMember>) -> Outcome {
        let owner = self.owner.clone();
        self.run(&owner, ExecuteMsg::RegisterMembers { members })
    }

    pub fn mark(&mut self, member: MemberId, until: Option<u64>, penalty: Penalty) -> Outcome {
        let arbiter = self.role(Role::Arbiter);
        self.run(&arbiter, mark(member, until, penalty))
    }

    pub fn claim(&mut self, member: MemberId, topic: Topic, until: Option<Day>) -> Outcome {
        let verifier = self.role(Role::Verifier);
        let claim = claim(topic, until);
        self.run(&verifier, ExecuteMsg::AddClaim { member, claim })
    }

    pub fn standing(&self, member: MemberId) -> Standing {
        let members = vec![member];
        let mut answer: StandingsResponse = self.ask(QueryMsg::Standings { members });
        answer.standings.remove(0)
    }

    pub fn member(&self, member: MemberId) -> MemberResponse {
        self.ask(QueryMsg::Member { member })
    }
}

pub fn registered(outcome: Outcome) -> Registered {
    from_json(outcome.unwrap().data.unwrap()).unwrap()
}

pub fn claim(topic: Topic, until: Option<Day>) -> NewClaim {
    NewClaim {
        topic,
        hash: Binary::from([7; 32]),
        until,
    }
}

pub fn new_member(account: &Addr) -> NewMember {
    NewMember {
        kind: Kind::Merchant,
        account: account.to_string(),
        payout: None,
        level: 10,
        identity: None,
    }
}

pub fn mark(member: MemberId, until: Option<u64>, penalty: Penalty) -> ExecuteMsg {
    ExecuteMsg::Mark {
        member,
        severity: 3,
        reason: "fake sales".into(),
        until,
        penalty,
    }
}

pub fn out_of_bounds(field: &'static str, min: u64, max: u64, actual: u64) -> ContractError {
    ContractError::OutOfBounds {
        field,
        min,
        max,
        actual,
    }
}
