//! `mining`: six contribution rewards, metered, scored and settled every day in HP and VRS.

use crate::access::{AccessMsg, PausedResponse, Role, RolesResponse};
use crate::attested::Delivery;
use crate::identity::MemberId;
use crate::settlement::{DayResponse, PoolsResponse, SimulateClaimResponse};
use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Addr, Uint128, Uint64};
use cw20::Cw20ReceiveMsg;
use vrs_days::{Clock, Day};
use vrs_message::{message, Permissions};

/// Pool that pays HP.
pub const POOL_HP: &str = "hp_mining";
/// Pool that pays VRS.
pub const POOL_VRS: &str = "vrs_mining";

/// The six methods.
#[message]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Method {
    /// Resources lent to the platform's servers.
    Platform = 1,
    /// Servers that join as platform peers.
    Server = 2,
    /// PCs and mobiles sharing bandwidth and storage.
    Node = 3,
    /// Files shared by creators.
    Upload = 4,
    /// Channels of content companies and one-person media.
    Content = 5,
    /// Partner products, by what they streamed.
    Streaming = 6,
}

impl Method {
    /// All methods, in the order of their numbers.
    pub const ALL: [Method; 6] = [
        Method::Platform,
        Method::Server,
        Method::Node,
        Method::Upload,
        Method::Content,
        Method::Streaming,
    ];

    /// The method as it stands in files and events.
    pub fn name(self) -> &'static str {
        match self {
            Method::Platform => "platform",
            Method::Server => "server",
            Method::Node => "node",
            Method::Upload => "upload",
            Method::Content => "content",
            Method::Streaming => "streaming",
        }
    }
}

vrs_message::as_it_is!(Method);

/// Creates the contract.
#[message]
pub struct InstantiateMsg {
    /// Who administers it.
    pub owner: String,
    /// The programme's clock.
    pub clock: Clock,
    /// Identity.
    pub identity: String,
    /// The oracle: the only one who reports readings.
    pub oracle: String,
    /// The HP points; this contract must be an issuer there.
    pub hp: String,
    /// The VRS token.
    pub vrs: String,
    /// Rules from day 1 on.
    pub params: Params,
    /// Days after which an unclaimed reward returns to the pool: 180 to 3,650.
    pub expiry_days: u32,
    /// Days that a raised budget waits: 1 to 30.
    pub raise_delay_days: u32,
}

/// Takes over the state of the same or an older version.
#[message]
pub struct MigrateMsg {}

/// A method's daily budget.
#[message]
#[derive(Copy, Eq)]
pub struct MethodBudget {
    /// The method.
    pub method: Method,
    /// HP a day, base units.
    pub hp: Uint128,
    /// VRS a day, base units.
    pub vrs: Uint128,
}

/// The rules of a day.
#[message]
pub struct Params {
    /// One line for each method that pays; at most six.
    pub budgets: Vec<MethodBudget>,
    /// The most that one participant draws of a method, in average shares; 0: no cap.
    pub share_cap: u32,
    /// Whether each step of a table counts at its own factor (vrs.md D-7 switch); no: the whole amount at one factor.
    pub marginal: bool,
    /// Ascending numbers of views from which one more view point counts; at most 9.
    pub view_steps: Vec<u64>,
    /// Days of a window of the circuit breaker, 1 to 366.
    pub window_days: u32,
    /// HP for the days of one window at the most.
    pub hp_per_window: Uint128,
    /// VRS for the days of one window at the most.
    pub vrs_per_window: Uint128,
}

/// A streaming product and its factor.
#[message]
#[derive(Copy, Eq)]
pub struct Product {
    /// Its number in readings.
    pub id: u32,
    /// Score a GB, in 1/10^9: 10^9 is 1; 0 takes the product out.
    pub factor_e9: u64,
}

/// Which pool.
#[message]
#[derive(Copy, Eq)]
pub enum MiningPool {
    /// HP.
    Hp,
    /// VRS.
    Vrs,
}

/// Which pruning.
#[message]
pub enum PruneWhat {
    /// Accounts' days, a year (`expiry_days`) after they are final.
    Scores {
        /// Entry to start behind: account, day.
        start_after: Option<(MemberId, Day)>,
    },
    /// Readings of days that are that old.
    Readings {
        /// Entry to start behind: account, day, method, unit.
        start_after: Option<(MemberId, Day, Method, Uint64)>,
    },
}

