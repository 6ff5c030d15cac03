use super::support::*;
use crate::state::{Allowance, Holding, PastDay, Until, ACCOUNTS, ALLOWANCES, ALLOWED_BY, PAST};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{StdError, Storage, Timestamp, Uint128};
use cw20::Expiration;
use proptest::prelude::*;
use vrs_interface::token::ExecuteMsg;

/// State written by this version must stay readable: the bytes are frozen.
#[test]
fn the_bytes_of_each_table_are_frozen() {
    let mut token = Token::new(&[(person(0x11), 1_000)]);
    token.go_to(2);
    token.transfer(&person(0x11), &person(0x22), 300).unwrap();
    token.transfer(&person(0x22), &person(0x11), 100).unwrap();
    let msg = ExecuteMsg::IncreaseAllowance {
        spender: person(0x33).to_string(),
        amount: Uint128::new(5),
        expires: Some(Expiration::AtHeight(4_000).into()),
    };
    token.execute(&person(0x11), msg).unwrap();
    let tables: Vec<(String, String)> = token
        .0
        .deps
        .storage
        .data
        .iter()
        .filter(|(key, _)| key[0] < 0x20)
        .map(|(key, value)| (hex(key), hex(value)))
        .collect();
    let (one, two, three) = ("11".repeat(20), "22".repeat(20), "33".repeat(20));
    let expected = [
        // balance 800, day 2, 100 above the lowest (700)
        (format!("01{one}"), "a0060264"),
        // balance 200, day 2, 200 above the lowest (0)
        (format!("01{two}"), "c80102c801"),
        // day 1: closing 1000, 1000 above the lowest (0)
        (format!("0214{one}00000001"), "e807e807"),
        // 5 until height 4000
        (format!("0314{one}{three}"), "0501a01f"),
        (format!("0414{three}{one}"), "01"),
        // start 1700000000, days of 86400, closed after 21600, final after 194400
        ("05".into(), "80e2cfaa0680a305e0a801e0ee0b"),
        // "Bizkey", "BZKY", 6, 1000
        ("06".into(), "0642697a6b657904425a4b5906e807"),
        // supply 1000 since day 1
        ("07".into(), "e80701e807"),
        // 180 days, never pruned
        ("08".into(), "b40100"),
    ];
    let expected: Vec<(String, String)> = expected.into_iter().map(|(k, v)| (k, v.to_string())).collect();
    assert_eq!(tables, expected);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_record_that_contradicts_itself_is_an_error() {
    let mut storage = MockStorage::new();
    let who = key(&person(1));
    let mut raw = vec![0x01];
    raw.extend(&who.0);
    // balance 5, day 1, 6 above the lowest
    storage.set(&raw, &[5, 1, 6]);
    let error = ACCOUNTS.load(&storage, &who).unwrap_err();
    assert!(matches!(error, StdError::ParseErr { .. }), "{error}");
}

proptest! {
    #[test]
    fn records_round_trip(low in any::<u128>(), above in any::<u128>(), day in any::<u32>(), n in any::<u64>()) {
        let balance = low.saturating_add(above);
        let mut storage = MockStorage::new();
        let (who, other) = (key(&person(1)), key(&contract(2)));
        let held = Holding { balance, day, lowest: low };
        ACCOUNTS.save(&mut storage, &who, &held).unwrap();
        prop_assert_eq!(ACCOUNTS.load(&storage, &who).unwrap(), held);
        let past = PastDay { closing: balance, lowest: low };
        PAST.save(&mut storage, &(other.clone(), day), &past).unwrap();
        prop_assert_eq!(PAST.load(&storage, &(other.clone(), day)).unwrap(), past);
        for until in [Until::Never, Until::Height(n), Until::Nanos(n)] {
            let allowance = Allowance { amount: low, until };
            ALLOWANCES.save(&mut storage, &(who.clone(), other.clone()), &allowance).unwrap();
            prop_assert_eq!(ALLOWANCES.load(&storage, &(who.clone(), other.clone())).unwrap(), allowance);
        }
        ALLOWED_BY.save(&mut storage, &(other.clone(), who.clone()), &true).unwrap();
        prop_assert!(ALLOWED_BY.load(&storage, &(other.clone(), who)).unwrap());
        for expires in [
            Expiration::Never {},
            Expiration::AtHeight(n),
            Expiration::AtTime(Timestamp::from_nanos(n)),
        ] {
            prop_assert_eq!(Expiration::from(Until::from(expires)), expires);
        }
    }
}
