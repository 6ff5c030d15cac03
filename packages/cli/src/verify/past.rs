//! What queries no longer tell because it changed: rules, fundings, refills, factors, costs, addresses.
//! It is read from the transactions, and its end must be what queries answer today.

use super::audit::Audits;
use super::births::Births;
use super::division::Inflow;
use super::names::Names;
use super::rules::{budget_mut, Timeline};
use super::source::Source;
use super::tally::{same, Tally};
use crate::chain::{Call, Chain, Name, Tx, TxEvent};
use crate::failure::Difference;
use anyhow::{Context as _, Result};
use cosmwasm_std::{from_json, Timestamp};
use std::collections::BTreeMap;
use vrs_days::{Clock, Day};
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{self, POOL_CUSTOMERS, POOL_MERCHANTS};
use vrs_interface::mining::{self, POOL_HP, POOL_VRS};
use vrs_scoring::cost_minor;

/// A merchant's attested premises: area, staff, district, trade.
type Premises = (u32, u32, u32, u32);

/// What changed, and when.
#[derive(Clone, Debug)]
pub struct Past {
    /// The `merchant` contract's rules.
    pub trade: Timeline<merchant::Params>,
    /// The `mining` contract's rules.
    pub mining: Timeline<mining::Params>,
    /// Factors of streaming products, 1/10^9; 0: not registered.
    pub products: BTreeMap<u32, Timeline<u64>>,
    /// By pool.
    pub inflows: BTreeMap<&'static str, Inflow>,
    /// Premises by merchant; rents by district, wages by trade.
    premises: BTreeMap<MemberId, Timeline<Option<Premises>>>,
    rents: BTreeMap<u32, Timeline<Option<u64>>>,
    wages: BTreeMap<u32, Timeline<Option<u64>>>,
    /// The messages that created the contracts.
    pub births: Births,
    /// Members whose address changed, and the last day on which it did.
    pub moved: BTreeMap<MemberId, Day>,
    /// Transactions that were looked at.
    pub transactions: u64,
}

impl Past {
    /// A chain on which nothing ever changed.
    pub fn unchanged(trade: merchant::Params, mining: mining::Params) -> Self {
        Past {
            trade: Timeline::new(trade),
            mining: Timeline::new(mining),
            products: BTreeMap::new(),
            inflows: BTreeMap::new(),
            premises: BTreeMap::new(),
            rents: BTreeMap::new(),
            wages: BTreeMap::new(),
            births: Births::new(),
            moved: BTreeMap::new(),
            transactions: 0,
        }
    }

    /// Reads the transactions of a chain's file; `audits` replays each that was carried out. Where the contracts' birth is not among them, the rules
    /// begin as they are today.
    pub fn read(
        source: &dyn Source,
        chain: &Chain,
        clock: &Clock,
        trade: &merchant::Params,
        mining: &mining::Params,
        audits: &mut Audits,
    ) -> Result<Self> {
        let mut past = Past::unchanged(trade.clone(), mining.clone());
        let addresses = [Name::Merchant, Name::Mining, Name::Identity].map(|name| chain.address(name).cloned());
        let [merchant, mining, identity] = addresses;
        let (merchant, mining, identity) = (merchant?.into_string(), mining?.into_string(), identity?.into_string());
        source.transactions(&mut |tx| {
            past.transactions += 1;
            if tx.error.is_none() {
                past.birth(&tx)?;
                audits.enter(&tx)?;
                for event in &tx.events {
                    let from = event.get("_contract_address").unwrap_or_default();
                    match event.kind.as_str() {
                        "wasm-vrs_merchant" if merchant == from => past.trade_event(&tx, event, clock)?,
                        "wasm-vrs_mining" if mining == from => past.mining_event(&tx, event, clock)?,
                        "wasm-vrs_identity" if identity == from => past.identity_event(&tx, event, clock)?,
                        _ => {}
                    }
                }
            }
            Ok(true)
        })?;
        Ok(past)
    }

