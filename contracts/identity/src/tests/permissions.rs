//! Every message from every kind of sender, each in a fresh world.

use super::world::{claim, mark, new_member, World};
use crate::ContractError;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, Addr, Binary};
use vrs_access::AccessError;
use vrs_interface::access::{AccessMsg, OwnershipMsg, Permission, Role};
use vrs_interface::identity::{AddressRole, ExecuteMsg, Kind, Penalty, Topic};
use vrs_interface::standard::Expiration;

const SENDERS: [&str; 9] = [
    "owner",
    "registrar",
    "verifier",
    "assessor",
    "arbiter",
    "guardian",
    "member",
    "proposed",
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

/// Member 1 proposed the address `proposed`, has a claim of the verifier's and two marks of the
/// owner's, against the first of which they appealed.
fn prepared() -> World {
    let mut world = World::new();
    world.join("member");
    world.claim(1, Topic::Identity, None).unwrap();
    let (owner, member) = (world.owner.clone(), world.addr("member"));
    for _ in 0..2 {
        world.run(&owner, mark(1, None, Penalty::None {})).unwrap();
    }
    let appeal = ExecuteMsg::Appeal {
        mark: 1,
        statement: Binary::from([1; 32]),
    };
    world.run(&member, appeal).unwrap();
    let propose = ExecuteMsg::ProposeAddress {
        role: AddressRole::Payout,
        address: world.addr("proposed").to_string(),
    };
    world.run(&member, propose).unwrap();
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
        ExecuteMsg::Register { kind: Kind::Investor },
        ExecuteMsg::RegisterMembers {
            members: vec![new_member(&world.addr("ben"))],
        },
        ExecuteMsg::ProposeAddress {
            role: AddressRole::Account,
            address: world.addr("other").to_string(),
        },
        ExecuteMsg::AcceptAddress { member: 1 },
        ExecuteMsg::AddClaim {
            member: 1,
            claim: claim(Topic::Card, None),
        },
        ExecuteMsg::RevokeClaim {
            member: 1,
            topic: Topic::Identity,
        },
        ExecuteMsg::SetLevel { member: 1, level: 2 },
        mark(1, None, Penalty::None {}),
        ExecuteMsg::LiftMark { member: 1, mark: 2 },
        ExecuteMsg::Appeal {
            mark: 2,
            statement: Binary::from([2; 32]),
        },
        ExecuteMsg::ResolveAppeal {
            member: 1,
            mark: 1,
            uphold: true,
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
        ExecuteMsg::Register { .. } => "register",
        ExecuteMsg::RegisterMembers { .. } => "register_members",
        ExecuteMsg::ProposeAddress { .. } => "propose_address",
        ExecuteMsg::AcceptAddress { .. } => "accept_address",
        ExecuteMsg::AddClaim { .. } => "add_claim",
        ExecuteMsg::RevokeClaim { .. } => "revoke_claim",
        ExecuteMsg::SetLevel { .. } => "set_level",
        ExecuteMsg::Mark { .. } => "mark",
        ExecuteMsg::LiftMark { .. } => "lift_mark",
        ExecuteMsg::Appeal { .. } => "appeal",
        ExecuteMsg::ResolveAppeal { .. } => "resolve_appeal",
    }
}

/// `yes`, `-` where the declared permission refuses, or what the handler says.
fn verdict(outcome: Result<(), ContractError>, needed: Permission) -> &'static str {
    match outcome {
        Ok(()) => "yes",
        Err(ContractError::Access(AccessError::Unauthorized { needed: n, .. })) if n == needed => "-",
        Err(ContractError::Access(AccessError::Ownership(cw_ownable::OwnershipError::TransferNotFound))) => "no-offer",
        Err(ContractError::AddressTaken { .. }) => "taken",
        Err(ContractError::NotAMember { .. }) => "no-member",
        Err(ContractError::NotProposed { .. }) => "unproposed",
        Err(error) => panic!("{error:?}"),
    }
}

const TABLE: &str = "
transfer_ownership Owner                  yes          -          -          -          -          -          -          -          -
accept_ownership   Subject           no-offer   no-offer   no-offer   no-offer   no-offer   no-offer   no-offer   no-offer   no-offer
withdraw_offer     Owner             no-offer          -          -          -          -          -          -          -          -
grant_role         Owner                  yes          -          -          -          -          -          -          -          -
revoke_role        Owner                  yes          -          -          -          -          -          -          -          -
pause              Guardian               yes          -          -          -          -        yes          -          -          -
pause_until        BriefGuardian          yes          -          -          -          -        yes          -          -          -
unpause            Owner                  yes          -          -          -          -          -          -          -          -
register           Anyone                 yes        yes        yes        yes        yes        yes      taken        yes        yes
register_members   Registrar              yes        yes          -          -          -          -          -          -          -
propose_address    Subject          no-member  no-member  no-member  no-member  no-member  no-member        yes  no-member  no-member
accept_address     Subject         unproposed unproposed unproposed unproposed unproposed unproposed unproposed        yes unproposed
add_claim          Verifier               yes          -        yes          -          -          -          -          -          -
revoke_claim       Verifier               yes          -        yes          -          -          -          -          -          -
set_level          Verifier               yes          -        yes          -          -          -          -          -          -
mark               Arbiter                yes          -          -          -        yes          -          -          -          -
lift_mark          Arbiter                yes          -          -          -        yes          -          -          -          -
appeal             Subject          no-member  no-member  no-member  no-member  no-member  no-member        yes  no-member  no-member
resolve_appeal     Arbiter                yes          -          -          -        yes          -          -          -          -
";

#[test]
fn every_message_from_every_sender() {
    let mut table = vec![];
    for (index, (name, msg)) in messages(&prepared()).into_iter().enumerate() {
        let verdicts = SENDERS.map(|who| {
            let mut world = prepared();
            let sender = sender(&world, who);
            let msg = messages(&world).remove(index).1;
            let needed = msg.permission();
            format!("{:>10}", verdict(world.run(&sender, msg).map(|_| ()), needed))
        });
        table.push(format!("{name:<18} {:<15} {}", needed(&msg), verdicts.join(" ")));
    }
    assert_eq!(table.join("\n"), TABLE.trim(), "\n{}", table.join("\n"));
}

fn needed(msg: &ExecuteMsg) -> String {
    match msg.permission() {
        Permission::Role(role) => format!("{role:?}"),
        other => format!("{other:?}"),
    }
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
