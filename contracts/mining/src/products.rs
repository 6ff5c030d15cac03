//! Streaming products and their factors.

use crate::error::{count, distinct, within};
use crate::events::{Event, Told};
use crate::state::{Core, CORE, PRODUCTS};
use crate::ContractError;
use cosmwasm_std::{StdResult, Storage, Timestamp};
use vrs_days::Schedule;
use vrs_interface::mining::{Product, ProductsResponse};

/// Products of one message.
pub const MAX_PRODUCTS: u64 = 100;
/// Largest factor, 1/10^9: a score of 1,000 a GB.
pub const MAX_FACTOR_E9: u64 = 1_000_000_000_000;

/// Registers products from today on, changes the factors of known ones from tomorrow on.
pub fn set(
    storage: &mut dyn Storage,
    core: &Core,
    now: Timestamp,
    products: Vec<Product>,
) -> Result<Told, ContractError> {
    within("products", count(&products), 1, MAX_PRODUCTS)?;
    distinct("product", products.iter().map(|product| product.id))?;
    let today = core.clock.day(now);
    let mut told = Told::default();
    for Product { id, factor_e9 } in products {
        within("factor_e9", factor_e9, 0, MAX_FACTOR_E9)?;
        let (from, schedule) = match PRODUCTS.may_load(storage, &id)? {
            None => (today, Schedule::starting(today, factor_e9)),
            Some(mut schedule) => {
                let tomorrow = today.saturating_add(1);
                schedule.set(today, tomorrow, factor_e9);
                (tomorrow, schedule)
            }
        };
        PRODUCTS.save(storage, &id, &schedule)?;
        told.events.push(Event::ProductSet { id, factor_e9, from });
    }
    Ok(told)
}

/// A page of products with today's factors, 0 where a product was taken out.
pub fn list(
    storage: &dyn Storage,
    now: Timestamp,
    start_after: Option<u32>,
    limit: Option<u32>,
) -> StdResult<ProductsResponse> {
    let today = CORE.load(storage)?.clock.day(now);
    let (entries, more) = PRODUCTS.page(storage, start_after, limit)?;
    let products = entries
        .into_iter()
        .map(|(id, schedule)| Product {
            id,
            factor_e9: schedule.at(today).copied().unwrap_or(0),
        })
        .collect();
    Ok(ProductsResponse { products, more })
}
