//! A payment's way back, as data: `vrs trace --json` prints it, [`super::text`] puts it into words.

use cosmwasm_std::{Uint128, Uint64};
use serde::Serialize;
use vrs_days::Day;

/// One member's day.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    /// The member's number in identity.
    pub member: u32,
    /// Who that is: `merchant 330 (member #12)`.
    pub name: String,
    /// Where he is paid now.
    pub payout: String,
    /// The programme day.
    pub day: Day,
    /// Its date; none where days are no calendar days.
    pub date: Option<String>,
    /// The day in words: `2017-01-03 (day 3)`.
    pub day_name: String,
    /// Where the day stands: `open`, `closing`, `provisional`, `final`.
    pub stage: String,
    /// What he was that day: a merchant, a customer, an account that mined.
    pub parts: Vec<Part>,
}

/// What a member earned as one thing, and from what.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// What he was paid.
    pub payments: Vec<Payment>,
    /// What it was for.
    pub score: Score,
    /// Orders or readings, in the order of their arrival.
    pub items: Vec<Item>,
    /// The batches that brought them.
    pub batches: Vec<Batch>,
    /// What could not be shown, and why.
    pub notes: Vec<String>,
}

/// A payment from one pool.
#[derive(Clone, Debug, Serialize)]
pub struct Payment {
    /// The pool.
    pub pool: String,
    /// What it pays in: `Bzky`, `Time`, `HP`, `VRS`.
    pub asset: String,
    /// Base units.
    pub amount: Uint128,
    /// Whether it was claimed.
    pub claimed: bool,
    /// The transaction that claimed it; none where it is not claimed.
    pub claim: Option<Claim>,
    /// Moment from which it can be claimed.
    pub claimable_from: String,
    /// Whether it, or a part of it, was taken back.
    pub taken_back: bool,
    /// How it follows from the day's budget; empty where nothing was divided.
    pub division: Vec<Division>,
}

/// The transaction that claimed a payment, with others of the same member.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// Its block.
    pub height: u64,
    /// The transaction's hash, where the chain gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// The block's time.
    pub time: String,
    /// Who sent it.
    pub sender: String,
    /// Days up to this one were paid with it.
    pub through: Day,
}

/// One part of a budget: `budget * share_bps/10,000 * weight/total`, at most `cap`.
#[derive(Clone, Debug, Serialize)]
pub struct Division {
    /// The weight that divides it.
    pub track: String,
    /// The day's whole budget, base units.
    pub budget: Uint128,
    /// The part of it, 1/10,000.
    pub share_bps: u16,
    /// The member's weight as it stands in the sum.
    pub weight: Uint128,
    /// What of it still earns.
    pub earning: Uint128,
    /// Sum of all weights.
    pub total: Uint128,
    /// The most that one participant gets; none: no cap.
    pub cap: Option<Uint128>,
    /// What it comes to, base units.
    pub amount: Uint128,
}

/// What a payment was for.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "as", rename_all = "lowercase")]
pub enum Score {
    /// BizPower.
    Merchant(Box<Power>),
    /// Spending.
    Customer(Spending),
    /// Mining.
    Account(Mining),
}

/// A merchant's BizPower with its terms.
#[derive(Clone, Debug, Serialize)]
pub struct Power {
    /// Orders, small ones included, and their sum in minor units.
    pub orders: u32,
    /// Their sum, minor units.
    pub revenue: Uint64,
    /// Counted store orders.
    pub store_orders: u32,
    /// Their sum, minor units.
    pub store_sum: Uint64,
    /// Counted external orders.
    pub external_orders: u32,
    /// Their sum, minor units.
    pub external_sum: Uint64,
    /// First-time, repeat and external customers.
    pub customers: (u32, u32, u32),
    /// Days whose customers decide the weights; none where the window lies before day 1.
    pub window_days: Option<(Day, Day)>,
    /// First-time, repeat and external customers of those days: the weights.
    pub window: (u64, u64, u64),
    /// area * rent + staff * wage, minor units.
    pub cost: Uint128,
    /// What the costs are made of; none where that is no longer answered.
    pub premises: Option<Premises>,
    /// BizPower, 18 decimals.
    pub bizpower: Uint128,
    /// Open, high, low, close; 18 decimals.
    pub candle: [Uint128; 4],
    /// The level it reaches.
    pub level: u8,
    /// Lowest Bzky balance of the day before, base units.
    pub holding: Uint128,
}

