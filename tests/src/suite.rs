//! The whole suite deployed on an in-memory chain, with real device keys, and short names for what
//! the journeys do.

use cosmwasm_std::{from_json, to_json_binary, Addr, Binary, Timestamp};
use cw_multi_test::{App, AppBuilder, AppResponse, BankKeeper, Contract, ContractWrapper, Executor, MockApiBech32};
use ed25519_dalek::{Signer, SigningKey};
use serde::{de::DeserializeOwned, Serialize};
use vrs_attestation::leaf::channel;
use vrs_attestation::{Batch, Kind as BatchKind, Receipt};
use vrs_days::{Clock, Day};
use vrs_interface::{access, identity, merchant, mining, oracle, points, settlement, token};

pub use crate::setup::{Setup, START, UNIT};

/// The chain the suites run on.
pub type Chain = App<BankKeeper, MockApiBech32>;

/// Addresses of all contracts.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Contracts {
    pub vrs: Addr,
    pub mvc: Addr,
    pub bzky: Addr,
    pub hp: Addr,
    pub time: Addr,
    pub mvp: Addr,
    pub identity: Addr,
    pub oracle: Addr,
    pub merchant: Addr,
    pub mining: Addr,
}

impl Contracts {
    /// Name and address of each.
    pub fn all(&self) -> [(&'static str, &Addr); 10] {
        [
            ("vrs", &self.vrs),
            ("mvc", &self.mvc),
            ("bzky", &self.bzky),
            ("hp", &self.hp),
            ("time", &self.time),
            ("mvp", &self.mvp),
            ("identity", &self.identity),
            ("oracle", &self.oracle),
            ("merchant", &self.merchant),
            ("mining", &self.mining),
        ]
    }
}

/// A member with a device that attests for him.
#[derive(Clone)]
pub struct Device {
    /// Its number.
    pub id: u32,
    /// Its key.
    pub key: SigningKey,
    /// The sequence number that it signs next.
    pub next: u32,
    /// What it signs.
    pub kind: BatchKind,
}

/// A deployed suite.
pub struct Suite {
    /// The chain.
    pub chain: Chain,
    /// Where everything is.
    pub at: Contracts,
    /// Owner of everything, holder of what the pools did not get.
    pub owner: Addr,
    /// A relayer without any rights.
    pub relayer: Addr,
    /// The clock.
    pub clock: Clock,
    /// The setup it was made with.
    pub setup: Setup,
    named: u32,
}

macro_rules! code {
    ($chain:expr, $contract:ident) => {{
        let code: Box<dyn Contract<cosmwasm_std::Empty>> = Box::new(ContractWrapper::new(
            $contract::contract::execute,
            $contract::contract::instantiate,
            $contract::contract::query,
        ));
        $chain.store_code(code)
    }};
}

impl Suite {
    /// Deploys the suite as the papers have it.
    pub fn new() -> Self {
        Self::with(Setup::default())
    }

