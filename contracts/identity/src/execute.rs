//! What the messages do, by subject.

pub mod addresses;
pub mod claims;
pub mod marks;
pub mod register;

use crate::standing::Moment;
use crate::state::{Addresses, ADDRESSES, CLOCK, HOLDERS};
use crate::ContractError;
use cosmwasm_std::{Addr, Api, Binary, CanonicalAddr, Deps, Env, Storage};
use vrs_access::valid_address;
use vrs_interface::identity::MemberId;

/// Who sent a message, and when.
pub struct Call {
    /// The sender.
    pub sender: Addr,
    /// His canonical bytes.
    pub canonical: CanonicalAddr,
    /// The block's moment.
    pub at: Moment,
}

impl Call {
    /// The call that a message makes.
    pub fn new(deps: Deps, env: &Env, sender: Addr) -> Result<Self, ContractError> {
        let canonical = deps.api.addr_canonicalize(sender.as_str())?;
        Ok(Call {
            sender,
            canonical,
            at: moment(deps.storage, env)?,
        })
    }
}

/// The block's moment.
pub fn moment(storage: &dyn Storage, env: &Env) -> Result<Moment, ContractError> {
    Ok(Moment {
        today: CLOCK.load(storage)?.day(env.block.time),
        second: env.block.time.seconds(),
    })
}

/// An address given as text, and its canonical bytes.
fn address(api: &dyn Api, text: &str) -> Result<(Addr, CanonicalAddr), ContractError> {
    let address = valid_address(api, text)?;
    let canonical = api.addr_canonicalize(address.as_str())?;
    Ok((address, canonical))
}

/// Binds an address to a member for good; refuses it where it is another's.
fn bind(
    storage: &mut dyn Storage,
    address: &Addr,
    canonical: &CanonicalAddr,
    member: MemberId,
) -> Result<(), ContractError> {
    if !belongs_to(storage, address, canonical, member)? {
        HOLDERS.save(storage, &canonical.clone().into(), &member)?;
    }
    Ok(())
}

/// Whether the address is the member's already; refuses it where it is another's.
fn belongs_to(
    storage: &dyn Storage,
    address: &Addr,
    canonical: &CanonicalAddr,
    member: MemberId,
) -> Result<bool, ContractError> {
    match HOLDERS.may_load(storage, &canonical.clone().into())? {
        None => Ok(false),
        Some(holder) if holder == member => Ok(true),
        Some(holder) => Err(ContractError::AddressTaken {
            address: address.clone(),
            member: holder,
        }),
    }
}

/// The member for whom the sender acts, and their addresses.
fn subject(deps: Deps, call: &Call) -> Result<(MemberId, Addresses), ContractError> {
    let member = HOLDERS
        .may_load(deps.storage, &call.canonical.clone().into())?
        .ok_or_else(|| ContractError::NotAMember {
            address: call.sender.clone(),
        })?;
    let addresses = ADDRESSES.load(deps.storage, &member)?;
    if addresses.account != call.canonical.as_slice() {
        return Err(ContractError::NotTheAccount {
            member,
            expected: deps.api.addr_humanize(&addresses.account.into())?,
            actual: call.sender.clone(),
        });
    }
    Ok((member, addresses))
}

/// A hash given as bytes: 32 of them.
fn hash32(field: &'static str, bytes: &Binary) -> Result<[u8; 32], ContractError> {
    bytes.as_slice().try_into().map_err(|_| ContractError::OutOfBounds {
        field,
        min: 32,
        max: 32,
        actual: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
    })
}
