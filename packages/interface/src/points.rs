//! `points`: closed-loop points (instances HP, Time, MVP).

use crate::access::{AccessMsg, PausedResponse, Role, RolesResponse};
use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{to_json_binary, Addr, Binary, CosmosMsg, QuerierWrapper, StdResult, Uint128, WasmMsg};
use cw20::{AllAccountsResponse, AllowanceResponse, BalanceResponse, MinterResponse, TokenInfoResponse};
use vrs_days::{Clock, Day};
use vrs_message::{message, Permissions};

/// Most issuers that one contract registers.
pub const MAX_ISSUERS: usize = 32;
/// Most payments of one `mint`.
pub const MAX_MINTS: usize = 200;
/// Largest figure of a limit: all issuers together then fit into 128 bits.
pub const MAX_FIGURE: Uint128 = Uint128::new(1 << 120);

/// Creates a points contract without any points.
#[message]
pub struct InstantiateMsg {
    /// 3 to 50 bytes.
    pub name: String,
    /// 2 to 12 letters, digits or `-`.
    pub symbol: String,
    /// At most 18.
    pub decimals: u8,
    /// Who administers it.
    pub owner: String,
    /// The programme's clock.
    pub clock: Clock,
    /// Identity; members alone may receive transfers.
    pub identity: String,
    /// Most points that may ever be out and reserved at once, base units, above 0; none: no limit of its own.
    #[explicit]
    pub max_supply: Option<Uint128>,
    /// Whether only *verified* members receive transfers (else any member who is not removed).
    pub verified_only: bool,
    /// Days that a raised limit waits: 1 to 30.
    pub raise_delay_days: u32,
}

/// Takes over the state of the same or an older version.
#[message]
pub struct MigrateMsg {}

/// How much an issuer may reserve for minting. Lower is: a longer window, a smaller figure.
#[message]
pub struct IssuerLimit {
    /// Length of a window in days, 1 to 366; windows are days 1 to n, n+1 to 2n, ... Where a limit of
    /// another length begins, the window of the earlier one ends and the first of the new one begins.
    pub window_days: u32,
    /// Base units that may be reserved for the days of one window, at most 2^120.
    pub per_window: Uint128,
    /// Base units that may be reserved in all, at most 2^120.
    pub total: Uint128,
}

/// One payment of reserved points.
#[message]
pub struct Mint {
    /// Who gets them.
    pub to: Addr,
    /// Base units, above 0.
    pub amount: Uint128,
}

