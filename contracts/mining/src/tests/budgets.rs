//! What a closed day sets aside: shared pools, windows, caps, and rules that change.

use super::world::{budget, node, params, upload, World};
use crate::ContractError;
use vrs_attestation::leaf::Reading;
use vrs_days::{Day, Stage};
use vrs_interface::mining::{ConfigResponse, ExecuteMsg, Method, MethodBudget, Params, QueryMsg};
use vrs_interface::settlement::DayResponse;

fn content(account: u32) -> Reading {
    Reading {
        method: 5,
        account,
        unit: 1,
        quantities: [10, 0, 0, 0, 0],
    }
}

/// (method, pool, budget) of a day's tranches.
fn tranches(world: &World, day: Day) -> Vec<(String, String, u128)> {
    let answer: DayResponse = world.ask(QueryMsg::Day { day });
    let part = |tranche: vrs_interface::settlement::Tranche| {
        assert_eq!(tranche.share_bps, 10_000);
        (tranche.track, tranche.pool, tranche.budget.u128())
    };
    answer.tranches.into_iter().map(part).collect()
}

fn line(method: &str, pool: &str, budget: u128) -> (String, String, u128) {
    (method.into(), pool.into(), budget)
}

fn set(world: &mut World, params: Params) -> Day {
    let owner = world.addr("owner");
    let response = world.run(&owner, ExecuteMsg::SetParams { params }).unwrap();
    let event = response.events.last().unwrap();
    let from = event.attributes.iter().find(|a| a.key == "from").unwrap();
    from.value.parse().unwrap()
}

fn with_budgets(budgets: Vec<MethodBudget>) -> Params {
    Params { budgets, ..params() }
}

#[test]
fn the_methods_of_a_day_draw_in_order_on_what_is_left() {
    let mut world = World::empty(params());
    let owner = world.addr("owner");
    world.outside.borrow_mut().hp_limit = 1_500;
    world
        .run(
            &owner,
            ExecuteMsg::FundHp {
                amount: 1_500u128.into(),
            },
        )
        .unwrap();
    world.fund_vrs(1_600).unwrap();
    // Three methods, reported in another order, and again the next day.
    world.report(1, &[content(1), upload(1, 1, 5), node(1, 1, 24)]);
    world.go(2, Stage::Open);
    world.report(2, &[node(1, 1, 24), upload(1, 1, 5)]);
    let first = [
        line("node", "hp_mining", 1_000),
        line("node", "vrs_mining", 500),
        line("upload", "hp_mining", 500),
        line("upload", "vrs_mining", 500),
        line("content", "vrs_mining", 500),
    ];
    let second = [line("node", "vrs_mining", 100)];
    // The same while the days run, when one is closed by time, and when both are in storage.
    assert_eq!(
        (tranches(&world, 1), tranches(&world, 2)),
        (first.to_vec(), second.to_vec())
    );
    world.go(1, Stage::Provisional);
    assert_eq!(
        (tranches(&world, 1), tranches(&world, 2)),
        (first.to_vec(), second.to_vec())
    );
    world.go(2, Stage::Provisional);
    world.claim(&[9]).unwrap();
    assert_eq!(
        (tranches(&world, 1), tranches(&world, 2)),
        (first.to_vec(), second.to_vec())
    );
    world.go(2, Stage::Final);
    world.claim(&[1]).unwrap();
    assert_eq!(world.got(1), (1_500, 1_600));
    world.pools();
}

#[test]
fn a_method_that_nobody_scored_takes_nothing() {
    let mut world = World::new();
    // Less than an hour online scores 0 and takes part all the same.
    assert_eq!(world.report(1, &[node(1, 1, 0), upload(1, 1, 5)]), []);
    let day: DayResponse = world.ask(QueryMsg::Day { day: 1 });
    assert_eq!(day.participants, 1);
    assert_eq!(
        tranches(&world, 1),
        [line("upload", "hp_mining", 1_000), line("upload", "vrs_mining", 500)]
    );
    let scores = world.scores(None).days.remove(0);
    assert_eq!(scores.methods.len(), 2);
    assert_eq!(scores.methods[0].score.u128(), 0);
}

#[test]
fn a_window_bounds_what_its_days_take() {
    let mut world = World::with(Params {
        window_days: 2,
        hp_per_window: 1_700u128.into(),
        vrs_per_window: 0u128.into(),
        ..params()
    });
    for day in 1..=3 {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24)]);
    }
    world.go(3, Stage::Provisional);
    let of = |day| tranches(&world, day);
    assert_eq!(of(1), [line("node", "hp_mining", 1_000)]);
    assert_eq!(of(2), [line("node", "hp_mining", 700)]);
    assert_eq!(of(3), [line("node", "hp_mining", 1_000)]);
}

