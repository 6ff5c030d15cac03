//! A contract that takes whatever it is sent, as a shop of points would. It is no part of the suite and has no wasm.

use super::Chain;
use cosmwasm_std::{Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError};
use cw_multi_test::{ContractWrapper, Executor as _};
use serde_json::Value;

/// Brings one to the chain.
pub fn found(chain: &mut Chain, owner: &Addr) -> Addr {
    let code = chain.store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let founded = chain.instantiate_contract(code, owner.clone(), &Empty {}, &[], "taker", None);
    founded.expect("it takes its birth too")
}

fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> Result<Response, StdError> {
    Ok(Response::new())
}

fn execute(_: DepsMut, _: Env, _: MessageInfo, _: Value) -> Result<Response, StdError> {
    Ok(Response::new())
}

fn query(_: Deps, _: Env, _: Empty) -> Result<Binary, StdError> {
    Ok(Binary::default())
}
