//! A record that was tampered with is found out, by the call and what is different: a comparison that cannot fail would
//! prove nothing. Each test takes the same record of a short play and changes one thing in it.

use std::path::PathBuf;
use std::sync::OnceLock;
use vrs_replay::corpus::{Access, Call, Code, Entry, Step};
use vrs_replay::kinds::Kinds;
use vrs_replay::machine::{wasm, Machine};
use vrs_replay::session::{Difference, Session};
use vrs_replay::world::{World, PREFIX};

fn artifacts() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "artifacts"].iter().collect()
}

/// The machine with the codes as they are, compiled once.
fn replayed(steps: &[Step]) -> Vec<Difference> {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        Machine::new(folder.path(), PREFIX)
            .unwrap()
            .store_all(&artifacts())
            .unwrap();
        folder
    });
    let codes = Code::ALL.map(|code| (code, wasm(&artifacts(), code).unwrap()));
    let machine = Machine::open(folder.path(), PREFIX, &codes).unwrap();
    on(&machine, steps)
}

fn on(machine: &Machine, steps: &[Step]) -> Vec<Difference> {
    Session::new(&Kinds::all())
        .replay(machine, steps, |_, _, _| {})
        .unwrap()
}

fn record() -> Vec<Step> {
    World::play(7, 0, 600)
}

/// Changes the last call that `wanted` finds; answers its number.
fn change(steps: &mut [Step], wanted: impl Fn(&Call) -> bool, alter: impl FnOnce(&mut Call)) -> usize {
    let calls = steps.iter_mut().filter_map(|step| match step {
        Step::Call(call) => Some(call),
        Step::End { .. } => None,
    });
    let (at, call) = calls
        .enumerate()
        .filter(|(_, call)| wanted(call))
        .last()
        .expect("such a call");
    alter(call);
    at + 1
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn holds(bytes: &[u8], part: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(part)
}

#[test]
fn what_was_not_altered_is_the_same() {
    assert_eq!(replayed(&record()), []);
}

#[test]
fn another_attribute() {
    let mut steps = record();
    let own = |call: &Call| call.entry == Entry::Execute && holds(&call.outcome, "\"value\":\"transfer\"");
    let number = change(&mut steps, own, |call| {
        replace(&mut call.outcome, "\"value\":\"transfer\"", "\"value\":\"gift\"")
    });
    let found = replayed(&steps);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].call, number);
    let text = found[0].to_string();
    assert!(text.starts_with(&format!("call {number} (")), "{text}");
    assert!(
        text.contains(" execute transfer): answer.ok.attributes[0].value: "),
        "{text}"
    );
    assert!(text.ends_with("recorded \"gift\", the machine \"transfer\""), "{text}");
}

#[test]
fn another_error() {
    let mut steps = record();
    let refused = |call: &Call| call.entry == Entry::Execute && holds(&call.outcome, "{\"error\":\"unauthorized");
    let number = change(&mut steps, refused, |call| {
        replace(&mut call.outcome, "unauthorized", "forbidden")
    });
    let found = replayed(&steps);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].call, number);
    assert!(
        found[0].what.starts_with("answer.error: recorded \"forbidden"),
        "{}",
        found[0]
    );
    assert!(found[0].what.contains("the machine \"unauthorized"), "{}", found[0]);
}

/// An address that is refused is told in other words by the machine; that is no difference, another reason is.
#[test]
fn another_reason_of_a_refused_address() {
    let mut steps = record();
    let worded = |call: &Call| holds(&call.outcome, "Error decoding bech32");
    let number = change(&mut steps, worded, |call| {
        replace(&mut call.outcome, "Error decoding bech32", "Wrong bech32 prefix");
    });
    let found = replayed(&steps);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].call, number);
    assert!(found[0].what.contains("Wrong bech32 prefix"), "{}", found[0]);
}

#[test]
fn an_error_for_an_answer() {
    let mut steps = record();
    let taken = |call: &Call| call.entry == Entry::Query && !call.refused();
    let number = change(&mut steps, taken, |call| call.outcome = b"{\"error\":\"no\"}".to_vec());
    let found = replayed(&steps);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].call, number);
    assert!(
        found[0].what.starts_with("answer: recorded {\"error\":\"no\"}"),
        "{}",
        found[0]
    );
}

#[test]
fn another_byte_written() {
    let mut steps = record();
    let writes = |call: &Call| !call.refused() && call.accesses.iter().any(|access| matches!(access, Access::Set(..)));
    let number = change(&mut steps, writes, |call| {
        let written = call.accesses.iter_mut().rev().find_map(|access| match access {
            Access::Set(_, value) => Some(value),
            _ => None,
        });
        *written.unwrap().last_mut().unwrap() ^= 1;
    });
    let found = replayed(&steps);
    assert_eq!(found[0].call, number);
    assert!(found[0].what.contains(": recorded writes "), "{}", found[0]);
}

#[test]
fn another_key_read() {
    let mut steps = record();
    let reads = |call: &Call| matches!(call.accesses.first(), Some(Access::Get(_)));
    let number = change(&mut steps, reads, |call| call.accesses[0] = Access::Get(b"no".to_vec()));
    let found = replayed(&steps);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].call, number);
    assert!(
        found[0]
            .what
            .starts_with("access 0: recorded reads 6e6f, the machine reads "),
        "{}",
        found[0]
    );
}

#[test]
fn another_question() {
    let mut steps = record();
    let asks = |call: &Call| call.accesses.iter().any(|access| matches!(access, Access::Ask { .. }));
    let number = change(&mut steps, asks, |call| {
        let asked = call.accesses.iter_mut().find_map(|access| match access {
            Access::Ask { request, .. } => Some(request),
            _ => None,
        });
        *asked.unwrap() = b"{\"bank\":{}}".to_vec();
    });
    let found = replayed(&steps);
    assert_eq!(found[0].call, number);
    assert!(
        found[0]
            .what
            .contains("the record asks {\"bank\":{}}, the machine {\"wasm\""),
        "{}",
        found[0]
    );
}

/// The machine makes no call that was not recorded right: with another contract's wasm nothing fits.
#[test]
fn another_contracts_wasm() {
    let folder = tempfile::tempdir().unwrap();
    let mut machine = Machine::new(folder.path(), PREFIX).unwrap();
    machine.store_all(&artifacts()).unwrap();
    machine
        .store(Code::Token, &wasm(&artifacts(), Code::Points).unwrap())
        .unwrap();
    let found = on(&machine, &record());
    let first = found
        .iter()
        .find(|difference| difference.kind == "token instantiate")
        .expect("its birth fails");
    assert!(first.what.starts_with("answer: recorded {\"ok\""), "{first}");
}
