use super::Desk;
use crate::costs::Costs;
use crate::outside::answered;
use crate::records::MerchantShare;
use crate::weights::{newest, starting_sums};
use crate::ContractError;
use cosmwasm_std::{QuerierWrapper, Storage, Uint128};
use std::collections::BTreeMap;
use vrs_days::Day;
use vrs_interface::identity::{self, MemberId};
use vrs_interface::token;

/// Merchants' days that this message touches: what they hold before it, or begin with. They are stored
/// with their first order.
#[derive(Default)]
pub struct Openings {
    /// Days looked at.
    days: BTreeMap<(MemberId, Day), Look>,
}

enum Look {
    /// It has this record.
    Recorded(Box<MerchantShare>),
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
        if let Some((_, share)) = newest.first().filter(|(d, _)| *d == day) {
            return Ok(Look::Recorded(Box::new(share.clone())));
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
    pub fn ask_holdings(&mut self, querier: QuerierWrapper, desk: &Desk) -> Result<(), ContractError> {
        let begin = |look: &Look| matches!(look, Look::Begins(_));
        let begun = self.days.iter().filter(|((_, day), look)| *day > 1 && begin(look));
        let keys: Vec<(MemberId, Day)> = begun.map(|(key, _)| *key).collect();
        let identity = identity::Client {
            identity: &desk.addresses.identity,
            querier,
        };
        let payouts = identity.payouts(keys.iter().map(|(merchant, _)| *merchant).collect())?;
        answered("identity", keys.len(), payouts.len())?;
        let (mut held, mut asked) = (vec![], vec![]);
        for (key, payout) in keys.into_iter().zip(payouts) {
            if let Some(payout) = payout {
                held.push(key);
                asked.push((payout, key.1.saturating_sub(1)));
            }
        }
        let token = token::Client {
            token: &desk.addresses.bzky,
            querier,
        };
        let lowest = token.lowest_on_many(asked)?;
        answered("token", held.len(), lowest.len())?;
        for (key, lowest) in held.iter().zip(lowest) {
            self.hold(key, lowest);
        }
        Ok(())
    }

    fn hold(&mut self, key: &(MemberId, Day), lowest: Uint128) {
        if let Some(Look::Begins(share)) = self.days.get_mut(key) {
            share.holding = lowest.u128();
        }
    }

    /// What a merchant's day holds before this message, and whether it begins with that.
    pub fn of(&self, merchant: MemberId, day: Day) -> Option<(&MerchantShare, bool)> {
        match self.days.get(&(merchant, day))? {
            Look::Recorded(share) => Some((share, false)),
            Look::Begins(share) => Some((share, true)),
            Look::WithoutProfile => None,
        }
    }
}