    /// Deploys the suite.
    pub fn with(setup: Setup) -> Self {
        let api = MockApiBech32::new("vrs");
        let (owner, relayer) = (api.addr_make("owner"), api.addr_make("relayer"));
        let mut chain: Chain = AppBuilder::default().with_api(api).build(|_, _, _| {});
        chain.update_block(|block| {
            block.chain_id = "vrs-test-1".into();
            block.time = Timestamp::from_seconds(setup.clock.start);
        });
        let oracle_code: Box<dyn Contract<cosmwasm_std::Empty>> = Box::new(
            ContractWrapper::new(
                vrs_oracle::contract::execute,
                vrs_oracle::contract::instantiate,
                vrs_oracle::contract::query,
            )
            .with_reply(vrs_oracle::contract::reply),
        );
        let oracle_code = chain.store_code(oracle_code);
        let [token_code, points_code] = [code!(chain, vrs_token), code!(chain, vrs_points)];
        let [identity_code, oracle_code] = [code!(chain, vrs_identity), oracle_code];
        let [merchant_code, mining_code] = [code!(chain, vrs_merchant), code!(chain, vrs_mining)];
        let clock = setup.clock.clone();
        let make = |chain: &mut Chain, code: u64, msg: Binary, label: &str| -> Addr {
            let raw: serde_json::Value = from_json(&msg).unwrap();
            chain
                .instantiate_contract(code, owner.clone(), &raw, &[], label, Some(owner.to_string()))
                .unwrap()
        };
        let token = |name: &str, supply: u128| {
            to_json_binary(&token::InstantiateMsg {
                name: name.into(),
                symbol: name.to_uppercase(),
                decimals: 6,
                supply: supply.into(),
                allocations: vec![token::Allocation {
                    account: owner.to_string(),
                    amount: supply.into(),
                }],
                clock: clock.clone(),
                history_days: 400,
                marketing: None,
            })
            .unwrap()
        };
        let identity = to_json_binary(&identity::InstantiateMsg {
            owner: owner.to_string(),
            clock: clock.clone(),
        });
        let identity = make(&mut chain, identity_code, identity.unwrap(), "identity");
        let points = |name: &str, decimals: u8| {
            to_json_binary(&points::InstantiateMsg {
                name: format!("{name} points"),
                symbol: name.to_uppercase(),
                decimals,
                owner: owner.to_string(),
                clock: clock.clone(),
                identity: identity.to_string(),
                max_supply: None,
                verified_only: false,
                raise_delay_days: 7,
            })
            .unwrap()
        };
        let vrs = make(&mut chain, token_code, token("vrs", 2_500_000_000 * UNIT), "vrs");
        let mvc = make(&mut chain, token_code, token("mvc", 3_000_000_000 * UNIT), "mvc");
        let bzky = make(&mut chain, token_code, token("bzky", 10_000_000_000 * UNIT), "bzky");
        let hp = make(&mut chain, points_code, points("hp", 6), "hp");
        let time = make(&mut chain, points_code, points("time", 6), "time");
        let mvp = make(&mut chain, points_code, points("mvp", 0), "mvp");
        let oracle = oracle::InstantiateMsg {
            owner: owner.to_string(),
            clock: clock.clone(),
            history_days: 400,
        };
        let oracle = make(&mut chain, oracle_code, to_json_binary(&oracle).unwrap(), "oracle");
        let merchant = merchant::InstantiateMsg {
            owner: owner.to_string(),
            clock: clock.clone(),
            identity: identity.to_string(),
            oracle: oracle.to_string(),
            bzky: bzky.to_string(),
            time: time.to_string(),
            params: setup.params.clone(),
            horizon_days: 180,
            expiry_days: 365,
            raise_delay_days: 7,
        };
        let merchant = make(
            &mut chain,
            merchant_code,
            to_json_binary(&merchant).unwrap(),
            "merchant",
        );
        let mining = mining::InstantiateMsg {
            owner: owner.to_string(),
            clock: clock.clone(),
            identity: identity.to_string(),
            oracle: oracle.to_string(),
            hp: hp.to_string(),
            vrs: vrs.to_string(),
            params: setup.mining.clone(),
            expiry_days: 365,
            raise_delay_days: 7,
        };
        let mining = make(&mut chain, mining_code, to_json_binary(&mining).unwrap(), "mining");
        let at = Contracts {
            vrs,
            mvc,
            bzky,
            hp,
            time,
            mvp,
            identity,
            oracle,
            merchant,
            mining,
        };
        let mut suite = Suite {
            chain,
            at,
            owner,
            relayer,
            clock,
            setup,
            named: 0,
        };
        suite.connect();
        suite
    }

    fn connect(&mut self) {
        let at = self.at.clone();
        let setup = self.setup.clone();
        let fund = to_json_binary(&merchant::ReceiveMsg::Fund {}).unwrap();
        for (token, contract, amount) in [
            (&at.bzky, &at.merchant, setup.bzky_pool),
            (&at.vrs, &at.mining, setup.vrs_pool),
        ] {
            let send = token::ExecuteMsg::Send {
                contract: contract.to_string(),
                amount: amount.into(),
                msg: fund.clone(),
            };
            self.owns(token, &send);
        }
        for (points, issuer, total) in [
            (&at.time, &at.merchant, setup.time_pool),
            (&at.hp, &at.mining, setup.hp_pool),
        ] {
            let limit = points::IssuerLimit {
                window_days: 30,
                per_window: total.into(),
                total: total.into(),
            };
            self.owns(
                points,
                &points::ExecuteMsg::SetIssuer {
                    issuer: issuer.to_string(),
                    limit,
                },
            );
        }
        self.owns(
            &at.merchant,
            &merchant::ExecuteMsg::FundTime {
                amount: setup.time_pool.into(),
            },
        );
        self.owns(
            &at.mining,
            &mining::ExecuteMsg::FundHp {
                amount: setup.hp_pool.into(),
            },
        );
        for (kind, contract) in [
            (oracle::DeviceKind::Terminal, &at.merchant),
            (oracle::DeviceKind::Meter, &at.mining),
        ] {
            self.owns(
                &at.oracle,
                &oracle::ExecuteMsg::SetConsumer {
                    kind,
                    contract: Some(contract.to_string()),
                },
            );
        }
    }

