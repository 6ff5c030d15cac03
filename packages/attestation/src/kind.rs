//! What a device reports, as one byte of the envelope and of the signed message.

use std::fmt;

use thiserror::Error;

use crate::leaf::{Leaf, Price, Reading, Receipt};

/// The kind of a batch; the number is the byte on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A POS terminal's receipts ([`Receipt`]).
    Terminal = 1,
    /// A meter's readings ([`Reading`]).
    Meter = 2,
    /// A company's mileage debits; no leaf is defined yet.
    Company = 3,
    /// A bank's payouts; no leaf is defined yet.
    Bank = 4,
    /// A price feed's prices ([`Price`]).
    Price = 5,
    /// Goals reached, from a health app; no leaf is defined yet.
    Health = 6,
}

/// A byte that names no kind.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("kind {actual} is unknown: expected 1 to 6")]
pub struct UnknownKind {
    /// The byte found.
    pub actual: u8,
}

impl Kind {
    /// Every kind, in the order of its number.
    pub const ALL: [Kind; 6] = [
        Kind::Terminal,
        Kind::Meter,
        Kind::Company,
        Kind::Bank,
        Kind::Price,
        Kind::Health,
    ];

    /// The byte on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Kind::Terminal => 1,
            Kind::Meter => 2,
            Kind::Company => 3,
            Kind::Bank => 4,
            Kind::Price => 5,
            Kind::Health => 6,
        }
    }

    /// Bytes of one leaf of this kind; `None` while the kind has no leaf.
    pub const fn leaf_width(self) -> Option<usize> {
        match self {
            Kind::Terminal => Some(Receipt::WIDTH),
            Kind::Meter => Some(Reading::WIDTH),
            Kind::Price => Some(Price::WIDTH),
            Kind::Company | Kind::Bank | Kind::Health => None,
        }
    }

    /// The name in documents and events, lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Terminal => "terminal",
            Kind::Meter => "meter",
            Kind::Company => "company",
            Kind::Bank => "bank",
            Kind::Price => "price",
            Kind::Health => "health",
        }
    }
}

impl TryFrom<u8> for Kind {
    type Error = UnknownKind;

    fn try_from(actual: u8) -> Result<Self, UnknownKind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.number() == actual)
            .ok_or(UnknownKind { actual })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
