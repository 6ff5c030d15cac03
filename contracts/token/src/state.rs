//! What is stored. Keys are one byte of prefix and big-endian parts, values are postcard.

use cosmwasm_std::{Binary, StdError, Timestamp};
use cw20::{AllowanceResponse, EmbeddedLogo, Expiration};
use serde::{Deserialize, Serialize};
use vrs_days::{Clock, Day};
use vrs_table::{AccountKey, Cell, Table};

/// account -> what it holds and how its last day went. Written by the first allocation or receipt,
/// never removed: an account without an entry never held anything.
pub const ACCOUNTS: Table<AccountKey, Holding> = Table::new(0x01);
/// (account, day) -> how a day on which it moved ended. Written by its first move of a later day,
/// removed by pruning. The empty account ([`supply_key`]) stands for the supply.
pub const PAST: Table<(AccountKey, Day), PastDay> = Table::new(0x02);
/// (owner, spender) -> what the spender may use. Removed when it is decreased to nothing.
pub const ALLOWANCES: Table<(AccountKey, AccountKey), Allowance> = Table::new(0x03);
/// (spender, owner) -> true where `ALLOWANCES` has (owner, spender); comes and goes with it.
pub const ALLOWED_BY: Table<(AccountKey, AccountKey), bool> = Table::new(0x04);
/// The programme's clock, read by every move. Never changes.
pub const CLOCK: Cell<Clock> = Cell::new(0x05);
/// What never changes besides the clock.
pub const TOKEN: Cell<Token> = Cell::new(0x06);
/// The supply in base units, with the same memory as an account. Moves by burning only.
pub const SUPPLY: Cell<Holding> = Cell::new(0x07);
/// How far back history is kept and how far it was pruned.
pub const KEPT: Cell<Kept> = Cell::new(0x08);
/// Marketing information; absent where none was given or all of it was cleared.
pub const MARKETING: Cell<MarketingInfo> = Cell::new(0x09);
/// Bytes of the embedded logo; absent where it is a link or there is none.
pub const LOGO: Cell<Vec<u8>> = Cell::new(0x0a);

const _: () = vrs_table::unique(&[0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a]);

/// The account under which the supply's past stands; no address has no bytes.
pub fn supply_key() -> AccountKey {
    AccountKey(vec![])
}

/// What an account holds, the day of its last move, and the lowest it held on that day so far.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(try_from = "PackedHolding", into = "PackedHolding")]
pub struct Holding {
    /// Base units.
    pub balance: u128,
    /// Day of the last move.
    pub day: Day,
    /// Lowest balance on `day` so far, the opening one included; never above `balance`.
    pub lowest: u128,
}

/// How a day ended on which an account moved.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(try_from = "PackedPastDay", into = "PackedPastDay")]
pub struct PastDay {
    /// Balance at its end, base units.
    pub closing: u128,
    /// Lowest balance during it, the opening one included; never above `closing`.
    pub lowest: u128,
}

/// As stored: balance, day, balance less lowest. The last is one byte for whoever only paid that day.
#[derive(Serialize, Deserialize, Clone, Copy)]
struct PackedHolding(u128, Day, u128);

/// As stored: closing, closing less lowest.
#[derive(Serialize, Deserialize, Clone, Copy)]
struct PackedPastDay(u128, u128);

fn lowest(balance: u128, above: u128) -> Result<u128, StdError> {
    balance.checked_sub(above).ok_or_else(|| {
        StdError::parse_err(
            "holding",
            format!("balance {balance} cannot be {above} above its lowest"),
        )
    })
}

impl From<Holding> for PackedHolding {
    fn from(held: Holding) -> Self {
        PackedHolding(held.balance, held.day, held.balance.saturating_sub(held.lowest))
    }
}

impl TryFrom<PackedHolding> for Holding {
    type Error = StdError;
    fn try_from(packed: PackedHolding) -> Result<Self, StdError> {
        let PackedHolding(balance, day, above) = packed;
        Ok(Holding {
            balance,
            day,
            lowest: lowest(balance, above)?,
        })
    }
}

impl From<PastDay> for PackedPastDay {
    fn from(past: PastDay) -> Self {
        PackedPastDay(past.closing, past.closing.saturating_sub(past.lowest))
    }
}

impl TryFrom<PackedPastDay> for PastDay {
    type Error = StdError;
    fn try_from(packed: PackedPastDay) -> Result<Self, StdError> {
        let PackedPastDay(closing, above) = packed;
        Ok(PastDay {
            closing,
            lowest: lowest(closing, above)?,
        })
    }
}

/// What a spender may use of an owner's tokens.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Allowance {
    /// Base units left.
    pub amount: u128,
    /// Until when.
    pub until: Until,
}

/// The end of an allowance.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Until {
    /// None.
    #[default]
    Never,
    /// It has ended at this height.
    Height(u64),
    /// It has ended at this time, in nanoseconds since 1970.
    Nanos(u64),
}

impl From<Expiration> for Until {
    fn from(expires: Expiration) -> Self {
        match expires {
            Expiration::Never {} => Until::Never,
            Expiration::AtHeight(height) => Until::Height(height),
            Expiration::AtTime(time) => Until::Nanos(time.nanos()),
        }
    }
}

impl From<Until> for Expiration {
    fn from(until: Until) -> Self {
        match until {
            Until::Never => Expiration::Never {},
            Until::Height(height) => Expiration::AtHeight(height),
            Until::Nanos(nanos) => Expiration::AtTime(Timestamp::from_nanos(nanos)),
        }
    }
}

impl From<Allowance> for AllowanceResponse {
    fn from(allowance: Allowance) -> Self {
        AllowanceResponse {
            allowance: allowance.amount.into(),
            expires: allowance.until.into(),
        }
    }
}

/// What the token is called and how much there was of it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// 3 to 50 bytes.
    pub name: String,
    /// 3 to 12 letters, digits or `-`.
    pub symbol: String,
    /// At most 18.
    pub decimals: u8,
    /// Base units allotted at birth.
    pub supply_at_birth: u128,
}

/// How far back history is kept.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Days of history that pruning leaves whole.
    pub history_days: u32,
    /// Every query for this day or a later one is exact; 0 while nothing was pruned. Never falls.
    pub complete_from: Day,
}

/// Marketing information.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Default)]
pub struct MarketingInfo {
    /// The project's page.
    pub project: Option<String>,
    /// What the token is for.
    pub description: Option<String>,
    /// Who may change all this, in canonical bytes.
    pub marketing: Option<Vec<u8>>,
    /// Where the logo is.
    pub logo: Option<LogoPlace>,
}

/// Where the logo is.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum LogoPlace {
    /// At this address of the web.
    Url(String),
    /// In `LOGO`, an SVG.
    Svg,
    /// In `LOGO`, a PNG.
    Png,
}

/// An embedded logo's place and bytes.
pub fn embedded(logo: EmbeddedLogo) -> (LogoPlace, Binary) {
    match logo {
        EmbeddedLogo::Svg(data) => (LogoPlace::Svg, data),
        EmbeddedLogo::Png(data) => (LogoPlace::Png, data),
    }
}