    /// An address with a name.
    pub fn address(&self, name: &str) -> Addr {
        self.chain.api().addr_make(name)
    }

    /// Sends a message and shows the whole error.
    pub fn send<M: Serialize + std::fmt::Debug>(
        &mut self,
        sender: &Addr,
        contract: &Addr,
        msg: &M,
    ) -> Result<AppResponse, String> {
        let sent = self.chain.execute_contract(sender.clone(), contract.clone(), msg, &[]);
        sent.map_err(|e| e.root_cause().to_string())
    }

    /// Sends a message as the owner; it must succeed.
    pub fn owns<M: Serialize + std::fmt::Debug>(&mut self, contract: &Addr, msg: &M) -> AppResponse {
        let owner = self.owner.clone();
        self.send(&owner, contract, msg)
            .unwrap_or_else(|e| panic!("{msg:?}: {e}"))
    }

    /// Asks a contract.
    pub fn ask<R: DeserializeOwned>(&self, contract: &Addr, msg: &impl Serialize) -> R {
        self.chain.wrap().query_wasm_smart(contract, msg).unwrap()
    }

    /// The day that runs.
    pub fn today(&self) -> Day {
        self.clock.day(self.chain.block_info().time)
    }

    /// Moves the chain to a second.
    pub fn jump(&mut self, seconds: u64) {
        self.chain.update_block(|block| {
            assert!(
                Timestamp::from_seconds(seconds) >= block.time,
                "time does not run backwards"
            );
            block.time = Timestamp::from_seconds(seconds);
            block.height += 1;
        });
    }

    /// Moves the chain to a part of a day.
    pub fn at(&mut self, day: Day, part: u32) {
        self.jump(self.clock.opens(day) + self.clock.seconds(part));
    }

    /// Registers verified members in one message; answers number and address of each.
    pub fn members(&mut self, kind: identity::Kind, count: usize) -> Vec<(u32, Addr)> {
        let mut made = vec![];
        for chunk in (0..count).collect::<Vec<_>>().chunks(100) {
            let addresses: Vec<Addr> = chunk
                .iter()
                .map(|_| {
                    self.named += 1;
                    self.address(&format!("member-{}", self.named))
                })
                .collect();
            let members = addresses
                .iter()
                .map(|account| identity::NewMember {
                    kind,
                    account: account.to_string(),
                    payout: None,
                    level: 1,
                    identity: Some(identity::NewClaim {
                        topic: identity::Topic::Identity,
                        hash: Binary::from([7; 32]),
                        until: None,
                    }),
                })
                .collect();
            let identity = self.at.identity.clone();
            let before: identity::ConfigResponse = self.ask(&identity, &identity::QueryMsg::Config {});
            self.owns(&identity, &identity::ExecuteMsg::RegisterMembers { members });
            let first = before.members + 1;
            made.extend(
                addresses
                    .into_iter()
                    .enumerate()
                    .map(|(i, address)| (first + i as u32, address)),
            );
        }
        made
    }

    /// Registers shops with equal costs: 500 square feet at 2.00, 4 people at 100.00 (1,400.00 in all).
    pub fn shops(&mut self, count: usize) -> Vec<(u32, Addr)> {
        let shops = self.members(identity::Kind::Merchant, count);
        let merchant = self.at.merchant.clone();
        let rate = |amount| vec![merchant::Rate { id: 1, amount }];
        self.owns(&merchant, &merchant::ExecuteMsg::SetDistricts { rates: rate(200) });
        self.owns(&merchant, &merchant::ExecuteMsg::SetTrades { rates: rate(10_000) });
        for chunk in shops.chunks(100) {
            let profiles = chunk
                .iter()
                .map(|(id, _)| merchant::Profile {
                    merchant: *id,
                    area: 500,
                    staff: 4,
                    district: 1,
                    trade: 1,
                })
                .collect();
            self.owns(&merchant, &merchant::ExecuteMsg::SetProfiles { profiles });
        }
        shops
    }

    /// Registers a device of the owner's with generous caps.
    pub fn device(&mut self, kind: BatchKind, subject: Option<u32>) -> Device {
        let oracle = self.at.oracle.clone();
        let config: oracle::ConfigResponse = self.ask(&oracle, &oracle::QueryMsg::Config {});
        let id = config.devices + 1;
        let mut secret = [9u8; 32];
        secret[..4].copy_from_slice(&id.to_be_bytes());
        let key = SigningKey::from_bytes(&secret);
        let device_kind = match kind {
            BatchKind::Terminal => oracle::DeviceKind::Terminal,
            BatchKind::Meter => oracle::DeviceKind::Meter,
            BatchKind::Price => oracle::DeviceKind::Price,
            other => panic!("no leaves for {other:?}"),
        };
        let device = oracle::NewDevice {
            kind: device_kind,
            subject,
            owner: self.owner.to_string(),
            key: oracle::DeviceKey::Ed25519(Binary::from(key.verifying_key().to_bytes())),
            valid_from: 1,
            valid_until: None,
            caps: oracle::DeviceCaps {
                items: 1_000_000,
                amount: 1 << 60,
            },
        };
        self.owns(&oracle, &oracle::ExecuteMsg::RegisterDevices { devices: vec![device] });
        Device { id, key, next: 1, kind }
    }

