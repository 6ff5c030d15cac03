//! Meter readings of made-up machines, files and products.

use super::dice::{Band, Dice};
use super::{calendar, Summary};
use crate::cli::MetersArgs;
use crate::decimal::fixed;
use crate::failure::UsageError;
use anyhow::Result;
use jiff::civil::Date;
use std::io::Write;
use vrs_interface::mining::Method;

/// First line of the file.
pub const METER_HEADER: &str = "timestamp,account,device,method,unit,traffic_gb,nodes,hours,server_share,hardware,\
                                bandwidth_mbps,storage_gb,downloads,size_gb,views,recommendations,dislikes,\
                                streamed_gb,product";

/// Of so many accounts one has no meter of its own.
const SHARES_METER: u64 = 10;
/// The meter of those.
const SHARED_METER: u64 = 1_000_000_000;

/// MB carried in a day: below the paper's first band, then each of its bands.
const TRAFFIC: [Band; 5] = [
    (10, 1_000, 49_999),
    (15, 50_000, 99_999),
    (45, 100_000, 499_999),
    (20, 500_000, 999_999),
    (10, 1_000_000, 4_000_000),
];
/// CPUs or GPUs.
const NODES: [Band; 3] = [(50, 1, 1), (35, 2, 5), (15, 6, 40)];
/// Thousandths of all servers.
const SHARE: [Band; 3] = [(80, 1, 50), (15, 51, 400), (5, 401, 1_000)];
/// Quarters of an hour online: less than the hour that counts, part of the day, all of it.
const QUARTERS: [Band; 3] = [(4, 1, 3), (36, 4, 95), (60, 96, 96)];
/// Mbit/s up.
const BANDWIDTH: [Band; 3] = [(30, 1, 8), (40, 9, 20), (30, 21, 1_000)];
/// MB shared; "more than 1000 GB" begins one MB above.
const STORAGE: [Band; 6] = [
    (20, 10_000, 199_999),
    (35, 200_000, 1_000_000),
    (20, 1_000_001, 1_999_999),
    (12, 2_000_000, 3_999_999),
    (8, 4_000_000, 7_999_999),
    (5, 8_000_000, 20_000_000),
];
/// Downloads in a day.
const DOWNLOADS: [Band; 5] = [(10, 0, 0), (45, 1, 10), (25, 11, 49), (12, 50, 99), (8, 100, 1_500)];
/// MB of a file.
const SIZE: [Band; 4] = [
    (55, 5, 9_999),
    (25, 10_000, 50_000),
    (12, 50_001, 99_999),
    (8, 100_000, 400_000),
];
/// Views in a day: one band for each view point that the default economy gives.
const VIEWS: [Band; 10] = [
    (20, 0, 9),
    (18, 10, 29),
    (16, 30, 99),
    (13, 100, 299),
    (10, 300, 999),
    (8, 1_000, 2_999),
    (6, 3_000, 9_999),
    (4, 10_000, 29_999),
    (3, 30_000, 99_999),
    (2, 100_000, 900_000),
];
/// Recommendations in a day, and dislikes: sometimes more of these.
const RECOMMENDED: [Band; 3] = [(30, 0, 0), (50, 1, 25), (20, 26, 400)];
const DISLIKED: [Band; 3] = [(60, 0, 0), (35, 1, 10), (5, 11, 120)];
/// MB streamed in a day.
const STREAMED: [Band; 3] = [(40, 200, 20_000), (45, 20_001, 400_000), (15, 400_001, 9_000_000)];
/// Partner products; the first stands for a blank field.
const PRODUCTS: u64 = 3;

/// What file of readings to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterPlan {
    /// Where all draws come from.
    pub seed: u64,
    /// Accounts, each with one to three units of one method or several.
    pub accounts: u32,
    /// Days.
    pub days: u32,
    /// The first day, UTC.
    pub first_day: Date,
}

/// A machine, a file or a product, and what stays the same of it.
struct Unit {
    account: u64,
    meter: u64,
    number: u64,
    kind: Kind,
}

enum Kind {
    Hosting { method: Method, nodes: u64, share: u64 },
    Node { mobile: bool, mbps: u64, storage_mb: u64 },
    Upload { size_mb: u64 },
    Content { size_mb: u64 },
    Streaming { product: u64 },
}

/// Writes the readings of a plan: one a day of each unit, in the last hour of the day.
///
/// The accounts take the six methods in turn as their first, so that six accounts have all of them.
///
/// Errors: [`UsageError`] where the plan asks for what does not exist; whatever `out` answers.
pub fn write_meters(plan: &MeterPlan, mut out: impl Write) -> Result<Summary> {
    plan.check()?;
    let dice = &mut Dice::new(plan.seed, "vrs meters units", 0);
    let units: Vec<Unit> = (1..=u64::from(plan.accounts))
        .flat_map(|account| units_of(dice, account))
        .collect();
    writeln!(out, "{METER_HEADER}")?;
    for day in 0..plan.days {
        let dice = &mut Dice::new(plan.seed, "vrs meters day", day + 1);
        let date = calendar::date(plan.first_day, day)?;
        for unit in &units {
            let time = calendar::Time(dice.within(23 * 3_600, 24 * 3_600 - 1));
            let (account, meter, number) = (unit.account, unit.meter, unit.number);
            let method = unit.kind.method().name();
            let quantities = unit.kind.read(dice);
            writeln!(out, "{date}T{time}Z,{account},{meter},{method},{number}{quantities}")?;
        }
    }
    out.flush()?;
    Ok(Summary {
        rows: units.len() as u64 * u64::from(plan.days),
        days: plan.days,
        sellers: plan.accounts.into(),
        buyers: units.len() as u64,
        faults: [0; 3],
    })
}