/// What a shop's costs are made of.
#[derive(Clone, Debug, Serialize)]
pub struct Premises {
    /// Square feet.
    pub area: u32,
    /// Minor units a square foot.
    pub rent: Uint64,
    /// People.
    pub staff: u32,
    /// Minor units a head.
    pub wage: Uint64,
}

/// A customer's spending by shop.
#[derive(Clone, Debug, Serialize)]
pub struct Spending {
    /// All of it, minor units.
    pub spending: Uint64,
    /// What of it no longer earns.
    pub taken_back: Uint64,
    /// By shop.
    pub visits: Vec<VisitLine>,
}

/// What a customer bought at one shop.
#[derive(Clone, Debug, Serialize)]
pub struct VisitLine {
    /// The shop's number.
    pub merchant: u32,
    /// Who that is.
    pub name: String,
    /// Orders.
    pub orders: u32,
    /// Their sum, minor units.
    pub spending: Uint64,
    /// Whether it no longer earns.
    pub taken_back: bool,
}

/// An account's scores by method.
#[derive(Clone, Debug, Serialize)]
pub struct Mining {
    /// Those with a reading.
    pub methods: Vec<MethodLine>,
}

/// An account's score at one method.
#[derive(Clone, Debug, Serialize)]
pub struct MethodLine {
    /// The method.
    pub method: String,
    /// 18 decimals.
    pub score: Uint128,
    /// Whether its reward was taken back.
    pub taken_back: bool,
}

/// An order or a reading.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its batch's place in [`Part::batches`], from 0.
    pub batch: usize,
    /// Its place in the batch, from 0.
    pub position: u32,
    /// `counted`, `small` (below the smallest that counts for BizPower), or why it fell.
    pub outcome: String,
    /// What was signed.
    pub leaf: LeafFields,
    /// The leaf as it was signed.
    pub bytes: String,
    /// Blinds the leaf.
    pub salt: String,
    /// Sibling hashes from the leaf up; with them the leaf leads to the root.
    pub path: Vec<String>,
}

/// Fields of a leaf.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum LeafFields {
    /// A till receipt.
    Receipt {
        /// Its number.
        number: Uint64,
        /// The shop's number in identity.
        merchant: u32,
        /// The shop.
        merchant_name: String,
        /// The buyer's number in identity.
        customer: u32,
        /// The buyer.
        customer_name: String,
        /// Minor units.
        amount: Uint64,
        /// Moment of the sale.
        time: String,
        /// `store` or `external`.
        channel: String,
        /// How the buyer counted that day: `first`, `repeat`, `external`; none where the order did not.
        buyer: Option<String>,
    },
    /// A metered reading.
    Reading {
        /// The method.
        method: String,
        /// The device or file that was metered.
        unit: Uint64,
        /// Quantities with their names.
        quantities: Vec<(String, Uint64)>,
        /// What it scores, 18 decimals; none where it fell.
        score: Option<Uint128>,
    },
}

/// A signed batch.
#[derive(Clone, Debug, Serialize)]
pub struct Batch {
    /// The device that signed it.
    pub device: u32,
    /// Who that is.
    pub device_name: String,
    /// The device's running number of the batch.
    pub sequence: u32,
    /// Leaves in it.
    pub leaves: u32,
    /// What became of it: `accepted 3 items, 0 dropped`.
    pub outcome: String,
    /// Merkle root that the oracle keeps; none where the record is pruned.
    pub root_on_chain: Option<String>,
    /// Merkle root over the leaves of the signed envelope. The same, else there is no trace.
    pub root_recomputed: String,
    /// Scheme of the device's key of that day: `ed25519`, `secp256k1`.
    pub scheme: String,
    /// The key, by the oracle's `key_at` query.
    pub key: String,
    /// The signature. It holds, else there is no trace.
    pub signature: String,
    /// The block that brought it.
    pub height: u64,
    /// The transaction's hash, where the chain gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// The block's time.
    pub time: String,
    /// Who relayed it.
    pub relayer: String,
}
