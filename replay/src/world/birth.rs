//! How a world begins: all contracts instantiated and connected, roles given, members and shops registered.

use super::batches::Device;
use super::dice::Dice;
use super::{access, json, noise, taker, Chain, Deployed, Post, World, CHAIN_ID, PREFIX};
use crate::corpus::Code;
use crate::record::Tape;
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{coins, Addr, BlockInfo, MemoryStorage, Timestamp, Uint128, WasmMsg};
use cw_multi_test::{AppBuilder, Executor as _};
use std::collections::BTreeMap;
use vrs_days::Clock;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::standard::{EmbeddedLogo, Logo};
use vrs_interface::{identity, merchant, mining, oracle, points, token};

/// Second at which day 1 begins.
const START: u64 = 1_700_006_400;
/// A logo that cw20 takes.
const LOGO: &[u8] = b"<?xml version=\"1.0\"?><svg></svg>";
/// One token or point in base units.
const UNIT: u128 = 1_000_000;

impl World {
    /// A world in which all is connected, and everything so far is on its tape.
    pub(super) fn born(seed: u64, number: u64) -> World {
        let api = MockApi::default().with_prefix(PREFIX);
        let name = |name: &str| api.addr_make(name);
        let owner = name("owner");
        let roles: BTreeMap<Role, Addr> = Role::ALL
            .into_iter()
            .map(|role| (role, name(&format!("{role:?}"))))
            .collect();
        let members: Vec<Addr> = (1..=26).map(|number| name(&format!("member {number}"))).collect();
        let mut accounts: Vec<Addr> = ["relayer", "spender", "stranger", "issuer"].map(name).to_vec();
        accounts.extend(roles.values().cloned());
        accounts.push(owner.clone());
        let rich: Vec<Addr> = accounts.iter().chain(&members).cloned().collect();
        let block = BlockInfo {
            height: 1,
            time: Timestamp::from_seconds(START + 7_200),
            chain_id: CHAIN_ID.into(),
        };
        let mut chain: Chain = AppBuilder::new()
            .with_api(api)
            .with_storage(MemoryStorage::new())
            .with_block(block)
            .build(|router, _, storage| {
                for account in &rich {
                    let funded = router.bank.init_balance(storage, account, coins(1_000, "ufee"));
                    funded.expect("a new account takes coins");
                }
            });
        let tape = Tape::default();
        let codes = Code::ALL
            .map(|code| (code, chain.store_code(tape.contract(code))))
            .into();
        let taker = taker::found(&mut chain, &owner);
        let mut world = World {
            issuer: name("issuer"),
            chain,
            tape,
            dice: Dice::new(seed, number),
            clock: Clock::daily(START),
            codes,
            contracts: BTreeMap::new(),
            owner,
            taker,
            roles,
            members,
            shops: (21..=26).collect(),
            accounts,
            devices: vec![],
            relayed: vec![],
            strangers: 0,
            receipts: 0,
            proposals: vec![],
            marked: vec![],
            read: vec![],
            sold: vec![],
        };
        world.deploy();
        world.connect();
        world.register();
        world
    }

    fn deploy(&mut self) {
        for name in [
            "identity", "vrs", "mvc", "bzky", "hp", "time", "mvp", "oracle", "merchant", "mining",
        ] {
            let (code, msg) = self.birth(name);
            let deployed = self.instantiate(name, code, &msg);
            let address = deployed.expect("a lawful birth");
            let owner = (code != Code::Token).then(|| self.owner.clone());
            self.contracts.insert(name, Deployed { code, address, owner });
        }
    }

    fn instantiate(&mut self, label: &str, code: Code, msg: &[u8]) -> Option<Addr> {
        let owner = self.owner.clone();
        let msg = WasmMsg::Instantiate {
            admin: Some(owner.to_string()),
            code_id: self.codes[&code],
            msg: msg.into(),
            funds: vec![],
            label: label.into(),
        };
        let response = self.chain.execute(owner, msg.into());
        self.end();
        let data = response.ok()?.data?;
        let born = cw_utils::parse_instantiate_response_data(&data).ok()?;
        Some(Addr::unchecked(born.contract_address))
    }

