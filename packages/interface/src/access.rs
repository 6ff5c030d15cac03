//! Who may do what: the same words in every contract.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;

/// Who may send a message.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Permission {
    /// Anyone; the message harms nobody and pays only those who are owed.
    Anyone,
    /// The contract's owner (two-step; later the board).
    Owner,
    /// The owner or a holder of the role.
    Role(Role),
    /// The owner or a guardian: only what makes the contract safer at once.
    Guardian,
    /// The contract registered for it in the configuration.
    Contract,
    /// Whoever the message is about: the account's holder, the device's owner, the proposed owner.
    Subject,
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
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] = [
        Role::Registrar,
        Role::Verifier,
        Role::Assessor,
        Role::Arbiter,
        Role::Guardian,
    ];
}

/// Administration, the same in every contract that has an owner: `{"access": {...}}`.
#[cw_serde]
pub enum AccessMsg {
    /// Hands the contract over in two steps with an expiry; it cannot be renounced. Owner; `accept_ownership`: the proposed owner.
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
        match self {
            AccessMsg::UpdateOwnership(cw_ownable::Action::AcceptOwnership) => Permission::Subject,
            AccessMsg::Pause {} => Permission::Guardian,
            AccessMsg::UpdateOwnership(_)
            | AccessMsg::GrantRole { .. }
            | AccessMsg::RevokeRole { .. }
            | AccessMsg::Unpause {} => Permission::Owner,
        }
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
