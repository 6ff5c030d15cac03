//! What can be asked.

use crate::error::length_within;
use crate::execute::moment;
use crate::standing::{see, standing, Moment};
use crate::state::{
    self, Mark, Member, ADDRESSES, CLAIMS, CLOCK, COUNT, HOLDERS, MARKS, MEMBERS, PROPOSALS, UNTIL_LIFTED,
    UNTIL_REVOKED,
};
use crate::ContractError;
use cosmwasm_std::{Addr, Deps, Env, Order};
use vrs_access::valid_address;
use vrs_interface::identity::{
    ClaimInfo, ClaimsResponse, ConfigResponse, MarkInfo, MarksResponse, MemberId, MemberOfResponse, MemberResponse,
    MembersResponse, PayoutsResponse, StandingsResponse, Topic, MAX_PAYOUTS, MAX_STANDINGS,
};

/// Clock and number of members.
pub fn config(deps: Deps) -> Result<ConfigResponse, ContractError> {
    Ok(ConfigResponse {
        clock: CLOCK.load(deps.storage)?,
        members: COUNT.may_load(deps.storage)?.unwrap_or(0),
    })
}

/// Standings in the order asked.
pub fn standings(deps: Deps, env: &Env, members: &[MemberId]) -> Result<StandingsResponse, ContractError> {
    length_within("members", members.len(), 0, MAX_STANDINGS)?;
    let at = moment(deps.storage, env)?;
    let standings: Result<_, _> = members.iter().map(|id| standing(deps.storage, at, *id)).collect();
    Ok(StandingsResponse { standings: standings? })
}

/// Where members are paid, in the order asked.
pub fn payouts(deps: Deps, members: &[MemberId]) -> Result<PayoutsResponse, ContractError> {
    length_within("members", members.len(), 0, MAX_PAYOUTS)?;
    let payout = |id: &MemberId| -> Result<Option<Addr>, ContractError> {
        let Some(addresses) = ADDRESSES.may_load(deps.storage, id)? else {
            return Ok(None);
        };
        Ok(Some(humanize(deps, addresses.payout())?))
    };
    let payouts: Result<_, _> = members.iter().map(payout).collect();
    Ok(PayoutsResponse { payouts: payouts? })
}

/// The member to whom an address belongs, also one that they used earlier.
pub fn member_of(deps: Deps, env: &Env, address: &str) -> Result<MemberOfResponse, ContractError> {
    let address = valid_address(deps.api, address)?;
    let key = deps.api.addr_canonicalize(address.as_str())?.into();
    let member = HOLDERS.may_load(deps.storage, &key)?;
    let standing = member
        .map(|id| standing(deps.storage, moment(deps.storage, env)?, id).map_err(ContractError::from))
        .transpose()?;
    Ok(MemberOfResponse { member, standing })
}

/// One member.
pub fn member(deps: Deps, env: &Env, member: MemberId) -> Result<MemberResponse, ContractError> {
    let record = state::member(deps.storage, member)?;
    describe(deps, moment(deps.storage, env)?, member, &record)
}

/// A page of members.
pub fn members(
    deps: Deps,
    env: &Env,
    start_after: Option<MemberId>,
    limit: Option<u32>,
) -> Result<MembersResponse, ContractError> {
    let at = moment(deps.storage, env)?;
    let (records, more) = MEMBERS.page(deps.storage, start_after, limit)?;
    let members: Result<_, _> = records
        .iter()
        .map(|(id, record)| describe(deps, at, *id, record))
        .collect();
    Ok(MembersResponse {
        members: members?,
        more,
    })
}

fn describe(deps: Deps, at: Moment, member: MemberId, record: &Member) -> Result<MemberResponse, ContractError> {
    let addresses = ADDRESSES.load(deps.storage, &member)?;
    let proposed = PROPOSALS
        .may_load(deps.storage, &member)?
        .filter(|proposal| proposal.until >= at.today)
        .map(|proposal| humanize(deps, &proposal.address).map(|address| (proposal.role, address)))
        .transpose()?;
    let seen = see(deps.storage, at, member, record)?;
    Ok(MemberResponse {
        member,
        kind: record.kind,
        account: humanize(deps, &addresses.account)?,
        payout: humanize(deps, addresses.payout())?,
        proposed,
        level: record.level,
        rank_penalty: seen.rank_penalty,
        standing: seen.standing,
    })
}

/// A member's claims: at most one a topic.
pub fn claims(deps: Deps, env: &Env, member: MemberId) -> Result<ClaimsResponse, ContractError> {
    state::member(deps.storage, member)?;
    let at = moment(deps.storage, env)?;
    let mut claims = vec![];
    for topic in Topic::ALL {
        let Some(claim) = CLAIMS.may_load(deps.storage, &(member, topic as u8))? else {
            continue;
        };
        claims.push(ClaimInfo {
            topic,
            hash: claim.hash.into(),
            verifier: humanize(deps, &claim.verifier)?,
            since: claim.since,
            until: (claim.until != UNTIL_REVOKED).then_some(claim.until),
            live: claim.until >= at.today,
        });
    }
    Ok(ClaimsResponse { claims })
}

/// A page of a member's marks.
pub fn marks(
    deps: Deps,
    env: &Env,
    member: MemberId,
    start_after: Option<u32>,
    limit: Option<u32>,
) -> Result<MarksResponse, ContractError> {
    state::member(deps.storage, member)?;
    let now = env.block.time.seconds();
    let limit = vrs_table::page(limit);
    // Nothing lies behind the highest number.
    let Some(from) = start_after.unwrap_or(0).checked_add(1) else {
        return Ok(MarksResponse {
            marks: vec![],
            more: false,
        });
    };
    let mut entries = MARKS.range(
        deps.storage,
        Some((member, from)),
        Some((member, u32::MAX)),
        Order::Ascending,
    );
    let mut marks = vec![];
    for entry in entries.by_ref().take(limit) {
        let ((_, number), mark) = entry?;
        marks.push(mark_info(deps, now, number, mark)?);
    }
    let more = entries.next().is_some();
    Ok(MarksResponse { marks, more })
}

fn mark_info(deps: Deps, now: u64, number: u32, mark: Mark) -> Result<MarkInfo, ContractError> {
    Ok(MarkInfo {
        mark: number,
        severity: mark.severity,
        reason: mark.reason,
        from: mark.from,
        until: (mark.until != UNTIL_LIFTED).then_some(mark.until),
        penalty: mark.penalty,
        by: humanize(deps, &mark.by)?,
        appeal: mark.appeal,
        statement: mark.statement.map(Into::into),
        live: mark.until > now,
    })
}

fn humanize(deps: Deps, canonical: &[u8]) -> Result<Addr, ContractError> {
    Ok(deps.api.addr_humanize(&canonical.into())?)
}
