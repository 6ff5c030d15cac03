//! `token`: cw20 of fixed supply with a memory of days (instances VRS, MVC, Bzky).

use crate::access::PausedResponse;
use crate::standard::{Expiration, Logo};
use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{to_json_binary, Addr, Binary, CosmosMsg, QuerierWrapper, StdResult, Uint128, WasmMsg};
use cw20::{
    AllAccountsResponse, AllAllowancesResponse, AllSpenderAllowancesResponse, AllowanceResponse, BalanceResponse,
    DownloadLogoResponse, MarketingInfoResponse, MinterResponse, TokenInfoResponse,
};
use vrs_days::{Clock, Day};
use vrs_message::{message, Permissions};

/// Most lowest balances that one `lowest_on_many` answers.
pub const MAX_LOWEST: usize = 256;

/// Most payments of one `transfer_many`.
pub const MAX_PAYMENTS: usize = 100;

/// Creates the token and allots its whole supply.
#[message]
pub struct InstantiateMsg {
    /// 3 to 50 bytes.
    pub name: String,
    /// 3 to 12 letters, digits or `-`.
    pub symbol: String,
    /// At most 18.
    pub decimals: u8,
    /// The fixed supply in base units; must equal the sum of the allocations.
    pub supply: Uint128,
    /// Who gets what at birth; 1 to 100 distinct accounts.
    pub allocations: Vec<Allocation>,
    /// The programme's clock.
    pub clock: Clock,
    /// Days of history kept before anyone may prune it: 180 to 3,650.
    pub history_days: u32,
    /// Marketing information, as in cw20-base.
    pub marketing: Option<Marketing>,
}

/// One line of the allocation table.
#[message]
pub struct Allocation {
    /// The holder.
    pub account: String,
    /// Base units, above 0.
    pub amount: Uint128,
}

/// Marketing information at birth.
#[message]
pub struct Marketing {
    /// The project's page.
    pub project: Option<String>,
    /// What the token is for.
    pub description: Option<String>,
    /// Who may change this information.
    pub marketing: Option<String>,
    /// The logo.
    pub logo: Option<Logo>,
}

/// Migration to the same or a newer version changes nothing but the code.
#[message]
pub struct MigrateMsg {}

/// What an account gets.
#[message]
pub struct Payment {
    /// Who gets it.
    pub recipient: String,
    /// Base units, above 0.
    pub amount: Uint128,
}

