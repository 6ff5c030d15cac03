use super::world::{node, World};
use crate::contract::{migrate, CONTRACT_NAME, CONTRACT_VERSION};
use crate::ContractError;
use vrs_interface::mining::{MigrateMsg, QueryMsg};

#[test]
fn the_same_or_an_older_version_is_taken_over() {
    let mut world = World::new();
    world.report(1, &[node(1, 1, 24)]);
    let scores = || QueryMsg::Scores {
        account: None,
        start_after: None,
        limit: None,
    };
    let before = world.raw(scores());
    for version in [CONTRACT_VERSION, "0.0.9"] {
        cw2::set_contract_version(&mut world.deps.storage, CONTRACT_NAME, version).unwrap();
        migrate(world.deps.as_mut(), world.env.clone(), MigrateMsg {}).unwrap();
        let stored = cw2::get_contract_version(&world.deps.storage).unwrap();
        assert_eq!(
            (stored.contract.as_str(), stored.version.as_str()),
            (CONTRACT_NAME, CONTRACT_VERSION)
        );
    }
    assert_eq!(world.raw(scores()), before);
}

#[test]
fn another_contract_and_a_newer_version_are_refused() {
    let mut world = World::new();
    cw2::set_contract_version(&mut world.deps.storage, "crates.io:vrs-points", CONTRACT_VERSION).unwrap();
    let refused = ContractError::WrongContract {
        expected: CONTRACT_NAME.into(),
        actual: "crates.io:vrs-points".into(),
    };
    assert_eq!(
        migrate(world.deps.as_mut(), world.env.clone(), MigrateMsg {}),
        Err(refused)
    );
    for version in ["99.0.0", "soon"] {
        cw2::set_contract_version(&mut world.deps.storage, CONTRACT_NAME, version).unwrap();
        let outcome = migrate(world.deps.as_mut(), world.env.clone(), MigrateMsg {});
        assert!(
            matches!(&outcome, Err(ContractError::WrongVersion { actual, .. }) if actual == version),
            "{outcome:?}"
        );
    }
}
