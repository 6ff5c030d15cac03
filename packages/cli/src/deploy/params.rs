//! The contracts' rules from the economy's figures.

use super::uint;
use crate::economy::{Budget, Economy, MethodBudget};
use cosmwasm_std::Uint128;
use vrs_interface::mining::Method;
use vrs_interface::{merchant, mining};

/// Rules of the `merchant` contract.
pub fn merchant_params(economy: &Economy) -> merchant::Params {
    let rewards = &economy.rewards;
    merchant::Params {
        min_order: economy.orders.min_order,
        max_order: economy.orders.max_order,
        share_cap: rewards.share_cap,
        merchants: budget(&rewards.merchants),
        customers: budget(&rewards.customers),
        power_bps: rewards.power_bps.clone(),
        month_days: rewards.month_days,
        weight_days: economy.bizpower.weight_days,
        level_bounds: economy
            .bizpower
            .level_bounds
            .iter()
            .map(|b| Uint128::new(b.0))
            .collect(),
    }
}

fn budget(budget: &Budget) -> merchant::Budget {
    merchant::Budget {
        per_head: uint(budget.per_head),
        max: uint(budget.daily_max),
        window_days: budget.window_days,
        per_window: uint(budget.per_window),
    }
}

/// Rules of the `mining` contract.
pub fn mining_params(economy: &Economy) -> mining::Params {
    let mining = &economy.mining;
    let line = |method| {
        let MethodBudget { hp, vrs } = method_budget(economy, method);
        mining::MethodBudget {
            method,
            hp: uint(hp),
            vrs: uint(vrs),
        }
    };
    let pays = |budget: &mining::MethodBudget| !budget.hp.is_zero() || !budget.vrs.is_zero();
    mining::Params {
        budgets: Method::ALL.into_iter().map(line).filter(pays).collect(),
        share_cap: mining.share_cap,
        marginal: mining.marginal,
        view_steps: mining.view_steps.clone(),
        window_days: mining.window_days,
        hp_per_window: uint(mining.hp_per_window),
        vrs_per_window: uint(mining.vrs_per_window),
    }
}

fn method_budget(economy: &Economy, method: Method) -> MethodBudget {
    let budgets = &economy.mining.budgets;
    match method {
        Method::Platform => budgets.platform,
        Method::Server => budgets.server,
        Method::Node => budgets.node,
        Method::Upload => budgets.upload,
        Method::Content => budgets.content,
        Method::Streaming => budgets.streaming,
    }
}
