//! Names and attributes of the events, frozen: wallets and indexers read them.

use super::world::{burn, limit, send, transfer, World};
use crate::contract::{instantiate, migrate};
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{Addr, Response, Uint128};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::points::{ExecuteMsg, MigrateMsg, Mint};

/// One line an event, addresses by the names they were made from.
fn told(response: &Response, names: &[(&str, Addr)]) -> String {
    let line = |kind: &str, attributes: &[cosmwasm_std::Attribute]| {
        let attributes: Vec<_> = attributes.iter().map(|a| format!("{}={}", a.key, a.value)).collect();
        let mut line = format!("{kind} {}", attributes.join(" "));
        for (name, address) in names {
            line = line.replace(address.as_str(), name);
        }
        line
    };
    let mut lines: Vec<_> = response.events.iter().map(|e| line(&e.ty, &e.attributes)).collect();
    if !response.attributes.is_empty() {
        lines.push(line("wasm", &response.attributes));
    }
    lines.join("\n")
}

const GOLDEN: &str = "
vrs_points v=1 action=create owner=owner identity=identity
vrs_points v=1 action=grant_role role=guardian account=clerk
vrs_points v=1 action=pause
vrs_points v=1 action=unpause
vrs_points v=1 action=set_issuer issuer=mining window_days=7 per_window=100 total=900
vrs_points v=1 action=set_acceptor acceptor=shop accepts=true
vrs_points v=1 action=reserve issuer=mining day=1 amount=90
vrs_points v=1 action=release issuer=mining amount=20
vrs_points v=1 action=mint issuer=mining to=ann amount=30
vrs_points v=1 action=mint issuer=mining to=ben amount=5
wasm action=transfer from=ann to=ben amount=3
wasm action=send from=ann to=shop amount=4
wasm action=burn from=shop amount=2
vrs_points v=1 action=set_issuer issuer=mining window_days=7 per_window=60 total=900 planned_from=17 planned_window_days=5 planned_per_window=60 planned_total=1000
vrs_points v=1 action=lower_issuer issuer=mining window_days=8 per_window=50 total=0
vrs_points v=1 action=set_acceptor acceptor=shop accepts=false
vrs_points v=1 action=migrate from=0.1.0 to=0.1.0
";

#[test]
fn all_events() {
    let mut world = World::new();
    let names: Vec<_> = ["owner", "identity", "ann", "ben", "shop", "mining", "clerk"]
        .map(|name| (name, world.addr(name)))
        .into();
    let mut fresh = mock_dependencies();
    let info = message_info(&world.owner, &[]);
    let born = instantiate(fresh.as_mut(), mock_env(), info, world.birth()).unwrap();
    let mut lines = vec![told(&born, &names)];

    let [ann, ben, shop, clerk] = ["ann", "ben", "shop", "clerk"].map(|name| world.addr(name));
    let account = clerk.to_string();
    let role = Role::Guardian;
    let mint = |to: &Addr, amount: u128| Mint {
        to: to.clone(),
        amount: amount.into(),
    };
    let set_issuer = |world: &World, limit| ExecuteMsg::SetIssuer {
        issuer: world.addr("mining").to_string(),
        limit,
    };
    let amount = Uint128::new(20);
    let steps: Vec<(&str, ExecuteMsg)> = vec![
        ("owner", ExecuteMsg::Access(AccessMsg::GrantRole { role, account })),
        ("clerk", ExecuteMsg::Access(AccessMsg::Pause {})),
        ("owner", ExecuteMsg::Access(AccessMsg::Unpause {})),
        ("owner", set_issuer(&world, limit(7, 100, 900))),
        (
            "owner",
            ExecuteMsg::SetAcceptor {
                acceptor: shop.to_string(),
                accepts: true,
            },
        ),
        (
            "mining",
            ExecuteMsg::Reserve {
                day: 1,
                amount: Uint128::new(90),
            },
        ),
        ("mining", ExecuteMsg::Release { amount }),
        (
            "mining",
            ExecuteMsg::Mint {
                mints: vec![mint(&ann, 30), mint(&ben, 5)],
            },
        ),
        ("ann", transfer(&ben, 3)),
        ("ann", send(&shop, 4, b"")),
        ("shop", burn(2)),
    ];
    for (sender, msg) in steps {
        lines.push(told(&world.by(sender, msg).unwrap(), &names));
    }
    world.go_to(10);
    let late = [
        set_issuer(&world, limit(5, 60, 1_000)),
        ExecuteMsg::LowerIssuer {
            issuer: world.addr("mining").to_string(),
            limit: limit(8, 50, 0),
        },
        ExecuteMsg::SetAcceptor {
            acceptor: shop.to_string(),
            accepts: false,
        },
    ];
    for msg in late {
        lines.push(told(&world.own(msg), &names));
    }
    let migrated = migrate(world.deps.as_mut(), world.env.clone(), MigrateMsg {}).unwrap();
    lines.push(told(&migrated, &names));
    assert_eq!(lines.join("\n"), GOLDEN.trim(), "\n{}", lines.join("\n"));
}
