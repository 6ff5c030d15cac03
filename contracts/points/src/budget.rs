//! What issuers do: reserve within their limits, mint out of what they reserved, give back the rest.

use crate::balances::{account, credit, key, positive};
use crate::error::{length_within, within};
use crate::events::Event;
use crate::limit::Limit;
use crate::state::{self, sums, Book, Config, Issuer, BOOKS, CONFIG, ISSUERS};
use crate::ContractError;
use cosmwasm_std::{Addr, DepsMut, Response, StdResult, Storage, Timestamp, Uint128};
use vrs_days::{Day, Window};
use vrs_interface::points::{Mint, MAX_MINTS};
use vrs_table::AccountKey;

/// What may still be reserved for a day, by what bounds it.
pub struct Room {
    /// The limit in force on the day.
    pub limit: Limit,
    /// The day's window; none: it is no longer kept, and the first day that is.
    pub days: Result<Window, Day>,
    /// Left of the window.
    pub window: u128,
    /// Left of the issuer's total.
    pub total: u128,
    /// Left of the supply.
    pub supply: u128,
}

impl Room {
    /// What `issuer` may still reserve for `day`. Says nothing about pauses, days ahead and windows past.
    pub fn of(
        storage: &dyn Storage,
        config: &Config,
        issuer: &Issuer,
        book: &Book,
        day: Day,
    ) -> Result<Self, ContractError> {
        let limit = issuer.limits.at(day);
        let days = issuer.windows.at(day, limit.window_days);
        let window = days.map_or(0, |days| limit.per_window.saturating_sub(days.used));
        let supply = match config.max_supply {
            None => u128::MAX,
            Some(most) => {
                let sums = sums(storage)?;
                most.saturating_sub(sums.out()).saturating_sub(sums.reserved)
            }
        };
        Ok(Room {
            limit,
            days,
            window,
            total: limit.total.saturating_sub(book.used()),
            supply,
        })
    }

    /// The least of the three.
    pub fn least(&self) -> u128 {
        self.window.min(self.total).min(self.supply)
    }
}

/// Sets budget aside for a day, not ahead of today; charges the day's window, the total and the supply.
pub fn reserve(
    deps: DepsMut,
    now: Timestamp,
    sender: Addr,
    day: Day,
    amount: Uint128,
) -> Result<Response, ContractError> {
    let issuer_key = key(deps.api, &sender)?;
    let mut issuer = state::issuer(deps.storage, &issuer_key, &sender)?;
    let units = positive(amount)?;
    let config = CONFIG.load(deps.storage)?;
    within("day", day.into(), 1, config.clock.day(now).into())?;

    let mut book = book(deps.storage, &issuer_key)?;
    let room = Room::of(deps.storage, &config, &issuer, &book, day)?;
    let window = room
        .days
        .map_err(|kept_from| ContractError::WindowPast { day, kept_from })?;
    if units > room.window {
        return Err(ContractError::AboveWindow {
            first: window.first,
            last: window.last,
            available: room.window.into(),
            amount,
        });
    }
    if units > room.total {
        return Err(ContractError::AboveTotal {
            available: room.total.into(),
            amount,
        });
    }
    if units > room.supply {
        return Err(ContractError::AboveSupply {
            available: room.supply.into(),
            amount,
        });
    }
    issuer
        .windows
        .charge(day, room.limit.window_days, units)
        .map_err(|kept_from| ContractError::WindowPast { day, kept_from })?;
    ISSUERS.save(deps.storage, &issuer_key, &issuer)?;
    book.reserved = book.reserved.saturating_add(units);
    BOOKS.save(deps.storage, &issuer_key, &book)?;
    Ok(Event::Reserved {
        issuer: sender,
        day,
        amount,
    }
    .into())
}

/// Gives reserved budget back to the total and the supply; the window stays charged, so that no
/// window can be used twice.
pub fn release(deps: DepsMut, sender: Addr, amount: Uint128) -> Result<Response, ContractError> {
    let issuer_key = key(deps.api, &sender)?;
    state::issuer(deps.storage, &issuer_key, &sender)?;
    let units = positive(amount)?;
    let mut book = book(deps.storage, &issuer_key)?;
    book.reserved = take(&book, units)?;
    BOOKS.save(deps.storage, &issuer_key, &book)?;
    Ok(Event::Released { issuer: sender, amount }.into())
}

/// Mints out of what the sender has reserved. Goes on while paused: it was promised before.
pub fn mint(deps: DepsMut, sender: Addr, mints: Vec<Mint>) -> Result<Response, ContractError> {
    let issuer_key = key(deps.api, &sender)?;
    // Only issuers have a book, from their first reservation on: where there is one, limits need no reading.
    let mut book = match BOOKS.may_load(deps.storage, &issuer_key)? {
        Some(book) => book,
        None => state::issuer(deps.storage, &issuer_key, &sender).map(|_| Book::default())?,
    };
    length_within("mints", mints.len(), 1, MAX_MINTS)?;
    let units = total(&mints)?;
    book.reserved = take(&book, units)?;
    book.minted = book.minted.saturating_add(units);
    BOOKS.save(deps.storage, &issuer_key, &book)?;
    let mut response = Response::new();
    for mint in mints {
        let units = positive(mint.amount)?;
        let (to, key) = account(deps.api, mint.to.as_str())?;
        credit(deps.storage, &key, units)?;
        response = response.add_event(Event::Minted {
            issuer: sender.clone(),
            to,
            amount: mint.amount,
        });
    }
    Ok(response)
}

/// The issuer's book; empty before its first reservation.
pub fn book(storage: &dyn Storage, issuer: &AccountKey) -> StdResult<Book> {
    Ok(BOOKS.may_load(storage, issuer)?.unwrap_or_default())
}

fn total(mints: &[Mint]) -> Result<u128, ContractError> {
    let mut total = Uint128::zero();
    for mint in mints {
        total = total
            .checked_add(mint.amount)
            .map_err(cosmwasm_std::StdError::overflow)?;
    }
    Ok(total.u128())
}

fn take(book: &Book, units: u128) -> Result<u128, ContractError> {
    book.reserved
        .checked_sub(units)
        .ok_or_else(|| ContractError::AboveReserve {
            reserved: book.reserved.into(),
            amount: units.into(),
        })
}
