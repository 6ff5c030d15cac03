//! The chain that is embedded in the command: all contracts in one process, state in one file.

use super::wasm::Wasmd;
use super::{codes, Backend, Block, Call, Code, ContractInfo, MemStorage, Message, Meter, Name, Tx, TxEvent};
use anyhow::{anyhow, bail, Context as _, Result};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{
    to_json_binary, Addr, Binary, BlockInfo, ContractInfoResponse, ContractResult, CosmosMsg, Empty, Querier as _,
    QueryRequest, SystemResult, Timestamp, WasmMsg, WasmQuery,
};
use cw_multi_test::{no_init, App, AppBuilder, AppResponse, BankKeeper, FailingModule};
use std::collections::BTreeMap;

/// The embedded chain's id.
const CHAIN_ID: &str = "vrs-embedded-1";
/// Prefix of its addresses.
const PREFIX: &str = "vrs";

type EmbeddedApp = App<BankKeeper, MockApi, MemStorage, FailingModule<Empty, Empty, Empty>, Wasmd>;

/// Where transactions go as they happen.
pub trait TxSink {
    /// Keeps a message's transaction.
    fn keep(&mut self, tx: &Tx) -> Result<()>;
}

/// The embedded chain.
pub struct Embedded {
    app: EmbeddedApp,
    meter: Meter,
    contracts: BTreeMap<Name, Addr>,
    sink: Option<Box<dyn TxSink>>,
    transactions: u64,
}

/// What identifies a chain's state beside its storage.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// The chain's id.
    pub chain_id: String,
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

