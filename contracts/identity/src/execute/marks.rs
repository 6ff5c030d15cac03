//! Marks, their end, and appeals against them.

use super::{hash32, subject, Call};
use crate::error::within;
use crate::events::Event;
use crate::state::{self, Docket, Lasting, Mark, Member, DOCKETS, HOLDERS, MARKS, MEMBERS, UNTIL_LIFTED};
use crate::ContractError;
use cosmwasm_std::{Binary, DepsMut, Response, Storage};
use vrs_access::ACCESS;
use vrs_interface::identity::{AppealState, MemberId, Penalty, MAX_LEVEL, MAX_LIVE_MARKS, MAX_REASON};
use vrs_message::bounds::text;

/// The latest second that a mark can name as its end; the same bound as a clock's start.
const LATEST_END: u64 = 1 << 40;

/// Marks a member from this block on.
pub fn mark(
    deps: DepsMut,
    call: &Call,
    member: MemberId,
    severity: u8,
    reason: String,
    until: Option<u64>,
    penalty: Penalty,
) -> Result<Response, ContractError> {
    let record = state::member(deps.storage, member)?;
    within("severity", severity.into(), 1, 5)?;
    text("reason", &reason, 1, MAX_REASON)?;
    if let Some(until) = until {
        within("until", until, call.at.second.saturating_add(1), LATEST_END)?;
    }
    match penalty {
        Penalty::LowerRank { by } => within("lower_rank", by.into(), 1, 100)?,
        Penalty::LowerLevel { by } => within("lower_level", by.into(), 1, MAX_LEVEL.into())?,
        Penalty::None {} | Penalty::TradeLimit { .. } | Penalty::Removal {} => {}
    }

    let mut docket = DOCKETS.may_load(deps.storage, &member)?.unwrap_or_default();
    drop_ended(&mut docket, call.at.second);
    if docket.lasting.len() >= MAX_LIVE_MARKS {
        return Err(ContractError::TooManyMarks {
            member,
            max: MAX_LIVE_MARKS,
            actual: docket.lasting.len(),
        });
    }
    // 2^32 marks on one member cannot be paid for.
    docket.latest = docket.latest.saturating_add(1);
    let number = docket.latest;
    let end = until.unwrap_or(UNTIL_LIFTED);
    docket.lasting.push(Lasting {
        mark: number,
        until: end,
        penalty: penalty.clone(),
    });
    save_docket(deps.storage, member, record, &docket)?;
    let stored = Mark {
        severity,
        reason: reason.clone(),
        from: call.at.second,
        until: end,
        penalty: penalty.clone(),
        by: call.canonical.to_vec(),
        appeal: AppealState::None,
        statement: None,
    };
    MARKS.save(deps.storage, &(member, number), &stored)?;
    Ok(Event::Marked {
        member,
        mark: number,
        severity,
        reason,
        until,
        penalty,
        by: call.sender.clone(),
    }
    .into())
}

/// Ends a mark that lasts. An appeal that waits is granted by it: its maker got what they asked for.
pub fn lift(deps: DepsMut, call: &Call, member: MemberId, number: u32) -> Result<Response, ContractError> {
    let mut mark = load(deps.storage, member, number)?;
    not_own_case(&deps, call, member)?;
    lasts(&mark, member, number, call)?;
    if mark.appeal == AppealState::Open {
        mark.appeal = AppealState::Granted;
    }
    end(deps.storage, call, member, number, &mut mark)?;
    Ok(Event::MarkLifted {
        member,
        mark: number,
        by: call.sender.clone(),
    }
    .into())
}

/// Appeals against a mark that lasts on the sender's member, once.
pub fn appeal(deps: DepsMut, call: &Call, number: u32, statement: &Binary) -> Result<Response, ContractError> {
    let (member, _) = subject(deps.as_ref(), call)?;
    let mut mark = load(deps.storage, member, number)?;
    let statement = hash32("statement", statement)?;
    appeal_is(&mark, member, number, AppealState::None)?;
    lasts(&mark, member, number, call)?;
    mark.appeal = AppealState::Open;
    mark.statement = Some(statement);
    MARKS.save(deps.storage, &(member, number), &mark)?;
    Ok(Event::Appealed {
        member,
        mark: number,
        statement,
    }
    .into())
}

