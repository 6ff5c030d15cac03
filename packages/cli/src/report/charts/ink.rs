//! The colours of the charts, by what they mean. The style sheet knows each by its value.

use plotters::style::RGBColor;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Letters and figures at the axes.
    Label,
    /// Lines behind everything.
    Grid,
    /// Saturdays and Sundays.
    Weekend,
    /// Orders.
    Orders,
    /// Spending.
    Spending,
    /// Shops.
    Shops,
    /// Customers.
    Customers,
    /// Bzky paid.
    Bzky,
    /// Time paid.
    Time,
    /// A budget.
    Budget,
    /// A candle that closed higher.
    Rise,
    /// A candle that closed lower.
    Fall,
    /// A candle that did not move.
    Flat,
    /// The bound of a level.
    Bound,
    /// A level, from the lowest (0) to the highest (5).
    Level(u8),
    /// A number on the squares of lower levels.
    OnLow,
    /// A number on the squares of higher levels.
    OnHigh,
}

impl Ink {
    /// All of them.
    #[cfg(test)]
    pub const ALL: [Ink; 22] = [
        Ink::Label,
        Ink::Grid,
        Ink::Weekend,
        Ink::Orders,
        Ink::Spending,
        Ink::Shops,
        Ink::Customers,
        Ink::Bzky,
        Ink::Time,
        Ink::Budget,
        Ink::Rise,
        Ink::Fall,
        Ink::Flat,
        Ink::Bound,
        Ink::Level(0),
        Ink::Level(1),
        Ink::Level(2),
        Ink::Level(3),
        Ink::Level(4),
        Ink::Level(5),
        Ink::OnLow,
        Ink::OnHigh,
    ];

    /// The ink's colour on light paper. No two are equal.
    pub const fn rgb(self) -> (u8, u8, u8) {
        match self {
            Ink::Label => (0x55, 0x5F, 0x6B),
            Ink::Grid => (0xE6, 0xE2, 0xD8),
            Ink::Weekend => (0xF5, 0xF2, 0xEA),
            Ink::Orders => (0x2B, 0x62, 0xA6),
            Ink::Spending => (0x0E, 0x74, 0x90),
            Ink::Shops => (0xB4, 0x50, 0x0B),
            Ink::Customers => (0x2C, 0x63, 0xA7),
            Ink::Bzky => (0xC9, 0x78, 0x0C),
            Ink::Time => (0x73, 0x52, 0xC4),
            Ink::Budget => (0x3A, 0x42, 0x4D),
            Ink::Rise => (0x0B, 0x85, 0x76),
            Ink::Fall => (0xB4, 0x2A, 0x45),
            Ink::Flat => (0x6C, 0x76, 0x83),
            Ink::Bound => (0xC9, 0xC2, 0xB2),
            Ink::Level(0) => (0xEC, 0xE9, 0xE1),
            Ink::Level(1) => (0xD3, 0xE8, 0xE1),
            Ink::Level(2) => (0xA3, 0xD3, 0xC6),
            Ink::Level(3) => (0x66, 0xB5, 0xA5),
            Ink::Level(4) => (0x1F, 0x7D, 0x70),
            Ink::Level(_) => (0x0A, 0x4F, 0x47),
            Ink::OnLow => (0x1A, 0x23, 0x2E),
            Ink::OnHigh => (0xFE, 0xFE, 0xFE),
        }
    }

    pub(super) fn color(self) -> RGBColor {
        let (r, g, b) = self.rgb();
        RGBColor(r, g, b)
    }

    /// The ink as it stands in the drawing: `#2B62A6`.
    #[cfg(test)]
    pub fn hex(self) -> String {
        let (r, g, b) = self.rgb();
        format!("#{r:02X}{g:02X}{b:02X}")
    }

    /// The ink of a level, spread over six shades where there are more levels.
    pub fn of_level(level: u8, highest: usize) -> Self {
        Ink::Level(shade_of(level.into(), highest))
    }

    /// The ink of letters on that of a level.
    pub fn letters_on(self) -> Self {
        match self {
            Ink::Level(0..=3) => Ink::OnLow,
            _ => Ink::OnHigh,
        }
    }
}

/// The shade of a level, 0 to 5: its number, or its place among them where there are more than five.
pub fn shade_of(level: usize, highest: usize) -> u8 {
    let shade = if highest <= 5 {
        level
    } else {
        (level * 5).div_ceil(highest)
    };
    shade.min(5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_inks_are_equal() {
        let values: BTreeSet<String> = Ink::ALL.into_iter().map(Ink::hex).collect();
        assert_eq!(values.len(), Ink::ALL.len());
    }

    #[test]
    fn twenty_levels_share_six_shades() {
        assert_eq!(Ink::of_level(0, 20), Ink::Level(0));
        assert_eq!(Ink::of_level(1, 20), Ink::Level(1));
        assert_eq!(Ink::of_level(20, 20), Ink::Level(5));
        assert_eq!(Ink::of_level(3, 5), Ink::Level(3));
        assert_eq!(Ink::of_level(9, 0), Ink::Level(5));
        assert_eq!(shade_of(11, 20), 3);
    }
}
