use super::open::Openings;
use super::Desk;
use crate::records::{Candle, CustomerShare, MerchantShare, Sales, Visit};
use crate::side::{merchant_track, SPENDING};
use crate::state::{peek, CUSTOMERS, MERCHANTS, VISITS};
use crate::ContractError;
use cosmwasm_std::{Order, StdResult, Storage};
use vrs_attestation::leaf::channel;
use vrs_attestation::Receipt;
use vrs_days::Day;
use vrs_interface::attested::DropReason;
use vrs_interface::identity::MemberId;
use vrs_settlement::{Share, Totals};

const OVERFLOW: ContractError = ContractError::Overflow("a merchant's day");

/// Books orders one by one. The storage under it is the message's buffer, so that every record is
/// read and written once a message, however many orders change it.
pub struct Ledger<'a> {
    pub desk: &'a Desk<'a>,
    pub openings: Openings,
}

impl Ledger<'_> {
    /// Books an order that passed every check but the widths of the sums. Answers the merchant's
    /// BizPower after it.
    pub fn order(
        &mut self,
        storage: &mut dyn Storage,
        merchant: MemberId,
        day: Day,
        receipt: &Receipt,
    ) -> Result<Result<u128, DropReason>, ContractError> {
        let (setup, now) = (self.desk.setup, self.desk.now);
        let (customer, amount) = (receipt.customer, receipt.amount);
        let begins = self.openings.peek(merchant, day);
        let new_merchant = begins.is_some();
        let mut shop = match begins {
            Some(share) => share.clone(),
            None => MERCHANTS.shares.load(storage, &(merchant, day))?,
        };
        let buyer = peek(&CUSTOMERS.shares, storage, &(customer, day))?;
        let new_customer = buyer.is_none();
        let mut buyer: CustomerShare = buyer.unwrap_or_default();
        let Some(spending) = buyer.spending.checked_add(amount).filter(|_| shop.fits(amount)) else {
            return Ok(Err(DropReason::AmountTooLarge));
        };
        let mut visit = visit(storage, merchant, customer, day)?;

        let rules = setup.rules(day)?;
        let before = if new_merchant {
            MerchantShare::default()
        } else {
            shop.clone()
        };
        let counts_now = amount >= rules.min_order;
        let becomes_known = counts_now && !visit.makes_known();
        count(&mut shop, &mut visit, receipt, counts_now).ok_or(OVERFLOW)?;
        if counts_now {
            value(&mut shop, &rules.level_bounds)?;
            let power = shop.bizpower;
            shop.candle = Some(match shop.candle {
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

        let mut totals = MERCHANTS.reporting(storage, &setup.clock, now, day)?;
        if new_merchant {
            totals.join()?;
        }
        shift(&mut totals, &before, &shop)?;
        MERCHANTS.days.save(storage, &day, &totals)?;
        MERCHANTS.shares.save(storage, &(merchant, day), &shop)?;
        self.openings.recorded(merchant, day);

        let mut totals = CUSTOMERS.reporting(storage, &setup.clock, now, day)?;
        if new_customer {
            totals.join()?;
        }
        totals.shift(SPENDING, buyer.spending.into(), spending.into())?;
        CUSTOMERS.days.save(storage, &day, &totals)?;
        buyer.spending = spending;
        CUSTOMERS.shares.save(storage, &(customer, day), &buyer)?;

        VISITS.save(storage, &(customer, merchant, day), &visit)?;
        if becomes_known && day < setup.clock.day(now) {
            self.known_next_day(storage, merchant, customer, day)?;
        }
        Ok(Ok(shop.bizpower))
    }

    /// A late order of `day` was the customer's first here: where he bought on the next day as well,
    /// he was a repeat customer then. Later days cannot have begun. That day's candle follows its own
    /// orders and stays.
    fn known_next_day(
        &self,
        storage: &mut dyn Storage,
        merchant: MemberId,
        customer: MemberId,
        day: Day,
    ) -> Result<(), ContractError> {
        let setup = self.desk.setup;
        let next = day.saturating_add(1);
        let key = (customer, merchant, next);
        let Some(mut visit) = peek(&VISITS, storage, &key)?.filter(|visit| !visit.known) else {
            return Ok(());
        };
        visit.known = true;
        VISITS.save(storage, &key, &visit)?;
        if visit.store.orders == 0 {
            return Ok(());
        }
        let mut shop = MERCHANTS.shares.load(storage, &(merchant, next))?;
        let before = shop.clone();
        shop.buyers.first = shop.buyers.first.checked_sub(1).ok_or(OVERFLOW)?;
        shop.buyers.repeat = shop.buyers.repeat.checked_add(1).ok_or(OVERFLOW)?;
        value(&mut shop, &setup.rules(next)?.level_bounds)?;
        let mut totals = MERCHANTS.reporting(storage, &setup.clock, self.desk.now, next)?;
        shift(&mut totals, &before, &shop)?;
        MERCHANTS.days.save(storage, &next, &totals)?;
        MERCHANTS.shares.save(storage, &(merchant, next), &shop)?;
        Ok(())
    }
}

/// The visit of that day, or a new one: its customer is known where his newest visit before says so.
fn visit(storage: &dyn Storage, merchant: MemberId, customer: MemberId, day: Day) -> StdResult<Visit> {
    let (from, to) = ((customer, merchant, 0), (customer, merchant, day));
    let newest = VISITS.range(storage, Some(from), Some(to), Order::Descending).next();
    Ok(match newest.transpose()? {
        Some(((_, _, d), visit)) if d == day => visit,
        Some((_, earlier)) => Visit {
            known: earlier.makes_known(),
            ..Visit::default()
        },
        None => Visit::default(),
    })
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
