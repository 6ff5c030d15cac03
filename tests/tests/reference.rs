//! Random sequences of sales, late batches, repeats, gaps, take-backs, marks, transfers, claims and
//! clock jumps on the real contracts, against the naive model: equal to the unit, every pool
//! conserved after every message.
//!
//! `VRS_SEQUENCES=20000 cargo test -p vrs-tests --test reference` runs more of them.

use cosmwasm_std::{Addr, Binary};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use vrs_attestation::Kind as BatchKind;
use vrs_days::Stage;
use vrs_interface::{identity, merchant, oracle, token};
use vrs_tests::model::{Budget, Model, Move, Receipt, Rules};
use vrs_tests::suite::{sale, Device, Setup, Suite, UNIT};

const SHOPS: usize = 3;
const CUSTOMERS: usize = 5;

#[derive(Clone, Debug)]
struct Sale {
    customer: usize,
    amount: u64,
    external: bool,
}

#[derive(Clone, Debug)]
enum Step {
    /// A terminal signs a batch (for yesterday, where that still takes reports) and it is relayed.
    Batch {
        terminal: usize,
        yesterday: bool,
        sales: Vec<Sale>,
    },
    /// The terminal's last batch comes again.
    Repeat { terminal: usize },
    /// A batch comes before the one that it follows.
    Gap { terminal: usize },
    /// Bzky moves between two shops.
    Transfer { from: usize, to: usize, part: u8 },
    /// A customer (or, above, a shop) is removed, or comes back.
    Remove { who: usize },
    /// A provisional day's rewards are taken back.
    TakeBack {
        shop: usize,
        back: u32,
        customers: Vec<usize>,
    },
    /// Somebody claims for somebody.
    Claim { customers: bool, who: usize },
    /// Time passes.
    Jump { parts: u32 },
}

fn sale_strategy() -> impl Strategy<Value = Sale> {
    let amount = prop_oneof![Just(0u64), Just(1), Just(99), Just(100), 1..100_000u64];
    (0..=CUSTOMERS, amount, any::<bool>()).prop_map(|(customer, amount, external)| Sale {
        customer,
        amount,
        external,
    })
}

fn step_strategy() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..=SHOPS, prop::bool::weighted(0.25), prop::collection::vec(sale_strategy(), 1..6))
            .prop_map(|(terminal, yesterday, sales)| Step::Batch { terminal, yesterday, sales }),
        1 => (0..=SHOPS).prop_map(|terminal| Step::Repeat { terminal }),
        1 => (0..=SHOPS).prop_map(|terminal| Step::Gap { terminal }),
        2 => (0..SHOPS, 0..SHOPS, 1..=255u8).prop_map(|(from, to, part)| Step::Transfer { from, to, part }),
        1 => (0..CUSTOMERS + SHOPS).prop_map(|who| Step::Remove { who }),
        1 => (0..SHOPS, 1..4u32, prop::collection::vec(0..CUSTOMERS, 0..3))
            .prop_map(|(shop, back, customers)| Step::TakeBack { shop, back, customers }),
        3 => (any::<bool>(), 0..CUSTOMERS).prop_map(|(customers, who)| Step::Claim { customers, who }),
        7 => prop_oneof![3_600..30_000u32, 40_000..100_000u32, 86_400..400_000u32]
            .prop_map(|parts| Step::Jump { parts }),
    ]
}

#[derive(Clone, Debug)]
struct World {
    min_order: u64,
    share_cap: u32,
    bzky_pool: u128,
    time_pool: u128,
    per_window: u128,
}

fn world_strategy() -> impl Strategy<Value = World> {
    (
        prop_oneof![Just(0u64), Just(100)],
        prop_oneof![Just(0u32), Just(1), Just(2), Just(20)],
        prop_oneof![Just(1_000_003u128), Just(1_500 * UNIT), Just(100_000 * UNIT)],
        prop_oneof![Just(7u128), Just(333 * UNIT), Just(10_000 * UNIT)],
        prop_oneof![Just(450 * UNIT), Just(1_000_000 * UNIT)],
    )
        .prop_map(|(min_order, share_cap, bzky_pool, time_pool, per_window)| World {
            min_order,
            share_cap,
            bzky_pool,
            time_pool,
            per_window,
        })
}

