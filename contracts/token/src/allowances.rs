//! Allowances: what a spender may use of an owner's tokens, and until when.
//!
//! As in cw20-base an allowance that is used up stays (with 0 left), one that has ended stays until
//! it is decreased to nothing, and increasing an ended one without a new end leaves it ended. Other than
//! there, what has ended never counts again: a new end begins with 0.

use crate::account::{start_key, text, Account};
use crate::events::Event;
use crate::state::{Allowance, Until, ALLOWANCES, ALLOWED_BY};
use crate::ContractError;
use cosmwasm_std::{Addr, Api, BlockInfo, DepsMut, Env, Order, Response, StdError, StdResult, Storage, Uint128};
use cw20::{
    AllAllowancesResponse, AllSpenderAllowancesResponse, AllowanceInfo, AllowanceResponse, Expiration,
    SpenderAllowanceInfo,
};
use vrs_table::{page, AccountKey};

/// Above every address: none has more than 64 bytes.
const LAST: [u8; 64] = [0xff; 64];

/// Lets a spender use more of the sender's tokens.
pub fn increase(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    spender: String,
    amount: Uint128,
    expires: Option<Expiration>,
) -> Result<Response, ContractError> {
    let (owner, spender) = pair(deps.api, sender, &spender)?;
    let key = (owner.key, spender.key);
    let old = ALLOWANCES.may_load(deps.storage, &key)?;
    let Allowance { amount: before, until } = old.unwrap_or_default();
    // What has ended is gone: with a new end only what is allowed now counts.
    let before = if Expiration::from(until).is_expired(&env.block) {
        0
    } else {
        before
    };
    let allowance = Allowance {
        until: new_end(&env.block, until, expires)?,
        amount: before
            .checked_add(amount.u128())
            .ok_or_else(|| StdError::generic_err(format!("allowance {before} plus {amount} overflows")))?,
    };
    ALLOWANCES.save(deps.storage, &key, &allowance)?;
    if old.is_none() {
        ALLOWED_BY.save(deps.storage, &(key.1, key.0), &true)?;
    }
    let event = Event::IncreaseAllowance {
        owner: owner.addr,
        spender: spender.addr,
        amount,
    };
    Ok(Response::new().add_attributes(event.attributes()?))
}

/// Lets a spender use less of the sender's tokens; nothing left removes the allowance.
pub fn decrease(
    deps: DepsMut,
    env: Env,
    sender: Addr,
    spender: String,
    amount: Uint128,
    expires: Option<Expiration>,
) -> Result<Response, ContractError> {
    let (owner, spender) = pair(deps.api, sender, &spender)?;
    let key = (owner.key, spender.key);
    let Some(old) = ALLOWANCES.may_load(deps.storage, &key)? else {
        return Err(ContractError::NoAllowance {});
    };
    match old.amount.checked_sub(amount.u128()) {
        None | Some(0) => {
            ALLOWANCES.remove(deps.storage, &key);
            ALLOWED_BY.remove(deps.storage, &(key.1, key.0));
        }
        Some(left) => {
            let until = new_end(&env.block, old.until, expires)?;
            // A new end does not bring back what has ended: what is left of it is 0.
            let ended = Expiration::from(old.until).is_expired(&env.block);
            let amount = if ended && expires.is_some() { 0 } else { left };
            let allowance = Allowance { amount, until };
            ALLOWANCES.save(deps.storage, &key, &allowance)?;
        }
    }
    let event = Event::DecreaseAllowance {
        owner: owner.addr,
        spender: spender.addr,
        amount,
    };
    Ok(Response::new().add_attributes(event.attributes()?))
}

/// Uses `amount` of what `owner` allowed `spender`.
pub fn spend(
    storage: &mut dyn Storage,
    block: &BlockInfo,
    owner: &AccountKey,
    spender: &AccountKey,
    amount: u128,
) -> Result<(), ContractError> {
    let key = (owner.clone(), spender.clone());
    let Some(old) = ALLOWANCES.may_load(storage, &key)? else {
        return Err(ContractError::NoAllowance {});
    };
    let expires = Expiration::from(old.until);
    if expires.is_expired(block) {
        return Err(ContractError::Expired {
            expires,
            height: block.height,
            nanos: block.time.nanos(),
        });
    }
    let Some(left) = old.amount.checked_sub(amount) else {
        return Err(ContractError::InsufficientAllowance {
            allowance: old.amount.into(),
            amount: amount.into(),
        });
    };
    let allowance = Allowance { amount: left, ..old };
    Ok(ALLOWANCES.save(storage, &key, &allowance)?)
}

