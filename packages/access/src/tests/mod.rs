mod pauses;

use crate::{AccessError, ACCESS};
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{coins, from_json, Addr, Deps, Uint64};
use vrs_interface::access::{AccessMsg, Gate, OwnershipMsg, Permission, Role};
use vrs_interface::standard::Expiration;

fn unauthorized(sender: &Addr, needed: Permission) -> Result<(), AccessError> {
    Err(AccessError::Unauthorized {
        sender: sender.clone(),
        needed,
    })
}

fn require(deps: Deps, sender: &Addr, needed: Permission) -> Result<(), AccessError> {
    let gate = Gate {
        permission: needed,
        stops: false,
    };
    ACCESS.admit(deps, mock_env().block.time, &message_info(sender, &[]), gate)
}

#[test]
fn roles_are_granted_and_revoked_and_the_owner_holds_all() {
    let mut deps = mock_dependencies();
    let (owner, clerk) = (deps.api.addr_make("owner"), deps.api.addr_make("clerk"));
    ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
    let needed = Permission::Role(Role::Registrar);
    assert_eq!(require(deps.as_ref(), &owner, needed), Ok(()));
    assert_eq!(require(deps.as_ref(), &clerk, needed), unauthorized(&clerk, needed));
    let block = mock_env().block;
    let grant = AccessMsg::GrantRole {
        role: Role::Registrar,
        account: clerk.to_string(),
    };
    ACCESS.execute(deps.as_mut(), &block, &owner, grant).unwrap();
    assert_eq!(require(deps.as_ref(), &clerk, needed), Ok(()));
    assert_eq!(
        require(deps.as_ref(), &clerk, Permission::Guardian),
        unauthorized(&clerk, Permission::Guardian)
    );
    let listed = ACCESS.roles(deps.as_ref(), None, None).unwrap();
    assert_eq!(
        (listed.roles[0].role, &listed.roles[0].account, listed.more),
        (Role::Registrar, &clerk, false)
    );
    let revoke = AccessMsg::RevokeRole {
        role: Role::Registrar,
        account: clerk.to_string(),
    };
    ACCESS.execute(deps.as_mut(), &block, &owner, revoke).unwrap();
    assert_eq!(require(deps.as_ref(), &clerk, needed), unauthorized(&clerk, needed));
}

#[test]
fn native_coins_are_refused_whatever_the_permission() {
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
    let info = message_info(&owner, &coins(5, "ustake"));
    let gate = Gate {
        permission: Permission::Anyone,
        stops: false,
    };
    assert_eq!(
        ACCESS.admit(deps.as_ref(), mock_env().block.time, &info, gate),
        Err(AccessError::NativeCoins { sent: "5ustake".into() })
    );
}

#[test]
fn the_owner_changes_in_two_steps() {
    let mut deps = mock_dependencies();
    let (owner, next) = (deps.api.addr_make("owner"), deps.api.addr_make("next"));
    ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
    let block = mock_env().block;
    let hand = offer(&next, Expiration::AtHeight(block.height + 1));
    ACCESS.execute(deps.as_mut(), &block, &owner, hand).unwrap();
    assert!(ACCESS.is_owner(&deps.storage, &owner).unwrap());
    let accept = || AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {});
    assert_eq!(accept().permission(), Permission::Subject);
    assert_eq!(
        ACCESS.execute(deps.as_mut(), &block, &owner, accept()),
        Err(AccessError::Ownership(cw_ownable::OwnershipError::NotPendingOwner))
    );
    ACCESS.execute(deps.as_mut(), &block, &next, accept()).unwrap();
    assert!(ACCESS.is_owner(&deps.storage, &next).unwrap());
}