/// What can be done.
#[message]
#[derive(Permissions)]
pub enum ExecuteMsg {
    /// Owner, roles, pausing.
    #[permission(inner)]
    Access(AccessMsg),
    /// Verified readings. The oracle.
    #[permission(peer = "oracle")]
    Attested {
        /// The batches.
        deliveries: Vec<Delivery>,
    },
    /// Takes VRS sent with cw20 `send`: `{"fund":{}}`. The VRS token.
    #[permission(peer = "vrs")]
    Receive(Cw20ReceiveMsg),
    /// Puts HP into its pool: reserves it at the points contract for today's window
    /// (`points::ExecuteMsg::Reserve`), so that the pool is backed before anything is promised. Closing a
    /// day draws on this pool alone: no query and no message to the points contract, so that a budget
    /// never depends on when a day happens to be closed, on a pause there or on other issuers. Owner.
    #[permission(owner)]
    FundHp {
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Registers streaming products or changes their factors, from tomorrow on (a new one: at once); up to 100. Owner.
    #[permission(owner)]
    SetProducts {
        /// Which.
        products: Vec<Product>,
    },
    /// Changes the rules: from tomorrow on, or after the delay where a budget, window or cap is raised above
    /// tomorrow's. What was planned for later than tomorrow is dropped. Owner.
    #[permission(owner)]
    SetParams {
        /// The rules.
        params: Params,
    },
    /// Lowers a method's budget for all days that are not closed, at once. Owner or guardian.
    #[permission(guardian)]
    CutBudget {
        /// The budget; no figure above today's.
        budget: MethodBudget,
    },
    /// Returns recovered units to the budget of days to come. Owner.
    #[permission(owner)]
    Refill {
        /// Which pool.
        pool: MiningPool,
        /// Base units, at most what was recovered.
        amount: Uint128,
    },
    /// Pays the sender's member all that is final. The member's account or payout address.
    #[permission(subject, stops)]
    Claim {},
    /// Pays members what is final; the owners are paid, whoever sends it; 1 to 100. Anyone.
    #[permission(anyone, stops)]
    ClaimFor {
        /// Whom.
        members: Vec<MemberId>,
    },
    /// Takes an account's rewards of a provisional day back into the pools. Arbiter.
    #[permission(arbiter)]
    TakeBack {
        /// Whose.
        account: MemberId,
        /// The day.
        day: Day,
        /// Which methods; empty: all.
        methods: Vec<Method>,
    },
    /// Removes what is no longer needed, looking at no more than `limit` entries. Anyone.
    #[permission(anyone)]
    Prune {
        /// Which entries.
        what: PruneWhat,
        /// Entries to look at, 200 at most.
        limit: Option<u32>,
    },
}

/// What a cw20 `send` of VRS tells this contract.
#[message]
pub enum ReceiveMsg {
    /// Puts the VRS into the pool.
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
    /// A day's sums by method and how the budgets are divided.
    #[returns(DayResponse)]
    Day {
        /// The day.
        day: Day,
    },
    /// All days with a reading, ascending.
    #[returns(MiningDaysResponse)]
    Days {
        /// Day to start behind.
        start_after: Option<Day>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Accounts' scores and rewards by account, then day; of one account where it is named.
    #[returns(ScoresResponse)]
    Scores {
        /// Whose; none: all.
        account: Option<MemberId>,
        /// Entry to start behind.
        start_after: Option<(MemberId, Day)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// The resources counted, by account, day, method, unit; of one account where it is named.
    #[returns(ReadingsResponse)]
    Readings {
        /// Whose; none: all.
        account: Option<MemberId>,
        /// Entry to start behind.
        start_after: Option<(MemberId, Day, Method, Uint64)>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Streaming products, ascending.
    #[returns(ProductsResponse)]
    Products {
        /// Product to start behind.
        start_after: Option<u32>,
        /// Page size.
        limit: Option<u32>,
    },
    /// What a claim would pay a member now.
    #[returns(SimulateClaimResponse)]
    SimulateClaim {
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
    /// The HP points.
    pub hp: Addr,
    /// The VRS token.
    pub vrs: Addr,
    /// The rules of today.
    pub params: Params,
    /// Rules that wait, and their first day.
    pub planned: Option<(Day, Params)>,
    /// Days after which an unclaimed reward returns to the pool.
    pub expiry_days: u32,
    /// Days that a raised budget waits.
    pub raise_delay_days: u32,
}

/// Answer to `days`.
#[cw_serde]
pub struct MiningDaysResponse {
    /// Ascending.
    pub days: Vec<DayResponse>,
    /// Whether more are left.
    pub more: bool,
}

/// An account's day at one method.
#[cw_serde]
pub struct MethodScore {
    /// The method.
    pub method: Method,
    /// Its score, 18 decimals, each reading rounded down before they add up.
    pub score: Uint128,
    /// HP assigned, base units (as if the day closed now where it has not).
    pub reward_hp: Uint128,
    /// VRS assigned, base units (likewise).
    pub reward_vrs: Uint128,
    /// Whether the reward was taken back.
    pub taken_back: bool,
}

/// An account's day.
#[cw_serde]
pub struct AccountDay {
    /// The day.
    pub day: Day,
    /// The account.
    pub account: MemberId,
    /// By method, those with a reading.
    pub methods: Vec<MethodScore>,
    /// Whether it was claimed.
    pub claimed: bool,
}

/// Answer to `scores`.
#[cw_serde]
pub struct ScoresResponse {
    /// By account, then day.
    pub days: Vec<AccountDay>,
    /// Whether more are left.
    pub more: bool,
}

/// A counted reading.
#[cw_serde]
pub struct ReadingInfo {
    /// The account.
    pub account: MemberId,
    /// The day.
    pub day: Day,
    /// The method.
    pub method: Method,
    /// The device or file.
    pub unit: Uint64,
    /// Quantities as signed (docs/attestation.md), trailing zeros left out.
    pub quantities: Vec<Uint64>,
}

/// Answer to `readings`.
#[cw_serde]
pub struct ReadingsResponse {
    /// By account, day, method, unit.
    pub readings: Vec<ReadingInfo>,
    /// Whether more are left.
    pub more: bool,
}

/// Answer to `products`.
#[cw_serde]
pub struct ProductsResponse {
    /// Ascending by number, as of today.
    pub products: Vec<Product>,
    /// Whether more are left.
    pub more: bool,
}
