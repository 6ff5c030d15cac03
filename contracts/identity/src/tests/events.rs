//! Names and attributes of the events, frozen: indexers read them.

use super::world::{claim, mark, new_member, World};
use crate::contract::{instantiate, migrate};
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{Addr, Binary, Response};
use vrs_days::Clock;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{AddressRole, ExecuteMsg, InstantiateMsg, Kind, MigrateMsg, Penalty, Topic};

/// One line an event, addresses by the names they were made from.
fn told(response: &Response, names: &[(&str, Addr)]) -> String {
    assert!(response.attributes.is_empty());
    let line = |event: &cosmwasm_std::Event| {
        let attributes: Vec<_> = event
            .attributes
            .iter()
            .map(|a| format!("{}={}", a.key, a.value))
            .collect();
        let mut line = format!("{} {}", event.ty, attributes.join(" "));
        for (name, address) in names {
            line = line.replace(address.as_str(), name);
        }
        line.replace(&"07".repeat(32), "<07..>")
    };
    response.events.iter().map(line).collect::<Vec<_>>().join("\n")
}

const GOLDEN: &str = "
vrs_identity v=1 action=create owner=owner
vrs_identity v=1 action=grant_role role=registrar account=clerk
vrs_identity v=1 action=revoke_role role=registrar account=clerk
vrs_identity v=1 action=pause
vrs_identity v=1 action=unpause
vrs_identity v=1 action=register member=1 kind=instructor level=0 account=ann by=ann
vrs_identity v=1 action=register member=2 kind=merchant level=10 account=ben payout=bank by=owner
vrs_identity v=1 action=add_claim member=2 topic=identity hash=<07..> until=400 by=owner
vrs_identity v=1 action=propose_address member=1 role=payout address=clerk until=7
vrs_identity v=1 action=withdraw_proposal member=1
vrs_identity v=1 action=propose_address member=1 role=account address=clerk until=7
vrs_identity v=1 action=accept_address member=1 role=account address=clerk
vrs_identity v=1 action=add_claim member=1 topic=qualification hash=<07..> by=Verifier
vrs_identity v=1 action=revoke_claim member=1 topic=qualification by=Verifier
vrs_identity v=1 action=set_level member=1 level=12 by=Verifier
vrs_identity v=1 action=mark member=1 mark=1 severity=3 reason=fake sales penalty=none by=Arbiter
vrs_identity v=1 action=mark member=1 mark=2 severity=3 reason=fake sales until=1800000000 penalty=lower_rank lower_by=3 by=Arbiter
vrs_identity v=1 action=mark member=1 mark=3 severity=3 reason=fake sales until=1800000000 penalty=lower_level lower_by=4 by=Arbiter
vrs_identity v=1 action=mark member=1 mark=4 severity=3 reason=fake sales until=1800000000 penalty=trade_limit max=5 by=Arbiter
vrs_identity v=1 action=mark member=1 mark=5 severity=3 reason=fake sales until=1800000000 penalty=removal by=Arbiter
vrs_identity v=1 action=lift_mark member=1 mark=1 by=Arbiter
vrs_identity v=1 action=appeal member=1 mark=5 statement=<07..>
vrs_identity v=1 action=resolve_appeal member=1 mark=5 upheld=false by=owner
vrs_identity v=1 action=migrate from=0.1.0 to=0.1.0
";

#[test]
fn all_events() {
    let mut world = World::new();
    let names: Vec<_> = [
        "owner", "ann", "ben", "bank", "clerk", "Guardian", "Verifier", "Arbiter",
    ]
    .map(|name| (name, world.addr(name)))
    .into();
    let address = |name: &str| names.iter().find(|(n, _)| *n == name).unwrap().1.clone();
    let (owner, ann) = (address("owner"), address("ann"));
    let (guardian, verifier, arbiter) = (address("Guardian"), address("Verifier"), address("Arbiter"));
    let mut lines = vec![];

    let mut fresh = mock_dependencies();
    let msg = InstantiateMsg {
        owner: owner.to_string(),
        clock: Clock::daily(0),
    };
    let born = instantiate(fresh.as_mut(), mock_env(), message_info(&owner, &[]), msg).unwrap();
    lines.push(told(&born, &names));

    let mut ben = new_member(&address("ben"));
    ben.payout = Some(address("bank").to_string());
    ben.identity = Some(claim(Topic::Identity, Some(400)));
    let statement = Binary::from([7; 32]);
    let clerk = address("clerk").to_string();
    let end = Some(1_800_000_000);
    let propose = |role, name: &str| ExecuteMsg::ProposeAddress {
        role,
        address: address(name).to_string(),
    };
    let access = |msg| ExecuteMsg::Access(msg);
    let role = Role::Registrar;
    for (sender, msg) in [
        (
            &owner,
            access(AccessMsg::GrantRole {
                role,
                account: clerk.clone(),
            }),
        ),
        (
            &owner,
            access(AccessMsg::RevokeRole {
                role,
                account: clerk.clone(),
            }),
        ),
        (&guardian, access(AccessMsg::Pause {})),
        (&owner, access(AccessMsg::Unpause {})),
        (&ann, ExecuteMsg::Register { kind: Kind::Instructor }),
        (&owner, ExecuteMsg::RegisterMembers { members: vec![ben] }),
        (&ann, propose(AddressRole::Payout, "clerk")),
        (&ann, propose(AddressRole::Payout, "ann")),
        (&ann, propose(AddressRole::Account, "clerk")),
        (&address("clerk"), ExecuteMsg::AcceptAddress { member: 1 }),
        (
            &verifier,
            ExecuteMsg::AddClaim {
                member: 1,
                claim: claim(Topic::Qualification, None),
            },
        ),
        (
            &verifier,
            ExecuteMsg::RevokeClaim {
                member: 1,
                topic: Topic::Qualification,
            },
        ),
        (&verifier, ExecuteMsg::SetLevel { member: 1, level: 12 }),
        (&arbiter, mark(1, None, Penalty::None {})),
        (&arbiter, mark(1, end, Penalty::LowerRank { by: 3 })),
        (&arbiter, mark(1, end, Penalty::LowerLevel { by: 4 })),
        (&arbiter, mark(1, end, Penalty::TradeLimit { max: 5 })),
        (&arbiter, mark(1, end, Penalty::Removal {})),
        (&arbiter, ExecuteMsg::LiftMark { member: 1, mark: 1 }),
        (&address("clerk"), ExecuteMsg::Appeal { mark: 5, statement }),
        (
            &owner,
            ExecuteMsg::ResolveAppeal {
                member: 1,
                mark: 5,
                uphold: false,
            },
        ),
    ] {
        lines.push(told(&world.run(sender, msg).unwrap(), &names));
    }
    let migrated = migrate(world.deps.as_mut(), world.env.clone(), MigrateMsg {}).unwrap();
    lines.push(told(&migrated, &names));
    assert_eq!(lines.join("\n"), GOLDEN.trim(), "\n{}", lines.join("\n"));
}
