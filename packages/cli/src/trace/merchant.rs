//! A merchant's day: BizPower with its terms, and the orders behind it.

use super::model::{Item, LeafFields, Part, Power, Premises, Score};
use super::payment::{explain, Answered};
use super::signed::{claim, Wanted};
use super::Scene;
use crate::chain::Name;
use crate::failure::Difference;
use crate::readback;
use crate::verify::past::Past;
use crate::verify::shops::power_input;
use crate::verify::tally::{holds, same};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{MerchantDay, ProfileResponse, QueryMsg, TradeDayResponse, Visit, POOL_MERCHANTS};

/// What the member earned as a merchant; none where he had no order.
pub fn part(scene: &mut Scene, past: &Past) -> Result<Option<Part>> {
    let (merchant, day) = (scene.member, scene.day);
    let row: Option<MerchantDay> = scene
        .chain
        .query(Name::Merchant, &QueryMsg::MerchantDay { merchant, day })?;
    let Some(row) = row else { return Ok(None) };
    let at = |what: &str| format!("{what} of {} on {}", scene.names.member(merchant), scene.names.day(day));
    let power = power_input(&row).bizpower_e18().map_err(|error| Difference {
        what: at("BizPower"),
        expected: "figures that can be scored".into(),
        actual: error.to_string(),
    })?;
    same(|| at("BizPower"), power, row.bizpower.u128())?;

    let sums: TradeDayResponse = scene.chain.query(Name::Merchant, &QueryMsg::Day { day })?;
    let earning = |weight: u128| if row.taken_back { 0 } else { weight };
    let (weight, holding) = (row.bizpower.u128(), row.holding.u128());
    let answered = Answered {
        pool: POOL_MERCHANTS,
        amount: row.reward,
        claimed: row.claimed,
        taken_back: row.taken_back,
        tranches: &sums.merchant_programme.tranches,
        weights: vec![
            ("bizpower", weight, earning(weight)),
            ("holding", holding, earning(holding)),
        ],
    };
    let claim = match row.claimed {
        true => claim(
            scene.source,
            scene.chain,
            Name::Merchant,
            Some("merchants"),
            (merchant, day),
        )?,
        false => None,
    };
    let payment = explain(answered, claim, day, &scene.names.member(merchant), scene.names)?;
    let profile: ProfileResponse = scene.chain.query(
        Name::Merchant,
        &QueryMsg::Profile {
            merchant,
            day: Some(day),
        },
    )?;
    if let Some(cost) = profile.cost {
        same(|| at("costs"), cost, row.cost)?;
    }

    let mut signed = scene.search.find(scene.source, Wanted::Seller(merchant))?;
    let min_order = past.trade.at(day).min_order;
    check_orders(&row, &signed.items, min_order, at)?;
    let buyers = buyers(scene, &signed.items)?;
    check_buyers(&row, &buyers, &mut signed.items, min_order, at)?;
    Ok(Some(Part {
        payments: vec![payment],
        score: Score::Merchant(Box::new(score(row, profile, past))),
        items: signed.items,
        batches: signed.batches,
        notes: signed.notes,
    }))
}

fn score(row: MerchantDay, profile: ProfileResponse, past: &Past) -> Power {
    let weight_days = past.trade.at(row.day).weight_days;
    let last = row.day.saturating_sub(2);
    let first = row.day.saturating_sub(weight_days.saturating_add(1)).max(1);
    let premises = profile.profile.zip(profile.rent).zip(profile.wage);
    Power {
        orders: row.orders,
        revenue: row.revenue,
        store_orders: row.store_orders,
        store_sum: row.store_sum,
        external_orders: row.external_orders,
        external_sum: row.external_sum,
        customers: (row.first, row.repeat, row.external),
        window_days: (first <= last).then_some((first, last)),
        window: row.window,
        cost: row.cost,
        premises: premises.map(|((profile, rent), wage)| Premises {
            area: profile.area,
            rent,
            staff: profile.staff,
            wage,
        }),
        bizpower: row.bizpower,
        candle: [row.open, row.high, row.low, row.close],
        level: row.level,
        holding: row.holding,
    }
}

/// Amount and channel of an item that counts as an order.
fn order(item: &Item) -> Option<(MemberId, u64, bool)> {
    match &item.leaf {
        LeafFields::Receipt {
            customer,
            amount,
            channel,
            ..
        } if item.outcome == "counted" => Some((*customer, amount.u64(), channel == "external")),
        _ => None,
    }
}

