//! What is stored. Keys are one byte of prefix and big-endian parts, values are postcard.

use crate::rulebook::Rulebook;
use crate::share::AccountShare;
use cosmwasm_std::Addr;
use serde::{Deserialize, Serialize};
use vrs_access::{PAST, PAUSED, ROLES};
use vrs_days::{Clock, Schedule};
use vrs_settlement::{Pools, Programme};
use vrs_table::{Cell, Table};

/// What every message needs. Never changes.
pub const CORE: Cell<Core> = Cell::new(0x01);
/// What payments and upkeep need besides. Never changes.
pub const MONEY: Cell<Money> = Cell::new(0x02);
/// The rules by day; changed by `set_params` and `cut_budget`.
pub const RULES: Cell<Rulebook> = Cell::new(0x03);
/// product -> its factor by day, score a GB in 1/10^9; 0: taken out. Never removed.
pub const PRODUCTS: Table<u32, Schedule<u64>> = Table::new(0x04);
/// (account, day, method, unit) -> quantities as signed, trailing zeros left out; removed by `prune`,
/// `expiry_days` after the day is final.
pub const READINGS: Table<(u32, u32, u8, u64), Vec<u64>> = Table::new(0x05);
/// (account, day) -> scores; day -> sums and division; account -> cursor; head. See `docs/settlement.md`.
pub const PROGRAMME: Programme<AccountShare> = Programme::new([0x06, 0x07, 0x08, 0x09]);
/// [`HP`] and [`VRS`] -> what the pool holds; never removed.
pub const POOLS: Pools = Pools::new(0x0a);

const _: () = vrs_table::unique(&[
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, ROLES, PAUSED, PAST,
]);

/// Number of the pool that pays HP.
pub const HP: u8 = 0;
/// Number of the pool that pays VRS.
pub const VRS: u8 = 1;

/// What every message needs.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Core {
    /// The programme's clock.
    pub clock: Clock,
    /// Who reports readings.
    pub oracle: Addr,
    /// Who knows the members.
    pub identity: Addr,
}

/// What payments and upkeep need.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The HP points.
    pub hp: Addr,
    /// The VRS token.
    pub vrs: Addr,
    /// Days after which what nobody claimed returns, and readings go.
    pub expiry_days: u32,
    /// Days that a raised budget waits.
    pub raise_delay_days: u32,
}
