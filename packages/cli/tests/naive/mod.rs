//! The main job again, straight from its definitions: whole file in memory, big fractions, no code
//! shared with the contracts, the scoring package or the command.

pub mod mining;
pub mod number;

use num_bigint::BigUint;
use number::{coins, decimals, int, Ratio};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a merchant's shop costs: area, rent, staff, wage.
pub type Profile = (u64, u64, u64, u64);

/// The figures that tests change; all others are written where they are used.
#[derive(Clone)]
pub struct Figures {
    pub profiles: BTreeMap<u64, Profile>,
    pub bzky_pool: u128,
    pub time_pool: u128,
    pub days: Option<i64>,
    pub share_cap: u32,
    pub min_order: u64,
}

impl Default for Figures {
    fn default() -> Self {
        Figures {
            profiles: BTreeMap::new(),
            bzky_pool: 3_000_000_000,
            time_pool: 1_000_000_000,
            days: None,
            share_cap: 20,
            min_order: 100,
        }
    }
}

/// What the command must write.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Expected {
    pub days: String,
    pub merchants: String,
    pub customers: String,
    pub dropped: String,
    pub receipts: usize,
    pub accepted: usize,
    /// Name to funded, paid, claimable, remaining.
    pub pools: BTreeMap<String, [String; 4]>,
}

struct Row {
    /// Seconds since 1970.
    time: i64,
    text: String,
    merchant: u64,
    customer: u64,
    receipt: u64,
    amount: i64,
    store: bool,
}

/// One order: what passed the till and the contract.
#[derive(Clone)]
struct Order {
    day: i64,
    merchant: u64,
    customer: u64,
    amount: u64,
    store: bool,
}

/// A merchant's day as it grows.
#[derive(Clone, Default)]
struct Shop {
    orders: u64,
    revenue: u64,
    store_orders: u64,
    store_sum: u64,
    external_orders: u64,
    external_sum: u64,
    first: BTreeSet<u64>,
    repeat: BTreeSet<u64>,
    external: BTreeSet<u64>,
    candle: Vec<BigUint>,
}

const DAY: i64 = 86_400;

/// Days since 1970 of a date in the Gregorian calendar.
pub fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970.
pub fn date_of(days: i64) -> String {
    let mut year = 1970;
    while days_of(year + 1, 1, 1) <= days {
        year += 1;
    }
    let month = (1..=12).rev().find(|m| days_of(year, *m, 1) <= days).unwrap();
    format!("{year:04}-{month:02}-{:02}", days - days_of(year, month, 1) + 1)
}

/// Seconds since 1970 of `2017-01-01T11:53:26Z`.
pub fn second_of(text: &str) -> i64 {
    let n = |from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    assert!(text.ends_with('Z') && text.len() == 20, "{text}");
    days_of(n(0, 4), n(5, 7), n(8, 10)) * DAY + n(11, 13) * 3_600 + n(14, 16) * 60 + n(17, 19)
}

fn parse(csv: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![];
    for line in csv.lines().skip(1).filter(|line| !line.is_empty()) {
        let field: Vec<&str> = line.split(',').collect();
        rows.push(Row {
            time: second_of(field[0]),
            text: field[0].to_owned(),
            merchant: field[1].parse().unwrap(),
            customer: field[2].parse().unwrap(),
            receipt: field[3].parse().unwrap(),
            amount: field[4].parse().unwrap(),
            store: field[5] == "store",
        });
    }
    rows
}

/// Everything that the command must write about a file.
pub fn expected(csv: &str, figures: &Figures) -> Expected {
    let mut rows = parse(csv);
    let first_day = rows.iter().map(|row| row.time.div_euclid(DAY)).min().unwrap();
    let day_of = |row: &Row| row.time.div_euclid(DAY) - first_day + 1;
    if let Some(days) = figures.days {
        rows.retain(|row| day_of(row) <= days);
    }
    let mut expected = Expected {
        receipts: rows.len(),
        ..Expected::default()
    };
    // A stable sort: rows of one moment stay in the order of the file.
    rows.sort_by_key(|row| row.time);
    let mut signed: BTreeSet<(u64, u64)> = BTreeSet::new();
    let mut orders: Vec<Order> = vec![];
    let mut dropped = vec![];
    for row in &rows {
        let reason = if row.amount < 0 {
            "refund_unsupported"
        } else if !signed.insert((row.merchant, row.receipt)) {
            "duplicate_receipt"
        } else if row.amount == 0 {
            "zero_amount"
        } else {
            orders.push(Order {
                day: day_of(row),
                merchant: row.merchant,
                customer: row.customer,
                amount: row.amount as u64,
                store: row.store,
            });
            continue;
        };
        dropped.push((day_of(row), row.merchant.to_string(), row.time, row, reason));
    }
    expected.accepted = orders.len();
    dropped.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    expected.dropped = "timestamp,merchant,receipt,reason\n".to_owned();
    for (_, merchant, _, row, reason) in dropped {
        writeln!(expected.dropped, "{},{merchant},{},{reason}", row.text, row.receipt).unwrap();
    }
    settle(&orders, first_day, figures, &mut expected);
    expected
}

