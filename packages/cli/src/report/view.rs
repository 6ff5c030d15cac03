//! From figures to the words and drawings of the page's parts.

use super::bins::{self, Axis, DayBin};
use super::charts::{self, shade_of, Ink};
use super::data::{MethodData, PoolData, ReportData, Totals};
use super::figures::{coins, count, counted, duration, exact, millionths, money, percent};
use super::leaders::{leaders, LeaderView};
use anyhow::Result;
use serde::Serialize;

/// Decimals of HP, VRS, Bzky and Time.
pub(super) const COIN_DECIMALS: u32 = 6;

/// All that the template shows, as text.
#[derive(Serialize)]
pub struct View {
    css: &'static str,
    period: String,
    source: Option<String>,
    shops: String,
    receipts: String,
    customers: String,
    accepted: String,
    spending: String,
    dropped_count: String,
    has_dropped: bool,
    bzky: String,
    time: String,
    days_with_orders: String,
    transactions: String,
    took: String,
    readings: Option<String>,
    balanced: bool,
    tiles: Vec<Tile>,
    pools: Vec<PoolView>,
    weekly: bool,
    /// Of the last week, where it is cut short.
    last_days: Option<String>,
    charts: Vec<Chart>,
    day_head: &'static str,
    day_rows: Vec<[String; 9]>,
    levels: Vec<LevelView>,
    leaders: Vec<LeaderView>,
    dropped: Vec<DroppedView>,
    mining: Vec<MethodView>,
    trace_member: Option<String>,
    trace_day: Option<String>,
}

#[derive(Serialize)]
struct Tile {
    label: &'static str,
    value: String,
    note: String,
}

/// The sum of a pool's parts, as one would write it on paper.
#[derive(Serialize, Debug, PartialEq, Eq)]
pub(super) struct PoolView {
    name: String,
    purpose: String,
    symbol: String,
    paid: String,
    claimable: String,
    remaining: String,
    together: String,
    funded: String,
    /// Whether the parts add up to what was put in, to the unit.
    pub(super) holds: bool,
    /// By how much they do not.
    pub(super) difference: String,
    recovered: Option<String>,
    assigned: Option<String>,
    /// Whether every single reward adds up to what was paid and is ready to be claimed.
    pub(super) assigned_holds: bool,
}

#[derive(Serialize)]
struct Chart {
    title: &'static str,
    key: Vec<(&'static str, &'static str)>,
    svg: String,
    caption: String,
}

#[derive(Serialize)]
struct LevelView {
    level: usize,
    from: String,
    /// 0 to 5, from the lowest level to the highest.
    shade: u8,
    count: String,
    percent: String,
    /// Thousandths of the widest bar.
    width: u64,
}

#[derive(Serialize)]
struct DroppedView {
    reason: String,
    file: String,
    explanation: String,
    count: String,
    examples: Vec<String>,
    more: Option<String>,
}

#[derive(Serialize)]
struct MethodView {
    method: String,
    accounts: String,
    account_days: String,
    hp: String,
    vrs: String,
}

impl View {
    /// The page's parts.
    ///
    /// Errors: a date that is none.
    pub fn new(data: &ReportData, css: &'static str) -> Result<Self> {
        let axis = Axis::new(&data.first_day, &data.last_day)?;
        let bins = bins::days(&axis, &data.days)?;
        let totals = &data.totals;
        let pools: Vec<PoolView> = data.pools.iter().map(pool).collect();
        let bzky: u128 = data.days.iter().map(|day| day.paid_bzky).sum();
        let time: u128 = data.days.iter().map(|day| day.paid_time).sum();
        let (bzky, time) = (coins(bzky, COIN_DECIMALS), coins(time, COIN_DECIMALS));
        let leaders = leaders(&axis, data)?;
        let best = data.leaders.first().and_then(|leader| {
            let best = leader.days.iter().max_by_key(|day| day.reward)?;
            Some((leader.merchant.clone(), best.day.clone()))
        });
        let (trace_member, trace_day) = best.unzip();
        Ok(View {
            css,
            period: period(&data.first_day, &data.last_day)?,
            source: data.source.clone(),
            shops: counted(totals.merchants, "shop", "shops"),
            receipts: counted(totals.receipts, "receipt", "receipts"),
            customers: counted(totals.customers, "customer", "customers"),
            accepted: count(totals.accepted),
            spending: money(totals.spending),
            dropped_count: count(totals.dropped),
            has_dropped: totals.dropped > 0,
            days_with_orders: counted(data.days.len() as u64, "day", "days"),
            transactions: counted(totals.transactions, "transaction", "transactions"),
            took: duration(totals.milliseconds),
            readings: totals
                .readings
                .map(|(read, counted)| format!("{} of {}", count(counted), count(read))),
            balanced: pools.iter().all(|pool| pool.holds && pool.assigned_holds),
            tiles: tiles(totals, &bzky, &time),
            bzky,
            time,
            pools,
            weekly: axis.is_weekly(),
            last_days: (axis.last < axis.step).then(|| counted(axis.last.unsigned_abs(), "day", "days")),
            charts: day_charts(&axis, &bins)?,
            day_head: if axis.is_weekly() { "Week" } else { "Day" },
            day_rows: day_rows(&axis, &bins),
            levels: levels(data),
            leaders,
            dropped: data.dropped.iter().map(dropped).collect(),
            mining: data.mining.iter().map(method).collect(),
            trace_member,
            trace_day,
        })
    }
}

