//! `oracle`: the one door for the outside world.

use crate::access::{AccessMsg, PausedResponse, Role, RolesResponse};
use crate::attested::DroppedItem;
use crate::identity::MemberId;
use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Addr, Binary, Uint128};
use vrs_days::{Clock, Day};
use vrs_message::{message, Permissions};

/// A device's number. 0 is none.
pub type DeviceId = u32;

/// Most batches that one `submit_batches` takes.
pub const MAX_BATCHES: usize = 256;

/// Creates the oracle.
#[message]
pub struct InstantiateMsg {
    /// Who administers it.
    pub owner: String,
    /// The programme's clock.
    pub clock: Clock,
    /// Days of batch records kept before anyone may prune them: 180 to 3,650.
    pub history_days: u32,
}

/// What a device is, and so what its batches hold.
#[message]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum DeviceKind {
    /// A till: receipts.
    Terminal = 1,
    /// A node meter: readings.
    Meter = 2,
    /// A company: mileage debits.
    Company = 3,
    /// A bank: payouts made.
    Bank = 4,
    /// A price feed.
    Price = 5,
    /// A health service: goals reached.
    Health = 6,
}

/// A device's public key.
#[message]
pub enum DeviceKey {
    /// 32 bytes, not of small order.
    Ed25519(Binary),
    /// 33 bytes, compressed.
    Secp256k1(Binary),
}

/// What a device may attest a day; a batch that goes beyond is refused whole.
#[message]
#[derive(Copy, Eq)]
pub struct DeviceCaps {
    /// Items a programme day.
    pub items: u32,
    /// Sum of the items' amounts a programme day, minor units.
    pub amount: u64,
}

/// A device to be registered.
#[message]
pub struct NewDevice {
    /// What it is.
    pub kind: DeviceKind,
    /// The member for whom alone it may attest; none: for any. A terminal's is its shop.
    #[explicit]
    pub subject: Option<MemberId>,
    /// Who may rotate its key and revoke it.
    pub owner: String,
    /// Its key.
    pub key: DeviceKey,
    /// First programme day that it may sign.
    pub valid_from: Day,
    /// Last programme day that it may sign; none: until it is revoked.
    #[explicit]
    pub valid_until: Option<Day>,
    /// What it may attest a day.
    pub caps: DeviceCaps,
}

/// How a symbol's prices are judged.
#[message]
#[derive(Copy, Eq)]
pub struct FeedParams {
    /// Oldest price that counts, in parts of a day: 1 to 864,000.
    pub max_age: u32,
    /// Furthest that a device's price may move from its last one, in 1/10,000 of that: 1 to 10,000. A
    /// device whose last price is older than `max_age` starts anew.
    pub max_jump_bps: u16,
    /// Fewest fresh prices for a median: 1 to 15.
    pub min_sources: u8,
}

/// What can be done.
#[message]
#[derive(Permissions)]
pub enum ExecuteMsg {
    /// Owner, roles, pausing.
    #[permission(inner)]
    Access(AccessMsg),
    /// Registers up to 100 devices, numbered on from the last. Registrar.
    #[permission(registrar, stops)]
    RegisterDevices {
        /// Which.
        devices: Vec<NewDevice>,
    },
    /// Gives a device another key for the days from `from` on (after today). The device's owner.
    #[permission(subject)]
    RotateKey {
        /// Which.
        device: DeviceId,
        /// Its next key.
        key: DeviceKey,
        /// First day that the new key signs.
        from: Day,
    },
    /// Ends a device for good, at once. The device's owner, a registrar or a guardian.
    #[permission(subject)]
    RevokeDevice {
        /// Which.
        device: DeviceId,
    },
    /// Changes what a device may attest: lower at once, higher from tomorrow on. Registrar.
    #[permission(registrar)]
    SetCaps {
        /// Which.
        device: DeviceId,
        /// What it may.
        caps: DeviceCaps,
    },
    /// Names the contract that gets the batches of a kind. Owner.
    #[permission(owner)]
    SetConsumer {
        /// Which kind.
        kind: DeviceKind,
        /// Who gets them; none: nobody, such batches are refused.
        #[explicit]
        contract: Option<String>,
    },
    /// Registers a symbol or changes how its prices are judged. Owner.
    #[permission(owner)]
    SetFeed {
        /// The symbol's number in price leaves.
        symbol: u32,
        /// Its name, 1 to 32 bytes: `MVC/KRW`.
        name: String,
        /// How prices are judged.
        params: FeedParams,
    },
    /// Lets a device feed a symbol, or no longer; at most 15 devices a symbol. Owner.
    #[permission(owner)]
    SetFeedSource {
        /// The symbol.
        symbol: u32,
        /// A device of kind `price`.
        device: DeviceId,
        /// Whether it feeds.
        feeds: bool,
    },
    /// Takes the signed batches of many devices. Each has its own outcome. Anyone.
    #[permission(anyone)]
    SubmitBatches {
        /// Signed envelopes (docs/attestation.md), 1 to 256.
        batches: Vec<Binary>,
    },
    /// Removes batch records older than `history_days`, except the last 64 of a device. Anyone.
    #[permission(anyone)]
    Prune {
        /// Record to start behind: device and sequence.
        start_after: Option<(DeviceId, u32)>,
        /// Records to look at, 200 at most.
        limit: Option<u32>,
    },
}

