//! A small deployment that a test drives by hand, and saves whenever it likes.

use crate::agent::{Device, DeviceKey, Identity, Log, Seeds};
use crate::calendar::Calendar;
use crate::chain::db::{Meta, Writer};
use crate::chain::{AddressBook, Chain, DeviceEntry, Embedded, MemberEntry, Name, Party, Tx, TxSink};
use crate::deploy::{self, Accounts};
use crate::economy;
use anyhow::Result;
use cosmwasm_std::{from_json, Addr};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use tempfile::TempDir;
use vrs_attestation::leaf::channel;
use vrs_attestation::{Kind, Leaf, Reading, Receipt};
use vrs_days::{Clock, Day};
use vrs_interface::identity::{self, NewClaim, NewMember, Registered, Topic};
use vrs_interface::merchant::{self, Profile, Rate, Side};
use vrs_interface::oracle::{self, DeviceCaps, DeviceKind, NewDevice, Outcome, RegisterDevicesResponse};
use vrs_interface::{mining, oracle::SubmitBatchesResponse};

/// 2017-01-01 00:00:00 UTC, when day 1 begins.
pub const START: u64 = 1_483_228_800;
/// Seconds of an hour.
pub const HOUR: u64 = 3_600;

/// The deployment.
pub struct World {
    /// The chain.
    pub chain: Chain,
    /// Who acts.
    pub accounts: Accounts,
    /// The clock.
    pub clock: Clock,
    /// Who is who.
    pub book: AddressBook,
    economy: String,
    funded: bool,
    devices: BTreeMap<u32, Device>,
    txs: Rc<RefCell<Vec<Tx>>>,
    receipts: u64,
}

struct Kept(Rc<RefCell<Vec<Tx>>>);

impl TxSink for Kept {
    fn keep(&mut self, tx: &Tx) -> Result<()> {
        self.0.borrow_mut().push(tx.clone());
        Ok(())
    }
}

impl World {
    /// A deployment with an economy over the defaults, an hour before day 1.
    pub fn new(economy: &str) -> Self {
        let parsed = economy::parse(Path::new("test.toml"), economy).expect("economy");
        let mut embedded = Embedded::new(START - HOUR);
        let txs = Rc::<RefCell<Vec<Tx>>>::default();
        embedded.keep_in(Box::new(Kept(txs.clone())));
        let mut chain = Chain::from(embedded);
        let clock = deploy::clock(&parsed, START);
        let accounts = deploy::deploy(&mut chain, &parsed, &clock).expect("deployed");
        let mut world = World {
            chain,
            accounts,
            clock,
            book: AddressBook::default(),
            economy: economy.to_owned(),
            funded: false,
            devices: BTreeMap::new(),
            txs,
            receipts: 0,
        };
        let rates = |amount| vec![Rate { id: 1, amount }];
        world.operate(
            Name::Merchant,
            &merchant::ExecuteMsg::SetDistricts { rates: rates(200) },
        );
        world.operate(
            Name::Merchant,
            &merchant::ExecuteMsg::SetTrades { rates: rates(10_000) },
        );
        world
    }

    /// Moves time to an hour of a day; the pools are funded when day 1 begins.
    pub fn at(&mut self, day: Day, hour: u64) -> &mut Self {
        if !self.funded {
            let economy = economy::parse(Path::new("test.toml"), &self.economy).expect("economy");
            deploy::fund(&mut self.chain, &economy, &self.accounts, &self.clock).expect("funded");
            self.funded = true;
        }
        let to = self.clock.opens(day) + hour * HOUR;
        assert!(self.chain.now().expect("now") <= to, "time goes on");
        self.chain.wait_until(to).expect("later");
        self
    }

    /// The owner sends a message.
    pub fn own(&mut self, name: Name, msg: &impl Serialize) -> Tx {
        let owner = self.accounts.owner.clone();
        self.chain.submit(&owner, name, msg).expect("owner")
    }

    /// The operator sends a message.
    pub fn operate(&mut self, name: Name, msg: &impl Serialize) -> Tx {
        let operator = self.accounts.operator.clone();
        self.chain.submit(&operator, name, msg).expect("operator")
    }

    fn member(&mut self, party: Party, id: u64) -> u32 {
        let address = self.chain.account(&format!("{party} {id}")).expect("account");
        let member = NewMember {
            kind: match party {
                Party::Merchant => identity::Kind::Merchant,
                _ => identity::Kind::Individual,
            },
            account: address.to_string(),
            payout: None,
            level: 0,
            identity: Some(NewClaim {
                topic: Topic::Identity,
                hash: [7; 32].into(),
                until: None,
            }),
        };
        let msg = identity::ExecuteMsg::RegisterMembers { members: vec![member] };
        let tx = self.operate(Name::Identity, &msg);
        let done: Registered = from_json(tx.data.expect("data")).expect("registered");
        self.book.add_member(MemberEntry {
            party,
            id,
            member: done.first,
            address,
        });
        done.first
    }

    fn device(&mut self, kind: DeviceKind, id: u64, subject: Option<u32>, owner: &Addr) -> u32 {
        let key = DeviceKey::test(1, &format!("{kind:?} {id} {}", self.devices.len()));
        let device = NewDevice {
            kind,
            subject,
            owner: owner.to_string(),
            key: oracle::DeviceKey::Ed25519(key.public().as_bytes().into()),
            valid_from: 1,
            valid_until: None,
            caps: DeviceCaps {
                items: 1_000,
                amount: u64::MAX,
            },
        };
        let msg = oracle::ExecuteMsg::RegisterDevices { devices: vec![device] };
        let tx = self.operate(Name::Oracle, &msg);
        let done: RegisterDevicesResponse = from_json(tx.data.expect("data")).expect("registered");
        let is_terminal = kind == DeviceKind::Terminal;
        self.book.add_device(DeviceEntry {
            device: done.first,
            id,
            is_terminal,
        });
        self.give_key(
            done.first,
            if is_terminal { Kind::Terminal } else { Kind::Meter },
            key,
            Log::memory(),
        );
        done.first
    }

