//! The oracle on a test chain, with two consumers that do as they are told.

use crate::ContractError;
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    from_json, to_json_binary, Addr, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
    WasmMsg,
};
use cw_multi_test::{App, AppResponse, Contract, ContractWrapper, Executor};
use ed25519_dalek::Signer as _;
use k256::ecdsa::signature::hazmat::PrehashSigner as _;
use serde::de::DeserializeOwned;
use vrs_attestation::{Batch, Kind, Leaf, Price, Reading, Receipt, Scheme};
use vrs_days::{Clock, Day};
use vrs_interface::access::{AccessMsg, Role};
use vrs_interface::attested::{AttestedResponse, Delivery, DroppedItem};
use vrs_interface::oracle::*;

/// Second at which day 1 begins.
pub const START: u64 = 1_700_000_000;
pub const DAY: u64 = 86_400;

/// A device's private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    Ed(u8),
    Secp(u8),
}

impl Signer {
    pub fn key(self) -> DeviceKey {
        match self {
            Signer::Ed(seed) => DeviceKey::Ed25519(Binary::from(
                ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
                    .verifying_key()
                    .to_bytes(),
            )),
            Signer::Secp(seed) => DeviceKey::Secp256k1(Binary::from(
                secp(seed).verifying_key().to_encoded_point(true).as_bytes(),
            )),
        }
    }

    pub fn sign(self, message: &[u8]) -> [u8; 64] {
        match self {
            Signer::Ed(seed) => ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
                .sign(message)
                .to_bytes(),
            Signer::Secp(seed) => {
                let digest = Scheme::Secp256k1.payload(message.to_vec());
                let signature: k256::ecdsa::Signature = secp(seed).sign_prehash(&digest).unwrap();
                signature.to_bytes().into()
            }
        }
    }
}

fn secp(seed: u8) -> k256::ecdsa::SigningKey {
    k256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap()
}

/// What a test's consumer can be told and asked.
#[cw_serde]
pub enum ConsumerExecute {
    Attested { deliveries: Vec<Delivery> },
    Behave(Behaviour),
}

#[cw_serde]
#[derive(Default)]
pub enum Behaviour {
    /// Drops nothing.
    #[default]
    Take,
    /// Answers these drops.
    Drop(Vec<DroppedItem>),
    /// Fails.
    Fail,
    /// Answers without data.
    Silent,
    /// Answers with data that is no answer.
    Babble,
    /// Sends these batches to the oracle before it answers.
    Reenter(Vec<Binary>),
}

#[cw_serde]
pub struct Calls {}

const CALLS: &[u8] = b"calls";
const BEHAVIOUR: &[u8] = b"behaviour";

fn consumer_execute(deps: DepsMut, _env: Env, info: MessageInfo, msg: ConsumerExecute) -> StdResult<Response> {
    let read = |key| deps.storage.get(key);
    match msg {
        ConsumerExecute::Behave(behaviour) => {
            deps.storage.set(BEHAVIOUR, &cosmwasm_std::to_json_vec(&behaviour)?);
            Ok(Response::new())
        }
        ConsumerExecute::Attested { deliveries } => {
            let mut calls: Vec<Vec<Delivery>> = read(CALLS).map_or(Ok(vec![]), from_json)?;
            calls.push(deliveries);
            let behaviour: Behaviour = read(BEHAVIOUR).map_or(Ok(Behaviour::Take), from_json)?;
            deps.storage.set(CALLS, &cosmwasm_std::to_json_vec(&calls)?);
            let answer = |dropped| to_json_binary(&AttestedResponse { dropped });
            Ok(match behaviour {
                Behaviour::Take => Response::new().set_data(answer(vec![])?),
                Behaviour::Drop(items) => Response::new().set_data(answer(items)?),
                Behaviour::Fail => return Err(StdError::generic_err("told to fail")),
                Behaviour::Silent => Response::new(),
                Behaviour::Babble => Response::new().set_data(b"babble"),
                Behaviour::Reenter(batches) => Response::new()
                    .add_message(WasmMsg::Execute {
                        contract_addr: info.sender.into(),
                        msg: to_json_binary(&ExecuteMsg::SubmitBatches { batches })?,
                        funds: vec![],
                    })
                    .set_data(answer(vec![])?),
            })
        }
    }
}

fn consumer_query(deps: Deps, _env: Env, _msg: Calls) -> StdResult<Binary> {
    Ok(Binary::from(deps.storage.get(CALLS).unwrap_or_else(|| b"[]".to_vec())))
}

