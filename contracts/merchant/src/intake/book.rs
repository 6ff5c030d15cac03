use super::open::Openings;
use super::sheet::Sheet;
use super::Desk;
use crate::records::{Candle, CustomerShare, MerchantShare, Sales, Visit};
use crate::rules::Rules;
use crate::side::{merchant_track, SPENDING};
use crate::state::{CUSTOMERS, MERCHANTS, VISITS};
use crate::ContractError;
use cosmwasm_std::{Order, StdError, StdResult, Storage};
use vrs_attestation::leaf::channel;
use vrs_attestation::Receipt;
use vrs_days::Day;
use vrs_interface::attested::DropReason;
use vrs_interface::identity::MemberId;
use vrs_settlement::{Share, Totals};

const OVERFLOW: ContractError = ContractError::Overflow("a merchant's day");

/// All that a message changes; nothing of it stands in the storage before [`Ledger::store`].
pub struct Ledger {
    shops: Sheet<(MemberId, Day), MerchantShare>,
    shops_days: Sheet<Day, Totals>,
    buyers: Sheet<(MemberId, Day), CustomerShare>,
    buyers_days: Sheet<Day, Totals>,
    visits: Sheet<(MemberId, MemberId, Day), Visit>,
}

impl Ledger {
    /// Without changes.
    pub fn new() -> Self {
        Ledger {
            shops: Sheet::of(&MERCHANTS.shares),
            shops_days: Sheet::of(&MERCHANTS.days),
            buyers: Sheet::of(&CUSTOMERS.shares),
            buyers_days: Sheet::of(&CUSTOMERS.days),
            visits: Sheet::of(&VISITS),
        }
    }

    /// Stores the changes.
    pub fn store(self, storage: &mut dyn Storage) -> StdResult<()> {
        self.shops.store(storage)?;
        self.shops_days.store(storage)?;
        self.buyers.store(storage)?;
        self.buyers_days.store(storage)?;
        self.visits.store(storage)
    }

    /// The merchants' sums of a day that takes reports.
    fn shops_day(&self, storage: &dyn Storage, desk: &Desk, day: Day) -> Result<Totals, ContractError> {
        match self.shops_days.row(&day) {
            Some(totals) => Ok(totals.clone()),
            None => Ok(MERCHANTS.reporting(storage, &desk.setup.clock, desk.now, day)?),
        }
    }

    /// The customers' sums of a day that takes reports.
    fn buyers_day(&self, storage: &dyn Storage, desk: &Desk, day: Day) -> Result<Totals, ContractError> {
        match self.buyers_days.row(&day) {
            Some(totals) => Ok(totals.clone()),
            None => Ok(CUSTOMERS.reporting(storage, &desk.setup.clock, desk.now, day)?),
        }
    }

    /// The visit of that day, or a new one: its customer is known where their newest visit before says so.
    fn visit(&self, storage: &dyn Storage, merchant: MemberId, customer: MemberId, day: Day) -> StdResult<Visit> {
        let (from, to) = ((customer, merchant, 0), (customer, merchant, day));
        let changed = self.visits.last(from, to).map(|((_, _, d), visit)| (*d, *visit));
        if let Some((_, visit)) = changed.filter(|(d, _)| *d == day) {
            return Ok(visit);
        }
        let stored = VISITS.range(storage, Some(from), Some(to), Order::Descending).next();
        let stored = stored.transpose()?.map(|((_, _, d), visit)| (d, visit));
        // Of the same day the changed one counts.
        let newest = match (stored, changed) {
            (Some(stored), Some(changed)) if stored.0 > changed.0 => Some(stored),
            (stored, changed) => changed.or(stored),
        };
        Ok(match newest {
            Some((d, visit)) if d == day => visit,
            Some((_, earlier)) => Visit {
                known: earlier.makes_known(),
                ..Visit::default()
            },
            None => Visit::default(),
        })
    }
}

/// A batch while its orders are booked one by one, with the merchant's day and the customers' sums at
/// hand. Only one is open at a time.
pub struct Booking<'a> {
    desk: &'a Desk<'a>,
    rules: &'a Rules,
    merchant: MemberId,
    day: Day,
    /// What of the merchant the day's sums hold.
    before: MerchantShare,
    begins: bool,
    shop: MerchantShare,
    customers: Totals,
    /// Orders booked.
    orders: u32,
}

// `inline(never)`: a chain refuses a wasm function of more than 100 locals.
impl<'a> Booking<'a> {
    /// Begins with a batch that has an order to book.
    #[inline(never)]
    pub fn open(
        ledger: &Ledger,
        storage: &dyn Storage,
        desk: &'a Desk<'a>,
        openings: &Openings,
        merchant: MemberId,
        day: Day,
    ) -> Result<Self, ContractError> {
        let stood = match ledger.shops.row(&(merchant, day)) {
            Some(share) => Some((share, false)),
            None => openings.of(merchant, day),
        };
        let (shop, begins) = stood.ok_or_else(|| StdError::not_found("a merchant's day"))?;
        Ok(Booking {
            desk,
            rules: desk.setup.rules(day)?,
            merchant,
            day,
            // The day's sums hold nothing of a merchant whose day begins.
            before: if begins { MerchantShare::default() } else { shop.clone() },
            begins,
            shop: shop.clone(),
            customers: ledger.buyers_day(storage, desk, day)?,
            orders: 0,
        })
    }

