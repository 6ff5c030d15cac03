//! A deployed suite on which single messages are weighed.

use super::gas::{self, Gas};
use crate::agent::DeviceKey;
use crate::chain::{Chain, Embedded, Meter, Name, Tx};
use crate::deploy::{self, Accounts};
use crate::economy;
use anyhow::{anyhow, Result};
use cosmwasm_std::Binary;
use serde::Serialize;
use vrs_attestation::{Batch, Kind, Leaf, PublicKey, Receipt};
use vrs_days::{Clock, Day};
use vrs_interface::{identity, merchant, oracle};

/// Second at which the bench's day 1 begins.
const START: u64 = 1_700_006_400;
/// Most registrations of one message.
const CHUNK: usize = 100;

/// A device and the sequence number that it signs next.
pub struct Signer {
    id: u32,
    key: DeviceKey,
    next: u32,
    kind: Kind,
}

/// The suite under the scale.
pub struct Bench {
    /// The chain.
    pub chain: Chain,
    meter: Meter,
    /// Who acts.
    pub accounts: Accounts,
    /// The clock.
    pub clock: Clock,
    members: u32,
    devices: u32,
    number: u64,
}

impl Bench {
    /// Deploys and funds the suite; it is day 1.
    pub fn new() -> Result<Self> {
        let economy = economy::load(None)?.economy;
        let clock = deploy::clock(&economy, START);
        let embedded = Embedded::new(START - 3_600);
        let meter = embedded.meter().clone();
        let mut chain = Chain::from(embedded);
        let accounts = deploy::deploy(&mut chain, &economy, &clock)?;
        deploy::fund(&mut chain, &economy, &accounts, &clock)?;
        Ok(Bench {
            chain,
            meter,
            accounts,
            clock,
            members: 0,
            devices: 0,
            number: 0,
        })
    }

    /// Sends a message and weighs it.
    pub fn weigh<M: Serialize>(&mut self, name: Name, msg: &M, signatures: u64) -> Result<Gas> {
        self.weigh_as(&self.accounts.relayer.clone(), name, msg, signatures)
    }

    /// Sends a message as somebody and weighs it.
    pub fn weigh_as<M: Serialize>(
        &mut self,
        sender: &cosmwasm_std::Addr,
        name: Name,
        msg: &M,
        signatures: u64,
    ) -> Result<Gas> {
        self.meter.reset();
        self.meter.switch(true);
        let sent = self.chain.submit(sender, name, msg);
        self.meter.switch(false);
        let tx: Tx = sent?;
        Ok(gas::of(&self.meter.counters(), &tx, signatures))
    }

    /// Moves to a part of a day.
    pub fn at(&mut self, day: Day, part: u32) -> Result<()> {
        self.chain.wait_until(self.clock.opens(day) + u64::from(part))
    }

    /// Moves to where a day is final.
    pub fn finish(&mut self, day: Day) -> Result<()> {
        self.chain.wait_until(self.clock.finals(day))
    }

    /// Registers verified members; answers the first number and what the last message cost.
    pub fn members(&mut self, kind: identity::Kind, count: usize) -> Result<(u32, Gas)> {
        let first = self.members + 1;
        let mut gas = Gas::default();
        for chunk in (0..count).collect::<Vec<_>>().chunks(CHUNK) {
            let mut members = vec![];
            for _ in chunk {
                self.members += 1;
                let account = self.chain.account(&format!("bench member {}", self.members))?;
                members.push(identity::NewMember {
                    kind,
                    account: account.to_string(),
                    payout: None,
                    level: 0,
                    identity: Some(identity::NewClaim {
                        topic: identity::Topic::Identity,
                        hash: Binary::from([1; 32]),
                        until: None,
                    }),
                });
            }
            let operator = self.accounts.operator.clone();
            gas = self.weigh_as(
                &operator,
                Name::Identity,
                &identity::ExecuteMsg::RegisterMembers { members },
                0,
            )?;
        }
        Ok((first, gas))
    }

