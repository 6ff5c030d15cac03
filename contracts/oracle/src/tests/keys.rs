//! Rotation: each day is signed with its own key, however late the batch arrives.

use super::suite::{accepted, refused, repeat, sales, Signer, Suite, DAY, START};
use crate::ContractError;
use vrs_attestation::KeyError;
use vrs_days::Day;
use vrs_interface::oracle::*;

fn rotate(suite: &mut Suite, signer: Signer, from: Day) -> Result<(), ContractError> {
    let agent = suite.agent.clone();
    let key = signer.key();
    let msg = ExecuteMsg::RotateKey { device: 1, key, from };
    suite.execute(&agent, msg).map(|_| ())
}

fn key_at(suite: &Suite, day: Day) -> DeviceKey {
    let answer: KeyAtResponse = suite.query(&QueryMsg::KeyAt { device: 1, day }).unwrap();
    answer.key
}

const BAD: RefuseReason = RefuseReason::BadSignature;

#[test]
fn a_key_changes_at_the_beginning_of_a_day() {
    let mut suite = Suite::with_terminals(1);
    rotate(&mut suite, Signer::Secp(2), 2).unwrap();
    assert_eq!(suite.device(1).key, Signer::Ed(1).key());
    assert_eq!(suite.device(1).next_key, Some((2, Signer::Secp(2).key())));
    // The night of day 2: day 1 with its old key, day 2 with the new one, and not the other way round.
    suite.go_to(START + DAY + 60);
    assert_eq!(suite.device(1).key, Signer::Secp(2).key());
    assert_eq!(suite.device(1).next_key, None);
    let day_1 = sales(1, 1, 1, &[1]);
    let day_2 = sales(1, 2, 2, &[1]);
    let batches = vec![
        suite.seal(&day_1, Signer::Secp(2)),
        suite.seal(&day_1, Signer::Ed(1)),
        suite.seal(&day_2, Signer::Ed(1)),
        suite.seal(&day_2, Signer::Secp(2)),
    ];
    assert_eq!(
        suite.submit(batches),
        [refused(BAD), accepted(1), refused(BAD), accepted(1)]
    );
}

#[test]
fn past_keys_are_known_for_good() {
    let mut suite = Suite::with_terminals(1);
    let batch = suite.sales(1, 1, 1, &[1]);
    suite.submit(vec![batch.clone()]);
    for (today, seed, from) in [(1, 11, 3), (5, 12, 8), (9, 13, 10), (20, 14, 40)] {
        suite.go_to_day(today);
        rotate(&mut suite, Signer::Ed(seed), from).unwrap();
    }
    for (days, seed) in [(0..3, 1), (3..8, 11), (8..10, 12), (10..40, 13), (40..60, 14)] {
        for day in days {
            assert_eq!(key_at(&suite, day), Signer::Ed(seed).key(), "day {day}");
        }
    }
    assert_eq!(key_at(&suite, Day::MAX), Signer::Ed(14).key());
    // A repeat of long ago is still known by its own signature.
    suite.go_to_day(50);
    assert_eq!(suite.submit(vec![batch]), [repeat(1)]);
}

#[test]
fn a_plan_is_replaced_before_its_day() {
    let mut suite = Suite::with_terminals(1);
    rotate(&mut suite, Signer::Ed(2), 5).unwrap();
    rotate(&mut suite, Signer::Ed(3), 3).unwrap();
    assert_eq!(suite.device(1).next_key, Some((3, Signer::Ed(3).key())));
    assert_eq!(key_at(&suite, 2), Signer::Ed(1).key());
    assert_eq!(key_at(&suite, 5), Signer::Ed(3).key());
    rotate(&mut suite, Signer::Ed(4), 9).unwrap();
    assert_eq!(key_at(&suite, 8), Signer::Ed(1).key());
    assert_eq!(key_at(&suite, 9), Signer::Ed(4).key());
}

#[test]
fn no_day_that_has_begun_changes_its_key() {
    let mut suite = Suite::with_terminals(1);
    suite.go_to_day(4);
    for from in [0, 3, 4] {
        assert_eq!(
            rotate(&mut suite, Signer::Ed(2), from),
            Err(ContractError::KeyNotAhead { from, today: 4 })
        );
    }
    assert_eq!(rotate(&mut suite, Signer::Ed(2), 5), Ok(()));
}

#[test]
fn only_the_devices_owner_rotates_and_only_to_a_sound_key() {
    let mut suite = Suite::with_terminals(1);
    for sender in [&suite.owner, &suite.registrar, &suite.guardian, &suite.relay].map(Clone::clone) {
        let msg = ExecuteMsg::RotateKey {
            device: 1,
            key: Signer::Ed(2).key(),
            from: 2,
        };
        assert_eq!(
            suite.execute(&sender, msg).map(|_| ()),
            Err(ContractError::NotDeviceOwner {
                device: 1,
                owner: suite.agent.clone(),
                sender
            })
        );
    }
    let agent = suite.agent.clone();
    let weak = ExecuteMsg::RotateKey {
        device: 1,
        key: DeviceKey::Ed25519(cosmwasm_std::Binary::from([0; 32])),
        from: 2,
    };
    assert_eq!(
        suite.execute(&agent, weak).map(|_| ()),
        Err(ContractError::Key(KeyError::SmallOrder))
    );
}

#[test]
fn a_device_that_is_not_there_has_no_key() {
    let suite = Suite::with_terminals(1);
    assert!(suite
        .refused(&QueryMsg::KeyAt { device: 2, day: 1 })
        .contains("device 2 is not registered, the highest number is 1"));
}
