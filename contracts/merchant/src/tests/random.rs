//! Random days against the naive model: every figure of every day, every payment, conservation after
//! every message.

use super::model::{Model, Order};
use super::support::*;
use cosmwasm_std::Uint128;
use proptest::prelude::*;
use std::collections::BTreeMap;
use vrs_days::{Day, Stage};
use vrs_interface::merchant::{ExecuteMsg, Params, PruneWhat, Side};
use vrs_interface::token;

const SHOPS: usize = 3;
const PEOPLE: usize = 5;

/// Shop, terminal, late, sales (person, amount, external).
type Batch = (usize, u32, bool, Vec<(usize, u64, bool)>);

#[derive(Clone, Debug)]
enum Op {
    /// Batches of one message.
    Sell(Vec<Batch>),
    Wait(u32),
    Claim(bool, Vec<usize>),
    TakeBack(usize, u32, Vec<usize>),
    /// To a shop, or back from it.
    Move(usize, bool, u128),
    Refill(bool, u32),
    Prune(u8),
}

fn amount() -> impl Strategy<Value = u64> {
    prop_oneof![Just(1), Just(99), Just(100), 1..500u64, 1_000..900_000u64]
}

fn sales() -> impl Strategy<Value = Vec<Batch>> {
    let sale = (0..PEOPLE, amount(), proptest::bool::weighted(0.3));
    let batch = (0..SHOPS, 0..2u32, any::<bool>(), proptest::collection::vec(sale, 0..4));
    proptest::collection::vec(batch, 1..4)
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => sales().prop_map(Op::Sell),
        4 => (1..40u32).prop_map(Op::Wait),
        2 => (any::<bool>(), proptest::collection::vec(0..PEOPLE, 1..4)).prop_map(|(m, who)| Op::Claim(m, who)),
        1 => (0..SHOPS, 1..4u32, proptest::collection::vec(0..PEOPLE, 0..3))
            .prop_map(|(shop, ago, who)| Op::TakeBack(shop, ago, who)),
        1 => (0..SHOPS, any::<bool>(), 1..1_000_000u128).prop_map(|(s, to, n)| Op::Move(s, to, n)),
        1 => (any::<bool>(), 1..100u32).prop_map(|(m, part)| Op::Refill(m, part)),
        1 => any::<u8>().prop_map(Op::Prune),
    ]
}

/// Small months and windows, a pool that runs dry, caps that bite.
fn tight() -> Params {
    let mut params = params();
    params.month_days = 3;
    params.weight_days = 3;
    params.share_cap = 1;
    params.merchants.per_head = Uint128::new(1_001);
    params.merchants.window_days = 4;
    params.merchants.per_window = Uint128::new(9_999);
    params.customers.per_head = Uint128::new(777);
    params.customers.max = Uint128::new(3_000);
    params.customers.window_days = 5;
    params.customers.per_window = Uint128::new(11_111);
    params
}

struct Run {
    world: World,
    model: Model,
    shops: Vec<u32>,
    people: Vec<u32>,
    paid: BTreeMap<(bool, u32), u128>,
}

impl Run {
    fn new(params: Params, pool: u128, horizon_days: u32) -> Self {
        let mut world = World::bare(|init| {
            init.params = params.clone();
            init.horizon_days = horizon_days;
        });
        world.rates(200, 10_000);
        world.fund(Side::Merchants, pool).unwrap();
        world.fund(Side::Customers, pool).unwrap();
        let shops = world.shops(SHOPS as u32);
        let people = world.customers(PEOPLE as u32);
        Run {
            model: Model::new(params, 140_000, pool),
            world,
            shops,
            people,
            paid: BTreeMap::new(),
        }
    }

    fn closed(&self) -> Day {
        self.world.clock().last_closed(self.world.now())
    }

    fn step(&mut self, op: Op) {
        self.model.close(self.closed());
        match op {
            Op::Sell(batches) => self.sell(batches),
            Op::Wait(hours) => {
                let today = self.world.today();
                let into = self.world.now().seconds() - self.world.clock().opens(today);
                self.world.at(today, into + u64::from(hours) * 3_600);
            }
            Op::Claim(merchants, who) => self.claim(merchants, who),
            Op::TakeBack(shop, ago, who) => self.take_back(shop, ago, who),
            Op::Move(shop, to_shop, amount) => {
                let (shop, treasury) = (account(self.shops[shop]), self.world.treasury.clone());
                let (from, to) = if to_shop { (treasury, shop) } else { (shop, treasury) };
                let msg = token::ExecuteMsg::Transfer {
                    recipient: to.to_string(),
                    amount: Uint128::new(amount.min(self.world.bzky_of(&from))),
                };
                let bzky = self.world.bzky.clone();
                let _ = self.world.call(&from, &bzky, &msg);
            }
            Op::Refill(merchants, part) => {
                let side = if merchants { Side::Merchants } else { Side::Customers };
                let recovered = self.world.pool(side).recovered.u128();
                let amount = recovered * u128::from(part) / 100;
                let sent = self.world.by_owner(&ExecuteMsg::Refill {
                    side,
                    amount: Uint128::new(amount),
                });
                assert_eq!(sent.is_ok(), amount > 0);
                self.model.assigned[super::model::side_index(side)] -= amount;
            }
            Op::Prune(what) => {
                let start_after = None;
                let what = match what % 3 {
                    0 => PruneWhat::Merchants { start_after },
                    1 => PruneWhat::Customers { start_after },
                    _ => PruneWhat::Visits { start_after: None },
                };
                let msg = ExecuteMsg::Prune { what, limit: Some(7) };
                self.world.send(&account(99), &msg).unwrap();
            }
        }
        self.model.close(self.closed());
        self.world.conserved();
    }

