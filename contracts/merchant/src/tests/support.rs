//! The contract on an in-memory chain with the real token, points and identity. The oracle is an
//! address that answers its clock; the tests speak for it.

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
    Budget, CustomerDay, CustomerDaysResponse, ExecuteMsg, InstantiateMsg, MerchantDay, MerchantDaysResponse, Params,
    Profile, QueryMsg, Rate, ReceiveMsg, Side, TradeDayResponse,
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
        let config: vrs_interface::merchant::ConfigResponse = self.ask(&QueryMsg::Config {});
        config.clock
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

    // --- messages

    pub fn call<M: Serialize + std::fmt::Debug>(
        &mut self,
        sender: &Addr,
        contract: &Addr,
        msg: &M,
    ) -> Result<AppResponse, String> {
        self.app
            .execute_contract(sender.clone(), contract.clone(), msg, &[])
            .map_err(|error| error.root_cause().to_string())
    }

    /// Sends a message to the contract under test; its own error where it refuses.
    pub fn send(&mut self, sender: &Addr, msg: &ExecuteMsg) -> Result<AppResponse, ContractError> {
        let sent = self
            .app
            .execute_contract(sender.clone(), self.merchant.clone(), msg, &[]);
        sent.map_err(|error| error.downcast::<ContractError>().unwrap())
    }

    pub fn by_owner(&mut self, msg: &ExecuteMsg) -> Result<AppResponse, ContractError> {
        let owner = self.owner.clone();
        self.send(&owner, msg)
    }

    pub fn fund(&mut self, side: Side, amount: u128) -> Result<AppResponse, String> {
        let amount = Uint128::new(amount);
        match side {
            Side::Merchants => {
                let send = token::ExecuteMsg::Send {
                    contract: self.merchant.to_string(),
                    amount,
                    msg: to_json_binary(&ReceiveMsg::Fund {}).unwrap(),
                };
                let (treasury, bzky) = (self.treasury.clone(), self.bzky.clone());
                self.call(&treasury, &bzky, &send)
            }
            Side::Customers => {
                let (owner, merchant) = (self.owner.clone(), self.merchant.clone());
                self.call(&owner, &merchant, &ExecuteMsg::FundTime { amount })
            }
        }
    }

    pub fn rates(&mut self, rent: u64, wage: u64) {
        let district = ExecuteMsg::SetDistricts {
            rates: vec![Rate { id: 1, amount: rent }],
        };
        let trade = ExecuteMsg::SetTrades {
            rates: vec![Rate { id: 1, amount: wage }],
        };
        self.by_owner(&district).unwrap();
        self.by_owner(&trade).unwrap();
    }

    pub fn profile(&mut self, merchant: MemberId, area: u32, staff: u32) {
        let profile = Profile {
            merchant,
            area,
            staff,
            district: 1,
            trade: 1,
        };
        self.by_owner(&ExecuteMsg::SetProfiles {
            profiles: vec![profile],
        })
        .unwrap();
    }

    /// Registers verified members; their accounts are `member<number>`.
    pub fn members(&mut self, kind: Kind, count: u32) -> Vec<MemberId> {
        self.register(kind, count, true)
    }

    pub fn register(&mut self, kind: Kind, count: u32, verified: bool) -> Vec<MemberId> {
        let mut numbers = vec![];
        for _ in 0..count {
            let config: identity::ConfigResponse = self.query(&self.identity, &identity::QueryMsg::Config {});
            let number = config.members + 1;
            let claim = NewClaim {
                topic: Topic::Identity,
                hash: Binary::from([7u8; 32]),
                until: None,
            };
            let member = NewMember {
                kind,
                account: account(number).to_string(),
                payout: None,
                level: 0,
                identity: verified.then_some(claim),
            };
            let msg = identity::ExecuteMsg::RegisterMembers { members: vec![member] };
            let (owner, identity) = (self.owner.clone(), self.identity.clone());
            self.call(&owner, &identity, &msg).unwrap();
            numbers.push(number);
        }
        numbers
    }

    /// Verified shops of the default costs, 1400.00 a day.
    pub fn shops(&mut self, count: u32) -> Vec<MemberId> {
        let shops = self.members(Kind::Merchant, count);
        for shop in &shops {
            self.profile(*shop, 500, 4);
        }
        shops
    }

    pub fn customers(&mut self, count: u32) -> Vec<MemberId> {
        self.members(Kind::Individual, count)
    }

    pub fn grant(&mut self, role: Role, account: &Addr) {
        let msg = ExecuteMsg::Access(vrs_interface::access::AccessMsg::GrantRole {
            role,
            account: account.to_string(),
        });
        self.by_owner(&msg).unwrap();
    }

    pub fn mark(&mut self, member: MemberId, penalty: identity::Penalty) {
        let msg = identity::ExecuteMsg::Mark {
            member,
            severity: 3,
            reason: "test".into(),
            until: None,
            penalty,
        };
        let (owner, identity) = (self.owner.clone(), self.identity.clone());
        self.call(&owner, &identity, &msg).unwrap();
    }

    // --- receipts

    /// A delivery of a merchant's own terminal.
    pub fn delivery(&mut self, merchant: MemberId, day: Day, receipts: &[Receipt]) -> Delivery {
        self.sequence += 1;
        Delivery {
            device: merchant,
            subject: Some(merchant),
            day,
            sequence: self.sequence,
            leaves: receipts.iter().flat_map(Leaf::encode).collect::<Vec<u8>>().into(),
        }
    }

    pub fn attest(&mut self, deliveries: Vec<Delivery>) -> Result<(AttestedResponse, AppResponse), ContractError> {
        let door = self.door.clone();
        let response = self.send(&door, &ExecuteMsg::Attested { deliveries })?;
        let data = response.data.clone().expect("attested answers data");
        Ok((from_json(data).unwrap(), response))
    }

    /// One delivery of which nothing may be dropped.
    pub fn sell(&mut self, merchant: MemberId, day: Day, receipts: &[Receipt]) {
        let delivery = self.delivery(merchant, day, receipts);
        let (response, _) = self.attest(vec![delivery]).unwrap();
        assert_eq!(response.dropped, vec![]);
    }

    // --- queries

    pub fn query<T: DeserializeOwned>(&self, contract: &Addr, msg: &impl Serialize) -> T {
        self.app.wrap().query_wasm_smart(contract, msg).unwrap()
    }

    pub fn ask<T: DeserializeOwned>(&self, msg: &QueryMsg) -> T {
        self.query(&self.merchant, msg)
    }

    pub fn day(&self, day: Day) -> TradeDayResponse {
        self.ask(&QueryMsg::Day { day })
    }

    pub fn shop_day(&self, merchant: MemberId, day: Day) -> MerchantDay {
        let found: Option<MerchantDay> = self.ask(&QueryMsg::MerchantDay { merchant, day });
        found.expect("a recorded day")
    }

    pub fn shop_days(&self) -> Vec<MerchantDay> {
        let mut all = vec![];
        loop {
            let page: MerchantDaysResponse = self.ask(&QueryMsg::MerchantDays {
                merchant: None,
                start_after: all.last().map(|day: &MerchantDay| (day.merchant, day.day)),
                limit: Some(200),
            });
            all.extend(page.days);
            if !page.more {
                return all;
            }
        }
    }

    pub fn customer_days(&self) -> Vec<CustomerDay> {
        let mut all = vec![];
        loop {
            let page: CustomerDaysResponse = self.ask(&QueryMsg::CustomerDays {
                customer: None,
                start_after: all.last().map(|day: &CustomerDay| (day.customer, day.day)),
                limit: Some(200),
            });
            all.extend(page.days);
            if !page.more {
                return all;
            }
        }
    }

    pub fn pool(&self, side: Side) -> Pool {
        let pools: PoolsResponse = self.ask(&QueryMsg::Pools {});
        let [merchants, customers] = <[Pool; 2]>::try_from(pools.pools).unwrap();
        match side {
            Side::Merchants => merchants,
            Side::Customers => customers,
        }
    }

    pub fn bzky_of(&self, account: &Addr) -> u128 {
        let msg = token::QueryMsg::Balance {
            address: account.to_string(),
        };
        let balance: cw20::BalanceResponse = self.query(&self.bzky, &msg);
        balance.balance.u128()
    }

    pub fn time_of(&self, account: &Addr) -> u128 {
        let msg = points::QueryMsg::Balance {
            address: account.to_string(),
        };
        let balance: cw20::BalanceResponse = self.query(&self.time, &msg);
        balance.balance.u128()
    }

    /// Formulas that hold after every message.
    pub fn conserved(&self) {
        for side in [Side::Merchants, Side::Customers] {
            let pool = self.pool(side);
            assert_eq!(pool.funded, pool.paid + pool.claimable + pool.remaining, "{pool:?}");
            assert!(pool.recovered <= pool.remaining, "{pool:?}");
            let backed = match side {
                Side::Merchants => self.bzky_of(&self.merchant),
                Side::Customers => {
                    let issuer: points::IssuerResponse = self.query(
                        &self.time,
                        &points::QueryMsg::Issuer {
                            issuer: self.merchant.to_string(),
                            day: 1,
                        },
                    );
                    issuer.reserved.u128()
                }
            };
            assert_eq!(backed, (pool.funded - pool.paid).u128(), "{pool:?}");
        }
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
