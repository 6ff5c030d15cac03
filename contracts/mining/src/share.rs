//! An account's day: its score by method.

use serde::{Deserialize, Serialize};
use vrs_interface::mining::Method;
use vrs_settlement::Share;

/// Set in a stored method number where the reward was taken back.
const TAKEN: u8 = 0x80;
/// Tracks above this one count the accounts with a score: method + 6.
const HEADS: u8 = 6;

/// The track that divides a method's budget: the sum of its scores, 18 decimals.
pub fn score_track(method: Method) -> u8 {
    method as u8
}

/// The track that counts the accounts with a score above 0 at a method.
pub fn heads_track(method: Method) -> u8 {
    HEADS.saturating_add(method as u8)
}

/// The method with this number.
pub fn method_of(number: u8) -> Option<Method> {
    Method::ALL.into_iter().find(|method| *method as u8 == number)
}

/// One account's day: a score for each method that has a reading, ascending. As stored: a byte (method,
/// and a bit once its reward was taken back) and a varint (score, 18 decimals) a method.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
#[serde(transparent)]
pub struct AccountShare(Vec<(u8, u128)>);

impl AccountShare {
    /// The method's score, 18 decimals; none without a reading.
    pub fn score(&self, method: Method) -> Option<u128> {
        self.place(method)
            .ok()
            .and_then(|at| self.0.get(at))
            .map(|entry| entry.1)
    }

    /// Sets the method's score; only while the day takes reports.
    pub fn set(&mut self, method: Method, score: u128) {
        match self.place(method) {
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = score;
                }
            }
            Err(at) => self.0.insert(at, (method as u8, score)),
        }
    }

    /// Marks the method's reward as taken back; answers whether it was not so before.
    pub fn take(&mut self, method: Method) -> bool {
        let entry = self.place(method).ok().and_then(|at| self.0.get_mut(at));
        match entry {
            Some(entry) if entry.0 & TAKEN == 0 => {
                entry.0 |= TAKEN;
                true
            }
            _ => false,
        }
    }

    /// Methods with a reading, ascending: score, and whether its reward was taken back.
    pub fn methods(&self) -> impl Iterator<Item = (Method, u128, bool)> + '_ {
        self.0
            .iter()
            .filter_map(|(tag, score)| Some((method_of(tag & !TAKEN)?, *score, tag & TAKEN != 0)))
    }

    fn place(&self, method: Method) -> Result<usize, usize> {
        self.0.binary_search_by_key(&(method as u8), |entry| entry.0 & !TAKEN)
    }
}

impl Share for AccountShare {
    fn counted(&self, track: u8) -> u128 {
        let (number, heads) = match track.checked_sub(HEADS) {
            Some(number) if number > 0 => (number, true),
            _ => (track, false),
        };
        let score = method_of(number).and_then(|method| self.score(method)).unwrap_or(0);
        if heads {
            score.min(1)
        } else {
            score
        }
    }

    fn earning(&self, track: u8) -> u128 {
        let taken = self.0.iter().any(|entry| entry.0 == track | TAKEN);
        if taken {
            0
        } else {
            self.counted(track)
        }
    }
}
