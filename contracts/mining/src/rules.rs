//! The rules of a day, as stored.

use crate::error::{count, distinct, within};
use crate::share::method_of;
use crate::ContractError;
use serde::{Deserialize, Serialize};
use vrs_interface::mining::{Method, MethodBudget, Params};
use vrs_scoring::{MiningTables, ViewBounds};
use vrs_settlement::Limit;

/// [`Params`] as stored.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Ascending by method, those that pay.
    budgets: Vec<Budget>,
    /// Average shares that one participant draws of a method at the most; 0: no cap.
    pub share_cap: u32,
    /// Whether each step of a table counts at its own factor.
    pub marginal: bool,
    /// Ascending numbers of views, at most 9.
    view_steps: Vec<u64>,
    /// Days of a window.
    window_days: u32,
    /// Base units of HP for the days of a window.
    hp_per_window: u128,
    /// Base units of VRS for the days of a window.
    vrs_per_window: u128,
}

/// [`MethodBudget`] as stored; base units a day.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
struct Budget {
    /// The method's number.
    method: u8,
    hp: u128,
    vrs: u128,
}

impl Rules {
    /// Checked rules.
    pub fn new(params: Params) -> Result<Self, ContractError> {
        let most = count(&Method::ALL);
        within("budgets", count(&params.budgets), 0, most)?;
        distinct("method", params.budgets.iter().map(|line| line.method as u32))?;
        within("window_days", params.window_days.into(), 1, 366)?;
        let view_steps = ViewBounds::new(params.view_steps).map_err(ContractError::ViewSteps)?;
        let mut budgets: Vec<Budget> = params
            .budgets
            .iter()
            .map(|line| Budget {
                method: line.method as u8,
                hp: line.hp.u128(),
                vrs: line.vrs.u128(),
            })
            .collect();
        budgets.sort_unstable_by_key(|line| line.method);
        Ok(Rules {
            budgets,
            share_cap: params.share_cap,
            marginal: params.marginal,
            view_steps: view_steps.into(),
            window_days: params.window_days,
            hp_per_window: params.hp_per_window.u128(),
            vrs_per_window: params.vrs_per_window.u128(),
        })
    }

    /// A method's budget of the day, base units of HP and VRS.
    pub fn budget(&self, method: Method) -> (u128, u128) {
        let line = self.budgets.iter().find(|line| line.method == method as u8);
        line.map_or((0, 0), |line| (line.hp, line.vrs))
    }

    /// The circuit breakers of HP and VRS.
    pub fn limits(&self) -> (Limit, Limit) {
        let limit = |per_window| Limit {
            window_days: self.window_days,
            per_window,
        };
        (limit(self.hp_per_window), limit(self.vrs_per_window))
    }

    /// The tables that readings are scored by: the paper's, with this contract's two switches.
    pub fn tables(&self) -> Result<MiningTables, ContractError> {
        Ok(MiningTables {
            marginal: self.marginal,
            view_bounds: ViewBounds::new(self.view_steps.clone()).map_err(ContractError::ViewSteps)?,
            ..MiningTables::default()
        })
    }

    /// Whether these rules may pay more than `before`. A window of another length counts as more.
    pub fn raises(&self, before: &Rules) -> bool {
        let budget = |method| {
            let ((hp, vrs), (hp_before, vrs_before)) = (self.budget(method), before.budget(method));
            hp > hp_before || vrs > vrs_before
        };
        let cap = match (self.share_cap, before.share_cap) {
            (_, 0) => false,
            (0, _) => true,
            (new, old) => new > old,
        };
        Method::ALL.into_iter().any(budget)
            || cap
            || self.window_days != before.window_days
            || self.hp_per_window > before.hp_per_window
            || self.vrs_per_window > before.vrs_per_window
    }

    /// Lowers a method's budget to at most these figures.
    pub fn cut(&mut self, method: Method, hp: u128, vrs: u128) {
        for line in self.budgets.iter_mut().filter(|line| line.method == method as u8) {
            line.hp = line.hp.min(hp);
            line.vrs = line.vrs.min(vrs);
        }
    }
}

impl From<&Rules> for Params {
    fn from(rules: &Rules) -> Self {
        let line = |line: &Budget| {
            Some(MethodBudget {
                method: method_of(line.method)?,
                hp: line.hp.into(),
                vrs: line.vrs.into(),
            })
        };
        Params {
            budgets: rules.budgets.iter().filter_map(line).collect(),
            share_cap: rules.share_cap,
            marginal: rules.marginal,
            view_steps: rules.view_steps.clone(),
            window_days: rules.window_days,
            hp_per_window: rules.hp_per_window.into(),
            vrs_per_window: rules.vrs_per_window.into(),
        }
    }
}