/// cw20's messages without minting, payments to many, and the pruning of history.
#[message]
#[derive(Permissions)]
pub enum ExecuteMsg {
    /// Moves the sender's tokens.
    #[permission(subject)]
    Transfer {
        /// Who gets them.
        recipient: String,
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Pays many accounts: the same as a transfer for each payment, in this order. All or none.
    #[permission(subject)]
    TransferMany {
        /// Who gets what, 1 to 100; an account may stand in it more than once.
        payments: Vec<Payment>,
    },
    /// Destroys the sender's tokens.
    #[permission(subject)]
    Burn {
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Moves the sender's tokens to a contract and calls its `receive`.
    #[permission(subject)]
    Send {
        /// The contract.
        contract: String,
        /// Base units, above 0.
        amount: Uint128,
        /// What the contract is told.
        msg: Binary,
    },
    /// Lets a spender use more of the sender's tokens.
    #[permission(subject)]
    IncreaseAllowance {
        /// The spender.
        spender: String,
        /// By how much.
        amount: Uint128,
        /// Until when.
        expires: Option<Expiration>,
    },
    /// Lets a spender use less of the sender's tokens.
    #[permission(subject)]
    DecreaseAllowance {
        /// The spender.
        spender: String,
        /// By how much, down to nothing.
        amount: Uint128,
        /// Until when.
        expires: Option<Expiration>,
    },
    /// Moves an owner's tokens within the sender's allowance.
    #[permission(subject)]
    TransferFrom {
        /// Whose.
        owner: String,
        /// Who gets them.
        recipient: String,
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Moves an owner's tokens to a contract within the sender's allowance and calls its `receive`.
    #[permission(subject)]
    SendFrom {
        /// Whose.
        owner: String,
        /// The contract.
        contract: String,
        /// Base units, above 0.
        amount: Uint128,
        /// What the contract is told.
        msg: Binary,
    },
    /// Destroys an owner's tokens within the sender's allowance.
    #[permission(subject)]
    BurnFrom {
        /// Whose.
        owner: String,
        /// Base units, above 0.
        amount: Uint128,
    },
    /// Changes the marketing information. Its marketing account only.
    #[permission(subject)]
    UpdateMarketing {
        /// The project's page.
        project: Option<String>,
        /// What the token is for.
        description: Option<String>,
        /// Who may change this from now on; empty removes it.
        marketing: Option<String>,
    },
    /// Sets the logo. The marketing account only.
    #[permission(subject)]
    UploadLogo(Logo),
    /// Removes history that no query within `history_days` needs, of at most `limit` entries looked at.
    /// Goes on where the last call's `next` attribute says. Anyone.
    #[permission(anyone)]
    PruneHistory {
        /// Entry to start behind: account (empty for the supply, which comes first) and day.
        start_after: Option<(String, Day)>,
        /// Entries to look at, 200 at most.
        limit: Option<u32>,
    },
}

/// cw20's queries and those of the past.
#[message]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// Balance of an account.
    #[returns(BalanceResponse)]
    Balance {
        /// The account.
        address: String,
    },
    /// Name, symbol, decimals, supply.
    #[returns(TokenInfoResponse)]
    TokenInfo {},
    /// Always none: nobody mints.
    #[returns(Option<MinterResponse>)]
    Minter {},
    /// What a spender may use of an owner's tokens.
    #[returns(AllowanceResponse)]
    Allowance {
        /// Whose.
        owner: String,
        /// Who spends.
        spender: String,
    },
    /// All allowances an owner gave.
    #[returns(AllAllowancesResponse)]
    AllAllowances {
        /// Whose.
        owner: String,
        /// Spender to start behind.
        start_after: Option<String>,
        /// Page size.
        limit: Option<u32>,
    },
    /// All allowances a spender got.
    #[returns(AllSpenderAllowancesResponse)]
    AllSpenderAllowances {
        /// Who spends.
        spender: String,
        /// Owner to start behind.
        start_after: Option<String>,
        /// Page size.
        limit: Option<u32>,
    },
    /// All accounts that ever held tokens (in the order of their canonical bytes).
    #[returns(AllAccountsResponse)]
    AllAccounts {
        /// Account to start behind.
        start_after: Option<String>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Marketing information.
    #[returns(MarketingInfoResponse)]
    MarketingInfo {},
    /// The embedded logo.
    #[returns(DownloadLogoResponse)]
    DownloadLogo {},
    /// Balance at the opening of a day (before its first move), past or running.
    #[returns(BalanceResponse)]
    BalanceAt {
        /// The account.
        address: String,
        /// The day, at most today.
        day: Day,
    },
    /// Supply at the opening of a day, past or running.
    #[returns(TotalAtResponse)]
    TotalAt {
        /// The day, at most today.
        day: Day,
    },
    /// Lowest balance during a past day.
    #[returns(BalanceResponse)]
    LowestOn {
        /// The account.
        address: String,
        /// The day, before today.
        day: Day,
    },
    /// Lowest balances of many accounts during past days, in the order asked; at most 256.
    #[returns(LowestOnManyResponse)]
    LowestOnMany {
        /// Account and day, before today.
        of: Vec<(Addr, Day)>,
    },
    /// The kept history of an account, ascending by day.
    #[returns(HistoryResponse)]
    History {
        /// The account.
        address: String,
        /// Day to start behind.
        start_after: Option<Day>,
        /// Page size.
        limit: Option<u32>,
    },
    /// Clock, history kept, supply at birth.
    #[returns(ConfigResponse)]
    Config {},
    /// Always false: transfers are an exit.
    #[returns(PausedResponse)]
    Paused {},
}

/// Answer to `total_at`.
#[cw_serde]
pub struct TotalAtResponse {
    /// Supply in base units.
    pub total: Uint128,
}

/// Answer to `lowest_on_many`.
#[cw_serde]
pub struct LowestOnManyResponse {
    /// Lowest balances in the order asked.
    pub lowest: Vec<Uint128>,
}

/// A day on which an account moved.
#[cw_serde]
pub struct HistoryEntry {
    /// The day.
    pub day: Day,
    /// Lowest balance during it, its opening included.
    pub lowest: Uint128,
    /// Balance at its end.
    pub closing: Uint128,
}

/// Answer to `history`.
#[cw_serde]
pub struct HistoryResponse {
    /// Days on which the account moved, except the one of its last move.
    pub entries: Vec<HistoryEntry>,
    /// Whether more are left.
    pub more: bool,
}

/// Answer to `config`.
#[cw_serde]
pub struct ConfigResponse {
    /// The programme's clock.
    pub clock: Clock,
    /// Days of history kept.
    pub history_days: u32,
    /// The supply allotted at birth.
    pub supply_at_birth: Uint128,
}

/// Pays accounts out of the caller's tokens, base units above 0: nothing for none, a plain cw20 `transfer` for one.
pub fn pay(token: &Addr, payments: Vec<(Addr, Uint128)>) -> StdResult<Vec<CosmosMsg>> {
    let payments: Vec<Payment> = payments
        .into_iter()
        .map(|(to, amount)| Payment {
            recipient: to.into_string(),
            amount,
        })
        .collect();
    let message = |part: &[Payment]| {
        let msg = match part {
            [Payment { recipient, amount }] => ExecuteMsg::Transfer {
                recipient: recipient.clone(),
                amount: *amount,
            },
            many => ExecuteMsg::TransferMany {
                payments: many.to_vec(),
            },
        };
        let call = WasmMsg::Execute {
            contract_addr: token.to_string(),
            msg: to_json_binary(&msg)?,
            funds: vec![],
        };
        Ok(call.into())
    };
    payments.chunks(MAX_PAYMENTS).map(message).collect()
}

/// A typed caller of a token.
pub struct Client<'a> {
    /// The token's address.
    pub token: &'a Addr,
    /// Through which it is asked.
    pub querier: QuerierWrapper<'a>,
}

impl Client<'_> {
    /// Lowest balances of any number of accounts during past days, in as few calls as the bound of one allows.
    pub fn lowest_on_many(&self, of: Vec<(Addr, Day)>) -> StdResult<Vec<Uint128>> {
        let mut lowest = Vec::with_capacity(of.len());
        for chunk in of.chunks(MAX_LOWEST) {
            let msg = QueryMsg::LowestOnMany { of: chunk.to_vec() };
            let answer: LowestOnManyResponse = self.querier.query_wasm_smart(self.token, &msg)?;
            lowest.extend(answer.lowest);
        }
        Ok(lowest)
    }
}
