//! Every message from every kind of sender, each in a fresh world.

use super::world::{burn, limit, send, transfer, World};
use crate::ContractError;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, Addr, Uint128};
use vrs_access::AccessError;
use vrs_interface::access::{AccessMsg, OwnershipMsg, Permission, Role};
use vrs_interface::points::{ExecuteMsg, Mint};
use vrs_interface::standard::Expiration;

const SENDERS: [&str; 11] = [
    "owner",
    "registrar",
    "verifier",
    "assessor",
    "arbiter",
    "guardian",
    "issuer",
    "acceptor",
    "ann",
    "identity",
    "stranger",
];

fn sender(world: &World, name: &str) -> Addr {
    match name {
        "owner" => world.owner.clone(),
        "registrar" => world.role(Role::Registrar),
        "verifier" => world.role(Role::Verifier),
        "assessor" => world.role(Role::Assessor),
        "arbiter" => world.role(Role::Arbiter),
        "guardian" => world.role(Role::Guardian),
        name => world.addr(name),
    }
}

/// `ann` and `acceptor` hold 10 each; `issuer` has 10 of its 100 reserved.
fn prepared() -> World {
    let mut world = World::new();
    world.set_issuer("issuer", limit(1, 100, 100)).unwrap();
    world.set_acceptor("acceptor", true).unwrap();
    world.reserve("issuer", 1, 30).unwrap();
    world.mint("issuer", &[("ann", 10), ("acceptor", 10)]).unwrap();
    world
}

fn messages(world: &World) -> Vec<(&'static str, ExecuteMsg)> {
    let account = world.addr("new clerk").to_string();
    let role = Role::Assessor;
    let grant = AccessMsg::GrantRole {
        role,
        account: account.clone(),
    };
    let hand_over = OwnershipMsg::TransferOwnership {
        new_owner: account.clone(),
        expiry: Expiration::AtHeight(u64::MAX),
    };
    let (issuer, limit) = (world.addr("issuer").to_string(), limit(1, 90, 90));
    let one = Uint128::one();
    let messages = vec![
        ExecuteMsg::Access(AccessMsg::UpdateOwnership(hand_over)),
        ExecuteMsg::Access(AccessMsg::UpdateOwnership(OwnershipMsg::AcceptOwnership {})),
        ExecuteMsg::Access(AccessMsg::UpdateOwnership(OwnershipMsg::WithdrawOffer {})),
        ExecuteMsg::Access(grant),
        ExecuteMsg::Access(AccessMsg::RevokeRole { role, account }),
        ExecuteMsg::Access(AccessMsg::Pause {}),
        ExecuteMsg::Access(AccessMsg::PauseUntil {
            until: world.env.block.time.seconds() + 60,
        }),
        ExecuteMsg::Access(AccessMsg::Unpause {}),
        transfer(&world.addr("ben"), 1),
        send(&world.addr("acceptor"), 1, b""),
        burn(1),
        ExecuteMsg::SetIssuer {
            issuer: issuer.clone(),
            limit: limit.clone(),
        },
        ExecuteMsg::LowerIssuer { issuer, limit },
        ExecuteMsg::SetAcceptor {
            acceptor: world.addr("acceptor").to_string(),
            accepts: false,
        },
        ExecuteMsg::Reserve { day: 1, amount: one },
        ExecuteMsg::Release { amount: one },
        ExecuteMsg::Mint {
            mints: vec![Mint {
                to: world.addr("ben"),
                amount: one,
            }],
        },
    ];
    messages.into_iter().map(|msg| (name(&msg), msg)).collect()
}

/// Without a wildcard, so that a message that is added must be added here.
fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::Access(AccessMsg::UpdateOwnership(action)) => match action {
            OwnershipMsg::TransferOwnership { .. } => "transfer_ownership",
            OwnershipMsg::AcceptOwnership {} => "accept_ownership",
            OwnershipMsg::WithdrawOffer {} => "withdraw_offer",
        },
        ExecuteMsg::Access(AccessMsg::GrantRole { .. }) => "grant_role",
        ExecuteMsg::Access(AccessMsg::RevokeRole { .. }) => "revoke_role",
        ExecuteMsg::Access(AccessMsg::Pause {}) => "pause",
        ExecuteMsg::Access(AccessMsg::PauseUntil { .. }) => "pause_until",
        ExecuteMsg::Access(AccessMsg::Unpause {}) => "unpause",
        ExecuteMsg::Transfer { .. } => "transfer",
        ExecuteMsg::Send { .. } => "send",
        ExecuteMsg::Burn { .. } => "burn",
        ExecuteMsg::SetIssuer { .. } => "set_issuer",
        ExecuteMsg::LowerIssuer { .. } => "lower_issuer",
        ExecuteMsg::SetAcceptor { .. } => "set_acceptor",
        ExecuteMsg::Reserve { .. } => "reserve",
        ExecuteMsg::Release { .. } => "release",
        ExecuteMsg::Mint { .. } => "mint",
    }
}

