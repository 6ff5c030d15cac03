//! What is different between a recorded call and the same call on the machine.

use crate::corpus::{refused, Access, Call};
use crate::machine::Run;
use crate::shelf::Map;
use serde_json::Value;

/// How alike the two are, where they are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// To the byte.
    Same,
    /// But for the words of a refused address: a contract in wasm hears of it through the machine, which names its
    /// function before the reason, and which looks at none that is empty or longer than 256 bytes.
    SameReason,
}

/// Words of contracts in wasm about an address, and those of the embedded chain.
const WORDS: [(&str, &str); 7] = [
    // The machine does not look at these.
    ("addr_validate errored: Input is empty", NO_ADDRESS),
    ("addr_canonicalize errored: Input is empty", NO_ADDRESS),
    ("input too long for addr_validate", NO_ADDRESS),
    ("input too long for addr_canonicalize", NO_ADDRESS),
    // It names its function before the chain's reason.
    ("addr_validate errored: ", ""),
    ("addr_canonicalize errored: ", ""),
    ("addr_humanize errored: ", ""),
];
/// What the embedded chain says of what is no address at all.
const NO_ADDRESS: &str = "Error decoding bech32";

/// Compares answers, then all that was asked of the chain.
///
/// Errors: the first difference, in words.
pub fn call(call: &Call, run: &Run) -> Result<Alike, String> {
    let alike = match &run.outcome {
        Err(stopped) => {
            let recorded = shown(&call.outcome);
            return Err(format!("the machine stopped the call: {stopped}; recorded: {recorded}"));
        }
        Ok(outcome) => answers(&call.outcome, outcome)?,
    };
    accesses(&call.accesses, &run.accesses)?;
    Ok(alike)
}

/// Compares two outcomes.
fn answers(recorded: &[u8], machine: &[u8]) -> Result<Alike, String> {
    if recorded == machine {
        return Ok(Alike::Same);
    }
    if refused(recorded) && refused(machine) && plain(machine) == String::from_utf8_lossy(recorded) {
        return Ok(Alike::SameReason);
    }
    let (Ok(left), Ok(right)) = (serde_json::from_slice(recorded), serde_json::from_slice(machine)) else {
        return Err(format!(
            "answer: recorded {}, the machine {}",
            shown(recorded),
            shown(machine)
        ));
    };
    Err(first(&left, &right, "answer".into()).unwrap_or_else(|| "answer: the same JSON in other bytes".into()))
}

/// The machine's error as the embedded chain words it.
fn plain(outcome: &[u8]) -> String {
    let text = String::from_utf8_lossy(outcome).into_owned();
    let worded = WORDS.iter().find(|(machine, _)| text.contains(machine));
    worded.map_or(text.clone(), |(machine, embedded)| text.replacen(machine, embedded, 1))
}

/// The first place where two values differ.
fn first(recorded: &Value, machine: &Value, place: String) -> Option<String> {
    match (recorded, machine) {
        _ if recorded == machine => None,
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => left
            .iter()
            .zip(right.values())
            .find_map(|((key, left), right)| first(left, right, format!("{place}.{key}"))),
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => left
            .iter()
            .zip(right)
            .enumerate()
            .find_map(|(at, (left, right))| first(left, right, format!("{place}[{at}]"))),
        _ => Some(format!("{place}: recorded {recorded}, the machine {machine}")),
    }
}

fn accesses(recorded: &[Access], machine: &[Access]) -> Result<(), String> {
    let differ = (0..recorded.len().max(machine.len())).find(|at| recorded.get(*at) != machine.get(*at));
    match differ {
        None => Ok(()),
        Some(at) => {
            let named = |access: Option<&Access>| access.map_or_else(|| "nothing".into(), named);
            let (left, right) = (named(recorded.get(at)), named(machine.get(at)));
            Err(format!("access {at}: recorded {left}, the machine {right}"))
        }
    }
}

fn named(access: &Access) -> String {
    let end = |key: &Option<Vec<u8>>| key.as_ref().map_or_else(|| "the end".into(), |key| hex(key));
    match access {
        Access::Get(key) => format!("reads {}", hex(key)),
        Access::Set(key, value) => format!("writes {} = {}", hex(key), hex(value)),
        Access::Remove(key) => format!("removes {}", hex(key)),
        Access::Scan {
            start,
            end: to,
            descending,
        } => {
            let way = if *descending { "down" } else { "up" };
            format!("ranges {way} from {} to {}", end(start), end(to))
        }
        Access::Next(range) => format!("steps in range {range}"),
        Access::Ask { request, answer } => format!("asks {} and hears {}", shown(request), shown(answer)),
    }
}

/// Compares all that a contract holds.
///
/// Errors: the first difference, in words.
pub fn storage(recorded: &Map, machine: &Map) -> Result<(), String> {
    if recorded == machine {
        return Ok(());
    }
    let named = |value: Option<&Vec<u8>>| value.map_or_else(|| "nothing".into(), |value| hex(value));
    let differ = recorded
        .keys()
        .chain(machine.keys())
        .find(|key| recorded.get(*key) != machine.get(*key));
    let key = differ.expect("maps that differ do so at some key");
    let (left, right) = (named(recorded.get(key)), named(machine.get(key)));
    Err(format!("storage at {}: recorded {left}, the machine {right}", hex(key)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What fits into a message.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.into_owned(),
    }
}
