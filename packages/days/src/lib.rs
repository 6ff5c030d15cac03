//! The programme's days: when each opens, closes and becomes final, from time alone.
//!
//! Nobody keeps the clock: every contract holds the same [`Clock`] and derives from the block time
//! which day it is and in which [`Stage`] any day stands. All periods are *parts of a day*
//! ([`PARTS`] make one), so that a test network can live through days of a minute.
//!
//! ```text
//! day D:  |------ open ------|-- closing --|----- provisional -----| final ...
//!         opens(D)       ends(D)        closes(D)              finals(D)
//! ```

mod clock;
mod schedule;
#[cfg(test)]
mod tests;
mod window;

pub use clock::{Clock, ClockError, Stage};
pub use schedule::Schedule;
pub use window::{Window, Windows};

/// A day of the programme; day 1 is the first. 0 stands for all time before it.
pub type Day = u32;

/// How many parts make a day. With days of 86,400 seconds a part is a second.
pub const PARTS: u32 = 86_400;
