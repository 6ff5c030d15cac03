//! What is stored. Keys are one byte and canonical bytes of accounts, values postcard; the bytes
//! are frozen by `tests/stored.rs`. Amounts are base units.

use crate::limit::Limits;
use crate::ContractError;
use cosmwasm_std::{Addr, Order, StdResult, Storage};
use serde::{Deserialize, Serialize};
use vrs_access::{PAST, PAUSED, ROLES};
use vrs_days::{Clock, Windows};
use vrs_table::{AccountKey, Cell, Table};

/// What is given at instantiation and never changes.
pub const CONFIG: Cell<Config> = Cell::new(0x01);
/// How wallets show the points; given at instantiation, never changes.
pub const LABEL: Cell<Label> = Cell::new(0x02);
/// Account -> points held, above 0; removed when the last one leaves.
pub const BALANCES: Table<AccountKey, u128> = Table::new(0x03);
/// Issuer -> its limits and what of the latest windows is used; never removed, at most 32.
pub const ISSUERS: Table<AccountKey, Issuer> = Table::new(0x04);
/// Issuer -> its book; from its first reservation on. Apart from its limits, which a mint need not touch.
pub const BOOKS: Table<AccountKey, Book> = Table::new(0x05);
/// Acceptor -> true; removed when it accepts no more.
pub const ACCEPTORS: Table<AccountKey, bool> = Table::new(0x06);
/// Points ever burned; absent before the first.
pub const BURNED: Cell<u128> = Cell::new(0x07);

const _: () = vrs_table::unique(&[0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, ROLES, PAUSED, PAST]);

/// What is given at instantiation.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Config {
    /// The programme's clock.
    pub clock: Clock,
    /// Identity.
    pub identity: Addr,
    /// Most points out and reserved; none: no limit.
    pub max_supply: Option<u128>,
    /// Whether only verified members receive transfers.
    pub verified_only: bool,
    /// Days that a raised limit waits.
    pub raise_delay_days: u32,
}

/// How wallets show the points.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Label {
    /// 3 to 50 bytes.
    pub name: String,
    /// 2 to 12 letters, digits or `-`.
    pub symbol: String,
    /// At most 18.
    pub decimals: u8,
}

/// What an issuer may reserve.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Issuer {
    /// Its limits by day.
    pub limits: Limits,
    /// What it reserved for the latest windows.
    pub windows: Windows,
}

/// What an issuer has reserved and minted. Their sum is what of `total` is used.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Default)]
pub struct Book {
    /// Reserved and neither minted nor released.
    pub reserved: u128,
    /// Minted.
    pub minted: u128,
}

impl Book {
    /// Used of `total`.
    pub fn used(&self) -> u128 {
        self.reserved.saturating_add(self.minted)
    }
}

/// All issuers' books and what was burned, summed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sums {
    /// Reserved and not yet minted.
    pub reserved: u128,
    /// Ever minted.
    pub minted: u128,
    /// Ever burned.
    pub burned: u128,
}

impl Sums {
    /// Points out: the sum of all balances.
    pub fn out(&self) -> u128 {
        self.minted.saturating_sub(self.burned)
    }
}

/// Adds the books up: at most 32 steps of some 300 gas, instead of a record of sums that every mint
/// would have to write for 3,600. Limits are bounded so that the sums cannot overflow.
pub fn sums(storage: &dyn Storage) -> StdResult<Sums> {
    let mut sums = Sums {
        reserved: 0,
        minted: 0,
        burned: BURNED.may_load(storage)?.unwrap_or(0),
    };
    let most = vrs_interface::points::MAX_ISSUERS;
    for entry in BOOKS.range(storage, None, None, Order::Ascending).take(most) {
        let (_, book) = entry?;
        sums.reserved = sums.reserved.saturating_add(book.reserved);
        sums.minted = sums.minted.saturating_add(book.minted);
    }
    Ok(sums)
}

/// A registered issuer, or [`ContractError::NotAnIssuer`].
pub fn issuer(storage: &dyn Storage, key: &AccountKey, address: &Addr) -> Result<Issuer, ContractError> {
    ISSUERS
        .may_load(storage, key)?
        .ok_or_else(|| ContractError::NotAnIssuer {
            address: address.clone(),
        })
}
