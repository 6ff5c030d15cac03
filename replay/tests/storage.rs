//! All that a contract holds is compared, byte for byte.

use vrs_replay::compare::storage;
use vrs_replay::shelf::Map;

fn map(entries: &[(&[u8], &[u8])]) -> Map {
    entries
        .iter()
        .map(|(key, value)| (key.to_vec(), value.to_vec()))
        .collect()
}

#[test]
fn the_same() {
    let held = map(&[(b"a", b"1"), (b"b", b"2")]);
    assert_eq!(storage(&held, &held.clone()), Ok(()));
}

#[test]
fn another_byte() {
    let (recorded, machine) = (map(&[(b"a", b"1"), (b"b", b"2")]), map(&[(b"a", b"1"), (b"b", b"3")]));
    let told = "storage at 62: recorded 32, the machine 33".to_owned();
    assert_eq!(storage(&recorded, &machine), Err(told));
}

#[test]
fn an_entry_too_few_or_too_many() {
    let (one, two) = (map(&[(b"a", b"1")]), map(&[(b"a", b"1"), (b"b", b"2")]));
    let few = "storage at 62: recorded 32, the machine nothing".to_owned();
    assert_eq!(storage(&two, &one), Err(few));
    let many = "storage at 62: recorded nothing, the machine 32".to_owned();
    assert_eq!(storage(&one, &two), Err(many));
}
