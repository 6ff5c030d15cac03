//! Types of cw20 that messages hold, strict: the same JSON, without what ordinary clients never send.

use cosmwasm_std::{Binary, Timestamp, Uint64};
use vrs_message::message;

/// When something ends, as cw-utils spells it.
#[message]
#[derive(Copy)]
pub enum Expiration {
    /// From that block on.
    AtHeight(u64),
    /// From that moment on, nanoseconds since 1970.
    AtTime(Uint64),
    /// Never.
    Never {},
}

impl From<Expiration> for cw_utils::Expiration {
    fn from(expires: Expiration) -> Self {
        match expires {
            Expiration::AtHeight(height) => cw_utils::Expiration::AtHeight(height),
            Expiration::AtTime(nanos) => cw_utils::Expiration::AtTime(Timestamp::from_nanos(nanos.u64())),
            Expiration::Never {} => cw_utils::Expiration::Never {},
        }
    }
}

impl From<cw_utils::Expiration> for Expiration {
    fn from(expires: cw_utils::Expiration) -> Self {
        match expires {
            cw_utils::Expiration::AtHeight(height) => Expiration::AtHeight(height),
            cw_utils::Expiration::AtTime(time) => Expiration::AtTime(Uint64::new(time.nanos())),
            cw_utils::Expiration::Never {} => Expiration::Never {},
        }
    }
}

/// A token's logo, as cw20 spells it.
#[message]
pub enum Logo {
    /// Where it is.
    Url(String),
    /// The picture itself.
    Embedded(EmbeddedLogo),
}

/// A picture in the token's state.
#[message]
pub enum EmbeddedLogo {
    /// SVG, with an XML preamble.
    Svg(Binary),
    /// PNG.
    Png(Binary),
}

impl From<Logo> for cw20::Logo {
    fn from(logo: Logo) -> Self {
        match logo {
            Logo::Url(url) => cw20::Logo::Url(url),
            Logo::Embedded(EmbeddedLogo::Svg(svg)) => cw20::Logo::Embedded(cw20::EmbeddedLogo::Svg(svg)),
            Logo::Embedded(EmbeddedLogo::Png(png)) => cw20::Logo::Embedded(cw20::EmbeddedLogo::Png(png)),
        }
    }
}
