//! Till receipts of a made-up town.

use super::dice::{Band, Dice};
use super::town::{Opening, Town};
use super::{calendar, Summary};
use crate::cli::ReceiptsArgs;
use crate::failure::UsageError;
use anyhow::Result;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
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

/// Usual opening hours.
const OPEN: u32 = 6;
const CLOSE: u32 = 23;

/// A row before it is written.
struct Row {
    second: u64,
    shop: usize,
    customer: usize,
    number: u64,
    amount: i64,
    external: bool,
    /// Whether the number is that of an earlier row.
    repeated: bool,
}

/// What file of receipts to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptPlan {
    /// Where all draws come from.
    pub seed: u64,
    /// Shops: few large ones, many small ones.
    pub merchants: u32,
    /// Customers: some come daily, most of them weekly, each mostly to the same few shops.
    pub customers: u32,
    /// Days.
    pub days: u32,
    /// Rows of an average day.
    pub receipts_per_day: u32,
    /// The first day, UTC.
    pub first_day: Date,
    /// Deliveries and online sales, of 1,000 rows.
    pub external_per_mille: u32,
    /// Rows with an amount of 0, of 1,000.
    pub zero_per_mille: u32,
    /// Rows that repeat a number of the same shop, of 1,000.
    pub duplicate_per_mille: u32,
    /// Rows with a negative amount, of 1,000.
    pub refund_per_mille: u32,
    /// UTC hour at which the first shops open.
    pub open: u32,
    /// UTC hour at which the last shops close, at most 24.
    pub close: u32,
}

/// Writes the receipts of a plan, one day after the other, each day by time.
///
/// There are exactly `days * receipts_per_day` rows; weekends have more of them than Wednesdays. Every
/// shop and every customer is there where there are at least as many rows.
///
/// Errors: [`UsageError`] where the plan asks for what does not exist; whatever `out` answers.
pub fn write_receipts(plan: &ReceiptPlan, mut out: impl Write) -> Result<Summary> {
    plan.check()?;
    let town = Town::new(plan);
    let days = Days::new(plan);
    let mut summary = Summary::default();
    let mut shops = BTreeSet::new();
    let mut customers = BTreeSet::new();
    let mut signed = BTreeMap::new();
    writeln!(out, "{RECEIPT_HEADER}")?;
    for day in 0..plan.days {
        let rows = one_day(plan, &town, day, days.rows_of(day), summary.rows, &mut signed);
        let date = calendar::date(plan.first_day, day)?;
        for row in &rows {
            let (shop, customer) = (row.shop + 1, row.customer + 1);
            let channel = if row.external { "external" } else { "store" };
            let time = calendar::Time(row.second);
            let (number, amount) = (row.number, row.amount);
            writeln!(out, "{date}T{time}Z,{shop},{customer},{number},{amount},{channel}")?;
            shops.insert(shop);
            customers.insert(customer);
            for (count, is) in summary.faults.iter_mut().zip([amount == 0, row.repeated, amount < 0]) {
                *count += u64::from(is);
            }
        }
        summary.rows += rows.len() as u64;
        summary.days += 1;
    }
    out.flush()?;
    summary.sellers = shops.len() as u64;
    summary.buyers = customers.len() as u64;
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
    fn rows_of(&self, day: u32) -> u64 {
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
    signed: &mut BTreeMap<usize, u64>,
) -> Vec<Row> {
    let dice = &mut Dice::new(plan.seed, "vrs receipts day", day + 1);
    let mut rows: Vec<Row> = (before..before + count).map(|n| sale(plan, town, dice, n)).collect();
    rows.sort_by_key(|row| (row.second, row.number));
    for row in &mut rows {
        faults(plan, dice, row, signed);
    }
    rows
}

/// The `n`th receipt of the file, in the order it is thrown.
fn sale(plan: &ReceiptPlan, town: &Town, dice: &mut Dice, n: u64) -> Row {
    let all = u64::from(plan.days) * u64::from(plan.receipts_per_day);
    let customer = newcomer(n, all, plan.customers, 0).unwrap_or_else(|| town.customer(dice));
    let shop = newcomer(n, all, plan.merchants, 1).unwrap_or_else(|| town.shop(dice, customer));
    let percent = town.percent(shop, customer);
    Row {
        second: moment(dice, town.opening(shop)),
        shop,
        customer,
        number: number(n),
        amount: (dice.banded(&BASKETS) * percent / 100).max(1) as i64,
        external: dice.per_mille(plan.external_per_mille),
        repeated: false,
    }
}

/// Who comes for the first time with the `n`th of `all` receipts: one in five, or more often where
/// there would not be time for all of them. New shops and new customers come a `phase` apart, so that
/// where there is time a new shop has known customers.
fn newcomer(n: u64, all: u64, of: u32, phase: u64) -> Option<usize> {
    let every = (all / u64::from(of)).clamp(1, NEWCOMER_EVERY);
    (n % every == phase % every && n / every < u64::from(of)).then_some((n / every) as usize)
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

/// Makes some rows what a contract or a terminal has to refuse. `signed` has each shop's last number.
fn faults(plan: &ReceiptPlan, dice: &mut Dice, row: &mut Row, signed: &mut BTreeMap<usize, u64>) {
    if dice.per_mille(plan.refund_per_mille) {
        row.amount = -row.amount;
        return;
    }
    if dice.per_mille(plan.zero_per_mille) {
        row.amount = 0;
    }
    match signed.get(&row.shop) {
        Some(&number) if dice.per_mille(plan.duplicate_per_mille) => {
            row.number = number;
            row.repeated = true;
        }
        _ => {
            signed.insert(row.shop, row.number);
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
            ("external", self.external_per_mille, 0, 1_000),
            ("zero", self.zero_per_mille, 0, 1_000),
            ("duplicate", self.duplicate_per_mille, 0, 1_000),
            ("refund", self.refund_per_mille, 0, 1_000),
            ("opening hour", self.open, 0u32, 23u64),
            ("closing hour", self.close, self.open.saturating_add(1), 24),
        ];
        for (name, value, low, high) in counts {
            super::bounded(name, value, u64::from(low), high)?;
        }
        calendar::check(self.first_day, self.days)
    }
}

impl TryFrom<&ReceiptsArgs> for ReceiptPlan {
    type Error = UsageError;

    fn try_from(args: &ReceiptsArgs) -> Result<Self, UsageError> {
        Ok(ReceiptPlan {
            seed: args.seed,
            merchants: args.merchants,
            customers: args.customers,
            days: args.days,
            receipts_per_day: args.per_day,
            first_day: calendar::first_day(&args.from)?,
            external_per_mille: args.external,
            zero_per_mille: args.zeros,
            duplicate_per_mille: args.duplicates,
            refund_per_mille: args.refunds,
            open: OPEN,
            close: CLOSE,
        })
    }
}
