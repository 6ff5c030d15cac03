//! Merchants' days: sales, weights, costs, BizPower, level, holding.

use super::names::Names;
use super::rules::Timeline;
use super::tally::{holds, same, Tally};
use super::visits::{Shop, Visited};
use crate::failure::Difference;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{MerchantDay, Params};
use vrs_scoring::{level, BizPowerInput};

/// How far pruning may have gone: what is of that day or earlier may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Visits.
    pub visits: Day,
    /// Merchants' and customers' days.
    pub rows: Day,
}

/// What the contracts answer about a merchant's day beside its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outside {
    /// area * rent + staff * wage; none where it is no longer answered.
    pub cost: Option<u128>,
    /// Lowest Bzky balance of the day before; none where it is no longer answered.
    pub holding: Option<u128>,
}

/// Everything that merchants' days are compared with.
pub struct Shops<'a> {
    /// The records, by merchant, then day.
    pub rows: &'a [MerchantDay],
    /// What their visits add up to.
    pub visited: &'a Visited,
    /// What other queries answer.
    pub outside: &'a BTreeMap<(MemberId, Day), Outside>,
    /// The rules.
    pub rules: &'a Timeline<Params>,
    /// How far pruning may have gone.
    pub pruned: Pruned,
    /// Names for what differs.
    pub names: &'a Names,
}

