//! Payments of final days. State first, messages after.

use crate::costs::distinct;
use crate::events::Event;
use crate::outside::{answered, Addresses};
use crate::rules::{count, within};
use crate::side::SideExt;
use crate::state::{Setup, CUSTOMERS, MERCHANTS, POOLS};
use crate::ContractError;
use cosmwasm_std::{to_json_binary, Addr, CosmosMsg, QuerierWrapper, Storage, Timestamp, Uint128, WasmMsg};
use cw20::Cw20ExecuteMsg;
use vrs_interface::identity::{self, MemberId};
use vrs_interface::merchant::Side;
use vrs_interface::points;
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

/// What a claim pays out of its side's pool, base units.
pub fn amount_of(claimed: &Claimed, side: Side) -> u128 {
    let of_pool = claimed.amounts.iter().filter(|(pool, _)| *pool == side.pool());
    of_pool.fold(0, |sum, (_, amount)| u128::saturating_add(sum, *amount))
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
        let amount = amount_of(&claimed, side);
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

/// Bzky is sent, one message a merchant; Time is minted, one message for all.
fn pay(addresses: &Addresses, side: Side, payments: Vec<(Addr, Uint128)>) -> Result<Vec<CosmosMsg>, ContractError> {
    if payments.is_empty() {
        return Ok(vec![]);
    }
    match side {
        Side::Merchants => {
            let mut messages = Vec::with_capacity(payments.len());
            for (to, amount) in payments {
                let transfer = Cw20ExecuteMsg::Transfer {
                    recipient: to.into(),
                    amount,
                };
                let send = WasmMsg::Execute {
                    contract_addr: addresses.bzky.to_string(),
                    msg: to_json_binary(&transfer)?,
                    funds: vec![],
                };
                messages.push(send.into());
            }
            Ok(messages)
        }
        Side::Customers => {
            let time = points::Client {
                points: &addresses.time,
            };
            let mints = payments
                .into_iter()
                .map(|(to, amount)| points::Mint { to, amount })
                .collect();
            Ok(vec![time.mint(mints)?])
        }
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
