use super::world::{broken_addresses, is_broken, limit, out_of_bounds, World};
use crate::ContractError;
use vrs_interface::points::{ExecuteMsg, IssuerLimit, MAX_FIGURE};

fn in_force(world: &World, day: u32) -> IssuerLimit {
    world.issuer("mining", day).limit
}

#[test]
fn until_day_1_is_over_a_limit_counts_at_once() {
    let mut world = World::new();
    world.set_issuer("mining", limit(1, 100, 900)).unwrap();
    assert_eq!(world.issuer("mining", 1).available.u128(), 100);
    world.set_issuer("mining", limit(1, 200, 900)).unwrap();
    assert_eq!(world.issuer("mining", 1).available.u128(), 200);
    assert_eq!(world.issuer("mining", 1).planned, None);

    let mut world = World::new();
    world.env.block.time = world.env.block.time.minus_seconds(86_400);
    assert_eq!(world.today(), 0);
    world.set_issuer("mining", limit(1, 100, 900)).unwrap();
    world.go_to(1);
    world.reserve("mining", 1, 100).unwrap();
}

#[test]
fn a_new_issuer_waits_like_any_raise() {
    let mut world = World::new();
    world.go_to(20);
    world.set_issuer("mining", limit(1, 100, 900)).unwrap();
    let told = world.issuer("mining", 20);
    assert_eq!((told.limit, told.available.u128()), (limit(1, 0, 0), 0));
    assert_eq!(told.planned, Some((27, limit(1, 100, 900))));
    world.go_to(27);
    for (day, room) in [(20, 0), (26, 0), (27, 100), (28, 0)] {
        assert_eq!(world.issuer("mining", day).available.u128(), room, "day {day}");
    }
    let refused = |first, last| ContractError::AboveWindow {
        first,
        last,
        available: 0u128.into(),
        amount: 1u128.into(),
    };
    assert_eq!(world.reserve("mining", 26, 1).unwrap_err(), refused(26, 26));
    world.reserve("mining", 27, 100).unwrap();
}

#[test]
fn each_component_is_lowered_at_once_and_raised_after_the_delay() {
    let mut world = World::new();
    world.set_issuer("mining", limit(7, 100, 900)).unwrap();
    world.go_to(10);
    // Windows shorter, that is higher; the figure lower; the total higher.
    world.set_issuer("mining", limit(5, 60, 1_000)).unwrap();
    assert_eq!(in_force(&world, 10), limit(7, 60, 900));
    assert_eq!(world.issuer("mining", 10).planned, Some((17, limit(5, 60, 1_000))));
    assert_eq!(in_force(&world, 3), limit(7, 60, 900), "days past too");
    world.go_to(17);
    assert_eq!(
        (in_force(&world, 16), in_force(&world, 17)),
        (limit(7, 60, 900), limit(5, 60, 1_000))
    );
    // All lower: at once, nothing waits.
    world.set_issuer("mining", limit(30, 50, 800)).unwrap();
    assert_eq!(
        (in_force(&world, 1), in_force(&world, 17)),
        (limit(30, 50, 800), limit(30, 50, 800))
    );
    assert_eq!(world.issuer("mining", 17).planned, None);
}

#[test]
fn a_later_limit_replaces_the_one_that_waits_and_waits_anew() {
    let mut world = World::new();
    world.set_issuer("mining", limit(1, 100, 900)).unwrap();
    world.go_to(10);
    world.set_issuer("mining", limit(1, 200, 900)).unwrap();
    world.go_to(16);
    world.set_issuer("mining", limit(1, 300, 900)).unwrap();
    assert_eq!(world.issuer("mining", 16).planned, Some((23, limit(1, 300, 900))));
    world.go_to(22);
    assert_eq!(in_force(&world, 22), limit(1, 100, 900));
    world.go_to(23);
    assert_eq!(in_force(&world, 23), limit(1, 300, 900));
}