    /// Books an order that passed every check but the widths of the sums.
    #[inline(never)]
    pub fn order(
        &mut self,
        ledger: &mut Ledger,
        storage: &dyn Storage,
        receipt: &Receipt,
    ) -> Result<Result<(), DropReason>, ContractError> {
        let (merchant, day) = (self.merchant, self.day);
        let (customer, amount) = (receipt.customer, receipt.amount);
        let buyer = ledger.buyers.peek(storage, &(customer, day))?;
        let new_customer = buyer.is_none();
        let mut buyer = buyer.unwrap_or_default();
        let fits = self.shop.fits(amount);
        let Some(spending) = buyer.spending.checked_add(amount).filter(|_| fits) else {
            return Ok(Err(DropReason::AmountTooLarge));
        };
        let mut visit = ledger.visit(storage, merchant, customer, day)?;

        let counts_now = amount >= self.rules.min_order;
        let becomes_known = counts_now && !visit.makes_known();
        count(&mut self.shop, &mut visit, receipt, counts_now).ok_or(OVERFLOW)?;
        if counts_now {
            value(&mut self.shop, &self.rules.level_bounds)?;
            let power = self.shop.bizpower;
            self.shop.candle = Some(match self.shop.candle {
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

        if new_customer {
            self.customers.join()?;
        }
        self.customers.shift(SPENDING, buyer.spending.into(), spending.into())?;
        buyer.spending = spending;
        ledger.buyers.set((customer, day), buyer);
        ledger.visits.set((customer, merchant, day), visit);
        if becomes_known && day < self.desk.setup.clock.day(self.desk.now) {
            self.known_next_day(ledger, storage, customer)?;
        }
        self.orders = self.orders.saturating_add(1);
        Ok(Ok(()))
    }

    /// A late order of `day` was the customer's first here: where they bought on the next day as well,
    /// they were a repeat customer then. Later days cannot have begun. That day's candle follows its own
    /// orders and stays. It has other records than the day that is booked.
    fn known_next_day(
        &self,
        ledger: &mut Ledger,
        storage: &dyn Storage,
        customer: MemberId,
    ) -> Result<(), ContractError> {
        let merchant = self.merchant;
        let next = self.day.saturating_add(1);
        let key = (customer, merchant, next);
        let Some(mut visit) = ledger.visits.peek(storage, &key)?.filter(|visit| !visit.known) else {
            return Ok(());
        };
        visit.known = true;
        ledger.visits.set(key, visit);
        if visit.store.orders == 0 {
            return Ok(());
        }
        let mut shop = ledger.shops.load(storage, &(merchant, next))?;
        let before = shop.clone();
        shop.buyers.first = shop.buyers.first.checked_sub(1).ok_or(OVERFLOW)?;
        shop.buyers.repeat = shop.buyers.repeat.checked_add(1).ok_or(OVERFLOW)?;
        value(&mut shop, &self.desk.setup.rules(next)?.level_bounds)?;
        let mut totals = ledger.shops_day(storage, self.desk, next)?;
        shift(&mut totals, &before, &shop)?;
        ledger.shops_days.set(next, totals);
        ledger.shops.set((merchant, next), shop);
        Ok(())
    }

    /// Enters the merchant's day and the sums in the ledger; nothing where no order was booked. Answers
    /// how many were, and the merchant's BizPower after them.
    #[inline(never)]
    pub fn close(self, ledger: &mut Ledger, storage: &dyn Storage) -> Result<(u32, u128), ContractError> {
        let bizpower = self.shop.bizpower;
        if self.orders > 0 {
            let mut totals = ledger.shops_day(storage, self.desk, self.day)?;
            if self.begins {
                totals.join()?;
            }
            shift(&mut totals, &self.before, &self.shop)?;
            ledger.shops_days.set(self.day, totals);
            ledger.buyers_days.set(self.day, self.customers);
            ledger.shops.set((self.merchant, self.day), self.shop);
        }
        Ok((self.orders, bizpower))
    }
}

/// Enters an order in its merchant's day and its visit. None where a number would not fit.
fn count(shop: &mut MerchantShare, visit: &mut Visit, receipt: &Receipt, counts: bool) -> Option<()> {
    let more = |buyers: u64| buyers.checked_add(1);
    let add = |sales: &mut Sales| -> Option<()> {
        *sales = sales.with(receipt.amount)?;
        Some(())
    };
    if !counts {
        add(&mut visit.small)?;
        return add(&mut shop.small);
    }
    if receipt.channel == channel::EXTERNAL {
        if visit.external.orders == 0 {
            shop.buyers.external = more(shop.buyers.external)?;
        }
        add(&mut visit.external)?;
        return add(&mut shop.external);
    }
    if visit.store.orders == 0 {
        if visit.known {
            shop.buyers.repeat = more(shop.buyers.repeat)?;
        } else {
            shop.buyers.first = more(shop.buyers.first)?;
        }
    }
    add(&mut visit.store)?;
    add(&mut shop.store)
}

/// Computes BizPower and level anew.
fn value(shop: &mut MerchantShare, level_bounds: &[u128]) -> Result<(), ContractError> {
    shop.bizpower = shop.power_input().bizpower_e18()?;
    shop.level = vrs_scoring::level(shop.bizpower, level_bounds);
    Ok(())
}

/// Moves a day's sums by the change of a merchant's share.
fn shift(totals: &mut Totals, old: &MerchantShare, new: &MerchantShare) -> Result<(), ContractError> {
    for track in [
        merchant_track::BIZPOWER,
        merchant_track::HOLDING,
        merchant_track::ORDERS,
    ] {
        totals.shift(track, old.counted(track), new.counted(track))?;
    }
    Ok(())
}
