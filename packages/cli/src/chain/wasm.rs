//! Contracts as a chain runs them: cw-multi-test's keeper, its events as wasmd writes them.
//!
//! wasmd trims keys, values and types, wants types of three bytes or more, and sorts the attributes of whatever a
//! contract calls, before that contract's `reply` sees them. The keeper does none of it, and adds to `reply` a `mode`
//! that no chain has.

use anyhow::bail;
use cosmwasm_std::{Addr, Api, Binary, BlockInfo, Empty, Event, Querier, Record, Storage, WasmMsg, WasmQuery};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{AppResponse, Contract, ContractData, CosmosRouter, Wasm, WasmKeeper, WasmSudo};
use std::cell::Cell;

/// What a chain puts before the type of a contract's own event.
const TYPE_PREFIX: &str = "wasm-";
/// Bytes of such a type, without blanks around it and without the prefix, that wasmd wants at least.
const TYPE_BYTES: usize = 3;

/// The keeper of contracts.
#[derive(Default)]
pub struct Wasmd {
    keeper: WasmKeeper<Empty, Empty>,
    /// Contracts that are at work above the call; 0 where an account calls.
    depth: Cell<u32>,
}

impl Wasmd {
    /// Runs a call one level deeper and rewrites its events, those of all that it called included.
    fn call(&self, run: impl FnOnce(&WasmKeeper<Empty, Empty>) -> AnyResult<AppResponse>) -> AnyResult<AppResponse> {
        let depth = self.depth.get();
        self.depth.set(depth + 1);
        let response = run(&self.keeper);
        self.depth.set(depth);
        let mut response = response?;
        for event in &mut response.events {
            trim_type(event)?;
            trim_attributes(event);
            if depth > 0 {
                // Stable: attributes of one key keep their order.
                event.attributes.sort_by(|a, b| a.key.as_bytes().cmp(b.key.as_bytes()));
            }
        }
        Ok(response)
    }
}

/// Errors: where a contract's own type is too short.
fn trim_type(event: &mut Event) -> AnyResult<()> {
    let Some(own) = event.ty.strip_prefix(TYPE_PREFIX) else {
        return Ok(());
    };
    let trimmed = own.trim();
    if trimmed.len() < TYPE_BYTES {
        bail!("event type too short: expected {TYPE_BYTES} bytes or more, got {trimmed:?}");
    }
    if trimmed.len() < own.len() {
        event.ty = format!("{TYPE_PREFIX}{trimmed}");
    }
    Ok(())
}

fn trim_attributes(event: &mut Event) {
    if event.ty == "reply" {
        event.attributes.retain(|attribute| attribute.key != "mode");
    }
    for attribute in &mut event.attributes {
        for text in [&mut attribute.key, &mut attribute.value] {
            let trimmed = text.trim();
            if trimmed.len() < text.len() {
                *text = trimmed.to_owned();
            }
        }
    }
}

impl Wasm<Empty, Empty> for Wasmd {
    fn execute(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = Empty, QueryC = Empty>,
        block: &BlockInfo,
        sender: Addr,
        msg: WasmMsg,
    ) -> AnyResult<AppResponse> {
        self.call(|keeper| keeper.execute(api, storage, router, block, sender, msg))
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: WasmQuery,
    ) -> AnyResult<Binary> {
        self.keeper.query(api, storage, querier, block, request)
    }

    fn sudo(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = Empty, QueryC = Empty>,
        block: &BlockInfo,
        msg: WasmSudo,
    ) -> AnyResult<AppResponse> {
        self.call(|keeper| keeper.sudo(api, storage, router, block, msg))
    }

    fn store_code(&mut self, creator: Addr, code: Box<dyn Contract<Empty>>) -> u64 {
        self.keeper.store_code(creator, code)
    }

    fn store_code_with_id(&mut self, creator: Addr, code_id: u64, code: Box<dyn Contract<Empty>>) -> AnyResult<u64> {
        self.keeper.store_code_with_id(creator, code_id, code)
    }

    fn duplicate_code(&mut self, code_id: u64) -> AnyResult<u64> {
        self.keeper.duplicate_code(code_id)
    }

    fn contract_data(&self, storage: &dyn Storage, address: &Addr) -> AnyResult<ContractData> {
        self.keeper.contract_data(storage, address)
    }