struct Game {
    suite: Suite,
    model: Model,
    shops: Vec<(u32, Addr)>,
    customers: Vec<(u32, Addr)>,
    stranger: u32,
    terminals: Vec<Device>,
    last_day: Vec<u32>,
    last_batch: Vec<Option<Binary>>,
    removed: BTreeMap<u32, u32>,
    claimed: BTreeMap<(bool, u32), u32>,
    paid_bzky: u128,
    paid_time: u128,
    number: u64,
}

impl Game {
    fn new(world: &World) -> Self {
        let mut setup = Setup {
            bzky_pool: world.bzky_pool,
            time_pool: world.time_pool,
            ..Setup::default()
        };
        setup.params.min_order = world.min_order;
        setup.params.share_cap = world.share_cap;
        setup.params.month_days = 2;
        setup.params.weight_days = 3;
        setup.params.merchants.window_days = 4;
        setup.params.merchants.per_window = world.per_window.into();
        setup.params.customers.window_days = 3;
        setup.params.customers.per_window = (world.per_window / 5).into();
        let budget = |b: &merchant::Budget| Budget {
            per_head: b.per_head.u128(),
            max: b.max.u128(),
            window_days: b.window_days,
            per_window: b.per_window.u128(),
        };
        let rules = Rules {
            min_order: world.min_order,
            share_cap: world.share_cap,
            merchants: budget(&setup.params.merchants),
            customers: budget(&setup.params.customers),
            power_bps: setup.params.power_bps.clone(),
            month_days: 2,
            weight_days: 3,
        };
        let mut suite = Suite::with(setup);
        let shops = suite.shops(SHOPS);
        let customers = suite.members(identity::Kind::Individual, CUSTOMERS);
        let stranger = suite.address("stranger");
        let at_identity = suite.at.identity.clone();
        suite
            .send(
                &stranger,
                &at_identity,
                &identity::ExecuteMsg::Register {
                    kind: identity::Kind::Individual,
                },
            )
            .unwrap();
        let stranger = customers.last().unwrap().0 + 1;
        // The first shop has two terminals.
        let mut terminals: Vec<Device> = shops
            .iter()
            .map(|(id, _)| suite.device(BatchKind::Terminal, Some(*id)))
            .collect();
        terminals.push(suite.device(BatchKind::Terminal, Some(shops[0].0)));
        let model = Model {
            rules,
            cost: shops.iter().map(|(id, _)| (*id, 140_000)).collect(),
            receipts: vec![],
            moves: vec![],
            funded_bzky: world.bzky_pool,
            funded_time: world.time_pool,
            taken_merchants: BTreeSet::new(),
            taken_visits: BTreeSet::new(),
        };
        let count = terminals.len();
        let mut game = Game {
            suite,
            model,
            shops,
            customers,
            stranger,
            terminals,
            last_day: vec![0; count],
            last_batch: vec![None; count],
            removed: BTreeMap::new(),
            claimed: BTreeMap::new(),
            paid_bzky: 0,
            paid_time: 0,
            number: 0,
        };
        for i in 0..SHOPS {
            game.give(i, 1_000 + 777 * i as u128);
        }
        game
    }

    fn give(&mut self, shop: usize, amount: u128) {
        let (id, address) = self.shops[shop].clone();
        let bzky = self.suite.at.bzky.clone();
        self.suite.owns(
            &bzky,
            &token::ExecuteMsg::Transfer {
                recipient: address.to_string(),
                amount: amount.into(),
            },
        );
        self.model.moves.push(Move {
            day: self.suite.today(),
            member: id,
            delta: amount as i128,
        });
    }

