//! The contract on an in-memory chain with the real token, points and identity. The oracle is an
//! address that answers its clock; the tests speak for it.

mod talk;

use crate::{contract, ContractError};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Attribute, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdResult,
    Timestamp, Uint128,
};
use cw_multi_test::{App, AppResponse, ContractWrapper, Executor};
use serde::{de::DeserializeOwned, Serialize};
use vrs_attestation::leaf::channel;
use vrs_attestation::{Leaf, Receipt};
use vrs_days::{Clock, Day};
use vrs_interface::access::Role;
use vrs_interface::attested::{AttestedResponse, Delivery};
use vrs_interface::identity::{self, Kind, MemberId, NewClaim, NewMember, Topic};
use vrs_interface::merchant::{
    Budget, ConfigResponse, CustomerDay, CustomerDaysResponse, ExecuteMsg, InstantiateMsg, MerchantDay,
    MerchantDaysResponse, Params, Profile, QueryMsg, Rate, ReceiveMsg, Side, TradeDayResponse,
};
use vrs_interface::settlement::{Pool, PoolsResponse};
use vrs_interface::{points, token};

/// Second at which day 1 begins.
pub const START: u64 = 1_700_006_400;
/// One Bzky or Time in base units.
pub const UNIT: u128 = 1_000_000;
/// Base units put into each pool.
pub const POOL: u128 = 1_000_000 * UNIT;

/// Answers a clock; as `oracle`, and as whatever else a test needs.
pub mod door {
    use super::*;

    #[cw_serde]
    pub struct Birth {
        pub clock: Clock,
    }

    #[cw_serde]
    pub enum Ask {
        Config {},
    }

    pub fn instantiate(deps: DepsMut, _: Env, _: MessageInfo, birth: Birth) -> StdResult<Response> {
        deps.storage.set(b"clock", &to_json_binary(&birth)?);
        Ok(Response::new())
    }

    pub fn execute(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
        Ok(Response::new())
    }

    pub fn query(deps: Deps, _: Env, _: Ask) -> StdResult<Binary> {
        Ok(deps.storage.get(b"clock").unwrap().into())
    }
}

/// The rules that most tests use: the papers' figures, small windows' worth of room.
pub fn params() -> Params {
    Params {
        min_order: 100,
        max_order: 1_000_000,
        share_cap: 20,
        merchants: Budget {
            per_head: Uint128::new(100 * UNIT),
            max: Uint128::new(3_000_000 * UNIT),
            window_days: 30,
            per_window: Uint128::new(90_000_000 * UNIT),
        },
        customers: Budget {
            per_head: Uint128::new(10 * UNIT),
            max: Uint128::new(1_000_000 * UNIT),
            window_days: 30,
            per_window: Uint128::new(30_000_000 * UNIT),
        },
        power_bps: vec![10_000, 9_000, 8_000, 7_000, 6_000, 5_000],
        month_days: 30,
        weight_days: 30,
        level_bounds: [10, 20, 50, 100, 200]
            .map(|n| Uint128::new(n * 1_000_000_000_000))
            .to_vec(),
    }
}

pub struct World {
    pub app: App,
    pub owner: Addr,
    pub treasury: Addr,
    pub identity: Addr,
    pub door: Addr,
    pub bzky: Addr,
    pub time: Addr,
    pub merchant: Addr,
    pub sequence: u32,
}

