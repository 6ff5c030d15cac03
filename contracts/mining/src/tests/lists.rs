//! Lists are paged, and say whether more is left.

use super::world::{node, upload, World};
use vrs_days::{Day, Stage};
use vrs_interface::mining::{Method, MiningDaysResponse, QueryMsg, ReadingsResponse, ScoresResponse};
use vrs_interface::settlement::DayResponse;

fn world() -> World {
    let mut world = World::new();
    for day in 1..=3 {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24), node(2, 1, 24), upload(2, 9, 5)]);
    }
    world
}

#[test]
fn scores_by_account_then_day() {
    let world = world();
    let page = |account, start_after, limit| {
        let answer: ScoresResponse = world.ask(QueryMsg::Scores {
            account,
            start_after,
            limit,
        });
        let days: Vec<(u32, Day)> = answer.days.iter().map(|d| (d.account, d.day)).collect();
        (days, answer.more)
    };
    assert_eq!(page(None, None, Some(4)), (vec![(1, 1), (1, 2), (1, 3), (2, 1)], true));
    assert_eq!(page(None, Some((2, 1)), Some(2)), (vec![(2, 2), (2, 3)], false));
    assert_eq!(page(Some(1), None, None), (vec![(1, 1), (1, 2), (1, 3)], false));
    assert_eq!(page(Some(1), Some((1, 1)), Some(1)), (vec![(1, 2)], true));
    assert_eq!(page(Some(2), Some((1, 2)), Some(1)), (vec![(2, 1)], true));
    assert_eq!(page(Some(1), Some((2, 1)), None), (vec![], false));
    assert_eq!(page(Some(7), None, None), (vec![], false));
    // Behind an entry that is not there.
    assert_eq!(page(None, Some((1, 9)), Some(1)), (vec![(2, 1)], true));
}

#[test]
fn readings_by_account_day_method_unit() {
    let world = world();
    let page = |account, start_after, limit| {
        let answer: ReadingsResponse = world.ask(QueryMsg::Readings {
            account,
            start_after,
            limit,
        });
        let keys: Vec<(u32, Day, Method)> = answer.readings.iter().map(|r| (r.account, r.day, r.method)).collect();
        (keys, answer.more)
    };
    let (all, more) = page(None, None, None);
    assert_eq!((all.len(), more), (9, false));
    let after = Some((2, 1, Method::Node, 1u64.into()));
    let rest = vec![
        (2, 1, Method::Upload),
        (2, 2, Method::Node),
        (2, 2, Method::Upload),
        (2, 3, Method::Node),
        (2, 3, Method::Upload),
    ];
    assert_eq!(page(None, after, None), (rest.clone(), false));
    assert_eq!(page(Some(2), after, Some(2)), (rest[..2].to_vec(), true));
    assert_eq!(page(Some(1), after, None), (vec![], false));
    let (own, more) = page(Some(1), None, Some(3));
    assert_eq!((own.len(), more), (3, false));
}

#[test]
fn days_tell_the_same_one_by_one() {
    let mut world = world();
    world.go(2, Stage::Provisional);
    let first: MiningDaysResponse = world.ask(QueryMsg::Days {
        start_after: None,
        limit: Some(2),
    });
    assert_eq!((first.days.len(), first.more), (2, true));
    let rest: MiningDaysResponse = world.ask(QueryMsg::Days {
        start_after: Some(2),
        limit: None,
    });
    assert_eq!((rest.days.len(), rest.more), (1, false));
    for listed in first.days.iter().chain(&rest.days) {
        let one: DayResponse = world.ask(QueryMsg::Day { day: listed.day });
        assert_eq!(one, *listed);
    }
    let stages: Vec<Stage> = first.days.iter().chain(&rest.days).map(|d| d.stage).collect();
    assert_eq!(stages, [Stage::Provisional, Stage::Provisional, Stage::Open]);
    assert_eq!((first.days[1].reserved.len(), rest.days[0].reserved.len()), (2, 0));
}

#[test]
fn a_day_without_readings_is_empty() {
    let world = world();
    for day in [0, 4] {
        let got: DayResponse = world.ask(QueryMsg::Day { day });
        assert_eq!((got.day, got.participants, got.tranches.len()), (day, 0, 0));
    }
}

#[test]
fn a_query_tells_the_same_before_and_after_the_day_is_stored_as_closed() {
    let mut world = world();
    world.go(3, Stage::Final);
    let ask = |world: &World| {
        [
            world.raw(QueryMsg::Pools {}),
            world.raw(QueryMsg::Day { day: 2 }),
            world.raw(QueryMsg::Days {
                start_after: None,
                limit: None,
            }),
            world.raw(QueryMsg::Scores {
                account: None,
                start_after: None,
                limit: None,
            }),
            world.raw(QueryMsg::SimulateClaim { member: 2 }),
        ]
    };
    let before = ask(&world);
    // Days 2 and 3; the reading of day 3 closed day 1.
    assert_eq!(world.claim(&[9]).unwrap().events.len(), 2);
    assert_eq!(ask(&world), before);
}
