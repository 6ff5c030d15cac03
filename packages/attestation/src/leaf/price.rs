//! A price, signed by a price feed.

use super::{decode_exact, Leaf, LeafError};
use crate::bytes::{take_u128, take_u32};
use crate::Kind;

/// One price. 24 bytes: `symbol u32 | price u128 | time u32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Price {
    /// The number of the pair in the oracle's table.
    pub symbol: u32,
    /// 18 decimals: `1_000_000_000_000_000_000` is 1.
    pub price: u128,
    /// Parts of the day, 0 to 86,399.
    pub time: u32,
}

impl Leaf for Price {
    const KIND: Kind = Kind::Price;
    const WIDTH: usize = 24;

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::WIDTH);
        out.extend_from_slice(&self.symbol.to_be_bytes());
        out.extend_from_slice(&self.price.to_be_bytes());
        out.extend_from_slice(&self.time.to_be_bytes());
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        decode_exact(bytes, |rest| {
            Some(Price {
                symbol: take_u32(rest)?,
                price: take_u128(rest)?,
                time: take_u32(rest)?,
            })
        })
    }
}