/// Decides an open appeal. Not upheld, the mark ends now, unless it has ended by itself meanwhile.
pub fn resolve(
    deps: DepsMut,
    call: &Call,
    member: MemberId,
    number: u32,
    uphold: bool,
) -> Result<Response, ContractError> {
    let mut mark = load(deps.storage, member, number)?;
    not_own_case(&deps, call, member)?;
    if mark.by == call.canonical.as_slice() && !ACCESS.is_owner(deps.storage, &call.sender)? {
        return Err(ContractError::OwnMark {
            arbiter: call.sender.clone(),
            mark: number,
        });
    }
    appeal_is(&mark, member, number, AppealState::Open)?;
    if uphold {
        mark.appeal = AppealState::Upheld;
        MARKS.save(deps.storage, &(member, number), &mark)?;
    } else {
        mark.appeal = AppealState::Granted;
        end(deps.storage, call, member, number, &mut mark)?;
    }
    Ok(Event::AppealResolved {
        member,
        mark: number,
        upheld: uphold,
        by: call.sender.clone(),
    }
    .into())
}

fn load(storage: &dyn Storage, member: MemberId, mark: u32) -> Result<Mark, ContractError> {
    MARKS
        .may_load(storage, &(member, mark))?
        .ok_or(ContractError::UnknownMark { member, mark })
}

fn lasts(mark: &Mark, member: MemberId, number: u32, call: &Call) -> Result<(), ContractError> {
    if mark.until <= call.at.second {
        return Err(ContractError::MarkEnded {
            member,
            mark: number,
            until: mark.until,
            now: call.at.second,
        });
    }
    Ok(())
}

fn appeal_is(mark: &Mark, member: MemberId, number: u32, expected: AppealState) -> Result<(), ContractError> {
    if mark.appeal != expected {
        return Err(ContractError::WrongAppeal {
            member,
            mark: number,
            expected,
            actual: mark.appeal,
        });
    }
    Ok(())
}

/// Refuses an arbiter one of whose addresses belongs to the member; the owner decides in any case.
fn not_own_case(deps: &DepsMut, call: &Call, member: MemberId) -> Result<(), ContractError> {
    let own = HOLDERS.may_load(deps.storage, &call.canonical.clone().into())?;
    if own == Some(member) && !ACCESS.is_owner(deps.storage, &call.sender)? {
        return Err(ContractError::OwnCase {
            arbiter: call.sender.clone(),
            member,
        });
    }
    Ok(())
}

/// Writes the mark with its end set to now, unless it has ended, and strikes it from the docket.
fn end(
    storage: &mut dyn Storage,
    call: &Call,
    member: MemberId,
    number: u32,
    mark: &mut Mark,
) -> Result<(), ContractError> {
    mark.until = mark.until.min(call.at.second);
    MARKS.save(storage, &(member, number), mark)?;
    let mut docket = DOCKETS.load(storage, &member)?;
    docket.lasting.retain(|lasting| lasting.mark != number);
    drop_ended(&mut docket, call.at.second);
    let record = state::member(storage, member)?;
    save_docket(storage, member, record, &docket)
}

fn drop_ended(docket: &mut Docket, now: u64) {
    docket.lasting.retain(|lasting| lasting.until > now);
}

/// Writes the docket, and into the member's short record when its last mark ends.
fn save_docket(
    storage: &mut dyn Storage,
    member: MemberId,
    mut record: Member,
    docket: &Docket,
) -> Result<(), ContractError> {
    DOCKETS.save(storage, &member, docket)?;
    let marked_until = docket.lasting.iter().map(|lasting| lasting.until).max().unwrap_or(0);
    if record.marked_until != marked_until {
        record.marked_until = marked_until;
        MEMBERS.save(storage, &member, &record)?;
    }
    Ok(())
}
