//! The steps of a verification, in order.

use super::answers::{Door, Mined, Trade};
use super::audit::{Audits, Prunings, Stage};
use super::batches::Batches;
use super::division::Inflow;
use super::envelopes::Verifier;
use super::mined::{Mines, POOLS};
use super::names::Names;
use super::orders::Replay;
use super::past::Past;
use super::pools::{self, Care, Owed};
use super::progress::Progress;
use super::shops::{Outside, Pruned, Shops};
use super::source::Source;
use super::tally::{same, Tally};
use super::trade::Days;
use super::{assets, births, claims, visits, Verified};
use crate::chain::{Chain, Name};
use crate::failure::Difference;
use anyhow::Result;
use cosmwasm_std::{Addr, Timestamp};
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::{self, MemberId, PayoutsResponse, MAX_PAYOUTS};
use vrs_interface::merchant::{self, MerchantDay, ProfileResponse, POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::settlement::Pool;
use vrs_interface::token::{self, LowestOnManyResponse, MAX_LOWEST};

/// Verifies everything.
pub fn run(source: &dyn Source, place: &str) -> Result<Verified> {
    let progress = Progress::new();
    let verified = all(source, place, &progress);
    progress.done();
    verified
}

fn all(source: &dyn Source, place: &str, progress: &Progress) -> Result<Verified> {
    progress.phase("reading the chain");
    let chain = source.chain()?;
    let meta = source.meta()?;
    let names = Names::of(&meta);
    let now = Timestamp::from_nanos(meta.head.time);
    progress.phase("asking the contracts for all days");
    let trade = Trade::read(&chain)?;
    let mined = Mined::read(&chain)?;
    let door = Door::read(&chain)?;
    progress.phase("reading which rules held when");
    let mut audits = Audits::new(&chain, names.clock())?;
    let past = Past::read(
        source,
        &chain,
        names.clock(),
        &trade.config.params,
        &mined.config.params,
        &mut audits,
    )?;

    let mut queries = Tally::default();
    let tally = &mut queries;
    past.check(&trade.config, &mined.config, &mined.products, (&names, now), tally)?;
    births::check(&chain, &past.births, tally)?;
    clocks(&chain, (&trade, &mined, &door), &names)?;
    let signed_for = &door.config.chain_id;
    same(|| "chain id that the oracle signs for".into(), chain.id(), signed_for)?;
    progress.phase("comparing accounts and records with their events");
    // What an event did not tell us of cannot be held against the state.
    let through_others = source.through_others()?;
    if through_others == 0 {
        audits.check(Stage::Records, &chain, (&trade, &mined), (&names, now), tally)?;
    } else {
        tally.note(format!(
            "{through_others} messages reached the suite through other contracts: accounts and records are not compared one by one"
        ));
    }
    progress.phase("recomputing trade");
    let subject = Subject {
        chain: &chain,
        past: &past,
        names: &names,
        prunings: &audits.pruned,
        now,
    };
    subject.trade(&trade, tally)?;
    progress.phase("recomputing mining");
    subject.mining(&mined, tally)?;
    if through_others == 0 {
        audits.check(Stage::Settled, &chain, (&trade, &mined), (&names, now), tally)?;
    }
    progress.phase("adding up tokens, points and claims");
    subject.assets(&trade, &mined, tally)?;
    claims::check(&chain, (&trade, &mined), &names, names.clock().last_final(now), tally)?;
    let batches = Batches::new(&door, &names, now);
    batches.gapless(tally)?;

    progress.steps("verifying signatures again", past.transactions);
    let mut history = Tally::default();
    subject.history(source, (&trade, &mined, &door), batches, progress, &mut history)?;
    let days = trade
        .days
        .iter()
        .map(|day| day.day)
        .chain(mined.days.iter().map(|day| day.day));
    let span = days.clone().min().zip(days.max());
    Ok(Verified {
        place: place.to_owned(),
        height: meta.head.height,
        time: Names::moment(now.seconds()),
        days: span.map(|(first, last)| (names.day(first), names.day(last))),
        queries,
        history,
    })
}

/// All contracts count days by one clock.
fn clocks(chain: &Chain, (trade, mined, door): (&Trade, &Mined, &Door), names: &Names) -> Result<()> {
    let identity: identity::ConfigResponse = chain.query(Name::Identity, &identity::QueryMsg::Config {})?;
    for (name, clock) in [
        (Name::Identity, &identity.clock),
        (Name::Oracle, &door.config.clock),
        (Name::Merchant, &trade.config.clock),
        (Name::Mining, &mined.config.clock),
    ] {
        assets::same_clock(name, clock, names)?;
    }
    Ok(())
}

/// What all steps need.
struct Subject<'a> {
    chain: &'a Chain,
    past: &'a Past,
    names: &'a Names,
    prunings: &'a Prunings,
    now: Timestamp,
}

