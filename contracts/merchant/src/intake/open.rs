use super::Desk;
use crate::costs::Costs;
use crate::outside::answered;
use crate::records::MerchantShare;
use crate::weights::{newest, starting_sums};
use crate::ContractError;
use cosmwasm_std::{Addr, QuerierWrapper, Storage, Uint128};
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;
use vrs_interface::identity::{self, MemberId};
use vrs_interface::token;

/// Merchants' days that this message touches first: what they begin with. They are stored with their
/// first order.
#[derive(Default)]
pub struct Openings {
    /// Days looked at. None: recorded, or without a profile.
    days: BTreeMap<(MemberId, Day), Look>,
}

enum Look {
    /// It has a record.
    Recorded,
    /// Nobody attested the merchant's costs.
    WithoutProfile,
    /// It begins with this.
    Begins(Box<MerchantShare>),
}

impl Openings {
    /// Looks at a merchant's day; false where nobody attested the merchant's costs.
    pub fn look(
        &mut self,
        storage: &dyn Storage,
        desk: &Desk,
        merchant: MemberId,
        day: Day,
    ) -> Result<bool, ContractError> {
        if let Some(look) = self.days.get(&(merchant, day)) {
            return Ok(!matches!(look, Look::WithoutProfile));
        }
        let look = Self::opening(storage, desk, merchant, day)?;
        let usable = !matches!(look, Look::WithoutProfile);
        self.days.insert((merchant, day), look);
        Ok(usable)
    }

    fn opening(storage: &dyn Storage, desk: &Desk, merchant: MemberId, day: Day) -> Result<Look, ContractError> {
        let newest = newest(storage, merchant, day)?;
        if newest.first().is_some_and(|(d, _)| *d == day) {
            return Ok(Look::Recorded);
        }
        let Some(cost) = Costs::load(storage, merchant, day)?.total() else {
            return Ok(Look::WithoutProfile);
        };
        let weight_days = desk.setup.rules(day)?.weight_days;
        let (before, window) = starting_sums(storage, merchant, day, weight_days, &newest)?;
        Ok(Look::Begins(Box::new(MerchantShare {
            cost,
            before,
            window,
            ..MerchantShare::default()
        })))
    }

    /// Asks what the merchants whose day begins held through all of the day before, at the address
    /// where they are paid. Before day 1 all hold nothing.
    pub fn ask_holdings(
        &mut self,
        querier: QuerierWrapper,
        desk: &Desk,
        begun: impl Iterator<Item = (MemberId, Day)>,
    ) -> Result<(), ContractError> {
        let begins = |key: &(MemberId, Day)| matches!(self.days.get(key), Some(Look::Begins(_)));
        let keys: BTreeSet<(MemberId, Day)> = begun.filter(|key| key.1 > 1 && begins(key)).collect();
        let merchants: BTreeSet<MemberId> = keys.iter().map(|(merchant, _)| *merchant).collect();
        let payouts = ask_payouts(querier, desk, merchants)?;
        let mut asked = vec![];
        for (merchant, day) in keys {
            if let Some(payout) = payouts.get(&merchant) {
                asked.push(((merchant, day), (payout.clone(), day.saturating_sub(1))));
            }
        }
        let token = token::Client {
            token: &desk.addresses.bzky,
            querier,
        };
        let lowest = token.lowest_on_many(asked.iter().map(|(_, of)| of.clone()).collect())?;
        answered("token", asked.len(), lowest.len())?;
        for ((key, _), lowest) in asked.iter().zip(lowest) {
            self.hold(key, lowest);
        }
        Ok(())
    }

    fn hold(&mut self, key: &(MemberId, Day), lowest: Uint128) {
        if let Some(Look::Begins(share)) = self.days.get_mut(key) {
            share.holding = lowest.u128();
        }
    }

    /// What a merchant's day begins with, once: from then on it has a record.
    pub fn peek(&self, merchant: MemberId, day: Day) -> Option<&MerchantShare> {
        match self.days.get(&(merchant, day)) {
            Some(Look::Begins(share)) => Some(share),
            _ => None,
        }
    }

    /// The day has a record now.
    pub fn recorded(&mut self, merchant: MemberId, day: Day) {
        self.days.insert((merchant, day), Look::Recorded);
    }
}

fn ask_payouts(
    querier: QuerierWrapper,
    desk: &Desk,
    merchants: BTreeSet<MemberId>,
) -> Result<BTreeMap<MemberId, Addr>, ContractError> {
    let client = identity::Client {
        identity: &desk.addresses.identity,
        querier,
    };
    let merchants: Vec<MemberId> = merchants.into_iter().collect();
    let found = client.payouts(merchants.clone())?;
    answered("identity", merchants.len(), found.len())?;
    let found = merchants.into_iter().zip(found);
    Ok(found
        .filter_map(|(merchant, payout)| Some((merchant, payout?)))
        .collect())
}
