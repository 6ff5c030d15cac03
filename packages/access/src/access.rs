use crate::pause::Pauses;
use crate::{no_coins, valid_address, AccessError};
use cosmwasm_std::{attr, Addr, Attribute, BlockInfo, Deps, DepsMut, MessageInfo, StdResult, Storage, Timestamp};
use cw_ownable::{Action, Ownership, OwnershipError};
use vrs_days::{Clock, Day};
use vrs_interface::access::{
    AccessMsg, Gate, OwnershipMsg, PausedResponse, Permission, Role, RoleHolder, RolesResponse,
};
use vrs_table::{AccountKey, Table};

/// Prefix of the roles table; a contract counts it among its own.
pub const ROLES: u8 = 0x1e;

/// A contract's owner, roles and pause.
pub struct Access {
    /// (role, account) -> true; removed when the role is revoked.
    roles: Table<(u8, AccountKey), bool>,
    pauses: Pauses,
}

/// The one instance that contracts use.
pub const ACCESS: Access = Access {
    roles: Table::new(ROLES),
    pauses: Pauses::new(),
};

impl Access {
    /// Sets the first owner. Call it in `instantiate`.
    pub fn initialize(&self, deps: DepsMut, owner: &str) -> Result<Addr, AccessError> {
        let owner = valid_address(deps.api, owner)?;
        cw_ownable::initialize_owner(deps.storage, deps.api, Some(owner.as_str()))?;
        Ok(owner)
    }

    /// Lets a message in by its gate: refuses native coins, then whoever lacks the permission, then what a pause stops.
    /// `Anyone`, `Peer`, `Registered` and `Subject` pass here; what comes after looks closer.
    ///
    /// # Errors
    /// `NativeCoins`, `Unauthorized`, `Paused`.
    pub fn admit(&self, deps: Deps, now: Timestamp, info: &MessageInfo, gate: Gate) -> Result<(), AccessError> {
        self.require(deps, info, gate.permission)?;
        if gate.stops {
            self.not_paused(deps.storage, now)?;
        }
        Ok(())
    }

    fn require(&self, deps: Deps, info: &MessageInfo, needed: Permission) -> Result<(), AccessError> {
        no_coins(info)?;
        let allowed = match needed {
            Permission::Anyone | Permission::Peer(_) | Permission::Registered(_) | Permission::Subject => true,
            Permission::Owner => self.is_owner(deps.storage, &info.sender)?,
            Permission::Guardian => self.has_role(deps, Role::Guardian, &info.sender)?,
            Permission::BriefGuardian => {
                self.has_role(deps, Role::BriefGuardian, &info.sender)?
                    || self.has_role(deps, Role::Guardian, &info.sender)?
            }
            Permission::Role(role) => self.has_role(deps, role, &info.sender)?,
        };
        if allowed {
            Ok(())
        } else {
            Err(AccessError::Unauthorized {
                sender: info.sender.clone(),
                needed,
            })
        }
    }

    /// Whether the account is the owner.
    pub fn is_owner(&self, storage: &dyn Storage, account: &Addr) -> StdResult<bool> {
        cw_ownable::is_owner(storage, account)
    }

    /// Whether the account holds the role; the owner holds all.
    pub fn has_role(&self, deps: Deps, role: Role, account: &Addr) -> StdResult<bool> {
        if self.is_owner(deps.storage, account)? {
            return Ok(true);
        }
        let key = (role as u8, deps.api.addr_canonicalize(account.as_str())?.into());
        Ok(self.roles.has(deps.storage, &key))
    }

    /// Whether the contract is paused.
    pub fn is_paused(&self, storage: &dyn Storage, now: Timestamp) -> StdResult<bool> {
        Ok(self.pauses.running(storage, now)?.is_some())
    }

    /// Refuses while the contract is paused. For what [`Access::admit`] can't know: a part of a message that stops.
    pub fn not_paused(&self, storage: &dyn Storage, now: Timestamp) -> Result<(), AccessError> {
        if self.is_paused(storage, now)? {
            return Err(AccessError::Paused {});
        }
        Ok(())
    }

    /// The latest moment since which the contract was not paused for `seconds`, pauses left out.
    pub fn unpaused_since(&self, storage: &dyn Storage, now: Timestamp, seconds: u64) -> StdResult<Timestamp> {
        self.pauses.unpaused_since(storage, now, seconds)
    }

    /// The last day that has been final for `days` days during which the contract was not paused; 0: none.
    pub fn expired_through(&self, storage: &dyn Storage, clock: &Clock, now: Timestamp, days: u32) -> StdResult<Day> {
        let seconds = u64::from(days).saturating_mul(clock.day_seconds.into());
        Ok(clock.last_final(self.unpaused_since(storage, now, seconds)?))
    }

