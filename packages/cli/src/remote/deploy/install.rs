//! A chain on which contracts are being created: each once, and written down before the next.

use super::Artifact;
use crate::chain::{Backend, Block, Call, Code, ContractInfo, Message, Name, Tx};
use crate::economy::Economy;
use crate::remote::{Place, Remote};
use anyhow::{bail, Context as _, Result};
use cosmwasm_std::{from_json, Addr, Binary};
use vrs_client::deployment::{CodeEntry, ContractEntry};
use vrs_client::outcome::Response;
use vrs_client::{messages, Deployment};
use vrs_days::{Clock, PARTS};
use vrs_interface::identity;

/// Seconds in which contracts are created and connected, at the most.
const CONNECTED: u64 = 60;

/// A chain in the making.
pub struct Install {
    place: Place,
    remote: Remote,
    record: Deployment,
}

/// A contract's label: by it, one that the record lost is found again.
pub fn label(name: Name) -> String {
    format!("vrs {name}")
}

impl Install {
    /// Goes on from a record.
    pub fn new(place: Place, remote: Remote, record: Deployment) -> Self {
        Install { place, remote, record }
    }

    fn save(&self) -> Result<()> {
        self.place.save(&self.record)
    }

    /// Writes down who an account is.
    pub fn name_account(&mut self, name: &str) -> Result<()> {
        let address = self.remote.account(name)?;
        self.record.accounts.insert(name.to_owned(), address.into_string());
        Ok(())
    }

    /// Uploads the codes that are not there.
    pub fn codes(&mut self, artifacts: &[Artifact], owner: &Addr) -> Result<()> {
        self.record
            .accounts
            .entry("owner".to_owned())
            .or_insert_with(|| owner.to_string());
        for artifact in artifacts {
            let name = artifact.code.as_str();
            let entry = match self.record.codes.get(name) {
                Some(entry) => {
                    let entry = entry.clone();
                    self.compare(artifact, &entry)?;
                    continue;
                }
                None => artifact.store(&mut self.remote, owner)?,
            };
            self.record.codes.insert(
                name.to_owned(),
                CodeEntry {
                    code_id: entry,
                    checksum: artifact.checksum.clone(),
                },
            );
            self.save()?;
        }
        Ok(())
    }

    /// What is recorded must be what is on the chain; what is built may be newer.
    fn compare(&self, artifact: &Artifact, entry: &CodeEntry) -> Result<()> {
        let name = artifact.code.as_str();
        let code = self.remote.client().node.code(entry.code_id)?;
        let code = code.with_context(|| format!("{name}: the chain has no code {}", entry.code_id))?;
        if code.checksum != entry.checksum {
            bail!(
                "{name}: code {} is recorded as {}, the chain says {}",
                entry.code_id,
                entry.checksum,
                code.checksum
            );
        }
        if code.checksum != artifact.checksum {
            eprintln!(
                "{name}: code {} is not what artifacts/ holds; `vrs migrate {name}` moves to it",
                entry.code_id
            );
        }
        Ok(())
    }

    /// The programme's clock: the recorded one, that of an identity contract which is there already, or one
    /// whose day 1 is the day that runs now.
    pub fn clock(&mut self, economy: &Economy, owner: &Addr) -> Result<Clock> {
        if let Some(clock) = &self.record.clock {
            return Ok(clock.clone());
        }
        let clock = match self.adopt(Name::Identity, owner)? {
            Some(address) => {
                let query = serde_json::to_vec(&identity::QueryMsg::Config {})?;
                let answer = self.remote.client().node.smart(&address, &query)?;
                from_json::<identity::ConfigResponse>(&answer)?.clock
            }
            None => {
                let now = self.remote.block()?.time / 1_000_000_000;
                crate::deploy::clock(economy, day_1(now, economy))
            }
        };
        self.record.clock = Some(clock.clone());
        self.save()?;
        Ok(clock)
    }

    /// A contract that is on the chain and not in the record.
    fn adopt(&self, name: Name, owner: &Addr) -> Result<Option<String>> {
        let Some(code) = self.record.codes.get(name.code().as_str()) else {
            return Ok(None);
        };
        let node = &self.remote.client().node;
        for address in node.contracts_of(code.code_id)? {
            let info = node
                .contract(&address)?
                .with_context(|| format!("{address} is no contract"))?;
            if info.creator == owner.as_str() && info.label == label(name) {
                return Ok(Some(address));
            }
        }
        Ok(None)
    }

