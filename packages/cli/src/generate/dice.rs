//! Random draws in integers: the same seed gives the same draws on any machine.

use rand_chacha::rand_core::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of draws.
///
/// It takes 64-bit words from ChaCha8 and turns them into draws itself, so that no release of a
/// library of distributions changes a generated file.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The draws of a seed for one purpose (at most 24 letters) and one day; day 0 is what holds for all days.
    pub(super) fn new(seed: u64, purpose: &str, day: u32) -> Self {
        let mut bytes = [0u8; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        for (byte, letter) in bytes[8..].iter_mut().zip(purpose.bytes()) {
            *byte = letter;
        }
        let mut rng = ChaCha8Rng::from_seed(bytes);
        rng.set_stream(u64::from(day));
        Dice(rng)
    }

    /// A number from 0 to `n - 1`, all equally likely; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        // The high half of word * n is the draw; words whose low half falls in the first 2^64 mod n
        // would favour some draws and are thrown again.
        let uneven = n.wrapping_neg() % n;
        loop {
            let product = u128::from(self.0.next_u64()) * u128::from(n);
            if product as u64 >= uneven {
                return (product >> 64) as u64;
            }
        }
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something happens that happens `of` times in a thousand.
    pub(super) fn per_mille(&mut self, of: u32) -> bool {
        self.below(1_000) < u64::from(of)
    }

    /// A number from one of the bands, each as likely as its weight.
    pub(super) fn banded(&mut self, bands: &[Band]) -> u64 {
        let mut draw = self.below(bands.iter().map(|band| u64::from(band.0)).sum());
        for &(weight, low, high) in bands {
            if draw < u64::from(weight) {
                return self.within(low, high);
            }
            draw -= u64::from(weight);
        }
        0
    }

    /// Puts things in a random order.
    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

/// Weight, lowest and highest number of a band.
pub(super) type Band = (u32, u64, u64);

/// Things of different weight, to draw from.
pub(super) struct Weights {
    /// Sums of the weights up to and with each thing.
    sums: Vec<u64>,
}

impl Weights {
    pub(super) fn new(weights: impl Iterator<Item = u64>) -> Self {
        let mut sum = 0u64;
        let sums = weights.map(|weight| {
            sum += weight;
            sum
        });
        Weights { sums: sums.collect() }
    }

    /// The number of the thing drawn, from 0.
    pub(super) fn draw(&self, dice: &mut Dice) -> usize {
        let draw = dice.below(self.sums.last().copied().unwrap_or(0));
        self.sums.partition_point(|&sum| sum <= draw)
    }
}