/// The signed orders are those of the day's record.
fn check_orders(
    row: &MerchantDay,
    items: &[Item],
    min_order: u64,
    at: impl Fn(&str) -> String,
) -> Result<(), Difference> {
    let sum = |picked: &dyn Fn(u64, bool) -> bool| {
        let orders = items
            .iter()
            .filter_map(order)
            .filter(|(_, amount, external)| picked(*amount, *external));
        orders.fold((0u64, 0u128), |(n, sum), (_, amount, _)| {
            (n + 1, sum + u128::from(amount))
        })
    };
    let store = sum(&|amount, external| amount >= min_order && !external);
    let external = sum(&|amount, external| amount >= min_order && external);
    let all = sum(&|_, _| true);
    for (what, expected, orders, revenue) in [
        ("orders", all, row.orders, row.revenue),
        ("counted store orders", store, row.store_orders, row.store_sum),
        (
            "counted external orders",
            external,
            row.external_orders,
            row.external_sum,
        ),
    ] {
        same(|| at(&format!("signed {what}")), expected.0, u64::from(orders))?;
        same(
            || at(&format!("sum of signed {what}")),
            expected.1,
            revenue.u64().into(),
        )?;
    }
    Ok(())
}

/// What the contract answers of each buyer's visit here on that day.
fn buyers(scene: &Scene, items: &[Item]) -> Result<BTreeMap<MemberId, Visit>> {
    let customers: BTreeSet<MemberId> = items.iter().filter_map(order).map(|(customer, ..)| customer).collect();
    let mut buyers = BTreeMap::new();
    for customer in customers {
        let visits = readback::visits(scene.chain, Some(customer))?;
        let here = |visit: &Visit| (visit.merchant, visit.day) == (scene.member, scene.day);
        buyers.extend(visits.into_iter().find(here).map(|visit| (customer, visit)));
    }
    Ok(buyers)
}

/// First-time, repeat and external customers are those of the visits; each order is marked with how
/// its buyer counted.
fn check_buyers(
    row: &MerchantDay,
    buyers: &BTreeMap<MemberId, Visit>,
    items: &mut [Item],
    min_order: u64,
    at: impl Fn(&str) -> String,
) -> Result<(), Difference> {
    let bought = items.iter().filter_map(order).map(|(customer, ..)| customer);
    let without = bought.filter(|customer| !buyers.contains_key(customer)).count();
    if without > 0 {
        // Visits are pruned long before the batches are.
        return holds(
            || at("visits"),
            buyers.is_empty(),
            "one for each buyer",
            format!("{without} missing"),
        );
    }
    let count = |picked: &dyn Fn(&Visit) -> bool| buyers.values().filter(|visit| picked(visit)).count();
    let first = count(&|visit| visit.store_orders > 0 && !visit.known);
    let repeat = count(&|visit| visit.store_orders > 0 && visit.known);
    let external = count(&|visit| visit.external_orders > 0);
    for (what, expected, actual) in [
        ("first-time customers", first, row.first),
        ("repeat customers", repeat, row.repeat),
        ("external customers", external, row.external),
    ] {
        same(|| at(what), expected, actual as usize)?;
    }
    for item in items {
        let Some((customer, amount, is_external)) = order(item) else {
            continue;
        };
        let known = buyers.get(&customer).is_some_and(|visit| visit.known);
        let LeafFields::Receipt { buyer, .. } = &mut item.leaf else {
            continue;
        };
        *buyer = match (amount >= min_order, is_external, known) {
            (false, ..) => None,
            (_, true, _) => Some("external".into()),
            (_, _, true) => Some("repeat".into()),
            (_, _, false) => Some("first".into()),
        };
        if amount < min_order {
            item.outcome = "small".into();
        }
    }
    Ok(())
}

/// Days on which the member sold something.
pub fn days(scene: &Scene) -> Result<BTreeSet<Day>> {
    let merchant = Some(scene.member);
    let mut days = BTreeSet::new();
    let message = |start_after| QueryMsg::MerchantDays {
        merchant,
        start_after,
        limit: Some(readback::PAGE),
    };
    let take = |answer: vrs_interface::merchant::MerchantDaysResponse| {
        days.extend(answer.days.iter().map(|row| row.day));
        (answer.more, answer.days.last().map(|row| (row.merchant, row.day)))
    };
    readback::pages(scene.chain, Name::Merchant, message, take)?;
    Ok(days)
}
