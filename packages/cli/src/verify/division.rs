//! How a day's budget follows from its pool, and a payment from the budget.

use super::tally::same;
use crate::failure::Difference;
use cosmwasm_std::Uint128;
use vrs_days::{Day, Window};
use vrs_interface::settlement::Tranche;
use vrs_scoring::{part, ScoreError};

/// 1 in the unit of [`Payout::dust`].
pub const E18: u128 = 1_000_000_000_000_000_000;

/// Amounts and the second at which each came, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow(pub Vec<(u64, u128)>);

impl Flow {
    /// All of it at the beginning of time.
    pub fn at_once(amount: u128) -> Self {
        Flow(vec![(0, amount)])
    }

    /// What came before a second.
    pub fn before(&self, second: u64) -> u128 {
        self.0
            .iter()
            .filter(|(at, _)| *at < second)
            .map(|(_, amount)| amount)
            .sum()
    }

    /// All that came.
    pub fn total(&self) -> u128 {
        self.before(u64::MAX)
    }
}

/// What came into a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inflow {
    /// Put in.
    pub funded: Flow,
    /// Recovered and put in again.
    pub refilled: Flow,
}

/// The most that a pool gives to the days of one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Days of a window.
    pub window_days: u32,
    /// Base units.
    pub per_window: u128,
}

/// A pool as its days are set aside, in order.
#[derive(Clone, Debug)]
pub struct Till {
    inflow: Inflow,
    /// What is set aside for the days so far.
    pub assigned: u128,
    /// The latest window that something was set aside for.
    window: Window,
    /// Whether days of that window may be missing because they were pruned.
    pub cut: bool,
}

impl Till {
    /// A pool from which `assigned` was set aside for days that are no longer listed.
    pub fn new(inflow: Inflow, assigned: u128) -> Self {
        Till {
            inflow,
            assigned,
            window: Window::default(),
            cut: assigned > 0,
        }
    }

    /// What may be set aside for `day`, which closes at second `closes`.
    pub fn available(&self, day: Day, closes: u64, limit: Limit) -> u128 {
        let put_in = self
            .inflow
            .funded
            .before(closes)
            .saturating_add(self.inflow.refilled.before(closes));
        let left = put_in.saturating_sub(self.assigned);
        let used = self.window.at(day, limit.window_days).used;
        left.min(limit.per_window.saturating_sub(used))
    }

    /// Sets a day's reserve aside.
    pub fn assign(&mut self, day: Day, amount: u128, limit: Limit) {
        let before = self.window.first;
        self.window.charge(day, limit.window_days, amount);
        if self.window.first != before {
            self.cut &= before == 0;
        }
        self.assigned = self.assigned.saturating_add(amount);
    }
}

/// What a share is worth in one or more tranches of a pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payout {
    /// What is paid.
    pub paid: u128,
    /// What was taken back.
    pub taken: u128,
    /// What the cap cuts off.
    pub capped: u128,
    /// What rounding leaves, in units of 10^-18, rounded down.
    pub dust: u128,
}

impl Payout {
    /// Both together.
    pub fn plus(self, other: Payout) -> Payout {
        Payout {
            paid: self.paid + other.paid,
            taken: self.taken + other.taken,
            capped: self.capped + other.capped,
            dust: self.dust + other.dust,
        }
    }
}

/// What a weight is worth in a tranche, by `vrs_scoring::part`: `counted` stands in the sum, `earning`
/// is what of it still earns.
pub fn worth(tranche: &Tranche, counted: u128, earning: u128) -> Result<Payout, ScoreError> {
    let (budget, bps, total) = (tranche.budget.u128(), tranche.share_bps, tranche.total.u128());
    let limited = |amount: u128| tranche.cap.map_or(amount, |cap| amount.min(cap.u128()));
    let (whole, dust) = part(budget, bps, counted, total)?;
    let full = limited(whole);
    let paid = if earning == counted {
        full
    } else {
        limited(part(budget, bps, earning, total)?.0)
    };
    Ok(Payout {
        paid,
        taken: full.saturating_sub(paid),
        capped: whole.saturating_sub(full),
        dust: dust.into(),
    })
}

/// A weight that divides a part of a budget.
#[derive(Clone, Copy, Debug)]
pub struct Track<'a> {
    /// Its name.
    pub name: &'a str,
    /// The part of the budget, 1/10,000.
    pub share_bps: u16,
    /// Sum of the weights.
    pub total: u128,
    /// The most of one participant; none: no cap.
    pub cap: Option<u128>,
}

impl Track<'_> {
    /// The tranche that it makes of a budget.
    pub fn tranche(&self, pool: &str, budget: u128) -> Tranche {
        Tranche {
            track: self.name.to_owned(),
            pool: pool.to_owned(),
            budget: Uint128::new(budget),
            share_bps: self.share_bps,
            total: Uint128::new(self.total),
            cap: self.cap.map(Uint128::new),
        }
    }
}

/// Refuses tranches that differ from those expected, figure by figure.
pub fn same_tranches(expected: &[Tranche], actual: &[Tranche], at: impl Fn(&str) -> String) -> Result<(), Difference> {
    let names = |tranches: &[Tranche]| {
        let named = tranches.iter().map(|t| format!("{} from {}", t.track, t.pool));
        named.collect::<Vec<_>>().join(", ")
    };
    same(|| at("parts of the budget"), names(expected), names(actual))?;
    let cap = |tranche: &Tranche| tranche.cap.map_or("none".to_owned(), |cap| cap.to_string());
    for (expected, actual) in expected.iter().zip(actual) {
        let of = |what: &str| at(&format!("{what} of part {}", expected.track));
        same(|| of("budget"), expected.budget, actual.budget)?;
        same(|| of("1/10,000"), expected.share_bps, actual.share_bps)?;
        same(|| of("sum of the weights"), expected.total, actual.total)?;
        same(|| of("cap"), cap(expected), cap(actual))?;
    }
    Ok(())
}
