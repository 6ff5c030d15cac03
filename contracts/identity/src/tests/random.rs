//! Random sequences against a registry kept the naive way: all that ever happened, evaluated anew.

use super::world::{claim, new_member, World};
use crate::standing::NOBODY;
use cosmwasm_std::{Addr, Binary};
use proptest::prelude::*;
use std::collections::BTreeMap;
use vrs_interface::access::Role;
use vrs_interface::identity::{
    AddressRole, ExecuteMsg, Kind, MarksResponse, MemberOfResponse, PayoutsResponse, Penalty, QueryMsg, Standing,
    StandingsResponse, Topic,
};

/// Accounts that take part; few, so that they get into each other's way.
const NAMES: u8 = 8;
const MEMBERS: u32 = 4;
/// Time passes in spans of half a day, so that ends are often met to the second.
const SPAN: u64 = 43_200;

#[derive(Clone, Debug)]
enum Step {
    Register(u8),
    Admit {
        account: u8,
        payout: Option<u8>,
        until: Option<u32>,
    },
    Propose {
        by: u8,
        payout: bool,
        address: u8,
    },
    Accept {
        by: u8,
        member: u32,
    },
    AddClaim {
        member: u32,
        identity: bool,
        days: Option<u32>,
    },
    Revoke {
        member: u32,
        identity: bool,
    },
    SetLevel {
        member: u32,
        level: u8,
    },
    Mark {
        member: u32,
        seconds: Option<u64>,
        penalty: Penalty,
        by_owner: bool,
    },
    Lift {
        member: u32,
        mark: u32,
    },
    Appeal {
        by: u8,
        mark: u32,
    },
    Resolve {
        member: u32,
        mark: u32,
        uphold: bool,
        by_owner: bool,
    },
    Pass(u64),
}

