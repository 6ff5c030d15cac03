//! Days of trade: sums, budgets, payments of merchants and customers.

use super::answers::Trade;
use super::division::{same_tranches, worth, Inflow, Limit, Payout, Till, Track};
use super::names::Names;
use super::pools::Owed;
use super::rules::{budget, Timeline};
use super::shops::Pruned;
use super::tally::{holds, same, Tally};
use super::visits::Visited;
use crate::failure::Difference;
use cosmwasm_std::Timestamp;
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::merchant::{
    CustomerDay, MerchantDay, Params, Side, TradeDayResponse, POOL_CUSTOMERS, POOL_MERCHANTS,
};
use vrs_interface::settlement::{DayResponse, Tranche};
use vrs_scoring::{cap, daily_budget, month, reserve, ScoreError, WHOLE_BPS};

/// Both sides, in the order of their pools.
pub const SIDES: [Side; 2] = [Side::Merchants, Side::Customers];

/// Everything that days of trade are compared with.
pub struct Days<'a> {
    /// What the contract answers.
    pub trade: &'a Trade,
    /// The rules.
    pub rules: &'a Timeline<Params>,
    /// How far pruning may have gone.
    pub pruned: Pruned,
    /// The chain's time.
    pub now: Timestamp,
    /// Names for what differs.
    pub names: &'a Names,
}

/// Rows of one day.
struct Rows<'a> {
    merchants: Vec<&'a MerchantDay>,
    customers: Vec<&'a CustomerDay>,
}

/// A participant as a side's division sees him.
struct Party {
    member: u32,
    /// Weight by tranche: as it stands in the sum, and what of it still earns.
    weights: Vec<(&'static str, u128, u128)>,
    reward: u128,
    claimed: bool,
}

impl Days<'_> {
    /// Compares customers' days with their visits.
    ///
    /// Errors: the first [`Difference`].
    pub fn customers(&self, visited: &Visited, tally: &mut Tally) -> Result<(), Difference> {
        let rows = &self.trade.customers;
        let known: BTreeMap<_, _> = rows.iter().map(|row| ((row.customer, row.day), ())).collect();
        for (key, purse) in &visited.purses {
            if !known.contains_key(key) {
                let at = || self.at("customer's day", key.0, key.1);
                if key.1 > self.pruned.rows {
                    holds(at, false, format!("spending of {}", purse.spending), "no such day")?;
                }
                tally.skip("the customer's day is pruned, his visits are not", at);
            }
        }
        for row in rows {
            let at = |what: &str| self.at(what, row.customer, row.day);
            let purse = visited
                .purses
                .get(&(row.customer, row.day))
                .copied()
                .unwrap_or_default();
            let spending = u128::from(row.spending.u64());
            if row.day <= self.pruned.visits && purse.spending < spending {
                tally.skip("visits are pruned: spending can't be added up again", || at("spending"));
                continue;
            }
            same(|| at("spending"), purse.spending, spending)?;
            let taken_back = u128::from(row.taken_back.u64());
            same(|| at("spending that was taken back"), purse.taken_back, taken_back)?;
            tally.count("customers' days", 1);
        }
        Ok(())
    }

    /// Compares every day's sums, budgets and payments; answers what the two pools owe, merchants'
    /// first.
    ///
    /// Errors: the first [`Difference`].
    pub fn divide(&self, inflow: [&Inflow; 2], before: [u128; 2], tally: &mut Tally) -> Result<[Owed; 2], Difference> {
        let mut rows: BTreeMap<Day, Rows> = BTreeMap::new();
        for day in &self.trade.days {
            let (merchants, customers) = (vec![], vec![]);
            rows.insert(day.day, Rows { merchants, customers });
        }
        for row in &self.trade.merchants {
            match rows.get_mut(&row.day) {
                Some(day) => day.merchants.push(row),
                None => self.unlisted(row.merchant, row.day, tally)?,
            }
        }
        for row in &self.trade.customers {
            match rows.get_mut(&row.day) {
                Some(day) => day.customers.push(row),
                None => self.unlisted(row.customer, row.day, tally)?,
            }
        }
        let [merchants, customers] = inflow;
        let [merchants_before, customers_before] = before;
        let mut tills = [
            Till::new(merchants.clone(), merchants_before),
            Till::new(customers.clone(), customers_before),
        ];
        let mut owed = [Owed::default(), Owed::default()];
        for day in &self.trade.days {
            let Some(rows) = rows.get(&day.day) else { continue };
            let whole = self.sums(day, rows, tally)?;
            let parties = [parties_m(rows), parties_c(rows)];
            for (((side, parties), till), owed) in SIDES.into_iter().zip(parties).zip(&mut tills).zip(&mut owed) {
                if whole {
                    self.side(side, day, parties, till, owed, tally)?;
                } else {
                    self.take_as_recorded(side, day, till, owed);
                }
            }
            tally.count("days of trade", u64::from(whole));
        }
        Ok(owed)
    }

