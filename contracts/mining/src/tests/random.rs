//! Random sequences of messages against the naive model.

use super::model::{Model, Rules, State};
use super::world::{budget, World};
use crate::state::PROGRAMME;
use cosmwasm_std::{Order, Timestamp};
use proptest::prelude::*;
use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::BTreeSet;
use vrs_attestation::leaf::Reading;
use vrs_days::{Clock, Day, Stage};
use vrs_interface::access::Role;
use vrs_interface::attested::DropReason;
use vrs_interface::mining::{ExecuteMsg, Method, MethodBudget, MiningPool, PruneWhat, QueryMsg};
use vrs_interface::settlement::SimulateClaimResponse;
use vrs_scoring::{mining, Hardware, MiningTables};

const ACCOUNTS: u32 = 5;
const EXPIRY: Day = 180;
/// Days in the table of rules.
const HORIZON: Day = 3_000;

#[derive(Clone, Copy, Debug)]
struct Item {
    late: bool,
    account: u32,
    upload: bool,
    unit: u64,
    size: u64,
}

#[derive(Clone, Debug)]
enum Step {
    /// Readings, and after how many a new batch and a new message begins.
    Report(Vec<Item>, usize, usize),
    Claim(Vec<u32>),
    /// The `nth` provisional share; which method, or all.
    TakeBack(usize, Option<bool>),
    PruneScores(u32),
    PruneReadings(u32),
    FundHp(u128),
    FundVrs(u128),
    /// In 1/4 of what was recovered.
    Refill(MiningPool, u128),
    SetParams(Rules),
    /// Of a method, to so many 1/4 of today's.
    Cut(Method, u128, u128),
    Jump(u64),
}

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![3 => 0..=12u128, 2 => 0..=1_000u128, 1 => 0..=1_000_000_000u128]
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        [amount(), amount(), amount(), amount()],
        0..=3u32,
        any::<bool>(),
        prop_oneof![Just(3u32), Just(3), Just(3), 1..=5u32],
        [amount(), amount()],
    )
        .prop_map(|(budgets, share_cap, marginal, window_days, per_window)| Rules {
            budgets,
            share_cap,
            marginal,
            window_days,
            per_window: per_window.map(|most| most * 3),
        })
}

fn item() -> impl Strategy<Value = Item> {
    (any::<bool>(), 1..=ACCOUNTS, any::<bool>(), 1..=4u64, 0..=24u64).prop_map(|(late, account, upload, unit, size)| {
        Item {
            late,
            account,
            upload,
            unit,
            size,
        }
    })
}

fn step() -> impl Strategy<Value = Step> {
    let pool = prop_oneof![Just(MiningPool::Hp), Just(MiningPool::Vrs)];
    let method = prop_oneof![Just(Method::Node), Just(Method::Upload)];
    prop_oneof![
        8 => (prop::collection::vec(item(), 1..9), 1..5usize, 1..9usize)
            .prop_map(|(items, batch, message)| Step::Report(items, batch, message)),
        5 => prop::collection::btree_set(1..=ACCOUNTS, 1..4)
            .prop_map(|members| Step::Claim(members.into_iter().rev().collect())),
        3 => (any::<usize>(), prop::option::of(any::<bool>())).prop_map(|(nth, method)| Step::TakeBack(nth, method)),
        1 => (0..9u32).prop_map(Step::PruneScores),
        1 => (0..9u32).prop_map(Step::PruneReadings),
        1 => amount().prop_map(Step::FundHp),
        1 => amount().prop_map(Step::FundVrs),
        1 => (pool, 0..=4u128).prop_map(|(pool, part)| Step::Refill(pool, part)),
        2 => rules().prop_map(Step::SetParams),
        1 => (method, 0..=4u128, 0..=4u128).prop_map(|(method, hp, vrs)| Step::Cut(method, hp, vrs)),
        7 => prop_oneof![12 => 1_000..=100_000u64, 2 => 100_000..=500_000u64, 1 => 10_000_000..=17_000_000u64]
            .prop_map(Step::Jump),
    ]
}

struct Run {
    world: World,
    model: Model,
}

impl Run {
    fn new(rules: Rules) -> Self {
        let world = World::empty(rules.params());
        world.outside.borrow_mut().hp_limit = u128::MAX >> 1;
        Run {
            world,
            model: Model {
                clock: Clock::daily(super::world::START),
                rules: vec![rules; HORIZON as usize],
                days: BTreeMap::new(),
                funded: [0; 2],
                refilled: [0; 2],
                paid: BTreeMap::new(),
                windows: [(0, 0, 0); 2],
            },
        }
    }

    fn now(&self) -> Timestamp {
        self.world.env.block.time
    }

    fn today(&self) -> Day {
        self.model.clock.day(self.now())
    }

    fn send(&mut self, sender: &str, msg: ExecuteMsg) {
        let sender = match sender {
            "arbiter" => self.world.role(Role::Arbiter),
            name => self.world.addr(name),
        };
        self.model.close(self.world.env.block.time);
        self.world.run(&sender, msg).unwrap();
    }

