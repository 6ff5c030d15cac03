//! Registration, validity, caps given, revocation.

use super::suite::{caps, Signer, Suite};
use crate::ContractError;
use cosmwasm_std::{from_json, Binary};
use vrs_access::AccessError;
use vrs_attestation::KeyError;
use vrs_interface::access::AccessMsg;
use vrs_interface::oracle::*;

#[test]
fn devices_are_numbered_on_from_the_last() {
    let mut suite = Suite::new();
    let three: Vec<NewDevice> = (1..=3)
        .map(|seed| suite.new_device(DeviceKind::Terminal, Signer::Ed(seed)))
        .collect();
    let registrar = suite.registrar.clone();
    let response = suite
        .execute(&registrar, ExecuteMsg::RegisterDevices { devices: three })
        .unwrap();
    let answer: RegisterDevicesResponse = from_json(response.data.unwrap()).unwrap();
    assert_eq!(answer.first, 1);
    assert_eq!(suite.register(DeviceKind::Meter, Signer::Secp(4)), 4);
    let config: ConfigResponse = suite.query(&QueryMsg::Config {}).unwrap();
    assert_eq!(config.devices, 4);
    assert_eq!(
        suite.device(4),
        DeviceResponse {
            device: 4,
            kind: DeviceKind::Meter,
            subject: Some(77),
            owner: suite.agent.clone(),
            key: Signer::Secp(4).key(),
            next_key: None,
            valid_from: 1,
            valid_until: None,
            revoked: false,
            caps: caps(1_000_000, 1_000_000_000),
            next_sequence: 1,
        }
    );
}

#[test]
fn one_to_a_hundred_at_once() {
    let mut suite = Suite::new();
    let one = suite.new_device(DeviceKind::Terminal, Signer::Ed(1));
    let registrar = suite.registrar.clone();
    let mut register = |n| {
        let devices = vec![one.clone(); n];
        suite
            .execute(&registrar, ExecuteMsg::RegisterDevices { devices })
            .map(|_| ())
    };
    let bounds = |actual| ContractError::OutOfBounds {
        field: "devices",
        min: 1,
        max: 100,
        actual,
    };
    assert_eq!(register(0), Err(bounds(0)));
    assert_eq!(register(101), Err(bounds(101)));
    assert_eq!(register(100), Ok(()));
}

#[test]
fn what_cannot_be_a_device() {
    let mut suite = Suite::new();
    let honest = suite.new_device(DeviceKind::Terminal, Signer::Ed(1));
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut unreduced = [0xff; 32];
    unreduced[31] = 0x7f;
    let mut uncompressed = [4; 33];
    uncompressed[1] = 0;
    let length = |scheme, expected, actual| ContractError::KeyLength {
        scheme,
        expected,
        actual,
    };
    let keys = [
        (DeviceKey::Ed25519(Binary::from(identity)), KeyError::SmallOrder.into()),
        (DeviceKey::Ed25519(Binary::from([0; 32])), KeyError::SmallOrder.into()),
        (
            DeviceKey::Ed25519(Binary::from(unreduced)),
            KeyError::NotCanonical.into(),
        ),
        (
            DeviceKey::Secp256k1(Binary::from(uncompressed)),
            KeyError::Prefix { actual: 4 }.into(),
        ),
        (DeviceKey::Secp256k1(Binary::from([2; 32])), length("secp256k1", 33, 32)),
        (DeviceKey::Ed25519(Binary::from([2; 33])), length("ed25519", 32, 33)),
        (DeviceKey::Ed25519(Binary::default()), length("ed25519", 32, 0)),
    ];
    for (key, error) in keys {
        let device = NewDevice { key, ..honest.clone() };
        assert_eq!(suite.register_as(device), Err(error));
    }
    let subject = NewDevice {
        subject: Some(0),
        ..honest.clone()
    };
    assert_eq!(suite.register_as(subject), Err(ContractError::InvalidSubject {}));
    for (from, until) in [(0, None), (0, Some(5)), (6, Some(5))] {
        let device = NewDevice {
            valid_from: from,
            valid_until: until,
            ..honest.clone()
        };
        let until = until.unwrap_or(u32::MAX);
        assert_eq!(
            suite.register_as(device),
            Err(ContractError::InvalidValidity { from, until })
        );
    }
    for owner in ["", "COSMWASM1", "osmo1xyz"] {
        let device = NewDevice {
            owner: owner.into(),
            ..honest.clone()
        };
        match suite.register_as(device) {
            Err(ContractError::Access(AccessError::InvalidAddress { address, .. })) => assert_eq!(address, owner),
            other => panic!("{other:?}"),
        }
    }
    let last_fails = vec![
        honest.clone(),
        NewDevice {
            subject: Some(0),
            ..honest
        },
    ];
    let registrar = suite.registrar.clone();
    assert_eq!(
        suite
            .execute(&registrar, ExecuteMsg::RegisterDevices { devices: last_fails })
            .map(|_| ()),
        Err(ContractError::InvalidSubject {})
    );
    let config: ConfigResponse = suite.query(&QueryMsg::Config {}).unwrap();
    assert_eq!(config.devices, 0);
}

