//! Claims what is final, for everyone who took part.

use super::register::member_of;
use super::relay::Participants;
use crate::chain::{AddressBook, Chain, Name, Party};
use crate::deploy::Accounts;
use anyhow::Result;
use std::collections::BTreeSet;
use vrs_interface::merchant::Side;
use vrs_interface::{merchant, mining};

/// Most members of one claim.
const MEMBERS: usize = 100;

/// Claims a day for all its participants.
pub fn claim(chain: &mut Chain, accounts: &Accounts, book: &AddressBook, day: &Participants) -> Result<()> {
    for (side, party, ids) in [
        (Side::Merchants, Party::Merchant, &day.merchants),
        (Side::Customers, Party::Customer, &day.customers),
    ] {
        for members in members(book, party, ids)?.chunks(MEMBERS) {
            let members = members.to_vec();
            let msg = merchant::ExecuteMsg::ClaimFor { side, members };
            chain.submit(&accounts.relayer, Name::Merchant, &msg)?;
        }
    }
    for members in members(book, Party::Account, &day.accounts)?.chunks(MEMBERS) {
        let members = members.to_vec();
        chain.submit(
            &accounts.relayer,
            Name::Mining,
            &mining::ExecuteMsg::ClaimFor { members },
        )?;
    }
    Ok(())
}

fn members(book: &AddressBook, party: Party, ids: &BTreeSet<u64>) -> Result<Vec<u32>> {
    ids.iter().map(|id| member_of(book, party, *id)).collect()
}
