//! The three records that grow: a merchant's day, a customer's day, a visit. Each write costs 30 gas
//! a byte, so what can be told from the rest is not stored.

use crate::side::{merchant_track, SPENDING};
use serde::{Deserialize, Serialize};
use vrs_scoring::BizPowerInput;
use vrs_settlement::Share;

/// Orders and their sum.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sales {
    /// How many.
    pub orders: u32,
    /// Their sum, minor units.
    pub sum: u64,
}

impl Sales {
    /// With one order more; none where a number would not fit.
    pub fn with(self, amount: u64) -> Option<Self> {
        Some(Sales {
            orders: self.orders.checked_add(1)?,
            sum: self.sum.checked_add(amount)?,
        })
    }
}

/// Customers of a merchant by how they came: of one day, or sums over days.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buyers {
    /// Counted store order that day, no counted order on an earlier day.
    pub first: u64,
    /// Counted store order that day and a counted order on an earlier day.
    pub repeat: u64,
    /// Counted external order that day.
    pub external: u64,
}

impl Buyers {
    /// Both together.
    pub fn plus(self, other: Buyers) -> Option<Self> {
        Some(Buyers {
            first: self.first.checked_add(other.first)?,
            repeat: self.repeat.checked_add(other.repeat)?,
            external: self.external.checked_add(other.external)?,
        })
    }

    /// Without those of `other`.
    pub fn minus(self, other: Buyers) -> Option<Self> {
        Some(Buyers {
            first: self.first.checked_sub(other.first)?,
            repeat: self.repeat.checked_sub(other.repeat)?,
            external: self.external.checked_sub(other.external)?,
        })
    }
}

/// BizPower after the day's counted orders, in the order of arrival; 18 decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candle {
    /// After the first.
    pub open: u128,
    /// The highest.
    pub high: u128,
    /// The lowest.
    pub low: u128,
    /// After the last.
    pub close: u128,
}

/// A merchant's day.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[serde(from = "PackedDay", into = "PackedDay")]
pub struct MerchantShare {
    /// Counted orders in store.
    pub store: Sales,
    /// Counted external orders.
    pub external: Sales,
    /// Orders too small to count.
    pub small: Sales,
    /// The day's customers.
    pub buyers: Buyers,
    /// Customers of all earlier days up to the day before yesterday, as they stood when each closed.
    pub before: Buyers,
    /// Of these, the ones in the window that decides the weights.
    pub window: Buyers,
    /// area * rent + staff * wage, minor units, fixed when the day was touched first.
    pub cost: u128,
    /// BizPower, 18 decimals, rounded down.
    pub bizpower: u128,
    /// Its course; none: no counted order.
    pub candle: Option<Candle>,
    /// The level it reaches.
    pub level: u8,
    /// Lowest Bzky balance during the day before, base units.
    pub holding: u128,
    /// Whether the reward was taken back.
    pub taken_back: bool,
}

impl MerchantShare {
    /// All orders of the day; `u32::MAX` is not reached, see `fits`.
    pub fn orders(&self) -> u32 {
        let counted = self.store.orders.saturating_add(self.external.orders);
        counted.saturating_add(self.small.orders)
    }

    /// Their sum, minor units.
    pub fn revenue(&self) -> u64 {
        let counted = self.store.sum.saturating_add(self.external.sum);
        counted.saturating_add(self.small.sum)
    }

    /// Whether one order more stays within the numbers' widths.
    pub fn fits(&self, amount: u64) -> bool {
        self.orders() < u32::MAX && self.revenue().checked_add(amount).is_some()
    }

    /// What BizPower is computed from. No number is cut: a day's buyers are at most its orders.
    pub fn power_input(&self) -> BizPowerInput {
        let narrow = |buyers: u64| u32::try_from(buyers).unwrap_or(u32::MAX);
        BizPowerInput {
            first: narrow(self.buyers.first),
            repeat: narrow(self.buyers.repeat),
            external: narrow(self.buyers.external),
            weight_first: self.window.first,
            weight_repeat: self.window.repeat,
            weight_external: self.window.external,
            store_orders: self.store.orders,
            store_sum_minor: self.store.sum,
            external_orders: self.external.orders,
            external_sum_minor: self.external.sum,
            cost_minor: self.cost,
        }
    }
}

impl Share for MerchantShare {
    fn counted(&self, track: u8) -> u128 {
        match track {
            merchant_track::BIZPOWER => self.bizpower,
            merchant_track::HOLDING => self.holding,
            merchant_track::ORDERS => self.orders().into(),
            _ => 0,
        }
    }

    fn earning(&self, track: u8) -> u128 {
        if self.taken_back {
            0
        } else {
            self.counted(track)
        }
    }
}

