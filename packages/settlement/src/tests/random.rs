//! Random programmes against the naive ledger: reports, closes, claims, take-backs, prunes, refills and
//! funding in any order, the clock jumping between them.

use super::model::{Ledger, Rules, State};
use super::*;
use crate::{Claimed, Overlay};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::Order;
use proptest::prelude::*;
use std::collections::BTreeSet;

const ACCOUNTS: u32 = 6;
const EXPIRY: u32 = 4;

#[derive(Clone, Debug)]
enum Step {
    /// Yesterday's where it still counts, else today's.
    Report {
        late: bool,
        account: u32,
        weights: [u128; 3],
    },
    Fund(u8, u128),
    /// Of what was recovered, in 1/4.
    Refill(u8, u128),
    Claim(Vec<u32>),
    /// The `nth` share of the provisional days; what no longer earns, in 1/4 by track.
    TakeBack(usize, [u128; 3]),
    Prune {
        resume: bool,
        limit: u32,
    },
    Jump(u64),
}

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![4 => 0..=10u128, 2 => 0..=1_000u128, 1 => 0..=1_000_000_000_000u128]
}

fn step() -> impl Strategy<Value = Step> {
    let account = 1..=ACCOUNTS;
    prop_oneof![
        8 => (any::<bool>(), account.clone(), [amount(), amount(), amount()])
            .prop_map(|(late, account, weights)| Step::Report { late, account, weights }),
        1 => (0..2u8, amount()).prop_map(|(pool, amount)| Step::Fund(pool, amount)),
        1 => (0..2u8, 0..=4u128).prop_map(|(pool, part)| Step::Refill(pool, part)),
        4 => prop::collection::vec(account, 1..4).prop_map(Step::Claim),
        3 => (any::<usize>(), [0..=4u128, 0..=4, 0..=4]).prop_map(|(nth, parts)| Step::TakeBack(nth, parts)),
        2 => (any::<bool>(), 0..8u32).prop_map(|(resume, limit)| Step::Prune { resume, limit }),
        5 => prop_oneof![8 => 1..=120u64, 2 => 100..=600u64, 1 => 9_000..=14_000u64].prop_map(Step::Jump),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        [amount(), amount(), amount()],
        0..=10_000u16,
        prop_oneof![Just(0u32), 1..=3u32],
        [(1..=9u32, amount()), (1..=9u32, amount())],
    )
        .prop_map(|(budgets, bps, share_cap, limits)| Rules {
            budgets,
            bps,
            share_cap,
            limits: limits.map(|(window_days, most)| Limit {
                window_days,
                per_window: most.saturating_mul(3),
            }),
        })
}

/// What a claim paid by pool, and whether more is left.
fn paid(got: &Claimed) -> ([u128; 2], bool) {
    let of = |pool| {
        got.amounts
            .iter()
            .find(|(p, _)| *p == pool)
            .map_or(0, |(_, amount)| *amount)
    };
    ([of(0), of(1)], got.more)
}

struct Run {
    storage: MockStorage,
    ledger: Ledger,
    seconds: u64,
    next: Option<(u32, Day)>,
}

impl Run {
    fn now(&self) -> Timestamp {
        at(self.seconds)
    }

    fn close(&self, storage: &mut dyn Storage) {
        let rules = &self.ledger.rules;
        let plan = |storage: &dyn Storage, day: Day, totals: &Totals| {
            let mut available = [0; 2];
            for pool in [0, 1] {
                let limit = Some(rules.limits[usize::from(pool)]);
                available[usize::from(pool)] = POOLS.available(storage, pool, day, limit)?;
            }
            Ok(Plan {
                tranches: rules.plan(available, totals.participants, |track| totals.sum(track) > 0),
                limits: vec![(0, rules.limits[0]), (1, rules.limits[1])],
            })
        };
        PROGRAMME
            .close_due(storage, &POOLS, &clock(), self.now(), &plan)
            .unwrap();
    }

    /// Claims for an account on `storage`, once.
    fn claim(&self, storage: &mut dyn Storage, account: u32) -> ([u128; 2], bool) {
        paid(&PROGRAMME.claim(storage, &POOLS, &clock(), self.now(), account).unwrap())
    }

    fn keys(&self) -> BTreeSet<(u32, Day)> {
        let all = PROGRAMME.shares.range(&self.storage, None, None, Order::Ascending);
        all.map(|entry| entry.unwrap().0).collect()
    }

