use super::world::{broken_addresses, is_broken, limit, out_of_bounds, World};
use crate::ContractError;
use cosmwasm_std::{Addr, Uint128};
use vrs_access::AccessError;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::points::{ExecuteMsg, Mint, QueryMsg};

const ZERO: ContractError = ContractError::ZeroAmount { field: "amount" };

fn release(amount: u128) -> ExecuteMsg {
    ExecuteMsg::Release { amount: amount.into() }
}

fn above_reserve(reserved: u128, amount: u128) -> ContractError {
    ContractError::AboveReserve {
        reserved: reserved.into(),
        amount: amount.into(),
    }
}

/// An issuer of 100 for 10 days, 150 in all, on day 25.
fn ready() -> World {
    let mut world = World::new();
    world.set_issuer("mining", limit(10, 100, 150)).unwrap();
    world.go_to(25);
    world
}

#[test]
fn the_days_window_is_charged_whenever_it_is_reserved() {
    let mut world = ready();
    world.reserve("mining", 9, 60).unwrap();
    world.reserve("mining", 11, 60).unwrap();
    let refused = |first, last, available: u128, amount: u128| ContractError::AboveWindow {
        first,
        last,
        available: available.into(),
        amount: amount.into(),
    };
    assert_eq!(world.reserve("mining", 10, 41).unwrap_err(), refused(1, 10, 40, 41));
    assert_eq!(world.reserve("mining", 20, 41).unwrap_err(), refused(11, 20, 40, 41));
    let told = world.issuer("mining", 10);
    assert_eq!((told.used_in_window.u128(), told.used_in_total.u128()), (60, 120));
    assert_eq!(
        (told.available.u128(), told.reserved.u128(), told.minted.u128()),
        (30, 120, 0)
    );
    let total = ContractError::AboveTotal {
        available: 30u128.into(),
        amount: 31u128.into(),
    };
    assert_eq!(world.reserve("mining", 10, 31).unwrap_err(), total);
    world.reserve("mining", 10, 30).unwrap();
    assert_eq!(world.config().reserved.u128(), 150);
}

#[test]
fn a_day_lies_between_1_and_today() {
    let mut world = ready();
    for day in [0, 26] {
        let refused = out_of_bounds("day", 1, 25, day.into());
        assert_eq!(world.reserve("mining", day, 1).unwrap_err(), refused);
        assert_eq!(world.issuer("mining", day).available.u128(), 0);
    }
    for day in [1, 25] {
        assert_eq!(world.issuer("mining", day).available.u128(), 100);
        world.reserve("mining", day, 1).unwrap();
    }
}

#[test]
fn a_window_no_longer_kept_is_refused() {
    let mut world = ready();
    for day in [1, 11, 21] {
        world.reserve("mining", day, 1).unwrap();
    }
    let refused = ContractError::WindowPast { day: 10, kept_from: 11 };
    assert_eq!(world.reserve("mining", 10, 1).unwrap_err(), refused);
    assert_eq!(world.issuer("mining", 10).available.u128(), 0);
    assert_eq!(world.issuer("mining", 12).available.u128(), 99);
}

#[test]
fn what_is_released_returns_to_the_total_and_not_to_the_window() {
    let mut world = ready();
    world.reserve("mining", 1, 100).unwrap();
    world.reserve("mining", 11, 50).unwrap();
    world.by("mining", release(50)).unwrap();
    let told = world.issuer("mining", 1);
    assert_eq!((told.used_in_window.u128(), told.used_in_total.u128()), (100, 100));
    assert_eq!((told.available.u128(), told.reserved.u128()), (0, 100));
    assert_eq!(world.issuer("mining", 11).available.u128(), 50);
    assert_eq!(world.by("mining", release(101)).unwrap_err(), above_reserve(100, 101));
    assert_eq!(world.by("mining", release(0)).unwrap_err(), ZERO);
    world.by("mining", release(100)).unwrap();
    assert_eq!(world.config().reserved.u128(), 0);
}

#[test]
fn an_issuer_mints_out_of_its_own_reserve() {
    let mut world = ready();
    world.set_issuer("merchant", limit(10, 100, 150)).unwrap();
    world.reserve("mining", 1, 50).unwrap();
    world.mint("mining", &[("ann", 10), ("ben", 5), ("ann", 1)]).unwrap();
    assert_eq!((world.held("ann"), world.held("ben"), world.supply()), (11, 5, 16));
    let told = world.issuer("mining", 1);
    assert_eq!((told.reserved.u128(), told.minted.u128()), (34, 16));
    assert_eq!(told.used_in_total.u128(), 50);
    let over = world.mint("mining", &[("ann", 34), ("ben", 1)]).unwrap_err();
    assert_eq!(over, above_reserve(34, 35));
    assert_eq!(world.mint("merchant", &[("ann", 1)]).unwrap_err(), above_reserve(0, 1));
    assert_eq!(world.mint("mining", &[("ann", 1), ("ben", 0)]).unwrap_err(), ZERO);
    world.mint("mining", &[("ann", 34)]).unwrap();
    let sum = world.mint("mining", &[("ann", u128::MAX), ("ben", 1)]).unwrap_err();
    assert!(
        matches!(sum, ContractError::Std(cosmwasm_std::StdError::Overflow { .. })),
        "{sum:?}"
    );
}

