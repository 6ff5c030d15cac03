use crate::{AccountKey, Cell, Key, Table};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, StdError};
use proptest::prelude::*;

fn bytes<K: Key>(key: &K) -> Vec<u8> {
    let mut out = vec![];
    key.write(&mut out);
    out
}

proptest! {
    #[test]
    fn keys_round_trip_and_sort_as_their_parts(a in any::<(u32, u32, u8, u64)>(), b in any::<(u32, u32, u8, u64)>()) {
        prop_assert_eq!(<(u32, u32, u8, u64)>::read(&bytes(&a)).unwrap(), a);
        prop_assert_eq!(bytes(&a).cmp(&bytes(&b)), a.cmp(&b));
        let (x, y) = ((a.0, a.1), (b.0, b.1));
        prop_assert_eq!(<(u32, u32)>::read(&bytes(&x)).unwrap(), x);
        prop_assert_eq!(bytes(&x).cmp(&bytes(&y)), x.cmp(&y));
        let z = (a.0, a.1, b.0);
        prop_assert_eq!(<(u32, u32, u32)>::read(&bytes(&z)).unwrap(), z);
    }

    #[test]
    fn account_keys_round_trip(a in prop::collection::vec(any::<u8>(), 20..=32), b in prop::collection::vec(any::<u8>(), 20..=32), day in any::<u32>()) {
        let pair = (AccountKey(a.clone()), AccountKey(b));
        prop_assert_eq!(<(AccountKey, AccountKey)>::read(&bytes(&pair)).unwrap(), pair);
        let dated = (AccountKey(a), day);
        prop_assert_eq!(<(AccountKey, u32)>::read(&bytes(&dated)).unwrap(), dated);
    }
}

#[test]
fn a_key_of_the_wrong_width_is_an_error() {
    assert!(matches!(<(u32, u32)>::read(&[0; 7]), Err(StdError::ParseErr { .. })));
    assert!(matches!(<(u32, u32)>::read(&[0; 9]), Err(StdError::ParseErr { .. })));
}

#[test]
fn tables_do_not_see_each_other_and_ranges_include_both_ends() {
    const LOW: Table<u32, u64> = Table::new(1);
    const HIGH: Table<u32, u64> = Table::new(2);
    const ONE: Cell<String> = Cell::new(3);
    let mut storage = MockStorage::new();
    for key in [1, 2, 3, u32::MAX] {
        LOW.save(&mut storage, &key, &(u64::from(key) * 10)).unwrap();
        HIGH.save(&mut storage, &key, &7).unwrap();
    }
    ONE.save(&mut storage, &"x".to_string()).unwrap();
    let keys: Vec<u32> = LOW
        .range(&storage, Some(2), Some(u32::MAX), Order::Ascending)
        .map(|e| e.unwrap().0)
        .collect();
    assert_eq!(keys, [2, 3, u32::MAX]);
    let keys: Vec<u32> = LOW
        .range(&storage, None, Some(2), Order::Descending)
        .map(|e| e.unwrap().0)
        .collect();
    assert_eq!(keys, [2, 1]);
    assert_eq!(ONE.load(&storage).unwrap(), "x");
    assert_eq!(LOW.may_load(&storage, &9).unwrap(), None);
}

#[test]
fn pages_tell_whether_more_is_left() {
    const T: Table<u32, u8> = Table::new(1);
    let mut storage = MockStorage::new();
    for key in 0..5 {
        T.save(&mut storage, &key, &0).unwrap();
    }
    let (first, more) = T.page(&storage, None, Some(3)).unwrap();
    assert_eq!((first.len(), more), (3, true));
    let (rest, more) = T.page(&storage, Some(first[2].0), Some(3)).unwrap();
    assert_eq!(
        (rest.iter().map(|e| e.0).collect::<Vec<_>>(), more),
        (vec![3, 4], false)
    );
}

#[test]
fn a_record_that_an_older_version_wrote_reads_with_zeros_behind() {
    const OLD: Table<u32, (u32, u64)> = Table::new(1);
    type Grown = (u32, u64, Option<u128>, bool, Vec<u8>);
    const NEW: Table<u32, Grown> = Table::new(1);
    let mut storage = MockStorage::new();
    OLD.save(&mut storage, &7, &(5, 600)).unwrap();
    assert_eq!(NEW.load(&storage, &7).unwrap(), (5, 600, None, false, vec![]));
}

/// A set `key -> ()` would pass wherever a test's storage takes it, and fail on every chain.
#[test]
fn a_value_of_no_bytes_is_refused() {
    let mut storage = MockStorage::new();
    let expected = StdError::serialize_err("()", "expected a byte at least, got none");
    let refused = Table::<u32, ()>::new(1).save(&mut storage, &7, &()).unwrap_err();
    assert_eq!(refused, expected);
    let refused = Cell::<()>::new(2).save(&mut storage, &()).unwrap_err();
    assert_eq!(refused, expected);
    assert!(!Table::<u32, ()>::new(1).has(&storage, &7));
}
