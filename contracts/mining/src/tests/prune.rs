//! Pruning, `expiry_days` after a day is final.

use super::world::{node, upload, World};
use cosmwasm_std::from_json;
use vrs_days::{Day, Stage};
use vrs_interface::access::AccessMsg;
use vrs_interface::mining::{ExecuteMsg, MiningDaysResponse, PruneWhat, QueryMsg, ReadingsResponse};

const EXPIRY: Day = 180;

/// Days 1 to 3; members 1 and 2 with three readings a day, member 1 has claimed. Day 200 has one more of member 1.
fn world() -> World {
    let mut world = World::new();
    for day in 1..=3 {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24), node(2, 1, 24), node(2, 2, 24), upload(1, 1, 5)]);
    }
    world.go(3, Stage::Final);
    world.claim(&[1]).unwrap();
    world.go(200, Stage::Open);
    world.report(200, &[node(1, 7, 24)]);
    world
}

/// One step; what the event says, and the next `start_after` as JSON.
fn step(world: &mut World, what: PruneWhat, limit: u32) -> (Vec<u32>, Option<String>) {
    let msg = ExecuteMsg::Prune {
        what,
        limit: Some(limit),
    };
    let response = world.run(&world.addr("anyone"), msg).unwrap();
    let event = response.events.last().unwrap();
    let of = |key: &str| event.attributes.iter().find(|a| a.key == key).map(|a| a.value.clone());
    let numbers = [of("removed"), of("unclaimed")];
    let numbers = numbers.into_iter().flatten().map(|n| n.parse().unwrap()).collect();
    (numbers, of("next"))
}

fn scores(start_after: Option<(u32, Day)>) -> PruneWhat {
    PruneWhat::Scores { start_after }
}

fn readings(world: &World) -> Vec<(u32, Day, u64)> {
    let answer: ReadingsResponse = world.ask(QueryMsg::Readings {
        account: None,
        start_after: None,
        limit: Some(200),
    });
    answer
        .readings
        .iter()
        .map(|r| (r.account, r.day, r.unit.u64()))
        .collect()
}

#[test]
fn nothing_goes_before_its_time() {
    let mut world = world();
    world.go(EXPIRY, Stage::Final);
    assert_eq!(step(&mut world, scores(None), 200), (vec![0, 0], None));
    let (removed, next) = step(&mut world, PruneWhat::Readings { start_after: None }, 200);
    assert_eq!((removed, next), (vec![0], None));
    assert_eq!(readings(&world).len(), 13);
}

#[test]
fn scores_go_and_what_nobody_claimed_returns() {
    let mut world = world();
    let [hp, _] = world.pools();
    let owed = hp.claimable.u128();
    world.go(EXPIRY + 2, Stage::Final);
    assert_eq!(step(&mut world, scores(None), 200), (vec![4, 2], None));
    // Of the two days member 2's part returned: two thirds of a node's 1,000 each. And of rounding three
    // thirds (member 1's) and two times two thirds.
    let [hp, _] = world.pools();
    assert_eq!(owed - hp.claimable.u128(), 2 * 666 + 2);
    let days: Vec<(u32, Day)> = world.scores(None).days.iter().map(|d| (d.account, d.day)).collect();
    assert_eq!(days, [(1, 3), (1, 200), (2, 3)]);
    let answer: MiningDaysResponse = world.ask(QueryMsg::Days {
        start_after: None,
        limit: None,
    });
    assert_eq!(answer.days.iter().map(|d| d.day).collect::<Vec<_>>(), [3, 200]);
    // Who comes late gets what is left.
    world.claim(&[2]).unwrap();
    assert_eq!(world.got(2).0, 666);
}

/// Paused from day 2 to 400 and pruned by a stranger right after: members still have all their time.
#[test]
fn paused_time_does_not_count_towards_the_expiry() {
    let mut world = World::new();
    let owner = world.addr("owner");
    world.report(1, &[node(1, 1, 24), node(2, 1, 24)]);
    world.go(2, Stage::Open);
    world.run(&owner, ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    world.go(400, Stage::Open);
    world.run(&owner, ExecuteMsg::Access(AccessMsg::Unpause {})).unwrap();
    assert_eq!(step(&mut world, scores(None), 200), (vec![0, 0], None));
    world.claim(&[1]).unwrap();
    assert_eq!(world.got(1).0, 500);
    // Day 1 became final during the pause: from its end on `expiry_days` more.
    world.go(400 + EXPIRY, Stage::Open);
    world.env.block.time = world.env.block.time.minus_seconds(1);
    assert_eq!(step(&mut world, scores(None), 200), (vec![0, 0], None));
    world.go(400 + EXPIRY, Stage::Open);
    assert_eq!(step(&mut world, scores(None), 200), (vec![2, 1], None));
}

#[test]
fn readings_go_page_by_page() {
    let mut whole = world();
    whole.go(EXPIRY + 2, Stage::Final);
    step(&mut whole, PruneWhat::Readings { start_after: None }, 200);
    assert_eq!(
        readings(&whole),
        [(1, 3, 1), (1, 3, 1), (1, 200, 7), (2, 3, 1), (2, 3, 2)]
    );
    for limit in 1..=6 {
        let mut world = world();
        world.go(EXPIRY + 2, Stage::Final);
        let (mut start_after, mut steps) = (None, 0);
        loop {
            let (_, next) = step(&mut world, PruneWhat::Readings { start_after }, limit);
            steps += 1;
            match next {
                Some(next) => start_after = Some(from_json(next).unwrap()),
                None => break,
            }
        }
        assert!(steps <= 12, "{steps} steps of {limit}");
        assert_eq!(readings(&world), readings(&whole), "steps of {limit}");
    }
}

#[test]
fn scores_go_page_by_page() {
    let mut world = world();
    world.go(EXPIRY + 3, Stage::Final);
    let mut start_after = None;
    let mut removed = 0;
    loop {
        let (numbers, next) = step(&mut world, scores(start_after), 2);
        removed += numbers[0];
        match next {
            Some(next) => start_after = Some(from_json(next).unwrap()),
            None => break,
        }
    }
    assert_eq!(removed, 6);
    assert_eq!(world.scores(None).days.len(), 1);
    world.pools();
}

#[test]
fn no_step_is_larger_than_200() {
    let mut world = World::new();
    let many: Vec<_> = (0..250).map(|unit| node(1, unit, 24)).collect();
    world.report(1, &many);
    world.go(EXPIRY + 1, Stage::Final);
    let (removed, next) = step(&mut world, PruneWhat::Readings { start_after: None }, 1_000);
    assert_eq!((removed, next.as_deref()), (vec![200], Some("[1,1,\"node\",\"199\"]")));
}
