//! Every message from every kind of sender, each in a fresh world.

use super::world::{budget, node, params, World};
use crate::ContractError;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, to_json_binary, Addr};
use cw20::Cw20ReceiveMsg;
use vrs_access::AccessError;
use vrs_days::Stage;
use vrs_interface::access::{AccessMsg, OwnershipMsg, Permission, Role};
use vrs_interface::mining::{ExecuteMsg, Method, MiningPool, Product, PruneWhat, ReceiveMsg};
use vrs_interface::standard::Expiration;

const SENDERS: [&str; 11] = [
    "owner",
    "registrar",
    "verifier",
    "assessor",
    "arbiter",
    "guardian",
    "oracle",
    "vrs",
    "hp",
    "m1",
    "stranger",
];

fn sender(world: &World, name: &str) -> Addr {
    match name {
        "registrar" => world.role(Role::Registrar),
        "verifier" => world.role(Role::Verifier),
        "assessor" => world.role(Role::Assessor),
        "arbiter" => world.role(Role::Arbiter),
        "guardian" => world.role(Role::Guardian),
        name => world.addr(name),
    }
}

/// Day 1 is final with one unit recovered, day 5 is provisional.
fn prepared() -> World {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24), node(2, 1, 24), node(3, 1, 24)]);
    world.go(1, Stage::Final);
    world.claim(&[1, 2, 3]).unwrap();
    world.go(5, Stage::Open);
    world.report(5, &[node(1, 1, 24)]);
    world.go(5, Stage::Provisional);
    world.outside.borrow_mut().hp_limit = 100;
    world
}

fn messages(world: &mut World) -> Vec<(&'static str, ExecuteMsg)> {
    let account = world.addr("new clerk").to_string();
    let role = Role::Assessor;
    let hand_over = OwnershipMsg::TransferOwnership {
        new_owner: account.clone(),
        expiry: Expiration::AtHeight(u64::MAX),
    };
    let grant = AccessMsg::GrantRole {
        role,
        account: account.clone(),
    };
    let send = Cw20ReceiveMsg {
        sender: account.clone(),
        amount: 5u128.into(),
        msg: to_json_binary(&ReceiveMsg::Fund {}).unwrap(),
    };
    let amount = 1u128.into();
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
        ExecuteMsg::Attested {
            deliveries: vec![world.batch(6, &[node(1, 1, 24)])],
        },
        ExecuteMsg::Receive(send),
        ExecuteMsg::FundHp { amount },
        ExecuteMsg::SetProducts {
            products: vec![Product { id: 1, factor_e9: 1 }],
        },
        ExecuteMsg::SetParams { params: params() },
        ExecuteMsg::CutBudget {
            budget: budget(Method::Node, 1, 1),
        },
        ExecuteMsg::Refill {
            pool: MiningPool::Hp,
            amount,
        },
        ExecuteMsg::Claim {},
        ExecuteMsg::ClaimFor { members: vec![1] },
        ExecuteMsg::TakeBack {
            account: 1,
            day: 5,
            methods: vec![],
        },
        ExecuteMsg::Prune {
            what: PruneWhat::Scores { start_after: None },
            limit: None,
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
        ExecuteMsg::Attested { .. } => "attested",
        ExecuteMsg::Receive(_) => "receive",
        ExecuteMsg::FundHp { .. } => "fund_hp",
        ExecuteMsg::SetProducts { .. } => "set_products",
        ExecuteMsg::SetParams { .. } => "set_params",
        ExecuteMsg::CutBudget { .. } => "cut_budget",
        ExecuteMsg::Refill { .. } => "refill",
        ExecuteMsg::Claim {} => "claim",
        ExecuteMsg::ClaimFor { .. } => "claim_for",
        ExecuteMsg::TakeBack { .. } => "take_back",
        ExecuteMsg::Prune { .. } => "prune",
    }
}

/// `yes`, `-` where the declared permission refuses, or what the handler says.
fn verdict(outcome: Result<(), ContractError>, needed: Permission) -> &'static str {
    match outcome {
        Ok(()) => "yes",
        Err(ContractError::Access(AccessError::Unauthorized { needed: n, .. })) if n == needed => "-",
        Err(ContractError::Access(AccessError::Ownership(cw_ownable::OwnershipError::TransferNotFound))) => "no-offer",
        Err(ContractError::WrongSender { .. }) => "sender",
        Err(ContractError::NotAMember { .. }) => "nobody",
        Err(error) => panic!("{error:?}"),
    }
}

const TABLE: &str = r#"
transfer_ownership Owner         yes        -        -        -        -        -        -        -        -        -        -
accept_ownership   Subject  no-offer no-offer no-offer no-offer no-offer no-offer no-offer no-offer no-offer no-offer no-offer
withdraw_offer     Owner    no-offer        -        -        -        -        -        -        -        -        -        -
grant_role         Owner         yes        -        -        -        -        -        -        -        -        -        -
revoke_role        Owner         yes        -        -        -        -        -        -        -        -        -        -
pause              Guardian      yes        -        -        -        -      yes        -        -        -        -        -
pause_until        BriefGuardian      yes        -        -        -        -      yes        -        -        -        -        -
unpause            Owner         yes        -        -        -        -        -        -        -        -        -        -
attested           Peer("oracle")   sender   sender   sender   sender   sender   sender      yes   sender   sender   sender   sender
receive            Peer("vrs")   sender   sender   sender   sender   sender   sender   sender      yes   sender   sender   sender
fund_hp            Owner         yes        -        -        -        -        -        -        -        -        -        -
set_products       Owner         yes        -        -        -        -        -        -        -        -        -        -
set_params         Owner         yes        -        -        -        -        -        -        -        -        -        -
cut_budget         Guardian      yes        -        -        -        -      yes        -        -        -        -        -
refill             Owner         yes        -        -        -        -        -        -        -        -        -        -
claim              Subject    nobody   nobody   nobody   nobody   nobody   nobody   nobody   nobody   nobody      yes   nobody
claim_for          Anyone        yes      yes      yes      yes      yes      yes      yes      yes      yes      yes      yes
take_back          Arbiter       yes        -        -        -      yes        -        -        -        -        -        -
prune              Anyone        yes      yes      yes      yes      yes      yes      yes      yes      yes      yes      yes
"#;

#[test]
fn every_message_from_every_sender() {
    let mut table = vec![];
    for (index, (name, msg)) in messages(&mut prepared()).into_iter().enumerate() {
        let verdicts = SENDERS.map(|who| {
            let mut world = prepared();
            let sender = sender(&world, who);
            let msg = messages(&mut world).remove(index).1;
            let needed = msg.permission();
            format!("{:>8}", verdict(world.run(&sender, msg).map(|_| ()), needed))
        });
        table.push(format!("{name:<18} {:<8} {}", needed(&msg), verdicts.join(" ")));
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
    for (index, (name, _)) in messages(&mut prepared()).into_iter().enumerate() {
        let mut world = prepared();
        let msg = messages(&mut world).remove(index).1;
        let info = message_info(&world.addr("owner"), &coins(3, "ustake"));
        let outcome = crate::contract::execute(world.deps.as_mut(), world.env.clone(), info, msg);
        let refused = AccessError::NativeCoins { sent: "3ustake".into() };
        assert_eq!(outcome, Err(ContractError::Access(refused)), "{name}");
    }
}