    fn apply(&mut self, step: Step) {
        match step {
            Step::Jump(seconds) => {
                let later = self.now().plus_seconds(seconds);
                if self.model.clock.day(later) + 50 < HORIZON {
                    self.world.env.block.time = later;
                }
            }
            Step::Report(items, batch, message) => {
                for part in items.chunks(message) {
                    self.report(part, batch);
                }
            }
            Step::Claim(members) => {
                self.send(
                    "anyone",
                    ExecuteMsg::ClaimFor {
                        members: members.clone(),
                    },
                );
                let now = self.now();
                members.into_iter().for_each(|member| self.model.claim(member, now));
            }
            Step::TakeBack(nth, method) => self.take_back(nth, method),
            Step::PruneScores(limit) => self.prune(limit),
            Step::PruneReadings(limit) => self.prune_readings(limit),
            Step::FundHp(amount) => {
                if amount > 0 {
                    self.send("owner", ExecuteMsg::FundHp { amount: amount.into() });
                    self.model.funded[0] += amount;
                }
            }
            Step::FundVrs(amount) => {
                if amount > 0 {
                    self.model.close(self.now());
                    self.world.fund_vrs(amount).unwrap();
                    self.model.funded[1] += amount;
                }
            }
            Step::Refill(pool, part) => {
                let number = usize::from(pool == MiningPool::Vrs);
                let amount = self.world.pools()[number].recovered.u128() * part / 4;
                if amount > 0 {
                    let amount = amount.into();
                    self.send("owner", ExecuteMsg::Refill { pool, amount });
                    self.model.refilled[number] += amount.u128();
                }
            }
            Step::SetParams(rules) => {
                self.send("owner", ExecuteMsg::SetParams { params: rules.params() });
                let today = self.today();
                self.model.plan(today, &rules);
            }
            Step::Cut(method, hp, vrs) => self.cut(method, hp, vrs),
        }
    }

    fn report(&mut self, items: &[Item], batch: usize) {
        let today = self.today();
        let now = self.now();
        self.model.close(now);
        let (mut deliveries, mut expected) = (vec![], vec![]);
        for (number, items) in items.chunks(batch).enumerate() {
            // A batch has one day.
            let late = items[0].late && today > 1 && self.model.clock.stage(today - 1, now) == Stage::Closing;
            let day = if late { today - 1 } else { today };
            let mut readings = vec![];
            for (place, item) in items.iter().enumerate() {
                let (reading, score) = self.reading(item, day);
                let entry = self.model.days.entry(day).or_default();
                let key = (
                    item.account,
                    if item.upload { Method::Upload } else { Method::Node },
                    item.unit,
                );
                if let Entry::Vacant(free) = entry.readings.entry(key) {
                    free.insert(score);
                    entry.states.insert(item.account, State::Waiting);
                } else {
                    expected.push((number as u32, place as u16, DropReason::DuplicateReading));
                }
                readings.push(reading);
            }
            deliveries.push(self.world.batch(day, &readings));
        }
        let response = self.world.attest(deliveries).unwrap();
        let answer: vrs_interface::attested::AttestedResponse =
            cosmwasm_std::from_json(response.data.unwrap()).unwrap();
        let fell: Vec<_> = answer.dropped.iter().map(|d| (d.delivery, d.item, d.reason)).collect();
        assert_eq!(fell, expected);
    }

    fn reading(&self, item: &Item, day: Day) -> (Reading, u128) {
        let tables = MiningTables {
            marginal: self.model.rules[day as usize].marginal,
            ..MiningTables::default()
        };
        let (method, quantities, score) = if item.upload {
            let score = mining::upload(&tables, item.size as u32, 0, 1);
            (4, [item.size, 0, 0, 0, 0], score)
        } else {
            let (mbps, seconds) = (item.unit * 7, item.size * 3_600);
            let score = mining::node(&tables, Hardware::Pc, mbps as u32, 0, seconds as u32);
            (3, [1, mbps, 0, seconds, 0], score)
        };
        let reading = Reading {
            method,
            account: item.account,
            unit: item.unit,
            quantities,
        };
        (reading, score.unwrap().floor_e18().unwrap())
    }

    fn take_back(&mut self, nth: usize, upload: Option<bool>) {
        let now = self.now();
        self.model.close(now);
        let mut candidates = vec![];
        for (day, entry) in &self.model.days {
            if self.model.clock.stage(*day, now) == Stage::Provisional {
                candidates.extend(entry.readings.keys().map(|key| (*day, key.0, key.1)));
            }
        }
        if candidates.is_empty() {
            return;
        }
        let (day, account, method) = candidates[nth % candidates.len()];
        let methods = upload.map_or(vec![], |_| vec![method]);
        let entry = self.model.days.get_mut(&day).unwrap();
        let named: Vec<Method> = if methods.is_empty() {
            let own = entry.readings.keys().filter(|key| key.0 == account);
            own.map(|key| key.1).collect()
        } else {
            methods.clone()
        };
        let mut fresh = false;
        for method in named {
            fresh |= entry.taken.insert((account, method));
        }
        let msg = ExecuteMsg::TakeBack { account, day, methods };
        let outcome = self.world.run(&self.world.role(Role::Arbiter), msg).map(|_| ());
        if fresh {
            assert_eq!(outcome, Ok(()));
        } else {
            assert_eq!(outcome, Err(crate::ContractError::TakenBefore { account, day }));
        }
    }