    fn birth(&mut self, tx: &Tx) -> Result<()> {
        if tx.call != Call::Instantiate {
            return Ok(());
        }
        let told = || format!("birth of {}", tx.contract);
        self.births
            .insert(tx.contract, serde_json::from_slice(&tx.msg).with_context(told)?);
        match tx.contract {
            Name::Merchant => {
                let msg: merchant::InstantiateMsg = from_json(&tx.msg).with_context(told)?;
                self.trade = Timeline::new(msg.params);
            }
            Name::Mining => {
                let msg: mining::InstantiateMsg = from_json(&tx.msg).with_context(told)?;
                self.mining = Timeline::new(msg.params);
            }
            _ => {}
        }
        Ok(())
    }

    fn trade_event(&mut self, tx: &Tx, event: &TxEvent, clock: &Clock) -> Result<()> {
        let message = || from_json::<merchant::ExecuteMsg>(&tx.msg).context("message to merchant");
        let pool = || match event.get("side") {
            Some("customers") => POOL_CUSTOMERS,
            _ => POOL_MERCHANTS,
        };
        match event.get("action") {
            Some("funded") => self.inflow(pool()).funded.0.push(amount(tx, event)?),
            Some("refilled") => self.inflow(pool()).refilled.0.push(amount(tx, event)?),
            Some("params_set") => {
                if let merchant::ExecuteMsg::SetParams { params } = message()? {
                    self.trade.set(number(event, "from")?, params);
                }
            }
            Some("budget_cut") => {
                if let merchant::ExecuteMsg::CutBudget { side, budget: cut } = message()? {
                    self.trade.map_from(first_open(tx, clock), |params| {
                        let mut params = params.clone();
                        let budget = budget_mut(&mut params, side);
                        budget.per_head = budget.per_head.min(cut.per_head);
                        budget.max = budget.max.min(cut.max);
                        budget.window_days = budget.window_days.max(cut.window_days);
                        budget.per_window = budget.per_window.min(cut.per_window);
                        params
                    });
                }
            }
            Some("profile_set") => {
                let figure = |name| number(event, name);
                let premises = (figure("area")?, figure("staff")?, figure("district")?, figure("trade")?);
                let timeline = self.premises.entry(figure("merchant")?).or_insert(Timeline::new(None));
                timeline.set(figure("from")?, Some(premises));
            }
            Some("rate_set") => {
                let table = match event.get("kind") {
                    Some("district") => &mut self.rents,
                    _ => &mut self.wages,
                };
                let timeline = table.entry(number(event, "id")?).or_insert(Timeline::new(None));
                timeline.set(number(event, "from")?, Some(number(event, "amount")?));
            }
            _ => {}
        }
        Ok(())
    }

    fn mining_event(&mut self, tx: &Tx, event: &TxEvent, clock: &Clock) -> Result<()> {
        let message = || from_json::<mining::ExecuteMsg>(&tx.msg).context("message to mining");
        let pool = || match event.get("pool") {
            Some("hp") => POOL_HP,
            _ => POOL_VRS,
        };
        match event.get("action") {
            Some("fund") => self.inflow(pool()).funded.0.push(amount(tx, event)?),
            Some("refill") => self.inflow(pool()).refilled.0.push(amount(tx, event)?),
            Some("set_params") => {
                if let mining::ExecuteMsg::SetParams { params } = message()? {
                    let tomorrow = clock.day(time(tx)).saturating_add(1);
                    self.mining.forget_after(tomorrow);
                    self.mining.set(number(event, "from")?, params);
                }
            }
            Some("cut_budget") => {
                if let mining::ExecuteMsg::CutBudget { budget: cut } = message()? {
                    self.mining.map_from(first_open(tx, clock), |params| {
                        let mut params = params.clone();
                        for budget in params.budgets.iter_mut().filter(|b| b.method == cut.method) {
                            budget.hp = budget.hp.min(cut.hp);
                            budget.vrs = budget.vrs.min(cut.vrs);
                        }
                        params
                    });
                }
            }
            Some("set_product") => {
                let (product, factor) = (number(event, "product")?, number(event, "factor_e9")?);
                let from = number(event, "from")?;
                let factors = self.products.entry(product).or_insert(Timeline::new(0));
                factors.set(from, factor);
            }
            _ => {}
        }
        Ok(())
    }

    fn identity_event(&mut self, tx: &Tx, event: &TxEvent, clock: &Clock) -> Result<()> {
        if event.get("action") == Some("accept_address") {
            self.moved.insert(number(event, "member")?, clock.day(time(tx)));
        }
        Ok(())
    }