    /// A birth that mostly fails: what it is told was changed by chance.
    pub(super) fn still_birth(&mut self) {
        let names: Vec<&str> = self.contracts.keys().copied().collect();
        let name = self.dice.one(&names);
        let (code, msg) = self.birth(name);
        let msg = noise::mangle(&mut self.dice, &msg);
        self.instantiate("another", code, &msg);
    }

    /// Migration to the same code, sometimes to another contract's, which must be refused.
    pub(super) fn migrate(&mut self) {
        let names: Vec<&str> = self.contracts.keys().copied().collect();
        let name = self.dice.one(&names);
        let code = match self.dice.chance(75) {
            true => self.contracts[name].code,
            false => self.dice.one(&Code::ALL),
        };
        let msg = match self.dice.chance(85) {
            true => b"{}".to_vec(),
            false => noise::mangle(&mut self.dice, b"{\"from\":\"0.1.0\"}"),
        };
        let msg = WasmMsg::Migrate {
            contract_addr: self.at(name).to_string(),
            new_code_id: self.codes[&code],
            msg: msg.into(),
        };
        // What comes of it is on the tape.
        let _ = self.chain.execute(self.owner.clone(), msg.into());
        self.end();
    }

    /// What a contract is told at birth.
    fn birth(&mut self, name: &str) -> (Code, Vec<u8>) {
        let (owner, clock) = (self.owner.to_string(), self.clock.clone());
        let at = |name: &str| {
            self.contracts
                .get(name)
                .map_or_else(String::new, |it| it.address.to_string())
        };
        match name {
            "identity" => (Code::Identity, json(&identity::InstantiateMsg { owner, clock })),
            "oracle" => {
                let history_days = 180;
                let msg = oracle::InstantiateMsg {
                    owner,
                    clock,
                    history_days,
                };
                (Code::Oracle, json(&msg))
            }
            "merchant" => {
                let msg = merchant::InstantiateMsg {
                    owner,
                    clock,
                    identity: at("identity"),
                    oracle: at("oracle"),
                    bzky: at("bzky"),
                    time: at("time"),
                    params: merchant_params(),
                    horizon_days: 60,
                    expiry_days: 365,
                    raise_delay_days: 7,
                };
                (Code::Merchant, json(&msg))
            }
            "mining" => {
                let msg = mining::InstantiateMsg {
                    owner,
                    clock,
                    identity: at("identity"),
                    oracle: at("oracle"),
                    hp: at("hp"),
                    vrs: at("vrs"),
                    params: mining_params(),
                    expiry_days: 365,
                    raise_delay_days: 7,
                };
                (Code::Mining, json(&msg))
            }
            "hp" | "time" | "mvp" => {
                let msg = points::InstantiateMsg {
                    name: format!("{name} points"),
                    symbol: name.to_uppercase(),
                    decimals: if name == "mvp" { 0 } else { 6 },
                    owner,
                    clock,
                    identity: at("identity"),
                    max_supply: (name == "mvp").then(|| Uint128::new(5_000_000)),
                    verified_only: name == "mvp",
                    raise_delay_days: 7,
                };
                (Code::Points, json(&msg))
            }
            _ => {
                let supply = Uint128::new(1_000_000_000 * UNIT);
                let marketing = (name == "mvc").then(|| token::Marketing {
                    project: Some("https://example.org".into()),
                    description: None,
                    marketing: Some(owner.clone()),
                    logo: Some(Logo::Embedded(EmbeddedLogo::Svg(LOGO.into()))),
                });
                let msg = token::InstantiateMsg {
                    name: format!("{name} coin"),
                    symbol: name.to_uppercase(),
                    decimals: 6,
                    supply,
                    allocations: vec![token::Allocation {
                        account: owner,
                        amount: supply,
                    }],
                    clock,
                    history_days: 180,
                    marketing,
                };
                (Code::Token, json(&msg))
            }
        }
    }

