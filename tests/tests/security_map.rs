//! `docs/security.md` names tests that exist, and covers every line; the prefixes it speaks of are listed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// Folders that a short name leaves out: `contracts/merchant/src/tests/claims.rs` is `merchant/claims.rs`.
const LEFT_OUT: [&str; 4] = ["contracts", "packages", "src", "tests"];
const LINES: u32 = 40;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn short(path: &Path) -> String {
    let parts = path
        .strip_prefix(ROOT)
        .unwrap()
        .iter()
        .map(|part| part.to_str().unwrap());
    parts
        .filter(|part| !LEFT_OUT.contains(part))
        .collect::<Vec<_>>()
        .join("/")
}

/// Names of the tests in a source.
fn tests(text: &str) -> BTreeSet<String> {
    let mut marked = false;
    let mut found = BTreeSet::new();
    for line in text.lines().map(str::trim) {
        if line == "#[test]" {
            marked = true;
        } else if let Some(rest) = line.strip_prefix("fn ") {
            if marked {
                found.extend(rest.split('(').next().map(str::to_string));
            }
            marked = false;
        }
    }
    found
}

fn all_tests() -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = vec![];
    for folder in ["contracts", "packages", "tests"] {
        sources(&Path::new(ROOT).join(folder), &mut paths);
    }
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        all.entry(short(&path)).or_default().extend(tests(&text));
    }
    all
}

fn page() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("docs/security.md")).unwrap()
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_test_that_the_page_names_exists() {
    let all = all_tests();
    let page = page();
    let named: Vec<(&str, &str)> = quoted(&page).filter_map(|name| name.split_once(".rs::")).collect();
    assert!(named.len() >= 60, "{} tests are named", named.len());
    let missing: Vec<String> = named
        .iter()
        .filter(|(file, test)| {
            !all.get(&format!("{file}.rs"))
                .is_some_and(|tests| tests.contains(*test))
        })
        .map(|(file, test)| format!("{file}.rs::{test}"))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/security.md names what is not there: {missing:#?}"
    );
}

#[test]
fn every_script_that_the_page_names_exists() {
    for name in quoted(&page()).filter(|name| name.starts_with("scripts/")) {
        assert!(Path::new(ROOT).join(name).is_file(), "{name}");
    }
}

/// Each line once, in order, with a test, a gate or the reason why it does not apply.
#[test]
fn every_line_is_answered() {
    let page = page();
    let mut expected = 1..=LINES;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let Ok(number) = cells[0].parse::<u32>() else { continue };
        assert_eq!(Some(number), expected.next(), "{row}");
        assert_eq!(cells.len(), 4, "{row}");
        let proof = cells[3];
        let proven = proof.contains(".rs::") || proof.contains("`scripts/");
        assert!(proven || proof.contains("does not apply yet: "), "{row}");
    }
    assert_eq!(expected.next(), None, "lines are missing");
}

/// Two-digit hexadecimal numbers of a text without its comments.
fn prefixes(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = code.collect::<Vec<_>>().join("\n");
    let found = code
        .match_indices("0x")
        .map(|(at, _)| code[at..].chars().take(4).collect());
    let mut found: Vec<String> = found.collect();
    found.sort();
    found
}

/// `vrs_table::unique` refuses at compile time a prefix that its list holds twice; this sees to it that the
/// list is whole: every contract's tables stand in one file, and the list there names each of them.
#[test]
fn every_prefix_stands_in_its_contracts_list() {
    let mut contracts = 0;
    for folder in std::fs::read_dir(Path::new(ROOT).join("contracts")).unwrap() {
        let source = folder.unwrap().path().join("src");
        let state = std::fs::read_to_string(source.join("state.rs")).unwrap();
        let (tables, rest) = state.split_once("vrs_table::unique(&[").unwrap();
        let (list, after) = rest.split_once("]);").unwrap();
        assert_eq!(prefixes(tables), prefixes(list), "{}", source.display());
        for constructor in ["Table::new(0x", "Cell::new(0x", "Pools::new(0x", "Programme::new(["] {
            assert!(
                !after.contains(constructor),
                "{}: a table behind the list",
                source.display()
            );
            let mut others = vec![];
            sources(&source, &mut others);
            others.retain(|path| {
                !path.ends_with("state.rs") && !path.components().any(|part| part.as_os_str() == "tests")
            });
            for path in others {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(
                    !text.contains(constructor),
                    "{}: a table outside state.rs",
                    path.display()
                );
            }
        }
        contracts += 1;
    }
    assert_eq!(contracts, 6);
}
