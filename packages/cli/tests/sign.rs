//! The device agent: keys that only their owner reads, a log that survives, no number twice.

mod support;

use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use std::collections::{BTreeMap, BTreeSet};
use support::{Place, SMALL};
use vrs_attestation::{Envelope, Leaf as _, Receipt};

const SETTING: [&str; 8] = [
    "--chain-id",
    "test-1",
    "--oracle",
    "vrs1oracle",
    "--device",
    "7",
    "--day-1",
    "2017-01-01T00:00:00Z",
];

/// A place with a key; returns the public one.
fn with_key(place: &Place) -> VerifyingKey {
    let said = place.ok(&["sign", "--new-key", "till.key"]);
    let digits = said.trim_end().strip_prefix("ed25519 ").unwrap();
    VerifyingKey::from_bytes(&hex::decode(digits).unwrap().try_into().unwrap()).unwrap()
}

fn words<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec![
        "sign", "r.csv", "--key", "till.key", "--log", "till.log", "--spool", "spool",
    ];
    words.extend(SETTING);
    words.extend(more);
    words
}

/// What lies in the spool, by name.
fn spool(place: &Place) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = std::fs::read_dir(place.path("spool"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn batches_carry_the_receipts_under_the_devices_signature() {
    let place = Place::new();
    let key = with_key(&place);
    place.write("r.csv", SMALL);
    let said = place.ok(&words(&["--merchant", "1"]));
    assert_eq!(said, "5 receipts signed in 4 batches\n");
    let mut seen = vec![];
    for (number, bytes) in (1..).zip(spool(&place)) {
        let envelope = Envelope::parse_frame(&bytes).unwrap();
        assert_eq!((envelope.device(), envelope.sequence()), (7, number));
        let message = envelope.signing_bytes("test-1", "vrs1oracle").unwrap();
        key.verify(&message, &Signature::from_bytes(envelope.signature()))
            .unwrap();
        for leaf in envelope.leaves() {
            let receipt = Receipt::decode(leaf).unwrap();
            seen.push((envelope.day(), receipt.number, receipt.customer, receipt.amount));
        }
    }
    assert_eq!(
        seen,
        [
            (1, 100, 11, 1000),
            (1, 101, 12, 99),
            (2, 102, 11, 1500),
            (2, 103, 13, 300),
            (3, 104, 11, 800)
        ]
    );
}

#[test]
fn the_log_refuses_a_number_for_ever() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&words(&["--merchant", "1"]));
    let again = place.ok(&words(&["--merchant", "1"]));
    assert!(again.starts_with("0 receipts signed in 0 batches\n"), "{again}");
    assert_eq!(again.matches("duplicate_receipt").count(), 5);
    place.write(
        "r.csv",
        format!("{SMALL}2017-01-04T09:00:00Z,1,11,105,-5,store\n2017-01-04T09:00:00Z,1,11,105,700,store\n"),
    );
    let more = place.ok(&words(&["--merchant", "1"]));
    assert!(more.starts_with("1 receipts signed in 1 batches\n"), "{more}");
    assert_eq!(more.matches("refund_unsupported").count(), 1);
    let sequences: BTreeSet<u32> = spool(&place)
        .iter()
        .map(|bytes| Envelope::parse_frame(bytes).unwrap().sequence())
        .collect();
    assert_eq!(sequences, (1..=5).collect());
}

#[test]
fn days_never_go_backwards() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&words(&["--merchant", "1"]));
    place.write(
        "r.csv",
        "timestamp,merchant,customer,receipt,amount,channel\n2017-01-02T09:00:00Z,1,11,900,5,store\n",
    );
    let said = place.vrs(&words(&[]));
    assert_eq!(
        (said.code, said.err.as_str()),
        (1, "a batch of day 2 behind one of day 3\n")
    );
}

#[test]
fn a_torn_line_is_cut_off_and_its_batch_signed_again() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&words(&["--merchant", "1"]));
    let log = place.read("till.log");
    place.write("till.log", &log[..log.len() - 20]);
    std::fs::remove_file(place.path("spool/0000000007-0000000004.batch")).unwrap();
    let said = place.ok(&words(&["--merchant", "1"]));
    assert!(said.starts_with("1 receipts signed in 1 batches\n"), "{said}");
    assert_eq!(spool(&place).len(), 4);
}