/// What an account runs: one method for certain, each other with a chance of 15%.
fn units_of(dice: &mut Dice, account: u64) -> Vec<Unit> {
    let first = (account - 1) as usize % Method::ALL.len();
    let meter = if account.is_multiple_of(SHARES_METER) {
        SHARED_METER
    } else {
        account
    };
    let mut units = vec![];
    for (at, method) in Method::ALL.into_iter().enumerate() {
        if at == first || dice.per_mille(150) {
            for _ in 0..dice.within(1, 3) {
                let number = account * 100 + units.len() as u64 + 1;
                let kind = Kind::draw(dice, method);
                units.push(Unit {
                    account,
                    meter,
                    number,
                    kind,
                });
            }
        }
    }
    units
}

impl Kind {
    fn draw(dice: &mut Dice, method: Method) -> Self {
        match method {
            Method::Platform | Method::Server => Kind::Hosting {
                method,
                nodes: dice.banded(&NODES),
                share: dice.banded(&SHARE),
            },
            Method::Node => Kind::Node {
                mobile: dice.per_mille(400),
                mbps: dice.banded(&BANDWIDTH),
                storage_mb: dice.banded(&STORAGE),
            },
            Method::Upload => Kind::Upload {
                size_mb: dice.banded(&SIZE),
            },
            Method::Content => Kind::Content {
                size_mb: dice.banded(&SIZE),
            },
            Method::Streaming => Kind::Streaming {
                product: dice.within(1, PRODUCTS),
            },
        }
    }

    fn method(&self) -> Method {
        match self {
            Kind::Hosting { method, .. } => *method,
            Kind::Node { .. } => Method::Node,
            Kind::Upload { .. } => Method::Upload,
            Kind::Content { .. } => Method::Content,
            Kind::Streaming { .. } => Method::Streaming,
        }
    }

    /// The quantities of a day: the columns behind `unit`, a comma before each.
    fn read(&self, dice: &mut Dice) -> String {
        match *self {
            Kind::Hosting { nodes, share, .. } => {
                let traffic = short(dice.banded(&TRAFFIC), 3);
                let hours = hours(dice);
                format!(",{traffic},{nodes},{hours},{}{}", short(share, 3), ",".repeat(10))
            }
            Kind::Node {
                mobile,
                mbps,
                storage_mb,
            } => {
                let hardware = if mobile { "mobile" } else { "pc" };
                let (hours, storage) = (hours(dice), short(storage_mb, 3));
                format!(",,,{hours},,{hardware},{mbps},{storage}{}", ",".repeat(7))
            }
            Kind::Upload { size_mb } => {
                let (downloads, views) = (dice.banded(&DOWNLOADS), dice.banded(&VIEWS));
                format!("{},{downloads},{},{views},,,,", ",".repeat(7), short(size_mb, 3))
            }
            Kind::Content { size_mb } => {
                let (downloads, views) = (dice.banded(&DOWNLOADS), dice.banded(&VIEWS));
                let (liked, disliked) = (dice.banded(&RECOMMENDED), dice.banded(&DISLIKED));
                let size = short(size_mb, 3);
                format!("{},{downloads},{size},{views},{liked},{disliked},,", ",".repeat(7))
            }
            Kind::Streaming { product } => {
                let streamed = short(dice.banded(&STREAMED), 3);
                let product = if product == 1 {
                    String::new()
                } else {
                    product.to_string()
                };
                format!("{},{streamed},{product}", ",".repeat(12))
            }
        }
    }
}

fn hours(dice: &mut Dice) -> String {
    short(dice.banded(&QUARTERS) * 25, 2)
}

/// A fixed-point number without trailing zeros: 12500 with 3 decimals is `12.5`.
fn short(value: u64, decimals: u32) -> String {
    let text = fixed(value.into(), decimals);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl MeterPlan {
    /// Whether there can be such a file.
    ///
    /// Errors: [`UsageError`] with what was expected and what was asked for.
    pub fn check(&self) -> Result<(), UsageError> {
        super::bounded("accounts", self.accounts, 1, 10_000_000)?;
        super::bounded("days", self.days, 1, 36_500)?;
        calendar::check(self.first_day, self.days)
    }
}

impl TryFrom<&MetersArgs> for MeterPlan {
    type Error = UsageError;

    fn try_from(args: &MetersArgs) -> Result<Self, UsageError> {
        Ok(MeterPlan {
            seed: args.seed,
            accounts: args.accounts,
            days: args.days,
            first_day: calendar::first_day(&args.from)?,
        })
    }
}
