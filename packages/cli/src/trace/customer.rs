//! A customer's day: what he spent where, and the orders behind it.

use super::model::{Item, LeafFields, Part, Score, Spending, VisitLine};
use super::payment::{explain, Answered};
use super::signed::{claim, Wanted};
use super::Scene;
use crate::chain::Name;
use crate::failure::Difference;
use crate::readback;
use crate::verify::past::Past;
use crate::verify::tally::same;
use crate::verify::visits::spent;
use anyhow::Result;
use cosmwasm_std::Uint64;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{CustomerDay, CustomerDaysResponse, QueryMsg, TradeDayResponse, Visit, POOL_CUSTOMERS};

/// What the member earned as a customer; none where he bought nothing.
pub fn part(scene: &mut Scene, past: &Past) -> Result<Option<Part>> {
    let (customer, day) = (scene.member, scene.day);
    let answer: CustomerDaysResponse = scene.chain.query(
        Name::Merchant,
        &QueryMsg::CustomerDays {
            customer: Some(customer),
            start_after: Some((customer, day.saturating_sub(1))),
            limit: Some(1),
        },
    )?;
    let row = answer
        .days
        .into_iter()
        .find(|row| (row.customer, row.day) == (customer, day));
    let Some(row) = row else { return Ok(None) };
    let at = |what: &str| format!("{what} of {} on {}", scene.names.member(customer), scene.names.day(day));

    let visits = readback::visits(scene.chain, Some(customer))?;
    let visits: Vec<Visit> = visits.into_iter().filter(|visit| visit.day == day).collect();
    let mut signed = scene.search.find(scene.source, Wanted::Buyer(customer))?;
    if visits.is_empty() {
        signed
            .notes
            .push("the visits of that day are pruned: spending is compared with the signed orders".into());
    } else {
        check_visits(&row, &visits, at)?;
    }
    check_orders(&row, &visits, &signed.items, at)?;
    mark(&mut signed.items, &visits, past.trade.at(day).min_order);

    let sums: TradeDayResponse = scene.chain.query(Name::Merchant, &QueryMsg::Day { day })?;
    let (spending, taken) = (row.spending.u64(), row.taken_back.u64());
    let answered = Answered {
        pool: POOL_CUSTOMERS,
        amount: row.reward,
        claimed: row.claimed,
        taken_back: taken > 0,
        tranches: &sums.customer_programme.tranches,
        weights: vec![("spending", spending.into(), spending.saturating_sub(taken).into())],
    };
    let claim = match row.claimed {
        true => claim(
            scene.source,
            scene.chain,
            Name::Merchant,
            Some("customers"),
            (customer, day),
        )?,
        false => None,
    };
    let payment = explain(answered, claim, day, &scene.names.member(customer), scene.names)?;
    let line = |visit: &Visit| VisitLine {
        merchant: visit.merchant,
        name: scene.names.member(visit.merchant),
        orders: visit.store_orders + visit.external_orders + visit.small_orders,
        spending: Uint64::new(u64::try_from(spent(visit)).unwrap_or(u64::MAX)),
        taken_back: visit.taken_back,
    };
    Ok(Some(Part {
        payments: vec![payment],
        score: Score::Customer(Spending {
            spending: row.spending,
            taken_back: row.taken_back,
            visits: visits.iter().map(line).collect(),
        }),
        items: signed.items,
        batches: signed.batches,
        notes: signed.notes,
    }))
}

fn check_visits(row: &CustomerDay, visits: &[Visit], at: impl Fn(&str) -> String) -> Result<(), Difference> {
    let sum = |picked: &dyn Fn(&Visit) -> bool| visits.iter().filter(|v| picked(v)).map(spent).sum::<u128>();
    same(|| at("spending, by visits,"), sum(&|_| true), row.spending.u64().into())?;
    let taken = sum(&|visit| visit.taken_back);
    same(
        || at("spending that was taken back"),
        taken,
        row.taken_back.u64().into(),
    )
}

/// Shop and amount of an item that counts as an order.
fn order(item: &Item) -> Option<(MemberId, u64)> {
    match &item.leaf {
        LeafFields::Receipt { merchant, amount, .. } if item.outcome == "counted" => Some((*merchant, amount.u64())),
        _ => None,
    }
}

/// The signed orders are those of the visits and of the day's record.
fn check_orders(
    row: &CustomerDay,
    visits: &[Visit],
    items: &[Item],
    at: impl Fn(&str) -> String,
) -> Result<(), Difference> {
    let mut shops: BTreeMap<MemberId, u128> = BTreeMap::new();
    for (merchant, amount) in items.iter().filter_map(order) {
        *shops.entry(merchant).or_default() += u128::from(amount);
    }
    for visit in visits {
        let signed = shops.get(&visit.merchant).copied().unwrap_or_default();
        let what = || at(&format!("signed orders at member #{}", visit.merchant));
        same(what, signed, spent(visit))?;
    }
    let sum: u128 = shops.values().sum();
    same(|| at("sum of signed orders"), sum, row.spending.u64().into())
}

/// Marks each order with how the buyer counted at that shop, or that it was small.
fn mark(items: &mut [Item], visits: &[Visit], min_order: u64) {
    for item in items {
        let Some((shop, paid)) = order(item) else { continue };
        if paid < min_order {
            item.outcome = "small".into();
            continue;
        }
        let visit = visits.iter().find(|visit| visit.merchant == shop);
        if let (LeafFields::Receipt { buyer, channel, .. }, Some(visit)) = (&mut item.leaf, visit) {
            let how = match (channel.as_str(), visit.known) {
                ("external", _) => "external",
                (_, true) => "repeat",
                (_, false) => "first",
            };
            *buyer = Some(how.into());
        }
    }
}

/// Days on which the member bought something.
pub fn days(scene: &Scene) -> Result<BTreeSet<Day>> {
    let customer = Some(scene.member);
    let mut days = BTreeSet::new();
    let message = |start_after| QueryMsg::CustomerDays {
        customer,
        start_after,
        limit: Some(readback::PAGE),
    };
    let take = |answer: CustomerDaysResponse| {
        days.extend(answer.days.iter().map(|row| row.day));
        (answer.more, answer.days.last().map(|row| (row.customer, row.day)))
    };
    readback::pages(scene.chain, Name::Merchant, message, take)?;
    Ok(days)
}
