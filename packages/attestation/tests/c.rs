//! The C program that integrators start from: compiled here and held to the vectors and to Rust.

mod support;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::{batch, sealed, CHAIN_ID, CONTRACT};
use vrs_attestation::Envelope;

struct Program {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn compile() -> Program {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attest");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/c/attest.c");
    let output = Command::new("cc")
        .args(["-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o"])
        .arg(&path)
        .arg(source)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Program { path, _folder: folder }
}

impl Program {
    fn run(&self, args: &[&str], input: &str) -> Output {
        let mut child = Command::new(&self.path)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its arguments leaves without reading: a broken pipe is no fault here.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn prints(&self, args: &[&str], input: &str) -> String {
        let output = self.run(args, input);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refuses(&self, args: &[&str], input: &str, why: &str) {
        let output = self.run(args, input);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("attest: {why}\n"));
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

fn expected_report(batch: &Value) -> String {
    format!(
        "root {}\nsigning_bytes {}\nsigning_sha256 {}\n",
        text(batch, "root"),
        text(batch, "signing_bytes"),
        text(batch, "signing_sha256"),
    )
}

#[test]
fn checks_and_builds_every_vector() {
    let program = compile();
    let file: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    let (chain_id, contract) = (text(&file, "chain_id"), text(&file, "contract"));
    let mut built = 0;
    for batch in file["batches"].as_array().unwrap() {
        let numbers = ["device", "day", "sequence"].map(|name| batch[name].to_string());
        let [device, day, sequence] = &numbers;
        let head = format!("device {device}\nday {day}\nsequence {sequence}\n");
        assert_eq!(
            program.prints(&["check", chain_id, contract, text(batch, "envelope")], ""),
            head + &expected_report(batch),
        );
        if batch["kind"] != 1 {
            continue;
        }
        let receipts: String = batch["leaves"]
            .as_array()
            .unwrap()
            .iter()
            .map(|leaf| {
                let f = &leaf["fields"];
                let (number, amount) = (text(f, "number"), text(f, "amount"));
                format!("{} {number} {amount} {} {}\n", f["customer"], f["time"], f["channel"])
            })
            .collect();
        let seed = text(batch, "seed");
        assert_eq!(
            program.prints(&["build", chain_id, contract, device, day, sequence, seed], &receipts),
            format!("unsigned {}\n{}", text(batch, "unsigned"), expected_report(batch)),
        );
        built += 1;
    }
    assert_eq!(built, 8);
}

#[test]
fn agrees_with_rust_on_every_shape_of_tree() {
    let program = compile();
    for n in (1..=33).chain([63, 64, 65, 1000, 1023, 1024]) {
        let bytes = sealed(n);
        let message = batch(n).unsigned().unwrap().signing_bytes(CHAIN_ID, CONTRACT).unwrap();
        let root = Envelope::parse_frame(&bytes).unwrap().root();
        let printed = program.prints(&["check", CHAIN_ID, CONTRACT, &hex::encode(&bytes)], "");
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines[3], format!("root {}", hex::encode(root)), "{n}");
        assert_eq!(lines[4], format!("signing_bytes {}", hex::encode(message)), "{n}");
    }
}

#[test]
fn refuses_what_is_no_envelope() {
    let program = compile();
    let envelope = hex::encode(sealed(1));
    let check = |hex: &str, why| program.refuses(&["check", CHAIN_ID, CONTRACT, hex], "", why);
    check(&envelope[..186], "envelope too short");
    check(
        &envelope[..envelope.len() - 2],
        "unknown kind, or no whole number of leaves",
    );
    check(&envelope[1..], "hex of a wrong length");
    check(&envelope.replacen("0101", "0201", 1), "unknown version");
    check(
        &envelope.replacen("0101", "0103", 1),
        "unknown kind, or no whole number of leaves",
    );
    let texts = "chain id and contract have 1 to 255 bytes";
    program.refuses(&["check", "", CONTRACT, &envelope], "", texts);
    program.refuses(&["check", CHAIN_ID, &"x".repeat(256), &envelope], "", texts);

    let seed = "00112233445566778899aabbccddeeff";
    let build = |input: &str, why| program.refuses(&["build", "c", "a", "1", "1", "1", seed], input, why);
    let malformed = "a receipt is: customer number amount time channel";
    build("", malformed);
    build("1 2 3 4", malformed);
    build("1 2 3 4 256", "not a number in range");
    build("1 2 -3 4 1", "not a number in range");
    build("1 2 18446744073709551616 4 1", "not a number in range");
    build(&"1 2 3 4 1\n".repeat(1025), "more than 1024 receipts");
}
