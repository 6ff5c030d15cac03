//! A trace in words, aligned.

use super::model::{Batch, Division, Item, LeafFields, Mining, Part, Payment, Power, Score, Spending, Trace};
use crate::decimal::{fixed, pretty, thousands, COIN_DECIMALS, SCORE_DECIMALS};
use std::fmt::Write as _;

/// Decimals of money.
const MONEY_DECIMALS: u32 = 2;
/// Hexadecimal digits of a hash or key that stand for it in a table.
const SHORT: usize = 16;

/// The trace for people.
pub fn render(trace: &Trace) -> String {
    let mut out = format!(
        "{} on {}, a day that is {}\npaid to {}\n",
        trace.name, trace.day_name, trace.stage, trace.payout
    );
    for part in &trace.parts {
        out.push('\n');
        out.push_str(&self::part(part));
    }
    out
}

fn part(part: &Part) -> String {
    let mut out = String::new();
    for payment in &part.payments {
        out.push_str(&self::payment(payment));
    }
    match &part.score {
        Score::Merchant(power) => out.push_str(&self::power(power)),
        Score::Customer(spending) => out.push_str(&self::spending(spending)),
        Score::Account(mining) => out.push_str(&self::mining(mining)),
    }
    out.push_str(&items(part));
    out.push_str(&batches(&part.batches));
    for note in &part.notes {
        let _ = writeln!(out, "  note: {note}");
    }
    out
}

fn coins(units: impl Into<u128>) -> String {
    pretty(units.into(), COIN_DECIMALS, COIN_DECIMALS as usize)
}

fn money(minor: impl Into<u128>) -> String {
    let text = fixed(minor.into(), MONEY_DECIMALS);
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    format!("{}.{cents}", thousands(whole))
}

fn score(value: impl Into<u128>) -> String {
    pretty(value.into(), SCORE_DECIMALS, SCORE_DECIMALS as usize)
}

fn payment(payment: &Payment) -> String {
    let Payment {
        amount, asset, pool, ..
    } = payment;
    let mut out = format!("PAID    {} {asset} from pool {pool}", coins(*amount));
    match &payment.claim {
        _ if !payment.claimed => {
            let _ = write!(out, ", claimable from {}", payment.claimable_from);
        }
        Some(claim) => {
            let (height, time, through) = (claim.height, &claim.time, claim.through);
            let _ = write!(
                out,
                ", claimed in block {height} ({time}, with all days up to {through}) by {}",
                claim.sender
            );
            if let Some(hash) = &claim.transaction {
                let _ = write!(out, " in {hash}");
            }
        }
        None => out.push_str(", claimed"),
    }
    if payment.taken_back {
        out.push_str(", some or all of it taken back");
    }
    out.push('\n');
    for line in &payment.division {
        let _ = writeln!(out, "        = {}", division(line, asset));
    }
    if payment.division.is_empty() {
        out.push_str("        = nothing was divided that day\n");
    }
    out.push('\n');
    out
}

fn division(line: &Division, asset: &str) -> String {
    let weigh = |weight: u128| match line.track.as_str() {
        "spending" => money(weight),
        "holding" => coins(weight),
        _ => score(weight),
    };
    let share = pretty(line.share_bps.into(), 2, 2);
    let mut text = format!(
        "{} {asset}: {share}% of the day's {} {asset} x {} {} / {} of all",
        coins(line.amount),
        coins(line.budget),
        line.track,
        weigh(line.earning.u128()),
        weigh(line.total.u128()),
    );
    if line.earning != line.weight {
        let _ = write!(
            text,
            " (taken back: {} of {})",
            weigh(line.weight.u128() - line.earning.u128()),
            weigh(line.weight.u128())
        );
    }
    match line.cap {
        Some(cap) => {
            let _ = write!(text, ", at most {} {asset}", coins(cap));
        }
        None => text.push_str(", no cap"),
    }
    text
}

fn row(out: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = writeln!(out, "        {name:<28}{value}");
}

