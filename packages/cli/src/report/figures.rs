//! Figures as people read them. Integers only.

use crate::decimal::{fixed, thousands};

/// `370,886.84`: minor units of money.
pub fn money(minor: u128) -> String {
    decimal(minor, 2, 2)
}

/// `325,299.99`: base units, two decimals, rounded down.
pub fn coins(base: u128, decimals: u32) -> String {
    decimal(base, decimals, 2)
}

/// `325,299.998367`: base units to the last one.
pub fn exact(base: u128, decimals: u32) -> String {
    decimal(base, decimals, decimals as usize)
}

/// `12,721`.
pub fn count(n: impl Into<u128>) -> String {
    thousands(&n.into().to_string())
}

/// BizPower in millionths, rounded down: 0.00003884 is `38.84`.
pub fn millionths(e18: u128) -> String {
    const MILLIONTH: u128 = 1_000_000_000_000;
    if e18 >= 1_000 * MILLIONTH {
        return count(e18 / MILLIONTH);
    }
    let text = decimal(e18, 12, 2);
    match text.strip_suffix(".00") {
        Some(whole) if e18.is_multiple_of(MILLIONTH) => whole.to_owned(),
        _ => text,
    }
}

/// `12.3%` of a whole, rounded down; a part that is not nothing is never shown as such.
pub fn percent(part: u128, whole: u128) -> String {
    let scaled = part.checked_mul(1_000).and_then(|part| part.checked_div(whole));
    match scaled {
        Some(0) if part > 0 => "< 0.1%".to_owned(),
        Some(of_thousand) => format!("{}.{}%", count(of_thousand / 10), of_thousand % 10),
        None => "–".to_owned(),
    }
}

/// `3.5 seconds`, `2 min 5 s`.
pub fn duration(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    if seconds >= 60 {
        format!("{} min {} s", count(seconds / 60), seconds % 60)
    } else {
        format!("{seconds}.{} seconds", milliseconds % 1_000 / 100)
    }
}

/// `1 shop`, `2 shops`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Fixed point with thousands set apart and so many decimals, rounded down.
fn decimal(value: u128, decimals: u32, shown: usize) -> String {
    // 10^38 is the largest power of ten in 128 bits.
    let text = fixed(value, decimals.min(38));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = thousands(whole);
    match fraction.get(..shown.min(decimals as usize).min(fraction.len())) {
        None | Some("") => whole,
        Some(fraction) => format!("{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_coins_round_down() {
        assert_eq!(money(37_088_684), "370,886.84");
        assert_eq!(money(5), "0.05");
        assert_eq!(coins(325_299_998_367, 6), "325,299.99");
        assert_eq!(coins(42, 0), "42");
        assert_eq!(exact(2_999_674_700_001_633, 6), "2,999,674,700.001633");
        assert_eq!(
            exact(u128::MAX, 0),
            "340,282,366,920,938,463,463,374,607,431,768,211,455"
        );
    }

    #[test]
    fn bizpower_in_millionths() {
        assert_eq!(millionths(38_840_985_007_379), "38.84");
        assert_eq!(millionths(50_000_000_000_000), "50");
        assert_eq!(millionths(0), "0");
        assert_eq!(millionths(1), "0.00");
        assert_eq!(millionths(1_234_567_890_000_000), "1,234");
    }

    #[test]
    fn shares_of_a_whole() {
        assert_eq!(percent(43, 12_721), "0.3%");
        assert_eq!(percent(1, 12_721), "< 0.1%");
        assert_eq!(percent(5, 5), "100.0%");
        assert_eq!(percent(0, 0), "–");
        assert_eq!(percent(u128::MAX, 1), "–");
    }

    #[test]
    fn time_and_plurals() {
        assert_eq!(duration(3_577), "3.5 seconds");
        assert_eq!(duration(125_000), "2 min 5 s");
        assert_eq!(counted(1, "shop", "shops"), "1 shop");
        assert_eq!(counted(1_000, "shop", "shops"), "1,000 shops");
    }
}
