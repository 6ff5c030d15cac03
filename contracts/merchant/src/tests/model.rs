//! The definitions once more, as slowly and plainly as they can be written: a list of orders, and
//! every figure found by looking through all of it.

use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{Params, Side};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    pub day: Day,
    pub merchant: MemberId,
    pub customer: MemberId,
    pub amount: u64,
    pub external: bool,
}

/// A merchant's day, found from the orders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shop {
    pub orders: u32,
    pub revenue: u64,
    pub first: u64,
    pub repeat: u64,
    pub external: u64,
    pub window: (u64, u64, u64),
    pub bizpower: u128,
}

/// How a side's closed day is divided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Division {
    pub participants: u128,
    pub budget: u128,
    pub reserved: u128,
    pub power_bps: u128,
    /// Full reward by account, before anything was taken back.
    pub rewards: BTreeMap<MemberId, u128>,
}

#[derive(Clone)]
pub struct Model {
    pub params: Params,
    /// Minor units, the same for all merchants and days.
    pub cost: u128,
    pub orders: Vec<Order>,
    /// Lowest balance of the day before, where it is not 0.
    pub holdings: BTreeMap<(MemberId, Day), u128>,
    pub funded: [u128; 2],
    pub assigned: [u128; 2],
    pub used: BTreeMap<(usize, u32), u128>,
    pub divided: BTreeMap<(usize, Day), Division>,
    pub closed: Day,
    pub taken_shops: BTreeSet<(MemberId, Day)>,
    pub taken_visits: BTreeSet<(MemberId, MemberId, Day)>,
}

pub fn side_index(side: Side) -> usize {
    match side {
        Side::Merchants => 0,
        Side::Customers => 1,
    }
}

impl Model {
    pub fn new(params: Params, cost: u128, pool: u128) -> Self {
        Model {
            params,
            cost,
            orders: vec![],
            holdings: BTreeMap::new(),
            funded: [pool; 2],
            assigned: [0; 2],
            used: BTreeMap::new(),
            divided: BTreeMap::new(),
            closed: 0,
            taken_shops: BTreeSet::new(),
            taken_visits: BTreeSet::new(),
        }
    }

    fn counted(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(|order| order.amount >= self.params.min_order)
    }

    pub fn merchants(&self, day: Day) -> BTreeSet<MemberId> {
        self.orders
            .iter()
            .filter(|o| o.day == day)
            .map(|o| o.merchant)
            .collect()
    }

    pub fn customers(&self, day: Day) -> BTreeSet<MemberId> {
        self.orders
            .iter()
            .filter(|o| o.day == day)
            .map(|o| o.customer)
            .collect()
    }

    /// (first, repeat, external) of a merchant's day.
    pub fn buyers(&self, merchant: MemberId, day: Day) -> (u64, u64, u64) {
        let here: Vec<&Order> = self.counted().filter(|o| o.merchant == merchant).collect();
        let of = |external: bool| -> BTreeSet<MemberId> {
            let today = here.iter().filter(|o| o.day == day && o.external == external);
            today.map(|o| o.customer).collect()
        };
        let known = |customer: &MemberId| here.iter().any(|o| o.day < day && o.customer == *customer);
        let store = of(false);
        let repeat = store.iter().filter(|customer| known(customer)).count();
        ((store.len() - repeat) as u64, repeat as u64, of(true).len() as u64)
    }

    pub fn shop(&self, merchant: MemberId, day: Day) -> Shop {
        let all: Vec<&Order> = self
            .orders
            .iter()
            .filter(|o| o.day == day && o.merchant == merchant)
            .collect();
        let counted: Vec<&Order> = self
            .counted()
            .filter(|o| o.day == day && o.merchant == merchant)
            .collect();
        let (first, repeat, external) = self.buyers(merchant, day);
        let mut window = (0, 0, 0);
        for earlier in (day as i64 - 1 - self.params.weight_days as i64)..=(day as i64 - 2) {
            if earlier >= 1 {
                let (f, r, e) = self.buyers(merchant, earlier as Day);
                window = (window.0 + f, window.1 + r, window.2 + e);
            }
        }
        let sales = |external: bool| {
            let of = counted.iter().filter(|o| o.external == external);
            (of.clone().count() as u128, of.map(|o| o.amount as u128).sum::<u128>())
        };
        let weights = if window == (0, 0, 0) { (1, 1, 1) } else { window };
        // sum of customers * weight * orders / revenue over store and external, a term without revenue 0
        let terms = [
            ((first * weights.0 + repeat * weights.1) as u128, sales(false)),
            ((external * weights.2) as u128, sales(true)),
        ];
        let (mut over, mut under) = (BigUint::from(0u8), BigUint::from(1u8));
        for (people, (orders, revenue_minor)) in terms {
            if revenue_minor > 0 {
                // a/b + c/d = (ad + cb) / bd, money in major units: revenue / 100
                let term = BigUint::from(people) * orders * 100u32;
                over = over * revenue_minor + term * &under;
                under *= revenue_minor;
            }
        }
        let weight_sum = (weights.0 + weights.1 + weights.2) as u128;
        let scale = BigUint::from(1_000_000_000_000_000_000u128) * 100u32;
        let bizpower = over * scale / (under * weight_sum * self.cost);
        Shop {
            orders: all.len() as u32,
            revenue: all.iter().map(|o| o.amount).sum(),
            first,
            repeat,
            external,
            window,
            bizpower: bizpower.try_into().unwrap(),
        }
    }

