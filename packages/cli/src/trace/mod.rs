//! `vrs trace`: from what a member was paid for a day back to score, orders, batches, sequence numbers,
//! device keys and signatures, each verified again.
//!
//! Payment, division and score come from contract queries and are computed again; the orders and
//! readings come from the signed batches in the transactions and must add up to them.

mod account;
mod customer;
mod merchant;
pub mod model;
mod payment;
mod signed;
#[cfg(test)]
mod tests;
mod text;

pub use model::Trace;
pub use text::render;

use crate::chain::{Chain, Name};
use crate::failure::UsageError;
use crate::verify::audit::Audits;
use crate::verify::names::Names;
use crate::verify::past::Past;
use crate::verify::Source;
use anyhow::Result;
use cosmwasm_std::Timestamp;
use signed::Search;
use std::collections::BTreeSet;
use vrs_days::Day;
use vrs_interface::identity::{self, MemberId, MemberResponse};
use vrs_interface::{merchant as trade, mining};

/// Traces a member's day and tells it in words.
///
/// Errors: [`UsageError`] where nobody or nothing is meant; a [`crate::failure::Difference`] where a
/// link of the chain does not hold.
pub fn trace(source: &dyn Source, member: &str, day: &str) -> Result<String> {
    let traces = find(source, member, day)?;
    Ok(traces.iter().map(render).collect::<Vec<_>>().join("\n"))
}

/// As [`trace`], as JSON: a list of [`Trace`].
pub fn trace_json(source: &dyn Source, member: &str, day: &str) -> Result<String> {
    let traces = find(source, member, day)?;
    Ok(serde_json::to_string_pretty(&traces)? + "\n")
}

/// What a part of a trace needs.
pub struct Scene<'a> {
    source: &'a dyn Source,
    chain: &'a Chain,
    names: &'a Names,
    search: Search<'a>,
    member: MemberId,
    day: Day,
}

/// Everything that the names mean: a member's day, or several where an id means several members.
pub fn find(source: &dyn Source, member: &str, day: &str) -> Result<Vec<Trace>> {
    let chain = source.chain()?;
    let meta = source.meta()?;
    let names = Names::of(&meta);
    let day = names.parse_day(day)?;
    let members = members(&chain, &names, member)?;
    let config: trade::ConfigResponse = chain.query(Name::Merchant, &trade::QueryMsg::Config {})?;
    let mined: mining::ConfigResponse = chain.query(Name::Mining, &mining::QueryMsg::Config {})?;
    let mut audits = Audits::new(&chain, names.clock())?;
    let past = Past::read(
        source,
        &chain,
        names.clock(),
        &config.params,
        &mined.params,
        &mut audits,
    )?;
    let now = Timestamp::from_nanos(meta.head.time);
    let mut traces = vec![];
    let mut busy = BTreeSet::new();
    for member in members {
        let mut scene = Scene {
            source,
            chain: &chain,
            names: &names,
            search: Search::new(&chain, &names, day)?,
            member,
            day,
        };
        let parts = [
            merchant::part(&mut scene, &past)?,
            customer::part(&mut scene, &past)?,
            account::part(&mut scene, &past)?,
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            busy.extend(merchant::days(&scene)?);
            busy.extend(customer::days(&scene)?);
            busy.extend(account::days(&scene)?);
            continue;
        }
        let answer: MemberResponse = chain.query(Name::Identity, &identity::QueryMsg::Member { member })?;
        traces.push(Trace {
            member,
            name: names.member(member),
            payout: answer.payout.into_string(),
            day,
            date: names.date(day),
            day_name: names.day(day),
            stage: format!("{:?}", names.clock().stage(day, now)).to_lowercase(),
            parts,
        });
    }
    if traces.is_empty() {
        return Err(nothing(member, day, &busy, &names).into());
    }
    Ok(traces)
}

/// The members that a text names.
fn members(chain: &Chain, names: &Names, text: &str) -> Result<Vec<MemberId>> {
    if let Some(number) = text.strip_prefix('#').and_then(|number| number.parse().ok()) {
        let msg = identity::QueryMsg::Member { member: number };
        let known = chain.query::<MemberResponse>(Name::Identity, &msg).is_ok();
        if known {
            return Ok(vec![number]);
        }
    }
    match names.book().resolve(text) {
        Ok(entries) => Ok(entries.into_iter().map(|entry| entry.member).collect()),
        Err(error) => {
            let known = names.book().members().take(3).map(|e| format!("{}:{}", e.party, e.id));
            let known = known.collect::<Vec<_>>().join(", ");
            Err(UsageError(format!("{error:#}; this chain knows {known}, ...")).into())
        }
    }
}

fn nothing(member: &str, day: Day, busy: &BTreeSet<Day>, names: &Names) -> UsageError {
    let day_name = names.day(day);
    let near = |day: &&Day| names.date(**day).unwrap_or_else(|| day.to_string());
    let mut days: Vec<&Day> = busy.iter().collect();
    days.sort_by_key(|other| other.abs_diff(day));
    days.truncate(5);
    days.sort();
    let told: Vec<String> = days.iter().map(near).collect();
    UsageError(if told.is_empty() {
        format!("{member} has nothing on {day_name}, nor on any other day")
    } else {
        format!("{member} has nothing on {day_name}; try {}", told.join(", "))
    })
}
