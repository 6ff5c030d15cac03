//! The leading merchants: a card each.

use super::bins::{self, Axis};
use super::charts::{self, shade_of};
use super::data::{LeaderData, LeaderDay, ReportData};
use super::figures::{coins, count, counted, millionths, money};
use super::view::COIN_DECIMALS;
use anyhow::Result;
use serde::Serialize;

/// A merchant's card.
#[derive(Serialize)]
pub struct LeaderView {
    place: usize,
    merchant: String,
    reward: String,
    orders: String,
    revenue: String,
    average: String,
    days: String,
    level: u8,
    /// 0 to 5, from the lowest level to the highest.
    level_shade: u8,
    svg: String,
    rows: Vec<LeaderRow>,
}

/// A line of the numbers behind a card's chart.
#[derive(Serialize)]
struct LeaderRow {
    day: String,
    orders: String,
    revenue: String,
    open: String,
    high: String,
    low: String,
    close: String,
    level: u8,
    reward: String,
}

/// All cards.
pub fn leaders(axis: &Axis, data: &ReportData) -> Result<Vec<LeaderView>> {
    (1..)
        .zip(&data.leaders)
        .map(|(place, leader)| card(axis, place, leader, &data.level_bounds))
        .collect()
}

fn card(axis: &Axis, place: usize, leader: &LeaderData, bounds: &[u128]) -> Result<LeaderView> {
    let columns = bins::candles(axis, &leader.days)?;
    let last = leader.days.last().cloned().unwrap_or_default();
    let reward = coins(leader.reward, COIN_DECIMALS);
    let label = format!(
        "Candle chart of the BizPower of shop {}, its levels and rewards: {}, {reward} Bzky, level {} at the end.",
        leader.merchant,
        counted(leader.orders, "order", "orders"),
        last.level,
    );
    let rows = columns
        .iter()
        .enumerate()
        .filter_map(|(column, day)| day.as_ref().map(|day| row(axis, column, day)));
    Ok(LeaderView {
        place,
        merchant: leader.merchant.clone(),
        orders: count(leader.orders),
        revenue: money(leader.revenue),
        average: money(leader.revenue.checked_div(leader.orders.into()).unwrap_or(0)),
        days: count(leader.days.len() as u64),
        level: last.level,
        level_shade: shade_of(last.level.into(), bounds.len()),
        svg: charts::merchant(axis, &columns, bounds, &label)?,
        rows: rows.collect(),
        reward,
    })
}

fn row(axis: &Axis, column: usize, day: &LeaderDay) -> LeaderRow {
    LeaderRow {
        day: axis.long_label(column),
        orders: count(day.orders),
        revenue: money(day.revenue),
        open: millionths(day.open),
        high: millionths(day.high),
        low: millionths(day.low),
        close: millionths(day.close),
        level: day.level,
        reward: coins(day.reward, COIN_DECIMALS),
    }
}
