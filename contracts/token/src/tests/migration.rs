use super::support::*;
use crate::contract::{migrate, CONTRACT_NAME, CONTRACT_VERSION};
use crate::ContractError;
use cosmwasm_std::{Response, StdError};
use vrs_interface::token::MigrateMsg;

fn migrated_from(name: &str, version: &str) -> Result<(Response, String), ContractError> {
    let mut token = Token::new(&[(person(1), 5)]);
    cw2::set_contract_version(&mut token.0.deps.storage, name, version).unwrap();
    let response = token.0.call(|deps, env| migrate(deps, env, MigrateMsg {}))?;
    assert_eq!(token.balance(&person(1)), 5);
    Ok((
        response,
        cw2::get_contract_version(token.deps().storage).unwrap().version,
    ))
}

#[test]
fn birth_writes_name_and_version() {
    let token = Token::new(&[(person(1), 5)]);
    let stored = cw2::get_contract_version(token.deps().storage).unwrap();
    assert_eq!(
        (stored.contract.as_str(), stored.version.as_str()),
        ("crates.io:vrs-token", CONTRACT_VERSION)
    );
}

#[test]
fn the_same_and_older_versions_are_taken_over() {
    for version in [CONTRACT_VERSION, "0.0.9"] {
        let (response, now) = migrated_from(CONTRACT_NAME, version).unwrap();
        assert_eq!(response, Response::new());
        assert_eq!(now, CONTRACT_VERSION);
    }
}

#[test]
fn a_newer_version_or_an_unreadable_one_is_refused() {
    for version in ["99.0.0", "one"] {
        match migrated_from(CONTRACT_NAME, version).unwrap_err() {
            ContractError::WrongVersion { expected, actual, .. } => {
                assert_eq!((expected.as_str(), actual.as_str()), (CONTRACT_VERSION, version));
            }
            other => panic!("{other}"),
        }
    }
}

#[test]
fn another_contract_is_refused() {
    let expected = ContractError::WrongContract {
        expected: CONTRACT_NAME.into(),
        actual: "crates.io:cw20-base".into(),
    };
    assert_eq!(migrated_from("crates.io:cw20-base", "0.0.1").unwrap_err(), expected);
}

#[test]
fn state_without_a_version_is_refused() {
    let mut bench = Bench::new();
    let error = bench.call(|deps, env| migrate(deps, env, MigrateMsg {})).unwrap_err();
    assert!(
        matches!(error, ContractError::Std(StdError::NotFound { .. })),
        "{error}"
    );
}