#[test]
fn when_a_day_is_closed_changes_nothing() {
    // One world is touched every day, the other once at the end.
    let breaker = || Params {
        window_days: 1,
        hp_per_window: 1_000u128.into(),
        vrs_per_window: 400u128.into(),
        ..params()
    };
    let (mut busy, mut quiet) = (World::with(breaker()), World::with(breaker()));
    for day in 1..=2 {
        for world in [&mut busy, &mut quiet] {
            world.go(day, Stage::Open);
            world.report(day, &[node(1, 1, 24), upload(2, 1, 5)]);
        }
    }
    for day in 1..=2 {
        busy.go(day, Stage::Provisional);
        busy.claim(&[9]).unwrap();
    }
    for world in [&mut busy, &mut quiet] {
        world.go(2, Stage::Final);
        world.claim(&[1, 2]).unwrap();
    }
    assert_eq!((busy.got(1), busy.got(2)), ((2_000, 800), (0, 0)));
    assert_eq!((quiet.got(1), quiet.got(2)), (busy.got(1), busy.got(2)));
}

#[test]
fn what_comes_in_after_a_day_closed_is_not_for_it() {
    let mut world = World::empty(params());
    world.report(1, &[node(1, 1, 24)]);
    world.go(1, Stage::Provisional);
    // The day closes on empty pools before this is counted.
    world.fund_vrs(1_000).unwrap();
    assert_eq!(tranches(&world, 1), []);
    world.pools();
}

#[test]
fn the_cap_is_counted_in_average_shares_of_those_who_scored() {
    let mut world = World::with(Params {
        share_cap: 2,
        ..params()
    });
    // Four accounts score at node (one of them most), a fifth only takes part, a sixth uploads.
    let batch = [
        node(1, 1, 24),
        node(2, 1, 1),
        node(3, 1, 1),
        node(4, 1, 1),
        node(5, 1, 0),
        upload(6, 1, 5),
    ];
    world.report(1, &batch);
    let day: DayResponse = world.ask(QueryMsg::Day { day: 1 });
    let caps: Vec<u128> = day.tranches.iter().map(|t| t.cap.unwrap().u128()).collect();
    // 2 * 1,000 / 4 and 2 * 500 / 4; alone at upload one may draw twice the budget.
    assert_eq!(caps, [500, 250, 2_000, 1_000]);
    world.go(1, Stage::Final);
    world.claim(&[1, 2, 3, 4, 5, 6]).unwrap();
    // 24 of 27: 888 and 444, cut; 1 of 27: 37 and 18.
    assert_eq!(world.got(1), (500, 250));
    for member in [2, 3, 4] {
        assert_eq!(world.got(member), (37, 18));
    }
    assert_eq!((world.got(5), world.got(6)), ((0, 0), (1_000, 500)));
    let [hp, vrs] = world.pools();
    assert_eq!(
        (hp.claimable.u128(), hp.recovered.u128()),
        (0, 2_000 - 500 - 111 - 1_000)
    );
    assert_eq!(
        (vrs.claimable.u128(), vrs.recovered.u128()),
        (0, 1_000 - 250 - 54 - 500)
    );
}

#[test]
fn rules_count_from_tomorrow_and_raises_wait() {
    let mut world = World::new();
    world.go(10, Stage::Open);
    let lower = with_budgets(vec![budget(Method::Node, 900, 500)]);
    assert_eq!(set(&mut world, lower.clone()), 11);
    let config: ConfigResponse = world.ask(QueryMsg::Config {});
    assert_eq!((config.params, config.planned), (params(), Some((11, lower.clone()))));
    // Against tomorrow's 900 that is a raise, also where it is today's figure.
    let raise = with_budgets(vec![budget(Method::Node, 950, 500)]);
    assert_eq!(set(&mut world, raise.clone()), 17);
    world.report(10, &[node(1, 1, 24)]);
    assert_eq!(tranches(&world, 10)[0].2, 1_000);
    for (day, hp) in [(11, 900), (16, 900), (17, 950)] {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24)]);
        assert_eq!(tranches(&world, day)[0].2, hp, "day {day}");
    }
    let config: ConfigResponse = world.ask(QueryMsg::Config {});
    assert_eq!((config.params, config.planned), (raise, None));
}

