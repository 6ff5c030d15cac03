//! Who may do what: two-step owner, roles, pausing, declared permissions.
//!
//! A contract calls [`Access::admit`] with the gate its message declares (permission, pause) before it looks at
//! anything else, and hands [`AccessMsg`] to [`Access::execute`]. What a message allows to its
//! *subject* or to a *registered contract* depends on the message and is checked by its handler.
//!
//! Storage: one entry per role and holder (prefix [`ROLES`]), one for the pause (prefix [`PAUSED`])
//! and one for past pauses (prefix [`PAST`]), cw-ownable's item for the owner.

mod access;
mod error;
mod guard;
mod pause;
#[cfg(test)]
mod tests;

pub use access::{Access, ACCESS, ROLES};
pub use error::AccessError;
pub use guard::{no_coins, valid_address};
pub use pause::{PAST, PAUSED};
