//! When a contract is paused, and for how long it has not been.

use crate::AccessError;
use cosmwasm_std::{StdResult, Storage, Timestamp};
use serde::{Deserialize, Serialize};
use vrs_table::Cell;

/// Prefix of the pause; a contract counts it among its own.
pub const PAUSED: u8 = 0x1f;
/// Prefix of past pauses; a contract counts it among its own. Claims never read it.
pub const PAST: u8 = 0x1d;

/// Past pauses that are kept apart; the two oldest are merged where there is one more.
const KEPT: usize = 8;
const DAY: u64 = 86_400;
/// A pause that ends by itself lasts no longer, seconds.
const LONGEST: u64 = 7 * DAY;
/// Between a brief guardian's last pause and the next one, seconds.
const REST: u64 = 14 * DAY;

/// A pause that runs, or has ended by itself and is not filed yet. Unix seconds.
///
/// The single byte 1, which older versions stored, reads as a pause since second 1 without an end.
#[derive(Serialize, Deserialize, Clone, Copy)]
pub(crate) struct Pause {
    since: u64,
    pub(crate) until: Option<u64>,
}

impl Pause {
    /// When it ended; now, where it runs.
    fn ended(&self, now: u64) -> u64 {
        self.until.map_or(now, |until| until.min(now))
    }

    fn lasted(&self, now: u64) -> u64 {
        self.ended(now).saturating_sub(self.since)
    }
}

/// Pauses that have ended.
#[derive(Serialize, Deserialize, Default)]
struct Past {
    /// When each ended and how many seconds it lasted, oldest first.
    pauses: Vec<(u64, u64)>,
    /// When the last pause of a brief guardian ended or will end; 0: there was none.
    brief: u64,
}

impl Past {
    /// Adds a pause. Two that are merged count as one of their sum that ended when the later did: seen from any
    /// moment it covers no less of the time since than the two.
    fn file(&mut self, ended: u64, lasted: u64) {
        self.brief = self.brief.min(ended);
        if lasted > 0 {
            self.pauses.push((ended, lasted));
        }
        if self.pauses.len() > KEPT {
            let (_, oldest) = self.pauses.remove(0);
            if let Some((_, lasted)) = self.pauses.first_mut() {
                *lasted = lasted.saturating_add(oldest);
            }
        }
    }
}

/// The pause and the past ones.
pub(crate) struct Pauses {
    paused: Cell<Pause>,
    past: Cell<Past>,
}

impl Pauses {
    pub(crate) const fn new() -> Self {
        Pauses {
            paused: Cell::new(PAUSED),
            past: Cell::new(PAST),
        }
    }

    /// The pause that runs.
    pub(crate) fn running(&self, storage: &dyn Storage, now: Timestamp) -> StdResult<Option<Pause>> {
        let pause = self.paused.may_load(storage)?;
        Ok(pause.filter(|pause| pause.until.is_none_or(|until| now.seconds() < until)))
    }

    /// Pauses without an end; a pause that runs goes on.
    pub(crate) fn begin(&self, storage: &mut dyn Storage, now: Timestamp) -> StdResult<()> {
        self.go_on(storage, now, None)
    }

    /// Pauses until a second. A pause that runs is made longer, never shorter; `brief`: by a brief guardian, who
    /// rests between two.
    pub(crate) fn begin_until(
        &self,
        storage: &mut dyn Storage,
        now: Timestamp,
        until: u64,
        brief: bool,
    ) -> Result<(), AccessError> {
        let seconds = now.seconds();
        let after = match self.running(storage, now)? {
            Some(Pause { until: None, .. }) => return Err(AccessError::Paused {}),
            Some(Pause { until: Some(end), .. }) => end,
            None => seconds,
        };
        let (min, max) = (after.saturating_add(1), seconds.saturating_add(LONGEST));
        if until < min || until > max {
            return Err(AccessError::PauseUntil {
                actual: until,
                min,
                max,
            });
        }
        let mut past = self.past.may_load(storage)?.unwrap_or_default();
        if brief {
            let earliest = past.brief.saturating_add(REST);
            if past.brief > 0 && seconds < earliest {
                return Err(AccessError::BriefPause {
                    ended: past.brief,
                    earliest,
                    now: seconds,
                });
            }
        }
        self.go_on(storage, now, Some(until))?;
        if brief {
            past = self.past.may_load(storage)?.unwrap_or_default();
            past.brief = until;
            self.past.save(storage, &past)?;
        }
        Ok(())
    }

    /// Ends the pause.
    pub(crate) fn end(&self, storage: &mut dyn Storage, now: Timestamp) -> StdResult<()> {
        if let Some(pause) = self.paused.may_load(storage)? {
            self.file(storage, pause, now.seconds())?;
            self.paused.remove(storage);
        }
        Ok(())
    }

    /// The latest moment since which the contract was not paused for `seconds`, pauses left out.
    ///
    /// Worked example: now is second 100, paused from 20 to 70 and from 80 to 90. Since 5 there were 15, 10 and 10
    /// seconds without a pause: 35 answers 5, and 20 answers 70.
    pub(crate) fn unpaused_since(&self, storage: &dyn Storage, now: Timestamp, seconds: u64) -> StdResult<Timestamp> {
        let now = now.seconds();
        let (mut at, mut left) = (now, seconds);
        let past = self.past.may_load(storage)?.unwrap_or_default().pauses;
        let last = self.paused.may_load(storage)?;
        let last = last.map(|pause| (pause.ended(now), pause.lasted(now)));
        for (ended, lasted) in last.into_iter().chain(past.into_iter().rev()) {
            let open = at.saturating_sub(ended);
            if open >= left {
                break;
            }
            left = left.saturating_sub(open);
            at = at.min(ended).saturating_sub(lasted);
        }
        Ok(Timestamp::from_seconds(at.saturating_sub(left)))
    }

    /// A pause that runs keeps its beginning, one that has ended is filed.
    fn go_on(&self, storage: &mut dyn Storage, now: Timestamp, until: Option<u64>) -> StdResult<()> {
        let running = self.running(storage, now)?;
        if running.is_none() {
            self.end(storage, now)?;
        }
        let since = running.map_or(now.seconds(), |pause| pause.since);
        self.paused.save(storage, &Pause { since, until })
    }

    fn file(&self, storage: &mut dyn Storage, pause: Pause, now: u64) -> StdResult<()> {
        let mut past = self.past.may_load(storage)?.unwrap_or_default();
        past.file(pause.ended(now), pause.lasted(now));
        self.past.save(storage, &past)
    }
}