fn consumer_instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

fn consumer() -> Box<dyn Contract<Empty>> {
    Box::new(ContractWrapper::new(
        consumer_execute,
        consumer_instantiate,
        consumer_query,
    ))
}

pub fn oracle() -> Box<dyn Contract<Empty>> {
    use crate::contract::{execute, instantiate, migrate, query, reply};
    Box::new(
        ContractWrapper::new(execute, instantiate, query)
            .with_reply(reply)
            .with_migrate(migrate),
    )
}

pub struct Suite {
    pub app: App,
    pub oracle: Addr,
    pub owner: Addr,
    pub registrar: Addr,
    pub guardian: Addr,
    /// Owns the devices.
    pub agent: Addr,
    /// Relays batches, may nothing else.
    pub relay: Addr,
    /// Consumer of terminals.
    pub merchant: Addr,
    /// Consumer of meters.
    pub mining: Addr,
}

pub fn caps(items: u32, amount: u64) -> DeviceCaps {
    DeviceCaps { items, amount }
}

impl Suite {
    /// At noon of day 1, with consumers for terminals and meters, without devices.
    pub fn new() -> Self {
        let mut app = App::default();
        app.update_block(|block| block.time = cosmwasm_std::Timestamp::from_seconds(START + DAY / 2));
        let [owner, registrar, guardian, agent, relay] =
            ["owner", "registrar", "guardian", "agent", "relay"].map(|name| app.api().addr_make(name));
        let code = app.store_code(oracle());
        let msg = InstantiateMsg {
            owner: owner.to_string(),
            clock: Clock::daily(START),
            history_days: 180,
        };
        let oracle = app
            .instantiate_contract(code, owner.clone(), &msg, &[], "oracle", Some(owner.to_string()))
            .unwrap();
        let code = app.store_code(consumer());
        let [merchant, mining] = ["merchant", "mining"].map(|name| {
            app.instantiate_contract(code, owner.clone(), &Empty {}, &[], name, None)
                .unwrap()
        });
        let mut suite = Suite {
            app,
            oracle,
            owner,
            registrar,
            guardian,
            agent,
            relay,
            merchant,
            mining,
        };
        for (role, account) in [
            (Role::Registrar, suite.registrar.clone()),
            (Role::Guardian, suite.guardian.clone()),
        ] {
            let account = account.to_string();
            suite.own(ExecuteMsg::Access(AccessMsg::GrantRole { role, account }));
        }
        for (kind, contract) in [
            (DeviceKind::Terminal, suite.merchant.clone()),
            (DeviceKind::Meter, suite.mining.clone()),
        ] {
            let contract = Some(contract.to_string());
            suite.own(ExecuteMsg::SetConsumer { kind, contract });
        }
        suite
    }

    /// With terminals 1 to `n`, signed by `Signer::Ed(number)`.
    pub fn with_terminals(n: u8) -> Self {
        let mut suite = Suite::new();
        for number in 1..=n {
            suite.register(DeviceKind::Terminal, Signer::Ed(number));
        }
        suite
    }

    pub fn new_device(&self, kind: DeviceKind, signer: Signer) -> NewDevice {
        NewDevice {
            kind,
            subject: Some(77),
            owner: self.agent.to_string(),
            key: signer.key(),
            valid_from: 1,
            valid_until: None,
            caps: caps(1_000_000, 1_000_000_000),
        }
    }

    pub fn register(&mut self, kind: DeviceKind, signer: Signer) -> DeviceId {
        let device = self.new_device(kind, signer);
        self.register_as(device).unwrap()
    }

    pub fn register_as(&mut self, device: NewDevice) -> Result<DeviceId, ContractError> {
        let devices = vec![device];
        let registrar = self.registrar.clone();
        let response = self.execute(&registrar, ExecuteMsg::RegisterDevices { devices })?;
        let answer: RegisterDevicesResponse = from_json(response.data.unwrap()).unwrap();
        Ok(answer.first)
    }

    pub fn execute(&mut self, sender: &Addr, msg: ExecuteMsg) -> Result<AppResponse, ContractError> {
        self.app
            .execute_contract(sender.clone(), self.oracle.clone(), &msg, &[])
            .map_err(|error| error.downcast().unwrap())
    }

    /// Sends a message as the owner, who may.
    pub fn own(&mut self, msg: ExecuteMsg) -> AppResponse {
        let owner = self.owner.clone();
        self.execute(&owner, msg).unwrap()
    }

