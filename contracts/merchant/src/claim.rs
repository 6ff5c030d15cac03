//! Payments of final days. State first, messages after.

use crate::costs::distinct;
use crate::events::Event;
use crate::outside::{answered, Addresses};
use crate::rules::{count, within};
use crate::side::SideExt;
use crate::state::{Setup, CUSTOMERS, MERCHANTS, POOLS};
use crate::ContractError;
use cosmwasm_std::{Addr, CosmosMsg, QuerierWrapper, StdResult, Storage, Timestamp, Uint128};
use vrs_interface::identity::{self, MemberId};
use vrs_interface::merchant::Side;
use vrs_interface::{points, token};
use vrs_settlement::{Claimed, SettlementError};

/// Members that one `claim_for` pays.
pub const MAX_MEMBERS: u64 = 100;

/// Marks what is final as paid.
pub fn settle(
    storage: &mut dyn Storage,
    setup: &Setup,
    now: Timestamp,
    side: Side,
    member: MemberId,
) -> Result<Claimed, SettlementError> {
    match side {
        Side::Merchants => MERCHANTS.claim(storage, &POOLS, &setup.clock, now, member),
        Side::Customers => CUSTOMERS.claim(storage, &POOLS, &setup.clock, now, member),
    }
}

/// Pays members what is final. Who is owed nothing is passed over without an error.
pub fn claim_for(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    addresses: &Addresses,
    setup: &Setup,
    now: Timestamp,
    side: Side,
    members: Vec<MemberId>,
) -> Result<(Vec<Event>, Vec<CosmosMsg>), ContractError> {
    within("members", count(&members), 1, MAX_MEMBERS)?;
    distinct("member", members.iter().copied())?;
    let mut events = vec![];
    let mut owed: Vec<(MemberId, u128)> = vec![];
    for member in members {
        let claimed = settle(storage, setup, now, side, member)?;
        let amount = claimed.of_pool(side.pool());
        if amount > 0 {
            owed.push((member, amount));
            events.push(Event::Claimed {
                side,
                member,
                amount,
                through: claimed.through,
            });
        }
    }
    let payouts = identity::Client {
        identity: &addresses.identity,
        querier,
    }
    .payouts(owed.iter().map(|(member, _)| *member).collect())?;
    answered("identity", owed.len(), payouts.len())?;
    let mut payments = vec![];
    for ((member, amount), payout) in owed.into_iter().zip(payouts) {
        let amount = Uint128::new(amount);
        let to = payout.ok_or(ContractError::NoPayout { member, amount })?;
        payments.push((to, amount));
    }
    Ok((events, pay(addresses, side, payments)?))
}

/// Bzky is sent, Time is minted, each in one message for all.
fn pay(addresses: &Addresses, side: Side, payments: Vec<(Addr, Uint128)>) -> StdResult<Vec<CosmosMsg>> {
    let time = points::Client {
        points: &addresses.time,
    };
    match side {
        Side::Merchants => token::pay(&addresses.bzky, payments),
        Side::Customers => time.pay(payments),
    }
}

/// Pays the sender's member as merchant and as customer.
pub fn claim(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    addresses: &Addresses,
    setup: &Setup,
    now: Timestamp,
    sender: &Addr,
) -> Result<(Vec<Event>, Vec<CosmosMsg>), ContractError> {
    let client = identity::Client {
        identity: &addresses.identity,
        querier,
    };
    let member = client.member_of(sender)?.member.ok_or(ContractError::NotAMember {
        account: sender.clone(),
    })?;
    let (mut events, mut messages) = (vec![], vec![]);
    for side in [Side::Merchants, Side::Customers] {
        let (told, paid) = claim_for(storage, querier, addresses, setup, now, side, vec![member])?;
        events.extend(told);
        messages.extend(paid);
    }
    Ok((events, messages))
}
