//! The price of a symbol: the median of what its sources said lately.

use crate::prices::fresh;
use crate::state::{Quote, CONFIG, DEVICES, FEEDS, SOURCES};
use crate::ContractError;
use cosmwasm_std::{Order, StdResult, Storage};
use vrs_interface::oracle::{DeviceId, FeedInfo, FeedsResponse, PriceResponse, SourceInfo};

/// The median of the fresh prices. A revoked device's price counts no more.
pub fn price(storage: &dyn Storage, now: u64, symbol: u32) -> Result<PriceResponse, ContractError> {
    let feed = FEEDS
        .may_load(storage, &symbol)?
        .ok_or(ContractError::UnknownSymbol { symbol })?;
    let clock = CONFIG.load(storage)?.clock;
    let mut quotes = Vec::new();
    for (device, quote) in sources(storage, symbol)? {
        let Some(quote) = quote.filter(|quote| fresh(&clock, &feed.params, quote.time, now)) else {
            continue;
        };
        if !DEVICES.load(storage, &device)?.revoked {
            quotes.push(quote);
        }
    }
    let needed = feed.params.min_sources;
    let no_price = ContractError::NoPrice {
        symbol,
        fresh: quotes.len(),
        needed,
    };
    if quotes.len() < usize::from(needed) {
        return Err(no_price);
    }
    let sources = u8::try_from(quotes.len()).unwrap_or(u8::MAX);
    let oldest = quotes.iter().map(|quote| quote.time).min();
    let prices = quotes.into_iter().map(|quote| quote.price).collect();
    match (median(prices), oldest) {
        (Some(price), Some(time)) => Ok(PriceResponse {
            price: price.into(),
            time,
            sources,
        }),
        _ => Err(no_price),
    }
}

/// The middle one; of an even number the mean of the middle two, rounded down. None of none.
fn median(mut prices: Vec<u128>) -> Option<u128> {
    prices.sort_unstable();
    let middle = prices.len().checked_div(2)?;
    let upper = *prices.get(middle)?;
    if !prices.len().is_multiple_of(2) {
        return Some(upper);
    }
    let lower = *prices.get(middle.checked_sub(1)?)?;
    // lower + (upper - lower) / 2: the sum of both could exceed 128 bits.
    lower.checked_add(upper.checked_sub(lower)?.checked_div(2)?)
}

/// Who feeds a symbol, by device; at most 15.
fn sources(storage: &dyn Storage, symbol: u32) -> StdResult<Vec<(DeviceId, Option<Quote>)>> {
    SOURCES
        .range(storage, Some((symbol, 0)), Some((symbol, u32::MAX)), Order::Ascending)
        .map(|entry| entry.map(|((_, device), quote)| (device, quote)))
        .collect()
}

/// All symbols, with what each source said last.
pub fn feeds(storage: &dyn Storage, start_after: Option<u32>, limit: Option<u32>) -> StdResult<FeedsResponse> {
    let (entries, more) = FEEDS.page(storage, start_after, limit)?;
    let mut feeds = Vec::with_capacity(entries.len());
    for (symbol, feed) in entries {
        let sources = sources(storage, symbol)?
            .into_iter()
            .map(|(device, quote)| SourceInfo {
                device,
                price: quote.map(|quote| quote.price.into()),
                time: quote.map(|quote| quote.time).unwrap_or_default(),
            })
            .collect();
        feeds.push(FeedInfo {
            symbol,
            name: feed.name,
            params: feed.params,
            sources,
        });
    }
    Ok(FeedsResponse { feeds, more })
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians() {
        for (prices, expected) in [
            (vec![], None),
            (vec![7], Some(7)),
            (vec![9, 4], Some(6)),
            (vec![u128::MAX, u128::MAX - 1], Some(u128::MAX - 1)),
            (vec![u128::MAX, 1, 5], Some(5)),
            (vec![4, 1, 3, 2], Some(2)),
        ] {
            assert_eq!(median(prices), expected);
        }
    }
}