#[test]
fn a_crash_before_the_spool_loses_nothing() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&words(&["--merchant", "1"]));
    let before = spool(&place);
    std::fs::remove_file(place.path("spool/0000000007-0000000004.batch")).unwrap();
    place.ok(&words(&["--merchant", "1"]));
    assert_eq!(spool(&place), before, "the very bytes that were logged");
}

/// Bytes of all files of a folder and the folders in it, by path.
fn everything(folder: &std::path::Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(everything(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            all.insert(path, bytes);
        }
    }
    all
}

#[test]
fn a_lost_log_replaces_nothing_in_the_spool_done_or_refused() {
    for place_of in ["spool", "spool/done", "spool/refused"] {
        let place = Place::new();
        with_key(&place);
        place.write("r.csv", SMALL);
        place.ok(&words(&["--merchant", "1"]));
        std::fs::create_dir_all(place.path(place_of)).unwrap();
        if place_of != "spool" {
            for number in 1..=4 {
                let name = format!("0000000007-000000000{number}.batch");
                let to = place.path(&format!("{place_of}/{name}"));
                std::fs::rename(place.path(&format!("spool/{name}")), to).unwrap();
            }
        }
        let before = everything(&place.path("spool"));
        std::fs::remove_file(place.path("till.log")).unwrap();
        let said = place.vrs(&words(&["--merchant", "1"]));
        assert_eq!(said.code, 1);
        let reason = "the log does not know this batch, its own last one is number 0: it is not the whole log of \
                      device 7; bring that log back, or register another device";
        assert_eq!(said.err, format!("{place_of}/0000000007-0000000004.batch: {reason}\n"));
        assert_eq!(everything(&place.path("spool")), before);
        assert_eq!(place.read("till.log"), "", "nothing was sealed");
    }
}

#[test]
fn another_batch_under_the_last_number_is_not_replaced() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&words(&["--merchant", "1"]));
    place.write("spool/0000000007-0000000004.batch", "another");
    let said = place.vrs(&words(&["--merchant", "1"]));
    let reason = "spool/0000000007-0000000004.batch: another batch lies here under this number; nothing was replaced";
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with(reason), "{}", said.err);
    assert_eq!(place.read("spool/0000000007-0000000004.batch"), "another");
}

#[test]
fn a_batch_that_went_on_its_way_is_not_put_back() {
    for place_of in ["spool/done", "spool/refused"] {
        let place = Place::new();
        with_key(&place);
        place.write("r.csv", SMALL);
        place.ok(&words(&["--merchant", "1"]));
        std::fs::create_dir_all(place.path(place_of)).unwrap();
        let name = "0000000007-0000000004.batch";
        std::fs::rename(
            place.path(&format!("spool/{name}")),
            place.path(&format!("{place_of}/{name}")),
        )
        .unwrap();
        place.ok(&words(&["--merchant", "1"]));
        assert!(!place.path(&format!("spool/{name}")).exists());
    }
}