#[test]
fn a_pause_stops_new_devices_and_nothing_else() {
    let mut suite = Suite::with_terminals(1);
    let guardian = suite.guardian.clone();
    suite
        .execute(&guardian, ExecuteMsg::Access(AccessMsg::Pause {}))
        .unwrap();
    let device = suite.new_device(DeviceKind::Terminal, Signer::Ed(2));
    assert_eq!(
        suite.register_as(device),
        Err(ContractError::Access(AccessError::Paused {}))
    );
    let batch = suite.sales(1, 1, 1, &[500]);
    assert_eq!(suite.submit(vec![batch]), [super::suite::accepted(1)]);
    let (agent, key) = (suite.agent.clone(), Signer::Ed(9).key());
    let rotate = ExecuteMsg::RotateKey {
        device: 1,
        key,
        from: 2,
    };
    suite.execute(&agent, rotate).unwrap();
    suite.execute(&agent, ExecuteMsg::RevokeDevice { device: 1 }).unwrap();
}

#[test]
fn owner_registrar_and_guardian_revoke_and_nobody_else() {
    let mut suite = Suite::with_terminals(4);
    let relay = suite.relay.clone();
    assert_eq!(
        suite
            .execute(&relay, ExecuteMsg::RevokeDevice { device: 1 })
            .map(|_| ()),
        Err(ContractError::NotDeviceOwner {
            device: 1,
            owner: suite.agent.clone(),
            sender: relay
        })
    );
    let who = [&suite.agent, &suite.registrar, &suite.guardian, &suite.owner].map(Clone::clone);
    for (device, sender) in (1..).zip(who) {
        suite.execute(&sender, ExecuteMsg::RevokeDevice { device }).unwrap();
        assert!(suite.device(device).revoked);
        assert_eq!(
            suite.execute(&sender, ExecuteMsg::RevokeDevice { device }).map(|_| ()),
            Err(ContractError::DeviceRevoked { device })
        );
    }
    let agent = suite.agent.clone();
    let unknown = ExecuteMsg::RevokeDevice { device: 5 };
    assert_eq!(
        suite.execute(&agent, unknown).map(|_| ()),
        Err(ContractError::UnknownDevice { device: 5, highest: 4 })
    );
}

#[test]
fn a_revoked_device_stays_as_it_is() {
    let mut suite = Suite::with_terminals(1);
    let (agent, registrar) = (suite.agent.clone(), suite.registrar.clone());
    suite.execute(&agent, ExecuteMsg::RevokeDevice { device: 1 }).unwrap();
    let rotate = ExecuteMsg::RotateKey {
        device: 1,
        key: Signer::Ed(9).key(),
        from: 2,
    };
    let set_caps = ExecuteMsg::SetCaps {
        device: 1,
        caps: caps(1, 1),
    };
    for (sender, msg) in [(agent, rotate), (registrar, set_caps)] {
        assert_eq!(
            suite.execute(&sender, msg).map(|_| ()),
            Err(ContractError::DeviceRevoked { device: 1 })
        );
    }
}

#[test]
fn settings_of_birth_are_bounded() {
    use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    let info = message_info(&owner, &[]);
    let msg = |history_days, day_seconds| InstantiateMsg {
        owner: owner.to_string(),
        clock: vrs_days::Clock {
            day_seconds,
            ..vrs_days::Clock::daily(1)
        },
        history_days,
    };
    let mut create = |msg| crate::contract::instantiate(deps.as_mut(), mock_env(), info.clone(), msg).map(|_| ());
    for actual in [0, 179, 3_651] {
        assert_eq!(
            create(msg(actual, 86_400)),
            Err(ContractError::OutOfBounds {
                field: "history_days",
                min: 180,
                max: 3_650,
                actual: actual.into()
            })
        );
    }
    assert_eq!(
        create(msg(180, 9)),
        Err(ContractError::Clock(vrs_days::ClockError::OutOfBounds {
            field: "day_seconds",
            min: 10,
            max: 86_400,
            actual: 9
        }))
    );
    assert_eq!(create(msg(3_650, 10)), Ok(()));
}