    /// Sends as the owner what must succeed.
    fn owns(&mut self, name: &str, msg: Vec<u8>) {
        let post = Post {
            sender: self.owner.clone(),
            contract: self.at(name),
            msg,
            funds: vec![],
        };
        let sender = self.owner.clone();
        let text = String::from_utf8_lossy(&post.msg).into_owned();
        assert!(self.send(&sender, vec![post]), "{name} refused {text}");
    }

    fn connect(&mut self) {
        let fund = json(&merchant::ReceiveMsg::Fund {});
        for (token, contract) in [("bzky", "merchant"), ("vrs", "mining")] {
            let msg = token::ExecuteMsg::Send {
                contract: self.at(contract).to_string(),
                amount: Uint128::new(300_000_000 * UNIT),
                msg: fund.clone().into(),
            };
            self.owns(token, json(&msg));
        }
        let total = Uint128::new(200_000_000 * UNIT);
        let issuers = [
            ("time", self.at("merchant")),
            ("hp", self.at("mining")),
            ("mvp", self.issuer.clone()),
        ];
        for (name, issuer) in issuers {
            let issuer = issuer.to_string();
            let limit = points::IssuerLimit {
                window_days: 30,
                per_window: total,
                total,
            };
            self.owns(name, json(&points::ExecuteMsg::SetIssuer { issuer, limit }));
        }
        let amount = Uint128::new(100_000_000 * UNIT);
        self.owns("merchant", json(&merchant::ExecuteMsg::FundTime { amount }));
        self.owns("mining", json(&mining::ExecuteMsg::FundHp { amount }));
        let products = vec![mining::Product {
            id: 1,
            factor_e9: 1_500_000_000,
        }];
        self.owns("mining", json(&mining::ExecuteMsg::SetProducts { products }));
        let acceptor = self.taker.to_string();
        for name in ["time", "mvp"] {
            let acceptor = acceptor.clone();
            self.owns(
                name,
                json(&points::ExecuteMsg::SetAcceptor {
                    acceptor,
                    accepts: true,
                }),
            );
        }
        for (kind, name) in [
            (oracle::DeviceKind::Terminal, "merchant"),
            (oracle::DeviceKind::Meter, "mining"),
        ] {
            let contract = Some(self.at(name).to_string());
            self.owns("oracle", json(&oracle::ExecuteMsg::SetConsumer { kind, contract }));
        }
        for name in ["hp", "time", "mvp", "identity", "oracle", "merchant", "mining"] {
            for (role, account) in self.roles.clone() {
                let account = account.to_string();
                self.owns(name, json(&access(AccessMsg::GrantRole { role, account })));
            }
        }
    }

