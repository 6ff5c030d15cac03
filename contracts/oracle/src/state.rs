//! What is stored. Keys are one byte of prefix and big-endian parts, values are postcard: numbers
//! are varints, an enum is its position, so variants of stored enums are only ever appended.

use cosmwasm_std::{Order, StdError, StdResult, Storage};
use serde::{Deserialize, Serialize};
use vrs_attestation::Hash;
use vrs_days::{Clock, Day, Schedule};
use vrs_interface::attested::DropReason;
use vrs_interface::oracle::{DeviceCaps, DeviceId, DeviceKind, FeedParams, RefuseReason};
use vrs_table::{Cell, Table};

/// Clock and how long records are kept. Never changes.
pub const CONFIG: Cell<Config> = Cell::new(0x01);
/// Devices registered so far, also the highest number; absent: none.
pub const COUNT: Cell<DeviceId> = Cell::new(0x02);
/// device -> what it is and may. Written by its registration, key changes, caps and revocation;
/// never removed.
pub const DEVICES: Table<DeviceId, Device> = Table::new(0x03);
/// (device, sequence) -> a batch that used up its number. Written once, and again only if its
/// consumer drops items; removed by pruning, but for the last 64 of a device: the last one tells how
/// far the device is ([`progress`]), so that taking a batch is one write.
pub const BATCHES: Table<(DeviceId, u32), Record> = Table::new(0x04);
/// kind's number -> canonical address of the contract that consumes it; removed with it.
pub const CONSUMERS: Table<u8, Vec<u8>> = Table::new(0x05);
/// symbol -> its name and how prices are judged; never removed.
pub const FEEDS: Table<u32, Feed> = Table::new(0x06);
/// (symbol, device) -> the device's last price, if it gave one. At most 15 a symbol; removed when
/// the device no longer feeds it.
pub const SOURCES: Table<(u32, DeviceId), Option<Quote>> = Table::new(0x07);
/// (device, first day) -> a key that was in force before the device's current one, for signatures of
/// its days. Written by rotations; never removed.
pub const PAST_KEYS: Table<(DeviceId, Day), Vec<u8>> = Table::new(0x08);

const _: () = vrs_table::unique(&[
    0x01,
    0x02,
    0x03,
    0x04,
    0x05,
    0x06,
    0x07,
    0x08,
    vrs_access::ROLES,
    vrs_access::PAUSED,
    vrs_access::PAST,
]);

/// Configuration.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Config {
    /// The programme's clock.
    pub clock: Clock,
    /// Days of batch records kept.
    pub history_days: u32,
}

/// A device.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Device {
    /// What it is.
    pub kind: DeviceKind,
    /// The member for whom alone it may attest.
    pub subject: Option<u32>,
    /// Who may rotate its key and revoke it, in canonical bytes.
    pub owner: Vec<u8>,
    /// Bytes of the key for days from `key_from` on; 32 or 33.
    pub key: Vec<u8>,
    /// First day of `key`; 0 for the first key. Earlier ones are in [`PAST_KEYS`].
    pub key_from: Day,
    /// Another key and its first day, which may have come.
    pub next_key: Option<(Day, Vec<u8>)>,
    /// First day it may sign.
    pub valid_from: Day,
    /// Last day it may sign.
    pub valid_until: Option<Day>,
    /// Ended for good.
    pub revoked: bool,
    /// What it may attest on a day.
    pub caps: Schedule<DeviceCaps>,
}

/// How far a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The sequence number expected next, from 1.
    pub next: u32,
    /// Day of the last batch handed on; 0: none yet.
    pub day: Day,
    /// What it attested on that day.
    pub spent: Spent,
}

/// What a device attested on a day.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Spent {
    /// Items.
    pub items: u32,
    /// Their amount, minor units.
    pub amount: u64,
}

/// A batch that used up its number.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The day it belongs to.
    pub day: Day,
    /// Merkle root over its leaves.
    pub root: Hash,
    /// What it did.
    pub result: RecordResult,
    /// What the device had attested on the day of its last batch handed on, this one included.
    pub spent: Spent,
}

/// What a batch did.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum RecordResult {
    /// It was handed on.
    Accepted {
        /// Items in it.
        items: u16,
        /// Items that fell: position, code of the reason ([`DropReason`]).
        dropped: Vec<(u16, u8)>,
    },
    /// It was refused.
    Refused {
        /// Code of the reason ([`RefuseReason`]).
        reason: u8,
        /// Day of the last batch handed on before it; 0: none.
        last: Day,
    },
}

impl Record {
    /// Day of the device's last batch handed on, this one included.
    fn last_day(&self) -> Day {
        match self.result {
            RecordResult::Accepted { .. } => self.day,
            RecordResult::Refused { last, .. } => last,
        }
    }
}

/// A symbol.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Feed {
    /// Its name.
    pub name: String,
    /// How prices are judged.
    pub params: FeedParams,
}

/// A device's last price of a symbol.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// 18 decimals, above 0.
    pub price: u128,
    /// Unix second, as signed, but never later than the block that took it.
    pub time: u64,
}

/// A device, or none where the number is not given.
pub fn device(storage: &dyn Storage, number: DeviceId) -> StdResult<Option<Device>> {
    DEVICES.may_load(storage, &number)
}

/// How far a device is: what its last record tells.
pub fn progress(storage: &dyn Storage, number: DeviceId) -> StdResult<Progress> {
    let all = BATCHES.range(storage, Some((number, 0)), Some((number, u32::MAX)), Order::Descending);
    let none = Progress {
        next: 1,
        day: 0,
        spent: Spent::default(),
    };
    all.take(1).try_fold(none, |_, entry| {
        let ((_, sequence), record) = entry?;
        Ok(Progress {
            // The highest number is never taken.
            next: sequence.saturating_add(1),
            day: record.last_day(),
            spent: record.spent,
        })
    })
}

/// The reason with a stored code.
pub fn drop_reason(code: u8) -> StdResult<DropReason> {
    DropReason::from_code(code).ok_or_else(|| StdError::parse_err("DropReason", format!("no reason has code {code}")))
}

/// The reason with a stored code.
pub fn refuse_reason(code: u8) -> StdResult<RefuseReason> {
    use RefuseReason::*;
    [
        Malformed,
        UnknownDevice,
        WrongKind,
        BadSignature,
        Revoked,
        NoConsumer,
        DayAhead,
        DayClosed,
        DayBackwards,
        NotValidOnDay,
        ItemCap,
        AmountCap,
    ]
    .into_iter()
    .find(|reason| *reason as u8 == code)
    .ok_or_else(|| StdError::parse_err("RefuseReason", format!("no reason has code {code}")))
}
