//! Storage gas of what `docs/points.md` tables, as wasmd charges it (MockApi's accounts have 32
//! bytes; a person's on a chain has 20, 360 gas less for each key written).

use super::world::{burn, limit, send, transfer, World};
use vrs_interface::points::{IssuerResponse, QueryMsg};

fn cost<T>(world: &mut World, act: impl FnOnce(&mut World) -> T) -> u64 {
    world.deps.storage.take();
    act(world);
    world.deps.storage.take()
}

const UNIT: u128 = 1_000_000;

#[test]
fn storage_gas_is_as_documented() {
    let mut world = World::new();
    world.set_issuer("mining", limit(1, 1 << 50, 1 << 80)).unwrap();
    world.set_acceptor("shop", true).unwrap();
    world.go_to(200);
    let mut table = vec![];
    for day in [100, 101, 102] {
        world.reserve("mining", day, 10_000 * UNIT).unwrap();
    }
    let gas = cost(&mut world, |w| w.reserve("mining", 103, 10_000 * UNIT).unwrap());
    table.push(("reserve", gas));
    let names: Vec<String> = (0..200).map(|i| format!("member {i}")).collect();
    for (count, name) in [(1, "mint to 1"), (10, "mint to 10"), (200, "mint to 200")] {
        let to: Vec<_> = names
            .iter()
            .take(count)
            .map(|name| (name.as_str(), 50 * UNIT))
            .collect();
        let gas = cost(&mut world, |w| w.mint("mining", &to).unwrap());
        table.push((name, gas));
    }
    let gas = cost(&mut world, |w| {
        let issuer = w.addr("mining").to_string();
        w.ask::<IssuerResponse>(QueryMsg::Issuer { issuer, day: 104 })
    });
    table.push(("query issuer", gas));
    world.mint("mining", &[("ann", 50 * UNIT), ("ben", 50 * UNIT)]).unwrap();
    let (ben, shop) = (world.addr("ben"), world.addr("shop"));
    let gas = cost(&mut world, |w| w.by("ann", transfer(&ben, UNIT)).unwrap());
    table.push(("transfer", gas));
    let gas = cost(&mut world, |w| w.by("ann", send(&shop, UNIT, b"")).unwrap());
    table.push(("send", gas));
    let gas = cost(&mut world, |w| w.by("ann", burn(UNIT)).unwrap());
    table.push(("burn", gas));
    assert_eq!(
        table,
        [
            ("reserve", 14330),
            ("mint to 1", 10797),
            ("mint to 10", 58530),
            ("mint to 200", 1065231),
            ("query issuer", 5002),
            ("transfer", 13175),
            ("send", 11779),
            ("burn", 9522)
        ]
    );
}

#[test]
fn a_reservation_costs_the_same_after_years() {
    let mut world = World::new();
    world.set_issuer("mining", limit(1, 1 << 50, 1 << 80)).unwrap();
    world.go_to(2_000);
    let mut costs = vec![];
    for day in 1..2_000 {
        costs.push(cost(&mut world, |w| w.reserve("mining", day, 10_000 * UNIT).unwrap()));
    }
    // Day numbers and sums grow by a few bytes in these years: of 30 gas each.
    assert!(
        costs[1_998] <= costs[10] + 12 * 33,
        "{} then {}",
        costs[10],
        costs[1_998]
    );
}
