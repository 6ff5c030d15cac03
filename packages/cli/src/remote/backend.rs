//! A real chain as everything else takes it.

use super::Place;
use crate::chain::{Backend, Block, Call, ContractInfo, Message, Name, Tx, TxEvent};
use crate::run::TEST_SEED;
use anyhow::{anyhow, bail, Context as _, Result};
use cosmwasm_std::{Addr, Binary};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;
use vrs_client::outcome::Response;
use vrs_client::{messages, Client, Deployment, Event, Key, Outcome, RpcError, Sender};

/// Where an account's key comes from.
#[derive(Clone, Debug)]
enum Origin {
    /// A key of the chain file's places.
    Key(String),
    /// An invented member, whose key everybody can make.
    Label(String),
    /// Somewhere else: it can receive, and nothing more.
    Elsewhere,
}

/// A real chain with the suite on it.
pub struct Remote {
    client: Client,
    addresses: BTreeMap<Name, Addr>,
    /// Queries answer as of this block; 0: the last one.
    at: u64,
    origins: RefCell<BTreeMap<String, Origin>>,
    senders: BTreeMap<String, Sender>,
    alone: bool,
    granter: Option<String>,
    sent: u64,
}

impl Remote {
    /// The chain of a chain file, with the contracts of its deployment record.
    pub fn open(place: &Place) -> Result<Self> {
        Ok(Self::new(place.client()?, &place.deployment()?))
    }

    /// A chain with the contracts that are deployed so far.
    pub fn new(client: Client, deployment: &Deployment) -> Self {
        let address = |name: Name| {
            let entry = deployment.contracts.get(name.as_str())?;
            Some((name, Addr::unchecked(&entry.address)))
        };
        Remote {
            client,
            addresses: Name::ALL.into_iter().filter_map(address).collect(),
            at: 0,
            origins: RefCell::default(),
            senders: BTreeMap::new(),
            alone: false,
            granter: None,
            sent: 0,
        }
    }

    /// The same, as it stood after a block: what is asked does not change meanwhile.
    pub fn at(mut self, height: u64) -> Self {
        self.at = height;
        self
    }

    /// The chain that transactions go to.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens accounts now, before the chain is asked what stands there: what anyone else sends from them later on, or
    /// an interrupted call left under way, makes the next transaction fail instead of doing something twice.
    pub fn hold(&mut self, accounts: &[&Addr]) -> Result<()> {
        self.alone = true;
        accounts.iter().try_for_each(|account| self.sender(account).map(drop))
    }

    /// Whose grant pays the fees of accounts that are opened from now on.
    pub fn set_granter(&mut self, granter: Option<String>) {
        self.granter = granter;
    }

    /// Names the address of a contract.
    pub fn set_address(&mut self, name: Name, address: Addr) {
        self.addresses.insert(name, address);
    }

    /// Sends messages of any kind in one transaction.
    pub fn send(&mut self, sender: &Addr, messages: Vec<vrs_client::messages::Any>) -> Result<Outcome> {
        let client = self.client.clone();
        let account = self.sender(sender)?;
        let outcome = client.send(account, messages)?;
        self.sent += 1;
        Ok(outcome)
    }

    /// Gas that messages of any kind would use.
    pub fn simulate(&mut self, sender: &Addr, messages: &[vrs_client::messages::Any]) -> Result<u64> {
        let client = self.client.clone();
        Ok(client.simulate(self.sender(sender)?, messages)?)
    }

    /// The account that signs as an address; opened when it is first needed.
    fn sender(&mut self, address: &Addr) -> Result<&mut Sender> {
        if !self.senders.contains_key(address.as_str()) {
            let origin = self.origins.borrow().get(address.as_str()).cloned();
            let key = match origin {
                Some(Origin::Key(name)) => self.client.file.keyring().key(&name)?,
                Some(Origin::Label(label)) => Key::of_label(TEST_SEED, &label, &self.client.file.prefix)?,
                Some(Origin::Elsewhere) | None => bail!("no key for {address}: only its address is known"),
            };
            let mut sender = Sender::open(&self.client.node, key)?;
            sender.alone = self.alone;
            sender.granter.clone_from(&self.granter);
            self.senders.insert(address.to_string(), sender);
        }
        self.senders.get_mut(address.as_str()).context("sender")
    }

    fn found(&self, name: Name) -> Result<&Addr> {
        self.addresses
            .get(&name)
            .ok_or_else(|| anyhow!("{name} is not deployed"))
    }
}

impl Backend for Remote {
    fn id(&self) -> &str {
        &self.client.file.id
    }

    fn prefix(&self) -> &str {
        &self.client.file.prefix
    }

