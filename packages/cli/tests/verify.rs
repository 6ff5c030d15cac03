//! `vrs verify` and `vrs trace` on finished runs, and on files that somebody changed.

mod support;

use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use support::{Place, SMALL};
use vrs_cli::chain::db::Reader;
use vrs_cli::chain::Name;

const STORAGE: TableDefinition<&[u8], &[u8]> = TableDefinition::new("storage");

/// A run with everything in it: late shops, deliveries, refused rows, mining.
fn finished() -> Place {
    let place = Place::new();
    place.ok(&[
        "generate",
        "receipts",
        "--seed",
        "6",
        "--days",
        "6",
        "--per-day",
        "50",
        "--merchants",
        "5",
        "--customers",
        "30",
        "--external",
        "200",
        "--zeros",
        "30",
        "--duplicates",
        "30",
        "--refunds",
        "30",
        "--to",
        "r.csv",
    ]);
    place.ok(&[
        "generate",
        "meters",
        "--seed",
        "6",
        "--accounts",
        "12",
        "--days",
        "6",
        "--to",
        "m.csv",
    ]);
    place.ok(&["run", "r.csv", "--meters", "m.csv"]);
    place
}

/// Changes the lowest bit of a byte of the last value that a contract keeps under a prefix.
fn tamper(place: &Place, name: Name, prefix: u8, byte: usize) {
    let path = place.path("out/chain.db");
    let address = Reader::open(&path).unwrap().meta().unwrap().head.contracts[&name].to_string();
    let db = Database::open(&path).unwrap();
    let mut found = None;
    for entry in db.begin_read().unwrap().open_table(STORAGE).unwrap().iter().unwrap() {
        let (key, value) = entry.unwrap();
        let (key, value) = (key.value().to_vec(), value.value().to_vec());
        let own = key.windows(address.len()).position(|part| part == address.as_bytes());
        if own.is_some_and(|at| key.get(at + address.len()) == Some(&prefix)) && !value.is_empty() {
            found = Some((key, value));
        }
    }
    let (key, mut value) = found.unwrap_or_else(|| panic!("{name} keeps nothing under {prefix}"));
    value[byte] ^= 1;
    let write = db.begin_write().unwrap();
    write
        .open_table(STORAGE)
        .unwrap()
        .insert(key.as_slice(), value.as_slice())
        .unwrap();
    write.commit().unwrap();
}

#[test]
fn a_run_with_everything_agrees() {
    let place = finished();
    let said = place.ok(&["verify", "out"]);
    assert!(said.starts_with("out: everything agrees"), "{said}");
    assert!(said.contains("Nothing was skipped."), "{said}");
}

#[test]
fn a_changed_file_does_not() {
    for (name, prefix, byte) in [
        // Shares of merchants (behind their flags), customers and accounts; visits (likewise); balances;
        // batch records.
        (Name::Merchant, 0x01, 1),
        (Name::Merchant, 0x05, 0),
        (Name::Mining, 0x06, 0),
        (Name::Merchant, 0x0b, 1),
        (Name::Bzky, 0x01, 0),
        (Name::Time, 0x03, 0),
        (Name::Oracle, 0x04, 0),
    ] {
        let place = finished();
        tamper(&place, name, prefix, byte);
        let said = place.vrs(&["verify", "out"]);
        assert_eq!(said.code, 1, "{name} {prefix}: {}", said.out);
        assert!(!said.out.contains("everything agrees"), "{}", said.out);
        assert_eq!(said.err.lines().count(), 1, "{name} {prefix}: {}", said.err);
    }
}

#[test]
fn what_someone_was_paid_leads_to_his_receipts() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    let shop = place.ok(&["trace", "out", "merchant:1", "2017-01-02"]);
    for part in ["PAID", "SCORE", "ORDERS 2", "102", "103", "BATCHES 2", "holds"] {
        assert!(shop.contains(part), "{part}: {shop}");
    }
    let buyer = place.ok(&["trace", "out", "customer:11", "1"]);
    for part in ["PAID", "35.00", "100", "200", "merchant 1", "merchant 2"] {
        assert!(buyer.contains(part), "{part}: {buyer}");
    }
    for (member, day, code) in [
        ("merchant:9", "1", 2),
        ("merchant:1", "2016-12-31", 2),
        ("merchant:1", "soon", 2),
    ] {
        let said = place.vrs(&["trace", "out", member, day]);
        assert_eq!(said.code, code, "{member} {day}: {}", said.err);
        assert_eq!(said.err.lines().count(), 1);
    }
}

#[test]
fn an_id_that_is_several_is_traced_as_each() {
    let place = Place::new();
    place.write("r.csv", SMALL.replace(",11,", ",1,"));
    place.ok(&["run", "r.csv"]);
    let said = place.ok(&["trace", "out", "1", "2017-01-01"]);
    assert!(said.contains("merchant 1 ") && said.contains("customer 1 "), "{said}");
}