/// As stored. A candle is 28 bytes in full; most of its values repeat another.
#[derive(Serialize, Deserialize, Clone)]
struct PackedDay {
    sales: PackedSales,
    buyers: Buyers,
    before: Buyers,
    window: Buyers,
    cost: u128,
    bizpower: u128,
    candle: Option<PackedCandle>,
    level: u8,
    holding: u128,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
struct PackedCandle {
    /// None: BizPower.
    close: Option<u128>,
    /// None: the close.
    open: Option<u128>,
    /// None: the higher of open and close.
    high: Option<u128>,
    /// None: the lower of open and close.
    low: Option<u128>,
}

impl From<MerchantShare> for PackedDay {
    fn from(day: MerchantShare) -> Self {
        let unless = |value: u128, implied: u128| (value != implied).then_some(value);
        let candle = day.candle.map(|candle| PackedCandle {
            close: unless(candle.close, day.bizpower),
            open: unless(candle.open, candle.close),
            high: unless(candle.high, candle.open.max(candle.close)),
            low: unless(candle.low, candle.open.min(candle.close)),
        });
        let flags = if day.taken_back { TAKEN_BACK } else { 0 };
        PackedDay {
            sales: PackedSales::new(flags, [day.store, day.external, day.small]),
            buyers: day.buyers,
            before: day.before,
            window: day.window,
            cost: day.cost,
            bizpower: day.bizpower,
            candle,
            level: day.level,
            holding: day.holding,
        }
    }
}

impl From<PackedDay> for MerchantShare {
    fn from(day: PackedDay) -> Self {
        let candle = day.candle.map(|packed| {
            let close = packed.close.unwrap_or(day.bizpower);
            let open = packed.open.unwrap_or(close);
            Candle {
                open,
                high: packed.high.unwrap_or(open.max(close)),
                low: packed.low.unwrap_or(open.min(close)),
                close,
            }
        });
        let taken_back = day.sales.has(TAKEN_BACK);
        let [store, external, small] = day.sales.unpack();
        MerchantShare {
            store,
            external,
            small,
            buyers: day.buyers,
            before: day.before,
            window: day.window,
            cost: day.cost,
            bizpower: day.bizpower,
            candle,
            level: day.level,
            holding: day.holding,
            taken_back,
        }
    }
}

/// A customer's day.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CustomerShare {
    /// What they spent anywhere, minor units.
    pub spending: u64,
    /// What of it no longer earns.
    pub taken: u64,
}

impl Share for CustomerShare {
    fn counted(&self, track: u8) -> u128 {
        if track == SPENDING {
            self.spending.into()
        } else {
            0
        }
    }

    fn earning(&self, track: u8) -> u128 {
        if track == SPENDING {
            self.spending.saturating_sub(self.taken).into()
        } else {
            0
        }
    }
}

/// What a customer bought at a merchant on a day; on day 0: only that they are known.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[serde(from = "PackedSales", into = "PackedSales")]
pub struct Visit {
    /// Counted orders in store.
    pub store: Sales,
    /// Counted external orders.
    pub external: Sales,
    /// Orders too small to count.
    pub small: Sales,
    /// Whether they had a counted order here on an earlier day.
    pub known: bool,
    /// Whether what they spent here no longer earns.
    pub taken_back: bool,
}

impl Visit {
    /// The day-0 record of somebody whose visits are pruned.
    pub const MARKER: Visit = Visit {
        store: Sales { orders: 0, sum: 0 },
        external: Sales { orders: 0, sum: 0 },
        small: Sales { orders: 0, sum: 0 },
        known: true,
        taken_back: false,
    };

    /// Whether an order of this day counted.
    pub fn counts(&self) -> bool {
        self.store.orders > 0 || self.external.orders > 0
    }

    /// Whether they are known from the next day on.
    pub fn makes_known(&self) -> bool {
        self.known || self.counts()
    }

    /// What they spent here, minor units; never above their day's spending, which fits.
    pub fn spending(&self) -> u64 {
        let counted = self.store.sum.saturating_add(self.external.sum);
        counted.saturating_add(self.small.sum)
    }
}

/// As stored: flags, then the kinds of sale that there were. A visit with one store order of 12.50
/// takes 5 bytes.
#[derive(Serialize, Deserialize, Clone)]
struct PackedSales(u8, Vec<Sales>);

const KNOWN: u8 = 1;
const TAKEN_BACK: u8 = 2;
/// Which of store, external, small follow.
const KINDS: [u8; 3] = [4, 8, 16];

impl PackedSales {
    fn new(flags: u8, sales: [Sales; 3]) -> Self {
        let there = KINDS
            .into_iter()
            .zip(sales)
            .filter(|(_, sale)| *sale != Sales::default());
        let (kinds, sales): (Vec<u8>, Vec<Sales>) = there.unzip();
        PackedSales(kinds.into_iter().fold(flags, |all, kind| all | kind), sales)
    }

    fn has(&self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    fn unpack(self) -> [Sales; 3] {
        let mut sales = self.1.into_iter();
        KINDS.map(|kind| match self.0 & kind {
            0 => Sales::default(),
            _ => sales.next().unwrap_or_default(),
        })
    }
}

impl From<Visit> for PackedSales {
    fn from(visit: Visit) -> Self {
        let known = if visit.known { KNOWN } else { 0 };
        let taken = if visit.taken_back { TAKEN_BACK } else { 0 };
        PackedSales::new(known | taken, [visit.store, visit.external, visit.small])
    }
}

impl From<PackedSales> for Visit {
    fn from(packed: PackedSales) -> Self {
        let (known, taken_back) = (packed.has(KNOWN), packed.has(TAKEN_BACK));
        let [store, external, small] = packed.unpack();
        Visit {
            store,
            external,
            small,
            known,
            taken_back,
        }
    }
}
