//! The same sales are worth the same however they are batched, whatever the order in which devices are
//! relayed, and in whatever order and company members claim.
//!
//! `VRS_CASES=2000 cargo test -p vrs-tests --test invariance` tries more of them.

use cosmwasm_std::Binary;
use proptest::prelude::*;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use vrs_attestation::{Kind, Receipt};
use vrs_interface::oracle::Outcome;
use vrs_interface::{identity, merchant, settlement, token};
use vrs_tests::suite::{sale, Device, Setup, Suite};

const SHOPS: usize = 3;
const CUSTOMERS: usize = 5;
/// The first shop has two.
const TERMINALS: usize = 4;
const DAYS: u32 = 4;

#[derive(Clone, Debug)]
struct Sale {
    terminal: usize,
    day: u32,
    customer: usize,
    amount: u64,
    external: bool,
}

fn sales() -> impl Strategy<Value = Vec<Sale>> {
    let amount = prop_oneof![Just(0u64), Just(99), Just(100), 1..50_000u64];
    let one = (0..TERMINALS, 1..=DAYS, 0..CUSTOMERS, amount, any::<bool>());
    let sale = one.prop_map(|(terminal, day, customer, amount, external)| Sale {
        terminal,
        day,
        customer,
        amount,
        external,
    });
    prop::collection::vec(sale, 1..60)
}

/// How the sales come to the chain and the money to the members.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// A batch a terminal and day, all in one message; one claim for all.
    Plain,
    /// A batch a sale, a message a batch; the terminals in the same order as in `Plain`; each claims alone.
    OneByOne,
    /// Random splits into batches and messages, the terminals in the same order.
    Split(u64),
    /// Random splits, terminals' batches mixed, some a day late; claims in random order, some early.
    Mixed(u64),
}

impl Way {
    /// Whether the batches of different terminals come in another order: then the candles of a shop with two
    /// of them differ, which pay nothing.
    fn reorders(self) -> bool {
        matches!(self, Way::Mixed(_))
    }
}

/// All that must be the same.
#[derive(Debug, PartialEq)]
struct Seen {
    merchants: Vec<merchant::MerchantDay>,
    customers: Vec<merchant::CustomerDay>,
    visits: Vec<merchant::Visit>,
    days: Vec<merchant::TradeDayResponse>,
    pools: Vec<settlement::Pool>,
    bzky: Vec<u128>,
    time: Vec<u128>,
}

impl Seen {
    fn without_candles(mut self) -> Self {
        for day in &mut self.merchants {
            (day.open, day.high, day.low, day.close) = Default::default();
        }
        self
    }
}

struct World {
    suite: Suite,
    shops: Vec<(u32, cosmwasm_std::Addr)>,
    customers: Vec<(u32, cosmwasm_std::Addr)>,
    terminals: Vec<Device>,
    rng: ChaCha8Rng,
}

/// Part of the day at which a terminal's batches of a day are relayed: early, at noon, or late, at 03:00 of the next day.
const EARLY: u32 = 5_000;
const NOON: u32 = 43_200;
const LATE: u32 = 86_400 + 10_800;