    /// Signs a batch without touching the device's counter.
    pub fn sign_as<L: vrs_attestation::Leaf>(&self, device: &Device, day: Day, sequence: u32, leaves: &[L]) -> Binary {
        let mut seed = [0u8; 16];
        seed[..4].copy_from_slice(&device.id.to_be_bytes());
        seed[4..8].copy_from_slice(&sequence.to_be_bytes());
        let mut batch = Batch::new(device.kind, device.id, day, sequence, seed);
        for leaf in leaves {
            batch.push(leaf).unwrap();
        }
        let unsigned = batch.unsigned().unwrap();
        let bytes = unsigned
            .signing_bytes(&self.chain.block_info().chain_id, self.at.oracle.as_str())
            .unwrap();
        Binary::from(unsigned.seal(&device.key.sign(&bytes).to_bytes()))
    }

    /// Signs the device's next batch.
    pub fn sign<L: vrs_attestation::Leaf>(&self, device: &mut Device, day: Day, leaves: &[L]) -> Binary {
        let signed = self.sign_as(device, day, device.next, leaves);
        device.next += 1;
        signed
    }

    /// Relays batches.
    pub fn submit(&mut self, batches: Vec<Binary>) -> Vec<oracle::Outcome> {
        let (relayer, oracle) = (self.relayer.clone(), self.at.oracle.clone());
        let response = self
            .send(&relayer, &oracle, &oracle::ExecuteMsg::SubmitBatches { batches })
            .unwrap();
        from_json::<oracle::SubmitBatchesResponse>(response.data.unwrap())
            .unwrap()
            .outcomes
    }

    /// Pays members as merchants or customers.
    pub fn claim_for(&mut self, side: merchant::Side, members: Vec<u32>) -> Result<AppResponse, String> {
        let (relayer, merchant) = (self.relayer.clone(), self.at.merchant.clone());
        self.send(&relayer, &merchant, &merchant::ExecuteMsg::ClaimFor { side, members })
    }

    /// Balance of a cw20 or of points.
    pub fn balance(&self, token: &Addr, account: &Addr) -> u128 {
        let answer: cw20::BalanceResponse = self.ask(
            token,
            &token::QueryMsg::Balance {
                address: account.to_string(),
            },
        );
        answer.balance.u128()
    }

    /// The pools of merchant or mining.
    pub fn pools(&self, contract: &Addr) -> Vec<settlement::Pool> {
        let answer: settlement::PoolsResponse = self.ask(contract, &merchant::QueryMsg::Pools {});
        answer.pools
    }

    /// Gives an account a role at a contract.
    pub fn grant(&mut self, contract: &Addr, role: access::Role, account: &Addr) {
        let msg = access::AccessMsg::GrantRole {
            role,
            account: account.to_string(),
        };
        self.owns(contract, &serde_json::json!({ "access": msg }));
    }

    /// Every pool's formula, and that each contract holds what its pools still owe.
    pub fn assert_conserved(&self) {
        for contract in [&self.at.merchant, &self.at.mining] {
            for pool in self.pools(contract) {
                let sum = pool.paid + pool.claimable + pool.remaining;
                assert_eq!(pool.funded, sum, "{}: funded = paid + claimable + remaining", pool.name);
                assert!(
                    pool.recovered <= pool.remaining,
                    "{}: recovered is part of remaining",
                    pool.name
                );
                if pool.asset == self.at.bzky || pool.asset == self.at.vrs {
                    let held = self.balance(&pool.asset, contract);
                    assert_eq!(
                        held,
                        (pool.funded - pool.paid).u128(),
                        "{} holds funded - paid",
                        pool.name
                    );
                }
            }
        }
    }
}

impl Default for Suite {
    fn default() -> Self {
        Self::new()
    }
}

/// A store receipt.
pub fn sale(customer: u32, number: u64, amount: u64, external: bool) -> Receipt {
    let channel = if external { channel::EXTERNAL } else { channel::STORE };
    Receipt {
        customer,
        number,
        amount,
        time: 3_600,
        channel,
    }
}
