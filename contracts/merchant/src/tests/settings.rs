//! Birth.

use super::support::*;
use crate::contract;
use crate::ContractError;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::Uint128;
use cw_multi_test::{ContractWrapper, Executor};
use vrs_access::AccessError;
use vrs_days::{Clock, ClockError};
use vrs_interface::merchant::{InstantiateMsg, Side};

/// Instantiates once more, over the contracts of a world.
fn born(world: &mut World, change: impl FnOnce(&mut InstantiateMsg)) -> Result<(), ContractError> {
    let mut init = InstantiateMsg {
        owner: world.owner.to_string(),
        clock: Clock::daily(START),
        identity: world.identity.to_string(),
        oracle: world.door.to_string(),
        bzky: world.bzky.to_string(),
        time: world.time.to_string(),
        params: params(),
        horizon_days: 180,
        expiry_days: 365,
        raise_delay_days: 7,
    };
    change(&mut init);
    let wrapper = ContractWrapper::new(contract::execute, contract::instantiate, contract::query);
    let code = world.app.store_code(Box::new(wrapper));
    let owner = world.owner.clone();
    let born = world.app.instantiate_contract(code, owner, &init, &[], "again", None);
    born.map(|_| ())
        .map_err(|error| error.downcast::<ContractError>().unwrap())
}

#[test]
fn a_contract_is_born_with_what_it_was_told() {
    let world = World::bare(|init| {
        init.horizon_days = 30;
        init.expiry_days = 180;
        init.raise_delay_days = 1;
    });
    let config = config(&world);
    assert_eq!(
        (config.identity, config.oracle),
        (world.identity.clone(), world.door.clone())
    );
    assert_eq!((config.bzky, config.time), (world.bzky.clone(), world.time.clone()));
    assert_eq!((config.params, config.planned), (params(), None));
    assert_eq!(
        (config.horizon_days, config.expiry_days, config.raise_delay_days),
        (30, 180, 1)
    );
    for side in [Side::Merchants, Side::Customers] {
        assert_eq!(world.pool(side).funded, Uint128::zero());
    }
}

#[test]
fn periods_have_bounds() {
    let mut world = World::bare(|_| {});
    let mut with = |change: &dyn Fn(&mut InstantiateMsg)| born(&mut world, |init| change(init));
    assert_eq!(
        with(&|init| init.horizon_days = 29),
        bounds("horizon_days", 30, 366, 29)
    );
    assert_eq!(
        with(&|init| init.horizon_days = 367),
        bounds("horizon_days", 30, 366, 367)
    );
    assert_eq!(
        with(&|init| init.expiry_days = 179),
        bounds("expiry_days", 180, 3_650, 179)
    );
    assert_eq!(
        with(&|init| init.expiry_days = 3_651),
        bounds("expiry_days", 180, 3_650, 3_651)
    );
    assert_eq!(
        with(&|init| init.raise_delay_days = 0),
        bounds("raise_delay_days", 1, 30, 0)
    );
    assert_eq!(
        with(&|init| init.raise_delay_days = 31),
        bounds("raise_delay_days", 1, 30, 31)
    );
    assert_eq!(
        with(&|init| (init.horizon_days, init.expiry_days) = (366, 3_650)),
        Ok(())
    );
    let clock = ClockError::OutOfBounds {
        field: "day_seconds",
        min: 10,
        max: 86_400,
        actual: 9,
    };
    assert_eq!(with(&|init| init.clock.day_seconds = 9), Err(clock.into()));
}

#[test]
fn addresses_are_this_chains_and_lower_case() {
    let mut world = World::bare(|_| {});
    for field in 0..5 {
        let refused = born(&mut world, |init| {
            let fields = [
                &mut init.owner,
                &mut init.identity,
                &mut init.oracle,
                &mut init.bzky,
                &mut init.time,
            ];
            for (at, address) in fields.into_iter().enumerate() {
                if at == field {
                    *address = address.to_uppercase();
                }
            }
        });
        let Err(ContractError::Access(AccessError::InvalidAddress { address, .. })) = refused else {
            panic!("field {field}: {refused:?}");
        };
        assert_eq!(address, address.to_uppercase());
    }
}

#[test]
fn all_contracts_count_days_alike() {
    for (contract, at) in [("identity", 0), ("oracle", 1), ("bzky", 2), ("time", 3)] {
        let mut world = World::bare(|_| {});
        let mut clock = Clock::daily(START);
        clock.close_after += 1;
        let code = world.app.store_code(Box::new(ContractWrapper::new(
            door::execute,
            door::instantiate,
            door::query,
        )));
        let birth = door::Birth { clock: clock.clone() };
        let owner = world.owner.clone();
        let other = world
            .app
            .instantiate_contract(code, owner, &birth, &[], "other", None)
            .unwrap();
        let refused = born(&mut world, |init| {
            let fields = [&mut init.identity, &mut init.oracle, &mut init.bzky, &mut init.time];
            for (n, address) in fields.into_iter().enumerate() {
                if n == at {
                    *address = other.to_string();
                }
            }
        });
        let expected = ContractError::OtherClock {
            contract,
            expected: Box::new(Clock::daily(START)),
            actual: Box::new(clock),
        };
        assert_eq!(refused, Err(expected));
    }
    // What is no contract can't be asked.
    let mut world = World::bare(|_| {});
    let nobody = MockApi::default().addr_make("nobody");
    let refused = born(&mut world, |init| init.identity = nobody.to_string());
    assert!(matches!(refused, Err(ContractError::Std(_))), "{refused:?}");
}