/// What became of a batch. In the response data of `submit_batches` (JSON, in the order submitted) and in events.
#[cw_serde]
pub enum Outcome {
    /// Its items were handed on.
    Accepted {
        /// Items in it.
        items: u16,
        /// Items that fell, each with its reason.
        dropped: Vec<DroppedItem>,
    },
    /// The same batch was here before; nothing changed.
    Repeat {
        /// What it did the first time.
        first: FirstOutcome,
    },
    /// The device's next sequence number is another.
    Gap {
        /// The number expected.
        expected: u32,
    },
    /// Another batch with this number was taken before: the device signed two.
    Conflict {
        /// Root of the one that was taken.
        taken: Binary,
    },
    /// It is older than the 64 last batches of its device, or its record is pruned; nothing changed.
    Stale {
        /// The device's next sequence number.
        expected: u32,
    },
    /// It was refused.
    Refused {
        /// Why.
        reason: RefuseReason,
    },
}

/// What a batch did when it was first here.
#[cw_serde]
pub enum FirstOutcome {
    /// Its items were handed on.
    Accepted {
        /// Items in it.
        items: u16,
        /// Items that fell (`delivery` is 0).
        dropped: Vec<DroppedItem>,
    },
    /// It was refused, and its number is used up.
    Refused {
        /// Why.
        reason: RefuseReason,
    },
}

/// Why a whole batch was refused.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum RefuseReason {
    // Before the signature is known to be good: the number is not used up.
    /// Not an envelope of a known version and kind, or of a broken length.
    Malformed = 1,
    /// No such device.
    UnknownDevice = 2,
    /// The device is of another kind.
    WrongKind = 3,
    /// The signature is not the device's.
    BadSignature = 4,
    /// The device is revoked.
    Revoked = 5,
    /// The kind has no consumer yet; the batch may be sent again later.
    NoConsumer = 6,
    /// The day has not begun; the batch may be sent again later.
    DayAhead = 7,
    // With a good signature: the number is used up, so that the device can go on.
    /// The day takes no reports any more.
    DayClosed = 32,
    /// The device's last batch was of a later day.
    DayBackwards = 33,
    /// The device may not sign that day.
    NotValidOnDay = 34,
    /// More items a day than the device may attest.
    ItemCap = 35,
    /// More amount a day than the device may attest.
    AmountCap = 36,
}

impl RefuseReason {
    /// Whether a batch refused for this reason uses up its sequence number.
    pub fn uses_number(self) -> bool {
        self as u8 >= 32
    }

    /// The reason as it stands in events: `bad_signature`, ...
    pub fn name(self) -> &'static str {
        match self {
            RefuseReason::Malformed => "malformed",
            RefuseReason::UnknownDevice => "unknown_device",
            RefuseReason::WrongKind => "wrong_kind",
            RefuseReason::BadSignature => "bad_signature",
            RefuseReason::Revoked => "revoked",
            RefuseReason::NoConsumer => "no_consumer",
            RefuseReason::DayAhead => "day_ahead",
            RefuseReason::DayClosed => "day_closed",
            RefuseReason::DayBackwards => "day_backwards",
            RefuseReason::NotValidOnDay => "not_valid_on_day",
            RefuseReason::ItemCap => "item_cap",
            RefuseReason::AmountCap => "amount_cap",
        }
    }
}

/// Response data of `submit_batches`.
#[cw_serde]
pub struct SubmitBatchesResponse {
    /// In the order submitted; `dropped[..].delivery` is the batch's position in the message.
    pub outcomes: Vec<Outcome>,
}

/// Response data of `register_devices`.
#[cw_serde]
pub struct RegisterDevicesResponse {
    /// Number of the first; the others follow.
    pub first: DeviceId,
}