#[test]
fn a_guardian_lowers_at_once_and_drops_what_waits() {
    let mut world = World::new();
    world.set_issuer("mining", limit(7, 100, 900)).unwrap();
    world.go_to(10);
    world.set_issuer("mining", limit(7, 500, 900)).unwrap();
    // The same limit as today's: only what waits goes.
    world.lower_issuer("mining", limit(7, 100, 900)).unwrap();
    assert_eq!(world.issuer("mining", 10).planned, None);
    for higher in [limit(6, 100, 900), limit(7, 101, 900), limit(7, 100, 901)] {
        let refused = ContractError::NotLower {
            current: limit(7, 100, 900),
            given: higher.clone(),
        };
        assert_eq!(world.lower_issuer("mining", higher).unwrap_err(), refused);
    }
    world.lower_issuer("mining", limit(8, 99, 0)).unwrap();
    assert_eq!(
        (in_force(&world, 1), in_force(&world, 10)),
        (limit(8, 99, 0), limit(8, 99, 0))
    );
    let told = world.issuer("mining", 10);
    assert_eq!(told.available.u128(), 0);
    let stranger = world.addr("stranger");
    let refused = ContractError::NotAnIssuer { address: stranger };
    assert_eq!(world.lower_issuer("stranger", limit(1, 1, 1)).unwrap_err(), refused);
}

#[test]
fn every_bound_holds_at_its_edge() {
    let mut world = World::new();
    let most = MAX_FIGURE.u128();
    for days in [0, 367] {
        let refused = || out_of_bounds("window_days", 1, 366, days.into());
        assert_eq!(world.set_issuer("mining", limit(days, 1, 1)).unwrap_err(), refused());
        assert_eq!(world.lower_issuer("mining", limit(days, 1, 1)).unwrap_err(), refused());
    }
    let too_large = |field| ContractError::TooLarge {
        field,
        max: MAX_FIGURE,
        actual: (most + 1).into(),
    };
    assert_eq!(
        world.set_issuer("mining", limit(1, most + 1, 1)).unwrap_err(),
        too_large("per_window")
    );
    assert_eq!(
        world.set_issuer("mining", limit(1, 1, most + 1)).unwrap_err(),
        too_large("total")
    );
    world.set_issuer("mining", limit(366, most, most)).unwrap();
    world.set_issuer("mining", limit(1, 0, 0)).unwrap();
}

#[test]
fn there_are_at_most_32_issuers() {
    let mut world = World::new();
    for number in 0..32 {
        world.set_issuer(&format!("issuer {number}"), limit(1, 1, 1)).unwrap();
    }
    let refused = ContractError::TooManyIssuers { max: 32, actual: 32 };
    assert_eq!(world.set_issuer("mining", limit(1, 1, 1)).unwrap_err(), refused);
    world.set_issuer("issuer 31", limit(1, 2, 2)).unwrap();
}

#[test]
fn the_largest_figures_of_all_issuers_fit() {
    let mut world = World::new();
    let most = MAX_FIGURE.u128();
    for number in 0..32 {
        let name = format!("issuer {number}");
        world.set_issuer(&name, limit(1, most, most)).unwrap();
        world.reserve(&name, 1, most).unwrap();
        world.mint(&name, &[("ann", most)]).unwrap();
    }
    assert_eq!(world.held("ann"), most * 32);
    assert_eq!(world.supply(), most * 32);
}

#[test]
fn upper_case_foreign_and_broken_addresses_are_refused() {
    let mut world = World::new();
    let owner = world.owner.clone();
    for issuer in broken_addresses(&world) {
        let limit = limit(1, 1, 1);
        let set = ExecuteMsg::SetIssuer {
            issuer: issuer.clone(),
            limit: limit.clone(),
        };
        is_broken(world.run(&owner, set), &issuer);
        let lower = ExecuteMsg::LowerIssuer {
            issuer: issuer.clone(),
            limit,
        };
        is_broken(world.run(&owner, lower), &issuer);
    }
}
