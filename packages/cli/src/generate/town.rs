//! Shops of very different size, and customers who mostly go to the same few.

use super::dice::{Dice, Weights};
use super::ReceiptPlan;

/// Shops that a customer goes to again and again.
const HABITS: usize = 3;

/// How likely each of his shops is, in a thousand; the rest goes anywhere.
const HABIT_PER_MILLE: [u64; HABITS] = [680, 170, 70];

/// Who sells and who buys. All are numbered from 0; a file's ids begin at 1.
pub(super) struct Town {
    shops: Weights,
    opening: Vec<Opening>,
    customers: Weights,
    habits: Vec<[u32; HABITS]>,
    /// Percent of the usual price: of each shop, of each customer.
    prices: (Vec<u8>, Vec<u8>),
}

/// Seconds of the day between which a shop sells.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    pub(super) from: u64,
    pub(super) until: u64,
}

impl Town {
    pub(super) fn new(plan: &ReceiptPlan) -> Self {
        let dice = &mut Dice::new(plan.seed, "vrs receipts town", 0);
        let shops = ranked(dice, plan.merchants, shop_weight);
        let customers = ranked(dice, plan.customers, customer_weight);
        let opening = (0..plan.merchants).map(|_| opening(dice, plan)).collect();
        let habits = (0..plan.customers)
            .map(|_| [(); HABITS].map(|()| shops.draw(dice) as u32))
            .collect();
        let percent = |dice: &mut Dice, n: u32| (0..n).map(|_| dice.within(65, 150) as u8).collect::<Vec<u8>>();
        let prices = (percent(dice, plan.merchants), percent(dice, plan.customers));
        Town {
            shops,
            opening,
            customers,
            habits,
            prices,
        }
    }

    pub(super) fn customer(&self, dice: &mut Dice) -> usize {
        self.customers.draw(dice)
    }

    /// Where a customer goes.
    pub(super) fn shop(&self, dice: &mut Dice, customer: usize) -> usize {
        let mut draw = dice.below(1_000);
        for (shop, weight) in self.habits[customer].iter().zip(HABIT_PER_MILLE) {
            if draw < weight {
                return *shop as usize;
            }
            draw -= weight;
        }
        self.shops.draw(dice)
    }

    pub(super) fn opening(&self, shop: usize) -> Opening {
        self.opening[shop]
    }

    /// Percent of the usual price that this customer spends in this shop.
    pub(super) fn percent(&self, shop: usize, customer: usize) -> u64 {
        u64::from(self.prices.0[shop]) * u64::from(self.prices.1[customer]) / 100
    }
}

/// Weights by rank, the ranks dealt out at random.
fn ranked(dice: &mut Dice, n: u32, weight: impl Fn(u64, u64) -> u64) -> Weights {
    let mut ranks: Vec<u32> = (0..n).collect();
    dice.shuffle(&mut ranks);
    Weights::new(ranks.into_iter().map(|rank| weight(rank.into(), n.into())))
}

/// Of 191 shops the largest has 2% of the receipts, the middle one an eighth of that, the last tenth
/// next to nothing: as in the receipts of real grocery shops.
fn shop_weight(rank: u64, n: u64) -> u64 {
    // At most 2^20 a shop, so that four milliards of them fit.
    let part = (n - rank) * 101 / n + 1;
    part * part * part
}

/// The keenest customer buys ten times as often as the middle one, who buys twice as often as the last.
fn customer_weight(rank: u64, n: u64) -> u64 {
    1_000_000 * (n + 20) / (20 * rank + n + 20)
}

/// The town's hours, later or earlier by up to a tenth at either end.
fn opening(dice: &mut Dice, plan: &ReceiptPlan) -> Opening {
    let (from, until) = (u64::from(plan.open) * 3_600, u64::from(plan.close) * 3_600);
    let slack = (until - from) / 10;
    Opening {
        from: from + dice.below(slack),
        until: until - dice.below(slack),
    }
}
