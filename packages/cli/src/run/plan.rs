//! What a run is to do, from its files: days, members, rows in the order of time.

use super::Files;
use crate::agent::Spans;
use crate::calendar::Calendar;
use crate::economy::EconomyFile;
use crate::failure::InputError;
use crate::input::meters::MeterRow;
use crate::input::profiles::Profile;
use crate::input::receipts::ReceiptRow;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use vrs_days::Day;

/// Seconds before day 1 at which everything is deployed.
const LEAD: u64 = 3_600;

/// A run's work.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The economy.
    pub economy: EconomyFile,
    /// Unix second at which day 1 begins.
    pub start: u64,
    /// Receipts of the days that are run, in the file's order.
    pub receipts: Vec<ReceiptRow>,
    /// Readings of the days that are run, in the file's order; none without `--meters`.
    pub meters: Option<Vec<MeterRow>>,
    /// Costs of each merchant, by id.
    pub merchants: BTreeMap<u64, Profile>,
    /// Ids of the customers.
    pub customers: BTreeSet<u64>,
    /// Ids of whom readings count for.
    pub accounts: BTreeSet<u64>,
}

impl Plan {
    /// Cuts the files to their first `days` days, where that is asked for.
    ///
    /// Errors: [`InputError`] where a reading lies before day 1.
    pub fn new(files: Files, days: Option<u32>) -> Result<Self, InputError> {
        let Files {
            mut receipts,
            profiles,
            meters,
            economy,
        } = files;
        let offset = economy.economy.calendar.offset_minutes;
        let earliest = receipts
            .iter()
            .map(|row| row.time)
            .min()
            .unwrap_or(Timestamp::UNIX_EPOCH);
        let start = Spans::day_start(earliest, offset);
        let whole = Spans { start, minutes: 1_440 };
        let wanted = |time: Timestamp| {
            let day = whole.locate(time).map(|moment| moment.day);
            day.is_some_and(|day| days.is_none_or(|days| day <= days))
        };
        receipts.retain(|row| wanted(row.time));
        let meters = match meters {
            None => None,
            Some((file, mut rows)) => {
                if let Some(early) = rows.iter().find(|row| whole.locate(row.time).is_none()) {
                    let reason = format!(
                        "timestamp: {} lies before the day of the first receipt",
                        early.timestamp
                    );
                    return Err(InputError::at(&file, early.line, 1, reason));
                }
                rows.retain(|row| wanted(row.time));
                Some(rows)
            }
        };
        let default = Profile::from(&economy.economy.profile);
        let profile = |id: u64| (id, profiles.get(&id).copied().unwrap_or(default));
        Ok(Plan {
            start: u64::try_from(start).unwrap_or_default(),
            merchants: receipts.iter().map(|row| profile(row.merchant)).collect(),
            customers: receipts.iter().map(|row| row.customer).collect(),
            accounts: meters.iter().flatten().map(|row| row.account).collect(),
            receipts,
            meters,
            economy,
        })
    }

    /// Unix second at which everything is deployed: on day 0, so that it holds from day 1 on.
    pub fn before_day_1(&self) -> u64 {
        self.start.saturating_sub(LEAD)
    }

    /// Which date a programme day has.
    pub fn calendar(&self) -> Calendar {
        Calendar {
            start: self.start,
            offset_minutes: self.economy.economy.calendar.offset_minutes,
        }
    }

    /// The date of a programme day: `2017-01-31`.
    pub fn date(&self, day: Day) -> String {
        self.calendar().date(day)
    }
}
