//! The chain that is embedded in the command: all contracts in one process, state in one file.

mod book;
mod codes;
pub mod db;
mod meter;
mod names;
mod storage;
mod transactions;

pub use book::{AddressBook, DeviceEntry, MemberEntry, Party};
pub use meter::{Counters, Meter};
pub use names::{Code, Name};
pub use storage::MemStorage;
pub use transactions::{Call, Tx, TxEvent};

use anyhow::{anyhow, bail, Context as _, Result};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{to_json_binary, Addr, Binary, BlockInfo, Empty, Timestamp, WasmMsg};
use cw_multi_test::{no_init, App, AppBuilder, AppResponse, BankKeeper, Executor as _};
use serde::de::DeserializeOwned;
use serde::Serialize;
use std::collections::BTreeMap;

/// The chain's id; it stands in everything that devices sign.
pub const CHAIN_ID: &str = "vrs-embedded-1";
/// Prefix of the chain's addresses.
pub const PREFIX: &str = "vrs";

type EmbeddedApp = App<BankKeeper, MockApi, MemStorage>;

/// Where transactions go as they happen.
pub trait TxSink {
    /// Keeps a transaction.
    fn keep(&mut self, tx: &Tx) -> Result<()>;
}

/// The embedded chain.
pub struct Chain {
    app: EmbeddedApp,
    meter: Meter,
    contracts: BTreeMap<Name, Addr>,
    sink: Option<Box<dyn TxSink>>,
    transactions: u64,
}

/// What identifies a chain's state beside its storage.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// Height of the last block.
    pub height: u64,
    /// Its time, nanoseconds since 1970.
    pub time: u64,
    /// Transactions so far.
    pub transactions: u64,
    /// Codes in the order in which they were stored.
    pub codes: Vec<String>,
    /// Addresses of the contracts.
    pub contracts: BTreeMap<Name, Addr>,
}

impl Chain {
    /// A new chain, all codes stored, before its first block.
    ///
    /// `time` is in seconds since 1970.
    pub fn new(time: u64) -> Self {
        let head = Head {
            height: 0,
            time: Timestamp::from_seconds(time).nanos(),
            transactions: 0,
            codes: vec![],
            contracts: BTreeMap::new(),
        };
        Self::build(MemStorage::default(), head)
    }

    /// A chain that goes on from a stored state.
    ///
    /// Errors: where the codes were stored in another order.
    pub fn resume(storage: MemStorage, head: Head) -> Result<Self> {
        let known: Vec<&str> = Code::ALL.map(Code::as_str).to_vec();
        if head.codes != known {
            bail!("codes: expected {known:?} in this order, got {:?}", head.codes);
        }
        Ok(Self::build(storage, head))
    }

    fn build(storage: MemStorage, head: Head) -> Self {
        let block = BlockInfo {
            height: head.height,
            time: Timestamp::from_nanos(head.time),
            chain_id: CHAIN_ID.to_owned(),
        };
        let mut app: EmbeddedApp = AppBuilder::new()
            .with_api(MockApi::default().with_prefix(PREFIX))
            .with_storage(storage)
            .with_block(block)
            .build(no_init);
        let meter = Meter::default();
        for code in Code::ALL {
            app.store_code(meter.wrap(code.as_str(), codes::contract(code)));
        }
        Chain {
            app,
            meter,
            contracts: head.contracts,
            sink: None,
            transactions: head.transactions,
        }
    }

    /// From now on, hands each transaction to `sink`.
    pub fn keep_in(&mut self, sink: Box<dyn TxSink>) {
        self.sink = Some(sink);
    }

    /// Counts what the contracts ask of their storage.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// The account that a name stands for.
    pub fn account(&self, name: &str) -> Addr {
        self.app.api().addr_make(name)
    }

    /// Address of a contract.
    ///
    /// Errors: where it is not deployed.
    pub fn address(&self, name: Name) -> Result<&Addr> {
        self.contracts
            .get(&name)
            .ok_or_else(|| anyhow!("{} is not deployed", name.as_str()))
    }

    /// Everything but storage and transactions.
    pub fn head(&self) -> Head {
        let block = self.app.block_info();
        Head {
            height: block.height,
            time: block.time.nanos(),
            transactions: self.transactions,
            codes: Code::ALL.map(|code| code.as_str().to_owned()).to_vec(),
            contracts: self.contracts.clone(),
        }
    }

    /// The storage, for writing it to a file.
    pub fn storage(&self) -> &MemStorage {
        self.app.storage()
    }

    /// Seconds since 1970 at the last block.
    pub fn now(&self) -> u64 {
        self.app.block_info().time.seconds()
    }

