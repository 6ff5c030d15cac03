//! Enters everyone: members with verified claims, shops' costs, terminals and meters.

use super::{Plan, TEST_SEED};
use crate::agent::DeviceKey;
use crate::chain::{AddressBook, Chain, DeviceEntry, MemberEntry, Name, Party};
use crate::deploy::Accounts;
use anyhow::{bail, Context as _, Result};
use cosmwasm_std::{from_json, Binary};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use vrs_attestation::PublicKey;
use vrs_interface::identity::{self, Kind, NewClaim, NewMember, Registered, Topic, MAX_NEW_MEMBERS};
use vrs_interface::merchant::{self, Rate};
use vrs_interface::oracle::{self, DeviceCaps, DeviceKey as OracleKey, DeviceKind, NewDevice};

/// Most lines that one message of merchant or oracle takes.
const LINES: usize = 100;

/// Who is on the chain.
pub struct Registration {
    /// Everyone, by number and id.
    pub book: AddressBook,
    /// Merchant's id to his terminal's number.
    pub terminals: BTreeMap<u64, u32>,
    /// Meter's id to its number.
    pub meters: BTreeMap<u64, u32>,
}

/// Label from which a merchant's terminal has its test key.
pub fn terminal_label(merchant: u64) -> String {
    format!("terminal {merchant}")
}

/// Label from which a meter has its test key.
pub fn meter_label(meter: u64) -> String {
    format!("meter {meter}")
}

/// Registers all that the plan names, in the order of their ids.
pub fn register(chain: &mut Chain, accounts: &Accounts, plan: &Plan) -> Result<Registration> {
    let mut registration = Registration {
        book: AddressBook::default(),
        terminals: BTreeMap::new(),
        meters: BTreeMap::new(),
    };
    let parties = [
        (Party::Merchant, plan.merchants.keys().copied().collect::<Vec<u64>>()),
        (Party::Customer, plan.customers.iter().copied().collect()),
        (Party::Account, plan.accounts.iter().copied().collect()),
    ];
    for (party, ids) in &parties {
        members(chain, accounts, &mut registration.book, *party, ids)?;
    }
    costs(chain, accounts, plan, &registration.book)?;
    devices(chain, accounts, plan, &mut registration)?;
    products(chain, accounts, plan)?;
    Ok(registration)
}

fn members(chain: &mut Chain, accounts: &Accounts, book: &mut AddressBook, party: Party, ids: &[u64]) -> Result<()> {
    let kind = match party {
        Party::Merchant => Kind::Merchant,
        Party::Customer | Party::Account => Kind::Individual,
    };
    for ids in ids.chunks(MAX_NEW_MEMBERS) {
        let account = |id: &u64| chain.account(&format!("{party} {id}"));
        let addresses = ids.iter().map(account).collect::<Result<Vec<_>>>()?;
        let entry = |(id, address): (&u64, &cosmwasm_std::Addr)| NewMember {
            kind,
            account: address.to_string(),
            payout: None,
            level: 0,
            identity: Some(NewClaim {
                topic: Topic::Identity,
                hash: evidence(party, *id),
                until: None,
            }),
        };
        let members = ids.iter().zip(&addresses).map(entry).collect();
        let msg = identity::ExecuteMsg::RegisterMembers { members };
        let tx = chain.submit(&accounts.operator, Name::Identity, &msg)?;
        let done: Registered = from_json(tx.data.unwrap_or_default()).context("register_members")?;
        for (member, (id, address)) in (done.first..).zip(ids.iter().zip(addresses)) {
            book.add_member(MemberEntry {
                party,
                id: *id,
                member,
                address,
            });
        }
    }
    Ok(())
}

/// Stands for the salted hash of what a verifier would have seen.
fn evidence(party: Party, id: u64) -> Binary {
    Sha256::digest(format!("vrs run: {party} {id}")).to_vec().into()
}

/// Sets one district for each rent, one trade for each wage, and every merchant's profile.
fn costs(chain: &mut Chain, accounts: &Accounts, plan: &Plan, book: &AddressBook) -> Result<()> {
    let numbered = |rates: BTreeSet<u64>| rates.into_iter().zip(1u32..).collect::<BTreeMap<u64, u32>>();
    let rents = numbered(plan.merchants.values().map(|profile| profile.rent).collect());
    let wages = numbered(plan.merchants.values().map(|profile| profile.wage).collect());
    let rates =
        |table: &BTreeMap<u64, u32>| -> Vec<Rate> { table.iter().map(|(&amount, &id)| Rate { id, amount }).collect() };
    let operator = &accounts.operator;
    for rates in rates(&rents).chunks(LINES) {
        let rates = rates.to_vec();
        chain.submit(operator, Name::Merchant, &merchant::ExecuteMsg::SetDistricts { rates })?;
    }
    for rates in rates(&wages).chunks(LINES) {
        let rates = rates.to_vec();
        chain.submit(operator, Name::Merchant, &merchant::ExecuteMsg::SetTrades { rates })?;
    }
    let mut profiles = vec![];
    for (id, profile) in &plan.merchants {
        profiles.push(merchant::Profile {
            merchant: member_of(book, Party::Merchant, *id)?,
            area: profile.area,
            staff: profile.staff,
            district: rents.get(&profile.rent).copied().unwrap_or_default(),
            trade: wages.get(&profile.wage).copied().unwrap_or_default(),
        });
    }
    for profiles in profiles.chunks(LINES) {
        let profiles = profiles.to_vec();
        chain.submit(
            operator,
            Name::Merchant,
            &merchant::ExecuteMsg::SetProfiles { profiles },
        )?;
    }
    Ok(())
}

