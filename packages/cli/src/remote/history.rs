//! A real chain's past: every message that reached one of the suite's contracts.

use super::backend::transaction;
use super::{Place, Remote};
use crate::chain::db::Meta;
use crate::chain::{Call, Chain, Code, Head, Message, Name, Tx};
use crate::verify::Source;
use anyhow::{Context as _, Result};
use cosmwasm_std::Addr;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use vrs_client::node::{Found, Status};
use vrs_client::{messages, Client, Deployment};

/// Transactions of one page of a search.
const PAGE: u64 = 100;

/// A deployment on a real chain, as it stood at one block.
pub struct History {
    place: Place,
    client: Client,
    deployment: Deployment,
    status: Status,
    past: OnceCell<Vec<Tx>>,
}

impl History {
    /// The chain of a chain file, as of its last block.
    pub fn open(place: Place) -> Result<Self> {
        let client = Client::new(&place.file)?;
        let deployment = place.deployment()?;
        let status = client.node.status()?;
        Ok(History {
            place,
            client,
            deployment,
            status,
            past: OnceCell::new(),
        })
    }

    fn names(&self) -> BTreeMap<&str, Name> {
        let entry = |name: Name| Some((self.deployment.contracts.get(name.as_str())?.address.as_str(), name));
        Name::ALL.into_iter().filter_map(entry).collect()
    }

    /// All transactions that a query finds, up to the block that is looked at.
    fn search(&self, query: &str, into: &mut BTreeMap<(u64, u32), Found>) -> Result<()> {
        let query = format!("{query} AND tx.height<={}", self.status.height);
        for page in 1.. {
            let (found, total) = self
                .client
                .node
                .search(&query, page)
                .context("the node's index of transactions is needed here (config.toml: indexer = \"kv\")")?;
            for found in found {
                into.insert((found.outcome.height, found.outcome.index), found);
            }
            if u64::from(page) * PAGE >= total {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Every message that reached one of the contracts, oldest first.
    fn read(&self) -> Result<Vec<Tx>> {
        let names = self.names();
        let mut found = BTreeMap::new();
        for address in names.keys() {
            for action in ["instantiate", "execute"] {
                self.search(&format!("{action}._contract_address='{address}'"), &mut found)?;
            }
        }
        let (mut txs, mut block) = (vec![], (0, 0));
        for Found { bytes, outcome } in found.into_values() {
            if block.0 != outcome.height {
                block = (outcome.height, self.client.node.time(outcome.height)?);
            }
            for (at, call) in messages::calls(&bytes)?.into_iter().enumerate() {
                let (contract, call, sender, body) = match call {
                    messages::Call::Execute { sender, contract, msg } => {
                        (names.get(contract.as_str()), Call::Execute, sender, msg)
                    }
                    messages::Call::Instantiate { sender, msg } => {
                        let mut events = outcome.events_of(at).filter(|event| event.kind == "instantiate");
                        let created = events.find_map(|event| names.get(event.get("_contract_address")?));
                        (created, Call::Instantiate, sender, msg)
                    }
                    messages::Call::Other => continue,
                };
                let Some(contract) = contract.copied() else { continue };
                let message = Message { contract, body };
                let tx = transaction(&outcome, at, block.1, &sender, message);
                txs.push(Tx { call, ..tx });
            }
        }
        Ok(txs)
    }
}

impl Source for History {
    fn chain(&self) -> Result<Chain> {
        Ok(Remote::new(self.client.clone(), &self.deployment)
            .at(self.status.height)
            .into())
    }

    fn meta(&self) -> Result<Meta> {
        let contracts = self
            .names()
            .into_iter()
            .map(|(address, name)| (name, Addr::unchecked(address)));
        let members = self.place.members()?;
        Ok(Meta {
            head: Head {
                chain_id: self.status.chain_id.clone(),
                height: self.status.height,
                time: self.status.time,
                transactions: 0,
                codes: Code::ALL.map(|code| code.as_str().to_owned()).to_vec(),
                contracts: contracts.collect(),
            },
            book: members.book,
            calendar: members.calendar,
            economy: self.place.economy()?.text,
            clock: self
                .deployment
                .clock
                .clone()
                .context("the deployment has no clock yet")?,
        })
    }

    fn transactions(&self, look: &mut dyn FnMut(Tx) -> Result<bool>) -> Result<()> {
        if self.past.get().is_none() {
            let _ = self.past.set(self.read()?);
        }
        for tx in self.past.get().into_iter().flatten() {
            if !look(tx.clone())? {
                break;
            }
        }
        Ok(())
    }
}
