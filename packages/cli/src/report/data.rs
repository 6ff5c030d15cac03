//! What the page shows, as plain figures.

use serde::{Deserialize, Serialize};

/// All that `report.html` shows. Money is in minor units, coins in base units, BizPower has 18 decimals.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportData {
    /// The file the receipts came from, where it is known.
    pub source: Option<String>,
    /// First day of the programme, `2017-01-01`.
    pub first_day: String,
    /// Last day with an order.
    pub last_day: String,
    /// Totals.
    pub totals: Totals,
    /// Pools that pay.
    pub pools: Vec<PoolData>,
    /// Days with an order, ascending.
    pub days: Vec<DayData>,
    /// Ascending BizPower bounds of the levels 1, 2, ...
    pub level_bounds: Vec<u128>,
    /// Days of a shop that ended on level 0, 1, 2, ...
    pub levels: Vec<u64>,
    /// The merchants that earned most, in that order.
    pub leaders: Vec<LeaderData>,
    /// What was dropped, by reason.
    pub dropped: Vec<DroppedData>,
    /// What each mining method paid; empty without readings.
    pub mining: Vec<MethodData>,
}

/// Totals of a run.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Receipts read.
    pub receipts: u64,
    /// Receipts that became orders.
    pub accepted: u64,
    /// Receipts that did not.
    pub dropped: u64,
    /// Merchants with an order.
    pub merchants: u64,
    /// Customers with an order.
    pub customers: u64,
    /// Sum of the orders.
    pub spending: u128,
    /// Meter readings read and counted; none without `--meters`.
    pub readings: Option<(u64, u64)>,
    /// Transactions on the chain.
    pub transactions: u64,
    /// Milliseconds it took.
    pub milliseconds: u64,
}

/// A pool: `funded = paid + claimable + remaining`.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolData {
    /// Its name in the contracts: `bzky_merchants`, ...
    pub name: String,
    /// What it is for, in plain words: `Rewards of shops`.
    pub purpose: String,
    /// The asset's symbol.
    pub symbol: String,
    /// The asset's decimals.
    pub decimals: u32,
    /// All that was put in.
    pub funded: u128,
    /// What was paid out.
    pub paid: u128,
    /// What closed days still owe.
    pub claimable: u128,
    /// What is left, `recovered` included.
    pub remaining: u128,
    /// Of that: rounding, capped shares, what was taken back or never claimed.
    pub recovered: u128,
    /// Sum of every single reward of every day, where it was added up.
    pub assigned: Option<u128>,
}

/// A day with an order.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct DayData {
    /// `2017-01-31`.
    pub day: String,
    /// Merchants with an order.
    pub merchants: u64,
    /// Customers with an order.
    pub customers: u64,
    /// Orders.
    pub orders: u64,
    /// Their sum.
    pub spending: u128,
    /// Sum of the merchants' BizPower.
    pub bizpower: u128,
    /// The merchants' whole budget.
    pub budget_bzky: u128,
    /// What was assigned of it.
    pub paid_bzky: u128,
    /// The customers' whole budget.
    pub budget_time: u128,
    /// What was assigned of it.
    pub paid_time: u128,
}

/// A leading merchant.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaderData {
    /// His id in the receipts.
    pub merchant: String,
    /// Orders of all days.
    pub orders: u64,
    /// Their sum.
    pub revenue: u128,
    /// Bzky of all days.
    pub reward: u128,
    /// His days with an order, ascending.
    pub days: Vec<LeaderDay>,
}

/// A leading merchant's day.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaderDay {
    /// `2017-01-31`.
    pub day: String,
    /// BizPower after the first counted order.
    pub open: u128,
    /// The highest.
    pub high: u128,
    /// The lowest.
    pub low: u128,
    /// The last.
    pub close: u128,
    /// The level that it reached.
    pub level: u8,
    /// Bzky of that day.
    pub reward: u128,
    /// Orders.
    pub orders: u64,
    /// Their sum.
    pub revenue: u128,
}

/// What was dropped for one reason.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct DroppedData {
    /// The reason as in `file`.
    pub reason: String,
    /// The table that lists them all, `dropped.csv`.
    pub file: String,
    /// Why, in plain words.
    pub explanation: String,
    /// How many.
    pub count: u64,
    /// A few of them, a line each.
    pub examples: Vec<String>,
}

/// A mining method.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct MethodData {
    /// Its name.
    pub method: String,
    /// Accounts that scored in it.
    pub accounts: u64,
    /// Days of an account.
    pub account_days: u64,
    /// HP that it paid.
    pub hp: u128,
    /// VRS that it paid.
    pub vrs: u128,
}
