//! Random choices from a seed.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// A source of choices.
pub struct Random {
    rng: ChaCha8Rng,
}

impl Random {
    /// The source that follows from a seed.
    pub fn new(seed: u64) -> Self {
        Random {
            rng: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        self.rng.gen_range(from..=to.max(from))
    }

    /// True `n` times of 1,000.
    pub fn of_thousand(&mut self, n: u32) -> bool {
        self.rng.gen_range(0..1_000) < n
    }

    /// A place in a table of weights.
    pub fn pick(&mut self, weights: &Weights) -> usize {
        let total = weights.sums.last().copied().unwrap_or(1).max(1);
        let at = self.rng.gen_range(0..total);
        weights.sums.partition_point(|sum| *sum <= at)
    }

    /// Puts a slice in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.rng.gen_range(0..=last);
            items.swap(last, other);
        }
    }
}

/// Weights to pick by.
pub struct Weights {
    sums: Vec<u64>,
}

impl Weights {
    /// The table of some weights.
    pub fn new(weights: impl IntoIterator<Item = u64>) -> Self {
        let mut sum = 0;
        let sums = weights.into_iter().map(|weight| {
            sum += weight;
            sum
        });
        Weights { sums: sums.collect() }
    }

    /// Few who are met often, many who are met rarely: the n-th weighs 1 / (n + offset).
    pub fn skewed(count: u32, offset: u64) -> Self {
        Weights::new((0..u64::from(count)).map(|n| 1_000_000_000 / (n + offset)))
    }
}
