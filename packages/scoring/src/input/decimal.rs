//! Decimal numbers read digit by digit from their JSON text.

use serde_json::value::RawValue;

use super::InputError;
use crate::bands::MAX_VIEW_POINTS;
use crate::mining::MAX_SERVER_SHARE_E9;
use crate::Fraction;

/// Decimals of a GB that make whole MB.
const GB_DECIMALS: u32 = 3;

/// Decimals of a share or factor that make whole billionths.
const SHARE_DECIMALS: u32 = 9;

/// An hour has 3600 = 2^4 * 3^2 * 5^2 seconds: more than four decimals never come out whole.
const HOUR_DECIMALS: u32 = 4;

/// The parts of an hour at that many decimals.
const HOUR_PARTS: u32 = 10_000;

const HOURS_PER_DAY: u32 = 24;

const SECONDS_PER_HOUR: u32 = 3_600;

/// A whole number up to 2^32 - 1.
pub(super) fn count(field: &'static str, raw: &RawValue) -> Result<u32, InputError> {
    bounded(field, raw, 0, u32::MAX)
}

/// View points; that they are at least 1 is checked where they are scored.
pub(super) fn points(field: &'static str, raw: &RawValue) -> Result<u8, InputError> {
    bounded(field, raw, 0, MAX_VIEW_POINTS)
}

/// GB with at most three decimals, as MB.
pub(super) fn megabytes(field: &'static str, raw: &RawValue) -> Result<u64, InputError> {
    bounded(field, raw, GB_DECIMALS, u64::MAX)
}

/// A share of 0 to 1 with at most nine decimals, as billionths.
pub(super) fn share(field: &'static str, raw: &RawValue) -> Result<u32, InputError> {
    bounded(field, raw, SHARE_DECIMALS, MAX_SERVER_SHARE_E9)
}

/// A factor with at most nine decimals, as billionths.
pub(super) fn factor(field: &'static str, raw: &RawValue) -> Result<u64, InputError> {
    bounded(field, raw, SHARE_DECIMALS, u64::MAX)
}

/// Hours of a day that come out as whole seconds.
pub(super) fn seconds(field: &'static str, raw: &RawValue) -> Result<u32, InputError> {
    let fraction = || InputError::NotWholeSeconds {
        field,
        actual: raw.get().to_owned(),
    };
    let max = HOURS_PER_DAY.saturating_mul(HOUR_PARTS);
    let parts = bounded(field, raw, HOUR_DECIMALS, max).map_err(|error| match error {
        InputError::Decimals { .. } => fraction(),
        other => other,
    })?;
    // At most 240,000 * 3,600: nothing saturates.
    let scaled = parts.saturating_mul(SECONDS_PER_HOUR);
    if !scaled.is_multiple_of(HOUR_PARTS) {
        return Err(fraction());
    }
    Ok(scaled.checked_div(HOUR_PARTS).unwrap_or_default())
}

/// The number times `10^decimals`, at most `max`.
fn bounded<T: Copy + TryFrom<u128> + Into<u128>>(
    field: &'static str,
    raw: &RawValue,
    decimals: u32,
    max: T,
) -> Result<T, InputError> {
    let too_large = || InputError::TooLarge {
        field,
        expected: in_field_unit(max.into(), decimals),
        actual: raw.get().to_owned(),
    };
    let value = scaled(field, raw, decimals)?.ok_or_else(too_large)?;
    if value > max.into() {
        return Err(too_large());
    }
    T::try_from(value).map_err(|_| too_large())
}

/// The number times `10^decimals`, which must be whole; `None` where that passes 128 bits.
/// Trailing zeros do not count as decimals.
fn scaled(field: &'static str, raw: &RawValue, decimals: u32) -> Result<Option<u128>, InputError> {
    let malformed = || InputError::NotADecimal {
        field,
        actual: raw.get().to_owned(),
    };
    let digits_only = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());

    let text = raw.get();
    let text = match text.strip_prefix('"') {
        // An escape within the string holds a backslash, which is no digit either.
        Some(rest) => rest.strip_suffix('"').ok_or_else(malformed)?,
        None => text,
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if digits_only(fraction) => (whole, fraction),
        Some(_) => return Err(malformed()),
        None => (text, ""),
    };
    if !digits_only(whole) {
        return Err(malformed());
    }

    let fraction = fraction.trim_end_matches('0');
    let missing = u32::try_from(fraction.len())
        .ok()
        .and_then(|length| decimals.checked_sub(length))
        .ok_or_else(|| InputError::Decimals {
            field,
            expected: decimals,
            actual: raw.get().to_owned(),
        })?;
    // All digits: parsing fails by overflow alone.
    let digits = format!("{whole}{fraction}").parse::<u128>().ok();
    let scale = 10u128.checked_pow(missing);
    Ok(digits.zip(scale).and_then(|(digits, scale)| digits.checked_mul(scale)))
}

/// A scaled integer as the number that the field would show: 240000 at four decimals is 24.
fn in_field_unit(value: u128, decimals: u32) -> String {
    let unit = 10u128.checked_pow(decimals).unwrap_or(1);
    Fraction::new(value, unit).map_or_else(|error| error.to_string(), |value| value.to_string())
}