    /// Does what the administration message says; its permission must have been required before.
    /// Answers the attributes of the contract's event, `action` first.
    pub fn execute(
        &self,
        deps: DepsMut,
        block: &BlockInfo,
        sender: &Addr,
        msg: AccessMsg,
    ) -> Result<Vec<Attribute>, AccessError> {
        match msg {
            AccessMsg::UpdateOwnership(msg) => {
                let ownership = update_ownership(deps, block, sender, msg)?;
                let mut attributes = vec![attr("action", "update_ownership")];
                attributes.extend(ownership.into_attributes());
                Ok(attributes)
            }
            AccessMsg::GrantRole { role, account } => self.set_role(deps, role, &account, true),
            AccessMsg::RevokeRole { role, account } => self.set_role(deps, role, &account, false),
            AccessMsg::Pause {} => {
                self.pauses.begin(deps.storage, block.time)?;
                Ok(vec![attr("action", "pause")])
            }
            AccessMsg::PauseUntil { until } => {
                let brief = !self.has_role(deps.as_ref(), Role::Guardian, sender)?;
                self.pauses.begin_until(deps.storage, block.time, until, brief)?;
                Ok(vec![attr("action", "pause_until"), attr("until", until.to_string())])
            }
            AccessMsg::Unpause {} => {
                self.pauses.end(deps.storage, block.time)?;
                Ok(vec![attr("action", "unpause")])
            }
        }
    }

    fn set_role(&self, deps: DepsMut, role: Role, account: &str, holds: bool) -> Result<Vec<Attribute>, AccessError> {
        let account = valid_address(deps.api, account)?;
        let key = (role as u8, deps.api.addr_canonicalize(account.as_str())?.into());
        let action = if holds {
            self.roles.save(deps.storage, &key, &true)?;
            "grant_role"
        } else {
            self.roles.remove(deps.storage, &key);
            "revoke_role"
        };
        Ok(vec![
            attr("action", action),
            attr("role", role.name()),
            attr("account", account),
        ])
    }

    /// Answers `ownership`.
    pub fn ownership(&self, storage: &dyn Storage) -> StdResult<Ownership<Addr>> {
        cw_ownable::get_ownership(storage)
    }

    /// Answers `paused`.
    pub fn paused(&self, storage: &dyn Storage, now: Timestamp) -> StdResult<PausedResponse> {
        let running = self.pauses.running(storage, now)?;
        Ok(PausedResponse {
            paused: running.is_some(),
            until: running.and_then(|pause| pause.until),
        })
    }

    /// Answers `roles`.
    pub fn roles(
        &self,
        deps: Deps,
        start_after: Option<(Role, String)>,
        limit: Option<u32>,
    ) -> StdResult<RolesResponse> {
        let start = start_after
            .map(|(role, account)| {
                Ok::<_, cosmwasm_std::StdError>((role as u8, deps.api.addr_canonicalize(&account)?.into()))
            })
            .transpose()?;
        let (entries, more) = self.roles.page(deps.storage, start, limit)?;
        let mut roles = Vec::with_capacity(entries.len());
        for ((number, account), _) in entries {
            let Some(role) = Role::ALL.into_iter().find(|role| *role as u8 == number) else {
                continue;
            };
            roles.push(RoleHolder {
                role,
                account: deps.api.addr_humanize(&account.into())?,
            });
        }
        Ok(RolesResponse { roles, more })
    }
}

fn update_ownership(
    deps: DepsMut,
    block: &BlockInfo,
    sender: &Addr,
    msg: OwnershipMsg,
) -> Result<Ownership<Addr>, AccessError> {
    let action = match msg {
        OwnershipMsg::TransferOwnership { new_owner, expiry } => {
            let new_owner = valid_address(deps.api, &new_owner)?.into_string();
            let expiry = cw_utils::Expiration::from(expiry);
            if expiry == (cw_utils::Expiration::Never {}) || expiry.is_expired(block) {
                return Err(AccessError::OfferExpiry {
                    actual: expiry,
                    height: block.height,
                    now: block.time,
                });
            }
            Action::TransferOwnership {
                new_owner,
                expiry: Some(expiry),
            }
        }
        OwnershipMsg::AcceptOwnership {} => Action::AcceptOwnership,
        OwnershipMsg::WithdrawOffer {} => {
            let Ownership {
                owner, pending_owner, ..
            } = cw_ownable::get_ownership(deps.storage)?;
            if pending_owner.is_none() {
                return Err(OwnershipError::TransferNotFound.into());
            }
            // The present owner alone, as when the contract began: an owner without an offer.
            let owner = owner.as_ref().map(Addr::as_str);
            return Ok(cw_ownable::initialize_owner(deps.storage, deps.api, owner)?);
        }
    };
    Ok(cw_ownable::update_ownership(deps, block, sender, action)?)
}