    fn sell(&mut self, batches: Vec<Batch>) {
        let (today, closed) = (self.world.today(), self.closed());
        let mut deliveries = vec![];
        for (shop, terminal, late, sales) in batches {
            let day = if late && today - 1 > closed { today - 1 } else { today };
            let merchant = self.shops[shop];
            let mut receipts = vec![];
            for (person, amount, is_external) in sales {
                let customer = self.people[person];
                receipts.push(if is_external {
                    external(customer, amount)
                } else {
                    store(customer, amount)
                });
                self.model.orders.push(Order {
                    day,
                    merchant,
                    customer,
                    amount,
                    external: is_external,
                });
            }
            if day > 1 {
                let lowest: cw20::BalanceResponse = self.world.query(
                    &self.world.bzky,
                    &token::QueryMsg::LowestOn {
                        address: account(merchant).to_string(),
                        day: day - 1,
                    },
                );
                self.model.holdings.insert((merchant, day), lowest.balance.u128());
            }
            let mut delivery = self.world.delivery(merchant, day, &receipts);
            delivery.device = 100 * merchant + terminal;
            deliveries.push(delivery);
        }
        let (response, _) = self.world.attest(deliveries).unwrap();
        assert_eq!(response.dropped, vec![]);
    }

    fn claim(&mut self, merchants: bool, who: Vec<usize>) {
        let side = if merchants { Side::Merchants } else { Side::Customers };
        let mut members: Vec<u32> = who
            .iter()
            .map(|at| {
                if merchants {
                    self.shops[at % SHOPS]
                } else {
                    self.people[*at]
                }
            })
            .collect();
        members.sort_unstable();
        members.dedup();
        let claim = ExecuteMsg::ClaimFor {
            side,
            members: members.clone(),
        };
        let before: Vec<u128> = members.iter().map(|m| self.balance(side, *m)).collect();
        self.world.send(&account(99), &claim).unwrap();
        for (member, before) in members.into_iter().zip(before) {
            let got = self.balance(side, member) - before;
            *self.paid.entry((merchants, member)).or_default() += got;
            let due: u128 = (1..=self.world.clock().last_final(self.world.now()))
                .map(|day| self.model.reward(side, member, day))
                .sum();
            assert_eq!(self.paid[&(merchants, member)], due, "{side:?} {member}");
        }
    }

    fn balance(&self, side: Side, member: u32) -> u128 {
        match side {
            Side::Merchants => self.world.bzky_of(&account(member)),
            Side::Customers => self.world.time_of(&account(member)),
        }
    }

    fn take_back(&mut self, shop: usize, ago: u32, who: Vec<usize>) {
        let merchant = self.shops[shop];
        let Some(day) = self.world.today().checked_sub(ago).filter(|day| *day > 0) else {
            return;
        };
        let bought = |customer: u32| {
            let mut orders = self.model.orders.iter();
            orders.any(|o| (o.day, o.merchant, o.customer) == (day, merchant, customer))
        };
        let customers: Vec<u32> = who.iter().map(|at| self.people[*at]).filter(|c| bought(*c)).collect();
        let lawful = self.world.clock().stage(day, self.world.now()) == Stage::Provisional
            && self.model.merchants(day).contains(&merchant);
        let msg = ExecuteMsg::TakeBack {
            merchant,
            day,
            customers: customers.clone(),
        };
        assert_eq!(self.world.by_owner(&msg).is_ok(), lawful);
        if lawful {
            self.model.taken_shops.insert((merchant, day));
            for customer in customers {
                self.model.taken_visits.insert((merchant, customer, day));
            }
        }
    }

