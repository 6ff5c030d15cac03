//! Signed receipts and readings, replayed in the order of their arrival: what they add up to must be
//! what queries answer about visits, candles and readings.

use super::answers::{Mined, Trade};
use super::batches::Taken;
use super::names::Names;
use super::rules::Timeline;
use super::shops::{power_input, Pruned};
use super::tally::{holds, same, Tally};
use crate::failure::Difference;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use vrs_attestation::leaf::channel;
use vrs_attestation::{Kind, Leaf as _, Reading, Receipt};
use vrs_days::Day;
use vrs_interface::identity::MemberId;
use vrs_interface::merchant::{MerchantDay, Params, Visit};
use vrs_interface::oracle::FirstOutcome;

/// Customer, merchant, day.
type VisitKey = (MemberId, MemberId, Day);
/// Merchant, day.
type ShopKey = (MemberId, Day);
/// Account, day, method, unit.
type ReadingKey = (MemberId, Day, u8, u64);

/// A visit as its receipts add up: orders and sum of store, external, small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bought {
    store: (u32, u64),
    external: (u32, u64),
    small: (u32, u64),
}

/// A shop's day while its receipts arrive.
#[derive(Clone, Copy, Debug, Default)]
struct Till {
    store: (u32, u64),
    external: (u32, u64),
    first: u32,
    repeat: u32,
    buyers: u32,
    candle: Option<Candle>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Candle {
    open: u128,
    high: u128,
    low: u128,
    close: u128,
}

/// The replay.
pub struct Replay<'a> {
    rules: &'a Timeline<Params>,
    /// Merchants' days; weights and costs are taken from them.
    rows: BTreeMap<ShopKey, &'a MerchantDay>,
    bought: BTreeMap<VisitKey, Bought>,
    /// Days on which a customer had a counted order, by customer and merchant.
    counted: BTreeMap<(MemberId, MemberId), BTreeSet<Day>>,
    tills: BTreeMap<ShopKey, Till>,
    readings: BTreeMap<ReadingKey, [u64; 5]>,
}

impl<'a> Replay<'a> {
    /// Nothing has arrived yet.
    pub fn new(trade: &'a Trade, rules: &'a Timeline<Params>) -> Self {
        Replay {
            rules,
            rows: trade
                .merchants
                .iter()
                .map(|row| ((row.merchant, row.day), row))
                .collect(),
            bought: BTreeMap::new(),
            counted: BTreeMap::new(),
            tills: BTreeMap::new(),
            readings: BTreeMap::new(),
        }
    }

