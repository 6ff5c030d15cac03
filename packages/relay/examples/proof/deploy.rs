//! A programme of one day: contracts, members, terminals.

use crate::sign::key;
use crate::{Fault, Setting, CUSTOMERS};
use cosmwasm_std::{from_json, to_json_vec, Binary, Uint128};
use serde::de::DeserializeOwned;
use serde::Serialize;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};
use vrs_client::outcome::Response;
use vrs_client::{messages, Any, ChainFile, Client, Sender};
use vrs_days::Clock;
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::identity::{self, Kind, NewClaim, NewMember, Registered, Topic};
use vrs_interface::oracle::{self, DeviceCaps, DeviceKey, DeviceKind, NewDevice, RegisterDevicesResponse};
use vrs_interface::{merchant, points, token};

/// How many shops there are.
const SHOPS: u32 = 8;
/// Seconds until day 1 begins: what is set counts from then on.
const AHEAD: u64 = 40;

struct Site {
    client: Client,
    owner: Sender,
}

impl Site {
    fn store(&mut self, name: &str) -> Result<u64, Fault> {
        let wasm = std::fs::read(format!("artifacts/{name}.wasm"))?;
        let message = messages::store_code(self.owner.address(), wasm);
        let outcome = self.client.send(&mut self.owner, vec![message])?;
        match outcome.responses.first() {
            Some(Response::Stored { code_id, .. }) => Ok(*code_id),
            other => Err(format!("{name}: expected a code, got {other:?}").into()),
        }
    }

    fn create(&mut self, name: &str, code: u64, msg: &impl Serialize) -> Result<String, Fault> {
        let owner = self.owner.address().to_owned();
        let message = messages::instantiate(&owner, &owner, code, name, &to_json_vec(msg)?);
        let outcome = self.client.send(&mut self.owner, vec![message])?;
        match outcome.responses.first() {
            Some(Response::Instantiated { address }) => Ok(address.clone()),
            other => Err(format!("{name}: expected an address, got {other:?}").into()),
        }
    }

    fn call(&self, contract: &str, msg: &impl Serialize) -> Result<Any, Fault> {
        Ok(messages::execute(self.owner.address(), contract, &to_json_vec(msg)?))
    }

    fn send(&mut self, messages: Vec<Any>) -> Result<Vec<Response>, Fault> {
        Ok(self.client.send(&mut self.owner, messages)?.responses)
    }
}

fn data<T: DeserializeOwned>(responses: &[Response]) -> Result<T, Fault> {
    match responses.last() {
        Some(Response::Data(data)) => Ok(from_json(data)?),
        other => Err(format!("expected data, got {other:?}").into()),
    }
}

