//! The bytes in storage: a migration must still read them.

use super::world::{limit, World};
use crate::state::{Book, Config, Label, ACCEPTORS, BALANCES, BOOKS, BURNED, CONFIG, ISSUERS, LABEL};
use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Addr, HexBinary, Order, Storage};
use vrs_days::Clock;
use vrs_table::AccountKey;

/// Asserts key and value of the only entry, and removes it.
fn is(storage: &mut MockStorage, key: &str, value: &str) {
    let entries: Vec<_> = storage.range(None, None, Order::Ascending).collect();
    let [(raw_key, raw_value)] = entries.as_slice() else {
        panic!("{} entries", entries.len());
    };
    storage.remove(raw_key);
    let hex = |bytes: &[u8]| HexBinary::from(bytes).to_hex();
    assert_eq!((hex(raw_key), hex(raw_value)), (key.to_string(), value.to_string()));
}

#[test]
fn every_entry_is_stored_as_it_was() {
    let mut s = MockStorage::new();
    let config = Config {
        clock: Clock::daily(1_700_000_000),
        identity: Addr::unchecked("id"),
        max_supply: Some(300),
        verified_only: true,
        raise_delay_days: 7,
    };
    CONFIG.save(&mut s, &config).unwrap();
    is(&mut s, "01", "80e2cfaa0680a305e0a801e0ee0b02696401ac020107");
    let label = Label {
        name: "Time".into(),
        symbol: "TM".into(),
        decimals: 6,
    };
    LABEL.save(&mut s, &label).unwrap();
    is(&mut s, "02", "0454696d6502544d06");
    let account = AccountKey(vec![0xaa; 3]);
    BALANCES.save(&mut s, &account, &300).unwrap();
    is(&mut s, "03aaaaaa", "ac02");
    let book = Book {
        reserved: 300,
        minted: 0,
    };
    BOOKS.save(&mut s, &account, &book).unwrap();
    is(&mut s, "05aaaaaa", "ac0200");
    ACCEPTORS.save(&mut s, &account, &true).unwrap();
    is(&mut s, "06aaaaaa", "01");
    BURNED.save(&mut s, &1).unwrap();
    is(&mut s, "07", "01");

    // An issuer with a past limit, one in force, one that waits, two spans and a day forgotten.
    let mut world = World::new();
    world.set_issuer("mining", limit(1, 300, 900)).unwrap();
    for day in [1, 2, 3] {
        world.go_to(day);
        world.reserve("mining", day, 5).unwrap();
    }
    world.set_issuer("mining", limit(1, 400, 900)).unwrap();
    world.go_to(10);
    world.set_issuer("mining", limit(1, 500, 900)).unwrap();
    let key = super::super::balances::key(&world.deps.api, &world.addr("mining")).unwrap();
    let issuer = ISSUERS.load(&world.deps.storage, &key).unwrap();
    ISSUERS.save(&mut s, &account, &issuer).unwrap();
    is(
        &mut s,
        "04aaaaaa",
        "030001ac0284070a019003840711 01f4038407 01 02 020205 030305"
            .replace(' ', "")
            .as_str(),
    );
}
