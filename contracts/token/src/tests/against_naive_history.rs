//! Random moves over years against a history that simply writes everything down.

use super::support::*;
use crate::history::{lowest, opening};
use crate::state::{supply_key, PAST};
use crate::ContractError;
use cosmwasm_std::{Addr, Binary, Order, Uint128};
use proptest::prelude::*;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::token::ExecuteMsg;
use vrs_table::AccountKey;

const PEOPLE: u8 = 5;

/// Every balance that anybody ever had, with its day.
#[derive(Default)]
struct Naive {
    balances: BTreeMap<Vec<u8>, Vec<(Day, u128)>>,
}

impl Naive {
    fn note(&mut self, who: &AccountKey, day: Day, balance: u128) {
        self.balances.entry(who.0.clone()).or_default().push((day, balance));
    }

    fn opening(&self, who: &AccountKey, day: Day) -> u128 {
        let moves = self.balances.get(&who.0).map(Vec::as_slice).unwrap_or_default();
        moves
            .iter()
            .rev()
            .find(|(at, _)| *at < day)
            .map_or(0, |(_, balance)| *balance)
    }

    fn lowest(&self, who: &AccountKey, day: Day) -> u128 {
        let moves = self.balances.get(&who.0).map(Vec::as_slice).unwrap_or_default();
        let during = moves.iter().filter(|(at, _)| *at == day).map(|(_, balance)| *balance);
        during.chain([self.opening(who, day)]).min().unwrap()
    }
}

#[derive(Clone, Debug)]
enum Step {
    Wait(Day),
    Transfer(u8, u8, u64),
    Send(u8, u8, u64),
    Burn(u8, u64),
    TransferFrom(u8, u8, u64),
    BurnFrom(u8, u64),
    /// Behind which account and day, how many.
    Prune(Option<(u8, Day)>, u32),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE;
    let amount = prop_oneof![2 => 1..50u64, 1 => 50..1_100u64];
    prop_oneof![
        3 => (1..4u32).prop_map(Step::Wait),
        1 => (30..400u32).prop_map(Step::Wait),
        6 => (who.clone(), who.clone(), amount.clone()).prop_map(|(a, b, n)| Step::Transfer(a, b, n)),
        2 => (who.clone(), who.clone(), amount.clone()).prop_map(|(a, b, n)| Step::Send(a, b, n)),
        1 => (who.clone(), amount.clone()).prop_map(|(a, n)| Step::Burn(a, n)),
        2 => (who.clone(), who.clone(), amount.clone()).prop_map(|(a, b, n)| Step::TransferFrom(a, b, n)),
        1 => (who.clone(), amount).prop_map(|(a, n)| Step::BurnFrom(a, n)),
        2 => (prop::option::of((0..=PEOPLE, 0..900u32)), 1..15u32).prop_map(|(from, n)| Step::Prune(from, n)),
    ]
}

fn account(n: u8) -> Addr {
    match n {
        4 => contract(4),
        n => person(n + 1),
    }
}

struct World {
    token: Token,
    naive: Naive,
    today: Day,
    /// What the contract says is complete.
    complete_from: Day,
    removed: u32,
}

impl World {
    fn new() -> Self {
        let holders = [(account(0), 1_000), (account(1), 500), (account(4), 7)];
        let mut token = Token::new(&holders);
        let mut naive = Naive::default();
        for (holder, amount) in &holders {
            naive.note(&key(holder), 1, *amount);
        }
        naive.note(&supply_key(), 1, 1_507);
        for n in 0..PEOPLE {
            let msg = ExecuteMsg::IncreaseAllowance {
                spender: person(66).to_string(),
                amount: Uint128::MAX,
                expires: None,
            };
            token.execute(&account(n), msg).unwrap();
        }
        World {
            token,
            naive,
            today: 1,
            complete_from: 0,
            removed: 0,
        }
    }