impl Subject<'_> {
    fn horizon(&self, days: u32) -> Day {
        self.names.clock().last_final(self.now).saturating_sub(days)
    }

    /// The last day that pruning may have removed from a list; 0 where it removed nothing.
    fn removed(&self, name: Name, list: &str, days: u32) -> Day {
        if self.prunings.has(name, list) {
            self.horizon(days)
        } else {
            0
        }
    }

    /// Readings go with the scores' days, or alone.
    fn mining_pruned(&self, mined: &Mined) -> Day {
        let lists = ["scores", "readings"].map(|list| self.removed(Name::Mining, list, mined.config.expiry_days));
        lists.into_iter().max().unwrap_or_default()
    }

    fn trade_pruned(&self, trade: &Trade) -> Pruned {
        let rows = ["merchants", "customers"].map(|list| self.removed(Name::Merchant, list, trade.config.expiry_days));
        Pruned {
            visits: self.removed(Name::Merchant, "visits", trade.config.horizon_days),
            rows: rows.into_iter().max().unwrap_or_default(),
        }
    }

    fn trade(&self, trade: &Trade, tally: &mut Tally) -> Result<()> {
        let pruned = self.trade_pruned(trade);
        let (rules, names) = (&self.past.trade, self.names);
        let visited = visits::add_up(&trade.visits, rules, pruned.visits > 0, names, tally)?;
        let outside = self.outside(&trade.merchants, tally)?;
        let shops = Shops {
            rows: &trade.merchants,
            visited: &visited,
            outside: &outside,
            rules,
            pruned,
            names,
        };
        shops.check(tally)?;
        let days = Days {
            trade,
            rules,
            pruned,
            now: self.now,
            names,
        };
        days.customers(&visited, tally)?;
        let answered = |pool: &str| {
            let days = trade
                .days
                .iter()
                .flat_map(|day| [&day.merchant_programme, &day.customer_programme]);
            days.flat_map(|day| &day.reserved)
                .filter(|(name, _)| name == pool)
                .map(|(_, amount)| amount.u128())
                .sum()
        };
        let flows = self.flows(
            &trade.pools,
            [POOL_MERCHANTS, POOL_CUSTOMERS],
            pruned.rows > 0,
            answered,
        )?;
        let owed = days.divide(flows.inflows(), flows.before(), tally)?;
        flows.check(&owed, pruned.rows > 0, self.names, tally)?;
        Ok(())
    }

    fn mining(&self, mined: &Mined, tally: &mut Tally) -> Result<()> {
        let pruned = self.mining_pruned(mined);
        let mines = Mines {
            mined,
            rules: &self.past.mining,
            products: &self.past.products,
            pruned,
            now: self.now,
            names: self.names,
        };
        mines.scores(tally)?;
        let answered = |pool: &str| {
            let reserved = mined.days.iter().flat_map(|day| &day.reserved);
            reserved
                .filter(|(name, _)| name == pool)
                .map(|(_, amount)| amount.u128())
                .sum()
        };
        let flows = self.flows(&mined.pools, POOLS, pruned > 0, answered)?;
        let owed = mines.divide(flows.inflows(), flows.before(), tally)?;
        flows.check(&owed, pruned > 0, self.names, tally)?;
        Ok(())
    }

    /// What came into two pools, and what was set aside for days that are no longer listed.
    fn flows<'p>(
        &self,
        pools: &'p [Pool],
        expected: [&'static str; 2],
        pruned: bool,
        answered: impl Fn(&str) -> u128,
    ) -> Result<Flows<'p>, Difference> {
        let told = |names: Vec<&str>| names.join(", ");
        let actual = pools.iter().map(|pool| pool.name.as_str()).collect();
        same(|| "pools".into(), told(expected.to_vec()), told(actual))?;
        let flow = |pool: &'p Pool| {
            let inflow = self.past.of(&pool.name);
            let left = pool.remaining.checked_sub(pool.recovered).unwrap_or_default().u128();
            let assigned = pool
                .funded
                .u128()
                .saturating_add(inflow.refilled.total())
                .saturating_sub(left);
            let before = assigned.saturating_sub(answered(&pool.name));
            (pool, inflow, if pruned { before } else { 0 })
        };
        Ok(Flows(pools.iter().map(flow).collect()))
    }

    /// Costs and holdings of merchants' days, as the other contracts answer them today.
    fn outside(&self, rows: &[MerchantDay], tally: &mut Tally) -> Result<BTreeMap<(MemberId, Day), Outside>> {
        let mut outside: BTreeMap<(MemberId, Day), Outside> = BTreeMap::new();
        for row in rows {
            let msg = merchant::QueryMsg::Profile {
                merchant: row.merchant,
                day: Some(row.day),
            };
            let answer: ProfileResponse = self.chain.query(Name::Merchant, &msg)?;
            let (told, known) = (
                answer.cost.map(|cost| cost.u128()),
                self.past.cost(row.merchant, row.day),
            );
            let gone = told.is_none() && self.past.costs_changed(row.merchant);
            if gone {
                tally.note("costs of days that the profile query no longer tells are taken from the transactions");
            } else if known.is_some() {
                let words = |cost: Option<u128>| cost.map_or("none".to_owned(), |cost| cost.to_string());
                let (who, day) = (self.names.member(row.merchant), self.names.day(row.day));
                let what = || format!("costs that the profile query tells of {who} on {day}");
                same(what, words(known), words(told))?;
            }
            let cost = told.or(known);
            let holding = (row.day <= 1).then_some(0);
            outside.insert((row.merchant, row.day), Outside { cost, holding });
        }
        let payouts = self.payouts(rows)?;
        let asked: Vec<((MemberId, Day), Addr)> = rows
            .iter()
            .filter(|row| row.day > 1)
            // Of an address that changed later it is not known which one counted.
            .filter(|row| self.past.moved.get(&row.merchant).is_none_or(|moved| *moved < row.day))
            .filter_map(|row| Some(((row.merchant, row.day), payouts.get(&row.merchant)?.clone())))
            .collect();
        for page in asked.chunks(MAX_LOWEST) {
            let lowest = self.lowest(page)?;
            for ((key, _), lowest) in page.iter().zip(lowest) {
                outside.entry(*key).or_default().holding = lowest;
            }
        }
        Ok(outside)
    }

    /// Lowest balances on the day before; none where the token no longer tells.
    fn lowest(&self, page: &[((MemberId, Day), Addr)]) -> Result<Vec<Option<u128>>> {
        let many = |page: &[((MemberId, Day), Addr)]| {
            let of = page
                .iter()
                .map(|((_, day), address)| (address.clone(), day - 1))
                .collect();
            self.chain
                .query::<LowestOnManyResponse>(Name::Bzky, &token::QueryMsg::LowestOnMany { of })
        };
        if let Ok(answer) = many(page) {
            return Ok(answer.lowest.iter().map(|lowest| Some(lowest.u128())).collect());
        }
        // One day that is too old refuses them all: ask one by one.
        let config: token::ConfigResponse = self.chain.query(Name::Bzky, &token::QueryMsg::Config {})?;
        let kept = self.names.clock().day(self.now).saturating_sub(config.history_days);
        let one = |entry: &((MemberId, Day), Addr)| match many(std::slice::from_ref(entry)) {
            Ok(answer) => Ok(answer.lowest.first().map(|lowest| lowest.u128())),
            Err(_) if entry.0 .1 <= kept => Ok(None),
            Err(error) => Err(error),
        };
        page.iter().map(one).collect()
    }

    fn payouts(&self, rows: &[MerchantDay]) -> Result<BTreeMap<MemberId, Addr>> {
        let mut merchants: Vec<MemberId> = rows.iter().map(|row| row.merchant).collect();
        merchants.dedup();
        let mut payouts = BTreeMap::new();
        for members in merchants.chunks(MAX_PAYOUTS) {
            let msg = identity::QueryMsg::Payouts {
                members: members.to_vec(),
            };
            let answer: PayoutsResponse = self.chain.query(Name::Identity, &msg)?;
            let found = members.iter().zip(answer.payouts);
            payouts.extend(found.filter_map(|(member, payout)| Some((*member, payout?))));
        }
        Ok(payouts)
    }

    fn assets(&self, trade: &Trade, mined: &Mined, tally: &mut Tally) -> Result<()> {
        assets::tokens(self.chain, self.names, tally)?;
        assets::points(self.chain, self.names, tally)?;
        for pool in &trade.pools {
            if pool.name == POOL_MERCHANTS {
                assets::token_backs(self.chain, Name::Bzky, Name::Merchant, pool, tally)?;
            } else {
                assets::points_back(self.chain, Name::Time, Name::Merchant, pool, tally)?;
            }
        }
        for pool in &mined.pools {
            if pool.name == mining_hp() {
                assets::points_back(self.chain, Name::Hp, Name::Mining, pool, tally)?;
            } else {
                assets::token_backs(self.chain, Name::Vrs, Name::Mining, pool, tally)?;
            }
        }
        Ok(())
    }

    /// Roots, signatures, and that what queries answer is what was signed.
    fn history(
        &self,
        source: &dyn Source,
        (trade, mined, door): (&Trade, &Mined, &Door),
        mut batches: Batches,
        progress: &Progress,
        tally: &mut Tally,
    ) -> Result<()> {
        let mut verifier = Verifier::new(self.chain, &door.config.chain_id)?;
        let mut replay = Replay::new(trade, &self.past.trade);
        source.transactions(&mut |tx| {
            let mut signed = Tally::default();
            batches.transaction(&tx, &mut verifier, tally, |batch| replay.enter(&batch, &mut signed))?;
            for (topic, count) in signed.checked {
                tally.count(&topic, count);
            }
            progress.advance();
            Ok(true)
        })?;
        batches.all_proven(tally)?;
        replay.trade(trade, self.trade_pruned(trade), self.names, tally)?;
        replay.mining(mined, self.mining_pruned(mined), self.names, tally)?;
        Ok(())
    }
}

fn mining_hp() -> &'static str {
    vrs_interface::mining::POOL_HP
}

/// Two pools: what came in, and what was set aside for days that are no longer listed.
struct Flows<'p>(Vec<(&'p Pool, Inflow, u128)>);

impl Flows<'_> {
    fn inflows(&self) -> [&Inflow; 2] {
        [&self.0[0].1, &self.0[1].1]
    }

    fn before(&self) -> [u128; 2] {
        [self.0[0].2, self.0[1].2]
    }

    fn check(&self, owed: &[Owed], pruned: bool, names: &Names, tally: &mut Tally) -> Result<(), Difference> {
        for ((pool, inflow, _), owed) in self.0.iter().zip(owed) {
            let care = Care {
                funded: Some(inflow.funded.total()),
                refilled: inflow.refilled.total(),
                pruned,
            };
            pools::check(pool, owed, &care, names.clock(), tally)?;
            let refilled = inflow.refilled.total();
            if refilled > 0 {
                tally.note(format!(
                    "pool {}: {refilled} base units were recovered and put in again",
                    pool.name
                ));
            }
        }
        Ok(())
    }
}