impl World {
    fn new(seed: u64) -> Self {
        let mut setup = Setup::default();
        // Months of two days and windows of two, so that four days see holdings and weights.
        setup.params.month_days = 2;
        setup.params.power_bps = vec![10_000, 7_000];
        setup.params.weight_days = 2;
        setup.params.share_cap = 2;
        let mut suite = Suite::with(setup);
        let shops = suite.shops(SHOPS);
        let customers = suite.members(identity::Kind::Individual, CUSTOMERS);
        let mut terminals: Vec<Device> = (0..TERMINALS)
            .map(|i| suite.device(Kind::Terminal, Some(shops[i % SHOPS].0)))
            .collect();
        terminals.sort_by_key(|terminal| terminal.id);
        let bzky = suite.at.bzky.clone();
        for (i, (_, account)) in shops.iter().enumerate() {
            let msg = token::ExecuteMsg::Transfer {
                recipient: account.to_string(),
                amount: (1_000_003 + 777 * i as u128).into(),
            };
            suite.owns(&bzky, &msg);
        }
        World {
            suite,
            shops,
            customers,
            terminals,
            rng: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// Signs a terminal's sales of a day, split as the way says.
    fn batches(&mut self, way: Way, terminal: usize, day: u32, receipts: &[Receipt]) -> Vec<Binary> {
        let mut signed = vec![];
        let mut rest = receipts;
        while !rest.is_empty() {
            let take = match way {
                Way::Plain => rest.len(),
                Way::OneByOne => 1,
                Way::Split(_) | Way::Mixed(_) => self.rng.gen_range(1..=rest.len()),
            };
            let (now, later) = rest.split_at(take);
            signed.push(self.suite.sign(&mut self.terminals[terminal], day, now));
            rest = later;
        }
        signed
    }

    /// All sales, relayed at their times.
    fn relay(&mut self, way: Way, sales: &[Sale]) {
        // (second since the start, terminal, its batches)
        let mut posts: Vec<(u32, usize, Vec<Binary>)> = vec![];
        for terminal in 0..TERMINALS {
            let mut late = false;
            for day in 1..=DAYS {
                let receipts: Vec<Receipt> = sales
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| (one.terminal, one.day) == (terminal, day))
                    .map(|(number, one)| {
                        let customer = self.customers[one.customer].0;
                        sale(customer, number as u64, one.amount, one.external)
                    })
                    .collect();
                let batches = self.batches(way, terminal, day, &receipts);
                let part = if way.reorders() {
                    // A terminal's own days come in order: what follows a late day is not early.
                    let from = usize::from(late);
                    [EARLY, NOON, LATE][self.rng.gen_range(from..3)]
                } else {
                    NOON
                };
                late = part == LATE;
                posts.push(((day - 1) * 86_400 + part, terminal, batches));
            }
        }
        posts.sort_by_key(|(second, terminal, _)| (*second, *terminal));
        let mut begin = 0;
        while begin < posts.len() {
            let second = posts[begin].0;
            let end = begin + posts[begin..].iter().take_while(|post| post.0 == second).count();
            self.suite.jump(self.suite.clock.start + u64::from(second));
            let mut queues: Vec<Vec<Binary>> = posts[begin..end].iter().map(|post| post.2.clone()).collect();
            let mut line = vec![];
            if way.reorders() {
                while queues.iter().any(|queue| !queue.is_empty()) {
                    queues.retain(|queue| !queue.is_empty());
                    let pick = self.rng.gen_range(0..queues.len());
                    line.push(queues[pick].remove(0));
                }
            } else {
                line = queues.concat();
            }
            self.post(way, line);
            begin = end;
        }
    }

    fn post(&mut self, way: Way, mut line: Vec<Binary>) {
        while !line.is_empty() {
            let take = match way {
                Way::Plain => line.len(),
                Way::OneByOne => 1,
                Way::Split(_) | Way::Mixed(_) => self.rng.gen_range(1..=line.len()),
            };
            let rest = line.split_off(take);
            for outcome in self.suite.submit(line) {
                assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
            }
            line = rest;
        }
    }

    /// Everybody is paid in the end.
    fn claim(&mut self, way: Way) {
        let mut members: Vec<(merchant::Side, u32)> = vec![];
        members.extend(self.shops.iter().map(|(id, _)| (merchant::Side::Merchants, *id)));
        members.extend(self.customers.iter().map(|(id, _)| (merchant::Side::Customers, *id)));
        if way.reorders() {
            // Some claim each day as it becomes final.
            for day in DAYS + 1..DAYS + 4 {
                self.suite.at(day, 21_600);
                members.shuffle(&mut self.rng);
                let early = self.rng.gen_range(0..members.len());
                for (side, member) in members[..early].iter().copied() {
                    self.suite.claim_for(side, vec![member]).unwrap();
                }
            }
        }
        self.suite.at(DAYS + 4, 0);
        if let Way::Plain = way {
            for side in [merchant::Side::Merchants, merchant::Side::Customers] {
                let all = members.iter().filter(|one| one.0 == side).map(|one| one.1).collect();
                self.suite.claim_for(side, all).unwrap();
            }
        } else {
            members.shuffle(&mut self.rng);
            for (side, member) in members {
                self.suite.claim_for(side, vec![member]).unwrap();
            }
        }
        self.suite.assert_conserved();
    }

    fn seen(&self) -> Seen {
        let (at, suite) = (&self.suite.at, &self.suite);
        let limit = Some(200);
        let merchants: merchant::MerchantDaysResponse = suite.ask(
            &at.merchant,
            &merchant::QueryMsg::MerchantDays {
                merchant: None,
                start_after: None,
                limit,
            },
        );
        let customers: merchant::CustomerDaysResponse = suite.ask(
            &at.merchant,
            &merchant::QueryMsg::CustomerDays {
                customer: None,
                start_after: None,
                limit,
            },
        );
        let visits: merchant::VisitsResponse = suite.ask(
            &at.merchant,
            &merchant::QueryMsg::Visits {
                customer: None,
                start_after: None,
                limit,
            },
        );
        let days: merchant::TradeDaysResponse = suite.ask(
            &at.merchant,
            &merchant::QueryMsg::Days {
                start_after: None,
                limit,
            },
        );
        assert!(!(merchants.more || customers.more || visits.more || days.more));
        let held = |token, who: &[(u32, cosmwasm_std::Addr)]| {
            who.iter().map(|(_, account)| suite.balance(token, account)).collect()
        };
        Seen {
            merchants: merchants.days,
            customers: customers.days,
            visits: visits.visits,
            days: days.days,
            pools: suite.pools(&at.merchant),
            bzky: held(&at.bzky, &self.shops),
            time: held(&at.time, &self.customers),
        }
    }
}

fn outcome(way: Way, sales: &[Sale]) -> Seen {
    let seed = match way {
        Way::Split(seed) | Way::Mixed(seed) => seed,
        Way::Plain | Way::OneByOne => 0,
    };
    let mut world = World::new(seed);
    world.relay(way, sales);
    world.claim(way);
    world.seen()
}

fn config() -> ProptestConfig {
    let cases = std::env::var("VRS_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(24),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn batching_and_claiming_change_nothing(sales in sales(), seed in any::<u64>()) {
        let plain = outcome(Way::Plain, &sales);
        prop_assert_eq!(&outcome(Way::OneByOne, &sales), &plain);
        prop_assert_eq!(&outcome(Way::Split(seed), &sales), &plain);
    }

    #[test]
    fn the_order_of_devices_changes_no_payment(sales in sales(), seed in any::<u64>()) {
        let plain = outcome(Way::Plain, &sales).without_candles();
        prop_assert_eq!(&outcome(Way::Mixed(seed), &sales).without_candles(), &plain);
        prop_assert_eq!(&outcome(Way::Mixed(!seed), &sales).without_candles(), &plain);
    }
}

/// The comparison would see a difference: one minor unit more, and it is another day.
#[test]
fn one_unit_more_is_seen() {
    let mut sales = vec![
        Sale {
            terminal: 0,
            day: 1,
            customer: 0,
            amount: 1_000,
            external: false,
        };
        2
    ];
    sales[1].terminal = 1;
    let before = outcome(Way::Plain, &sales);
    assert!(before.bzky.iter().sum::<u128>() > 3 * 1_000_003);
    sales[1].amount += 1;
    assert_ne!(outcome(Way::Plain, &sales), before);
}
