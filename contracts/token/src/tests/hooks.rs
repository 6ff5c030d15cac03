//! Sends to contracts, friendly and hostile ones, through a whole chain of messages.

use super::support::birth;
use crate::contract::{execute, instantiate, query};
use crate::ContractError;
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
    Timestamp, Uint128, WasmMsg,
};
use cw20::{BalanceResponse, Cw20Contract, Cw20ReceiveMsg};
use cw_multi_test::{App, AppBuilder, AppResponse, ContractWrapper, Executor, MockApiBech32};
use vrs_interface::token::{ExecuteMsg, QueryMsg};

/// What the receiver was told to do when tokens arrive.
#[cw_serde]
enum Trick {
    /// Note what came and what it holds by then.
    Note,
    /// Refuse.
    Fail,
    /// Call the token back with these messages.
    Reenter(Vec<ExecuteMsg>),
}

#[cw_serde]
enum ReceiverMsg {
    Receive(Cw20ReceiveMsg),
}

fn receive(deps: DepsMut, env: Env, info: MessageInfo, msg: ReceiverMsg) -> StdResult<Response> {
    let ReceiverMsg::Receive(told) = msg;
    let held = Cw20Contract(info.sender.clone()).balance(&deps.querier, env.contract.address)?;
    let response = Response::new()
        .add_attribute("sender", told.sender)
        .add_attribute("told", told.amount)
        .add_attribute("held", held);
    match from_json(told.msg)? {
        Trick::Note => Ok(response),
        Trick::Fail => Err(StdError::generic_err("refused by the receiver")),
        Trick::Reenter(messages) => Ok(response.add_messages(messages.into_iter().map(|msg| WasmMsg::Execute {
            contract_addr: info.sender.to_string(),
            msg: to_json_binary(&msg).unwrap(),
            funds: vec![],
        }))),
    }
}

