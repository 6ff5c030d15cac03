//! The time axis of the charts: a column a day, or a week where there are many days.

use super::data::{DayData, LeaderDay};
use anyhow::{Context as _, Result};
use jiff::civil::{Date, Weekday};

/// The most days that have a column each.
const MOST_DAYS: i64 = 120;

/// The columns of all charts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    first: Date,
    /// Days of a column: 1 or 7.
    pub step: i64,
    /// Columns.
    pub columns: usize,
    /// Days of the last column.
    pub last: i64,
}

impl Axis {
    /// The columns from one date to another.
    ///
    /// Errors: a text that is no date.
    pub fn new(first: &str, last: &str) -> Result<Self> {
        let first = date(first)?;
        let days = days_between(first, date(last)?).max(0) + 1;
        let step = if days > MOST_DAYS { 7 } else { 1 };
        let columns = usize::try_from((days + step - 1) / step)?;
        let last = (days - 1) % step + 1;
        Ok(Axis {
            first,
            step,
            columns,
            last,
        })
    }

    /// Whether a column is a week.
    pub fn is_weekly(&self) -> bool {
        self.step > 1
    }

    /// The column of a date; none where it lies outside.
    ///
    /// Errors: a text that is no date.
    pub fn column(&self, day: &str) -> Result<Option<usize>> {
        let column = days_between(self.first, date(day)?).div_euclid(self.step);
        Ok(usize::try_from(column).ok().filter(|column| *column < self.columns))
    }

    /// The first date of a column.
    pub fn date(&self, column: usize) -> Date {
        let days = i64::try_from(column).unwrap_or(i64::MAX).saturating_mul(self.step);
        self.first.saturating_add(jiff::Span::new().days(days.min(3_000_000)))
    }

    /// Where the first date stands: `1 Jan 2017`.
    pub fn long_label(&self, column: usize) -> String {
        let from = self.date(column);
        if self.is_weekly() {
            format!("week of {}", from.strftime("%-d %b %Y"))
        } else {
            from.strftime("%a %-d %b %Y").to_string()
        }
    }

    /// Columns that have a label, and the label.
    pub fn ticks(&self) -> Vec<(usize, String)> {
        if self.is_weekly() {
            return self.month_ticks();
        }
        let every = match self.columns {
            0..=10 => 1,
            11..=20 => 2,
            21..=62 => 7,
            _ => 14,
        };
        let columns = (0..self.columns).step_by(every);
        columns
            .map(|column| (column, self.date(column).strftime("%-d %b").to_string()))
            .collect()
    }

    /// The first column of each month, or of every third where the years are many.
    fn month_ticks(&self) -> Vec<(usize, String)> {
        let every = if self.columns > 110 { 3 } else { 1 };
        let is_new = |column: &usize| {
            let month = self.date(*column).month();
            (month - 1) % every == 0 && (*column == 0 || self.date(*column - 1).month() != month)
        };
        let columns: Vec<usize> = (0..self.columns).filter(is_new).collect();
        // Rather no label than one on top of another.
        let thin = columns.len().div_ceil(14).max(1);
        let label = |column: usize| {
            let from = self.date(column);
            let form = if from.month() == 1 { "%Y" } else { "%b" };
            (column, from.strftime(form).to_string())
        };
        columns.into_iter().step_by(thin).map(label).collect()
    }

    /// Columns that are a Saturday or Sunday.
    pub fn weekends(&self) -> Vec<usize> {
        if self.is_weekly() {
            return vec![];
        }
        let off = |column: &usize| matches!(self.date(*column).weekday(), Weekday::Saturday | Weekday::Sunday);
        (0..self.columns).filter(off).collect()
    }
}

/// A column of the day charts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayBin {
    /// Days in it with an order.
    pub days: u64,
    /// Their sums.
    pub sum: DayData,
}

impl DayBin {
    /// A count of heads, which are not the sum of the days' but their average.
    pub fn average(&self, heads: u64) -> u64 {
        heads.checked_div(self.days).unwrap_or(0)
    }
}

/// The days in their columns.
pub fn days(axis: &Axis, days: &[DayData]) -> Result<Vec<DayBin>> {
    let mut bins = vec![DayBin::default(); axis.columns];
    for day in days {
        let bin = axis.column(&day.day)?.and_then(|column| bins.get_mut(column));
        if let Some(DayBin { days, sum }) = bin {
            *days += 1;
            sum.merchants += day.merchants;
            sum.customers += day.customers;
            sum.orders += day.orders;
            sum.spending += day.spending;
            sum.bizpower += day.bizpower;
            sum.budget_bzky += day.budget_bzky;
            sum.paid_bzky += day.paid_bzky;
            sum.budget_time += day.budget_time;
            sum.paid_time += day.paid_time;
        }
    }
    Ok(bins)
}

/// A merchant's days in their columns; none where he had no order. A week opens with its first day
/// and closes with its last, days without a counted order left out; its level is that of the last.
pub fn candles(axis: &Axis, days: &[LeaderDay]) -> Result<Vec<Option<LeaderDay>>> {
    let mut bins: Vec<Option<LeaderDay>> = vec![None; axis.columns];
    for day in days {
        let Some(bin) = axis.column(&day.day)?.and_then(|column| bins.get_mut(column)) else {
            continue;
        };
        *bin = Some(match bin.take() {
            None => day.clone(),
            Some(week) => joined(week, day),
        });
    }
    Ok(bins)
}

fn joined(week: LeaderDay, day: &LeaderDay) -> LeaderDay {
    let (has_week, has_day) = (week.high > 0, day.high > 0);
    LeaderDay {
        open: if has_week { week.open } else { day.open },
        high: week.high.max(day.high),
        low: if has_week && has_day {
            week.low.min(day.low)
        } else {
            week.low.max(day.low)
        },
        close: if has_day { day.close } else { week.close },
        level: day.level,
        reward: week.reward + day.reward,
        orders: week.orders + day.orders,
        revenue: week.revenue + day.revenue,
        day: week.day,
    }
}

/// A date of the data.
pub fn date(text: &str) -> Result<Date> {
    text.parse()
        .with_context(|| format!("expected a date like 2017-01-31, got {text:?}"))
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