    fn dump_wasm_raw(&self, storage: &dyn Storage, address: &Addr) -> Vec<Record> {
        self.keeper.dump_wasm_raw(storage, address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::{to_json_binary, Deps, DepsMut, Env, MessageInfo, Reply, Response, StdError, StdResult, SubMsg};
    use cw_multi_test::{no_init, App, AppBuilder, ContractWrapper, Executor as _};
    use serde::{Deserialize, Serialize};

    type Pairs = Vec<(String, String)>;

    /// What the contract is to emit, and whom it is to call first.
    #[derive(Clone, Debug, Default, Serialize, Deserialize)]
    struct Emit {
        attributes: Pairs,
        event: Option<(String, Pairs)>,
        call: Option<(String, Binary)>,
    }

    fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
        Ok(Response::new())
    }

    fn execute(_: DepsMut, _: Env, _: MessageInfo, msg: Emit) -> StdResult<Response> {
        let mut response = Response::new().add_attributes(msg.attributes);
        if let Some((kind, attributes)) = msg.event {
            response = response.add_event(Event::new(kind).add_attributes(attributes));
        }
        if let Some((contract_addr, msg)) = msg.call {
            let funds = vec![];
            let call = WasmMsg::Execute {
                contract_addr,
                msg,
                funds,
            };
            response = response.add_submessage(SubMsg::reply_always(call, 1));
        }
        Ok(response)
    }

    /// Tells what it saw: the attributes of the event `wasm`, or the error.
    fn reply(_: DepsMut, _: Env, msg: Reply) -> StdResult<Response> {
        let saw = match msg.result.into_result() {
            Ok(response) => format!("{:?}", keys_of(&response.events, "wasm").concat()),
            Err(error) => error,
        };
        Ok(Response::new()
            .add_attribute("saw", saw)
            .add_attribute("id", msg.id.to_string()))
    }

    fn query(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
        Err(StdError::generic_err("nothing to ask"))
    }

    fn keys_of(events: &[Event], kind: &str) -> Vec<Vec<String>> {
        let of_kind = events.iter().filter(|event| event.ty == kind);
        of_kind
            .map(|event| event.attributes.iter().map(|attribute| attribute.key.clone()).collect())
            .collect()
    }

    /// Attributes of the events of that kind but the contract's address, each event in turn.
    fn told(events: &[Event], kind: &str) -> Vec<(String, String)> {
        let of_kind = events.iter().filter(|event| event.ty == kind);
        of_kind
            .flat_map(|event| &event.attributes)
            .filter(|attribute| attribute.key != "_contract_address")
            .map(|attribute| (attribute.key.clone(), attribute.value.clone()))
            .collect()
    }

    fn pairs(list: &[(&str, &str)]) -> Pairs {
        list.iter()
            .map(|(key, value)| ((*key).into(), (*value).into()))
            .collect()
    }

    struct Played {
        app: App<
            cw_multi_test::BankKeeper,
            cosmwasm_std::testing::MockApi,
            cosmwasm_std::testing::MockStorage,
            cw_multi_test::FailingModule<Empty, Empty, Empty>,
            Wasmd,
        >,
        contracts: [Addr; 2],
        user: Addr,
    }

    fn play() -> Played {
        let mut app = AppBuilder::new().with_wasm(Wasmd::default()).build(no_init);
        let user = app.api().addr_make("user");
        let code = app.store_code(Box::new(
            ContractWrapper::new_with_empty(execute, instantiate, query).with_reply_empty(reply),
        ));
        let contracts = ["above", "below"].map(|label| {
            app.instantiate_contract(code, user.clone(), &Empty {}, &[], label, None)
                .expect("instantiated")
        });
        Played { app, contracts, user }
    }

    impl Played {
        /// A user calls the contract below.
        fn by_user(&mut self, msg: &Emit) -> AnyResult<AppResponse> {
            self.app
                .execute_contract(self.user.clone(), self.contracts[1].clone(), msg, &[])
        }

        /// A user calls the contract above, which calls that below.
        fn by_contract(&mut self, msg: &Emit) -> AnyResult<AppResponse> {
            let call = Emit {
                attributes: pairs(&[("v", "above"), ("action", "call")]),
                call: Some((self.contracts[1].to_string(), to_json_binary(msg)?)),
                ..Emit::default()
            };
            self.app
                .execute_contract(self.user.clone(), self.contracts[0].clone(), &call, &[])
        }
    }

    fn unordered() -> Emit {
        Emit {
            attributes: pairs(&[("v", "1"), ("action", "x"), ("Zed", "2"), ("amount", "3")]),
            ..Emit::default()
        }
    }

    #[test]
    fn order_stays_where_an_account_calls() {
        let response = play().by_user(&unordered()).expect("executed");
        assert_eq!(
            keys_of(&response.events, "wasm"),
            [["_contract_address", "v", "action", "Zed", "amount"]]
        );
    }

    #[test]
    fn below_a_contract_attributes_are_sorted_by_the_bytes_of_their_keys() {
        let response = play().by_contract(&unordered()).expect("executed");
        let wasm = keys_of(&response.events, "wasm");
        assert_eq!(wasm[0], ["_contract_address", "v", "action"], "the contract above");
        assert_eq!(wasm[1], ["Zed", "_contract_address", "action", "amount", "v"]);
        assert_eq!(wasm[2], ["_contract_address", "saw", "id"], "its reply");
    }

    #[test]
    fn reply_sees_them_sorted() {
        let response = play().by_contract(&unordered()).expect("executed");
        let told = told(&response.events, "wasm");
        let saw = told.iter().find(|(key, _)| key == "saw").expect("reply ran");
        assert_eq!(saw.1, r#"["Zed", "_contract_address", "action", "amount", "v"]"#);
    }

    #[test]
    fn attributes_of_one_key_keep_their_order() {
        let msg = Emit {
            attributes: pairs(&[("b", "2"), ("a", "z"), ("b", "1"), ("a", "y")]),
            ..Emit::default()
        };
        let response = play().by_contract(&msg).expect("executed");
        let sorted = pairs(&[("a", "z"), ("a", "y"), ("b", "2"), ("b", "1")]);
        assert_eq!(told(&response.events, "wasm")[2..6], sorted);
        let response = play().by_user(&msg).expect("executed");
        assert_eq!(told(&response.events, "wasm"), msg.attributes);
    }

    #[test]
    fn a_contract_called_twice_removed_is_sorted_with_its_reply() {
        let mut chain = play();
        let inner = Emit {
            call: Some((
                chain.contracts[1].to_string(),
                to_json_binary(&unordered()).expect("JSON"),
            )),
            ..Emit::default()
        };
        let response = chain.by_contract(&inner).expect("executed");
        let wasm = keys_of(&response.events, "wasm");
        assert_eq!(wasm[1], ["Zed", "_contract_address", "action", "amount", "v"]);
        assert_eq!(wasm[2], ["_contract_address", "id", "saw"], "reply below a contract");
        assert_eq!(wasm[3], ["_contract_address", "saw", "id"], "reply of the first one");
    }

    #[test]
    fn blanks_around_keys_values_and_types_are_trimmed() {
        let msg = Emit {
            attributes: pairs(&[(" k\n", "  x "), ("blank", " \t"), ("none", "")]),
            event: Some((" thing ".into(), pairs(&[("\tin ", " a b\n")]))),
            ..Emit::default()
        };
        let attributes = pairs(&[("k", "x"), ("blank", ""), ("none", "")]);
        let response = play().by_user(&msg).expect("executed");
        assert_eq!(told(&response.events, "wasm"), attributes);
        assert_eq!(told(&response.events, "wasm-thing"), pairs(&[("in", "a b")]));
        let response = play().by_contract(&msg).expect("executed");
        assert_eq!(told(&response.events, "wasm-thing"), pairs(&[("in", "a b")]));
        let told = told(&response.events, "wasm");
        let saw = told.iter().find(|(key, _)| key == "saw").expect("reply ran");
        assert_eq!(saw.1, r#"["_contract_address", "blank", "k", "none"]"#);
    }

    #[test]
    fn types_shorter_than_three_letters_are_refused() {
        for kind in ["xy", " xy "] {
            let msg = Emit {
                event: Some((kind.into(), vec![])),
                ..Emit::default()
            };
            let error = play().by_user(&msg).expect_err("refused");
            let expected = r#"event type too short: expected 3 bytes or more, got "xy""#;
            assert_eq!(error.to_string(), expected);
            let response = play().by_contract(&msg).expect("its reply takes the error");
            let told = told(&response.events, "wasm");
            let saw = told.iter().find(|(key, _)| key == "saw").expect("reply ran");
            assert!(saw.1.contains(expected), "{}", saw.1);
        }
        let msg = Emit {
            event: Some(("xyz".into(), pairs(&[("k", "v")]))),
            ..Emit::default()
        };
        let response = play().by_user(&msg).expect("executed");
        assert_eq!(told(&response.events, "wasm-xyz"), pairs(&[("k", "v")]));
    }

    #[test]
    fn reply_has_no_mode() {
        let mut chain = play();
        let response = chain.by_contract(&unordered()).expect("executed");
        assert_eq!(keys_of(&response.events, "reply"), [["_contract_address"]]);
        // A contract's own attribute of that name is none of the keeper's.
        let msg = Emit {
            attributes: pairs(&[("mode", "own")]),
            event: Some(("reply".into(), pairs(&[("mode", "own")]))),
            ..Emit::default()
        };
        let response = chain.by_user(&msg).expect("executed");
        assert_eq!(told(&response.events, "wasm"), msg.attributes);
        assert_eq!(told(&response.events, "wasm-reply"), pairs(&[("mode", "own")]));
    }

    #[test]
    fn keys_that_are_empty_or_begin_with_an_underscore_are_refused() {
        for (key, expected) in [("", "Empty attribute key"), (" _own", "starts with reserved prefix")] {
            let msg = Emit {
                attributes: pairs(&[(key, "v")]),
                ..Emit::default()
            };
            let error = play().by_user(&msg).expect_err("refused");
            assert!(format!("{error:#}").contains(expected), "{error:#}");
        }
    }
}
