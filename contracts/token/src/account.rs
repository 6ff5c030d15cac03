//! Accounts: text in messages and events, canonical bytes in keys.

use crate::ContractError;
use cosmwasm_std::{Addr, Api, CanonicalAddr, StdResult};
use vrs_access::valid_address;
use vrs_table::AccountKey;

/// A validated account in both forms.
#[derive(Clone, Debug)]
pub struct Account {
    /// As text.
    pub addr: Addr,
    /// As a key, half as long.
    pub key: AccountKey,
}

impl Account {
    /// The account that a message or query names. Refuses upper case and foreign prefixes.
    pub fn named(api: &dyn Api, address: &str) -> Result<Self, ContractError> {
        Ok(Self::known(api, valid_address(api, address)?)?)
    }

    /// An account that the chain vouches for, such as the sender.
    pub fn known(api: &dyn Api, addr: Addr) -> StdResult<Self> {
        let key = api.addr_canonicalize(addr.as_str())?.into();
        Ok(Account { addr, key })
    }
}

/// Key of the account that a list starts behind, where one is named.
pub fn start_key(api: &dyn Api, start_after: Option<String>) -> Result<Option<AccountKey>, ContractError> {
    start_after
        .map(|address| Ok(Account::named(api, &address)?.key))
        .transpose()
}

/// A stored account as text.
pub fn text(api: &dyn Api, key: AccountKey) -> StdResult<Addr> {
    api.addr_humanize(&CanonicalAddr::from(key))
}