    /// The device signs with this key from now on.
    pub fn give_key(&mut self, device: u32, kind: Kind, key: DeviceKey, log: Log) {
        let identity = Identity {
            device,
            kind,
            chain_id: self.chain.id().to_owned(),
            oracle: self.chain.address(Name::Oracle).expect("oracle").to_string(),
        };
        let device_of = Device::new(identity, key, log, Seeds::Derived(3)).expect("device");
        self.devices.insert(device, device_of);
    }

    /// A shop with costs of 1,400.00 and a terminal; answers member and device.
    pub fn shop(&mut self, id: u64) -> (u32, u32) {
        let merchant = self.member(Party::Merchant, id);
        let profiles = vec![Profile {
            merchant,
            area: 500,
            staff: 4,
            district: 1,
            trade: 1,
        }];
        self.operate(Name::Merchant, &merchant::ExecuteMsg::SetProfiles { profiles });
        (merchant, self.till(merchant, id))
    }

    /// One more terminal of a shop.
    pub fn till(&mut self, merchant: u32, id: u64) -> u32 {
        let owner = self.chain.account(&format!("merchant {id}")).expect("account");
        self.device(DeviceKind::Terminal, id, Some(merchant), &owner)
    }

    /// A customer.
    pub fn customer(&mut self, id: u64) -> u32 {
        self.member(Party::Customer, id)
    }

    /// Somebody who mines, and a meter that reports for anyone.
    pub fn miner(&mut self, id: u64) -> (u32, u32) {
        let operator = self.accounts.operator.clone();
        (
            self.member(Party::Account, id),
            self.device(DeviceKind::Meter, id, None, &operator),
        )
    }

    /// Seals a batch of a day.
    pub fn seal<L: Leaf>(&mut self, device: u32, day: Day, leaves: &[L]) -> Vec<u8> {
        let device = self.devices.get_mut(&device).expect("device");
        device.seal(day, leaves).expect("sealed")
    }

    /// Relays a batch; answers what became of it.
    pub fn relay(&mut self, batch: Vec<u8>) -> Outcome {
        let msg = oracle::ExecuteMsg::SubmitBatches {
            batches: vec![batch.into()],
        };
        let relayer = self.accounts.relayer.clone();
        let tx = self.chain.submit(&relayer, Name::Oracle, &msg).expect("relayed");
        let answer: SubmitBatchesResponse = from_json(tx.data.expect("data")).expect("outcomes");
        answer.outcomes.into_iter().next().expect("one")
    }

    /// One batch of sales now: customer, minor units, whether it is external.
    pub fn sell(&mut self, till: u32, day: Day, sales: &[(u32, u64, bool)]) {
        let mut receipts = vec![];
        for (customer, amount, external) in sales {
            self.receipts += 1;
            receipts.push(Receipt {
                customer: *customer,
                number: self.receipts,
                amount: *amount,
                time: 3_600,
                channel: if *external { channel::EXTERNAL } else { channel::STORE },
            });
        }
        let batch = self.seal(till, day, &receipts);
        let outcome = self.relay(batch);
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    }

    /// One batch of readings now.
    pub fn meter(&mut self, meter: u32, day: Day, readings: &[Reading]) {
        let batch = self.seal(meter, day, readings);
        let outcome = self.relay(batch);
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
    }

    /// Pays members what is final.
    pub fn claim(&mut self, side: Side, members: &[u32]) {
        let members = members.to_vec();
        let relayer = self.accounts.relayer.clone();
        let msg = merchant::ExecuteMsg::ClaimFor { side, members };
        self.chain.submit(&relayer, Name::Merchant, &msg).expect("claimed");
    }

    /// Pays miners what is final.
    pub fn claim_mined(&mut self, members: &[u32]) {
        let members = members.to_vec();
        let relayer = self.accounts.relayer.clone();
        let msg = mining::ExecuteMsg::ClaimFor { members };
        self.chain.submit(&relayer, Name::Mining, &msg).expect("claimed");
    }

    /// Writes `chain.db` into a new folder.
    pub fn save(&self) -> TempDir {
        let calendar = Calendar {
            start: START as i64,
            first_day: 1,
            offset_minutes: 0,
        };
        let meta = Meta {
            head: self.chain.embedded().expect("embedded").head(),
            book: self.book.clone(),
            economy: self.economy.clone(),
            clock: self.clock.clone(),
            calendar: Some(calendar),
        };
        save(&self.chain, &self.txs.borrow(), &meta)
    }

    /// Verifies the chain as it stands; answers the summary's text.
    pub fn verify(&self) -> String {
        let dir = self.save();
        match crate::verify::verify(dir.path()) {
            Ok(verified) => verified.to_string(),
            Err(error) => panic!("{error:#}"),
        }
    }
}

/// Writes a chain's file into a new folder.
pub fn save(chain: &Chain, txs: &[Tx], meta: &Meta) -> TempDir {
    let dir = TempDir::new().expect("folder");
    let writer = Writer::create(&dir.path().join(crate::chain::db::FILE)).expect("file");
    let mut sink = writer.sink();
    for tx in txs {
        sink.keep(tx).expect("kept");
    }
    drop(sink);
    let chain = chain.embedded().expect("embedded");
    let calendar = meta.calendar.expect("calendar");
    writer
        .finish(chain, &meta.book, &meta.economy, &meta.clock, &calendar)
        .expect("written");
    dir
}