fn penalty() -> impl Strategy<Value = Penalty> {
    prop_oneof![
        Just(Penalty::None {}),
        (1..=100u8).prop_map(|by| Penalty::LowerRank { by }),
        (1..=100u8).prop_map(|by| Penalty::LowerLevel { by }),
        (0..3u64).prop_map(|max| Penalty::TradeLimit { max }),
        Just(Penalty::Removal {}),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let name = || 0..NAMES;
    let member = || 1..=MEMBERS;
    let days = || prop::option::of(0..40u32);
    let number = || 1..6u32;
    prop_oneof![
        2 => name().prop_map(Step::Register),
        2 => (name(), prop::option::of(name()), days())
            .prop_map(|(account, payout, until)| Step::Admit { account, payout, until }),
        2 => (name(), any::<bool>(), name()).prop_map(|(by, payout, address)| Step::Propose { by, payout, address }),
        2 => (name(), member()).prop_map(|(by, member)| Step::Accept { by, member }),
        2 => (member(), any::<bool>(), days())
            .prop_map(|(member, identity, days)| Step::AddClaim { member, identity, days }),
        1 => (member(), any::<bool>()).prop_map(|(member, identity)| Step::Revoke { member, identity }),
        1 => (member(), 0..=100u8).prop_map(|(member, level)| Step::SetLevel { member, level }),
        6 => (member(), prop::option::of((1..9u64).prop_map(|n| n * SPAN)), penalty(), any::<bool>())
            .prop_map(|(member, seconds, penalty, by_owner)| Step::Mark { member, seconds, penalty, by_owner }),
        2 => (member(), number()).prop_map(|(member, mark)| Step::Lift { member, mark }),
        2 => (name(), number()).prop_map(|(by, mark)| Step::Appeal { by, mark }),
        2 => (member(), number(), any::<bool>(), any::<bool>())
            .prop_map(|(member, mark, uphold, by_owner)| Step::Resolve { member, mark, uphold, by_owner }),
        3 => (0..7u64).prop_map(|n| Step::Pass(n * SPAN)),
    ]
}

#[derive(Clone)]
struct NaiveMark {
    from: u64,
    until: u64,
    penalty: Penalty,
    by_owner: bool,
    /// 0 none, 1 open, 2 decided.
    appeal: u8,
}

#[derive(Clone, Default)]
struct NaiveMember {
    merchant: bool,
    level: u8,
    account: u8,
    payout: Option<u8>,
    proposal: Option<(bool, u8, u32)>,
    /// Last days by topic: identity, licence.
    claims: BTreeMap<bool, u32>,
    marks: Vec<NaiveMark>,
}

#[derive(Default)]
struct Naive {
    members: Vec<NaiveMember>,
    holders: BTreeMap<u8, usize>,
}

impl Naive {
    /// Whether the step is lawful; carries it out if so.
    fn step(&mut self, step: &Step, now: u64, today: u32) -> bool {
        self.try_step(step, now, today).is_some()
    }

    fn acting(&self, by: u8) -> Option<usize> {
        self.holders
            .get(&by)
            .copied()
            .filter(|id| self.members[*id].account == by)
    }

    fn try_step(&mut self, step: &Step, now: u64, today: u32) -> Option<()> {
        let free = |held: &BTreeMap<u8, usize>, name: &u8, id: usize| held.get(name).is_none_or(|holder| *holder == id);
        match step {
            Step::Register(name) => self.add(*name, None, None, false, today),
            Step::Admit { account, payout, until } => self.add(*account, *payout, *until, true, today),
            Step::Propose { by, payout, address } => {
                let id = self.acting(*by)?;
                let member = &mut self.members[id];
                let in_use = if *payout {
                    member.payout.unwrap_or(member.account)
                } else {
                    member.account
                };
                if in_use == *address {
                    member.proposal.take().map(|_| ())
                } else {
                    free(&self.holders, address, id).then(|| member.proposal = Some((*payout, *address, today + 6)))
                }
            }
            Step::Accept { by, member } => {
                let id = *member as usize - 1;
                let (payout, address, until) = self.members.get(id)?.proposal?;
                if address != *by || until < today || !free(&self.holders, by, id) {
                    return None;
                }
                self.holders.insert(*by, id);
                let member = &mut self.members[id];
                member.proposal = None;
                match payout {
                    false => member.account = *by,
                    true => member.payout = (*by != member.account).then_some(*by),
                }
                Some(())
            }
            Step::AddClaim { member, identity, days } => {
                let until = days.unwrap_or(u32::MAX);
                let member = self.members.get_mut(*member as usize - 1)?;
                (until >= today.max(1))
                    .then(|| member.claims.insert(*identity, until))
                    .map(|_| ())
            }
            Step::Revoke { member, identity } => {
                let member = self.members.get_mut(*member as usize - 1)?;
                member.claims.remove(identity).map(|_| ())
            }
            Step::SetLevel { member, level } => {
                self.members.get_mut(*member as usize - 1)?.level = *level;
                Some(())
            }
            Step::Mark {
                member,
                seconds,
                penalty,
                by_owner,
            } => {
                let member = self.members.get_mut(*member as usize - 1)?;
                if member.marks.iter().filter(|mark| mark.until > now).count() >= 16 {
                    return None;
                }
                member.marks.push(NaiveMark {
                    from: now,
                    until: seconds.map_or(u64::MAX, |seconds| now + seconds),
                    penalty: penalty.clone(),
                    by_owner: *by_owner,
                    appeal: 0,
                });
                Some(())
            }
            Step::Lift { member, mark } => {
                let mark = self.mark(*member as usize - 1, *mark).filter(|mark| mark.until > now)?;
                mark.until = now;
                if mark.appeal == 1 {
                    mark.appeal = 2;
                }
                Some(())
            }
            Step::Appeal { by, mark } => {
                let id = self.acting(*by)?;
                let mark = self
                    .mark(id, *mark)
                    .filter(|mark| mark.until > now && mark.appeal == 0)?;
                mark.appeal = 1;
                Some(())
            }
            Step::Resolve {
                member,
                mark,
                uphold,
                by_owner,
            } => {
                let mark = self.mark(*member as usize - 1, *mark)?;
                // Marks are made by the owner or by the one arbiter; the owner decides in any case.
                if mark.appeal != 1 || (!by_owner && !mark.by_owner) {
                    return None;
                }
                mark.appeal = 2;
                if !uphold {
                    mark.until = mark.until.min(now);
                }
                Some(())
            }
            Step::Pass(_) => Some(()),
        }
    }

    fn mark(&mut self, id: usize, number: u32) -> Option<&mut NaiveMark> {
        self.members.get_mut(id)?.marks.get_mut(number as usize - 1)
    }

    fn add(&mut self, account: u8, payout: Option<u8>, until: Option<u32>, merchant: bool, today: u32) -> Option<()> {
        let payout = payout.filter(|payout| *payout != account);
        let taken = |name: &u8| self.holders.contains_key(name);
        if taken(&account) || payout.as_ref().is_some_and(taken) || until.is_some_and(|until| until < today.max(1)) {
            return None;
        }
        let id = self.members.len();
        self.holders.insert(account, id);
        self.holders.extend(payout.map(|payout| (payout, id)));
        self.members.push(NaiveMember {
            merchant,
            level: if merchant { 10 } else { 0 },
            account,
            payout,
            claims: until.map(|until| (true, until)).into_iter().collect(),
            ..NaiveMember::default()
        });
        Some(())
    }

    fn standing(&self, id: usize, now: u64, today: u32) -> Standing {
        let Some(member) = self.members.get(id) else {
            return NOBODY;
        };
        let live = || {
            member
                .marks
                .iter()
                .filter(|mark| mark.from <= now && now < mark.until)
                .map(|mark| &mark.penalty)
        };
        let lowered: u32 = live()
            .map(|p| {
                if let Penalty::LowerLevel { by } = p {
                    u32::from(*by)
                } else {
                    0
                }
            })
            .sum();
        Standing {
            kind: Some(if member.merchant {
                Kind::Merchant
            } else {
                Kind::Individual
            }),
            verified: member.claims.get(&true).is_some_and(|until| *until >= today),
            removed: live().any(|penalty| *penalty == Penalty::Removal {}),
            level: u32::from(member.level).saturating_sub(lowered) as u8,
            trade_limit: live()
                .filter_map(|p| {
                    if let Penalty::TradeLimit { max } = p {
                        Some(*max)
                    } else {
                        None
                    }
                })
                .min(),
        }
    }
}

fn name(world: &World, index: u8) -> Addr {
    world.addr(&format!("name {index}"))
}

fn message(world: &World, step: &Step) -> Option<(Addr, ExecuteMsg)> {
    let (owner, arbiter, verifier) = (
        world.owner.clone(),
        world.role(Role::Arbiter),
        world.role(Role::Verifier),
    );
    let topic = |identity: bool| if identity { Topic::Identity } else { Topic::Licence };
    Some(match step.clone() {
        Step::Register(by) => (name(world, by), ExecuteMsg::Register { kind: Kind::Individual }),
        Step::Admit { account, payout, until } => {
            let mut new = new_member(&name(world, account));
            new.payout = payout.map(|payout| name(world, payout).to_string());
            new.identity = until.map(|until| claim(Topic::Identity, Some(until)));
            (owner, ExecuteMsg::RegisterMembers { members: vec![new] })
        }
        Step::Propose { by, payout, address } => {
            let role = if payout {
                AddressRole::Payout
            } else {
                AddressRole::Account
            };
            let address = name(world, address).to_string();
            (name(world, by), ExecuteMsg::ProposeAddress { role, address })
        }
        Step::Accept { by, member } => (name(world, by), ExecuteMsg::AcceptAddress { member }),
        Step::AddClaim { member, identity, days } => {
            let claim = claim(topic(identity), days);
            (owner, ExecuteMsg::AddClaim { member, claim })
        }
        Step::Revoke { member, identity } => (
            owner,
            ExecuteMsg::RevokeClaim {
                member,
                topic: topic(identity),
            },
        ),
        Step::SetLevel { member, level } => (verifier, ExecuteMsg::SetLevel { member, level }),
        Step::Mark {
            member,
            seconds,
            penalty,
            by_owner,
        } => {
            let until = seconds.map(|seconds| world.now() + seconds);
            let msg = super::world::mark(member, until, penalty);
            (if by_owner { owner } else { arbiter }, msg)
        }
        Step::Lift { member, mark } => (arbiter, ExecuteMsg::LiftMark { member, mark }),
        Step::Appeal { by, mark } => {
            let statement = Binary::from([1; 32]);
            (name(world, by), ExecuteMsg::Appeal { mark, statement })
        }
        Step::Resolve {
            member,
            mark,
            uphold,
            by_owner,
        } => {
            let msg = ExecuteMsg::ResolveAppeal { member, mark, uphold };
            (if by_owner { owner } else { arbiter }, msg)
        }
        Step::Pass(_) => return None,
    })
}

/// What the chain answers equals what the naive registry says.
fn compare(world: &World, naive: &Naive, today: u32) -> Result<(), TestCaseError> {
    let members: Vec<u32> = (0..=MEMBERS + 1).collect();
    let standings: StandingsResponse = world.ask(QueryMsg::Standings {
        members: members.clone(),
    });
    let payouts: PayoutsResponse = world.ask(QueryMsg::Payouts {
        members: members.clone(),
    });
    for (index, number) in members.into_iter().enumerate() {
        let expected = match number.checked_sub(1) {
            None => NOBODY,
            Some(id) => naive.standing(id as usize, world.now(), today),
        };
        prop_assert_eq!(&standings.standings[index], &expected, "member {}", number);
        let member = number.checked_sub(1).and_then(|id| naive.members.get(id as usize));
        let payout = member.map(|m| name(world, m.payout.unwrap_or(m.account)));
        prop_assert_eq!(&payouts.payouts[index], &payout);
        if let Some(member) = member {
            let answer: MarksResponse = world.ask(QueryMsg::Marks {
                member: number,
                start_after: None,
                limit: Some(200),
            });
            let told: Vec<_> = answer
                .marks
                .iter()
                .map(|m| (m.from, m.until.unwrap_or(u64::MAX)))
                .collect();
            let kept: Vec<_> = member.marks.iter().map(|m| (m.from, m.until)).collect();
            prop_assert_eq!(told, kept);
        }
    }
    for index in 0..NAMES {
        let address = name(world, index).to_string();
        let found: MemberOfResponse = world.ask(QueryMsg::MemberOf { address });
        prop_assert_eq!(found.member, naive.holders.get(&index).map(|id| *id as u32 + 1));
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_registry_agrees_with_a_naive_one(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new();
        let mut naive = Naive::default();
        for step in steps {
            let today = world.today();
            match (&step, message(&world, &step)) {
                (Step::Pass(seconds), _) => world.pass(*seconds),
                (_, Some((sender, msg))) => {
                    // Members beyond those that are looked at would not be compared.
                    let joins = matches!(step, Step::Register(_) | Step::Admit { .. });
                    if joins && naive.members.len() as u32 > MEMBERS {
                        continue;
                    }
                    let outcome = world.run(&sender, msg);
                    let lawful = naive.step(&step, world.now(), today);
                    prop_assert_eq!(outcome.is_ok(), lawful, "{:?}: {:?}", step, outcome);
                }
                (_, None) => {}
            }
            compare(&world, &naive, world.today())?;
        }
    }
}