    fn inflow(&mut self, pool: &'static str) -> &mut Inflow {
        self.inflows.entry(pool).or_default()
    }

    /// A merchant's costs on a day, by the transactions that attested them; none where they tell nothing.
    pub fn cost(&self, merchant: MemberId, day: Day) -> Option<u128> {
        let (area, staff, district, trade) = (*self.premises.get(&merchant)?.at(day))?;
        let rent = (*self.rents.get(&district)?.at(day))?;
        let wage = (*self.wages.get(&trade)?.at(day))?;
        Some(cost_minor(area, rent, staff, wage))
    }

    /// Whether a merchant's premises, or any rent or wage, were set again: the `profile` query then
    /// forgets what was before.
    pub fn costs_changed(&self, merchant: MemberId) -> bool {
        let moved = self
            .premises
            .get(&merchant)
            .is_some_and(|premises| premises.turns() > 1);
        let mut rates = self.rents.values().chain(self.wages.values());
        moved || rates.any(|rate| rate.turns() > 1)
    }

    /// What came into a pool.
    pub fn of(&self, pool: &str) -> Inflow {
        self.inflows.get(pool).cloned().unwrap_or_default()
    }

    /// The rules of today, as the transactions left them, must be those that queries answer; likewise
    /// those that wait, and the products.
    pub fn check(
        &self,
        trade: &merchant::ConfigResponse,
        mining: &mining::ConfigResponse,
        products: &[mining::Product],
        (names, now): (&Names, Timestamp),
        tally: &mut Tally,
    ) -> Result<(), Difference> {
        let today = names.clock().day(now);
        rules("merchant", &self.trade, &trade.params, &trade.planned, today)?;
        rules("mining", &self.mining, &mining.params, &mining.planned, today)?;
        let answered: BTreeMap<u32, u64> = products.iter().map(|p| (p.id, p.factor_e9)).collect();
        for (product, factors) in &self.products {
            let actual = answered.get(product).copied().unwrap_or(0);
            let what = || format!("factor of streaming product {product}, by the transactions");
            same(what, *factors.at(today), actual)?;
        }
        let unknown = answered.keys().find(|product| !self.products.contains_key(product));
        let told = unknown.map_or("none".to_owned(), |product| format!("product {product}"));
        same(
            || "streaming products without a transaction".into(),
            "none".to_owned(),
            told,
        )?;
        for (name, changes) in [("merchant", self.trade.changes()), ("mining", self.mining.changes())] {
            tally.note(if changes {
                format!(
                    "rules of {name} changed: those of earlier days are taken from the transactions that changed them"
                )
            } else {
                format!("rules of {name}: as its config answers, unchanged since day 1")
            });
        }
        let changed = self.products.values().filter(|factors| factors.turns() > 1).count();
        if changed > 0 {
            tally.note(format!(
                "factors of {changed} streaming products changed: those of earlier days are taken from the transactions"
            ));
        }
        Ok(())
    }
}

fn rules<T: Clone + PartialEq + std::fmt::Debug>(
    contract: &str,
    timeline: &Timeline<T>,
    today: &T,
    planned: &Option<(Day, T)>,
    day: Day,
) -> Result<(), Difference> {
    let what = |which: &str| format!("{which} of {contract}, by the transactions");
    same(
        || what("rules of today"),
        format!("{:?}", timeline.at(day)),
        format!("{today:?}"),
    )?;
    let next = timeline.next_after(day).cloned();
    same(|| what("rules that wait"), format!("{next:?}"), format!("{planned:?}"))
}

/// The first day that was not closed when the transaction came.
fn first_open(tx: &Tx, clock: &Clock) -> Day {
    clock.last_closed(time(tx)).saturating_add(1)
}

fn time(tx: &Tx) -> Timestamp {
    Timestamp::from_nanos(tx.time)
}

/// When an amount came, and how much.
fn amount(tx: &Tx, event: &TxEvent) -> Result<(u64, u128)> {
    Ok((time(tx).seconds(), number(event, "amount")?))
}

fn number<T: std::str::FromStr>(event: &TxEvent, attribute: &str) -> Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = event.get(attribute).unwrap_or_default();
    text.parse()
        .with_context(|| format!("event {}: {attribute} {text:?}", event.kind))
}
