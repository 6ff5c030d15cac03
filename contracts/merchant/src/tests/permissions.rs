//! Every role times every message, and native coins.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::{coins, to_json_binary, Addr, Uint128};
use cw20::Cw20ReceiveMsg;
use cw_multi_test::Executor;
use vrs_access::AccessError;
use vrs_interface::access::{AccessMsg, OwnershipMsg, Permission, Role};
use vrs_interface::merchant::{ExecuteMsg, Profile, PruneWhat, Rate, ReceiveMsg, Side};
use vrs_interface::standard::Expiration;

const MEMBER: &str = "member";

fn messages(of: &World) -> Vec<(ExecuteMsg, Vec<&'static str>)> {
    let rates = vec![Rate { id: 1, amount: 1 }];
    let profile = Profile {
        merchant: 1,
        area: 1,
        staff: 1,
        district: 1,
        trade: 1,
    };
    let guest = account(50).to_string();
    let receive = Cw20ReceiveMsg {
        sender: guest.clone(),
        amount: Uint128::one(),
        msg: to_json_binary(&ReceiveMsg::Fund {}).unwrap(),
    };
    let everyone = vec![
        "stranger",
        "owner",
        "registrar",
        "verifier",
        "assessor",
        "arbiter",
        "guardian",
        "oracle",
        "bzky",
        "time",
        MEMBER,
    ];
    let (owner, assessor) = (vec!["owner"], vec!["owner", "assessor"]);
    let side = Side::Merchants;
    vec![
        (ExecuteMsg::Attested { deliveries: vec![] }, vec!["oracle"]),
        (ExecuteMsg::Receive(receive), vec!["bzky"]),
        (ExecuteMsg::FundTime { amount: Uint128::one() }, owner.clone()),
        (
            ExecuteMsg::SetProfiles {
                profiles: vec![profile],
            },
            assessor.clone(),
        ),
        (ExecuteMsg::SetDistricts { rates: rates.clone() }, assessor.clone()),
        (ExecuteMsg::SetTrades { rates }, assessor),
        (ExecuteMsg::SetParams { params: params() }, owner.clone()),
        (
            ExecuteMsg::CutBudget {
                side,
                budget: params().merchants,
            },
            vec!["owner", "guardian"],
        ),
        (
            ExecuteMsg::Refill {
                side,
                amount: Uint128::one(),
            },
            owner.clone(),
        ),
        (ExecuteMsg::Claim {}, vec![MEMBER]),
        (ExecuteMsg::ClaimFor { side, members: vec![1] }, everyone.clone()),
        (
            ExecuteMsg::TakeBack {
                merchant: 1,
                day: 1,
                customers: vec![],
            },
            vec!["owner", "arbiter"],
        ),
        (
            ExecuteMsg::Prune {
                what: PruneWhat::Visits { start_after: None },
                limit: None,
            },
            everyone,
        ),
        (
            ExecuteMsg::Access(AccessMsg::GrantRole {
                role: Role::Guardian,
                account: guest.clone(),
            }),
            owner.clone(),
        ),
        (
            ExecuteMsg::Access(AccessMsg::RevokeRole {
                role: Role::Guardian,
                account: guest,
            }),
            owner.clone(),
        ),
        (ExecuteMsg::Access(AccessMsg::Pause {}), vec!["owner", "guardian"]),
        (
            ExecuteMsg::Access(AccessMsg::PauseUntil {
                until: of.now().seconds() + 60,
            }),
            vec!["owner", "guardian"],
        ),
        (ExecuteMsg::Access(AccessMsg::Unpause {}), owner.clone()),
        (
            ExecuteMsg::Access(AccessMsg::UpdateOwnership(OwnershipMsg::TransferOwnership {
                new_owner: of.owner.to_string(),
                expiry: Expiration::AtHeight(u64::MAX),
            })),
            owner,
        ),
    ]
}

fn town() -> (World, Vec<(&'static str, Addr)>) {
    let mut world = World::new();
    world.shops(1);
    let role = |name| {
        account(match name {
            "registrar" => 11,
            "verifier" => 12,
            "assessor" => 13,
            "arbiter" => 14,
            _ => 15,
        })
    };
    let mut senders = vec![("stranger", account(10)), ("owner", world.owner.clone())];
    for (name, which) in [
        ("registrar", Role::Registrar),
        ("verifier", Role::Verifier),
        ("assessor", Role::Assessor),
        ("arbiter", Role::Arbiter),
        ("guardian", Role::Guardian),
    ] {
        world.grant(which, &role(name));
        senders.push((name, role(name)));
    }
    senders.push(("oracle", world.door.clone()));
    senders.push(("bzky", world.bzky.clone()));
    senders.push(("time", world.time.clone()));
    senders.push((MEMBER, account(1)));
    (world, senders)
}

#[test]
fn every_role_times_every_message() {
    let count = messages(&World::bare(|_| {})).len();
    for at in 0..count {
        let (mut world, senders) = town();
        let (msg, allowed) = messages(&world).swap_remove(at);
        let needed = msg.permission();
        for (name, sender) in senders {
            let outcome = world.send(&sender, &msg).map(|_| ());
            let refused = match &outcome {
                Err(ContractError::Access(AccessError::Unauthorized { needed: said, .. })) => {
                    assert_eq!(*said, needed);
                    true
                }
                Err(ContractError::WrongSender { .. }) => {
                    assert!(matches!(needed, Permission::Peer(_)), "{needed}");
                    true
                }
                Err(ContractError::NotAMember { .. }) => {
                    assert_eq!(needed, Permission::Subject);
                    true
                }
                // Let in, and refused for what it asks: nothing to refill, no such day, no longer pause.
                Err(ContractError::Settlement(_) | ContractError::Access(AccessError::PauseUntil { .. })) | Ok(()) => {
                    false
                }
                Err(other) => panic!("{name} {msg:?}: {other}"),
            };
            assert_eq!(!refused, allowed.contains(&name), "{name}: {msg:?}: {outcome:?}");
        }
    }
}

#[test]
fn native_coins_are_refused_with_every_message() {
    let (mut world, _) = town();
    let owner = world.owner.clone();
    world.app.init_modules(|router, _, storage| {
        router.bank.init_balance(storage, &owner, coins(100, "ustake")).unwrap();
    });
    for (msg, _) in messages(&world) {
        let merchant = world.merchant.clone();
        let sent = world
            .app
            .execute_contract(owner.clone(), merchant, &msg, &coins(3, "ustake"));
        let refused = sent.unwrap_err().downcast::<ContractError>().unwrap();
        let coins = AccessError::NativeCoins { sent: "3ustake".into() };
        assert_eq!(refused, ContractError::Access(coins), "{msg:?}");
    }
}

#[test]
fn the_owner_hands_over_in_two_steps() {
    let (mut world, _) = town();
    let next = account(77);
    let hand = AccessMsg::UpdateOwnership(OwnershipMsg::TransferOwnership {
        new_owner: next.to_string(),
        expiry: Expiration::AtHeight(u64::MAX),
    });
    world.by_owner(&ExecuteMsg::Access(hand)).unwrap();
    let accept = ExecuteMsg::Access(AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {}));
    let early = world.by_owner(&accept).map(|_| ());
    let expected = AccessError::Ownership(cw_ownable::OwnershipError::NotPendingOwner);
    assert_eq!(early, Err(ContractError::Access(expected)));
    let response = world.send(&next, &accept).unwrap();
    assert_eq!(told(&response)[0][0], ("action".into(), "update_ownership".into()));
    world.send(&next, &ExecuteMsg::SetParams { params: params() }).unwrap();
}
