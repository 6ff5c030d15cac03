//! What the contracts link is recorded in the versions that their wasm is built from: this workspace has a lock file of
//! its own, and the two must agree.

use std::collections::{BTreeMap, BTreeSet};
use vrs_replay::corpus::Code;

/// Packages of a lock file: name, and of each version what it depends on.
type Packages = BTreeMap<String, BTreeMap<String, Vec<String>>>;

fn packages(lock: &str) -> Packages {
    let mut packages = Packages::new();
    for block in lock.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(&format!("{name} = ")));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let depends = block
            .split_once("dependencies = [")
            .map_or("", |(_, rest)| rest.split(']').next().unwrap());
        let depends = depends.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        packages
            .entry(field("name"))
            .or_default()
            .insert(field("version"), depends);
    }
    packages
}

/// Versions that take each other's place: `1` of 1.2.3, `0.6` of 0.6.4.
fn line(version: &str) -> String {
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (major, _) => major.unwrap_or_default().to_owned(),
    }
}

#[test]
fn both_lock_files_agree_on_what_contracts_link() {
    let built = packages(include_str!("../../Cargo.lock"));
    let replayed = packages(include_str!("../Cargo.lock"));
    let mut open: Vec<String> = Code::ALL.iter().map(|code| format!("vrs-{}", code.name())).collect();
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        // `name` where there is one version, else `name version`.
        let (name, version) = next.split_once(' ').unwrap_or((&next, ""));
        let versions = &built[name];
        let version = if version.is_empty() {
            versions.keys().next().unwrap()
        } else {
            version
        };
        if !seen.insert((name.to_owned(), version.to_owned())) {
            continue;
        }
        open.extend(versions[version].iter().cloned());
        // What only the contracts' tests link may be absent here.
        let here = replayed.get(name).into_iter().flat_map(BTreeMap::keys);
        for other in here.filter(|other| line(other) == line(version)) {
            let update =
                format!("cargo update --manifest-path replay/Cargo.toml -p {name}@{other} --precise {version}");
            assert_eq!(other, version, "{name}: wasm is built with the right one; {update}");
        }
    }
    assert!(seen.len() > 30, "{seen:?}");
}
