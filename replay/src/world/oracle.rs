//! Messages and questions to the oracle.

use super::batches::Device;
use super::{json, Post, World};
use vrs_attestation::Kind;
use vrs_interface::access::Role;
use vrs_interface::oracle::{DeviceCaps, DeviceKey, DeviceKind, ExecuteMsg, FeedParams, NewDevice, QueryMsg};

const NAME: &str = "oracle";
const KINDS: [DeviceKind; 6] = [
    DeviceKind::Terminal,
    DeviceKind::Meter,
    DeviceKind::Company,
    DeviceKind::Bank,
    DeviceKind::Price,
    DeviceKind::Health,
];

impl World {
    pub(super) fn oracle_post(&mut self) -> Post {
        let device = self.device();
        let (sender, msg) = match self.dice.small(0..=29) {
            0 | 1 => return self.access_post(NAME),
            2 | 3 => {
                let count = self.dice.one(&[0, 1, 1, 1, 2, 101]);
                let devices = (0..count).map(|_| self.new_device()).collect();
                let registrar = self.officer(NAME, Some(Role::Registrar));
                (registrar, ExecuteMsg::RegisterDevices { devices })
            }
            4 => {
                let key = self.device_key();
                let from = self.today() + self.dice.one(&[0, 1, 1, 2, 400]);
                (self.officer(NAME, None), ExecuteMsg::RotateKey { device, key, from })
            }
            5 => {
                // Rarely one of those that the shops need.
                let device = if self.dice.chance(90) { device + 13 } else { device };
                let guardian = self.officer(NAME, Some(Role::Guardian));
                (guardian, ExecuteMsg::RevokeDevice { device })
            }
            6 => {
                let caps = self.caps();
                let registrar = self.officer(NAME, Some(Role::Registrar));
                (registrar, ExecuteMsg::SetCaps { device, caps })
            }
            7 => {
                let kind = self.dice.one(&KINDS);
                let contract = match self.dice.small(0..=5) {
                    0 => None,
                    1 => Some(self.address()),
                    2 => Some(self.taker.to_string()),
                    _ if kind == DeviceKind::Meter => Some(self.at("mining").to_string()),
                    _ => Some(self.at("merchant").to_string()),
                };
                (self.officer(NAME, None), ExecuteMsg::SetConsumer { kind, contract })
            }
            8 => {
                let params = FeedParams {
                    max_age: self.dice.one(&[0, 60, 86_400, 864_000, 864_001]),
                    max_jump_bps: self.dice.one(&[0, 100, 5_000, 10_000, 10_001]),
                    min_sources: self.dice.one(&[0, 1, 1, 2, 3, 16]),
                };
                let symbol = self.dice.small(0..=3);
                let name = self
                    .dice
                    .one(&["MVC/KRW", "VRS/USD", "", "a name of more than thirty-two bytes"]);
                let name = name.into();
                (self.officer(NAME, None), ExecuteMsg::SetFeed { symbol, name, params })
            }
            9 => {
                let (symbol, feeds) = (self.dice.small(1..=3), self.dice.chance(80));
                let device = match self.dice.chance(80) {
                    true => self.dice.one(&self.price_devices()),
                    false => device,
                };
                let msg = ExecuteMsg::SetFeedSource { symbol, device, feeds };
                (self.officer(NAME, None), msg)
            }
            10 => {
                let start_after = self.dice.rarely(|dice| (dice.small(0..=9), dice.small(0..=9)));
                let limit = self.dice.limit();
                (self.account(), ExecuteMsg::Prune { start_after, limit })
            }
            _ => return self.submit_post(),
        };
        self.new_post(sender, NAME, &msg)
    }

    /// A device's number, rarely nobody's.
    fn device(&mut self) -> u32 {
        let highest = u32::try_from(self.devices.len()).expect("few devices");
        self.dice.small(0..=highest + 2)
    }

    fn caps(&mut self) -> DeviceCaps {
        DeviceCaps {
            items: self.dice.one(&[0, 1, 20, 400, 4_000]),
            amount: self.dice.one(&[0, 90_000, 1 << 40, 1 << 60, u64::MAX]),
        }
    }

    fn new_device(&mut self) -> NewDevice {
        let kinds = [
            Kind::Terminal,
            Kind::Meter,
            Kind::Company,
            Kind::Bank,
            Kind::Price,
            Kind::Health,
        ];
        let kind = self.dice.one(&kinds);
        let subject = self.dice.chance(50).then(|| self.member());
        let number = self.dice.small(1_000..=9_000);
        let owner = self.address();
        let mut new = Device::new(number, kind, subject).registration(owner);
        if self.dice.chance(20) {
            new.key = self.device_key();
        }
        new.valid_from = self.day();
        new.valid_until = self.dice.chance(30).then(|| self.day());
        new.caps = self.caps();
        new
    }

    /// A key, often one that proves nothing.
    fn device_key(&mut self) -> DeviceKey {
        let mut one = vec![0; 32];
        one[0] = 1;
        match self.dice.small(0..=5) {
            0 => DeviceKey::Ed25519(one.into()),
            1 => DeviceKey::Ed25519(vec![255; 32].into()),
            2 => DeviceKey::Secp256k1(self.dice.bytes(33)),
            3 => DeviceKey::Ed25519(self.dice.hash()),
            number => {
                Device::new(number + self.dice.small(100..=200), Kind::Meter, None)
                    .registration(String::new())
                    .key
            }
        }
    }

    pub(super) fn oracle_question(&mut self) -> (&'static str, Vec<u8>) {
        let (device, day, limit) = (self.device(), self.day(), self.dice.limit());
        let start_after = self.dice.rarely(|dice| dice.small(0..=9));
        let msg = match self.dice.small(0..=10) {
            0 => QueryMsg::Ownership {},
            1 => QueryMsg::Roles {
                start_after: self
                    .dice
                    .rarely(|dice| dice.one(&Role::ALL))
                    .map(|role| (role, self.address())),
                limit,
            },
            2 => QueryMsg::Paused {},
            3 => QueryMsg::Config {},
            4 => QueryMsg::Device { device },
            5 => QueryMsg::Devices { start_after, limit },
            6 => QueryMsg::KeyAt { device, day },
            7 => QueryMsg::Batch {
                device,
                sequence: self.dice.small(0..=9),
            },
            8 => QueryMsg::Batches {
                device,
                start_after,
                limit,
            },
            9 => QueryMsg::Price {
                symbol: self.dice.one(&[0, 1, 1, 1, 2, 3]),
            },
            _ => QueryMsg::Feeds { start_after, limit },
        };
        (NAME, json(&msg))
    }
}