    fn stage(&self, day: u32) -> Stage {
        self.suite.clock.stage(day, self.suite.chain.block_info().time)
    }

    fn play(&mut self, step: &Step) {
        match step {
            Step::Batch {
                terminal,
                yesterday,
                sales,
            } => self.batch(*terminal, *yesterday, sales),
            Step::Repeat { terminal } => self.repeat(*terminal),
            Step::Gap { terminal } => self.gap(*terminal),
            Step::Transfer { from, to, part } => self.transfer(*from, *to, *part),
            Step::Remove { who } => self.remove(*who),
            Step::TakeBack { shop, back, customers } => self.take_back(*shop, *back, customers),
            Step::Claim { customers, who } => self.claim(*customers, *who),
            Step::Jump { parts } => {
                let now = self.suite.chain.block_info().time.seconds();
                self.suite.jump(now + self.suite.clock.seconds(*parts));
            }
        }
        self.check();
    }

    fn batch(&mut self, terminal: usize, yesterday: bool, sales: &[Sale]) {
        let today = self.suite.today();
        let day = if yesterday && today > 1 && self.stage(today - 1) == Stage::Closing {
            today - 1
        } else {
            today
        };
        let leaves: Vec<_> = sales
            .iter()
            .map(|s| {
                self.number += 1;
                let customer = self.customers.get(s.customer).map_or(self.stranger, |(id, _)| *id);
                sale(customer, self.number, s.amount, s.external)
            })
            .collect();
        let signed = self.suite.sign(&mut self.terminals[terminal], day, &leaves);
        let outcome = self.suite.submit(vec![signed.clone()]).remove(0);
        self.last_batch[terminal] = Some(signed);
        if day < self.last_day[terminal] {
            assert_eq!(
                outcome,
                oracle::Outcome::Refused {
                    reason: oracle::RefuseReason::DayBackwards
                }
            );
            return;
        }
        self.last_day[terminal] = day;
        let shop = self.shops[terminal % SHOPS].0;
        let mut fallen = vec![];
        for (i, leaf) in leaves.iter().enumerate() {
            let lawful = leaf.amount > 0
                && leaf.customer != self.stranger
                && !self.removed.contains_key(&leaf.customer)
                && !self.removed.contains_key(&shop);
            if lawful {
                let external = sales[i].external;
                self.model.receipts.push(Receipt {
                    day,
                    merchant: shop,
                    customer: leaf.customer,
                    amount: leaf.amount,
                    external,
                });
            } else {
                fallen.push(i as u16);
            }
        }
        let oracle::Outcome::Accepted { items, dropped } = outcome else {
            panic!("not accepted: {outcome:?}")
        };
        assert_eq!(usize::from(items), leaves.len());
        assert_eq!(dropped.iter().map(|d| d.item).collect::<Vec<_>>(), fallen);
    }

    fn repeat(&mut self, terminal: usize) {
        let Some(batch) = self.last_batch[terminal].clone() else {
            return;
        };
        let outcome = self.suite.submit(vec![batch]).remove(0);
        assert!(
            matches!(outcome, oracle::Outcome::Repeat { .. }),
            "a repeat changes nothing: {outcome:?}"
        );
    }

    fn gap(&mut self, terminal: usize) {
        let device = &self.terminals[terminal];
        let day = self.suite.today();
        let ahead = self.suite.sign_as(
            device,
            day,
            device.next + 1,
            &[sale(self.customers[0].0, 1, 500, false)],
        );
        let expected = device.next;
        assert_eq!(self.suite.submit(vec![ahead]), [oracle::Outcome::Gap { expected }]);
    }

