//! A chain on which chance plays: messages of every kind, mostly lawful, often not.

mod batches;
mod birth;
mod dice;
mod identity;
mod merchant;
mod mining;
mod noise;
mod oracle;
mod points;
mod taker;
mod token;

use crate::corpus::{Code, Step};
use crate::record::Tape;
use batches::Device;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{coin, to_json_vec, Addr, Coin, CosmosMsg, Empty, MemoryStorage, Timestamp, WasmMsg};
use cw_multi_test::{App, BankKeeper};
use dice::Dice;
use serde::Serialize;
use std::collections::BTreeMap;
use vrs_days::{Clock, Day, Stage};
use vrs_interface::access::{AccessMsg, OwnershipMsg, Role};
use vrs_interface::standard::Expiration;

/// Prefix of the chain's addresses.
pub const PREFIX: &str = "vrs";
/// The chain's id, as devices sign it.
const CHAIN_ID: &str = "vrs-replay-1";

type Chain = App<BankKeeper, MockApi, MemoryStorage>;

/// A message on its way.
#[derive(Clone)]
struct Post {
    sender: Addr,
    contract: Addr,
    msg: Vec<u8>,
    funds: Vec<Coin>,
}

/// A contract of the suite.
#[derive(Clone, Debug)]
struct Deployed {
    code: Code,
    address: Addr,
    owner: Option<Addr>,
}

/// The chain, and what chance knows of it.
pub struct World {
    chain: Chain,
    tape: Tape,
    dice: Dice,
    clock: Clock,
    codes: BTreeMap<Code, u64>,
    contracts: BTreeMap<&'static str, Deployed>,
    owner: Addr,
    /// Account that issues MVP.
    issuer: Addr,
    /// Contract without wasm that takes whatever it is sent.
    taker: Addr,
    roles: BTreeMap<Role, Addr>,
    /// Accounts of members; number 1 stands first.
    members: Vec<Addr>,
    /// Numbers of the members that are shops.
    shops: Vec<u32>,
    accounts: Vec<Addr>,
    devices: Vec<Device>,
    /// Batches that were relayed.
    relayed: Vec<cosmwasm_std::Binary>,
    strangers: u32,
    receipts: u64,
    /// Members to whom an address was proposed.
    proposals: Vec<u32>,
    /// Members who were marked.
    marked: Vec<u32>,
    /// Accounts and days of readings.
    read: Vec<(u32, Day)>,
    /// Shops, customers and days of receipts.
    sold: Vec<(u32, u32, Day)>,
}

impl World {
    /// Plays until so many calls that may write are recorded; answers the record.
    pub fn play(seed: u64, number: u64, calls: usize) -> Vec<Step> {
        let mut world = World::born(seed, number);
        let mut aged = false;
        while world.tape.writing_calls() < calls {
            // Late in life a year goes by, so that rewards expire and there is something to prune.
            if !aged && world.tape.writing_calls() * 5 > calls * 4 {
                aged = true;
                world.pass(400 * 86_400);
            }
            world.step();
        }
        world.tape.take()
    }

    /// `before` batches of so many receipts, behind the birth of a world, and so many more.
    pub fn batches(before: usize, batches: usize, receipts: usize) -> (Vec<Step>, Vec<Step>) {
        let mut world = World::born(1, u64::MAX);
        world.plain_batches(0..before, receipts);
        let warm = world.tape.take();
        world.plain_batches(before..before + batches, receipts);
        (warm, world.tape.take())
    }

    fn step(&mut self) {
        match self.dice.small(0..=99) {
            0..=17 => {
                let seconds = match self.dice.small(0..=9) {
                    0..=6 => self.dice.within(600..=30_000),
                    7..=8 => self.dice.within(30_000..=100_000),
                    _ => self.dice.within(86_400..=400_000),
                };
                self.pass(seconds);
            }
            18..=22 => self.keep_going(),
            23..=26 => self.migrate(),
            27..=29 => self.still_birth(),
            30 => self.hand_over(),
            31 => self.trial(),
            32..=35 => {
                // One transaction with several messages: where one falls, all are taken back.
                let count = self.dice.small(2..=3);
                let posts: Vec<Post> = (0..count).map(|_| self.post()).collect();
                let sender = posts[0].sender.clone();
                self.send(&sender, posts);
            }
            36..=54 => self.ask(),
            _ => {
                let post = self.post();
                let sender = post.sender.clone();
                self.send(&sender, vec![post]);
            }
        }
    }

    /// A message of any contract.
    fn post(&mut self) -> Post {
        let mut post = match self.dice.small(0..=99) {
            0..=26 => self.oracle_post(),
            27..=48 => self.merchant_post(),
            49..=62 => self.mining_post(),
            63..=76 => self.identity_post(),
            77..=88 => self.token_post(),
            _ => self.points_post(),
        };
        if self.dice.chance(3) {
            post.funds = vec![coin(u128::from(self.dice.within(1..=5)), "ufee")];
        }
        if self.dice.chance(7) {
            post.msg = noise::mangle(&mut self.dice, &post.msg);
        }
        if self.dice.chance(4) {
            post.sender = self.account();
        }
        post
    }