    /// Registers shops with profiles; answers the first number.
    pub fn shops(&mut self, count: usize) -> Result<u32> {
        let (first, _) = self.members(identity::Kind::Merchant, count)?;
        let operator = self.accounts.operator.clone();
        let rate = |amount| vec![merchant::Rate { id: 1, amount }];
        for msg in [
            merchant::ExecuteMsg::SetDistricts { rates: rate(200) },
            merchant::ExecuteMsg::SetTrades { rates: rate(10_000) },
        ] {
            self.chain.submit(&operator, Name::Merchant, &msg)?;
        }
        let shops: Vec<u32> = (first..first + count as u32).collect();
        for chunk in shops.chunks(CHUNK) {
            let profile = |merchant: &u32| merchant::Profile {
                merchant: *merchant,
                area: 500,
                staff: 4,
                district: 1,
                trade: 1,
            };
            let profiles = chunk.iter().map(profile).collect();
            self.chain.submit(
                &operator,
                Name::Merchant,
                &merchant::ExecuteMsg::SetProfiles { profiles },
            )?;
        }
        Ok(first)
    }

    /// Registers a device for each subject; answers them and what the last message cost.
    pub fn devices(&mut self, kind: oracle::DeviceKind, subjects: &[u32]) -> Result<(Vec<Signer>, Gas)> {
        let mut signers = vec![];
        let mut gas = Gas::default();
        for chunk in subjects.chunks(CHUNK) {
            let mut devices = vec![];
            for subject in chunk {
                self.devices += 1;
                let key = DeviceKey::test(1, &format!("bench device {}", self.devices));
                let PublicKey::Ed25519(public) = key.public() else {
                    return Err(anyhow!("test keys are ed25519"));
                };
                devices.push(oracle::NewDevice {
                    kind,
                    subject: Some(*subject),
                    owner: self.accounts.operator.to_string(),
                    key: oracle::DeviceKey::Ed25519(Binary::from(public)),
                    valid_from: 1,
                    valid_until: None,
                    caps: oracle::DeviceCaps {
                        items: u32::MAX,
                        amount: u64::MAX,
                    },
                });
                let kind = Kind::try_from(kind as u8)?;
                signers.push(Signer {
                    id: self.devices,
                    key,
                    next: 1,
                    kind,
                });
            }
            let operator = self.accounts.operator.clone();
            gas = self.weigh_as(
                &operator,
                Name::Oracle,
                &oracle::ExecuteMsg::RegisterDevices { devices },
                0,
            )?;
        }
        Ok((signers, gas))
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
        let message = unsigned.signing_bytes(self.chain.id(), self.chain.address(Name::Oracle)?.as_str())?;
        let signature = signer.key.sign(&message).map_err(|error| anyhow!(error))?;
        signer.next += 1;
        Ok(Binary::from(unsigned.seal(&signature)))
    }

    /// Relays batches and weighs that.
    pub fn relay(&mut self, batches: Vec<Binary>) -> Result<Gas> {
        let signatures = batches.len() as u64;
        self.weigh(Name::Oracle, &oracle::ExecuteMsg::SubmitBatches { batches }, signatures)
    }

    /// One receipt of 12.34 for each customer.
    pub fn receipts(&mut self, customers: impl IntoIterator<Item = u32>) -> Vec<Receipt> {
        let receipt = |customer| {
            self.number += 1;
            Receipt {
                customer,
                number: 31_198_570_000 + self.number,
                amount: 1_234,
                time: 43_200,
                channel: vrs_attestation::leaf::channel::STORE,
            }
        };
        customers.into_iter().map(receipt).collect()
    }

    /// Pays members and weighs that.
    pub fn claim(&mut self, side: merchant::Side, members: Vec<u32>) -> Result<Gas> {
        self.weigh(Name::Merchant, &merchant::ExecuteMsg::ClaimFor { side, members }, 0)
    }
}