fn power(power: &Power) -> String {
    let mut out = format!("SCORE   BizPower {}, level {}\n", score(power.bizpower), power.level);
    let _ = writeln!(out, "        = {}", formula(power));
    let (first, repeat, external) = power.customers;
    let (f, r, e) = power.window;
    row(
        &mut out,
        "orders",
        format!("{} for {}", power.orders, money(power.revenue.u64())),
    );
    let counted = |orders: u32, sum: u64| format!("{orders} for {}", money(sum));
    row(
        &mut out,
        "counted in the store",
        counted(power.store_orders, power.store_sum.u64()),
    );
    row(
        &mut out,
        "counted external",
        counted(power.external_orders, power.external_sum.u64()),
    );
    row(
        &mut out,
        "customers",
        format!("{first} first-time, {repeat} repeat, {external} external"),
    );
    let window = match power.window_days {
        Some((from, to)) if f + r + e > 0 && from == to => format!("{f} : {r} : {e}, the customers of day {from}"),
        Some((from, to)) if f + r + e > 0 => format!("{f} : {r} : {e}, the customers of days {from} to {to}"),
        _ => "one third each: no customers in the window".into(),
    };
    row(&mut out, "weights", window);
    let premises = match &power.premises {
        Some(p) => format!(
            "{} = {} sq ft x {} + {} people x {}",
            money(power.cost),
            p.area,
            money(p.rent.u64()),
            p.staff,
            money(p.wage.u64())
        ),
        None => format!("{} (what they are made of is no longer answered)", money(power.cost)),
    };
    row(&mut out, "costs", premises);
    let [open, high, low, close] = power.candle.map(score);
    row(
        &mut out,
        "candle",
        format!("open {open}, high {high}, low {low}, close {close}"),
    );
    row(
        &mut out,
        "holding",
        format!("{} Bzky, the lowest of the day before", coins(power.holding)),
    );
    out.push('\n');
    out
}

/// BizPower with its terms: `(2 first x 5/147.31 x 4/4 + 1 repeat x 5/147.31 x 0/4 + no external) / 1,400.00`.
fn formula(power: &Power) -> String {
    let (first, repeat, external) = power.customers;
    let (f, r, e) = match power.window {
        (0, 0, 0) => (1, 1, 1),
        window => window,
    };
    let all = f + r + e;
    let term = |who: &str, heads: u32, orders: u32, sum: u64, weight: u64| {
        if heads == 0 || sum == 0 {
            format!("no {who}")
        } else {
            format!("{heads} {who} x {orders}/{} x {weight}/{all}", money(sum))
        }
    };
    let (store, store_sum) = (power.store_orders, power.store_sum.u64());
    let (online, online_sum) = (power.external_orders, power.external_sum.u64());
    format!(
        "({} + {} + {}) / {}",
        term("first", first, store, store_sum, f),
        term("repeat", repeat, store, store_sum, r),
        term("external", external, online, online_sum, e),
        money(power.cost)
    )
}

fn spending(spending: &Spending) -> String {
    let mut out = format!("SCORE   spending {}", money(spending.spending.u64()));
    if !spending.taken_back.is_zero() {
        let _ = write!(out, ", of which {} no longer earns", money(spending.taken_back.u64()));
    }
    out.push('\n');
    for visit in &spending.visits {
        let taken = if visit.taken_back { ", taken back" } else { "" };
        let orders = if visit.orders == 1 { "order" } else { "orders" };
        let value = format!("{} in {} {orders}{taken}", money(visit.spending.u64()), visit.orders);
        let _ = writeln!(out, "        at {:<32}{value}", visit.name);
    }
    out.push('\n');
    out
}

fn mining(mining: &Mining) -> String {
    let mut out = String::from("SCORE\n");
    for line in &mining.methods {
        let taken = if line.taken_back { ", reward taken back" } else { "" };
        row(&mut out, &line.method, format!("{}{taken}", score(line.score)));
    }
    out.push('\n');
    out
}

