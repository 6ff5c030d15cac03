use crate::close::{self, budget_of};
use crate::outside::Addresses;
use crate::rules::WHOLE_BPS;
use crate::side::{merchant_track, SideExt, SPENDING};
use crate::state::{Setup, CUSTOMERS, MERCHANTS, SETUP};
use crate::ContractError;
use cosmwasm_std::{Deps, Env, StdResult, Timestamp, Uint128};
use std::collections::BTreeMap;
use vrs_days::{Day, Stage};
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{Side, TradeDayResponse};
use vrs_interface::settlement::{DayResponse, Tranche};
use vrs_settlement::{Overlay, Programme, Share, Totals};

/// The state as a query sees it.
pub struct View<'a> {
    /// Configuration and rules.
    pub setup: Setup,
    /// The other contracts.
    pub addresses: Addresses,
    /// Block time.
    pub now: Timestamp,
    /// With days closed that are not closed in storage.
    pub storage: Overlay<'a>,
}

impl<'a> View<'a> {
    /// Every day closed that time has closed.
    pub fn settled(deps: Deps<'a>, env: &Env) -> Result<Self, ContractError> {
        View::closed(deps, env, false)
    }

    /// Days that still take reports closed as well, as if time closed them now.
    pub fn forecast(deps: Deps<'a>, env: &Env) -> Result<Self, ContractError> {
        View::closed(deps, env, true)
    }

    fn closed(deps: Deps<'a>, env: &Env, open_days_too: bool) -> Result<Self, ContractError> {
        let setup = SETUP.load(deps.storage)?;
        let addresses = setup.addresses(deps.api)?;
        let now = env.block.time;
        let last = if open_days_too {
            setup.clock.day(now)
        } else {
            setup.clock.last_closed(now)
        };
        let mut storage = Overlay::new(deps.storage);
        close::close_through(&mut storage, &setup, last)?;
        Ok(View {
            setup,
            addresses,
            now,
            storage,
        })
    }

    fn totals<S: Share>(&self, programme: &Programme<S>, day: Day) -> StdResult<Totals> {
        Ok(programme.days.may_load(&self.storage, &day)?.unwrap_or_default())
    }

    fn programme_day(&self, side: Side, day: Day, totals: &Totals) -> Result<DayResponse, ContractError> {
        let stage = self.setup.clock.stage(day, self.now);
        let closed = matches!(stage, Stage::Provisional | Stage::Final);
        let divided = |sum: u32, bps: u16| sum.saturating_add(bps.into());
        let live = totals.tranches.iter().map(|tranche| tranche.share_bps).fold(0, divided);
        let live = u16::try_from(live).unwrap_or(WHOLE_BPS).min(WHOLE_BPS);
        let mut reserved = vec![];
        if closed && !totals.tranches.is_empty() {
            let idle = WHOLE_BPS.saturating_sub(live);
            let amount = vrs_scoring::reserve(budget_of(totals), &[(live, 1), (idle, 0)])?;
            reserved.push((side.pool_name().to_string(), Uint128::new(amount)));
        }
        let tranches = totals.tranches.iter().map(|tranche| Tranche {
            track: track_name(side, tranche.track).into(),
            pool: side.pool_name().into(),
            budget: tranche.budget.into(),
            share_bps: tranche.share_bps,
            total: totals.sum(tranche.track).into(),
            cap: tranche.cap.map(Uint128::new),
        });
        Ok(DayResponse {
            day,
            stage,
            participants: totals.participants,
            tranches: tranches.collect(),
            reserved,
        })
    }

    /// A day's sums and how its budgets are divided.
    pub fn trade_day(&self, day: Day) -> Result<TradeDayResponse, ContractError> {
        let merchants = self.totals(&MERCHANTS, day)?;
        let customers = self.totals(&CUSTOMERS, day)?;
        let orders = u64::try_from(merchants.sum(merchant_track::ORDERS));
        Ok(TradeDayResponse {
            day,
            merchants: merchants.participants,
            customers: customers.participants,
            orders: orders.map_err(|_| ContractError::Overflow("orders"))?,
            spending: customers.sum(SPENDING).into(),
            bizpower: merchants.sum(merchant_track::BIZPOWER).into(),
            holding: merchants.sum(merchant_track::HOLDING).into(),
            budget_merchants: budget_of(&merchants).into(),
            budget_customers: budget_of(&customers).into(),
            merchant_programme: self.programme_day(Side::Merchants, day, &merchants)?,
            customer_programme: self.programme_day(Side::Customers, day, &customers)?,
        })
    }
}

fn track_name(side: Side, track: u8) -> &'static str {
    match (side, track) {
        (Side::Customers, _) => "spending",
        (Side::Merchants, merchant_track::HOLDING) => "holding",
        (Side::Merchants, _) => "bizpower",
    }
}

/// Rewards and claims of many shares; each day's sums and each account's cursor are read once.
pub struct Rewards<'a, S: 'static> {
    view: &'a View<'a>,
    programme: &'static Programme<S>,
    days: BTreeMap<Day, Totals>,
    claimed: BTreeMap<MemberId, Day>,
}

impl<'a, S: Share> Rewards<'a, S> {
    /// Rewards as `view` sees them.
    pub fn new(view: &'a View<'a>, programme: &'static Programme<S>) -> Self {
        Rewards {
            view,
            programme,
            days: BTreeMap::new(),
            claimed: BTreeMap::new(),
        }
    }

    /// What the share is worth, base units, and whether it was claimed.
    pub fn of(&mut self, key: (MemberId, Day), share: &S) -> Result<(Uint128, bool), ContractError> {
        let (account, day) = key;
        if !self.days.contains_key(&day) {
            self.days.insert(day, self.view.totals(self.programme, day)?);
        }
        if !self.claimed.contains_key(&account) {
            let through = self.programme.claimed_through(&self.view.storage, account)?;
            self.claimed.insert(account, through);
        }
        let amounts = match self.days.get(&day) {
            Some(totals) => self.programme.reward(share, totals)?,
            None => vec![],
        };
        let amount = amounts
            .iter()
            .fold(0u128, |sum, (_, amount)| sum.saturating_add(*amount));
        let claimed = self.claimed.get(&account).is_some_and(|through| day <= *through);
        Ok((amount.into(), claimed))
    }
}
