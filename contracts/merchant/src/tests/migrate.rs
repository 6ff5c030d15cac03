//! Migration checks name and version and leaves the state alone.

use super::support::*;
use crate::contract::{migrate, CONTRACT_NAME, CONTRACT_VERSION};
use crate::ContractError;
use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cw_multi_test::{ContractWrapper, Executor};
use vrs_interface::merchant::MigrateMsg;

#[test]
fn the_same_version_keeps_the_state() {
    let mut world = World::new();
    let shop = world.shops(1)[0];
    let person = world.customers(1)[0];
    world.sell(shop, 1, &[store(person, 1_000)]);
    let merchant = world.merchant.clone();
    let before = world.app.dump_wasm_raw(&merchant);
    let wrapper = ContractWrapper::new(
        crate::contract::execute,
        crate::contract::instantiate,
        crate::contract::query,
    );
    let code = world.app.store_code(Box::new(wrapper.with_migrate(migrate)));
    let owner = world.owner.clone();
    world
        .app
        .migrate_contract(owner, merchant.clone(), &MigrateMsg {}, code)
        .unwrap();
    assert_eq!(world.app.dump_wasm_raw(&merchant), before);
    world.sell(shop, 1, &[store(person, 1_000)]);
}

#[test]
fn another_contract_or_a_newer_version_is_refused() {
    let mut deps = mock_dependencies();
    cw2::set_contract_version(deps.as_mut().storage, "crates.io:other", CONTRACT_VERSION).unwrap();
    let refused = migrate(deps.as_mut(), mock_env(), MigrateMsg {}).map(|_| ());
    let expected = ContractError::WrongContract {
        expected: CONTRACT_NAME.into(),
        actual: "crates.io:other".into(),
    };
    assert_eq!(refused, Err(expected));
    cw2::set_contract_version(deps.as_mut().storage, CONTRACT_NAME, "99.0.0").unwrap();
    let refused = migrate(deps.as_mut(), mock_env(), MigrateMsg {}).map(|_| ());
    let Err(ContractError::WrongVersion { expected, actual, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((expected.as_str(), actual.as_str()), (CONTRACT_VERSION, "99.0.0"));
}
