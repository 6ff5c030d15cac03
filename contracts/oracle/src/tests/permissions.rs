//! Who may send what: every sender tries every message.

use super::suite::{caps, Signer, Suite};
use crate::ContractError;
use cosmwasm_std::{coins, Addr};
use cw_multi_test::Executor as _;
use vrs_access::AccessError;
use vrs_interface::access::{AccessMsg, OwnershipMsg, Permission, Role};
use vrs_interface::oracle::*;
use vrs_interface::standard::Expiration;

/// Every message, with the permission that it declares.
fn messages(suite: &Suite) -> Vec<(ExecuteMsg, Permission)> {
    let registrar = Permission::Role(Role::Registrar);
    let account = suite.relay.to_string();
    let params = FeedParams {
        max_age: 1,
        max_jump_bps: 1,
        min_sources: 1,
    };
    vec![
        (
            ExecuteMsg::Access(AccessMsg::UpdateOwnership(OwnershipMsg::TransferOwnership {
                new_owner: account.clone(),
                expiry: Expiration::AtHeight(u64::MAX),
            })),
            Permission::Owner,
        ),
        (
            ExecuteMsg::Access(AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {})),
            Permission::Subject,
        ),
        (
            ExecuteMsg::Access(AccessMsg::GrantRole {
                role: Role::Registrar,
                account: account.clone(),
            }),
            Permission::Owner,
        ),
        (
            ExecuteMsg::Access(AccessMsg::RevokeRole {
                role: Role::Registrar,
                account,
            }),
            Permission::Owner,
        ),
        (ExecuteMsg::Access(AccessMsg::Pause {}), Permission::Guardian),
        (
            ExecuteMsg::Access(AccessMsg::PauseUntil {
                until: suite.app.block_info().time.seconds() + 60,
            }),
            Permission::BriefGuardian,
        ),
        (ExecuteMsg::Access(AccessMsg::Unpause {}), Permission::Owner),
        (
            ExecuteMsg::RegisterDevices {
                devices: vec![suite.new_device(DeviceKind::Price, Signer::Ed(9))],
            },
            registrar,
        ),
        (
            ExecuteMsg::RotateKey {
                device: 1,
                key: Signer::Ed(9).key(),
                from: 2,
            },
            Permission::Subject,
        ),
        (ExecuteMsg::RevokeDevice { device: 1 }, Permission::Subject),
        (
            ExecuteMsg::SetCaps {
                device: 1,
                caps: caps(1, 1),
            },
            registrar,
        ),
        (
            ExecuteMsg::SetConsumer {
                kind: DeviceKind::Terminal,
                contract: None,
            },
            Permission::Owner,
        ),
        (
            ExecuteMsg::SetFeed {
                symbol: 1,
                name: "x".into(),
                params,
            },
            Permission::Owner,
        ),
        (
            ExecuteMsg::SetFeedSource {
                symbol: 2,
                device: 1,
                feeds: false,
            },
            Permission::Owner,
        ),
        (
            ExecuteMsg::SubmitBatches {
                batches: vec![suite.sales(1, 1, 1, &[1])],
            },
            Permission::Anyone,
        ),
        (
            ExecuteMsg::Prune {
                start_after: None,
                limit: None,
            },
            Permission::Anyone,
        ),
    ]
}

fn fresh() -> Suite {
    let mut suite = Suite::with_terminals(1);
    suite.own(ExecuteMsg::SetFeed {
        symbol: 2,
        name: "x".into(),
        params: FeedParams {
            max_age: 1,
            max_jump_bps: 1,
            min_sources: 1,
        },
    });
    suite
}

#[test]
fn every_sender_tries_every_message() {
    let table = messages(&fresh());
    for (index, (_, permission)) in table.iter().enumerate() {
        assert_eq!(messages(&fresh())[index].0.permission(), *permission);
        for who in 0..6 {
            let mut suite = fresh();
            let sender: Addr = [
                &suite.owner,
                &suite.registrar,
                &suite.guardian,
                &suite.agent,
                &suite.relay,
                &suite.merchant,
            ][who]
                .clone();
            let (owner, registrar, guardian, agent) = (who == 0, who == 1, who == 2, who == 3);
            let msg = messages(&suite).remove(index).0;
            let revokes = matches!(msg, ExecuteMsg::RevokeDevice { .. });
            let result = suite.execute(&sender, msg.clone()).map(|_| ());
            let allowed = match permission {
                Permission::Anyone => true,
                Permission::Owner => owner,
                Permission::Guardian | Permission::BriefGuardian => owner || guardian,
                Permission::Role(_) => owner || registrar,
                Permission::Subject if revokes => owner || registrar || guardian || agent,
                Permission::Subject => agent,
                Permission::Peer(_) | Permission::Registered(_) => panic!("the oracle has no such message"),
            };
            let error = match permission {
                Permission::Subject if matches!(msg, ExecuteMsg::Access(_)) => Err(ContractError::Access(
                    AccessError::Ownership(cw_ownable::OwnershipError::TransferNotFound),
                )),
                Permission::Subject => Err(ContractError::NotDeviceOwner {
                    device: 1,
                    owner: suite.agent.clone(),
                    sender,
                }),
                needed => Err(ContractError::Access(AccessError::Unauthorized {
                    sender,
                    needed: *needed,
                })),
            };
            let accepts_ownership = matches!(msg, ExecuteMsg::Access(_)) && *permission == Permission::Subject;
            let expected = if allowed && !accepts_ownership { Ok(()) } else { error };
            assert_eq!(result, expected, "{msg:?} by {who}");
        }
    }
}

#[test]
fn native_coins_are_refused_on_every_message() {
    let mut suite = fresh();
    let owner = suite.owner.clone();
    suite.app.init_modules(|router, _, storage| {
        router
            .bank
            .init_balance(storage, &owner, coins(1_000, "ustake"))
            .unwrap();
    });
    for (msg, _) in messages(&suite) {
        let error = suite
            .app
            .execute_contract(suite.owner.clone(), suite.oracle.clone(), &msg, &coins(1, "ustake"))
            .unwrap_err();
        assert_eq!(
            error.downcast::<ContractError>().unwrap(),
            ContractError::Access(AccessError::NativeCoins { sent: "1ustake".into() }),
            "{msg:?}"
        );
    }
}

#[test]
fn roles_of_other_contracts_open_nothing_here() {
    let mut suite = fresh();
    let other = suite.relay.clone();
    for role in [Role::Verifier, Role::Assessor, Role::Arbiter] {
        let account = other.to_string();
        suite.own(ExecuteMsg::Access(AccessMsg::GrantRole { role, account }));
    }
    let devices = vec![suite.new_device(DeviceKind::Terminal, Signer::Ed(3))];
    assert_eq!(
        suite
            .execute(&other, ExecuteMsg::RegisterDevices { devices })
            .map(|_| ()),
        Err(ContractError::Access(AccessError::Unauthorized {
            sender: other,
            needed: Permission::Role(Role::Registrar)
        }))
    );
}