#[test]
fn a_pause_is_seen_and_ends() {
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
    let block = mock_env().block;
    let stranger = message_info(&deps.api.addr_make("stranger"), &[]);
    let gate = |permission, stops| Gate { permission, stops };
    let anyone = Permission::Anyone;
    let admitted = |deps: Deps, gate| ACCESS.admit(deps, block.time, &stranger, gate);
    assert_eq!(admitted(deps.as_ref(), gate(anyone, true)), Ok(()));
    ACCESS
        .execute(deps.as_mut(), &block, &owner, AccessMsg::Pause {})
        .unwrap();
    assert_eq!(admitted(deps.as_ref(), gate(anyone, true)), Err(AccessError::Paused {}));
    assert_eq!(admitted(deps.as_ref(), gate(anyone, false)), Ok(()));
    // Who may not send it learns that first, as when nothing is paused.
    let owner_only = Permission::Owner;
    assert_eq!(
        admitted(deps.as_ref(), gate(owner_only, true)),
        unauthorized(&stranger.sender, owner_only)
    );
    ACCESS
        .execute(deps.as_mut(), &block, &owner, AccessMsg::Unpause {})
        .unwrap();
    assert_eq!(admitted(deps.as_ref(), gate(anyone, true)), Ok(()));
}

fn offer(to: &Addr, expiry: Expiration) -> AccessMsg {
    AccessMsg::UpdateOwnership(OwnershipMsg::TransferOwnership {
        new_owner: to.to_string(),
        expiry,
    })
}

#[test]
fn an_offer_of_ownership_that_does_not_end_or_has_ended_is_refused() {
    let mut deps = mock_dependencies();
    let (owner, next) = (deps.api.addr_make("owner"), deps.api.addr_make("next"));
    ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
    let block = mock_env().block;
    let now = Uint64::new(block.time.nanos());
    for expiry in [
        Expiration::Never {},
        Expiration::AtHeight(block.height),
        Expiration::AtTime(now),
    ] {
        let refused = AccessError::OfferExpiry {
            actual: expiry.into(),
            height: block.height,
            now: block.time,
        };
        assert!(refused.to_string().starts_with("expiry is "), "{refused}");
        let answer = ACCESS.execute(deps.as_mut(), &block, &owner, offer(&next, expiry));
        assert_eq!(answer, Err(refused));
        assert_eq!(ACCESS.ownership(&deps.storage).unwrap().pending_owner, None);
    }
    let ends = Expiration::AtTime(now.checked_add(Uint64::one()).unwrap());
    ACCESS
        .execute(deps.as_mut(), &block, &owner, offer(&next, ends))
        .unwrap();
    assert_eq!(ACCESS.ownership(&deps.storage).unwrap().pending_owner, Some(next));
}

#[test]
fn an_offer_of_ownership_is_withdrawn() {
    let mut deps = mock_dependencies();
    let (owner, next) = (deps.api.addr_make("owner"), deps.api.addr_make("next"));
    ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
    let block = mock_env().block;
    let withdraw = || AccessMsg::UpdateOwnership(OwnershipMsg::WithdrawOffer {});
    assert_eq!(withdraw().permission(), Permission::Owner);
    let missing = Err(AccessError::Ownership(cw_ownable::OwnershipError::TransferNotFound));
    assert_eq!(ACCESS.execute(deps.as_mut(), &block, &owner, withdraw()), missing);
    let made = offer(&next, Expiration::AtHeight(block.height + 1));
    ACCESS.execute(deps.as_mut(), &block, &owner, made).unwrap();
    ACCESS.execute(deps.as_mut(), &block, &owner, withdraw()).unwrap();
    let accept = AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {});
    assert_eq!(ACCESS.execute(deps.as_mut(), &block, &next, accept), missing);
    assert_eq!(
        ACCESS.ownership(&deps.storage).unwrap(),
        cw_ownable::Ownership {
            owner: Some(owner),
            pending_owner: None,
            pending_expiry: None
        }
    );
}

#[test]
fn ownership_is_never_renounced() {
    for renounce in [
        r#"{"update_ownership":"renounce_ownership"}"#,
        r#"{"update_ownership":{"renounce_ownership":{}}}"#,
    ] {
        let read = from_json::<AccessMsg>(renounce).unwrap_err().to_string();
        assert!(read.contains("renounce_ownership"), "{read}");
    }
}
