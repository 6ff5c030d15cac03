//! What is stored, to the byte: taking a batch is one short write.

use crate::state::{drop_reason, refuse_reason, Record, RecordResult, Spent, BATCHES};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{StdError, Storage as _};
use vrs_interface::attested::DropReason;
use vrs_interface::oracle::RefuseReason;

fn bytes(record: &Record) -> Vec<u8> {
    let mut storage = MockStorage::new();
    BATCHES.save(&mut storage, &(7, 300), record).unwrap();
    assert_eq!(BATCHES.load(&storage, &(7, 300)).unwrap(), *record);
    let key = [&[0x04][..], &7u32.to_be_bytes(), &300u32.to_be_bytes()].concat();
    storage.get(&key).unwrap()
}

#[test]
fn a_record_is_42_bytes_or_so() {
    let accepted = Record {
        day: 3,
        root: [0xaa; 32],
        result: RecordResult::Accepted {
            items: 2,
            dropped: vec![],
        },
        spent: Spent {
            items: 23,
            amount: 54_321,
        },
    };
    let root = [0xaa; 32];
    assert_eq!(
        bytes(&accepted),
        [&[3][..], &root, &[0, 2, 0], &[23, 0xb1, 0xa8, 0x03]].concat()
    );
    let dropped = Record {
        result: RecordResult::Accepted {
            items: 2,
            dropped: vec![(1, DropReason::ZeroAmount as u8)],
        },
        ..accepted.clone()
    };
    assert_eq!(
        bytes(&dropped),
        [&[3][..], &root, &[0, 2, 1, 1, 1], &[23, 0xb1, 0xa8, 0x03]].concat()
    );
    let refused = Record {
        result: RecordResult::Refused {
            reason: RefuseReason::DayClosed as u8,
            last: 5,
        },
        ..accepted
    };
    assert_eq!(
        bytes(&refused),
        [&[3][..], &root, &[1, 32, 5], &[23, 0xb1, 0xa8, 0x03]].concat()
    );
}

#[test]
fn every_code_names_its_reason() {
    let mut drops = 0;
    let mut refusals = 0;
    for code in 0..=u8::MAX {
        match drop_reason(code) {
            Ok(reason) => {
                assert_eq!(reason as u8, code);
                drops += 1;
            }
            Err(error) => assert_eq!(
                error,
                StdError::parse_err("DropReason", format!("no reason has code {code}"))
            ),
        }
        match refuse_reason(code) {
            Ok(reason) => {
                assert_eq!(reason as u8, code);
                refusals += 1;
            }
            Err(error) => assert_eq!(
                error,
                StdError::parse_err("RefuseReason", format!("no reason has code {code}"))
            ),
        }
    }
    assert_eq!((drops, refusals), (20, 12));
}
