//! Figures of the economy file: whole numbers, or decimals as text.

use crate::decimal::{scaled, COIN_DECIMALS, SCORE_DECIMALS};
use serde::de::{Deserializer, Error, Visitor};
use serde::Deserialize;
use std::fmt;

/// An amount of coins or points in base units (6 decimals).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coins(pub u128);

/// A score or BizPower with 18 decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u128);

/// A factor in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(pub u64);

/// A whole number that may pass what TOML's integers hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole(pub u64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = number(deserializer, 0)?;
        u64::try_from(value)
            .map(Whole)
            .map_err(|_| D::Error::custom("expected a smaller number"))
    }
}

impl<'de> Deserialize<'de> for Coins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer, COIN_DECIMALS).map(Coins)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer, SCORE_DECIMALS).map(Score)
    }
}

impl<'de> Deserialize<'de> for Factor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = number(deserializer, 9)?;
        u64::try_from(value)
            .map(Factor)
            .map_err(|_| D::Error::custom("expected a smaller factor"))
    }
}

fn number<'de, D: Deserializer<'de>>(deserializer: D, decimals: u32) -> Result<u128, D::Error> {
    deserializer.deserialize_any(Number { decimals })
}

struct Number {
    decimals: u32,
}

impl Visitor<'_> for Number {
    type Value = u128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number, or text with at most {} decimals", self.decimals)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<u128, E> {
        scaled(&value.to_string(), self.decimals).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<u128, E> {
        scaled(&value.to_string(), self.decimals).map_err(E::custom)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<u128, E> {
        scaled(value, self.decimals).map_err(E::custom)
    }
}