#[test]
fn another_sale_under_a_signed_number_is_told_with_line_and_money() {
    let place = Place::new();
    with_key(&place);
    let header = "timestamp,merchant,customer,receipt,amount,channel\n";
    place.write("r.csv", format!("{header}2017-01-01T10:00:00Z,1,11,100,1000,store\n"));
    place.ok(&words(&[]));
    // A repeat, another amount, another customer and day, and two of one file.
    let rows = "\
        2017-01-01T10:00:00Z,1,11,100,1000,store\n\
        2017-01-01T10:00:00Z,1,11,100,9999,store\n\
        2017-01-02T10:00:00Z,1,12,100,1000,store\n\
        2017-01-02T11:00:00Z,1,11,101,5,store\n\
        2017-01-02T12:00:00Z,1,11,101,6,store\n";
    place.write("r.csv", format!("{header}{rows}"));
    let said = place.vrs(&words(&[]));
    assert_eq!(said.code, 0, "{}", said.err);
    let another = "of merchant 1 is another sale under a number that was signed:";
    assert_eq!(
        said.err,
        format!(
            "r.csv:3:4: receipt 100 {another} amount 9999 where 1000 was signed; dropped, 9999 minor units\n\
             r.csv:4:4: receipt 100 {another} customer 12 where 11 was signed, day 2 where 1 was signed; dropped, 1000 \
             minor units\n\
             r.csv:6:4: receipt 101 {another} amount 6 where 5 was signed; dropped, 6 minor units\n"
        )
    );
    let summary = "3 rows are other sales under a number that was signed: 11,005 minor units\n";
    assert!(said.out.starts_with("1 receipts signed in 1 batches\n"), "{}", said.out);
    assert!(said.out.ends_with(summary), "{}", said.out);
    assert_eq!(said.out.matches("duplicate_receipt").count(), 4);
    assert_eq!(place.vrs(&words(&["--strict"])).code, 1);
    // Repeats alone are nothing to be told.
    place.write("r.csv", format!("{header}2017-01-01T10:00:00Z,1,11,100,1000,store\n"));
    let said = place.vrs(&words(&["--strict"]));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

#[test]
fn a_damaged_log_is_not_signed_with() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&words(&["--merchant", "1"]));
    let log = place.read("till.log");
    let second = log.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>();
    for (text, reason) in [
        (log.replacen("01", "02", 1), "till.log:1: no batch with its checksum"),
        (second, "till.log:1: expected batch 1, got 2"),
    ] {
        place.write("till.log", text);
        let said = place.vrs(&words(&["--merchant", "1"]));
        assert_eq!((said.code, said.err.trim_end()), (1, reason));
    }
    place.write("till.log", log);
    let mut other = words(&["--merchant", "1"]);
    let device = other.iter().position(|word| *word == "7").unwrap();
    other[device] = "8";
    let said = place.vrs(&other);
    assert_eq!(said.err, "the log is of terminal 7, expected terminal 8\n");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    with_key(&place);
    let mode = |mode| std::fs::set_permissions(place.path("till.key"), std::fs::Permissions::from_mode(mode)).unwrap();
    assert_eq!(
        std::fs::metadata(place.path("till.key")).unwrap().permissions().mode() & 0o777,
        0o600
    );
    place.write("r.csv", SMALL);
    for bits in [0o640, 0o604, 0o660, 0o644] {
        mode(bits);
        let said = place.vrs(&words(&["--merchant", "1"]));
        let reason =
            format!("till.key: only its owner may read a key file; expected permissions 0600, got {bits:04o}\n");
        assert_eq!((said.code, said.err), (1, reason));
        assert!(!place.path("spool").exists());
    }
    mode(0o400);
    place.ok(&words(&["--merchant", "1"]));
}

#[test]
fn a_key_file_is_never_overwritten_and_never_printed() {
    let place = Place::new();
    let said = place.ok(&["sign", "--new-key", "till.key"]);
    let file = place.read("till.key");
    assert!(!said.contains(file.split_once(' ').unwrap().1.trim_end()));
    let again = place.vrs(&["sign", "--new-key", "till.key"]);
    assert_eq!(again.code, 1);
    assert_eq!(place.read("till.key"), file);
}

#[test]
fn a_finished_run_knows_chain_device_and_customers() {
    let place = Place::new();
    with_key(&place);
    place.write("r.csv", SMALL);
    place.ok(&["run", "r.csv"]);
    let said = place.ok(&[
        "sign",
        "r.csv",
        "--key",
        "till.key",
        "--log",
        "till.log",
        "--spool",
        "spool",
        "--run",
        "out",
        "--merchant",
        "2",
    ]);
    assert_eq!(said, "3 receipts signed in 2 batches\n");
    let first = spool(&place).remove(0);
    let envelope = Envelope::parse_frame(&first).unwrap();
    // Merchants 1 and 2 have the terminals 1 and 2; customers are numbered behind the merchants.
    assert_eq!(envelope.device(), 2);
    let customers: Vec<u32> = envelope
        .leaves()
        .map(|leaf| Receipt::decode(leaf).unwrap().customer)
        .collect();
    assert_eq!(customers, [3, 5]);
}

#[test]
fn secp256k1_keys_sign_too() {
    let place = Place::new();
    place.write("r.csv", SMALL);
    let path = place.write("till.key", format!("secp256k1 {}\n", "11".repeat(32)));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    place.ok(&words(&["--merchant", "1"]));
    let signing = k256::ecdsa::SigningKey::from_slice(&[0x11; 32]).unwrap();
    for bytes in spool(&place) {
        let envelope = Envelope::parse_frame(&bytes).unwrap();
        let message = envelope.signing_bytes("test-1", "vrs1oracle").unwrap();
        let signature = k256::ecdsa::Signature::from_slice(envelope.signature()).unwrap();
        use k256::ecdsa::signature::Verifier as _;
        signing.verifying_key().verify(&message, &signature).unwrap();
        assert!(vrs_attestation::is_low_s(envelope.signature()));
    }
}