fn nothing(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

fn no_answer(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    Err(StdError::generic_err("no queries"))
}

type Chain = App<cw_multi_test::BankKeeper, MockApiBech32>;

struct World {
    app: Chain,
    token: Addr,
    receiver: Addr,
    alice: Addr,
    bob: Addr,
}

impl World {
    fn new() -> Self {
        let mut app = AppBuilder::new()
            .with_api(MockApiBech32::new("wasm"))
            .build(|_, _, _| ());
        app.update_block(|block| block.time = Timestamp::from_seconds(super::support::START + 5));
        let (alice, bob) = (app.api().addr_make("alice"), app.api().addr_make("bob"));
        let code = app.store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
        let msg = birth(&[(alice.clone(), 1_000), (bob.clone(), 200)]);
        let token = app
            .instantiate_contract(code, alice.clone(), &msg, &[], "token", None)
            .unwrap();
        let code = app.store_code(Box::new(ContractWrapper::new(receive, nothing, no_answer)));
        let receiver = app
            .instantiate_contract(code, alice.clone(), &Empty {}, &[], "receiver", None)
            .unwrap();
        World {
            app,
            token,
            receiver,
            alice,
            bob,
        }
    }

    fn execute(&mut self, sender: &Addr, msg: &ExecuteMsg) -> Result<AppResponse, String> {
        let result = self.app.execute_contract(sender.clone(), self.token.clone(), msg, &[]);
        self.check();
        result.map_err(|error| format!("{error:#}"))
    }

    fn send(&mut self, amount: u128, trick: Trick) -> Result<AppResponse, String> {
        let msg = ExecuteMsg::Send {
            contract: self.receiver.to_string(),
            amount: Uint128::new(amount),
            msg: to_json_binary(&trick).unwrap(),
        };
        self.execute(&self.alice.clone(), &msg)
    }

    fn balance(&self, who: &Addr) -> u128 {
        let address = who.to_string();
        let answer: BalanceResponse = self
            .app
            .wrap()
            .query_wasm_smart(&self.token, &QueryMsg::Balance { address })
            .unwrap();
        answer.balance.u128()
    }

    /// All there is stands with these three.
    fn check(&self) {
        let supply = Cw20Contract(self.token.clone())
            .meta(&self.app.wrap())
            .unwrap()
            .total_supply
            .u128();
        let sum: u128 = [&self.alice, &self.bob, &self.receiver]
            .map(|who| self.balance(who))
            .iter()
            .sum();
        assert_eq!(sum, supply);
    }
}

fn noted(response: &AppResponse) -> Vec<(String, String, String)> {
    let value = |event: &cosmwasm_std::Event, name: &str| {
        event.attributes.iter().find(|a| a.key == name).map(|a| a.value.clone())
    };
    response
        .events
        .iter()
        .filter_map(|event| Some((value(event, "sender")?, value(event, "told")?, value(event, "held")?)))
        .collect()
}

fn transfer(to: &Addr, amount: u128) -> ExecuteMsg {
    ExecuteMsg::Transfer {
        recipient: to.to_string(),
        amount: Uint128::new(amount),
    }
}

#[test]
fn the_receiver_is_told_what_it_already_holds() {
    let mut world = World::new();
    let response = world.send(30, Trick::Note).unwrap();
    assert_eq!(noted(&response), [(world.alice.to_string(), "30".into(), "30".into())]);
    let response = world.send(5, Trick::Note).unwrap();
    assert_eq!(noted(&response), [(world.alice.to_string(), "5".into(), "35".into())]);
}

#[test]
fn a_spender_sends_in_his_own_name() {
    let mut world = World::new();
    let (alice, bob) = (world.alice.clone(), world.bob.clone());
    let allow = ExecuteMsg::IncreaseAllowance {
        spender: bob.to_string(),
        amount: Uint128::new(10),
        expires: None,
    };
    world.execute(&alice, &allow).unwrap();
    let send = ExecuteMsg::SendFrom {
        owner: alice.to_string(),
        contract: world.receiver.to_string(),
        amount: Uint128::new(10),
        msg: to_json_binary(&Trick::Note).unwrap(),
    };
    let response = world.execute(&bob, &send).unwrap();
    assert_eq!(noted(&response), [(bob.to_string(), "10".into(), "10".into())]);
    assert_eq!(world.balance(&alice), 990);
}

#[test]
fn a_receiver_that_fails_undoes_the_move() {
    let mut world = World::new();
    let error = world.send(30, Trick::Fail).unwrap_err();
    assert!(error.contains("refused by the receiver"), "{error}");
    assert_eq!(
        (world.balance(&world.alice), world.balance(&world.receiver)),
        (1_000, 0)
    );
}

#[test]
fn a_send_to_a_person_undoes_the_move() {
    let mut world = World::new();
    let (alice, bob) = (world.alice.clone(), world.bob.clone());
    let msg = ExecuteMsg::Send {
        contract: bob.to_string(),
        amount: Uint128::new(5),
        msg: Binary::default(),
    };
    world.execute(&alice, &msg).unwrap_err();
    assert_eq!((world.balance(&alice), world.balance(&bob)), (1_000, 200));
}

#[test]
fn a_receiver_may_pass_on_what_it_got_and_no_more() {
    let mut world = World::new();
    let bob = world.bob.clone();
    world
        .send(30, Trick::Reenter(vec![transfer(&bob, 20), transfer(&bob, 10)]))
        .unwrap();
    assert_eq!((world.balance(&bob), world.balance(&world.receiver)), (230, 0));
    let error = world
        .send(30, Trick::Reenter(vec![transfer(&bob, 20), transfer(&bob, 11)]))
        .unwrap_err();
    let short = ContractError::InsufficientFunds {
        balance: Uint128::new(10),
        amount: Uint128::new(11),
    };
    assert!(error.contains(&short.to_string()), "{error}");
    assert_eq!((world.balance(&bob), world.balance(&world.receiver)), (230, 0));
}

#[test]
fn a_hostile_receiver_gains_nothing_by_calling_back() {
    let mut world = World::new();
    let (alice, receiver) = (world.alice.clone(), world.receiver.clone());
    let note = to_json_binary(&Trick::Note).unwrap();
    let steal = Uint128::new(1);
    let from_alice = [
        ExecuteMsg::TransferFrom {
            owner: alice.to_string(),
            recipient: receiver.to_string(),
            amount: steal,
        },
        ExecuteMsg::SendFrom {
            owner: alice.to_string(),
            contract: receiver.to_string(),
            amount: steal,
            msg: note.clone(),
        },
        ExecuteMsg::BurnFrom {
            owner: alice.to_string(),
            amount: steal,
        },
    ];
    for msg in from_alice {
        let error = world.send(30, Trick::Reenter(vec![msg])).unwrap_err();
        assert!(error.contains(&ContractError::NoAllowance {}.to_string()), "{error}");
        assert_eq!((world.balance(&alice), world.balance(&receiver)), (1_000, 0));
    }
    // To itself, within its own hook: told twice, holding the same.
    let again = ExecuteMsg::Send {
        contract: receiver.to_string(),
        amount: Uint128::new(30),
        msg: note,
    };
    let response = world.send(30, Trick::Reenter(vec![again])).unwrap();
    let told = |sender: &Addr| (sender.to_string(), "30".to_string(), "30".to_string());
    assert_eq!(noted(&response), [told(&alice), told(&receiver)]);
    // Burning its own is its right, and lowers the supply.
    world
        .send(
            30,
            Trick::Reenter(vec![ExecuteMsg::Burn {
                amount: Uint128::new(60),
            }]),
        )
        .unwrap();
    assert_eq!((world.balance(&alice), world.balance(&receiver)), (940, 0));
}

#[test]
fn what_passes_through_in_one_transaction_counts_nothing() {
    let mut world = World::new();
    let (alice, receiver) = (world.alice.clone(), world.receiver.clone());
    world.send(600, Trick::Reenter(vec![transfer(&alice, 600)])).unwrap();
    world.app.update_block(|block| block.time = block.time.plus_days(1));
    world.send(600, Trick::Reenter(vec![transfer(&alice, 600)])).unwrap();
    world.app.update_block(|block| block.time = block.time.plus_days(1));
    let lowest = |who: &Addr, day| {
        let msg = QueryMsg::LowestOn {
            address: who.to_string(),
            day,
        };
        let answer: BalanceResponse = world.app.wrap().query_wasm_smart(&world.token, &msg).unwrap();
        answer.balance.u128()
    };
    assert_eq!((lowest(&receiver, 1), lowest(&receiver, 2)), (0, 0));
    assert_eq!((lowest(&alice, 1), lowest(&alice, 2)), (0, 400));
}
