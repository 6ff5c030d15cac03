//! What comes into the pools, and what does not.

use super::support::*;
use crate::ContractError;
use cosmwasm_std::{to_json_binary, Binary, Uint128};
use cw20::Cw20ReceiveMsg;
use vrs_interface::merchant::{ExecuteMsg, ReceiveMsg, Side};
use vrs_interface::{points, token};
use vrs_settlement::SettlementError;

fn receive(amount: u128, msg: Binary) -> ExecuteMsg {
    ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: account(1).to_string(),
        amount: Uint128::new(amount),
        msg,
    })
}

fn fund() -> Binary {
    to_json_binary(&ReceiveMsg::Fund {}).unwrap()
}

#[test]
fn bzky_sent_with_the_message_is_counted() {
    let mut world = World::bare(|_| {});
    let response = world.fund(Side::Merchants, 700).unwrap();
    let expected = [
        ("action", "funded"),
        ("side", "merchants"),
        ("amount", "700"),
        ("funded", "700"),
    ];
    assert_eq!(
        told(&response)[0],
        expected.map(|(key, value)| (key.to_string(), value.to_string()))
    );
    let pool = world.pool(Side::Merchants);
    assert_eq!(
        (pool.funded.u128(), pool.remaining.u128(), pool.paid.u128()),
        (700, 700, 0)
    );
    world.conserved();
}

/// Else anyone could pretend to have sent something.
#[test]
fn only_the_bzky_token_tells_of_bzky() {
    let mut world = World::bare(|_| {});
    let expected = world.bzky.clone();
    for actual in [account(1), world.owner.clone(), world.time.clone(), world.door.clone()] {
        let refused = world.send(&actual, &receive(1_000, fund())).map(|_| ());
        let expected = expected.clone();
        assert_eq!(refused, Err(ContractError::WrongSender { expected, actual }));
    }
    assert_eq!(world.pool(Side::Merchants).funded, Uint128::zero());
}

#[test]
fn another_message_or_nothing_is_refused() {
    let mut world = World::bare(|_| {});
    let bzky = world.bzky.clone();
    let refused = world.send(&bzky, &receive(0, fund())).map(|_| ());
    assert_eq!(refused, Err(ContractError::NoAmount {}));
    let refused = world.send(&bzky, &receive(5, Binary::from(b"{\"steal\":{}}")));
    assert!(matches!(refused, Err(ContractError::Std(_))), "{refused:?}");
}

/// A plain transfer is counted nowhere: nobody's budget grows by a donation.
#[test]
fn a_donation_is_ignored() {
    let mut world = World::new();
    let before = world.pool(Side::Merchants);
    let gift = token::ExecuteMsg::Transfer {
        recipient: world.merchant.to_string(),
        amount: Uint128::new(123),
    };
    let (treasury, bzky) = (world.treasury.clone(), world.bzky.clone());
    world.call(&treasury, &bzky, &gift).unwrap();
    assert_eq!(world.pool(Side::Merchants), before);
}

#[test]
fn time_is_reserved_before_it_is_promised() {
    let mut world = World::bare(|_| {});
    world.fund(Side::Customers, 900).unwrap();
    let issuer: points::IssuerResponse = world.query(
        &world.time,
        &points::QueryMsg::Issuer {
            issuer: world.merchant.to_string(),
            day: 1,
        },
    );
    assert_eq!((issuer.reserved.u128(), issuer.used_in_window.u128()), (900, 900));
    assert_eq!(world.pool(Side::Customers).funded.u128(), 900);
    let refused = world
        .by_owner(&ExecuteMsg::FundTime {
            amount: Uint128::zero(),
        })
        .map(|_| ());
    assert_eq!(refused, Err(ContractError::NoAmount {}));
}

/// More than the points contract allows is not in the pool either.
#[test]
fn time_that_is_not_granted_is_not_counted() {
    let mut world = World::bare(|_| {});
    let lower = points::ExecuteMsg::LowerIssuer {
        issuer: world.merchant.to_string(),
        limit: points::IssuerLimit {
            window_days: 30,
            per_window: Uint128::new(100),
            total: Uint128::new(100),
        },
    };
    let (owner, time) = (world.owner.clone(), world.time.clone());
    world.call(&owner, &time, &lower).unwrap();
    let refused = world.fund(Side::Customers, 101).unwrap_err();
    assert!(refused.contains("100"), "{refused}");
    assert_eq!(world.pool(Side::Customers).funded, Uint128::zero());
    world.fund(Side::Customers, 100).unwrap();
    world.conserved();
}

#[test]
fn what_was_recovered_returns_by_a_refill_alone() {
    for side in [Side::Merchants, Side::Customers] {
        let mut world = World::with(|init| {
            init.params.merchants.per_head = Uint128::new(10);
            init.params.customers.per_head = Uint128::new(10);
        });
        let shops = world.shops(3);
        let people = world.customers(3);
        for at in 0..3 {
            world.sell(shops[at], 1, &[store(people[at], 1_000)]);
        }
        world.finish(1);
        let members = if side == Side::Merchants {
            shops.clone()
        } else {
            people.clone()
        };
        let nothing = world
            .by_owner(&ExecuteMsg::Refill {
                side,
                amount: Uint128::zero(),
            })
            .map(|_| ());
        assert_eq!(nothing, Err(ContractError::NoAmount {}));
        let exceeded = |available| SettlementError::PoolExceeded {
            pool: if side == Side::Merchants { 0 } else { 1 },
            wanted: available + 1,
            available,
        };
        let refused = world
            .by_owner(&ExecuteMsg::Refill {
                side,
                amount: Uint128::one(),
            })
            .map(|_| ());
        assert_eq!(refused, Err(exceeded(0).into()));
        // Nobody claims for a year: all of it is recovered.
        world.at(500, 0);
        let what = match side {
            Side::Merchants => vrs_interface::merchant::PruneWhat::Merchants { start_after: None },
            Side::Customers => vrs_interface::merchant::PruneWhat::Customers { start_after: None },
        };
        world.by_owner(&ExecuteMsg::Prune { what, limit: None }).unwrap();
        assert_eq!(world.pool(side).recovered.u128(), 30);
        world
            .by_owner(&ExecuteMsg::Refill {
                side,
                amount: Uint128::new(12),
            })
            .unwrap();
        let pool = world.pool(side);
        assert_eq!(
            (pool.recovered.u128(), pool.remaining.u128(), pool.funded.u128()),
            (18, POOL, POOL)
        );
        let refused = world
            .by_owner(&ExecuteMsg::Refill {
                side,
                amount: Uint128::new(19),
            })
            .map(|_| ());
        assert_eq!(refused, Err(exceeded(18).into()));
        world.conserved();
        let claim = ExecuteMsg::ClaimFor { side, members };
        world.by_owner(&claim).unwrap();
        assert_eq!(world.pool(side).paid, Uint128::zero());
    }
}
