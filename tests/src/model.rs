//! The whole day cycle, naively: plain Rust over vectors, recomputed from the first receipt each
//! time it is asked. It shares no code with the contracts or with `vrs-scoring`; where the two
//! agree to the unit after every message, both are right or both misread the specification.

use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};

/// 10^18.
fn e18() -> BigUint {
    BigUint::from(10u32).pow(18)
}

fn small(n: BigUint) -> u128 {
    n.try_into().expect("fits 128 bits")
}

/// A daily budget.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Base units a head.
    pub per_head: u128,
    /// Base units at the most.
    pub max: u128,
    /// Days of a window.
    pub window_days: u32,
    /// Base units a window.
    pub per_window: u128,
}

/// The rules, as main-job.md has them.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Smallest order that counts for BizPower.
    pub min_order: u64,
    /// Most average shares that one draws; 0: no cap.
    pub share_cap: u32,
    /// Merchants' budget.
    pub merchants: Budget,
    /// Customers' budget.
    pub customers: Budget,
    /// BizPower's part by month, 1/10,000.
    pub power_bps: Vec<u16>,
    /// Days of a month.
    pub month_days: u32,
    /// Days of the weights' window.
    pub weight_days: u32,
}

/// An accepted receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Programme day.
    pub day: u32,
    /// Shop.
    pub merchant: u32,
    /// Buyer.
    pub customer: u32,
    /// Minor units.
    pub amount: u64,
    /// Delivery or online.
    pub external: bool,
}

/// A movement of Bzky.
#[derive(Clone, Debug)]
pub struct Move {
    /// Programme day on which it happened; movements are in order.
    pub day: u32,
    /// The member whose payout address moved.
    pub member: u32,
    /// By how much.
    pub delta: i128,
}

/// A merchant's day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MerchantDay {
    /// Orders, small ones too.
    pub orders: u32,
    /// Their sum.
    pub revenue: u64,
    /// First-time customers.
    pub first: u32,
    /// Known customers.
    pub repeat: u32,
    /// External customers.
    pub external: u32,
    /// BizPower, 18 decimals.
    pub bizpower: u128,
    /// Lowest balance the day before.
    pub holding: u128,
    /// Bzky assigned.
    pub reward: u128,
}

/// A day that was closed (or would be, as things stand).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayResult {
    /// Merchants' whole budget.
    pub budget_bzky: u128,
    /// Set aside of it.
    pub reserve_bzky: u128,
    /// Customers' whole budget.
    pub budget_time: u128,
    /// Set aside of it.
    pub reserve_time: u128,
    /// Merchants with an order.
    pub merchants: BTreeMap<u32, MerchantDay>,
    /// Customers with an order: spending and Time assigned.
    pub customers: BTreeMap<u32, (u64, u128)>,
}

/// All that ever happened.
#[derive(Clone, Debug)]
pub struct Model {
    /// The rules.
    pub rules: Rules,
    /// area * rent + staff * wage by merchant, minor units.
    pub cost: BTreeMap<u32, u128>,
    /// Accepted receipts in the order of their arrival.
    pub receipts: Vec<Receipt>,
    /// Movements of Bzky in order.
    pub moves: Vec<Move>,
    /// Bzky put into the pool.
    pub funded_bzky: u128,
    /// Time that may be earned in all.
    pub funded_time: u128,
    /// Merchants' days that were taken back.
    pub taken_merchants: BTreeSet<(u32, u32)>,
    /// Visits (merchant, customer, day) that were taken back.
    pub taken_visits: BTreeSet<(u32, u32, u32)>,
}

impl Model {
    fn counted(&self, receipt: &Receipt) -> bool {
        receipt.amount >= self.rules.min_order
    }

    /// Days with an order, ascending.
    pub fn days(&self) -> Vec<u32> {
        self.receipts
            .iter()
            .map(|r| r.day)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn of<'a>(&'a self, merchant: u32, day: u32) -> impl Iterator<Item = &'a Receipt> + 'a {
        self.receipts
            .iter()
            .filter(move |r| r.merchant == merchant && r.day == day)
    }

    /// (first, repeat, external) of a merchant's day.
    fn heads(&self, merchant: u32, day: u32) -> (u32, u32, u32) {
        let known = |customer: u32| {
            self.receipts
                .iter()
                .any(|r| r.merchant == merchant && r.customer == customer && r.day < day && self.counted(r))
        };
        let who = |external: bool| -> BTreeSet<u32> {
            self.of(merchant, day)
                .filter(|r| r.external == external && self.counted(r))
                .map(|r| r.customer)
                .collect()
        };
        let store = who(false);
        let first = store.iter().filter(|c| !known(**c)).count() as u32;
        (first, store.len() as u32 - first, who(true).len() as u32)
    }

