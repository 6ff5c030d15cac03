//! A deployment with members, shops and devices.

use crate::lane::{Lane, Line, SEED};
use crate::net::Net;
use anyhow::{anyhow, bail, Context as _, Result};
use cosmwasm_std::{to_json_vec, Binary, Timestamp};
use serde::Serialize;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;
use vrs_attestation::{Batch, Kind, Leaf, PublicKey, Receipt};
use vrs_cli::agent::DeviceKey;
use vrs_cli::chain::Name;
use vrs_cli::remote::{deploy, Place};
use vrs_client::{Client, Deployment};
use vrs_days::{Clock, Day};
use vrs_interface::{identity, merchant, oracle};

/// Most registrations of one message.
const CHUNK: usize = 100;
/// Who acts in a deployment.
const ROLES: [&str; 5] = ["owner", "operator", "treasury", "relayer", "member"];

/// A device and the sequence number that it signs next.
pub struct Signer {
    /// Its number.
    pub id: u32,
    key: DeviceKey,
    next: u32,
    kind: Kind,
}

impl Signer {
    /// The sequence number of its next batch.
    pub fn sequence(&self) -> u32 {
        self.next
    }
}

/// The suite on the chain.
pub struct Suite {
    /// Who sends.
    pub lane: Lane,
    /// Where things stand.
    pub record: Deployment,
    /// The clock.
    pub clock: Clock,
    members: u32,
    devices: u32,
    number: u64,
}

impl Suite {
    /// Deploys and funds the suite. `keys`: names of the keys of owner, operator, treasury, relayer and holder.
    pub fn deploy(net: &Net, name: &str, keys: [&str; 5], economy: &Path, day_seconds: u32) -> Result<Self> {
        let mut file = net.chain_file(Some(economy), day_seconds, keys[4])?;
        for (role, key) in ROLES.iter().zip(keys) {
            file.accounts.insert((*role).to_owned(), key.to_owned());
        }
        let record = net.folder().join(format!("{name}.json"));
        let place = Place {
            book: record.with_extension("members.json"),
            record,
            file,
        };
        let options = deploy::Options {
            short_days: true,
            ..Default::default()
        };
        // Days are so short that day 1 may be over before the issuers' limits are set: then they hold a day later.
        let mut tries = 0;
        while let Err(error) = deploy::deploy(&place, options) {
            tries += 1;
            if tries == 4 {
                return Err(error);
            }
            sleep(Duration::from_secs(u64::from(day_seconds) + 1));
        }
        let record = place.deployment()?;
        // Of its own, since deployments side by side have the same names for their members.
        let seed = name.bytes().fold(0, |seed, byte| seed * 31 + u64::from(byte));
        let clock = record.clock.clone().context("the deployment has no clock")?;
        Ok(Suite {
            lane: Lane::new(Client::new(&place.file)?, seed),
            record,
            clock,
            members: 0,
            devices: 0,
            number: 0,
        })
    }

    /// Numbers of its codes.
    pub fn codes(&self) -> Vec<u64> {
        self.record.codes.values().map(|code| code.code_id).collect()
    }

    /// Address of a contract.
    pub fn contract(&self, name: Name) -> Result<String> {
        let entry = self.record.contracts.get(name.as_str());
        Ok(entry
            .with_context(|| format!("{name} is not deployed"))?
            .address
            .clone())
    }

    /// Sends a message and measures it.
    pub fn weigh<M: Serialize>(&mut self, line: Line, from: &str, name: Name, msg: &M) -> Result<()> {
        let contract = self.contract(name)?;
        self.lane.call(Some(line), from, &contract, &to_json_vec(msg)?)
    }

    /// Sends a message.
    pub fn send<M: Serialize>(&mut self, from: &str, name: Name, msg: &M) -> Result<()> {
        let contract = self.contract(name)?;
        self.lane.call(None, from, &contract, &to_json_vec(msg)?)
    }

    /// The day that runs now.
    pub fn day(&self) -> Result<Day> {
        let now = self.lane.client.node.status()?.time;
        Ok(self.clock.day(Timestamp::from_nanos(now)))
    }

    /// Waits for the next day to begin.
    pub fn next_day(&self) -> Result<Day> {
        let day = self.day()? + 1;
        self.wait_until(self.clock.opens(day))?;
        Ok(day)
    }