    fn register(&mut self) {
        let hash = self.dice.bytes(32);
        let new = |number: usize, account: &Addr| identity::NewMember {
            kind: match number {
                21.. => identity::Kind::Merchant,
                19..=20 => identity::Kind::Company,
                _ => identity::Kind::Individual,
            },
            account: account.to_string(),
            payout: None,
            level: 1,
            identity: (number != 18).then(|| identity::NewClaim {
                topic: identity::Topic::Identity,
                hash: hash.clone(),
                until: None,
            }),
        };
        let members = self
            .members
            .iter()
            .enumerate()
            .map(|(i, account)| new(i + 1, account))
            .collect();
        self.owns("identity", json(&identity::ExecuteMsg::RegisterMembers { members }));
        let rates = vec![
            merchant::Rate { id: 1, amount: 200 },
            merchant::Rate { id: 2, amount: 10_000 },
        ];
        self.owns(
            "merchant",
            json(&merchant::ExecuteMsg::SetDistricts { rates: rates.clone() }),
        );
        self.owns("merchant", json(&merchant::ExecuteMsg::SetTrades { rates }));
        let profile = |shop: &u32| merchant::Profile {
            merchant: *shop,
            area: 500 + shop,
            staff: 4,
            district: 1,
            trade: 2,
        };
        let profiles = self.shops.iter().map(profile).collect();
        self.owns("merchant", json(&merchant::ExecuteMsg::SetProfiles { profiles }));
        for member in self.members.clone() {
            let recipient = member.to_string();
            let amount = self.dice.within(1..=900_000_000).into();
            let name = self.dice.one(&["bzky", "vrs", "mvc"]);
            self.owns(name, json(&token::ExecuteMsg::Transfer { recipient, amount }));
        }
        let spender = self.accounts[1].to_string();
        for name in ["bzky", "vrs", "mvc"] {
            let (spender, amount) = (spender.clone(), Uint128::new(9_000_000));
            let allow = token::ExecuteMsg::IncreaseAllowance {
                spender,
                amount,
                expires: None,
            };
            self.owns(name, json(&allow));
        }
        let mint = |to: &Addr| points::Mint {
            to: to.clone(),
            amount: Uint128::new(60_000),
        };
        let mints: Vec<points::Mint> = self.members.iter().map(mint).collect();
        let reserve = points::ExecuteMsg::Reserve {
            day: 1,
            amount: Uint128::new(1_600_000),
        };
        for msg in [reserve, points::ExecuteMsg::Mint { mints }] {
            let issuer = self.issuer.clone();
            let post = self.new_post(issuer.clone(), "mvp", &msg);
            assert!(self.send(&issuer, vec![post]), "MVP is issued");
        }
        for device in Device::first(&self.shops) {
            let new = device.registration(self.owner.to_string());
            self.owns(
                "oracle",
                json(&oracle::ExecuteMsg::RegisterDevices { devices: vec![new] }),
            );
            self.devices.push(device);
        }
        let params = oracle::FeedParams {
            max_age: 86_400,
            max_jump_bps: 5_000,
            min_sources: 1,
        };
        let feed = oracle::ExecuteMsg::SetFeed {
            symbol: 1,
            name: "MVC/KRW".into(),
            params,
        };
        self.owns("oracle", json(&feed));
        for device in self.price_devices() {
            let feeds = true;
            self.owns(
                "oracle",
                json(&oracle::ExecuteMsg::SetFeedSource {
                    symbol: 1,
                    device,
                    feeds,
                }),
            );
        }
    }
}

/// Rules of trade like the papers', with months and windows short enough to be lived through.
pub(super) fn merchant_params() -> merchant::Params {
    let budget = |per_head: u128, max: u128| merchant::Budget {
        per_head: (per_head * UNIT).into(),
        max: (max * UNIT).into(),
        window_days: 4,
        per_window: (max * UNIT * 4).into(),
    };
    merchant::Params {
        min_order: 100,
        max_order: 100_000_000_000,
        share_cap: 2,
        merchants: budget(100, 3_000_000),
        customers: budget(10, 1_000_000),
        power_bps: vec![10_000, 9_000, 8_000, 7_000, 6_000, 5_000],
        month_days: 3,
        weight_days: 3,
        level_bounds: [10u128, 20, 50, 100, 200]
            .map(|n| Uint128::new(n * 1_000_000_000_000))
            .to_vec(),
    }
}

/// Rules of mining like the papers'.
pub(super) fn mining_params() -> mining::Params {
    let method = |method| mining::MethodBudget {
        method,
        hp: (6_000 * UNIT).into(),
        vrs: (4_000 * UNIT).into(),
    };
    mining::Params {
        budgets: mining::Method::ALL.map(method).to_vec(),
        share_cap: 3,
        marginal: false,
        view_steps: vec![10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000],
        window_days: 5,
        hp_per_window: (5 * 40_000 * UNIT).into(),
        vrs_per_window: (5 * 40_000 * UNIT).into(),
    }
}