    fn ask(&mut self) {
        let (name, msg) = match self.dice.small(0..=5) {
            0 => self.token_question(),
            1 => self.points_question(),
            2 => self.identity_question(),
            3 => self.oracle_question(),
            4 => self.merchant_question(),
            _ => self.mining_question(),
        };
        let msg = match self.dice.chance(4) {
            true => noise::mangle(&mut self.dice, &msg),
            false => msg,
        };
        let request = cosmwasm_std::QueryRequest::<Empty>::Wasm(cosmwasm_std::WasmQuery::Smart {
            contract_addr: self.at(name).to_string(),
            msg: msg.into(),
        });
        let request = to_json_vec(&request).expect("a request is JSON");
        // What it answers is on the tape.
        let _ = cosmwasm_std::Querier::raw_query(&self.chain, &request);
    }

    /// Sends messages in one transaction; whether they succeed is on the tape.
    fn send(&mut self, sender: &Addr, posts: Vec<Post>) -> bool {
        let handed: Vec<Addr> = posts
            .iter()
            .filter(|post| post.msg.windows(16).any(|part| part == b"accept_ownership"))
            .map(|post| post.contract.clone())
            .collect();
        let msgs = posts.into_iter().map(|post| -> CosmosMsg<Empty> {
            WasmMsg::Execute {
                contract_addr: post.contract.to_string(),
                msg: post.msg.into(),
                funds: post.funds,
            }
            .into()
        });
        let sent = self.chain.execute_multi(sender.clone(), msgs.collect());
        self.end();
        if sent.is_ok() {
            for contract in handed {
                let owner = self.ownership(&contract).and_then(|ownership| ownership.owner);
                for deployed in self.contracts.values_mut().filter(|it| it.address == contract) {
                    deployed.owner = owner.clone().map(Addr::unchecked);
                }
            }
        }
        sent.is_ok()
    }

    fn ownership(&self, contract: &Addr) -> Option<cw_ownable::Ownership<String>> {
        let question = BTreeMap::from([("ownership", Empty {})]);
        self.chain.wrap().query_wasm_smart(contract, &question).ok()
    }

    fn proposed_owner(&mut self, name: &str) -> Addr {
        let contract = self.at(name);
        let proposed = self.ownership(&contract).and_then(|ownership| ownership.pending_owner);
        match proposed {
            Some(proposed) if self.dice.chance(80) => Addr::unchecked(proposed),
            _ => self.account(),
        }
    }

    /// A transaction is over: the next block is some seconds later.
    fn end(&mut self) {
        let chain = &self.chain;
        self.tape.end(|contract| chain.dump_wasm_raw(contract));
        let later = self.dice.within(1..=6);
        self.pass(later);
    }

    fn pass(&mut self, seconds: u64) {
        self.chain.update_block(|block| {
            block.time = Timestamp::from_nanos(block.time.nanos()).plus_seconds(seconds);
            block.height += 1;
        });
    }

    /// What an operator would put right: nobody could play on for long without him.
    fn keep_going(&mut self) {
        use vrs_interface::oracle::{DeviceKind, ExecuteMsg};
        let names = ["hp", "time", "mvp", "identity", "oracle", "merchant", "mining"];
        let name = self.dice.one(&names);
        let mut msgs = vec![(name, to_json_vec(&access(AccessMsg::Unpause {})))];
        let role = self.dice.one(&Role::ALL);
        let account = self.roles[&role].to_string();
        msgs.push((name, to_json_vec(&access(AccessMsg::GrantRole { role, account }))));
        for (kind, consumer) in [(DeviceKind::Terminal, "merchant"), (DeviceKind::Meter, "mining")] {
            let contract = Some(self.at(consumer).to_string());
            msgs.push(("oracle", to_json_vec(&ExecuteMsg::SetConsumer { kind, contract })));
        }
        for (name, msg) in msgs {
            let post = Post {
                sender: self.owner_of(name),
                contract: self.at(name),
                msg: msg.expect("a message is JSON"),
                funds: vec![],
            };
            let sender = post.sender.clone();
            self.send(&sender, vec![post]);
        }
    }

    /// A contract gets another owner, in two steps.
    fn hand_over(&mut self) {
        let name = self
            .dice
            .one(&["hp", "time", "mvp", "identity", "oracle", "merchant", "mining"]);
        let next = self.dice.one(&self.accounts.clone());
        let new_owner = next.to_string();
        let propose = OwnershipMsg::TransferOwnership {
            new_owner,
            expiry: Expiration::AtHeight(u64::MAX),
        };
        for (sender, action) in [(self.owner_of(name), propose), (next, OwnershipMsg::AcceptOwnership {})] {
            let post = self.new_post(sender.clone(), name, &access(AccessMsg::UpdateOwnership(action)));
            self.send(&sender, vec![post]);
        }
    }

