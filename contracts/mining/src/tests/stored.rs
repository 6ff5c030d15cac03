//! The bytes of every kind of entry, frozen: a later version must read them, or migrate them.

use super::world::{node, params, upload, World};
use vrs_attestation::leaf::Reading;
use vrs_days::Stage;
use vrs_interface::access::Role;
use vrs_interface::mining::{ExecuteMsg, Method, MiningPool, Params, Product};

const GOLDEN: &str = "
01 80e2cfaa0680a305e0a801e0ee0b43<oracle>43<identity>
02 43<hp>43<vrs>b40107
03 0103e807f4030200090a141e28323c46505a1ec0843dc0843d00
0400000005 010180a8d6b907
050000000100000001030000000000000001 0402080080a305
05000000010000000104000000000000012c 0105
050000000200000001030000000000000001 0402080080a305
050000000200000001060000000000000003 02dc0b05
050000000300000001030000000000000001 0402080080a305
060000000100000001 0203808090b5ffdaf38ce408048080e0edd9a1daaaa003
060000000200000001 0283808090b5ffdaf38ce408068080b0b1af8389d129
060000000300000001 0103808090b5ffdaf38ce408
0700000001 03000d0000008080b09ffe90dba6ac1a8080e0edd9a1daaaa003008080b0b1af8389d12900000301000101020300e807904e019a050301f403904e01cd02
0800000001 01
09 03
0a00 c0843de807cd02cd02d5aa85e9e89c8fd00402011ee807
0a01 c0843df303a601a501aad58ad2d1b99ea00902011ef403
";

#[test]
fn all_entries() {
    let mut world = World::with(Params {
        budgets: vec![super::world::budget(Method::Node, 1_000, 500)],
        share_cap: 2,
        hp_per_window: 1_000_000u128.into(),
        vrs_per_window: 1_000_000u128.into(),
        ..params()
    });
    let owner = world.addr("owner");
    let products = vec![Product {
        id: 5,
        factor_e9: 2_000_000_000,
    }];
    world.run(&owner, ExecuteMsg::SetProducts { products }).unwrap();
    let streamed = Reading {
        method: 6,
        account: 2,
        unit: 3,
        quantities: [1_500, 5, 0, 0, 0],
    };
    world.report(
        1,
        &[
            node(1, 1, 24),
            node(2, 1, 24),
            node(3, 1, 24),
            upload(1, 300, 5),
            streamed,
        ],
    );
    world.go(1, Stage::Provisional);
    let take = ExecuteMsg::TakeBack {
        account: 2,
        day: 1,
        methods: vec![Method::Node],
    };
    world.run(&world.role(Role::Arbiter), take).unwrap();
    world.go(1, Stage::Final);
    world.claim(&[1]).unwrap();
    let refill = ExecuteMsg::Refill {
        pool: MiningPool::Vrs,
        amount: 1u128.into(),
    };
    world.run(&owner, refill).unwrap();

    let addresses: Vec<_> = ["oracle", "identity", "hp", "vrs"]
        .map(|name| (name, hex(world.addr(name).as_bytes())))
        .into();
    let mut lines = vec![];
    for (key, value) in world.deps.storage.snapshot() {
        if key[0] > 0x1d {
            // cw2, the owner, roles: not ours.
            continue;
        }
        let mut line = format!("{} {}", hex(&key), hex(&value));
        for (name, address) in &addresses {
            line = line.replace(address, &format!("<{name}>"));
        }
        lines.push(line);
    }
    assert_eq!(lines.join("\n"), GOLDEN.trim(), "\n{}", lines.join("\n"));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