/// What can be done.
#[message]
#[derive(Permissions)]
pub enum ExecuteMsg {
    /// Owner, roles, pausing.
    #[permission(inner)]
    Access(AccessMsg),
    /// Moves the sender's points to a member. Holder.
    #[permission(subject)]
    Transfer {
        /// A member's address; an acceptor is refused, `send` is for acceptors.
        recipient: String,
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Moves the sender's points to a registered acceptor and calls its `receive` (cw20). Holder.
    #[permission(subject)]
    Send {
        /// A registered acceptor.
        contract: String,
        /// Base units, above 0.
        amount: Uint128,
        /// What it is told.
        msg: Binary,
    },
    /// Destroys the sender's points. Holder, acceptor.
    #[permission(subject)]
    Burn {
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Registers an issuer, of which there are at most 32, or changes its limit. What is lower counts at
    /// once, for all days; what is higher, as all is for a new issuer, counts for days from `today +
    /// raise_delay_days` on, and until day 1 is over at once. Replaces a limit that waits. Owner.
    #[permission(owner)]
    SetIssuer {
        /// A contract or account.
        issuer: String,
        /// Its limit.
        limit: IssuerLimit,
    },
    /// Lowers an issuer's limit, at once and for all days, and drops one that waits. Owner or guardian.
    #[permission(guardian)]
    LowerIssuer {
        /// A registered issuer.
        issuer: String,
        /// The lower limit; a higher figure than today's is refused.
        limit: IssuerLimit,
    },
    /// Registers or removes an acceptor for `send`. Owner.
    #[permission(owner)]
    SetAcceptor {
        /// A contract.
        acceptor: String,
        /// Whether it accepts.
        accepts: bool,
    },
    /// Sets budget aside for what the sender will pay; charged to the limit here, never at the mint. Registered issuer.
    #[permission(registered = "issuer", stops)]
    Reserve {
        /// The day that the budget belongs to, 1 to today; its window is charged. Of windows the two latest are
        /// kept: a day of an older one is refused.
        day: Day,
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Gives reserved budget back that will not be minted; `total` gets it back, the window does not. Registered issuer.
    #[permission(registered = "issuer")]
    Release {
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Mints out of what the sender has reserved; 1 to 200 mints. Registered issuer.
    #[permission(registered = "issuer")]
    Mint {
        /// Who gets what.
        mints: Vec<Mint>,
    },
}

/// What can be asked: cw20's queries, so that wallets just work, and the issuers' limits.
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
    /// Whether new reservations are stopped; transfers, spending and mints of what is reserved go on.
    #[returns(PausedResponse)]
    Paused {},
    /// Configuration.
    #[returns(ConfigResponse)]
    Config {},
    /// Balance of an account.
    #[returns(BalanceResponse)]
    Balance {
        /// The account.
        address: String,
    },
    /// Name, symbol, decimals, points out.
    #[returns(TokenInfoResponse)]
    TokenInfo {},
    /// Always `null`: issuers are listed by `issuers`.
    #[returns(Option<MinterResponse>)]
    Minter {},
    /// Always nothing: points know no allowances.
    #[returns(AllowanceResponse)]
    Allowance {
        /// Whose.
        owner: String,
        /// Who would spend.
        spender: String,
    },
    /// All accounts that hold points.
    #[returns(AllAccountsResponse)]
    AllAccounts {
        /// Account to start behind.
        start_after: Option<String>,
        /// Page size.
        limit: Option<u32>,
    },
    /// An issuer's limit and what of it is used.
    #[returns(IssuerResponse)]
    Issuer {
        /// The issuer.
        issuer: String,
        /// The day for which it would reserve, up to today; for later ones nothing is available.
        day: Day,
    },
    /// All issuers.
    #[returns(IssuersResponse)]
    Issuers {
        /// Issuer to start behind.
        start_after: Option<String>,
        /// Page size.
        limit: Option<u32>,
    },
    /// All acceptors.
    #[returns(AcceptorsResponse)]
    Acceptors {
        /// Acceptor to start behind.
        start_after: Option<String>,
        /// Page size.
        limit: Option<u32>,
    },
}

/// Answer to `config`.
#[cw_serde]
pub struct ConfigResponse {
    /// The programme's clock.
    pub clock: Clock,
    /// Identity.
    pub identity: Addr,
    /// Most points out and reserved.
    pub max_supply: Option<Uint128>,
    /// Whether only verified members receive transfers.
    pub verified_only: bool,
    /// Days that a raised limit waits.
    pub raise_delay_days: u32,
    /// Points reserved and not yet minted.
    pub reserved: Uint128,
    /// Points ever minted.
    pub minted: Uint128,
    /// Points ever burned.
    pub burned: Uint128,
}

/// Answer to `issuer`.
#[cw_serde]
pub struct IssuerResponse {
    /// The issuer.
    pub issuer: Addr,
    /// The limit in force on the day asked for.
    pub limit: IssuerLimit,
    /// A limit that waits, and its first day.
    pub planned: Option<(Day, IssuerLimit)>,
    /// Reserved for the day's window so far.
    pub used_in_window: Uint128,
    /// Reserved in all, less what was released.
    pub used_in_total: Uint128,
    /// Reserved and not yet minted.
    pub reserved: Uint128,
    /// Minted.
    pub minted: Uint128,
    /// What it may still reserve for the day asked for (0 while paused).
    pub available: Uint128,
}

/// Answer to `issuers`.
#[cw_serde]
pub struct IssuersResponse {
    /// As of today.
    pub issuers: Vec<IssuerResponse>,
    /// Whether more are left.
    pub more: bool,
}

/// Answer to `acceptors`.
#[cw_serde]
pub struct AcceptorsResponse {
    /// Contracts that accept points.
    pub acceptors: Vec<Addr>,
    /// Whether more are left.
    pub more: bool,
}

/// A typed caller of a points contract.
pub struct Client<'a> {
    /// Its address.
    pub points: &'a Addr,
}

impl Client<'_> {
    fn call(&self, msg: &ExecuteMsg) -> StdResult<CosmosMsg> {
        Ok(WasmMsg::Execute {
            contract_addr: self.points.to_string(),
            msg: to_json_binary(msg)?,
            funds: vec![],
        }
        .into())
    }

    /// What `issuer` may still reserve for `day`.
    pub fn available(&self, querier: QuerierWrapper, issuer: &Addr, day: Day) -> StdResult<Uint128> {
        let msg = QueryMsg::Issuer {
            issuer: issuer.to_string(),
            day,
        };
        let answer: IssuerResponse = querier.query_wasm_smart(self.points, &msg)?;
        Ok(answer.available)
    }

    /// Reserves budget for a day.
    pub fn reserve(&self, day: Day, amount: Uint128) -> StdResult<CosmosMsg> {
        self.call(&ExecuteMsg::Reserve { day, amount })
    }

    /// Gives reserved budget back.
    pub fn release(&self, amount: Uint128) -> StdResult<CosmosMsg> {
        self.call(&ExecuteMsg::Release { amount })
    }

    /// Pays accounts by minting out of what is reserved, base units above 0; nothing for none.
    pub fn pay(&self, payments: Vec<(Addr, Uint128)>) -> StdResult<Vec<CosmosMsg>> {
        if payments.is_empty() {
            return Ok(vec![]);
        }
        let mints = payments.into_iter().map(|(to, amount)| Mint { to, amount }).collect();
        Ok(vec![self.call(&ExecuteMsg::Mint { mints })?])
    }
}
