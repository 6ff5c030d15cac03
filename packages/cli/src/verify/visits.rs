//! From visits to what each shop sold and each customer spent on a day.

use super::names::Names;
use super::rules::Timeline;
use super::tally::{holds, same, Tally};
use crate::failure::Difference;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{Params, Visit};

/// Orders and their sum in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sales {
    /// How many.
    pub orders: u64,
    /// Their sum.
    pub sum: u128,
}

impl Sales {
    fn add(&mut self, orders: u32, sum: u64) {
        self.orders += u64::from(orders);
        self.sum += u128::from(sum);
    }
}

/// A shop's day, added up from its visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// Counted orders in the store.
    pub store: Sales,
    /// Counted external orders.
    pub external: Sales,
    /// Orders below the smallest that counts.
    pub small: Sales,
    /// Customers with a counted store order and none on an earlier day.
    pub first: u64,
    /// Customers with a counted store order who are known from an earlier day.
    pub repeat: u64,
    /// Customers with a counted external order.
    pub buyers: u64,
}

impl Shop {
    /// All orders.
    pub fn orders(&self) -> u64 {
        self.store.orders + self.external.orders + self.small.orders
    }

    /// Their sum.
    pub fn revenue(&self) -> u128 {
        self.store.sum + self.external.sum + self.small.sum
    }
}

/// A customer's day, added up from his visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    /// What he spent, minor units.
    pub spending: u128,
    /// What of it no longer earns.
    pub taken_back: u128,
}

/// All that visits tell.
#[derive(Clone, Debug, Default)]
pub struct Visited {
    /// By merchant, day.
    pub shops: BTreeMap<(MemberId, Day), Shop>,
    /// By customer, day.
    pub purses: BTreeMap<(MemberId, Day), Purse>,
}

/// What a customer spent on a visit, minor units.
pub fn spent(visit: &Visit) -> u128 {
    [visit.store_sum, visit.external_sum, visit.small_sum]
        .iter()
        .map(|sum| u128::from(sum.u64()))
        .sum()
}

/// Adds all visits up. Whether a customer was known follows from his earlier visits to the same shop
/// (or from the entry of day 0 that pruning leaves), and must be what the visit says.
///
/// Visits stand by customer, merchant, day. Where some may be `pruned`, the first one of a pair is
/// believed when it says that the customer was known.
///
/// Errors: a [`Difference`] where a visit contradicts the earlier ones or the rule of the smallest order.
pub fn add_up(
    visits: &[Visit],
    rules: &Timeline<Params>,
    pruned: bool,
    names: &Names,
    tally: &mut Tally,
) -> Result<Visited, Difference> {
    let mut visited = Visited::default();
    let mut pair = (0, 0);
    let mut known = false;
    for visit in visits {
        let first = pair != (visit.customer, visit.merchant);
        if first {
            pair = (visit.customer, visit.merchant);
            known = false;
        }
        if visit.day == 0 {
            known = true;
            continue;
        }
        let at = |what: &str| {
            format!(
                "{what} of {} at {} on {}",
                names.member(visit.customer),
                names.member(visit.merchant),
                names.day(visit.day)
            )
        };
        if pruned && first && visit.known {
            tally.skip(
                "earlier visits are pruned: that the customer was known is taken as recorded",
                || at("known"),
            );
            known = true;
        }
        same(|| at("known from an earlier day"), known, visit.known)?;
        check_amounts(visit, rules.at(visit.day).min_order, at)?;
        enter(&mut visited, visit, known);
        known |= visit.store_orders > 0 || visit.external_orders > 0;
        tally.count("visits", 1);
    }
    Ok(visited)
}

/// Counted orders reach the smallest amount that counts, small ones don't, and there is one at all.
fn check_amounts(visit: &Visit, min_order: u64, at: impl Fn(&str) -> String) -> Result<(), Difference> {
    let least = |orders: u32| u128::from(orders) * u128::from(min_order.max(1));
    for (what, orders, sum) in [
        ("sum of counted store orders", visit.store_orders, visit.store_sum),
        (
            "sum of counted external orders",
            visit.external_orders,
            visit.external_sum,
        ),
    ] {
        let sum = u128::from(sum.u64());
        let fits = if orders == 0 { sum == 0 } else { sum >= least(orders) };
        let expected = format!("{orders} orders of at least {min_order} minor units");
        holds(|| at(what), fits, expected, sum)?;
    }
    let (orders, sum) = (visit.small_orders, u128::from(visit.small_sum.u64()));
    let fits = if orders == 0 {
        sum == 0
    } else {
        sum < least(orders) && sum >= u128::from(orders)
    };
    let expected = format!("{orders} orders below {min_order} minor units");
    holds(|| at("sum of small orders"), fits, expected, sum)?;
    let orders = u64::from(visit.store_orders) + u64::from(visit.external_orders) + u64::from(visit.small_orders);
    holds(|| at("orders"), orders > 0, "at least 1", orders)
}

fn enter(visited: &mut Visited, visit: &Visit, known: bool) {
    let shop = visited.shops.entry((visit.merchant, visit.day)).or_default();
    shop.store.add(visit.store_orders, visit.store_sum.u64());
    shop.external.add(visit.external_orders, visit.external_sum.u64());
    shop.small.add(visit.small_orders, visit.small_sum.u64());
    if visit.store_orders > 0 {
        if known {
            shop.repeat += 1;
        } else {
            shop.first += 1;
        }
    }
    if visit.external_orders > 0 {
        shop.buyers += 1;
    }
    let purse = visited.purses.entry((visit.customer, visit.day)).or_default();
    purse.spending += spent(visit);
    if visit.taken_back {
        purse.taken_back += spent(visit);
    }
}