/// `yes`, `-` where the declared permission refuses, or what the handler says.
fn verdict(outcome: Result<(), ContractError>, needed: Permission) -> &'static str {
    match outcome {
        Ok(()) => "yes",
        Err(ContractError::Access(AccessError::Unauthorized { needed: n, .. })) if n == needed => "-",
        Err(ContractError::Access(AccessError::Ownership(cw_ownable::OwnershipError::TransferNotFound))) => "no-offer",
        Err(ContractError::InsufficientBalance { .. }) => "holds-0",
        Err(ContractError::NotAnIssuer { .. }) => "no-issuer",
        Err(error) => panic!("{error:?}"),
    }
}

const TABLE: &str = r#"
transfer_ownership Owner          yes         -         -         -         -         -         -         -         -         -         -
accept_ownership   Subject   no-offer  no-offer  no-offer  no-offer  no-offer  no-offer  no-offer  no-offer  no-offer  no-offer  no-offer
withdraw_offer     Owner     no-offer         -         -         -         -         -         -         -         -         -         -
grant_role         Owner          yes         -         -         -         -         -         -         -         -         -         -
revoke_role        Owner          yes         -         -         -         -         -         -         -         -         -         -
pause              Guardian       yes         -         -         -         -       yes         -         -         -         -         -
pause_until        BriefGuardian      yes         -         -         -         -       yes         -         -         -         -         -
unpause            Owner          yes         -         -         -         -         -         -         -         -         -         -
transfer           Subject    holds-0   holds-0   holds-0   holds-0   holds-0   holds-0   holds-0       yes       yes   holds-0   holds-0
send               Subject    holds-0   holds-0   holds-0   holds-0   holds-0   holds-0   holds-0       yes       yes   holds-0   holds-0
burn               Subject    holds-0   holds-0   holds-0   holds-0   holds-0   holds-0   holds-0       yes       yes   holds-0   holds-0
set_issuer         Owner          yes         -         -         -         -         -         -         -         -         -         -
lower_issuer       Guardian       yes         -         -         -         -       yes         -         -         -         -         -
set_acceptor       Owner          yes         -         -         -         -         -         -         -         -         -         -
reserve            Registered("issuer")no-issuer no-issuer no-issuer no-issuer no-issuer no-issuer       yes no-issuer no-issuer no-issuer no-issuer
release            Registered("issuer")no-issuer no-issuer no-issuer no-issuer no-issuer no-issuer       yes no-issuer no-issuer no-issuer no-issuer
mint               Registered("issuer")no-issuer no-issuer no-issuer no-issuer no-issuer no-issuer       yes no-issuer no-issuer no-issuer no-issuer
"#;

#[test]
fn every_message_from_every_sender() {
    let mut table = vec![];
    for (index, (name, msg)) in messages(&prepared()).into_iter().enumerate() {
        let verdicts = SENDERS.map(|who| {
            let mut world = prepared();
            let sender = sender(&world, who);
            let msg = messages(&world).remove(index).1;
            let needed = msg.permission();
            format!("{:>9}", verdict(world.run(&sender, msg).map(|_| ()), needed))
        });
        let needed = format!("{:?}", msg.permission());
        table.push(format!("{name:<18} {needed:<9}{}", verdicts.join(" ")));
    }
    assert_eq!(table.join("\n"), TABLE.trim(), "\n{}", table.join("\n"));
}

#[test]
fn native_coins_are_refused_with_every_message() {
    for (index, (name, _)) in messages(&prepared()).into_iter().enumerate() {
        let mut world = prepared();
        let msg = messages(&world).remove(index).1;
        let info = message_info(&world.owner, &coins(3, "ustake"));
        let outcome = crate::contract::execute(world.deps.as_mut(), world.env.clone(), info, msg);
        let refused = AccessError::NativeCoins { sent: "3ustake".into() };
        assert_eq!(outcome, Err(ContractError::Access(refused)), "{name}");
    }
}