    /// A row without its day: lawful only where days are pruned.
    fn unlisted(&self, member: u32, day: Day, tally: &mut Tally) -> Result<(), Difference> {
        let at = || self.at("day", member, day);
        holds(
            at,
            day <= self.pruned.rows,
            "one of the days that the contract lists",
            "no such day",
        )?;
        tally.skip("the day's sums are pruned, rows of it are not", at);
        Ok(())
    }

    /// A day some of whose rows are pruned: what it set aside is believed.
    fn take_as_recorded(&self, side: Side, day: &TradeDayResponse, till: &mut Till, owed: &mut Owed) {
        let answer = match side {
            Side::Merchants => &day.merchant_programme,
            Side::Customers => &day.customer_programme,
        };
        let rule = budget(self.rules.at(day.day), side);
        let amount = answer.reserved.iter().map(|(_, amount)| amount.u128()).sum();
        let limit = Limit {
            window_days: rule.window_days,
            per_window: rule.per_window.u128(),
        };
        till.assign(day.day, amount, limit);
        owed.begin(day.day, amount);
    }

    fn at(&self, what: &str, member: u32, day: Day) -> String {
        format!("{what} of {} on {}", self.names.member(member), self.names.day(day))
    }

    /// Whether the day's sums are those of all its rows; false where some rows are pruned.
    fn sums(&self, day: &TradeDayResponse, rows: &Rows, tally: &mut Tally) -> Result<bool, Difference> {
        let at = |what: &str| format!("{what} of {}", self.names.day(day.day));
        let (merchants, customers) = (rows.merchants.len(), rows.customers.len());
        let fewer = merchants < day.merchants as usize || customers < day.customers as usize;
        if day.day <= self.pruned.rows && fewer {
            tally.skip(
                "rows of the day are pruned: its division can't be added up again",
                || at("sums"),
            );
            return Ok(false);
        }
        same(|| at("merchants"), merchants, day.merchants as usize)?;
        same(|| at("customers"), customers, day.customers as usize)?;
        let sum = |values: &mut dyn Iterator<Item = u128>| values.sum::<u128>();
        let orders = sum(&mut rows.merchants.iter().map(|row| row.orders.into()));
        same(|| at("orders"), orders, day.orders.into())?;
        let spending = sum(&mut rows.customers.iter().map(|row| row.spending.u64().into()));
        same(|| at("spending"), spending, day.spending.u128())?;
        let revenue = sum(&mut rows.merchants.iter().map(|row| row.revenue.u64().into()));
        same(
            || at("merchants' revenue, beside customers' spending,"),
            spending,
            revenue,
        )?;
        let power = sum(&mut rows.merchants.iter().map(|row| row.bizpower.u128()));
        same(|| at("sum of BizPower"), power, day.bizpower.u128())?;
        let holding = sum(&mut rows.merchants.iter().map(|row| row.holding.u128()));
        same(|| at("sum of holdings"), holding, day.holding.u128())?;
        Ok(true)
    }

