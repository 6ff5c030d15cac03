//! Price batches: the oracle consumes them itself.

use crate::events::Event;
use crate::state::{Quote, FEEDS, SOURCES};
use cosmwasm_std::{StdResult, Storage, Uint128};
use vrs_attestation::{Leaf, Price};
use vrs_days::{Clock, Day, PARTS};
use vrs_interface::attested::DropReason;
use vrs_interface::oracle::{DeviceId, FeedParams};

/// How far a signed time may lie ahead of the block's, in seconds: a block's time lags the wall
/// clock by a block or two. A price from ahead is stored with the block's time, so it ages no later.
pub const AHEAD: u64 = 30;

/// Where and when prices are judged.
pub struct Desk<'a> {
    /// The programme's clock.
    pub clock: &'a Clock,
    /// Second of the block.
    pub now: u64,
    /// Who signed.
    pub device: DeviceId,
    /// The batch's day.
    pub day: Day,
}

/// Judges each price by itself and stores what stands; adds an event for each that does. Answers
/// what fell.
pub fn take<'a>(
    storage: &mut dyn Storage,
    desk: &Desk,
    leaves: impl Iterator<Item = &'a [u8]>,
    events: &mut Vec<Event>,
) -> StdResult<Vec<(u16, DropReason)>> {
    let mut dropped = Vec::new();
    for (item, leaf) in (0u16..).zip(leaves) {
        match judge(storage, desk, leaf)? {
            Err(reason) => dropped.push((item, reason)),
            Ok((symbol, quote)) => {
                SOURCES.save(storage, &(symbol, desk.device), &Some(quote))?;
                events.push(Event::Price {
                    symbol,
                    device: desk.device,
                    quote,
                });
            }
        }
    }
    Ok(dropped)
}

/// The symbol and the quote to store, or why the price falls.
fn judge(storage: &dyn Storage, desk: &Desk, leaf: &[u8]) -> StdResult<Result<(u32, Quote), DropReason>> {
    // Frames hold whole leaves only; a leaf of another width would name no symbol.
    let Ok(leaf) = Price::decode(leaf) else {
        return Ok(Err(DropReason::UnknownSymbol));
    };
    let Some(feed) = FEEDS.may_load(storage, &leaf.symbol)? else {
        return Ok(Err(DropReason::UnknownSymbol));
    };
    let Some(last) = SOURCES.may_load(storage, &(leaf.symbol, desk.device))? else {
        return Ok(Err(DropReason::UnknownSymbol));
    };
    if leaf.price == 0 {
        return Ok(Err(DropReason::ZeroAmount));
    }
    if leaf.time >= PARTS {
        return Ok(Err(DropReason::TimeOutsideDay));
    }
    let signed = desk.clock.opens(desk.day).saturating_add(desk.clock.seconds(leaf.time));
    let quote = Quote {
        price: leaf.price,
        time: signed.min(desk.now),
    };
    let ahead = signed > desk.now.saturating_add(AHEAD);
    if ahead || !fresh(desk.clock, &feed.params, quote.time, desk.now) {
        return Ok(Err(DropReason::PriceRefused));
    }
    if let Some(last) = last {
        let anew = !fresh(desk.clock, &feed.params, last.time, desk.now);
        if quote.time <= last.time || !(anew || near(last.price, quote.price, feed.params.max_jump_bps)) {
            return Ok(Err(DropReason::PriceRefused));
        }
    }
    Ok(Ok((leaf.symbol, quote)))
}

/// Whether a price of second `time` still counts.
pub fn fresh(clock: &Clock, params: &FeedParams, time: u64, now: u64) -> bool {
    now.saturating_sub(time) <= clock.seconds(params.max_age)
}

/// Whether `next` is within `bps` ten-thousandths of `last`: |next - last| * 10,000 <= last * bps.
fn near(last: u128, next: u128, bps: u16) -> bool {
    let moved = Uint128::new(last.abs_diff(next)).full_mul(10_000u64);
    moved <= Uint128::new(last).full_mul(u64::from(bps))
}