    /// Every figure that can be asked, with open days as if they closed now.
    fn compare(&self) {
        let mut model = self.model.clone();
        model.close(self.world.today());
        for shop in self.world.shop_days() {
            let naive = model.shop(shop.merchant, shop.day);
            let key = (shop.merchant, shop.day);
            assert_eq!(shop.bizpower.u128(), naive.bizpower, "{key:?}");
            assert_eq!(
                (shop.orders, shop.revenue.u64()),
                (naive.orders, naive.revenue),
                "{key:?}"
            );
            let buyers = (shop.first.into(), shop.repeat.into(), shop.external.into());
            assert_eq!(buyers, (naive.first, naive.repeat, naive.external), "{key:?}");
            assert_eq!(shop.window, naive.window, "{key:?}");
            let holding = model.holdings.get(&key).copied().unwrap_or(0);
            assert_eq!(shop.holding.u128(), holding, "{key:?}");
            assert_eq!(
                shop.reward.u128(),
                model.reward(Side::Merchants, shop.merchant, shop.day),
                "{key:?}"
            );
            assert!(shop.low <= shop.open && shop.open <= shop.high, "{shop:?}");
            assert!(shop.low <= shop.close && shop.close <= shop.high, "{shop:?}");
        }
        for person in self.world.customer_days() {
            let (customer, day) = (person.customer, person.day);
            assert_eq!(person.spending.u64(), model.spending(customer, day));
            assert_eq!(person.taken_back.u64(), model.taken(customer, day));
            assert_eq!(
                person.reward.u128(),
                model.reward(Side::Customers, customer, day),
                "{customer} on {day}"
            );
        }
        for day in 1..=self.world.today() {
            let asked = self.world.day(day);
            let merchants = model.divided.get(&(0, day)).cloned().unwrap_or_default();
            let customers = model.divided.get(&(1, day)).cloned().unwrap_or_default();
            assert_eq!(u128::from(asked.merchants), merchants.participants, "day {day}");
            assert_eq!(u128::from(asked.customers), customers.participants, "day {day}");
            assert_eq!(asked.budget_merchants.u128(), merchants.budget, "day {day}");
            assert_eq!(asked.budget_customers.u128(), customers.budget, "day {day}");
            let power: u128 = model.merchants(day).iter().map(|m| model.shop(*m, day).bizpower).sum();
            assert_eq!(asked.bizpower.u128(), power, "day {day}");
            let spending: u64 = model.customers(day).iter().map(|c| model.spending(*c, day)).sum();
            assert_eq!(asked.spending.u128(), u128::from(spending), "day {day}");
            if day <= self.closed() {
                let set_aside = |day: &vrs_interface::settlement::DayResponse| {
                    day.reserved.first().map_or(0, |(_, amount)| amount.u128())
                };
                assert_eq!(set_aside(&asked.merchant_programme), merchants.reserved, "day {day}");
                assert_eq!(set_aside(&asked.customer_programme), customers.reserved, "day {day}");
            }
        }
    }

    /// All days final, all claimed: what is left is recovered, and nobody is owed anything.
    fn finish(&mut self) {
        let last = self.world.today();
        self.world.finish(last);
        self.model.close(self.closed());
        for merchants in [true, false] {
            let all = (0..if merchants { SHOPS } else { PEOPLE }).collect();
            self.claim(merchants, all);
            let side = if merchants { Side::Merchants } else { Side::Customers };
            let pool = self.world.pool(side);
            assert_eq!(pool.claimable, Uint128::zero());
            assert_eq!(
                pool.paid.u128(),
                self.paid.iter().filter(|(k, _)| k.0 == merchants).map(|(_, n)| n).sum()
            );
        }
        self.world.conserved();
    }
}

fn play(params: Params, pool: u128, ops: Vec<Op>) {
    let mut run = Run::new(params, pool, 180);
    for op in ops {
        run.step(op);
    }
    run.compare();
    run.finish();
    run.compare();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_papers_rules(ops in proptest::collection::vec(op(), 1..60)) {
        play(params(), POOL, ops);
    }

    #[test]
    fn tight_budgets(ops in proptest::collection::vec(op(), 1..60)) {
        play(tight(), 40_000, ops);
    }

    #[test]
    fn every_order_counts_and_nothing_is_capped(ops in proptest::collection::vec(op(), 1..40)) {
        let mut rules = tight();
        rules.min_order = 0;
        rules.share_cap = 0;
        rules.month_days = 1;
        rules.weight_days = 1;
        rules.power_bps = vec![10_000, 3_333, 0];
        play(rules, 40_000, ops);
    }
}

/// Sales weeks apart, and visits pruned in between: who is known stays known.
fn forgetful() -> impl Strategy<Value = Vec<(Vec<Batch>, u32, u32)>> {
    proptest::collection::vec((sales(), 1..800u32, 0..6u32), 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn pruning_visits_changes_no_figure(steps in forgetful()) {
        let mut run = Run::new(params(), POOL, 30);
        for (batches, hours, limit) in steps {
            run.step(Op::Sell(batches));
            run.step(Op::Wait(hours));
            let what = PruneWhat::Visits { start_after: None };
            run.world.send(&account(99), &ExecuteMsg::Prune { what, limit: Some(limit) }).unwrap();
        }
        run.compare();
    }
}
