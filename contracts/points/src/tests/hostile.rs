//! Acceptors that mean harm: they fail, call back, pass on more than they got, call themselves.

use super::world::{burn, limit, send, transfer, START};
use crate::contract::{execute, instantiate, query};
use crate::ContractError;
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
    Timestamp, Uint128, WasmMsg,
};
use cw20::{BalanceResponse, Cw20ReceiveMsg, TokenInfoResponse};
use cw_multi_test::{App, ContractWrapper, Executor};
use serde::{Deserialize, Serialize};
use vrs_days::Clock;
use vrs_interface::identity::{self, MemberOfResponse};
use vrs_interface::points::{ExecuteMsg, InstantiateMsg, Mint, QueryMsg};

/// What the acceptor is told, and what it does with it.
#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(rename_all = "snake_case")]
enum Plot {
    /// Keeps what it got.
    Keep,
    /// Fails.
    Fail,
    /// Gives so much to this account.
    Give(Addr, u128),
    /// Burns so much.
    Burn(u128),
    /// Mints so much for itself.
    Mint(u128),
    /// Sends so much to itself, with the next plot.
    Again(u128, Box<Plot>),
}

#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(rename_all = "snake_case")]
enum HostileMsg {
    Receive(Cw20ReceiveMsg),
}

fn hostile(_: DepsMut, env: Env, info: MessageInfo, msg: HostileMsg) -> Result<Response, ContractError> {
    let HostileMsg::Receive(told) = msg;
    let one = |msg: ExecuteMsg| -> Result<Response, ContractError> {
        Ok(Response::new().add_message(WasmMsg::Execute {
            contract_addr: info.sender.to_string(),
            msg: to_json_binary(&msg)?,
            funds: vec![],
        }))
    };
    let own = env.contract.address;
    match from_json(&told.msg)? {
        Plot::Keep => Ok(Response::new()),
        Plot::Fail => Err(unwanted()),
        Plot::Give(to, amount) => one(transfer(&to, amount)),
        Plot::Burn(amount) => one(burn(amount)),
        Plot::Mint(amount) => one(ExecuteMsg::Mint {
            mints: vec![Mint {
                to: own,
                amount: amount.into(),
            }],
        }),
        Plot::Again(amount, next) => one(send(&own, amount, &to_json_binary(&next)?)),
    }
}