    /// Enters what counted of a batch.
    pub fn enter(&mut self, batch: &Taken, tally: &mut Tally) -> Result<()> {
        let FirstOutcome::Accepted { dropped, .. } = &batch.outcome else {
            return Ok(());
        };
        let fell: BTreeSet<usize> = dropped.iter().map(|item| usize::from(item.item)).collect();
        let (envelope, day) = (batch.envelope, batch.envelope.day());
        for (_, leaf) in envelope.leaves().enumerate().filter(|(at, _)| !fell.contains(at)) {
            match (envelope.kind(), batch.device.subject) {
                (Kind::Terminal, Some(merchant)) => {
                    self.receipt(merchant, day, &Receipt::decode(leaf)?);
                    tally.count("receipts", 1);
                }
                (Kind::Meter, _) => {
                    let reading = Reading::decode(leaf)?;
                    let key = (reading.account, day, reading.method, reading.unit);
                    self.readings.insert(key, reading.quantities);
                    tally.count("metered readings", 1);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn receipt(&mut self, merchant: MemberId, day: Day, receipt: &Receipt) {
        let (customer, amount) = (receipt.customer, receipt.amount);
        let add = |sales: &mut (u32, u64)| {
            sales.0 = sales.0.saturating_add(1);
            sales.1 = sales.1.saturating_add(amount);
        };
        let bought = self.bought.entry((customer, merchant, day)).or_default();
        if amount < self.rules.at(day).min_order {
            return add(&mut bought.small);
        }
        let days = self.counted.entry((customer, merchant)).or_default();
        let known = days.first().is_some_and(|first| *first < day);
        let makes_known = days.insert(day) && !known;
        let till = self.tills.entry((merchant, day)).or_default();
        if receipt.channel == channel::EXTERNAL {
            if bought.external.0 == 0 {
                till.buyers += 1;
            }
            add(&mut bought.external);
            add(&mut till.external);
        } else {
            if bought.store.0 == 0 {
                if known {
                    till.repeat += 1;
                } else {
                    till.first += 1;
                }
            }
            add(&mut bought.store);
            add(&mut till.store);
        }
        self.draw((merchant, day));
        if makes_known {
            self.known_later(customer, merchant, day);
        }
    }

    /// A late order made a customer known who was first-time on a later day that still takes reports:
    /// he is a repeat customer there. That day's candle stays as it was drawn.
    fn known_later(&mut self, customer: MemberId, merchant: MemberId, day: Day) {
        let days = self.counted.get(&(customer, merchant));
        let Some(next) = days.and_then(|days| days.range(day.saturating_add(1)..).next().copied()) else {
            return;
        };
        let in_store = self
            .bought
            .get(&(customer, merchant, next))
            .is_some_and(|b| b.store.0 > 0);
        if let (true, Some(till)) = (in_store, self.tills.get_mut(&(merchant, next))) {
            till.first = till.first.saturating_sub(1);
            till.repeat += 1;
        }
    }

    /// BizPower after a counted order, entered in the day's candle.
    fn draw(&mut self, key: ShopKey) {
        let (Some(till), Some(row)) = (self.tills.get_mut(&key), self.rows.get(&key)) else {
            return;
        };
        let mut input = power_input(row);
        (input.first, input.repeat, input.external) = (till.first, till.repeat, till.buyers);
        (input.store_orders, input.store_sum_minor) = till.store;
        (input.external_orders, input.external_sum_minor) = till.external;
        let power = input.bizpower_e18().unwrap_or_default();
        till.candle = Some(match till.candle {
            None => Candle {
                open: power,
                high: power,
                low: power,
                close: power,
            },
            Some(candle) => Candle {
                open: candle.open,
                high: candle.high.max(power),
                low: candle.low.min(power),
                close: power,
            },
        });
    }

    /// Compares what the receipts add up to with visits and candles.
    ///
    /// Errors: the first [`Difference`].
    pub fn trade(&self, trade: &Trade, pruned: Pruned, names: &Names, tally: &mut Tally) -> Result<(), Difference> {
        let at = |what: &str, key: VisitKey| {
            let (customer, merchant) = (names.member(key.0), names.member(key.1));
            format!("{what} of {customer} at {merchant} on {}", names.day(key.2))
        };
        let visits: BTreeMap<VisitKey, &Visit> = trade
            .visits
            .iter()
            .filter(|visit| visit.day > 0)
            .map(|visit| ((visit.customer, visit.merchant, visit.day), visit))
            .collect();
        for (key, bought) in &self.bought {
            if !visits.contains_key(key) {
                let told = bought_text(bought);
                holds(|| at("visit", *key), key.2 <= pruned.visits, told, "no visit")?;
            }
        }
        for (key, visit) in visits {
            let expected = self.bought.get(&key).copied().unwrap_or_default();
            let actual = Bought {
                store: (visit.store_orders, visit.store_sum.u64()),
                external: (visit.external_orders, visit.external_sum.u64()),
                small: (visit.small_orders, visit.small_sum.u64()),
            };
            let what = || at("signed receipts", key);
            same(what, bought_text(&expected), bought_text(&actual))?;
            tally.count("visits traced to receipts", 1);
        }
        for (key, row) in &self.rows {
            let Some(candle) = self.tills.get(key).map(|till| till.candle.unwrap_or_default()) else {
                continue;
            };
            let of = |what: &str| format!("{what} of {} on {}", names.member(key.0), names.day(key.1));
            for (what, expected, actual) in [
                ("open", candle.open, row.open),
                ("high", candle.high, row.high),
                ("low", candle.low, row.low),
                ("close", candle.close, row.close),
            ] {
                same(|| of(&format!("candle's {what}")), expected, actual.u128())?;
            }
            tally.count("candles", 1);
        }
        Ok(())
    }

    /// Compares the signed readings with those that queries answer.
    ///
    /// Errors: the first [`Difference`].
    pub fn mining(&self, mined: &Mined, pruned: Day, names: &Names, tally: &mut Tally) -> Result<(), Difference> {
        let at = |key: &ReadingKey| {
            let (account, day) = (names.member(key.0), names.day(key.1));
            format!("method {} reading of unit {} of {account} on {day}", key.2, key.3)
        };
        let mut left = self.readings.clone();
        for info in &mined.readings {
            let key = (info.account, info.day, info.method as u8, info.unit.u64());
            // Trailing zeros are left out.
            let told = |quantities: &[u64]| {
                let used = quantities
                    .iter()
                    .rposition(|quantity| *quantity > 0)
                    .map_or(0, |last| last + 1);
                format!("{:?}", quantities.get(..used).unwrap_or(quantities))
            };
            let actual: Vec<u64> = info.quantities.iter().map(|quantity| quantity.u64()).collect();
            let expected = left.remove(&key).map_or("none".to_owned(), |signed| told(&signed));
            same(|| at(&key), expected, format!("{actual:?}"))?;
            tally.count("readings traced to meters", 1);
        }
        for (key, signed) in left {
            holds(|| at(&key), key.1 <= pruned, format!("{signed:?}"), "no reading")?;
        }
        Ok(())
    }
}

fn bought_text(bought: &Bought) -> String {
    let Bought { store, external, small } = bought;
    format!(
        "{} store orders of {}, {} external of {}, {} small of {}",
        store.0, store.1, external.0, external.1, small.0, small.1
    )
}
