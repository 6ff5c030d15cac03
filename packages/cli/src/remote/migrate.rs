//! `vrs migrate`: moves contracts to the code that artifacts/ holds.

use super::deploy::{artifacts, Artifact};
use super::{Place, Remote};
use crate::chain::{Backend as _, Chain, Code, Name, Version};
use crate::failure::UsageError;
use anyhow::{bail, Context as _, Result};
use std::fmt::Write as _;
use vrs_client::deployment::CodeEntry;
use vrs_client::{messages, Deployment};

/// Moves all contracts of the named codes, or of every code that changed. Uploads what the chain has not.
///
/// Errors: where a contract is of another name than its code, or newer; the contract's own `migrate` checks
/// that again. All contracts of a code move in one transaction or none does.
pub fn migrate(place: &Place, names: &[String]) -> Result<String> {
    let mut record = place.deployment()?;
    let artifacts = artifacts()?;
    let known = Code::ALL.map(Code::as_str);
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(UsageError(format!("expected one of {}, got {unknown:?}", known.join(", "))).into());
    }
    let mut text = String::new();
    for artifact in artifacts {
        let name = artifact.code.as_str();
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        let mut remote = Remote::open(place)?;
        let admin = remote.account(if place.file.accounts.contains_key("admin") {
            "admin"
        } else {
            "owner"
        })?;
        let old = record
            .codes
            .get(name)
            .with_context(|| format!("{name} is not deployed"))?
            .clone();
        let stay: Vec<Name> = Name::ALL
            .into_iter()
            .filter(|entry| entry.code() == artifact.code)
            .collect();
        let (mut behind, mut ahead) = (vec![], vec![]);
        for entry in &stay {
            let info = remote.info(*entry)?;
            let code = remote.client().node.code(info.code_id)?;
            if code.is_none_or(|code| code.checksum != artifact.checksum) {
                behind.push(*entry);
            } else {
                ahead.push((*entry, info.code_id));
            }
        }
        // Somebody else, a multisig say, may have moved them: what stands on chain is written down.
        note(&mut record, &ahead, &artifact);
        place.save(&record)?;
        if let (true, Some((_, code_id))) = (behind.is_empty(), ahead.first()) {
            let _ = writeln!(text, "{name:<10} code {code_id} is what artifacts/ holds");
            continue;
        }
        let versions = versions(place, &behind)?;
        let code_id = artifact.store(&mut remote, &admin)?;
        let mut calls = vec![];
        for entry in &behind {
            let address = remote
                .address(*entry)
                .with_context(|| format!("{entry} is not deployed"))?;
            calls.push(messages::migrate(admin.as_str(), address.as_str(), code_id, b"{}"));
        }
        let outcome = remote.send(&admin, calls)?;
        let moved: Vec<(Name, u64)> = behind.iter().map(|entry| (*entry, code_id)).collect();
        note(&mut record, &moved, &artifact);
        place.save(&record)?;
        let after = self::versions(place, &behind)?;
        for ((entry, before), after) in behind.iter().zip(versions).zip(after) {
            if before.contract != after.contract {
                bail!("{entry}: was {}, is {} now", before.contract, after.contract);
            }
            let _ = writeln!(
                text,
                "{entry:<10} code {} to {code_id}, {} {} to {}, {} gas for all",
                old.code_id, after.contract, before.version, after.version, outcome.gas_used
            );
        }
    }
    Ok(text)
}

/// Enters which code contracts have.
fn note(record: &mut Deployment, contracts: &[(Name, u64)], artifact: &Artifact) {
    for (name, code_id) in contracts {
        let entry = CodeEntry {
            code_id: *code_id,
            checksum: artifact.checksum.clone(),
        };
        record.codes.insert(artifact.code.as_str().to_owned(), entry);
        if let Some(contract) = record.contracts.get_mut(name.as_str()) {
            contract.code_id = *code_id;
        }
    }
}

/// What contracts say they are.
fn versions(place: &Place, names: &[Name]) -> Result<Vec<Version>> {
    let chain: Chain = Remote::open(place)?.into();
    let version = |name: &Name| {
        chain
            .version(*name)?
            .with_context(|| format!("{name} does not tell its version"))
    };
    let versions: Vec<Version> = names.iter().map(version).collect::<Result<_>>()?;
    for (name, version) in names.iter().zip(&versions) {
        let expected = format!("crates.io:vrs-{}", name.code().as_str());
        if version.contract != expected {
            bail!("{name}: expected {expected}, the chain says {}", version.contract);
        }
    }
    Ok(versions)
}
