//! Verified receipts. A message is judged whole before anything of it is booked: an item that does not
//! count falls alone, with its reason, and leaves no trace in the state.

mod book;
mod judge;
mod open;
mod sheet;

use crate::buffer::Buffer;
use crate::events::Event;
use crate::outside::Addresses;
use crate::state::Setup;
use crate::ContractError;
use book::{Booking, Ledger};
use cosmwasm_std::{QuerierWrapper, Storage, Timestamp};
use judge::{Batch, Standings};
use open::Openings;
use vrs_interface::attested::{AttestedResponse, Delivery, DropReason, DroppedItem};

/// What every step needs.
pub struct Desk<'a> {
    /// Who else is asked.
    pub addresses: &'a Addresses,
    /// Clock and rules.
    pub setup: &'a Setup,
    /// Block time.
    pub now: Timestamp,
}

/// Counts verified receipts. The days that are due were closed before, and the sender is the oracle.
///
/// Other contracts are asked once a message: identity for the standings of all members in it, then,
/// where a merchant's day begins, identity for payout addresses and the token for lowest balances.
pub fn attested(
    storage: &mut dyn Storage,
    querier: QuerierWrapper,
    desk: &Desk,
    deliveries: Vec<Delivery>,
) -> Result<(Vec<Event>, AttestedResponse), ContractError> {
    let mut batches = vec![];
    for (at, delivery) in deliveries.into_iter().enumerate() {
        batches.push(Batch::parse(desk, at, delivery)?);
    }
    let standings = Standings::ask(querier, desk.addresses, &batches)?;
    // Many merchants share a district's rent and a trade's wage: they are read once.
    let once = Buffer::new(storage);
    let mut openings = Openings::default();
    for batch in &mut batches {
        batch.judge_merchant(&standings);
        if let Some(merchant) = batch.merchant() {
            if !openings.look(&once, desk, merchant, batch.day)? {
                batch.drop_all(DropReason::MerchantWithoutProfile);
            }
        }
        batch.judge_customers(&standings);
    }
    openings.ask_holdings(querier, desk)?;

    let mut ledger = Ledger::new();
    let mut events = vec![];
    let mut response = AttestedResponse::default();
    for (delivery, batch) in batches.into_iter().enumerate() {
        let delivery = u32::try_from(delivery).map_err(|_| ContractError::Overflow("deliveries"))?;
        let Batch {
            day,
            device,
            sequence,
            subject,
            items,
        } = batch;
        let mut booking = match subject {
            Some(merchant) if items.iter().any(Result::is_ok) => {
                Some(Booking::open(&ledger, storage, desk, &openings, merchant, day)?)
            }
            _ => None,
        };
        for (at, item) in items.into_iter().enumerate() {
            let outcome = match (item, &mut booking) {
                (Ok(receipt), Some(booking)) => booking.order(&mut ledger, storage, &receipt)?,
                (Ok(_), None) => Err(DropReason::UnknownMember),
                (Err(reason), _) => Err(reason),
            };
            if let Err(reason) = outcome {
                let item = u16::try_from(at).map_err(|_| ContractError::Overflow("items"))?;
                response.dropped.push(DroppedItem { delivery, item, reason });
                events.push(Event::Dropped {
                    device,
                    sequence,
                    item,
                    reason,
                });
            }
        }
        let (Some(booking), Some(merchant)) = (booking, subject) else {
            continue;
        };
        let (orders, bizpower) = booking.close(&mut ledger, storage)?;
        if orders > 0 {
            events.push(Event::Attested {
                day,
                merchant,
                orders,
                bizpower,
                device,
                sequence,
            });
        }
    }
    ledger.store(storage)?;
    Ok((events, response))
}
