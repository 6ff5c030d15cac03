//! What others see of a member at a moment: their record, with the marks that last applied.

use crate::state::{Lasting, Member, DOCKETS, MEMBERS};
use cosmwasm_std::{StdResult, Storage};
use vrs_days::Day;
use vrs_interface::identity::{MemberId, Penalty, Standing};

/// A moment: the programme's day and the Unix second.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The day that runs; 0 before the programme.
    pub today: Day,
    /// Unix second of the block.
    pub second: u64,
}

/// What nobody's number answers.
pub const NOBODY: Standing = Standing {
    kind: None,
    verified: false,
    removed: false,
    level: 0,
    trade_limit: None,
};

/// A member's standing and how far penalties lower their search rank.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The standing.
    pub standing: Standing,
    /// Places, at most 255.
    pub rank_penalty: u8,
}

/// The standing of `member` at `at`. Reads one record; two where a mark lasts.
pub fn standing(storage: &dyn Storage, at: Moment, member: MemberId) -> StdResult<Standing> {
    match MEMBERS.may_load(storage, &member)? {
        None => Ok(NOBODY),
        Some(record) => Ok(see(storage, at, member, &record)?.standing),
    }
}

/// As [`standing`], with the record at hand.
pub fn see(storage: &dyn Storage, at: Moment, member: MemberId, record: &Member) -> StdResult<Seen> {
    if record.marked_until <= at.second {
        return Ok(evaluate(record, &[], at));
    }
    let docket = DOCKETS.load(storage, &member)?;
    Ok(evaluate(record, &docket.lasting, at))
}

/// Applies the marks that last at `at`. The lowest trade limit counts; lowered levels and ranks add
/// up, down to 0 and up to 255; one removal removes.
///
/// Worked example: level 50, one mark lowers by 20, one by 40, both last: 0. The second ends: 30.
fn evaluate(record: &Member, marks: &[Lasting], at: Moment) -> Seen {
    let mut seen = Seen {
        standing: Standing {
            kind: Some(record.kind),
            verified: record.verified_until != 0 && record.verified_until >= at.today,
            removed: false,
            level: record.level,
            trade_limit: None,
        },
        rank_penalty: 0,
    };
    for mark in marks.iter().filter(|mark| mark.until > at.second) {
        let standing = &mut seen.standing;
        match mark.penalty {
            Penalty::None {} => {}
            Penalty::LowerRank { by } => seen.rank_penalty = seen.rank_penalty.saturating_add(by),
            Penalty::LowerLevel { by } => standing.level = standing.level.saturating_sub(by),
            Penalty::TradeLimit { max } => {
                standing.trade_limit = Some(standing.trade_limit.map_or(max, |limit| limit.min(max)));
            }
            Penalty::Removal {} => standing.removed = true,
        }
    }
    seen
}
