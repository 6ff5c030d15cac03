//! Decimal numbers read digit by digit, and fixed-point integers as text. No floats.

/// Decimals of coins and points.
pub const COIN_DECIMALS: u32 = 6;
/// Decimals of BizPower and scores.
pub const SCORE_DECIMALS: u32 = 18;

/// The number times `10^decimals`. Digits with at most one point between them; trailing zeros do not
/// count as decimals.
///
/// Errors: what was expected, as text.
pub fn scaled(text: &str, decimals: u32) -> Result<u128, String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !digits(whole) || !digits(fraction) {
        return Err(format!("expected a number like 12 or 0.5, got {text:?}"));
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = u32::try_from(fraction.len()).ok().and_then(|n| decimals.checked_sub(n));
    let Some(missing) = missing else {
        return Err(format!("expected at most {decimals} decimals, got {text:?}"));
    };
    let number = format!("{whole}{fraction}").parse::<u128>().ok();
    number
        .zip(10u128.checked_pow(missing))
        .and_then(|(number, scale)| number.checked_mul(scale))
        .ok_or_else(|| format!("expected a smaller number, got {text:?}"))
}

/// As [`scaled`], at most `u64`.
pub fn scaled_u64(text: &str, decimals: u32) -> Result<u64, String> {
    u64::try_from(scaled(text, decimals)?).map_err(|_| format!("expected a smaller number, got {text:?}"))
}

/// A fixed-point integer with all its decimals: 5 with 2 decimals is `0.05`.
pub fn fixed(value: u128, decimals: u32) -> String {
    let unit = 10u128.pow(decimals);
    let width = decimals as usize;
    format!("{}.{:0width$}", value / unit, value % unit)
}

/// A fixed-point integer for people: thousands set apart, at most `shown` decimals, rounded down,
/// trailing zeros left out.
pub fn pretty(value: u128, decimals: u32, shown: usize) -> String {
    let text = fixed(value, decimals);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction
        .get(..shown.min(fraction.len()))
        .unwrap_or("")
        .trim_end_matches('0');
    let whole = thousands(whole);
    if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    }
}

/// A count for people: `1,234,567`.
pub fn counted(n: u64) -> String {
    thousands(&n.to_string())
}

/// Digits in groups of three: `1,234,567`.
pub fn thousands(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_stand() {
        assert_eq!(scaled("0.1", 18), Ok(100_000_000_000_000_000));
        assert_eq!(scaled("12", 6), Ok(12_000_000));
        assert_eq!(scaled("1.500", 1), Ok(15));
        assert_eq!(
            scaled("0.12", 1),
            Err("expected at most 1 decimals, got \"0.12\"".into())
        );
        for bad in ["", ".", "1.", ".5", "-1", "+1", "1e3", " 1", "1,000"] {
            assert_eq!(
                scaled(bad, 6),
                Err(format!("expected a number like 12 or 0.5, got {bad:?}"))
            );
        }
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!(fixed(5, 2), "0.05");
        assert_eq!(pretty(1_234_567_890_000, 6, 2), "1,234,567.89");
        assert_eq!(pretty(999_000_000, 6, 2), "999");
    }
}
