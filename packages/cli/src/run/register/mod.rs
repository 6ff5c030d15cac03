//! Enters everyone: members with verified claims, shops' costs, terminals and meters.
//!
//! Who stands in the book already, from an earlier run on the same chain, is left as he is. A run that
//! was interrupted may have entered somebody without writing him down: whom the chain knows and the
//! book does not is looked for there first.

mod costs;
mod devices;
mod members;

pub use devices::{meter_label, terminal_label};

use super::relay::Taken;
use super::Plan;
use crate::chain::{AddressBook, Chain, Name, Party};
use crate::deploy::Accounts;
use anyhow::{bail, Result};
use std::collections::{BTreeMap, BTreeSet};
use vrs_interface::mining::{ExecuteMsg, Product, ProductsResponse, QueryMsg};

/// Most lines that one message of merchant, mining or oracle takes.
const LINES: usize = 100;

/// Who is on the chain.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// Everyone, by number and id.
    pub book: AddressBook,
    /// Merchant's id to his terminal's number.
    pub terminals: BTreeMap<u64, u32>,
    /// Meter's id to its number.
    pub meters: BTreeMap<u64, u32>,
    /// Sequence numbers that devices signed already, where they did.
    pub signed: BTreeMap<u32, u32>,
    /// What the oracle has of a run that goes on.
    pub taken: Taken,
}

/// Writes the book down whenever somebody new stands in it.
pub type Keep<'a> = &'a dyn Fn(&AddressBook) -> Result<()>;

/// Registers all that the plan names and the book does not know, in the order of their ids.
pub fn register(
    chain: &mut Chain,
    accounts: &Accounts,
    plan: &Plan,
    book: AddressBook,
    keep: Keep,
) -> Result<Registration> {
    let mut registration = Registration {
        book,
        ..Registration::default()
    };
    let new = members::register(chain, accounts, plan, &mut registration.book, keep)?;
    costs::set(chain, accounts, plan, &registration.book, &new)?;
    devices::register(chain, accounts, plan, &mut registration, keep)?;
    products(chain, accounts, plan)?;
    Ok(registration)
}

/// Registers streaming products that the readings name, the economy does not list and the chain has not.
fn products(chain: &mut Chain, accounts: &Accounts, plan: &Plan) -> Result<()> {
    use vrs_attestation::Measured;
    let mining = &plan.economy.economy.mining;
    let mut ids = BTreeSet::new();
    for row in plan.meters.iter().flatten() {
        if let Measured::Streaming(streamed) = row.measured {
            if !mining.products.contains_key(&streamed.product.to_string()) {
                ids.extend(u32::try_from(streamed.product));
            }
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    let message = |start_after| QueryMsg::Products {
        start_after,
        limit: Some(crate::readback::PAGE),
    };
    crate::readback::pages(chain, Name::Mining, message, |answer: ProductsResponse| {
        answer.products.iter().for_each(|product| {
            ids.remove(&product.id);
        });
        (answer.more, answer.products.last().map(|product| product.id))
    })?;
    let factor_e9 = mining.product_factor.0;
    let ids: Vec<u32> = ids.into_iter().collect();
    for ids in ids.chunks(LINES) {
        let products = ids.iter().map(|&id| Product { id, factor_e9 }).collect();
        chain.submit(&accounts.owner, Name::Mining, &ExecuteMsg::SetProducts { products })?;
    }
    Ok(())
}

/// A member's number.
pub fn member_of(book: &AddressBook, party: Party, id: u64) -> Result<u32> {
    match book.find(party, id) {
        Some(entry) => Ok(entry.member),
        None => bail!("{party} {id} is not registered"),
    }
}
