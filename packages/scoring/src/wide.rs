//! Checked arithmetic of 256 and 512 bits that names what overflowed.

use cosmwasm_std::{Uint128, Uint256, Uint512};

use crate::ScoreError;

pub(crate) fn add256(a: Uint256, b: Uint256, what: &'static str) -> Result<Uint256, ScoreError> {
    a.checked_add(b).map_err(|_| ScoreError::Overflow { what, bits: 256 })
}

pub(crate) fn mul256(a: Uint256, b: impl Into<Uint256>, what: &'static str) -> Result<Uint256, ScoreError> {
    a.checked_mul(b.into())
        .map_err(|_| ScoreError::Overflow { what, bits: 256 })
}

pub(crate) fn add512(a: Uint512, b: Uint512, what: &'static str) -> Result<Uint512, ScoreError> {
    a.checked_add(b).map_err(|_| ScoreError::Overflow { what, bits: 512 })
}

pub(crate) fn mul512(a: Uint512, b: impl Into<Uint512>, what: &'static str) -> Result<Uint512, ScoreError> {
    a.checked_mul(b.into())
        .map_err(|_| ScoreError::Overflow { what, bits: 512 })
}

/// `floor(num / den)` as 128 bits.
pub(crate) fn div_u128(num: Uint512, den: impl Into<Uint512>, what: &'static str) -> Result<u128, ScoreError> {
    let quotient = num
        .checked_div(den.into())
        .map_err(|_| ScoreError::ZeroDivisor { what })?;
    Uint128::try_from(quotient)
        .map(|q| q.u128())
        .map_err(|_| ScoreError::Overflow { what, bits: 128 })
}

pub(crate) fn narrow256(value: Uint512, what: &'static str) -> Result<Uint256, ScoreError> {
    Uint256::try_from(value).map_err(|_| ScoreError::Overflow { what, bits: 256 })
}
