//! Messages, responses and typed clients of every contract; no state, no logic.
//!
//! Every `ExecuteMsg` declares the [`Permission`](access::Permission) of each of its variants; a test freezes the
//! whole table. What is read from outside is a `message`: it refuses unknown fields. Answers stay open to new ones. Lists are paged: `start_after`, `limit` (50 by default, 200 at
//! most), and `more` tells whether anything is left.

pub mod access;
pub mod attested;
pub mod identity;
pub mod merchant;
pub mod mining;
pub mod oracle;
pub mod points;
pub mod settlement;
pub mod standard;
pub mod token;
