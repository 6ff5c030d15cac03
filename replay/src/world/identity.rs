//! Messages and questions to the registry of members.

use super::{json, Post, World};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::Addr;
use vrs_interface::access::Role;
use vrs_interface::identity::{
    AddressRole, ExecuteMsg, Kind, MarksResponse, MemberResponse, NewClaim, NewMember, Penalty, QueryMsg, Topic,
};

const NAME: &str = "identity";
const KINDS: [Kind; 6] = [
    Kind::Individual,
    Kind::Merchant,
    Kind::Company,
    Kind::Instructor,
    Kind::Institution,
    Kind::Investor,
];

impl World {
    pub(super) fn identity_post(&mut self) -> Post {
        let member = self.member();
        let verifier = self.officer(NAME, Some(Role::Verifier));
        let arbiter = self.officer(NAME, Some(Role::Arbiter));
        let mark = self.dice.one(&[1, 1, 1, 2, 2, 3]);
        let (sender, msg) = match self.dice.small(0..=13) {
            0 => return self.access_post(NAME),
            1 => {
                let kind = self.dice.one(&KINDS);
                let sender = if self.dice.chance(80) {
                    self.newcomer()
                } else {
                    self.account()
                };
                (sender, ExecuteMsg::Register { kind })
            }
            2 => {
                let count = self.dice.one(&[0, 1, 1, 2, 3, 3, 101]);
                let members = (0..count).map(|_| self.new_member()).collect();
                let registrar = self.officer(NAME, Some(Role::Registrar));
                (registrar, ExecuteMsg::RegisterMembers { members })
            }
            3 => {
                let role = self.dice.one(&[AddressRole::Account, AddressRole::Payout]);
                let address = match self.dice.chance(60) {
                    true => self.newcomer().to_string(),
                    false => self.address(),
                };
                self.proposals.push(member);
                (self.account_of(member), ExecuteMsg::ProposeAddress { role, address })
            }
            4 => {
                let member = self
                    .dice
                    .one(&[self.proposals.last().copied().unwrap_or(member), member]);
                (self.proposed_to(member), ExecuteMsg::AcceptAddress { member })
            }
            5 | 6 => {
                let claim = self.claim();
                (verifier, ExecuteMsg::AddClaim { member, claim })
            }
            7 => {
                let topic = self.dice.one(&Topic::ALL);
                (verifier, ExecuteMsg::RevokeClaim { member, topic })
            }
            8 => {
                let level = self.dice.one(&[0, 1, 2, 5, 100, 101]);
                (verifier, ExecuteMsg::SetLevel { member, level })
            }
            9 | 10 => (arbiter, self.mark(member)),
            11 => {
                let member = self.marked();
                (arbiter, ExecuteMsg::LiftMark { member, mark })
            }
            12 => {
                let (statement, member) = (self.dice.hash(), self.marked());
                (self.account_of(member), ExecuteMsg::Appeal { mark, statement })
            }
            _ => {
                let (uphold, member) = (self.dice.chance(50), self.marked());
                (arbiter, ExecuteMsg::ResolveAppeal { member, mark, uphold })
            }
        };
        self.new_post(sender, NAME, &msg)
    }

    /// A mark, an appeal against it, a decision.
    pub(super) fn trial(&mut self) {
        let member = self.member();
        let mark = self.mark(member);
        let appellant = self.account_of(member);
        let question = QueryMsg::Marks {
            member,
            start_after: None,
            limit: Some(200),
        };
        let marks = self.chain.wrap().query_wasm_smart(self.at(NAME), &question);
        let last = marks.map_or(0, |found: MarksResponse| found.marks.last().map_or(0, |mark| mark.mark));
        let number = last + 1;
        let statement = self.dice.bytes(32);
        let uphold = self.dice.chance(50);
        let owner = self.owner_of(NAME);
        let appeal = ExecuteMsg::Appeal {
            mark: number,
            statement,
        };
        let decision = ExecuteMsg::ResolveAppeal {
            member,
            mark: number,
            uphold,
        };
        for (sender, msg) in [(owner.clone(), mark), (appellant, appeal), (owner, decision)] {
            let post = self.new_post(sender.clone(), NAME, &msg);
            self.send(&sender, vec![post]);
        }
    }

