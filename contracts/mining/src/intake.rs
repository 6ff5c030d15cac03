//! Verified readings: each is scored, an account's scores of a day add up by method.
//!
//! `inline(never)`: a chain refuses a wasm function of more than 100 locals, and all of this in one is
//! one of 113.

use crate::events::{Event, Told};
use crate::quantities::reading as checked;
use crate::rulebook::Rulebook;
use crate::share::{heads_track, method_of, score_track, AccountShare};
use crate::state::{Core, PRODUCTS, PROGRAMME, READINGS, RULES};
use crate::ContractError;
use cosmwasm_std::{to_json_binary, Addr, QuerierWrapper, StdError, Storage, Timestamp};
use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::BTreeSet;
use vrs_attestation::leaf::{Leaf, Reading};
use vrs_days::{Clock, Day};
use vrs_interface::attested::{AttestedResponse, Delivery, DropReason, DroppedItem};
use vrs_interface::identity::{self, MemberId, Standing};
use vrs_scoring::MiningTables;
use vrs_settlement::{SettlementError, Totals};

/// Counts the readings of all batches. An item that does not count falls alone; the response's data and
/// the events tell why.
#[inline(never)]
pub fn attested(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    core: &Core,
    now: Timestamp,
    sender: &Addr,
    deliveries: Vec<Delivery>,
) -> Result<Told, ContractError> {
    if *sender != core.oracle {
        return Err(ContractError::WrongSender {
            expected: core.oracle.clone(),
            actual: sender.clone(),
        });
    }
    let batches = deliveries
        .iter()
        .enumerate()
        .map(|(number, delivery)| readings(number, delivery))
        .collect::<Result<Vec<_>, _>>()?;
    let accounts: BTreeSet<MemberId> = batches.iter().flatten().map(|reading| reading.account).collect();
    let standings = standings(querier, core, accounts)?;
    let mut intake = Intake::new(storage, &core.clock, now, standings)?;
    let (mut told, mut answer) = (Told::default(), AttestedResponse::default());
    for ((delivery, batch), position) in deliveries.iter().zip(batches).zip(0u32..) {
        let (mut counted, mut dropped) = (0u32, vec![]);
        for (reading, item) in batch.iter().zip(0u16..) {
            match intake.count(delivery, reading) {
                Ok(()) => counted = counted.saturating_add(1),
                Err(Fall::Dropped(reason)) => dropped.push((item, reason)),
                Err(Fall::Failed(error)) => return Err(error),
            }
        }
        answer.dropped.extend(dropped.iter().map(|(item, reason)| DroppedItem {
            delivery: position,
            item: *item,
            reason: *reason,
        }));
        told.events.push(Event::Counted {
            device: delivery.device,
            day: delivery.day,
            sequence: delivery.sequence,
            readings: counted,
            dropped,
        });
    }
    intake.store()?;
    told.data = Some(to_json_binary(&answer)?);
    Ok(told)
}

/// A batch's leaves.
#[inline(never)]
fn readings(delivery: usize, batch: &Delivery) -> Result<Vec<Reading>, ContractError> {
    let broken = || ContractError::Leaves {
        delivery,
        expected: Reading::WIDTH,
        actual: batch.leaves.len(),
    };
    let leaves = batch.leaves.chunks(Reading::WIDTH);
    leaves.map(|leaf| Reading::decode(leaf).map_err(|_| broken())).collect()
}

#[inline(never)]
fn standings(
    querier: QuerierWrapper,
    core: &Core,
    accounts: BTreeSet<MemberId>,
) -> Result<BTreeMap<MemberId, Standing>, ContractError> {
    let client = identity::Client {
        identity: &core.identity,
        querier,
    };
    let answer = client.standings(accounts.iter().copied().collect())?;
    if answer.len() != accounts.len() {
        return Err(ContractError::WrongAnswer {
            contract: "identity",
            expected: accounts.len(),
            actual: answer.len(),
        });
    }
    Ok(accounts.into_iter().zip(answer).collect())
}

/// Why a reading did not count: an item falls alone, an error takes the message with it.
enum Fall {
    Dropped(DropReason),
    Failed(ContractError),
}

impl From<DropReason> for Fall {
    fn from(reason: DropReason) -> Self {
        Fall::Dropped(reason)
    }
}

impl From<ContractError> for Fall {
    fn from(error: ContractError) -> Self {
        Fall::Failed(error)
    }
}

impl From<SettlementError> for Fall {
    fn from(error: SettlementError) -> Self {
        Fall::Failed(error.into())
    }
}

impl From<StdError> for Fall {
    fn from(error: StdError) -> Self {
        Fall::Failed(error.into())
    }
}

/// A day that takes reports.
struct OpenDay {
    totals: Totals,
    tables: MiningTables,
    /// Whether a reading counted.
    changed: bool,
}

/// Everything a message reads and changes more than once; stored at its end.
struct Intake<'a> {
    storage: &'a mut dyn Storage,
    clock: &'a Clock,
    now: Timestamp,
    book: Rulebook,
    standings: BTreeMap<MemberId, Standing>,
    /// None: it takes no reports.
    days: BTreeMap<Day, Option<OpenDay>>,
    shares: BTreeMap<(MemberId, Day), AccountShare>,
    /// Factor by product and day; none: not registered.
    factors: BTreeMap<(u32, Day), Option<u64>>,
}