    /// One side of a day: budget, parts, reserve, and every payment.
    fn side(
        &self,
        side: Side,
        day: &TradeDayResponse,
        parties: Vec<Party>,
        till: &mut Till,
        owed: &mut Owed,
        tally: &mut Tally,
    ) -> Result<(), Difference> {
        let (who, asset, pool, answer, whole) = match side {
            Side::Merchants => (
                "merchants",
                "Bzky",
                POOL_MERCHANTS,
                &day.merchant_programme,
                day.budget_merchants,
            ),
            Side::Customers => (
                "customers",
                "Time",
                POOL_CUSTOMERS,
                &day.customer_programme,
                day.budget_customers,
            ),
        };
        let at = |what: &str| format!("{what} for {who} of {}", self.names.day(day.day));
        let unscored = |error: ScoreError| Difference {
            what: at("division"),
            expected: "figures that can be divided".into(),
            actual: error.to_string(),
        };
        let clock = self.names.clock();
        let rules = self.rules.at(day.day);
        let rule = budget(rules, side);
        let limit = Limit {
            window_days: rule.window_days,
            per_window: rule.per_window.u128(),
        };
        let heads = u32::try_from(parties.len()).unwrap_or(u32::MAX);
        same(|| at("day"), day.day, answer.day)?;
        let stage = clock.stage(day.day, self.now);
        same(|| at("stage"), format!("{stage:?}"), format!("{:?}", answer.stage))?;
        same(|| at("participants"), heads, answer.participants)?;

        let available = till.available(day.day, clock.closes(day.day), limit);
        let (per_head, max) = (rule.per_head.u128(), rule.max.u128());
        let mut planned = daily_budget(per_head, heads, max, available);
        if till.cut && whole.u128() < planned {
            // What pruned days of the same window took is not known.
            tally.skip(
                "earlier days of the window are pruned: the budget is taken as recorded",
                || at("budget"),
            );
            planned = whole.u128();
        }
        same(|| at("budget"), planned, whole.u128())?;

        let tracks = self.tracks(side, day, planned, heads).map_err(unscored)?;
        let live = tracks.iter().filter(|track| track.share_bps > 0 && track.total > 0);
        let expected: Vec<Tranche> = live.map(|track| track.tranche(pool, planned)).collect();
        same_tranches(&expected, &answer.tranches, at)?;
        let parts: Vec<(u16, u128)> = tracks.iter().map(|track| (track.share_bps, track.total)).collect();
        let set_aside = reserve(planned, &parts).map_err(unscored)?;
        let closed = clock.last_closed(self.now) >= day.day;
        check_reserved(answer, pool, if closed { set_aside } else { 0 }, at)?;
        till.assign(day.day, set_aside, limit);
        if closed && !expected.is_empty() {
            owed.begin(day.day, set_aside);
        }
        tally.count("budgets", 1);

        for party in parties {
            let at = |what: &str| self.at(what, party.member, day.day);
            let mut payout = Payout::default();
            for tranche in &expected {
                let weight = party.weights.iter().find(|(track, ..)| *track == tranche.track);
                let (_, counted, earning) = weight.copied().unwrap_or_default();
                payout = payout.plus(worth(tranche, counted, earning).map_err(unscored)?);
            }
            same(|| at(&format!("{asset} reward")), payout.paid, party.reward)?;
            if party.claimed {
                let last = clock.last_final(self.now);
                let final_yet = format!("no claim before {} is final", self.names.day(day.day));
                holds(|| at("claim"), day.day <= last, final_yet, "claimed")?;
            }
            if closed && !expected.is_empty() {
                owed.enter(payout, party.claimed);
            }
            tally.count("payments", 1);
        }
        Ok(())
    }

    /// The weights that divide a side's budget.
    fn tracks(
        &self,
        side: Side,
        day: &TradeDayResponse,
        budget: u128,
        heads: u32,
    ) -> Result<Vec<Track<'static>>, ScoreError> {
        let rules = self.rules.at(day.day);
        let limited = |bps: u16| match rules.share_cap {
            0 => Ok(None),
            shares => cap(budget, bps, shares, heads).map(Some),
        };
        Ok(match side {
            Side::Merchants => {
                let split = vrs_scoring::MonthSplit::new(rules.power_bps.clone())?;
                let (power, holding) = split.month_split(month(day.day, rules.month_days)?)?;
                vec![
                    Track {
                        name: "bizpower",
                        share_bps: power,
                        total: day.bizpower.u128(),
                        cap: limited(power)?,
                    },
                    Track {
                        name: "holding",
                        share_bps: holding,
                        total: day.holding.u128(),
                        cap: None,
                    },
                ]
            }
            Side::Customers => vec![Track {
                name: "spending",
                share_bps: WHOLE_BPS,
                total: day.spending.u128(),
                cap: limited(WHOLE_BPS)?,
            }],
        })
    }
}

/// What is set aside stands under the pool's name, or nowhere where it is nothing.
fn check_reserved(
    answer: &DayResponse,
    pool: &str,
    expected: u128,
    at: impl Fn(&str) -> String,
) -> Result<(), Difference> {
    let other = answer.reserved.iter().find(|(name, _)| name != pool);
    holds(
        || at("pools drawn on"),
        other.is_none(),
        pool,
        other.map_or("", |(name, _)| name),
    )?;
    let actual: u128 = answer.reserved.iter().map(|(_, amount)| amount.u128()).sum();
    same(|| at("reserve"), expected, actual)
}

fn parties_m(rows: &Rows) -> Vec<Party> {
    let party = |row: &&MerchantDay| {
        let earning = |weight: u128| if row.taken_back { 0 } else { weight };
        let (power, holding) = (row.bizpower.u128(), row.holding.u128());
        Party {
            member: row.merchant,
            weights: vec![
                ("bizpower", power, earning(power)),
                ("holding", holding, earning(holding)),
            ],
            reward: row.reward.u128(),
            claimed: row.claimed,
        }
    };
    rows.merchants.iter().map(party).collect()
}

fn parties_c(rows: &Rows) -> Vec<Party> {
    let party = |row: &&CustomerDay| {
        let (spending, taken) = (row.spending.u64(), row.taken_back.u64());
        Party {
            member: row.customer,
            weights: vec![("spending", spending.into(), spending.saturating_sub(taken).into())],
            reward: row.reward.u128(),
            claimed: row.claimed,
        }
    };
    rows.customers.iter().map(party).collect()
}
