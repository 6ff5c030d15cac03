//! Devices, what they sign, and what becomes of it on the way.

use super::{json, Post, World};
use cosmwasm_std::Binary;
use ed25519_dalek::Signer as _;
use k256::ecdsa::signature::hazmat::PrehashSigner as _;
use std::ops::Range;
use vrs_attestation::leaf::{channel, method};
use vrs_attestation::{Batch, Kind, Leaf, Price, Reading, Receipt, Scheme, Unsigned, SIGNATURE_WIDTH};
use vrs_days::Day;
use vrs_interface::oracle;

/// The device that may sign in a world's first days only.
const SHORT_LIVED: u32 = 7;

/// A private key.
#[derive(Clone)]
enum Key {
    Ed25519(ed25519_dalek::SigningKey),
    Secp256k1(k256::ecdsa::SigningKey),
}

/// A device.
#[derive(Clone)]
pub struct Device {
    /// Its number, from 1.
    pub id: u32,
    kind: Kind,
    subject: Option<u32>,
    key: Key,
}

impl Key {
    fn new(number: u32, secp256k1: bool) -> Self {
        let mut secret = [9; 32];
        secret[..4].copy_from_slice(&number.to_be_bytes());
        match secp256k1 {
            true => Key::Secp256k1(k256::ecdsa::SigningKey::from_bytes(&secret.into()).expect("a number in the order")),
            false => Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(&secret)),
        }
    }

    fn public(&self) -> oracle::DeviceKey {
        match self {
            Key::Ed25519(key) => oracle::DeviceKey::Ed25519(Binary::from(key.verifying_key().to_bytes())),
            Key::Secp256k1(key) => {
                let point = key.verifying_key().to_encoded_point(true);
                oracle::DeviceKey::Secp256k1(Binary::from(point.as_bytes()))
            }
        }
    }

    fn sign(&self, message: Vec<u8>) -> [u8; SIGNATURE_WIDTH] {
        match self {
            Key::Ed25519(key) => key.sign(&message).to_bytes(),
            Key::Secp256k1(key) => {
                let hash = Scheme::Secp256k1.payload(message);
                let signature: k256::ecdsa::Signature = key.sign_prehash(&hash).expect("32 bytes are signed");
                signature.normalize_s().unwrap_or(signature).to_bytes().into()
            }
        }
    }
}

impl Device {
    /// The devices of a new world: a terminal a shop and a second one of the first, meters and price feeds.
    pub fn first(shops: &[u32]) -> Vec<Device> {
        let terminals = shops
            .iter()
            .chain(shops.first())
            .map(|shop| (Kind::Terminal, Some(*shop)));
        let others = [
            Kind::Meter,
            Kind::Meter,
            Kind::Meter,
            Kind::Price,
            Kind::Price,
            Kind::Price,
        ];
        let all = terminals.chain(others.map(|kind| (kind, None)));
        all.zip(1..)
            .map(|((kind, subject), id)| Device::new(id, kind, subject))
            .collect()
    }

    /// A device with the key that follows from its number; every third signs with secp256k1.
    pub fn new(id: u32, kind: Kind, subject: Option<u32>) -> Self {
        Device {
            id,
            kind,
            subject,
            key: Key::new(id, id.is_multiple_of(3)),
        }
    }

    /// How it is registered.
    pub fn registration(&self, owner: String) -> oracle::NewDevice {
        let kind = match self.kind {
            Kind::Terminal => oracle::DeviceKind::Terminal,
            Kind::Meter => oracle::DeviceKind::Meter,
            Kind::Price => oracle::DeviceKind::Price,
            Kind::Company => oracle::DeviceKind::Company,
            Kind::Bank => oracle::DeviceKind::Bank,
            Kind::Health => oracle::DeviceKind::Health,
        };
        oracle::NewDevice {
            kind,
            subject: self.subject,
            owner,
            key: self.key.public(),
            valid_from: 1,
            valid_until: (self.id == SHORT_LIVED).then_some(4),
            caps: oracle::DeviceCaps {
                items: 400,
                amount: 1 << 40,
            },
        }
    }
}

impl World {
    /// Numbers of the price feeds.
    pub(super) fn price_devices(&self) -> Vec<u32> {
        let feeds = self.devices.iter().filter(|device| device.kind == Kind::Price);
        feeds.map(|device| device.id).collect()
    }

    /// Somebody relays one or some batches.
    pub(super) fn submit_post(&mut self) -> Post {
        let count = match self.dice.small(0..=19) {
            0 => 0,
            1..=11 => 1,
            12..=18 => self.dice.small(2..=5),
            _ => 12,
        };
        let mut batches: Vec<Binary> = (0..count).map(|_| self.batch()).collect();
        if self.dice.small(0..=199) == 0 {
            batches = vec![Binary::from([1]); 257];
        }
        let relayer = self.account();
        self.new_post(relayer, "oracle", &oracle::ExecuteMsg::SubmitBatches { batches })
    }

    fn batch(&mut self) -> Binary {
        if !self.relayed.is_empty() && self.dice.chance(7) {
            return self.dice.one(&self.relayed.clone());
        }
        let mut device = self.dice.one(&self.devices.clone());
        let next = self.next_sequence(device.id);
        match self.dice.small(0..=79) {
            0 => device.id += 900,
            1 => device.kind = self.dice.one(&[Kind::Terminal, Kind::Meter, Kind::Price]),
            _ => {}
        }
        let sequence = match self.dice.small(0..=19) {
            0 => next + 1,
            1 => next.saturating_sub(1),
            _ => next,
        };
        let today = self.today();
        let day = match self.dice.small(0..=19) {
            0 => today + 1,
            1..=4 => today.saturating_sub(1).max(1),
            5 => today.saturating_sub(9),
            _ => today,
        };
        let most = if self.dice.chance(4) { 100 } else { 6 };
        let leaves = self.dice.small(1..=most);
        let mut signed = self.sign(&device, day, sequence, leaves).to_vec();
        match self.dice.small(0..=39) {
            0 => {
                let at = self.dice.within(0..=signed.len() as u64 - 1) as usize;
                signed[at] ^= 1;
            }
            1 => signed.truncate(signed.len() / 2),
            2 => signed.push(0),
            // The second form of a secp256k1 signature, or garbage of an ed25519 one.
            3 => {
                let at = signed.len() - 32;
                signed[at..].iter_mut().for_each(|byte| *byte = !*byte);
            }
            _ => {}
        }
        let batch = Binary::from(signed);
        self.relayed.push(batch.clone());
        batch
    }

