//! A till receipt, signed by a POS terminal.

use super::{decode_exact, Leaf, LeafError};
use crate::bytes::{take_u32, take_u64, take_u8};
use crate::Kind;

/// Numbers of the `channel` byte.
pub mod channel {
    /// Bought in the store.
    pub const STORE: u8 = 1;
    /// Delivery and online sales.
    pub const EXTERNAL: u8 = 2;
}

/// One sale. 25 bytes: `customer u32 | number u64 | amount u64 | time u32 | channel u8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Receipt {
    /// The customer's member number.
    pub customer: u32,
    /// The receipt number; a terminal signs each number once.
    pub number: u64,
    /// Minor units of money.
    pub amount: u64,
    /// Parts of the day, 0 to 86,399: seconds where a day lasts 24 hours.
    pub time: u32,
    /// A number of [`channel`].
    pub channel: u8,
}

impl Leaf for Receipt {
    const KIND: Kind = Kind::Terminal;
    const WIDTH: usize = 25;

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::WIDTH);
        out.extend_from_slice(&self.customer.to_be_bytes());
        out.extend_from_slice(&self.number.to_be_bytes());
        out.extend_from_slice(&self.amount.to_be_bytes());
        out.extend_from_slice(&self.time.to_be_bytes());
        out.push(self.channel);
        out
    }

    fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        decode_exact(bytes, |rest| {
            Some(Receipt {
                customer: take_u32(rest)?,
                number: take_u64(rest)?,
                amount: take_u64(rest)?,
                time: take_u32(rest)?,
                channel: take_u8(rest)?,
            })
        })
    }

    fn amount(&self) -> u64 {
        self.amount
    }
}
