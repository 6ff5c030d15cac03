//! A contract that does what it is told: a token, a receiver, an oracle or a consumer that lies.

use cosmwasm_std::{
    from_json, to_json_binary, to_json_vec, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError,
    StdResult, WasmMsg,
};
use cw20::Cw20ReceiveMsg;
use cw_multi_test::{ContractWrapper, Executor};
use serde::{Deserialize, Serialize};
use vrs_interface::attested::Delivery;
use vrs_tests::suite::Suite;

const PLAN: &[u8] = b"plan";
const CALLED: &[u8] = b"called";

/// What it does when a hook calls it.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct Plan {
    /// Messages that it sends.
    pub calls: Vec<WasmMsg>,
    /// Whether it fails.
    pub fails: bool,
    /// What it answers.
    pub data: Option<Binary>,
}

/// What it understands.
#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(rename_all = "snake_case")]
pub enum PuppetMsg {
    /// Remembers a plan.
    Plan(Plan),
    /// Sends messages in its own name.
    Run(Vec<WasmMsg>),
    /// The hook of a cw20.
    Receive(Cw20ReceiveMsg),
    /// The hook of an oracle.
    Attested {
        /// Verified batches.
        deliveries: Vec<Delivery>,
    },
}

fn execute(deps: DepsMut, _: Env, _: MessageInfo, msg: PuppetMsg) -> StdResult<Response> {
    match msg {
        PuppetMsg::Plan(plan) => {
            deps.storage.set(PLAN, &to_json_vec(&plan)?);
            Ok(Response::new())
        }
        PuppetMsg::Run(calls) => Ok(Response::new().add_messages(calls)),
        PuppetMsg::Receive(_) | PuppetMsg::Attested { .. } => {
            let called: u32 = deps.storage.get(CALLED).map_or(Ok(0), from_json)?;
            deps.storage.set(CALLED, &to_json_vec(&(called + 1))?);
            let plan: Plan = deps.storage.get(PLAN).map_or(Ok(Plan::default()), from_json)?;
            if plan.fails {
                return Err(StdError::generic_err("the puppet fails"));
            }
            let mut response = Response::new().add_messages(plan.calls);
            response.data = plan.data;
            Ok(response)
        }
    }
}

fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

/// How often a hook called it.
fn query(deps: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&deps.storage.get(CALLED).map_or(Ok(0u32), from_json)?)
}

/// A puppet on the suite's chain.
pub fn puppet(suite: &mut Suite) -> Addr {
    let code = suite
        .chain
        .store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
    let owner = suite.owner.clone();
    suite
        .chain
        .instantiate_contract(code, owner, &Empty {}, &[], "puppet", None)
        .unwrap()
}

/// Tells the puppet what to do when it is called.
pub fn plan(suite: &mut Suite, puppet: &Addr, plan: Plan) {
    suite.owns(puppet, &PuppetMsg::Plan(plan));
}

/// Lets the puppet send messages; the error is that of the contract called.
pub fn run(suite: &mut Suite, puppet: &Addr, calls: Vec<WasmMsg>) -> Result<(), String> {
    let owner = suite.owner.clone();
    suite.send(&owner, puppet, &PuppetMsg::Run(calls)).map(|_| ())
}

/// How often a hook called the puppet.
pub fn called(suite: &Suite, puppet: &Addr) -> u32 {
    suite.ask(puppet, &Empty {})
}

/// A message to a contract.
pub fn call<M: Serialize>(contract: &Addr, msg: &M) -> WasmMsg {
    WasmMsg::Execute {
        contract_addr: contract.to_string(),
        msg: to_json_binary(msg).unwrap(),
        funds: vec![],
    }
}
