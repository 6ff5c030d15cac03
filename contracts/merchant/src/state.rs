//! What is stored. Keys are one byte of prefix and big-endian parts, values are postcard.

use crate::outside::Addresses;
use crate::records::{CustomerShare, MerchantShare, Visit};
use crate::rules::Rules;
use cosmwasm_std::{Api, Order, StdError, StdResult, Storage};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vrs_days::{Clock, Day, Schedule};
use vrs_interface::identity::MemberId;
use vrs_settlement::{Pools, Programme};
use vrs_table::{Cell, Key, Table};

/// Merchants: (merchant, day) -> their day; day -> sums and division; merchant -> last day claimed; last
/// day closed. Shares and days are removed by `prune` `expiry_days` after they are final.
pub const MERCHANTS: Programme<MerchantShare> = Programme::new([0x01, 0x02, 0x03, 0x04]);
/// Customers: likewise.
pub const CUSTOMERS: Programme<CustomerShare> = Programme::new([0x05, 0x06, 0x07, 0x08]);
/// Pool 0: Bzky for merchants; pool 1: Time for customers. Base units; never removed.
pub const POOLS: Pools = Pools::new(0x09);
/// Configuration and rules, read by every message; never removed.
pub const SETUP: Cell<Setup> = Cell::new(0x0a);
/// (customer, merchant, day) -> what they bought there. Removed by `prune` `horizon_days` after the day
/// is final; one entry of day 0 then says that the customer is known.
pub const VISITS: Table<(MemberId, MemberId, Day), Visit> = Table::new(0x0b);
/// merchant -> area, staff, district, trade by day; never removed.
pub const PREMISES: Table<MemberId, Schedule<Premises>> = Table::new(0x0c);
/// district -> rent a square foot in minor units by day; never removed.
pub const RENTS: Table<u32, Schedule<u64>> = Table::new(0x0d);
/// trade -> wage a head in minor units by day; never removed.
pub const WAGES: Table<u32, Schedule<u64>> = Table::new(0x0e);

const _: () = vrs_table::unique(&[
    0x01,
    0x02,
    0x03,
    0x04,
    0x05,
    0x06,
    0x07,
    0x08,
    0x09,
    0x0a,
    0x0b,
    0x0c,
    0x0d,
    0x0e,
    vrs_access::ROLES,
    vrs_access::PAUSED,
    vrs_access::PAST,
]);

/// What every message needs, in one record: a read costs 1,000 gas and 3 a byte.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Setup {
    /// The programme's clock; never changes.
    pub clock: Clock,
    /// Identity, the oracle, the Bzky token, the Time points in canonical bytes; never change.
    pub contracts: [Vec<u8>; 4],
    /// Days that visits are kept after they are final; never changes.
    pub horizon_days: u32,
    /// Days that unclaimed rewards are kept after they are final; never changes.
    pub expiry_days: u32,
    /// Days that a raised budget or limit waits; never changes.
    pub raise_delay_days: u32,
    /// The rules by day.
    pub rules: Schedule<Rules>,
}

impl Setup {
    /// The addresses as the chain writes them.
    pub fn addresses(&self, api: &dyn Api) -> StdResult<Addresses> {
        let [identity, oracle, bzky, time] = &self.contracts;
        let human = |bytes: &Vec<u8>| api.addr_humanize(&bytes.as_slice().into());
        Ok(Addresses {
            identity: human(identity)?,
            oracle: human(oracle)?,
            bzky: human(bzky)?,
            time: human(time)?,
        })
    }

    /// The rules of a day. Those of days that still take reports or wait to be closed are kept.
    pub fn rules(&self, day: Day) -> StdResult<&Rules> {
        self.rules
            .at_or_first(day)
            .ok_or_else(|| StdError::not_found(format!("rules of day {day}")))
    }
}

/// A merchant's attested premises.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Premises {
    /// Square feet.
    pub area: u32,
    /// People.
    pub staff: u32,
    /// District whose rent applies.
    pub district: u32,
    /// Trade whose wage applies.
    pub trade: u32,
}

/// One entry by a range of one: where nothing is stored a read costs 1,000 gas, a range 30.
pub fn peek<K, V>(table: &Table<K, V>, storage: &dyn Storage, key: &K) -> StdResult<Option<V>>
where
    K: Key,
    V: Serialize + DeserializeOwned,
{
    let range = (Some(key.clone()), Some(key.clone()));
    let entry = table.range(storage, range.0, range.1, Order::Ascending).next();
    Ok(entry.transpose()?.map(|(_, value)| value))
}
