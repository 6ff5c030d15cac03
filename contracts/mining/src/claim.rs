//! Payments of final days. State first, messages after.

use crate::error::{count, distinct, within};
use crate::events::{Event, Told};
use crate::state::{Core, HP, MONEY, POOLS, PROGRAMME, VRS};
use crate::ContractError;
use cosmwasm_std::{Addr, QuerierWrapper, Storage, Timestamp};
use vrs_interface::identity::{self, MemberId};
use vrs_interface::{points, token};
use vrs_settlement::Claimed;

/// Members that one `claim_for` pays.
pub const MAX_MEMBERS: u64 = 100;

/// Pays the sender's member.
pub fn own(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    core: &Core,
    now: Timestamp,
    sender: &Addr,
) -> Result<Told, ContractError> {
    let member = identity(core, querier).member_of(sender)?.member;
    let member = member.ok_or_else(|| ContractError::NotAMember {
        account: sender.clone(),
    })?;
    for_members(storage, querier, core, now, vec![member])
}

/// Pays members what is final. Who is owed nothing is passed over without an error.
pub fn for_members(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    core: &Core,
    now: Timestamp,
    members: Vec<MemberId>,
) -> Result<Told, ContractError> {
    within("members", count(&members), 1, MAX_MEMBERS)?;
    distinct("member", members.iter().copied())?;
    let claimed = PROGRAMME.claim_many(storage, &POOLS, &core.clock, now, &members)?;
    let paid = members.into_iter().zip(claimed);
    let owed: Vec<(MemberId, Claimed)> = paid.filter(|(_, claimed)| !claimed.amounts.is_empty()).collect();
    let payouts = identity(core, querier).payouts(owed.iter().map(|(member, _)| *member).collect())?;
    if payouts.len() != owed.len() {
        return Err(ContractError::WrongAnswer {
            contract: "identity",
            expected: owed.len(),
            actual: payouts.len(),
        });
    }
    if owed.is_empty() {
        return Ok(Told::default());
    }
    let money = MONEY.load(storage)?;
    let (mut told, mut of_hp, mut of_vrs) = (Told::default(), vec![], vec![]);
    for ((member, claimed), payout) in owed.into_iter().zip(payouts) {
        let to = payout.ok_or(ContractError::NoPayout { member })?;
        let (hp, vrs) = (claimed.of_pool(HP), claimed.of_pool(VRS));
        if hp > 0 {
            of_hp.push((to.clone(), hp.into()));
        }
        if vrs > 0 {
            of_vrs.push((to.clone(), vrs.into()));
        }
        told.events.push(Event::Claimed {
            member,
            to,
            hp,
            vrs,
            days: claimed.days,
            through: claimed.through,
            more: claimed.more,
        });
    }
    told.messages.extend(points::Client { points: &money.hp }.pay(of_hp)?);
    told.messages.extend(token::pay(&money.vrs, of_vrs)?);
    Ok(told)
}

fn identity<'a>(core: &'a Core, querier: QuerierWrapper<'a>) -> identity::Client<'a> {
    identity::Client {
        identity: &core.identity,
        querier,
    }
}
