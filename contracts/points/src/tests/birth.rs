use super::world::{broken_addresses, is_broken, out_of_bounds, World, START};
use crate::contract::instantiate;
use crate::ContractError;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{coins, Uint128};
use cw20::TokenInfoResponse;
use vrs_access::AccessError;
use vrs_days::ClockError;
use vrs_interface::points::{InstantiateMsg, QueryMsg};
use vrs_message::BoundError;

fn born(change: impl FnOnce(&mut InstantiateMsg)) -> Result<(), ContractError> {
    let world = World::new();
    let mut msg = world.birth();
    change(&mut msg);
    let mut deps = mock_dependencies();
    instantiate(deps.as_mut(), mock_env(), message_info(&world.owner, &[]), msg).map(|_| ())
}

#[test]
fn points_are_born_without_any() {
    let world = World::with(|msg| msg.max_supply = Some(Uint128::new(9)));
    let told: TokenInfoResponse = world.ask(QueryMsg::TokenInfo {});
    assert_eq!(
        (
            told.name.as_str(),
            told.symbol.as_str(),
            told.decimals,
            told.total_supply.u128()
        ),
        ("Health Point", "HP", 6, 0)
    );
    let config = world.config();
    assert_eq!((config.clock.start, config.identity), (START, world.addr("identity")));
    assert_eq!(
        (config.max_supply, config.verified_only),
        (Some(Uint128::new(9)), false)
    );
    assert_eq!((config.raise_delay_days, config.reserved.u128()), (7, 0));
    assert_eq!((config.minted.u128(), config.burned.u128()), (0, 0));
}

#[test]
fn a_name_with_blanks_at_its_ends_is_refused() {
    for name in [" Health Point", "Health Point ", "Health Point\n", "   "] {
        let blanks = BoundError::Blanks {
            field: "name",
            actual: name.into(),
        };
        assert_eq!(born(|msg| msg.name = name.into()), Err(ContractError::Bound(blanks)));
    }
}

#[test]
fn every_bound_holds_at_its_edge() {
    let text = |length: usize| "x".repeat(length);
    for length in [3, 50] {
        born(|msg| msg.name = text(length)).unwrap();
    }
    for length in [2, 51] {
        let refused = BoundError::OutOfBounds {
            field: "name",
            min: 3,
            max: 50,
            actual: length as u64,
        };
        assert_eq!(born(|msg| msg.name = text(length)), Err(refused.into()));
    }
    for symbol in ["HP", "vrs-POINT-12"] {
        born(|msg| msg.symbol = symbol.into()).unwrap();
    }
    for length in [1, 13] {
        let refused = out_of_bounds("symbol", 2, 12, length as u64);
        assert_eq!(born(|msg| msg.symbol = text(length)), Err(refused));
    }
    for symbol in ["H P", "H_P", "H\u{e9}"] {
        let actual = symbol.to_string();
        let refused = ContractError::InvalidSymbol { actual };
        assert_eq!(born(|msg| msg.symbol = symbol.into()), Err(refused));
    }
    born(|msg| msg.decimals = 18).unwrap();
    assert_eq!(born(|msg| msg.decimals = 19), Err(out_of_bounds("decimals", 0, 18, 19)));
    for days in [1, 30] {
        born(|msg| msg.raise_delay_days = days).unwrap();
    }
    for days in [0, 31] {
        let refused = out_of_bounds("raise_delay_days", 1, 30, days.into());
        assert_eq!(born(|msg| msg.raise_delay_days = days), Err(refused));
    }
    born(|msg| msg.max_supply = Some(Uint128::one())).unwrap();
    assert_eq!(
        born(|msg| msg.max_supply = Some(Uint128::zero())),
        Err(ContractError::ZeroAmount { field: "max_supply" })
    );
}

#[test]
fn clock_addresses_and_coins_are_checked() {
    let refused = ContractError::Clock(ClockError::OutOfBounds {
        field: "day_seconds",
        min: 10,
        max: 86_400,
        actual: 9,
    });
    assert_eq!(born(|msg| msg.clock.day_seconds = 9), Err(refused));
    let world = World::new();
    for address in broken_addresses(&world) {
        is_broken(born(|msg| msg.owner = address.clone()), &address);
        is_broken(born(|msg| msg.identity = address.clone()), &address);
    }
    let mut deps = mock_dependencies();
    let info = message_info(&world.owner, &coins(1, "ustake"));
    assert_eq!(
        instantiate(deps.as_mut(), mock_env(), info, world.birth()).map(|_| ()),
        Err(ContractError::Access(AccessError::NativeCoins {
            sent: "1ustake".into()
        }))
    );
}