fn settle(orders: &[Order], first_day: i64, figures: &Figures, expected: &mut Expected) {
    expected.days =
        "day,merchants,customers,orders,spending,bizpower,budget_bzky,paid_bzky,budget_time,paid_time\n".into();
    expected.merchants =
        "day,merchant,orders,revenue,first,repeat,external,bizpower,open,high,low,close,level,holding,reward_bzky\n"
            .into();
    expected.customers = "day,customer,spending,reward_time\n".into();
    let last = orders.iter().map(|order| order.day).max().unwrap_or(0);
    // (merchant, customer) -> first day of a counted order.
    let mut known: BTreeMap<(u64, u64), i64> = BTreeMap::new();
    // merchant -> day -> first, repeat, external.
    let mut record: BTreeMap<u64, BTreeMap<i64, [u64; 3]>> = BTreeMap::new();
    // merchant -> day -> reward.
    let mut earned: BTreeMap<u64, BTreeMap<i64, u128>> = BTreeMap::new();
    let mut bzky_left = coins(figures.bzky_pool);
    let mut time_left = coins(figures.time_pool);
    let (mut bzky_paid, mut time_paid) = (0, 0);
    for day in 1..=last {
        let today: Vec<&Order> = orders.iter().filter(|order| order.day == day).collect();
        if today.is_empty() {
            continue;
        }
        let mut shops: BTreeMap<u64, Shop> = BTreeMap::new();
        let mut spending: BTreeMap<u64, u128> = BTreeMap::new();
        for order in &today {
            let shop = shops.entry(order.merchant).or_default();
            *spending.entry(order.customer).or_default() += u128::from(order.amount);
            shop.orders += 1;
            shop.revenue += order.amount;
            if order.amount < figures.min_order {
                continue;
            }
            let since = *known.entry((order.merchant, order.customer)).or_insert(day);
            if order.store {
                shop.store_orders += 1;
                shop.store_sum += order.amount;
                if since < day {
                    shop.repeat.insert(order.customer);
                } else {
                    shop.first.insert(order.customer);
                }
            } else {
                shop.external_orders += 1;
                shop.external_sum += order.amount;
                shop.external.insert(order.customer);
            }
            let weights = weights(record.get(&order.merchant), day);
            let profile = figures
                .profiles
                .get(&order.merchant)
                .copied()
                .unwrap_or((500, 200, 4, 10_000));
            let power = bizpower(shop, weights, profile);
            shop.candle.push(power);
        }
        for (merchant, shop) in &shops {
            let counts = [&shop.first, &shop.repeat, &shop.external].map(|set| set.len() as u64);
            record.entry(*merchant).or_default().insert(day, counts);
        }
        let (budget, paid, reserved) = pay_merchants(day, first_day, &shops, &mut earned, bzky_left, figures, expected);
        let (time_budget, time_today) = pay_customers(day, first_day, &spending, time_left, figures, expected);
        bzky_left -= reserved;
        time_left -= time_budget;
        bzky_paid += paid;
        time_paid += time_today;
        let power: BigUint = shops.values().filter_map(|shop| shop.candle.last()).sum();
        writeln!(
            expected.days,
            "{},{},{},{},{},{},{budget},{paid},{time_budget},{time_today}",
            date_of(first_day + day - 1),
            shops.len(),
            spending.len(),
            today.len(),
            spending.values().sum::<u128>(),
            decimals(&power),
        )
        .unwrap();
    }
    for (name, funded, paid) in [
        ("bzky_merchants", coins(figures.bzky_pool), bzky_paid),
        ("time_customers", coins(figures.time_pool), time_paid),
    ] {
        // All that is final was claimed: nothing is owed any more.
        let figures = [funded, paid, 0, funded - paid].map(|amount| amount.to_string());
        expected.pools.insert(name.to_owned(), figures);
    }
}

/// F, R, E: sums over the 30 days that end the day before yesterday; one each where there are none.
fn weights(record: Option<&BTreeMap<i64, [u64; 3]>>, day: i64) -> [u64; 3] {
    let mut sums = [0; 3];
    for (_, counts) in record.into_iter().flat_map(|days| days.range(day - 31..=day - 2)) {
        (0..3).for_each(|i| sums[i] += counts[i]);
    }
    if sums == [0; 3] {
        [1, 1, 1]
    } else {
        sums
    }
}

/// BizPower times 10^18, rounded down.
fn bizpower(shop: &Shop, [first, repeat, external]: [u64; 3], (area, rent, staff, wage): Profile) -> BigUint {
    let weight = |part: u64| Ratio::new(part, first + repeat + external);
    // Orders over revenue in major units; nothing where there is no revenue.
    let per_major = |orders: u64, sum: u64| match sum {
        0 => Ratio::new(0, 1),
        sum => Ratio::new(orders, 1).over(Ratio::new(sum, 100)),
    };
    let store = per_major(shop.store_orders, shop.store_sum);
    let online = per_major(shop.external_orders, shop.external_sum);
    let count = |set: &BTreeSet<u64>| Ratio::new(set.len() as u64, 1);
    let above = count(&shop.first)
        .times(store.clone())
        .times(weight(first))
        .plus(count(&shop.repeat).times(store).times(weight(repeat)))
        .plus(count(&shop.external).times(online).times(weight(external)));
    let cost = Ratio::new(rent, 100)
        .times(Ratio::new(area, 1))
        .plus(Ratio::new(wage, 100).times(Ratio::new(staff, 1)));
    above.over(cost).floor_e18()
}