/// What `spender` may use of `owner`'s tokens; 0 without an end where nothing was allowed.
pub fn one(
    storage: &dyn Storage,
    api: &dyn Api,
    owner: &str,
    spender: &str,
) -> Result<AllowanceResponse, ContractError> {
    let key = (Account::named(api, owner)?.key, Account::named(api, spender)?.key);
    Ok(ALLOWANCES.may_load(storage, &key)?.unwrap_or_default().into())
}

/// A page of the allowances that `owner` gave, in the order of the spenders' canonical bytes.
pub fn of_owner(
    storage: &dyn Storage,
    api: &dyn Api,
    owner: &str,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<AllAllowancesResponse, ContractError> {
    let owner = Account::named(api, owner)?.key;
    let (from, to) = behind(owner, start_key(api, start_after)?);
    let allowances = ALLOWANCES
        .range(storage, Some(from), Some(to), Order::Ascending)
        .take(page(limit))
        .map(|entry| {
            let ((_, spender), allowance) = entry?;
            Ok(AllowanceInfo {
                spender: text(api, spender)?.into(),
                allowance: allowance.amount.into(),
                expires: allowance.until.into(),
            })
        })
        .collect::<StdResult<_>>()?;
    Ok(AllAllowancesResponse { allowances })
}

/// A page of the allowances that `spender` got, in the order of the owners' canonical bytes.
pub fn of_spender(
    storage: &dyn Storage,
    api: &dyn Api,
    spender: &str,
    start_after: Option<String>,
    limit: Option<u32>,
) -> Result<AllSpenderAllowancesResponse, ContractError> {
    let spender = Account::named(api, spender)?.key;
    let (from, to) = behind(spender, start_key(api, start_after)?);
    let allowances = ALLOWED_BY
        .range(storage, Some(from), Some(to), Order::Ascending)
        .take(page(limit))
        .map(|entry| {
            let ((spender, owner), _) = entry?;
            let allowance = ALLOWANCES.load(storage, &(owner.clone(), spender))?;
            Ok(SpenderAllowanceInfo {
                owner: text(api, owner)?.into(),
                allowance: allowance.amount.into(),
                expires: allowance.until.into(),
            })
        })
        .collect::<StdResult<_>>()?;
    Ok(AllSpenderAllowancesResponse { allowances })
}

/// Both sides of an allowance that the sender sets.
fn pair(api: &dyn Api, sender: Addr, spender: &str) -> Result<(Account, Account), ContractError> {
    let spender = Account::named(api, spender)?;
    if spender.addr == sender {
        return Err(ContractError::OwnAccount {});
    }
    Ok((Account::known(api, sender)?, spender))
}

/// The end of an allowance: the one asked for, which must lie ahead, or the one it has.
fn new_end(block: &BlockInfo, until: Until, expires: Option<Expiration>) -> Result<Until, ContractError> {
    match expires {
        Some(expires) if expires.is_expired(block) => Err(ContractError::InvalidExpiration {
            expires,
            height: block.height,
            nanos: block.time.nanos(),
        }),
        Some(expires) => Ok(expires.into()),
        None => Ok(until),
    }
}

/// First and last key of the pairs of `first`, behind one of them where it is named.
fn behind(first: AccountKey, start_after: Option<AccountKey>) -> ((AccountKey, AccountKey), (AccountKey, AccountKey)) {
    let start = match start_after {
        None => vec![],
        // The smallest key above it: the same bytes and a zero.
        Some(AccountKey(mut bytes)) => {
            bytes.push(0);
            bytes
        }
    };
    ((first.clone(), AccountKey(start)), (first, AccountKey(LAST.to_vec())))
}
