//! What comes into the pools and returns to them.

use super::world::{node, params, World};
use crate::ContractError;
use cosmwasm_std::{to_json_binary, Uint128};
use cw20::Cw20ReceiveMsg;
use vrs_days::Stage;
use vrs_interface::mining::{ExecuteMsg, MiningPool, ReceiveMsg};
use vrs_settlement::SettlementError;

fn receive(world: &World, amount: u128, msg: &impl serde::Serialize) -> ExecuteMsg {
    ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: world.addr("m1").into(),
        amount: amount.into(),
        msg: to_json_binary(msg).unwrap(),
    })
}

#[test]
fn vrs_comes_by_the_vrs_token_alone() {
    let mut world = World::empty(params());
    let msg = receive(&world, 500, &ReceiveMsg::Fund {});
    for who in ["hp", "m1", "owner", "oracle"] {
        let sender = world.addr(who);
        assert_eq!(
            world.run(&sender, msg.clone()),
            Err(ContractError::WrongSender {
                expected: world.addr("vrs"),
                actual: sender
            })
        );
    }
    // Anyone may give.
    world.fund_vrs(500).unwrap();
    let [hp, vrs] = world.pools();
    assert_eq!((hp.funded.u128(), vrs.funded.u128()), (0, 500));
    assert_eq!((hp.asset, vrs.asset), (world.addr("hp"), world.addr("vrs")));
}

#[test]
fn nothing_and_unknown_purposes_are_refused() {
    let mut world = World::empty(params());
    let vrs = world.addr("vrs");
    let nothing = receive(&world, 0, &ReceiveMsg::Fund {});
    assert_eq!(world.run(&vrs, nothing), Err(ContractError::NoAmount {}));
    let unknown = receive(&world, 5, &"refund");
    assert!(matches!(
        world.run(&vrs, unknown),
        Err(ContractError::Std(cosmwasm_std::StdError::ParseErr { .. }))
    ));
    let owner = world.addr("owner");
    let amount = Uint128::zero();
    assert_eq!(
        world.run(&owner, ExecuteMsg::FundHp { amount }),
        Err(ContractError::NoAmount {})
    );
    let pool = MiningPool::Vrs;
    assert_eq!(
        world.run(&owner, ExecuteMsg::Refill { pool, amount }),
        Err(ContractError::NoAmount {})
    );
    world.pools();
}

#[test]
fn hp_is_reserved_before_it_is_promised() {
    let mut world = World::empty(params());
    let owner = world.addr("owner");
    world.outside.borrow_mut().hp_limit = 1_000;
    world.go(3, Stage::Open);
    world
        .run(&owner, ExecuteMsg::FundHp { amount: 600u128.into() })
        .unwrap();
    world.go(3, Stage::Closing);
    world
        .run(&owner, ExecuteMsg::FundHp { amount: 400u128.into() })
        .unwrap();
    assert_eq!(world.outside.borrow().hp_days, [3, 4]);
    let [hp, _] = world.pools();
    assert_eq!((hp.funded.u128(), hp.remaining.u128()), (1_000, 1_000));
    // Closing days and refills send nothing there: the reservation stands.
    world.report(4, &[node(1, 1, 24)]);
    world.go(4, Stage::Final);
    world.claim(&[1]).unwrap();
    assert_eq!(world.outside.borrow().hp_days, [3, 4]);
}

#[test]
fn before_the_programme_the_first_days_window_is_charged() {
    let mut world = World::empty(params());
    let owner = world.addr("owner");
    world.outside.borrow_mut().hp_limit = 1_000;
    world.go(1, Stage::Ahead);
    world
        .run(&owner, ExecuteMsg::FundHp { amount: 600u128.into() })
        .unwrap();
    assert_eq!(world.outside.borrow().hp_days, [1]);
}

#[test]
fn recovered_units_return_to_the_budget_by_a_refill_alone() {
    let mut world = World::empty(params());
    let owner = world.addr("owner");
    world.outside.borrow_mut().hp_limit = 1_000;
    world
        .run(
            &owner,
            ExecuteMsg::FundHp {
                amount: 1_000u128.into(),
            },
        )
        .unwrap();
    world.fund_vrs(500).unwrap();
    let thirds = [node(1, 1, 24), node(2, 1, 24), node(3, 1, 24)];
    world.report(1, &thirds);
    world.go(1, Stage::Final);
    world.claim(&[1, 2, 3]).unwrap();
    let [hp, vrs] = world.pools();
    assert_eq!((hp.paid.u128(), hp.recovered.u128(), hp.remaining.u128()), (999, 1, 1));
    assert_eq!(
        (vrs.paid.u128(), vrs.recovered.u128(), vrs.remaining.u128()),
        (498, 2, 2)
    );
    world.report(4, &[node(1, 1, 24)]);
    assert_eq!(world.scores(Some(1)).days[1].methods[0].reward_vrs.u128(), 0);
    let refill = |pool, amount: u128| ExecuteMsg::Refill {
        pool,
        amount: amount.into(),
    };
    let exceeded = |pool, wanted, available| {
        Err(ContractError::Settlement(SettlementError::PoolExceeded {
            pool,
            wanted,
            available,
        }))
    };
    assert_eq!(world.run(&owner, refill(MiningPool::Hp, 2)), exceeded(0, 2, 1));
    assert_eq!(world.run(&owner, refill(MiningPool::Vrs, 3)), exceeded(1, 3, 2));
    world.run(&owner, refill(MiningPool::Hp, 1)).unwrap();
    world.run(&owner, refill(MiningPool::Vrs, 2)).unwrap();
    let reward = &world.scores(Some(1)).days[1].methods[0];
    assert_eq!((reward.reward_hp.u128(), reward.reward_vrs.u128()), (1, 2));
    world.go(4, Stage::Final);
    world.claim(&[1]).unwrap();
    let [hp, vrs] = world.pools();
    assert_eq!((hp.paid, hp.remaining.u128()), (hp.funded, 0));
    assert_eq!((vrs.paid, vrs.remaining.u128()), (vrs.funded, 0));
}
