//! Messages as people should not send them.

use super::dice::Dice;
use serde_json::{json, Value};

/// The message with something broken in it: a field changed, lost or added, or its bytes.
pub fn mangle(dice: &mut Dice, msg: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(msg) else {
        return msg.to_vec();
    };
    match dice.small(0..=19) {
        0 => return b"".to_vec(),
        1 => return msg[..msg.len() / 2].to_vec(),
        2 => return [msg, b" x"].concat(),
        3 => return [b"\n  ".as_slice(), msg, b"\t"].concat(),
        4 => return dice.bytes(12).to_vec(),
        5 => value = json!({"no_such_message": {}}),
        6 => value = dice.one(&[json!(null), json!([]), json!(7), json!("claim"), json!({}), json!(-1.5)]),
        7 => {
            if let Value::Object(map) = &mut value {
                map.insert("another".into(), json!({}));
            }
        }
        8 => value = nested(dice.small(10..=200)),
        _ => change(dice, &mut value, 0),
    }
    serde_json::to_vec(&value).expect("a value is JSON")
}

/// Walks down some way and changes what is there.
fn change(dice: &mut Dice, value: &mut Value, depth: u32) {
    let down = depth == 0 || dice.chance(75);
    match value {
        Value::Object(map) if down && !map.is_empty() => {
            let keys: Vec<String> = map.keys().cloned().collect();
            let key = dice.one(&keys);
            match dice.small(0..=9) {
                0 if depth > 0 => {
                    map.remove(&key);
                }
                1 if depth > 0 => {
                    map.insert("unknown_field".into(), json!(1));
                }
                _ => change(dice, map.get_mut(&key).expect("a key of its own"), depth + 1),
            }
        }
        Value::Array(items) if down && !items.is_empty() => {
            let at = dice.small(0..=u32::try_from(items.len()).expect("few items") - 1);
            match dice.small(0..=4) {
                0 => items.clear(),
                1 => {
                    let twice = items[at as usize].clone();
                    items.push(twice);
                }
                2 => *items = vec![items[at as usize].clone(); 130],
                _ => change(dice, &mut items[at as usize], depth + 1),
            }
        }
        other => *other = anything(dice),
    }
}

fn anything(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(255),
        json!(256),
        json!(u32::MAX),
        json!(u64::from(u32::MAX) + 1),
        json!(u64::MAX),
        json!(""),
        json!("0"),
        json!("1"),
        json!("-1"),
        json!("340282366920938463463374607431768211455"),
        json!("340282366920938463463374607431768211456"),
        json!("not base64!"),
        json!("AAAA"),
        json!("ü€\u{1f600}\"\\\n\u{0}"),
        json!("x".repeat(200)),
        json!([]),
        json!({}),
        json!({"none": {}}),
        json!(["terminal", "x"]),
    ];
    dice.one(&values)
}

fn nested(depth: u32) -> Value {
    (0..depth).fold(json!({}), |inner, _| json!({ "access": inner }))
}

/// An address as it should not be.
pub fn address(dice: &mut Dice, right: &str) -> String {
    let wrong = [
        String::new(),
        "nobody".into(),
        right.to_uppercase(),
        right.replacen("vrs", "wasm", 1),
        right[..right.len() - 1].into(),
        format!(" {right}"),
        format!("{right}q"),
        "vrs1".into(),
        "x".repeat(256),
        "x".repeat(257),
        "ü".repeat(40),
    ];
    dice.one(&wrong)
}