    fn bizpower(&self, merchant: u32, day: u32) -> u128 {
        let (first, repeat, external) = self.heads(merchant, day);
        let (mut f, mut r, mut e) = (0u64, 0u64, 0u64);
        // D-31 to D-2 for a window of 30 days.
        for back in 2..=self.rules.weight_days + 1 {
            let Some(past) = day.checked_sub(back).filter(|d| *d > 0) else {
                break;
            };
            let (a, b, c) = self.heads(merchant, past);
            f += u64::from(a);
            r += u64::from(b);
            e += u64::from(c);
        }
        if f + r + e == 0 {
            (f, r, e) = (1, 1, 1);
        }
        let sums = |external: bool| {
            let counted = self
                .of(merchant, day)
                .filter(|x| x.external == external && self.counted(x));
            counted.fold((0u64, 0u64), |(n, sum), x| (n + 1, sum + x.amount))
        };
        let (store_orders, store_sum) = sums(false);
        let (external_orders, external_sum) = sums(true);
        // Over one denominator: revenue in major units is minor / 100, and so are rent and wage.
        let big = |n: u64| BigUint::from(n);
        let mut numerator = BigUint::ZERO;
        let mut denominator = big(1);
        for (weight, orders, sum) in [
            (u64::from(first) * f + u64::from(repeat) * r, store_orders, store_sum),
            (u64::from(external) * e, external_orders, external_sum),
        ] {
            if sum > 0 {
                numerator = numerator * big(sum) + big(weight) * big(orders) * big(100) * &denominator;
                denominator *= big(sum);
            }
        }
        let cost = BigUint::from(self.cost[&merchant]);
        small(numerator * big(100) * e18() / (denominator * big(f + r + e) * cost))
    }

    /// Lowest Bzky balance of a member during a day, its opening included.
    pub fn lowest_on(&self, member: u32, day: u32) -> u128 {
        let mut balance = 0i128;
        for m in self.moves.iter().filter(|m| m.member == member && m.day < day) {
            balance += m.delta;
        }
        let mut lowest = balance;
        for m in self.moves.iter().filter(|m| m.member == member && m.day == day) {
            balance += m.delta;
            lowest = lowest.min(balance);
        }
        lowest.try_into().expect("no debt")
    }

    fn allowed(budget: &Budget, day: u32, left: u128, earlier: &[(u32, u128)]) -> u128 {
        let window = |day: u32| (day - 1) / budget.window_days;
        let used: u128 = earlier
            .iter()
            .filter(|(d, _)| window(*d) == window(day))
            .map(|(_, amount)| amount)
            .sum();
        left.min(budget.per_window.saturating_sub(used))
    }

    /// All days up to `through`, as if every one of them had closed.
    pub fn results(&self, through: u32) -> BTreeMap<u32, DayResult> {
        let mut results = BTreeMap::new();
        let mut bzky: Vec<(u32, u128)> = vec![];
        let mut time: Vec<(u32, u128)> = vec![];
        for day in self.days().into_iter().filter(|d| *d <= through) {
            let left_bzky = self.funded_bzky - bzky.iter().map(|(_, a)| a).sum::<u128>();
            let left_time = self.funded_time - time.iter().map(|(_, a)| a).sum::<u128>();
            let result = self.day(
                day,
                Self::allowed(&self.rules.merchants, day, left_bzky, &bzky),
                Self::allowed(&self.rules.customers, day, left_time, &time),
            );
            bzky.push((day, result.reserve_bzky));
            time.push((day, result.reserve_time));
            results.insert(day, result);
        }
        results
    }

    fn day(&self, day: u32, bzky_allowed: u128, time_allowed: u128) -> DayResult {
        let mut result = DayResult::default();
        for receipt in self.receipts.iter().filter(|r| r.day == day) {
            let merchant = result.merchants.entry(receipt.merchant).or_default();
            merchant.orders += 1;
            merchant.revenue += receipt.amount;
            result.customers.entry(receipt.customer).or_default().0 += receipt.amount;
        }
        for (merchant, row) in &mut result.merchants {
            (row.first, row.repeat, row.external) = self.heads(*merchant, day);
            row.bizpower = self.bizpower(*merchant, day);
            row.holding = self.lowest_on(*merchant, day - 1);
        }
        self.divide_bzky(day, bzky_allowed, &mut result);
        self.divide_time(day, time_allowed, &mut result);
        result
    }