    /// Transactions so far.
    pub fn transactions(&self) -> u64 {
        self.transactions
    }

    /// Moves the chain's time on to `seconds`, if it is not there yet. The next transaction's block
    /// has that time.
    pub fn advance_to(&mut self, seconds: u64) {
        let to = Timestamp::from_seconds(seconds);
        let mut block = self.app.block_info();
        if block.time < to {
            block.time = to;
            self.app.set_block(block);
        }
    }

    /// Creates a contract under a name, in a block of its own.
    pub fn instantiate<T: Serialize>(&mut self, sender: &Addr, name: Name, msg: &T) -> Result<Addr> {
        let call = WasmMsg::Instantiate {
            admin: Some(sender.to_string()),
            code_id: name.code().id(),
            msg: to_json_binary(msg)?,
            funds: vec![],
            label: name.as_str().to_owned(),
        };
        let tx = self.run(sender, name, Call::Instantiate, call)?;
        let data = tx.data.unwrap_or_default();
        let address = Addr::unchecked(String::from_utf8(data).context("address")?);
        self.contracts.insert(name, address.clone());
        Ok(address)
    }

    /// Sends one message in a transaction and block of its own, a microsecond after the last at least.
    ///
    /// Errors: what the contract answers; the transaction is kept all the same.
    pub fn submit<T: Serialize>(&mut self, sender: &Addr, name: Name, msg: &T) -> Result<Tx> {
        let call = WasmMsg::Execute {
            contract_addr: self.address(name)?.to_string(),
            msg: to_json_binary(msg)?,
            funds: vec![],
        };
        self.run(sender, name, Call::Execute, call)
    }

    fn run(&mut self, sender: &Addr, name: Name, call: Call, msg: WasmMsg) -> Result<Tx> {
        let mut block = self.app.block_info();
        block.height += 1;
        self.app.set_block(block.clone());
        let body = match &msg {
            WasmMsg::Execute { msg, .. } | WasmMsg::Instantiate { msg, .. } => msg.to_vec(),
            _ => vec![],
        };
        let outcome = self.app.execute(sender.clone(), msg.into());
        let mut tx = Tx {
            height: block.height,
            time: block.time.nanos(),
            sender: sender.to_string(),
            contract: name,
            call,
            msg: body,
            events: vec![],
            data: None,
            error: None,
        };
        let failure = match outcome {
            Ok(response) => {
                tx.data = response_data(call, &response)?;
                tx.events = response.events.into_iter().map(TxEvent::from).collect();
                None
            }
            Err(error) => {
                tx.error = Some(format!("{error:#}"));
                Some(error)
            }
        };
        self.transactions += 1;
        if let Some(sink) = &mut self.sink {
            sink.keep(&tx)?;
        }
        // The next block is later, by however little.
        block.time = block.time.plus_nanos(1_000);
        self.app.set_block(block);
        match failure {
            None => Ok(tx),
            Some(error) => Err(error.context(format!("{} in block {}", name.as_str(), tx.height))),
        }
    }

    /// Asks a contract.
    pub fn query<T: DeserializeOwned>(&self, name: Name, msg: &impl Serialize) -> Result<T> {
        let address = self.address(name)?;
        self.app
            .wrap()
            .query_wasm_smart(address, msg)
            .map_err(|error| anyhow!("{}: {error}", name.as_str()))
    }

    /// Asks a contract with a message as it stands; answers what it says, as JSON.
    pub fn query_raw(&self, name: Name, msg: &serde_json::Value) -> Result<Binary> {
        use cosmwasm_std::{ContractResult, Querier as _, QueryRequest, SystemResult, WasmQuery};
        let request: QueryRequest<Empty> = WasmQuery::Smart {
            contract_addr: self.address(name)?.to_string(),
            msg: Binary::from(serde_json::to_vec(msg)?),
        }
        .into();
        match self.app.raw_query(&to_json_binary(&request)?) {
            SystemResult::Ok(ContractResult::Ok(answer)) => Ok(answer),
            SystemResult::Ok(ContractResult::Err(error)) => bail!("{}: {error}", name.as_str()),
            SystemResult::Err(error) => bail!("{}: {error}", name.as_str()),
        }
    }
}

/// What the contract set as data, without the chain's envelope; of an instantiation the address.
fn response_data(call: Call, response: &AppResponse) -> Result<Option<Vec<u8>>> {
    let Some(data) = &response.data else { return Ok(None) };
    Ok(match call {
        Call::Execute => cw_utils::parse_execute_response_data(data)?
            .data
            .map(|data| data.to_vec()),
        Call::Instantiate => {
            let parsed = cw_utils::parse_instantiate_response_data(data)?;
            Some(parsed.contract_address.into_bytes())
        }
    })
}