    fn prune(&mut self, limit: u32) {
        let keys = |run: &Run| -> BTreeSet<(u32, Day)> {
            let all = PROGRAMME
                .shares
                .range(&run.world.deps.storage, None, None, Order::Ascending);
            all.map(|entry| entry.unwrap().0).collect()
        };
        let before = keys(self);
        let what = PruneWhat::Scores { start_after: None };
        let limit = Some(limit);
        self.send("anyone", ExecuteMsg::Prune { what, limit });
        for (account, day) in before.difference(&keys(self)) {
            assert!(day + EXPIRY <= self.model.clock.last_final(self.now()));
            let state = self.model.days.get_mut(day).unwrap().states.get_mut(account).unwrap();
            if *state == State::Waiting {
                *state = State::Dropped;
            }
        }
    }

    fn prune_readings(&mut self, limit: u32) {
        let what = PruneWhat::Readings { start_after: None };
        let limit = Some(limit);
        self.send("anyone", ExecuteMsg::Prune { what, limit });
    }

    fn cut(&mut self, method: Method, hp: u128, vrs: u128) {
        let today = self.today() as usize;
        let number = usize::from(method == Method::Upload) * 2;
        let [now_hp, now_vrs] = [0, 1].map(|pool| self.model.rules[today].budgets[number + pool]);
        let (hp, vrs) = (now_hp * hp / 4, now_vrs * vrs / 4);
        let budget: MethodBudget = budget(method, hp, vrs);
        self.send("owner", ExecuteMsg::CutBudget { budget });
        let first_open = self.model.clock.last_closed(self.now()) + 1;
        for line in self.model.rules.iter_mut().skip(first_open as usize) {
            line.budgets[number] = line.budgets[number].min(hp);
            line.budgets[number + 1] = line.budgets[number + 1].min(vrs);
        }
    }

    /// What holds after every message: conservation, what was paid, and that what is owed is there.
    fn check(&mut self) {
        self.model.close(self.now());
        let pools = self.world.pools();
        let mut owed = [0; 2];
        for account in 1..=ACCOUNTS {
            let got = self.world.got(account);
            let paid = self.model.paid.get(&account).copied().unwrap_or_default();
            assert_eq!([got.0, got.1], paid, "member {account}");
            let due = self.model.owed(account, self.model.clock.last_closed(self.now()));
            owed = [owed[0] + due[0], owed[1] + due[1]];
        }
        for pool in 0..2 {
            assert_eq!(pools[pool].funded.u128(), self.model.funded[pool]);
            assert!(pools[pool].claimable.u128() >= owed[pool]);
            let waits = self
                .model
                .days
                .values()
                .any(|day| day.reserved(pool) > 0 && day.states.values().any(|state| *state == State::Waiting));
            assert!(waits || pools[pool].claimable.is_zero(), "{:?}", pools[pool]);
        }
    }

    /// Queries tell the same as the model: rewards of every day, and what a claim would pay.
    fn ask(&self) {
        for day in self.world.scores(None).days {
            let model = &self.model.days[&day.day];
            assert_eq!(day.claimed, model.states[&day.account] == State::Paid);
            for line in &day.methods {
                assert_eq!(line.score.u128(), model.score(day.account, line.method));
                assert_eq!(line.taken_back, model.taken.contains(&(day.account, line.method)));
            }
            if model.division.is_some() {
                let sum = |of: &dyn Fn(&vrs_interface::mining::MethodScore) -> u128| day.methods.iter().map(of).sum();
                let rewards: [u128; 2] = [sum(&|m| m.reward_hp.u128()), sum(&|m| m.reward_vrs.u128())];
                assert_eq!(rewards, model.worth(day.account));
            }
        }
        for member in 1..=ACCOUNTS {
            let answer: SimulateClaimResponse = self.world.ask(QueryMsg::SimulateClaim { member });
            if !answer.more {
                let of = |name: &str| answer.amounts.iter().find(|a| a.0 == name).map_or(0, |a| a.1.u128());
                let owed = self.model.owed(member, self.model.clock.last_final(self.now()));
                assert_eq!([of("hp_mining"), of("vrs_mining")], owed);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn equals_the_naive_model(
        rules in rules(),
        funded in [amount(), amount()],
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut run = Run::new(rules);
        run.apply(Step::FundHp(funded[0] * 10));
        run.apply(Step::FundVrs(funded[1] * 10));
        for (number, step) in steps.into_iter().enumerate() {
            run.apply(step);
            run.check();
            if number % 5 == 0 {
                run.ask();
            }
        }
        // In the end everybody claims, until nothing is left to claim.
        run.apply(Step::Jump(500_000));
        for _ in 0..30 {
            run.apply(Step::Claim((1..=ACCOUNTS).collect()));
        }
        run.check();
        run.ask();
        for pool in run.world.pools() {
            prop_assert_eq!(pool.claimable.u128(), 0);
        }
    }
}