    fn at(&self, name: &str) -> Addr {
        self.contracts[name].address.clone()
    }

    fn owner_of(&self, name: &str) -> Addr {
        self.contracts[name].owner.clone().unwrap_or_else(|| self.owner.clone())
    }

    fn today(&self) -> Day {
        self.clock.day(self.chain.block_info().time)
    }

    /// Whether what was earned on a day can still be taken back.
    fn provisional(&self, day: Day) -> bool {
        self.clock.stage(day, self.chain.block_info().time) == Stage::Provisional
    }

    /// A day around today, rarely far off.
    fn day(&mut self) -> Day {
        let today = self.today();
        match self.dice.small(0..=19) {
            0 => self.dice.one(&[0, 1, u32::MAX, today + 1]),
            _ => today.saturating_sub(self.dice.small(0..=6)),
        }
    }

    /// A member's number, rarely nobody's.
    fn member(&mut self) -> u32 {
        let highest = u32::try_from(self.members.len()).expect("few members");
        match self.dice.small(0..=29) {
            0 => 0,
            1 => highest + self.dice.small(1..=9),
            _ => self.dice.small(1..=highest),
        }
    }

    fn shop(&mut self) -> u32 {
        match self.dice.chance(90) {
            true => self.dice.one(&self.shops.clone()),
            false => self.member(),
        }
    }

    /// An account that takes part somehow.
    fn account(&mut self) -> Addr {
        match self.dice.small(0..=9) {
            0..=5 => self.dice.one(&self.members.clone()),
            6..=8 => self.dice.one(&self.accounts.clone()),
            _ => {
                let names: Vec<&str> = self.contracts.keys().copied().collect();
                let name = self.dice.one(&names);
                self.at(name)
            }
        }
    }

    /// An address as people type it: mostly right.
    fn address(&mut self) -> String {
        let account = self.account().to_string();
        match self.dice.small(0..=59) {
            0 => noise::address(&mut self.dice, &account),
            _ => account,
        }
    }

    /// Who sends what the owner or a role may send: mostly one of them.
    fn officer(&mut self, name: &str, role: Option<Role>) -> Addr {
        match self.dice.small(0..=9) {
            0..=4 => self.owner_of(name),
            5..=7 => role.map_or_else(|| self.owner_of(name), |role| self.roles[&role].clone()),
            _ => self.account(),
        }
    }

    fn new_post(&self, sender: Addr, name: &str, msg: &impl Serialize) -> Post {
        Post {
            sender,
            contract: self.at(name),
            msg: to_json_vec(msg).expect("a message is JSON"),
            funds: vec![],
        }
    }

    /// Administration of a contract.
    fn access_post(&mut self, name: &'static str) -> Post {
        let role = self.dice.one(&Role::ALL);
        let account = self.address();
        let msg = match self.dice.small(0..=9) {
            0 => AccessMsg::UpdateOwnership(OwnershipMsg::TransferOwnership {
                new_owner: account,
                expiry: self.expiry().unwrap_or(cw_utils::Expiration::Never {}).into(),
            }),
            1 => AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {}),
            2 => AccessMsg::UpdateOwnership(OwnershipMsg::WithdrawOffer {}),
            3 | 4 => AccessMsg::GrantRole { role, account },
            5 | 6 => AccessMsg::RevokeRole { role, account },
            7 => AccessMsg::Pause {},
            8 => AccessMsg::PauseUntil {
                until: self.chain.block_info().time.seconds() + u64::from(self.dice.small(0..=9)) * 86_400,
            },
            _ => AccessMsg::Unpause {},
        };
        let sender = match &msg {
            AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {}) => self.proposed_owner(name),
            AccessMsg::Pause {} => self.officer(name, Some(Role::Guardian)),
            AccessMsg::PauseUntil { .. } => self.officer(name, Some(Role::BriefGuardian)),
            _ => self.officer(name, None),
        };
        self.new_post(sender, name, &access(msg))
    }

    fn expiry(&mut self) -> Option<cw_utils::Expiration> {
        let block = self.chain.block_info();
        let hours = self.dice.within(0..=200);
        self.dice.one(&[
            None,
            Some(cw_utils::Expiration::AtTime(block.time.plus_hours(hours))),
            Some(cw_utils::Expiration::AtHeight(block.height + hours)),
            Some(cw_utils::Expiration::Never {}),
        ])
    }
}

/// `{"access": ...}`, the same in every contract.
fn access(msg: AccessMsg) -> impl Serialize {
    BTreeMap::from([("access", msg)])
}

fn json(msg: &impl Serialize) -> Vec<u8> {
    to_json_vec(msg).expect("a message is JSON")
}
