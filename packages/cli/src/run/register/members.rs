//! Members, each with a verified claim.

use super::Keep;
use crate::chain::{AddressBook, Chain, MemberEntry, Name, Party};
use crate::deploy::Accounts;
use crate::run::Plan;
use anyhow::{Context as _, Result};
use cosmwasm_std::{from_json, Addr, Binary};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use vrs_interface::identity::{
    ConfigResponse, ExecuteMsg, Kind, MemberOfResponse, NewClaim, NewMember, QueryMsg, Registered, Topic,
    MAX_NEW_MEMBERS,
};

/// Registers all members of the plan that the book does not know; answers the numbers of those who are new.
pub fn register(
    chain: &mut Chain,
    accounts: &Accounts,
    plan: &Plan,
    book: &mut AddressBook,
    keep: Keep,
) -> Result<BTreeSet<u32>> {
    let mut new = BTreeSet::new();
    let config: ConfigResponse = chain.query(Name::Identity, &QueryMsg::Config {})?;
    let strangers = u64::from(config.members) > book.members().count() as u64;
    for (party, ids) in [
        (Party::Merchant, plan.merchants.keys().copied().collect::<Vec<u64>>()),
        (Party::Customer, plan.customers.iter().copied().collect()),
        (Party::Account, plan.accounts.iter().copied().collect()),
    ] {
        let mut missing = vec![];
        for id in ids {
            if book.find(party, id).is_some() {
                continue;
            }
            let address = chain.account(&format!("{party} {id}"))?;
            let member = if strangers { found(chain, &address)? } else { None };
            match member {
                Some(member) => book.add_member(MemberEntry {
                    party,
                    id,
                    member,
                    address,
                }),
                None => missing.push((id, address)),
            }
        }
        for some in missing.chunks(MAX_NEW_MEMBERS) {
            new.extend(enter(chain, accounts, party, some, book)?);
            keep(book)?;
        }
    }
    Ok(new)
}

fn enter(
    chain: &mut Chain,
    accounts: &Accounts,
    party: Party,
    some: &[(u64, Addr)],
    book: &mut AddressBook,
) -> Result<Vec<u32>> {
    let kind = match party {
        Party::Merchant => Kind::Merchant,
        Party::Customer | Party::Account => Kind::Individual,
    };
    let new = |(id, address): &(u64, Addr)| NewMember {
        kind,
        account: address.to_string(),
        payout: None,
        level: 0,
        identity: Some(NewClaim {
            topic: Topic::Identity,
            hash: evidence(party, *id),
            until: None,
        }),
    };
    let members = some.iter().map(new).collect();
    let tx = chain.submit(
        &accounts.operator,
        Name::Identity,
        &ExecuteMsg::RegisterMembers { members },
    )?;
    let done: Registered = from_json(tx.data.unwrap_or_default()).context("register_members")?;
    let mut numbers = vec![];
    for (member, (id, address)) in (done.first..).zip(some) {
        numbers.push(member);
        book.add_member(MemberEntry {
            party,
            id: *id,
            member,
            address: address.clone(),
        });
    }
    Ok(numbers)
}

/// The member to whom an address belongs.
fn found(chain: &Chain, address: &Addr) -> Result<Option<u32>> {
    let msg = QueryMsg::MemberOf {
        address: address.to_string(),
    };
    Ok(chain.query::<MemberOfResponse>(Name::Identity, &msg)?.member)
}

/// Stands for the salted hash of what a verifier would have seen.
fn evidence(party: Party, id: u64) -> Binary {
    Sha256::digest(format!("vrs run: {party} {id}")).to_vec().into()
}
