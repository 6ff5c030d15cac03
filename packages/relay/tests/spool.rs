//! The folder by itself: one relayer, foreign files, a crash between the log and a move.

use std::fs;
use tempfile::tempdir;
use vrs_relay::name::Name;
use vrs_relay::spool::{Found, Move, Spool, SpoolError};
use vrs_relay::verdict::{Fate, How, Taken};

const NAME: Name = Name { device: 7, sequence: 3 };

fn done() -> Move {
    Move {
        name: NAME,
        fate: Fate::Done(Taken {
            how: How::Accepted,
            items: 2,
            dropped: vec![],
        }),
        tx: Some(("AB".to_owned(), 5)),
    }
}

#[test]
fn two_relayers_never_share_a_spool() {
    let folder = tempdir().expect("a folder");
    let first = Spool::open(folder.path()).expect("the first");
    let second = Spool::open(folder.path());
    assert!(matches!(second, Err(SpoolError::Taken(_))), "{second:?}");
    drop(first);
    Spool::open(folder.path()).expect("the next");
}

#[test]
fn batches_are_told_once_and_in_order_and_other_files_let_be() {
    let folder = tempdir().expect("a folder");
    let spool = Spool::open(folder.path()).expect("a spool");
    for file in [
        "0000000009-0000000001.batch",
        "0000000007-0000000003.batch",
        "notes.txt",
        ".batch-x",
    ] {
        fs::write(folder.path().join(file), "x").expect("a file");
    }
    fs::write(folder.path().join("9-1.batch"), "x").expect("a file");
    let other = Name { device: 9, sequence: 1 };
    let found = |new: Vec<Name>, gone: Vec<Name>| Found { new, gone };
    assert_eq!(spool.scan().expect("a list"), found(vec![NAME, other], vec![]));
    assert_eq!(spool.scan().expect("a list"), found(vec![], vec![]));
    fs::remove_file(folder.path().join(other.to_string())).expect("removed");
    assert_eq!(spool.scan().expect("a list"), found(vec![], vec![other]));
    assert!(folder.path().join("notes.txt").exists() && folder.path().join(".batch-x").exists());
    let reason = fs::read_to_string(folder.path().join("refused/9-1.batch.json")).expect("a reason");
    assert!(reason.contains("expected ten digits"), "{reason}");
    assert!(folder.path().join("refused/9-1.batch").exists());
}

#[test]
fn a_crash_between_log_and_move_leaves_one_line() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join(NAME.to_string());
    fs::write(&file, "x").expect("a batch");
    let spool = Spool::open(folder.path()).expect("a spool");
    spool.finish(&[done()]).expect("moved");
    drop(spool);
    // As if the process had ended before the rename, within the next line.
    fs::rename(folder.path().join("done").join(NAME.to_string()), &file).expect("moved back");
    let log = fs::read_dir(folder.path().join("done"))
        .expect("done")
        .next()
        .expect("a log")
        .expect("a log")
        .path();
    let whole = fs::read_to_string(&log).expect("a log");
    fs::write(&log, format!("{whole}{{\"time\":\"20")).expect("half a line");

    let spool = Spool::open(folder.path()).expect("a spool");
    assert_eq!(spool.scan().expect("a list").new, [NAME]);
    spool.finish(&[done()]).expect("moved");
    spool.finish(&[done()]).expect("nothing to move is no error");
    let lines = fs::read_to_string(&log).expect("a log");
    assert_eq!(lines.lines().count(), 2, "{lines}"); // the second call told it again: it had no reason not to
    assert!(lines.starts_with(&whole) && !lines.contains("{\"time\":\"20\n"));
    assert!(!file.exists() && folder.path().join("done").join(NAME.to_string()).exists());
}

fn refused(reason: &str) -> Move {
    Move {
        name: NAME,
        fate: Fate::Refused(reason.to_owned()),
        tx: None,
    }
}

#[test]
fn nothing_in_done_or_refused_is_replaced() {
    let folder = tempdir().expect("a folder");
    let spool = Spool::open(folder.path()).expect("a spool");
    let file = folder.path().join(NAME.to_string());
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a file");
    for (text, each) in [
        ("one", done()),
        ("two", done()),
        ("two", done()),
        ("three", refused("conflict")),
        ("four", refused("bad_signature")),
    ] {
        fs::write(&file, text).expect("a batch");
        spool.finish(&[each]).expect("moved");
        assert!(!file.exists());
    }
    let name = NAME.to_string();
    assert_eq!(
        (read(&format!("done/{name}")), read(&format!("done/{name}.2"))),
        ("one".into(), "two".into())
    );
    assert!(!folder.path().join(format!("done/{name}.3")).exists());
    assert_eq!(
        (read(&format!("refused/{name}")), read(&format!("refused/{name}.2"))),
        ("three".into(), "four".into())
    );
    assert!(read(&format!("refused/{name}.json")).contains("conflict"));
    assert!(read(&format!("refused/{name}.2.json")).contains("bad_signature"));
}

#[test]
fn what_is_no_file_of_an_envelope_s_size_is_passed_over() {
    let folder = tempdir().expect("a folder");
    let spool = Spool::open(folder.path()).expect("a spool");
    let at = |device: u32| folder.path().join(Name { device, sequence: 1 }.to_string());
    fs::create_dir(at(1)).expect("a folder");
    std::os::unix::fs::symlink("/dev/zero", at(2)).expect("a link");
    fs::write(at(3), vec![0; 1_000_000]).expect("a file");
    fs::create_dir(folder.path().join("9-1.batch")).expect("a folder");
    fs::write(at(4), "x").expect("a file");
    let other = Name { device: 4, sequence: 1 };
    assert_eq!(spool.scan().expect("a list").new, [other]);
    for device in 1..=3 {
        assert!(fs::symlink_metadata(at(device)).is_ok(), "{device} lies where it lay");
        assert_eq!(spool.read(Name { device, sequence: 1 }).expect("passed over"), None);
    }
    assert!(folder.path().join("9-1.batch").is_dir());
}

#[test]
fn a_log_of_a_later_date_keeps_no_half_line() {
    let folder = tempdir().expect("a folder");
    drop(Spool::open(folder.path()).expect("a spool"));
    let logs = fs::read_dir(folder.path().join("done")).expect("done");
    let today = logs.map(|log| log.expect("a log").path()).next().expect("a log");
    fs::write(&today, "{\"time\":\"20").expect("half a line");
    fs::write(folder.path().join("done/9999-01-01.jsonl"), "").expect("a log");
    let spool = Spool::open(folder.path()).expect("a spool");
    fs::write(folder.path().join(NAME.to_string()), "x").expect("a batch");
    spool.finish(&[done()]).expect("moved");
    let lines = fs::read_to_string(&today).expect("a log");
    assert!(
        lines.starts_with("{\"time\":\"") && lines.lines().count() == 1,
        "{lines}"
    );
    serde_json::from_str::<serde_json::Value>(lines.trim_end()).expect("a whole line");
}
