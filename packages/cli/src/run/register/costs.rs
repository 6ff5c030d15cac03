//! What shops cost: one district for each rent, one trade for each wage, and every merchant's profile.

use super::{member_of, LINES};
use crate::chain::{AddressBook, Chain, Name, Party};
use crate::deploy::Accounts;
use crate::run::Plan;
use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::merchant::{ConfigResponse, ExecuteMsg, Profile, ProfileResponse, QueryMsg, Rate};

/// Numbers of the rates of one table, by their amount in minor units.
#[derive(Default)]
struct Numbers {
    by_amount: BTreeMap<u64, u32>,
    last: u32,
    new: Vec<Rate>,
}

impl Numbers {
    fn know(&mut self, id: u32, amount: Option<u64>) {
        self.last = self.last.max(id);
        if let Some(amount) = amount {
            self.by_amount.insert(amount, id);
        }
    }

    fn number(&mut self, amounts: BTreeSet<u64>) {
        for amount in amounts {
            if !self.by_amount.contains_key(&amount) {
                self.last += 1;
                self.by_amount.insert(amount, self.last);
                self.new.push(Rate { id: self.last, amount });
            }
        }
    }

    fn of(&self, amount: u64) -> u32 {
        self.by_amount.get(&amount).copied().unwrap_or_default()
    }
}

/// Sets what is not set yet. Profiles of merchants who are not `new` stand as they are unless the plan says
/// otherwise; a rate's number that one of them uses keeps its rate.
pub fn set(chain: &mut Chain, accounts: &Accounts, plan: &Plan, book: &AddressBook, new: &BTreeSet<u32>) -> Result<()> {
    let (mut districts, mut trades) = (Numbers::default(), Numbers::default());
    let mut profiles: BTreeMap<u32, Profile> = BTreeMap::new();
    let merchants = book.members().filter(|entry| entry.party == Party::Merchant);
    let older: Vec<u32> = merchants
        .map(|entry| entry.member)
        .filter(|member| !new.contains(member))
        .collect();
    if !older.is_empty() {
        let tomorrow = tomorrow(chain)?;
        for merchant in older {
            let msg = QueryMsg::Profile {
                merchant,
                day: Some(tomorrow),
            };
            let answer: ProfileResponse = chain.query(Name::Merchant, &msg)?;
            if let Some(profile) = answer.profile {
                districts.know(profile.district, answer.rent.map(|rent| rent.u64()));
                trades.know(profile.trade, answer.wage.map(|wage| wage.u64()));
                profiles.insert(merchant, profile);
            }
        }
    }
    districts.number(plan.merchants.values().map(|profile| profile.rent).collect());
    trades.number(plan.merchants.values().map(|profile| profile.wage).collect());
    let operator = &accounts.operator;
    for rates in districts.new.chunks(LINES) {
        let rates = rates.to_vec();
        chain.submit(operator, Name::Merchant, &ExecuteMsg::SetDistricts { rates })?;
    }
    for rates in trades.new.chunks(LINES) {
        let rates = rates.to_vec();
        chain.submit(operator, Name::Merchant, &ExecuteMsg::SetTrades { rates })?;
    }
    let mut wanted = vec![];
    for (id, profile) in &plan.merchants {
        let merchant = member_of(book, Party::Merchant, *id)?;
        let profile = Profile {
            merchant,
            area: profile.area,
            staff: profile.staff,
            district: districts.of(profile.rent),
            trade: trades.of(profile.wage),
        };
        if profiles.get(&merchant) != Some(&profile) {
            wanted.push(profile);
        }
    }
    for profiles in wanted.chunks(LINES) {
        let profiles = profiles.to_vec();
        chain.submit(operator, Name::Merchant, &ExecuteMsg::SetProfiles { profiles })?;
    }
    Ok(())
}

fn tomorrow(chain: &Chain) -> Result<Day> {
    let config: ConfigResponse = chain.query(Name::Merchant, &QueryMsg::Config {}).context("clock")?;
    let now = cosmwasm_std::Timestamp::from_nanos(chain.block()?.time);
    Ok(config.clock.day(now).saturating_add(1))
}