    fn transfer(&mut self, from: usize, to: usize, part: u8) {
        let (giver, giver_address) = self.shops[from].clone();
        let (taker, taker_address) = self.shops[to].clone();
        let bzky = self.suite.at.bzky.clone();
        let amount = self.suite.balance(&bzky, &giver_address) * u128::from(part) / 255;
        if amount == 0 || from == to {
            return;
        }
        let msg = token::ExecuteMsg::Transfer {
            recipient: taker_address.to_string(),
            amount: amount.into(),
        };
        self.suite.send(&giver_address, &bzky, &msg).unwrap();
        let day = self.suite.today();
        self.model.moves.push(Move {
            day,
            member: giver,
            delta: -(amount as i128),
        });
        self.model.moves.push(Move {
            day,
            member: taker,
            delta: amount as i128,
        });
    }

    fn remove(&mut self, who: usize) {
        let member = if who < CUSTOMERS {
            self.customers[who].0
        } else {
            self.shops[who - CUSTOMERS].0
        };
        let at_identity = self.suite.at.identity.clone();
        if let Some(mark) = self.removed.remove(&member) {
            self.suite
                .owns(&at_identity, &identity::ExecuteMsg::LiftMark { member, mark });
            return;
        }
        let msg = identity::ExecuteMsg::Mark {
            member,
            severity: 5,
            reason: "invented customers".into(),
            until: None,
            penalty: identity::Penalty::Removal {},
        };
        self.suite.owns(&at_identity, &msg);
        let query = identity::QueryMsg::Marks {
            member,
            start_after: None,
            limit: Some(200),
        };
        let marks: identity::MarksResponse = self.suite.ask(&at_identity, &query);
        self.removed.insert(member, marks.marks.last().unwrap().mark);
    }

    fn take_back(&mut self, shop: usize, back: u32, customers: &[usize]) {
        let Some(day) = self.suite.today().checked_sub(back).filter(|d| *d > 0) else {
            return;
        };
        let merchant = self.shops[shop].0;
        let traded = self
            .model
            .receipts
            .iter()
            .any(|r| r.merchant == merchant && r.day == day);
        if self.stage(day) != Stage::Provisional || !traded {
            return;
        }
        let bought = |c: &u32| {
            self.model
                .receipts
                .iter()
                .any(|r| r.merchant == merchant && r.day == day && r.customer == *c)
        };
        let customers: BTreeSet<u32> = customers.iter().map(|c| self.customers[*c].0).filter(bought).collect();
        let at_merchant = self.suite.at.merchant.clone();
        let msg = merchant::ExecuteMsg::TakeBack {
            merchant,
            day,
            customers: customers.iter().copied().collect(),
        };
        self.suite.owns(&at_merchant, &msg);
        self.model.taken_merchants.insert((merchant, day));
        self.model
            .taken_visits
            .extend(customers.iter().map(|c| (merchant, *c, day)));
    }

    fn claim(&mut self, customers: bool, who: usize) {
        let (member, side) = if customers {
            (self.customers[who].0, merchant::Side::Customers)
        } else {
            (self.shops[who % SHOPS].0, merchant::Side::Merchants)
        };
        self.suite.claim_for(side, vec![member]).unwrap();
        let last = self.suite.clock.last_final(self.suite.chain.block_info().time);
        let from = self.claimed.insert((customers, member), last).unwrap_or(0);
        let mut owed = 0;
        for (day, result) in self.model.results(last) {
            if day > from {
                owed += if customers {
                    result.customers.get(&member).map_or(0, |(_, reward)| *reward)
                } else {
                    result.merchants.get(&member).map_or(0, |row| row.reward)
                };
            }
        }
        if customers {
            self.paid_time += owed;
        } else {
            self.paid_bzky += owed;
            self.model.moves.push(Move {
                day: self.suite.today(),
                member,
                delta: owed as i128,
            });
        }
    }