/// Puts it there, and waits until day 1 runs.
pub fn deploy(file: &ChainFile, out: &Path) -> Result<(), Fault> {
    let client = Client::new(file)?;
    let owner = Sender::open(&client.node, file.keyring().key("owner")?)?;
    let clock = Clock::daily(now()? + AHEAD);
    let mut site = Site { client, owner };
    let (identity, oracle, merchant) = contracts(&mut site, &clock)?;
    let owner = site.owner.address().to_owned();
    let mut grants = vec![];
    for role in [Role::Registrar, Role::Verifier, Role::Assessor] {
        let grant = || AccessMsg::GrantRole {
            role,
            account: owner.clone(),
        };
        grants.push(site.call(&identity, &identity::ExecuteMsg::Access(grant()))?);
        grants.push(site.call(&oracle, &oracle::ExecuteMsg::Access(grant()))?);
        grants.push(site.call(&merchant, &merchant::ExecuteMsg::Access(grant()))?);
    }
    let consumer = oracle::ExecuteMsg::SetConsumer {
        kind: DeviceKind::Terminal,
        contract: Some(merchant.clone()),
    };
    grants.push(site.call(&oracle, &consumer)?);
    site.send(grants)?;
    let shops = members(&mut site, &identity, Kind::Merchant, SHOPS)?;
    let customers = members(&mut site, &identity, Kind::Individual, CUSTOMERS)?;
    let devices = terminals(&mut site, &oracle, &merchant, shops)?;
    let setting = Setting {
        chain_id: file.id.clone(),
        oracle,
        merchant,
        clock,
        devices,
        shops: SHOPS,
        customers,
    };
    std::fs::write(out, serde_json::to_vec_pretty(&setting)?)?;
    while site.client.node.status()?.time / 1_000_000_000 <= setting.clock.start {
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    Ok(())
}

fn contracts(site: &mut Site, clock: &Clock) -> Result<(String, String, String), Fault> {
    let owner = site.owner.address().to_owned();
    let code = site.store("identity")?;
    let msg = identity::InstantiateMsg {
        owner: owner.clone(),
        clock: clock.clone(),
    };
    let identity = site.create("identity", code, &msg)?;
    let code = site.store("oracle")?;
    let msg = oracle::InstantiateMsg {
        owner: owner.clone(),
        clock: clock.clone(),
        history_days: 180,
    };
    let oracle = site.create("oracle", code, &msg)?;
    let code = site.store("token")?;
    let supply = Uint128::new(1_000_000_000_000);
    let msg = token::InstantiateMsg {
        name: "Bizkey".to_owned(),
        symbol: "Bzky".to_owned(),
        decimals: 6,
        supply,
        allocations: vec![token::Allocation {
            account: owner.clone(),
            amount: supply,
        }],
        clock: clock.clone(),
        history_days: 180,
        marketing: None,
    };
    let bzky = site.create("bzky", code, &msg)?;
    let code = site.store("points")?;
    let msg = points::InstantiateMsg {
        name: "Time".to_owned(),
        symbol: "Time".to_owned(),
        decimals: 6,
        owner: owner.clone(),
        clock: clock.clone(),
        identity: identity.clone(),
        max_supply: Some(supply),
        verified_only: true,
        raise_delay_days: 1,
    };
    let time = site.create("time", code, &msg)?;
    let code = site.store("merchant")?;
    let budget = merchant::Budget {
        per_head: Uint128::new(1_000_000),
        max: Uint128::new(1_000_000_000),
        window_days: 30,
        per_window: Uint128::new(30_000_000_000),
    };
    let msg = merchant::InstantiateMsg {
        owner,
        clock: clock.clone(),
        identity: identity.clone(),
        oracle: oracle.clone(),
        bzky,
        time,
        params: merchant::Params {
            min_order: 100,
            max_order: 100_000_000,
            share_cap: 0,
            merchants: budget,
            customers: budget,
            power_bps: vec![10_000],
            month_days: 30,
            weight_days: 30,
            level_bounds: vec![],
        },
        horizon_days: 180,
        expiry_days: 365,
        raise_delay_days: 1,
    };
    let merchant = site.create("merchant", code, &msg)?;
    Ok((identity, oracle, merchant))
}

/// Registers so many of a kind, verified; answers the first one's number.
fn members(site: &mut Site, identity: &str, kind: Kind, count: u32) -> Result<u32, Fault> {
    let member = |at: u32| -> Result<NewMember, Fault> {
        let label = format!("{kind:?} {at}");
        let account = vrs_client::Key::of_label(1, &label, "wasm")?;
        Ok(NewMember {
            kind,
            account: account.address().to_owned(),
            payout: None,
            level: 0,
            identity: Some(NewClaim {
                topic: Topic::Identity,
                hash: Binary::from([7; 32]),
                until: None,
            }),
        })
    };
    let members = (0..count).map(member).collect::<Result<_, _>>()?;
    let call = site.call(identity, &identity::ExecuteMsg::RegisterMembers { members })?;
    Ok(data::<Registered>(&site.send(vec![call])?)?.first)
}

/// Profiles of the shops, and a terminal each; answers the first one's number.
fn terminals(site: &mut Site, oracle: &str, merchant: &str, shops: u32) -> Result<u32, Fault> {
    let rates = vec![merchant::Rate { id: 1, amount: 200 }];
    let profile = |at: u32| merchant::Profile {
        merchant: shops + at,
        area: 500,
        staff: 4,
        district: 1,
        trade: 1,
    };
    let profiles = (0..SHOPS).map(profile).collect();
    let owner = site.owner.address().to_owned();
    let device = |at: u32| NewDevice {
        kind: DeviceKind::Terminal,
        subject: Some(shops + at),
        owner: owner.clone(),
        key: DeviceKey::Ed25519(Binary::from(key(at).verifying_key().to_bytes())),
        valid_from: 1,
        valid_until: None,
        caps: DeviceCaps {
            items: 100_000_000,
            amount: 1_000_000_000_000,
        },
    };
    let devices = (0..SHOPS).map(device).collect();
    let calls = vec![
        site.call(merchant, &merchant::ExecuteMsg::SetDistricts { rates: rates.clone() })?,
        site.call(merchant, &merchant::ExecuteMsg::SetTrades { rates })?,
        site.call(merchant, &merchant::ExecuteMsg::SetProfiles { profiles })?,
        site.call(oracle, &oracle::ExecuteMsg::RegisterDevices { devices })?,
    ];
    Ok(data::<RegisterDevicesResponse>(&site.send(calls)?)?.first)
}

fn now() -> Result<u64, Fault> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