/// Columns as wide as their widest cell.
fn table(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for line in lines {
        let mut text = String::from("        ");
        for (cell, width) in line.iter().zip(&widths) {
            let _ = write!(text, "{cell:<width$}  ");
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

fn items(part: &Part) -> String {
    let is_reading = matches!(part.score, Score::Account(_));
    let what = if is_reading { "READINGS" } else { "ORDERS" };
    let mut out = format!("{what} {}, each in its batch by its Merkle path\n", part.items.len());
    let head: &[&str] = match part.score {
        Score::Account(_) => &["batch", "place", "method", "unit", "score", "outcome", "quantities"],
        Score::Merchant(_) => &[
            "batch", "place", "time", "receipt", "amount", "channel", "buyer", "outcome", "customer",
        ],
        Score::Customer(_) => &[
            "batch", "place", "time", "receipt", "amount", "channel", "buyer", "outcome", "shop",
        ],
    };
    let mut lines = vec![head.iter().map(|cell| cell.to_string()).collect()];
    lines.extend(part.items.iter().map(|item| item_line(part, item)));
    out.push_str(&table(&lines));
    out.push('\n');
    out
}

fn item_line(part: &Part, item: &Item) -> Vec<String> {
    let batch = part.batches.get(item.batch);
    let named = batch.map_or(String::new(), |batch| format!("{}/{}", batch.device, batch.sequence));
    let hashes = match item.path.len() {
        0 => "alone".to_owned(),
        1 => "1 hash".to_owned(),
        n => format!("{n} hashes"),
    };
    let leaves = batch.map_or(0, |batch| batch.leaves);
    let place = format!("{} of {leaves}, {hashes}", item.position + 1);
    let outcome = item.outcome.clone();
    match &item.leaf {
        LeafFields::Receipt {
            number,
            merchant_name,
            customer_name,
            amount,
            time,
            channel,
            buyer,
            ..
        } => vec![
            named,
            place,
            time.clone(),
            number.to_string(),
            money(amount.u64()),
            channel.clone(),
            buyer.clone().unwrap_or("-".into()),
            outcome,
            match part.score {
                Score::Customer(_) => merchant_name.clone(),
                _ => customer_name.clone(),
            },
        ],
        LeafFields::Reading {
            method,
            unit,
            quantities,
            score: scored,
        } => {
            let told: Vec<String> = quantities
                .iter()
                .map(|(name, value)| format!("{name} {value}"))
                .collect();
            vec![
                named,
                place,
                method.clone(),
                unit.to_string(),
                scored.map_or("-".into(), score),
                outcome,
                told.join(", "),
            ]
        }
    }
}

fn batches(batches: &[Batch]) -> String {
    let mut out = format!("BATCHES {}, each root and signature verified again\n", batches.len());
    let head = [
        "batch",
        "root",
        "on chain",
        "key",
        "signature",
        "outcome",
        "block",
        "time",
        "relayed by",
        "device",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    let hashed = batches.iter().any(|batch| batch.transaction.is_some());
    lines[0].extend(hashed.then(|| "transaction".to_owned()));
    let short = |hex: &str| format!("{}..", hex.get(..SHORT).unwrap_or(hex));
    for batch in batches {
        lines.push(vec![
            format!("{}/{}", batch.device, batch.sequence),
            short(&batch.root_recomputed),
            batch.root_on_chain.as_ref().map_or("pruned", |_| "the same").into(),
            format!("{} {}", batch.scheme, short(&batch.key)),
            "holds".into(),
            batch.outcome.clone(),
            batch.height.to_string(),
            batch.time.clone(),
            batch.relayer.clone(),
            batch.device_name.clone(),
        ]);
        if let (Some(line), true) = (lines.last_mut(), hashed) {
            line.push(batch.transaction.clone().unwrap_or_default());
        }
    }
    out.push_str(&table(&lines));
    out
}
