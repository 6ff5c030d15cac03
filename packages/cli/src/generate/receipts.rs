//! Till receipts of a made-up town.

use super::dice::{Band, Dice};
use super::town::{Opening, Town};
use super::{calendar, ReceiptPlan, Summary};
use crate::failure::UsageError;
use anyhow::Result;
use std::collections::BTreeMap;
use std::io::Write;

/// First line of the file.
pub const RECEIPT_HEADER: &str = "timestamp,merchant,customer,receipt,amount,channel";

/// The lowest receipt number.
const FIRST_NUMBER: u64 = 31_200_000_000;

/// Receipt numbers are dealt out in blocks of so many, each block shuffled.
const BLOCK: u64 = 1_024;

/// Of so many receipts one is a newcomer's, until everybody came once.
const NEWCOMER_EVERY: u64 = 5;

/// What is bought, in minor units: 1% under one major unit, half under 17, a few over 180.
const BASKETS: [Band; 8] = [
    (10, 39, 99),
    (170, 100, 499),
    (180, 500, 999),
    (205, 1_000, 1_999),
    (215, 2_000, 3_999),
    (140, 4_000, 7_999),
    (70, 8_000, 17_999),
    (10, 18_000, 36_000),
];

/// Monday to Sunday, in 1/7000 of a week.
const WEEKDAYS: [u64; 7] = [960, 910, 880, 900, 1_000, 1_210, 1_140];

/// A row before it is written.
struct Row {
    second: u64,
    shop: usize,
    customer: usize,
    number: u64,
    amount: i64,
    external: bool,
}

/// Writes the receipts of a plan, one day after the other, each day by time.
///
/// There are exactly `days * receipts_per_day` rows; weekends have more of them than Wednesdays. Every
/// shop and every customer is there where there are at least as many rows.
///
/// Errors: [`UsageError`] where the plan asks for what does not exist; whatever `out` answers.
pub fn receipts(plan: &ReceiptPlan, mut out: impl Write) -> Result<Summary> {
    plan.check()?;
    let town = Town::new(plan);
    let mut days = Days::new(plan);
    let mut summary = Summary::default();
    let mut last_numbers: BTreeMap<usize, u64> = BTreeMap::new();
    writeln!(out, "{RECEIPT_HEADER}")?;
    for day in 0..plan.days {
        let rows = one_day(plan, &town, day, days.rows_of(day), summary.rows, &mut last_numbers);
        let date = calendar::date(plan.first_day, day)?;
        for row in &rows {
            let (shop, customer) = (row.shop + 1, row.customer + 1);
            let channel = if row.external { "external" } else { "store" };
            let time = calendar::Time(row.second);
            writeln!(out, "{date}T{time}Z,{shop},{customer},{},{},{channel}", row.number, row.amount)?;
        }
        summary.rows += rows.len() as u64;
        summary.days += 1;
        for row in rows {
            summary.sellers.insert(row.shop as u64);
            summary.buyers.insert(row.customer as u64);
        }
    }
    out.flush()?;
    Ok(summary)
}

/// How the rows are spread over the days.
struct Days {
    /// Sum of the weights of the days before each, and of all.
    sums: Vec<u128>,
    rows: u128,
}

impl Days {
    fn new(plan: &ReceiptPlan) -> Self {
        let mut sums = vec![0u128];
        let mut sum = 0u128;
        for day in 0..plan.days {
            let mood = Dice::new(plan.seed, "vrs receipts mood", day + 1).within(920, 1_080);
            let weekday = calendar::weekday(plan.first_day, day);
            sum += u128::from(mood * WEEKDAYS[weekday]);
            sums.push(sum);
        }
        let rows = u128::from(plan.days) * u128::from(plan.receipts_per_day);
        Days { sums, rows }
    }

    /// Differences of one rising sequence, so that the days add up to all rows.
    fn rows_of(&mut self, day: u32) -> u64 {
        let whole = self.sums.last().copied().unwrap_or(1).max(1);
        let until = |day: usize| self.rows * self.sums[day] / whole;
        (until(day as usize + 1) - until(day as usize)) as u64
    }
}