    fn code(&self, code: Code) -> Result<u64> {
        let entry = self.record.codes.get(code.as_str());
        Ok(entry
            .with_context(|| format!("{} is not uploaded", code.as_str()))?
            .code_id)
    }
}

/// Unix second at which day 1 begins: with real days the midnight before `now`, with shorter ones `now`. It is
/// later where too little of that day would be left: issuers' limits count at once only until day 1 is over.
fn day_1(now: u64, economy: &Economy) -> u64 {
    let calendar = &economy.calendar;
    let day = u64::from(calendar.day_seconds);
    if calendar.day_seconds < PARTS {
        return now + CONNECTED.saturating_sub(day);
    }
    let offset = calendar.offset_minutes * 60;
    let local = now.saturating_add_signed(offset);
    let midnight = (local - local % day).saturating_add_signed(-offset);
    if midnight + day - now < 10 * CONNECTED {
        midnight + day
    } else {
        midnight
    }
}

impl Backend for Install {
    fn id(&self) -> &str {
        self.remote.id()
    }

    fn prefix(&self) -> &str {
        self.remote.prefix()
    }

    fn account(&self, name: &str) -> Result<Addr> {
        self.remote.account(name)
    }

    fn address(&self, name: Name) -> Option<&Addr> {
        self.remote.address(name)
    }

    fn block(&self) -> Result<Block> {
        self.remote.block()
    }

    fn transactions(&self) -> u64 {
        self.remote.transactions()
    }

    fn wait_until(&mut self, seconds: u64) -> Result<()> {
        self.remote.wait_until(seconds)
    }

    fn instantiate(&mut self, sender: &Addr, name: Name, body: Vec<u8>) -> Result<Tx> {
        let mut tx = Tx {
            height: 0,
            time: 0,
            hash: None,
            sender: sender.to_string(),
            contract: name,
            call: Call::Instantiate,
            msg: body,
            events: vec![],
            data: None,
            error: None,
        };
        if let Some(address) = self.remote.address(name) {
            tx.data = Some(address.as_bytes().to_vec());
            return Ok(tx);
        }
        let code_id = self.code(name.code())?;
        let (address, height) = match self.adopt(name, sender)? {
            Some(address) => {
                eprintln!("{name}: {address} is there already");
                (address, 0)
            }
            None => {
                let (label, owner) = (label(name), sender.as_str());
                let message = messages::instantiate(owner, owner, code_id, &label, &tx.msg);
                let outcome = self
                    .remote
                    .send(sender, vec![message])
                    .with_context(|| name.to_string())?;
                let Some(Response::Instantiated { address }) = outcome.responses.first() else {
                    bail!("{name}: the chain created it without telling its address");
                };
                eprintln!("{name}: created as {address}, {} gas", outcome.gas_used);
                (address.clone(), outcome.height)
            }
        };
        let entry = ContractEntry {
            code_id,
            address: address.clone(),
            height,
        };
        self.record.contracts.insert(name.as_str().to_owned(), entry);
        self.save()?;
        self.remote.set_address(name, Addr::unchecked(&address));
        tx.data = Some(address.into_bytes());
        Ok(tx)
    }

    fn execute(&mut self, sender: &Addr, messages: Vec<Message>) -> Result<Vec<Tx>> {
        self.remote.execute(sender, messages)
    }

    fn query(&self, name: Name, body: &[u8]) -> Result<Binary> {
        self.remote.query(name, body)
    }

    fn raw(&self, name: Name, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.remote.raw(name, key)
    }

    fn info(&self, name: Name) -> Result<ContractInfo> {
        self.remote.info(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economy::parse;
    use std::path::Path;

    #[test]
    fn day_1_leaves_time_to_connect() {
        let economy = |text: &str| parse(Path::new("e.toml"), &format!("[calendar]\n{text}")).expect("economy");
        let (midnight, noon) = (1_483_228_800, 1_483_272_000);
        assert_eq!(day_1(noon, &economy("")), midnight);
        assert_eq!(day_1(midnight + 86_000, &economy("")), midnight + 86_400);
        // In Korea it is nine in the evening, and midnight was at 15:00 UTC.
        assert_eq!(day_1(noon, &economy("offset_minutes = 540")), midnight - 9 * 3_600);
        assert_eq!(day_1(noon, &economy("offset_minutes = -60")), midnight + 3_600);
        assert_eq!(day_1(noon, &economy("day_seconds = 60")), noon);
        assert_eq!(day_1(noon, &economy("day_seconds = 10")), noon + 50);
    }
}