impl Embedded {
    /// A new chain, all codes stored, before its first block.
    ///
    /// `time` is in seconds since 1970.
    pub fn new(time: u64) -> Self {
        let head = Head {
            chain_id: CHAIN_ID.to_owned(),
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
    /// Errors: where it is another chain, or its codes were stored in another order.
    pub fn resume(storage: MemStorage, head: Head) -> Result<Self> {
        if head.chain_id != CHAIN_ID {
            bail!("chain id: expected {CHAIN_ID}, got {}", head.chain_id);
        }
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
            .with_wasm(Wasmd::default())
            .with_block(block)
            .build(no_init);
        let meter = Meter::default();
        for code in Code::ALL {
            app.store_code(meter.wrap(code.as_str(), codes::contract(code)));
        }
        Embedded {
            app,
            meter,
            contracts: head.contracts,
            sink: None,
            transactions: head.transactions,
        }
    }

    /// From now on, hands each message's transaction to `sink`.
    pub fn keep_in(&mut self, sink: Box<dyn TxSink>) {
        self.sink = Some(sink);
    }

    /// Counts what the contracts ask of their storage.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Everything but storage and transactions.
    pub fn head(&self) -> Head {
        let block = self.app.block_info();
        Head {
            chain_id: block.chain_id,
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

    fn contract(&self, name: Name) -> Result<&Addr> {
        self.contracts
            .get(&name)
            .ok_or_else(|| anyhow!("{} is not deployed", name.as_str()))
    }

    /// One transaction, which is one block, a microsecond after the last at least.
    fn run(&mut self, sender: &Addr, call: Call, messages: Vec<(Message, WasmMsg)>) -> Result<Vec<Tx>> {
        let mut block = self.app.block_info();
        block.height += 1;
        self.app.set_block(block.clone());
        let (mut txs, mut calls) = (vec![], vec![]);
        for (Message { contract, body }, call_msg) in messages {
            calls.push(CosmosMsg::from(call_msg));
            txs.push(Tx {
                height: block.height,
                time: block.time.nanos(),
                hash: None,
                sender: sender.to_string(),
                contract,
                call,
                msg: body,
                events: vec![],
                data: None,
                error: None,
            });
        }
        let failure = match self.app.execute_multi(sender.clone(), calls) {
            Ok(responses) => {
                for (tx, response) in txs.iter_mut().zip(responses) {
                    tx.data = response_data(call, &response)?;
                    tx.events = response.events.into_iter().map(TxEvent::from).collect();
                }
                None
            }
            Err(error) => {
                let told = format!("{error:#}");
                txs.iter_mut().for_each(|tx| tx.error = Some(told.clone()));
                Some(error)
            }
        };
        self.transactions += 1;
        if let Some(sink) = &mut self.sink {
            txs.iter().try_for_each(|tx| sink.keep(tx))?;
        }
        // The next block is later, by however little.
        block.time = block.time.plus_nanos(1_000);
        self.app.set_block(block.clone());
        match failure {
            None => Ok(txs),
            Some(error) => {
                let mut names: Vec<&str> = txs.iter().map(|tx| tx.contract.as_str()).collect();
                names.dedup();
                Err(error.context(format!("{} in block {}", names.join(", "), block.height)))
            }
        }
    }

    /// Asks the chain itself or a contract.
    fn ask(&self, name: Name, query: WasmQuery) -> Result<Binary> {
        let request = QueryRequest::<Empty>::from(query);
        match self.app.raw_query(&to_json_binary(&request)?) {
            SystemResult::Ok(ContractResult::Ok(answer)) => Ok(answer),
            SystemResult::Ok(ContractResult::Err(error)) => bail!("{}: {error}", name.as_str()),
            SystemResult::Err(error) => bail!("{}: {error}", name.as_str()),
        }
    }
}

impl Backend for Embedded {
    fn id(&self) -> &str {
        CHAIN_ID
    }

    fn prefix(&self) -> &str {
        PREFIX
    }

    fn account(&self, name: &str) -> Result<Addr> {
        Ok(self.app.api().addr_make(name))
    }

    fn address(&self, name: Name) -> Option<&Addr> {
        self.contracts.get(&name)
    }

    fn block(&self) -> Result<Block> {
        let block = self.app.block_info();
        Ok(Block {
            height: block.height,
            time: block.time.nanos(),
        })
    }

    fn transactions(&self) -> u64 {
        self.transactions
    }

    fn wait_until(&mut self, seconds: u64) -> Result<()> {
        let to = Timestamp::from_seconds(seconds);
        let mut block = self.app.block_info();
        if block.time < to {
            block.time = to;
            self.app.set_block(block);
        }
        Ok(())
    }

    fn instantiate(&mut self, sender: &Addr, name: Name, body: Vec<u8>) -> Result<Tx> {
        let call = WasmMsg::Instantiate {
            admin: Some(sender.to_string()),
            code_id: name.code().id(),
            msg: Binary::from(body.as_slice()),
            funds: vec![],
            label: name.as_str().to_owned(),
        };
        let message = Message { contract: name, body };
        let txs = self.run(sender, Call::Instantiate, vec![(message, call)])?;
        let tx = txs.into_iter().next().context("an instantiation has an outcome")?;
        let address = String::from_utf8(tx.data.clone().unwrap_or_default()).context("address")?;
        self.contracts.insert(name, Addr::unchecked(address));
        Ok(tx)
    }

    fn execute(&mut self, sender: &Addr, messages: Vec<Message>) -> Result<Vec<Tx>> {
        let mut calls = vec![];
        for message in messages {
            let call = WasmMsg::Execute {
                contract_addr: self.contract(message.contract)?.to_string(),
                msg: Binary::from(message.body.as_slice()),
                funds: vec![],
            };
            calls.push((message, call));
        }
        self.run(sender, Call::Execute, calls)
    }

    fn query(&self, name: Name, body: &[u8]) -> Result<Binary> {
        let contract_addr = self.contract(name)?.to_string();
        let msg = Binary::from(body);
        self.ask(name, WasmQuery::Smart { contract_addr, msg })
    }

    fn raw(&self, name: Name, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let contract_addr = self.contract(name)?.to_string();
        let key = Binary::from(key);
        let value = self.ask(name, WasmQuery::Raw { contract_addr, key })?;
        Ok(Some(value.to_vec()).filter(|value| !value.is_empty()))
    }

    fn info(&self, name: Name) -> Result<ContractInfo> {
        let contract_addr = self.contract(name)?.to_string();
        let answer = self.ask(name, WasmQuery::ContractInfo { contract_addr })?;
        let info: ContractInfoResponse = cosmwasm_std::from_json(answer)?;
        Ok(ContractInfo {
            code_id: info.code_id,
            creator: info.creator.into_string(),
            admin: info.admin.map(Addr::into_string),
        })
    }

    fn embedded(&self) -> Option<&Embedded> {
        Some(self)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::{Chain, Version};
    use crate::{deploy, economy};
    use serde_json::json;
    use vrs_interface::points::ExecuteMsg;
    use vrs_interface::token;

    fn deployed() -> (Chain, deploy::Accounts) {
        let economy = economy::load(None).expect("economy").economy;
        let mut chain = Chain::from(Embedded::new(1_000_000));
        let clock = deploy::clock(&economy, 1_003_600);
        let accounts = deploy::deploy(&mut chain, &economy, &clock).expect("deployed");
        (chain, accounts)
    }

    fn transfer(to: &Addr, amount: u128) -> Message {
        let msg = token::ExecuteMsg::Transfer {
            recipient: to.to_string(),
            amount: amount.into(),
        };
        Message {
            contract: Name::Bzky,
            body: cosmwasm_std::to_json_vec(&msg).expect("JSON"),
        }
    }

    #[test]
    fn messages_of_one_transaction_happen_together() {
        let (mut chain, accounts) = deployed();
        let to = chain.account("somebody").expect("account");
        let txs = chain
            .submit_many(&accounts.treasury, vec![transfer(&to, 5), transfer(&to, 6)])
            .expect("sent");
        assert_eq!(txs.len(), 2);
        assert_eq!(txs[0].height, txs[1].height);
        let sent = |tx: &Tx| {
            let event = tx.events.iter().find(|event| event.kind.starts_with("wasm"));
            event.and_then(|event| event.get("amount")).map(str::to_owned)
        };
        assert_eq!([sent(&txs[0]), sent(&txs[1])], [Some("5".into()), Some("6".into())]);
    }

    #[test]
    fn one_that_fails_undoes_the_others() {
        let (mut chain, accounts) = deployed();
        let to = chain.account("somebody").expect("account");
        let mint = Message {
            contract: Name::Hp,
            body: cosmwasm_std::to_json_vec(&ExecuteMsg::Transfer {
                recipient: to.to_string(),
                amount: 1u128.into(),
            })
            .expect("JSON"),
        };
        let error = chain
            .submit_many(&accounts.treasury, vec![transfer(&to, 5), mint])
            .expect_err("refused");
        assert!(format!("{error:#}").starts_with("bzky, hp in block "), "{error:#}");
        let balance = chain
            .query_raw(Name::Bzky, &json!({"balance": {"address": to}}))
            .expect("balance");
        assert_eq!(balance.as_slice(), br#"{"balance":"0"}"#);
    }

    #[test]
    fn contracts_say_what_they_are() {
        let (chain, accounts) = deployed();
        let version = chain.version(Name::Oracle).expect("version");
        let version: Version = version.expect("one");
        assert_eq!(version.contract, "crates.io:vrs-oracle");
        let info = chain.info(Name::Oracle).expect("info");
        assert_eq!((info.code_id, info.admin), (4, Some(accounts.owner.to_string())));
    }
}