impl<'a> Intake<'a> {
    fn new(
        storage: &'a mut dyn Storage,
        clock: &'a Clock,
        now: Timestamp,
        standings: BTreeMap<MemberId, Standing>,
    ) -> Result<Self, ContractError> {
        Ok(Intake {
            book: RULES.load(storage)?,
            storage,
            clock,
            now,
            standings,
            days: BTreeMap::new(),
            shares: BTreeMap::new(),
            factors: BTreeMap::new(),
        })
    }

    /// Counts one reading. Everything is looked at before anything changes.
    #[inline(never)]
    fn count(&mut self, delivery: &Delivery, reading: &Reading) -> Result<(), Fall> {
        let (account, day) = (reading.account, delivery.day);
        self.open(day)?;
        let method = method_of(reading.method).ok_or(DropReason::UnknownMethod)?;
        if delivery.subject.is_some_and(|subject| subject != account) {
            return Err(DropReason::WrongSubject.into());
        }
        self.judge(account)?;
        let score = self.score(day, reading)?;
        let key = (account, day, reading.method, reading.unit);
        if READINGS.has(self.storage, &key) {
            return Err(DropReason::DuplicateReading.into());
        }
        let Some(Some(open)) = self.days.get_mut(&day) else {
            return Err(DropReason::DayClosed.into());
        };
        let out = DropReason::QuantityOutOfRange;
        // The day's sum holds the account's: where it has room, so has the share.
        open.totals.sum(score_track(method)).checked_add(score).ok_or(out)?;
        let share = match self.shares.entry((account, day)) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let stored = PROGRAMME.shares.may_load(self.storage, &(account, day))?;
                if stored.is_none() {
                    open.totals.join()?;
                }
                entry.insert(stored.unwrap_or_default())
            }
        };
        let before = share.score(method).unwrap_or(0);
        let after = before.checked_add(score).ok_or(out)?;
        open.totals.shift(score_track(method), before, after)?;
        open.totals.shift(heads_track(method), before.min(1), after.min(1))?;
        share.set(method, after);
        open.changed = true;
        READINGS.save(self.storage, &key, &trimmed(&reading.quantities))?;
        Ok(())
    }

    /// Loads a day, or drops the reading where it takes none.
    #[inline(never)]
    fn open(&mut self, day: Day) -> Result<&OpenDay, Fall> {
        let slot = match self.days.entry(day) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let totals = match PROGRAMME.reporting(self.storage, self.clock, self.now, day) {
                    Ok(totals) => Some(totals),
                    Err(SettlementError::NotReporting { .. }) => None,
                    Err(error) => return Err(error.into()),
                };
                let tables = self.book.at(day).tables()?;
                entry.insert(totals.map(|totals| OpenDay {
                    totals,
                    tables,
                    changed: false,
                }))
            }
        };
        Ok(slot.as_ref().ok_or(DropReason::DayClosed)?)
    }

    /// Only verified members that are not removed take part.
    fn judge(&self, account: MemberId) -> Result<(), Fall> {
        let standing = self.standings.get(&account).filter(|standing| standing.kind.is_some());
        let standing = standing.ok_or(DropReason::UnknownMember)?;
        if !standing.verified {
            return Err(DropReason::MemberUnverified.into());
        }
        if standing.removed {
            return Err(DropReason::MemberRemoved.into());
        }
        Ok(())
    }

    /// The reading's score, rounded down to 18 decimals.
    #[inline(never)]
    fn score(&mut self, day: Day, reading: &Reading) -> Result<u128, Fall> {
        let out = DropReason::QuantityOutOfRange;
        let measured = reading.measured().map_err(|_| out)?;
        let Intake {
            days, factors, storage, ..
        } = self;
        let Some(Some(open)) = days.get(&day) else {
            return Err(DropReason::DayClosed.into());
        };
        let factor = |product| match factors.entry((product, day)) {
            Entry::Occupied(entry) => Ok(*entry.get()),
            Entry::Vacant(entry) => {
                let schedule = PRODUCTS.may_load(*storage, &product)?;
                let factor = schedule.and_then(|schedule| schedule.at(day).copied());
                Ok::<_, Fall>(*entry.insert(factor))
            }
        };
        let reading = checked(measured, &open.tables, factor)?;
        let score = reading.score(&open.tables).map_err(|_| out)?;
        Ok(score.floor_e18().map_err(|_| out)?)
    }

    #[inline(never)]
    fn store(self) -> Result<(), StdError> {
        for (key, share) in &self.shares {
            PROGRAMME.shares.save(self.storage, key, share)?;
        }
        for (day, open) in &self.days {
            if let Some(open) = open.as_ref().filter(|open| open.changed) {
                PROGRAMME.days.save(self.storage, day, &open.totals)?;
            }
        }
        Ok(())
    }
}

/// The quantities without trailing zeros.
fn trimmed(quantities: &[u64]) -> Vec<u64> {
    let used = quantities.iter().rposition(|quantity| *quantity > 0);
    let used = used.map_or(0, |last| last.saturating_add(1));
    quantities.iter().take(used).copied().collect()
}