fn born(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

fn refuse(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Err(StdError::generic_err("asked only"))
}

fn silent(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    Err(StdError::generic_err("told only"))
}

/// An identity for which everybody is member 1, verified.
fn everybody(_: Deps, _: Env, msg: identity::QueryMsg) -> StdResult<Binary> {
    assert!(matches!(msg, identity::QueryMsg::MemberOf { .. }));
    to_json_binary(&MemberOfResponse {
        member: Some(1),
        standing: Some(super::world::standing(true, false)),
    })
}

fn unwanted() -> ContractError {
    StdError::generic_err("I do not want it").into()
}

struct Chain {
    app: App,
    points: Addr,
    shop: Addr,
    ann: Addr,
    thief: Addr,
}

impl Chain {
    /// `ann` holds 100; the shop is hostile and holds 10.
    fn new() -> Self {
        let mut app = App::default();
        let [owner, issuer, ann, thief] = ["owner", "issuer", "ann", "thief"].map(|name| app.api().addr_make(name));
        app.update_block(|block| block.time = Timestamp::from_seconds(START));
        let identity = app.store_code(Box::new(ContractWrapper::new(refuse, born, everybody)));
        let shop = app.store_code(Box::new(ContractWrapper::new(hostile, born, silent)));
        let points = app.store_code(Box::new(ContractWrapper::new(execute, instantiate, query)));
        let [identity, shop] = [identity, shop].map(|code| {
            app.instantiate_contract(code, owner.clone(), &Empty {}, &[], "x", None)
                .unwrap()
        });
        let msg = InstantiateMsg {
            name: "Time".into(),
            symbol: "TIME".into(),
            decimals: 6,
            owner: owner.to_string(),
            clock: Clock::daily(START),
            identity: identity.to_string(),
            max_supply: None,
            verified_only: true,
            raise_delay_days: 1,
        };
        let points = app
            .instantiate_contract(points, owner.clone(), &msg, &[], "points", None)
            .unwrap();
        let amount = Uint128::new(110);
        let mint = |to: &Addr, amount: u128| Mint {
            to: to.clone(),
            amount: amount.into(),
        };
        for (sender, msg) in [
            (
                &owner,
                ExecuteMsg::SetIssuer {
                    issuer: issuer.to_string(),
                    limit: limit(1, 110, 110),
                },
            ),
            (
                &owner,
                ExecuteMsg::SetAcceptor {
                    acceptor: shop.to_string(),
                    accepts: true,
                },
            ),
            (&issuer, ExecuteMsg::Reserve { day: 1, amount }),
            (
                &issuer,
                ExecuteMsg::Mint {
                    mints: vec![mint(&ann, 100), mint(&shop, 10)],
                },
            ),
        ] {
            app.execute_contract(sender.clone(), points.clone(), &msg, &[]).unwrap();
        }
        Chain {
            app,
            points,
            shop,
            ann,
            thief,
        }
    }

    /// `ann` sends to the shop, which does as told.
    fn send(&mut self, amount: u128, plot: &Plot) -> Result<(), ContractError> {
        let msg = send(&self.shop, amount, &to_json_binary(plot).unwrap());
        let outcome = self
            .app
            .execute_contract(self.ann.clone(), self.points.clone(), &msg, &[]);
        outcome.map(|_| ()).map_err(|error| error.downcast().unwrap())
    }

    /// Balances of `ann`, the shop and the thief; their sum is the supply.
    fn held(&self) -> [u128; 3] {
        let held = [&self.ann, &self.shop, &self.thief].map(|account| {
            let address = account.to_string();
            let answer: BalanceResponse = self
                .app
                .wrap()
                .query_wasm_smart(&self.points, &QueryMsg::Balance { address })
                .unwrap();
            answer.balance.u128()
        });
        let info: TokenInfoResponse = self
            .app
            .wrap()
            .query_wasm_smart(&self.points, &QueryMsg::TokenInfo {})
            .unwrap();
        assert_eq!(held.iter().sum::<u128>(), info.total_supply.u128());
        held
    }
}

fn short(balance: u128, amount: u128) -> Result<(), ContractError> {
    Err(ContractError::InsufficientBalance {
        balance: balance.into(),
        amount: amount.into(),
    })
}

#[test]
fn an_acceptor_that_fails_leaves_everything_as_it_was() {
    let mut chain = Chain::new();
    assert_eq!(chain.send(40, &Plot::Fail), Err(unwanted()));
    assert_eq!(chain.held(), [100, 10, 0]);
    chain.send(40, &Plot::Keep).unwrap();
    assert_eq!(chain.held(), [60, 50, 0]);
}

#[test]
fn an_acceptor_that_calls_back_spends_what_it_holds_and_no_more() {
    let mut chain = Chain::new();
    let thief = chain.thief.clone();
    let give = |amount| Plot::Give(thief.clone(), amount);
    assert_eq!(chain.send(40, &give(51)), short(50, 51));
    assert_eq!(chain.held(), [100, 10, 0]);
    chain.send(40, &give(50)).unwrap();
    assert_eq!(chain.held(), [60, 0, 50]);
    assert_eq!(chain.send(20, &Plot::Burn(21)), short(20, 21));
    chain.send(20, &Plot::Burn(20)).unwrap();
    assert_eq!(chain.held(), [40, 0, 50]);
}

#[test]
fn an_acceptor_that_sends_to_itself_gains_nothing() {
    let mut chain = Chain::new();
    let again = |next| Plot::Again(50, Box::new(next));
    chain.send(40, &again(again(again(Plot::Keep)))).unwrap();
    assert_eq!(chain.held(), [60, 50, 0]);
    let give = Plot::Give(chain.thief.clone(), 51);
    assert_eq!(
        chain.send(0, &Plot::Keep),
        Err(ContractError::ZeroAmount { field: "amount" })
    );
    let more = Plot::Again(52, Box::new(Plot::Keep));
    assert_eq!(chain.send(1, &more), short(51, 52));
    chain.send(1, &Plot::Again(51, Box::new(give))).unwrap();
    assert_eq!(chain.held(), [59, 0, 51]);
}

#[test]
fn an_acceptor_does_not_mint() {
    let mut chain = Chain::new();
    let address = chain.shop.clone();
    assert_eq!(
        chain.send(1, &Plot::Mint(1)),
        Err(ContractError::NotAnIssuer { address })
    );
    assert_eq!(chain.held(), [100, 10, 0]);
}
