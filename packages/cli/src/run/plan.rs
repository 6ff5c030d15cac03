//! What a run is to do, from its files: days, members, rows in the order of time.

use super::Files;
use crate::agent::Spans;
use crate::calendar::Calendar;
use crate::deploy;
use crate::economy::EconomyFile;
use crate::failure::InputError;
use crate::input::meters::MeterRow;
use crate::input::profiles::Profile;
use crate::input::receipts::ReceiptRow;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use vrs_days::{Clock, Day};

/// Parts of a day before another at which everything is done that holds from that day on.
const LEAD: u32 = 3_600;

/// A run's work.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The file of the receipts, as it was named.
    pub file: PathBuf,
    /// The economy.
    pub economy: EconomyFile,
    /// Which programme days the files' days are.
    pub calendar: Calendar,
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
    /// Cuts the files to their first `days` days, where that is asked for. The first one, which is that
    /// of the first receipt, is programme day `first_day`.
    ///
    /// Errors: [`InputError`] where a reading lies before it.
    pub fn new(files: Files, days: Option<u32>, first_day: Day) -> Result<Self, InputError> {
        let Files {
            file,
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
        let calendar = Calendar::from_midnight(earliest, first_day, offset);
        let whole = Spans::of_files(&calendar, 1_440);
        let wanted = |time: Timestamp| {
            let day = whole.locate(time).map(|moment| moment.day);
            day.is_some_and(|day| days.is_none_or(|days| day - first_day < days))
        };
        receipts.retain(|row| wanted(row.time));
        let meters = match meters {
            None => None,
            Some((metered, mut rows)) => {
                if let Some(early) = rows.iter().find(|row| whole.locate(row.time).is_none()) {
                    let reason = format!(
                        "timestamp: {} lies before the day of the first receipt",
                        early.timestamp
                    );
                    return Err(InputError::at(&metered, early.line, 1, reason));
                }
                rows.retain(|row| wanted(row.time));
                Some(rows)
            }
        };
        let default = Profile::from(&economy.economy.profile);
        let profile = |id: u64| (id, profiles.get(&id).copied().unwrap_or(default));
        Ok(Plan {
            file,
            calendar,
            merchants: receipts.iter().map(|row| profile(row.merchant)).collect(),
            customers: receipts.iter().map(|row| row.customer).collect(),
            accounts: meters.iter().flatten().map(|row| row.account).collect(),
            receipts,
            meters,
            economy,
        })
    }

    /// The programme's clock on a chain of its own, on which the first day begins when it does in the files.
    pub fn clock(&self) -> Clock {
        let economy = &self.economy.economy;
        let before = u64::from(self.calendar.first_day.saturating_sub(1)) * u64::from(economy.calendar.day_seconds);
        let start = u64::try_from(self.calendar.start).unwrap_or_default();
        deploy::clock(economy, start.saturating_sub(before))
    }

    /// Unix second on the day before another: what is done then holds from that other day on.
    pub fn eve(clock: &Clock, day: Day) -> u64 {
        clock.opens(day).saturating_sub(clock.seconds(LEAD))
    }

    /// The date of a programme day: `2017-01-31`.
    pub fn date(&self, day: Day) -> String {
        self.calendar.date(day)
    }
}