    /// Waits for a second of the chain's time.
    pub fn wait_until(&self, second: u64) -> Result<()> {
        while self.lane.client.node.status()?.time / 1_000_000_000 < second {
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// What was measured must have happened on the day that it was measured for.
    pub fn still(&self, day: Day) -> Result<()> {
        let now = self.day()?;
        if now != day {
            bail!("what belongs into day {day} took until day {now}: the machine is too busy for days so short");
        }
        Ok(())
    }

    /// The account of a member.
    pub fn account(member: u32) -> String {
        format!("bench member {member}")
    }

    /// Registers verified members; answers the first number. The last message is measured as `line` says.
    pub fn register(&mut self, kind: identity::Kind, count: usize, line: Option<Line>) -> Result<u32> {
        let first = self.members + 1;
        let mut left = count;
        while left > 0 {
            let chunk = left.min(CHUNK);
            left -= chunk;
            let mut members = vec![];
            for _ in 0..chunk {
                self.members += 1;
                members.push(identity::NewMember {
                    kind,
                    account: self.lane.address(&Self::account(self.members))?,
                    payout: None,
                    level: 0,
                    identity: Some(proof(identity::Topic::Identity)),
                });
            }
            let msg = identity::ExecuteMsg::RegisterMembers { members };
            match line.clone().filter(|_| left == 0) {
                Some(line) => self.weigh(line, "operator", Name::Identity, &msg)?,
                None => self.send("operator", Name::Identity, &msg)?,
            }
        }
        Ok(first)
    }

    /// Gives shops their profiles, rents and wages.
    pub fn profiles(&mut self, shops: &[u32], line: Option<Line>) -> Result<()> {
        for chunk in shops.chunks(CHUNK) {
            let profile = |merchant: &u32| merchant::Profile {
                merchant: *merchant,
                area: 500,
                staff: 4,
                district: 1,
                trade: 1,
            };
            let profiles = chunk.iter().map(profile).collect();
            let msg = merchant::ExecuteMsg::SetProfiles { profiles };
            match line.clone() {
                Some(line) => self.weigh(line, "operator", Name::Merchant, &msg)?,
                None => self.send("operator", Name::Merchant, &msg)?,
            }
        }
        Ok(())
    }

    /// Registers a device for each subject. The last message is measured as `line` says.
    pub fn devices(
        &mut self,
        kind: oracle::DeviceKind,
        subjects: &[Option<u32>],
        line: Option<Line>,
    ) -> Result<Vec<Signer>> {
        let owner = self.lane.address("operator")?;
        let mut signers = vec![];
        let chunks: Vec<_> = subjects.chunks(CHUNK).collect();
        for (at, chunk) in chunks.iter().enumerate() {
            let mut devices = vec![];
            for subject in *chunk {
                self.devices += 1;
                let key = DeviceKey::test(SEED, &format!("bench device {}", self.devices));
                devices.push(oracle::NewDevice {
                    kind,
                    subject: *subject,
                    owner: owner.clone(),
                    key: public(&key)?,
                    valid_from: 1,
                    valid_until: None,
                    caps: oracle::DeviceCaps {
                        items: u32::MAX,
                        amount: u64::MAX,
                    },
                });
                signers.push(Signer {
                    id: self.devices,
                    key,
                    next: 1,
                    kind: Kind::try_from(kind as u8)?,
                });
            }
            let msg = oracle::ExecuteMsg::RegisterDevices { devices };
            match line.clone().filter(|_| at + 1 == chunks.len()) {
                Some(line) => self.weigh(line, "operator", Name::Oracle, &msg)?,
                None => self.send("operator", Name::Oracle, &msg)?,
            }
        }
        Ok(signers)
    }

    /// Signs a device's next batch.
    pub fn sign<L: Leaf>(&self, signer: &mut Signer, day: Day, leaves: &[L]) -> Result<Binary> {
        let mut seed = [0u8; 16];
        seed[..4].copy_from_slice(&signer.id.to_be_bytes());
        seed[4..8].copy_from_slice(&signer.next.to_be_bytes());
        let mut batch = Batch::new(signer.kind, signer.id, day, signer.next, seed);
        for leaf in leaves {
            batch.push(leaf)?;
        }
        let unsigned = batch.unsigned()?;
        let message = unsigned.signing_bytes(&self.record.chain_id, &self.contract(Name::Oracle)?)?;
        let signature = signer.key.sign(&message).map_err(|error| anyhow!(error))?;
        signer.next += 1;
        Ok(Binary::from(unsigned.seal(&signature)))
    }

    /// Relays batches; measured where there is a line.
    pub fn relay(&mut self, line: Option<Line>, batches: Vec<Binary>) -> Result<()> {
        let msg = oracle::ExecuteMsg::SubmitBatches { batches };
        match line {
            Some(line) => self.weigh(line, "relayer", Name::Oracle, &msg),
            None => self.send("relayer", Name::Oracle, &msg),
        }
    }

    /// One receipt of 12.34 for each customer, at the day's first second.
    pub fn receipts(&mut self, customers: impl IntoIterator<Item = u32>) -> Vec<Receipt> {
        let receipt = |customer| {
            self.number += 1;
            Receipt {
                customer,
                number: 31_198_570_000 + self.number,
                amount: 1_234,
                time: 0,
                channel: vrs_attestation::leaf::channel::STORE,
            }
        };
        customers.into_iter().map(receipt).collect()
    }
}

/// A claim as verifiers make it.
pub fn proof(topic: identity::Topic) -> identity::NewClaim {
    identity::NewClaim {
        topic,
        hash: Binary::from([1; 32]),
        until: None,
    }
}

/// The public key of a device.
pub fn public(key: &DeviceKey) -> Result<oracle::DeviceKey> {
    match key.public() {
        PublicKey::Ed25519(public) => Ok(oracle::DeviceKey::Ed25519(Binary::from(public))),
        _ => Err(anyhow!("test keys are ed25519")),
    }
}
