//! What the oracle hands to the contract that consumes a kind of batch, and what that answers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Binary;
use vrs_days::Day;

/// A verified batch. The signature, the device, its sequence, its day and its caps are checked; the
/// leaves are not.
#[vrs_message::message]
pub struct Delivery {
    /// The device that signed it.
    pub device: u32,
    /// The member for whom the device may attest; none where it may attest for any.
    pub subject: Option<u32>,
    /// Programme day that the batch belongs to; it still takes reports.
    pub day: Day,
    /// The device's sequence number.
    pub sequence: u32,
    /// The leaves, one behind the other, as signed (fixed width by kind).
    pub leaves: Binary,
}

/// The one message that a consumer gets for all batches of a kind in a transaction:
/// `{"attested": {"deliveries": [...]}}`. Every consumer's `ExecuteMsg` has this variant.
#[cw_serde]
pub enum ConsumerMsg {
    /// Verified batches, in the order in which they were submitted.
    Attested {
        /// The batches.
        deliveries: Vec<Delivery>,
    },
}

/// What the consumer sets as its response data (JSON): the items that fell, nothing else.
#[cw_serde]
#[derive(Default)]
pub struct AttestedResponse {
    /// Items that did not count, by delivery, then item.
    pub dropped: Vec<DroppedItem>,
}

/// An item that did not count.
#[cw_serde]
pub struct DroppedItem {
    /// Position of its batch in `deliveries`.
    pub delivery: u32,
    /// Position of the item in the batch.
    pub item: u16,
    /// Why.
    pub reason: DropReason,
}

/// Why an item did not count. The names stand in events, in `dropped.csv` and in docs.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum DropReason {
    /// The amount is 0.
    ZeroAmount = 1,
    /// The amount is above what one order may be.
    AmountTooLarge = 2,
    /// The channel is neither store nor external.
    UnknownChannel = 3,
    /// The time does not lie within a day.
    TimeOutsideDay = 4,
    /// The member has no number in identity, or is of a kind that cannot take part this way.
    UnknownMember = 5,
    /// The customer or account has no live verified claim.
    MemberUnverified = 6,
    /// The customer or account is removed from the network.
    MemberRemoved = 7,
    /// The merchant has no live verified claim.
    MerchantUnverified = 8,
    /// The merchant is removed from the network.
    MerchantRemoved = 9,
    /// Nobody attested the merchant's area, staff, district and trade for that day.
    MerchantWithoutProfile = 10,
    /// A mark limits what the customer or merchant may trade in one order.
    TradeLimit = 11,
    /// A shop's sale to itself.
    SelfSale = 12,
    /// The day takes no reports any more.
    DayClosed = 13,
    /// The method is not one of the six.
    UnknownMethod = 14,
    /// A quantity is outside what the method allows.
    QuantityOutOfRange = 15,
    /// The same unit's reading of that day and method was already counted.
    DuplicateReading = 16,
    /// The streamed product is not registered.
    UnknownProduct = 17,
    /// The device may not attest for that member.
    WrongSubject = 18,
    /// The price's symbol is not registered.
    UnknownSymbol = 19,
    /// The price is older than the one that stands, or jumps further than allowed.
    PriceRefused = 20,
}

impl DropReason {
    /// The reason as it stands in events and files: `zero_amount`, ...
    pub fn name(self) -> &'static str {
        match self {
            DropReason::ZeroAmount => "zero_amount",
            DropReason::AmountTooLarge => "amount_too_large",
            DropReason::UnknownChannel => "unknown_channel",
            DropReason::TimeOutsideDay => "time_outside_day",
            DropReason::UnknownMember => "unknown_member",
            DropReason::MemberUnverified => "member_unverified",
            DropReason::MemberRemoved => "member_removed",
            DropReason::MerchantUnverified => "merchant_unverified",
            DropReason::MerchantRemoved => "merchant_removed",
            DropReason::MerchantWithoutProfile => "merchant_without_profile",
            DropReason::TradeLimit => "trade_limit",
            DropReason::SelfSale => "self_sale",
            DropReason::DayClosed => "day_closed",
            DropReason::UnknownMethod => "unknown_method",
            DropReason::QuantityOutOfRange => "quantity_out_of_range",
            DropReason::DuplicateReading => "duplicate_reading",
            DropReason::UnknownProduct => "unknown_product",
            DropReason::WrongSubject => "wrong_subject",
            DropReason::UnknownSymbol => "unknown_symbol",
            DropReason::PriceRefused => "price_refused",
        }
    }

    /// The reason with this code, as a batch record stores it.
    pub fn from_code(code: u8) -> Option<Self> {
        use DropReason::*;
        [
            ZeroAmount,
            AmountTooLarge,
            UnknownChannel,
            TimeOutsideDay,
            UnknownMember,
            MemberUnverified,
            MemberRemoved,
            MerchantUnverified,
            MerchantRemoved,
            MerchantWithoutProfile,
            TradeLimit,
            SelfSale,
            DayClosed,
            UnknownMethod,
            QuantityOutOfRange,
            DuplicateReading,
            UnknownProduct,
            WrongSubject,
            UnknownSymbol,
            PriceRefused,
        ]
        .into_iter()
        .find(|reason| *reason as u8 == code)
    }
}
