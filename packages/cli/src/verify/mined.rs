//! Days of mining: readings, scores, budgets of the methods, payments.

use super::answers::Mined;
use super::division::{same_tranches, worth, Inflow, Limit, Payout, Till, Track};
use super::names::Names;
use super::pools::Owed;
use super::rules::Timeline;
use super::tally::{holds, same, Tally};
use crate::failure::Difference;
use anyhow::{anyhow, Result};
use cosmwasm_std::Timestamp;
use std::collections::BTreeMap;
use vrs_attestation::Measured;
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::mining::{AccountDay, Method, MethodScore, Params, ReadingInfo, POOL_HP, POOL_VRS};
use vrs_interface::settlement::{DayResponse, Tranche};
use vrs_scoring::{cap, Hardware, MiningTables, Reading, ViewBounds, WHOLE_BPS};

/// Everything that days of mining are compared with.
pub struct Mines<'a> {
    /// What the contract answers.
    pub mined: &'a Mined,
    /// The rules.
    pub rules: &'a Timeline<Params>,
    /// Factors of streaming products, 1/10^9.
    pub products: &'a BTreeMap<u32, Timeline<u64>>,
    /// Readings and rows of this day or earlier may be pruned.
    pub pruned: Day,
    /// The chain's time.
    pub now: Timestamp,
    /// Names for what differs.
    pub names: &'a Names,
}

/// Scores by account, day, method; 18 decimals.
pub type Scores = BTreeMap<(MemberId, Day, Method), u128>;

/// The tables that a day's readings are scored with.
pub fn tables(params: &Params) -> Result<MiningTables> {
    Ok(MiningTables {
        marginal: params.marginal,
        view_bounds: ViewBounds::new(params.view_steps.clone())?,
        ..MiningTables::default()
    })
}

/// A reading as it is scored; `factor_e9` tells a streaming product's factor.
///
/// Errors: quantities that no contract would have counted.
pub fn reading(info: &ReadingInfo, tables: &MiningTables, factor_e9: impl Fn(u32) -> Option<u64>) -> Result<Reading> {
    let mut quantities = [0; 5];
    if info.quantities.len() > quantities.len() {
        return Err(anyhow!("expected at most 5 quantities, got {}", info.quantities.len()));
    }
    for (to, from) in quantities.iter_mut().zip(&info.quantities) {
        *to = from.u64();
    }
    Ok(match Measured::from_parts(info.method as u8, quantities)? {
        Measured::Platform(host) => Reading::Platform {
            traffic_mb: host.traffic_mb,
            nodes: host.nodes.try_into()?,
            online_seconds: host.seconds.try_into()?,
            server_share_e9: host.share_e9.try_into()?,
        },
        Measured::Server(host) => Reading::Server {
            traffic_mb: host.traffic_mb,
            nodes: host.nodes.try_into()?,
            online_seconds: host.seconds.try_into()?,
            server_share_e9: host.share_e9.try_into()?,
        },
        Measured::Node(node) => Reading::Node {
            hardware: match node.hardware {
                1 => Hardware::Pc,
                2 => Hardware::Mobile,
                other => return Err(anyhow!("hardware: expected 1 or 2, got {other}")),
            },
            bandwidth_mbps: node.mbps.try_into()?,
            storage_mb: node.storage_mb,
            online_seconds: node.seconds.try_into()?,
        },
        Measured::Upload(file) => Reading::Upload {
            downloads: file.downloads.try_into()?,
            size_mb: file.size_mb,
            view_points: tables.views_to_points(file.views),
        },
        Measured::Content(channel) => Reading::Content {
            recommendations: channel.recommendations.try_into()?,
            dislikes: channel.dislikes.try_into()?,
            downloads: channel.downloads.try_into()?,
            size_mb: channel.size_mb,
            view_points: tables.views_to_points(channel.views),
        },
        Measured::Streaming(streamed) => {
            let product = u32::try_from(streamed.product)?;
            Reading::Streaming {
                streamed_mb: streamed.streamed_mb,
                product_factor_e9: factor_e9(product)
                    .ok_or_else(|| anyhow!("product {product} is not registered on that day"))?,
            }
        }
    })
}

