//! Chance, the same for the same seed.

use cosmwasm_std::{Binary, Uint128};
use rand::seq::SliceRandom;
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::ops::RangeInclusive;

/// A source of chance.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice that always fall alike for a seed and the number of a world.
    pub fn new(seed: u64, world: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(world);
        Dice(rng)
    }

    /// Whether something of so many percent happens.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.0.gen_ratio(percent.min(100), 100)
    }

    /// A number of a range.
    pub fn within(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.0.gen_range(range)
    }

    /// A small number of a range.
    pub fn small(&mut self, range: RangeInclusive<u32>) -> u32 {
        self.0.gen_range(range)
    }

    /// One of some.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of.choose(&mut self.0).cloned().expect("there is something to choose")
    }

    /// An amount of base units: mostly some tokens, sometimes nothing, one or more than there is.
    pub fn amount(&mut self) -> Uint128 {
        let figure = match self.small(0..=19) {
            0 => 0,
            1 => 1,
            2 => u128::MAX,
            3 => 1 << 120,
            4 => u128::from(self.0.next_u64()),
            5..=9 => u128::from(self.within(1..=1_000)),
            _ => u128::from(self.within(1..=5_000_000)),
        };
        Uint128::new(figure)
    }

    /// What may be a hash: 32 bytes, rarely others.
    pub fn hash(&mut self) -> Binary {
        let length = self.one(&[32, 32, 32, 32, 32, 32, 32, 31, 0, 64]);
        self.bytes(length)
    }

    /// Bytes.
    pub fn bytes(&mut self, length: usize) -> Binary {
        let mut bytes = vec![0; length];
        self.0.fill_bytes(&mut bytes);
        bytes.into()
    }

    /// A page size: mostly none or a small one.
    pub fn limit(&mut self) -> Option<u32> {
        self.one(&[None, Some(1), Some(2), Some(7), Some(30), Some(200), Some(0), Some(201)])
    }

    /// Mostly nothing.
    pub fn rarely<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(30).then(|| make(self))
    }

    /// So many of them.
    pub fn some<T>(&mut self, count: RangeInclusive<u32>, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.small(count)).map(|_| make(self)).collect()
    }
}
