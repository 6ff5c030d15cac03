//! `merchant`: BizPower, candles, levels, the daily Bzky of merchants and Time of customers.

use crate::access::{AccessMsg, PausedResponse, Role, RolesResponse};
use crate::attested::Delivery;
use crate::identity::MemberId;
use crate::settlement::{DayResponse, PoolsResponse, SimulateClaimResponse};
use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Addr, Uint128, Uint64};
use cw20::Cw20ReceiveMsg;
use vrs_days::{Clock, Day};
use vrs_message::{message, Permissions};

/// Pool that pays merchants.
pub const POOL_MERCHANTS: &str = "bzky_merchants";
/// Pool that pays customers.
pub const POOL_CUSTOMERS: &str = "time_customers";

/// Creates the contract.
#[message]
pub struct InstantiateMsg {
    /// Who administers it.
    pub owner: String,
    /// The programme's clock.
    pub clock: Clock,
    /// Identity.
    pub identity: String,
    /// The oracle: the only one who reports receipts.
    pub oracle: String,
    /// The Bzky token.
    pub bzky: String,
    /// The Time points; this contract must be an issuer there.
    pub time: String,
    /// Rules from day 1 on.
    pub params: Params,
    /// Days that what a refund needs is kept: 30 to 366.
    pub horizon_days: u32,
    /// Days after which an unclaimed reward returns to the pool: 180 to 3,650.
    pub expiry_days: u32,
    /// Days that a raised budget or limit waits: 1 to 30.
    pub raise_delay_days: u32,
}

/// Takes over the state of the same or an older version.
#[message]
pub struct MigrateMsg {}

/// A daily budget: so much a head, at most so much, out of what its pool has left.
#[message]
#[derive(Copy, Eq)]
pub struct Budget {
    /// Base units a participant.
    pub per_head: Uint128,
    /// Base units a day at the most.
    pub max: Uint128,
    /// Days of a window of the circuit breaker, 1 to 366.
    pub window_days: u32,
    /// Base units for the days of one window at the most.
    pub per_window: Uint128,
}

/// The rules of a day.
#[message]
pub struct Params {
    /// Orders below this many minor units do not count for BizPower; 0: all count.
    pub min_order: u64,
    /// Orders above this many minor units are dropped; at least `min_order` and 1, at most 10^15.
    pub max_order: u64,
    /// The most that one participant draws, in average shares; 0: no cap.
    pub share_cap: u32,
    /// The merchants' budget.
    pub merchants: Budget,
    /// The customers' budget.
    pub customers: Budget,
    /// BizPower's part of the merchants' budget by month of the programme, 1/10,000; the last one holds on.
    /// The rest is divided by holdings. 1 to 24 entries.
    pub power_bps: Vec<u16>,
    /// Days of a month of the programme, 1 to 366.
    pub month_days: u32,
    /// Days whose customers decide the weights (ending the day before yesterday), 1 to 90.
    pub weight_days: u32,
    /// Ascending bounds of the levels, BizPower with 18 decimals; at most 20.
    pub level_bounds: Vec<Uint128>,
}

/// A merchant's attested costs.
#[message]
#[derive(Copy, Eq)]
pub struct Profile {
    /// The merchant.
    pub merchant: MemberId,
    /// Square feet, 1 to 10,000,000.
    pub area: u32,
    /// People, 1 to 1,000,000.
    pub staff: u32,
    /// District whose rent applies.
    pub district: u32,
    /// Trade whose wage applies.
    pub trade: u32,
}

/// A line of the table of districts or trades.
#[message]
#[derive(Copy, Eq)]
pub struct Rate {
    /// Number of the district or trade.
    pub id: u32,
    /// Rent a square foot or wage a head, minor units, 1 to 10^12.
    pub amount: u64,
}

/// Which of the two programmes.
#[message]
#[derive(Copy, Eq)]
pub enum Side {
    /// Bzky for merchants.
    Merchants,
    /// Time for customers.
    Customers,
}

