//! An account's day of mining: scores by method, and the readings behind them.

use super::model::{LeafFields, MethodLine, Mining, Part, Score};
use super::payment::{explain, Answered};
use super::signed::{claim, Signed, Wanted};
use super::Scene;
use crate::chain::Name;
use crate::readback;
use crate::verify::mined::{reading, tables, POOLS};
use crate::verify::past::Past;
use crate::verify::tally::{holds, same};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::mining::{AccountDay, QueryMsg, ReadingInfo, ScoresResponse, POOL_HP};
use vrs_interface::settlement::DayResponse;

/// What the member earned by mining; none where no reading counted for him.
pub fn part(scene: &mut Scene, past: &Past) -> Result<Option<Part>> {
    let (account, day) = (scene.member, scene.day);
    let answer: ScoresResponse = scene.chain.query(
        Name::Mining,
        &QueryMsg::Scores {
            account: Some(account),
            start_after: Some((account, day.saturating_sub(1))),
            limit: Some(1),
        },
    )?;
    let row = answer
        .days
        .into_iter()
        .find(|row| (row.account, row.day) == (account, day));
    let Some(row) = row else { return Ok(None) };

    let readings = readback::readings(scene.chain, Some(account))?;
    let readings: Vec<ReadingInfo> = readings.into_iter().filter(|info| info.day == day).collect();
    let mut signed = scene.search.find(scene.source, Wanted::Miner(account))?;
    let scores = scores(scene, past, &readings)?;
    if readings.is_empty() {
        signed
            .notes
            .push("the readings of that day are pruned: scores are taken as recorded".into());
    } else {
        check_scores(scene, &row, &scores)?;
        check_items(scene, &readings, &scores, &mut signed)?;
    }

    let sums: DayResponse = scene.chain.query(Name::Mining, &QueryMsg::Day { day })?;
    let claim = match row.claimed {
        true => claim(scene.source, scene.chain, Name::Mining, None, (account, day))?,
        false => None,
    };
    let mut payments = vec![];
    for pool in POOLS {
        if !sums.tranches.iter().any(|tranche| tranche.pool == pool) {
            continue;
        }
        let reward = row.methods.iter().map(|line| {
            if pool == POOL_HP {
                line.reward_hp
            } else {
                line.reward_vrs
            }
        });
        let weight = |line: &vrs_interface::mining::MethodScore| {
            let counted = line.score.u128();
            (line.method.name(), counted, if line.taken_back { 0 } else { counted })
        };
        let answered = Answered {
            pool,
            amount: reward.sum(),
            claimed: row.claimed,
            taken_back: row.methods.iter().any(|line| line.taken_back),
            tranches: &sums.tranches,
            weights: row.methods.iter().map(weight).collect(),
        };
        payments.push(explain(
            answered,
            claim.clone(),
            day,
            &scene.names.member(account),
            scene.names,
        )?);
    }
    let line = |line: &vrs_interface::mining::MethodScore| MethodLine {
        method: line.method.name().into(),
        score: line.score,
        taken_back: line.taken_back,
    };
    Ok(Some(Part {
        payments,
        score: Score::Account(Mining {
            methods: row.methods.iter().map(line).collect(),
        }),
        items: signed.items,
        batches: signed.batches,
        notes: signed.notes,
    }))
}

/// Score by method and unit, 18 decimals, by `packages/scoring`.
type UnitScores = BTreeMap<(&'static str, u64), u128>;

fn scores(scene: &Scene, past: &Past, readings: &[ReadingInfo]) -> Result<UnitScores> {
    let tables = tables(past.mining.at(scene.day))?;
    let factor = |product: u32| {
        let factor = *past.products.get(&product)?.at(scene.day);
        (factor > 0).then_some(factor)
    };
    let mut scores = UnitScores::new();
    for info in readings {
        let score = reading(info, &tables, factor)?.score(&tables)?.floor_e18()?;
        scores.insert((info.method.name(), info.unit.u64()), score);
    }
    Ok(scores)
}

fn check_scores(scene: &Scene, row: &AccountDay, scores: &UnitScores) -> Result<()> {
    let (name, day) = (scene.names.member(row.account), scene.names.day(row.day));
    let mut sums: BTreeMap<&str, u128> = BTreeMap::new();
    for ((method, _), score) in scores {
        *sums.entry(method).or_default() += score;
    }
    for line in &row.methods {
        let method = line.method.name();
        let expected = sums.remove(method).unwrap_or_default();
        same(
            || format!("{method} score of {name} on {day}"),
            expected,
            line.score.u128(),
        )?;
    }
    let left = sums.keys().next().copied().unwrap_or("none");
    Ok(same(
        || format!("methods without a score of {name} on {day}"),
        "none",
        left,
    )?)
}

/// Every reading that counts was signed with the same quantities; each signed one gets its score.
fn check_items(scene: &Scene, readings: &[ReadingInfo], scores: &UnitScores, signed: &mut Signed) -> Result<()> {
    let day = scene.names.day(scene.day);
    let mut counted: BTreeMap<(String, u64), Vec<u64>> = BTreeMap::new();
    for item in &mut signed.items {
        let LeafFields::Reading {
            method,
            unit,
            quantities,
            score,
        } = &mut item.leaf
        else {
            continue;
        };
        if item.outcome == "counted" {
            *score = scores
                .iter()
                .find(|((m, u), _)| (*m, *u) == (method, unit.u64()))
                .map(|(_, s)| (*s).into());
            counted.insert(
                (method.clone(), unit.u64()),
                quantities.iter().map(|(_, value)| value.u64()).collect(),
            );
        }
    }
    for info in readings {
        let key = (info.method.name().to_owned(), info.unit.u64());
        let at = || format!("signed {} reading of unit {} on {day}", key.0, key.1);
        let mut answered: Vec<u64> = info.quantities.iter().map(|quantity| quantity.u64()).collect();
        let Some(signed) = counted.get(&key) else {
            return Ok(holds(at, false, format!("{answered:?}"), "none")?);
        };
        answered.resize(signed.len().max(answered.len()), 0);
        same(at, format!("{signed:?}"), format!("{answered:?}"))?;
    }
    let (expected, actual) = (counted.len(), readings.len());
    Ok(same(
        || format!("signed readings of {} on {day}", scene.names.member(scene.member)),
        expected,
        actual,
    )?)
}

/// Days on which a reading counted for the member.
pub fn days(scene: &Scene) -> Result<BTreeSet<Day>> {
    let account = Some(scene.member);
    let mut days = BTreeSet::new();
    let message = |start_after| QueryMsg::Scores {
        account,
        start_after,
        limit: Some(readback::PAGE),
    };
    let take = |answer: ScoresResponse| {
        days.extend(answer.days.iter().map(|row| row.day));
        (answer.more, answer.days.last().map(|row| (row.account, row.day)))
    };
    readback::pages(scene.chain, Name::Mining, message, take)?;
    Ok(days)
}