    pub fn spending(&self, customer: MemberId, day: Day) -> u64 {
        let of = self.orders.iter().filter(|o| o.day == day && o.customer == customer);
        of.map(|o| o.amount).sum()
    }

    pub fn taken(&self, customer: MemberId, day: Day) -> u64 {
        let of = self.orders.iter().filter(|o| o.day == day && o.customer == customer);
        let taken = of.filter(|o| self.taken_visits.contains(&(o.merchant, customer, day)));
        taken.map(|o| o.amount).sum()
    }

    fn holding(&self, merchant: MemberId, day: Day) -> u128 {
        self.holdings.get(&(merchant, day)).copied().unwrap_or(0)
    }

    /// Closes days in order up to `last`.
    pub fn close(&mut self, last: Day) {
        for day in self.closed + 1..=last {
            for side in [Side::Merchants, Side::Customers] {
                self.divide(side, day);
            }
            self.closed = day;
        }
    }

    fn divide(&mut self, side: Side, day: Day) {
        let at = side_index(side);
        let (accounts, budget) = match side {
            Side::Merchants => (self.merchants(day), self.params.merchants),
            Side::Customers => (self.customers(day), self.params.customers),
        };
        if accounts.is_empty() {
            return;
        }
        let n = accounts.len() as u128;
        let window = (day - 1) / budget.window_days;
        let used = self.used.get(&(at, window)).copied().unwrap_or(0);
        let q = (budget.per_head.u128() * n)
            .min(budget.max.u128())
            .min(self.funded[at] - self.assigned[at])
            .min(budget.per_window.u128().saturating_sub(used));
        let month = ((day - 1) / self.params.month_days) as usize;
        let bps = *self
            .params
            .power_bps
            .get(month)
            .or(self.params.power_bps.last())
            .unwrap();
        let bps = match side {
            Side::Merchants => u128::from(bps),
            Side::Customers => 10_000,
        };
        let capped: BTreeMap<MemberId, u128> = match side {
            Side::Merchants => accounts.iter().map(|m| (*m, self.shop(*m, day).bizpower)).collect(),
            Side::Customers => accounts.iter().map(|c| (*c, self.spending(*c, day) as u128)).collect(),
        };
        let held: BTreeMap<MemberId, u128> = match side {
            Side::Merchants => accounts.iter().map(|m| (*m, self.holding(*m, day))).collect(),
            Side::Customers => BTreeMap::new(),
        };
        let (sum, held_sum): (u128, u128) = (capped.values().sum(), held.values().sum());
        let cap = match self.params.share_cap {
            0 => None,
            cap => Some(mul_div(q, u128::from(cap) * bps, 10_000 * n)),
        };
        let mut rewards = BTreeMap::new();
        for account in &accounts {
            let mut reward = 0;
            if sum > 0 {
                let part = mul_div3(q, bps, capped[account], 10_000, sum);
                reward += cap.map_or(part, |cap| part.min(cap));
            }
            if held_sum > 0 {
                reward += mul_div3(q, 10_000 - bps, held[account], 10_000, held_sum);
            }
            rewards.insert(*account, reward);
        }
        let live = if sum > 0 { bps } else { 0 } + if held_sum > 0 { 10_000 - bps } else { 0 };
        let reserved = (q * live).div_ceil(10_000);
        self.assigned[at] += reserved;
        *self.used.entry((at, window)).or_default() += reserved;
        self.divided.insert(
            (at, day),
            Division {
                participants: n,
                budget: q,
                reserved,
                power_bps: bps,
                rewards,
            },
        );
    }

    /// What a member is paid for a closed day.
    pub fn reward(&self, side: Side, account: MemberId, day: Day) -> u128 {
        let Some(division) = self.divided.get(&(side_index(side), day)) else {
            return 0;
        };
        let full = division.rewards.get(&account).copied().unwrap_or(0);
        match side {
            Side::Merchants if self.taken_shops.contains(&(account, day)) => 0,
            Side::Merchants => full,
            Side::Customers => {
                let all: u128 = self.customers(day).iter().map(|c| self.spending(*c, day) as u128).sum();
                let (spent, taken) = (self.spending(account, day), self.taken(account, day));
                if taken == 0 {
                    return full;
                }
                let part = mul_div(division.budget, u128::from(spent - taken), all);
                match self.params.share_cap {
                    0 => part,
                    cap => part.min(mul_div(division.budget, cap.into(), division.participants)),
                }
            }
        }
    }
}

fn mul_div(a: u128, b: u128, c: u128) -> u128 {
    mul_div3(a, b, 1, c, 1)
}

/// floor(a * b * c / (d * e))
fn mul_div3(a: u128, b: u128, c: u128, d: u128, e: u128) -> u128 {
    let over = BigUint::from(a) * b * c;
    (over / (BigUint::from(d) * e)).try_into().unwrap()
}