    pub fn query<T: DeserializeOwned>(&self, msg: &QueryMsg) -> StdResult<T> {
        self.app.wrap().query_wasm_smart(&self.oracle, msg)
    }

    /// A query whose error is looked at.
    pub fn refused(&self, msg: &QueryMsg) -> String {
        match self.query::<Empty>(msg) {
            Ok(_) => panic!("answered"),
            Err(error) => error.to_string(),
        }
    }

    pub fn go_to(&mut self, second: u64) {
        self.app
            .update_block(|block| block.time = cosmwasm_std::Timestamp::from_seconds(second));
    }

    /// Goes to noon of a day.
    pub fn go_to_day(&mut self, day: Day) {
        self.go_to(START + u64::from(day - 1) * DAY + DAY / 2);
    }

    pub fn behave(&mut self, consumer: &Addr, behaviour: Behaviour) {
        self.app
            .execute_contract(
                self.owner.clone(),
                consumer.clone(),
                &ConsumerExecute::Behave(behaviour),
                &[],
            )
            .unwrap();
    }

    /// What a consumer was given, by call.
    pub fn calls(&self, consumer: &Addr) -> Vec<Vec<Delivery>> {
        self.app.wrap().query_wasm_smart(consumer, &Calls {}).unwrap()
    }

    pub fn seal(&self, batch: &Batch, signer: Signer) -> Binary {
        let unsigned = batch.unsigned().unwrap();
        let chain_id = &self.app.block_info().chain_id;
        let message = unsigned.signing_bytes(chain_id, self.oracle.as_str()).unwrap();
        Binary::from(unsigned.seal(&signer.sign(&message)))
    }

    /// A terminal's batch of `amounts`, by its own key `Signer::Ed(number)`.
    pub fn sales(&self, device: DeviceId, day: Day, sequence: u32, amounts: &[u64]) -> Binary {
        let signer = Signer::Ed(u8::try_from(device).unwrap());
        self.seal(&sales(device, day, sequence, amounts), signer)
    }

    pub fn submit(&mut self, batches: Vec<Binary>) -> Vec<Outcome> {
        self.try_submit(batches).unwrap()
    }

    pub fn try_submit(&mut self, batches: Vec<Binary>) -> Result<Vec<Outcome>, ContractError> {
        let relay = self.relay.clone();
        let response = self.execute(&relay, ExecuteMsg::SubmitBatches { batches })?;
        let answer: SubmitBatchesResponse = from_json(response.data.unwrap()).unwrap();
        Ok(answer.outcomes)
    }

    pub fn device(&self, device: DeviceId) -> DeviceResponse {
        self.query(&QueryMsg::Device { device }).unwrap()
    }

    pub fn next(&self, device: DeviceId) -> u32 {
        self.device(device).next_sequence
    }
}

/// A terminal's batch: one receipt an amount.
pub fn sales(device: DeviceId, day: Day, sequence: u32, amounts: &[u64]) -> Batch {
    let mut batch = Batch::new(Kind::Terminal, device, day, sequence, [sequence as u8; 16]);
    for (i, amount) in (0u32..).zip(amounts) {
        let receipt = Receipt {
            customer: 900 + i,
            number: u64::from(sequence) * 1_000 + u64::from(i),
            amount: *amount,
            time: 40_000 + i,
            channel: 1,
        };
        batch.push(&receipt).unwrap();
    }
    batch
}

/// A meter's batch of `n` readings.
pub fn readings(device: DeviceId, day: Day, sequence: u32, n: u64) -> Batch {
    let mut batch = Batch::new(Kind::Meter, device, day, sequence, [9; 16]);
    for unit in 0..n {
        let reading = Reading {
            method: 1,
            account: 5,
            unit,
            quantities: [1, 2, 3, 4, 0],
        };
        batch.push(&reading).unwrap();
    }
    batch
}

/// A feed's batch.
pub fn prices(device: DeviceId, day: Day, sequence: u32, leaves: &[Price]) -> Batch {
    Batch {
        kind: Kind::Price,
        device,
        day,
        sequence,
        seed: [3; 16],
        leaves: leaves.iter().map(Leaf::encode).collect(),
    }
}

pub fn accepted(items: u16) -> Outcome {
    Outcome::Accepted { items, dropped: vec![] }
}

pub fn repeat(items: u16) -> Outcome {
    Outcome::Repeat {
        first: FirstOutcome::Accepted { items, dropped: vec![] },
    }
}

pub fn refused(reason: RefuseReason) -> Outcome {
    Outcome::Refused { reason }
}