/// Registers one terminal a merchant and every meter, valid from the first day on.
fn devices(chain: &mut Chain, accounts: &Accounts, plan: &Plan, registration: &mut Registration) -> Result<()> {
    let caps = DeviceCaps {
        items: plan.economy.economy.devices.items,
        amount: plan.economy.economy.devices.amount.0,
    };
    let mut devices = vec![];
    for id in plan.merchants.keys() {
        let merchant = member_of(&registration.book, Party::Merchant, *id)?;
        let owner = registration
            .book
            .member(merchant)
            .map(|entry| entry.address.to_string());
        let key = DeviceKey::test(TEST_SEED, &terminal_label(*id));
        let device = NewDevice {
            kind: DeviceKind::Terminal,
            subject: Some(merchant),
            owner: owner.unwrap_or_default(),
            key: oracle_key(&key.public()),
            valid_from: plan.calendar.first_day,
            valid_until: None,
            caps,
        };
        devices.push((*id, device));
    }
    for (id, subject) in meters(plan) {
        let subject = subject
            .map(|id| member_of(&registration.book, Party::Account, id))
            .transpose()?;
        let key = DeviceKey::test(TEST_SEED, &meter_label(id));
        let device = NewDevice {
            kind: DeviceKind::Meter,
            subject,
            owner: accounts.operator.to_string(),
            key: oracle_key(&key.public()),
            valid_from: plan.calendar.first_day,
            valid_until: None,
            caps,
        };
        devices.push((id, device));
    }
    for chunk in devices.chunks(LINES) {
        let msg = oracle::ExecuteMsg::RegisterDevices {
            devices: chunk.iter().map(|(_, device)| device.clone()).collect(),
        };
        let tx = chain.submit(&accounts.operator, Name::Oracle, &msg)?;
        let done: oracle::RegisterDevicesResponse =
            from_json(tx.data.unwrap_or_default()).context("register_devices")?;
        for (device, (id, new)) in (done.first..).zip(chunk) {
            let is_terminal = new.kind == DeviceKind::Terminal;
            let numbers = if is_terminal {
                &mut registration.terminals
            } else {
                &mut registration.meters
            };
            numbers.insert(*id, device);
            registration.book.add_device(DeviceEntry {
                device,
                id: *id,
                is_terminal,
            });
        }
    }
    Ok(())
}

/// All meters by id, each with the account that it alone reports; none where it reports several.
fn meters(plan: &Plan) -> BTreeMap<u64, Option<u64>> {
    let mut meters: BTreeMap<u64, Option<u64>> = BTreeMap::new();
    for row in plan.meters.iter().flatten() {
        let subject = meters.entry(row.device).or_insert(Some(row.account));
        if *subject != Some(row.account) {
            *subject = None;
        }
    }
    meters
}

/// Registers streaming products that the readings name and the economy does not list.
fn products(chain: &mut Chain, accounts: &Accounts, plan: &Plan) -> Result<()> {
    use vrs_attestation::Measured;
    use vrs_interface::mining::{ExecuteMsg, Product};
    let mining = &plan.economy.economy.mining;
    let mut ids = BTreeSet::new();
    for row in plan.meters.iter().flatten() {
        if let Measured::Streaming(streamed) = row.measured {
            if !mining.products.contains_key(&streamed.product.to_string()) {
                ids.extend(u32::try_from(streamed.product));
            }
        }
    }
    let factor_e9 = mining.product_factor.0;
    let ids: Vec<u32> = ids.into_iter().collect();
    for ids in ids.chunks(LINES) {
        let products = ids.iter().map(|&id| Product { id, factor_e9 }).collect();
        chain.submit(&accounts.owner, Name::Mining, &ExecuteMsg::SetProducts { products })?;
    }
    Ok(())
}

/// A member's number.
pub fn member_of(book: &AddressBook, party: Party, id: u64) -> Result<u32> {
    match book.find(party, id) {
        Some(entry) => Ok(entry.member),
        None => bail!("{party} {id} is not registered"),
    }
}

fn oracle_key(key: &PublicKey) -> OracleKey {
    let bytes = Binary::from(key.as_bytes());
    match key {
        PublicKey::Ed25519(_) => OracleKey::Ed25519(bytes),
        PublicKey::Secp256k1(_) => OracleKey::Secp256k1(bytes),
    }
}