    /// What the pools must show at any time.
    fn check(&self) {
        self.suite.assert_conserved();
        let closed = self.suite.clock.last_closed(self.suite.chain.block_info().time);
        let results = self.model.results(closed);
        let pools = self.suite.pools(&self.suite.at.merchant);
        for (pool, paid, reserved, customers) in [
            (
                &pools[0],
                self.paid_bzky,
                results.values().map(|r| r.reserve_bzky).sum::<u128>(),
                false,
            ),
            (
                &pools[1],
                self.paid_time,
                results.values().map(|r| r.reserve_time).sum::<u128>(),
                true,
            ),
        ] {
            assert_eq!(pool.paid.u128(), paid, "{} paid", pool.name);
            assert_eq!(
                (pool.remaining - pool.recovered).u128(),
                pool.funded.u128() - reserved,
                "{} left",
                pool.name
            );
            let mut owed = 0;
            for (day, result) in &results {
                let rewards: Vec<(u32, u128)> = if customers {
                    result
                        .customers
                        .iter()
                        .map(|(id, (_, reward))| (*id, *reward))
                        .collect()
                } else {
                    result.merchants.iter().map(|(id, row)| (*id, row.reward)).collect()
                };
                for (id, reward) in rewards {
                    if *day > self.claimed.get(&(customers, id)).copied().unwrap_or(0) {
                        owed += reward;
                    }
                }
            }
            assert!(
                pool.claimable.u128() >= owed,
                "{}: {} claimable, {owed} owed",
                pool.name,
                pool.claimable
            );
        }
    }

    /// Waits until all is final, claims all, and compares every row.
    fn finish(&mut self) {
        let end = self.suite.clock.finals(self.suite.today() + 1);
        self.suite.jump(end);
        for customers in [true, false] {
            for who in 0..CUSTOMERS {
                self.claim(customers, who);
                self.check();
            }
        }
        let at_merchant = self.suite.at.merchant.clone();
        for pool in self.suite.pools(&at_merchant) {
            assert_eq!(pool.claimable.u128(), 0, "{}: all is claimed", pool.name);
        }
        let results = self.model.results(u32::MAX);
        let query = merchant::QueryMsg::MerchantDays {
            merchant: None,
            start_after: None,
            limit: Some(200),
        };
        let rows: merchant::MerchantDaysResponse = self.suite.ask(&at_merchant, &query);
        if !rows.more {
            let expected: usize = results.values().map(|r| r.merchants.len()).sum();
            assert_eq!(rows.days.len(), expected);
        }
        for row in rows.days {
            let expected = &results[&row.day].merchants[&row.merchant];
            let actual = vrs_tests::model::MerchantDay {
                orders: row.orders,
                revenue: row.revenue.u64(),
                first: row.first,
                repeat: row.repeat,
                external: row.external,
                bizpower: row.bizpower.u128(),
                holding: row.holding.u128(),
                reward: row.reward.u128(),
            };
            assert_eq!(&actual, expected, "merchant {} on day {}", row.merchant, row.day);
        }
        let query = merchant::QueryMsg::CustomerDays {
            customer: None,
            start_after: None,
            limit: Some(200),
        };
        let rows: merchant::CustomerDaysResponse = self.suite.ask(&at_merchant, &query);
        for row in rows.days {
            let expected = results[&row.day].customers[&row.customer];
            assert_eq!(
                (row.spending.u64(), row.reward.u128()),
                expected,
                "customer {} on day {}",
                row.customer,
                row.day
            );
        }
        for (id, address) in &self.shops {
            let balance: i128 = self
                .model
                .moves
                .iter()
                .filter(|m| m.member == *id)
                .map(|m| m.delta)
                .sum();
            assert_eq!(
                self.suite.balance(&self.suite.at.bzky, address) as i128,
                balance,
                "Bzky of shop {id}"
            );
        }
        let time: u128 = self
            .customers
            .iter()
            .map(|(_, a)| self.suite.balance(&self.suite.at.time, a))
            .sum();
        assert_eq!(time, self.paid_time, "Time of all customers");
    }
}

fn sequences() -> u32 {
    std::env::var("VRS_SEQUENCES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(2_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_contracts_pay_what_the_naive_model_pays(
        world in world_strategy(),
        steps in prop::collection::vec(step_strategy(), 10..45),
    ) {
        let mut game = Game::new(&world);
        for step in &steps {
            game.play(step);
        }
        game.finish();
    }
}
