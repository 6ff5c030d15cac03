//! Who may send what: the same words in every contract.

use cosmwasm_schema::cw_serde;
use std::fmt;

/// Who may send a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Anyone; the message harms nobody and pays only those who are owed.
    Anyone,
    /// The contract's owner (two-step; later the board).
    Owner,
    /// The owner or a holder of the role.
    Role(Role),
    /// The owner or a guardian: only what makes the contract safer at once.
    Guardian,
    /// The owner, a guardian or a brief guardian: what makes the contract safer for a few days.
    BriefGuardian,
    /// The contract that is configured under this name.
    Peer(&'static str),
    /// Whoever stands in this list, which the handler reads.
    Registered(&'static str),
    /// Whoever the message is about: the account's holder, the device's owner, the proposed owner.
    Subject,
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Permission::Anyone => f.write_str("anyone"),
            Permission::Owner => f.write_str("owner"),
            Permission::Role(role) => f.write_str(role.name()),
            Permission::Guardian => f.write_str("guardian"),
            Permission::BriefGuardian => f.write_str("brief_guardian"),
            Permission::Peer(name) => f.write_str(name),
            Permission::Registered(list) => {
                f.write_str("registered ")?;
                f.write_str(list)
            }
            Permission::Subject => f.write_str("whom it is about"),
        }
    }
}

/// What the owner can let an account do.
#[cw_serde]
#[derive(Copy, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    /// Registers members and devices.
    Registrar = 1,
    /// Verifies claims about members.
    Verifier = 2,
    /// Attests what a shop's costs follow from: area, staff, districts, trades.
    Assessor = 3,
    /// Marks members, decides appeals, takes back the rewards of a provisional day.
    Arbiter = 4,
    /// Pauses, lowers, revokes.
    Guardian = 5,
    /// Pauses for a week at most, and rests for two after it.
    BriefGuardian = 6,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 6] = [
        Role::Registrar,
        Role::Verifier,
        Role::Assessor,
        Role::Arbiter,
        Role::Guardian,
        Role::BriefGuardian,
    ];

    /// The role as it stands in messages and events.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Registrar => "registrar",
            Role::Verifier => "verifier",
            Role::Assessor => "assessor",
            Role::Arbiter => "arbiter",
            Role::Guardian => "guardian",
            Role::BriefGuardian => "brief_guardian",
        }
    }
}

/// What stands before a message's handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Who may send it.
    pub permission: Permission,
    /// Whether a pause stops it.
    pub stops: bool,
}

/// A line of a contract's permission table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A message.
    Gate(Gate),
    /// A variant that holds a message with variants of its own.
    Inner(&'static [(&'static str, Row)]),
}

/// A message whose variants each declare a gate; derived by [`macro@crate::Permissions`].
pub trait Gated {
    /// Every variant's name in JSON, in the order declared.
    const ROWS: &'static [(&'static str, Row)];

    /// What stands before this message.
    fn gate(&self) -> Gate;
}