#[test]
fn every_figure_that_allows_more_waits_and_others_do_not() {
    let capped = |share_cap| Params { share_cap, ..params() };
    let base = Params {
        hp_per_window: 100u128.into(),
        vrs_per_window: 100u128.into(),
        ..capped(5)
    };
    let with = |change: &dyn Fn(&mut Params)| {
        let mut params = base.clone();
        change(&mut params);
        params
    };
    let cases: [(Params, bool); 13] = [
        (base.clone(), false),
        (with(&|p| p.budgets[0].hp = 1_001u128.into()), true),
        (with(&|p| p.budgets[5].vrs = 501u128.into()), true),
        (with(&|p| p.budgets.truncate(1)), false),
        (with(&|p| p.share_cap = 6), true),
        (with(&|p| p.share_cap = 0), true),
        (with(&|p| p.share_cap = 4), false),
        (with(&|p| p.hp_per_window = 101u128.into()), true),
        (with(&|p| p.vrs_per_window = 101u128.into()), true),
        (with(&|p| p.vrs_per_window = 99u128.into()), false),
        (with(&|p| p.window_days = 29), true),
        (with(&|p| p.window_days = 31), true),
        (
            with(&|p| {
                p.marginal = true;
                p.view_steps = vec![7];
            }),
            false,
        ),
    ];
    for (number, (params, waits)) in cases.into_iter().enumerate() {
        let mut world = World::with(base.clone());
        world.go(3, Stage::Open);
        assert_eq!(set(&mut world, params), if waits { 10 } else { 4 }, "case {number}");
    }
    // Where there was no cap, any cap is less.
    let mut world = World::with(capped(0));
    assert_eq!(set(&mut world, capped(1)), 2);
}

#[test]
fn a_raise_that_is_planned_anew_each_day_never_begins_early() {
    let mut world = World::new();
    let raised = |day: Day| with_budgets(vec![budget(Method::Node, 1_000 + u128::from(day), 500)]);
    for day in 1..=20 {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24)]);
        assert_eq!(tranches(&world, day)[0].2, 1_000, "day {day}");
        assert_eq!(set(&mut world, raised(day)), day + 7);
        let config: ConfigResponse = world.ask(QueryMsg::Config {});
        assert_eq!(config.planned.unwrap().0, day + 7);
    }
    world.go(27, Stage::Open);
    world.report(27, &[node(1, 1, 24)]);
    assert_eq!(tranches(&world, 27)[0].2, 1_020);
}

#[test]
fn a_raise_that_has_waited_does_not_wait_again() {
    let mut world = World::new();
    let raise = with_budgets(vec![budget(Method::Node, 2_000, 500)]);
    assert_eq!(set(&mut world, raise.clone()), 8);
    world.go(7, Stage::Open);
    let same = Params {
        marginal: true,
        ..raise
    };
    assert_eq!(set(&mut world, same), 8);
}

#[test]
fn a_switch_counts_for_readings_of_its_own_day() {
    let mut world = World::new();
    let marginal = Params {
        marginal: true,
        ..params()
    };
    assert_eq!(set(&mut world, marginal), 2);
    world.go(2, Stage::Open);
    // A late reading of day 1 beside one of day 2.
    world.report(1, &[upload(1, 1, 11)]);
    world.report(2, &[upload(1, 1, 11)]);
    let days = world.scores(Some(1)).days;
    let scores: Vec<u128> = days
        .iter()
        .map(|day| day.methods[0].score.u128() / super::world::ONE)
        .collect();
    assert_eq!(scores, [33 + 5, 53 + 5]);
}

#[test]
fn a_cut_counts_at_once_for_all_days_that_are_not_closed() {
    let mut world = World::new();
    let guardian = world.role(vrs_interface::access::Role::Guardian);
    let raise = with_budgets(vec![budget(Method::Node, 2_000, 600)]);
    assert_eq!(set(&mut world, raise), 8);
    for day in 1..=3 {
        world.go(day, Stage::Open);
        world.report(day, &[node(1, 1, 24)]);
    }
    // Day 1 is closed by time though nobody stored it, day 2 takes late readings, day 3 runs.
    world.go(2, Stage::Closing);
    let cut = budget(Method::Node, 300, 500);
    world.run(&guardian, ExecuteMsg::CutBudget { budget: cut }).unwrap();
    let of = |world: &World, day| tranches(world, day).iter().map(|t| t.2).collect::<Vec<_>>();
    assert_eq!(of(&world, 1), [1_000, 500]);
    assert_eq!((of(&world, 2), of(&world, 3)), (vec![300, 500], vec![300, 500]));
    // Also what was planned.
    world.go(8, Stage::Open);
    world.report(8, &[node(1, 1, 24)]);
    assert_eq!(of(&world, 8), [300, 500]);
}

#[test]
fn a_cut_cannot_raise() {
    let mut world = World::with(with_budgets(vec![budget(Method::Node, 10, 20)]));
    let owner = world.addr("owner");
    for (cut, field, today, actual) in [
        (budget(Method::Node, 11, 0), "hp", 10u128, 11u128),
        (budget(Method::Node, 0, 21), "vrs", 20, 21),
        (budget(Method::Upload, 1, 0), "hp", 0, 1),
    ] {
        assert_eq!(
            world.run(&owner, ExecuteMsg::CutBudget { budget: cut }),
            Err(ContractError::NotACut {
                field,
                method: cut.method,
                today: today.into(),
                actual: actual.into()
            })
        );
    }
    let nothing = budget(Method::Upload, 0, 0);
    world.run(&owner, ExecuteMsg::CutBudget { budget: nothing }).unwrap();
}