/// `1 to 31 January 2017`.
fn period(first: &str, last: &str) -> Result<String> {
    let (first, last) = (bins::date(first)?, bins::date(last)?);
    let long = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
    Ok(if first == last {
        long(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} to {}", first.day(), long(last))
    } else if first.year() == last.year() {
        format!("{} to {}", first.strftime("%-d %B"), long(last))
    } else {
        format!("{} to {}", long(first), long(last))
    })
}

fn tiles(totals: &Totals, bzky: &str, time: &str) -> Vec<Tile> {
    let average = totals.spending.checked_div(totals.accepted.into()).unwrap_or(0);
    let tile = |label, value: &str, note: String| Tile {
        label,
        value: value.to_owned(),
        note,
    };
    vec![
        tile(
            "Orders",
            &count(totals.accepted),
            format!("of {} receipts", count(totals.receipts)),
        ),
        tile(
            "Spending",
            &money(totals.spending),
            format!("{} an order", money(average)),
        ),
        tile("Shops earned", bzky, "Bzky".to_owned()),
        tile("Customers earned", time, "Time".to_owned()),
        tile(
            "Dropped",
            &count(totals.dropped),
            match totals.dropped {
                0 => "every receipt counted".to_owned(),
                n => format!("{} of the receipts", percent(n.into(), totals.receipts.into())),
            },
        ),
    ]
}

/// Adds a pool's parts up; parts that pass 128 bits can't be a pool's.
pub(super) fn pool(pool: &PoolData) -> PoolView {
    let text = |base: u128| exact(base, pool.decimals);
    let parts = pool.paid.checked_add(pool.claimable);
    let together = parts.and_then(|parts| parts.checked_add(pool.remaining));
    let difference = match together {
        None => "more than 128 bits hold".to_owned(),
        Some(sum) if sum >= pool.funded => format!("{} too much", text(sum.abs_diff(pool.funded))),
        Some(sum) => format!("{} missing", text(sum.abs_diff(pool.funded))),
    };
    PoolView {
        name: pool.name.clone(),
        purpose: pool.purpose.clone(),
        symbol: pool.symbol.clone(),
        paid: text(pool.paid),
        claimable: text(pool.claimable),
        remaining: text(pool.remaining),
        together: together.map_or_else(|| "?".to_owned(), text),
        funded: text(pool.funded),
        holds: together == Some(pool.funded),
        difference,
        recovered: (pool.recovered > 0).then(|| text(pool.recovered)),
        assigned: pool.assigned.map(text),
        assigned_holds: pool.assigned.is_none() || pool.assigned == parts,
    }
}

