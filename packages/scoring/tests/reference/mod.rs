//! The papers' rules once more, naively: unbounded integers, GB and hours, chains of `if`.
//!
//! Shares no code and no table with the crate, so that both being wrong alike is unlikely.
#![allow(dead_code, missing_docs)]

use num_bigint::BigUint;

pub fn big(value: impl Into<BigUint>) -> BigUint {
    value.into()
}

pub fn ten(power: u32) -> BigUint {
    big(10u32).pow(power)
}

/// An unreduced rational of unbounded integers.
#[derive(Clone, Debug)]
pub struct Ratio {
    pub num: BigUint,
    pub den: BigUint,
}

impl Ratio {
    pub fn new(num: impl Into<BigUint>, den: impl Into<BigUint>) -> Self {
        Self {
            num: num.into(),
            den: den.into(),
        }
    }

    pub fn int(num: impl Into<BigUint>) -> Self {
        Self::new(num, 1u32)
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self::new(&self.num * &other.den + &other.num * &self.den, &self.den * &other.den)
    }

    pub fn times(&self, other: &Self) -> Self {
        Self::new(&self.num * &other.num, &self.den * &other.den)
    }

    pub fn floor(&self) -> BigUint {
        &self.num / &self.den
    }

    pub fn floor_e18(&self) -> BigUint {
        &self.num * ten(18) / &self.den
    }

    /// By long division, a digit at a time.
    pub fn text(&self) -> String {
        let mut text = self.floor().to_string();
        let mut rest = &self.num % &self.den;
        let mut decimals = String::new();
        for _ in 0..18 {
            rest *= 10u32;
            decimals += &(&rest / &self.den).to_string();
            rest %= &self.den;
        }
        let decimals = decimals.trim_end_matches('0');
        if !decimals.is_empty() {
            text = text + "." + decimals;
        }
        text
    }

    pub fn equals(&self, other: &Self) -> bool {
        &self.num * &other.den == &other.num * &self.den
    }
}

/// The paper's factor of so much traffic.
fn traffic_factor(mb: u64) -> Ratio {
    if mb < 50_000 {
        Ratio::int(0u32)
    } else if mb < 100_000 {
        Ratio::new(5u32, 100u32)
    } else if mb < 500_000 {
        Ratio::new(3u32, 100u32)
    } else if mb < 1_000_000 {
        Ratio::new(2u32, 100u32)
    } else {
        Ratio::new(1u32, 100u32)
    }
}

fn online(seconds: u32) -> Ratio {
    let counted = if seconds < 3_600 { 0 } else { seconds };
    Ratio::new(counted, 24u32 * 3_600)
}

pub fn platform(mb: u64, nodes: u32, seconds: u32, share_e9: u32) -> Ratio {
    let node_factor: u32 = match nodes {
        0 => 0,
        1 => 1,
        2..=5 => 2,
        _ => 3,
    };
    Ratio::new(mb, 1_000u32)
        .times(&traffic_factor(mb))
        .plus(&Ratio::int(big(nodes) * node_factor))
        .times(&online(seconds))
        .times(&Ratio::new(share_e9, ten(9)))
}

pub fn server(mb: u64, nodes: u32, seconds: u32, share_e9: u32) -> Ratio {
    platform(mb, nodes, seconds, share_e9).times(&Ratio::int(1_000u32))
}

pub fn node(is_pc: bool, mbps: u32, mb: u64, seconds: u32) -> Ratio {
    let hardware: u32 = if is_pc { 2 } else { 1 };
    let mut bandwidth = big(0u32);
    let ten_each = mbps.min(8);
    let five_each = mbps.min(20) - ten_each;
    let one_each = mbps - ten_each - five_each;
    bandwidth += big(ten_each) * 10u32 + big(five_each) * 5u32 + big(one_each);
    let storage: u32 = if mb < 200_000 {
        0
    } else if mb <= 1_000_000 {
        1
    } else if mb < 2_000_000 {
        2
    } else if mb < 4_000_000 {
        3
    } else if mb < 8_000_000 {
        4
    } else {
        5
    };
    Ratio::int(bandwidth + hardware + storage * 5).times(&online(seconds))
}

fn downloads_times_factor(downloads: u32) -> BigUint {
    let factor: u32 = match downloads {
        0 => 0,
        1..=10 => 5,
        11..=49 => 3,
        50..=99 => 2,
        _ => 1,
    };
    big(downloads) * factor
}

pub fn upload(downloads: u32, mb: u64, points: u8) -> Ratio {
    let size: u32 = if mb < 10_000 {
        0
    } else if mb <= 50_000 {
        1
    } else if mb < 100_000 {
        2
    } else {
        3
    };
    Ratio::int(downloads_times_factor(downloads) + size * 3 + u32::from(points) * 5)
}

pub fn content(likes: u32, dislikes: u32, downloads: u32, mb: u64, points: u8) -> Ratio {
    let size: u32 = if mb < 10_000 {
        0
    } else if mb <= 50_000 {
        1
    } else {
        2
    };
    let liked = likes.saturating_sub(dislikes);
    let audience = big(liked) * 5u32 + downloads_times_factor(downloads);
    let file = size * 3 + u32::from(points) * 5;
    Ratio::new(audience * 8u32, 10u32).plus(&Ratio::new(file * 2, 10u32))
}

pub fn streaming(mb: u64, factor_e9: u64) -> Ratio {
    Ratio::new(mb, 1_000u32).times(&Ratio::new(factor_e9, ten(9)))
}