    fn step(&mut self, step: Step) {
        let text = |n: u8| account(n).to_string();
        let units = |n: u64| Uint128::new(n.into());
        let (spender, msg) = (person(66), Binary::default());
        let (sender, message, from, to, burnt, amount) = match step {
            Step::Wait(days) => {
                self.today += days;
                return self.token.go_to(self.today);
            }
            Step::Prune(behind, limit) => return self.prune(behind, limit),
            Step::Transfer(a, b, n) => (
                account(a),
                ExecuteMsg::Transfer {
                    recipient: text(b),
                    amount: units(n),
                },
                a,
                Some(b),
                false,
                n,
            ),
            Step::Send(a, b, n) => (
                account(a),
                ExecuteMsg::Send {
                    contract: text(b),
                    amount: units(n),
                    msg,
                },
                a,
                Some(b),
                false,
                n,
            ),
            Step::Burn(a, n) => (account(a), ExecuteMsg::Burn { amount: units(n) }, a, None, true, n),
            Step::TransferFrom(a, b, n) => {
                let message = ExecuteMsg::TransferFrom {
                    owner: text(a),
                    recipient: text(b),
                    amount: units(n),
                };
                (spender, message, a, Some(b), false, n)
            }
            Step::BurnFrom(a, n) => (
                spender,
                ExecuteMsg::BurnFrom {
                    owner: text(a),
                    amount: units(n),
                },
                a,
                None,
                true,
                n,
            ),
        };
        let held = self.token.balance(&account(from));
        let amount = u128::from(amount);
        let supply = self.token.supply();
        match self.token.execute(&sender, message) {
            Err(error) => {
                let (balance, amount) = (held.into(), amount.into());
                assert_eq!(error, ContractError::InsufficientFunds { balance, amount });
                assert!(held < amount.u128());
            }
            Ok(_) => {
                assert!(held >= amount);
                if to != Some(from) {
                    self.naive.note(&key(&account(from)), self.today, held - amount);
                    if let Some(to) = to {
                        let before = self.naive.opening(&key(&account(to)), self.today + 1);
                        self.naive.note(&key(&account(to)), self.today, before + amount);
                    }
                }
                if burnt {
                    self.naive.note(&supply_key(), self.today, supply - amount);
                }
            }
        }
        let sum: u128 = (0..PEOPLE).map(|n| self.token.balance(&account(n))).sum();
        assert_eq!(sum, self.token.supply());
    }

    fn prune(&mut self, behind: Option<(u8, Day)>, limit: u32) {
        let name = |n: u8| {
            if n == PEOPLE {
                String::new()
            } else {
                account(n).to_string()
            }
        };
        let start_after = behind.map(|(n, day)| (name(n), day));
        let msg = ExecuteMsg::PruneHistory {
            start_after,
            limit: Some(limit),
        };
        let response = self.token.execute(&person(77), msg).unwrap();
        let removed: u32 = attributes(&response)[2].1.parse().unwrap();
        self.removed += removed;
        if removed > 0 {
            self.complete_from = self.today - 180;
        }
    }

    /// Every day's answers, for every account and the supply.
    fn check(&self) {
        let storage = self.token.deps().storage;
        let window = self.token.window();
        assert_eq!(window.today, self.today);
        let mut all: Vec<AccountKey> = (0..PEOPLE).map(|n| key(&account(n))).collect();
        all.push(supply_key());
        for who in &all {
            for day in 0..=self.today {
                self.compare(day, opening(storage, &window, who, day), self.naive.opening(who, day));
                if day < self.today {
                    self.compare(day, lowest(storage, &window, who, day), self.naive.lowest(who, day));
                }
            }
        }
        for day in 0..=self.today {
            let sum: u128 = all[..all.len() - 1]
                .iter()
                .map(|who| self.naive.opening(who, day))
                .sum();
            assert_eq!(sum, self.naive.opening(&supply_key(), day), "day {day}");
        }
    }

    fn compare(&self, day: Day, answer: Result<u128, ContractError>, naive: u128) {
        let earliest = self.complete_from;
        match answer {
            Ok(balance) => assert_eq!(balance, naive, "day {day}"),
            Err(error) => {
                assert!(day < earliest, "day {day}: {error}");
                assert_eq!(error, ContractError::HistoryPruned { day, earliest });
            }
        }
    }

    /// After a whole walk an account keeps at most one filed day before the kept ones.
    fn prune_all_and_check_the_rest(&mut self) {
        self.prune(None, 200);
        let keep_from = self.token.window().keep_from();
        let mut old: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for entry in PAST.range(self.token.deps().storage, None, None, Order::Ascending) {
            let ((who, day), _) = entry.unwrap();
            if day < keep_from {
                *old.entry(who.0).or_default() += 1;
            }
        }
        assert!(old.values().all(|count| *count == 1), "{old:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_day_of_every_account_is_exact(steps in prop::collection::vec(step(), 1..90)) {
        let mut world = World::new();
        let half = steps.len() / 2;
        for (n, step) in steps.into_iter().enumerate() {
            if n == half {
                world.check();
            }
            world.step(step);
        }
        world.check();
        world.prune_all_and_check_the_rest();
        world.check();
    }
}

/// The random steps do remove history, so the comparison after pruning means something.
#[test]
fn the_random_steps_prune() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut removed = 0;
    for _ in 0..10 {
        let mut world = World::new();
        for _ in 0..90 {
            world.step(step().new_tree(&mut runner).unwrap().current());
        }
        world.check();
        removed += world.removed;
    }
    assert!(removed > 50, "{removed}");
}