/// What can be asked.
#[message]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The owner and a proposed one.
    #[returns(cw_ownable::Ownership<String>)]
    Ownership {},
    /// Who holds which role.
    #[returns(RolesResponse)]
    Roles {
        /// Role and account to start behind.
        start_after: Option<(Role, String)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Whether new devices are stopped; intake goes on.
    #[returns(PausedResponse)]
    Paused {},
    /// Configuration.
    #[returns(ConfigResponse)]
    Config {},
    /// One device.
    #[returns(DeviceResponse)]
    Device {
        /// Its number.
        device: DeviceId,
    },
    /// All devices, ascending.
    #[returns(DevicesResponse)]
    Devices {
        /// Number to start behind.
        start_after: Option<DeviceId>,
        /// Page size.
        limit: Option<u32>,
    },
    /// The key that signs a device's batches of a day.
    #[returns(KeyAtResponse)]
    KeyAt {
        /// The device.
        device: DeviceId,
        /// The day.
        day: Day,
    },
    /// One batch record.
    #[returns(BatchResponse)]
    Batch {
        /// The device.
        device: DeviceId,
        /// Its sequence number.
        sequence: u32,
    },
    /// A device's batch records, ascending.
    #[returns(BatchesResponse)]
    Batches {
        /// The device.
        device: DeviceId,
        /// Sequence number to start behind.
        start_after: Option<u32>,
        /// Page size.
        limit: Option<u32>,
    },
    /// The price of a symbol: the median of the fresh ones, or an error that says what is missing.
    #[returns(PriceResponse)]
    Price {
        /// The symbol's number.
        symbol: u32,
    },
    /// All symbols.
    #[returns(FeedsResponse)]
    Feeds {
        /// Symbol to start behind.
        start_after: Option<u32>,
        /// Page size.
        limit: Option<u32>,
    },
}

/// Answer to `config`.
#[cw_serde]
pub struct ConfigResponse {
    /// The programme's clock.
    pub clock: Clock,
    /// Days of batch records kept.
    pub history_days: u32,
    /// Chain id as signed.
    pub chain_id: String,
    /// Devices registered so far; also the highest number.
    pub devices: u32,
    /// Who gets the batches of each kind.
    pub consumers: Vec<(DeviceKind, Addr)>,
}

/// Answer to `device`.
#[cw_serde]
pub struct DeviceResponse {
    /// Its number.
    pub device: DeviceId,
    /// What it is.
    pub kind: DeviceKind,
    /// For whom alone it may attest.
    pub subject: Option<MemberId>,
    /// Who may rotate its key and revoke it.
    pub owner: Addr,
    /// The key that signs today.
    pub key: DeviceKey,
    /// A next key and its first day.
    pub next_key: Option<(Day, DeviceKey)>,
    /// First day it may sign.
    pub valid_from: Day,
    /// Last day it may sign.
    pub valid_until: Option<Day>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// What it may attest today.
    pub caps: DeviceCaps,
    /// The sequence number expected next, from 1.
    pub next_sequence: u32,
}

/// Answer to `devices`.
#[cw_serde]
pub struct DevicesResponse {
    /// Ascending by number.
    pub devices: Vec<DeviceResponse>,
    /// Whether more are left.
    pub more: bool,
}

/// Answer to `key_at`.
#[cw_serde]
pub struct KeyAtResponse {
    /// The key.
    pub key: DeviceKey,
}

/// A batch that the oracle took.
#[cw_serde]
pub struct BatchResponse {
    /// The device.
    pub device: DeviceId,
    /// Its sequence number.
    pub sequence: u32,
    /// The day it belongs to.
    pub day: Day,
    /// Merkle root over its leaves, 32 bytes.
    pub root: Binary,
    /// What it did.
    pub outcome: FirstOutcome,
}

/// Answer to `batches`.
#[cw_serde]
pub struct BatchesResponse {
    /// Ascending by sequence.
    pub batches: Vec<BatchResponse>,
    /// Whether more are left.
    pub more: bool,
}

/// Answer to `price`.
#[cw_serde]
pub struct PriceResponse {
    /// Median of the fresh prices (of an even number the mean of the middle two, rounded down), 18 decimals.
    pub price: Uint128,
    /// Unix second of the oldest price in it.
    pub time: u64,
    /// Fresh prices in it.
    pub sources: u8,
}

/// One device's price.
#[cw_serde]
pub struct SourceInfo {
    /// The device.
    pub device: DeviceId,
    /// Its last price, 18 decimals; none yet: none.
    pub price: Option<Uint128>,
    /// Unix second of that price.
    pub time: u64,
}

/// A symbol.
#[cw_serde]
pub struct FeedInfo {
    /// Its number.
    pub symbol: u32,
    /// Its name.
    pub name: String,
    /// How prices are judged.
    pub params: FeedParams,
    /// Who feeds it.
    pub sources: Vec<SourceInfo>,
}

/// Answer to `feeds`.
#[cw_serde]
pub struct FeedsResponse {
    /// Ascending by number.
    pub feeds: Vec<FeedInfo>,
    /// Whether more are left.
    pub more: bool,
}
