//! Storage gas of what `docs/identity.md` tables, as wasmd charges it (MockApi's accounts have 32
//! bytes; those of people on a chain have 20, 360 gas less for each one stored).

use super::world::{claim, new_member, World};
use vrs_interface::identity::{
    AddressRole, ExecuteMsg, Kind, PayoutsResponse, Penalty, QueryMsg, StandingsResponse, Topic,
};

fn cost<T>(world: &mut World, act: impl FnOnce(&mut World) -> T) -> u64 {
    world.deps.storage.take();
    act(world);
    world.deps.storage.take()
}

#[test]
fn storage_gas_is_as_documented() {
    let mut table = vec![];
    let mut world = World::new();
    let ann = world.addr("ann");
    let kind = Kind::Individual;
    let gas = cost(&mut world, |w| w.run(&ann, ExecuteMsg::Register { kind }).unwrap());
    table.push(("register", gas));
    for count in [1, 100] {
        let members = |w: &World| -> Vec<_> {
            (0..count)
                .map(|i| {
                    let mut new = new_member(&w.addr(&format!("{count} {i}")));
                    new.identity = Some(claim(Topic::Identity, Some(365)));
                    new
                })
                .collect()
        };
        let gas = cost(&mut world, |w| w.admit(members(w)).unwrap());
        table.push((
            if count == 1 {
                "register 1, verified"
            } else {
                "register 100, verified"
            },
            gas,
        ));
    }
    let gas = cost(&mut world, |w| w.claim(1, Topic::Identity, Some(365)).unwrap());
    table.push(("add_claim identity", gas));
    let gas = cost(&mut world, |w| w.mark(1, Some(w.now() + 9), Penalty::None {}).unwrap());
    table.push(("mark, the first", gas));
    for (count, name) in [(1, "standings of 1"), (100, "standings of 100")] {
        let members = (2..2 + count).collect();
        let gas = cost(&mut world, |w| {
            w.ask::<StandingsResponse>(QueryMsg::Standings { members })
        });
        table.push((name, gas));
    }
    let gas = cost(&mut world, |w| w.standing(1));
    table.push(("standings of 1, marked", gas));
    let members = (2..102).collect();
    let gas = cost(&mut world, |w| w.ask::<PayoutsResponse>(QueryMsg::Payouts { members }));
    table.push(("payouts of 100", gas));
    let address = ann.to_string();
    let gas = cost(&mut world, |w| w.ask_raw(QueryMsg::MemberOf { address }).unwrap());
    table.push(("member_of, marked", gas));
    let (role, address) = (AddressRole::Account, world.addr("new").to_string());
    let gas = cost(&mut world, |w| {
        w.run(&ann, ExecuteMsg::ProposeAddress { role, address }).unwrap()
    });
    table.push(("propose_address", gas));
    let new = world.addr("new");
    let gas = cost(&mut world, |w| {
        w.run(&new, ExecuteMsg::AcceptAddress { member: 1 }).unwrap()
    });
    table.push(("accept_address", gas));
    assert_eq!(
        table,
        [
            ("register", 19026),
            ("register 1, verified", 26151),
            ("register 100, verified", 1795083),
            ("add_claim identity", 14583),
            ("mark, the first", 17903),
            ("standings of 1", 2273),
            ("standings of 100", 114044),
            ("standings of 1, marked", 3426),
            ("payouts of 100", 121600),
            ("member_of, marked", 4627),
            ("propose_address", 8949),
            ("accept_address", 13947)
        ]
    );
}
