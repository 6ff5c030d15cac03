//! Who may do what: the same words in every contract.

use crate::standard::Expiration;
use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;

pub use vrs_message::access::{Gate, Gated, Permission, Role, Row};
use vrs_message::{message, Permissions};

/// Administration, the same in every contract that has an owner: `{"access": {...}}`.
#[message]
#[derive(Permissions)]
pub enum AccessMsg {
    /// Hands the contract over in two steps: an offer with an expiry, and its acceptance. It cannot be renounced.
    #[permission(inner)]
    UpdateOwnership(OwnershipMsg),
    /// Gives an account a role. Owner.
    #[permission(owner)]
    GrantRole {
        /// The role.
        role: Role,
        /// Who gets it.
        account: String,
    },
    /// Takes a role away, at once. Owner.
    #[permission(owner)]
    RevokeRole {
        /// The role.
        role: Role,
        /// Who loses it.
        account: String,
    },
    /// Stops payouts and new promises; intake, clocks and exits go on. Owner or guardian.
    #[permission(guardian)]
    Pause {},
    /// As `pause`, and ends by itself. Never shortens a pause that runs. Owner, guardian or brief guardian; the
    /// latter not within 14 days after the last pause of that role ended.
    #[permission(brief_guardian)]
    PauseUntil {
        /// Unix second at which it ends, 7 days ahead at most.
        until: u64,
    },
    /// Ends a pause. Owner.
    #[permission(owner)]
    Unpause {},
}

/// A change of owner, in two steps. Nobody can renounce: without an owner a pause would never end.
#[message]
#[derive(Permissions)]
pub enum OwnershipMsg {
    /// Offers the contract to another account; an earlier offer ends. Owner.
    #[permission(owner)]
    TransferOwnership {
        /// Who may accept.
        new_owner: String,
        /// When the offer ends: later than now, and not never.
        expiry: Expiration,
    },
    /// Takes the offer. The account it was made to.
    #[permission(subject)]
    AcceptOwnership {},
    /// Takes the offer back. Owner.
    #[permission(owner)]
    WithdrawOffer {},
}

/// Answer to `paused`.
#[cw_serde]
pub struct PausedResponse {
    /// Whether payouts and new promises are stopped.
    pub paused: bool,
    /// Unix second at which the pause ends by itself; none: it does not, or nothing is paused.
    pub until: Option<u64>,
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
