//! Names and attributes of the events, frozen: indexers read them.

use super::world::{budget, node, params, upload, World};
use crate::contract::{instantiate, migrate};
use cosmwasm_std::testing::{message_info, mock_env};
use cosmwasm_std::{Addr, Response};
use vrs_days::Stage;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::mining::{ExecuteMsg, Method, MigrateMsg, MiningPool, Params, Product, PruneWhat};

/// One line an event, addresses by the names they were made from.
fn told(response: &Response, names: &[(&str, Addr)]) -> Vec<String> {
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
        line
    };
    response.events.iter().map(line).collect()
}

const GOLDEN: &str = "
vrs_mining v=1 action=create owner=owner
vrs_mining v=1 action=grant_role role=arbiter account=clerk
vrs_mining v=1 action=pause
vrs_mining v=1 action=unpause
vrs_mining v=1 action=fund pool=hp amount=500 funded=1000500
vrs_mining v=1 action=fund pool=vrs amount=700 funded=1000700
vrs_mining v=1 action=set_product product=5 factor_e9=2000000000 from=1
vrs_mining v=1 action=set_product product=6 factor_e9=0 from=1
vrs_mining v=1 action=set_product product=5 factor_e9=1 from=2
vrs_mining v=1 action=set_params from=2 raised=false
vrs_mining v=1 action=set_params from=8 raised=true
vrs_mining v=1 action=set_params from=8 raised=true dropped=8
vrs_mining v=1 action=cut_budget method=node hp=999 vrs=500
vrs_mining v=1 action=count device=7 day=1 sequence=1 readings=3
vrs_mining v=1 action=count device=7 day=1 sequence=2 readings=1 dropped=0:duplicate_reading,2:unknown_member
vrs_mining v=1 action=close_day day=1 hp=1999 vrs=1000
vrs_mining v=1 action=take_back account=2 day=1 methods=node,upload hp=1333 vrs=666
vrs_mining v=1 action=claim member=1 to=m1 hp=333 vrs=166 days=1 through=1 more=false
vrs_mining v=1 action=claim member=3 to=m3 hp=333 vrs=166 days=1 through=1 more=false
vrs_mining v=1 action=refill pool=hp amount=1333
vrs_mining v=1 action=prune_scores removed=2 unclaimed=0 next=[2,1]
vrs_mining v=1 action=prune_scores removed=1 unclaimed=0
vrs_mining v=1 action=prune_readings removed=3 next=[2,1,\"upload\",\"9\"]
vrs_mining v=1 action=prune_readings removed=1
vrs_mining v=1 action=migrate from=0.1.0 to=0.1.0
";

#[test]
fn all_events() {
    let mut world = World::new();
    let names: Vec<_> = ["owner", "clerk", "m1", "m2", "m3"]
        .map(|name| (name, world.addr(name)))
        .into();
    let (owner, guardian, arbiter) = (
        world.addr("owner"),
        world.role(Role::Guardian),
        world.role(Role::Arbiter),
    );
    let mut lines = vec![];

    let mut fresh = World::empty(params());
    let (info, msg) = (message_info(&owner, &[]), fresh.birth(params()));
    fresh.deps.storage.restore(vec![]);
    lines.extend(told(
        &instantiate(fresh.deps.as_mut(), mock_env(), info, msg).unwrap(),
        &names,
    ));

    world.outside.borrow_mut().hp_limit = 500;
    let product = |id, factor_e9| Product { id, factor_e9 };
    let raised = Params {
        share_cap: 0,
        budgets: vec![budget(Method::Node, 1_001, 500), budget(Method::Upload, 1_000, 500)],
        ..params()
    };
    let access = ExecuteMsg::Access;
    for (sender, msg) in [
        (
            &owner,
            access(AccessMsg::GrantRole {
                role: Role::Arbiter,
                account: world.addr("clerk").into(),
            }),
        ),
        (&guardian, access(AccessMsg::Pause {})),
        (&owner, access(AccessMsg::Unpause {})),
        (&owner, ExecuteMsg::FundHp { amount: 500u128.into() }),
    ] {
        lines.extend(told(&world.run(sender, msg).unwrap(), &names));
    }
    lines.extend(told(&world.fund_vrs(700).unwrap(), &names));
    for (sender, msg) in [
        (
            &owner,
            ExecuteMsg::SetProducts {
                products: vec![product(5, 2_000_000_000), product(6, 0)],
            },
        ),
        (
            &owner,
            ExecuteMsg::SetProducts {
                products: vec![product(5, 1)],
            },
        ),
        (&owner, ExecuteMsg::SetParams { params: params() }),
        (&owner, ExecuteMsg::SetParams { params: raised.clone() }),
        (&owner, ExecuteMsg::SetParams { params: raised }),
        (
            &guardian,
            ExecuteMsg::CutBudget {
                budget: budget(Method::Node, 999, 500),
            },
        ),
    ] {
        lines.extend(told(&world.run(sender, msg).unwrap(), &names));
    }
    let first = world.batch(1, &[node(1, 1, 24), node(2, 1, 24), upload(2, 9, 5)]);
    let second = world.batch(1, &[node(1, 1, 1), node(3, 1, 24), node(77, 1, 1)]);
    lines.extend(told(&world.attest(vec![first, second]).unwrap(), &names));

    world.go(1, Stage::Provisional);
    let take = ExecuteMsg::TakeBack {
        account: 2,
        day: 1,
        methods: vec![],
    };
    lines.extend(told(&world.run(&arbiter, take).unwrap(), &names));
    world.go(1, Stage::Final);
    // To member 2 nothing is owed any more.
    lines.extend(told(&world.claim(&[1, 2, 3]).unwrap(), &names));
    let refill = ExecuteMsg::Refill {
        pool: MiningPool::Hp,
        amount: 1_333u128.into(),
    };
    lines.extend(told(&world.run(&owner, refill).unwrap(), &names));
    world.go(181, Stage::Final);
    for (what, limit) in [
        (PruneWhat::Scores { start_after: None }, 2),
        (
            PruneWhat::Scores {
                start_after: Some((2, 1)),
            },
            2,
        ),
        (PruneWhat::Readings { start_after: None }, 3),
        (
            PruneWhat::Readings {
                start_after: Some((2, 1, Method::Upload, 9u64.into())),
            },
            2,
        ),
    ] {
        let msg = ExecuteMsg::Prune {
            what,
            limit: Some(limit),
        };
        lines.extend(told(&world.run(&guardian, msg).unwrap(), &names));
    }
    let migrated = migrate(world.deps.as_mut(), world.env.clone(), MigrateMsg {}).unwrap();
    lines.extend(told(&migrated, &names));
    assert_eq!(lines.join("\n"), GOLDEN.trim(), "\n{}", lines.join("\n"));
}