    fn apply(&mut self, step: Step) {
        let mut storage = std::mem::take(&mut self.storage);
        if !matches!(step, Step::Jump(_)) {
            self.close(&mut storage);
            let now = self.now();
            self.ledger.close(now);
        }
        self.storage = storage;
        let now = self.now();
        match step {
            Step::Jump(seconds) => self.seconds += seconds,
            Step::Report { late, account, weights } => {
                let today = clock().day(now);
                let day = if late && today > 1 && clock().stage(today - 1, now) == Stage::Closing {
                    today - 1
                } else {
                    today
                };
                report(&mut self.storage, now, account, day, weights).unwrap();
                self.ledger.report(account, day, weights);
            }
            Step::Fund(pool, amount) => {
                POOLS.fund(&mut self.storage, pool, amount).unwrap();
                self.ledger.funded[usize::from(pool)] += amount;
            }
            Step::Refill(pool, part) => {
                let amount = POOLS.load(&self.storage, pool).unwrap().recovered * part / 4;
                POOLS.refill(&mut self.storage, pool, amount).unwrap();
                self.ledger.refilled[usize::from(pool)] += amount;
            }
            Step::Claim(accounts) => {
                let mut storage = std::mem::take(&mut self.storage);
                let got = if let [account] = accounts[..] {
                    vec![self.claim(&mut storage, account)]
                } else {
                    let all = PROGRAMME.claim_many(&mut storage, &POOLS, &clock(), now, &accounts);
                    all.unwrap().iter().map(paid).collect()
                };
                self.storage = storage;
                let expected: Vec<_> = accounts
                    .iter()
                    .map(|account| self.ledger.claim(now, *account))
                    .collect();
                assert_eq!(got, expected, "accounts {accounts:?}");
            }
            Step::TakeBack(nth, parts) => self.take_back(nth, parts),
            Step::Prune { resume, limit } => self.prune(resume, limit),
        }
    }

    fn take_back(&mut self, nth: usize, parts: [u128; 3]) {
        let now = self.now();
        let provisional = |day: Day| clock().stage(day, now) == Stage::Provisional;
        let keys: Vec<(u32, Day)> = self.keys().into_iter().filter(|key| provisional(key.1)).collect();
        if keys.is_empty() {
            return;
        }
        let key = keys[nth % keys.len()];
        let entry = self
            .ledger
            .days
            .get_mut(&key.1)
            .unwrap()
            .shares
            .get_mut(&key.0)
            .unwrap();
        let mut less = entry.0;
        for ((taken, counted), part) in less.taken.iter_mut().zip(less.counted).zip(parts) {
            *taken += (counted - *taken) * part / 4;
        }
        entry.0 = less;
        PROGRAMME
            .take_back(&mut self.storage, &POOLS, &clock(), now, key, &less)
            .unwrap();
    }

    fn prune(&mut self, resume: bool, limit: u32) {
        let now = self.now();
        let horizon = clock().last_final(now).saturating_sub(EXPIRY);
        let before = self.keys();
        let start = if resume { self.next } else { None };
        let done = PROGRAMME
            .prune(&mut self.storage, &POOLS, horizon, start, limit)
            .unwrap();
        let after = self.keys();
        assert_eq!(before.len() - after.len(), done.removed as usize);
        assert!(done.removed <= limit.max(1));
        let mut unclaimed = 0;
        for (account, day) in before.difference(&after) {
            assert!(day + EXPIRY <= clock().last_final(now), "day {day} is too young");
            if self.ledger.days[day].shares[account].1 == State::Waiting {
                unclaimed += 1;
                self.ledger.settle(*day, *account, State::Dropped);
            }
        }
        assert_eq!(unclaimed, done.unclaimed);
        if start.is_none() && done.next.is_none() {
            assert!(after.iter().all(|(_, day)| day + EXPIRY > clock().last_final(now)));
        }
        self.next = done.next;
    }

    /// What holds after every step.
    fn check(&self) {
        for pool in 0..2u8 {
            let (paid, claimable, ..) = balanced(&self.storage, pool);
            let state = POOLS.load(&self.storage, pool).unwrap();
            let pool = usize::from(pool);
            assert_eq!(state.funded, self.ledger.funded[pool]);
            assert_eq!(paid, self.ledger.paid[pool]);
            assert_eq!(state.assigned, self.ledger.assigned(pool));
            let (held, owed) = self.ledger.claimable(pool);
            assert_eq!(claimable, held);
            assert!(claimable >= owed, "{claimable} for {owed}");
        }
    }

    /// A query: everybody's claims on an overlay pay what is owed, and the store stays as it was.
    fn simulate(&self) {
        let mut overlay = Overlay::new(&self.storage);
        self.close(&mut overlay);
        for account in 1..=ACCOUNTS {
            let (mut sum, mut more) = ([0; 2], true);
            while more {
                let (paid, left) = self.claim(&mut overlay, account);
                sum = [sum[0] + paid[0], sum[1] + paid[1]];
                more = left;
            }
            assert_eq!(sum, self.ledger.owed(account, clock().last_final(self.now())));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn equals_the_naive_ledger(
        rules in rules(),
        funded in [amount(), amount()],
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut run = Run { storage: MockStorage::new(), ledger: Ledger::new(rules), seconds: 1_000, next: None };
        for (pool, amount) in [0, 1].into_iter().zip(funded) {
            run.apply(Step::Fund(pool, amount * 20));
        }
        for (number, step) in steps.into_iter().enumerate() {
            run.apply(step);
            run.check();
            if number % 8 == 0 {
                run.apply(Step::Fund(0, 0));
                run.simulate();
            }
        }
        // In the end everybody claims everything, and nothing is left to claim.
        run.apply(Step::Jump(1_000));
        for account in (1..=ACCOUNTS).rev() {
            for _ in 0..3 {
                run.apply(Step::Claim(vec![account]));
            }
        }
        let all_paid = run.ledger.days.values().all(|day| day.shares.values().all(|s| s.1 != State::Waiting));
        run.check();
        if all_paid {
            for pool in 0..2 {
                prop_assert_eq!(balanced(&run.storage, pool).1, 0);
            }
        }
    }
}