/// Which pruning.
#[message]
pub enum PruneWhat {
    /// Merchants' days, a year (`expiry_days`) after they are final; start behind (merchant, day).
    Merchants {
        /// Entry to start behind.
        start_after: Option<(MemberId, Day)>,
    },
    /// Customers' days, likewise; start behind (customer, day).
    Customers {
        /// Entry to start behind.
        start_after: Option<(MemberId, Day)>,
    },
    /// Visits older than `horizon_days`; that a customer is known to a merchant is kept.
    Visits {
        /// Entry to start behind: customer, merchant, day.
        start_after: Option<(MemberId, MemberId, Day)>,
    },
}

/// What can be done.
#[message]
#[derive(Permissions)]
pub enum ExecuteMsg {
    /// Owner, roles, pausing.
    #[permission(inner)]
    Access(AccessMsg),
    /// Verified receipts. The oracle.
    #[permission(peer = "oracle")]
    Attested {
        /// The batches.
        deliveries: Vec<Delivery>,
    },
    /// Takes Bzky sent with cw20 `send`: `{"fund":{}}`. The Bzky token.
    #[permission(peer = "bzky")]
    Receive(Cw20ReceiveMsg),
    /// Puts Time into the customers' pool: reserves it at the points contract for today's window
    /// (`points::ExecuteMsg::Reserve`), so that the pool is backed before anything is promised. Closing a
    /// day draws on this pool alone: no query and no message to the points contract, so that a budget
    /// never depends on when a day happens to be closed, on a pause there or on other issuers. Owner.
    #[permission(owner)]
    FundTime {
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Attests merchants' area, staff, district and trade, from tomorrow on; up to 100. Assessor.
    #[permission(assessor)]
    SetProfiles {
        /// Whose.
        profiles: Vec<Profile>,
    },
    /// Sets rents of districts, from tomorrow on (a new one: at once); up to 100. Assessor.
    #[permission(assessor)]
    SetDistricts {
        /// Lines.
        rates: Vec<Rate>,
    },
    /// Sets wages of trades, from tomorrow on (a new one: at once); up to 100. Assessor.
    #[permission(assessor)]
    SetTrades {
        /// Lines.
        rates: Vec<Rate>,
    },
    /// Changes the rules: from tomorrow on, or after the delay where a budget figure, `share_cap` or
    /// `max_order` is raised, a window is shortened, `min_order` is lowered, or months are divided
    /// otherwise. One change waits at a time: a later one replaces it. Owner.
    #[permission(owner)]
    SetParams {
        /// The rules.
        params: Params,
    },
    /// Lowers a budget for all days that are not closed, at once. Owner or guardian.
    #[permission(guardian)]
    CutBudget {
        /// Whose.
        side: Side,
        /// The budget; no figure above today's, and no shorter window.
        budget: Budget,
    },
    /// Returns recovered units to the budget of days to come. Owner.
    #[permission(owner)]
    Refill {
        /// Which pool.
        side: Side,
        /// Base units, at most what was recovered.
        amount: Uint128,
    },
    /// Pays the sender's member all that is final, as merchant and as customer. The member's account or payout address.
    #[permission(subject, stops)]
    Claim {},
    /// Pays members what is final; the owners are paid, whoever sends it; 1 to 100 distinct ones, of whom
    /// those who are owed nothing are passed over. Anyone.
    #[permission(anyone, stops)]
    ClaimFor {
        /// As what.
        side: Side,
        /// Whom.
        members: Vec<MemberId>,
    },
    /// Takes a merchant's reward of a provisional day back into the pool, and what customers earned
    /// by buying there that day; up to 100 customers a call, repeated calls go on and change nothing
    /// twice. Arbiter.
    #[permission(arbiter)]
    TakeBack {
        /// The merchant.
        merchant: MemberId,
        /// The day.
        day: Day,
        /// Customers whose spending there no longer earns.
        customers: Vec<MemberId>,
    },
    /// Removes what is no longer needed, looking at no more than `limit` entries. While paused, visits only:
    /// no reward expires that cannot be claimed. Anyone.
    #[permission(anyone)]
    Prune {
        /// Which entries.
        what: PruneWhat,
        /// Entries to look at, 200 at most.
        limit: Option<u32>,
    },
}

/// What a cw20 `send` of Bzky tells this contract.
#[message]
pub enum ReceiveMsg {
    /// Puts the Bzky into the merchants' pool.
    Fund {},
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
    /// Whether claims are stopped.
    #[returns(PausedResponse)]
    Paused {},
    /// Configuration.
    #[returns(ConfigResponse)]
    Config {},
    /// Both pools.
    #[returns(PoolsResponse)]
    Pools {},
    /// A day's sums and how its budgets are divided.
    #[returns(TradeDayResponse)]
    Day {
        /// The day.
        day: Day,
    },
    /// All days with an order, ascending.
    #[returns(TradeDaysResponse)]
    Days {
        /// Day to start behind.
        start_after: Option<Day>,
        /// Page size.
        limit: Option<u32>,
    },
    /// One merchant's day.
    #[returns(Option<MerchantDay>)]
    MerchantDay {
        /// The merchant.
        merchant: MemberId,
        /// The day.
        day: Day,
    },
    /// Merchants' days by merchant, then day; of one merchant where one is given.
    #[returns(MerchantDaysResponse)]
    MerchantDays {
        /// Whose; none: all.
        merchant: Option<MemberId>,
        /// Entry to start behind.
        start_after: Option<(MemberId, Day)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Customers' days by customer, then day; of one customer where one is given.
    #[returns(CustomerDaysResponse)]
    CustomerDays {
        /// Whose; none: all.
        customer: Option<MemberId>,
        /// Entry to start behind.
        start_after: Option<(MemberId, Day)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// What each customer bought at each merchant each day, by customer, merchant, day.
    #[returns(VisitsResponse)]
    Visits {
        /// Whose; none: all.
        customer: Option<MemberId>,
        /// Entry to start behind: customer, merchant, day.
        start_after: Option<(MemberId, MemberId, Day)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// A merchant's profile and costs on a day.
    #[returns(ProfileResponse)]
    Profile {
        /// The merchant.
        merchant: MemberId,
        /// The day; none: today.
        day: Option<Day>,
    },
    /// What a claim would pay a member now, were claims not paused.
    #[returns(SimulateClaimResponse)]
    SimulateClaim {
        /// As what.
        side: Side,
        /// Whom.
        member: MemberId,
    },
}

/// Answer to `config`.
#[cw_serde]
pub struct ConfigResponse {
    /// The programme's clock.
    pub clock: Clock,
    /// Identity.
    pub identity: Addr,
    /// The oracle.
    pub oracle: Addr,
    /// The Bzky token.
    pub bzky: Addr,
    /// The Time points.
    pub time: Addr,
    /// The rules of today.
    pub params: Params,
    /// Rules that wait, and their first day.
    pub planned: Option<(Day, Params)>,
    /// Days that what a refund needs is kept.
    pub horizon_days: u32,
    /// Days after which an unclaimed reward returns to the pool.
    pub expiry_days: u32,
    /// Days that a raised budget or limit waits.
    pub raise_delay_days: u32,
}

/// A day of trade.
#[cw_serde]
pub struct TradeDayResponse {
    /// The day.
    pub day: Day,
    /// Merchants with an order.
    pub merchants: u32,
    /// Customers with an order.
    pub customers: u32,
    /// Orders.
    pub orders: u64,
    /// Their sum, minor units.
    pub spending: Uint128,
    /// Sum of the merchants' BizPower, 18 decimals.
    pub bizpower: Uint128,
    /// Sum of the merchants' holdings, base units.
    pub holding: Uint128,
    /// The merchants' whole budget, base units (as if it closed now where it has not).
    pub budget_merchants: Uint128,
    /// The customers' whole budget, base units (likewise).
    pub budget_customers: Uint128,
    /// How the merchants' budget is divided.
    pub merchant_programme: DayResponse,
    /// How the customers' budget is divided.
    pub customer_programme: DayResponse,
}

/// Answer to `days`.
#[cw_serde]
pub struct TradeDaysResponse {
    /// Ascending.
    pub days: Vec<TradeDayResponse>,
    /// Whether more are left.
    pub more: bool,
}

/// A merchant's day.
#[cw_serde]
pub struct MerchantDay {
    /// The day.
    pub day: Day,
    /// The merchant.
    pub merchant: MemberId,
    /// Orders, small ones included.
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
    /// First-time customers.
    pub first: u32,
    /// Customers known from an earlier day.
    pub repeat: u32,
    /// External customers.
    pub external: u32,
    /// Sums of first, repeat and external over the window that decides the weights.
    pub window: (u64, u64, u64),
    /// area * rent + staff * wage, minor units.
    pub cost: Uint128,
    /// BizPower at the end of the day so far, 18 decimals, rounded down.
    pub bizpower: Uint128,
    /// BizPower after the first counted order, in the order of arrival.
    pub open: Uint128,
    /// The highest.
    pub high: Uint128,
    /// The lowest.
    pub low: Uint128,
    /// The last.
    pub close: Uint128,
    /// Level by the bounds of the day.
    pub level: u8,
    /// Lowest Bzky balance on the day before, base units.
    pub holding: Uint128,
    /// Whether the reward was taken back.
    pub taken_back: bool,
    /// Bzky assigned, base units (as if the day closed now where it has not).
    pub reward: Uint128,
    /// Whether it was claimed.
    pub claimed: bool,
}

/// Answer to `merchant_days`.
#[cw_serde]
pub struct MerchantDaysResponse {
    /// By merchant, then day.
    pub days: Vec<MerchantDay>,
    /// Whether more are left.
    pub more: bool,
}

/// A customer's day.
#[cw_serde]
pub struct CustomerDay {
    /// The day.
    pub day: Day,
    /// The customer.
    pub customer: MemberId,
    /// What they spent, minor units.
    pub spending: Uint64,
    /// What of it no longer earns.
    pub taken_back: Uint64,
    /// Time assigned, base units (as if the day closed now where it has not).
    pub reward: Uint128,
    /// Whether it was claimed.
    pub claimed: bool,
}

/// Answer to `customer_days`.
#[cw_serde]
pub struct CustomerDaysResponse {
    /// By customer, then day.
    pub days: Vec<CustomerDay>,
    /// Whether more are left.
    pub more: bool,
}

/// What a customer bought at a merchant on a day.
#[cw_serde]
pub struct Visit {
    /// The merchant.
    pub merchant: MemberId,
    /// The customer.
    pub customer: MemberId,
    /// The day; 0: only that they were known before the horizon.
    pub day: Day,
    /// Counted store orders.
    pub store_orders: u32,
    /// Their sum, minor units.
    pub store_sum: Uint64,
    /// Counted external orders.
    pub external_orders: u32,
    /// Their sum, minor units.
    pub external_sum: Uint64,
    /// Orders below the smallest that counts.
    pub small_orders: u32,
    /// Their sum, minor units.
    pub small_sum: Uint64,
    /// Whether they had a counted order there on an earlier day.
    pub known: bool,
    /// Whether what they spent here no longer earns.
    pub taken_back: bool,
}

/// Answer to `visits`.
#[cw_serde]
pub struct VisitsResponse {
    /// By customer, merchant, day.
    pub visits: Vec<Visit>,
    /// Whether more are left.
    pub more: bool,
}

/// Answer to `profile`.
#[cw_serde]
pub struct ProfileResponse {
    /// The profile in force.
    pub profile: Option<Profile>,
    /// Rent of its district, minor units.
    pub rent: Option<Uint64>,
    /// Wage of its trade, minor units.
    pub wage: Option<Uint64>,
    /// area * rent + staff * wage, minor units.
    pub cost: Option<Uint128>,
}
