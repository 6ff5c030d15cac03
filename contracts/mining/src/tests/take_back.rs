//! Rewards of false readings, taken back while the day is provisional.

use super::world::{node, upload, World};
use crate::ContractError;
use vrs_days::{Day, Stage};
use vrs_interface::access::Role;
use vrs_interface::mining::{ExecuteMsg, Method};
use vrs_settlement::SettlementError;

fn take(world: &mut World, account: u32, day: Day, methods: &[Method]) -> Result<(), ContractError> {
    let msg = ExecuteMsg::TakeBack {
        account,
        day,
        methods: methods.to_vec(),
    };
    world.run(&world.role(Role::Arbiter), msg).map(|_| ())
}

fn day_one() -> World {
    let mut world = World::new();
    world.report(
        1,
        &[
            node(1, 1, 24),
            node(2, 1, 24),
            upload(1, 1, 5),
            upload(2, 1, 5),
            node(3, 1, 0),
        ],
    );
    world.go(1, Stage::Provisional);
    world
}

#[test]
fn the_methods_named_return_at_once_and_others_stay_as_they_are() {
    let mut world = day_one();
    take(&mut world, 1, 1, &[Method::Node]).unwrap();
    let [hp, vrs] = world.pools();
    assert_eq!((hp.claimable.u128(), hp.recovered.u128()), (1_500, 500));
    assert_eq!((vrs.claimable.u128(), vrs.recovered.u128()), (750, 250));
    let methods = world.scores(Some(1)).days.remove(0).methods;
    let seen: Vec<_> = methods
        .iter()
        .map(|m| (m.method, m.taken_back, m.reward_hp.u128(), m.reward_vrs.u128()))
        .collect();
    assert_eq!(seen, [(Method::Node, true, 0, 0), (Method::Upload, false, 500, 250)]);
    assert!(methods[0].score.u128() > 0);
    world.go(1, Stage::Final);
    world.claim(&[1, 2, 3]).unwrap();
    assert_eq!(
        (world.got(1), world.got(2), world.got(3)),
        ((500, 250), (1_000, 500), (0, 0))
    );
    let [hp, vrs] = world.pools();
    assert_eq!((hp.claimable.u128(), vrs.claimable.u128()), (0, 0));
}

#[test]
fn no_name_means_all_and_what_was_taken_stays_taken() {
    let mut world = day_one();
    take(&mut world, 1, 1, &[Method::Upload]).unwrap();
    take(&mut world, 1, 1, &[]).unwrap();
    let [hp, _] = world.pools();
    assert_eq!((hp.claimable.u128(), hp.recovered.u128()), (1_000, 1_000));
    let before = Err(ContractError::TakenBefore { account: 1, day: 1 });
    assert_eq!(take(&mut world, 1, 1, &[]), before);
    assert_eq!(take(&mut world, 1, 1, &[Method::Node, Method::Node]), before);
    world.go(1, Stage::Final);
    world.claim(&[1]).unwrap();
    assert_eq!(world.got(1), (0, 0));
}

#[test]
fn only_while_the_day_is_provisional() {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24)]);
    for stage in [Stage::Open, Stage::Closing, Stage::Final] {
        world.go(1, stage);
        assert_eq!(
            take(&mut world, 1, 1, &[]),
            Err(SettlementError::NotProvisional { day: 1, stage }.into())
        );
    }
}

#[test]
fn what_is_not_there_is_named() {
    let mut world = day_one();
    assert_eq!(
        take(&mut world, 9, 1, &[]),
        Err(SettlementError::NoShare { account: 9, day: 1 }.into())
    );
    assert_eq!(
        take(&mut world, 1, 2, &[]),
        Err(SettlementError::NoShare { account: 1, day: 2 }.into())
    );
    assert_eq!(
        take(&mut world, 1, 1, &[Method::Node, Method::Server]),
        Err(ContractError::NoReading {
            account: 1,
            day: 1,
            method: Method::Server
        })
    );
    assert_eq!(
        take(&mut world, 1, 1, &[Method::Node; 7]),
        Err(ContractError::OutOfBounds {
            field: "methods",
            min: 0,
            max: 6,
            actual: 7
        })
    );
    let [hp, _] = world.pools();
    assert_eq!(hp.recovered.u128(), 0);
}