fn pay_merchants(
    day: i64,
    first_day: i64,
    shops: &BTreeMap<u64, Shop>,
    earned: &mut BTreeMap<u64, BTreeMap<i64, u128>>,
    left: u128,
    figures: &Figures,
    expected: &mut Expected,
) -> (u128, u128, u128) {
    let count = shops.len() as u128;
    let budget = (coins(100) * count).min(coins(3_000_000)).min(left);
    let month = (day - 1) / 30 + 1;
    let power_percent: u128 = match month {
        1 => 100,
        2 => 90,
        3 => 80,
        4 => 70,
        5 => 60,
        _ => 50,
    };
    let by_power = int(budget) * int(power_percent);
    let by_holding = int(budget) * int(100 - power_percent);
    // What was earned until five days ago had arrived before yesterday began.
    let holding = |merchant: &u64| -> u128 {
        let days = earned.get(merchant).into_iter().flatten();
        days.filter(|(of, _)| **of <= day - 5).map(|(_, reward)| *reward).sum()
    };
    let holdings: BTreeMap<u64, u128> = shops.keys().map(|merchant| (*merchant, holding(merchant))).collect();
    let power_of = |shop: &Shop| shop.candle.last().cloned().unwrap_or_default();
    let power_sum: BigUint = shops.values().map(power_of).sum();
    let holding_sum: u128 = holdings.values().sum();
    let mut reserved = int(0);
    if power_sum > int(0) {
        reserved += &by_power;
    }
    if holding_sum > 0 {
        reserved += &by_holding;
    }
    let reserved: BigUint = (reserved + int(99)) / int(100);
    let mut paid = 0;
    let mut lines: Vec<(String, String)> = vec![];
    for (merchant, shop) in shops {
        let mut reward = int(0);
        if power_sum > int(0) {
            let share = &by_power * power_of(shop) / (int(100) * &power_sum);
            let cap = int(figures.share_cap.into()) * &by_power / (int(100) * int(count));
            reward += if figures.share_cap == 0 { share } else { share.min(cap) };
        }
        if holding_sum > 0 {
            reward += &by_holding * int(holdings[merchant]) / (int(100) * int(holding_sum));
        }
        let reward: u128 = reward.to_string().parse().unwrap();
        paid += reward;
        earned.entry(*merchant).or_default().insert(day, reward);
        let zero = BigUint::default();
        let power = power_of(shop);
        let open = shop.candle.first().unwrap_or(&zero);
        let high = shop.candle.iter().max().unwrap_or(&zero);
        let low = shop.candle.iter().min().unwrap_or(&zero);
        let bounds: [u128; 5] = [10, 20, 50, 100, 200];
        let level = bounds
            .iter()
            .filter(|bound| power >= int(**bound * 1_000_000_000_000))
            .count();
        let line = format!(
            "{},{merchant},{},{},{},{},{},{},{},{},{},{},{level},{},{reward}\n",
            date_of(first_day + day - 1),
            shop.orders,
            shop.revenue,
            shop.first.len(),
            shop.repeat.len(),
            shop.external.len(),
            decimals(&power),
            decimals(open),
            decimals(high),
            decimals(low),
            decimals(&power),
            holdings[merchant],
        );
        lines.push((merchant.to_string(), line));
    }
    lines.sort();
    expected.merchants.extend(lines.into_iter().map(|(_, line)| line));
    (budget, paid, reserved.to_string().parse().unwrap())
}

fn pay_customers(
    day: i64,
    first_day: i64,
    spending: &BTreeMap<u64, u128>,
    left: u128,
    figures: &Figures,
    expected: &mut Expected,
) -> (u128, u128) {
    let count = spending.len() as u128;
    let budget = (coins(10) * count).min(coins(1_000_000)).min(left);
    let sum: u128 = spending.values().sum();
    let mut paid = 0;
    let mut lines: Vec<(String, String)> = vec![];
    for (customer, spent) in spending {
        let share = int(budget) * int(*spent) / int(sum);
        let cap = int(figures.share_cap.into()) * int(budget) / int(count);
        let reward = if figures.share_cap == 0 { share } else { share.min(cap) };
        let reward: u128 = reward.to_string().parse().unwrap();
        paid += reward;
        let line = format!("{},{customer},{spent},{reward}\n", date_of(first_day + day - 1));
        lines.push((customer.to_string(), line));
    }
    lines.sort();
    expected.customers.extend(lines.into_iter().map(|(_, line)| line));
    (budget, paid)
}