    fn next_sequence(&self, device: u32) -> u32 {
        let question = oracle::QueryMsg::Device { device };
        let answer = self.chain.wrap().query_wasm_smart(self.at("oracle"), &question);
        answer.map_or(1, |device: oracle::DeviceResponse| device.next_sequence)
    }

    fn sign(&mut self, device: &Device, day: Day, sequence: u32, leaves: u32) -> Binary {
        let seed = self.dice.bytes(16).to_vec().try_into().expect("16 bytes");
        let mut batch = Batch::new(device.kind, device.id, day, sequence, seed);
        for _ in 0..leaves {
            let leaf = match device.kind {
                Kind::Meter => {
                    let reading = self.reading();
                    self.read.push((reading.account, day));
                    reading.encode()
                }
                Kind::Price => self.price().encode(),
                _ => {
                    let receipt = self.receipt();
                    self.sold
                        .push((device.subject.unwrap_or_default(), receipt.customer, day));
                    receipt.encode()
                }
            };
            batch.leaves.push(leaf);
        }
        self.seal(device, batch.unsigned().expect("leaves of its kind"))
    }

    fn seal(&self, device: &Device, unsigned: Unsigned) -> Binary {
        let message = unsigned.signing_bytes(&self.chain.block_info().chain_id, self.at("oracle").as_str());
        let signature = device.key.sign(message.expect("names that can be signed"));
        unsigned.seal(&signature).into()
    }

    fn receipt(&mut self) -> Receipt {
        self.receipts += 1;
        Receipt {
            customer: self.member(),
            number: self.receipts,
            amount: match self.dice.small(0..=19) {
                0 => 0,
                1 => 99,
                2 => 100,
                3 => 200_000_000_000,
                _ => self.dice.within(1..=100_000),
            },
            time: self.dice.small(0..=86_500),
            channel: match self.dice.small(0..=19) {
                0 => 3,
                1..=5 => channel::EXTERNAL,
                _ => channel::STORE,
            },
        }
    }

    fn reading(&mut self) -> Reading {
        let method = self.dice.small(1..=6) as u8;
        let mut some = |most: u64| match self.dice.chance(3) {
            true => u64::MAX,
            false => self.dice.within(0..=most),
        };
        let quantities = match method {
            method::PLATFORM | method::SERVER => [some(50_000), some(16), some(86_400), some(1_000_000_000), 0],
            method::NODE => [some(2), some(500), some(900_000), some(86_400), 0],
            method::UPLOAD => [some(900), some(4_000), some(50_000), 0, 0],
            method::CONTENT => [some(900), some(300), some(900), some(4_000), some(200_000)],
            _ => [some(90_000), some(2), 0, 0, 0],
        };
        let account = self.member();
        Reading {
            method: if self.dice.chance(2) { 7 } else { method },
            account,
            unit: self.dice.within(1..=40),
            quantities,
        }
    }

    /// A price of just now, rarely of some other time of the day.
    fn price(&mut self) -> Price {
        let seconds = self.chain.block_info().time.seconds() - self.clock.start;
        let now = u32::try_from(seconds % 86_400).expect("within a day");
        Price {
            symbol: self.dice.one(&[1, 1, 1, 1, 1, 1, 2, 9]),
            price: u128::from(self.dice.within(90..=110)) * 1_000_000_000_000_000_000,
            time: match self.dice.chance(10) {
                true => self.dice.small(0..=86_500),
                false => now.saturating_sub(self.dice.small(0..=60)),
            },
        }
    }

    /// Shops' batches of as many receipts as are asked for, all of them lawful, one a message and three a day and shop.
    pub(super) fn plain_batches(&mut self, numbers: Range<usize>, receipts: usize) {
        for number in numbers {
            if number.is_multiple_of(3 * self.shops.len()) {
                self.pass(86_400);
            }
            let device = self.devices[number % self.shops.len()].clone();
            let sequence = u32::try_from(number / self.shops.len()).expect("few batches") + 1;
            let seed = self.dice.bytes(16).to_vec().try_into().expect("16 bytes");
            let mut batch = Batch::new(Kind::Terminal, device.id, self.today(), sequence, seed);
            for at in 0..receipts {
                self.receipts += 1;
                let receipt = Receipt {
                    customer: u32::try_from(at % 17).expect("a small number") + 1,
                    number: self.receipts,
                    amount: self.dice.within(500..=20_000),
                    time: 3_600,
                    channel: channel::STORE,
                };
                batch.push(&receipt).expect("a terminal's leaf");
            }
            let batches = vec![self.seal(&device, batch.unsigned().expect("a batch"))];
            let msg = json(&oracle::ExecuteMsg::SubmitBatches { batches });
            let relayer = self.accounts[0].clone();
            let post = Post {
                sender: relayer.clone(),
                contract: self.at("oracle"),
                msg,
                funds: vec![],
            };
            assert!(self.send(&relayer, vec![post]), "a lawful batch is taken");
        }
    }
}
