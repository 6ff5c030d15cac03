//! What the owner decides: who consumes what, which symbols there are and who feeds them.

use crate::devices::known;
use crate::error::{length, within};
use crate::events::Event;
use crate::state::{Feed, CONSUMERS, FEEDS, SOURCES};
use crate::ContractError;
use cosmwasm_std::{DepsMut, Order, Response, StdResult, Storage};
use vrs_access::valid_address;
use vrs_interface::oracle::{DeviceId, DeviceKind, FeedParams};

/// Most devices that feed a symbol.
pub const MAX_SOURCES: usize = 15;
/// Longest name of a symbol, in bytes.
const MAX_NAME: usize = 32;

/// Names the contract that gets the batches of a kind, or nobody.
pub fn set_consumer(deps: DepsMut, kind: DeviceKind, contract: Option<String>) -> Result<Response, ContractError> {
    if kind == DeviceKind::Price {
        return Err(ContractError::PricesStayHere {});
    }
    let contract = contract.map(|text| valid_address(deps.api, &text)).transpose()?;
    match &contract {
        Some(address) => {
            let canonical = deps.api.addr_canonicalize(address.as_str())?.to_vec();
            CONSUMERS.save(deps.storage, &(kind as u8), &canonical)?;
        }
        None => CONSUMERS.remove(deps.storage, &(kind as u8)),
    }
    Ok(Response::new().add_event(Event::SetConsumer { kind, contract }))
}

/// Registers a symbol or changes how its prices are judged.
pub fn set_feed(deps: DepsMut, symbol: u32, name: String, params: FeedParams) -> Result<Response, ContractError> {
    within("name", length(name.len()), 1, length(MAX_NAME))?;
    within("max_age", params.max_age.into(), 1, 864_000)?;
    within("max_jump_bps", params.max_jump_bps.into(), 1, 10_000)?;
    within("min_sources", params.min_sources.into(), 1, length(MAX_SOURCES))?;
    let feed = Feed {
        name: name.clone(),
        params,
    };
    FEEDS.save(deps.storage, &symbol, &feed)?;
    Ok(Response::new().add_event(Event::SetFeed { symbol, name, params }))
}

/// Lets a device feed a symbol, or no longer. What already is so stays so, price included.
pub fn set_feed_source(deps: DepsMut, symbol: u32, device: DeviceId, feeds: bool) -> Result<Response, ContractError> {
    if !FEEDS.has(deps.storage, &symbol) {
        return Err(ContractError::UnknownSymbol { symbol });
    }
    let key = (symbol, device);
    if !feeds {
        SOURCES.remove(deps.storage, &key);
    } else if !SOURCES.has(deps.storage, &key) {
        add_source(deps.storage, symbol, device)?;
    }
    let event = Event::SetFeedSource { symbol, device, feeds };
    Ok(Response::new().add_event(event))
}

fn add_source(storage: &mut dyn Storage, symbol: u32, number: DeviceId) -> Result<(), ContractError> {
    let device = known(storage, number)?;
    if device.revoked {
        return Err(ContractError::DeviceRevoked { device: number });
    }
    if device.kind != DeviceKind::Price {
        return Err(ContractError::DeviceKind {
            device: number,
            expected: DeviceKind::Price,
            actual: device.kind,
        });
    }
    let sources = SOURCES
        .range(storage, Some((symbol, 0)), Some((symbol, u32::MAX)), Order::Ascending)
        .take(MAX_SOURCES)
        .collect::<StdResult<Vec<_>>>()?;
    if sources.len() == MAX_SOURCES {
        return Err(ContractError::TooManySources {
            symbol,
            max: MAX_SOURCES,
        });
    }
    Ok(SOURCES.save(storage, &(symbol, number), &None)?)
}