    /// An account that nobody had before.
    fn newcomer(&mut self) -> Addr {
        self.strangers += 1;
        let api = MockApi::default().with_prefix(super::PREFIX);
        api.addr_make(&format!("newcomer {}", self.strangers))
    }

    fn as_registered(&self, member: u32) -> Option<MemberResponse> {
        let question = QueryMsg::Member { member };
        self.chain.wrap().query_wasm_smart(self.at(NAME), &question).ok()
    }

    pub(super) fn account_of(&mut self, member: u32) -> Addr {
        match self.as_registered(member) {
            Some(found) if self.dice.chance(90) => found.account,
            _ => self.account(),
        }
    }

    fn proposed_to(&mut self, member: u32) -> Addr {
        match self.as_registered(member).and_then(|found| found.proposed) {
            Some((_, proposed)) if self.dice.chance(90) => proposed,
            _ => self.account(),
        }
    }

    fn new_member(&mut self) -> NewMember {
        let account = match self.dice.chance(90) {
            true => self.newcomer().to_string(),
            false => self.address(),
        };
        NewMember {
            kind: self.dice.one(&KINDS),
            account,
            payout: self.dice.chance(10).then(|| self.address()),
            level: self.dice.one(&[0, 1, 1, 1, 100, 101]),
            identity: self.dice.chance(50).then(|| self.claim()),
        }
    }

    fn claim(&mut self) -> NewClaim {
        let identity = self.dice.chance(60);
        NewClaim {
            topic: if identity {
                Topic::Identity
            } else {
                self.dice.one(&Topic::ALL)
            },
            hash: self.dice.hash(),
            until: self.dice.chance(30).then(|| self.day().saturating_add(5)),
        }
    }

    /// A member who was marked, or any.
    fn marked(&mut self) -> u32 {
        match self.marked.last() {
            // Those of late, since a mark ends.
            Some(_) if self.dice.chance(80) => {
                let late = self.marked.len().saturating_sub(3);
                self.dice.one(&self.marked[late..])
            }
            _ => self.member(),
        }
    }

    fn mark(&mut self, member: u32) -> ExecuteMsg {
        self.marked.push(member);
        let now = self.chain.block_info().time.seconds();
        let penalty = match self.dice.small(0..=9) {
            0 => Penalty::Removal {},
            1..=3 => Penalty::LowerLevel {
                by: self.dice.one(&[0, 1, 5, 101]),
            },
            4 | 5 => Penalty::LowerRank {
                by: self.dice.one(&[1, 9, 100, 200]),
            },
            6 | 7 => Penalty::TradeLimit {
                max: self.dice.within(0..=9_000),
            },
            _ => Penalty::None {},
        };
        ExecuteMsg::Mark {
            member,
            severity: self.dice.one(&[1, 1, 2, 2, 3, 5, 5, 5, 0, 6]),
            reason: self
                .dice
                .one(&["late", "late", "invented customers", "grün", ""])
                .repeat(self.dice.one(&[1, 1, 1, 20])),
            until: self
                .dice
                .one(&[Some(now + 9_000), Some(now + 90_000), Some(now), None, Some(u64::MAX)]),
            penalty,
        }
    }

    pub(super) fn identity_question(&mut self) -> (&'static str, Vec<u8>) {
        let (member, limit) = (self.member(), self.dice.limit());
        let start_after = self.dice.rarely(|dice| dice.small(0..=30));
        let count = self.dice.one(&[0, 1, 3, 26, 501]);
        let msg = match self.dice.small(0..=10) {
            0 => QueryMsg::Ownership {},
            1 => QueryMsg::Roles {
                start_after: self
                    .dice
                    .rarely(|dice| dice.one(&Role::ALL))
                    .map(|role| (role, self.address())),
                limit,
            },
            2 => QueryMsg::Paused {},
            3 => QueryMsg::Config {},
            4 => QueryMsg::Standings {
                members: (0..count).map(|_| self.member()).collect(),
            },
            5 => QueryMsg::Payouts {
                members: (0..count).map(|_| self.member()).collect(),
            },
            6 => QueryMsg::MemberOf {
                address: self.address(),
            },
            7 => QueryMsg::Member { member },
            8 => QueryMsg::Members { start_after, limit },
            9 => QueryMsg::Claims { member },
            _ => QueryMsg::Marks {
                member,
                start_after,
                limit,
            },
        };
        (NAME, json(&msg))
    }
}