fn day_charts(axis: &Axis, bins: &[DayBin]) -> Result<Vec<Chart>> {
    let each = if axis.is_weekly() { "week" } else { "day" };
    let busiest = best(bins, |bin| bin.sum.orders.into()).map_or(String::new(), |(column, orders)| {
        format!("Busiest: {}, {} orders.", axis.long_label(column), count(orders))
    });
    let most = best(bins, |bin| bin.average(bin.sum.customers).into()).map_or(String::new(), |(column, heads)| {
        format!("Most customers: {}, {}.", axis.long_label(column), count(heads))
    });
    let coins_of =
        |figure: fn(&DayBin) -> u128| -> Vec<f64> { bins.iter().map(|bin| figure(bin) as f64 / 1e6).collect() };
    let share = |paid: fn(&DayBin) -> u128, budget: fn(&DayBin) -> u128| {
        let (paid, budget): (u128, u128) = (bins.iter().map(paid).sum(), bins.iter().map(budget).sum());
        let (all, of) = (coins(paid, COIN_DECIMALS), coins(budget, COIN_DECIMALS));
        format!(
            "{all} of {of} paid, {}; the rest stays in the pool.",
            percent(paid, budget)
        )
    };
    let label = |what: &str, story: &str| format!("Bar chart of {what} each {each}. {story}");
    let bzky = share(|bin| bin.sum.paid_bzky, |bin| bin.sum.budget_bzky);
    let time = share(|bin| bin.sum.paid_time, |bin| bin.sum.budget_time);
    let bzky_label = label("Bzky paid to shops, with its budget,", &bzky);
    let time_label = label("Time paid to customers, with its budget,", &time);
    let (paid, budget) = (coins_of(|bin| bin.sum.paid_bzky), coins_of(|bin| bin.sum.budget_bzky));
    let bzky_svg = charts::paid(axis, &paid, &budget, Ink::Bzky, "Bzky", &bzky_label)?;
    let (paid, budget) = (coins_of(|bin| bin.sum.paid_time), coins_of(|bin| bin.sum.budget_time));
    let time_svg = charts::paid(axis, &paid, &budget, Ink::Time, "Time", &time_label)?;
    Ok(vec![
        Chart {
            title: "Orders and spending",
            key: vec![],
            svg: charts::orders(axis, bins, &label("orders and of spending", &busiest))?,
            caption: busiest,
        },
        Chart {
            title: "Who took part",
            key: vec![],
            svg: charts::heads(axis, bins, &label("shops and of customers", &most))?,
            caption: most,
        },
        Chart {
            title: "Paid to shops",
            key: vec![("bzky", "paid"), ("budget", "budget")],
            svg: bzky_svg,
            caption: bzky,
        },
        Chart {
            title: "Paid to customers",
            key: vec![("time", "paid"), ("budget", "budget")],
            svg: time_svg,
            caption: time,
        },
    ])
}

/// The first column with the highest figure above 0.
fn best(bins: &[DayBin], figure: impl Fn(&DayBin) -> u128) -> Option<(usize, u128)> {
    let columns = bins.iter().map(figure).enumerate().filter(|(_, figure)| *figure > 0);
    columns.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

fn day_rows(axis: &Axis, bins: &[DayBin]) -> Vec<[String; 9]> {
    let traded = bins.iter().enumerate().filter(|(_, bin)| bin.days > 0);
    let row = |(column, bin): (usize, &DayBin)| {
        let sum = &bin.sum;
        let coins = |base| coins(base, COIN_DECIMALS);
        [
            axis.long_label(column),
            count(bin.average(sum.merchants)),
            count(bin.average(sum.customers)),
            count(sum.orders),
            money(sum.spending),
            coins(sum.budget_bzky),
            coins(sum.paid_bzky),
            coins(sum.budget_time),
            coins(sum.paid_time),
        ]
    };
    traded.map(row).collect()
}

fn levels(data: &ReportData) -> Vec<LevelView> {
    let highest = data.level_bounds.len();
    let all: u64 = data.levels.iter().sum();
    let widest = data.levels.iter().copied().max().unwrap_or(0);
    let level = |level: usize| {
        let days = data.levels.get(level).copied().unwrap_or(0);
        let bound = level.checked_sub(1).and_then(|at| data.level_bounds.get(at));
        LevelView {
            level,
            from: bound.map_or("below".to_owned(), |bound| format!("from {}", millionths(*bound))),
            shade: shade_of(level, highest),
            count: count(days),
            percent: percent(days.into(), all.into()),
            width: (days * 1_000).checked_div(widest).unwrap_or(0),
        }
    };
    (0..=highest).map(level).collect()
}

fn dropped(data: &super::data::DroppedData) -> DroppedView {
    let hidden = data.count.saturating_sub(data.examples.len() as u64);
    DroppedView {
        reason: data.reason.clone(),
        file: data.file.clone(),
        explanation: data.explanation.clone(),
        count: count(data.count),
        examples: data.examples.clone(),
        more: (hidden > 0 && !data.examples.is_empty()).then(|| count(hidden)),
    }
}

fn method(data: &MethodData) -> MethodView {
    MethodView {
        method: data.method.clone(),
        accounts: count(data.accounts),
        account_days: count(data.account_days),
        hp: coins(data.hp, COIN_DECIMALS),
        vrs: coins(data.vrs, COIN_DECIMALS),
    }
}
