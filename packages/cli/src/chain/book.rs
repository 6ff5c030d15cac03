//! Who is who: ids of the files beside numbers and addresses of the chain.

use anyhow::{bail, Result};
use cosmwasm_std::Addr;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// As what a member stands in the files. A merchant and a customer may have the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// A shop.
    Merchant,
    /// A buyer.
    Customer,
    /// Whom a meter's readings count for.
    Account,
}

impl Party {
    /// As it stands on the command line: `merchant:330`.
    pub const fn name(self) -> &'static str {
        match self {
            Party::Merchant => "merchant",
            Party::Customer => "customer",
            Party::Account => "account",
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberEntry {
    /// As what he stands in the files.
    pub party: Party,
    /// His id there.
    pub id: u64,
    /// His number in identity.
    pub member: u32,
    /// Where he is paid.
    pub address: Addr,
}

impl fmt::Display for MemberEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} (member #{})", self.party, self.id, self.member)
    }
}

/// A device: a merchant's terminal or a meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceEntry {
    /// Its number in the oracle.
    pub device: u32,
    /// The merchant's id, or the meter's.
    pub id: u64,
    /// Whether it is a merchant's terminal.
    pub is_terminal: bool,
}

/// All members and devices of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressBook {
    /// By number.
    members: BTreeMap<u32, MemberEntry>,
    /// By number.
    devices: BTreeMap<u32, DeviceEntry>,
    #[serde(skip)]
    by_id: BTreeMap<(Party, u64), u32>,
}

impl AddressBook {
    /// Enters a member.
    pub fn add_member(&mut self, entry: MemberEntry) {
        self.by_id.insert((entry.party, entry.id), entry.member);
        self.members.insert(entry.member, entry);
    }

    /// Enters a device.
    pub fn add_device(&mut self, entry: DeviceEntry) {
        self.devices.insert(entry.device, entry);
    }

    /// The book with its index, as it must be after reading it from a file.
    pub fn indexed(mut self) -> Self {
        let index = |entry: &MemberEntry| ((entry.party, entry.id), entry.member);
        self.by_id = self.members.values().map(index).collect();
        self
    }

    /// All members, by number.
    pub fn members(&self) -> impl Iterator<Item = &MemberEntry> {
        self.members.values()
    }

    /// All devices, by number.
    pub fn devices(&self) -> impl Iterator<Item = &DeviceEntry> {
        self.devices.values()
    }

    /// The member with a number.
    pub fn member(&self, member: u32) -> Option<&MemberEntry> {
        self.members.get(&member)
    }

    /// The member with an id of the files.
    pub fn find(&self, party: Party, id: u64) -> Option<&MemberEntry> {
        self.members.get(self.by_id.get(&(party, id))?)
    }

    /// The member's id, or his number behind a `#` where the files know none.
    pub fn id(&self, member: u32) -> String {
        match self.members.get(&member) {
            Some(entry) => entry.id.to_string(),
            None => format!("#{member}"),
        }
    }

    /// The device with a number.
    pub fn device(&self, device: u32) -> Option<&DeviceEntry> {
        self.devices.get(&device)
    }

    /// The members that a text names: `#17` by number, `merchant:330` by id as one thing, `330` by
    /// id as anything.
    ///
    /// Errors: where it names nobody.
    pub fn resolve(&self, text: &str) -> Result<Vec<&MemberEntry>> {
        let parties = [Party::Merchant, Party::Customer, Party::Account];
        let found: Vec<&MemberEntry> = if let Some(number) = text.strip_prefix('#') {
            let member = number.parse().ok().and_then(|number| self.member(number));
            member.into_iter().collect()
        } else if let Some((party, id)) = text.split_once(':') {
            let party = parties.into_iter().find(|known| known.name() == party);
            let id = id.parse().ok();
            let entry = party.zip(id).and_then(|(party, id)| self.find(party, id));
            entry.into_iter().collect()
        } else {
            let id = text.parse().ok();
            let find = |party| id.and_then(|id| self.find(party, id));
            parties.into_iter().filter_map(find).collect()
        };
        if found.is_empty() {
            bail!("member {text:?} is unknown: expected an id of the files such as 330 or merchant:330, or a number such as #17");
        }
        Ok(found)
    }
}
