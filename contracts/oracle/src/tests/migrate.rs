//! Migration: from this or an older version of this contract only. Unknown replies are refused.

use crate::contract::{migrate, reply, CONTRACT_NAME, CONTRACT_VERSION};
use crate::ContractError;
use cosmwasm_std::testing::{mock_dependencies, mock_env};
use cosmwasm_std::{Binary, Empty, Reply, SubMsgResponse, SubMsgResult};

fn from(contract: &str, version: &str) -> Result<(), ContractError> {
    let mut deps = mock_dependencies();
    cw2::set_contract_version(&mut deps.storage, contract, version).unwrap();
    migrate(deps.as_mut(), mock_env(), Empty {}).map(|_| ())
}

#[test]
fn the_same_and_an_older_version() {
    assert_eq!(from(CONTRACT_NAME, CONTRACT_VERSION), Ok(()));
    assert_eq!(from(CONTRACT_NAME, "0.0.1"), Ok(()));
}

#[test]
fn another_contract_or_a_newer_version() {
    assert_eq!(
        from("crates.io:vrs-token", CONTRACT_VERSION),
        Err(ContractError::WrongContract {
            expected: CONTRACT_NAME.into(),
            actual: "crates.io:vrs-token".into()
        })
    );
    match from(CONTRACT_NAME, "99.0.0") {
        Err(ContractError::WrongVersion { expected, actual, .. }) => {
            assert_eq!((expected.as_str(), actual.as_str()), (CONTRACT_VERSION, "99.0.0"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reply_that_was_not_asked_for() {
    let mut deps = mock_dependencies();
    #[allow(deprecated)]
    let reply_msg = Reply {
        id: 2,
        payload: Binary::default(),
        gas_used: 0,
        result: SubMsgResult::Ok(SubMsgResponse {
            events: vec![],
            data: None,
            msg_responses: vec![],
        }),
    };
    assert_eq!(
        reply(deps.as_mut(), mock_env(), reply_msg),
        Err(ContractError::UnknownReply { expected: 1, actual: 2 })
    );
}