impl Shops<'_> {
    /// Compares all of them.
    ///
    /// Errors: the first [`Difference`].
    pub fn check(&self, tally: &mut Tally) -> Result<(), Difference> {
        let rows: BTreeMap<_, _> = self.rows.iter().map(|row| ((row.merchant, row.day), row)).collect();
        for (key, shop) in &self.visited.shops {
            if !rows.contains_key(key) {
                let at = || self.at("merchant's day", key.0, key.1);
                if key.1 > self.pruned.rows {
                    let orders = format!("{} orders", shop.orders());
                    holds(at, false, orders, "no such day")?;
                }
                tally.skip("the merchant's day is pruned, its visits are not", at);
            }
        }
        for row in self.rows {
            self.sales(row, tally)?;
            self.window(row, &rows, tally)?;
            self.outside(row, tally)?;
            self.power(row)?;
            self.candle(row)?;
            tally.count("merchants' days", 1);
        }
        Ok(())
    }

    fn at(&self, what: &str, merchant: MemberId, day: Day) -> String {
        format!("{what} of {} on {}", self.names.member(merchant), self.names.day(day))
    }

    /// Orders, revenue and customers are those of the visits.
    fn sales(&self, row: &MerchantDay, tally: &mut Tally) -> Result<(), Difference> {
        let at = |what: &str| self.at(what, row.merchant, row.day);
        let shop = self
            .visited
            .shops
            .get(&(row.merchant, row.day))
            .copied()
            .unwrap_or_default();
        if row.day <= self.pruned.visits && shop.orders() < u64::from(row.orders) {
            tally.skip(
                "visits are pruned: orders and customers can't be added up again",
                || at("sales"),
            );
            return Ok(());
        }
        let Shop {
            store, external, small, ..
        } = shop;
        for (what, expected, actual) in [
            ("counted store orders", store.orders, row.store_orders),
            ("counted external orders", external.orders, row.external_orders),
            ("orders", shop.orders(), row.orders),
            ("first-time customers", shop.first, row.first),
            ("repeat customers", shop.repeat, row.repeat),
            ("external customers", shop.buyers, row.external),
        ] {
            same(|| at(what), expected, u64::from(actual))?;
        }
        for (what, expected, actual) in [
            ("sum of counted store orders", store.sum, row.store_sum),
            ("sum of counted external orders", external.sum, row.external_sum),
            ("revenue", store.sum + external.sum + small.sum, row.revenue),
        ] {
            same(|| at(what), expected, u128::from(actual.u64()))?;
        }
        Ok(())
    }

    /// The sums that decide the weights are those of the merchant's own days D-31 to D-2.
    fn window(
        &self,
        row: &MerchantDay,
        rows: &BTreeMap<(MemberId, Day), &MerchantDay>,
        tally: &mut Tally,
    ) -> Result<(), Difference> {
        let at = |what: &str| self.at(what, row.merchant, row.day);
        let days = self.rules.at(row.day).weight_days;
        let to = row.day.saturating_sub(2);
        let from = row.day.saturating_sub(days.saturating_add(1)).max(1);
        let mut sums = (0, 0, 0);
        if from <= to {
            for (_, past) in rows.range((row.merchant, from)..=(row.merchant, to)) {
                sums.0 += u64::from(past.first);
                sums.1 += u64::from(past.repeat);
                sums.2 += u64::from(past.external);
            }
        }
        let (first, repeat, external) = row.window;
        if from <= self.pruned.rows && sums != row.window {
            let within = sums.0 <= first && sums.1 <= repeat && sums.2 <= external;
            if within {
                tally.skip("earlier days are pruned: weights can't be added up again", || {
                    at("weights")
                });
                return Ok(());
            }
        }
        for (what, expected, actual) in [
            ("first-time customers of the window", sums.0, first),
            ("repeat customers of the window", sums.1, repeat),
            ("external customers of the window", sums.2, external),
        ] {
            same(|| at(what), expected, actual)?;
        }
        Ok(())
    }

    /// Costs and holding are what the other queries answer.
    fn outside(&self, row: &MerchantDay, tally: &mut Tally) -> Result<(), Difference> {
        let at = |what: &str| self.at(what, row.merchant, row.day);
        let outside = self.outside.get(&(row.merchant, row.day)).copied().unwrap_or_default();
        match outside.cost {
            Some(cost) => same(|| at("costs"), cost, row.cost.u128())?,
            None => tally.skip(
                "the profile of that day is no longer answered: costs are taken as recorded",
                || at("costs"),
            ),
        }
        match outside.holding {
            Some(holding) => same(|| at("holding"), holding, row.holding.u128())?,
            None => tally.skip(
                "the balances of the day before are no longer answered for that address: holding is taken as recorded",
                || at("holding"),
            ),
        }
        Ok(())
    }

    /// BizPower and level by `packages/scoring`.
    fn power(&self, row: &MerchantDay) -> Result<(), Difference> {
        let at = |what: &str| self.at(what, row.merchant, row.day);
        let power = power_input(row).bizpower_e18().map_err(|error| Difference {
            what: at("BizPower"),
            expected: "figures that can be scored".into(),
            actual: error.to_string(),
        })?;
        same(|| at("BizPower"), power, row.bizpower.u128())?;
        let counted = row.store_orders > 0 || row.external_orders > 0;
        let bounds: Vec<u128> = self.rules.at(row.day).level_bounds.iter().map(|b| b.u128()).collect();
        let expected = if counted { level(power, &bounds) } else { 0 };
        same(|| at("level"), expected, row.level)
    }

    /// The candle's four values are in order, and nothing without a counted order.
    fn candle(&self, row: &MerchantDay) -> Result<(), Difference> {
        let at = |what: &str| self.at(what, row.merchant, row.day);
        let [open, high, low, close] = [row.open, row.high, row.low, row.close].map(|value| value.u128());
        let counted = row.store_orders > 0 || row.external_orders > 0;
        let fits = if counted {
            low <= open.min(close) && open.max(close) <= high
        } else {
            high == 0 && low == 0 && open == 0 && close == 0
        };
        let expected = if counted {
            "low <= open, close <= high"
        } else {
            "0 without a counted order"
        };
        holds(
            || at("candle"),
            fits,
            expected,
            format!("open {open}, high {high}, low {low}, close {close}"),
        )
    }
}

/// What BizPower is computed from, as a day's record tells it.
pub fn power_input(row: &MerchantDay) -> BizPowerInput {
    let (weight_first, weight_repeat, weight_external) = row.window;
    BizPowerInput {
        first: row.first,
        repeat: row.repeat,
        external: row.external,
        weight_first,
        weight_repeat,
        weight_external,
        store_orders: row.store_orders,
        store_sum_minor: row.store_sum.u64(),
        external_orders: row.external_orders,
        external_sum_minor: row.external_sum.u64(),
        cost_minor: row.cost.u128(),
    }
}