    fn account(&self, name: &str) -> Result<Addr> {
        let file = &self.client.file;
        // `merchant 330` and its like are invented members; no key's name has a blank.
        let (address, origin) = if name.contains(' ') {
            let key = Key::of_label(TEST_SEED, name, &file.prefix)?;
            (key.address().to_owned(), Origin::Label(name.to_owned()))
        } else {
            let named = file.named(name);
            let told = || {
                format!(
                    "account `{name}`: name a key or an address under [accounts] in {}",
                    file.path.display()
                )
            };
            let address = file.keyring().address(named).with_context(told)?;
            let origin = if address == named {
                Origin::Elsewhere
            } else {
                Origin::Key(named.to_owned())
            };
            (address, origin)
        };
        // An account with a key may be named by its address elsewhere.
        let mut origins = self.origins.borrow_mut();
        let known = origins.entry(address.clone()).or_insert_with(|| origin.clone());
        if matches!(known, Origin::Elsewhere) {
            *known = origin;
        }
        Ok(Addr::unchecked(address))
    }

    fn address(&self, name: Name) -> Option<&Addr> {
        self.addresses.get(&name)
    }

    fn block(&self) -> Result<Block> {
        if self.at > 0 {
            let time = self.client.node.time(self.at)?;
            return Ok(Block { height: self.at, time });
        }
        let status = self.client.node.status()?;
        Ok(Block {
            height: status.height,
            time: status.time,
        })
    }

    fn transactions(&self) -> u64 {
        self.sent
    }

    fn wait_until(&mut self, seconds: u64) -> Result<()> {
        loop {
            let now = self.block()?.time;
            let left = seconds.saturating_mul(1_000_000_000).saturating_sub(now);
            if left == 0 {
                return Ok(());
            }
            // A chain's time stands still between blocks: look again soon where it is nearly there.
            sleep(Duration::from_nanos(left).clamp(Duration::from_millis(200), Duration::from_secs(10)));
        }
    }

    fn instantiate(&mut self, _: &Addr, name: Name, _: Vec<u8>) -> Result<Tx> {
        bail!("{name}: contracts on {} come from `vrs deploy`", self.id())
    }

    fn execute(&mut self, sender: &Addr, messages: Vec<Message>) -> Result<Vec<Tx>> {
        let mut calls = vec![];
        for message in &messages {
            calls.push(messages::execute(
                sender.as_str(),
                self.found(message.contract)?.as_str(),
                &message.body,
            ));
        }
        let names: Vec<&str> = messages.iter().map(|message| message.contract.as_str()).collect();
        let told = || format!("{} of {sender}", names.join(", "));
        let outcome = self.send(sender, calls).with_context(told)?;
        let time = self.client.node.time(outcome.height)?;
        let tx = |(at, message): (usize, Message)| transaction(&outcome, at, time, sender.as_str(), message);
        Ok(messages.into_iter().enumerate().map(tx).collect())
    }

    fn query(&self, name: Name, body: &[u8]) -> Result<Binary> {
        let address = self.found(name)?.as_str();
        let answer = self.client.node.smart_at(address, body, self.at);
        match answer {
            Ok(answer) => Ok(Binary::from(answer)),
            Err(RpcError::Refused { message, .. }) => bail!("{name}: {}", plain(&message)),
            Err(error) => Err(error.into()),
        }
    }

    fn raw(&self, name: Name, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let address = self.found(name)?.as_str();
        let value = self.client.node.raw_at(address, key, self.at)?;
        Ok(Some(value).filter(|value| !value.is_empty()))
    }

    fn info(&self, name: Name) -> Result<ContractInfo> {
        let address = self.found(name)?;
        let info = self.client.node.contract_at(address.as_str(), self.at)?;
        let info = info.with_context(|| format!("{name}: {address} is no contract of {}", self.id()))?;
        Ok(ContractInfo {
            code_id: info.code_id,
            creator: info.creator,
            admin: Some(info.admin).filter(|admin| !admin.is_empty()),
        })
    }
}

/// One message of a transaction that is in a block.
pub(super) fn transaction(outcome: &Outcome, at: usize, time: u64, sender: &str, message: Message) -> Tx {
    Tx {
        height: outcome.height,
        time,
        hash: Some(outcome.hash.clone()),
        sender: sender.to_owned(),
        contract: message.contract,
        call: Call::Execute,
        msg: message.body,
        events: outcome.events_of(at).map(event).collect(),
        data: match outcome.responses.get(at) {
            Some(Response::Data(data)) if !data.is_empty() => Some(data.clone()),
            _ => None,
        },
        error: outcome.failure.as_ref().map(|failure| failure.log.clone()),
    }
}

/// An event without the place of its message, which the embedded chain does not tell either.
pub(super) fn event(event: &Event) -> TxEvent {
    let own = event.attributes.iter().filter(|attribute| attribute.key != "msg_index");
    TxEvent {
        kind: event.kind.clone(),
        attributes: own
            .map(|attribute| (attribute.key.clone(), attribute.value.clone()))
            .collect(),
    }
}

/// A contract's own words in what the chain's module says of a query.
fn plain(message: &str) -> &str {
    let message = message.trim_end_matches(": unknown request");
    let message = message.split(": query wasm contract failed").next().unwrap_or(message);
    message.trim_start_matches("rpc error: code = Unknown desc = ")
}