impl World {
    /// Both pools funded on day 1, district 1 with a rent of 2.00, trade 1 with a wage of 100.00.
    pub fn new() -> Self {
        World::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut InstantiateMsg)) -> Self {
        let mut world = World::bare(change);
        world.fund(Side::Merchants, POOL).unwrap();
        world.fund(Side::Customers, POOL).unwrap();
        world.rates(200, 10_000);
        world
    }

    pub fn bare(change: impl FnOnce(&mut InstantiateMsg)) -> Self {
        let mut app = App::default();
        app.update_block(|block| block.time = Timestamp::from_seconds(START));
        let api = MockApi::default();
        let (owner, treasury) = (api.addr_make("owner"), api.addr_make("treasury"));
        let mut init = InstantiateMsg {
            owner: owner.to_string(),
            clock: Clock::daily(START),
            identity: String::new(),
            oracle: String::new(),
            bzky: String::new(),
            time: String::new(),
            params: params(),
            horizon_days: 180,
            expiry_days: 365,
            raise_delay_days: 7,
        };
        change(&mut init);
        let clock = init.clock.clone();

        let code = app.store_code(Box::new(ContractWrapper::new(
            vrs_identity::contract::execute,
            vrs_identity::contract::instantiate,
            vrs_identity::contract::query,
        )));
        let birth = identity::InstantiateMsg {
            owner: owner.to_string(),
            clock: clock.clone(),
        };
        let identity = app
            .instantiate_contract(code, owner.clone(), &birth, &[], "identity", None)
            .unwrap();

        let code = app.store_code(Box::new(ContractWrapper::new(
            door::execute,
            door::instantiate,
            door::query,
        )));
        let birth = door::Birth { clock: clock.clone() };
        let door = app
            .instantiate_contract(code, owner.clone(), &birth, &[], "oracle", None)
            .unwrap();

        let code = app.store_code(Box::new(ContractWrapper::new(
            vrs_token::contract::execute,
            vrs_token::contract::instantiate,
            vrs_token::contract::query,
        )));
        let supply = Uint128::new(10_000_000_000 * UNIT);
        let birth = token::InstantiateMsg {
            name: "Bzky".into(),
            symbol: "BZKY".into(),
            decimals: 6,
            supply,
            allocations: vec![token::Allocation {
                account: treasury.to_string(),
                amount: supply,
            }],
            clock: clock.clone(),
            history_days: 365,
            marketing: None,
        };
        let bzky = app
            .instantiate_contract(code, owner.clone(), &birth, &[], "bzky", None)
            .unwrap();

        let code = app.store_code(Box::new(ContractWrapper::new(
            vrs_points::contract::execute,
            vrs_points::contract::instantiate,
            vrs_points::contract::query,
        )));
        let birth = points::InstantiateMsg {
            name: "Time".into(),
            symbol: "TIME".into(),
            decimals: 6,
            owner: owner.to_string(),
            clock,
            identity: identity.to_string(),
            max_supply: None,
            verified_only: false,
            raise_delay_days: 7,
        };
        let time = app
            .instantiate_contract(code, owner.clone(), &birth, &[], "time", None)
            .unwrap();

        for (field, address) in [
            (&mut init.identity, &identity),
            (&mut init.oracle, &door),
            (&mut init.bzky, &bzky),
            (&mut init.time, &time),
        ] {
            if field.is_empty() {
                *field = address.to_string();
            }
        }
        let code = app.store_code(Box::new(
            ContractWrapper::new(contract::execute, contract::instantiate, contract::query)
                .with_migrate(contract::migrate),
        ));
        let admin = Some(owner.to_string());
        let merchant = app
            .instantiate_contract(code, owner.clone(), &init, &[], "merchant", admin)
            .unwrap();

        let limit = points::IssuerLimit {
            window_days: 30,
            per_window: points::MAX_FIGURE,
            total: points::MAX_FIGURE,
        };
        let issuer = points::ExecuteMsg::SetIssuer {
            issuer: merchant.to_string(),
            limit,
        };
        app.execute_contract(owner.clone(), time.clone(), &issuer, &[]).unwrap();
        World {
            app,
            owner,
            treasury,
            identity,
            door,
            bzky,
            time,
            merchant,
            sequence: 0,
        }
    }

    // --- time

    pub fn clock(&self) -> Clock {
        config(self).clock
    }

    pub fn now(&self) -> Timestamp {
        self.app.block_info().time
    }

    pub fn today(&self) -> Day {
        self.clock().day(self.now())
    }

    /// Goes to a second of a day.
    pub fn at(&mut self, day: Day, second: u64) {
        let to = self.clock().opens(day) + second;
        assert!(to >= self.now().seconds(), "time goes back");
        self.app.update_block(|block| {
            block.time = Timestamp::from_seconds(to);
            block.height += 1;
        });
    }

    /// Goes to the moment at which the day is provisional.
    pub fn close(&mut self, day: Day) {
        let to = self.clock().closes(day);
        self.at(day, to - self.clock().opens(day));
    }

    /// Goes to the moment at which the day is final.
    pub fn finish(&mut self, day: Day) {
        let to = self.clock().finals(day);
        self.at(day, to - self.clock().opens(day));
    }
}

/// The account of a member that [`World::register`] registered.
pub fn account(member: MemberId) -> Addr {
    MockApi::default().addr_make(&format!("member{member}"))
}

/// A sale in store.
pub fn store(customer: MemberId, amount: u64) -> Receipt {
    receipt(customer, amount, channel::STORE)
}

/// A delivery or online sale.
pub fn external(customer: MemberId, amount: u64) -> Receipt {
    receipt(customer, amount, channel::EXTERNAL)
}

pub fn receipt(customer: MemberId, amount: u64, channel: u8) -> Receipt {
    Receipt {
        customer,
        number: 1,
        amount,
        time: 43_200,
        channel,
    }
}

/// The events of the contract under test, `action` first.
pub fn told(response: &AppResponse) -> Vec<Vec<(String, String)>> {
    let pairs = |attributes: &[Attribute]| -> Vec<(String, String)> {
        let own = attributes
            .iter()
            .filter(|a| a.key != "_contract_address" && a.key != "v");
        own.map(|a| (a.key.clone(), a.value.clone())).collect()
    };
    let ours = response.events.iter().filter(|event| event.ty == "wasm-vrs_merchant");
    ours.map(|event| pairs(&event.attributes)).collect()
}

/// Answers `config`.
pub fn config(world: &World) -> ConfigResponse {
    world.ask(&QueryMsg::Config {})
}

/// The error for a figure outside its bounds.
pub fn bounds(field: &'static str, min: u64, max: u64, actual: u64) -> Result<(), ContractError> {
    Err(ContractError::OutOfBounds {
        field,
        min,
        max,
        actual,
    })
}
