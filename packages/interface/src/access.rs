//! Who may do what: the same words in every contract.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;

pub use vrs_message::access::{Gate, Gated, Permission, Role, Row};
use vrs_message::message;

/// Administration, the same in every contract that has an owner: `{"access": {...}}`.
#[message]
pub enum AccessMsg {
    /// Hands the contract over in two steps: an offer with an expiry, and its acceptance. It cannot be renounced.
    UpdateOwnership(cw_ownable::Action),
    /// Gives an account a role. Owner.
    GrantRole {
        /// The role.
        role: Role,
        /// Who gets it.
        account: String,
    },
    /// Takes a role away, at once. Owner.
    RevokeRole {
        /// The role.
        role: Role,
        /// Who loses it.
        account: String,
    },
    /// Stops payouts and new promises; intake, clocks and exits go on. Owner or guardian.
    Pause {},
    /// Ends a pause. Owner.
    Unpause {},
}

impl AccessMsg {
    /// Who may send it.
    pub fn permission(&self) -> Permission {
        self.gate().permission
    }
}

impl Gated for AccessMsg {
    const ROWS: &'static [(&'static str, Row)] = &[
        ("update_ownership", Row::Gate(gate(Permission::Owner))),
        ("grant_role", Row::Gate(gate(Permission::Owner))),
        ("revoke_role", Row::Gate(gate(Permission::Owner))),
        ("pause", Row::Gate(gate(Permission::Guardian))),
        ("unpause", Row::Gate(gate(Permission::Owner))),
    ];

    fn gate(&self) -> Gate {
        gate(match self {
            AccessMsg::UpdateOwnership(cw_ownable::Action::AcceptOwnership) => Permission::Subject,
            AccessMsg::Pause {} => Permission::Guardian,
            AccessMsg::UpdateOwnership(_)
            | AccessMsg::GrantRole { .. }
            | AccessMsg::RevokeRole { .. }
            | AccessMsg::Unpause {} => Permission::Owner,
        })
    }
}

const fn gate(permission: Permission) -> Gate {
    Gate {
        permission,
        stops: false,
    }
}

/// Answer to `paused`.
#[cw_serde]
pub struct PausedResponse {
    /// Whether payouts and new promises are stopped.
    pub paused: bool,
}

/// One account's role.
#[cw_serde]
pub struct RoleHolder {
    /// The role.
    pub role: Role,
    /// Who holds it.
    pub account: Addr,
}

/// Answer to `roles`.
#[cw_serde]
pub struct RolesResponse {
    /// Holders, by role, then account.
    pub roles: Vec<RoleHolder>,
    /// Whether more are left.
    pub more: bool,
}
