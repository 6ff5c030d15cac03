//! Who holds how much.

use crate::state::BALANCES;
use crate::ContractError;
use cosmwasm_std::{Addr, Api, OverflowError, OverflowOperation, StdError, Storage, Uint128};
use vrs_access::valid_address;
use vrs_table::AccountKey;

/// An account's key.
pub fn key(api: &dyn Api, account: &Addr) -> Result<AccountKey, ContractError> {
    Ok(api.addr_canonicalize(account.as_str())?.into())
}

/// An address given as text, and its key.
pub fn account(api: &dyn Api, text: &str) -> Result<(Addr, AccountKey), ContractError> {
    let address = valid_address(api, text)?;
    let key = key(api, &address)?;
    Ok((address, key))
}

/// What an account holds.
pub fn held(storage: &dyn Storage, key: &AccountKey) -> Result<u128, ContractError> {
    Ok(BALANCES.may_load(storage, key)?.unwrap_or(0))
}

/// Takes points from an account.
pub fn debit(storage: &mut dyn Storage, key: &AccountKey, amount: u128) -> Result<(), ContractError> {
    let balance = held(storage, key)?;
    match balance.checked_sub(amount) {
        None => Err(ContractError::InsufficientBalance {
            balance: balance.into(),
            amount: amount.into(),
        }),
        Some(0) => {
            BALANCES.remove(storage, key);
            Ok(())
        }
        Some(left) => Ok(BALANCES.save(storage, key, &left)?),
    }
}

/// Gives points, above 0, to an account.
pub fn credit(storage: &mut dyn Storage, key: &AccountKey, amount: u128) -> Result<(), ContractError> {
    let balance = held(storage, key)?
        .checked_add(amount)
        .ok_or_else(|| StdError::overflow(OverflowError::new(OverflowOperation::Add)))?;
    Ok(BALANCES.save(storage, key, &balance)?)
}

/// An amount above 0.
pub fn positive(amount: Uint128) -> Result<u128, ContractError> {
    if amount.is_zero() {
        return Err(ContractError::ZeroAmount { field: "amount" });
    }
    Ok(amount.u128())
}