impl Mines<'_> {
    /// Scores every reading and compares the sums with the accounts' days.
    ///
    /// Errors: the first [`Difference`].
    pub fn scores(&self, tally: &mut Tally) -> Result<()> {
        let mut scores = Scores::new();
        for info in &self.mined.readings {
            let score = self.score(info).map_err(|error| Difference {
                what: self.at(
                    &format!("{} reading of unit {}", info.method.name(), info.unit),
                    info.account,
                    info.day,
                ),
                expected: "a reading that counts".into(),
                actual: error.to_string(),
            })?;
            let sum = scores.entry((info.account, info.day, info.method)).or_default();
            *sum = sum.saturating_add(score);
            tally.count("readings", 1);
        }
        let mut rows: BTreeMap<(MemberId, Day, Method), u128> = BTreeMap::new();
        for row in &self.mined.scores {
            for line in &row.methods {
                rows.insert((row.account, row.day, line.method), line.score.u128());
            }
            tally.count("accounts' days", 1);
        }
        for (key, score) in &scores {
            if !rows.contains_key(key) {
                let at = || self.at(&format!("{} score", key.2.name()), key.0, key.1);
                holds(at, key.1 <= self.pruned, score, "no such score")?;
                tally.skip("the account's day is pruned, its readings are not", at);
            }
        }
        for (key, actual) in rows {
            let at = || self.at(&format!("{} score", key.2.name()), key.0, key.1);
            let expected = scores.get(&key).copied();
            if key.1 <= self.pruned && expected.unwrap_or(0) <= actual && expected != Some(actual) {
                tally.skip("readings are pruned: the score is taken as recorded", at);
                continue;
            }
            let none = || "no reading".to_owned();
            same(
                at,
                expected.map_or_else(none, |score| score.to_string()),
                actual.to_string(),
            )?;
        }
        Ok(())
    }

    /// A reading's score, rounded down to 18 decimals.
    pub fn score(&self, info: &ReadingInfo) -> Result<u128> {
        let tables = tables(self.rules.at(info.day))?;
        let factor = |product: u32| {
            let factor = *self.products.get(&product)?.at(info.day);
            (factor > 0).then_some(factor)
        };
        Ok(reading(info, &tables, factor)?.score(&tables)?.floor_e18()?)
    }

    /// Compares every day's sums, budgets and payments; answers what the pools owe, HP first.
    ///
    /// Errors: the first [`Difference`].
    pub fn divide(&self, inflow: [&Inflow; 2], before: [u128; 2], tally: &mut Tally) -> Result<[Owed; 2]> {
        let mut rows: BTreeMap<Day, Vec<&AccountDay>> = BTreeMap::new();
        for row in &self.mined.scores {
            rows.entry(row.day).or_default().push(row);
        }
        let [hp, vrs] = inflow;
        let mut tills = [Till::new(hp.clone(), before[0]), Till::new(vrs.clone(), before[1])];
        let mut owed = [Owed::default(), Owed::default()];
        for day in &self.mined.days {
            let rows = rows.remove(&day.day).unwrap_or_default();
            self.day(day, &rows, &mut tills, &mut owed, tally)?;
        }
        for (day, rows) in rows {
            let account = rows.first().map_or(0, |row| row.account);
            let at = || self.at("day", account, day);
            holds(
                at,
                day <= self.pruned,
                "one of the days that the contract lists",
                "no such day",
            )?;
            tally.skip("the day's sums are pruned, rows of it are not", at);
        }
        Ok(owed)
    }

    fn at(&self, what: &str, account: MemberId, day: Day) -> String {
        format!("{what} of {} on {}", self.names.member(account), self.names.day(day))
    }

    fn limits(&self, day: Day) -> [Limit; 2] {
        let rules = self.rules.at(day);
        [rules.hp_per_window, rules.vrs_per_window].map(|per_window| Limit {
            window_days: rules.window_days,
            per_window: per_window.u128(),
        })
    }

    fn day(
        &self,
        day: &DayResponse,
        rows: &[&AccountDay],
        tills: &mut [Till; 2],
        owed: &mut [Owed; 2],
        tally: &mut Tally,
    ) -> Result<()> {
        let at = |what: &str| format!("mining: {what} of {}", self.names.day(day.day));
        let limits = self.limits(day.day);
        if day.day <= self.pruned && rows.len() < day.participants as usize {
            tally.skip(
                "rows of the day are pruned: its division can't be added up again",
                || at("sums"),
            );
            for ((till, owed), (pool, limit)) in tills.iter_mut().zip(owed).zip(POOLS.iter().zip(limits)) {
                let amount = reserved(day, pool);
                till.assign(day.day, amount, limit);
                owed.begin(day.day, amount);
            }
            return Ok(());
        }
        let clock = self.names.clock();
        let stage = clock.stage(day.day, self.now);
        same(|| at("stage"), format!("{stage:?}"), format!("{:?}", day.stage))?;
        same(|| at("accounts"), rows.len(), day.participants as usize)?;
        let expected = self.tranches(day.day, rows, tills)?;
        same_tranches(&expected, &day.tranches, at)?;
        let closed = clock.last_closed(self.now) >= day.day;
        for ((till, owed), (pool, limit)) in tills.iter_mut().zip(owed.iter_mut()).zip(POOLS.iter().zip(limits)) {
            let of_pool = expected.iter().filter(|tranche| tranche.pool == *pool);
            let amount: u128 = of_pool.map(|tranche| tranche.budget.u128()).sum();
            let set_aside = if closed { amount } else { 0 };
            same(|| at(&format!("reserve of {pool}")), set_aside, reserved(day, pool))?;
            till.assign(day.day, amount, limit);
            if set_aside > 0 {
                owed.begin(day.day, set_aside);
            }
            tally.count("budgets", 1);
        }
        for row in rows {
            self.payments(row, &expected, closed, owed, tally)?;
        }
        tally.count("days of mining", 1);
        Ok(())
    }

    /// What each method takes of the two pools, in their order.
    fn tranches(&self, day: Day, rows: &[&AccountDay], tills: &[Till; 2]) -> Result<Vec<Tranche>> {
        let rules = self.rules.at(day);
        let closes = self.names.clock().closes(day);
        let mut left: Vec<u128> = tills
            .iter()
            .zip(self.limits(day))
            .map(|(till, limit)| till.available(day, closes, limit))
            .collect();
        let mut tranches = vec![];
        for method in Method::ALL {
            let lines = rows.iter().filter_map(|row| line(row, method));
            let scores: Vec<u128> = lines.map(|line| line.score.u128()).filter(|score| *score > 0).collect();
            let heads = u32::try_from(scores.len())?;
            let Some(budget) = rules.budgets.iter().find(|budget| budget.method == method) else {
                continue;
            };
            if heads == 0 {
                continue;
            }
            for ((pool, wanted), left) in POOLS.iter().zip([budget.hp, budget.vrs]).zip(&mut left) {
                let budget = wanted.u128().min(*left);
                if budget == 0 {
                    continue;
                }
                *left -= budget;
                let most = match rules.share_cap {
                    0 => None,
                    shares => Some(cap(budget, WHOLE_BPS, shares, heads)?),
                };
                let track = Track {
                    name: method.name(),
                    share_bps: WHOLE_BPS,
                    total: scores.iter().sum(),
                    cap: most,
                };
                tranches.push(track.tranche(pool, budget));
            }
        }
        Ok(tranches)
    }

    /// What an account is paid for a day, method by method.
    fn payments(
        &self,
        row: &AccountDay,
        tranches: &[Tranche],
        closed: bool,
        owed: &mut [Owed; 2],
        tally: &mut Tally,
    ) -> Result<()> {
        let at = |what: &str| self.at(what, row.account, row.day);
        if row.claimed {
            let final_yet = row.day <= self.names.clock().last_final(self.now);
            holds(|| at("claim"), final_yet, "no claim before the day is final", "claimed")?;
        }
        for ((pool, owed), asset) in POOLS.iter().zip(owed).zip(["HP", "VRS"]) {
            let mut sum = Payout::default();
            for line in &row.methods {
                let tranche = tranches
                    .iter()
                    .find(|t| t.pool == *pool && t.track == line.method.name());
                let counted = line.score.u128();
                let earning = if line.taken_back { 0 } else { counted };
                let payout = match tranche {
                    Some(tranche) => worth(tranche, counted, earning)?,
                    None => Payout::default(),
                };
                let reward = if *pool == POOL_HP {
                    line.reward_hp
                } else {
                    line.reward_vrs
                };
                let what = || at(&format!("{asset} reward for {}", line.method.name()));
                same(what, payout.paid, reward.u128())?;
                sum = sum.plus(payout);
                tally.count("payments", 1);
            }
            if closed && tranches.iter().any(|tranche| tranche.pool == *pool) {
                owed.enter(sum, row.claimed);
            }
        }
        Ok(())
    }
}

/// Both pools, in the order in which a day draws on them.
pub const POOLS: [&str; 2] = [POOL_HP, POOL_VRS];

fn line(row: &AccountDay, method: Method) -> Option<&MethodScore> {
    row.methods.iter().find(|line| line.method == method)
}

fn reserved(day: &DayResponse, pool: &str) -> u128 {
    let of_pool = day.reserved.iter().filter(|(name, _)| name == pool);
    of_pool.map(|(_, amount)| amount.u128()).sum()
}
