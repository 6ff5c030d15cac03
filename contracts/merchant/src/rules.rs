use crate::ContractError;
use cosmwasm_std::Uint128;
use serde::{Deserialize, Serialize};
use vrs_days::Day;
use vrs_interface::merchant::{Budget, Params, Side};
use vrs_settlement::Limit;

/// The highest `max_order`, minor units: a day of one shop stays far within 64 bits.
pub const MAX_ORDER: u64 = 1_000_000_000_000_000;
/// Months that the split can list.
pub const MAX_MONTHS: usize = 24;
/// Bounds of levels.
pub const MAX_LEVELS: usize = 20;
/// The whole, 1/10,000.
pub const WHOLE_BPS: u16 = 10_000;

/// [`Params`] as stored.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Minor units below which an order does not count.
    pub min_order: u64,
    /// Minor units above which it is dropped.
    pub max_order: u64,
    /// Average shares that one participant draws at the most; 0: no cap.
    pub share_cap: u32,
    /// The merchants' budget.
    pub merchants: BudgetRule,
    /// The customers' budget.
    pub customers: BudgetRule,
    /// BizPower's part by month, 1/10,000; never empty.
    pub power_bps: Vec<u16>,
    /// Days of a month.
    pub month_days: u32,
    /// Days whose customers decide the weights.
    pub weight_days: u32,
    /// Ascending bounds of the levels.
    pub level_bounds: Vec<u128>,
}

/// [`Budget`] as stored; base units.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetRule {
    /// A participant.
    pub per_head: u128,
    /// A day.
    pub max: u128,
    /// Days of a window.
    pub window_days: u32,
    /// A window.
    pub per_window: u128,
}

impl Rules {
    /// Checked rules.
    pub fn new(params: Params) -> Result<Self, ContractError> {
        let rules = Rules {
            min_order: params.min_order,
            max_order: params.max_order,
            share_cap: params.share_cap,
            merchants: BudgetRule::new(params.merchants)?,
            customers: BudgetRule::new(params.customers)?,
            power_bps: params.power_bps,
            month_days: params.month_days,
            weight_days: params.weight_days,
            level_bounds: params.level_bounds.iter().map(|bound| bound.u128()).collect(),
        };
        within("max_order", rules.max_order, rules.min_order.max(1), MAX_ORDER)?;
        within("power_bps entries", count(&rules.power_bps), 1, MAX_MONTHS as u64)?;
        for bps in &rules.power_bps {
            within("power_bps", u64::from(*bps), 0, WHOLE_BPS.into())?;
        }
        within("month_days", u64::from(rules.month_days), 1, 366)?;
        within("weight_days", u64::from(rules.weight_days), 1, 90)?;
        within("level_bounds entries", count(&rules.level_bounds), 0, MAX_LEVELS as u64)?;
        let mut previous = 0;
        for bound in &rules.level_bounds {
            if *bound <= previous {
                return Err(ContractError::BoundsNotRising {
                    previous,
                    actual: *bound,
                });
            }
            previous = *bound;
        }
        Ok(rules)
    }

    /// A side's budget.
    pub fn budget(&self, side: Side) -> &BudgetRule {
        match side {
            Side::Merchants => &self.merchants,
            Side::Customers => &self.customers,
        }
    }

    /// The same rules with no budget figure of `side` above `cut`, and no shorter window.
    pub fn cut(&self, side: Side, cut: &BudgetRule) -> Rules {
        let mut rules = self.clone();
        let budget = match side {
            Side::Merchants => &mut rules.merchants,
            Side::Customers => &mut rules.customers,
        };
        budget.per_head = budget.per_head.min(cut.per_head);
        budget.max = budget.max.min(cut.max);
        budget.window_days = budget.window_days.max(cut.window_days);
        budget.per_window = budget.per_window.min(cut.per_window);
        rules
    }

    /// Whether these rules have to wait: they allow more than `today`'s, or divide otherwise, so that
    /// everybody sees it coming.
    pub fn waits(&self, today: &Rules) -> bool {
        let budget = |new: &BudgetRule, old: &BudgetRule| {
            new.per_head > old.per_head
                || new.max > old.max
                || new.per_window > old.per_window
                || new.window_days < old.window_days
        };
        let cap = match (self.share_cap, today.share_cap) {
            (_, 0) => false,
            (0, _) => true,
            (new, old) => new > old,
        };
        budget(&self.merchants, &today.merchants)
            || budget(&self.customers, &today.customers)
            || cap
            || self.max_order > today.max_order
            || self.min_order < today.min_order
            || self.power_bps != today.power_bps
            || self.month_days != today.month_days
    }

    /// BizPower's part of the merchants' budget on a day, 1/10,000. Month 1 is days 1 to `month_days`.
    pub fn power_bps(&self, day: Day) -> u16 {
        let month = day.saturating_sub(1).checked_div(self.month_days).unwrap_or(0);
        let listed = usize::try_from(month).ok().and_then(|at| self.power_bps.get(at));
        listed.or(self.power_bps.last()).copied().unwrap_or(WHOLE_BPS)
    }
}

impl BudgetRule {
    /// A checked budget.
    pub fn new(budget: Budget) -> Result<Self, ContractError> {
        within("window_days", u64::from(budget.window_days), 1, 366)?;
        Ok(BudgetRule {
            per_head: budget.per_head.u128(),
            max: budget.max.u128(),
            window_days: budget.window_days,
            per_window: budget.per_window.u128(),
        })
    }

    /// Its circuit breaker.
    pub fn limit(&self) -> Limit {
        Limit {
            window_days: self.window_days,
            per_window: self.per_window,
        }
    }
}

impl From<&BudgetRule> for Budget {
    fn from(rule: &BudgetRule) -> Self {
        Budget {
            per_head: rule.per_head.into(),
            max: rule.max.into(),
            window_days: rule.window_days,
            per_window: rule.per_window.into(),
        }
    }
}

impl From<&Rules> for Params {
    fn from(rules: &Rules) -> Self {
        Params {
            min_order: rules.min_order,
            max_order: rules.max_order,
            share_cap: rules.share_cap,
            merchants: (&rules.merchants).into(),
            customers: (&rules.customers).into(),
            power_bps: rules.power_bps.clone(),
            month_days: rules.month_days,
            weight_days: rules.weight_days,
            level_bounds: rules.level_bounds.iter().map(|bound| Uint128::new(*bound)).collect(),
        }
    }
}

/// Refuses a figure outside its bounds.
pub fn within(field: &'static str, actual: u64, min: u64, max: u64) -> Result<(), ContractError> {
    if actual < min || actual > max {
        return Err(ContractError::OutOfBounds {
            field,
            min,
            max,
            actual,
        });
    }
    Ok(())
}

/// The length of a list.
pub fn count<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}
