//! How much gas a transaction will use, before it is sent.
//!
//! `estimate = (tx + messages * message + batches * batch + items * item + bytes * byte) * ratio`
//!
//! The five prices were fitted to a chain with nothing pinned; `ratio` follows what transactions really use. It
//! rises at once to the highest figure seen and falls by an eighth of the difference each time, for too little gas
//! costs a whole transaction and too much only a part of a fee.

/// What a transaction holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Calls of the oracle.
    pub messages: u64,
    /// Batches in them.
    pub batches: u64,
    /// Items of those: receipts, readings, prices.
    pub items: u64,
    /// Bytes of the transaction.
    pub bytes: u64,
}

/// Gas of a transaction by itself: signature, account, fee.
const TX: u64 = 90_000;
/// Gas of a call, with the contracts that it loads.
const MESSAGE: u64 = 300_000;
/// Gas of a batch.
const BATCH: u64 = 20_000;
/// Gas of an item.
const ITEM: u64 = 12_000;
/// Gas of a byte.
const BYTE: u64 = 10;
/// Unit of ratios.
const ONE: u64 = 1_000;

/// The estimate, corrected by what was used.
#[derive(Clone, Debug)]
pub struct GasModel {
    ratio: u64,
    margin: u64,
    /// Whether a real figure has been seen since the start or the last surprise.
    pub is_measured: bool,
}

impl GasModel {
    /// A model whose transactions get `margin` thousandths of the estimate.
    pub fn new(margin: u64) -> Self {
        GasModel {
            ratio: ONE,
            margin: margin.max(ONE),
            is_measured: false,
        }
    }

    fn raw(shape: Shape) -> u64 {
        [
            TX,
            shape.messages.saturating_mul(MESSAGE),
            shape.batches.saturating_mul(BATCH),
            shape.items.saturating_mul(ITEM),
            shape.bytes.saturating_mul(BYTE),
        ]
        .into_iter()
        .fold(0, u64::saturating_add)
    }

    /// Gas that a transaction gets: the estimate with the margin.
    pub fn gas(&self, shape: Shape) -> u64 {
        let gas = u128::from(Self::raw(shape)) * u128::from(self.ratio) * u128::from(self.margin);
        u64::try_from(gas / u128::from(ONE * ONE)).unwrap_or(u64::MAX)
    }

    /// A transaction used so much.
    pub fn used(&mut self, shape: Shape, gas: u64) {
        let seen = Self::seen(shape, gas);
        self.ratio = match self.ratio.checked_sub(seen) {
            Some(above) => self.ratio - above / 8,
            None => seen,
        };
        self.is_measured = true;
    }

    /// A simulation says so much: taken as it is.
    pub fn simulated(&mut self, shape: Shape, gas: u64) {
        self.ratio = Self::seen(shape, gas);
        self.is_measured = true;
    }

    /// So much was not enough: half as much again is given from now on.
    pub fn short(&mut self, shape: Shape, gas: u64) {
        let needed = Self::seen(shape, gas).saturating_mul(3 * ONE) / (2 * self.margin);
        self.ratio = self.ratio.max(needed);
        self.is_measured = false;
    }

    fn seen(shape: Shape, gas: u64) -> u64 {
        let seen = u128::from(gas) * u128::from(ONE) / u128::from(Self::raw(shape));
        u64::try_from(seen).unwrap_or(u64::MAX).clamp(ONE / 20, ONE * 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        messages: 1,
        batches: 10,
        items: 100,
        bytes: 5_000,
    };

    #[test]
    fn an_estimate_rises_at_once_and_falls_slowly() {
        let mut model = GasModel::new(1_300);
        assert_eq!(model.gas(SHAPE), 1_840_000 * 13 / 10);
        model.used(SHAPE, 3_680_000);
        assert_eq!(model.gas(SHAPE), 3_680_000 * 13 / 10);
        model.used(SHAPE, 1_840_000); // 2.000 falls by an eighth of 1.000
        assert_eq!(model.gas(SHAPE), 1_840_000 * 1_875 / 1_000 * 13 / 10);
        model.simulated(SHAPE, 920_000);
        assert_eq!(model.gas(SHAPE), 920_000 * 13 / 10);
    }

    #[test]
    fn too_little_is_followed_by_half_as_much_again() {
        let mut model = GasModel::new(1_000);
        model.short(SHAPE, 1_840_000);
        assert_eq!(model.gas(SHAPE), 2_760_000);
        model.short(SHAPE, 2_760_000);
        assert_eq!(model.gas(SHAPE), 4_140_000);
        model.short(SHAPE, 0); // nothing is learned from what makes no sense
        assert_eq!(model.gas(SHAPE), 4_140_000);
    }
}