#[test]
fn one_message_makes_1_to_200_mints() {
    let mut world = World::new();
    world.set_issuer("mining", limit(10, 1_000, 1_000)).unwrap();
    let many = |count| vec![("ann", 1); count];
    world.reserve("mining", 1, 1_000).unwrap();
    for count in [0, 201] {
        assert_eq!(
            world.mint("mining", &many(count)).unwrap_err(),
            out_of_bounds("mints", 1, 200, count as u64)
        );
    }
    world.mint("mining", &many(200)).unwrap();
    assert_eq!(world.held("ann"), 200);
}

#[test]
fn the_supply_bounds_what_is_out_and_reserved() {
    let mut world = World::with(|msg| msg.max_supply = Some(Uint128::new(100)));
    for name in ["mining", "merchant"] {
        world.set_issuer(name, limit(10, 80, 1_000)).unwrap();
    }
    world.reserve("mining", 1, 80).unwrap();
    assert_eq!(world.issuer("merchant", 1).available.u128(), 20);
    let refused = |available: u128, amount: u128| ContractError::AboveSupply {
        available: available.into(),
        amount: amount.into(),
    };
    assert_eq!(world.reserve("merchant", 1, 21).unwrap_err(), refused(20, 21));
    world.mint("mining", &[("ann", 50)]).unwrap();
    assert_eq!(world.reserve("merchant", 1, 21).unwrap_err(), refused(20, 21));
    world.by("ann", super::world::burn(5)).unwrap();
    world.by("mining", release(5)).unwrap();
    world.reserve("merchant", 1, 30).unwrap();
    assert_eq!(world.reserve("merchant", 1, 1).unwrap_err(), refused(0, 1));
}

#[test]
fn a_pause_stops_reservations_and_nothing_else() {
    let mut world = ready();
    world.reserve("mining", 1, 50).unwrap();
    let guardian = world.role(Role::Guardian);
    world.run(&guardian, ExecuteMsg::Access(AccessMsg::Pause {})).unwrap();
    assert_eq!(
        world.reserve("mining", 1, 1).unwrap_err(),
        ContractError::Access(AccessError::Paused {})
    );
    assert_eq!(world.issuer("mining", 1).available.u128(), 0);
    world.mint("mining", &[("ann", 20)]).unwrap();
    world.by("mining", release(30)).unwrap();
    let ben = world.addr("ben");
    world.set_acceptor("shop", true).unwrap();
    let shop = world.addr("shop");
    world.by("ann", super::world::transfer(&ben, 5)).unwrap();
    world.by("ann", super::world::send(&shop, 5, b"")).unwrap();
    world.by("ann", super::world::burn(5)).unwrap();
    world.lower_issuer("mining", limit(10, 60, 60)).unwrap();
    world.own(ExecuteMsg::Access(AccessMsg::Unpause {}));
    assert_eq!(world.issuer("mining", 1).available.u128(), 10);
    world.reserve("mining", 1, 10).unwrap();
}

#[test]
fn only_issuers_reserve_release_and_mint() {
    let mut world = ready();
    let address = world.addr("stranger");
    let refused = || ContractError::NotAnIssuer {
        address: address.clone(),
    };
    assert_eq!(world.reserve("stranger", 1, 1).unwrap_err(), refused());
    assert_eq!(world.by("stranger", release(1)).unwrap_err(), refused());
    assert_eq!(world.mint("stranger", &[("ann", 1)]).unwrap_err(), refused());
    let issuer = address.to_string();
    assert_eq!(
        world.ask_raw(QueryMsg::Issuer { issuer, day: 1 }).unwrap_err(),
        refused()
    );
    assert_eq!(world.reserve("mining", 1, 0).unwrap_err(), ZERO);
}

#[test]
fn a_mint_to_a_broken_address_is_refused() {
    let mut world = ready();
    world.reserve("mining", 1, 50).unwrap();
    for address in broken_addresses(&world) {
        let mints = vec![Mint {
            to: Addr::unchecked(&address),
            amount: Uint128::one(),
        }];
        is_broken(world.by("mining", ExecuteMsg::Mint { mints }), &address);
    }
    assert_eq!(world.issuer("mining", 1).reserved.u128(), 50);
}