fn one_day(
    plan: &ReceiptPlan,
    town: &Town,
    day: u32,
    count: u64,
    before: u64,
    last_numbers: &mut BTreeMap<usize, u64>,
) -> Vec<Row> {
    let dice = &mut Dice::new(plan.seed, "vrs receipts day", day + 1);
    let mut rows: Vec<Row> = (before..before + count).map(|n| sale(plan, town, dice, n)).collect();
    rows.sort_by_key(|row| (row.second, row.number));
    for row in &mut rows {
        faults(plan, dice, row, last_numbers);
    }
    rows
}

/// The `n`th receipt of the file, in the order it is thrown.
fn sale(plan: &ReceiptPlan, town: &Town, dice: &mut Dice, n: u64) -> Row {
    let all = u64::from(plan.days) * u64::from(plan.receipts_per_day);
    let customer = newcomer(n, all, plan.customers).unwrap_or_else(|| town.customer(dice));
    let shop = newcomer(n, all, plan.merchants).unwrap_or_else(|| town.shop(dice, customer));
    let percent = town.percent(shop, customer);
    Row {
        second: moment(dice, town.opening(shop)),
        shop,
        customer,
        number: number(n),
        amount: (dice.banded(&BASKETS) * percent / 100).max(1) as i64,
        external: dice.per_mille(plan.external_percent * 10),
    }
}

/// Who comes for the first time with the `n`th of `all` receipts: one in five, or more often where
/// there would not be time for all of them.
fn newcomer(n: u64, all: u64, of: u32) -> Option<usize> {
    let every = (all / u64::from(of)).clamp(1, NEWCOMER_EVERY);
    (n % every == 0 && n / every < u64::from(of)).then_some((n / every) as usize)
}

/// Three in ten at any time, three around noon, four on the way home.
fn moment(dice: &mut Dice, opening: Opening) -> u64 {
    let span = opening.until - opening.from;
    let around = |dice: &mut Dice, tenths: u64| {
        let third = span / 10;
        let from = span * tenths / 10 - 3 * third / 2;
        from + dice.below(third) + dice.below(third) + dice.below(third)
    };
    let at = match dice.below(10) {
        0..=2 => dice.below(span),
        3..=5 => around(dice, 4),
        _ => around(dice, 7),
    };
    opening.from + at.min(span - 1)
}

/// Unique, but not in order, as those of real tills.
fn number(n: u64) -> u64 {
    // An odd factor turns the block's numbers round among themselves.
    FIRST_NUMBER + n / BLOCK * BLOCK + (n % BLOCK * 389 + n / BLOCK * 211) % BLOCK
}

/// Makes some rows what a contract or terminal has to refuse.
fn faults(plan: &ReceiptPlan, dice: &mut Dice, row: &mut Row, last_numbers: &mut BTreeMap<usize, u64>) {
    if dice.per_mille(plan.zero_per_mille) {
        row.amount = 0;
    } else if dice.per_mille(plan.refund_per_mille) {
        row.amount = -row.amount;
        return;
    }
    match last_numbers.get(&row.shop) {
        Some(&number) if dice.per_mille(plan.duplicate_per_mille) => row.number = number,
        _ => {
            last_numbers.insert(row.shop, row.number);
        }
    }
}

impl ReceiptPlan {
    /// Whether there is such a town.
    ///
    /// Errors: [`UsageError`] with what was expected and what was asked for.
    pub fn check(&self) -> Result<(), UsageError> {
        let counts = [
            ("merchants", self.merchants, 1, 10_000_000),
            ("customers", self.customers, 1, 100_000_000),
            ("receipts a day", self.receipts_per_day, 1, 50_000_000),
            ("days", self.days, 1, 36_500),
            ("external", self.external_percent, 0, 100),
            ("zero", self.zero_per_mille, 0, 1_000),
            ("duplicate", self.duplicate_per_mille, 0, 1_000),
            ("refund", self.refund_per_mille, 0, 1_000),
            ("opening hour", self.open, 0, 23),
            ("closing hour", self.close, self.open.min(23) + 1, 24),
        ];
        for (name, value, low, high) in counts {
            super::bounded(name, value, low, high)?;
        }
        calendar::check(self.first_day, self.days)
    }
}
