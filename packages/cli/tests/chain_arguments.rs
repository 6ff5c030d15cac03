//! A real chain in place of a finished run: which words go together, and what is said where there is none.

mod support;

use support::{Place, SMALL};

const CHAIN: &str = "id = 'vrs-test-9'\nrpc = 'http://127.0.0.1:1'\nprefix = 'wasm'\nfee_denom = 'ufee'\n\
                     gas_price = '0.025'\n[economy]\nday_seconds = 60\n";

fn place() -> Place {
    let place = Place::new();
    place.write("chain.toml", CHAIN);
    place.write("r.csv", SMALL);
    place
}

#[test]
fn a_folder_and_a_chain_exclude_each_other() {
    let place = place();
    for (words, said) in [
        (&["verify", "out", "--chain", "chain.toml"][..], "cannot be used with"),
        (&["verify"][..], "required arguments"),
        (
            &["run", "r.csv", "--chain", "chain.toml", "--economy", "e.toml"][..],
            "cannot be used with",
        ),
        (
            &["run", "r.csv", "--chain", "chain.toml", "--first-day", "4"][..],
            "cannot be used with",
        ),
        (
            &["trace", "out", "merchant:1", "1", "--chain", "chain.toml"][..],
            "expected MEMBER DAY, got out merchant:1 1",
        ),
        (
            &["trace", "merchant:1", "1"][..],
            "expected DIR MEMBER DAY, got merchant:1 1",
        ),
        (
            &["query", "--chain", "chain.toml", "out", "oracle", "{}"][..],
            "expected CONTRACT JSON, got out oracle {}",
        ),
        (
            &["query", "oracle", "{}"][..],
            "expected DIR CONTRACT JSON, got oracle {}",
        ),
        (&["deploy"][..], "--chain <FILE>"),
        (&["exec", "--chain", "chain.toml", "oracle", "{}"][..], "--from <NAME>"),
        (
            &["exec", "--chain", "chain.toml", "--from", "owner", "oracle", "{"][..],
            "JSON: ",
        ),
        (
            &["fees", "grant", "--chain", "chain.toml", "--from", "owner", "wasm1x"][..],
            "--limit <AMOUNT>",
        ),
        (
            &[
                "fees",
                "grant",
                "--chain",
                "chain.toml",
                "--from",
                "owner",
                "--limit",
                "5",
                "wasm1x",
            ][..],
            "--limit `5`: an amount of ufee, as 5000000ufee",
        ),
        (
            &["fees", "revoke", "--chain", "chain.toml", "--from", "owner"][..],
            "<ACCOUNT>",
        ),
    ] {
        let answer = place.vrs(words);
        assert_eq!(answer.code, 2, "{words:?}: {}", answer.err);
        assert!(answer.err.contains(said), "{words:?}: {}", answer.err);
    }
}

#[test]
fn every_command_shows_how_it_is_called() {
    let place = place();
    for (words, said) in [
        (&["trace", "--help"][..], "vrs trace --chain FILE MEMBER DAY"),
        (&["query", "--help"][..], "vrs query --chain FILE CONTRACT JSON"),
        (&["verify", "--help"][..], "vrs verify --chain chains/local.toml"),
        (&["run", "--help"][..], "--days 3 --chain chains/local.toml"),
        (
            &["deploy", "--help"][..],
            "vrs deploy --chain chains/local.toml --dry-run",
        ),
        (
            &["migrate", "--help"][..],
            "vrs migrate --chain chains/local.toml merchant oracle",
        ),
        (
            &["exec", "--help"][..],
            "vrs exec --chain chains/local.toml --from owner",
        ),
        (&["keys", "--help"][..], "vrs keys list --chain chains/local.toml"),
        (&["fees", "--help"][..], "vrs fees grant --chain chains/local.toml"),
        (&["sign", "--help"][..], "--chain chains/local.toml --device 7"),
    ] {
        assert!(place.ok(words).contains(said), "{words:?}");
    }
}

#[test]
fn what_is_not_there_is_named() {
    let place = place();
    place.write("bad.toml", "id = 1\n");
    for (words, code, said) in [
        (&["verify", "--chain", "nowhere.toml"][..], 2, "nowhere.toml: "),
        (&["verify", "--chain", "bad.toml"][..], 2, "bad.toml: "),
        (&["verify", "--chain", "chain.toml"][..], 1, "is the node running?"),
        (
            &[
                "sign",
                "r.csv",
                "--key",
                "k",
                "--log",
                "l",
                "--spool",
                "s",
                "--chain",
                "chain.toml",
                "--device",
                "1",
            ][..],
            2,
            "`vrs deploy --chain chain.toml` comes first",
        ),
    ] {
        let answer = place.vrs(words);
        assert_eq!(answer.code, code, "{words:?}: {}", answer.err);
        assert!(answer.err.contains(said), "{words:?}: {}", answer.err);
    }
}

const KEY: &str = "ed25519 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n";

/// A deployment as `vrs deploy` writes it down; its clock began on 2026-01-01 and counts minutes.
const RECORD: &str = r#"{"chain_id": "vrs-test-9",
  "clock": {"start": 1767225600, "day_seconds": 60, "close_after": 21600, "final_after": 194400},
  "accounts": {}, "codes": {}, "done": [],
  "contracts": {"oracle": {"code_id": 4, "address": "wasm1oracle", "height": 9}}}"#;

fn signed(place: &Place, words: &[&str]) -> Vec<(u32, usize)> {
    let mut all = vec![
        "sign", "s.csv", "--key", "till.key", "--log", "till.log", "--spool", "spool",
    ];
    all.extend(["--chain", "chain.toml", "--device", "7"]);
    all.extend(words);
    place.ok(&all);
    let mut names: Vec<_> = std::fs::read_dir(place.path("spool")).unwrap().collect();
    names.sort_by_key(|entry| entry.as_ref().unwrap().file_name());
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let envelope = vrs_attestation::Envelope::parse_frame(&bytes).unwrap();
        assert_eq!(envelope.device(), 7);
        (envelope.day(), envelope.leaves().count())
    };
    names.into_iter().map(read).collect()
}

fn till(rows: &str) -> Place {
    use std::os::unix::fs::PermissionsExt as _;
    let place = place();
    std::fs::create_dir(place.path("deployments")).unwrap();
    place.write("deployments/vrs-test-9.json", RECORD);
    place.write(
        "s.csv",
        format!("timestamp,merchant,customer,receipt,amount,channel\n{rows}"),
    );
    let key = place.write("till.key", KEY);
    std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o600)).unwrap();
    place
}

#[test]
fn a_till_on_a_real_chain_signs_for_the_chains_own_days() {
    // Minutes 0 and 1 of 2026 are days 1 and 2; an hour of such a day has 2.5 seconds.
    let rows = "2026-01-01T00:00:01Z,1,5,1,100,store\n2026-01-01T00:00:02Z,1,5,2,100,store\n\
                2026-01-01T00:00:03Z,1,5,3,100,store\n2026-01-01T00:01:59Z,1,5,4,100,store\n";
    assert_eq!(signed(&till(rows), &[]), [(1, 2), (1, 1), (2, 1)]);
}

#[test]
fn a_file_is_replayed_on_the_day_that_is_asked_for() {
    let rows = "2017-01-01T10:00:00Z,1,5,1,100,store\n2017-01-01T10:59:59Z,1,5,2,100,store\n\
                2017-01-03T00:00:00Z,1,5,3,100,store\n";
    assert_eq!(signed(&till(rows), &["--first-day", "40"]), [(40, 2), (42, 1)]);
}