    fn divide_bzky(&self, day: u32, allowed: u128, result: &mut DayResult) {
        let rules = &self.rules;
        let heads = result.merchants.len() as u128;
        let budget = (rules.merchants.per_head * heads).min(rules.merchants.max).min(allowed);
        let month = ((day - 1) / rules.month_days) as usize;
        let power_bps = u128::from(rules.power_bps[month.min(rules.power_bps.len() - 1)]);
        let power_total: u128 = result.merchants.values().map(|m| m.bizpower).sum();
        let holding_total: u128 = result.merchants.values().map(|m| m.holding).sum();
        result.budget_bzky = budget;
        let mut live_bps = 0;
        for (part_bps, total) in [(power_bps, power_total), (10_000 - power_bps, holding_total)] {
            if total > 0 {
                live_bps += part_bps;
            }
        }
        result.reserve_bzky = (budget * live_bps).div_ceil(10_000);
        for (merchant, row) in &mut result.merchants {
            let part = |bps: u128, weight: u128, total: u128| {
                if total == 0 {
                    return 0;
                }
                small(BigUint::from(budget) * bps * weight / (BigUint::from(total) * 10_000u32))
            };
            let mut power = part(power_bps, row.bizpower, power_total);
            if rules.share_cap > 0 {
                power = power.min(u128::from(rules.share_cap) * budget * power_bps / (10_000 * heads));
            }
            row.reward = power + part(10_000 - power_bps, row.holding, holding_total);
            if self.taken_merchants.contains(&(*merchant, day)) {
                row.reward = 0;
            }
        }
    }

    fn divide_time(&self, day: u32, allowed: u128, result: &mut DayResult) {
        let rules = &self.rules;
        let heads = result.customers.len() as u128;
        let budget = (rules.customers.per_head * heads).min(rules.customers.max).min(allowed);
        let total: u128 = result
            .customers
            .values()
            .map(|(spending, _)| u128::from(*spending))
            .sum();
        result.budget_time = budget;
        result.reserve_time = budget;
        for (customer, (spending, reward)) in &mut result.customers {
            let taken: u64 = self
                .receipts
                .iter()
                .filter(|r| r.day == day && r.customer == *customer)
                .filter(|r| self.taken_visits.contains(&(r.merchant, *customer, day)))
                .map(|r| r.amount)
                .sum();
            *reward = small(BigUint::from(budget) * (*spending - taken) / BigUint::from(total));
            if rules.share_cap > 0 {
                *reward = (*reward).min(u128::from(rules.share_cap) * budget / heads);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(receipts: Vec<Receipt>) -> Model {
        let budget = |per_head| Budget {
            per_head,
            max: u128::MAX,
            window_days: 30,
            per_window: u128::MAX,
        };
        Model {
            rules: Rules {
                min_order: 100,
                share_cap: 20,
                merchants: budget(100_000_000),
                customers: budget(10_000_000),
                power_bps: vec![10_000, 9_000],
                month_days: 30,
                weight_days: 30,
            },
            cost: BTreeMap::from([(1, 100_000), (2, 100_000)]),
            receipts,
            moves: vec![],
            funded_bzky: 1_000_000_000_000,
            funded_time: 1_000_000_000_000,
            taken_merchants: BTreeSet::new(),
            taken_visits: BTreeSet::new(),
        }
    }

    #[test]
    fn one_shop_with_one_first_customer() {
        let model = shop(vec![Receipt {
            day: 1,
            merchant: 1,
            customer: 9,
            amount: 500,
            external: false,
        }]);
        let day = &model.results(1)[&1];
        // 1 first customer * (1 order / 5.00) * 1/3 / 1000.00
        assert_eq!(day.merchants[&1].bizpower, 66_666_666_666_666);
        assert_eq!(day.merchants[&1].reward, 100_000_000);
        assert_eq!(day.customers[&9], (500, 10_000_000));
    }

    #[test]
    fn a_late_order_of_yesterday_makes_todays_customer_known() {
        let today = Receipt {
            day: 2,
            merchant: 1,
            customer: 9,
            amount: 500,
            external: false,
        };
        let late = Receipt {
            day: 1,
            ..today.clone()
        };
        let model = shop(vec![today, late]);
        assert_eq!(model.heads(1, 2), (0, 1, 0));
        assert_eq!(model.heads(1, 1), (1, 0, 0));
    }
}
